"""The book: the whole file as one immutable value, with the indexes that keep an edit cheap.

Applying a change copies only what it touches: records lie in chunks of ids, entries are grouped by
year and project, and their amounts are summed into small cells (year, project -> kind, fund, month).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypeVar, cast

from core.cells import COMMITTED as COMMITTED
from core.cells import ENTRIES, cell_amount, cell_kind, cell_of, names_other_year
from core.cells import SPENT as SPENT
from core.cells import Cell as Cell
from core.cells import Entry as Entry
from core.change import Change, Diff
from core.goals import Version
from core.model import (
    RECORDS,
    Answer,
    Attachment,
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
    Staff,
    Stated,
    Unit,
    UnitYear,
    Waiver,
    Year,
)
from core.policy import Policy, parse_policy

R = TypeVar("R", bound=Record)
T = TypeVar("T")

CHUNK = 512

# A change of these tables leaves standing what was worked out from the others.
_APART = {"budget_event", "payment", "commitment", "section", "waiver", "stated", "staff"}
_APART |= {"fact", "indicator", "monitor", "answer", "batch", "submission", "attachment"}

Owner = tuple[int, int]  # year, project
Chunks = dict[int, dict[int, Record]]


class Book:
    """An immutable snapshot. Build one with ``Book.of`` or by ``apply``."""

    __slots__ = ("_cells", "_chunks", "_dated", "_entries", "_memo", "_plan", "_reversals", "next_id")

    def __init__(self) -> None:
        self.next_id = 1
        self._chunks: dict[type[Record], Chunks] = {kind: {} for kind in RECORDS}
        self._entries: dict[tuple[type[Record], int, int], dict[int, Record]] = {}
        self._cells: dict[Owner, dict[Cell, int]] = {}
        self._reversals: dict[int, tuple[int, ...]] = {}
        self._dated: dict[Owner, dict[int, Record]] = {}
        self._memo: dict[tuple[int, int, Hashable], Any] = {}
        self._plan: dict[Hashable, Any] = {}

    @classmethod
    def of(cls, records: Iterable[Record], next_id: int = 1) -> "Book":
        """A book of these records; ``next_id`` is raised above every id in use."""
        book = cls()
        book.next_id = next_id
        # What ``apply`` does for a change, without its copies: opening a large file spends its time here.
        chunk: dict[int, Record] = {}
        place: tuple[type[Record], int] | None = None  # of the chunk
        sums: dict[tuple[int, int, str, str, str], int] = {}  # year, project, kind, fund, month
        for record in records:
            number, kind = record.id, type(record)
            if (kind, number // CHUNK) != place:
                place = kind, number // CHUNK
                chunk = book._chunks[kind].setdefault(place[1], {})
            chunk[number] = record
            if number >= next_id:
                next_id = number + 1
            if not isinstance(record, ENTRIES):
                continue
            year, project = record.year, record.project
            group = book._entries.get((kind, year, project))
            if group is None:
                group = book._entries[kind, year, project] = {}
            group[number] = record
            cell = (year, project, cell_kind(record), record.fund, record.date[5:7])
            sums[cell] = sums.get(cell, 0) + cell_amount(record)
            if isinstance(record, Payment):
                if record.reverses:
                    book._reversals[record.reverses] = (*book._reversals.get(record.reverses, ()), number)
                if names_other_year(record):
                    book._dated.setdefault((year, project), {})[number] = record
        book.next_id = next_id
        for (year, project, name, fund, month), amount in sums.items():
            cells = book._cells.setdefault((year, project), {})
            if amount:
                key = name, fund, int(month or 0)
                cells[key] = cells.get(key, 0) + amount
        return book

    def apply(self, change: Change) -> "Book":
        """The book after the change. Raises ``ValueError`` if a before-image does not match."""
        for diff in change.diffs:
            held = self.get(type(diff.record), diff.record.id)
            if held != diff.before:
                raise ValueError(f"{diff.record.table} {diff.record.id} is not as the change expects")
        book = Book()
        book.next_id = self.next_id
        book._chunks = dict(self._chunks)
        book._entries = dict(self._entries)
        book._cells = dict(self._cells)
        book._reversals = dict(self._reversals)
        book._dated = dict(self._dated)
        touched = book._merge(change.diffs)
        tables = change.tables()
        if tables & {"unit", "year", "project", "project_year"}:
            return book  # who owns what may have changed: nothing derived is kept
        # Copied whole first: a background thread may be reading this book, and what it reads is kept here too.
        book._memo = {key: value for key, value in self._memo.copy().items() if key[:2] not in touched}
        if tables <= _APART:
            kept = self._plan.copy().items()
            book._plan = {key: value for key, value in kept if key[0] not in tables}  # type: ignore[index]
        return book

    def _merge(self, diffs: Iterable[Diff]) -> set[Owner]:
        """Take the diffs in. Inner dicts are copied once. Returns the owners whose sums changed."""
        own: set[int] = set()  # ids of dicts already copied in this call
        touched: set[Owner] = set()
        for diff in diffs:
            record = diff.record
            kind = type(record)
            chunks = self._chunks[kind]
            if id(chunks) not in own:
                chunks = self._chunks[kind] = dict(chunks)
                own.add(id(chunks))
            _put(chunks, record.id // CHUNK, record.id, diff.after, own)
            if record.id >= self.next_id:
                self.next_id = record.id + 1
            if isinstance(record, ENTRIES):
                for side, sign in ((diff.before, -1), (diff.after, 1)):
                    if side is not None:
                        self._enter(cast("Entry", side), sign, own, touched)
        return touched

    def _enter(self, entry: Entry, sign: int, own: set[int], touched: set[Owner]) -> None:
        owner = (entry.year, entry.project)
        group = (type(entry), *owner)
        _put(self._entries, group, entry.id, entry if sign > 0 else None, own)
        cell = cell_of(entry)
        cells = self._cells.get(owner, {})
        if id(cells) not in own:
            cells = dict(cells)
            own.add(id(cells))
            self._cells[owner] = cells
        cells[cell] = cells.get(cell, 0) + sign * cell_amount(entry)
        if not cells[cell]:
            del cells[cell]
        if isinstance(entry, Payment) and entry.reverses:
            others = tuple(i for i in self._reversals.get(entry.reverses, ()) if i != entry.id)
            self._reversals[entry.reverses] = (*others, entry.id) if sign > 0 else others
        if isinstance(entry, Payment) and names_other_year(entry):
            _put(self._dated, owner, entry.id, entry if sign > 0 else None, own)
        if owner not in touched:
            touched |= {owner, (entry.year, self.parent(entry.project)), (entry.year, 0)}

    # Records

    def get(self, kind: type[R], record_id: int) -> R | None:
        """The record of that kind and id, or None."""
        chunk = self._chunks[kind].get(record_id // CHUNK)
        return chunk.get(record_id) if chunk else None  # type: ignore[return-value]

    def all(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind in the order of their ids."""
        chunks = self._chunks[kind]
        for key in sorted(chunks):
            chunk = chunks[key]
            yield from (cast(R, chunk[i]) for i in sorted(chunk))

    def count(self, kind: type[Record]) -> int:
        """How many records of that kind there are."""
        return sum(len(chunk) for chunk in self._chunks[kind].values())

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        for kind in RECORDS:
            yield from self.all(kind)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Book):
            return NotImplemented
        return self.next_id == other.next_id and list(self.records()) == list(other.records())

    def __hash__(self) -> int:
        return hash(self.next_id)

    # Entries and their sums

    def events(self, year: int, project: int) -> list[BudgetEvent]:
        """The budget events of a project in a year, by date."""
        rows = cast("dict[int, BudgetEvent]", self._entries.get((BudgetEvent, year, project), {}))
        return sorted(rows.values(), key=lambda e: (e.date, e.id))

    def payments(self, year: int, project: int) -> list[Payment]:
        """The payments of a project itself (without its sub-projects) in a year, by date."""
        return sorted(self.loose_payments(year, project), key=lambda p: (p.date, p.id))

    def loose_payments(self, year: int, project: int) -> Iterable[Payment]:
        """The same in no order, at no cost."""
        return cast("dict[int, Payment]", self._entries.get((Payment, year, project), {})).values()

    def dated_payments(self, year: int, project: int) -> list[Payment]:
        """Those of a project's own payments in a year whose purpose names another year, by date."""
        rows = cast("dict[int, Payment]", self._dated.get((year, project), {}))
        return sorted(rows.values(), key=lambda p: (p.date, p.id))

    def commitments(self, year: int, project: int) -> list[Commitment]:
        """The commitments (在途) of a project in a year, by date, paid and dropped ones too."""
        rows = cast("dict[int, Commitment]", self._entries.get((Commitment, year, project), {}))
        return sorted(rows.values(), key=lambda c: (c.date, c.id))

    def entry_ids(self, kind: type[BudgetEvent] | type[Payment], year: int, project: int) -> Iterable[int]:
        """Ids of the events or payments of a project in a year, unordered."""
        return self._entries.get((kind, year, project), {}).keys()

    def cells(self, year: int, project: int) -> Mapping[Cell, int]:
        """Sums in 分 of a project's own entries by kind (``SPENT``, ``COMMITTED``), fund and month."""
        return self._cells.get((year, project), {})

    def reversals(self, payment: int) -> list[Payment]:
        """The 红字 payments that reverse this one."""
        numbers = self._reversals.get(payment)
        return [p for number in numbers if (p := self.get(Payment, number))] if numbers else []

    # Structure

    @property
    def unit(self) -> Unit:
        """The unit; an empty one while the file has none."""
        return next(self.all(Unit), Unit(id=0))

    def years(self) -> list[Year]:
        """The years of the file, oldest first."""
        return cast("list[Year]", self._planned(("year", "all"), lambda: sorted(self.all(Year), key=lambda y: y.year)))

    def year(self, year: int) -> Year | None:
        """The record of a fiscal year."""
        found = self._planned(("year", "by year"), lambda: {y.year: y for y in reversed(self.years())})
        return cast("Year | None", found.get(year))

    def unit_year(self, year: int) -> UnitYear:
        """The unit as it is called in a year; an empty one where nothing was entered."""
        return next((u for u in self.all(UnitYear) if u.year == year), UnitYear(id=0, year=year))

    def policy(self, year: int) -> Policy:
        """The policy of a year; the bare defaults where the year has none."""
        record = self.year(year)
        return parse_policy(record.policy) if record else Policy()

    def parent(self, project: int) -> int:
        """The parent of a sub-project, 0 for a project."""
        record = self.get(Project, project)
        return record.parent if record else 0

    def project_years(self, year: int) -> list[ProjectYear]:
        """Projects and sub-projects of a year in display order, sub-projects after their parent."""
        return cast("list[ProjectYear]", self._planned(("project_year", year), lambda: self._ordered(year)))

    def projects(self, year: int) -> list[ProjectYear]:
        """The projects of a year without sub-projects."""
        make = lambda: [p for p in self.project_years(year) if not self.parent(p.project)]  # noqa: E731
        return cast("list[ProjectYear]", self._planned(("project_year", year, "top"), make))

    def children(self, year: int, project: int) -> list[ProjectYear]:
        """The sub-projects of a project in a year."""
        return self._children(year).get(project, [])

    def project_year(self, year: int, project: int) -> ProjectYear | None:
        """A project as it is in a year."""
        found = self._planned(("project_year", year, "by id"), lambda: {p.project: p for p in self.project_years(year)})
        return cast("ProjectYear | None", found.get(project))

    def staff(self, year: int) -> list[Staff]:
        """Head counts of a year."""
        return [s for s in self.all(Staff) if s.year == year]

    def stated(self, year: int, item: str, about: int = 0) -> Stated | None:
        """The figure stated for an item of the unit (``about`` 0) or of a project; None: unknown."""
        found = self._planned(("stated", "by item"), lambda: {(s.year, s.about, s.item): s for s in self.all(Stated)})
        return cast("Stated | None", found.get((year, about, item)))

    def stated_all(self, year: int) -> list[Stated]:
        """All stated figures of a year."""
        return [s for s in self.all(Stated) if s.year == year]

    def section(self, year: int, key: str, about: int = 0) -> Section | None:
        """The officer's text of a section; None where the template's text stands."""
        found = self._planned(("section", "by key"), lambda: {(s.year, s.key, s.about): s for s in self.all(Section)})
        return cast("Section | None", found.get((year, key, about)))

    def waivers(self, year: int) -> list[Waiver]:
        """Waivers of a year."""
        return [w for w in self.all(Waiver) if w.year == year]

    def facts(self, year: int) -> dict[str, Fact]:
        """The rows of the basic-data form (基础数据表) of a year by item."""
        make = lambda: {f.item: f for f in self.all(Fact) if f.year == year}  # noqa: E731
        return cast("dict[str, Fact]", self._planned(("fact", year), make))

    def indicators(self, year: int, about: int = 0, version: str = Version.SELF) -> list[Indicator]:
        """Indicators of the unit (0) or of a project in a year, in their order."""
        found = self._planned(("indicator", year), lambda: self._grouped_indicators(year))
        return cast("list[Indicator]", found.get((about, version), []))

    def monitors(self, year: int, project: int) -> list[Monitor]:
        """What was noted of a project's months (执行监控), by month, the money first."""
        make = lambda: sorted((m for m in self.all(Monitor) if m.year == year), key=lambda m: (m.month, m.indicator))  # noqa: E731
        return [m for m in cast("list[Monitor]", self._planned(("monitor", year), make)) if m.project == project]

    def answer(self, year: int, rule: str, about: str) -> Answer | None:
        """The officer's answer to the question a rule asks of a place (``About.key()``)."""
        make = lambda: {(a.year, a.rule, a.about): a for a in self.all(Answer)}  # noqa: E731
        return cast("Answer | None", self._planned(("answer", "by place"), make).get((year, rule, about)))

    def attachments(self, year: int, about: str) -> list[Attachment]:
        """The files (佐证材料) kept with a place of a year (``About.key()``), in the order they were attached."""
        place = lambda a: (a.year, a.about)  # noqa: E731
        make = lambda: {key: [*held] for key, held in groupby(sorted(self.all(Attachment), key=place), place)}  # noqa: E731
        return cast("list[Attachment]", self._planned(("attachment", "by place"), make).get((year, about), []))

    def memo(self, year: int, project: int, key: Hashable, make: Callable[[], T]) -> T:
        """A value derived from a project's entries (0: the unit's), kept until one of them changes."""
        place = (year, project, key)
        if place not in self._memo:
            self._memo[place] = make()
        return cast(T, self._memo[place])

    def _planned(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key not in self._plan:
            self._plan[key] = make()
        return self._plan[key]

    def _grouped_indicators(self, year: int) -> dict[tuple[int, str], list[Indicator]]:
        found: dict[tuple[int, str], list[Indicator]] = {}
        for one in sorted((i for i in self.all(Indicator) if i.year == year), key=lambda i: (i.position, i.id)):
            found.setdefault((one.about, one.version), []).append(one)
        return found

    def _children(self, year: int) -> dict[int, list[ProjectYear]]:
        def group() -> dict[int, list[ProjectYear]]:
            found: dict[int, list[ProjectYear]] = {}
            for record in self.project_years(year):
                if parent := self.parent(record.project):
                    found.setdefault(parent, []).append(record)
            return found

        return cast("dict[int, list[ProjectYear]]", self._planned(("project_year", year, "children"), group))

    def _ordered(self, year: int) -> list[ProjectYear]:
        rows = sorted((p for p in self.all(ProjectYear) if p.year == year), key=lambda p: (p.position, p.id))
        below: dict[int, list[ProjectYear]] = {}
        for row in rows:
            below.setdefault(self.parent(row.project), []).append(row)
        tops = below.get(0, [])
        shown = {row.project for row in tops}
        # A sub-project whose parent is not in this year stands by itself rather than vanish.
        tops += [row for key, group in below.items() if key and key not in shown for row in group]
        return [line for top in tops for line in (top, *below.get(top.project, []))]


def _put(groups: dict[Any, dict[int, Record]], key: Any, record_id: int, record: Record | None, own: set[int]) -> None:
    """Set or drop one record in a group, copying the group the first time it is touched."""
    group = groups.get(key, {})
    if id(group) not in own:
        group = dict(group)
        own.add(id(group))
        groups[key] = group
    if record is None:
        group.pop(record_id, None)
    else:
        group[record_id] = record
    if not group:
        del groups[key]
        own.discard(id(group))
