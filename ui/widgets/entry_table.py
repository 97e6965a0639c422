"""What all lists of entries share: how an entry is shown in its columns, and what typing into a cell of it does."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from core import codes
from core.attached import Attachment
from core.attachments import place_of
from core.change import Change
from core.check import SEVERITY_ORDER, Severity
from core.entries import Entry, effect
from core.entry_list import SORTS, View, code_name, kind_name, payees, rest
from core.i18n import _
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
from core.review import Item
from ui.desk import Desk
from ui.fields import DayEdit, Field, MoneyEdit, Pick, TextEdit
from ui.form import Forecast, forecast, save
from ui.suggest import CodeEdit, PayeeEdit, ProjectEdit
from ui.tables import PLAIN, Column, Look, RecordTable
from ui.widgets.entry_kinds import RECORD_OF, SETTERS, kind_of

DATE, KIND, PROJECT, NUMBER, PAYEE, PURPOSE = "date", "kind", "project", "number", "payee", "purpose"
AMOUNT, BALANCE, FUND, ECONOMIC, MEMO = "amount", "balance", "fund", "economic", "memo"
BUDGET, SPENT, CHECK = "budget", "spent", "check"
AMOUNTS = (AMOUNT, BUDGET, SPENT)
# Columns that are shown only where an entry has something to say in them.
FILLS: Mapping[str, Callable[[Entry], bool]] = {
    FUND: lambda entry: entry.fund != Fund.GENERAL,
    MEMO: lambda entry: bool(entry.memo),
    ECONOMIC: lambda entry: not isinstance(entry, Commitment) and bool(entry.economic_code),
}

# The field of a record behind a column; none where the record has no such thing.
_ALL = {DATE: "date", PROJECT: "project", AMOUNT: "amount", FUND: "fund", MEMO: "memo"}
_SPENT = {**_ALL, SPENT: "amount", PAYEE: "payee", PURPOSE: "purpose"}
_GIVEN = {**_ALL, BUDGET: "amount", KIND: "kind", NUMBER: "doc_no", PURPOSE: "doc_title", ECONOMIC: "economic_code"}
FIELDS: Mapping[type[Entry], Mapping[str, str]] = {
    BudgetEvent: _GIVEN,
    Payment: {**_SPENT, NUMBER: "voucher", ECONOMIC: "economic_code"},
    Commitment: _SPENT,
}


class EntryTable(RecordTable):
    """Rows are entries, of one project or of all. Subclasses say which, and in what order."""

    sorts = frozenset(SORTS)

    def __init__(self, desk: Desk, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self.desk: Desk = desk
        self.view = View()
        self.whole: list[Entry] = []  # all entries by date; ``rows`` are those that are wanted
        self.filled: set[str] = set()  # of the columns that are shown only where something stands in them
        self._notes: dict[tuple[Hashable, str], str] = {}
        self._marks: dict[Hashable, str] = {}  # the gravest finding about an entry
        self._files: Counter[str] = Counter()  # kept with each place

    def show_view(self, view: View) -> None:
        """Show the entries that are wanted, in the order that is wanted."""
        raise AssertionError("every list of entries is filtered and put in order")

    def rearrange(self, make: Callable[[], Sequence[object]]) -> None:
        """Show other rows, or the same in another order; where the officer is stays, if it is still there."""
        self.layoutAboutToBeChanged.emit()
        held = [(index, self.rows[index.row()]) for index in self.persistentIndexList() if index.row() < len(self.rows)]
        self.rows, self._row_of = list(make()), None
        for index, record in held:
            row = self.row_of(self.key(record))
            there = self.index(row, index.column()) if row >= 0 else QModelIndex()
            self.changePersistentIndex(index, there)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def show_notes(self, items: Sequence[Item]) -> None:
        """Mark the cells that open findings are about, and the entries that files are kept with."""
        notes: dict[tuple[Hashable, str], str] = {}
        marks: dict[Hashable, str] = {}
        for item in sorted(items, key=lambda one: SEVERITY_ORDER.index(Severity(one.finding.severity))):
            about = item.finding.about
            if kind := RECORD_OF.get(about.kind):
                key = (kind.table, about.id)
                notes.setdefault((key, self.column_for(kind, about.field)), item.message)
                marks.setdefault(key, item.finding.severity)
        changed = {key for key, _column in dict(notes.items() ^ self._notes.items())}
        changed |= dict(marks.items() ^ self._marks.items()).keys()
        self._notes, self._marks = notes, marks
        if changed:
            self.marked.emit(changed)
        files = Counter(one.about for one in self.desk.book.all(Attachment) if one.year == self.desk.year)
        if files != self._files:
            self._files = files
            self.tell_row(0, len(self.rows) - 1)

    def column_for(self, kind: type[Entry], field: str) -> str:
        """The column that shows a field of a record; its amount where it has none."""
        shown = (column for column, held in FIELDS[kind].items() if held == field and self.column_of(column) >= 0)
        amounts = (column for column in AMOUNTS if column in FIELDS[kind] and self.column_of(column) >= 0)
        return next(shown, "") or next(amounts)

    # How it is shown

    def key(self, record: Entry) -> Hashable:
        return record.table, record.id

    def text(self, record: Entry, column: str) -> str:
        match column:
            case "kind":
                return kind_name(record)
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
        if isinstance(record, Commitment):
            return "second" if record.state == CommitmentState.OPEN else "faint"
        if column in AMOUNTS or (column in (KIND, PURPOSE) and isinstance(record, Payment) and record.reverses):
            return "error" if record.amount < 0 else ""
        return "second" if column == MEMO or (column == PAYEE and isinstance(record, BudgetEvent)) else ""

    def look(self, record: Entry, column: str) -> Look:
        if column == PURPOSE and self.desk.is_open:
            clips = len(self.desk.book.attachments(record.year, place_of(record)))
            return Look(clips=clips) if clips else PLAIN
        if column != KIND or not isinstance(record, Payment) or not self.desk.is_open:
            return PLAIN
        if reversals := self.desk.book.reversals(record.id):
            left = record.amount + sum(one.amount for one in reversals)
            return Look(tag=_("部分冲销") if left else _("已冲销"))
        return PLAIN

    def ground(self, record: Entry, column: str) -> str:
        if self._notes and (self.key(record), column) in self._notes:
            return "warning_soft"
        return "page" if column == BALANCE else ""

    def tip(self, record: Entry, column: str) -> str:
        note = self._notes.get((self.key(record), column), "")
        if not note and (clips := self.look(record, column).clips):
            return _("{text}（佐证材料{n}个）").format(text=self.text(record, column), n=clips)
        return note or (self.text(record, column) if column in (NUMBER, PAYEE, PURPOSE, ECONOMIC, MEMO) else "")

    def _other_side(self, record: BudgetEvent) -> str:
        if not record.pair or not self.desk.is_open:
            return ""
        other = self.desk.book.get(BudgetEvent, record.pair)
        row = self.desk.book.project_year(record.year, other.project) if other else None
        return _("对方：{name}").format(name=row.name) if row else ""

    def _reversed(self, record: Payment) -> str:
        """What a 红字 says: the payment it takes back."""
        original = self.desk.book.get(Payment, record.reverses) if self.desk.is_open else None
        text = _("冲销{date}支出").format(date=original.date[5:]) if original else _("冲销")
        return f"{text} {record.purpose}".strip()

    @property
    def unit(self) -> str:
        return "元"  # whatever the unit of the window is

    def is_summed(self, column: str) -> bool:
        return column in AMOUNTS  # balances of a running list add up to nothing

    # How it is edited

    def is_editable(self, record: Entry, column: str) -> bool:
        if self.desk.locked or column not in FIELDS[type(record)]:
            return False
        if column == PROJECT:
            return not isinstance(record, BudgetEvent)
        return column != KIND or record.kind != EventKind.REALLOCATE

    def open_editor(self, record: Entry, column: str, parent: QWidget) -> Field:
        held = getattr(record, FIELDS[type(record)][column])
        if column == DATE:
            day = DayEdit(self.desk.year, parent)
            day.set_day(held)
            return day
        if column in AMOUNTS:
            money = MoneyEdit(parent, required=True)
            money.set_amount(held)
            return money
        if column in (KIND, FUND):
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
        if column not in AMOUNTS:
            return None
        left = rest(self.desk.book, self.desk.year, record.project, kind_of(record))
        return None if left is None else left - effect(record)

    def _payees(self) -> list[str]:
        return payees(self.desk.book, self.desk.year)

    def _options(self, column: str) -> dict[str, str]:
        if column == KIND:
            return {kind: text for kind, text in EVENT_LABELS.items() if kind != EventKind.REALLOCATE}
        return dict(FUND_LABELS)

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
            case ProjectEdit():
                value = editor.project()
            case _:
                value = editor.text().strip()
        return partial(SETTERS[type(record)], self.desk.book, record.id, **{field: value})
