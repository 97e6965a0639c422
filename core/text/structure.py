"""The build of a report's text: numbering of headings (C-055) and passages that stand twice (C-056)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.text.spots import Spot

_NUMERALS: Final = "零一二三四五六七八九十"
_CHINESE: Final = r"(?P<number>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PART: Final = re.compile(r"\s*(?:第[一二三四五六七八九十\d]{1,3}[部章编]|附[件表录])")  # every count begins anew
_ANNEX_LIST: Final = re.compile(r"^附件[：:]\s*")  # 附件：1.… begins a list
_LABELS: Final = (  # one a level, in the order of official documents
    re.compile(rf"(?P<before>){_CHINESE}(?P<after>、)(?![一二三四五六七八九十]+[、级季月类期])"),
    re.compile(rf"(?P<before>[（(]){_CHINESE}(?P<after>[）)]、?)"),
    re.compile(r"(?P<before>)(?P<number>\d{1,2})(?P<after>[.．、])(?!\d(?!\d{3}年)|\d{1,2}[月日号、])"),
    re.compile(r"(?P<before>[（(])(?P<number>\d{1,2})(?P<after>[）)])"),
    re.compile(rf"(?P<before>)(?P<number>[{_CIRCLED}])(?P<after>)"),
)


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """A wrong number at the head of ``headings[index]``; the places of ``spot`` count from its beginning.

    Kinds: ``style`` (5、 among 一、二、三、四、), ``gap``, ``repeat``, ``mark`` (2. among 1．3．), ``skip`` (（1）
    right under 一、).
    """

    index: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same passage in two places, each an index into the paragraphs and a place within the paragraph."""

    first: int
    first_start: int
    second: int
    second_start: int
    text: str


def heading_numbers(headings: Sequence[str]) -> tuple[HeadingFault, ...]:
    """Faults in the numbers of headings, or of all paragraphs: those without a number are passed over.

    A series begins with 1 under every new heading above it, or counts on under the same heading of the first
    level; it may begin anew without a heading between.
    """
    numbering = _Numbering()
    for index, heading in enumerate(headings):
        if _PART.match(heading):
            numbering.begin(0)
        rest = _ANNEX_LIST.sub("", heading.lstrip())
        while rest:  # 二、（一）… carries two numbers
            place = len(heading) - len(rest)
            found = next(((level, m) for level, p in enumerate(_LABELS) if (m := p.match(heading, place))), None)
            if found is None:
                break
            numbering.add(index, *found)
            rest = heading[found[1].end() :].lstrip()
    return tuple(numbering.faults)


class _Numbering:
    """Where the count stands on every level."""

    def __init__(self) -> None:
        self.faults: list[HeadingFault] = []
        self.last = [0] * len(_LABELS)  # in the running series, 0: none yet
        self.through = [0] * len(_LABELS)  # under the running heading of the first level
        self.marks: list[tuple[str, str]] = [("", "")] * len(_LABELS)

    def add(self, index: int, level: int, match: re.Match[str]) -> None:
        number, marks = _value(match["number"]), (match["before"], match["after"])
        last, expected = self.last[level], self.last[level] + 1
        odd = last > 0 and marks != self.marks[level]
        if level == 2 and 1 < number == self.last[0] + 1 != expected and (odd or not last):
            self._fault(index, match, "style", _label(0, number, ("", "、")))
            level, marks = 0, ("", "、")
        elif number != expected and not self._continues(level, number):
            kind = "gap" if number > expected else "repeat"
            self._fault(index, match, kind, _label(level, expected, marks))
        elif not last and self._above(level) <= level - 3:
            self._fault(index, match, "skip", None)
        elif odd and number > 1:
            marks = self.marks[level]
            self._fault(index, match, "mark", _label(level, number, marks))
        self.begin(level + 1)
        if level == 0:
            self.through = [0] * len(_LABELS)
        self.last[level] = self.through[level] = number
        self.marks[level] = marks

    def begin(self, level: int) -> None:
        """The counts of this level and of those under it begin anew."""
        self.last[level:] = [0] * (len(_LABELS) - level)

    def _continues(self, level: int, number: int) -> bool:
        """A series begun anew without a heading, or one that counts on under the next heading."""
        last = self.last[level]
        return last > 1 if number == 1 else last == 0 and number == self.through[level] + 1

    def _above(self, level: int) -> int:
        """The deepest level in use above ``level``; ``level`` itself if there is none."""
        return next((above for above in range(level - 1, -1, -1) if self.last[above]), level)

    def _fault(self, index: int, match: re.Match[str], kind: str, suggestion: str | None) -> None:
        self.faults.append(HeadingFault(index, Spot(match.start(), match.end(), match[0], kind, suggestion)))


def _value(number: str) -> int:
    if number in _CIRCLED:
        return _CIRCLED.index(number) + 1
    if number[0] not in _NUMERALS:
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (_NUMERALS.index(ones) if ones else 0)


def _label(level: int, number: int, marks: tuple[str, str]) -> str:
    if level >= 4:
        return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"（{number}）"
    if level >= 2:
        return f"{marks[0]}{number}{marks[1]}"
    return marks[0] + numeral(number) + marks[1]


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return text + (_NUMERALS[ones] if ones else "")


# What does not count as prose: 年初预算金额3万元， 追加（减）0万元， and other clauses of a label and a figure,
# which the same sentence of two projects has in common.
_FIGURE_CLAUSE: Final = re.compile(
    r"[^，。；：（）\d]{0,12}(?:（减）)?-?\d[\d.,]*\s?(?:万元|亿元|元|[%％人名个])[，。；、]?|项目实施及绩效情况如下：?"
)


def repeated_paragraphs(paragraphs: Sequence[str], at_least: int = 60) -> tuple[Repeat, ...]:
    """Passages of ``at_least`` characters of prose that stand word for word in two places (C-056).

    Every run is as long as it can be; a passage in three paragraphs makes two pairs with the first one.
    """
    step = max(at_least // 2, 1)  # a run of 2 * step - 1 characters holds one whole block that starts at a multiple
    blocks: dict[str, tuple[int, int]] = {}
    repeats = []
    for second, text in enumerate(paragraphs):
        place, done, last = 0, 0, len(text) - step
        while place <= last:
            origin = blocks.get(text[place : place + step])
            if origin is None:
                place += 1
                continue
            first, start, end = *origin, place + step
            source, begin, stop = paragraphs[first], start, start + step
            while begin and place > done and source[begin - 1] == text[place - 1]:
                begin, place = begin - 1, place - 1
            while stop < len(source) and end < len(text) and source[stop] == text[end]:
                stop, end = stop + 1, end + 1
            run = text[place:end]
            if len(_FIGURE_CLAUSE.sub("", run)) >= at_least:
                repeats.append(Repeat(first, begin, second, place, run))
                done = end
            place = max(done, end - step + 1)
        for block in range(0, last + 1, step):
            blocks.setdefault(text[block : block + step], (second, block))
    return tuple(repeats)
