"""Workbooks of LibreOffice and WPS in the open format (.ods)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from core.intake.cells import MOST_CELLS, Cell, Merge, Sheet, SheetInfo, trimmed
from core.intake.container import damaged, too_large

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW, _CELL, _COVERED = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_ROWS_AGAIN, _COLUMNS_AGAIN = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_ACROSS, _DOWN = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_KIND, _VALUE, _P = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_TEXT}p"


def open_ods(content: bytes, name: str) -> tuple[list[SheetInfo], Callable[[str], Sheet]]:
    """Sheets and reader of a document. Raises ``UserError`` where it is damaged or reaches too far."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise damaged(name) from None
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for settings in style.iter(f"{_STYLE}table-properties")
        if settings.get(f"{_TABLE}display") == "false"
    }
    tables = {table.get(f"{_TABLE}name") or "": table for table in root.iter(f"{_TABLE}table")}
    hidden = {key for key, table in tables.items() if table.get(f"{_TABLE}style-name") in unseen}

    def read(sheet: str) -> Sheet:
        return _sheet(tables[sheet], sheet, sheet in hidden, name)

    return [SheetInfo(key, key in hidden) for key in tables], read


def _sheet(table: "Element", sheet: str, hidden: bool, name: str) -> Sheet:
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    unseen: set[int] = set()
    cells, place = 0, 0
    for line in table.iter(_ROW):
        again = _count(line.get(_ROWS_AGAIN))
        values = _values(line, place, merges, name)
        if not values:
            place += again
            continue
        cells += len(values) * again
        if cells > MOST_CELLS or place > MOST_CELLS or place - len(rows) > MOST_CELLS:
            raise too_large(name)
        rows.extend([] for _gap in range(place - len(rows)))
        rows.extend(list(values) for _copy in range(again))
        if line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            unseen.update(range(place, place + again))
        place += again
    return Sheet(sheet, trimmed(rows), tuple(merges), hidden, frozenset(unseen))


def _values(line: "Element", row: int, merges: list[Merge], name: str) -> list[Cell]:
    """The cells of a row up to the last that holds something."""
    values: list[Cell] = []
    column = 0
    for cell in line:
        if cell.tag != _CELL and cell.tag != _COVERED:
            continue
        again = _count(cell.get(_COLUMNS_AGAIN))
        value = _value(cell)
        if value is not None:
            if column + again > 16_384:
                raise too_large(name)
            values.extend([None] * (column - len(values)))
            values.extend([value] * again)
            across = _count(cell.get(_ACROSS))
            down = _count(cell.get(_DOWN))
            if across > 1 or down > 1:
                merges.append(Merge(row, column, row + min(down, 65_536) - 1, column + min(across, 16_384) - 1))
        column += again
    return values


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1


def _value(cell: "Element") -> Cell:
    kind = cell.get(_KIND)
    try:
        match kind:
            case "float" | "currency" | "percentage":
                number = cell.get(_VALUE) or ""
                return int(number) if number.lstrip("-").isdecimal() and len(number) < 16 else float(number)
            case "date":
                return datetime.fromisoformat((cell.get(f"{_OFFICE}date-value") or "").replace("Z", ""))
            case "boolean":
                return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
    except ValueError:
        pass
    lines = ["".join(map(str, part.itertext())) if len(part) else part.text or "" for part in cell if part.tag == _P]
    return "\n".join(lines).strip() or None
