"""Amounts printed in the wrong unit (C-042), and 万元 beside 元 in one sentence (C-043)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from core.money import WAN_CENT, Fen, show_wan
from core.text.amounts import Amount, amounts
from core.text.plain import plain
from core.text.sentences import sentences
from core.text.spots import Spot

_FACTOR: Final = 10_000  # 万元 against 元
_BEYOND: Final = 100  # an amount so many times the unit's spending is not its own

# 较去年增加, 比上年减少了约: directly before the amount of the change.
_CHANGE: Final = re.compile(
    r"(?:较|比|同比|环比)[^，。；]{0,10}?(?P<way>增加|增长|提高|上升|增|多|减少|下降|降低|减|少)[了约近达到]{0,2}$"
)
_RISE: Final = frozenset({"增加", "增长", "提高", "上升", "增", "多"})
_PRICE_BEFORE: Final = re.compile(r"(?:每|均|标准|单价|定额|限额|最高|最低|起)[^，。；、\d]{0,8}$|一[户人]$")
_PRICE_AFTER: Final = re.compile(r" ?(?:/|每|[一1][人户]|的?标准|以[上下内])")
# Money that is not the unit's own spending may be any times larger.
NOT_OWN: Final = re.compile(
    r"生产总值|产值|GDP|税|财政总?收入|投资|贷款|授信|营业|营收|销售|零售|引资|资产|进出口|外贸|保费|债"
    r"|全国|全省|全市|全区|全县|中央|省级|市级|交易"
)


@dataclass(frozen=True, slots=True)
class UnitConflict:
    """An amount whose unit must be wrong: 万元 where 元 is meant, or so for the amount of a change.

    ``spot`` is the amount with the words that would mend it; ``other`` the amount it is compared with, None if
    that is the unit's total; ``ratio`` how many times the larger holds the smaller.
    """

    spot: Spot
    amount: Amount
    other: Amount | None
    ratio: int


def unit_conflicts(text: str, total: Fen | None = None) -> tuple[UnitConflict, ...]:
    """Amounts in 万元 that must be 元 (C-042).

    Either the change named beside it (较去年增加…元) is less than a ten-thousandth of it, or it is over a hundred
    times ``total``, the unit's spending of the year in 分. The economy at large (税收, 投资 …) is left out.
    """
    found: dict[int, UnitConflict] = {}
    even = plain(text)
    for money in _sentences_money(text):
        for main, change in pairwise(money):
            conflict = _beside_change(even, main, change)
            if conflict:
                found[conflict.amount.start] = conflict
        for amount in money:
            if amount.unit == "万元" and total and _fen(amount) > _BEYOND * total:
                clause = re.split("[，。；\n]", even[max(0, amount.start - 30) : amount.start])[-1]
                if amount.start not in found and not NOT_OWN.search(clause):
                    found[amount.start] = _conflict(amount, None, _fen(amount) // total)
    return tuple(found[start] for start in sorted(found))


def _sentences_money(text: str) -> Iterator[list[Amount]]:
    """The amounts of money of each sentence."""
    money = iter([amount for amount in amounts(text) if amount.fen is not None])
    amount = next(money, None)
    for sentence in sentences(text):
        group = []
        while amount is not None and amount.start < sentence.end:
            group.append(amount)
            amount = next(money, None)
        yield group


def _beside_change(even: str, main: Amount, change: Amount) -> UnitConflict | None:
    match = _CHANGE.search(even[max(main.end, change.start - 24) : change.start])
    if match is None or not _fen(change):
        return None
    size, difference = abs(_fen(main)), abs(_fen(change))
    if main.unit == "万元" and change.unit == "元" and size >= _FACTOR * difference:
        return _conflict(main, change, size // difference)
    if main.unit == "元" and change.unit == "万元" and match["way"] in _RISE and size < difference:
        return _conflict(change, main, difference // max(size, 1)) if difference // _FACTOR <= size else None
    return None


def _fen(amount: Amount) -> Fen:
    return amount.fen or 0


def _conflict(amount: Amount, other: Amount | None, ratio: int) -> UnitConflict:
    mended = re.sub("万元?$", "元", amount.text)
    return UnitConflict(Spot(amount.start, amount.end, amount.text, "unit", mended), amount, other, ratio)


def mixed_units(text: str) -> tuple[Spot, ...]:
    """The amounts in 元 in a sentence that otherwise counts in 万元 (C-043); the suggestion is the same in 万元.

    Prices (每人500元, 30元/人) and sums below 0.01万元 belong in 元; sentences of ``unit_conflicts`` are left out.
    """
    wrong = {conflict.amount.start for conflict in unit_conflicts(text)}
    even = plain(text)
    spots = []
    for money in _sentences_money(text):
        if any(amount.unit == "万元" for amount in money) and not any(amount.start in wrong for amount in money):
            spots += [_in_wan(amount) for amount in money if _belongs_in_wan(even, amount)]
    return tuple(spots)


def _belongs_in_wan(even: str, amount: Amount) -> bool:
    before, after = even[max(0, amount.start - 12) : amount.start], even[amount.end : amount.end + 4]
    price = _PRICE_BEFORE.search(before) or _PRICE_AFTER.match(after)
    return amount.unit == "元" and abs(_fen(amount)) >= WAN_CENT and not price


def _in_wan(amount: Amount) -> Spot:
    exact = not amount.approx and _fen(amount) % WAN_CENT == 0
    suggestion = show_wan(_fen(amount), trim=True) + "万元" if exact else None
    return Spot(amount.start, amount.end, amount.text, "mixed_units", suggestion)
