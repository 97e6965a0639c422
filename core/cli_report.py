"""The report of a year as files: the submission and the working paper, each in the formats asked for."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from core.errors import UserError
from core.i18n import _
from core.ledger import Ledger
from core.report.model import Document
from core.report.submission import submission
from core.report.working import FileState, working_paper
from core.review import review


def _pdf(document: Document, path: Path, now: datetime) -> None:
    from core.export.pdf import write_pdf

    write_pdf(document, path, now)


def _html(document: Document, path: Path, now: datetime) -> None:
    from core.export.html import write_html

    write_html(document, path)


FORMATS: Mapping[str, Callable[[Document, Path, datetime], None]] = {"pdf": _pdf, "html": _html}


def write_report(ledger: Ledger, year: int, folder: Path, formats: Iterable[str], now: datetime) -> list[Path]:
    """Write the submission (送审稿) and the working paper (内部工作底稿) of a year into a folder.

    Returns the files in the order they were written; a file of that name is replaced only by a finished one.
    Raises ``UserError`` where the folder cannot be made or written.
    """
    book = ledger.book
    found = review(book, ledger.findings, year, now.date())
    names = book.unit_year(year)
    documents = (submission(book, year), working_paper(book, year, found, file_state(ledger, now)))
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in documents:
            for name in formats:
                target = folder / file_name(f"{names.short_name or names.name}{document.title}", name)
                partial = target.with_name(target.name + ".part")
                try:
                    FORMATS[name](document, partial, now)
                    partial.replace(target)
                finally:
                    partial.unlink(missing_ok=True)
                written.append(target)
    except OSError as error:
        raise UserError(
            _("无法写入文件夹“{folder}”，请检查权限和磁盘空间，或换一个文件夹。").format(folder=folder)
        ) from error
    return written


def file_state(ledger: Ledger, now: datetime) -> FileState:
    """Which state of the file a working paper shows."""
    lines = ledger.journal()
    last = lines[-1] if lines else None
    printed = now.isoformat(timespec="seconds")
    if last is None:
        return FileState(ledger.path.name, 0, "", "", printed)
    return FileState(ledger.path.name, last.id, last.chain, last.at, printed)


def file_name(title: str, suffix: str) -> str:
    """A title as a file name on every system: characters that cannot stand in one become a hyphen."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", title).strip(" .") + f".{suffix}"
