"""Workbooks of Excel and WPS (.xlsx, .xlsm, newer .et): cells by calamine, hidden rows and formats beside it."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree import ElementTree

from core.intake.cells import (
    MOST_CELLS,
    Cell,
    Merge,
    Sheet,
    SheetInfo,
    column_letters,
    column_number,
    trimmed,
    unescaped,
)
from core.intake.container import damaged, locked, repacked, too_large
from core.intake.number_formats import alters

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# As every program writes places; whatever is written otherwise is looked at closely.
_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_LOW = re.compile(rb'r="[A-Z]{1,3}(\d{6,})"')
_ODD = re.compile(rb'<c\s(?!r=")')
_FILLED = re.compile(rb"""<c\s[^>]*?\br\s*=\s*["']([A-Z]+)(\d+)["'](?:[^>/]|/(?!>))*>""")
_HIDDEN = re.compile(rb"""<row\s(?=[^>]*\shidden\s*=\s*["'](?:1|true)["'])[^>]*?\br\s*=\s*["'](\d+)["']""")


def open_xlsx(parts: dict[str, bytes], name: str) -> tuple[list[SheetInfo], Callable[[str], Sheet]]:
    """Sheets and reader of a workbook whose parts were unpacked. Raises ``UserError`` where it is damaged."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    for part, content in parts.items():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            _refuse_far(content, name)
    try:
        book = CalamineWorkbook.from_filelike(repacked(parts))
        sheets = [
            SheetInfo(one.name, one.visible != SheetVisibleEnum.Visible)
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, ValueError, OSError):
        raise damaged(name) from None
    except BaseException as fault:
        raise _known(fault, name) from None
    places, epoch_1904 = _sheet_places(parts)
    hidden = {one.name for one in sheets if one.hidden}
    escaped = any(
        b"_x" in content for part, content in parts.items() if part.startswith(("xl/worksheets/", "xl/shared"))
    )

    def read(sheet: str) -> Sheet:
        try:
            found = book.get_sheet_by_name(sheet)
            left = (found.start or (0, 0))[1]
            merges = tuple(Merge(*first, *last) for first, last in found.merged_cell_ranges or ())
            rows = trimmed(_rows(found.iter_rows(), left, escaped))
        except (CalamineError, ValueError, OSError):
            raise damaged(name) from None
        except BaseException as fault:
            raise _known(fault, name) from None
        content = parts.get(places.get(sheet, ""), b"")
        rows_hidden = frozenset(int(number) - 1 for number in _HIDDEN.findall(content))
        formats = _formats(content, parts.get("xl/styles.xml", b""))
        return Sheet(sheet, rows, merges, sheet in hidden, rows_hidden, formats, epoch_1904)

    return sheets, read


def _known(fault: BaseException, name: str) -> BaseException:
    """A breakdown inside the reader is a damaged file; anything else stays what it is."""
    return damaged(name) if type(fault).__name__ == "PanicException" else fault


def _rows(found: Iterable[Sequence[Cell]], left: int, escaped: bool) -> Iterator[Sequence[Cell]]:
    """The rows with the empty columns before them, and with escapes undone where the workbook has any."""
    if not left and not escaped:
        return iter(found)
    gap: list[Cell] = [None] * left
    return ([*gap, *(unescaped(cell) if isinstance(cell, str) else cell for cell in cells)] for cells in found)


def _refuse_far(content: bytes, name: str) -> None:
    """Raise ``UserError`` for a sheet whose corners span more cells than are read: the reader keeps them all."""
    columns = max((column_number(name.decode()) for name in set(_WIDE.findall(content))), default=25) + 1
    rows = max(map(int, [*_ROW.findall(content), *_LOW.findall(content)]), default=content.count(b"<row"))
    if rows * columns <= MOST_CELLS and b"'" not in content and not _ODD.search(content):
        return
    filled = [(int(row), column_number(letters.decode())) for letters, row in _FILLED.findall(content)]
    rows = max((row for row, _column in filled), default=0)
    columns = max((column for _row, column in filled), default=0) + 1
    if rows * columns > MOST_CELLS:
        raise too_large(name, f"{column_letters(columns - 1)}{rows}")


def _sheet_places(parts: dict[str, bytes]) -> tuple[dict[str, str], bool]:
    """Which part holds which sheet, and whether dates count from 1904. Empty where the parts do not say."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ElementTree.ParseError, ValueError, LookupError):
        return {}, False
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    places = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets.get(key, "")
            places[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    settings = next((one for one in book.iter() if one.tag.endswith("}workbookPr")), None)
    return places, settings is not None and settings.get("date1904") in ("1", "true")


def _formats(content: bytes, styles: bytes) -> dict[tuple[int, int], str]:
    """The cells whose number format alters what is seen, with that format. Reads the sheet only if there is such."""
    try:
        root = ElementTree.fromstring(styles) if styles else None
    except (ElementTree.ParseError, ValueError, LookupError):
        root = None
    if root is None:
        return {}
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{_MAIN}numFmt")}
    cells = root.find(f"{_MAIN}cellXfs")
    used = [codes.get(one.get("numFmtId"), "") for one in cells] if cells is not None else []
    altering = {str(place): pattern for place, pattern in enumerate(used) if alters(pattern)}
    if not altering:
        return {}
    styled = re.compile(
        rb"""<c\s(?=[^>]*\ss\s*=\s*["'](%s)["'])[^>]*?\br\s*=\s*["']([A-Z]+)(\d+)["']""" % "|".join(altering).encode()
    )
    return {
        (int(row) - 1, column_number(letters.decode())): altering[style.decode()]
        for style, letters, row in styled.findall(content)
    }
