"""Unit price times number: 8755 persons at 75元 are 65.66万元."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PEOPLE, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import unit_of

_PRICE: Final = re.compile(r"每(?:人|名|生|户|亩|个|场|次|台|套|年每人|人每|月)|人均|户均|生均|亩均|(?<!高)标准|单价")
_COUNTED: Final = frozenset({PEOPLE, "户", "亩", "台", "套", "件", "场", "次", "个", "册", "人次", "户次", "名", "辆"})
_COUNT_ROW: Final = re.compile(r"人数|户数|数量|面积|人次|场次|台数")
_MONTHLY: Final = re.compile(r"月")
_OTHER_FACTOR: Final = re.compile(r"月|天|次(?!性)|期|季|年限|[余多]|不等|至|-|～|以上|以内|最高")
_FAR, _NEAR = 2000, 600  # characters between the figures of one product; near where few digits prove it
_MOST: Final = 20  # numbers tried on either side of a price


def products(reading: Reading) -> Iterator[Relation]:
    """Amounts that are a printed price times a printed number, and in one sentence those that should be and are not."""
    both = sorted((*reading.items, *_cells(reading)), key=lambda one: one.start)
    items = [one for one in both if not one.amount.approx and one.value > 0]
    prices = [one for one in items if _is_price(one)]
    numbers = [one for one in items if one.sort in _COUNTED or (one.sort == "" and _COUNT_ROW.search(one.label))]
    money = [one for one in items if one.sort == MONEY and not _is_price(one) and one.value >= 1000]
    made = sorted(_made(prices, numbers), key=lambda one: one[0])
    values = [value for value, _number, _price in made]
    for amount in money:
        half = amount.place / 2
        at = bisect_left(values, amount.value - half)
        near = [one for one in made[at : at + 50] if one[0] <= amount.value + half and _beside(amount, one[2])]
        if near:
            _value, number, price = min(near, key=lambda one: abs(one[2].start - amount.start))
            yield _product(number, price, amount, True)
        else:
            yield from _wrong(amount, prices, numbers)


def _made(prices: list[Item], numbers: list[Item]) -> Iterator[tuple[Fraction, Item, Item]]:
    """What each price makes with the numbers that stand near it."""
    places = [one.start for one in numbers]
    for price in prices:
        at = bisect_left(places, price.start)
        for number in numbers[max(0, at - _MOST) : at + _MOST]:
            if number.value > 1 and abs(number.start - price.start) < _FAR and number.start != price.start:
                value = price.value * number.value
                yield value, number, price
                if _MONTHLY.search(price.amount.unit + price.label):
                    yield 12 * value, number, price


def _beside(amount: Item, price: Item) -> bool:
    return amount.digits > 1 and abs(amount.start - price.start) < (_FAR if amount.digits > 2 else _NEAR)


def _cells(reading: Reading) -> Iterator[Item]:
    """The numbers of tables, labelled with their rows."""
    for rows in reading.tables:
        for row in rows:
            label = next((cell.text for cell in row.cells if cell.text and cell.number is None), "")
            for number in range(len(row.cells)):
                item = reading.cell_item(row, number)
                if item:
                    yield replace(item, label=label)


def _is_price(one: Item) -> bool:
    unit = one.amount.unit
    return unit.startswith(("元/", "万元/")) or (
        unit in ("元", "万元")
        and one.value < 1_000_000
        and bool(_PRICE.search(one.label or re.split("[，；]", one.lead)[-1]))
    )


def _wrong(amount: Item, prices: list[Item], numbers: list[Item]) -> Iterator[Relation]:
    """向120人发放补贴，每人500元，共7万元: said in one sentence and not so."""
    clause = amount.start - len(re.split("；", amount.lead)[-1])
    price = [one for one in prices if clause <= one.start < amount.start]
    number = [one for one in numbers if clause <= one.start < amount.start]
    if len(price) == len(number) == 1 and re.search(r"共|合计|总计|计", amount.lead[-8:]):
        if _OTHER_FACTOR.search(price[0].amount.unit + amount.lead[-60:]):
            return
        yield replace(_product(number[0], price[0], amount, False), trust=2)


def _product(number: Item, price: Item, amount: Item, holds: bool) -> Relation:
    items = (number, price, amount)
    start, end = min(one.start for one in items), max(one.end for one in items)
    if end - start > 150:
        start, end = amount.start, amount.end
    return Relation(
        "product",
        items,
        start,
        end,
        unit_of(items),
        Fraction(0) if holds else amount.value - number.value * price.value,
        amount.place / 2,
        holds,
        tuple(one.printed for one in items),
    )
