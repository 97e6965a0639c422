"""Percentages that can be worked out again from figures beside them (C-048): 占, 完成, 执行率, 增长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from typing import Final

from core.text.amounts import Amount
from core.text.masked import MONEY, PERCENT, SIGNS, SIZE, masked
from core.text.sentences import Span, sentences

_WHITHER: Final = r"(?:较|比|同比|与)(?:[^，。；、" + SIGNS + r"]{0,10}?)(?:相比，?)?"
_WAY: Final = r"(?:各|净|共)?(?P<way>增加|增长|提高|上升|增|多|减少|下降|降低|减|少)(?:了|额?为|约)?"
# 2022年收入247.24万元，较2021年减少44.32万元，降幅15.2%: what it was is the one figure and the change.
_GROWTH: Final = re.compile(
    rf"(?P<now>{SIZE})，?(?:总体|全年|整体)?{_WHITHER}{_WAY}(?P<change>{SIZE})，?"
    rf"(?:同比)?(?:增长|下降|增幅|降幅|升幅|增长率|下降率|上升|提高|减少|降低|增加)率?(?:了|为|达|达到)?(?P<percent>{PERCENT})"
)
# 由5万元增加到6万元，增长20%
_FROM_TO: Final = re.compile(
    rf"(?:由|从)[^，。；{SIGNS}]{{0,12}}(?P<before>{SIZE})[^，。；{SIGNS}]{{0,6}}(?P<way>增加|增长|提高|上升|增|减少|下降|降低|减|降)"
    rf"(?:到|至|为)[^，。；{SIGNS}]{{0,8}}(?P<now>{SIZE})，?(?:同比)?"
    rf"(?:增长|下降|增幅|降幅|升幅|上升|提高|减少|降低)率?(?:了|为|达|达到)?(?P<percent>{PERCENT})"
)
# 检查2790人，完成年度任务2700人的103.33%
_OF: Final = re.compile(
    rf"(?P<part>{SIZE})[^。；{SIGNS}]{{0,8}}(?:，|（)?[^，。；{SIGNS}]{{0,6}}(?:占|完成|达到?|为|是)[^，。；{SIGNS}]{{0,12}}"
    rf"(?P<whole>{SIZE})的(?P<percent>{PERCENT})"
)
# 支出100万元，其中基本支出80万元，占80%
_SHARE: Final = re.compile(
    rf"(?P<part>{SIZE})(?:[，（]?所?占(?:比|总(?:数|额|支出|收入|预算)|全部[^，。；{SIGNS}]{{0,4}}|合计数?)?(?:的|为|是|达)?|（)"
    rf"(?P<percent>{PERCENT})"
)
_SHARE_OVER: Final = re.compile(
    rf"占(?!年度|全年|年初|目标|任务|计划)[^，。；{SIGNS}]{{0,12}}(?:的|为|达)?(?P<percent>{PERCENT})"
)
# 预算880万元，实际支出792万元，执行率90%
_RATE: Final = re.compile(
    rf"(?:执行率|支付率|支出率|使用率|(?:支出|支付|执行)进度|预算完成率)(?:为|达到?|是|约|：)?(?P<percent>{PERCENT})"
)
_SPENT: Final = re.compile(
    rf"(?:支出|支付|执行|使用|拨付)(?:资金|金额|数|合计|共计|总额)*(?:了|为|是|：|达)?(?P<part>{MONEY})"
)
_GIVEN: Final = re.compile(
    r"(?:预算|指标|下达|安排|到位|批复|资金)(?:资金|金额|数|收入|总额|总数|合计|共计|安排|下达)*(?:了|为|是|：|共)?"
    rf"(?P<whole>{MONEY})"
)
_TOTAL: Final = re.compile(r"[^，。；]{0,2}[，：（。]?(?:其中|包括|分别)")
_SUM: Final = re.compile(r"(?:合计|总计|共计|总额)为?$")
_YUAN: Final = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_RISES: Final = frozenset({"增加", "增长", "提高", "上升", "增", "多"})
_GOAL: Final = re.compile(r"(?:不低于|不超过|不少于|目标|≥|≤)[^，。；]{0,8}$")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage that can be worked out again: ``done``, ``share`` or ``growth``; ``over`` is a share above 100 %,
    which no figures could give. Places are those of the percentage."""

    start: int
    end: int
    text: str
    kind: str
    percent: Amount
    part: Amount | None = None
    whole: Amount | None = None
    holds: bool = False
    expected: Fraction | None = None
    """What the percentage should be, in percent; None for ``over``."""

    @classmethod
    def of(
        cls,
        kind: str,
        percent: Amount,
        part: Amount | None = None,
        whole: Amount | None = None,
        *,
        rise: Fraction | None = None,
        base: Fraction | None = None,
        holds: bool = False,
    ) -> Ratio:
        """The ratio of a part to a whole, or, for growth, of a rise to what it was before (``base``, both in 元)."""
        top = _size(part) if part else rise
        bottom = _size(whole) if whole else base
        expected = 100 * top / bottom if top is not None and bottom else None
        return cls(percent.start, percent.end, percent.text, kind, percent, part, whole, holds, expected)


def _size(amount: Amount) -> Fraction:
    """The amount in a unit common to all of its sort: money in 元."""
    return Fraction(amount.number) * _YUAN.get(amount.unit, 1)


def _agrees(percent: Amount, low: Fraction, high: Fraction) -> bool:
    """Whether a percentage may come from a value between two bounds (in percent), rounded or cut."""
    place = Fraction(Decimal(1).scaleb(-percent.decimals))
    printed = Fraction(percent.number)
    return low - place < printed < high + place


def _same_sort(one: Amount, other: Amount) -> bool:
    return (one.is_money and other.is_money) or one.unit == other.unit


@lru_cache(maxsize=128)
def ratios(text: str) -> tuple[Ratio, ...]:
    """Every percentage whose figures stand beside it, in the order of the text; ``holds`` says whether it is right.

    Where more than one figure may be the whole, any that fits will do: a percentage is wrong only if none does.
    """
    reading = _Reading(text)
    found: dict[int, Ratio] = {}
    previous: Span | None = None
    for sentence in sentences(text):
        for ratio in reading.ratios(sentence, previous):
            found.setdefault(ratio.start, ratio)
        previous = sentence
    return tuple(found[start] for start in sorted(found))


class _Reading:
    """A text with its amounts masked, and the finest unit it prints: a whole amount beside 69.98万元 is exact."""

    def __init__(self, text: str) -> None:
        self.even, self.amounts = masked(text)
        money = [one for one in self.amounts.values() if one.is_money]
        self.places = {unit: max(one.decimals for one in money if one.unit == unit) for unit in {o.unit for o in money}}

    def ratios(self, sentence: Span, previous: Span | None) -> Iterator[Ratio]:
        """The percentages of a sentence; figures of the sentence before may be the whole of a share."""
        place = (sentence.start, sentence.end)
        inside = [one for at, one in self.amounts.items() if place[0] <= at < place[1]]
        if not any(one.unit == "%" for one in inside):
            return
        nearby = [one for at, one in self.amounts.items() if previous and previous.start <= at < place[0]]
        yield from self._growths(place)
        for match in _OF.finditer(self.even, *place):
            part, whole, percent = self._named(match, "part", "whole", "percent")
            if _same_sort(part, whole) and whole.number and not self._vague(part, whole, percent):
                yield Ratio.of("done", percent, part, whole, holds=self._fits(percent, part, whole))
        yield from self._shares(place, inside + nearby)
        yield from self._rates(place, inside, nearby)

    def _named(self, match: re.Match[str], *names: str) -> list[Amount]:
        return [self.amounts[match.start(name)] for name in names]

    @staticmethod
    def _vague(*amounts: Amount) -> bool:
        return any(one.approx for one in amounts)

    def _slack(self, amount: Amount) -> Fraction:
        """What rounding may hide in an amount: half a unit of the last place. Persons and things are exact."""
        if not amount.is_money:
            return Fraction(0)
        return Fraction(Decimal(1).scaleb(-self.places[amount.unit])) * _YUAN[amount.unit] / 2

    def _fits(self, percent: Amount, part: Amount, whole: Amount) -> bool:
        a, b = _size(part), _size(whole)
        da, db = self._slack(part), self._slack(whole)
        return b > db and _agrees(percent, 100 * (a - da) / (b + db), 100 * (a + da) / (b - db))

    def _growths(self, place: tuple[int, int]) -> Iterator[Ratio]:
        for match in _GROWTH.finditer(self.even, *place):
            now, change, percent = self._named(match, "now", "change", "percent")
            base = _size(now) - (1 if match["way"] in _RISES else -1) * _size(change)
            if not _same_sort(now, change) or base <= 0 or self._vague(now, change, percent):
                continue
            room = self._slack(now) + self._slack(change)
            low = 100 * (_size(change) - self._slack(change)) / (base + room)
            high = 100 * (_size(change) + self._slack(change)) / (base - room) if base > room else low
            yield Ratio.of("growth", percent, change, base=base, holds=_agrees(percent, low, high))
        for match in _FROM_TO.finditer(self.even, *place):
            before, now, percent = self._named(match, "before", "now", "percent")
            if not _same_sort(before, now) or not before.number or self._vague(before, now, percent):
                continue
            rise, room = _size(now) - _size(before), self._slack(now) + self._slack(before)
            low, high = sorted(100 * abs(rise + sign * room) / _size(before) for sign in (-1, 1))
            yield Ratio.of("growth", percent, rise=abs(rise), base=_size(before), holds=_agrees(percent, low, high))

    def _shares(self, place: tuple[int, int], near: list[Amount]) -> Iterator[Ratio]:
        for match in _SHARE.finditer(self.even, *place):
            part, percent = self._named(match, "part", "percent")
            wholes = [one for one in near if one is not part and _same_sort(one, part) and one.number]
            if self._vague(part, percent) or not wholes:
                continue
            fitting = next((one for one in wholes if self._fits(percent, part, one)), None)
            if fitting:
                yield Ratio.of("share", percent, part, fitting, holds=True)
                continue
            totals = [one for one in wholes if place[0] <= one.start < place[1] and self._is_total(one, part)]
            if len(totals) == 1 and _size(totals[0]) >= _size(part):
                yield Ratio.of("share", percent, part, totals[0])
        for match in _SHARE_OVER.finditer(self.even, *place):
            (percent,) = self._named(match, "percent")
            if percent.number > 100:
                yield Ratio.of("over", percent)

    def _is_total(self, one: Amount, part: Amount) -> bool:
        """Whether an amount is that which the others are parts of: 合计…万元, or …万元，其中：."""
        announced = one.start < part.start and _TOTAL.match(self.even, one.end)
        return bool(announced or _SUM.search(self.even[max(0, one.start - 4) : one.start]))

    def _rates(self, place: tuple[int, int], inside: list[Amount], nearby: list[Amount]) -> Iterator[Ratio]:
        exact = [one for one in inside if one.is_money and one.number and not one.approx]
        pool = exact + [one for one in nearby if one.is_money and one.number and not one.approx]
        for match in _RATE.finditer(self.even, *place):
            (percent,) = self._named(match, "percent")
            if percent.approx or _GOAL.search(self.even[max(place[0], match.start() - 12) : match.start()]):
                continue
            fitting = next(((a, b) for a, b in permutations(pool, 2) if self._fits(percent, a, b)), None)
            if fitting:
                yield Ratio.of("done", percent, *fitting, holds=True)
                continue
            before = (place[0], match.start())
            spent = [self._named(one, "part")[0] for one in _SPENT.finditer(self.even, *before)]
            given = [self._named(one, "whole")[0] for one in _GIVEN.finditer(self.even, *before)]
            given = [one for one in given if one not in spent]
            rest = [one for one in exact if one not in spent]
            if len(spent) == 1 and len(rest) == 1:
                whole = _size(spent[0]) + _size(rest[0])  # 已支付18501万元，未支703万元: together what was given
                known = given if given == rest else [one for one in nearby if one.is_money and _size(one) == whole]
                if known:
                    yield Ratio.of("done", percent, spent[0], known[0])
