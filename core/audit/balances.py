"""What is left of what was given, and budgets after adjustment: 预算 − 支出 − 收回 = 结余, 年初 + 追加 = 全年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from core.audit.model import MONEY, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import OPENING_REST, REDUCED, RESULT, is_given, is_rest, is_taken, relation

_START: Final = re.compile(r"年初[^，。；]{0,6}(?:预算|批复)|年初安排|批复预算|年初下达|期初预算")
_CHANGED: Final = re.compile(r"追加|收回|上缴|调增|调减|调整(?!后)|核减|增加|转移支付|上年结转|年初结转")
_WITHOUT_FIGURE: Final = re.compile(r"收回|上缴|财政统筹|归还|退回|核销")
_ARRIVED: Final = re.compile(r"到位|下达|拨入|全年预算|调整后")
_SURE_GIVEN: Final = re.compile("预算|收入|下达|到位|收到|安排|拨入|拨付|筹集|投入|补助|资金|经费|拨款|合同")
_SINCE_EARLIER: Final = re.compile("累计|历年|滚存")
_REACH: Final = 12  # items before a rest among which it is looked for


def balances(reading: Reading, sums: Sequence[Relation]) -> list[Relation]:
    """All rests and adjusted budgets that the figures before them give, and those that these contradict."""
    parts = {one.start for found in sums if found.holds for one in found.items[:-1]}
    items = [one for one in reading.items if one.sort == MONEY and not one.compared and not one.amount.approx]
    known = {(frozenset(i.start for i in one.items[:-1]), one.items[-1].start) for one in sums}
    found: list[Relation] = []
    for at, one in enumerate(items):
        reach = 3 * _REACH if one.digits >= 4 else _REACH
        before = [item for item in items[max(0, at - reach) : at] if one.block - item.block <= reach // 6]
        rest = is_rest(one, reading.plain[one.end : one.end + 12]) and not OPENING_REST.search(one.label)
        if rest:
            found += _rest(reading, one, before, parts)
        elif RESULT.search(one.label) and before:
            found += _adjusted(one, [item for item in before if item.sentence == one.sentence])
    return [one for one in found if (frozenset(i.start for i in one.items[:-1]), one.items[-1].start) not in known]


def _rest(reading: Reading, one: Item, before: Sequence[Item], parts: set[int]) -> Iterator[Relation]:
    """What is left: one or two items given less one or two taken. Nearest first; the whole sentence before all."""
    given = [item for item in reversed(before) if is_given(item)][:8]
    taken = [item for item in reversed(before) if is_taken(item)][:8]
    for more, less in ((1, 1), (2, 1), (1, 2), (2, 2)):
        for ins in combinations(given, more):
            for outs in combinations(taken, less):
                tried = relation("balance", (*ins, *outs), one, (1,) * more + (-1,) * less)
                strong = one.value or (more == less == 1)
                if strong and not tried.difference:
                    yield tried
                    return
    level = [i for i in before if i.sentence == one.sentence and i.depth == one.depth and i.start not in parts]
    ins = tuple(item for item in given if item in level)
    outs = tuple(item for item in taken if item in level)
    if len(ins) > 1 and len(outs) == 1 and _ARRIVED.search(ins[0].label):
        level = [item for item in level if item not in ins[1:]]  # of the budget 1200万元 arrived: these are spent
        ins = ins[:1]
    opening = [item for item in ins if OPENING_REST.search(item.label)]
    if len(ins) == 2 and len(opening) == 1 and len(outs) in (1, 2) and len(level) == 2 + len(outs):
        tried = relation("balance", (*ins, *outs), one, (1, 1) + (-1,) * len(outs))
        yield tried if tried.holds else replace(tried, trust=0 if _more(reading, one) else 2)
        return
    if len(ins) != 1 or len(outs) != 1:
        return
    others = [item for item in level if item not in (ins[0], outs[0])]
    tried = relation("balance", (ins[0], outs[0]), one, (1, -1))
    if tried.holds:
        yield tried
    elif not others and not _WITHOUT_FIGURE.search(reading.plain, ins[0].start, one.start) and not _more(reading, one):
        sure = bool(_SURE_GIVEN.search(ins[0].label)) and outs[0].value + one.value > 0
        sure = sure and not _SINCE_EARLIER.search(one.label)
        yield replace(tried, trust=2 if sure and ins[0].block == one.block else 1)


def _more(reading: Reading, one: Item) -> bool:
    """Whether more was taken than is said before the rest: 结余2万元，财政收回6万元; 结余0万元（剩余资金财政收回）.
    That the rest itself was taken back is no more."""
    behind = re.split("[。；]", reading.plain[one.end : one.end + 40])[0]
    return bool(_WITHOUT_FIGURE.search(behind)) and (not one.value or bool(re.search(r"\d", behind)))


def _adjusted(one: Item, before: Sequence[Item]) -> Iterator[Relation]:
    """A budget after adjustment from that of the beginning of the year and the changes named."""
    starts = [at for at, item in enumerate(before) if _START.search(item.label)]
    if not starts:
        return
    run = before[starts[-1] :]
    changes = [item for item in run[1:] if _CHANGED.search(item.label)]
    if not changes or len(changes) != len(run) - 1:
        return
    signs = (1, *(-1 if REDUCED.search(item.label) and item.value > 0 else 1 for item in run[1:]))
    tried = relation("balance" if -1 in signs else "sum", run, one, signs)
    yield tried if tried.holds else replace(tried, trust=3)
