"""A day and an amount asked for in the page itself, as for 红字冲销 or for paying what is in 在途."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.change import Change
from core.i18n import _
from ui.desk import Desk
from ui.fields import DayEdit, MoneyEdit
from ui.form import Forecast, forecast, save
from ui.style import scaled
from ui.widgets.ask_bar import Bar
from ui.widgets.parts import Hint, label, set_role

Make = Callable[[str, int, bool], Change]  # day, amount, whether the box is ticked


class AmountBar(Bar):
    """What the entry would break stands under it while typing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        question = Hint("")
        set_role(question, "")
        super().__init__(question, parent)
        self.desk = desk
        self.day = DayEdit(desk.year)
        self.amount = MoneyEdit(required=True)
        self.box = QCheckBox()
        self._said = label(wraps=True)
        self._make: Make | None = None
        self._whole = 0
        self._build()

    def ask(self, question: str, yes: str, day: str, amount: int, make: Make, box: str = "") -> None:
        """Ask for a day and an amount, with these to begin with. ``box``: a choice that is offered where less than
        the whole amount is typed."""
        self.question_label.setText(question)
        self.question_label.setToolTip(question)
        self.yes.setText(yes)
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
        row.addWidget(self.question_label, 1)
        self.day.setFixedWidth(scaled(112))
        self.amount.setFixedWidth(scaled(122))
        parts: tuple[QWidget, ...] = (QLabel(_("日期")), self.day, QLabel(_("金额")), self.amount, self.box)
        for widget in (*parts, self.yes, self.no):
            row.addWidget(widget)
        for field in (self.day, self.amount):
            field.edited.connect(self._follow)
        self.box.clicked.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 5, 8, 5)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._said)
