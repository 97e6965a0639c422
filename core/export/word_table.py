"""Tables of a Word file: thin lines, merged cells, heading rows repeated on every page, rows not split.

They are written as WordprocessingML, since python-docx makes an object of every cell each time it is asked for one.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from core.export.pdf_table import CLOSER, Spacing
from core.report.model import Align, Cell, Role, Row, Run, Table, cell_columns

_PAD = 57  # twentieths of a point between a cell's words and the lines beside them
_USUAL_LEAST = 440  # twentieths of a point, height of a row
_EMU = 635  # in a twentieth of a point
_INDENT = '<w:tblInd w:w="640" w:type="dxa"/>'  # two characters, as the text
_TOLD = 64  # rows after which it is said how far it is


def add_table(file: Any, table: Table, width: int, spacing: Spacing, tell: Callable[[], None]) -> None:
    """Add a table over the text width (EMU), its words as close as in the PDF. ``tell`` is called on the way, and may
    raise to stop it."""
    whole = sum(column.width for column in table.columns)
    widths = [int(width / _EMU * column.width / whole) for column in table.columns]
    parts = [
        '<w:tblStyle w:val="TableGrid"/>',
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>',
        _margins(spacing),
    ]
    made: list[str] = []
    head, body = _rows(table, table.head, widths, spacing, True), _rows(table, table.rows, widths, spacing, False)
    for row in chain(head, body):
        if len(made) % _TOLD == 0:
            tell()
        made.append(row)
    rows = "".join(made)
    _append(file, "".join(parts), widths, rows)


def _margins(spacing: Spacing) -> str:
    """The room around the words of a cell; a little less than in the PDF, since rows are not as exactly high."""
    sides = (("top", 20 * spacing.pad / 2), ("left", _PAD), ("bottom", 20 * spacing.pad / 2), ("right", _PAD))
    parts = (f'<w:{side} w:w="{round(room)}" w:type="dxa"/>' for side, room in sides)
    return f"<w:tblCellMar>{''.join(parts)}</w:tblCellMar>"


def _append(file: Any, properties: str, widths: list[int], rows: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    start = f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    body = file.element.body
    body.insert(len(body) - 1, parse_xml(f"{start}{rows}</w:tbl>"))  # before the properties of the last section


def _rows(table: Table, rows: tuple[Row, ...], widths: list[int], spacing: Spacing, repeated: bool) -> Iterator[str]:
    """Rows as XML. Cells that reach down stand in the rows they reach into, as merged with the one above."""
    number = f"{CLOSER.index(spacing) + 1}" if spacing in CLOSER else ""  # of its styles
    open_cells: dict[int, tuple[int, int]] = {}  # by column: how many columns wide, and how many rows more
    for at, (row, places) in enumerate(zip(rows, cell_columns(table.columns, rows), strict=True)):
        following_row = rows[at + 1 : at + 2]
        kept = bool(following_row) and (table.whole or row.names_group or following_row[0].adds_up)
        own = dict(zip(places, row.cells, strict=True))
        cells: list[str] = []
        following: dict[int, tuple[int, int]] = {}
        column = 0
        while column < len(widths):
            if column in open_cells:
                span, left = open_cells[column]
                cells.append(_cell(None, "", widths[column : column + span], "<w:vMerge/>", number))
                if left > 1:
                    following[column] = (span, left - 1)
            elif column in own:
                cell = own[column]
                span = cell.span
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                align = cell.align or table.columns[column].align
                cells.append(_cell(cell, align, widths[column : column + span], merge, number, kept))
                if cell.rows > 1:
                    following[column] = (span, cell.rows - 1)
            else:
                span = 1
                cells.append(_cell(None, "", widths[column : column + 1], "", number))
            column += span
        open_cells = following
        yield _row("".join(cells), repeated, round(20 * spacing.least))


def _row(cells: str, repeated: bool = False, least: int = _USUAL_LEAST) -> str:
    heading = "<w:tblHeader/>" if repeated else ""
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{heading}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell | None, align: Align | str, widths: list[int], merge: str, number: str, kept: bool = False) -> str:
    """A cell as XML; ``kept``: its row is not parted from the next one by the end of a page."""
    keep = "<w:keepNext/>" if kept else ""
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    style = ("TableText" if cell is None or cell.role is Role.BODY else "TableHeading") + number
    where = f'<w:jc w:val="{align}"/>' if align else ""
    words = _words(cell.runs) if cell else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{where}</w:pPr>{words}</w:p></w:tc>'
    )


def _words(runs: tuple[Run, ...]) -> str:
    found = []
    for run in runs:
        lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in run.text.split("\n"))
        found.append(f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if run.text else "")
    return "".join(found)


def add_fields(file: Any, rows: list[tuple[str, str]], widths: tuple[float, float]) -> None:
    """Labels and, beside them, values on a line to write on, kept on one page. Widths are in mm."""
    made = []
    for number, (label, value) in enumerate(rows):
        kept = number + 1 < len(rows)
        line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
        made.append(_row(_plain(label, widths[0], kept) + _plain(value, widths[1], kept, line)))
    _append_plain(file, widths, made)


def add_signatures(file: Any, lines: list[str], seal: str, widths: tuple[float, float]) -> None:
    """Lines to sign on and, beside all of them, what is sealed, kept on one page. Widths are in mm."""
    made = []
    for number, line in enumerate(lines):
        kept = number + 1 < len(lines)
        merge = "<w:vMerge/>" if number else '<w:vMerge w:val="restart"/>'
        beside = _plain(seal if not number else "", widths[1], kept, merge, '<w:jc w:val="center"/>')
        made.append(_row(_plain(line, widths[0], kept) + beside))
    _append_plain(file, widths, made)


def _append_plain(file: Any, widths: tuple[float, float], rows: list[str]) -> None:
    twentieths = [_twentieths(width) for width in widths]
    properties = f'<w:tblW w:w="{sum(twentieths)}" w:type="dxa"/>{_INDENT}<w:tblLayout w:type="fixed"/>'
    _append(file, properties, twentieths, "".join(rows))


def _plain(text: str, width: float, kept: bool, shape: str = "", align: str = "") -> str:
    keep = "<w:keepNext/>" if kept else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twentieths(width)}" w:type="dxa"/>{shape}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Plain"/>{keep}{align}</w:pPr>{_words((Run(text),))}</w:p></w:tc>'
    )


def _twentieths(mm: float) -> int:
    return round(mm / 25.4 * 1440)
