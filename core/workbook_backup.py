"""The whole ledger as a workbook (.xlsx): one sheet for each kind of record, to be read, edited and restored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from core.book import Book
from core.database import take_place
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Cell
from core.jobs import Progress
from core.labels import project_name
from core.model import RECORDS, Attachment, Record, Section
from core.reasons import reason
from core.workbook_columns import PIECE, Column, Shape, cell_of, columns, safe_text, sheet_title
from core.workbook_header import NOTES, SHEET, Header, header_of
from core.workbook_reader import read_workbook, summary
from core.workbook_rows import fill

MOST_RECORDS = 400_000  # what can be read back, see core.intake.container
ROWS = 150_000  # of one sheet; more go on in another one
_WIDTHS = {Shape.TEXT: 20, Shape.AMOUNT: 16, Shape.DAY: 12, Shape.NAME: 24, Shape.WORD: 14, Shape.CAUSES: 16}


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written."""

    path: Path
    header: Header
    rows: Mapping[str, int]  # records by the title of their sheet
    note: str = ""  # what the officer should know


def export_workbook(
    book: Book,
    target: Path,
    line: int = 0,
    chain: str = "",
    at: datetime | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write a book to ``target``; ``line`` and ``chain`` say where its journal stood, for a later comparison.

    The workbook is read back before it gets its name: what cannot be restored is not called a backup. About 10 s for
    100,000 payments; call it in a thread. Raises ``UserError`` when it is too large or cannot be written (what stood
    at ``target`` then still does), ``Cancelled``.
    """
    total = sum(book.count(kind) for kind in RECORDS)
    if total > MOST_RECORDS:
        text = _("台账有{total}条记录，超过工作簿能容纳的{most}条。请改用备份，备份没有条数限制。")
        raise UserError(text.format(total=total, most=MOST_RECORDS))
    header = header_of(book, line, chain, at or datetime.now())
    partial = target.with_name(target.name + ".part")
    try:
        _write(partial, book, header, progress or Progress(), total)
        returned = read_workbook(partial)
        if returned.book != book or returned.is_altered:
            raise AssertionError("the workbook does not give the same book")
        take_place(partial, target)
    except OSError as error:
        text = _("无法写入“{name}”：{reason}。请检查磁盘空间；如果它正在 Excel 或 WPS 中打开，请先关闭。")
        raise UserError(text.format(name=target.name, reason=reason(error))) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return Exported(target, header, summary(book), files_note(book))


def files_note(book: Book) -> str:
    """What a workbook does not hold of the files kept with the ledger; empty where there are none."""
    files = book.count(Attachment)
    text = _("台账中的{n}个佐证材料，工作簿只登记名称，不含文件内容；请另做备份，或在“佐证材料”中导出。")
    return text.format(n=files) if files else ""


def _write(target: Path, book: Book, header: Header, progress: Progress, total: int) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    frame = target.with_name(target.name + ".frame")
    workbook = xlsxwriter.Workbook(str(frame), options)
    done = count(1)

    def told(cells: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in cells:
            if (number := next(done)) % 1000 == 0:
                progress.step(number, total)
            yield row

    try:
        looks = _Looks(workbook)
        _write_header(workbook, book, header, looks)
        names = _Names(book)
        bodies: dict[int, tuple[int, Iterable[Sequence[Cell]]]] = {}
        for kind in RECORDS:
            progress.check()
            records, every = book.all(kind), book.count(kind)
            widths = _pieces(book, kind)
            for number in range(max(1, -(-every // ROWS))):
                title = sheet_title(kind) + (f"（{number + 1}）" if number else "")
                held = min(every - number * ROWS, ROWS)
                laid = _lay_out(workbook.add_worksheet(title), kind, widths, looks, held)
                bodies[len(workbook.worksheets())] = held, told(_rows(islice(records, ROWS), laid, names))
        workbook.close()
        fill(frame, target, bodies)
    except XlsxFileError as error:
        raise OSError(str(error)) from error
    finally:
        workbook.fileclosed = True  # nothing is written when it is let go after a failure
        with suppress(OSError):
            frame.unlink(missing_ok=True)


class _Looks:
    """The formats of a workbook."""

    def __init__(self, workbook: Any) -> None:
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.bold = workbook.add_format({"bold": True})
        self.head = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "num_format": "@"})
        self.read = workbook.add_format({"font_color": "#808080", "num_format": "@"})
        self.wrapped = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.by_shape = {shape: workbook.add_format({"num_format": _FORMATS.get(shape, "@")}) for shape in Shape}
        self.by_shape[Shape.NAME] = self.read


_FORMATS = {Shape.AMOUNT: "#,##0.00", Shape.DAY: "yyyy-mm-dd", Shape.NUMBER: "0", Shape.LINK: "0"}


class _Names:
    """Names of projects by number and year, looked up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[tuple[int, int], str] = {}

    def of(self, record: Record) -> str:
        """The name of the project that a record is, or belongs to; empty for none."""
        number = getattr(record, "project", getattr(record, "about", record.id))
        place = (number, getattr(record, "year", 0))
        if place not in self._found:
            self._found[place] = safe_text(project_name(self._book, *place))[:PIECE] if number else _("单位")
        return self._found[place]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A column with its place, and how many cells a text of it may take."""

    column: Column
    place: int
    pieces: int


def _pieces(book: Book, kind: type[Record]) -> dict[str, int]:
    """How many cells the longest text of each field takes."""
    found: dict[str, int] = {}
    for column in columns(kind):
        if column.shape == Shape.TEXT:
            # Quoting makes a text longer, by six times at most.
            texts = (getattr(record, column.field) for record in book.all(kind))
            longest = max((text for text in texts), key=len, default="")
            if len(longest) * 6 > PIECE:
                cells = (cell_of(column, record) for record in book.all(kind))
                found[column.field] = max(-(-len(str(cell or "")) // PIECE) for cell in cells) or 1
    return found


def _lay_out(sheet: Any, kind: type[Record], widths: Mapping[str, int], looks: _Looks, rows: int) -> list[_Laid]:
    """Widths, formats, headings and choices of a sheet."""
    laid: list[_Laid] = []
    headings: list[str] = []
    for column in columns(kind):
        pieces = widths.get(column.field, 1)
        look = looks.wrapped if kind is Section and column.field == "text" else looks.by_shape[column.shape]
        laid.append(_Laid(column, len(headings), pieces))
        wide = 80 if look is looks.wrapped else max(_WIDTHS.get(column.shape, 9), 2 * len(column.heading) + 2)
        sheet.set_column(len(headings), len(headings) + pieces - 1, wide, look)
        headings += [
            column.heading,
            *(_("{field}（续{n}）").format(field=column.heading, n=n) for n in range(1, pieces)),
        ]
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, looks.head)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), len(headings) - 1)
    last = max(rows, 1) + 1000  # rows added by hand are offered the same
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last}"})
    for one in laid:
        choices = [*one.column.values] if one.column.shape == Shape.WORD else []
        choices = [_("是"), _("否")] if one.column.shape == Shape.FLAG else choices
        if choices:
            sheet.data_validation(1, one.place, last, one.place, {"validate": "list", "source": choices})
    return laid


def _rows(records: Iterable[Record], laid: list[_Laid], names: _Names) -> Iterator[list[Cell]]:
    return (_cells(record, laid, names) for record in records)


def _cells(record: Record, laid: list[_Laid], names: _Names) -> list[Cell]:
    """The cells of a record, one for each heading."""
    cells: list[Cell] = []
    for one in laid:
        cell = names.of(record) if one.column.shape == Shape.NAME else cell_of(one.column, record)
        if one.pieces == 1:
            cells.append(cell)
            continue
        text = str(cell or "")
        cut = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        cells += [*cut, *[None] * (one.pieces - len(cut))]
    return cells


def _write_header(workbook: Any, book: Book, header: Header, looks: _Looks) -> None:
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, _("单位预算台账 工作簿备份"), looks.title)
    row = 2
    for name, value in header.rows():
        sheet.write_string(row, 0, name, looks.bold)
        sheet.write_string(row, 1, safe_text(str(value))[:PIECE])
        row += 1
    for note in NOTES:
        row += 1
        sheet.write_string(row, 0, note)
    row += 2
    sheet.write_string(row, 0, _("工作表"), looks.head)
    sheet.write_string(row, 1, _("条数"), looks.head)
    for kind in RECORDS:
        row += 1
        sheet.write_string(row, 0, sheet_title(kind))
        sheet.write_number(row, 1, book.count(kind))
