"""Typical slips of such reports from a dictionary (C-090), and phrases that stand in every one (C-085)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from core.text.spots import Spot, outermost

_DICTIONARY: Final = Path(__file__).resolve().parent.parent.parent / "resources" / "slips.toml"
_ORDERS: Final = ("结余结转", "结转结余")  # one notion in two word orders
_TITLE: Final = re.compile(r"《[^《》\n]*》|\{[^{}\n]*\}|\{[^{}\n]*$")  # titles of papers, and figure tokens


@lru_cache(maxsize=1)
def _slips() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern of all slips, its n-th group standing for the n-th word that is right."""
    data = tomllib.loads(_DICTIONARY.read_text(encoding="utf-8"))["slip"]
    pattern = "|".join(f"(?P<n{number}>{one['wrong']})" for number, one in enumerate(data))
    return re.compile(pattern), tuple(one["right"] for one in data)


@lru_cache(maxsize=256)
def slips(text: str) -> tuple[Spot, ...]:
    """Wrong words with the right ones (C-090): 预算收支出, 截止2023年末, 己完成, 拔款."""
    pattern, right = _slips()
    return outermost(
        [
            Spot(match.start(), match.end(), match[0], "slip", right[int(match.lastgroup[1:])])
            for match in pattern.finditer(text)
            if match.lastgroup
        ]
    )


@lru_cache(maxsize=1)
def _stock() -> re.Pattern[str]:
    phrases = tomllib.loads(_DICTIONARY.read_text(encoding="utf-8"))["stock"]["phrases"]
    return re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))


@lru_cache(maxsize=64)
def stock_phrases(text: str) -> tuple[Spot, ...]:
    """The phrases of a text that stand in any report (C-085)."""
    return tuple(Spot(match.start(), match.end(), match[0], "stock") for match in _stock().finditer(text))


@lru_cache(maxsize=32)
def word_orders(texts: Sequence[str], usual: str = "") -> tuple[tuple[int, Spot], ...]:
    """Where a report that says 结余结转 says 结转结余, or the reverse: which text, and the place in it. The odd one is
    that which is not ``usual``, else the rarer; titles in 《》 and figure tokens count for nothing."""
    found = [
        (number, Spot(match.start(), match.end(), match[0], "order", _ORDERS[1 - _ORDERS.index(match[0])]))
        for number, text in enumerate(texts)
        for match in re.finditer("|".join(_ORDERS), _blanked(text))
    ]
    counted = [sum(spot.text == order for _number, spot in found) for order in _ORDERS]
    if not all(counted):
        return ()
    right = usual or _ORDERS[counted.index(max(counted))]
    return tuple((number, spot) for number, spot in found if spot.text != right)


def _blanked(text: str) -> str:
    return _TITLE.sub(lambda match: " " * len(match[0]), text)
