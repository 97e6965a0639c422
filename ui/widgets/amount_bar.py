"""A day and an amount asked for in the page itself, as for 红字冲销 or for paying what is in 在途."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.change import Change
from core.i18n import _
from ui.desk import Desk
from ui.fields import DayEdit, MoneyEdit
from ui.form import Forecast, forecast, save
from ui.widgets.parts import Hint, button, label, set_role

Make = Callable[[str, int, bool], Change]  # day, amount, whether the box is ticked


class AmountBar(QFrame):
    """Hidden until asked; Enter saves, Esc gives up. What the entry would break stands under it while typing."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "notice-info")
        self._question = Hint("")
        set_role(self._question, "")
        self.day = DayEdit(desk.year)
        self.amount = MoneyEdit(required=True)
        self.box = QCheckBox()
        self._yes = button("", self.accept, "primary")
        self._no = button(_("取消"), self.give_up)
        self._said = label(wraps=True)
        self._make: Make | None = None
        self._whole = 0
        self._build()

    def ask(self, question: str, yes: str, day: str, amount: int, make: Make, box: str = "") -> None:
        """Ask for a day and an amount, with these to begin with. ``box``: a choice that is offered where less than
        the whole amount is typed."""
        self._question.setText(question)
        self._question.setToolTip(question)
        self._yes.setText(yes)
        self._make, self._whole = make, amount
        self.day.year = self.desk.year
        self.day.set_day(day)
        self.amount.set_amount(amount)
        self.box.setText(box)
        self.box.setChecked(bool(box))
        self.setAccessibleName(question)
        self._follow()
        self.show()
        self.amount.setFocus()
        self.amount.selectAll()

    @property
    def question(self) -> str:
        """What is being asked; empty if nothing."""
        return self._question.text() if not self.isHidden() else ""

    def accept(self) -> None:
        """Save, or say what is wrong."""
        for field in (self.day, self.amount):
            if problem := field.problem():
                field.mark(problem)
                field.setFocus()
                self._say(Forecast(problem, "error"))
                return
        if problem := save(self.desk, self._change):
            self._say(Forecast(problem, "error"))
            return
        self.give_up()

    def give_up(self) -> None:
        """Close without doing it."""
        if not self.isHidden():
            self._make = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.give_up if self._no.hasFocus() else self.accept)()
        else:
            super().keyPressEvent(event)

    def _change(self) -> Change:
        assert self._make is not None
        return self._make(self.day.day(), self.amount.amount() or 0, self.box.isChecked() and not self.box.isHidden())

    def _follow(self) -> None:
        wrong = bool(self.day.problem() or self.amount.problem())
        amount = 0 if wrong else self.amount.amount() or 0
        self.box.setVisible(bool(self.box.text()) and 0 < amount < self._whole)
        self._say(Forecast() if wrong else forecast(self.desk, self._change))

    def _say(self, said: Forecast) -> None:
        set_role(self._said, said.tone or "faint")
        self._said.setText(said.text)
        self._said.setVisible(bool(said.text))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._question, 1)
        self.day.setFixedWidth(112)
        self.amount.setFixedWidth(122)
        parts: tuple[QWidget, ...] = (QLabel(_("日期")), self.day, QLabel(_("金额")), self.amount, self.box)
        for widget in (*parts, self._yes, self._no):
            row.addWidget(widget)
        for field in (self.day, self.amount):
            field.edited.connect(self._follow)
        self.box.clicked.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 5, 8, 5)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._said)
        self.hide()
