"""Asks once, after the first change, under which name the journal is to record who works here."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import _
from core.ledger import Outcome
from ui.desk import Desk
from ui.fields import TextEdit
from ui.settings import Settings
from ui.widgets.parts import button, label


class OperatorBar(QWidget):
    """Takes no focus of its own accord; hidden before the first change and once it is answered."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings
        self.name = TextEdit()
        self.name.setMaxLength(40)
        self.name.setFixedWidth(150)
        self.name.setAccessibleName(_("操作人姓名"))
        self.take = button(_("记住"), self._take, "primary")
        self.later = button(_("用电脑账户"), self._leave_it)
        self.name.returnPressed.connect(self._take)
        bar = QFrame()
        bar.setProperty("role", "notice-info")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(label(_("操作日志记载是谁修改的。您的姓名：")))
        for widget in (self.name, self.take, self.later):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 0)
        layout.addWidget(bar)
        self.hide()
        desk.changed.connect(self._on_changed)

    def _on_changed(self, outcome: Outcome) -> None:
        if outcome.kind == "do" and not self.settings.operator_asked:
            self.show()

    def _take(self) -> None:
        self.settings.operator = " ".join(self.name.text().split())
        self.desk.sign()
        self.hide()

    def _leave_it(self) -> None:
        self.settings.operator_asked = True
        self.hide()
