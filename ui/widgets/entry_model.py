"""The entries of a project: budget events, payments and commitments by date, with the balance each leaves.

The list may have 100,000 rows: a change takes out and puts in what it touches, nothing is read anew. What is on show
may be a part of the list, and in another order; the balances are those of the whole.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from core import codes
from core.change import Change
from core.entries import Entry, effect, entries_of, order_of, running
from core.entry_list import SORTS, View, code_name, fitting, kind_name, listed, payees, rest, sorting
from core.i18n import _
from core.ledger import Outcome
from core.model import (
    EVENT_LABELS,
    FUND_LABELS,
    BudgetEvent,
    Commitment,
    CommitmentState,
    EventKind,
    Fund,
    Payment,
)
from core.money import show_yuan
from core.review import Item
from ui.desk import Desk
from ui.fields import DayEdit, Field, MoneyEdit, Pick, TextEdit
from ui.form import Forecast, forecast, save
from ui.suggest import CodeEdit, PayeeEdit
from ui.tables import PLAIN, Column, Look, RecordTable
from ui.widgets.entry_kinds import RECORD_OF, SETTERS, kind_of

DATE, KIND, PROJECT, NUMBER, PAYEE, PURPOSE = "date", "kind", "project", "number", "payee", "purpose"
AMOUNT, BALANCE, FUND, ECONOMIC, MEMO = "amount", "balance", "fund", "economic", "memo"
# Columns that are shown only where an entry has something to say in them.
_FILLS: Mapping[str, Callable[[Entry], bool]] = {
    FUND: lambda entry: entry.fund != Fund.GENERAL,
    MEMO: lambda entry: bool(entry.memo),
    ECONOMIC: lambda entry: not isinstance(entry, Commitment) and bool(entry.economic_code),
}
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

# The field of a record behind a column; none where the record has no such thing.
_ALL = {DATE: "date", PROJECT: "project", AMOUNT: "amount", FUND: "fund", MEMO: "memo"}
_SPENT = {**_ALL, PAYEE: "payee", PURPOSE: "purpose"}
FIELDS: Mapping[type[Entry], Mapping[str, str]] = {
    BudgetEvent: {**_ALL, KIND: "kind", NUMBER: "doc_no", PURPOSE: "doc_title", ECONOMIC: "economic_code"},
    Payment: {**_SPENT, NUMBER: "voucher", ECONOMIC: "economic_code"},
    Commitment: _SPENT,
}


class EntryModel(RecordTable):
    """Rows are the entries of a project and its sub-projects; every field on show can be typed into."""

    sorts = frozenset(SORTS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk: Desk = desk
        self.projects: tuple[int, ...] = ()
        self.view = View()
        self.whole: list[Entry] = []  # all entries by date; ``rows`` are those that are wanted
        self._shown: tuple[int, ...] = ()  # year and projects
        self._names: dict[int, str] = {}
        self._left: list[int] = []  # money left after each row, as far as it has been worked out
        self._notes: dict[tuple[Hashable, str], str] = {}
        self.filled: set[str] = set()  # of the columns that are shown only where something stands in them

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
        self.filled = {key for key, fills in _FILLS.items() if any(map(fills, self.whole))}
        (self.show_rows if is_same else self.reset_rows)(self._listed())

    def show_view(self, view: View) -> None:
        """Show the entries that are wanted, in the order that is wanted."""
        if view != self.view:
            self.view = view
            self.sorted_by = (view.by, view.falling)
            self.layoutAboutToBeChanged.emit()
            held = [(index, self.key(self.rows[index.row()])) for index in self.persistentIndexList()]
            self.rows, self._row_of = self._listed(), None
            for index, key in held:
                row = self.row_of(key)
                there = self.index(row, index.column()) if row >= 0 else QModelIndex()
                self.changePersistentIndex(index, there)
            self.layoutChanged.emit()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

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
                self.filled |= {key for key, fills in _FILLS.items() if fills(after)}
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

    def show_notes(self, items: Sequence[Item]) -> None:
        """Mark the cells that open findings are about."""
        notes: dict[tuple[Hashable, str], str] = {}
        for item in items:
            about = item.finding.about
            if kind := RECORD_OF.get(about.kind):
                notes[((kind.table, about.id), self.column_for(kind, about.field))] = item.message
        if notes != self._notes:
            self._notes = notes
            self.tell_row(0, len(self.rows) - 1)

    @staticmethod
    def column_for(kind: type[Entry], field: str) -> str:
        """The column that shows a field of a record; the amount where it has none."""
        return next((column for column, held in FIELDS[kind].items() if held == field), AMOUNT)

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

    # How it is shown

    def key(self, record: Entry) -> Hashable:
        return record.table, record.id

    def text(self, record: Entry, column: str) -> str:
        match column:
            case "kind":
                return kind_name(record)
            case "project":
                return self._names.get(record.project, "") if record.project != self.projects[0] else ""
            case "amount":
                return show_yuan(record.amount)
            case "balance":
                return show_yuan(self._left_after(record))
            case "fund":
                return FUND_LABELS.get(record.fund, record.fund)
            case "payee" if isinstance(record, BudgetEvent):
                return self._other_side(record)
            case "purpose" if isinstance(record, Payment) and record.reverses:
                return self._reversed(record)
            case "economic":
                return code_name(record)
        field = FIELDS[type(record)].get(column)
        return str(getattr(record, field)) if field else ""

    def tone(self, record: Entry, column: str) -> str:
        if column == BALANCE:
            return "error" if self._left_after(record) < 0 else "second"
        if isinstance(record, Commitment):
            return "second" if record.state == CommitmentState.OPEN else "faint"
        if column == AMOUNT or (column in (KIND, PURPOSE) and isinstance(record, Payment) and record.reverses):
            return "error" if record.amount < 0 else ""
        return "second" if column == MEMO or (column == PAYEE and isinstance(record, BudgetEvent)) else ""

    def look(self, record: Entry, column: str) -> Look:
        if column != KIND:
            return PLAIN
        if isinstance(record, Payment) and (reversals := self.desk.book.reversals(record.id)):
            left = record.amount + sum(one.amount for one in reversals)
            return Look(tag=_("部分冲销") if left else _("已冲销"))
        return PLAIN

    def ground(self, record: Entry, column: str) -> str:
        if (self.key(record), column) in self._notes:
            return "warning_soft"
        return "page" if column == BALANCE else ""

    def tip(self, record: Entry, column: str) -> str:
        note = self._notes.get((self.key(record), column), "")
        return note or (self.text(record, column) if column in (NUMBER, PAYEE, PURPOSE, ECONOMIC, MEMO) else "")

    def _other_side(self, record: BudgetEvent) -> str:
        other = self.desk.book.get(BudgetEvent, record.pair) if record.pair else None
        row = self.desk.book.project_year(record.year, other.project) if other else None
        return _("对方：{name}").format(name=row.name) if row else ""

    def _reversed(self, record: Payment) -> str:
        """What a 红字 says: the payment it takes back."""
        original = self.desk.book.get(Payment, record.reverses)
        text = _("冲销{date}支出").format(date=original.date[5:]) if original else _("冲销")
        return f"{text} {record.purpose}".strip()

    def amount(self, record: Entry, column: str) -> int | None:
        if column == BALANCE:
            return self._left_after(record)
        return record.amount if column == AMOUNT else None

    @property
    def unit(self) -> str:
        return "元"  # whatever the unit of the window is

    def is_summed(self, column: str) -> bool:
        return column == AMOUNT  # balances of a running list add up to nothing

    # How it is edited

    def is_editable(self, record: Entry, column: str) -> bool:
        if self.desk.locked or column not in FIELDS[type(record)]:
            return False
        if column == PROJECT:
            return len(self.projects) > 1 and not isinstance(record, BudgetEvent)
        return column != KIND or record.kind != EventKind.REALLOCATE

    def open_editor(self, record: Entry, column: str, parent: QWidget) -> Field:
        held = getattr(record, FIELDS[type(record)][column])
        if column == DATE:
            day = DayEdit(self.desk.year, parent)
            day.set_day(held)
            return day
        if column == AMOUNT:
            money = MoneyEdit(parent, required=True)
            money.set_amount(held)
            return money
        if column in (KIND, PROJECT, FUND):
            pick = Pick(self._options(column), parent)
            pick.give(str(held))
            return pick
        if column == ECONOMIC:
            code = CodeEdit(codes.CodeKind.DEPARTMENT, self.desk.year, parent)
            code.give_code(held)
            return code
        line = PayeeEdit(self._payees, parent) if column == PAYEE else TextEdit(parent)
        line.give(held)
        return line

    def forecast(self, record: Entry, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self.edit(record, column, editor))

    def put(self, record: Entry, column: str, editor: Field) -> str:
        return save(self.desk, self.edit(record, column, editor))

    def rest(self, record: Entry, column: str) -> int | None:
        if column != AMOUNT:
            return None
        left = rest(self.desk.book, self.desk.year, record.project, kind_of(record))
        return None if left is None else left - effect(record)

    def _payees(self) -> list[str]:
        return payees(self.desk.book, self.desk.year)

    def _options(self, column: str) -> dict[str, str]:
        if column == KIND:
            return {kind: text for kind, text in EVENT_LABELS.items() if kind != EventKind.REALLOCATE}
        if column == FUND:
            return dict(FUND_LABELS)
        first = self.projects[0]
        return {str(first): _("（未分到子项目）")} | {str(p): n for p, n in self._names.items() if p != first}

    def edit(self, record: Entry, column: str, editor: Field) -> Callable[[], Change]:
        field = FIELDS[type(record)][column]
        value: object
        match editor:
            case DayEdit():
                value = editor.day()
            case MoneyEdit():
                value = editor.amount() or 0
            case Pick():
                value = int(editor.value()) if column == PROJECT else editor.value()
            case CodeEdit():
                value = editor.code()
            case _:
                value = editor.text().strip()
        return partial(SETTERS[type(record)], self.desk.book, record.id, **{field: value})
