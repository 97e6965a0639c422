"""The first columns of a grid stay in sight when it is scrolled sideways.

They are drawn once more over the others, in the same viewport: there are no second rows that could drift, and
selection, keys and editors are those of the grid itself. What the mouse does there is told as if it happened
where the columns really are.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from ui.style import colours
from ui.widgets.cell_paint import shade

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

MOST = 0.6  # of the width of the grid: columns that leave less room are not frozen
SHADE = 5  # pixels at the edge
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
)


class FrozenColumns:
    """Those of one view."""

    def __init__(self, view: "GridView") -> None:
        self._view = view

    @property
    def room(self) -> int:
        """How wide the columns are that would stay; 0 where they would leave too little room."""
        view, header = self._view, self._view.horizontalHeader()
        numbers = self.numbers()
        width = sum(header.sectionSize(number) for number in numbers)
        return width if 0 < width <= MOST * view.viewport().width() else 0

    @property
    def width(self) -> int:
        """How wide they are on show over the others; 0 while the grid is not scrolled sideways."""
        return self.room if self.offset else 0

    @property
    def offset(self) -> int:
        """How far the grid is scrolled sideways, in pixels."""
        return self._view.horizontalScrollBar().value()

    def numbers(self) -> list[int]:
        """The columns that stay, from the left."""
        header = self._view.horizontalHeader()
        places = range(min(self._view.frozen_count, header.count()))
        return [number for number in map(header.logicalIndex, places) if not header.isSectionHidden(number)]

    def keeps(self, column: int) -> bool:
        """Whether a column stays in sight."""
        return bool(self.room) and self._view.horizontalHeader().visualIndex(column) < self._view.frozen_count

    def placed(self, rect: QRect, column: int) -> QRect:
        """Where a cell is seen that really is at ``rect``."""
        return rect.translated(self.offset, 0) if self.width and self.keeps(column) else rect

    def settle(self, index: QModelIndex, before: int) -> None:
        """After the grid scrolled to a cell: one that stays needs no way sideways, another is not to lie under it."""
        bar = self._view.horizontalScrollBar()
        if self.keeps(index.column()):
            bar.setValue(before)
        elif self.width and (left := self._view.columnViewportPosition(index.column())) < self.width:
            bar.setValue(bar.value() + left - self.width)

    def draw_again(self, by: int = 0) -> None:
        """Have the columns drawn again, in the rows and in the header, and what was moved from under them."""
        if room := self.room:
            header = self._view.horizontalHeader()
            for viewport in (self._view.viewport(), header.viewport()):
                viewport.update(0, 0, room + abs(by) + SHADE + 1, viewport.height())

    def paint(self, event: QPaintEvent) -> None:
        """Draw the columns over the others."""
        view, header = self._view, self._view.horizontalHeader()
        width, height = self.width, view.viewport().height()
        if not width or event.rect().left() > width + SHADE:
            return
        painter = QPainter(view.viewport())
        painter.setClipRegion(QRegion(0, 0, width + SHADE, height).intersected(event.region()))
        painter.fillRect(0, 0, width, height, view.palette().base())
        top, bottom = view.rowAt(event.rect().top()), view.rowAt(event.rect().bottom())
        last = (bottom if bottom >= 0 else len(view.table.rows) - 1) + 1
        for row in range(max(0, top), last if top >= 0 else 0):
            for number in self.numbers():
                index = view.table.index(row, number)
                option = QStyleOptionViewItem()
                left = header.sectionPosition(number)
                option.rect = QRect(left, view.rowViewportPosition(row), view.columnWidth(number), view.rowHeight(row))
                if view.selectionModel().isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                view.cells.paint(painter, option, index)
        _paint_edge(painter, width, height)

    def moved(self, event: QEvent, is_held: bool = False) -> QEvent:
        """What the mouse does on these columns, told where they really are. ``is_held``: a drag began on them."""
        width = self.width
        if not width:
            return event
        if isinstance(event, QMouseEvent) and event.type() in _MOUSE:
            if is_held or event.position().x() < width:
                place = event.position() - QPointF(self.offset, 0)
                return QMouseEvent(
                    event.type(),
                    place,
                    event.scenePosition(),
                    event.globalPosition(),
                    event.button(),
                    event.buttons(),
                    event.modifiers(),
                )
        elif isinstance(event, QHelpEvent) and event.pos().x() < width:
            place = event.pos()
            place.setX(place.x() - self.offset)
            return QHelpEvent(event.type(), place, event.globalPos())
        return event


class GridHeader(QHeaderView):
    """The titles of a grid; those of the columns that stay are drawn over the others."""

    def __init__(self, view: "GridView", frozen: FrozenColumns) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._frozen = frozen
        self._is_held = False  # a drag that began on a title that stays goes on as one

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        width = self._frozen.width
        if not width or event.rect().left() > width + SHADE:
            return
        painter = QPainter(self.viewport())
        for number in self._frozen.numbers():
            painter.save()
            rect = QRect(self.sectionPosition(number), 0, self.sectionSize(number), self.height())
            self.paintSection(painter, rect, number)
            painter.restore()
        _paint_edge(painter, width, self.height())

    def viewportEvent(self, event: QEvent) -> bool:
        told = self._frozen.moved(event, self._is_held)
        if event.type() == QEvent.Type.MouseButtonPress:
            self._is_held = told is not event
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._is_held = False
        return super().viewportEvent(told)


def _paint_edge(painter: QPainter, width: int, height: int) -> None:
    """A line, and a shade that says there is more under it."""
    line = shade(colours().line)
    painter.setPen(line)
    painter.drawLine(width - 1, 0, width - 1, height)
    for step in range(SHADE):
        painter.setOpacity(0.7 * (1 - step / SHADE))
        painter.drawLine(width + step, 0, width + step, height)
    painter.setOpacity(1)
