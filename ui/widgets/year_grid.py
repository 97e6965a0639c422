"""The grid of 收支台账: months fold, and what a month comes to is written across its row."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.i18n import _
from ui.style import colours, row_height
from ui.widgets.amount_grid import AmountGrid
from ui.widgets.cell_paint import PAD, shade
from ui.widgets.entry_table import DATE, KIND
from ui.widgets.grid import ROW
from ui.widgets.year_model import YearModel
from ui.widgets.year_rows import Band

ARROW = PAD + 18  # pixels at the left of a month that fold it


class YearGrid(AmountGrid):
    """Space folds the month the officer is at."""

    def __init__(self, model: YearModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.model_of_year = model
        self.horizontalHeader().setFixedHeight(row_height(42, 2))
        self.setAccessibleName(_("收支台账"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        band = self.current
        if isinstance(band, Band) and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.model_of_year.toggle(band.month)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        band = self.table.record(index)
        is_arrow = event.position().x() <= self.visualRect(index).left() + ARROW
        if isinstance(band, Band) and self.table.columns[index.column()].key == DATE and is_arrow:
            self.model_of_year.toggle(band.month)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        band = self.table.record(self.indexAt(event.position().toPoint()))
        if isinstance(band, Band):
            self.model_of_year.toggle(band.month)
        else:
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = self.table.rows
        last = self.rowAt(self.viewport().height() - 1)
        first = self.rowAt(0)
        shown = range(max(0, first), (last if last >= 0 else len(rows) - 1) + 1)
        bands = [(row, rows[row]) for row in shown if row < len(rows) and isinstance(rows[row], Band)]
        if bands and self.model_of_year.desk.is_open and (room := self._room()) is not None:
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(shade(colours().second))
            metrics = QFontMetrics(self.font())
            for row, band in bands:
                high = row_height(ROW) - 1
                place = QRect(room[0] + PAD, self.rowViewportPosition(row), room[1] - room[0] - 2 * PAD, high)
                if self.model_of_year.is_locked(band.month):
                    place.setLeft(self._paint_lock(painter, metrics, place))
                words = self.model_of_year.band_words(band.month)
                text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_lock(self, painter: QPainter, metrics: QFontMetrics, place: QRect) -> int:
        """Say that a month is locked; returns where the words may go on."""
        words = _("已锁定")
        box = QRect(place.left(), place.center().y() - 8, metrics.horizontalAdvance(words) + 10, 18)
        painter.fillRect(box, shade(colours().warning_soft))
        painter.setPen(shade(colours().warning))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.setPen(shade(colours().second))
        return box.right() + 10

    def _room(self) -> tuple[int, int] | None:
        """From where to where a row of a month has no text of its own, behind the number of entries."""
        header, table = self.horizontalHeader(), self.table
        begun = False
        left = right = 0
        for place in range(header.count()):
            number = header.logicalIndex(place)
            if self.isColumnHidden(number):
                continue
            column = table.columns[number]
            if column.key in (DATE, KIND):
                begun, left = True, self.columnViewportPosition(number) + self.columnWidth(number)
                right = left
            elif begun and column.is_amount:
                break
            elif begun:
                right = self.columnViewportPosition(number) + self.columnWidth(number)
        left = max(left, self.frozen.width)
        return (left, right) if right - left > 60 else None
