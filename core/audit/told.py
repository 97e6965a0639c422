"""Doubts about what is told beside the figures: claims in words, units of money, the year of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.audit.model import PERCENT, Doubt, Item, Relation
from core.audit.reading import Reading
from core.audit.said import sayings
from core.audit.worded import short
from core.audit.wrong_units import wrong_in_sums, wrong_units
from core.i18n import _

_SAID: Final = {
    "reached": _("文字说“{words}”，但{first}，实际为{last}。"),
    "rest": _("文字说“{words}”，前文却有结余{last}。"),
    "over": _("文字说“{words}”，但预算为{first}，支出为{last}。"),
    "spent": _("文字说“{words}”，但安排{first}，支出{last}，尚有差额。"),
    "finished": _("文字说“{words}”，但安排{first}，支出{last}，已全部支出。"),
}
_YEAR: Final = re.compile(r"((?:19|20)\d{2})年")


def told_doubts(reading: Reading, relations: Sequence[Relation]) -> Iterator[Doubt]:
    """All of them."""
    for saying in sayings(reading):
        words = _SAID[saying.kind].format(
            words=short(reading.quote(saying.start, saying.end), 20),
            first=saying.items[0].amount.text,
            last=saying.items[-1].amount.text,
        )
        yield _doubt(reading, "C-046", "warning", _("文字与数字不符"), words, saying.start, saying.end)
    for wrong in (*wrong_units(reading), *wrong_in_sums(relations)):
        one = wrong.item
        words = _("“{amount}”的单位疑为“{unit}”，应为{mended}。").format(
            amount=one.amount.text, unit=wrong.unit, mended=wrong.mended
        )
        yield _doubt(reading, "C-042", "error", _("金额单位可疑"), words, one.start, one.end)
    for one, year, right in _strange_years(relations):
        words = _("所依据的两个数字都是{right}年的，此处写成“{year}年”。").format(right=right, year=year)
        start = reading.plain.rfind(year, 0, one.start)
        yield _doubt(reading, "C-057", "warning", _("年份可疑"), words, start, one.end)


def _doubt(reading: Reading, rule: str, severity: str, title: str, words: str, start: int, end: int) -> Doubt:
    return Doubt(rule, severity, title, words, start, end, reading.quote(start, end))


def _strange_years(relations: Sequence[Relation]) -> Iterator[tuple[Item, str, str]]:
    """2024年预算82万元，2024年支出77万元，2022年度执行率93.4%: a rate that bears another year than both its figures."""
    for one in relations:
        if one.kind == "ratio" and one.holds and one.items[-1].sort == PERCENT:
            named = [_YEAR.findall(re.split("[，。；]", item.lead)[-1])[-1:] for item in one.items]
            if all(named) and named[0] == named[1] != named[2]:
                yield one.items[-1], named[2][0], named[0][0]
