"""Runs the rules: all of them, or after a change only those whose subjects it touches.

``touched`` is the only place that knows which subjects a change makes stale, so that ``recheck`` after an
edit equals ``check`` from nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from core.book import Book, Owner
from core.change import Change, Diff
from core.check import Finding, Findings, Rule, Scope, Severity, Spot
from core.figures import TOKEN, find_ref
from core.model import (
    Answer,
    Attachment,
    Batch,
    BudgetEvent,
    Commitment,
    Fact,
    Indicator,
    Monitor,
    Payment,
    Project,
    ProjectYear,
    Record,
    Section,
    Stated,
    Submission,
    Unit,
    Waiver,
    Year,
)

_ENTRIES: dict[str, type[BudgetEvent] | type[Payment]] = {Scope.EVENT: BudgetEvent, Scope.PAYMENT: Payment}

SectionKeys = Callable[[Book, int], Iterable[tuple[str, int]]]


def spots(book: Book, year: int, sections: SectionKeys) -> Iterator[Spot]:
    """Every subject of a year that rules are run for; none where the book has no such year."""
    yield from _outline_spots(book, year, sections)
    for row in book.project_years(year) if book.year(year) else ():
        yield from _entry_spots(book, year, row.project)


def _outline_spots(book: Book, year: int, sections: SectionKeys) -> Iterator[Spot]:
    """Every subject but the single entries."""
    if book.year(year) is None:
        return
    yield from ((scope, year, 0, "") for scope in (Scope.YEAR, Scope.NAMES, Scope.REPORT, Scope.FORM))
    yield from ((Scope.PROJECT, year, row.project, "") for row in book.project_years(year))
    yield (Scope.EVALUATION, year, 0, "")
    yield from ((Scope.EVALUATION, year, row.project, "") for row in book.projects(year))
    yield from ((Scope.SECTION, year, about, key) for key, about in sections(book, year))


def _entry_spots(book: Book, year: int, project: int) -> Iterator[Spot]:
    yield from ((Scope.EVENT, year, i, "") for i in book.entry_ids(BudgetEvent, year, project))
    yield from ((Scope.PAYMENT, year, i, "") for i in book.entry_ids(Payment, year, project))


@dataclass(frozen=True)
class Checker:
    """The rules, grouped by scope, and how to find the sections of a report."""

    rules: Sequence[Rule]
    sections: SectionKeys
    by_scope: dict[str, list[Rule]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for one in self.rules:
            self.by_scope.setdefault(one.scope, []).append(one)

    def check(self, book: Book, years: Iterable[int]) -> Findings:
        """Run every rule on every subject of these years."""
        return Findings(self._run(book, (spot for year in years for spot in spots(book, year, self.sections))))

    def recheck(self, findings: Findings, after: Book, stale: Iterable[Spot]) -> Findings:
        """The findings after a change that ``touched`` says made ``stale`` out of date."""
        stale = set(stale)
        kept = {spot: group for spot, group in findings.by_spot.items() if spot not in stale}
        kept.update(self._run(after, self._standing(after, stale)))
        return Findings(kept)

    def _standing(self, book: Book, places: Iterable[Spot]) -> Iterator[Spot]:
        """Those of the places that ``spots`` would name."""
        sections: dict[int, set[tuple[str, int]]] = {}
        for spot in places:
            scope, year, about, key = spot
            if book.year(year) is None:
                continue
            if scope == Scope.SECTION and year not in sections:
                sections[year] = set(self.sections(book, year))
            match scope:
                case Scope.EVENT | Scope.PAYMENT:
                    entry = book.get(_ENTRIES[scope], about)
                    stands = bool(entry and entry.year == year and book.project_year(year, entry.project))
                case Scope.PROJECT:
                    stands = book.project_year(year, about) is not None
                case Scope.EVALUATION:
                    stands = not about or any(row.project == about for row in book.projects(year))
                case Scope.SECTION:
                    stands = (key, about) in sections[year]
                case _:
                    stands = True
            if stands:
                yield spot

    def edits(self, before: Book, after: Book, change: Change) -> list[Finding]:
        """What the rules about edits themselves say of a change: whether a locked year is touched."""
        rules = self.by_scope.get(Scope.EDIT, [])
        return [
            finding
            for diff in change.diffs
            for one in rules
            if one.only_if is None or one.only_if(before, diff)
            for finding in one.run(one, before, after, diff)
        ]

    def _run(self, book: Book, places: Iterable[Spot]) -> dict[Spot, tuple[Finding, ...]]:
        found: dict[Spot, tuple[Finding, ...]] = {}
        by_scope = self.by_scope
        for spot in places:
            scope, year, about, key = spot
            rules: Iterable[Rule] = by_scope.get(scope, ())
            if scope in _ENTRIES:
                entry = book.get(_ENTRIES[scope], about)
                rules = [one for one in rules if (test := one.only_if) is None or (entry and test(book, entry))]
                if not rules:
                    continue
            group = [_weighed(book, one, finding) for one in rules for finding in one.run(one, book, year, about, key)]
            if group:
                found[spot] = tuple(group)
        return found

    def touched(self, before: Book, after: Book, change: Change) -> set[Spot]:
        """Every spot whose findings the change may alter, of the old owner and of the new one."""
        stale: set[Spot] = set()
        owners: set[Owner] = set()  # whose money or stated figures are not as before
        for diff in change.diffs:
            for side in diff.sides():
                match side:
                    case BudgetEvent() | Payment():
                        _add_links(stale, before, after, side)
                        owners.add((side.year, side.project))
                    case Commitment():
                        owners.add((side.year, side.project))
                    case Stated():
                        owners.add((side.year, side.about))
                    case Fact():
                        stale |= _forms(side.year)
                    case Indicator():
                        stale |= _forms(side.year, side.about)
                    case Monitor():
                        stale |= _forms(side.year, side.project)
                    case Answer():
                        stale |= _asked(after, side, self.sections)
                    case Section():
                        stale |= _text(before, after, side)
                    case Waiver() | Batch() | Submission() | Attachment():
                        pass
                    case _:
                        stale |= self._structure(before, after, diff)
        return stale | self._money(before, after, owners)

    def _money(self, before: Book, after: Book, owners: set[Owner]) -> set[Spot]:
        """The projects with their families, the unit, what the report says of them, and the same a year later."""
        near: set[Spot] = set()
        families: dict[int, set[int]] = {}
        for year, project in owners:
            for y in (year, year + 1):
                family = {project, before.parent(project), after.parent(project)}
                families.setdefault(y, {0}).update(family)
                near.update((Scope.PROJECT, y, child.project, "") for child in after.children(y, project))
        for year, family in families.items():
            near |= {(scope, year, 0, "") for scope in (Scope.YEAR, Scope.REPORT, Scope.FORM)}
            near.update((scope, year, p, "") for p in family for scope in (Scope.PROJECT, Scope.EVALUATION))
            near.update((Scope.SECTION, year, p, key) for key, p in self.sections(after, year) if p in family)
        for section in after.all(Section) if families else ():
            named = _named_in(section.text)  # a text may name figures of other projects
            if any(about in families.get(section.year + back, ()) for back, about in named):
                near |= _text(before, after, section)
        return near

    def _structure(self, before: Book, after: Book, diff: Diff) -> set[Spot]:
        """Names, kinds, staff, policy, template: the whole of a year, and of the next, may read differently."""
        record = diff.record
        if _only_notes(diff):
            year = getattr(record, "year", 0)
            return {(Scope.PROJECT, year, getattr(record, "project", 0), ""), (Scope.YEAR, year, 0, "")}
        years = {y.year for book in (before, after) for y in book.years()}
        if not isinstance(record, Unit | Project):
            years &= {getattr(record, "year", 0), getattr(record, "year", 0) + 1}
        near = {spot for book in (before, after) for y in years for spot in _outline_spots(book, y, self.sections)}
        if isinstance(record, ProjectYear) and (diff.before is None or diff.after is None):
            near.update(s for book in (before, after) for s in _entry_spots(book, record.year, record.project))
        if isinstance(record, Year) and _judged_by(diff.before) != _judged_by(diff.after):
            near.update(spot for book in (before, after) for spot in spots(book, record.year, self.sections))
        return near


def _only_notes(diff: Diff) -> bool:
    """True where only the notes of a project changed, by which the project itself and the spending of the year are
    judged."""
    old, new = diff.before, diff.after
    if not isinstance(old, ProjectYear) or not isinstance(new, ProjectYear):
        return False
    return replace(old, execution_reason=new.execution_reason, overspent_note=new.overspent_note) == new


def _judged_by(year: Record | None) -> str | None:
    return year.policy if isinstance(year, Year) else None


def _weighed(book: Book, one: Rule, finding: Finding) -> Finding:
    """The finding with the severity that the year's policy gives its rule; 阻止 and milder cases stay."""
    wanted = book.policy(finding.year).severities.get(one.id)
    if wanted is None or finding.severity != one.severity or one.severity == Severity.BLOCK:
        return finding
    return replace(finding, severity=wanted)


def _add_links(near: set[Spot], before: Book, after: Book, side: BudgetEvent | Payment) -> None:
    """Add an entry, and those that name it or are named by it."""
    near.add((Scope.EVENT if isinstance(side, BudgetEvent) else Scope.PAYMENT, side.year, side.id, ""))
    for book in (before, after):
        if isinstance(side, BudgetEvent):
            event = book.get(BudgetEvent, side.pair) if side.pair else None
            if event:
                near.add((Scope.EVENT, event.year, event.id, ""))
        else:
            original = book.get(Payment, side.reverses) if side.reverses else None
            for payment in (*book.reversals(side.id), *([original] if original else [])):
                near.add((Scope.PAYMENT, payment.year, payment.id, ""))


def _forms(year: int, about: int = 0) -> set[Spot]:
    """The forms of a year, the evaluation of the unit and of one project, and the same a year later."""
    return {
        spot
        for y in (year, year + 1)
        for spot in (
            *((scope, y, 0, "") for scope in (Scope.YEAR, Scope.FORM, Scope.REPORT, Scope.EVALUATION)),
            *((scope, y, about, "") for scope in (Scope.PROJECT, Scope.EVALUATION)),
        )
    }


def _asked(book: Book, side: Answer, sections: SectionKeys) -> set[Spot]:
    """Every subject of the year, and the entry that a question was asked about."""
    near = set(_outline_spots(book, side.year, sections))
    kind, number, *_rest = (*side.about.split(":"), "", "")
    if kind in (Scope.EVENT, Scope.PAYMENT) and number.isdigit():
        near.add((kind, side.year, int(number), ""))
    return near


def _text(before: Book, after: Book, section: Section) -> set[Spot]:
    """A section, the report as a whole and that of the next year, which may not repeat it, and the project and the
    unit it speaks of."""
    year, about = section.year, section.about
    return {
        (Scope.SECTION, year, about, section.key),
        (Scope.REPORT, year, 0, ""),
        (Scope.REPORT, year + 1, 0, ""),
        (Scope.YEAR, year, 0, ""),
        *((Scope.PROJECT, year, p, "") for p in (about, before.parent(about), after.parent(about))),
    }


@lru_cache(maxsize=1024)
def _named_in(text: str) -> frozenset[tuple[int, int]]:
    """The figures a text names: how many years back (0 or -1), and the project (0: the unit)."""
    refs = (find_ref(match, 0) for match in TOKEN.finditer(text))
    return frozenset((ref.year, ref.about) for ref in refs)
