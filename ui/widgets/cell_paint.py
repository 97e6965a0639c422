"""How a cell of a grid is drawn: ground, text, and the marks, bars, levels and tags of its roles."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from ui.style import colours
from ui.tables import BAR_ROLE, FOLD_ROLE, INDENT_ROLE, MARK_ROLE, TAG_ROLE, Role

PAD = 7
LEVEL = 14  # indent of a level, in pixels
BAR = 30


def paint_cell(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, view: QTableView) -> None:
    """Draw one cell."""
    c, rect = colours(), option.rect
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    ground = index.data(Role.BackgroundRole)
    if is_selected and (ground is None or ground.name() == QColor(c.page).name()):
        ground = QColor(c.accent_soft)
    if ground is not None:
        painter.fillRect(rect, ground)
    painter.setPen(QColor(c.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    inside = rect.adjusted(PAD, 0, -PAD, -1)
    mark = index.data(MARK_ROLE)
    if mark is not None:
        _paint_mark(painter, QRectF(rect).center(), mark)
    else:
        _paint_text(painter, inside, option, index)
    if is_selected and index == view.currentIndex() and view.hasFocus():
        painter.setPen(QPen(QColor(c.accent), 2))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def _paint_text(painter: QPainter, inside: QRect, option: QStyleOptionViewItem, index: QModelIndex) -> None:
    c = colours()
    font = option.font
    if index.data(Role.FontRole) is not None:
        font.setBold(True)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    level, fold = index.data(INDENT_ROLE), index.data(FOLD_ROLE)
    if level is not None:
        inside = inside.adjusted(level * LEVEL, 0, 0, 0)
        if fold is not None:
            _paint_fold(painter, QPointF(inside.left() + 4, inside.center().y() + 0.5), fold)
        inside = inside.adjusted(14, 0, 0, 0)
    share = index.data(BAR_ROLE)
    text = index.data(Role.DisplayRole) or ""
    tag = index.data(TAG_ROLE)
    room = inside.width() - (metrics.horizontalAdvance(tag) + 16 if tag else 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.setPen(index.data(Role.ForegroundRole) or QColor(c.text))
    painter.drawText(inside, int(index.data(Role.TextAlignmentRole)), shown)
    if share is not None:
        width = metrics.horizontalAdvance(text)
        _paint_bar(painter, QRectF(inside.right() - width - BAR - 6, inside.center().y() - 2, BAR, 6), share)
    if tag:
        left = inside.left() + metrics.horizontalAdvance(shown) + 6
        box = QRect(left, inside.center().y() - 8, metrics.horizontalAdvance(tag) + 8, 18)
        painter.fillRect(box, QColor(c.warning_soft))
        painter.setPen(QColor(c.warning))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)


def _paint_bar(painter: QPainter, rect: QRectF, share: float) -> None:
    c = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.line))
    painter.drawRoundedRect(rect, 3, 3)
    if share > 0:
        painter.setBrush(QColor(c.error if share > 1 else c.accent))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), rect.width() * min(share, 1), rect.height()), 3, 3)
    painter.restore()


def _paint_fold(painter: QPainter, centre: QPointF, is_open: bool) -> None:
    points = [(-4, -2), (4, -2), (0, 3)] if is_open else [(-2, -4), (-2, 4), (3, 0)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().second))
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in points]))
    painter.restore()


def _paint_mark(painter: QPainter, centre: QPointF, severity: str) -> None:
    """● error, ▲ warning, ○ hint, ✓ all well: told by shape as well as by colour."""
    c = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    match severity:
        case "error" | "block":
            painter.setBrush(QColor(c.error))
            painter.drawEllipse(centre, 5.5, 5.5)
            painter.setPen(QPen(QColor(c.surface), 1.6))
            painter.drawLine(centre + QPointF(0, -2.8), centre + QPointF(0, 0.6))
            painter.drawPoint(centre + QPointF(0, 2.9))
        case "warning":
            painter.setBrush(QColor(c.warning))
            painter.drawPolygon(QPolygonF([centre + QPointF(*p) for p in ((0, -5.5), (6, 5), (-6, 5))]))
        case "info":
            painter.setPen(QPen(QColor(c.info), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 4, 4)
        case "good":
            painter.setPen(QPen(QColor(c.good), 1.8))
            painter.drawPolyline(QPolygonF([centre + QPointF(*p) for p in ((-4, 0), (-1, 3), (4, -3.5))]))
    painter.restore()
