"""The outline of a report's text: which of its lines are headings, and which section of a template each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from core.outline import SectionSpec, Template, offered_templates, parse_template, template_text
from core.text.plain import plain
from core.text.sentences import Span, paragraphs
from core.text.structure import numeral

_FIRST: Final = re.compile(
    r"(?P<number>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分[、：\s]?)\s*(?P<title>\S.*)"
)
_SECOND: Final = re.compile(r"（(?P<number>[一二三四五六七八九十]{1,3})）、?\s*(?P<title>\S.*)")
_ODD: Final = re.compile(r"(?P<number>\d{1,2})[、.]\s*(?P<title>\S.*)")  # 5、 where 五、 is meant
_CONTENTS: Final = re.compile(r"[\s|.…]+\d{1,3}$|附件\d?.*附件\d")
_BEHIND: Final = re.compile(r"附件\d?(?:[：:\s]|$)|附表\d?(?:[：:\s]|$)|单位负责人（签字）")
_NOTE: Final = re.compile(r"（[^）]*）")
_LONGEST: Final = 40  # characters of a heading
_ALIKE: Final = 0.6  # of a heading and a template's title, from which on they are the same
_WORDS: Final = {  # titles that say the same in other words
    "basics": re.compile(r"(?:单位|部门|机构|基本)[^，。]{0,8}(?:概况|情况|简介)$"),
    "income": re.compile(r"(?:收支|预算执行|预算支出|收入支出|决算)[^，。]{0,6}(?:情况|安排|执行)?$"),
    "projects": re.compile(r"项目(?:支出|资金|经费)?[^，。]{0,8}(?:情况|绩效)"),
    "overall": re.compile(r"(?:整体|总体)[^，。]{0,10}(?:绩效|完成|情况)|绩效目标完成|履职"),
    "problems": re.compile(r"(?:存在|主要)的?[^，。]{0,4}问题"),
    "measures": re.compile(r"(?:改进|整改|下一步)[^，。]{0,6}(?:措施|打算|建议)"),
    "other": re.compile(r"其他[^，。]{0,6}(?:说明|事项|情况|问题)"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads a section: its key, level and title; its text reaches from ``body`` to ``end``."""

    key: str
    level: int
    title: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The narrative of a report, without cover, contents and annexes."""

    start: int
    end: int
    headings: tuple[Heading, ...]
    template: Template

    def find(self, place: int) -> Heading | None:
        """The section that a place of the text is in."""
        return next((one for one in reversed(self.headings) if one.body <= place < one.end), None)


def lay_out(text: str, projects_at: Sequence[int]) -> Layout:
    """Find the narrative's sections. ``projects_at`` are the places where projects are told: the section that holds
    the first one is that of the projects. The template is the offered one whose titles the report has, with the
    report's own headings in their order."""
    lines = paragraphs(text)
    found = [(level, words, line) for line in lines for level, words in _heading(line)]
    start, end = _narrative(found, lines, len(text))
    found = [one for one in found if start <= one[2].start < end]
    template = _nearest([words for _level, words, _line in found])
    specs = {spec.key: spec for spec in template.sections}
    free = dict(specs)
    headings: list[Heading] = []
    for number, (level, words, line) in enumerate(found):
        spec = _match(words, free.values())
        if level == 3:
            if spec is None or spec.level != 1:
                continue  # a numbered point of the text
            level = 1
        key = spec.key if spec else next(f"own{n}" for n in range(1, 999) if all(f"own{n}" != h.key for h in headings))
        free.pop(key, None)
        following = _next_start(found, number, free, end)
        headings.append(Heading(key, level, " ".join(line.text.split()), line.start, line.end, following))
    if not headings:
        return Layout(start, end, (), template)
    return _settled(text, Layout(start, end, tuple(headings), template), specs, projects_at)


def _heading(line: Span) -> Iterable[tuple[int, str]]:
    """Level and words of a line that may be a heading; level 3 is a number in figures, which seldom heads a section."""
    even = plain(line.text)
    if len(even) > _LONGEST or _CONTENTS.search(even) or "|" in even or even.endswith(("。", "；")):
        return
    for level, pattern in ((1, _FIRST), (2, _SECOND), (3, _ODD)):
        if match := pattern.fullmatch(even):
            if not re.search(r"\d(?:\.\d+)?(?:万元|元|%)", match["title"]):
                yield level, match["title"]
            return


def _narrative(found: list[tuple[int, str, Span]], lines: Sequence[Span], length: int) -> tuple[int, int]:
    """From the first heading to the annexes; from the beginning where there is none."""
    first = next((line.start for level, _words, line in found if level == 1), 0)
    end = next((line.start for line in lines if line.start > first and _BEHIND.match(plain(line.text))), length)
    return first, end if first or found else length


def _next_start(found: list[tuple[int, str, Span]], number: int, free: dict[str, SectionSpec], end: int) -> int:
    for level, words, line in found[number + 1 :]:
        if level < 3 or ((spec := _match(words, free.values())) is not None and spec.level == 1):
            return line.start
    return end


def _bare(title: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十]+[、）)]|\s", "", _NOTE.sub("", plain(title)))


def _match(words: str, specs: Iterable[SectionSpec]) -> SectionSpec | None:
    bare = _bare(words)
    best, found = _ALIKE, None
    for spec in specs:
        ratio = SequenceMatcher(None, bare, _bare(spec.title), autojunk=False).ratio()
        if ratio > best:
            best, found = ratio, spec
    return found or next((one for one in specs if one.key in _WORDS and _WORDS[one.key].search(bare)), None)


def _nearest(titles: Sequence[str]) -> Template:
    """The offered template whose titles the report has, the first of equals."""
    best, found = -1.0, None
    for name in offered_templates():
        template = parse_template(template_text(name))
        names = [_bare(spec.title) for spec in template.sections]
        same = sum(
            max((SequenceMatcher(None, _bare(one), name, autojunk=False).ratio() for name in names), default=0)
            for one in titles
        )
        score = same - 0.1 * len(names)
        if score > best or found is None:
            best, found = score, template
    assert found is not None  # some come with the program
    return found


def _settled(text: str, layout: Layout, specs: dict[str, SectionSpec], projects_at: Sequence[int]) -> Layout:
    """The template with the report's headings in place of its own, and the sections of the headings as they now are."""
    holder = layout.find(projects_at[0]) if projects_at else None
    headings = []
    for one in layout.headings:
        if one is holder:
            one = replace(one, key="projects")
        elif one.key == "projects":
            one = replace(one, key="projects_text")
        headings.append(one)
    made = []
    for one in headings:
        spec = specs.get(one.key) or SectionSpec(one.key, one.title)
        is_empty = not text[one.body : one.end].strip()
        mode = "projects" if one.key == "projects" else "heading" if is_empty else "text"
        made.append(
            replace(spec, title=one.title, level=one.level, mode=mode, text=spec.text if mode == "text" else "")
        )
    if all(one.key != "projects" for one in headings):
        kept = next((spec for spec in layout.template.sections if spec.key == "projects"), None)
        if kept:
            firsts = sum(1 for spec in made if spec.level == 1)
            made.append(replace(kept, level=1, title=f"{numeral(firsts + 1)}、{_bare(kept.title)}"))
    return Layout(layout.start, layout.end, tuple(headings), replace(layout.template, sections=tuple(made)))
