"""The report of a year as files: the submission and the working paper, each in the formats asked for."""

import errno
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


def _word(document: Document, path: Path, now: datetime) -> None:
    from core.export.word import write_word

    write_word(document, path, now)


def _workbook(document: Document, path: Path, now: datetime) -> None:
    from core.export.workbook import write_workbook

    write_workbook(document, path, now)


FORMATS: Mapping[str, Callable[[Document, Path, datetime], None]] = {
    "pdf": _pdf,
    "docx": _word,
    "xlsx": _workbook,
    "html": _html,
}


def write_report(ledger: Ledger, year: int, folder: Path, formats: Iterable[str], now: datetime) -> list[Path]:
    """Write the submission (送审稿) and the working paper (内部工作底稿) of a year into a folder.

    Returns the files in the order they were written. Raises ``UserError``, see ``write_document``.
    """
    documents = (submission(ledger.book, year), working_paper_of(ledger, year, now))
    written: list[Path] = []
    for document in documents:
        for suffix in formats:
            target = folder / file_name(document, suffix)
            write_document(document, target, now)
            written.append(target)
    return written


def write_document(document: Document, target: Path, now: datetime) -> None:
    """Write a document in the format that the suffix of ``target`` names, making its folder if need be.

    A file of that name is replaced only by a finished one. Raises ``UserError`` where it cannot be written.
    """
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            FORMATS[target.suffix.lstrip(".").lower()](document, partial, now)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(_not_written(target, error)) from error


def working_paper_of(ledger: Ledger, year: int, now: datetime) -> Document:
    """The working paper of the open file as it is now."""
    found = review(ledger.book, ledger.findings, year, now.date())
    return working_paper(ledger.book, year, found, file_state(ledger, now))


def file_state(ledger: Ledger, now: datetime) -> FileState:
    """Which state of the file a working paper shows."""
    lines = ledger.journal()
    last = lines[-1] if lines else None
    printed = now.isoformat(timespec="seconds")
    if last is None:
        return FileState(ledger.path.name, 0, "", "", printed)
    return FileState(ledger.path.name, last.id, last.chain, last.at, printed)


def file_name(document: Document, suffix: str) -> str:
    """Unit and title as a file name on every system: characters that cannot stand in one become a hyphen."""
    title = f"{document.meta.short_name}{document.title}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", title).strip(" .") + f".{suffix}"


def _not_written(target: Path, error: OSError) -> str:
    """What happened in words: disks and permissions are the user's to mend."""
    if error.errno == errno.ENOSPC:
        return _("磁盘空间不足，无法写入“{path}”。请清理磁盘或换一个位置。").format(path=target)
    if isinstance(error, PermissionError) and target.exists():
        return _("无法写入“{path}”：文件可能正被其他程序打开，请关闭后重试，或换一个文件名。").format(path=target)
    return _("无法写入文件夹“{folder}”，请检查权限和磁盘空间，或换一个文件夹。").format(folder=target.parent)
