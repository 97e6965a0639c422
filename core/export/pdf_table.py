"""Tables on pages: thin black lines, header rows in 黑体 repeated on every page, rows kept whole."""

from dataclasses import dataclass

from core.export.pdf_fonts import Face
from core.export.pdf_page import Pages
from core.export.pdf_places import Box
from core.export.pdf_text import Chars, Line, aligned, break_lines, measure
from core.report.model import Align, Cell, Role, Row, Run, Table

SIZE = 10.5  # 五号
_LEADING = 15.0
_PAD = 3.0  # between a cell's words and its lines
_LEAST = 22.0  # height of a row
_CAPTION = 14.0
_NOTE = 10.5
_SHARES = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}


@dataclass(slots=True)
class _Set:
    """The lines of a cell with what they need to be drawn."""

    left: float
    width: float
    share: float
    lines: list[tuple[Chars, Line]]


@dataclass(slots=True)
class _Laid:
    """A row whose cells are broken into lines."""

    row: Row
    cells: list[_Set]
    height: float


def least_height(pages: Pages, table: Table) -> float:
    """The height of everything above the first row, and of that row with what it names."""
    edges = _edges(pages, table)
    count = next((n for n, row in enumerate(table.rows, start=1) if not row.names_group), 0)
    first = [_lay(edges, table, row) for row in (*table.head, *table.rows[:count])]
    return _above(table) + sum(row.height for row in first)


def set_table(pages: Pages, table: Table) -> None:
    """Draw a table from where the pages stand."""
    pages.room(min(least_height(pages, table), pages.bottom - pages.top))
    _print_above(pages, table)
    edges = _edges(pages, table)
    head = [_lay(edges, table, row) for row in table.head]
    for laid in head:
        _draw(pages, edges, laid)
    above = sum(laid.height for laid in head)
    rows = [piece for row in table.rows for piece in _pieces(pages, _lay(edges, table, row), above)]
    for number, laid in enumerate(rows):
        needed = laid.height
        if laid.row.names_group and number + 1 < len(rows):
            needed = min(needed + rows[number + 1].height, pages.bottom - pages.top - above)
        if pages.y + needed > pages.bottom + 0.1:
            pages.turn()
            for again in head:
                _draw(pages, edges, again)
        _draw(pages, edges, laid)
    pages.y += _PAD


def _above(table: Table) -> float:
    return (2 * _CAPTION if table.caption else 0) + (1.8 * _NOTE if table.left_note or table.right_note else 0)


def _print_above(pages: Pages, table: Table) -> None:
    left, width = pages.left, pages.width
    if table.caption:
        pages.words(table.caption, Face.HEI, _CAPTION, left, width, pages.y + _CAPTION, 0.5)
        pages.y += 2 * _CAPTION
    if table.left_note or table.right_note:
        middle = pages.y + 0.9 * _NOTE
        pages.words(table.left_note, Face.SONG, _NOTE, left, width, middle)
        pages.words(table.right_note, Face.SONG, _NOTE, left, width, middle, 1)
        pages.y += 1.8 * _NOTE


def _lay(edges: list[float], table: Table, row: Row) -> _Laid:
    cells: list[_Set] = []
    column = 0
    for cell in row.cells:
        left, right = edges[column], edges[column + cell.span]
        align = cell.align or table.columns[column].align
        face = Face.SONG if cell.role is Role.BODY else Face.HEI
        width = right - left - 2 * _PAD
        cells.append(_Set(left + _PAD, width, _SHARES[align], _cell_lines(cell, face, width)))
        column += cell.span
    tallest = max((len(cell.lines) for cell in cells), default=0)
    return _Laid(row, cells, max(_LEAST, tallest * _LEADING + 2 * _PAD))


def _edges(pages: Pages, table: Table) -> list[float]:
    """The left edge of each column, and the right edge of the last."""
    whole = sum(column.width for column in table.columns)
    edges = [pages.left]
    for column in table.columns:
        edges.append(edges[-1] + pages.width * column.width / whole)
    return edges


def _cell_lines(cell: Cell, face: Face, width: float) -> list[tuple[Chars, Line]]:
    found: list[tuple[Chars, Line]] = []
    for runs in _split(cell.runs):
        chars = measure(runs, face, SIZE)
        found += [(chars, line) for line in break_lines(chars, width, justify=False)]
    return found


def _split(runs: tuple[Run, ...]) -> list[list[Run]]:
    """Runs parted at newlines; a figure that is printed over several lines keeps its reference in each."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, words in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Run(words, run.ref))
    return lines


def _pieces(pages: Pages, laid: _Laid, head: float) -> list[_Laid]:
    """The row itself; only a row that is taller than a whole page is parted, between its lines."""
    most = int((pages.bottom - pages.top - head - 2 * _PAD) / _LEADING)
    tallest = max((len(cell.lines) for cell in laid.cells), default=0)
    if tallest <= most:
        return [laid]
    parts = []
    for first in range(0, tallest, most):
        cells = [_Set(c.left, c.width, c.share, c.lines[first : first + most]) for c in laid.cells]
        count = max(len(cell.lines) for cell in cells)
        parts.append(_Laid(laid.row, cells, max(_LEAST, count * _LEADING + 2 * _PAD)))
    return parts


def _draw(pages: Pages, edges: list[float], laid: _Laid) -> None:
    top, bottom = pages.y, pages.y + laid.height
    left, right = edges[0], edges[-1]
    box = Box(pages.page, left, top, right, bottom)
    pages.begin("".join(run.text for cell in laid.row.cells[:1] for run in cell.runs), laid.row.anchor, box)
    pages.rule(left, top, right, top)
    pages.rule(left, bottom, right, bottom)
    pages.rule(left, top, left, bottom)
    for cell in laid.cells:
        pages.rule(cell.left + cell.width + _PAD, top, cell.left + cell.width + _PAD, bottom)
        middle = (top + bottom - (len(cell.lines) - 1) * _LEADING) / 2
        for chars, line in cell.lines:
            pages.line(chars, aligned(line, cell.width, cell.share), cell.left, middle, laid.row.anchor)
            middle += _LEADING
    pages.y = bottom
