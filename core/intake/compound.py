"""Compound files (OLE), the container of .xls and older .et: the streams in them by name.

The layout is that of MS-CFB: sectors chained by an allocation table, small streams in a stream of their own.
Everything is bounded by the size of the file; a damaged chain raises ``ValueError``.
"""

import struct
from dataclasses import dataclass

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_SMALL = 4096  # streams below this size lie in the small-sector stream
_SMALL_SECTOR = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or the root of the directory."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The directory of a compound file. Raises ``ValueError`` where the file is damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise ValueError("shorter than its header")
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise ValueError("unknown sector size")
        self._sector = 1 << shift
        self._most = len(data) // self._sector + 2
        directory, first_small, _small_count, more, more_count = struct.unpack_from("<I8x2I2I", data, 48)
        self._table = self._read_table(more, more_count)
        self.entries = self._read_directory(directory)
        self._small_table = _words(self._chain(first_small)) if first_small < _END else []
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        self._small = self._chain(root.start)[: root.size] if root and root.start < _END else b""

    def stream(self, name: str) -> bytes | None:
        """The content of a stream; None where there is none of that name. Raises ``ValueError``."""
        entry = next((one for one in self.entries if one.kind == 2 and one.name.lower() == name.lower()), None)
        if entry is None:
            return None
        if entry.size >= _SMALL:
            return self._chain(entry.start)[: entry.size]
        pieces: list[bytes] = []
        at = entry.start
        while at < _END and len(pieces) * _SMALL_SECTOR < entry.size:
            if at >= len(self._small_table):
                raise ValueError("small chain leaves its table")
            pieces.append(self._small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR])
            at = self._small_table[at]
        return b"".join(pieces)[: entry.size]

    def _read_table(self, more: int, more_count: int) -> list[int]:
        """The allocation table: which sector follows which."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        for _part in range(min(more_count, self._most)):
            if more >= _END:
                break
            words = _words(self._at(more))
            sectors += words[:-1]
            more = words[-1]
        table: list[int] = []
        for sector in sectors[: self._most]:
            if sector < _END:
                table += _words(self._at(sector))
        return table

    def _read_directory(self, start: int) -> list[Entry]:
        content = self._chain(start)
        entries = []
        for at in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            first, size = struct.unpack_from("<IQ", content, at + 116)
            if kind in (1, 2, 5):
                name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                entries.append(Entry(name, kind, first, min(size & 0xFFFFFFFF, len(self._data))))
        return entries

    def _at(self, sector: int) -> bytes:
        begin = (sector + 1) * self._sector
        if begin >= len(self._data):
            raise ValueError("sector behind the end")
        return self._data[begin : begin + self._sector].ljust(self._sector, b"\0")

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            if sector >= len(self._table) or len(pieces) > self._most:
                raise ValueError("broken chain")
            pieces.append(self._at(sector))
            sector = self._table[sector]
        return b"".join(pieces)


def _words(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
