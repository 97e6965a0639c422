"""Which findings belong to which place of the report, so that they stand beside the text they are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.book import Book
from core.check import About, Finding
from core.figures import TOKEN, Ref, figure, find_ref
from core.outline import PURPOSE, SENTENCE, Part
from core.review import Item

Place = tuple[str, int]  # section key, project
_HAVE_FIGURES = ("stated", "unit", "project")  # kinds of About whose field may name a figure


@dataclass(frozen=True, slots=True)
class ReportMap:
    """Where the report of a year speaks of its sections, figures and projects."""

    year: int
    sections: frozenset[Place]
    figures: Mapping[Ref, Place]  # the first text that prints each
    projects: Mapping[int, Place]  # the sentence of each project, the line of purpose of each sub-project

    def place_of(self, about: About) -> Place | None:
        """The place of the report where an officer meets this; None where the report does not speak of it."""
        if about.kind == "section":
            place = (about.field, about.id)
            return place if place in self.sections else None
        if about.kind not in _HAVE_FIGURES:
            return None
        found = self.figures.get(_ref(self.year, about))
        return found or (self.projects.get(about.id) if about.kind == "project" else None)

    def by_place(self, items: Iterable[Item]) -> Mapping[Place, tuple[Item, ...]]:
        """Findings by the place they belong to, in the order given; those the report does not show are left out."""
        found: dict[Place, list[Item]] = {}
        for item in items:
            place = self.place_of(item.finding.about)
            if place is not None:
                found.setdefault(place, []).append(item)
        return {place: tuple(group) for place, group in found.items()}


def map_of(year: int, parts: Sequence[Part]) -> ReportMap:
    """The map of a year's report, of its outline."""
    figures: dict[Ref, Place] = {}
    projects: dict[int, Place] = {}
    for part in parts:
        place = (part.key, part.about)
        if part.key in (SENTENCE, PURPOSE):
            projects.setdefault(part.about, place)
        for match in TOKEN.finditer(part.raw):
            figures.setdefault(find_ref(match, year), place)
    return ReportMap(year, frozenset((part.key, part.about) for part in parts), figures, projects)


def _ref(year: int, about: About) -> Ref:
    return Ref(year, about.id if about.kind != "unit" else 0, about.field)


def doubted(book: Book, finding: Finding) -> tuple[Ref, ...]:
    """The figures a finding casts doubt on. Where it names suspects these are meant, first of all those that
    differ from the ledger; else the figure it is about. None for a finding about words."""
    if finding.about.kind not in _HAVE_FIGURES:
        return ()
    own = _ref(finding.year, finding.about)
    suspects = tuple(suspect.ref for suspect in finding.suspects if suspect.ref)
    shown = [(ref, figure(book, ref)) for ref in suspects]
    differing = tuple(ref for ref, found in shown if found and found.difference)
    return differing or suspects or (own,)
