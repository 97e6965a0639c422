"""A section of the report as a rule reads it: the words shown, and how to mend them in the stored text."""

from dataclasses import dataclass

from core.book import Book
from core.check import About, Repair
from core.i18n import _
from core.outline import PURPOSE, SENTENCE, STORY, Part, Prose, part, print_name, section_keys, shown_text

OTHER_MATTERS = "other"  # key of the section 其他需要说明的情况
NOTHING_TO_SAY = _("无其他需要说明的情况。")


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
            return self._inserting(label, start, new) if new and start else None
        for piece in self.prose.pieces:
            inside = start <= piece.start and piece.start + len(piece.text) <= end
            if piece.figure and piece.start < end and piece.start + len(piece.text) > start and not inside:
                return None
        first, last = self.prose.raw_range(start, end)
        place = (self.year, self.part.key, self.part.about)
        return Repair(label, "replace_words", (*place, first, self.part.raw[first:last], new))

    def _inserting(self, label: str, place: int, new: str) -> Repair | None:
        """The repair that puts ``new`` behind the character before ``place``; None if that is part of a figure."""
        before = next(piece for piece in self.prose.pieces if piece.start < place <= piece.start + len(piece.text))
        if before.figure:
            return None
        first, last = self.prose.raw_range(place - 1, place)
        old = self.part.raw[first:last]
        key = (self.year, self.part.key, self.part.about)
        return Repair(label, "replace_words", (*key, first, old, old + new))

    def is_figure(self, start: int, end: int) -> bool:
        """Whether the words hold a figure that the program prints, not one typed by hand."""
        return any(
            piece.figure and piece.start < end and piece.start + len(piece.text) > start for piece in self.prose.pieces
        )

    def raw_about(self, start: int, end: int) -> About:
        """Words in the section, given by their place in the stored text."""
        return self.about(self.shown_place(start), self.shown_place(end - 1) + 1)

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


_listed: tuple[Book, int, list[Part]] | None = None


def written(book: Book, year: int) -> list[Part]:
    """The texts of the report in order, as stored, but for those which the program words by itself.

    The latest list is kept, because the rules about a report ask for it one after the other.
    """
    global _listed
    held = _listed
    if held is not None and held[0] is book and held[1] == year:
        return held[2]
    places = [
        part(book, year, key, about)
        for key, about in section_keys(book, year)
        if key not in (SENTENCE, STORY, PURPOSE) or book.section(year, key, about)
    ]
    found = [place for place in places if place is not None]
    _listed = (book, year, found)
    return found


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def quote(words: str, longest: int = 24) -> str:
    """Words as a message quotes them: shortened, without line breaks, with ‘ ’ for their own quotes."""
    line = print_name(" ".join(words.split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def explaining(book: Book, year: int, label: str, sentence: str) -> Repair | None:
    """The repair that writes a sentence into 其他需要说明的情况, in place of “none”; None without such a section."""
    place = part(book, year, OTHER_MATTERS)
    if place is None:
        return None
    if place.raw.strip() == NOTHING_TO_SAY:
        start = place.raw.find(NOTHING_TO_SAY)
        return Repair(label, "replace_words", (year, OTHER_MATTERS, 0, start, NOTHING_TO_SAY, sentence))
    return Repair(label, "append_sentence", (year, OTHER_MATTERS, 0, sentence))
