"""The cards over a comparison: how many of each kind and their sum; a card shows its list."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.fields import Pick
from ui.style import scaled
from ui.widgets.parts import label, set_role


class MatchCard(QPushButton):
    """A kind with its count and sum; pressed while its list is on show."""

    def __init__(self, title: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "match-card")
        self.setCheckable(True)
        self.setMinimumHeight(scaled(66))
        self._title = label(title, "second")
        self._count = label("", "figure-faint")
        self._sum = label("", "second")
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 7)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        below = QHBoxLayout()
        below.addWidget(self._count)
        below.addWidget(self._sum, 1)
        layout.addLayout(below)
        for part in (self._title, self._count, self._sum):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _checked: action())

    def show_count(self, count: str, amount: str, tone: str) -> None:
        """Show a count and a sum; ``tone`` is good, error, warning or faint."""
        self._count.setText(count)
        self._sum.setText(amount)
        set_role(self._count, f"figure-{tone}")
        self.setAccessibleName(f"{self._title.text()} {count} {amount}".strip())

    @property
    def count(self) -> str:
        """The count shown."""
        return self._count.text()


class ProjectAsk(QWidget):
    """A project the export names and the year does not have: which one of the ledger it is."""

    def __init__(self, settle: Callable[[str, str], object]) -> None:
        super().__init__()
        self._settle = settle
        self._key = ""
        self._said: QLabel = label("", "warning", wraps=True)
        self.pick = Pick({})
        self.pick.setMinimumWidth(scaled(220))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said, 1)
        layout.addWidget(self.pick)
        self.pick.picked.connect(lambda project: self._settle(self._key, project) if project else None)
        self.hide()

    def ask(self, key: str, text: str, options: dict[str, str], proposed: str) -> None:
        """Ask about one project; an empty key asks nothing."""
        self._key = key
        self.setVisible(bool(key))
        self._said.setText(text)
        self.pick.setAccessibleName(text)
        self.pick.set_options(options)
        self.pick.set_value(proposed)
