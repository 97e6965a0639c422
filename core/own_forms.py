"""Forms of the unit's own (本单位的表样, .xlsx of its bureau) kept in the ledger: looked through, filled in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from core.attached import FORM
from core.attachments import Source, attach, read_attachment, read_source, remove_attachment, safe_name
from core.book import Book
from core.change import Change, join
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.ledger import Ledger
from core.model import Attachment
from core.outline import reported_projects
from core.reasons import reason
from core.report.own_form import PROJECT_NAME, ROW_NAMES, own_values
from core.report_files import FilledForm, write_own_form


@dataclass(frozen=True, slots=True)
class Asked:
    """One name that a form asks a value for."""

    place: str  # sheet and cell: ``表1!B3``
    name: str
    text: str | None  # what is printed there; None for a name that is not known
    of_row: bool  # a name of the rows of indicators: the first of them is shown


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form asks for, and what it gets."""

    asked: tuple[Asked, ...]
    by_project: bool  # it is filled once for each project
    owner: str  # the project whose values are shown; empty for the unit

    @property
    def unknown(self) -> tuple[Asked, ...]:
        """The names that are not understood."""
        return tuple(one for one in self.asked if one.text is None)


def own_forms(book: Book, year: int) -> list[Attachment]:
    """The forms of the unit's own that are kept for a year."""
    return book.attachments(year, FORM)


def read_form(path: Path) -> Source:
    """Read a form to be kept. Raises ``UserError`` for a file that cannot be used as one."""
    from core.export.own_form import open_form, tokens

    source = read_source(path)
    asked = tokens(open_form(path))
    if not asked:
        text = _("“{name}”中没有要填写的名称。请在单元格中写上{{名称}}，例如{{预算收入}}，保存后再添加。")
        raise UserError(text.format(name=path.name))
    return source


def add_form(book: Book, year: int, source: Source, today: date, replaces: int = 0) -> Change:
    """Keep a form for a year, in place of another one where ``replaces`` names it. To be committed with
    ``attachments.contents([source])``. Raises ``UserError``."""
    if not replaces:
        return attach(book, year, FORM, [source], today)
    gone = remove_attachment(book, replaces)
    added = attach(book.apply(gone), year, FORM, [source], today)
    return join(_("更换本单位表样：{name}").format(name=source.name), (gone, added))


def preview_form(ledger: Ledger, year: int, form: Attachment, about: int = 0) -> Preview:
    """What a kept form asks for and what it gets, cell by cell; ``about`` is the project to show where it is filled
    once for each project, the first where not given. For any thread. Raises ``UserError``."""
    from core.export.own_form import asked_cells, open_form

    book = ledger.book
    with _on_disk(ledger, form) as path:
        cells = asked_cells(open_form(path))
    by_project = any(name == PROJECT_NAME for _place, name in cells)
    rows = reported_projects(book, year) if by_project else []
    row = next((one for one in rows if one.project == about), rows[0] if rows else None)
    values = own_values(book, year, row.project if row else 0)

    def text(name: str) -> str | None:
        of = values.rows[0] if name in ROW_NAMES and values.rows else values.value
        try:
            return "".join(run.text for run in of(name))
        except KeyError:
            return "" if name in ROW_NAMES else None

    asked = tuple(Asked(place, name, text(name), name in ROW_NAMES) for place, name in cells)
    return Preview(asked, by_project, row.name if row else "")


def fill_forms(
    ledger: Ledger, year: int, forms: Sequence[Attachment], folder: Path, progress: Progress | None = None
) -> list[FilledForm]:
    """Fill in kept forms and write them into a folder, one file each or one for each project. For any thread. Raises
    ``UserError``, ``Cancelled``."""
    written: list[FilledForm] = []
    for done, form in enumerate(forms):
        if progress:
            progress.step(done, len(forms))
        with _on_disk(ledger, form) as path:
            written += write_own_form(ledger.book, year, path, folder)
    return written


@contextmanager
def _on_disk(ledger: Ledger, form: Attachment) -> Iterator[Path]:
    """The form as a file under its own name, as long as it is needed."""
    data = read_attachment(ledger, form)
    with TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(form.name)
        try:
            path.write_bytes(data)
        except OSError as error:
            text = _("临时文件夹不能写入：{reason}。请清理系统磁盘后重试。")
            raise UserError(text.format(reason=reason(error))) from error
        yield path
