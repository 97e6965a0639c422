"""Document -> PDF, set as an official document (GB/T 9704): 仿宋 of 16 points, 22 lines of 28 characters a page."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from core.export.chart_shapes import chart_height
from core.export.pdf_chart import set_chart
from core.export.pdf_contents import set_contents
from core.export.pdf_fonts import Face
from core.export.pdf_page import LEADING, MM, PITCH, SIZE, Pages
from core.export.pdf_places import Box, PdfInfo
from core.export.pdf_table import Spacing, least_height, set_table, whole_height
from core.export.pdf_text import Chars, Line, aligned, break_lines, measure
from core.report.model import (
    Block,
    Chart,
    Contents,
    Cover,
    Document,
    Field,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Step,
    Style,
    Table,
    no_step,
)

_TITLE = 22.0
_TITLE_LEADING = 1.25 * LEADING
_HEADINGS = {1: Face.HEI, 2: Face.KAI, 3: Face.FANGSONG}
_NOTE, _NOTE_LEADING = 12.0, 18.0
_COVER_TITLE = 30.0
_COVER_LEADING = 1.4 * LEADING
_SIGN_GAP = LEADING / 2
_SEAL = (40 * MM, 30 * MM)


def write_pdf(
    document: Document,
    target: Path | BinaryIO,
    when: datetime | None = None,
    compress: bool = True,
    step: Step = no_step,
) -> PdfInfo:
    """Write a document as PDF and tell where its figures and sections stand.

    ``when`` is the date the file says it was made; without it the same document always gives the same bytes.
    ``compress`` False is quicker, for pages that are only looked at. Raises ``OSError`` when the target cannot be
    written.
    """
    pages = Pages(target, document, when, compress=compress, step=step)
    _set_all(pages, document)
    return pages.close()


def page_numbers(document: Document, step: Step = no_step) -> dict[int, int]:
    """The page number of each block that the contents list, as the PDF has them."""
    return measured(document, step)[0]


def measured(document: Document, step: Step = no_step) -> tuple[dict[int, int], dict[int, Spacing]]:
    """The page number of each block that the contents list, and how close each table is set, as in the PDF."""
    pages = Pages(BytesIO(), document, None, drawn=False, step=step)
    _set_all(pages, document)
    pages.end()
    return pages.numbers, pages.spacings


def _set_all(pages: Pages, document: Document) -> None:
    blocks = document.blocks
    for number, block in enumerate(blocks):
        pages.block = number
        pages.tell()
        if isinstance(block, Contents):
            set_contents(pages, block, document.listed())
        else:
            _set(pages, block, blocks[max(0, number - 1) : number], blocks[number + 1 :])


def _set(pages: Pages, block: Block, before: tuple[Block, ...], following: tuple[Block, ...]) -> None:
    match block:
        case Cover():
            _set_cover(pages, block)
        case PageBreak():
            pages.turn(block.landscape)
        case Heading(level=0):
            annexed = any(isinstance(one, Paragraph) and one.style is Style.ANNEX for one in before)
            _set_title(pages, block, annexed)
        case Heading():
            _set_heading(pages, block, following)
        case Paragraph():
            _set_paragraph(pages, block, following)
        case Table():
            set_table(pages, block, _notes_height(pages, following))
        case SignatureBlock():
            _set_signatures(pages, block)
        case Chart():
            set_chart(pages, block)


def _set_cover(pages: Pages, cover: Cover) -> None:
    pages.turn(landscape=False, numbered=False)
    middle = pages.top + 3 * LEADING
    for text in cover.title:
        pages.words(text, Face.TITLE, _COVER_TITLE, pages.left, pages.width, middle, 0.5)
        middle += 1.8 * _COVER_TITLE
    rows = [row for field in cover.fields for row in _cover_rows(pages, field)]
    left, right = pages.left + 2 * PITCH, pages.left + pages.width - 2 * PITCH
    middle = pages.bottom - (len(rows) + 0.5) * _COVER_LEADING
    for label, start, value in rows:
        pages.words(label, Face.FANGSONG, SIZE, left, start, middle)
        pages.words(value, Face.FANGSONG, SIZE, left + start + SIZE / 2, right - left, middle)
        pages.rule(left + start, middle + 0.7 * SIZE, right, middle + 0.7 * SIZE)
        middle += _COVER_LEADING


def _cover_rows(pages: Pages, field: Field) -> Iterator[tuple[str, float, str]]:
    """Label, where the value begins, and value; a long value goes on under itself."""
    label = f"{field.label}："
    start = sum(measure((Run(label),), Face.FANGSONG, SIZE).widths)
    chars = measure((Run(field.value),), Face.FANGSONG, SIZE)
    lines = break_lines(chars, pages.width - 4 * PITCH - start - SIZE, justify=False)
    if not field.value.strip():
        yield label, start, ""
    elif field.value[0].isspace():  # a blank date: its spaces are for writing on
        yield label, start, field.value
    else:
        for number, line in enumerate(lines):
            yield "" if number else label, start, chars.text[line.start : line.end]


def _set_title(pages: Pages, heading: Heading, follows_annex: bool) -> None:
    """A title in the middle, and below it blank space so that the text keeps to its grid of lines."""
    text = "".join(run.text for run in heading.runs)
    set_ = [measure((Run(words),), Face.TITLE, _TITLE) for words in text.split("\n")]
    lines = [(chars, line) for chars in set_ for line in break_lines(chars, pages.width, justify=False)]
    height = len(lines) * _TITLE_LEADING
    tight = pages.landscape or follows_annex
    grid = height + LEADING / 2 if tight else -(-height // LEADING) * LEADING + LEADING
    pages.room(grid + LEADING)
    if heading.bookmark:
        pages.bookmark(heading.bookmark, 1)
    elif not follows_annex:  # which says the title itself
        pages.bookmark(text.replace("\n", ""), 0)
    pages.begin(text, heading.anchor, Box(pages.page, pages.left, pages.y, pages.left + pages.width, pages.y + height))
    middle = pages.y + _TITLE_LEADING / 2
    for chars, line in lines:
        pages.line(chars, aligned(line, pages.width, 0.5), pages.left, middle)
        middle += _TITLE_LEADING
    pages.y += grid


def _set_heading(pages: Pages, heading: Heading, following: tuple[Block, ...]) -> None:
    chars = measure(heading.runs, _HEADINGS.get(heading.level, Face.FANGSONG), SIZE, PITCH)
    lines = break_lines(chars, pages.width, 2 * PITCH)
    pages.room(len(lines) * LEADING + _least(pages, following))
    pages.bookmark(chars.text, heading.level)
    _print_lines(pages, chars, lines, LEADING, heading)


def _notes_height(pages: Pages, following: tuple[Block, ...]) -> float:
    """The height of the remarks right under a table."""
    height = 0.0
    for block in following:
        if not (isinstance(block, Paragraph) and block.style is Style.NOTE):
            break
        height += _NOTE_LEADING * len(break_lines(measure(block.runs, Face.SONG, _NOTE), pages.width))
    return height


def _least(pages: Pages, following: tuple[Block, ...]) -> float:
    """The height that must be left under a heading: it does not stand alone at the end of a page."""
    match following:
        case (Heading(), *rest):
            return LEADING + _least(pages, tuple(rest))
        case (Table() as table, *_rest):
            room = pages.bottom - pages.top - 2 * LEADING
            whole = whole_height(pages, table) if table.whole else room + 1
            return whole if whole <= room else min(least_height(pages, table), room)
        case (Chart() as chart, *_rest):
            return chart_height(chart)
        case (Paragraph() as text, *rest):
            ending = _ending(pages, tuple(rest))
            return LEADING + (ending if ending and len(_body_lines(pages, text)[1]) == 1 else 0)
        case _:
            return 0


def _ending(pages: Pages, following: tuple[Block, ...]) -> float:
    """The height of the list of annexes and the signatures, where nothing else follows: they stand on one page with
    at least a line of the text before them. 0 where something else follows, or where they are too high for that."""
    height = 0.0
    for block in following:
        match block:
            case SignatureBlock():
                height += _signature_height(block)
                return height if height + LEADING <= pages.bottom - pages.top else 0
            case Paragraph(style=Style.LIST) | Paragraph(runs=()):
                height += LEADING * max(1, len(_body_lines(pages, block)[1]))
            case _:
                return 0
    return 0


def _body_lines(pages: Pages, block: Paragraph) -> tuple[Chars, list[Line]]:
    """A paragraph of the text broken into lines; later lines of a list hang below the first."""
    chars = measure(block.runs, Face.FANGSONG, SIZE, PITCH)
    return chars, break_lines(chars, pages.width, 2 * PITCH, justify=block.style is not Style.LIST)


def _set_paragraph(pages: Pages, block: Paragraph, following: tuple[Block, ...]) -> None:
    if block.style is Style.NOTE:
        chars = measure(block.runs, Face.SONG, _NOTE)
        _print_lines(pages, chars, break_lines(chars, pages.width), _NOTE_LEADING, block)
        return
    if block.style is Style.ANNEX:
        chars = measure(block.runs, Face.HEI, SIZE, PITCH)
        if block.bookmark:
            pages.room(LEADING)
            pages.bookmark(block.bookmark, 0)
        _print_lines(pages, chars, break_lines(chars, pages.width), LEADING, block)
        return
    chars, lines = _body_lines(pages, block)
    if not lines:
        pages.y += 0 if pages.fresh else LEADING
        return
    if block.bookmark:
        pages.room(LEADING)
        pages.bookmark(block.bookmark, 3)
    kept = 0.0 if block.style is Style.LIST else _ending(pages, following)
    _print_lines(pages, chars, lines, LEADING, block, kept)


def _print_lines(
    pages: Pages, chars: Chars, lines: list[Line], leading: float, block: Heading | Paragraph, kept: float = 0
) -> None:
    """Print lines one below the other; the last has ``kept`` height left under it."""
    for number, line in enumerate(lines):
        pages.room(leading + (kept if number + 1 == len(lines) else 0))
        if number == 0:
            box = Box(pages.page, pages.left, pages.y, pages.left + pages.width, pages.y + leading)
            pages.begin(chars.text, block.anchor, box)
        pages.line(chars, line, pages.left, pages.y + leading / 2, block.anchor)
        pages.y += leading


def _set_signatures(pages: Pages, block: SignatureBlock) -> None:
    """All on one page, with the paragraph before it. The seal is stamped over its words at the right; nothing else
    is printed there, nor above the line to sign on."""
    pages.room(_signature_height(block))
    top = pages.y + _SIGN_GAP
    for number, field in enumerate(block.lines):
        text = f"{field.label}：{field.value}"
        middle = top + (number + 0.5) * LEADING
        pages.words(text, Face.FANGSONG, SIZE, pages.left + 2 * PITCH, pages.width, middle)
    height = len(block.lines) * LEADING
    left = pages.left + pages.width - _SEAL[0]
    pages.words(block.seal, Face.FANGSONG, SIZE, left, _SEAL[0], top + max(height, _SEAL[1]) / 2, 0.5)
    pages.y += _signature_height(block)


def _signature_height(block: SignatureBlock) -> float:
    return _SIGN_GAP + max(len(block.lines) * LEADING, _SEAL[1])
