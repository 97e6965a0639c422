"""预算变动与支出 of the chosen project: the list, what can be done with a row, and the line for the next entry."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core import commands
from core.change import Change
from core.entries import Entry
from core.i18n import _
from core.ledger import Outcome
from core.model import EVENT_LABELS, FUND_LABELS, BudgetEvent, Payment
from core.money import show_yuan
from ui.desk import Desk
from ui.form import save
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_line import EntryLine
from ui.widgets.entry_model import BALANCE, FUND, PROJECT, EntryModel
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label


class EntryPanel(QWidget):
    """``ask`` is the bar where deleting is confirmed."""

    def __init__(self, desk: Desk, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._ask = ask
        self.model = EntryModel(desk, self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("预算变动与支出"))
        self.line = EntryLine(desk)
        self._hidden: dict[str, bool] = {}
        self._count = label(role="faint")
        self._note = label(_("选择一个项目，在这里查看和录入它的预算变动与支出。"), "faint")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reverse = button(_("红字冲销"), self.reverse, "link")
        self._delete = button(_("删除"), self.delete, "link")
        self._build()
        self.view.moved.connect(lambda _record: self._show_actions())
        self.view.delete_asked.connect(lambda _record: self.delete())
        self.view.customContextMenuRequested.connect(self._open_menu)

    def show_project(self, project: int) -> None:
        """Show the entries of a project with those of its sub-projects; 0: of none."""
        book, year = self.desk.book, self.desk.year
        children = book.children(year, project) if project else []
        self.view.finish()
        self.model.show_projects((project, *(child.project for child in children)) if project else ())
        self._show_columns()
        self.line.show_project(project)
        if not self.view.currentIndex().isValid() and self.model.rows:
            self.view.scrollToBottom()
        self._show_state()

    def follow(self, outcome: Outcome) -> None:
        """Take in a change of the book."""
        self.model.follow(outcome)
        self._show_columns()
        self._show_state()

    def show_notes(self) -> None:
        """Mark the cells that findings are about."""
        self.model.show_notes(self.desk.review().open)

    def show_entry(self, entry: Entry, field: str) -> bool:
        """Go to an entry, to the cell of a field of it."""
        return self.view.show_place(self.model.key(entry), self.model.column_for(type(entry), field))

    def delete(self) -> None:
        """Ask whether the chosen entry is to go, with its amount, and take it away."""
        entry = self.view.current
        if self.desk.readonly or not isinstance(entry, BudgetEvent | Payment):
            return
        what = EVENT_LABELS.get(entry.kind, entry.kind) if isinstance(entry, BudgetEvent) else _("支出")
        amount = show_yuan(entry.amount)
        question = _("删除 {date} {what} {amount}元？").format(date=entry.date, what=what, amount=amount)
        if isinstance(entry, BudgetEvent) and entry.pair:
            question += _("调剂的另一方会一并删除。")
        command = commands.remove_event if isinstance(entry, BudgetEvent) else commands.remove_payment
        self._ask.ask(question, _("删除"), lambda: self._commit(lambda: command(self.desk.book, entry.id)), True)

    def reverse(self) -> None:
        """Ask for and enter the 红字 of the chosen payment."""
        entry = self.view.current
        if self.desk.readonly or not isinstance(entry, Payment):
            return
        day = commands.entry_day(self.desk.year, "payment", self.desk.today())
        change = commands.reverse_payment(self.desk.book, entry.id, day)
        amount = change.diffs[0].record.amount
        if not amount:
            self.desk.told.emit(_("这笔支出已全部冲销。"), False)
            return
        question = _("登记 {day} 红字支出 {amount}元，冲销 {date} 的这笔支出？")
        text = question.format(day=day, amount=show_yuan(amount), date=entry.date)
        self._ask.ask(text, _("冲销"), lambda: self._commit(lambda: change))

    def _commit(self, make: Callable[[], Change]) -> None:
        if problem := save(self.desk, make):
            self.desk.told.emit(problem, True)

    def _show_columns(self) -> None:
        model = self.model
        project = model.projects[0] if model.projects else 0
        hidden = {
            PROJECT: len(model.projects) < 2,
            FUND: not model.has_other_funds,
            BALANCE: bool(self.desk.book.parent(project)),  # a sub-project only spends its project's money
        }
        for key, is_hidden in hidden.items():
            self.view.setColumnHidden(model.column_of(key), is_hidden)
        if hidden != self._hidden:
            self._hidden = hidden
            self.view.fit_columns()

    def _show_state(self) -> None:
        has_project = bool(self.model.projects)
        self._note.setVisible(not has_project)
        self.view.setVisible(has_project)
        self.line.setVisible(has_project and not self.desk.readonly)
        self._count.setText(_("共 {count} 笔").format(count=len(self.model.rows)) if has_project else "")
        self._show_actions()

    def _show_actions(self) -> None:
        entry = self.view.current
        editable = not self.desk.readonly
        can_reverse = isinstance(entry, Payment) and not entry.reverses and entry.amount > 0
        self._reverse.setVisible(editable and can_reverse)
        self._delete.setVisible(editable and isinstance(entry, BudgetEvent | Payment))

    def _open_menu(self, place: QPoint) -> None:
        entry = self.view.current
        if not isinstance(entry, BudgetEvent | Payment):
            return
        menu = QMenu(self)
        menu.addAction(_("复制整行"), self.view.copy)
        if not self.desk.readonly:
            funds = menu.addMenu(_("资金性质"))
            for fund, name in FUND_LABELS.items():
                choice = funds.addAction(name, partial(self._set_fund, entry, fund))
                choice.setCheckable(True)
                choice.setChecked(entry.fund == fund)
            if self._reverse.isVisible():
                menu.addAction(_("红字冲销…"), self.reverse)
            menu.addAction(_("删除…"), self.delete)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _set_fund(self, entry: Entry, fund: str) -> None:
        command = commands.set_event if isinstance(entry, BudgetEvent) else commands.set_payment
        self._commit(partial(command, self.desk.book, entry.id, fund=fund))

    def _build(self) -> None:
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.actions_row = QWidget()
        row = QHBoxLayout(self.actions_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for widget in (self._reverse, self._delete, self._count):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._note, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.line)
