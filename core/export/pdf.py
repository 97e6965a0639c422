"""Document -> PDF, set as an official document (GB/T 9704): 仿宋 of 16 points, 22 lines of 28 characters a page."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from core.export.pdf_fonts import Face
from core.export.pdf_page import LEADING, MM, PITCH, SIZE, Pages
from core.export.pdf_places import Box, PdfInfo
from core.export.pdf_table import least_height, set_table
from core.export.pdf_text import Chars, Line, aligned, break_lines, measure
from core.report.model import (
    Block,
    Cover,
    Document,
    Field,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Style,
    Table,
)

_TITLE = 22.0
_TITLE_LEADING = 1.25 * LEADING
_HEADINGS = {1: Face.HEI, 2: Face.KAI, 3: Face.FANGSONG}
_NOTE, _NOTE_LEADING = 12.0, 18.0
_COVER_TITLE = 30.0
_SEAL = (40 * MM, 30 * MM)


def write_pdf(document: Document, target: Path | BinaryIO, when: datetime | None = None) -> PdfInfo:
    """Write a document as PDF and tell where its figures and sections stand.

    ``when`` is the date the file says it was made; without it the same document always gives the same bytes.
    Raises ``OSError`` when the target cannot be written.
    """
    pages = Pages(target, document, when)
    blocks = document.blocks
    for number, block in enumerate(blocks):
        _set(pages, block, blocks[number + 1 :])
    return pages.close()


def _set(pages: Pages, block: Block, following: tuple[Block, ...]) -> None:
    match block:
        case Cover():
            _set_cover(pages, block)
        case PageBreak():
            pages.turn(block.landscape)
        case Heading(level=0):
            _set_title(pages, block)
        case Heading():
            _set_heading(pages, block, following)
        case Paragraph():
            _set_paragraph(pages, block)
        case Table():
            set_table(pages, block)
        case SignatureBlock():
            _set_signatures(pages, block)


def _set_cover(pages: Pages, cover: Cover) -> None:
    pages.turn(landscape=False, numbered=False)
    middle = pages.top + 3 * LEADING
    for text in cover.title:
        pages.words(text, Face.TITLE, _COVER_TITLE, pages.left, pages.width, middle, 0.5)
        middle += 1.8 * _COVER_TITLE
    left, right = pages.left + 2 * PITCH, pages.left + pages.width - 2 * PITCH
    middle = pages.bottom - (len(cover.fields) + 0.5) * 1.4 * LEADING
    for field in cover.fields:
        label = measure((Run(f"{field.label}："),), Face.FANGSONG, SIZE)
        start = left + sum(label.widths)
        for line in break_lines(label, pages.width):
            pages.line(label, line, left, middle)
        pages.words(field.value, Face.FANGSONG, SIZE, start + SIZE / 2, right - start, middle)
        pages.rule(start, middle + 0.7 * SIZE, right, middle + 0.7 * SIZE)
        middle += 1.4 * LEADING


def _set_title(pages: Pages, heading: Heading) -> None:
    """A title in the middle, and below it blank space so that the text keeps to its grid of lines."""
    text = "".join(run.text for run in heading.runs)
    set_ = [measure((Run(words),), Face.TITLE, _TITLE) for words in text.split("\n")]
    lines = [(chars, line) for chars in set_ for line in break_lines(chars, pages.width, justify=False)]
    height = len(lines) * _TITLE_LEADING
    grid = -(-height // LEADING) * LEADING + LEADING
    pages.room(grid + LEADING)
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


def _least(pages: Pages, following: tuple[Block, ...]) -> float:
    """The height that must be left under a heading: it does not stand alone at the end of a page."""
    match following:
        case (Heading(), *rest):
            return LEADING + _least(pages, tuple(rest))
        case (Table() as table, *_rest):
            return min(least_height(pages, table), pages.bottom - pages.top - 2 * LEADING)
        case (Paragraph(), *_rest):
            return LEADING
        case _:
            return 0


def _set_paragraph(pages: Pages, block: Paragraph) -> None:
    if block.style is Style.NOTE:
        chars = measure(block.runs, Face.FANGSONG, _NOTE)
        _print_lines(pages, chars, break_lines(chars, pages.width), _NOTE_LEADING, block)
        return
    if block.style is Style.ANNEX:
        chars = measure(block.runs, Face.HEI, SIZE, PITCH)
        _print_lines(pages, chars, break_lines(chars, pages.width), LEADING, block)
        return
    chars = measure(block.runs, Face.FANGSONG, SIZE, PITCH)
    lines = break_lines(chars, pages.width, 2 * PITCH)
    if not lines:
        pages.y += 0 if pages.fresh else LEADING
        return
    if block.bookmark:
        pages.room(LEADING)
        pages.bookmark(block.bookmark, 3)
    _print_lines(pages, chars, lines, LEADING, block)


def _print_lines(pages: Pages, chars: Chars, lines: list[Line], leading: float, block: Heading | Paragraph) -> None:
    for number, line in enumerate(lines):
        pages.room(leading)
        if number == 0:
            box = Box(pages.page, pages.left, pages.y, pages.left + pages.width, pages.y + leading)
            pages.begin(chars.text, block.anchor, box)
        pages.line(chars, line, pages.left, pages.y + leading / 2, block.anchor)
        pages.y += leading


def _set_signatures(pages: Pages, block: SignatureBlock) -> None:
    """All on one page. The seal covers the blank below its words; the lines to sign on stay free above."""
    height = LEADING * (len(block.lines) * 1.5 + 2) + _SEAL[1]
    pages.room(height)
    middle = pages.y + 1.5 * LEADING
    for fields in block.lines:
        share = (pages.width - 2 * PITCH) / len(fields)
        for number, field in enumerate(fields):
            _print_field(pages, field, pages.left + 2 * PITCH + number * share, share, middle)
        middle += 1.5 * LEADING
    pages.words(block.seal, Face.FANGSONG, SIZE, pages.left + pages.width - _SEAL[0], _SEAL[0], middle, 0.5)
    pages.y += height


def _print_field(pages: Pages, field: Field, left: float, width: float, middle: float) -> None:
    pages.words(f"{field.label}：{field.value}", Face.FANGSONG, SIZE, left, width, middle)
