"""A report's text as it is shown: its title, headings, paragraphs and tables, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.audit.reading import Reading, Row

TITLE: Final = 0  # level of a title; headings are 1 to 3, paragraphs PLAIN
PLAIN: Final = 9
_LONGEST_HEADING: Final = 44
_LEVELS: Final = (
    re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章)"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
)
_TITLE_END: Final = re.compile(r"(?:报告|自评表|情况说明|总结|公开|说明|自评情况|评价表)(?:（[^（）]{1,12}）)?$")
_FIRST_LINES: Final = 6  # among which a title is looked for


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: ``level`` is TITLE, 1 to 3 for headings, PLAIN for paragraphs."""

    start: int
    end: int
    level: int


Block = Line | tuple[Row, ...]  # a table is its rows


def blocks(reading: Reading) -> Iterator[Block]:
    """The lines and tables of a text in their order; blank lines are left out."""
    tables = {rows[0].line: rows for rows in reading.tables}
    place, skip, seen = 0, 0, 0
    for number, raw in enumerate(reading.text.split("\n")):
        if skip:
            skip -= 1
        elif number in tables:
            yield tables[number]
            skip = len(tables[number]) - 1
        elif raw.strip():
            seen += 1
            start = place + len(raw) - len(raw.lstrip())
            yield Line(start, place + len(raw.rstrip()), _level(raw.strip(), seen))
        place += len(raw) + 1


def _level(line: str, number: int) -> int:
    if len(line) > _LONGEST_HEADING or line.endswith(("。", "；", "，")):
        return PLAIN
    for level, pattern in enumerate(_LEVELS, 1):
        if pattern.match(line):
            return level
    return TITLE if number <= _FIRST_LINES and _TITLE_END.search(line) else PLAIN
