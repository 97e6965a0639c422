"""A grid whose columns of amounts are as wide as the largest amount needs."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from core.money import show_yuan
from ui.style import scaled
from ui.tables import RecordTable
from ui.widgets.cell_paint import PAD
from ui.widgets.grid import GridView


class AmountGrid(GridView):
    """The page says how large amounts are: looking into every row would take too long."""

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        self._amount_width = 0  # pixels that the largest amount needs
        self._hidden: dict[str, bool] = {}
        super().__init__(model, parent)

    def make_room(self, amount: int) -> None:
        """Widen the columns of amounts so that one as large as this, in 分, stands in full."""
        bold = self.font()
        bold.setBold(True)  # as totals are
        width = QFontMetrics(bold).horizontalAdvance(show_yuan(-abs(amount))) + 2 * PAD + 2
        if width != self._amount_width:
            self._amount_width = width
            self.fit_columns()

    def hide_columns(self, hidden: Mapping[str, bool], giving_way: Iterable[str], room: int) -> None:
        """Hide those of ``hidden``, and of ``giving_way`` in turn as many as do not fit into ``room`` pixels."""
        hidden, columns = dict(hidden), self.table.columns
        widths = ((column.key, self.column_width(number)) for number, column in enumerate(columns))
        room -= sum(width for key, width in widths if not hidden.get(key))
        for key in giving_way:
            if room < 0 and not hidden[key]:
                hidden[key] = True
                room += scaled(columns[self.table.column_of(key)].width)
        for key, is_hidden in hidden.items():
            self.setColumnHidden(self.table.column_of(key), is_hidden)
        if hidden != self._hidden:
            self._hidden = hidden
            self.fit_columns()

    def column_width(self, number: int) -> int:
        width = super().column_width(number)
        return max(width, self._amount_width) if self.table.columns[number].is_amount else width
