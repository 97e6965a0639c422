"""Writes small .xls files (BIFF8 in a compound file), for no library at hand does: enough for what the tests read."""

import struct
from collections.abc import Sequence

SECTOR = 512


def xls(
    sheets: dict[str, Sequence[Sequence[object]]],
    merges: Sequence[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
    password: bool = False,
) -> bytes:
    """A workbook. Merges (top, left, bottom, right) and hidden rows are those of every sheet."""
    strings: list[str] = []
    bodies = [_sheet(rows, strings, merges, hidden_rows) for rows in sheets.values()]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if password:
        head += _record(0x2F, b"\0" * 6)
    head += _record(0x42, struct.pack("<H", 1200))
    head += _record(0xE0, struct.pack("<HH", 0, 0) + b"\0" * 16)
    head += _record(0xE0, struct.pack("<HH", 0, 14) + b"\0" * 16)  # style 1: a date
    table = _strings(strings)
    names = [name.encode("utf-16-le") for name in sheets]
    place = len(head) + sum(12 + len(name) for name in names) + len(table) + 4
    bounds = b""
    for title, name, body in zip(sheets, names, bodies, strict=True):
        state = 1 if title in hidden_sheets else 0
        bounds += _record(0x85, struct.pack("<IBBBB", place, state, 0, len(name) // 2, 1) + name)
        place += len(body)
    stream = head + bounds + table + _record(0x0A, b"") + b"".join(bodies)
    return compound("Workbook", stream)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _strings(strings: list[str]) -> bytes:
    """The table of shared strings, broken into continuing records where it grows long."""
    content = struct.pack("<II", len(strings), len(strings))
    pieces = []
    for text in strings:
        packed = text.encode("utf-16-le")
        if len(content) + 3 + len(packed) > 8000:
            pieces.append(content)
            content = b""
        content += struct.pack("<HB", len(packed) // 2, 1) + packed
    pieces.append(content)
    return _record(0xFC, pieces[0]) + b"".join(_record(0x3C, piece) for piece in pieces[1:])


def _sheet(rows: Sequence[Sequence[object]], strings: list[str], merges: Sequence[tuple[int, int, int, int]],
           hidden_rows: Sequence[int]) -> bytes:  # fmt: skip
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row in hidden_rows:
        body += _record(0x208, struct.pack("<HHHHHHHH", row, 0, 9, 255, 0, 0, 0x20, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, str) and value:
                strings.append(value)
                body += _record(0xFD, struct.pack("<HHHI", row, column, 0, len(strings) - 1))
            elif isinstance(value, tuple):  # a day as serial number
                body += _record(0x203, struct.pack("<HHHd", row, column, 1, value[0]))
            elif isinstance(value, int):
                body += _record(0x27E, struct.pack("<HHHI", row, column, 0, (value << 2 | 2) & 0xFFFFFFFF))
            elif isinstance(value, float):
                body += _record(0x203, struct.pack("<HHHd", row, column, 0, value))
    ranges = b"".join(struct.pack("<4H", top, bottom, left, right) for top, left, bottom, right in merges)
    if merges:
        body += _record(0xE5, struct.pack("<H", len(merges)) + ranges)
    return body + _record(0x0A, b"")


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    tables = -(-(count + 2) // 127)
    chain = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * tables]  # stream, directory, tables
    allocation = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, 0, len(stream))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    )
    header += struct.pack("<IIIIIIII", tables, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    sectors = [count + 1 + part for part in range(tables)]
    header += struct.pack("<109I", *(sectors + [0xFFFFFFFF] * (109 - tables)))
    return header + stream + directory.ljust(SECTOR, b"\0") + allocation


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    packed = (name + "\0").encode("utf-16-le")
    head = packed.ljust(64, b"\0") + struct.pack("<HBB", len(packed), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
