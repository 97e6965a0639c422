"""Tables on pages: thin black lines, header rows in 黑体 repeated on every page, rows kept whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile

from core.export.pdf_fonts import Face
from core.export.pdf_page import Pages
from core.export.pdf_places import Box
from core.export.pdf_text import Chars, Line, aligned, break_lines, measure
from core.report.model import Align, Cell, Role, Row, Run, Table, cell_columns

_CAPTION = 14.0
_NOTE = 10.5
_MOST_TOTALS = 4  # totals below each other
_SHORT = 4  # characters of what should not be broken
_NUMBER = re.compile(r"[-+0-9,.]+%?")
# Words that stay whole where a short text in the middle of a cell is broken before them.
_WORDS = re.compile("预算数|决算数|执行数|指标值|完成值|控制率|规模|投资|指标|目标|名称|效率")
_EVEN = 12  # characters of what is broken evenly in the middle of a cell
_TOLD = 64  # rows after which it is said how far it is
_SHARES = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}


@dataclass(frozen=True, slots=True)
class Spacing:
    """How close the words of a table stand, in points."""

    size: float
    leading: float
    pad: float  # between a cell's words and the lines above and below them
    least: float  # height of a row


USUAL = Spacing(10.5, 15.0, 3.0, 22.0)  # 五号
# For a table that would not stand on one page otherwise: the words come closer, then smaller, down to 小五.
CLOSER = (
    Spacing(10.5, 14.0, 2.0, 18.0),
    Spacing(10.0, 14.0, 3.0, 20.0),
    Spacing(10.0, 13.0, 2.0, 17.0),
    Spacing(9.5, 13.5, 3.0, 19.0),
    Spacing(9.5, 12.5, 1.5, 16.0),
    Spacing(9.0, 12.5, 3.0, 18.0),
    Spacing(9.0, 11.5, 1.5, 15.0),
)
_PAD = 3.0  # between a cell's words and the lines beside them


@dataclass(slots=True)
class _Set:
    """The lines of a cell with what they need to be drawn; ``rows`` is how many rows it covers."""

    left: float
    width: float
    share: float
    lines: Sequence[tuple[Chars, Line]]
    spacing: Spacing
    rows: int = 1

    @property
    def height(self) -> float:
        """What its lines need."""
        return len(self.lines) * self.spacing.leading + 2 * self.spacing.pad

    @property
    def is_broken(self) -> bool:
        """Whether a number or a very short word stands in several lines."""
        first = self.lines[0][0] if self.lines else None
        return (
            first is not None
            and len(self.lines) > 1
            and all(chars is first for chars, _line in self.lines)
            and (len(first.text) <= _SHORT or _NUMBER.fullmatch(first.text) is not None)
        )


@dataclass(slots=True)
class _Laid:
    """A row whose cells are broken into lines. Cells that reach into it from above are not among them."""

    row: Row
    cells: list[_Set]
    height: float
    number: int = -1  # its place in the table; -1: a row that is printed again


@dataclass(slots=True)
class _Reach:
    """A cell that goes on behind the rows of a page, its anchor, and into how many rows more."""

    cell: _Set
    row: Row
    rows: int
    first: int  # the number of the row it began in
    below: int = 0  # rows at the top of the page that it leaves out


def least_height(pages: Pages, table: Table) -> float:
    """The height of everything above the first row, and of that row with what it names."""
    edges = _edges(pages, table)
    count = next((n for n, row in enumerate(table.rows, start=1) if not row.names_group), 0)
    first = [*_lay(pages, edges, table, table.head), *_lay(pages, edges, table, table.rows[:count])]
    return _above(table) + sum(row.height for row in first)


def whole_height(pages: Pages, table: Table) -> float:
    """The height of a table with everything above it, at the usual spacing."""
    edges = _edges(pages, table)
    return _above(table) + sum(row.height for row in _lay(pages, edges, table, (*table.head, *table.rows)))


def _spacing(pages: Pages, table: Table, below: float) -> Spacing:
    """How close a table that is whole is set: so that it has room on the page, with ``below`` left under it, breaks
    as few short words as can be, and is no smaller than that takes."""
    if not table.whole:
        return USUAL
    edges, best, fewest = _edges(pages, table), USUAL, -1
    room = pages.bottom - pages.y - below - _above(table) - _PAD + 0.1
    for one in (USUAL, *CLOSER):
        laid = _lay(pages, edges, table, (*table.head, *table.rows), one)
        broken = sum(cell.is_broken for row in laid for cell in row.cells)
        if sum(row.height for row in laid) <= room and (fewest < 0 or broken < fewest):
            best, fewest = one, broken
        if not fewest:
            break
    return best


def set_table(pages: Pages, table: Table, below: float = 0) -> None:
    """Draw a table from where the pages stand; one that is whole leaves ``below`` under it on its page."""
    pages.room(min(least_height(pages, table), pages.bottom - pages.top))
    spacing = _spacing(pages, table, below)
    pages.spacings[pages.block] = spacing
    _print_above(pages, table)
    edges = _edges(pages, table)
    head = _lay(pages, edges, table, table.head, spacing)
    _draw(pages, edges, head, [])
    above = sum(laid.height for laid in head)
    laid_rows = _lay(pages, edges, table, table.rows, spacing)
    again = max((laid.height for laid in laid_rows if laid.row.again), default=0.0)
    rows = _parted(laid_rows, int((pages.bottom - pages.top - above - again - 2 * spacing.pad) / spacing.leading))
    on_page: list[_Laid] = []
    reaching: list[_Reach] = []  # cells of earlier pages that go on
    heading: _Laid | None = None
    height = 0.0
    for number, laid in enumerate(rows):
        laid.number = number
        needed = min(_together(rows, number), pages.bottom - pages.top - above)
        if pages.y + height + needed > pages.bottom + 0.1:
            reaching = _draw(pages, edges, on_page, reaching)
            pages.turn()
            _draw(pages, edges, head, [])
            on_page = _again(heading, reaching)
            height = sum(one.height for one in on_page)
        heading = laid if laid.row.again else heading
        on_page.append(laid)
        height += laid.height
    _draw(pages, edges, on_page, reaching)
    pages.y += _PAD


def _again(heading: _Laid | None, reaching: list[_Reach]) -> list[_Laid]:
    """The heading of a group that goes on to a new page, to be printed there again; the cells that reach over it
    cover it too, those that began below it do not."""
    if heading is None or not any(one.first <= heading.number for one in reaching):
        return []
    for one in reaching:
        if one.first <= heading.number:
            one.rows += 1
        else:
            one.below = 1
    return [_Laid(heading.row, [cell for cell in heading.cells if cell.rows == 1], heading.height)]


def _together(rows: list[_Laid], number: int) -> float:
    """The height of a row with what must not be parted from it: the row it names, its totals, or as many rows as
    the words of a cell need that reaches into them."""
    first = rows[number]
    needed = first.height
    if first.row.names_group and number + 1 < len(rows):
        needed += rows[number + 1].height
    if not first.row.adds_up:
        below = islice(rows, number + 1, number + 1 + _MOST_TOTALS)
        needed += sum(one.height for one in takewhile(lambda one: one.row.adds_up, below))
    for cell in first.cells:
        whole = 0.0
        for under in rows[number : number + cell.rows]:
            if whole >= cell.height:
                break
            whole += under.height
        needed = max(needed, whole)
    return needed


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


def _lay(pages: Pages, edges: list[float], table: Table, rows: Sequence[Row], spacing: Spacing = USUAL) -> list[_Laid]:
    """Rows with their cells in their columns, as high as their words need."""
    found: list[_Laid] = []
    for row, places in zip(rows, cell_columns(table.columns, rows), strict=True):
        if len(found) % _TOLD == 0:
            pages.tell()
        cells = [_set(edges, table, cell, column, spacing) for column, cell in zip(places, row.cells, strict=True)]
        own = max((cell.height for cell in cells if cell.rows == 1), default=0.0)
        found.append(_Laid(row, cells, max(spacing.least, own)))
    for number, laid in enumerate(found):
        for one in laid.cells:
            last = min(number + one.rows, len(found)) - 1
            short = one.height - sum(under.height for under in found[number : last + 1])
            if one.rows > 1 and short > 0:
                found[last].height += short
    return found


def _set(edges: list[float], table: Table, cell: Cell, column: int, spacing: Spacing) -> _Set:
    left, right = edges[column], edges[column + cell.span]
    align = cell.align or table.columns[column].align
    face = Face.SONG if cell.role is Role.BODY else Face.HEI
    width = right - left - 2 * _PAD
    lines = _cell_lines(cell.runs, face, spacing.size, round(width, 3), align)
    return _Set(left + _PAD, width, _SHARES[align], lines, spacing, cell.rows)


def _edges(pages: Pages, table: Table) -> list[float]:
    """The left edge of each column, and the right edge of the last."""
    whole = sum(column.width for column in table.columns)
    edges = [pages.left]
    for column in table.columns:
        edges.append(edges[-1] + pages.width * column.width / whole)
    return edges


@lru_cache(maxsize=8192)  # the same words stand in every form, and are tried at several spacings
def _cell_lines(
    runs_of_cell: tuple[Run, ...], face: Face, size: float, width: float, align: Align
) -> tuple[tuple[Chars, Line], ...]:
    found: list[tuple[Chars, Line]] = []
    for runs in _split(runs_of_cell):
        chars = measure(runs, face, size)
        lines = break_lines(chars, width, justify=False)
        if align is Align.CENTER and len(lines) > 1 and len(chars.text) <= _EVEN:
            if parted := _before_word(runs, chars, width):
                made = [measure(part, face, size) for part in parted]
                found += [(part, line) for part in made for line in break_lines(part, width, justify=False)]
                continue
            lines = _evenly(chars, lines, width)
        found += [(chars, line) for line in lines]
    return tuple(found)


def _evenly(chars: Chars, lines: list[Line], width: float) -> list[Line]:
    """As many lines of about the same length, no number cut."""
    narrow = sum(chars.widths) / len(lines)
    while narrow < width:
        even = break_lines(chars, narrow, justify=False)
        cut = any(chars.text[line.end - 1 : line.end + 1].replace(".", "0").isdigit() for line in even[:-1])
        if len(even) <= len(lines) and not cut:
            return even
        narrow += chars.size / 4
    return lines


def _before_word(runs: Sequence[Run], chars: Chars, width: float) -> list[list[Run]]:
    """The runs in two lines, the second of which begins with one of the words that stay whole; none if they do not
    fit so."""
    for match in _WORDS.finditer(chars.text):
        at = match.start()
        if at > 0 and max(sum(chars.widths[:at]), sum(chars.widths[at:])) <= width and len(runs) == 1:
            run = runs[0]
            return [[Run(run.text[:at], run.ref)], [Run(run.text[at:], run.ref)]]
    return []


def _split(runs: tuple[Run, ...]) -> list[list[Run]]:
    """Runs parted at newlines; a figure that is printed over several lines keeps its reference in each."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, words in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Run(words, run.ref))
    return lines


def _parted(rows: list[_Laid], most: int) -> list[_Laid]:
    """The rows; only one that is taller than a whole page of ``most`` lines is parted, between its lines.

    A cell that covers a parted row covers each of its parts.
    """
    found: list[_Laid] = []
    open_cells: list[tuple[_Set, int]] = []  # cells that reach down, and into how many rows more
    for laid in rows:
        tallest = max((len(cell.lines) for cell in laid.cells if cell.rows == 1), default=0)
        parts = max(1, -(-tallest // most))
        for cell, _left in open_cells:
            cell.rows += parts - 1
        open_cells = [(cell, left - 1) for cell, left in open_cells if left > 1]
        open_cells += [(cell, cell.rows - 1) for cell in laid.cells if cell.rows > 1]
        if parts == 1:
            found.append(laid)
            continue
        for part in range(parts):
            lines = slice(part * most, (part + 1) * most)
            cells = [replace(cell, lines=cell.lines[lines]) for cell in laid.cells if cell.rows == 1]
            reach = [cell for cell in laid.cells if cell.rows > 1] if part == 0 else []
            for cell in reach:
                cell.rows += parts - 1
            height = max(cells[0].spacing.least, max(cell.height for cell in cells))
            found.append(_Laid(laid.row, sorted([*cells, *reach], key=lambda cell: cell.left), height))
    return found


def _draw(pages: Pages, edges: list[float], rows: list[_Laid], reaching: list[_Reach]) -> list[_Reach]:
    """Draw the rows that stand together on a page, and what of earlier cells reaches into them; tells which cells
    go on behind them. A cell that is parted by the page says its words on each."""
    tops = [pages.y]
    for laid in rows:
        tops.append(tops[-1] + laid.height)
    going_on: list[_Reach] = []
    for one in reaching if rows else ():
        last = one.below + one.rows
        _draw_cell(pages, one.cell, one.row, tops[one.below], tops[min(last, len(rows))])
        if last > len(rows):
            going_on.append(_Reach(one.cell, one.row, last - len(rows), one.first))
    for number, laid in enumerate(rows):
        box = Box(pages.page, edges[0], tops[number], edges[-1], tops[number + 1])
        words = "".join(run.text for cell in laid.row.cells[:1] for run in cell.runs)
        pages.begin(words, laid.row.anchor, box)
        for cell in laid.cells:
            last = min(number + cell.rows, len(rows))
            _draw_cell(pages, cell, laid.row, tops[number], tops[last])
            if number + cell.rows > len(rows):
                going_on.append(_Reach(cell, laid.row, number + cell.rows - len(rows), laid.number))
    pages.y = tops[-1]
    return going_on if rows else reaching


def _draw_cell(pages: Pages, cell: _Set, row: Row, top: float, bottom: float) -> None:
    left, right = cell.left - _PAD, cell.left + cell.width + _PAD
    for x0, y0, x1, y1 in ((left, top, right, top), (left, bottom, right, bottom)):
        pages.rule(x0, y0, x1, y1)
    pages.rule(left, top, left, bottom)
    pages.rule(right, top, right, bottom)
    fits = cell.height <= bottom - top + 0.1 or cell.rows == 1
    lines = cell.lines if fits else ()  # then they stand in its part on the page before
    middle = (top + bottom - (len(lines) - 1) * cell.spacing.leading) / 2
    for chars, line in lines:
        pages.line(chars, aligned(line, cell.width, cell.share), cell.left, middle, row.anchor)
        middle += cell.spacing.leading
