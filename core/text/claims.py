"""What a text says of the money in words: added, carried over, paid for an earlier year (C-046, C-077)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from core.money import Fen
from core.text.amounts import Year, amounts, years
from core.text.plain import plain
from core.text.spots import Spot, outermost

_NOT: Final = (
    r"(?:没有|无|未|不)(?:年底|年末|年中|年度|中途|财政|预算|资金|经费|结余|任何|进行|发生|产生|形成|安排|再|予以|予|作)"
    r"{0,3}"
)
_WHEN: Final = (
    r"(?:年底|年末|年中|年内|年度中|执行中|[上下]半年|第?[一二三四]季度|\d{1,2}月(?:份|底|初)?)[^，。；\n\d没未无不]{0,6}?"
)
_GAP: Final = r"(?:（减）)?[^，。；、\n\d“”-]{0,10}"
# An intention or a rule is no statement of what happened: 申请追加, 严格控制追加, 可结转下年.
_INTENDED: Final = re.compile(
    r"(?:规范|控制|严控|减少|杜绝|避免|防止|申请|要求|需|需要|建议|拟|希望|如|若|可|可以|能否|不得|不能|允许|原则上)"
    r"[^，。；\n]{0,6}$"
)
_SUPPLEMENT: Final = re.compile(
    rf"(?P<denied>{_NOT}追加)|(?:{_WHEN})?追加(?:(?P<figure>{_GAP}(?=-?\d))|了)|{_WHEN}追加"
)
_NEXT_YEAR: Final = r"(?:下|次|来|第二)(?:一|个)*(?:年度|年|财年)"
_CARRY: Final = re.compile(
    rf"(?P<denied>{_NOT}结转)|(?:结转|转|留待)(?:至|到|入|在|为)?{_NEXT_YEAR}(?:使用|安排|支付|继续使用)?"
    r"|(?:年末)?(?:结余结转|结转结余|结转和结余|(?<![初年度余])结转)"
    r"(?P<figure>(?:资金|金额|经费|共计?|为){0,2}(?=-?\d))"
)
_BEFORE_THIS_YEAR: Final = re.compile(r"(?:上年|上一年度|年初|期初|往年|以前年度)(?:末)?[^，。；\n]{0,4}$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about money. ``denied``: the text says that there was none; ``fen`` the amount it names (分)."""

    start: int
    end: int
    text: str
    denied: bool
    fen: Fen | None = None


@lru_cache(maxsize=128)
def supplement_claims(text: str) -> tuple[Claim, ...]:
    """Statements that money was added during the year: 年底追加, 追加了, 追加3万元; denied: 没有追加, 追加0万元."""
    return _claims(text, _SUPPLEMENT)


@lru_cache(maxsize=128)
def carry_claims(text: str) -> tuple[Claim, ...]:
    """Statements that money goes to the next year: 结转至下一年度, 结余结转3万元; denied: 无结转, 结余结转0万元."""
    return _claims(text, _CARRY)


def _claims(text: str, pattern: re.Pattern[str]) -> tuple[Claim, ...]:
    money = {amount.start: amount for amount in amounts(text) if amount.fen is not None}
    claims = []
    even = plain(text)
    for match in pattern.finditer(even):
        start, end = match.span()
        before = even[max(0, start - 12) : start]
        amount = money.get(end) if match["figure"] is not None else None
        if match["figure"] is not None and amount is None:
            continue
        if _INTENDED.search(before) or _BEFORE_THIS_YEAR.search(before):
            continue
        fen = amount.fen if amount else None
        end = amount.end if amount else end
        claims.append(Claim(start, end, text[start:end], match["denied"] is not None or fen == 0, fen))
    return tuple(claims)


_AROUND_RANGE: Final = re.compile(r"\s?[-—–~～至到]{1,2}\s?")
_COMPARED: Final = re.compile(r"(?:较|比|与|同|自|从|截至|截止|据|根据|按)$|关于[^，。；]{0,8}$")
_COMPARES: Final = re.compile(r"(?:度|末|底|初)?(?:以来|起|成立|建成|相比|同期|至今|决算数|增|减|以前|之前)")
_RELATIVE: Final = re.compile(
    r"(?:上一?年度?|去年度?|往年|以前年度)[^，。；\n]{0,10}?(?:剩余支出|剩余费用|尾款|欠款|欠付|未付|未结)"
)


@lru_cache(maxsize=256)
def earlier_years(text: str, year: int) -> tuple[Spot, ...]:
    """Earlier years than ``year`` in the name or the purpose of this year's spending (C-077): 2022年…剩余支出.

    Comparisons (较2022年), ranges (2021年至2023年) and titles in 《》 only mention a year and are left out.
    """
    even = plain(text)
    spots = [
        Spot(match.start(), match.end(), text[match.start() : match.end()], "earlier_year")
        for match in _RELATIVE.finditer(even)
    ]
    named = years(text)
    for place, found in enumerate(named):
        if found.year < year and not _only_mentioned(even, found) and not _in_range(even, named, place):
            spots.append(Spot(found.start, found.end, found.text, "earlier_year"))
    return outermost(spots)


def _only_mentioned(even: str, found: Year) -> bool:
    before = even[max(0, found.start - 40) : found.start]
    titled = before.rfind("《") > before.rfind("》")
    return titled or bool(_COMPARED.search(before) or _COMPARES.match(even, found.end))


def _in_range(even: str, named: tuple[Year, ...], place: int) -> bool:
    beside = pairwise(named[max(0, place - 1) : place + 2])
    return any(_AROUND_RANGE.fullmatch(even[former.end : latter.start]) for former, latter in beside)
