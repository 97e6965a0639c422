"""Document -> spreadsheet: a sheet for each table, numbers as numbers, merged cells as in the form.

A total that is the sum of what is printed above it is a formula with its value; a figure whose sources the document
lists has them as a comment, and the list is a sheet of its own. The narrative is not part of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from math import sqrt
from pathlib import Path
from typing import Any

from core.export.workbook_charts import add_charts
from core.i18n import _
from core.report.model import (
    Align,
    Cell,
    Chart,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Ref,
    Role,
    SignatureBlock,
    Step,
    Style,
    Table,
    cell_columns,
    no_step,
)

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_CODE = re.compile(r"\d{7,}|0\d+")  # numbers that are names: account and project codes
_WHOLE = 92.0  # characters across an upright sheet
_WIDE = 132.0
_SIZE = 10.5
_LINE, _LEAST, _HIGHEST = 15.0, 20.0, 409.0  # points: of a line, of a row, and the most a spreadsheet takes
_TOLD = 64  # rows after which it is said how far it is
_BAD_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its title and what stands under it."""

    name: str
    title: str
    table: Table
    landscape: bool
    notes: tuple[str, ...] = ()


def write_workbook(document: Document, target: Path, when: datetime | None = None, step: Step = no_step) -> None:
    """Write the tables of a document to one ``.xlsx``; ``when`` is the date the file says it was made. Raises
    ``OSError`` when it cannot be written."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(target), options)
    meta = document.meta
    about = {"title": document.title, "author": meta.unit, "comments": meta.program}
    book.set_properties(about | ({"created": when.astimezone(UTC).replace(tzinfo=None)} if when else {}))
    book.set_calc_mode("auto")
    comments = _comments(document)
    formats = _Formats(book)
    try:
        sheets = list(_named(_sheets(document)))
        for number, sheet in enumerate(sheets):
            _write(book, formats, sheet, comments, partial(step, number, len(sheets)))
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        if charts:
            add_charts(book, charts)
    finally:
        book.close()


def _sheets(document: Document) -> Iterator[_Sheet]:
    """Every table with the heading above it and the notes below it."""
    title, landscape = "", False
    held: _Sheet | None = None
    for block in document.blocks:
        match block:
            case PageBreak():
                landscape = block.landscape
            case Heading(level=0):
                title = "".join(run.text for run in block.runs)
            case Heading():
                title = re.sub(r"^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）", "", block.runs[0].text)
            case Table():
                if held:
                    yield held
                name = block.caption or title
                held = _Sheet(block.name or name, name, block, landscape)
            case Paragraph(style=Style.NOTE) if held:
                text = "".join(run.text for run in block.runs)
                held = _Sheet(held.name, held.title, held.table, held.landscape, (*held.notes, text))
            case SignatureBlock() if held:
                line = "　　".join(f"{field.label}：{field.value}" for field in block.lines)
                held = _Sheet(held.name, held.title, held.table, held.landscape, (*held.notes, line))
    if held:
        yield held
    if document.trace is not None:
        yield _Sheet(_("勾稽与来源"), _("勾稽与来源"), document.trace, True)


def _named(sheets: Iterable[_Sheet]) -> Iterator[_Sheet]:
    """Sheets with names that a spreadsheet takes: at most 31 characters, each once."""
    taken: set[str] = set()
    for sheet in sheets:
        short = _BAD_NAME.sub("", " ".join(sheet.name.split())).strip() or _("表")
        name, number = short[:31], 1
        while name.lower() in taken:
            number += 1
            name = f"{short[: 30 - len(str(number))]} {number}"
        taken.add(name.lower())
        yield _Sheet(name, sheet.title, sheet.table, sheet.landscape, sheet.notes)


def _comments(document: Document) -> Mapping[Ref, str]:
    """What each figure was computed from, in the words of the document's list of sources."""
    if document.trace is None:
        return {}
    names = [_words(cell) for cell in document.trace.head[0].cells] if document.trace.head else []
    found: dict[Ref, str] = {}
    for row in document.trace.rows:
        words = [_words(cell) for cell in row.cells]
        lines = [f"{name}：{text}" for name, text in zip(names, words, strict=False) if text]
        found.update(dict.fromkeys(row.explains, "\n".join(lines)))
    return found


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **looks: Any) -> Any:
        """The format with these looks."""
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(looks)
        return self._made[key]

    def cell(self, cell: Cell, align: Align, number: str, size: float) -> Any:
        """The format of a table cell in a size of words."""
        bold = {} if cell.role is Role.BODY else {"bold": True}
        numeric = {"num_format": number} if number else {}
        return self.of(
            border=1,
            text_wrap=True,
            valign="vcenter",
            align=str(align),
            font_name="宋体",
            font_size=size,
            **bold,
            **numeric,
        )


def _write(book: Any, formats: _Formats, sheet: _Sheet, comments: Mapping[Ref, str], tell: Callable[[], None]) -> None:
    page = book.add_worksheet(sheet.name)
    table = sheet.table
    last = len(table.columns) - 1
    whole = sum(column.width for column in table.columns)
    across = _WIDE if sheet.landscape else _WHOLE
    widths = [max(4.0, across * column.width / whole) for column in table.columns]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    title = formats.of(bold=True, align="center", valign="vcenter", font_name="宋体", font_size=16, text_wrap=True)
    _across(page, 0, 0, last, sheet.title, title)
    page.set_row(0, 24 * (1 + sheet.title.count("\n")))
    small = {"font_name": "宋体", "font_size": _SIZE}
    first = 1
    if table.left_note or table.right_note:
        half = max(0, last - max(1, last // 3))
        _across(page, 1, 0, half, table.left_note, formats.of(align="left", **small))
        if half < last:
            _across(page, 1, half + 1, last, table.right_note, formats.of(align="right", **small))
        first = 2
    _write_rows(page, formats, table, first, widths, comments, tell)
    below = first + len(table.head) + len(table.rows)
    for number, note in enumerate(sheet.notes):
        _across(page, below + number, 0, last, note, formats.of(align="left", text_wrap=True, **small))
        page.set_row(below + number, _height(note, sum(widths)))
    _set_up(page, sheet, first)


def _write_rows(
    page: Any,
    formats: _Formats,
    table: Table,
    first: int,
    widths: list[float],
    comments: Mapping[Ref, str],
    tell: Callable[[], None],
) -> None:
    sums = _Sums(len(table.columns))
    at = first
    reaches: list[tuple[slice, float]] = []  # rows of each cell, and how high they must be together
    for rows in (table.head, table.rows):
        for row, places in zip(rows, cell_columns(table.columns, rows), strict=True):
            if (at - first) % _TOLD == 0:
                tell()
            for place, cell in zip(places, row.cells, strict=True):
                value, number = _value(cell)
                align = cell.align or table.columns[place].align
                wide = sum(widths[place : place + cell.span])
                needed = _height(value, wide) if isinstance(value, str) else 0.0
                look = formats.cell(cell, align, number, _size(needed, cell.rows))
                reaches.append((slice(at - first, at - first + cell.rows), min(needed, _HIGHEST * cell.rows)))
                formula = sums.formula(place, at, cell, value, number)
                last = (at + cell.rows - 1, place + cell.span - 1)
                if last != (at, place):
                    page.merge_range(at, place, *last, "", look)
                if formula:
                    page.write_formula(at, place, formula, look, value if isinstance(value, Decimal) else 0)
                elif isinstance(value, Decimal):
                    page.write_number(at, place, value, look)
                else:
                    page.write_string(at, place, value, look)
                told = next((comments[run.ref] for run in cell.runs if run.ref and run.ref in comments), "")
                if told:
                    page.write_comment(at, place, told, {"x_scale": 3, "y_scale": 2, "font_size": 9})
            at += 1
    heights = [_LEAST] * (at - first)
    for rows_of, height in sorted(reaches, key=lambda one: one[0].stop - one[0].start):
        heights[rows_of.stop - 1] += max(0.0, height - sum(heights[rows_of]))
    for row_number, height in enumerate(heights):
        page.set_row(first + row_number, min(height, _HIGHEST))


class _Sums:
    """Finds the totals that are the sum of the rows above them, or of the totals above them."""

    def __init__(self, columns: int) -> None:
        self._rows: list[list[tuple[int, Decimal]]] = [[] for _column in range(columns)]
        self._totals: list[list[tuple[int, Decimal]]] = [[] for _column in range(columns)]

    def formula(self, column: int, row: int, cell: Cell, value: Decimal | str, number: str) -> str:
        """The formula of a total; empty for a cell that is none, or that rounding keeps from adding up."""
        if not isinstance(value, Decimal) or number.endswith("%") or cell.span > 1 or cell.rows > 1:
            return ""
        if cell.role is not Role.TOTAL:
            self._rows[column].append((row, value))
            return ""
        rows, totals = self._rows[column], self._totals[column]
        self._rows[column] = []
        for parts in (rows, totals):
            if len(parts) > 1 and sum(one for _row, one in parts) == value:
                self._totals[column] = [(row, value)] if parts is totals else [*totals, (row, value)]
                return _sum([place for place, _value in parts], column)
        self._totals[column] = [*totals, (row, value)]
        return ""


def _sum(rows: list[int], column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    if rows == list(range(rows[0], rows[-1] + 1)):
        first, last = (xl_rowcol_to_cell(row, column) for row in (rows[0], rows[-1]))
        return f"=SUM({first}:{last})"
    return "=" + "+".join(xl_rowcol_to_cell(row, column) for row in rows)


def _value(cell: Cell) -> tuple[Decimal | str, str]:
    """What a cell holds: a number with how it is shown, or words."""
    text = _words(cell)
    if not _NUMBER.fullmatch(text) or _CODE.fullmatch(text) or cell.role is Role.HEADER:
        return text, ""
    plain = text.replace(",", "")
    places = len(plain.rstrip("%").partition(".")[2])
    decimals = "." + "0" * places if places else ""
    if plain.endswith("%"):
        return Decimal(plain[:-1]) / 100, f"0{decimals}%"
    thousands = "#,##0" if "," in text else "0"
    return Decimal(plain), thousands + decimals


def _words(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)


def _size(height: float, rows: int) -> float:
    """The size of words that would be so high, in 宋体 of the usual size: smaller where a row cannot be so high."""
    most = _HIGHEST * rows
    return _SIZE if height <= most else max(5.0, round(_SIZE * sqrt(most / height), 1))


def _height(text: str, width: float) -> float:
    """How high a cell of so many characters must be for its words."""
    return _LINE * _lines(text, width) + 4


def _lines(text: str, width: float) -> int:
    """How many lines words take in a cell of so many characters; a Chinese one counts as two."""
    return sum(
        max(1, -(-sum(1 + (ord(char) > 255) for char in line) // max(1, int(width)))) for line in text.split("\n")
    )


def _across(page: Any, row: int, first: int, last: int, text: str, look: Any) -> None:
    if first < last:
        page.merge_range(row, first, row, last, "", look)
    page.write_string(row, first, text, look)


def _set_up(page: Any, sheet: _Sheet, first: int) -> None:
    """How the sheet prints: A4, one page wide, its head rows on every page, numbered."""
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    page.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_footer("&C— &P —")
    if sheet.table.head:
        page.repeat_rows(first, first + len(sheet.table.head) - 1)
        page.freeze_panes(first + len(sheet.table.head), 0)
