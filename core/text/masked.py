"""A text whose amounts are single signs, so that a pattern can speak of “an amount” without spelling numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from core.text.amounts import Amount, amounts
from core.text.plain import plain

# Private characters: an amount is a run of one of them, as long as it is printed.
MONEY_SIGN: Final = "\ue001"
PERCENT_SIGN: Final = "\ue002"
COUNT_SIGN: Final = "\ue003"  # persons, things, prices
MONEY: Final = f"{MONEY_SIGN}+"
PERCENT: Final = f"{PERCENT_SIGN}+"
SIZE: Final = f"(?:{MONEY_SIGN}+|{COUNT_SIGN}+)"  # what may be added or divided: money or things
SIGNS: Final = MONEY_SIGN + PERCENT_SIGN + COUNT_SIGN


@lru_cache(maxsize=256)
def masked(text: str) -> tuple[str, Mapping[int, Amount]]:
    """The plain text with its amounts masked, at the same places, and the amounts by where they begin."""
    found = {amount.start: amount for amount in amounts(text)}
    characters = list(plain(text))
    for amount in found.values():
        sign = MONEY_SIGN if amount.is_money else PERCENT_SIGN if amount.unit == "%" else COUNT_SIGN
        characters[amount.start : amount.end] = sign * (amount.end - amount.start)
    return "".join(characters), MappingProxyType(found)
