"""The report of a year as files: the submission and the working paper, each in the formats asked for."""

import errno
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.book import Book
from core.errors import UserError
from core.i18n import _
from core.ledger import Ledger
from core.outline import reported_projects
from core.report.choice import USUAL_CHOICE, Choice
from core.report.model import Document, Step, no_step
from core.report.own_form import PROJECT_NAME, ROW_NAMES, own_values
from core.report.submission import submission
from core.report.working import FileState, working_paper
from core.review import review


def _pdf(document: Document, path: Path, now: datetime, step: Step) -> None:
    from core.export.pdf import write_pdf

    write_pdf(document, path, now, step=step)


def _html(document: Document, path: Path, now: datetime, step: Step) -> None:
    from core.export.html import write_html

    write_html(document, path, step)


def _word(document: Document, path: Path, now: datetime, step: Step) -> None:
    from core.export.word import write_word

    write_word(document, path, now, step)


def _workbook(document: Document, path: Path, now: datetime, step: Step) -> None:
    from core.export.workbook import write_workbook

    write_workbook(document, path, now, step)


_LONGEST = 80  # characters of a file name
FORMATS: Mapping[str, Callable[[Document, Path, datetime, Step], None]] = {
    "pdf": _pdf,
    "docx": _word,
    "xlsx": _workbook,
    "html": _html,
}


def write_report(
    ledger: Ledger,
    year: int,
    folder: Path,
    formats: Iterable[str],
    now: datetime,
    choice: Choice = USUAL_CHOICE,
) -> list[Path]:
    """Write the submission (送审稿) as chosen and the working paper (内部工作底稿) of a year into a folder.

    Returns the files in the order they were written. Raises ``UserError``, see ``write_document``.
    """
    documents = (submission(ledger.book, year, choice), working_paper_of(ledger, year, now, choice))
    written: list[Path] = []
    for document in documents:
        for suffix in formats:
            target = folder / file_name(document, suffix)
            write_document(document, target, now)
            written.append(target)
    return written


def write_document(document: Document, target: Path, now: datetime, step: Step = no_step) -> None:
    """Write a document in the format that the suffix of ``target`` names, making its folder if need be.

    ``step`` is told on the way how many parts are done, and may raise to stop it: a file of that name is replaced
    only by a finished one, and nothing else is left. Raises ``UserError`` where it cannot be written.
    """

    def write(path: Path) -> None:
        FORMATS[target.suffix.lstrip(".").lower()](document, path, now, step)
        step(1, 1)

    _replace(target, write)


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    """Write a file under a passing name, and put it in place when it is finished. Raises ``UserError``."""
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(_not_written(target, error)) from error


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form of the unit's own that was filled in, and what is wrong with it, in words."""

    path: Path
    problems: tuple[str, ...]


def write_own_form(book: Book, year: int, form: Path, folder: Path) -> list[FilledForm]:
    """Fill in a form of the unit's own (.xlsx): one file, or one for each project where it asks for 项目名称.

    Raises ``UserError`` for a form that cannot be used, or where a file cannot be written.
    """
    from core.export.own_form import fill_form, open_form, tokens

    abouts = {"": 0}
    if PROJECT_NAME in tokens(open_form(form)):
        rows = reported_projects(book, year)
        abouts = {f"-{number}-{row.name}": row.project for number, row in enumerate(rows, 1)}
        if not abouts:
            raise UserError(_("{year}年度没有项目支出，表样“{name}”无从填写。").format(year=year, name=form.name))
    written: list[FilledForm] = []
    for name, about in abouts.items():
        filled = open_form(form)
        values = own_values(book, year, about)
        problems = fill_form(filled, values.value, values.rows, ROW_NAMES)
        target = folder / (_safe(f"{book.unit_year(year).short_name}{year}年度{form.stem}{name}") + ".xlsx")
        _replace(target, filled.save)
        written.append(FilledForm(target, tuple(problems)))
    return written


def working_paper_of(ledger: Ledger, year: int, now: datetime, choice: Choice = USUAL_CHOICE) -> Document:
    """The working paper of the open file as it is now, to the submission that was chosen."""
    found = review(ledger.book, ledger.findings, year, now.date())
    return working_paper(ledger.book, year, found, file_state(ledger, now), choice)


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
    return f"{_safe(title)}.{suffix}"


def _safe(name: str) -> str:
    """A name that every system takes for a file, not too long for one."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip(" .")[:_LONGEST]


def _not_written(target: Path, error: OSError) -> str:
    """What happened in words: disks and permissions are the user's to mend."""
    if error.errno == errno.ENOSPC:
        return _("磁盘空间不足，无法写入“{path}”。请清理磁盘或换一个位置。").format(path=target)
    if isinstance(error, PermissionError) and target.exists():
        return _("无法写入“{path}”：文件可能正被其他程序打开，请关闭后重试，或换一个文件名。").format(path=target)
    return _("无法写入文件夹“{folder}”，请检查权限和磁盘空间，或换一个文件夹。").format(folder=target.parent)
