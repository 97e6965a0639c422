"""快捷键一览: every key of the program on one sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.i18n import _
from ui.actions import COMMANDS, PLACE_KEYS
from ui.widgets.parts import button, label


class ShortcutsDialog(QDialog):
    """Two columns: keys of the window, keys of grids and lines."""

    def __init__(self, pages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键一览"))
        window = [(command.text.rstrip("…"), command.keys) for command in COMMANDS if command.keys]
        window += [(title, f"Ctrl+{number}") for number, title in enumerate(pages, 1)]
        columns = QHBoxLayout()
        columns.setSpacing(40)
        columns.addLayout(_column(_("窗口"), window))
        columns.addLayout(_column(_("表格和录入"), list(PLACE_KEYS)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addLayout(columns)
        layout.addWidget(button(_("关闭"), self.accept), 0, Qt.AlignmentFlag.AlignRight)


def _column(title: str, rows: list[tuple[str, str]]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(7)
    for row, (text, keys) in enumerate(rows):
        grid.addWidget(QLabel(text), row, 0)
        grid.addWidget(label(keys, "second"), row, 1)
    column = QVBoxLayout()
    column.setSpacing(10)
    column.addWidget(label(title, "heading"))
    column.addLayout(grid)
    column.addStretch(1)
    return column
