"""The view of the indicators: columns by the table and the room there is, rows moved by keys, a menu of a row."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.goals import Version
from core.i18n import _
from core.scoring import Scored
from ui.widgets.goal_model import (
    ACTUAL,
    LEVEL1,
    LEVEL2,
    NAME,
    REASON,
    RESULTS,
    SCORE,
    TARGET,
    UNIT,
    WEIGHT,
    GoalModel,
)
from ui.widgets.grid import GridView

NARROW = 690  # pixels of the grid in the smallest window
WIDE = 860  # from which on there is room for full names of levels
_WIDTHS: Mapping[str, int] = {
    LEVEL1: 86,
    LEVEL2: 134,
    TARGET: 80,
    UNIT: 56,
    WEIGHT: 52,
    ACTUAL: 84,
    SCORE: 60,
    REASON: 180,
}


class GoalGrid(GridView):
    """Alt with an arrow moves an indicator, Insert begins a new one; the last row is always empty."""

    frozen_count = 3  # up to the name

    move_asked = Signal(int)  # step

    def __init__(self, model: GoalModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.goals = model
        self.setAccessibleName(_("绩效指标"))
        self.cells.closeEditor.connect(model.settle)
        model.added.connect(self.stand_at)

    @property
    def scored(self) -> Scored | None:
        """The indicator the officer is at; None on the empty row."""
        record = self.current
        return record if isinstance(record, Scored) and record.indicator.id else None

    def show_columns(self) -> None:
        """Show the columns the table has."""
        for column in RESULTS:
            self.setColumnHidden(self.goals.column_of(column), self.goals.version == Version.GOAL)
        self.fit_columns()

    def begin_new(self) -> None:
        """Stand in the empty row, ready to type a name."""
        self.setFocus()
        if self.stand_at(0, NAME):
            self.scrollToBottom()

    def fit_columns(self) -> None:
        self.goals.is_wide = self._room() >= WIDE
        super().fit_columns()

    def column_width(self, number: int) -> int:
        key, usual = self.goals.columns[number].key, super().column_width(number)
        width = _WIDTHS.get(key, usual) if self.goals.is_wide else usual
        if key == REASON:  # shares what is left with the names
            width += max(0, self._room() - (WIDE if self.goals.is_wide else NARROW)) * 2 // 3
        return width

    def _room(self) -> int:
        """Pixels for the columns; a target table has fewer of them."""
        return self.viewport().width() + (170 if self.goals.version == Version.GOAL else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        else:
            super().keyPressEvent(event)
