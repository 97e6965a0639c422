"""Days that no calendar has: 2月31日, 13月5日 (C-091)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.plain import plain
from core.text.spots import Spot

_DATE: Final = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?<![\d.—–~～-])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=128)
def impossible_dates(text: str) -> tuple[Spot, ...]:
    """The dates of a text that cannot be, the 29th of February of a common year among them."""
    spots = []
    for match in _DATE.finditer(plain(text)):
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"] or 2000)
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        good = 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and (leap or (month, day) != (2, 29))
        if not good:
            spots.append(Spot(match.start(), match.end(), text[match.start() : match.end()], "date"))
    return tuple(spots)
