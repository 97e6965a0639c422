"""A card of 设置: a heading and rows of a name, what can be set, and a line that says what it does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.parts import label


class SettingsCard(QFrame):
    """Rows are added from above."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(label(heading, "heading"))
        layout.addLayout(self._rows)

    def add_row(self, name: str, *widgets: QWidget) -> QLabel:
        """A name and what stands beside it; returns the label of the name."""
        row, text = self._rows.rowCount(), label(name, "second")
        held = QHBoxLayout()
        held.setSpacing(8)
        for widget in widgets:
            stretch = widget.sizePolicy().horizontalPolicy() in (
                QSizePolicy.Policy.Expanding,
                QSizePolicy.Policy.Ignored,
            )
            held.addWidget(widget, int(stretch))
        if not any(held.stretch(place) for place in range(held.count())):
            held.addStretch(1)
        self._rows.addWidget(text, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.addLayout(held, row, 1)
        return text

    def add_note(self, note: QLabel) -> None:
        """A line under the row before."""
        note.setWordWrap(True)
        self._rows.addWidget(note, self._rows.rowCount(), 1)

    def add_whole(self, widget: QWidget) -> None:
        """Something over the whole width."""
        self._rows.addWidget(widget, self._rows.rowCount(), 0, 1, 2)


class PathLabel(QLabel):
    """A path that gives way: cut in the middle where there is no room, whole in the tool tip; it can be copied."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._path = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def give(self, path: str) -> None:
        """Show a path, or words in its place."""
        self._path = path
        self.setToolTip(path)
        self.setAccessibleName(f"{self._name}：{path}")
        self._fit()

    def path(self) -> str:
        """The whole text."""
        return self._path

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideMiddle, max(60, self.width())))
