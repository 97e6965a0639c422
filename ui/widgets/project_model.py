"""The project grid's model: balances of projects in columns; typing an amount makes or edits a budget event."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core import commands
from core.change import Change
from core.commands import CellEdit
from core.i18n import _
from core.model import DISPOSITIONS, EVENT_LABELS, EventKind
from core.money import show_rate
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import PLAIN, Column, Look, RecordTable
from ui.widgets.parts import soon
from ui.widgets.project_rows import GROUP, PROJECT, REST, SUB, TOTAL, GridRow, Key, grid_rows

NAME, SPENT, RATE, CHECK, SURPLUS = "name", "spent", "rate", "check", "surplus"
UNDISPOSED, COMMITTED, AVAILABLE = "undisposed", "committed", "available"

# What typing into a column enters; the other columns are computed.
KINDS = {
    "brought": EventKind.OPENING,
    "initial": EventKind.INITIAL,
    "transfer": EventKind.TRANSFER,
    "midyear": EventKind.ADJUST,
    "supplement": EventKind.SUPPLEMENT,
    "carried": EventKind.CARRIED,
    "recovered": EventKind.RECOVERED,
    SURPLUS: EventKind.SURPLUS,
}

COLUMNS = (
    Column(NAME, _("项目"), 0),
    Column("brought", _("上年\n结转"), 62, is_amount=True),
    Column("initial", _("年初\n预算"), 62, is_amount=True),
    Column("transfer", _("上级转移\n支付"), 66, is_amount=True),
    Column("midyear", _("年中调增\n（减）"), 66, is_amount=True),
    Column("supplement", _("追加\n（减）"), 62, is_amount=True),
    Column("budget", _("全年\n预算"), 66, is_amount=True, is_computed=True),
    Column(SPENT, _("实际\n支出"), 66, is_amount=True),
    Column(RATE, _("执行率"), 98, is_amount=True, is_computed=True),
    Column("carried", _("结转\n下年"), 58, is_amount=True),
    Column("recovered", _("财政\n收回"), 58, is_amount=True),
    Column(SURPLUS, _("认定\n结余"), 58, is_amount=True),
    Column(UNDISPOSED, _("未处置"), 58, is_amount=True, is_computed=True),
    Column(COMMITTED, _("在途"), 58, is_amount=True),
    Column(AVAILABLE, _("可用\n余额"), 58, is_amount=True, is_computed=True),
    Column(CHECK, _("核对"), 42),
)
COMPUTED = frozenset(column.key for column in COLUMNS if column.is_computed)
MARK_WORDS = {"good": _("没有问题"), "error": _("错误"), "block": _("阻止"), "warning": _("提醒"), "info": _("提示")}


class ProjectModel(RecordTable):
    """Rows are ``GridRow``. ``asked`` is an edit that several events stand behind: to be confirmed first."""

    asked = Signal(object, object)  # GridRow, CellEdit

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk: Desk = desk
        self.folded: set[Key] = set()
        self.rate_base = ""  # of the policy of the year on show: cells are drawn without the book
        self.has_bars = True  # before the execution rates; not where there is no room
        self.absent: frozenset[str] = frozenset()  # columns nothing was entered for: they are not shown

    def refresh(self) -> GridRow:
        """Read the book anew; only rows that changed are drawn again. Returns the total."""
        self.rate_base = self.desk.book.policy(self.desk.year).rate_base
        *rows, total = grid_rows(self.desk.book, self.desk.year, self.desk.review().open, self.folded)
        self.absent = frozenset(key for key in (SURPLUS, COMMITTED) if not getattr(total.balance, key))
        self.show_rows(rows)
        return total

    def toggle(self, key: Key) -> None:
        """Fold or unfold the rows below one."""
        self.folded ^= {key}
        self.refresh()

    def unfold(self, project: int) -> None:
        """Make a project's row visible."""
        parent = self.desk.book.parent(project)
        held = {key for key in self.folded if key[0] == GROUP or key[1] == parent}
        if held:
            self.folded -= held
            self.refresh()

    # How it is shown

    def key(self, record: GridRow) -> Hashable:
        return record.key

    def text(self, record: GridRow, column: str) -> str:
        if column == NAME:
            return record.name
        if column == CHECK:
            return MARK_WORDS[record.mark]
        if column == RATE:
            return self._rate(record)
        amount = getattr(record.balance, column)
        if record.kind in (SUB, REST) and not (amount and (record.balance.budget or column in (SPENT, COMMITTED))):
            return self.desk.money(amount) if column == SPENT else ""  # a sub-project only spends
        return self.desk.money(amount)

    def tone(self, record: GridRow, column: str) -> str:
        if column == NAME:
            return "second" if record.kind in (SUB, REST) else ""
        if column in (CHECK, RATE):
            return "" if record.balance.budget else "faint"
        amount = getattr(record.balance, column)
        if amount < 0 or (column == UNDISPOSED and amount and record.kind not in (GROUP, TOTAL)):
            return "error" if amount < 0 else "warning"
        return "faint" if not amount else ""

    def ground(self, record: GridRow, column: str) -> str:
        return "page" if column in COMPUTED or self.is_strong(record) else ""

    def tip(self, record: GridRow, column: str) -> str:
        if column == CHECK:
            return record.notes or _("没有问题")
        if column == NAME:
            return "\n".join(filter(None, (record.name, record.notes)))
        if column in KINDS and self.is_editable(record, column):
            return _("直接输入金额，形成或修改“{kind}”").format(kind=EVENT_LABELS[KINDS[column]])
        if column == SPENT and record.project:
            return _("直接输入数字或按 F2，登记一笔支出")
        if column == COMMITTED:
            return _("已申请或冻结、还没有支付的资金。直接输入数字，登记一笔在途")
        if column == AVAILABLE:
            return _("可用余额＝未处置－在途")
        return ""

    def look(self, record: GridRow, column: str) -> Look:
        if column == NAME:
            return Look(level=record.level, fold=record.fold, tag=record.tag)
        if column == CHECK:
            return Look(mark=record.mark)
        if column == RATE:
            rate = record.balance.rate(self.rate_base)
            return PLAIN if rate is None or not self.has_bars else Look(share=float(rate))
        return PLAIN

    def is_strong(self, record: GridRow) -> bool:
        return record.kind in (GROUP, TOTAL)

    def _rate(self, record: GridRow) -> str:
        rate = record.balance.rate(self.rate_base)
        return "—" if rate is None else show_rate(rate.numerator, rate.denominator, 1)

    def amount(self, record: GridRow, column: str) -> int | None:
        if column in (NAME, CHECK, RATE) or not self.text(record, column):
            return None
        return int(getattr(record.balance, column))

    def is_summed(self, column: str) -> bool:
        return column not in (NAME, CHECK, RATE)

    def tier(self, record: GridRow) -> int:
        return {PROJECT: 2, SUB: 1, REST: 1}.get(record.kind, 0)

    def full_title(self, column: Column) -> str:
        title = super().full_title(column)
        return f"{title}（{self.desk.money_unit}）" if self.is_summed(column.key) else title

    # How it is edited

    def is_editable(self, record: GridRow, column: str) -> bool:
        if self.desk.readonly:
            return False
        if column == NAME:
            return record.kind in (PROJECT, SUB)
        return column in KINDS and record.kind == PROJECT and not self.desk.locked

    def open_editor(self, record: GridRow, column: str, parent: QWidget) -> Field:
        if column == NAME:
            name = TextEdit(parent, required=True)
            name.give(record.name)
            return name
        money = MoneyEdit(parent)
        money.set_amount(getattr(record.balance, column))
        return money

    def forecast(self, record: GridRow, column: str, editor: Field) -> Forecast:
        if column == NAME:
            return forecast(self.desk, partial(self._rename, record, editor.text()))
        edit = self._edit(record, column, editor)
        said = forecast(self.desk, lambda: edit.change)
        if edit.events > 1 and edit.difference:
            text = self.question(edit)
            return Forecast(f"{text}\n{said.text}".strip(), said.tone or "info")
        return said

    def put(self, record: GridRow, column: str, editor: Field) -> str:
        if column == NAME:
            return save(self.desk, partial(self._rename, record, editor.text()))
        edit = self._edit(record, column, editor)
        if edit.events > 1 and edit.difference:
            soon(self, partial(self.asked.emit, record, edit))  # when the field is closed
            return ""
        return save(self.desk, lambda: edit.change)

    def edit(self, record: GridRow, column: str, editor: Field) -> Callable[[], Change]:
        if column == NAME:
            return partial(self._rename, record, editor.text())
        return lambda: self._edit(record, column, editor).change

    def rest(self, record: GridRow, column: str) -> int | None:
        kind = KINDS.get(column, "")
        if kind not in DISPOSITIONS:
            return None
        return int(getattr(record.balance, column)) + record.balance.undisposed

    def question(self, edit: CellEdit) -> str:
        """What several events behind a cell mean for what was typed: a new one takes the difference."""
        entry = edit.change.diffs[0].after
        return _("将新增一笔 {date} {kind} {amount}，共 {count} 笔。").format(
            date=entry.date,
            kind=EVENT_LABELS[entry.kind],
            amount=f"{self.desk.money(edit.difference)}{self.desk.money_unit}",
            count=edit.events + 1,
        )

    def _edit(self, record: GridRow, column: str, editor: Field) -> CellEdit:
        assert isinstance(editor, MoneyEdit)
        desk = self.desk
        return commands.set_cell(
            desk.book, desk.year, record.project, KINDS[column], editor.amount() or 0, desk.today()
        )

    def _rename(self, record: GridRow, name: str) -> Change:
        return commands.set_project(self.desk.book, self.desk.year, record.project, name=name.strip())
