"""The same fact stated twice with different figures (C-045)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.amounts import Amount
from core.text.masked import SIGNS, masked
from core.text.sentences import sentences
from core.text.statements import statements

_LEAST: Final = 8  # Chinese characters before a figure that make it the same fact wherever they stand again
_CLAUSE: Final = re.compile(r"[，。；、：（）\n]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_OPENING: Final = re.compile(r"^(?:其中|此外|同时|并|还|共|现|已|[一二三四五六]是|\d+[.．])+")
# When, where and for whom: two facts that differ in one of them are two facts.
_SCOPE: Final = re.compile(
    r"(?:19|20)\d{2}年|\d{1,2}月|[一二三四]季度|[上下]半年|上年|去年|中央|省级|市级|区级|县级|本级|上级|地方|全[国省市区县镇乡]"
    r"|每[人户月年次]|人均|户均|目标|计划|任务|预计|拟|累计|新增|第[一二三四五六七八九十\d]+[批次期届]"
)
_OTHER_LIST: Final = re.compile(r"(?:（[^（）]*）)?、")
_FAR: Final = 400  # characters before a figure that are looked at


@dataclass(frozen=True, slots=True)
class Restated:
    """One fact with two figures: which texts, and the amount in each, in the order of the texts.

    ``item`` is the budget item where it is one of those, see ``statements``; else empty.
    """

    first: int
    first_amount: Amount
    second: int
    second_amount: Amount
    fact: str
    item: str = ""


@lru_cache(maxsize=32)
def restated(texts: Sequence[str], of_items: bool = True) -> tuple[Restated, ...]:
    """Facts that the texts state twice with different figures; ``of_items``: budget items too.

    A fact is a budget item of the unit in a year, or an amount behind the same eight or more words in the same
    circumstances; the members of a list and rounded figures are no facts of this kind.
    """
    known: dict[tuple[str, ...], tuple[int, Amount, str]] = {}
    found = []
    for number, text in enumerate(texts):
        for key, amount, fact, item in sorted(_facts(text, of_items), key=lambda one: one[1].start):
            first = known.setdefault(key, (number, amount, text))
            if not _same(first[1], amount):
                found.append(Restated(first[0], first[1], number, amount, fact, item))
    return tuple(found)


def _same(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be the same figure, one of them perhaps more rounded. Persons and things are exact."""
    if one.fen is None or other.fen is None:
        return one.number == other.number
    return abs(one.fen - other.fen) < max(one.printed_unit, other.printed_unit) or one.fen == other.fen


def _facts(text: str, of_items: bool) -> list[tuple[tuple[str, ...], Amount, str, str]]:
    facts: list[tuple[tuple[str, ...], Amount, str, str]] = []
    for said in statements(text) if of_items else ():
        if said.project < 0 and said.amount.is_money:
            facts.append((("item", said.item, str(said.year)), said.amount, said.item, said.item))
    even, amounts = masked(text)
    taken = {amount.start for _key, amount, _fact, _item in facts}
    spans = sentences(text)
    starts = [span.start for span in spans]
    for amount in amounts.values():
        sentence = spans[max(0, bisect_right(starts, amount.start) - 1)] if spans else None
        if sentence is None or not sentence.start <= amount.start < sentence.end:
            continue
        if amount.start in taken or amount.approx or amount.unit == "%":
            continue
        before = even[max(sentence.start, amount.start - _FAR) : amount.start]
        clause = _OPENING.sub("", _CLAUSE.split(before)[-1])
        if len(_HAN.findall(clause)) < _LEAST or any(sign in clause for sign in SIGNS):
            continue
        if before[: len(before) - len(clause)].endswith("、") or _OTHER_LIST.match(even, amount.end, sentence.end):
            continue
        scope = " ".join(_SCOPE.findall(before))
        facts.append(((clause, scope, amount.unit), amount, clause, ""))
    return facts
