"""What of a report does not become records: what it does not say, and words that found no place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from core.founding.plan import Left, Unknown
from core.i18n import _
from ui.widgets.parts import button, label


class UnknownPane(QScrollArea):
    """What the report does not say, by subject."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(14, 8, 14, 10)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(self._lines)
        self.viewport().setAutoFillBackground(False)
        self._lines.setAutoFillBackground(False)
        self.setAccessibleName(_("报告没有写出的内容"))

    def show_unknown(self, unknown: Sequence[Unknown]) -> None:
        """Show what one report does not say."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        words = _("报告没有写出的，不登记为0，也不猜测；建账后可以在各页面补填。")
        self._column.addWidget(label(words, "second", wraps=True))
        groups: dict[str, list[str]] = {}
        for one in unknown:
            groups.setdefault(one.group, []).append(one.what)
        for group, missing in groups.items():
            self._column.addSpacing(6)
            self._column.addWidget(label(group, "strong", wraps=True))
            self._column.addWidget(label("、".join(missing), wraps=True))
        self._column.addStretch(1)


class LeftPane(QWidget):
    """Words of the report that are in no record, to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(_("没有归入台账的文字"))
        self.copy_button = button(_("复制"), self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 10)
        column.setSpacing(8)
        words = _("这些文字没有归入台账的任何部分，需要时复制到相应的页面。")
        column.addWidget(label(words, "second", wraps=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_left(self, left: Sequence[Left]) -> None:
        """Show the words of one report."""
        self.text.setPlainText("\n\n".join(one.text for one in left) or _("报告的文字都已归入台账。"))
        self.copy_button.setVisible(bool(left))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
