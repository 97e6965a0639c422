"""Tables that systems write as web pages or as XML and call .xls. Parsed without entities and without network."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.i18n import _
from core.intake.cells import MOST_CELLS, Cell, Merge, Sheet, SheetInfo, trimmed
from core.intake.container import damaged, has_doctype, too_large
from core.intake.delimited import decoded

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WIDEST = 16_384
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)

Opened = tuple[list[SheetInfo], Callable[[str], Sheet]]


class _Grid:
    """Rows being filled, with merged ranges, up to the size that is read."""

    def __init__(self, name: str) -> None:
        self.rows: list[list[Cell]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()
        self._name = name
        self._cells = 0

    def put(self, row: int, column: int, value: Cell, across: int = 1, down: int = 1) -> int:
        """Put a cell at the first free column from ``column`` on; returns the column after it."""
        while (row, column) in self._taken:
            column += 1
        across, down = max(1, min(across, _WIDEST)), max(1, min(down, 65_536))
        self._cells += across * down
        if column + across > _WIDEST or self._cells > MOST_CELLS // 5 or row > MOST_CELLS:
            raise too_large(self._name)
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + across - len(cells)))
        cells[column] = value
        if across > 1 or down > 1:
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            self._taken.update((r, c) for r in range(row, row + down) for c in range(column, column + across))
        return column + across

    def sheet(self, name: str, hidden: bool = False, hidden_rows: frozenset[int] = frozenset()) -> Sheet:
        """The grid as a sheet."""
        return Sheet(name, trimmed(self.rows), tuple(self.merges), hidden, hidden_rows)


def open_html(data: bytes, name: str) -> Opened:
    """Every table of a web page that is not inside another, as a sheet. Raises ``UserError`` where there is none."""
    from lxml import etree, html

    text = _page_text(data, name)
    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False, remove_comments=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise damaged(name) from None
    tables = [one for one in root.iter("table") if not any(True for _up in one.iterancestors("table"))]
    sheets = {
        f"{_('表')}{place}": _html_sheet(table, f"{_('表')}{place}", name) for place, table in enumerate(tables, 1)
    }
    sheets = {key: sheet for key, sheet in sheets.items() if sheet.rows}
    if not sheets:
        raise UserError(_("“{name}”是网页，其中没有表格。请重新导出。").format(name=name))
    return [SheetInfo(key) for key in sheets], sheets.__getitem__


def _page_text(data: bytes, name: str) -> str:
    """The page as text, in the encoding it names if that can be read."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = named[1].decode("ascii", "replace").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb18030", "x-gbk") else encoding
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data, name)


def _html_sheet(table: "Element", sheet: str, name: str) -> Sheet:
    grid = _Grid(name)
    hidden = set()
    for row, line in enumerate(one for one in table.iter("tr") if _table_of(one) is table):
        if re.search(r"display\s*:\s*none", line.get("style", "")):
            hidden.add(row)
        column = 0
        for cell in line:
            if cell.tag in ("td", "th"):
                spans = (_number(cell.get("colspan")), _number(cell.get("rowspan")))
                column = grid.put(row, column, _html_text(cell), *spans)
    return grid.sheet(sheet, hidden_rows=frozenset(hidden))


def _table_of(row: "Element") -> Any:
    return next(row.iterancestors("table"), None)


def _html_text(cell: "Element") -> Cell:
    for line_break in cell.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = "".join(str(piece) for piece in cell.itertext())
    return re.sub(r"[ \t\r\f\v]+", " ", text).strip() or None


def _number(text: Any) -> int:
    return int(text) if isinstance(text, str) and text.strip().isdecimal() and len(text) < 8 else 1


def open_xml(data: bytes, name: str) -> Opened:
    """A workbook in the XML of Excel 2003. Raises ``UserError`` for other XML."""
    from lxml import etree

    if has_doctype(data):
        raise UserError(_("“{name}”含有不安全的内容（实体定义），已停止读取。").format(name=name))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        raise damaged(name) from None
    tables = root.findall(f"{_SS}Worksheet")
    if not tables:
        raise UserError(_("“{name}”不是表格。请重新导出为 .xlsx 或 .csv。").format(name=name))
    sheets = [_xml_sheet(table, name) for table in tables]
    by_name = {sheet.name: sheet for sheet in sheets}
    return [SheetInfo(sheet.name, sheet.hidden) for sheet in sheets], by_name.__getitem__


def _xml_sheet(table: "Element", name: str) -> Sheet:
    grid = _Grid(name)
    hidden: set[int] = set()
    row = -1
    for line in table.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _number(line.get(f"{_SS}Index")) - 1 if line.get(f"{_SS}Index") else row + 1
        if row > MOST_CELLS // 5:
            raise too_large(name)
        if line.get(f"{_SS}Hidden") == "1":
            hidden.add(row)
        column = 0
        for cell in line.iterfind(f"{_SS}Cell"):
            if index := cell.get(f"{_SS}Index"):
                column = _number(index) - 1
            across, down = cell.get(f"{_SS}MergeAcross") or "0", cell.get(f"{_SS}MergeDown") or "0"
            spans = (_number(across) + 1 if across != "0" else 1, _number(down) + 1 if down != "0" else 1)
            column = grid.put(row, column, _xml_value(cell.find(f"{_SS}Data")), *spans)
    state = table.findtext("{urn:schemas-microsoft-com:office:excel}WorksheetOptions/"
                           "{urn:schemas-microsoft-com:office:excel}Visible")  # fmt: skip
    return grid.sheet(table.get(f"{_SS}Name") or _("表"), bool(state and "Hidden" in state), frozenset(hidden))


def _xml_value(content: "Element | None") -> Cell:
    if content is None:
        return None
    text = "".join(str(piece) for piece in content.itertext()).strip()
    try:
        match content.get(f"{_SS}Type"):
            case "Number":
                return int(text) if text.lstrip("-").isdecimal() and len(text) < 16 else float(text)
            case "DateTime":
                return datetime.fromisoformat(text)
    except ValueError:
        return text or None
    return text or None
