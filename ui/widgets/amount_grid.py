"""A grid whose columns of amounts are as wide as the largest amount needs."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from core.money import show_yuan
from ui.tables import RecordTable
from ui.widgets.cell_paint import PAD
from ui.widgets.grid import GridView


class AmountGrid(GridView):
    """The page says how large amounts are: looking into every row would take too long."""

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        self._amount_width = 0  # pixels that the largest amount needs
        super().__init__(model, parent)

    def make_room(self, amount: int) -> None:
        """Widen the columns of amounts so that one as large as this, in 分, stands in full."""
        bold = self.font()
        bold.setBold(True)  # as totals are
        width = QFontMetrics(bold).horizontalAdvance(show_yuan(-abs(amount))) + 2 * PAD + 2
        if width != self._amount_width:
            self._amount_width = width
            self.fit_columns()

    def column_width(self, number: int) -> int:
        width = super().column_width(number)
        return max(width, self._amount_width) if self.table.columns[number].is_amount else width
