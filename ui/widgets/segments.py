"""One of a few values as buttons side by side: all are seen, one is pressed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """Arrow keys go from button to button, the space bar takes one."""

    picked = Signal(str)

    def __init__(self, name: str, options: Mapping[str, str], parent: QWidget | None = None) -> None:
        """``name``: what is chosen, for screen readers; ``options``: values and their labels."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for value, text in options.items():
            made = QPushButton(text)
            made.setProperty("role", "choice")
            made.setCheckable(True)
            made.setAccessibleName(f"{name}：{text}")
            made.clicked.connect(lambda _checked, value=value: self.picked.emit(value))
            group.addButton(made)
            layout.addWidget(made)
            self.buttons[value] = made
        layout.addStretch(1)

    def give(self, value: str) -> None:
        """Show the value held."""
        self.buttons[value].setChecked(True)

    def value(self) -> str:
        """The value that is pressed."""
        return next((value for value, made in self.buttons.items() if made.isChecked()), "")
