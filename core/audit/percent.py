"""Percentages and the two figures they are of, with what rounding may hide."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.audit.model import MONEY, PERCENT, Item, Relation


def agrees(percent: Item, low: Fraction, high: Fraction) -> bool:
    """Whether a percentage may come from a value between two bounds (in percent), rounded or cut."""
    return low - percent.place < percent.value < high + percent.place


def ratio(kind: str, top: Item, bottom: Item, percent: Item, holds: bool, what: str = "") -> Relation:
    """A percentage with its numerator and denominator; the difference is in percentage points."""
    expected = 100 * top.value / bottom.value if bottom.value else Fraction(0)
    return percent_relation(kind, (top, bottom, percent), expected, holds, what)


def percent_relation(kind: str, items: tuple[Item, ...], expected: Fraction, holds: bool, what: str) -> Relation:
    """A percentage of known figures; ``expected`` is what it should be, in percent."""
    percent = items[-1]
    start, end = min(one.start for one in items), max(one.end for one in items)
    if end - start > 150:
        start, end = percent.start, percent.end
    return Relation(
        kind,
        items,
        start,
        end,
        PERCENT,
        percent.value - expected,
        percent.place,
        holds,
        tuple(one.printed for one in items),
        what=what,
    )


def fits(percent: Item, top: Item, bottom: Item) -> bool:
    """Whether the percentage is that of two figures, with what rounding may hide in them."""
    if bottom.value <= 0 or top.value < 0:
        return False
    if percent.value == 100 or percent.value == 0:
        exact = top.value == bottom.value if percent.value == 100 else top.value == 0
        if exact or not percent.amount.decimals:
            return exact or (percent.value == 100 and bottom.value * Fraction(995, 1000) <= top.value <= bottom.value)
    same = top.amount.unit == bottom.amount.unit
    a = min(top.place, bottom.place) / 2 if same else top.place / 2
    b = a if same else bottom.place / 2
    if top.sort != MONEY or not (top.amount.decimals or bottom.amount.decimals or top.digits > 3):
        a = b = Fraction(0)
    if bottom.value <= b:
        return False
    return agrees(percent, 100 * (top.value - a) / (bottom.value + b), 100 * (top.value + a) / (bottom.value - b))


def of_percent(percents: Sequence[Item], what: str) -> Relation:
    """The shares of one total, which make 100 % but for rounding."""
    made = sum((one.value for one in percents), Fraction(0))
    allowed = max(one.place for one in percents) * ((len(percents) + 1) // 2)
    return Relation(
        "sum",
        tuple(percents),
        percents[0].start,
        percents[-1].end,
        PERCENT,
        100 - made,
        allowed,
        abs(100 - made) <= allowed,
        (*(one.printed for one in percents), "100"),
        what=what,
    )
