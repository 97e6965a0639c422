"""A question in the page itself, answered by two buttons or by Enter and Esc: no dialog stands in the way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.i18n import _
from ui.widgets.parts import button, label, set_role


class AskBar(QFrame):
    """Hidden until something is asked; ``closed`` when it was answered either way."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice-info")
        self._question = label(wraps=True)
        self._yes = button("", self._accept, "primary")
        self._no = button(_("取消"), self.give_up)
        self._action: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 8, 5)
        layout.addWidget(self._question, 1)
        layout.addWidget(self._yes)
        layout.addWidget(self._no)
        self.hide()

    def ask(self, question: str, yes: str, action: Callable[[], object], is_grave: bool = False) -> None:
        """Ask; ``action`` is done on yes. Another question replaces this one."""
        set_role(self, "notice-warning" if is_grave else "notice-info")
        self._question.setText(question)
        self._yes.setText(yes)
        self._action = action
        self.setAccessibleName(question)
        self.show()
        self._yes.setFocus()

    @property
    def question(self) -> str:
        """What is being asked; empty if nothing."""
        return self._question.text() if not self.isHidden() else ""

    def give_up(self) -> None:
        """Close without doing it."""
        if not self.isHidden():
            self._action = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.give_up if self._no.hasFocus() else self._accept)()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action:
            action()
        self.closed.emit()
