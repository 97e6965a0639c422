"""Dates as an officer types them: ``11-23``, ``1123``, ``11月23日``, ``2023.11.23``, in half- or full-width."""

import re
from datetime import date

from core.errors import UserError
from core.i18n import _

_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_PARTED = re.compile(r"(?:(?P<year>\d{4}|\d{2})[-./年])?(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?")
_PACKED = re.compile(r"(?P<year>\d{4})?(?P<month>\d{2})(?P<day>\d{2})")


class DayError(UserError):
    """The text is not a date; the message says what to type instead."""


def parse_day(text: str, year: int) -> str:
    """The date written in ``text`` as ISO text; one without a year is of ``year``. Raises ``DayError``."""
    plain = re.sub(r"\s+", "", text.translate(_WIDE))
    if not plain:
        raise DayError(_("日期为空，请输入日期，例如 {year}-11-23 或 11-23。").format(year=year))
    match = _PACKED.fullmatch(plain) or _PARTED.fullmatch(plain)
    wrong = DayError(_("“{text}”不是日期，请写成 {year}-11-23 或 11-23。").format(text=text.strip()[:20], year=year))
    if match is None:
        raise wrong
    written = match["year"]
    in_year = int(written) if written and len(written) == 4 else 2000 + int(written) if written else year
    try:
        return date(in_year, int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        raise wrong from None


def print_day(iso: str) -> str:
    """An ISO date as an official document writes it: 2024年4月30日, no month or day padded (GB/T 9704). Text that is
    no date stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
