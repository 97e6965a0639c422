"""The rows of 收支台账: the entries of all projects of a year by date, under a row for each month.

The list may have a million entries. A change takes out and puts in what it touches; filtering and sorting happen in
lists of core.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from core.entries import Entry, entries_of, order_of, settled
from core.entry_list import View, fitting, in_order, ordering, sorting
from core.entry_months import Months, month_of
from core.ledger import Outcome
from core.model import BY_TABLE
from core.overview import pace
from core.seal import locked_months
from ui.desk import Desk
from ui.tables import Column
from ui.widgets.entry_table import FILLS, EntryTable

SLICE = 4096  # entries looked through at a time
LARGE = 50_000  # entries from which on a list is put in order step by step
MANY = 50  # records of one change beyond which the list is read anew


@dataclass(frozen=True, slots=True)
class Band:
    """The row of a month, above its entries."""

    month: int


class YearRows(EntryTable):
    """Rows are ``Band`` and entries by date; in the order of another column entries alone."""

    folding = Signal()  # a month was folded or unfolded
    order_asked = Signal(object)  # View: a list too long to be put in order at once

    def __init__(self, desk: Desk, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(desk, columns, parent)
        self.folded: set[int] = set()  # months whose entries are not shown
        self.months = Months(())  # of what is wanted
        self._names: dict[int, str] = {}
        self._tops: frozenset[int] = frozenset()  # projects that are no sub-projects
        self._found = self.whole  # where what is wanted is among
        self._locked: frozenset[int] = frozenset()
        self._pace: Fraction | None = None
        self._rate_base = ""

    def show_year(self) -> None:
        """Read the year on show anew."""
        self._read()
        self.beginResetModel()
        self.rows, self._row_of = self._arranged(), None
        self.endResetModel()

    def renew(self) -> None:
        """Read the same year anew; where the officer is stays."""
        self._read()
        self.rearrange(self._arranged)

    def show_view(self, view: View) -> None:
        for _slice in self.choosing(view):
            pass

    def choosing(self, view: View) -> Iterator[None]:
        """Show a view slice by slice, so that keys and painting go on in between; nothing has changed before the
        end. To be begun anew when the list changes meanwhile."""
        if view == self.view:
            return
        found: list[Entry] | None = None
        if replace(self.view, by=view.by, falling=view.falling) != view:
            among = self._found if view.narrows(self.view) else self.whole
            fits = fitting(view, self._names)
            found = [] if view.is_part else self.whole
            if view.is_part:
                for start in range(0, len(among), SLICE):
                    found += filter(fits, among[start : start + SLICE])
                    yield
        months = self.months if found is None else Months(found)
        rows = (yield from ordering(_joined(months), view)) if view.by else None
        self._choose(view, found, months)
        self.rearrange(self._arranged if rows is None else lambda: rows)

    def sort_by(self, column: str, falling: bool) -> None:
        view = replace(self.view, by=column, falling=falling and bool(column))
        if len(self.whole) > LARGE:
            self.order_asked.emit(view)
        else:
            self.show_view(view)

    @property
    def is_banded(self) -> bool:
        """Whether the rows stand by date, under their months."""
        return not self.view.by

    @property
    def is_complete(self) -> bool:
        """Whether all money of the projects and fund sources on show is listed, so that balances are theirs."""
        view = self.view
        is_whole = not view.projects or bool(
            view.projects & self._tops
        )  # a sub-project only spends its project's money
        return is_whole and not (view.words.strip() or view.month or view.kind)

    def toggle(self, month: int) -> None:
        """Fold or unfold a month."""
        if not self.is_banded or not self.months.of(month):
            return
        first, entries = self._row_of_band(month) + 1, self.months.of(month)
        if month in self.folded:
            self.folded.discard(month)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.rows[first:first] = entries
            self.endInsertRows()
        else:
            self.folded.add(month)
            self.beginRemoveRows(QModelIndex(), first, first + len(entries) - 1)
            del self.rows[first : first + len(entries)]
            self.endRemoveRows()
        self.tell_row(first - 1)
        self.folding.emit()

    def fold_all(self, folds: bool) -> None:
        """Fold every month, or none."""
        self.folded = set(self.months.months()) if folds else set()
        self.rearrange(self._arranged)

    def follow(self, outcome: Outcome) -> None:
        """Take in a change: only its own rows move."""
        diffs = [d for d in outcome.change.diffs if isinstance(d.record, Entry)]
        if len(diffs) > MANY or outcome.change.tables() & {"project", "project_year", "year"}:
            self.renew()
            return
        fits = fitting(self.view, self._names)
        moves = False
        for diff in diffs:
            before, after = (side if self._is_ours(side) else None for side in (diff.before, diff.after))
            if after:
                self.filled |= {key for key, fills in FILLS.items() if fills(after)}
            self._keep(before, after)
            wanted = after if after and fits(after) else None
            shown = before if before and self.months.holds(before) else None
            if shown and wanted and self._stays(shown, wanted):
                moves = moves or settled(shown) != settled(wanted)
                continue
            moves = True
            if shown:
                self._leave(shown)
            if wanted:
                self._join(wanted)
        if moves and self.rows:
            self.tell_row(0, len(self.rows) - 1)  # sums and balances; only what is seen is drawn

    def key(self, record: Any) -> Hashable:
        return record.month if isinstance(record, Band) else super().key(record)

    # What the rows are

    def _read(self) -> None:
        book, year = self.desk.book, self.desk.year
        rows = book.project_years(year)
        self._names = {row.project: row.name for row in rows}
        self._tops = frozenset(row.project for row in book.projects(year))
        self._locked = locked_months(book.year(year))
        self._pace = pace(book, year, self.desk.today())
        self._rate_base = book.policy(year).rate_base
        self.whole = entries_of(book, year, self._names)
        self.filled = {key for key, fills in FILLS.items() if any(map(fills, self.whole))}
        fits = fitting(self.view, self._names)
        found = list(filter(fits, self.whole)) if self.view.is_part else self.whole
        self._choose(self.view, found, Months(found))

    def _choose(self, view: View, found: list[Entry] | None, months: Months) -> None:
        """Take these entries as what is wanted; None: the same ones, in another order."""
        self.view, self.sorted_by, self.months = view, (view.by, view.falling), months
        if found is not None:
            self._found = found

    def _arranged(self) -> list[Any]:
        months = self.months.months()
        if not self.is_banded:
            return in_order(_joined(self.months), self.view)
        rows: list[Any] = []
        for month in months:
            rows.append(Band(month))
            if month not in self.folded:
                rows += self.months.of(month)
        return rows

    def _row_of_band(self, month: int) -> int:
        """Where the row of a month stands, or would stand."""
        before = (one for one in self.months.months() if one < month)
        return sum(1 + (0 if one in self.folded else len(self.months.of(one))) for one in before)

    def _row_of_entry(self, entry: Entry) -> int:
        """The row of an entry that is wanted, or where it would stand; -1 in a folded month."""
        if not self.is_banded:
            order = sorting(self.view)
            return bisect_left(self.rows, order(entry), key=order)
        month = month_of(entry)
        return -1 if month in self.folded else self._row_of_band(month) + 1 + self.months.place(entry)

    def row_of(self, key: Hashable) -> int:
        if not self.desk.is_open:
            return -1
        if isinstance(key, int):
            return self._row_of_band(key) if self.is_banded and self.months.of(key) else -1
        assert isinstance(key, tuple)
        table, number = key
        entry = self.desk.book.get(BY_TABLE[table], number)
        if not isinstance(entry, Entry) or not self._is_ours(entry) or not self.months.holds(entry):
            return -1
        row = self._row_of_entry(entry)
        return row if 0 <= row < len(self.rows) and self.key(self.rows[row]) == key else -1

    def unfold(self, entry: Entry) -> None:
        """Show the month an entry is in."""
        if month_of(entry) in self.folded:
            self.toggle(month_of(entry))

    def _keep(self, before: Entry | None, after: Entry | None) -> None:
        """Take a change of one entry into the whole list."""
        if before:
            del self.whole[bisect_left(self.whole, order_of(before), key=order_of)]
        if after:
            self.whole.insert(bisect_left(self.whole, order_of(after), key=order_of), after)
        self._found = self.whole  # to be looked through again when words are typed on

    def _stays(self, before: Entry, after: Entry) -> bool:
        """Change an entry in its row, if that is where it belongs afterwards too."""
        order = sorting(self.view)
        if order_of(before) != order_of(after) or order(before) != order(after):
            return False
        row = self._row_of_entry(before)
        self.months.take(before)
        self.months.put(after)
        if row >= 0:
            self.rows[row] = after
            self.tell_row(row)
        return True

    def _leave(self, entry: Entry) -> None:
        row, month = self._row_of_entry(entry), month_of(entry)
        band = self._row_of_band(month)
        self.months.take(entry)
        if row >= 0:
            self.remove_row(row)
        if self.is_banded and not self.months.of(month):
            self.remove_row(band)

    def _join(self, entry: Entry) -> None:
        month = month_of(entry)
        if self.is_banded and not self.months.of(month):
            band = self._row_of_band(month)
            self.folded.discard(month)
            self.months.put(entry)
            self.insert_row(band, Band(month))
        else:
            self.months.put(entry)
        row = self._row_of_entry(entry)
        if row >= 0:
            self.insert_row(row, entry)

    def _is_ours(self, entry: object) -> bool:
        return isinstance(entry, Entry) and entry.year == self.desk.year and entry.project in self._names


def _joined(months: Months) -> list[Entry]:
    return [entry for month in months.months() for entry in months.of(month)]
