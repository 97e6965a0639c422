"""部门整体支出评价指标: the rows of the unit's own table that the ledger can score, folded until asked for."""

from collections.abc import Hashable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.i18n import _
from core.indicator_text import points
from core.unit_scores import UnitScore, reckoned, unit_scores
from ui.desk import Desk
from ui.style import row_height
from ui.tables import Column, RecordTable
from ui.widgets.grid import ROW, GridView
from ui.widgets.parts import button

_COLUMNS = (
    Column("level2", _("二级指标"), 84),
    Column("name", _("三级指标"), 150),
    Column("points", _("分值"), 46, is_amount=True),
    Column("score", _("得分"), 54, is_amount=True),
    Column("text", _("计算过程"), 190),
    Column("standard", _("评分标准"), 0),
)


class ScoreModel(RecordTable):
    """Rows are ``UnitScore``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)

    def key(self, record: UnitScore) -> Hashable:
        return record.name

    def text(self, record: UnitScore, column: str) -> str:
        if column == "score":
            return points(record.score) if record.score is not None else "—"
        return str(getattr(record, column))

    def tone(self, record: UnitScore, column: str) -> str:
        if column == "score" and record.score is not None:
            return "warning" if record.score < record.points else ""
        return "" if column == "name" else "second"

    def tip(self, record: UnitScore, column: str) -> str:
        return self.text(record, column) if column in ("name", "text", "standard") else ""


class UnitScores(QWidget):
    """A line with the sum; a click unfolds the table."""

    opened = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_open = False
        self.head = button("", self._toggle, "link")
        self.model = ScoreModel(self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("部门整体支出评价指标"))
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        self._card.setFixedHeight(row_height(ROW) * 7)
        self._card.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.head)
        layout.addWidget(self._card)

    def show_unit(self, is_wanted: bool) -> None:
        """Show the table of the year on show, or nothing."""
        self.setVisible(is_wanted)
        if not is_wanted:
            self.opened.emit(False)
            return
        rows = unit_scores(self.desk.book, self.desk.year)
        got, full = reckoned(rows)
        self.head.setText(
            _("{mark} 部门整体支出评价指标（可自动计算部分）：得{got}分，满分{full}分").format(
                mark="▾" if self._is_open else "▸", got=points(got), full=full
            )
        )
        self._card.setVisible(self._is_open)
        self.model.show_rows(rows)
        self.opened.emit(self._is_open)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self.show_unit(True)
