"""Unit price times number: 8755 persons at 75元 are 65.66万元; 15 at 2000元 a month for 12 months are 36万元."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Final

from core.audit.model import MONEY, PEOPLE, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import REST, unit_of

_PRICE: Final = re.compile(
    r"每(?:人|名|生|户|亩|个|场|次|台|套|件|本|册|页|卷|期|节|课时|学时|平方米|公里|吨|辆|株|份|例|年每人|人每|月)"
    r"|人均|户均|生均|亩均|(?<!高)标准|单价"
)
_PER: Final = re.compile(r"(?:每|/|(?=[人户生亩]均))(?P<unit>人次|课时|学时|平方米|公里|[一-鿿㎡])")
_UNITS: Final = {"名": PEOPLE, "生": PEOPLE, "位": PEOPLE, "平方米": "㎡", "公里": "km", "户": "户"}
_THINGS: Final = (
    "人 户 亩 台 套 件 场 次 个 册 人次 户次 名 辆 页 卷 期 份 例 吨 株 本 ㎡ km 课时 学时 节 袋 盒 间 盏 处 家 所"
)
_COUNTED: Final = frozenset(_THINGS.split())
_COUNT_ROW: Final = re.compile(r"人数|户数|数量|面积|人次|场次|台数")
_MONTHLY: Final = re.compile(r"月")
_ALL_YEAR: Final = re.compile(r"全年|一年|年度")
_PAID: Final = re.compile(r"共|合计|总计|计|支出|支付|发放|补助|需|金额|费|经费|资金$")
_OTHER_FACTOR: Final = re.compile(r"月|天|次(?!性)|期|季|年限|[余多]|不等|至|-|～|以上|以内|最高|分别")
_FAR, _NEAR = 2000, 600  # characters between the figures of one product; near where few digits prove it
_MOST: Final = 20  # numbers tried on either side of a price
_DEAREST: Final = 1_000_000  # 元 that one of something may cost


def products(reading: Reading) -> Iterator[Relation]:
    """Amounts that are a printed price times a printed number, and in one sentence those that should be and are not."""
    both = sorted((*reading.items, *_cells(reading)), key=lambda one: one.start)
    items = [one for one in both if not one.amount.approx and one.value > 0]
    prices = [one for one in items if _is_price(one)]
    numbers = [one for one in items if one.sort in _COUNTED or (one.sort == "" and _COUNT_ROW.search(one.label))]
    months = [one for one in items if one.sort == "个月"]
    money = [one for one in items if one.sort == MONEY and one not in prices and one.value >= 1000]
    made = sorted(_made(prices, numbers), key=lambda one: one[0])
    values = [value for value, _number, _price in made]
    for amount in money:
        half = amount.place / 2
        at = bisect_left(values, amount.value - half)
        near = [one for one in made[at : at + 50] if one[0] <= amount.value + half and _beside(amount, one[2])]
        if near:
            value, number, price = min(near, key=lambda one: abs(one[2].start - amount.start))
            time = [one for one in months if one.sentence == amount.sentence and value == _made_of(number, price, one)]
            yield _product((number, price, *time[:1]), amount, True)
        else:
            yield from _told(reading, amount, prices, numbers, months)


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


def _made_of(*factors: Item) -> Fraction:
    return prod((one.value for one in factors), start=Fraction(1))


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
    if unit.startswith(("元/", "万元/")):
        return True
    words = one.label or re.split("[，；]", one.lead)[-1]
    return unit in ("元", "万元") and one.amount.number < _DEAREST and bool(_PRICE.search(words))


def _per(price: Item) -> str:
    """The unit that a price is of: 每页1.2元, 500元/人; empty where it does not say."""
    words = f"{re.split('[，；]', price.lead)[-1]}{price.amount.unit}"
    named = [match["unit"] for match in _PER.finditer(words) if match["unit"] not in "月年天均"]
    return _UNITS.get(named[-1], named[-1]) if named else ""


def _told(
    reading: Reading, amount: Item, prices: list[Item], numbers: list[Item], months: list[Item]
) -> Iterator[Relation]:
    """向120人发放补贴，每人500元，共7万元: said in one sentence, right with its months or not so."""
    clause = amount.start - len(re.split("；", amount.lead)[-1])
    price = [one for one in prices if clause <= one.start < amount.start]
    if len(price) != 1 or not _PAID.search(amount.label or amount.lead[-8:]) or REST.search(amount.label):
        return
    per = _per(price[0])
    number = [one for one in numbers if clause <= one.start < amount.start and one is not price[0]]
    number = [one for one in number if one.sort == per] or ([] if per and per in _COUNTED else number)
    if not number and per:
        near = [one for one in numbers if one.block == amount.block and one.sentence == amount.sentence - 1]
        near = [one for one in near if one.sort == per and not re.search("平均|其中", one.before)]
        number = near if len(near) == 1 else []
    time = [one for one in months if clause <= one.start < amount.start]
    between = reading.plain[clause : amount.start]
    if len(number) != 1 or len(time) > 1:
        return
    beside = "单价" in price[0].label and 0 < price[0].start - number[0].end < 10 and not time
    if not per and not beside and not re.search("共|计", amount.lead[-8:]):
        return
    if any(clause <= one.start < amount.start and one.sort == MONEY and one is not price[0] for one in reading.items):
        return  # another amount stands between
    factors = (number[0], price[0], *time)
    monthly = bool(_MONTHLY.search(f"{re.split('[，；]', price[0].lead)[-1]}{price[0].amount.unit}"))
    if monthly != bool(time):
        return
    words = re.sub(r"每人?每?月|个月|/[人月]+|每[一-鿿]", "", between.replace(price[0].amount.text, ""))
    if _OTHER_FACTOR.search(re.sub(r"\d+年\d*月?(?:\d+日)?|至今|次(?=，|、)|\d+[期次天]", "", words)) and not monthly:
        return
    made = _made_of(*factors)
    holds = abs(made - amount.value) <= amount.place / 2
    found = _product(factors, amount, holds)
    yield found if holds else replace(found, trust=2)


def _product(factors: tuple[Item, ...], amount: Item, holds: bool) -> Relation:
    items = (*factors, amount)
    start, end = min(one.start for one in items), max(one.end for one in items)
    if end - start > 110:
        start, end = amount.start, amount.end
    made = _made_of(*factors)
    return Relation(
        "product",
        items,
        start,
        end,
        unit_of(items),
        Fraction(0) if holds else amount.value - made,
        amount.place / 2,
        holds,
        tuple(one.printed for one in items),
    )
