"""Differences between two printed figures, shares that make 100 %, and what was saved of a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import PERCENT, Item, Relation
from core.audit.percent import agrees, of_percent, percent_relation
from core.audit.reading import Reading
from core.audit.runs import relation

_WAY: Final = re.compile(r"增|多|升|提高|减|少|降|超出?|节约|相差|缺口")
_DOWN: Final = re.compile(r"减|少|降|节约|缺口")
_BASE: Final = re.compile(r"上年|去年|上一年|同期|(?:19|20)\d{2}年|目标|计划|预算|基期|年初")
_OF_YEARS: Final = re.compile(r"(?P<now>(?:19|20)\d{2})年(?:度)?[比较](?P<base>(?:19|20)\d{2})年")
_SHARE: Final = re.compile(r"占|比重|比例")
_PLANNED: Final = re.compile(r"预算|计划|控制价|限价|估算|概算")
_PAID: Final = re.compile(r"中标|成交|实际|合同|结算|采购金额|支出")
_SAVING: Final = re.compile(r"节约|节省|节支|结余")
_SAVED: Final = re.compile(r"节约率|结余率|节支率|压减率|压缩率")


def changes(reading: Reading) -> Iterator[Relation]:
    """Every change whose two figures are printed, every set of shares, every rate of what was saved."""
    items = reading.items
    for at, one in enumerate(items):
        before = items[max(0, at - 8) : at]
        if one.sort == PERCENT and _SAVED.search(one.label):
            yield from _saved(one, before)
        elif one.sort == "倍" and not one.amount.approx:
            yield from _times(one, before)
        elif one.sort != PERCENT and one.value and _WAY.search(one.label) and not one.amount.approx:
            yield from _change(one, before)
    yield from _shares(reading)


def _change(one: Item, before: tuple[Item, ...]) -> Iterator[Relation]:
    """2023年支出752.30万元，上年698.50万元，增加53.80万元."""
    near = [i for i in reversed(before) if i.sort == one.sort and i.block == one.block and not i.amount.approx]
    near = [i for i in near if one.sentence - i.sentence <= 1]
    near = near[: 10 if one.digits > 2 else 4]
    for later, base in ((a, b) for a in near for b in near if a is not b and a.value != b.value):
        named = _BASE.search(base.label + base.lead[-16:]) or _BASE.search(later.label)
        if not named and not (_OF_YEARS.search(one.label) and one.digits > 1):
            continue
        rises = not _DOWN.search(one.label)
        made = relation("balance", (later, base) if rises else (base, later), one, (1, -1))
        if made.holds:
            yield made
            return
    near = near[:4]
    pair = _budget_and_price([i for i in near if i.sentence == one.sentence]) if "节约" in one.label else None
    if pair and len([i for i in near if i.sentence == one.sentence]) == 2:
        yield replace(relation("balance", (pair[1], pair[0]), one, (1, -1)), trust=2)
        return
    told_years = _OF_YEARS.search(one.label)
    if told_years:
        nows, bases = ([i for i in near if i.label.startswith(told_years[k]) and not i.compared] for k in (1, 2))
        if len(nows) == len(bases) == 1 and nows[0].label[4:] == bases[0].label[4:]:
            pair = (nows[0], bases[0]) if not _DOWN.search(one.label) else (bases[0], nows[0])
            yield replace(relation("balance", pair, one, (1, -1)), trust=3)
            return
    if len(near) >= 2 and near[0].sentence == near[1].sentence == one.sentence:
        base, later = near[0], near[1]
        told = re.search(r"上年|去年|同期|(?:19|20)\d{2}年", base.label) and not _WAY.search(base.label)
        made = relation("balance", (later, base), one, (1, -1) if not _DOWN.search(one.label) else (-1, 1))
        if told and base.compared and not later.compared and abs(made.difference) < one.value:
            yield replace(made, trust=2)


def _times(one: Item, before: tuple[Item, ...]) -> Iterator[Relation]:
    """全年126批，上年84批，是上年的2倍: the figure of this year and, named so, that of the year before."""
    near = [i for i in reversed(before) if i.sentence == one.sentence and i.value > 0 and not i.amount.approx][:2]
    told = re.search(r"(?:是|为|达|相当于)(?:上年|去年|同期|(?:19|20)\d{2}年)[^，。；]{0,4}$", one.lead)
    if len(near) < 2 or near[0].sort != near[1].sort or not told:
        return
    bases = [i for i in near if re.search(r"上年|去年|同期|(?:19|20)\d{2}年", i.label)]
    if len(bases) != 1:
        return
    now = near[0] if bases[0] is near[1] else near[1]
    made = relation("balance", (now, bases[0]), one, (1, 1))
    expected = now.value / bases[0].value
    holds = abs(expected - one.value) <= one.place / 2
    yield replace(
        made,
        kind="ratio",
        unit="倍",
        difference=one.value - expected,
        tolerance=one.place,
        holds=holds,
        signs=(),
        what="times",
        trust=0 if holds or abs(expected - one.value) < Fraction(1, 5) else 3,
    )


def _budget_and_price(near: list[Item]) -> tuple[Item, Item] | None:
    """What was paid and what was planned for it, if there is one of each; figures of saving itself left out."""
    given = [i for i in near if _PLANNED.search(i.label) and not _PAID.search(i.label)]
    paid = [i for i in near if _PAID.search(i.label) and not _SAVING.search(i.label)]
    if len(given) != 1 or len(paid) != 1 or paid[0].value >= given[0].value or given[0].sort != paid[0].sort:
        return None
    return paid[0], given[0]


def _shares(reading: Reading) -> Iterator[Relation]:
    """人员支出占比62.3%，公用支出占比11.2%，项目支出占比26.5%."""
    sentences: dict[int, list[Item]] = {}
    for one in reading.items:
        if one.sort == PERCENT and _SHARE.search(one.label) and not one.amount.approx:
            sentences.setdefault(one.sentence, []).append(one)
    for parts in sentences.values():
        if len(parts) > 1 and sum(one.value for one in parts) == 100:
            yield of_percent(parts, "shares")


def _saved(one: Item, before: tuple[Item, ...]) -> Iterator[Relation]:
    """计划85万元，实际81.6万元，节约率4%."""
    near = [i for i in reversed(before) if i.block == one.block and i.sort != PERCENT and i.value > 0][:4]
    for spent in near:
        for given in near:
            if given.sort == spent.sort and given.value > spent.value:
                room = 50 * (given.place + spent.place) / given.value
                expected = 100 * (given.value - spent.value) / given.value
                if agrees(one, expected - room, expected + room):
                    yield Relation(
                        "ratio",
                        (spent, given, one),
                        min(spent.start, given.start),
                        one.end,
                        PERCENT,
                        one.value - expected,
                        one.place,
                        True,
                        tuple(i.printed for i in (spent, given, one)),
                        what="saved",
                    )
                    return
    pair = _budget_and_price([i for i in near if i.sentence == one.sentence and not i.compared])
    if pair:
        made = percent_relation("ratio", (*pair, one), 100 * (pair[1].value - pair[0].value) / pair[1].value, False, "")
        yield replace(made, trust=3)
