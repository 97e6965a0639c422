"""Growth: 增长5%, 下降12.5%, against the figures of both years, or one of them and the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, Item, Relation
from core.audit.percent import agrees, percent_relation

_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?=年)")
_UP: Final = re.compile(r"增|多|升|提高|涨|长")
_EARLIER: Final = re.compile(r"上年|去年|上一年|同期")
_AGAINST: Final = re.compile(r"[比较](?:(?:19|20)\d{2}年度?|上一?年度?|去年)(?:同期)?的?$")
_DOWN: Final = re.compile(r"减|少|降|压|缩")


def growth(percent: Item, near: Sequence[Item]) -> Relation | None:
    """The growth that a percentage states, from the figures before it in its paragraph, nearest first."""
    near = [one for one in near if percent.sentence - one.sentence <= 1]
    here = [one for one in near if one.sentence == percent.sentence]
    if not here:
        return None
    change, rest = here[0], near[1:]
    found: Relation | None = None
    if change.compared or _UP.search(change.label) or _DOWN.search(change.label):
        plain = [one for one in rest if one.sort == change.sort and not one.compared]
        for now in plain:
            tried = _by_change(percent, now, change)
            if tried is None:
                continue
            if tried.holds:
                return tried
            found = found or (replace(tried, trust=3) if now is plain[0] and now in here else replace(tried, trust=1))
    both = _by_both(percent, here, near)
    if both and not both.holds and change.compared and change not in both.items:
        both = replace(both, figures=(*both.figures[:-1], change.printed, percent.printed))
    return both or found or _from_to(percent, here)


def _by_change(percent: Item, now: Item, change: Item) -> Relation | None:
    rises = bool(_UP.search(change.label or percent.label))
    base = now.value - change.value if rises else now.value + change.value
    if base <= 0:
        return None
    room = (now.place + change.place) / 2 if now.sort == MONEY else Fraction(0)
    low = 100 * (change.value - room) / (base + room)
    high = 100 * (change.value + room) / (base - room) if base > room else low
    return percent_relation(
        "growth", (now, change, percent), 100 * change.value / base, agrees(percent, low, high), "base"
    )


def _from_to(percent: Item, here: Sequence[Item]) -> Relation | None:
    """由5万元增加到6万元，增长23%: the two figures it must be of, and is not."""
    if len(here) < 2:
        return None
    now, base = here[0], here[1]
    if _AGAINST.search(now.before) and not base.compared:
        now, base = base, now  # 2480人次，较上年的2150人次增长14%
    elif not re.search(r"[到至为]$", now.before) or not re.search(r"(?:由|从)", base.label):
        return None
    if now.sort != base.sort or base.value <= 0:
        return None
    expected = 100 * abs(now.value - base.value) / base.value
    return replace(percent_relation("growth", (now, base, percent), expected, False, "both"), trust=3)


def _by_both(percent: Item, here: Sequence[Item], near: Sequence[Item]) -> Relation | None:
    """Both years' figures are printed: 由5万元增加到6万元，增长20%."""
    for one in here:
        for other in near:
            if one is other or one.sort != other.sort or other.value <= 0 or one.value == other.value:
                continue
            expected = 100 * abs(one.value - other.value) / other.value
            room = 100 * (one.place + other.place) / 2 / other.value if one.sort == MONEY else Fraction(0)
            if agrees(percent, expected - room, expected + room):
                if _of_this_year(percent, one, other):
                    right = 100 * abs(one.value - other.value) / one.value
                    good = agrees(percent, right - room, right + room)
                    found = percent_relation("growth", (other, one, percent), right, good, "both")
                    return found if good else replace(found, trust=3)
                found = percent_relation("growth", (one, other, percent), expected, True, "both")
                if not _points_wrong_way(percent, one, other):
                    return found
                return replace(found, holds=False, trust=3, what="direction")
    return None


def _of_this_year(percent: Item, one: Item, other: Item) -> bool:
    """今年24.6万元，上年30.8万元，下降25.2%: the change was divided by this year's figure, not by last year's."""
    up, down = bool(_UP.search(percent.label)), bool(_DOWN.search(percent.label))
    grew = other.value > one.value  # if ``one``, which stands for this year's here, is last year's
    told = _EARLIER.search(one.label + one.before[-8:]) and not _EARLIER.search(other.label + other.before[-8:])
    if not told:
        years = [match[0] for item in (one, other) if (match := _YEAR.search(item.label))]
        told = len(years) == 2 and years[0] < years[1]
    return bool(told) and up != down and up == grew


def _points_wrong_way(percent: Item, now: Item, base: Item) -> bool:
    """2022年3.2万元，2023年3.6万元，下降12.5%: the years are named, and it went the other way."""
    years = [match[0] for one in (now, base) if (match := _YEAR.search(one.label))]
    if len(years) < 2 or years[0] <= years[1]:
        return False
    up, down = bool(_UP.search(percent.label)), bool(_DOWN.search(percent.label))
    return up != down and up != (now.value > base.value)
