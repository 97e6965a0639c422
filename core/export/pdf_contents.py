"""The contents page (目录): titles, dotted leaders and page numbers, each line a link to its place.

Its pages are not numbered, so that the text begins on page 1. Its lines are drawn when all pages are set.
"""

from collections.abc import Sequence

from core.export.pdf_fonts import Face
from core.export.pdf_page import LEADING, PITCH, SIZE, Pages
from core.export.pdf_places import Box
from core.export.pdf_text import break_lines, measure
from core.report.model import Contents, Listed, Run

_TITLE = 22.0
_NUMBER = 3 * PITCH  # room for a page number
_FACES = {1: Face.HEI, 2: Face.FANGSONG}


def set_contents(pages: Pages, contents: Contents, listed: Sequence[Listed]) -> None:
    """Set the contents on pages of their own."""
    pages.turn(landscape=False, numbered=False)
    pages.words(contents.title, Face.TITLE, _TITLE, pages.left, pages.width, pages.y + LEADING, 0.5)
    pages.y += 3 * LEADING
    for one in listed:
        _set_line(pages, one)


def _set_line(pages: Pages, one: Listed) -> None:
    """Room for one title, over several lines where it is long; the number stands beside the last."""
    indent = 2 * PITCH * (one.level - 1)
    chars = measure((Run(one.text),), _FACES[one.level], SIZE, PITCH)
    lines = break_lines(chars, pages.width - indent - _NUMBER, justify=False)
    height = LEADING * len(lines)
    if pages.y + height > pages.bottom + 0.1:
        pages.turn(landscape=False, numbered=False)
    top, edge, width = pages.y, pages.left, pages.width
    pages.y += height
    pages.link(one.block, Box(pages.page, pages.left, top, pages.left + pages.width, pages.y))

    def draw() -> None:
        left, right = edge + indent, edge + width
        middle = top - LEADING / 2
        for line in lines:
            middle += LEADING
            pages.line(chars, line, left, middle)
        digits = measure((Run(str(pages.numbers[one.block])),), Face.SONG, SIZE)
        number = break_lines(digits, width, justify=False)[0]
        start = right - number.lefts[-1]
        pages.dots(left + lines[-1].lefts[-1] + PITCH / 2, start - PITCH / 2, middle + 0.3 * SIZE)
        pages.line(digits, number, start, middle)

    pages.later(draw)
