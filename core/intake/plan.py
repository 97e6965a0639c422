"""What an import would store: records, doubts, what is left out and why. The preview shows it, commit stores it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.intake.cells import Cell, text_of
from core.intake.header import Column, Header
from core.model import Record

# Where the unit of amounts is known from.
FROM_COLUMN, FROM_ROW, GIVEN, GUESSED = "column", "row", "given", "guess"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decides about a sheet; everything else is found."""

    year: int = 0  # 0: as the sheet says, else the latest year
    project: int = 0  # for rows that name none
    unit: str = ""  # for amounts without one; also the answer where the sheet does not say
    matched: Mapping[str, int] = field(default_factory=dict)  # key of an unknown project -> project id
    create: frozenset[str] = frozenset()  # keys of unknown projects to be made
    create_all: bool = False  # make every unknown project
    taken: frozenset[int] = frozenset()  # rows (from 1) to store although they are duplicates or doubtful
    event_kind: str = ""  # of budget events that do not say theirs
    version: str = ""  # of indicators: goal or self
    day: str = ""  # ISO day of payments that bear none
    left_out: frozenset[int] = frozenset()  # rows (from 1) the user does not want


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a row (from 1) that is not certain. ``holds``: the row is not stored until it is answered; where
    ``may_take``, the user can store it as it is."""

    row: int
    column: str
    text: str
    reason: str
    holds: bool = True
    may_take: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row (from 1) that is not stored, with the reason. ``is_total``: it adds up others (合计、小计)."""

    row: int
    reason: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A record as it will be stored, from a row (from 1). ``replaces``: the id of a record that goes for it."""

    row: int
    record: Record
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """A project the year does not have, as rows name it. ``like``: the project (id) it may mean, 0 for none."""

    key: str
    name: str
    code: str
    rows: tuple[int, ...]
    like: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import of one sheet would do. Amounts in 分, rows from 1."""

    batch: int  # the id its entry in the register of imports will have
    kind: str
    year: int
    file: str
    digest: str
    sheet: str
    header: Header
    unit: str  # of the amounts, empty for a kind without
    unit_from: str
    records: tuple[Planned, ...]
    doubts: tuple[Doubt, ...]
    duplicates: tuple[LeftOut, ...]
    skipped: tuple[LeftOut, ...]
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]  # what the user should know of the sheet as a whole
    read: int  # rows below the header that hold anything
    total: int | None  # of all rows read as entries, stored or not
    sheet_total: int | None  # of the sheet's own 合计 row
    difference: int = 0  # total less sheet_total, beyond what rounding explains

    @property
    def new(self) -> int:
        """How many rows are stored."""
        return self.read - len(self.held) - len({one.row for one in self.duplicates}) - len(self.skipped)

    @property
    def held(self) -> frozenset[int]:
        """The rows that wait for an answer and are not stored."""
        return frozenset(one.row for one in self.doubts if one.holds)

    @property
    def stored_total(self) -> int:
        """The sum of what is stored, in 分."""
        return sum(getattr(one.record, "amount", 0) for one in self.records)


def shown(cell: Cell) -> str:
    """A cell as a doubt quotes it."""
    text = text_of(cell)
    return text if len(text) <= 40 else text[:40] + "…"


def heading_of(header: Header, name: str) -> str:
    """The heading of the column that holds a field, or empty text."""
    column: Column | None = header.column(name)
    return column.heading if column else ""
