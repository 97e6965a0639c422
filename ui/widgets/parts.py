"""Small pieces used all over the window: labels, buttons and badges with a role of the stylesheet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from ui.style import icon, scaled


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the stylesheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str = "", role: str = "", wraps: bool = False) -> QLabel:
    """A plain-text label."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


class Hint(QLabel):
    """A line of advice that gives way to everything beside it: cut with an ellipsis where there is no room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "faint")
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        where = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self.rect(), where, elided(self.text(), self, self.width()))


class Picture(QWidget):
    """An icon by itself, in the colour of a role."""

    def __init__(self, name: str, size: int, role: str = "accent") -> None:
        super().__init__()
        self._icon = icon(name, role)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())


def button(text: str, action: Callable[[], object], role: str = "") -> QPushButton:
    """A push button; ``action`` is called without arguments."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: action())
    return made


def badge(role: str) -> QLabel:
    """A round count; hidden while it is 0."""
    made = label(role=role)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.hide()
    return made


def set_count(made: QLabel, count: int) -> None:
    """Show a count in a badge."""
    made.setText(str(count))
    made.setVisible(count > 0)


def line() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def elided(text: str, widget: QWidget, width: int) -> str:
    """The text cut to a width in pixels with an ellipsis."""
    return QFontMetrics(widget.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size at the font in force, no larger than the screen has room for."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(scaled(width), room.width() - 40), min(scaled(height), room.height() - 50))


def soon(parent: QObject, action: Callable[[], object]) -> None:
    """Do something after what is pending is painted, unless ``parent`` is gone by then.

    Not ``QTimer.singleShot(0, parent, action)``: PySide loses exceptions raised in it.
    """
    timer = QTimer(parent, singleShot=True)
    timer.timeout.connect(action)
    timer.timeout.connect(timer.deleteLater)
    timer.start(0)
