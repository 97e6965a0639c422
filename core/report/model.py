"""The typed document: what every writer (PDF, HTML) is given, and nothing else.

A document is a sequence of blocks; words are runs, and a run that prints a figure carries the reference the
figure was computed from. Anchors say which place of the book a block shows, so that a click on the page finds it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.check import About as About
from core.figures import Ref as Ref

# How a writer tells how far it is: how many of how many parts are done. It may raise, to stop the writer.
Step = Callable[[int, int], None]


def no_step(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


class Kind(StrEnum):
    """The two documents: one is handed in, the other stays in the unit."""

    SUBMISSION = "submission"  # 部门整体支出绩效自评报告
    WORKING = "working"  # 内部工作底稿


class Align(StrEnum):
    """How the words of a cell stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Style(StrEnum):
    """What kind of paragraph it is; the writer knows how each looks."""

    BODY = "body"  # 仿宋, first line indented by two characters, justified
    LIST = "list"  # the list of annexes under the text, kept with the signatures
    ANNEX = "annex"  # 附件1: 黑体 at the left margin
    NOTE = "note"  # a small remark under a table


class Role(StrEnum):
    """What a table cell is."""

    HEADER = "header"
    BODY = "body"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Run:
    """Words, or one printed figure."""

    text: str
    ref: Ref | None = None  # the figure it prints
    start: int = -1  # where the words stand in the shown text of the block's section; -1: printed around it


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value; an empty value is a blank to write on."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page (封面): title lines, then fields on ruled lines."""

    title: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page (目录): what the document lists, with page numbers where the format has pages."""

    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 0 is a title (newlines part its lines), 1 一、, 2 （一）, 3 and 4 plain ones. ``bookmark`` is what a list
    of titles calls it, where its own words would not tell it from others."""

    level: int
    runs: Runs
    anchor: About | None = None
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text. A bookmark lists it in the PDF's outline: a sentence under the heading before it, an annex
    on the level of titles, and in the contents too."""

    runs: Runs
    style: Style = Style.BODY
    anchor: About | None = None
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; widths are shares of the text width."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell over ``span`` columns and ``rows`` rows; newlines part its lines. Without ``align`` it takes the
    column's. A row leaves out the cells that reach into it from above."""

    runs: Runs
    role: Role = Role.BODY
    align: Align | None = None
    span: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. ``explains`` names the figures whose sources the row lists, for links to it. A row of header
    cells alone names the rows below it and is not left behind by them at the end of a page. One that is ``again``
    heads the rows of a merged cell and is printed again on every page they go on to."""

    cells: tuple[Cell, ...]
    anchor: About | None = None
    explains: tuple[Ref, ...] = ()
    again: bool = False

    @property
    def names_group(self) -> bool:
        """Whether it is a heading for the rows below it."""
        return all(cell.role is Role.HEADER and cell.rows == 1 for cell in self.cells)

    @property
    def adds_up(self) -> bool:
        """Whether it is a total, which does not leave the rows above it at the end of a page."""
        return bool(self.cells) and all(cell.role is Role.TOTAL for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head rows repeat on every page, rows are not split. One that is ``whole`` stands on one page where it
    can: its words are set smaller and closer if need be, or it begins a page."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    left_note: str = ""  # above the table: 填报单位：…
    right_note: str = ""  # above the table: 单位：万元
    name: str = ""  # what a sheet that holds it is called, where the title above it is too long
    whole: bool = False


def cell_columns(columns: Sequence[Column], rows: Sequence[Row]) -> list[tuple[int, ...]]:
    """The column in which each cell of each row begins: cells that reach down from rows above push others on."""
    found: list[tuple[int, ...]] = []
    covered = [0] * len(columns)  # how many rows more a cell from above reaches into each column
    for row in rows:
        places: list[int] = []
        column = 0
        for cell in row.cells:
            while covered[column]:
                column += 1
            places.append(column)
            for under in range(column, column + cell.span):
                covered[under] = cell.rows
            column += cell.span
        covered = [max(0, count - 1) for count in covered]
        found.append(tuple(places))
    return found


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; the pages after it are upright or, for wide tables, landscape."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Lines to sign on and, beside them at the right, room of 40 × 30 mm for the seal (公章)."""

    lines: tuple[Field, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars or one line of a chart, in 分; a value there is none of is None."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts drawn: bars for each label, or lines from label to label. Its axis is in 万元."""

    title: str
    lines: bool  # else bars
    labels: tuple[str, ...]
    series: tuple[Series, ...]


Block = Cover | Contents | Heading | Paragraph | Table | PageBreak | SignatureBlock | Chart


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says about itself."""

    year: int
    unit: str
    short_name: str
    program: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure: its reference, the text that stands there, and the place of the book it stands in."""

    ref: Ref
    text: str
    anchor: About | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the contents."""

    level: int  # 1 一、 and annexes, 2 （一）
    text: str
    block: int  # its place among the blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be printed."""

    title: str
    kind: Kind
    meta: Meta
    blocks: tuple[Block, ...]
    centred_numbers: bool = False  # page numbers in the middle, not on the outer side
    trace: Table | None = None  # what every figure was computed from, for formats that can show it beside the figure

    def runs(self) -> Iterator[tuple[Run, About | None]]:
        """Every run in the order of print, with the anchor of the block or row it stands in."""
        for block in self.blocks:
            if isinstance(block, Heading | Paragraph):
                yield from ((run, block.anchor) for run in block.runs)
            elif isinstance(block, Table):
                for row in (*block.head, *block.rows):
                    yield from ((run, row.anchor) for cell in row.cells for run in cell.runs)

    def figures(self) -> tuple[Printed, ...]:
        """Every printed figure in the order of print."""
        return tuple(Printed(run.ref, run.text, anchor) for run, anchor in self.runs() if run.ref is not None)

    def listed(self) -> list[Listed]:
        """What the contents page lists: the first two levels of headings, and the annexes."""
        found: list[Listed] = []
        for place, block in enumerate(self.blocks):
            match block:
                case Heading(level=1 | 2) if title := "".join(run.text for run in block.runs):
                    found.append(Listed(block.level, title, place))
                case Paragraph(style=Style.ANNEX, bookmark=title) if title:
                    found.append(Listed(1, title, place))
        return found
