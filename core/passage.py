"""A section of the report as a rule reads it: the words shown, and how to mend them in the stored text."""

from dataclasses import dataclass

from core.book import Book
from core.check import About, Repair
from core.outline import Part, Prose, part, print_name, shown_text


@dataclass(frozen=True, slots=True)
class Passage:
    """One section of a year's report with its shown text. Places are offsets in that text."""

    year: int
    part: Part
    prose: Prose

    @property
    def text(self) -> str:
        """The words with their figures, as they print."""
        return self.prose.text

    def about(self, start: int = -1, end: int = -1) -> About:
        """The section, or words in it."""
        return About("section", self.part.about, self.part.key, start, end)

    def replacing(self, label: str, start: int, end: int, new: str) -> Repair | None:
        """The repair that puts ``new`` in place of words, touching only what differs; None if that would cut into
        a figure."""
        old = self.text[start:end]
        same = _shared(old, new)
        tail = _shared(old[same:][::-1], new[same:][::-1])
        start, end, new = start + same, end - tail, new[same : len(new) - tail]
        if start == end:
            return None
        for piece in self.prose.pieces:
            inside = start <= piece.start and piece.start + len(piece.text) <= end
            if piece.figure and piece.start < end and piece.start + len(piece.text) > start and not inside:
                return None
        first, last = self.prose.raw_range(start, end)
        place = (self.year, self.part.key, self.part.about)
        return Repair(label, "replace_words", (*place, first, self.part.raw[first:last], new))

    def shown_place(self, raw: int) -> int:
        """Where a place of the stored text stands in the shown one; inside a figure, where the figure begins."""
        for piece in self.prose.pieces:
            if piece.raw_start <= raw < piece.raw_end:
                return piece.start + (0 if piece.figure else raw - piece.raw_start)
        return len(self.text)


_latest: tuple[Book, tuple[int, str, int], Passage | None] | None = None


def passage(book: Book, year: int, key: str, about: int = 0) -> Passage | None:
    """A section as it stands in a year's report; None where the report has none such.

    The latest one is kept, because the rules about a section ask for it one after the other.
    """
    global _latest
    held, place = _latest, (year, key, about)
    if held is not None and held[0] is book and held[1] == place:
        return held[2]
    found = part(book, year, key, about)
    made = Passage(year, found, shown_text(book, year, found)) if found else None
    _latest = (book, place, made)
    return made


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def quote(words: str, longest: int = 24) -> str:
    """Words as a message quotes them: shortened, without line breaks, with ‘ ’ for their own quotes."""
    line = print_name(" ".join(words.split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"
