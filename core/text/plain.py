"""One form for every character, so that a finder need not know how a text was typed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONE_FORM: Final = str.maketrans(
    "０１２３４５６７８９．％－−,;:!?()\u00a0\u3000\t", "0123456789.%--，；：！？（）   "
)
_SEPARATOR: Final = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_SPACED: Final = re.compile(r"(?<=[^\d\s.,])\d{1,3}(?: \d{3})+(?=(?:\.\d+)?[万亿]?元)")  # 2 156.48万元


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The text with half-width digits and full-width punctuation; a thousands separator becomes a comma.

    The length stays the same: a place found in it is a place in ``text``.
    """
    changed = _SEPARATOR.sub(",", text.translate(_ONE_FORM))
    return _SPACED.sub(lambda match: match[0].replace(" ", ","), changed)
