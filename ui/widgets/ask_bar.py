"""A question in the page itself, answered by two buttons or by Enter and Esc: no dialog stands in the way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from core.i18n import _
from ui.widgets.parts import button, label, set_role


class Bar(QFrame):
    """Hidden until asked; Enter says yes, Esc gives up. Subclasses set ``question_label`` and say what yes does."""

    closed = Signal()

    def __init__(self, question: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice-info")
        self.question_label = question
        self.yes = button("", self.accept, "primary")
        self.no = button(_("取消"), self.give_up)
        self.hide()

    @property
    def question(self) -> str:
        """What is being asked; empty if nothing."""
        return self.question_label.text() if not self.isHidden() else ""

    def accept(self) -> None:
        """Do what was asked."""
        raise AssertionError("every bar asks for something")

    def give_up(self) -> None:
        """Close without doing it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.give_up if self.no.hasFocus() else self.accept)()
        else:
            super().keyPressEvent(event)


class AskBar(Bar):
    """A question alone; ``closed`` when it was answered either way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(label(wraps=True), parent)
        self._action: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 8, 5)
        layout.addWidget(self.question_label, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)

    def ask(self, question: str, yes: str, action: Callable[[], object], is_grave: bool = False) -> None:
        """Ask; ``action`` is done on yes. Another question replaces this one."""
        set_role(self, "notice-warning" if is_grave else "notice-info")
        self.question_label.setText(question)
        self.yes.setText(yes)
        self._action = action
        self.setAccessibleName(question)
        self.show()
        self.yes.setFocus()

    def accept(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action:
            action()
        self.closed.emit()
