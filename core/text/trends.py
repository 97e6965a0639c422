"""Words of change (增加, 减少, 持平) against the figures printed beside them (C-047)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.amounts import Amount
from core.text.masked import PERCENT_SIGN, SIGNS, SIZE, masked
from core.text.sentences import sentences

_UP: Final = "增加|增长|提高|上升|上涨|增"
_DOWN: Final = "减少|下降|降低|减|降"
_WAY: Final = rf"(?P<way>{_UP}|{_DOWN})"
_THEN: Final = (
    r"(?:较|比|与)(?:上年度?|去年度?|上一年度?|(?:19|20)\d{2}年度?)(?:同期|决算数?|预算数?|实际|支出|收入)*(?:的|为)?"
)
# 由5万元增加到3万元
_FROM_TO: Final = re.compile(
    rf"(?:由|从)[^，。；{SIGNS}]{{0,14}}(?P<before>{SIZE})[^，。；{SIGNS}]{{0,6}}?{_WAY}(?:到|至|为)"
    rf"[^，。；{SIGNS}]{{0,8}}(?P<now>{SIZE})"
)
# 支出3万元，较上年的5万元增加2万元
_AGAINST: Final = re.compile(
    rf"(?P<now>{SIZE})，?{_THEN}(?P<before>{SIZE})(?:相比)?，?(?:各|净|共)?{_WAY}了?(?P<change>{SIZE})?"
)
# 增加0万元; but not 增加（减少）0万元 or 年中调增0万元, which are labels of a form
_ZERO: Final = re.compile(
    r"(?<![/、（调])(?P<way>增加|增长|提高|上升|上涨|减少|下降|降低)(?:了|额?为)?"
    rf"(?P<change>{SIZE}|{PERCENT_SIGN}+)(?![^，。；]{{0,2}}（减)"
)
# 较上年增加3万元，与上年持平
_STEADY: Final = re.compile(
    rf"{_WAY}(?:了|额?为)?(?P<change>{SIZE})?，?(?:与|和)?(?:上年|去年|上年度|去年度)?(?:同期)?(?:相比)?持平"
    r"|(?:与|和)(?:上年|去年|上年度|去年度)(?:同期)?(?:相比)?持平，?(?:较|比)?(?:上年|去年)?"
    rf"(?P<way2>{_UP}|{_DOWN})了?(?P<change2>{SIZE})"
)
_COMPARED: Final = re.compile(
    rf"，?(?:较|比|与|和)(?P<base>上年度?|去年度?|上一年度?|(?:19|20)\d{{2}}年度?)(?:同期|决算数?|预算数?|相比)*，?"
    rf"(?:(?P<steady>持平)|(?:各|净|共)?{_WAY}(?:了|额?为)?(?P<change>{SIZE})?)"
)


@dataclass(frozen=True, slots=True)
class TrendFault:
    """A word of change that the figures speak against; ``text[start:end]`` holds the word and the change.

    ``kind``: ``direction`` (由5万元增加到3万元), ``difference`` (the change is not what lies between the two figures),
    ``zero`` (增加0万元), ``negative`` (增加-3万元), ``steady`` (增加3万元，与上年持平).
    """

    start: int
    end: int
    text: str
    kind: str
    now: Amount | None = None
    before: Amount | None = None
    change: Amount | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is said right behind a figure of its change against an earlier year: ``way`` 1 more, -1 less, 0 steady."""

    start: int
    end: int
    base: str  # 上年, 去年 … or the year in digits
    way: int
    change: Amount | None


def _rises(way: str) -> bool:
    return way in _UP.split("|")


@lru_cache(maxsize=128)
def trend_faults(text: str) -> tuple[TrendFault, ...]:
    """The places where a word of change and the figures beside it disagree, one a sentence."""
    even, amounts = masked(text)
    found = []
    for sentence in sentences(text):
        place = (sentence.start, sentence.end)
        fault = (
            _against(text, even, amounts, place)
            or _from_to(text, even, amounts, place)
            or _steady(text, even, amounts, place)
            or _zero(text, even, amounts, place)
        )
        if fault:
            found.append(fault)
    return tuple(found)


def comparison(text: str, end: int) -> Comparison | None:
    """The change named right behind the figure that ends at ``end``; None where there is none."""
    even, amounts = masked(text)
    match = _COMPARED.match(even, end)
    if match is None:
        return None
    change = amounts[match.start("change")] if match["change"] else None
    way = 0 if match["steady"] else 1 if _rises(match["way"]) else -1
    return Comparison(match.start("base"), match.end(), match["base"], way, change)


def _yuan(amount: Amount) -> int | None:
    """Money in 分, things as they are; None where that is not known exactly."""
    if amount.approx:
        return None
    return amount.fen if amount.is_money else int(amount.number) if amount.number == int(amount.number) else None


def _unit(*amounts: Amount | None) -> int:
    """The finest printed unit of amounts of money, in 分; 0 for things."""
    return min((one.printed_unit for one in amounts if one and one.number), default=0)


def _found(text: str, match: re.Match[str], kind: str, amounts: Mapping[int, Amount]) -> TrendFault:
    groups = match.groupdict()
    first = "way" if groups.get("way") else "way2"
    named = {name: amounts.get(match.start(name)) if groups.get(name) else None for name in ("now", "before", "change")}
    if groups.get("change2"):
        named["change"] = amounts.get(match.start("change2"))
    return TrendFault(match.start(first), match.end(), text[match.start(first) : match.end()], kind, **named)


def _against(text: str, even: str, amounts: Mapping[int, Amount], place: tuple[int, int]) -> TrendFault | None:
    for match in _AGAINST.finditer(even, *place):
        now, before = amounts[match.start("now")], amounts[match.start("before")]
        change = amounts[match.start("change")] if match["change"] else None
        a, b = _yuan(now), _yuan(before)
        if a is None or b is None or now.unit != before.unit:
            continue
        if a == b or (a > b) != _rises(match["way"]):
            return _found(text, match, "direction", amounts)
        c = _yuan(change) if change and change.is_money == now.is_money else None
        if c is not None and abs(abs(a - b) - c) > 1.5 * _unit(now, before, change):
            return _found(text, match, "difference", amounts)
    return None


def _from_to(text: str, even: str, amounts: Mapping[int, Amount], place: tuple[int, int]) -> TrendFault | None:
    for match in _FROM_TO.finditer(even, *place):
        now, before = amounts[match.start("now")], amounts[match.start("before")]
        a, b = _yuan(now), _yuan(before)
        if a is None or b is None or now.is_money != before.is_money or (not now.is_money and now.unit != before.unit):
            continue
        if a == b or (a > b) != _rises(match["way"]):
            return _found(text, match, "direction", amounts)
    return None


def _steady(text: str, even: str, amounts: Mapping[int, Amount], place: tuple[int, int]) -> TrendFault | None:
    for match in _STEADY.finditer(even, *place):
        group = "change" if match["change"] else "change2" if match["change2"] else ""
        change = amounts[match.start(group)] if group else None
        if change is None or change.number:
            return _found(text, match, "steady", amounts)
    return None


def _zero(text: str, even: str, amounts: Mapping[int, Amount], place: tuple[int, int]) -> TrendFault | None:
    for match in _ZERO.finditer(even, *place):
        change = amounts[match.start("change")]
        if not change.approx and change.number <= 0:
            return _found(text, match, "negative" if change.number else "zero", amounts)
    return None
