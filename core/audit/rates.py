"""Percentages against the figures beside them: shares of a total, rates of execution, growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from core.audit.growth import growth
from core.audit.model import MONEY, PERCENT, Item, Relation
from core.audit.percent import fits, of_percent, ratio
from core.audit.reading import Reading, read
from core.audit.runs import REST, TOTAL, is_given, is_taken, run_of
from core.audit.sums import sums

_GROWTH: Final = re.compile(r"增长|下降|增幅|降幅|升幅|上升|提高|减少|增加|降低|上涨|压减|变动率|压缩|增减率|减幅")
_SHARE: Final = re.compile(r"占|比重|比例")
_SHARE_OF_ALL: Final = re.compile(r"占(?!年度|全年|年初|目标|任务|计划)|比重|比例")
_RATE: Final = re.compile(r"率|进度|完成|到位|达(?:到)?$|实现")
_MONEY_RATE: Final = re.compile(
    r"(?:执行|支付|支出|使用|拨付|预算完成)(?:完成)?率|(?:执行|支付|支出|拨付)进度"
    r"|完成(?:年初|全年|年度|调整后?|本年|部门)*预算(?:数|安排)?的$"
)
_COUNTED_ALL: Final = re.compile(r"有效|收回|回收|共|总|抽|发放|检查|调查|受理|应|实施")
_NO_FIGURES: Final = re.compile(r"满意|合格|知晓|及时|达标|准确|覆盖|参与|普及|公开|优良|就业率|好转")
_A_OF_B: Final = re.compile(
    r"(?P<a>[一-鿿]{2,12}?)占(?:全部|全年|同期)?(?P<b>[一-鿿]{2,10}?)的?(?:比[例重])?(?:为|达)?"
)
_OF_GOAL: Final = re.compile(
    r"(?:完成|使用|利用|入住|出勤)率|完成(?:年度|全年|年初|既定)?(?:目标|任务|计划)(?:任务)?(?:数|量|值)?的?$"
)
_A_GOAL: Final = re.compile(
    r"^(?:年度|年初|全年|当年)*(?:目标|任务|计划)|(?:目标|任务|计划)(?:任务)?(?:数|值|量)?(?:为|是)?的?$"
)
_GOAL: Final = re.compile(
    r"(?:不低于|不超过|不少于|不高于|目标值?|要求|≥|≤|>|<|上限|最高|最低|力争|序时进度|应达|扣)[^，。；]{0,8}$"
)
_ATTACHED: Final = re.compile(
    r"^[，、]?（?(?:其中)?(?:约|所)?(?:占(?:比|总[^，。；\d]{0,8}|全部[^，。；\d]{0,8})?(?:例|重)?(?:的|为|达|：)?)?$"
)
_SHARE_OF: Final = re.compile(r"^(?:[^。；\d]{0,16}，)?[，、（]?[^，。；]{0,4}占[^，。；\d]{0,24}$")


def rates(reading: Reading, totals: Sequence[Relation]) -> list[Relation]:
    """Every percentage of the prose whose figures are known, right or wrong."""
    parents: dict[int, list[Item]] = {}
    for total in totals:
        if total.holds:
            for part in total.items[:-1]:
                parents.setdefault(part.start, []).append(total.items[-1])
    solver = _Rates(reading, parents)
    found, told = [], set[int]()
    for at, item in enumerate(reading.items):
        if item.sort == PERCENT and "分别" in item.before:
            series = run_of(reading, reading.items, at)
            if len(series) > 1:
                told |= {one.start for one in series}
                found += _respectively(reading, at, series)
        known = item.start in told or item.amount.approx
        if item.sort == PERCENT and not known and not _GOAL.search(item.lead):
            result = solver.solve(at)
            if result:
                found.append(result)
    return found


def _respectively(reading: Reading, at: int, percents: Sequence[Item]) -> list[Relation]:
    """预算分别为50万元、30万元，支出48万元、15万元，执行率分别为96%、50%: each by its place. One that does not agree is
    wrong where all others do."""
    series: list[list[Item]] = []
    place = max(0, at - 30)
    while place < at:
        one = reading.items[place]
        run = run_of(reading, reading.items[:at], place)
        if one.block == percents[0].block and one.sort != PERCENT and len(run) == len(percents):
            series.append(run)
        place += len(run)
    if len(series) < 2:
        return []
    rows = list(zip(series[-1], series[-2], percents, strict=True))
    made = [ratio("ratio", top, bottom, one, fits(one, top, bottom)) for top, bottom, one in rows]
    wrong = sum(1 for one in made if not one.holds)
    return [one if one.holds else replace(one, trust=3 if wrong == 1 < len(made) else 0) for one in made]


class _Rates:
    def __init__(self, reading: Reading, parents: dict[int, list[Item]]) -> None:
        self.reading = reading
        self.items = reading.items
        self.parents = parents
        self.shared: dict[int, list[Item]] = {}  # the wholes of the shares of each sentence

    def solve(self, at: int) -> Relation | None:
        """The relation of the percentage ``items[at]``; None where its figures are not known."""
        percent = self.items[at]
        words = percent.label or percent.before
        named = self._of_named(at)
        if named:
            return named
        if _GROWTH.search(words) and not _SHARE.search(words):
            return growth(percent, self._near(at, 0))
        found = self._part_of(at)
        if found and found.holds:
            return found
        broken = found
        attached = _ATTACHED.match(percent.before) or _SHARE_OF.match(percent.before)
        if attached and at and (not _RATE.search(percent.label) or percent.label.startswith("占")):
            found = self._share(at)
        elif _RATE.search(words) or re.search(r"率[^，。；]{0,6}$|度[为达是]?$", percent.lead):
            found = self._rate(at)
        return found if found and found.holds else broken or found or self._by_chance(at)

    def _by_chance(self, at: int) -> Relation | None:
        """A percentage of two or more decimals that two figures of its sentence give, whatever it is called."""
        percent = self.items[at]
        here = [one for one in self._near(at, 0) if one.sentence == percent.sentence and one.sort]
        for top in here if percent.amount.decimals > 1 and percent.value not in (0, 100) else ():
            for bottom in here:
                if top is not bottom and top.sort == bottom.sort and fits(percent, top, bottom):
                    return ratio("ratio", top, bottom, percent, True)
        return None

    def _of_named(self, at: int) -> Relation | None:
        """基本支出占总支出的62%: both figures are called by their names."""
        percent = self.items[at]
        match = _A_OF_B.fullmatch(percent.label)
        if match is None:
            return None
        near = self._near(at, 2)
        tops = [one for one in near if one.label.endswith(match["a"]) and not one.compared]
        bottoms = [one for one in near if one.label.endswith(match["b"]) and not one.compared]
        if not tops or not bottoms or tops[0].sort != bottoms[0].sort or tops[0] is bottoms[0]:
            return None
        for top in tops:
            for bottom in bottoms:
                if fits(percent, top, bottom):
                    return ratio("ratio", top, bottom, percent, True)
        sure = len({one.value for one in tops}) == len({one.value for one in bottoms}) == 1 and bottoms[0].value > 0
        return replace(ratio("ratio", tops[0], bottoms[0], percent, False), trust=3) if sure else None

    def _near(self, at: int, blocks: int = 2) -> list[Item]:
        """The items before, nearest first, that are no percentages; some lines back at most."""
        here = self.items[at]
        return [
            one
            for one in reversed(self.items[max(0, at - 30) : at])
            if one.sort != PERCENT and here.block - one.block <= blocks and not one.amount.approx
        ]

    def _previous(self, at: int) -> Item | None:
        before = self._near(at, 0)
        return before[0] if before and before[0].sentence == self.items[at].sentence else None

    def _part_of(self, at: int) -> Relation | None:
        """检查2790人，完成年度任务2700人的103.33%."""
        percent = self.items[at]
        if not re.match(r"^的(?:比[例重])?(?:为|达)?$", percent.before):
            return None
        near = self._near(at, 0)
        if len(near) < 2 or near[0].sort != near[1].sort or near[0].sentence != percent.sentence:
            return None
        if not re.search(r"占|完成|达|为|是", near[0].before):
            return None
        good = fits(percent, near[1], near[0])
        found = ratio("ratio", near[1], near[0], percent, good)
        return found if good else replace(found, trust=3)

    def _share(self, at: int) -> Relation | None:
        percent, part = self.items[at], self._previous(at)
        if part is None or part.depth < percent.depth - 1:
            return None
        own = self.parents.get(part.start, [])
        around = [one for one in self._near(at, 8 if percent.amount.decimals > 1 else 2) if one is not part]
        named_whole = _bigrams(percent.label.replace("占", ""))
        after = [
            one
            for place, one in enumerate(self.items[at + 1 : at + 8])
            if one.block == percent.block
            and (
                TOTAL.search(one.label)
                or (not place and one.depth > percent.depth)
                or (one.sentence == percent.sentence and _bigrams(one.label) & named_whole)
            )
        ]
        wholes = [
            one for one in (*own, *around, *after) if one.sort == part.sort and one.value >= part.value and one.value
        ]
        for whole in wholes:
            if fits(percent, part, whole):
                self.shared.setdefault(percent.sentence, []).append(whole)
                return ratio("ratio", part, whole, percent, True)
        before = [one for one in around if one.start < part.start and one.sentence == part.sentence][:1]
        if "其中" in part.before and _ATTACHED.match(percent.before) and before and before[0] in wholes:
            return replace(ratio("ratio", part, before[0], percent, False), trust=3)
        named = [one for one in wholes if one.block == percent.block and TOTAL.search(one.label)]
        siblings = [one for one in self.shared.get(percent.sentence, []) if one in wholes]
        if siblings and _ATTACHED.match(percent.before) and not percent.label.strip("占为约") and not own:
            return replace(ratio("ratio", part, siblings[-1], percent, False), trust=2)
        if percent.label and not percent.label.startswith("占"):
            return None  # 其中甲333万元，占66%，其他占34%: of something else
        if own:
            return replace(ratio("ratio", part, own[0], percent, False), trust=3)
        here = [one for one in wholes if percent.block - one.block <= 0 and one.start < part.start]
        if here and "其中" in part.before and _ATTACHED.match(percent.before) and not percent.label.strip("占为约"):
            return replace(ratio("ratio", part, here[0], percent, False), trust=2)
        if len(named) == 1 and named[0].sentence == percent.sentence and named[0].start < part.start:
            return replace(ratio("ratio", part, named[0], percent, False), trust=2)
        return None

    def _rate(self, at: int) -> Relation | None:
        percent = self.items[at]
        words = percent.lead[-24:]
        quiet = bool(_NO_FIGURES.search(percent.label))
        near = [one for one in self._near(at, 6) if one.sort]
        here = [one for one in near if one.sentence == percent.sentence]
        behind = self.items[at + 1 : at + 2]
        if behind and behind[0].depth > percent.depth and behind[0].sort != PERCENT:
            here = [*here, behind[0]]  # 完成率118%（计划20公里）
        for pool, free in ((here, not quiet), (near, False)):
            found = self._pair(percent, pool, free)
            if found:
                return found
        if quiet:
            return self._share_named(percent, here)
        if not _MONEY_RATE.search(words):
            return self._of_goal(percent, here)
        return self._wrong_rate(percent, here, near)

    def _of_goal(self, percent: Item, here: Sequence[Item]) -> Relation | None:
        """培训200人次，实际培训186人次，完成率98%: the two figures of its own clause, and it is not theirs."""
        clause = self.reading.plain.rfind("；", 0, percent.start)
        own = [one for one in here if one.start > clause]
        if len(own) != 2 or not _OF_GOAL.search(percent.label):
            return None
        goals = [one for one in own if _A_GOAL.search(one.label) and "实际" not in one.label]
        if len(goals) == 1 and not _A_GOAL.search(percent.label):
            if "实际" not in next(one for one in own if one is not goals[0]).label:
                return None
        elif len(goals) != 1 and ("实际" not in own[0].label or "实际" in own[1].label):
            return None
        goal = goals[0] if len(goals) == 1 else own[1]
        actual = own[0] if goal is own[1] else own[1]
        if actual.sort != goal.sort or goal.value <= 0 or goal.compared:
            return None
        return replace(ratio("ratio", actual, goal, percent, False), trust=3)

    def _share_named(self, percent: Item, here: Sequence[Item]) -> Relation | None:
        """有效问卷115份，其中满意109份，满意度94.78%: what the rate is named after, of all that were asked."""
        stem = percent.label.rstrip("为达是")[-3:-1]
        close = len(stem) + 3  # 满意109份, 及时办结58件
        parts = [
            one
            for one in here
            if stem and (one.label.endswith(stem) or (one.label.startswith(stem) and len(one.label) <= close))
        ]
        if len(parts) != 1:
            return None
        part = parts[0]
        wholes = [one for one in here if one.sort == part.sort and one.start < part.start and not one.compared]
        for whole in wholes:
            if fits(percent, part, whole):
                return ratio("ratio", part, whole, percent, True)
        if wholes and "其中" in part.before and _COUNTED_ALL.search(wholes[0].label) and part.value <= wholes[0].value:
            return replace(ratio("ratio", part, wholes[0], percent, False), trust=2)
        return None

    def _pair(self, percent: Item, pool: Sequence[Item], free: bool) -> Relation | None:
        """The nearest two figures that give the percentage: something done of something given, in a ``free`` search
        any two of one sort. 到位率 is of what is said to be 到位."""
        verb = next((word for word in ("到位", "完成", "发放", "拨付", "使用") if word in percent.label), "")
        for one in pool:
            if one.compared and not free:
                continue
            done = is_taken(one) or (free and not REST.search(one.label)) or (verb and verb in one.label)
            for other in (*pool, *self.parents.get(one.start, [])):
                if other is one or other.sort != one.sort or not done or other.value <= 0:
                    continue
                given = is_given(other) or free or other in self.parents.get(one.start, [])
                if given and fits(percent, one, other) and (other.start < one.start or _later_fine(one, other)):
                    return ratio("ratio", one, other, percent, True)
        return None

    def _wrong_rate(self, percent: Item, here: Sequence[Item], near: Sequence[Item]) -> Relation | None:
        """The figures a rate of execution must be of, where there is no doubt which they are."""
        since = [one.end for one in self.items if one.sort == PERCENT and one.end <= percent.start][-1:]
        own = [one for one in here if not since or one.start > since[0]]  # behind the percentage before
        if any(map(is_taken, own)) and any(map(is_given, own)):
            here = own
        elif any(map(is_taken, own)):
            here = [one for one in here if one in own or is_given(one)]  # 1至3月支出24万元，25%；1至10月支出80万元，…
        money = [one for one in here if one.sort == MONEY and not one.compared]
        done = [one for one in money if is_taken(one) and not REST.search(one.label)]
        if len({one.value for one in done}) != 1:
            return None
        top = done[0]
        for whole in self.parents.get(top.start, []):
            if any(REST.search(one.label) for one in money):
                return replace(ratio("ratio", top, whole, percent, False), trust=3)
        given = [one for one in money if one is not top and is_given(one)]
        if not given:
            given = [
                one
                for one in near
                if one.sort == MONEY and one.sentence == percent.sentence - 1 and is_given(one) and not one.compared
            ]
        if len({one.value for one in given}) != 1 or len(money) > 2:
            return None
        if given[0].value <= 0 or (top.value == 0 and percent.value == 0):
            return None
        return replace(ratio("ratio", top, given[0], percent, False), trust=3 if given[0] in here else 2)


def _bigrams(label: str) -> set[str]:
    return {label[n : n + 2] for n in range(len(label) - 1)}


def _later_fine(one: Item, other: Item) -> bool:
    """The whole may stand behind the part where it is called so: 支出8万元，占预算10万元."""
    return other.sentence == one.sentence


def full_shares(totals: Sequence[Relation], found: Sequence[Relation]) -> Iterator[Relation]:
    """Where every part of a total carries its share, the shares make 100 %."""
    share = {one.items[0].start: one.items[-1] for one in found if one.kind == "ratio"}
    for total in totals:
        percents = [share[part.start] for part in total.items[:-1] if part.start in share]
        if total.holds and len(percents) == len(total.items) - 1 >= 2:
            yield of_percent(percents, "shares")


def more_than_all(reading: Reading) -> Iterator[Item]:
    """Shares of more than the whole; 完成 and 相当于 may be."""
    for one in reading.items:
        if one.sort == PERCENT and one.value > 100 and _SHARE_OF_ALL.search(one.label):
            yield one


@lru_cache(maxsize=256)
def wrong_percentages(text: str) -> tuple[Relation, ...]:
    """The percentages of a passage that its own figures contradict, where there is no doubt which they are."""
    reading = read(text)
    return tuple(one for one in rates(reading, sums(reading)) if not one.holds and one.trust > 1)
