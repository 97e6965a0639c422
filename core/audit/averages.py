"""Averages: 24期培训3120人次，平均每期130人次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PEOPLE, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import TOTAL, unit_of

_MEAN: Final = re.compile(r"(?:平均每|每(?=[一-鿿]{1,2}平均))(?P<unit>人次|[一-鿿])|(?P<short>[人户生亩场次期])均")
_EACH: Final = re.compile(r"每(?P<unit>[所个期场户村校站点处栋层间台套])[一-鿿]{0,6}$")
_UNITS: Final = {"名": PEOPLE, "生": PEOPLE, "位": PEOPLE}
_NOT_ALL: Final = re.compile(r"其中|目标|计划|不低于|不超过|可支配|收入")


def averages(reading: Reading) -> Iterator[Relation]:
    """Means whose sum and number stand beside them; wrong where only one pair of one sentence can be meant."""
    for at, mean in enumerate(reading.items):
        tail = re.split("[，。；：]", mean.lead)[-1]
        named = _MEAN.search(tail) or (_EACH.search(tail) if mean.sort != MONEY else None)
        if named is None or mean.value <= 0 or mean.amount.approx or _NOT_ALL.search(tail):
            continue
        each = named.re is _EACH
        word = named["unit"] or ("" if each else named["short"])
        unit = _UNITS.get(word, word)
        near = [
            one
            for one in reading.items[max(0, at - 12) : at + 4]
            if one is not mean and 0 <= mean.block - one.block <= 1
        ]
        near = [one for one in near if not one.compared and not one.amount.approx and not _MEAN.search(one.label)]
        counts = [one for one in near if one.sort == unit and one.value > 1]
        sums = [one for one in near if one.sort == mean.sort and one.value > mean.value and one not in counts]
        if each:
            counts = [one for one in counts if one.start < mean.start and one.sentence == mean.sentence]
            sums = [one for one in sums if TOTAL.search(one.label) or re.search("总|共", one.label[:2])]
            sums = [one for one in sums if one is reading.items[min(at + 1, len(reading.items) - 1)]]
            sums = [one for one in sums if one.sentence == mean.sentence]
        pairs = [(count, total) for count in counts for total in sums]
        good = [pair for pair in pairs if abs(pair[1].value / pair[0].value - mean.value) < mean.place]
        if good:
            yield _average(*good[0], mean, True)
            continue
        here = [(count, total) for count, total in pairs if count.sentence == total.sentence]
        if each and len(pairs) == 1:
            yield replace(_average(*pairs[0], mean, False), trust=2)
            continue
        beside = len(here) == 1 and 0 <= mean.sentence - here[0][0].sentence <= 2 and here[0][1].start < mean.start
        if beside and len(pairs) == 1:
            yield replace(_average(*here[0], mean, False), trust=2)


def _average(count: Item, total: Item, mean: Item, holds: bool) -> Relation:
    items = (count, mean, total)
    start, end = min(one.start for one in items), max(one.end for one in items)
    if end - start > 110:
        start, end = mean.start, mean.end
    return Relation(
        "product",
        items,
        start,
        end,
        unit_of(items),
        Fraction(0) if holds else total.value - count.value * mean.value,
        count.value * mean.place / (1 if mean.sort == MONEY else 2),
        holds,
        tuple(one.printed for one in items),
        what="average",
    )
