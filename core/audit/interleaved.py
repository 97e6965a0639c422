"""Totals of figures told in turn: 甲预算3万元，执行2万元；乙预算5万元，执行4万元。两项合计预算8万元，执行6万元。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import Item, Relation
from core.audit.reading import Reading
from core.audit.runs import TOTAL, relation

_NAMED: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十])[项者类个笔家](?:项目|资金|经费|工作)?(?:合计|共计|总计)(?P<noun>[一-鿿]{2,4})$"
)
_NOUN: Final = re.compile(r"[一-鿿]{2,6}$")
_NUMBERS: Final = "一二三四五六七八九十"
_REACH: Final = 40  # items before the total among which its parts are


def interleaved(reading: Reading) -> Iterator[Relation]:
    """The totals that say how many they are of, each of what bears its noun, and the figures that follow them."""
    items = reading.items
    for at, total in enumerate(items):
        named = _NAMED.search(total.label)
        if named is None or total.amount.approx:
            continue
        count = _NUMBERS.find(named["number"].replace("两", "二")) + 1
        before = items[max(0, at - _REACH) : at]
        yield from _of(total, named["noun"], count, before)
        for other in items[at + 1 : at + 4]:
            noun = _NOUN.search(other.label)
            if other.sentence != total.sentence or other.sort != total.sort or not noun or other.compared:
                break
            yield from _of(other, noun[0], count, before)


def _of(total: Item, noun: str, count: int, before: Sequence[Item]) -> Iterator[Relation]:
    """The total of the figures before it that bear its noun, if they are as many as it says."""
    parts = [
        one
        for one in before
        if one.sort == total.sort
        and total.block - one.block <= 1
        and noun[-2:] in one.label
        and not one.compared
        and not one.amount.approx
        and not TOTAL.search(one.label)
    ]
    if len(parts) != count:
        return
    found = relation("sum", parts, total)
    close = abs(found.difference) <= total.value * Fraction(1, 5)
    yield found if found.holds else replace(found, trust=3 if close else 1)
