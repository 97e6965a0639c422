"""Where things stand on the pages of a PDF, so that a window can highlight them and find what was clicked.

Points (1/72 inch) from the top left corner of the page; pages are counted from 0.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from core.report.model import About, Ref


class Box(NamedTuple):
    """A rectangle on a page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, page: int, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return page == self.page and self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Place:
    """A printed figure (with ``ref``), or the beginning of a heading, paragraph or table row (without)."""

    box: Box
    text: str
    anchor: About | None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the contents, and the place it leads to."""

    box: Box
    page: int
    top: float

    def moved(self, pages: int) -> "Link":
        """The same behind so many pages more."""
        return Link(self.box._replace(page=self.box.page + pages), self.page + pages, self.top)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one printed line that stand in a section's shown text from ``start`` on."""

    page: int
    top: float
    bottom: float
    anchor: About
    start: int
    edges: tuple[float, ...]  # left edge of each character, and the right edge of the last


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What was printed: the size of each page in points, the places, the words of sections line by line, and the
    lines of the contents."""

    sizes: tuple[tuple[float, float], ...]
    places: tuple[Place, ...]
    stretches: tuple[Stretch, ...]
    links: tuple[Link, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    @property
    def text_pages(self) -> range:
        """The pages of the text: from its first section up to the first form or table of an annex."""
        anchored = [(place.box.page, place.anchor) for place in self.places if place.anchor is not None]
        text = [page for page, anchor in anchored if not _is_annex(anchor)]
        annexes = [page for page, anchor in anchored if _is_annex(anchor)]
        return range(min(text, default=0), min(annexes, default=self.pages))

    def with_text(self, newer: "PdfInfo") -> "PdfInfo":
        """The same pages, where the text is that of another PDF with as many pages of it."""
        pages = newer.text_pages
        places = tuple(one for one in self.places if one.box.page not in pages)
        stretches = tuple(one for one in self.stretches if one.page not in pages)
        return PdfInfo(
            self.sizes,
            tuple(one for one in newer.places if one.box.page in pages) + places,
            tuple(one for one in newer.stretches if one.page in pages) + stretches,
            self.links,
        )

    def figure(self, ref: Ref) -> list[Box]:
        """Where a figure is printed."""
        return [place.box for place in self.places if place.ref == ref]

    def words(self, about: About) -> list[Box]:
        """Where words of a section's shown text are printed; without words, where the section begins."""
        spot = replace(about, start=-1, end=-1)
        if about.start < 0:
            return [place.box for place in self.places if place.ref is None and place.anchor == spot][:1]
        found = []
        for one in self.stretches:
            first, last = max(about.start - one.start, 0), min(about.end - one.start, len(one.edges) - 1)
            if one.anchor == spot and first < last:
                found.append(Box(one.page, one.edges[first], one.top, one.edges[last], one.bottom))
        return found

    def at(self, page: int, x: float, y: float) -> Place | None:
        """What is printed at a point: a figure, else words of a section (its anchor tells which), else a row."""
        for place in self.places:
            if place.ref is not None and place.box.holds(page, x, y):
                return place
        for one in self.stretches:
            box = Box(one.page, one.edges[0], one.top, one.edges[-1], one.bottom)
            if box.holds(page, x, y):
                offset = one.start + sum(edge <= x for edge in one.edges[1:-1])
                return Place(box, "", replace(one.anchor, start=offset, end=offset + 1))
        return next((place for place in self.places if place.box.holds(page, x, y)), None)


def _is_annex(anchor: About) -> bool:
    return anchor.kind != "section" or anchor.field.startswith("annex.")
