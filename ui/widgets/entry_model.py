"""The entries of a project: budget events, payments and commitments by date, with the balance each leaves.

The list may have 100,000 rows: a change takes out and puts in what it touches, nothing is read anew. What is on show
may be a part of the list, and in another order; the balances are those of the whole.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from core.entries import Entry, effect, entries_of, order_of, running
from core.entry_list import View, fitting, listed, sorting
from core.i18n import _
from core.ledger import Outcome
from core.money import show_yuan
from ui.desk import Desk
from ui.fields import Field, Pick
from ui.tables import Column
from ui.widgets.entry_table import (
    AMOUNT,
    BALANCE,
    DATE,
    ECONOMIC,
    FILLS,
    FUND,
    KIND,
    MEMO,
    NUMBER,
    PAYEE,
    PROJECT,
    PURPOSE,
    EntryTable,
)

MANY = 50  # records of one change beyond which the list is read anew

COLUMNS = (
    Column(DATE, _("日期"), 85),
    Column(KIND, _("类型"), 108),
    Column(PROJECT, _("子项目"), 112),
    Column(NUMBER, _("文号/凭证号"), 118),
    Column(PAYEE, _("收款人"), 104),
    Column(PURPOSE, _("摘要/用途"), 0),
    Column(AMOUNT, _("金额（元）"), 100, is_amount=True),
    Column(BALANCE, _("余额（元）"), 100, is_amount=True, is_computed=True),
    Column(ECONOMIC, _("经济分类"), 122),
    Column(FUND, _("资金性质"), 120),
    Column(MEMO, _("备注"), 84),
)


class EntryModel(EntryTable):
    """Rows are the entries of a project and its sub-projects; every field on show can be typed into."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, COLUMNS, parent)
        self.projects: tuple[int, ...] = ()
        self._shown: tuple[int, ...] = ()  # year and projects
        self._names: dict[int, str] = {}
        self._left: list[int] = []  # money left after each row, as far as it has been worked out

    def show_projects(self, projects: Sequence[int]) -> None:
        """Show the entries of these projects: one with its sub-projects, or a sub-project."""
        book, year = self.desk.book, self.desk.year
        place = (year, *projects)
        is_same, self._shown = place == self._shown, place
        self.projects = tuple(projects)
        rows = ((project, book.project_year(year, project)) for project in projects)
        self._names = {project: row.name for project, row in rows if row}
        self._left.clear()
        self.whole = entries_of(book, year, projects)
        self.filled = {key for key, fills in FILLS.items() if any(map(fills, self.whole))}
        (self.show_rows if is_same else self.reset_rows)(self._listed())

    def show_view(self, view: View) -> None:
        """Show the entries that are wanted, in the order that is wanted."""
        if view != self.view:
            self.view = view
            self.sorted_by = (view.by, view.falling)
            self.rearrange(self._listed)

    def sort_by(self, column: str, falling: bool) -> None:
        self.show_view(replace(self.view, by=column, falling=falling and bool(column)))

    def _listed(self) -> list[Entry]:
        return listed(self.whole, self.view, self._sub_names())

    def _sub_names(self) -> dict[int, str]:
        return {project: name for project, name in self._names.items() if project != self.projects[0]}

    def follow(self, outcome: Outcome) -> None:
        """Take in a change: only its own rows move."""
        diffs = [d for d in outcome.change.diffs if isinstance(d.record, Entry)]
        if len(diffs) > MANY or outcome.change.tables() & {"project", "project_year"}:
            self.show_projects(self.projects)
            return
        fits = fitting(self.view, self._sub_names()) if self.projects else None
        order = sorting(self.view)
        for diff in diffs:
            before, after = (side if self._is_ours(side) else None for side in (diff.before, diff.after))
            if after:
                self.filled |= {key for key, fills in FILLS.items() if fills(after)}
            self._keep(before, after)
            wanted = after if after and fits and fits(after) else None
            held = self._row(before, order) if before else -1
            if held >= 0 and wanted and before and order(before) == order(wanted):
                self.rows[held] = wanted
                self.tell_row(held)
                continue
            if held >= 0:
                self.remove_row(held)
            if wanted:
                self.insert_row(bisect_left(self.rows, order(wanted), key=order), wanted)

    def _keep(self, before: Entry | None, after: Entry | None) -> None:
        """Take a change of one entry into the whole list; what moves no money moves no balance."""
        if before and after and order_of(before) == order_of(after) and effect(before) == effect(after):
            self.whole[self._place(before)] = after
            return
        for entry, comes in ((before, False), (after, True)):
            if entry:
                place = self._place(entry)
                if comes:
                    self.whole.insert(place, entry)
                else:
                    del self.whole[place]
                self._left_from(place)

    def _row(self, entry: Entry, order: Callable[[Entry], Any]) -> int:
        """The row of an entry on show, -1 if it is not."""
        row = bisect_left(self.rows, order(entry), key=order)
        return row if row < len(self.rows) and self.rows[row].id == entry.id else -1

    def _is_ours(self, entry: object) -> bool:
        return isinstance(entry, Entry) and entry.year == self.desk.year and entry.project in self.projects

    def _place(self, entry: Entry) -> int:
        return bisect_left(self.whole, order_of(entry), key=order_of)

    def _left_from(self, place: int) -> None:
        """The balances from a place of the whole list on are to be worked out anew, and drawn where they are seen."""
        del self._left[place:]
        if self.rows:
            column, last = self.column_of(BALANCE), len(self.rows) - 1
            first = min(place, last) if self.view.is_plain else 0
            self.dataChanged.emit(self.index(first, column), self.index(last, column))

    def _left_after(self, entry: Entry) -> int:
        row = self._place(entry)
        if row >= len(self._left):
            known = len(self._left)
            self._left += running(self.whole[known:], self._left[-1] if known else 0)
        return self._left[row]

    # How it is shown and edited

    def text(self, record: Entry, column: str) -> str:
        match column:
            case "project":
                return self._names.get(record.project, "") if record.project != self.projects[0] else ""
            case "amount":
                return show_yuan(record.amount)
            case "balance":
                return show_yuan(self._left_after(record))
        return super().text(record, column)

    def tone(self, record: Entry, column: str) -> str:
        if column == BALANCE:
            return "error" if self._left_after(record) < 0 else "second"
        return super().tone(record, column)

    def amount(self, record: Entry, column: str) -> int | None:
        if column == BALANCE:
            return self._left_after(record)
        return record.amount if column == AMOUNT else None

    def is_editable(self, record: Entry, column: str) -> bool:
        return super().is_editable(record, column) and (column != PROJECT or len(self.projects) > 1)

    def open_editor(self, record: Entry, column: str, parent: QWidget) -> Field:
        if column != PROJECT:
            return super().open_editor(record, column, parent)
        first = self.projects[0]
        subs = {str(project): name for project, name in self._names.items() if project != first}
        pick = Pick({str(first): _("（未分到子项目）")} | subs, parent)
        pick.give(str(record.project))
        return pick
