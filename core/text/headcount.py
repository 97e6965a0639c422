"""Head counts and the groups they are said to consist of (C-060): 实有人数3人，其中：行政编制2人，事业编制1人."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.plain import plain

_NUMBER: Final = r"(?:共计|合计|总计|总数|共|计|为|有|是|：)*\s?(?P<number>\d+)\s?[人名](?!次)"
_TOTAL: Final = re.compile(
    r"(?P<label>实有(?:在职|在编)?(?:人数|人员|职工)?|(?:在职|在编)(?:在编|在岗)?(?:人员|职工|干部)?(?:人?数)?"
    r"|(?<![政业公勤法关项额])编制(?:总|人)?数?|核编|离退休(?:人员)?(?:人?数)?|(?:现有|在岗)(?:干部)?职工"
    r"|(?:职工|人员)总数)" + _NUMBER
)
_BY_POST: Final = (
    r"(?:行政|事业|参公|参照公务员法?管理|公务员|政法专项|政法|机关|后勤|工勤|全额拨款|差额拨款|自收自支|专技"
    r"|专业技术|管理|执法)+(?:编制|岗位)?(?:在职|在编)?(?:人员|干部)?(?:人?数)?"
)
_BY_STATE: Final = r"(?P<state>在职|在编|在岗|离退休|离休|退休)(?:人员|职工)?(?:人?数)?"
_PART: Final = re.compile(rf" ?(?P<label>{_BY_STATE}|{_BY_POST}){_NUMBER}(?:（[^（）\n]*）)?")
_JOIN: Final = re.compile(r"(?:[，、：（]|。(?=\s?其中))?\s?(?:其中|包括|分别为|分别是|含|即)?：?，? ?")
_NEXT: Final = re.compile(r"[，、；]?[和及与加]?")
# One more group of a name not known here: 离岗创业1人. A subset (女1人) or a comparison is none.
_UNKNOWN: Final = re.compile(r"(?!其中|女|党员|比|较|与上年|另|此外|外)[^，。；、：（）\d\n]{1,12}\d+\s?[人名]")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons and what it counts; the place is that of label and number."""

    start: int
    end: int
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Headcount:
    """A total and the groups it is divided into; ``text[start:end]`` holds both."""

    start: int
    end: int
    text: str
    total: Count
    parts: tuple[Count, ...]

    @property
    def difference(self) -> int:
        """The total less its parts: 0 if they agree."""
        return self.total.number - sum(part.number for part in self.parts)


@lru_cache(maxsize=128)
def headcounts(text: str) -> tuple[Headcount, ...]:
    """All divisions of a number of staff into two or more posts (行政, 事业 …) or states (在职, 退休 …).

    Subsets (其中女1人) are no division; retired staff belong to a total only beside 在职 or under 离退休.
    """
    found = []
    even = plain(text)
    for match in _TOTAL.finditer(even):
        total = _count(match)
        parts = _parts(even, match)
        if len(parts) >= 2:
            end = parts[-1].end
            count = Headcount(total.start, end, text[total.start : end], total, tuple(parts))
            joint = _NEXT.match(even, end)
            if count.difference <= 0 or joint is None or not _UNKNOWN.match(even, joint.end()):
                found.append(count)
    return tuple(found)


def _count(match: re.Match[str]) -> Count:
    return Count(match.start("label"), match.end(), match["label"], int(match["number"]))


def _parts(even: str, total: re.Match[str]) -> list[Count]:
    """The groups listed after ``total``; they are all of one sort, posts or states."""
    parts: list[Count] = []
    by_state: bool | None = None
    opening = joint = _JOIN.match(even, total.end())
    while joint and (match := _PART.match(even, joint.end())):
        state = match["state"] is not None
        if by_state not in (None, state):
            break
        by_state = state
        parts.append(_count(match))
        joint = _NEXT.match(even, match.end())
    label = total["label"]
    if by_state and not ("离退休" in label or (re.search("实有|总数", label) and parts[0].label[0] == "在")):
        return []  # 在职15人，离休1人，退休8人: three groups side by side
    marked = opening and re.search("[：（]|其中|包括|分别|含|即", opening[0])
    if not marked and any("编制" in part.label for part in parts) and "编" not in label:
        return []  # 实有45人，行政编制50名: two facts, not a division
    return parts
