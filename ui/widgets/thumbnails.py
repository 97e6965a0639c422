"""Small pictures of all pages, one below the other, to go to one of them."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.i18n import _
from ui.style import colours
from ui.widgets.preview import PdfPreview

WIDTH = 128
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1}


class Thumbnails(PdfPreview):
    """The page on show is framed; a click or the arrow keys choose another."""

    picked = Signal(int)  # page from 0

    MARGIN = 14
    GAP = 22  # room for the number under a page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = 0
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("页面缩略图"))
        self.clicked.connect(lambda page, _x, _y: self.picked.emit(page))

    def choose(self, page: int) -> None:
        """Frame a page and bring it into view."""
        self._chosen = page
        if 0 <= page < len(self._boxes):
            box, bar = self._boxes[page], self.verticalScrollBar()
            if box.top() - self.GAP < bar.value():
                bar.setValue(box.top() - self.GAP)
            elif box.bottom() + self.GAP > bar.value() + self.viewport().height():
                bar.setValue(box.bottom() + self.GAP - self.viewport().height())
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.pages - 1}
        page = ends.get(key, self._chosen + _KEYS.get(key, 0))
        if key in _KEYS or key in ends:
            self.picked.emit(max(0, min(page, self.pages - 1)))
        else:
            event.ignore()

    def _paint_frame(self, painter: QPainter, page: int, box: QRect) -> None:
        c, chosen = colours(), page == self._chosen
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(c.accent), 2) if chosen else QColor(c.line))
        painter.drawRect(box.adjusted(-2, -2, 1, 1) if chosen else box.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(c.accent if chosen else c.second))
        foot = QRect(box.left(), box.bottom() + 3, box.width(), self.GAP - 4)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(page + 1))
