"""A statement of another year where the report's own year is meant (C-057)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.amounts import years
from core.text.plain import plain
from core.text.sentences import sentences
from core.text.spots import Spot

# What a report says of its own year only: 2022年预算收入…, 截至2022年末，本单位实有人数…, 2022年，本单位….
_OWN: Final = (
    r"度?(?:"
    r"(?:部门|单位)?(?:预算收入|预算总收入|支出(?:合计|总计|总额)?\s?\d|总支出|部门整体支出|整体支出|年初预算|收入支出)"
    r"|(?:末|底|12月(?:末|底|31日))?，?(?:本|我)(?:单位|部门|会|局|委|校|院|中心|办)"
    r"|(?:末|底|12月(?:末|底|31日))，?(?:在职|实有|编制|在编|共有(?:在职|编制))"
    r"|，?(?:全年|全年度)"
    r")"
)
_OWN_STATEMENT: Final = re.compile(_OWN)
_COMPARED: Final = re.compile(r"(?:较|比|同|与|和|从|由|自|对比|相比|根据|按照?|依据|关于|下达|批复|结转|纳入|列入)$")
_OTHER_TIME: Final = re.compile(
    r"上年|去年|往年|以前年度|上一年|同比|同期|下一年|下年|明年|来年|计划|规划|将|拟|预计|历年|以来|成立|至今|连续|累计"
)


@lru_cache(maxsize=256)
def wrong_years(text: str, year: int, names: tuple[str, ...] = ()) -> tuple[Spot, ...]:
    """Years other than ``year`` in what a report says of its own year; the suggestion is the right one.

    ``names`` are the unit's own names. Silent where the sentence also names ``year``, compares years, speaks of plans
    or quotes a title, and beside every other year of the text that only dates something.
    """
    even = plain(text)
    named = years(text)
    if all(found.year == year for found in named):
        return ()
    own_name = re.compile("度?，?(?:" + "|".join(map(re.escape, filter(None, names))) + ")") if any(names) else None
    spots = []
    for sentence in sentences(text):
        inside = [found for found in named if sentence.start <= found.start < sentence.end]
        if {found.year for found in inside} & {year} or len({found.year for found in inside}) != 1:
            continue
        if _OTHER_TIME.search(even, sentence.start, sentence.end):
            continue
        for found in inside:
            before = even[max(sentence.start, found.start - 40) : found.start]
            titled = before.rfind("《") > before.rfind("》") or before.rfind("“") > before.rfind("”")
            speaks = _OWN_STATEMENT.match(even, found.end) or (own_name and own_name.match(even, found.end))
            if speaks and not titled and not _COMPARED.search(before):
                spots.append(Spot(found.start, found.end, found.text, "wrong_year", f"{year}年"))
    return tuple(spots)
