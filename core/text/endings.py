"""Paragraphs that end without a mark (C-053)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.sentences import paragraphs
from core.text.spots import Spot

_OPEN_END: Final = re.compile(r"[\u3400-\u9fff\d%％）)]$")
_LABEL: Final = re.compile(
    r"(?:第?[一二三四五六七八九十\d]{1,3}[、.．章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|附|[^，。：:]{1,10}[：:])"
)
_LEAST: Final = 20  # a shorter line may be a heading


@lru_cache(maxsize=128)
def unended(text: str) -> tuple[Spot, ...]:
    """The last character of every paragraph of prose that no mark ends, with the full stop it wants.

    Headings, rows of tables and signatures end without one: a paragraph is prose if it holds a full stop, or, where
    it has no number or label, a comma.
    """
    spots = []
    for line in paragraphs(text):
        words = line.text
        prose = "。" in words or (len(words) >= _LEAST and "，" in words and not _LABEL.match(words))
        if prose and _OPEN_END.search(words) and "|" not in words and "\t" not in words:
            spots.append(Spot(line.end - 1, line.end, words[-1], "unended", words[-1] + "。"))
    return tuple(spots)
