"""How much of a text is another one (C-085)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SPACE: Final = re.compile(r"\s+")
_LONGEST: Final = 6000  # characters compared; the rest of a longer text changes little


@lru_cache(maxsize=128)
def likeness(one: str, other: str) -> int:
    """Equal characters of two texts in percent, cut. Numbers and white space are disregarded: last year's words with
    this year's figures are last year's words."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return 0
    if first == second:
        return 100
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < 0.5:
        return 0
    return int(matcher.ratio() * 100)


def _bare(text: str) -> str:
    return _NUMBER.sub("0", _SPACE.sub("", text))[:_LONGEST]
