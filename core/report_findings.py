"""Which findings belong to which place of the report, so that they stand beside the text they are about."""

from collections.abc import Iterable, Mapping, Sequence

from core.book import Book
from core.check import About, Finding
from core.figures import TOKEN, Ref, figure, find_ref
from core.outline import PURPOSE, SENTENCE, Part
from core.review import Item

Place = tuple[str, int]  # section key, project


def place_of(year: int, parts: Sequence[Part], about: About) -> Place | None:
    """The place of the report where an officer meets this: the section itself; for a figure the first text that
    prints it; for a project its sentence, or its line of purpose. None where the report does not speak of it."""
    if about.kind == "section":
        place = (about.field, about.id)
        return place if any((part.key, part.about) == place for part in parts) else None
    if about.kind not in ("stated", "unit", "project"):
        return None
    wanted = Ref(year, about.id if about.kind != "unit" else 0, about.field)
    for part in parts:
        if wanted in refs_of(part.raw, year):
            return part.key, part.about
    if about.kind != "project":
        return None
    found = ((part.key, part.about) for part in parts if part.about == about.id)
    return next((place for place in found if place[0] in (SENTENCE, PURPOSE)), None)


def refs_of(raw: str, year: int) -> list[Ref]:
    """The figures a text names, in order."""
    return [find_ref(match, year) for match in TOKEN.finditer(raw)]


def doubted(book: Book, finding: Finding) -> tuple[Ref, ...]:
    """The figures a finding casts doubt on. Where it names suspects these are meant, first of all those that
    differ from the ledger; else the figure it is about. None for a finding about words."""
    about = finding.about
    if about.kind not in ("stated", "unit", "project"):
        return ()
    project = about.id if about.kind != "unit" else 0
    suspects = tuple(Ref(finding.year, project, suspect.figure) for suspect in finding.suspects)
    shown = [(ref, figure(book, ref)) for ref in suspects]
    differing = tuple(ref for ref, found in shown if found and found.difference)
    return differing or suspects or (Ref(finding.year, project, about.field),)


def by_place(year: int, parts: Sequence[Part], items: Iterable[Item]) -> Mapping[Place, tuple[Item, ...]]:
    """Findings by the place they belong to, in the order given; those the report does not show are left out."""
    found: dict[Place, list[Item]] = {}
    for item in items:
        place = place_of(year, parts, item.finding.about)
        if place is not None:
            found.setdefault(place, []).append(item)
    return {place: tuple(group) for place, group in found.items()}
