"""Tables of a Word file: thin lines, merged cells, heading rows repeated on every page, rows not split."""

from typing import Any

from core.export.word_parts import justify, mm, points, set_style
from core.report.model import Role, Run, Table, cell_columns

_PAD = 57  # twentieths of a point between a cell's words and its lines
_LEAST = 22  # points, height of a row


def add_table(file: Any, table: Table, width: int) -> Any:
    """Add a table over the text width (EMU)."""
    from docx.enum.table import WD_TABLE_ALIGNMENT

    rows = (*table.head, *table.rows)
    made = file.add_table(rows=len(rows), cols=len(table.columns))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _pad(made)
    whole = sum(column.width for column in table.columns)
    widths = [int(width * column.width / whole) for column in table.columns]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    grid = [list(row.cells) for row in made.rows]  # python-docx counts through all cells each time it is asked for one
    places = [*cell_columns(table.columns, table.head), *cell_columns(table.columns, table.rows)]
    for number, (row, columns) in enumerate(zip(rows, places, strict=True)):
        _shape(made.rows[number], repeated=number < len(table.head))
        for place, cell in zip(columns, row.cells, strict=True):
            held = grid[number][place]
            if cell.span > 1 or cell.rows > 1:
                last = min(number + cell.rows, len(rows)) - 1
                held = held.merge(grid[last][place + cell.span - 1])
            else:
                held.width = widths[place]
            _fill(held, cell.runs, "Table Text" if cell.role is Role.BODY else "Table Heading")
            justify(held, cell.align or table.columns[place].align)
    return made


def _fill(cell: Any, runs: tuple[Run, ...], style: str) -> None:
    paragraph = cell.paragraphs[0]
    for more in cell.paragraphs[1:]:  # merging leaves the paragraphs of every cell
        more._p.getparent().remove(more._p)
    set_style(paragraph, style)
    for run in runs:
        for number, words in enumerate(run.text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            if words:
                paragraph.add_run(words)


def _shape(row: Any, repeated: bool) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.oxml import OxmlElement

    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = points(_LEAST)
    shape = row._tr.get_or_add_trPr()
    shape.append(OxmlElement("w:cantSplit"))
    if repeated:
        shape.append(OxmlElement("w:tblHeader"))


def _pad(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(_PAD))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    table._tbl.tblPr.append(margins)


def add_borderless(file: Any, rows: list[tuple[str, str]], widths: tuple[float, float]) -> list[tuple[Any, Any]]:
    """Two columns of words without lines, kept on one page; returns their cells. Widths are in mm."""
    made = file.add_table(rows=len(rows), cols=2)
    made.autofit = False
    found = []
    for number, (row, words) in enumerate(zip(made.rows, rows, strict=True)):
        _shape(row, repeated=False)
        cells = tuple(row.cells)
        for cell, text, width in zip(cells, words, widths, strict=True):
            cell.width = mm(width)
            paragraph = cell.paragraphs[0]
            set_style(paragraph, "Plain")
            paragraph.add_run(text)
            paragraph.paragraph_format.keep_with_next = number + 1 < len(rows)
        found.append((cells[0], cells[1]))
    return found


def rule_below(cell: Any) -> None:
    """A line to write on, under the words of a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)
