"""What the audit reads and says: items, the relations between them, findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.text.amounts import Amount

MONEY: Final = "money"
PEOPLE: Final = "人"
PERCENT: Final = "%"
POINTS: Final = "分"
SCALE: Final = {"元": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Item:
    """A printed figure and where it stands. Money counts in 元, everything else as printed."""

    amount: Amount
    sort: str  # MONEY, PEOPLE, PERCENT, POINTS, another unit as printed, or empty: a bare number
    value: Fraction
    place: Fraction  # one in the last printed place, on the scale of ``value``
    label: str  # the words that say what it is of
    before: str  # everything between the figure before it and this one, in plain form
    lead: str  # its sentence up to it, in plain form
    depth: int  # brackets open around it
    block: int  # the line, or the long cell of a table, it stands in
    sentence: int
    compared: bool = False  # a figure of another year, a change against one, a goal or a limit

    @property
    def start(self) -> int:
        return self.amount.start

    @property
    def end(self) -> int:
        return self.amount.end

    @property
    def digits(self) -> int:
        """How many digits say something: 3020 has three, 69.98 four. The more, the less a match is chance."""
        return len(str(abs(self.amount.number)).replace(".", "").strip("0"))

    @property
    def printed(self) -> str:
        """The number as the JSON names it, without separators and unit."""
        return str(self.amount.number)


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement of the text that can be worked out again.

    ``kind``: sum, balance, ratio, growth, equal, count, product. ``items`` are its printed figures, the result last;
    ``figures`` what is named of them. ``difference`` is what the text prints less what comes out, both in ``unit``.
    """

    kind: str
    items: tuple[Item, ...]
    start: int
    end: int
    unit: str
    difference: Fraction
    tolerance: Fraction
    holds: bool
    figures: tuple[str, ...]
    signs: tuple[int, ...] = ()  # of the items but the last, in a sum or balance
    what: str = ""  # what is said to equal what
    trust: int = 0  # of one that does not hold: how sure the reading is, 0 silent, 1 提示, 2 提醒, 3 错误

    @property
    def expected(self) -> Fraction:
        """What the result should be, for a sum or balance, on the scale of the items."""
        return sum((s * one.value for s, one in zip(self.signs, self.items, strict=False)), Fraction(0))

    def doubted(self, trust: int) -> Relation:
        """The same, trusted at most so far."""
        return replace(self, trust=min(self.trust, trust))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding of the audit. ``severity``: error, warning or info; the place is that of the words it quotes."""

    rule: str
    severity: str
    title: str
    message: str
    start: int
    end: int
    quote: str
    suggestion: str = ""
    difference: str = ""  # with its unit
    tolerance: str = ""
    suspects: tuple[str, ...] = ()


def decimal_text(value: Fraction, places: int = 6) -> str:
    """A number in the shortest decimal form, rounded to some places."""
    scaled = value * 10**places
    half_up = int(abs(scaled) + Fraction(1, 2)) * (1 if scaled >= 0 else -1)
    text = format(Decimal(half_up).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
