"""How a cell of a grid is drawn: ground, text, and its mark, bar, level, fold and tag.

A window shows hundreds of cells and every edit draws most of them again: the table is asked directly, and
fonts, metrics and colours are kept.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.style import Colours, colours, icon
from ui.tables import Column, Look

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

PAD = 7
LEVEL = 14  # indent of a level, in pixels
BAR = 30
MOST_FITTED = 6_000  # texts whose widths are kept
CLIP = 14  # the picture of a paper clip

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@cache
def shade(value: str) -> QColor:
    """A colour by its value."""
    return QColor(value)


class CellPainter:
    """Draws the cells of one view."""

    def __init__(self, view: "GridView") -> None:
        self._view = view
        self._colours = colours()
        self._fonts: tuple[QFont, QFont] = (view.font(), view.font())  # plain and bold
        self._metrics: tuple[QFontMetrics, QFontMetrics] = (QFontMetrics(view.font()), QFontMetrics(view.font()))
        self._key = ""  # of the font
        self._fitted: dict[tuple[str, bool, int], tuple[str, int]] = {}  # texts as they fit, and how wide they are
        self._clip = icon("attach")

    def begin(self) -> None:
        """Take up the colours and fonts of now, once for all cells that are drawn together."""
        self._colours = colours()
        held = self._view.font()
        if self._key != held.key():
            bold = QFont(held)
            bold.setBold(True)
            self._key, self._fonts = held.key(), (QFont(held), bold)
            self._metrics = (QFontMetrics(held), QFontMetrics(bold))
            self._fitted.clear()
        if len(self._fitted) > MOST_FITTED:
            self._fitted.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell."""
        table, c, rect = self._view.table, self._colours, option.rect
        if table.desk is not None and not table.desk.is_open:
            return  # the file was closed while the window is still there: nothing can be said of its records
        record = table.rows[index.row()]
        column = table.columns[index.column()]
        here = self._view.currentIndex()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        # One cell chosen: its whole row shows where the officer is. Several: they themselves.
        is_selected = is_chosen or (here.row() == index.row() and not self._view.tally.is_many)
        ground = "warning_soft" if table.is_flashed(record, column.key) else table.ground(record, column.key)
        if is_selected and ground in ("", "page"):
            ground = "accent_soft"
        if ground:
            painter.fillRect(rect, shade(getattr(c, ground)))
        painter.setPen(shade(c.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        look = table.look(record, column.key)
        if look.mark:
            _paint_mark(painter, c, QRectF(rect).center(), look.mark)
        else:
            self._paint_text(painter, c, rect.adjusted(PAD, 0, -PAD, -1), record, column, look)
        if index == here and is_selected and self._view.hasFocus():
            painter.setPen(QPen(shade(c.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_text(
        self, painter: QPainter, c: Colours, inside: QRect, record: object, column: Column, look: Look
    ) -> None:
        table = self._view.table
        strong = look.strong or table.is_strong(record)
        metrics = self._metrics[strong]
        painter.setFont(self._fonts[strong])
        if look.clips:
            inside = inside.adjusted(0, 0, -self._paint_clips(painter, c, inside, metrics, look.clips), 0)
        if look.level >= 0:
            inside = inside.adjusted(look.level * LEVEL, 0, 0, 0)
            if look.fold is not None:
                _paint_fold(painter, c, QPointF(inside.left() + 4, inside.center().y() + 0.5), look.fold)
            inside = inside.adjusted(14, 0, 0, 0)
        text = table.text(record, column.key)
        if "\n" in text:
            text = text.replace("\n", " ")
        room = inside.width() - (metrics.horizontalAdvance(look.tag) + 16 if look.tag else 0)
        text, width = self._fit(text, strong, room)
        if text:
            is_negative = column.is_amount and text.startswith(("-", "−"))
            tone = "error" if is_negative else table.tone(record, column.key)
            painter.setPen(shade(getattr(c, tone or "text")))
            left = inside.right() + 1 - width if column.is_amount else inside.left()
            # At a point: within a rectangle Qt would measure the text once more.
            painter.drawText(
                left, inside.top() + (inside.height() - metrics.height() + 1) // 2 + metrics.ascent(), text
            )
        if look.note and metrics.horizontalAdvance(look.note) + 8 <= inside.width() - width:
            painter.setFont(self._fonts[False])
            painter.setPen(shade(c.faint))
            painter.drawText(inside, _LEFT, look.note)
        if look.share is not None:
            bar = QRectF(inside.right() - width - BAR - 6, inside.center().y() - 2, BAR, 6)
            _paint_bar(painter, c, bar, look.share)
        if look.tag:
            left = inside.left() + width + 6
            box = QRect(left, inside.center().y() - 8, metrics.horizontalAdvance(look.tag) + 8, 18)
            painter.fillRect(box, shade(c.warning_soft))
            painter.setPen(shade(c.warning))
            painter.drawText(box, _CENTRE, look.tag)

    def _paint_clips(self, painter: QPainter, c: Colours, inside: QRect, metrics: QFontMetrics, clips: int) -> int:
        """A paper clip at the right end, with a number where there are several; returns how wide it is."""
        count = str(clips) if clips > 1 else ""
        width = CLIP + metrics.horizontalAdvance(count) + 1
        left = inside.right() - width
        self._clip.paint(painter, QRect(left, inside.center().y() - CLIP // 2, CLIP, CLIP))
        painter.setPen(shade(c.second))
        painter.drawText(inside, _RIGHT, count)
        return width + 4

    def _fit(self, text: str, strong: bool, room: int) -> tuple[str, int]:
        """A text as it fits into so many pixels, and how wide it is then."""
        key = (text, strong, room)
        if (held := self._fitted.get(key)) is None:
            metrics = self._metrics[strong]
            width = metrics.horizontalAdvance(text)
            if width > room:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                width = metrics.horizontalAdvance(text)
            held = self._fitted[key] = (text, width)
        return held


def _paint_bar(painter: QPainter, c: Colours, rect: QRectF, share: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(c.line))
    painter.drawRoundedRect(rect, 3, 3)
    if share > 0:
        painter.setBrush(shade(c.error if share > 1 else c.accent))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), rect.width() * min(share, 1), rect.height()), 3, 3)
    painter.restore()


def _paint_fold(painter: QPainter, c: Colours, centre: QPointF, is_open: bool) -> None:
    points = [(-4, -2), (4, -2), (0, 3)] if is_open else [(-2, -4), (-2, 4), (3, 0)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(c.second))
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in points]))
    painter.restore()


def _paint_mark(painter: QPainter, c: Colours, centre: QPointF, severity: str) -> None:
    """● error, ▲ warning, ○ hint, ✓ all well: told by shape as well as by colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    match severity:
        case "error" | "block":
            painter.setBrush(shade(c.error))
            painter.drawEllipse(centre, 5.5, 5.5)
            painter.setPen(QPen(shade(c.surface), 1.6))
            painter.drawLine(centre + QPointF(0, -2.8), centre + QPointF(0, 0.6))
            painter.drawPoint(centre + QPointF(0, 2.9))
        case "warning":
            painter.setBrush(shade(c.warning))
            painter.drawPolygon(QPolygonF([centre + QPointF(*p) for p in ((0, -5.5), (6, 5), (-6, 5))]))
        case "info":
            painter.setPen(QPen(shade(c.info), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 4, 4)
        case "good":
            painter.setPen(QPen(shade(c.good), 1.8))
            painter.drawPolyline(QPolygonF([centre + QPointF(*p) for p in ((-4, 0), (-1, 3), (4, -3.5))]))
    painter.restore()
