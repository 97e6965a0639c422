"""Runs of items that may be the parts of a total: who stands beside whom, what adds up within rounding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PERCENT, Item, Relation, decimal_text
from core.audit.reading import Reading

# What is left over, and what was spent or taken back: they make a balance of a sum.
REST: Final = re.compile(
    r"结余|结转(?!结余|资金安排)|剩余|余额|节余|未(?:支付?|使用|执行|拨付|完成|用完|支出)|尚余|净(?:下达|到位|拨|增|额|支出|收入)?"
)
TAKEN: Final = re.compile(
    r"调减|核减|扣减|追减|收回|上缴|压减|退回|交回|扣除|核销"
    r"|支出|支付|使用|执行|拨付|完成投资|报销|发放|付款"
)
REDUCED: Final = re.compile(r"调减|核减|扣减|追减|收回|上缴|压减|退回|交回|扣除|减少")
TOTAL: Final = re.compile(r"合计|共计|总计|总额|总数|总共|总量|总投资|累计|小计|共$|总$|(?:收|支|收入|支出)总")
RESULT: Final = re.compile(
    r"(?:全年|调整后?|调整后的?|最终|实际)(?:部门|单位|总)?预算|可用|可支配|预算(?:收入|总额|合计|总计)|净"
)

_MOST: Final = 200  # items behind a total among which its parts are looked for

_SIDE_BY_SIDE: Final = re.compile(r"^\s*(?:、|和|及|与|，)\s*$")
_FROM_ABOVE: Final = re.compile(r"(?:上级|中央|省|市|区|县|财政)(?:财政|局|厅|级|部门|本级)*(?:共|已|实际)?拨付")
_STILL: Final = re.compile(r"(?:尚有|还有|仍有|另有|尚余|还剩|余下|有)$")
_UNUSED: Final = re.compile(
    r"^(?:资金|经费|指标)?(?:尚?未(?:支付?|使用|执行|拨付|用完|支出|形成)|没有?(?:支付|使用|用)|结余|结转|待支付)"
)
OPENING_REST: Final = re.compile(r"(?:上年|年初|期初|以前年度|往年)[^，。；]{0,4}(?:结转|结余)")
_GIVEN: Final = re.compile(
    r"收入|预算|下达|到位|拨入|资金|安排|指标|拨款|总额|合计|总投资|投入|任务|计划|目标|应|合同(?:金额|总价|价款)"
)


def is_taken(one: Item) -> bool:
    """Whether an item is what was spent or taken back: 实际支出, 收回, but not 基本支出预算, 上级拨付."""
    if _FROM_ABOVE.search(one.label):
        return False
    return bool(TAKEN.search(one.label)) and not re.search(r"预算(?:资金|金额|数|安排)?$|下达|收入|安排$", one.label)


def is_given(one: Item) -> bool:
    """Whether an item is what there was to spend: 预算, 下达资金, 上年结转."""
    if is_taken(one):
        return False
    return bool(OPENING_REST.search(one.label) or _FROM_ABOVE.search(one.label)) or (
        bool(_GIVEN.search(one.label)) and not REST.search(one.label)
    )


def is_rest(one: Item, behind: str) -> bool:
    """Whether an item is what is left: 结余15万元, 尚有15万元未使用; ``behind``: the words that follow it."""
    return bool(REST.search(one.label) or (_STILL.search(one.label) and _UNUSED.search(behind)))


def tolerance(items: Sequence[Item]) -> Fraction:
    """What rounding explains between a total and its parts (the last item is the total), on the scale of the values.

    u is the finest printed place among the items of one unit, the coarsest such among units; for n addends
    floor_u(0.5u(n+1)). People, things and points are exact; so are percentages but for their last place.
    """
    if not items or items[-1].sort not in (MONEY, PERCENT, "km", "㎡", "亩", "吨", "公顷", ""):
        return Fraction(0)
    finest: dict[str, Fraction] = {}
    for one in items:
        if one.value or one.amount.decimals:
            unit = one.amount.unit
            finest[unit] = min(finest.get(unit, one.place), one.place)
    if not finest or (items[-1].sort == "" and max(finest.values()) >= 1):
        return Fraction(0)
    return max(finest.values()) * (len(items) // 2)


def relation(kind: str, parts: Sequence[Item], total: Item, signs: Sequence[int] = (), what: str = "") -> Relation:
    """A sum or balance of parts; its difference is the total less what the parts make."""
    signs = tuple(signs) or (1,) * len(parts)
    items = (*parts, total)
    difference = total.value - sum(s * one.value for s, one in zip(signs, parts, strict=True))
    allowed = tolerance(items)
    return Relation(
        kind,
        items,
        min(one.start for one in items),
        max(one.end for one in items),
        unit_of(items),
        difference,
        allowed,
        abs(difference) <= allowed,
        tuple(one.printed for one in items),
        signs,
        what,
    )


def unit_of(items: Sequence[Item]) -> str:
    """The unit that differences between the items are told in."""
    if items[-1].sort == MONEY:
        printed = {one.amount.unit for one in items if one.amount.unit}
        return "元" if printed == {"元"} else "亿元" if printed == {"亿元"} else "万元"
    return items[-1].amount.unit or items[-1].sort


def told(value: Fraction, unit: str) -> str:
    """A difference in its unit, without sign."""
    scale = {"万元": 10_000, "亿元": 100_000_000}.get(unit, 1)
    return decimal_text(abs(value) / scale)


def siblings(items: Sequence[Item], at: int, used: set[int], most: Fraction | None = None) -> list[Item]:
    """The items that follow ``items[at]`` on the level of the first of them: brackets inside are passed over, as are
    those already found to be parts of another (``used``, by place); a bracket of its own is not left. No more are
    looked at than make more than ``most`` together."""
    total, run = items[at], list[Item]()
    made = Fraction(0)
    level = -1
    for one in items[at + 1 : at + _MOST]:
        if one.block > total.block + 12 or one.start - (run[-1].end if run else total.end) > 600:
            break
        same = one.sentence == total.sentence or (run and one.sentence == run[-1].sentence)
        if level < 0:
            level = one.depth
            if level > total.depth and one.sentence != total.sentence:
                level = 0
        if one.depth < level and same and level > total.depth:
            break  # the bracket behind the total is closed
        if one.depth > level or one.start in used or one.compared:
            continue
        run.append(one)
        if most is not None:
            if made > most:
                break  # one more than needed: it says whether a sentence goes on
            made += one.value
        if len(run) >= 60:
            break
    return run


def run_of(reading: Reading, items: Sequence[Item], at: int) -> list[Item]:
    """The items from ``items[at]`` on that stand side by side: 50万元、30万元和20万元."""
    run = [items[at]]
    for one in items[at + 1 : at + 30]:
        if not _SIDE_BY_SIDE.match(reading.plain[run[-1].end : one.start]) or one.sort != run[0].sort:
            break
        run.append(one)
    return run


def prefix(total: Item, run: Sequence[Item], least: int = 2, slack: bool = True) -> int:
    """How many items at the head of a run add up to the total: exactly if any number does, else within rounding
    (``slack``); 0 where none does. Zeros that follow at once belong to them."""
    made, loose = Fraction(0), 0
    coarsest = total.place
    for number, one in enumerate(run, 1):
        made += one.value
        coarsest = max(coarsest, one.place)
        if number < least:
            continue
        difference = abs(made - total.value)
        if not difference:
            return _with_zeros(run, number)
        # The tolerance is worked out only where it can be as large: it never exceeds the coarsest place of each.
        near = slack and not loose and difference <= coarsest * number
        if near and difference <= tolerance((*run[:number], total)):
            loose = number
        if made > 2 * total.value and total.value > 0:
            break
    return loose


def _with_zeros(run: Sequence[Item], number: int) -> int:
    while number < len(run):
        one = run[number]
        if one.value or one.sentence != run[number - 1].sentence or REST.search(one.label):
            break
        number += 1
    return number
