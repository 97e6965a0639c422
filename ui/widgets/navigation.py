"""The pages of the program at the left, with the number of errors beside 核对."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from ui.style import icon
from ui.widgets.parts import badge, set_count


class Navigation(QFrame):
    """One button for each page."""

    chosen = Signal(str)

    def __init__(self, pages: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """``pages``: name, title and icon of each."""
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setFixedWidth(152)
        self.setAccessibleName(_("页面"))
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 10)
        layout.setSpacing(3)
        for name, title, picture in pages:
            button = QPushButton(icon(picture), title)
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[name] = button
        layout.addStretch(1)
        self._errors = badge("badge-error")
        inside = QHBoxLayout(self._buttons["findings"])
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._errors)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)

    def show_errors(self, count: int) -> None:
        """The number of errors that are open."""
        set_count(self._errors, count)
        self._buttons["findings"].setAccessibleDescription(_("{count}项错误").format(count=count) if count else "")
