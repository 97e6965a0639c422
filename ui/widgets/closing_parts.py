"""Pieces that the steps of the year's end share: a panel, a line with state and link, a card."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.change import Change
from core.checklist import StepState
from core.i18n import _
from core.milestones import Milestone
from ui.desk import Desk
from ui.form import save
from ui.style import row_height
from ui.widgets.closing_steps import STATE_LABELS, Phase
from ui.widgets.grid import ROW, GridView
from ui.widgets.parts import button, label, line, set_role

MOST_ROWS = 12  # of a grid that grows with what it holds
MARKS = {StepState.DONE: "✓", StepState.TODO: "●", StepState.BLOCKED: "○"}
ROLES = {StepState.DONE: "good", StepState.TODO: "accent", StepState.BLOCKED: "faint"}


class ClosingPanel(QWidget):
    """What can be done at one phase. Subclasses fill ``column`` and show the book as it is."""

    asked = Signal(str)  # another phase is to be shown
    sentence = ""  # what the phase is for, in one sentence

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.fault = label("", "error", wraps=True)  # why the last step was refused
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        """Show the book as it is now; ``held`` is what the journal tells of the year's state."""
        raise AssertionError("every panel shows something")

    def do(self, command: Callable[..., Change], *args: object) -> bool:
        """Save what a command of core says of the year on show, or say why not."""
        problem = save(self.desk, lambda: command(self.desk.book, *args))
        self.fault.setText(problem)
        self.fault.setVisible(bool(problem))
        return not problem

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved."""
        return ""


def card(*, spacing: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A card and the column inside it."""
    made = QFrame()
    made.setProperty("role", "card")
    inside = QVBoxLayout(made)
    inside.setContentsMargins(16, 12, 16, 12)
    inside.setSpacing(spacing)
    return made, inside


def row_of(*widgets: QWidget, stretch: int = -1) -> QHBoxLayout:
    """Widgets side by side; the stretch comes behind that of number ``stretch``, or at the end."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for number, widget in enumerate(widgets):
        row.addWidget(widget)
        if number == stretch:
            row.addStretch(1)
    if stretch < 0:
        row.addStretch(1)
    return row


class StepLines(QFrame):
    """A list of things with their state in words, what is left of each, and a link to where it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 6, 12, 6)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._parts: dict[str, tuple[QLabel, QLabel, QLabel, QPushButton, QPushButton]] = {}
        self._acts: dict[str, Callable[[], object]] = {}

    def show_line(
        self,
        key: str,
        state: StepState,
        title: str,
        detail: str,
        link: str = "",
        act: Callable[[], object] | None = None,
        more: str = "",
        more_act: Callable[[], object] | None = None,
    ) -> None:
        """Show a thing; ``link`` and ``more`` are what can be done about it."""
        mark, name, text, go, extra = self._parts[key]
        mark.setText(f"{MARKS[state]} {STATE_LABELS[state]}")
        set_role(mark, ROLES[state])
        name.setText(title)
        text.setText(detail)
        for made, words, what, own in ((go, link, act, key), (extra, more, more_act, f"{key}+")):
            made.setText(words)
            made.setAccessibleName(f"{title}：{words}")
            made.setVisible(bool(words))
            self._acts[own] = what or (lambda: None)

    def show_keys(self, keys: Sequence[str]) -> None:
        """Which things the list holds, in order; those it holds already stay."""
        if list(self._parts) == list(keys):
            return
        while item := self._grid.takeAt(0):
            item.widget().hide()
            item.widget().deleteLater()
        self._parts.clear()
        self._acts.clear()
        for key in keys:
            self._add(key)

    def link(self, key: str, more: bool = False) -> QPushButton:
        """The link of a line."""
        return self._parts[key][4 if more else 3]

    def text(self, key: str) -> str:
        """What a line says: state, title and what is left."""
        return " ".join(part.text() for part in self._parts[key][:3]) if key in self._parts else ""

    def _add(self, key: str) -> None:
        row = 2 * len(self._parts)
        if row:
            self._grid.addWidget(line(), row - 1, 0, 1, 5)
        go = button("", lambda: self._acts[key](), "link")
        more = button("", lambda: self._acts[f"{key}+"](), "link")
        parts = (label(), label(role="strong"), label(role="second", wraps=True), go, more)
        self._grid.setRowMinimumHeight(row, 38)
        for column, part in enumerate((parts[0], parts[1], parts[2], parts[4], parts[3])):
            self._grid.addWidget(part, row, column)
        self._parts[key] = parts


def fit_rows(view: GridView, rows: int) -> None:
    """Make a grid as high as its rows, up to a limit beyond which it scrolls."""
    shown = max(1, min(rows, MOST_ROWS))
    view.setFixedHeight(view.horizontalHeader().sizeHint().height() + 2 + row_height(ROW) * shown)


def told_by(milestone: Milestone | None, verb: str) -> str:
    """When something was done and by whom; only that it was done where the journal does not tell."""
    if milestone is None:
        return verb
    return _("{time} 由 {who} {verb}").format(time=milestone.at, who=milestone.who, verb=verb)
