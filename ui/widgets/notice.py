"""A message at the top of the page: what was refused stays until it is closed, other news go by themselves."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from core.i18n import _
from ui.style import icon
from ui.widgets.parts import button, label, set_role

SECONDS = 8


class NoticeBar(QFrame):
    """One message at a time; the newest stands."""

    toggled = Signal(bool)  # whether a message is on show: its margins go with it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label(wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QPushButton()
        self._act.clicked.connect(self._take)
        self._action: Callable[[], object] | None = None
        self._close = button("", self.hide, "quiet")
        self._close.setIcon(icon("dismiss"))
        self._close.setAccessibleName(_("关闭消息"))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._act)
        layout.addWidget(self._close)
        self.hide()

    def tell(
        self, text: str, is_refusal: bool, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a message, with a button for what can be done about it."""
        set_role(self, "notice-error" if is_refusal else "notice-info")
        self._text.setText(text)
        self._action = action
        self._act.setText(action_text)
        self._act.setVisible(action is not None)
        self.setAccessibleName(text)
        self.show()
        if is_refusal or action:
            self._timer.stop()
        else:
            self._timer.start(SECONDS * 1000)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.toggled.emit(visible)

    @property
    def text(self) -> str:
        """The message on show; empty if none."""
        return self._text.text() if not self.isHidden() else ""

    def _take(self) -> None:
        self.hide()
        if self._action:
            self._action()
