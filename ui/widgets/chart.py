"""The curve of a year: spending up to the end of each month against 序时进度."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.i18n import _
from ui.style import colours

MONTHS = 12
_MOST_LINES = 5  # grid lines over the ground line
_TOP, _BOTTOM, _RIGHT = 12.0, 26.0, 18.0


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn, in 分: spent in each month, spent so far (as far as the year has come), and the pace."""

    monthly: Sequence[int]
    spent: Sequence[int]
    paced: Sequence[int]


class LineChart(QWidget):
    """Pointing at a month, or ← → with the keyboard, shows its figures; a click or Enter asks for the projects."""

    clicked = Signal()

    def __init__(self, show_money: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_money = show_money
        self._curve = Curve([], [], [])
        self._month = -1  # the month pointed at
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(320, 150)
        self.setMaximumHeight(340)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("累计支出与序时进度"))

    def sizeHint(self) -> QSize:
        return QSize(560, 200)

    def show_curve(self, curve: Curve) -> None:
        """Draw another curve."""
        self._curve = curve
        self._point_at(min(self._month, len(curve.paced) - 1))
        self.update()

    @property
    def month(self) -> int:
        """The month pointed at, counted from 0; -1: none."""
        return self._month

    def figures(self, month: int) -> list[tuple[str, str]]:
        """What is said of a month (from 0): labels with amounts."""
        curve = self._curve
        found = []
        if month < len(curve.spent):
            found = [
                (_("当月支出"), self._show_money(curve.monthly[month])),
                (_("累计支出"), self._show_money(curve.spent[month])),
            ]
        return [*found, (_("序时进度"), self._show_money(curve.paced[month]))]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area = self._area()
        if not self._curve.paced or not area.width():
            return
        step = area.width() / (MONTHS - 1)
        self._point_at(max(0, min(MONTHS - 1, round((event.position().x() - area.left()) / step))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and self._curve.paced:
            self._point_at(max(0, min(MONTHS - 1, self._month + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        self._draw_grid(painter, area)
        curve = self._curve
        c = colours()
        if curve.paced and max(curve.paced):
            self._draw_line(painter, area, curve.paced, QPen(QColor(c.faint), 1.6, Qt.PenStyle.DashLine))
        if curve.spent:
            self._draw_fill(painter, area)
            self._draw_line(painter, area, curve.spent, QPen(QColor(c.accent), 2.4))
            self._dot(painter, area, curve.spent, len(curve.spent) - 1, c.accent)
        if self._month >= 0:
            self._draw_month(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _point_at(self, month: int) -> None:
        if month == self._month:
            return
        self._month = month
        if month >= 0:
            said = "，".join(f"{label} {amount}" for label, amount in self.figures(month))
            self.setAccessibleDescription(_("{month}月：{figures}").format(month=month + 1, figures=said))
        self.update()

    def _ticks(self) -> list[int]:
        """Round amounts for the grid lines, 0 first, the last one above every figure."""
        top = max([*self._curve.spent, *self._curve.paced, 0])
        return [step * n for step in [round_step(top, _MOST_LINES)] for n in range(-(-top // step) + 1)]

    def _labels(self) -> list[str]:
        """The ticks in words, decimals only where one needs them."""
        texts = [self._show_money(tick) for tick in self._ticks()]
        return [text.removesuffix(".00") for text in texts] if all(t.endswith(".00") for t in texts) else texts

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(text) for text in self._labels()) + 10
        return QRectF(left, _TOP, self.width() - left - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _at(self, area: QRectF, month: int, amount: int) -> QPointF:
        top = self._ticks()[-1] or 1
        return QPointF(area.left() + area.width() * month / (MONTHS - 1), area.bottom() - area.height() * amount / top)

    def _draw_grid(self, painter: QPainter, area: QRectF) -> None:
        c = colours()
        for tick, text in zip(self._ticks(), self._labels(), strict=True):
            # On whole device pixels, so that hairlines stay crisp.
            y = round(self._at(area, 0, tick).y()) + 0.5
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(c.faint))
            box = QRectF(0, y - 9, area.left() - 8, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for month in range(MONTHS):
            x = self._at(area, month, 0).x()
            box = QRectF(x - 24, area.bottom() + 6, 48, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("{month}月").format(month=month + 1))

    def _draw_line(self, painter: QPainter, area: QRectF, amounts: Sequence[int], pen: QPen) -> None:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([self._at(area, month, amount) for month, amount in enumerate(amounts)])

    def _draw_fill(self, painter: QPainter, area: QRectF) -> None:
        path = QPainterPath(self._at(area, 0, 0))
        for month, amount in enumerate(self._curve.spent):
            path.lineTo(self._at(area, month, amount))
        path.lineTo(self._at(area, len(self._curve.spent) - 1, 0))
        shade = QColor(colours().accent)
        shade.setAlpha(22)
        painter.fillPath(path, shade)

    def _dot(self, painter: QPainter, area: QRectF, amounts: Sequence[int], month: int, colour: str) -> None:
        painter.setPen(QPen(QColor(colours().surface), 1.5))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(self._at(area, month, amounts[month]), 4, 4)

    def _draw_month(self, painter: QPainter, area: QRectF) -> None:
        """A line through the month pointed at, dots on the curves, and a box with its figures."""
        c, month = colours(), self._month
        x = round(self._at(area, month, 0).x()) + 0.5
        painter.setPen(QPen(QColor(c.second), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        self._dot(painter, area, self._curve.paced, month, c.faint)
        if month < len(self._curve.spent):
            self._dot(painter, area, self._curve.spent, month, c.accent)
        rows = [(_("{month}月").format(month=month + 1), ""), *self.figures(month)]
        metrics = QFontMetricsF(self.font())
        names = max(metrics.horizontalAdvance(name) for name, _amount in rows)
        width = names + 20 + max(metrics.horizontalAdvance(amount) for _name, amount in rows) + 20
        height = 20.0 * len(rows) + 10
        left = x + 12 if x + 12 + width <= self.width() else x - 12 - width
        box = QRectF(left, area.top() + 4, width, height)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(box, 5, 5)
        for number, (name, amount) in enumerate(rows):
            line = QRectF(box.left() + 10, box.top() + 5 + 20 * number, width - 20, 20)
            painter.setPen(QColor(c.second if number else c.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QColor(c.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, amount)


def round_step(top: int, most: int) -> int:
    """The smallest round amount (1, 2, 2.5 or 5 times a power of ten, in 分) that reaches ``top`` in ``most``
    steps; at least 1元."""
    power = 100
    while True:
        for step in (power, 2 * power, 5 * power // 2, 5 * power):
            if step * most >= top:
                return step
        power *= 10
