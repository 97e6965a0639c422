"""A sheet as it was read, whatever the file was: cells with their value, and how each reads as text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from core.intake.number_formats import zeros_before

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MOST_CELLS = 5_000_000  # of one sheet, blank ones within its corners too
MOST_MERGED = 500_000  # cells that merged ranges may cover in all
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, its corners from 0, both inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows and columns count from 0 here, from 1 in what the user is told. Rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)  # those that alter what is seen
    epoch_1904: bool = False

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells under a merged range and the cell that holds its value."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in self.merges:
            if merge.bottom >= len(self.rows) + 1 or len(found) > MOST_MERGED:
                continue
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, min(merge.right, self.width - 1) + 1):
                    found[row, column] = merge.top, merge.left
        return found

    def cell(self, row: int, column: int) -> Cell:
        """The value of a cell itself; None where it is empty."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        return None if value == "" else value

    def spread(self, row: int, column: int) -> Cell:
        """The value of a cell, or of the merged range it lies under."""
        value = self.cell(row, column)
        if value is not None or not self.merges:
            return value
        place = self._covered.get((row, column))
        return self.cell(*place) if place and place[0] < len(self.rows) else None

    def text(self, row: int, column: int) -> str:
        """How a cell reads, merged ranges spread; zeros that a number format puts in front of a code are kept."""
        value = self.spread(row, column)
        shown = text_of(value)
        pattern = self.formats.get((row, column), "")
        return shown.zfill(zeros_before(pattern)) if pattern and shown.isdecimal() else shown


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of a workbook before it is read."""

    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file whose sheets can be read."""

    file: str  # its name without the folder
    digest: str  # SHA-256 of its bytes
    sheets: tuple[SheetInfo, ...]
    reader: Callable[[str], Sheet]

    def read(self, name: str) -> Sheet:
        """One sheet. Raises ``UserError`` where it is damaged or too large."""
        return self.reader(name)


def text_of(value: Cell) -> str:
    """A value as text: numbers plain, without exponent and idle zeros; dates ISO; blanks around removed."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return plain(Decimal(repr(value)))
        case datetime():
            whole = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)


def plain(value: Decimal) -> str:
    """A decimal without exponent and idle zeros."""
    if not value.is_finite():
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unescaped(text: str) -> str:
    """Text of a workbook part with its ``_x000D_`` escapes undone."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def column_letters(column: int) -> str:
    """The name of a column counted from 0: A, B, … AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The place of a column from 0 by its name."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def trimmed(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Rows without the empty ones at the end."""
    kept = list(rows)
    while kept and all(cell is None or cell == "" for cell in kept[-1]):
        kept.pop()
    return kept
