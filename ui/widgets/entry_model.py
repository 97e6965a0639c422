"""The entries of a project: budget events and payments by date, with the balance each leaves; every field is editable.

The list may have 100,000 rows: a change takes out and puts in what it touches, nothing is read anew.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from core import commands
from core.change import Change
from core.entries import Entry, entries_of, order_of, running
from core.i18n import _
from core.ledger import Outcome
from core.model import EVENT_LABELS, FUND_LABELS, BudgetEvent, EventKind, Fund, Payment
from core.money import show_yuan
from core.review import Item
from ui.desk import Desk
from ui.fields import DayEdit, Field, MoneyEdit, Pick, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import Column, RecordTable

DATE, KIND, PROJECT, NUMBER, PAYEE, PURPOSE = "date", "kind", "project", "number", "payee", "purpose"
AMOUNT, BALANCE, FUND, MEMO = "amount", "balance", "fund", "memo"
MANY = 50  # records of one change beyond which the list is read anew

COLUMNS = (
    Column(DATE, _("日期"), 92),
    Column(KIND, _("类型"), 96),
    Column(PROJECT, _("子项目"), 130),
    Column(NUMBER, _("文号/凭证号"), 116),
    Column(PAYEE, _("收款人"), 116),
    Column(PURPOSE, _("摘要/用途"), 0),
    Column(AMOUNT, _("金额（元）"), 102, is_amount=True),
    Column(BALANCE, _("余额（元）"), 102, is_amount=True, is_computed=True),
    Column(FUND, _("资金性质"), 120),
    Column(MEMO, _("备注"), 84),
)

# The field of a record behind a column, for events and for payments; "" where there is none.
FIELDS = {
    DATE: ("date", "date"),
    KIND: ("kind", ""),
    PROJECT: ("project", "project"),
    NUMBER: ("doc_no", "voucher"),
    PAYEE: ("", "payee"),
    PURPOSE: ("doc_title", "purpose"),
    AMOUNT: ("amount", "amount"),
    BALANCE: ("", ""),
    FUND: ("fund", "fund"),
    MEMO: ("memo", "memo"),
}


class EntryModel(RecordTable):
    """Rows are ``BudgetEvent`` and ``Payment`` of a project and its sub-projects."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self.projects: tuple[int, ...] = ()
        self._shown: tuple[int, ...] = ()  # year and projects
        self._names: dict[int, str] = {}
        self._left: list[int] = []  # money left after each row, as far as it has been worked out
        self._notes: dict[tuple[Hashable, str], str] = {}
        self.has_other_funds = False  # anything but 一般公共预算资金: the column is shown only then

    def show_projects(self, projects: Sequence[int]) -> None:
        """Show the entries of these projects: one with its sub-projects, or a sub-project."""
        book, year = self.desk.book, self.desk.year
        place = (year, *projects)
        is_same, self._shown = place == self._shown, place
        self.projects = tuple(projects)
        rows = ((project, book.project_year(year, project)) for project in projects)
        self._names = {project: row.name for project, row in rows if row}
        self._left.clear()
        rows_now = entries_of(book, year, projects)
        self.has_other_funds = any(entry.fund != Fund.GENERAL for entry in rows_now)
        (self.show_rows if is_same else self.reset_rows)(rows_now)

    def follow(self, outcome: Outcome) -> None:
        """Take in a change: only its own rows move."""
        diffs = [d for d in outcome.change.diffs if isinstance(d.record, BudgetEvent | Payment)]
        if len(diffs) > MANY or outcome.change.tables() & {"project", "project_year"}:
            self.show_projects(self.projects)
            return
        for diff in diffs:
            before, after = (side if self._is_ours(side) else None for side in (diff.before, diff.after))
            self.has_other_funds |= after is not None and after.fund != Fund.GENERAL
            if before and after and order_of(before) == order_of(after):
                row = self._place(before)
                self.rows[row] = after
                self._left_from(row)
                self.tell_row(row)
                continue
            if before:
                row = self._place(before)
                self.remove_row(row)
                self._left_from(row)
            if after:
                row = self._place(after)
                self.insert_row(row, after)
                self._left_from(row)

    def show_notes(self, items: Sequence[Item]) -> None:
        """Mark the cells that open findings are about."""
        notes: dict[tuple[Hashable, str], str] = {}
        for item in items:
            about = item.finding.about
            if about.kind in ("event", "payment"):
                kind = BudgetEvent if about.kind == "event" else Payment
                notes[((kind.table, about.id), self.column_for(kind, about.field))] = item.message
        if notes != self._notes:
            self._notes = notes
            self.tell_row(0, len(self.rows) - 1)

    @staticmethod
    def column_for(kind: type[Entry], field: str) -> str:
        """The column that shows a field of a record; the amount where it has none."""
        side = 0 if kind is BudgetEvent else 1
        return next((column for column, fields in FIELDS.items() if field and fields[side] == field), AMOUNT)

    def _is_ours(self, entry: object) -> bool:
        ours = isinstance(entry, BudgetEvent | Payment)
        return ours and entry.year == self.desk.year and entry.project in self.projects

    def _place(self, entry: Entry) -> int:
        return bisect_left(self.rows, order_of(entry), key=order_of)

    def _left_from(self, row: int) -> None:
        """The balances from a row on are to be worked out anew, and drawn where they are seen."""
        del self._left[row:]
        if self.rows:
            column = self.column_of(BALANCE)
            last = len(self.rows) - 1
            self.dataChanged.emit(self.index(min(row, last), column), self.index(last, column))

    def _left_after(self, entry: Entry) -> int:
        row = self._place(entry)
        if row >= len(self._left):
            known = len(self._left)
            self._left += running(self.rows[known:], self._left[-1] if known else 0)
        return self._left[row]

    # How it is shown

    def key(self, record: Entry) -> Hashable:
        return record.table, record.id

    def text(self, record: Entry, column: str) -> str:
        match column:
            case "kind":
                if isinstance(record, BudgetEvent):
                    return EVENT_LABELS.get(record.kind, record.kind)
                return _("支出（红字）") if record.reverses else _("支出")
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
        field = FIELDS[column][isinstance(record, Payment)]
        return str(getattr(record, field)) if field else ""

    def tone(self, record: Entry, column: str) -> str:
        if column == AMOUNT:
            return "error" if record.amount < 0 else ""
        if column == BALANCE:
            return "error" if self._left_after(record) < 0 else "second"
        return "second" if column == MEMO or (column == PAYEE and isinstance(record, BudgetEvent)) else ""

    def ground(self, record: Entry, column: str) -> str:
        if (self.key(record), column) in self._notes:
            return "warning_soft"
        return "page" if column == BALANCE else ""

    def tip(self, record: Entry, column: str) -> str:
        note = self._notes.get((self.key(record), column), "")
        return note or (self.text(record, column) if column in (NUMBER, PAYEE, PURPOSE, MEMO) else "")

    def _other_side(self, record: BudgetEvent) -> str:
        other = self.desk.book.get(BudgetEvent, record.pair) if record.pair else None
        row = self.desk.book.project_year(record.year, other.project) if other else None
        return _("对方：{name}").format(name=row.name) if row else ""

    # How it is edited

    def is_editable(self, record: Entry, column: str) -> bool:
        if self.desk.readonly or not FIELDS[column][isinstance(record, Payment)]:
            return False
        if column == PROJECT:
            return len(self.projects) > 1 and isinstance(record, Payment)
        return column != KIND or record.kind != EventKind.REALLOCATE

    def open_editor(self, record: Entry, column: str, parent: QWidget) -> Field:
        held = getattr(record, FIELDS[column][isinstance(record, Payment)])
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
        line = TextEdit(parent)
        line.give(held)
        return line

    def forecast(self, record: Entry, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self._change(record, column, editor))

    def put(self, record: Entry, column: str, editor: Field) -> str:
        return save(self.desk, self._change(record, column, editor))

    def _options(self, column: str) -> dict[str, str]:
        if column == KIND:
            return {kind: text for kind, text in EVENT_LABELS.items() if kind != EventKind.REALLOCATE}
        if column == FUND:
            return dict(FUND_LABELS)
        first = self.projects[0]
        return {str(first): _("（未分到子项目）")} | {str(p): n for p, n in self._names.items() if p != first}

    def _change(self, record: Entry, column: str, editor: Field) -> Callable[[], Change]:
        field = FIELDS[column][isinstance(record, Payment)]
        value: object
        match editor:
            case DayEdit():
                value = editor.day()
            case MoneyEdit():
                value = editor.amount() or 0
            case Pick():
                value = int(editor.value()) if column == PROJECT else editor.value()
            case _:
                value = editor.text().strip()
        command = commands.set_event if isinstance(record, BudgetEvent) else commands.set_payment
        return partial(command, self.desk.book, record.id, **{field: value})
