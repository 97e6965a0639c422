"""Rules about the report as a whole: its names, the numbers of its headings, passages that stand twice."""

from collections.abc import Iterator
from functools import lru_cache

from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Stage, Subject, rule
from core.i18n import _
from core.outline import part, template_of
from core.passage import Passage, passage, quote, written
from core.text.sentences import Span, paragraphs
from core.text.spots import Spot
from core.text.structure import HeadingFault, Repeat, heading_numbers, repeated_paragraphs

_MARKS = "，。；：、！？”’）》 "  # what ends the words before a passage is no part of it
_FAULTS = {
    "style": _("写法与同级标题不一致"),
    "gap": _("跳号"),
    "repeat": _("重号"),
    "mark": _("标点与同级标题不一致"),
    "skip": _("跳过了一级层次"),
}


@rule(
    "C-055",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("标题编号有误"),
    message=_("“{words}”的编号{fault}{suggestion}。"),
    why=_("标题层次依次为一、（一）、1.、（1），编号错乱会被要求重排。"),
    remedy=_("按同级标题的顺序和写法更正编号。"),
)
def heading_number(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-055: numbering of headings and of the paragraphs below them; 5、 among 一、二、三、四、."""
    lines = list(_lines(book, year))
    for fault in _heading_faults(tuple(text for _section, _span, text in lines)):
        spot = fault.spot
        key, span, text = lines[fault.index]
        found = passage(book, year, key) if span else None
        if span and found:
            start = found.shown_place(span.start + spot.start)
            about, words = found.about(start, start + len(spot.text)), spot.text
            repair = _renumber(found, start, spot)
        else:
            about, words = About("section", 0, key), text
            repair = _retitle(year, key, text, spot)
        yield self.found(
            year,
            about,
            values={
                "words": quote(text, 20),
                "fault": _FAULTS[spot.kind],
                "suggestion": _("，应为“{number}”").format(number=spot.suggestion) if spot.suggestion else "",
            },
            repair=repair,
            words=words,
        )


def _lines(book: Book, year: int) -> Iterator[tuple[str, Span | None, str]]:
    """Key and words of the headings of the report and of the paragraphs of its unit-wide sections, in order.
    Paragraphs are those of the stored text: a number at their head is never a figure."""
    for spec in template_of(book, year).sections:
        if spec.title:
            yield spec.key, None, spec.title
        place = part(book, year, spec.key)
        for span in paragraphs(place.raw) if place else ():
            yield spec.key, span, span.text


@lru_cache(maxsize=32)
def _heading_faults(lines: tuple[str, ...]) -> tuple[HeadingFault, ...]:
    return heading_numbers(lines)


def _retitle(year: int, key: str, title: str, spot: Spot) -> Repair | None:
    """Put the right number at the head of a heading."""
    if spot.suggestion is None:
        return None
    mended = title[: spot.start] + spot.suggestion + title[spot.end :].lstrip()
    return Repair(_("改为“{number}”").format(number=spot.suggestion), "retitle", (year, key, mended))


def _renumber(found: Passage, start: int, spot: Spot) -> Repair | None:
    """Put the right number at the head of a paragraph."""
    if spot.suggestion is None:
        return None
    label = _("改为“{number}”").format(number=spot.suggestion)
    return found.replacing(label, start, start + len(spot.text), spot.suggestion)


@rule(
    "C-056",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("段落重复"),
    message=_("“{words}”等{n}个字，与{where}中的文字完全相同。"),
    why=_("整段照抄说明没有分别写清楚整体和项目的绩效，审核时会被退回。"),
    remedy=_("保留一处，另一处改写为这个项目自己的实施情况和效果。"),
)
def repeated_passage(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-056: sixty characters or more that stand word for word in two places."""
    texts = [place for place in written(book, year) if place.mode != "sentence"]
    spans = [(place, span) for place in texts for span in paragraphs(place.raw)]
    for repeat in _repeats(tuple(span.text for _place, span in spans)):
        place, span = spans[repeat.second]
        origin = spans[repeat.first][0]
        found = passage(book, year, place.key, place.about)
        if found is None:
            continue
        start = found.shown_place(span.start + repeat.second_start)
        end = found.shown_place(span.start + repeat.second_start + len(repeat.text) - 1) + 1
        words = found.text[start:end].lstrip(_MARKS)
        start = end - len(words)
        yield self.found(
            year,
            found.about(start, end),
            values={
                "words": quote(words),
                "n": len(words),
                "where": _("本部分上文") if origin == place else _("“{title}”").format(title=origin.title),
            },
            words=words,
        )


@lru_cache(maxsize=32)
def _repeats(texts: tuple[str, ...]) -> tuple[Repeat, ...]:
    return repeated_paragraphs(texts)
