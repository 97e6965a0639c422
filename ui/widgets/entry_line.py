"""The line that is always ready for the next entry: Enter goes on, Enter in the last field saves and begins anew."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import commands
from core.change import Change
from core.i18n import _
from core.model import EVENT_LABELS, EventKind
from ui.desk import Desk
from ui.fields import DayEdit, Field, MoneyEdit, Pick, TextEdit
from ui.form import Forecast, forecast, save
from ui.widgets.parts import button, label, set_role

PAYMENT = "payment"


class EntryLine(QFrame):
    """Enters a payment or a budget event of the chosen project."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.project = 0
        self.day = DayEdit(desk.year)
        self.kind = Pick({})
        self.amount = MoneyEdit(required=True)
        self.number = TextEdit()
        self.payee = TextEdit()
        self.other = Pick({})
        self.purpose = TextEdit()
        self._save = button(_("登记"), self.save, "primary")
        self._save.setToolTip(_("保存并录下一笔（Ctrl+Enter）"))
        self._said = label(wraps=True)
        self._build()
        self.kind.picked.connect(self._on_kind)

    def show_project(self, project: int) -> None:
        """Enter for this project from now on; what is being typed stays if it is the same one."""
        desk = self.desk
        book, year = desk.book, desk.year
        is_new = project != self.project or self.day.year != year
        self.project = project
        kinds = {PAYMENT: _("支出")}
        if not book.parent(project):
            kinds |= EVENT_LABELS
        self.kind.set_options(kinds)
        self.other.set_options({str(row.project): row.name for row in book.projects(year) if row.project != project})
        self.day.year = year
        if is_new:
            self.clear()
        for field in self._fields():
            field.setEnabled(bool(project) and not desk.readonly)
        self._save.setEnabled(bool(project) and not desk.readonly)
        self._on_kind()

    def clear(self) -> None:
        """An empty line with the day that fits its kind."""
        for field in (self.number, self.payee, self.purpose):
            field.give("")
        self.amount.set_amount(None)
        self._set_day()
        self._say(Forecast())

    def begin(self, kind: str, typed: str = "") -> None:
        """Stand in the amount of an entry of a kind, as when its cell in the grid is typed into."""
        self.kind.set_value(kind)
        self._on_kind()
        self.amount.setFocus()
        if typed:
            self.amount.setText(typed)
            self.amount.edited.emit()

    def save(self) -> bool:
        """Save the entry and be ready for the next; False if something is wrong with it."""
        for field in self._fields():
            if problem := field.problem():
                self._refuse(field, problem)
                return False
        if problem := save(self.desk, self._change):
            self._refuse(self.day if _("日期") in problem else self.amount, problem)
            return False
        day = self.day.text()
        self.clear()
        self.day.give(day)
        self.day.setFocus()
        self.day.selectAll()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                fields = self._fields()
                is_last = watched is fields[-1]
                if is_last or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.save()
                else:
                    self._go_on(watched)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        fields = self._fields()
        field = next(f for f in fields if f is watched)
        if problem := field.problem():
            self._refuse(field, problem)
            return
        following = fields[fields.index(field) + 1]
        following.setFocus()
        if not isinstance(following, Pick):
            following.selectAll()

    def _fields(self) -> list[Field]:
        """The fields in the order of Enter."""
        fourth = self.other if self.kind.value() == EventKind.REALLOCATE else self.payee
        middle = [fourth] if self.kind.value() in (PAYMENT, EventKind.REALLOCATE) else []
        return [self.day, self.kind, self.amount, self.number, *middle, self.purpose]

    def _change(self) -> Change:
        book, year, kind = self.desk.book, self.desk.year, self.kind.value()
        day, amount = self.day.day(), self.amount.amount() or 0
        number, purpose = self.number.text().strip(), self.purpose.text().strip()
        if kind == PAYMENT:
            details = {"voucher": number, "payee": self.payee.text().strip(), "purpose": purpose}
            return commands.add_payment(book, year, self.project, day, amount, **details)
        if kind == EventKind.REALLOCATE:
            other = int(self.other.value() or 0)
            return commands.reallocate(book, year, other, self.project, day, amount, doc_no=number, doc_title=purpose)
        return commands.add_event(book, year, self.project, kind, day, amount, doc_no=number, doc_title=purpose)

    def _on_kind(self, *_args: object) -> None:
        kind = self.kind.value()
        self.payee.setVisible(kind == PAYMENT)
        self.other.setVisible(kind == EventKind.REALLOCATE)
        self.number.setPlaceholderText(_("凭证号") if kind == PAYMENT else _("文号"))
        self.purpose.setPlaceholderText(_("用途") if kind == PAYMENT else _("文件标题或摘要"))
        self.amount.setToolTip(_("正数为调入本项目，负数为调出") if kind == EventKind.REALLOCATE else "")
        if not self.day.is_changed:
            self._set_day()
        self._preview()

    def _set_day(self) -> None:
        self.day.set_day(commands.entry_day(self.desk.year, self.kind.value(), self.desk.today()))

    def _preview(self) -> None:
        wrong = any(field.problem() for field in (self.day, self.amount))
        self._say(Forecast() if wrong else forecast(self.desk, partial(self._change)))

    def _refuse(self, field: Field, problem: str) -> None:
        field.mark(problem)
        field.setFocus()
        self._say(Forecast(problem, "error"))

    def _say(self, said: Forecast) -> None:
        set_role(self._said, said.tone or "faint")
        self._said.setText(said.text)
        self._said.setVisible(bool(said.text))

    def _build(self) -> None:
        self.setProperty("role", "line-of-entry")
        row = QHBoxLayout()
        row.setSpacing(6)
        widths = ((self.day, 116), (self.kind, 116), (self.amount, 120), (self.number, 120), (self.payee, 130))
        for field, width in (*widths, (self.other, 150)):
            field.setFixedWidth(width)
            row.addWidget(field)
        row.addWidget(self.purpose, 1)
        row.addWidget(self._save)
        names = (_("日期"), _("类型"), _("金额（元）"), _("文号或凭证号"), _("收款人"), _("对方项目"), _("用途或摘要"))
        fields = (self.day, self.kind, self.amount, self.number, self.payee, self.other, self.purpose)
        for field, name in zip(fields, names, strict=True):
            field.setAccessibleName(name)
            field.installEventFilter(self)
            field.edited.connect(self._preview)
        self.amount.setPlaceholderText(_("金额"))
        self.payee.setPlaceholderText(_("收款人"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._said)
        self._said.hide()
