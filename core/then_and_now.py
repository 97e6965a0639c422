"""A backup held against the ledger as it is now: amounts and counts by year and project, and every record that
differs. Restoring the backup would turn the one into the other."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from core.balance import project_balance, unit_balance
from core.book import Book
from core.change import Change, Diff
from core.database import copy_checked, explained, schema_version
from core.handing_over import readable
from core.history import RecordChange, describe
from core.i18n import _
from core.jobs import Progress
from core.labels import RECORD_LABELS, project_name
from core.model import RECORDS
from core.schema import SCHEMA_VERSION
from core.store import Store

MOST_RECORDS = 300  # that are described one by one


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is of the unit or a project in a year; amounts in 分."""

    events: int
    payments: int
    budget: int  # 全年预算
    spent: int  # 实际支出


@dataclass(frozen=True, slots=True)
class Line:
    """The unit (``project`` 0) or a project in a year, in the backup and now; None where it is not there."""

    year: int
    project: int
    name: str
    then: Totals | None
    now: Totals | None

    @property
    def is_same(self) -> bool:
        """Whether nothing of it moved."""
        return self.then == self.now


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a kind restoring would bring back, change or remove."""

    label: str
    brought_back: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup against the ledger. ``records`` are the first of those that differ, told from now to then: what
    restoring would do."""

    lines: tuple[Line, ...]
    counts: tuple[Counted, ...]
    records: tuple[RecordChange, ...]
    total: int  # records that differ
    errors_then: Mapping[int, int]  # open 错误 by year
    errors_now: Mapping[int, int]
    is_related: bool = True  # False: the backup is of another ledger, or of one that went its own way

    @property
    def is_same(self) -> bool:
        """Whether the backup holds just what the ledger holds now."""
        return not self.total


def read_backup(path: Path, password: str = "") -> Book:
    """The book in a backup, one of an older program too. The file stays as it is. Raises ``UserError``."""
    with readable(path, password) as plain, TemporaryDirectory() as folder:
        with explained(plain):
            is_older = schema_version(plain) < SCHEMA_VERSION
        place = _upgraded(plain, Path(folder)) if is_older else plain
        with closing(Store.open(place, readonly=True)) as store:
            return store.load()


def copy_to_look_at(path: Path, folder: Path, password: str = "") -> Path:
    """A copy of a backup that this program can open for reading; the backup stays as it is. Raises ``UserError``."""
    with readable(path, password) as plain:
        return _upgraded(plain, folder)


def _upgraded(plain: Path, folder: Path) -> Path:
    copy = folder / plain.name
    copy_checked(plain, copy)
    Store.open(copy).close()  # brings an older one up to date
    return copy


def compare(
    then: Book, now: Book, today: date, is_related: bool = True, progress: Progress | None = None
) -> Comparison:
    """Hold the book of a backup against the present one."""
    step = progress.step if progress else lambda _done, _total: None
    lines = tuple(_lines(then, now))
    step(1, 4)
    change = difference(now, then)
    described = describe(then, Change("", change.diffs[:MOST_RECORDS]))
    step(2, 4)
    errors_then = open_errors(then, today)
    step(3, 4)
    errors_now = errors_then if not change else open_errors(now, today)
    step(4, 4)
    counts = tuple(_counts(change))
    return Comparison(lines, counts, tuple(described), len(change.diffs), errors_then, errors_now, is_related)


def difference(before: Book, after: Book) -> Change:
    """What leads from one book to the other, kind by kind in the order of the ids."""
    diffs = []
    for kind in RECORDS:
        old = {record.id: record for record in before.all(kind)}
        new = {record.id: record for record in after.all(kind)}
        for number in sorted(old.keys() | new.keys()):
            one, other = old.get(number), new.get(number)
            if one is not other and one != other:
                diffs.append(Diff(one, other))
    return Change(_("与备份的差别"), tuple(diffs))


def open_errors(book: Book, today: date) -> dict[int, int]:
    """How many errors are open in each year."""
    from core.ledger import checker
    from core.review import review

    years = [record.year for record in book.years()]
    findings = checker().check(book, years)
    return {year: review(book, findings, year, today).errors for year in years}


def _lines(then: Book, now: Book) -> Iterator[Line]:
    years = sorted({record.year for book in (then, now) for record in book.years()}, reverse=True)
    for year in years:
        yield Line(year, 0, _("单位整体"), _unit_totals(then, year), _unit_totals(now, year))
        projects = [row.project for row in now.projects(year)]
        projects += [row.project for row in then.projects(year) if row.project not in projects]
        for project in projects:
            book = now if now.project_year(year, project) else then
            sides = _project_totals(then, year, project), _project_totals(now, year, project)
            yield Line(year, project, project_name(book, project, year), *sides)


def _unit_totals(book: Book, year: int) -> Totals | None:
    if book.year(year) is None:
        return None
    rows = [row.project for row in book.project_years(year)]
    events = sum(len(book.events(year, project)) for project in rows)
    payments = sum(len(book.payments(year, project)) for project in rows)
    balance = unit_balance(book, year)
    return Totals(events, payments, balance.budget, balance.spent)


def _project_totals(book: Book, year: int, project: int) -> Totals | None:
    if book.project_year(year, project) is None:
        return None
    own = [project, *(row.project for row in book.children(year, project))]
    events = sum(len(book.events(year, one)) for one in own)
    payments = sum(len(book.payments(year, one)) for one in own)
    balance = project_balance(book, year, project)
    return Totals(events, payments, balance.budget, balance.spent)


def _counts(change: Change) -> Iterator[Counted]:
    for kind in RECORDS:
        diffs = [diff for diff in change.diffs if type(diff.record) is kind]
        if diffs:
            added = sum(diff.before is None for diff in diffs)
            removed = sum(diff.after is None for diff in diffs)
            yield Counted(RECORD_LABELS[kind], added, len(diffs) - added - removed, removed)
