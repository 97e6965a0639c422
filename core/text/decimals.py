"""Percentages and amounts with fewer or more decimals than the others (C-049)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.amounts import Amount, amounts
from core.text.plain import plain
from core.text.spots import Spot

_DECIMALS: Final = 2
# A computed percentage; goals and limits (不低于95%) are whole numbers by nature.
_RATE_BEFORE: Final = re.compile(
    r"(?:率|占比?|比重|进度|增长|下降|增幅|降幅|上升|提高|任务数?的?)(?:为|达到?|是|了)?\s?$"
)
_GOAL_BEFORE: Final = re.compile(r"(?:不低于|不超过|不少于|不高于|超过|目标|指标|≥|≤|>|<|达到)[^，。；]{0,6}$")
_GOAL_AFTER: Final = re.compile(r"\s?(?:以上|以下|以内|左右)")


@lru_cache(maxsize=128)
def odd_decimals(text: str) -> tuple[Spot, ...]:
    """Percentages (kind ``percent``) and sums of 万元 (kind ``money``) that do not have the two decimals which others
    of the text have. Whole amounts are printed without decimals on purpose; only figures like 3.5万元 are odd."""
    found = [one for one in amounts(text) if not one.approx]
    even = plain(text)
    spots: list[Spot] = []
    for kind, group in (
        ("percent", [one for one in found if one.unit == "%"]),
        ("money", [one for one in found if one.unit == "万元"]),
    ):
        if any(one.decimals == _DECIMALS for one in group):
            odd = [one for one in group if _is_odd(even, one, kind)]
            spots += [Spot(one.start, one.end, one.text, kind, _padded(one)) for one in odd]
    return tuple(sorted(spots, key=lambda spot: spot.start))


def _is_odd(even: str, one: Amount, kind: str) -> bool:
    if one.decimals == _DECIMALS:
        return False
    before = even[max(0, one.start - 16) : one.start]
    if one.decimals:
        return not _GOAL_BEFORE.search(before)
    computed = kind == "percent" and one.number not in (0, 100) and _RATE_BEFORE.search(before)
    return bool(computed) and not (_GOAL_BEFORE.search(before) or _GOAL_AFTER.match(even, one.end))


def _padded(one: Amount) -> str | None:
    """3.5万元 is 3.50万元; of a percentage the second decimal is not known."""
    if one.decimals != 1 or one.unit == "%":
        return None
    number = re.sub(r"(\d\.\d)", r"\g<1>0", one.text, count=1)
    return number
