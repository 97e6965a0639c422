"""Budget and spending of each year as bars side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.i18n import _
from ui.style import colours

_TOP, _BOTTOM, _BAR, _GAP = 24.0, 24.0, 44.0, 14.0


class YearBars(QWidget):
    """Each year has two bars with their amounts above them; a year in which nothing was known has none."""

    def __init__(self, show_money: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_money = show_money
        self._years: list[tuple[int, int | None, int | None]] = []
        self.setMinimumHeight(190)
        self.setMaximumHeight(260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("各年全年预算与实际支出"))

    def sizeHint(self) -> QSize:
        return QSize(560, 210)

    def show_years(self, years: Sequence[tuple[int, int | None, int | None]]) -> None:
        """Draw these: year, budget and spending in 分 (None: not known)."""
        self._years = list(years)
        told = (
            _("{year}年预算{budget}、支出{spent}").format(
                year=year, budget=self._show_money(budget), spent=self._show_money(spent)
            )
            for year, budget, spent in self._years
            if budget is not None and spent is not None
        )
        self.setAccessibleDescription("；".join(told))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        top = max((abs(value) for _year, *pair in self._years for value in pair if value is not None), default=0)
        ground = self.height() - _BOTTOM
        painter.setPen(QColor(c.line))
        painter.drawLine(0, int(ground), self.width(), int(ground))
        step = self.width() / max(1, len(self._years))
        amounts = [self._show_money(value) for _year, *pair in self._years for value in pair if value is not None]
        wide = max((painter.fontMetrics().horizontalAdvance(amount) for amount in amounts), default=0) + 8
        apart = max(_GAP, wide - _BAR) / 2  # from the middle of a year to its bars: amounts do not run together
        for place, (year, budget, spent) in enumerate(self._years):
            middle = step * (place + 0.5)
            for value, left, colour in (
                (budget, middle - apart - _BAR, c.line),
                (spent, middle + apart, c.accent),
            ):
                self._draw_bar(painter, value, left, ground, top, colour, wide)
            painter.setPen(QColor(c.second))
            box = QRectF(middle - step / 2, ground + 4, step, _BOTTOM - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{year}")

    def _draw_bar(
        self, painter: QPainter, value: int | None, left: float, ground: float, top: int, colour: str, wide: int
    ) -> None:
        if value is None or not top:
            return
        height = max(0.0, (ground - _TOP) * value / top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(left, ground - height, _BAR, height), 3, 3)
        painter.setPen(QColor(colours().text))
        box = QRectF(left + (_BAR - wide) / 2, ground - height - 20, wide, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._show_money(value))
