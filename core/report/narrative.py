"""The narrative of the report: the year's outline with every figure in place, as headings and paragraphs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.book import Book
from core.check import About
from core.i18n import _
from core.outline import PURPOSE, SENTENCE, Part, Prose, fill_template, outline, purpose_sentence, render, template_of
from core.report.model import Block, Heading, Paragraph, Run, Runs

_CLOSED = "。！？；：…”"  # a sentence that ends so needs no full stop of ours


def title(book: Book, year: int) -> str:
    """The title of the report, one or more lines."""
    return fill_template(template_of(book, year).title, book, year)


def narrative(book: Book, year: int) -> list[Block]:
    """Title, sections and projects. Projects are numbered 1. 2., their sub-projects （1）（2）."""
    blocks: list[Block] = [Heading(0, (Run(title(book, year)),))]
    blocks += _numbered(book, year, outline(book, year))
    return blocks


def _numbered(book: Book, year: int, parts: Iterable[Part]) -> Iterator[Block]:
    project = child = 0
    for part in parts:
        anchor = About("section", part.about, part.key)
        if part.mode in ("heading", "text"):
            yield Heading(part.level, (Run(part.title),), anchor)
        if part.key == SENTENCE:
            project, child = project + 1, 0
            yield _sentence(book, year, part, project, anchor)
        elif part.key == PURPOSE:
            child += 1
            yield from _purpose(book, year, part, child, anchor)
        elif part.mode != "heading":
            for runs in lines(render(book, year, part.raw)):
                yield Paragraph(runs, anchor=anchor)


def lines(prose: Prose, lead: int = 0, first: int = 0) -> list[Runs]:
    """A text as one tuple of runs a paragraph: blank lines and the white space around a paragraph are dropped.

    Runs know their offset in the section's shown text. ``lead`` characters are printed before the officer's own
    words, which begin at offset ``first``.
    """
    found: list[list[Run]] = [[]]
    for piece in prose.pieces:
        if piece.figure is not None:
            start = piece.start - lead + first if piece.start >= lead else -1
            found[-1].append(Run(piece.text, piece.figure.ref, start))
            continue
        at = piece.start
        for number, words in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            cut = min(max(lead - at, 0), len(words))
            runs = (Run(words[:cut]), Run(words[cut:], start=at + cut - lead + first))
            found[-1] += [run for run in runs if run.text]
            at += len(words) + 1
    trimmed = (_trim(line) for line in found)
    return [line for line in trimmed if line]


def _trim(line: list[Run]) -> Runs:
    """Without the white space at both ends."""
    kept = list(line)
    while kept and kept[0].ref is None:
        text = kept[0].text.lstrip()
        if text:
            start = kept[0].start
            moved = start if start < 0 else start + len(kept[0].text) - len(text)
            kept[0] = replace(kept[0], text=text, start=moved)
            break
        kept.pop(0)
    while kept and kept[-1].ref is None:
        text = kept[-1].text.rstrip()
        if text:
            kept[-1] = replace(kept[-1], text=text)
            break
        kept.pop()
    return tuple(kept)


def _sentence(book: Book, year: int, part: Part, number: int, anchor: About) -> Paragraph:
    """1.项目“…”年初预算金额…。项目实施及绩效情况如下："""
    below = _("项目实施及绩效情况如下：")
    written = lines(render(book, year, part.raw))
    runs = tuple(run for line in written for run in line)
    closing = () if "".join(run.text for run in runs).endswith(below) else (Run(below),)
    return Paragraph((Run(_("{n}.").format(n=number)), *runs, *closing), anchor=anchor, bookmark=part.title)


def _purpose(book: Book, year: int, part: Part, number: int, anchor: About) -> Iterator[Block]:
    """（1）…项目, and below it what the sub-project spent and on what."""
    row = book.project_year(year, part.about)
    assert row is not None  # the outline lists the projects of the year
    name = row.name if row.name.endswith(_("项目")) else _("{name}项目").format(name=row.name)
    yield Heading(4, (Run(_("（{n}）{name}").format(n=number, name=name)),), anchor)
    purpose = part.raw.strip()
    raw = purpose_sentence(book, row, purpose)
    at = raw.rindex(purpose) if purpose else len(raw)
    lead = len(render(book, year, raw[:at]).text)
    blank = len(part.raw) - len(part.raw.lstrip())  # of the stored text, in which offsets count
    paragraphs = lines(render(book, year, raw), lead, blank)
    last = paragraphs[-1]
    if not last[-1].text.endswith(tuple(_CLOSED)):
        paragraphs[-1] = (*last, Run("。"))
    for runs in paragraphs:
        yield Paragraph(runs, anchor=anchor)
