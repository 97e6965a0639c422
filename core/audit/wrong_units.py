"""Amounts that fit the others of their sentence only in the other unit: 元 for 万元, 万元 for 元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PERCENT, Item, Relation, decimal_text
from core.audit.percent import fits
from core.audit.reading import Reading
from core.text.units import NOT_OWN

_FACTOR: Final = 10_000
_PRICE: Final = re.compile(r"(?:每|人均|户均|生均|亩均|单价|标准)[^，。；]{0,10}$")
_MUCH: Final = 100  # times all other amounts of the text
_DEAR: Final = 1_000_000  # 元 for one person
_PER_HEAD: Final = re.compile(r"(?:每人|人均|每户|户均|每生|生均)[^，。；]{0,10}$")


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """An amount, the unit it must have, and how it would be printed."""

    item: Item
    unit: str
    mended: str


def wrong_in_sums(relations: Sequence[Relation]) -> Iterator[WrongUnit]:
    """A part of a total, or of a column, without which and with a ten-thousandth of which the total comes out."""
    for found in relations:
        if found.kind != "sum" or found.holds or not found.signs or found.items[-1].sort not in (MONEY, ""):
            continue
        for one, sign in zip(found.items, found.signs, strict=False):
            less = sign * one.value * (1 - Fraction(1, _FACTOR))
            if one.digits > 1 and one.value >= _FACTOR and abs(found.difference + less) <= found.tolerance:
                yield WrongUnit(one, "元", decimal_text(Fraction(one.amount.number)) + "元")


def wrong_units(reading: Reading) -> Iterator[WrongUnit]:
    """Every amount that is out of all proportion, or whose sentence adds up only with the other unit."""
    money = [one for one in reading.items if one.sort == MONEY and one.value > 0]
    sentences: dict[int, list[Item]] = {}
    for one in reading.items:
        if one.sort in (MONEY, PERCENT) and not one.amount.approx:
            sentences.setdefault(one.sentence, []).append(one)
    for one in money:
        if one.amount.unit not in ("元", "万元"):
            continue
        other = _changed(one)
        near = [item for item in sentences.get(one.sentence, []) if item is not one]
        out = one.amount.unit == "万元" and (_beyond(one, money) or _dear_head(one))
        if out or (one.digits > 1 and _fits_only(other, one, near)):
            unit = "元" if one.amount.unit == "万元" else "万元"
            yield WrongUnit(one, unit, decimal_text(Fraction(one.amount.number)) + unit)


def _changed(one: Item) -> Item:
    times = Fraction(1, _FACTOR) if one.amount.unit == "万元" else Fraction(_FACTOR)
    return replace(one, value=one.value * times, place=one.place * times)


def _beyond(one: Item, money: Sequence[Item]) -> bool:
    """More than a hundred times all other amounts of the text, and not of the economy at large."""
    others = [item.value for item in money if item is not one and item.amount.number != one.amount.number]
    clause = re.split("[，。；]", one.lead)[-1]
    return len(others) > 1 and one.value >= _MUCH * max(others) and not NOT_OWN.search(clause)


def _dear_head(one: Item) -> bool:
    return one.value >= _DEAR and bool(_PER_HEAD.search(re.split("[，；]", one.lead)[-1]))


def _fits_only(changed: Item, one: Item, near: Sequence[Item]) -> bool:
    """Whether the sentence's figures agree with the changed amount, and none of them with the printed one."""
    money = [item for item in near if item.sort == MONEY]
    if (
        not money
        or _PRICE.search(re.split("[，；]", one.lead)[-1])
        or one.amount.unit in {i.amount.unit for i in money}
    ):
        # of two amounts in the same unit neither is strange, but for a share that tells
        return bool(money) and not _PRICE.search(one.lead[-12:]) and _tells_share(changed, one, near, money)
    return len(money) > 1 and _adds_up(changed, money) and not _adds_up(one, money)


def _tells_share(changed: Item, one: Item, near: Sequence[Item], money: Sequence[Item]) -> bool:
    for percent in near:
        if percent.sort == PERCENT and percent.digits > 2 and percent.start > one.end and not percent.compared:
            wholes = [item for item in money if item.start < percent.start]
            if any(fits(percent, changed, whole) for whole in wholes) and not any(
                fits(percent, top, whole) for top in (one, *wholes) for whole in (one, *wholes) if top is not whole
            ):
                return True
    return False


def _adds_up(one: Item, money: Sequence[Item]) -> bool:
    """Whether an amount is the sum or the difference of two others, or makes another with the rest."""
    values = [item.value for item in money]
    pairs = {a + b for n, a in enumerate(values) for b in values[n + 1 :]} | {
        abs(a - b) for a in values for b in values
    }
    rest = sum(values)
    return one.value in pairs or one.value == rest or any(one.value + rest - value == value for value in values)
