"""Workbooks of Excel 97 and older, and of WPS in the same form (.xls, .et): records of the BIFF stream (MS-XLS).

Read here and not by calamine, which ends the whole program on some damaged files of this kind.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.errors import UserError
from core.i18n import _
from core.intake.cells import MOST_CELLS, Cell, Merge, Sheet, SheetInfo, trimmed
from core.intake.compound import CompoundFile
from core.intake.container import damaged, locked, too_large
from core.intake.number_formats import BUILT_IN_DATES, alters, is_date_format


class _Kind:
    """Record numbers."""

    BOF, EOF, CONTINUE, FILEPASS, CODEPAGE, DATE_1904 = 0x809, 0x0A, 0x3C, 0x2F, 0x42, 0x22
    BOF_2, BOF_3, BOF_4 = 0x009, 0x209, 0x409
    SHEET, STRINGS, FORMAT, FORMAT_5, STYLE, ROW, MERGED = 0x85, 0xFC, 0x41E, 0x1E, 0xE0, 0x208, 0xE5
    NUMBER, LABEL, LABEL_RICH, LABEL_SHARED, SHORT, SHORTS = 0x203, 0x204, 0xD6, 0xFD, 0x27E, 0xBD
    FORMULA, FORMULA_3, FORMULA_4, FORMULA_TEXT, BOOL_OR_ERROR = 0x06, 0x206, 0x406, 0x207, 0x205


_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CODEPAGES = {1200: "utf-16-le", 936: "gb18030", 950: "big5", 65001: "utf-8", 1252: "cp1252"}

Records = Iterator[tuple[int, bytes, int]]  # kind, content, place behind it


@dataclass
class _Globals:
    """What the sheets of a workbook share."""

    sheets: list[tuple[str, bool, int]] = field(default_factory=list)  # name, hidden, place of its records
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)  # of each cell style, the number of its format
    encoding: str = "gb18030"
    epoch_1904: bool = False
    old: bool = False  # before Excel 97: text in bytes


def open_biff(data: bytes, name: str) -> tuple[list[SheetInfo], Callable[[str], Sheet]]:
    """Sheets and reader of a workbook. Raises ``UserError`` where it is damaged, locked, or no workbook."""
    try:
        container = CompoundFile(data)
        stream = container.stream("Workbook") or container.stream("Book")
        if stream is None:
            raise _other(container, name)
        shared = _globals(stream, name)
    except (ValueError, struct.error, IndexError, OverflowError):
        raise damaged(name) from None
    places = {sheet: (place, hidden) for sheet, hidden, place in shared.sheets}

    def read(sheet: str) -> Sheet:
        place, hidden = places[sheet]
        try:
            return _sheet(stream, place, sheet, hidden, shared, name)
        except (ValueError, struct.error, IndexError, OverflowError):
            raise damaged(name) from None

    return [SheetInfo(sheet, hidden) for sheet, hidden, _place in shared.sheets], read


def _other(container: CompoundFile, name: str) -> UserError:
    held = {entry.name for entry in container.entries}
    if "EncryptedPackage" in held:
        return locked(name)
    if held & {"WordDocument", "PowerPoint Document"}:
        text = _("“{name}”实际上是文字或演示文件，不是表格。请选择表格文件。")
        return UserError(text.format(name=name))
    return damaged(name)


def _records(stream: bytes, place: int) -> Records:
    """Records from a place to the end of the sub-stream, with what continues them."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4 + length
        if place > len(stream):
            raise ValueError("record behind the end")
        if kind & 0xFF == 0x09:  # BOF, in a chart or in the sheet itself
            depth += 1
        yield kind, stream[place - length : place], place
        if kind == _Kind.EOF:
            depth -= 1
            if depth <= 0:
                return
    raise ValueError("no end")


def _globals(stream: bytes, name: str) -> _Globals:
    shared = _Globals()
    pieces: list[bytes] = []
    in_strings = False
    for kind, content, _place in _records(stream, 0):
        if in_strings and kind == _Kind.CONTINUE:
            pieces.append(content)
            continue
        in_strings = False
        match kind:
            case _Kind.BOF | _Kind.BOF_2 | _Kind.BOF_3 | _Kind.BOF_4:
                shared.old = kind != _Kind.BOF or struct.unpack_from("<H", content)[0] < 0x600
            case _Kind.FILEPASS:
                raise locked(name)
            case _Kind.CODEPAGE:
                number = struct.unpack_from("<H", content)[0]
                shared.encoding = _CODEPAGES.get(number, "gb18030") if number != 1200 else "gb18030"
            case _Kind.DATE_1904:
                shared.epoch_1904 = bool(struct.unpack_from("<H", content)[0])
            case _Kind.SHEET:
                place, state, what = struct.unpack_from("<IBB", content)
                if what == 0:
                    title = _text(content, 6, shared, wide_length=False)
                    shared.sheets.append((title or f"Sheet{len(shared.sheets) + 1}", bool(state & 3), place))
            case _Kind.STRINGS:
                pieces, in_strings = [content], True
            case _Kind.FORMAT:
                shared.formats[struct.unpack_from("<H", content)[0]] = _text(content, 2, shared)
            case _Kind.FORMAT_5:
                shared.formats[len(shared.formats)] = _text(content, 0, shared, wide_length=False)
            case _Kind.STYLE:
                shared.styles.append(struct.unpack_from("<H", content, 2)[0])
    if pieces:
        shared.strings = _strings(pieces)
    if len(shared.sheets) > 5000:
        raise ValueError("too many sheets")
    return shared


def _text(content: bytes, at: int, shared: _Globals, wide_length: bool = True) -> str:
    """A string with its length before it, in one byte or two."""
    if wide_length:
        length = struct.unpack_from("<H", content, at)[0]
        at += 2
    else:
        length = content[at]
        at += 1
    if shared.old:
        return content[at : at + length].decode(shared.encoding, "replace")
    wide = content[at] & 1
    return content[at + 1 : at + 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _strings(pieces: list[bytes]) -> list[str]:
    """The table of shared strings: a string that runs into the next record begins there with its width anew."""
    total = struct.unpack_from("<I", pieces[0], 4)[0]
    content = b"".join(pieces)
    borders, length = [], 0
    for piece in pieces:
        length += len(piece)
        borders.append(length)
    found: list[str] = []
    at, border = 8, 0
    while len(found) < total and at + 3 <= len(content):
        while border < len(borders) - 1 and at >= borders[border]:
            border += 1
        letters, flags = struct.unpack_from("<HB", content, at)
        at += 3
        runs = extra = 0
        if flags & 8:
            runs = struct.unpack_from("<H", content, at)[0]
            at += 2
        if flags & 4:
            extra = struct.unpack_from("<I", content, at)[0]
            at += 4
        packed, left, wide = b"", letters, flags & 1
        while left:
            room = borders[border] - at
            take = min(left, room // (1 + wide)) if room > 0 else 0
            end = at + take * (1 + wide)
            piece = content[at:end]
            packed += piece if wide else piece.decode("latin-1").encode("utf-16-le")
            at, left = end, left - take
            if left:
                border += 1
                if border >= len(borders):
                    raise ValueError("strings end early")
                at = borders[border - 1]
                wide = content[at] & 1
                at += 1
        found.append(packed.decode("utf-16-le", "replace"))
        at += runs * 4 + extra
    return found


def _sheet(stream: bytes, place: int, sheet: str, hidden: bool, shared: _Globals, name: str) -> Sheet:
    cells: dict[int, dict[int, Cell]] = {}
    merges: list[Merge] = []
    unseen: set[int] = set()
    formats: dict[tuple[int, int], str] = {}
    dated, altered = _styles(shared)
    waiting: tuple[int, int] | None = None  # a formula whose text follows

    def put(row: int, column: int, style: int, value: Cell) -> None:
        if isinstance(value, float) and style in dated:
            value = _moment(value, shared.epoch_1904)
        if style in altered:
            formats[row, column] = altered[style]
        cells.setdefault(row, {})[column] = value

    for kind, content, _place in _records(stream, place):
        match kind:
            case _Kind.SHORT:
                row, column, style, packed = struct.unpack_from("<HHHI", content)
                put(row, column, style, _unpacked(packed))
            case _Kind.LABEL_SHARED:
                row, column, style, number = struct.unpack_from("<HHHI", content)
                put(row, column, style, shared.strings[number] or None)
            case _Kind.NUMBER:
                row, column, style, value = struct.unpack_from("<HHHd", content)
                put(row, column, style, value)
            case _Kind.SHORTS:
                row, column = struct.unpack_from("<HH", content)
                for step in range((len(content) - 6) // 6):
                    style, packed = struct.unpack_from("<HI", content, 4 + step * 6)
                    put(row, column + step, style, _unpacked(packed))
            case _Kind.FORMULA | _Kind.FORMULA_3 | _Kind.FORMULA_4:
                row, column, style = struct.unpack_from("<HHH", content)
                result, waiting = _result(content[6:14]), None
                if result == "":
                    waiting = row, column
                else:
                    put(row, column, style, result)
            case _Kind.FORMULA_TEXT:
                if waiting:
                    cells.setdefault(waiting[0], {})[waiting[1]] = _text(content, 0, shared)
                    waiting = None
            case _Kind.LABEL | _Kind.LABEL_RICH:
                row, column, style = struct.unpack_from("<HHH", content)
                put(row, column, style, _text(content, 6, shared))
            case _Kind.BOOL_OR_ERROR:
                row, column, style, value, wrong = struct.unpack_from("<HHHBB", content)
                put(row, column, style, _ERRORS.get(value, "#N/A") if wrong else bool(value))
            case _Kind.ROW:
                row = struct.unpack_from("<H", content)[0]
                if len(content) >= 14 and struct.unpack_from("<H", content, 12)[0] & 0x20:
                    unseen.add(row)
            case _Kind.MERGED:
                for step in range(struct.unpack_from("<H", content)[0]):
                    top, bottom, left, right = struct.unpack_from("<4H", content, 2 + step * 8)
                    if top <= bottom and left <= right:
                        merges.append(Merge(top, left, bottom, min(right, 255)))
    height = max(cells, default=-1) + 1
    width = max((max(row) for row in cells.values()), default=-1) + 1
    if width > 256 or height * width > MOST_CELLS:
        raise too_large(name)
    rows = trimmed(_filled(cells.get(row, {})) for row in range(height))
    return Sheet(sheet, rows, tuple(merges), hidden, frozenset(unseen), formats, shared.epoch_1904)


def _filled(cells: dict[int, Cell]) -> list[Cell]:
    """A row of cells by column as a list."""
    places = sorted(cells)
    if places and places[-1] == len(places) - 1:
        return [cells[place] for place in places]
    row: list[Cell] = [None] * (places[-1] + 1) if places else []
    for place in places:
        row[place] = cells[place]
    return row


def _styles(shared: _Globals) -> tuple[set[int], dict[int, str]]:
    """The cell styles that show a number as a date, and those that alter what is seen."""
    dated, altered = set(), {}
    for style, number in enumerate(shared.styles):
        pattern = shared.formats.get(number, "")
        if number in BUILT_IN_DATES or is_date_format(pattern):
            dated.add(style)
        elif alters(pattern):
            altered[style] = pattern
    return dated, altered


def _unpacked(packed: int) -> int | float:
    """A number in the short form: whole or the upper half of a float, perhaps in hundredths."""
    value: int | float
    if packed & 2:
        value = struct.unpack("<i", struct.pack("<I", packed))[0] >> 2
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else float(value)


def _result(content: bytes) -> Cell:
    """The result a formula had when the file was saved; empty text where a text record follows."""
    if content[6:8] != b"\xff\xff":
        return float(struct.unpack("<d", content)[0])
    match content[0]:
        case 0:
            return ""
        case 1:
            return bool(content[2])
        case 2:
            return _ERRORS.get(content[2], "#N/A")
    return None


def _moment(serial: float, epoch_1904: bool) -> Cell:
    """The day (and time) of a serial number; the number itself where it is none."""
    if not 0 < serial < 2_958_466:
        return serial
    begun = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    return begun + timedelta(seconds=round(serial * 86_400))
