"""Projects as bars: what became of each one's budget, with the amounts beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.balance import Balance
from core.i18n import _
from core.money import NOTHING, show_rate
from core.overview import ProjectLine
from ui.style import Colours, colours, row_height

ROW = 30
_HEAD = 26
_GAP = 14
_BAR = 14
_NAME_LEAST, _NAME_MOST, _BAR_LEAST = 120, 300, 120


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar and a column beside it."""

    label: str
    colour: Callable[[Colours], str]
    amount: Callable[[Balance], int]
    always: bool = True  # False: the column is there only if a project has such an amount


def _pale(colour: str) -> str:
    """The colour, a third as strong."""
    return "#55" + colour.removeprefix("#")


PARTS = (
    Part(_("支出"), lambda c: c.accent, lambda b: b.spent),
    Part(_("结转"), lambda c: c.warning, lambda b: b.carried),
    Part(_("收回"), lambda c: c.faint, lambda b: b.recovered),
    Part(_("结余"), lambda c: c.good, lambda b: b.surplus, always=False),
    Part(_("未处置"), lambda c: _pale(c.accent), lambda b: b.undisposed),
)


class ExecutionBars(QWidget):
    """One line a project: its name, a bar as wide as its own budget, amounts and 执行率. A click or Enter
    chooses the project."""

    chosen = Signal(int)  # project id

    def __init__(self, show_money: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_money = show_money
        self._lines: Sequence[ProjectLine] = ()
        self._parts: tuple[Part, ...] = PARTS
        self._widths: list[int] = []
        self._hovered = -1
        self._current = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("项目执行"))

    def show_lines(self, lines: Sequence[ProjectLine]) -> None:
        """Show other projects or other amounts."""
        self._lines = lines
        self._parts = tuple(p for p in PARTS if p.always or any(p.amount(line.balance) for line in lines))
        metrics = QFontMetrics(self.font())
        columns = [[head, *(cells[i] for cells in map(self.cells, lines))] for i, head in enumerate(self.heads())]
        self._widths = [max(map(metrics.horizontalAdvance, texts)) for texts in columns]
        self._current = max(0, min(self._current, len(lines) - 1))
        self.setMinimumWidth(sum(self._widths) + _GAP * (len(self._widths) + 1) + _NAME_LEAST + _BAR_LEAST)
        self.setFixedHeight(_HEAD + row_height(ROW) * len(lines))
        self._tell()
        self.update()

    def heads(self) -> list[str]:
        """The headings of the columns of amounts."""
        return [_("全年预算"), *(part.label for part in self._parts), _("执行率")]

    def cells(self, line: ProjectLine) -> list[str]:
        """The amounts of a project, column by column."""
        balance = line.balance
        amounts = [balance.budget, *(part.amount(balance) for part in self._parts)]
        rate = NOTHING if line.rate is None else show_rate(line.rate.numerator, line.rate.denominator)
        return [*map(self._show_money, amounts), rate]

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.height())

    def row_rect(self, row: int) -> QRect:
        """Where a project's line is."""
        return QRect(0, _HEAD + row_height(ROW) * row, self.width(), row_height(ROW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._choose(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._lines):
            self._current += step
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._lines:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if event.rect().top() < _HEAD:
            self._draw_head(painter)
        first = max(0, (event.rect().top() - _HEAD) // row_height(ROW))
        last = min(len(self._lines), (event.rect().bottom() - _HEAD) // row_height(ROW) + 1)
        for row in range(first, last):
            self._draw_row(painter, row)

    def _columns(self) -> tuple[QRect, QRect, list[QRect]]:
        """Where name, bar and amounts are, for the first line's top."""
        right = self.width() - 4
        places = []
        for width in reversed(self._widths):
            places.append(QRect(right - width, 0, width, row_height(ROW)))
            right -= width + _GAP
        longest = max((self.fontMetrics().horizontalAdvance(line.row.name) for line in self._lines), default=0)
        name = max(_NAME_LEAST, min(longest + 4, _NAME_MOST, right - _BAR_LEAST - 2 * _GAP))
        bar = QRect(4 + name + _GAP, (row_height(ROW) - _BAR) // 2, right - name - 2 * _GAP - 4, _BAR)
        return QRect(4, 0, name, row_height(ROW)), bar, places[::-1]

    def _draw_head(self, painter: QPainter) -> None:
        c = colours()
        _name, _bar, places = self._columns()
        painter.setPen(QColor(c.faint))
        for text, place in zip(self.heads(), places, strict=True):
            box = QRect(place.left(), 0, place.width(), _HEAD)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        left = 4
        for part in self._parts:  # the legend
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(part.colour(c)))
            painter.drawRoundedRect(QRectF(left, _HEAD / 2 - 5, 10, 10), 2, 2)
            width = self.fontMetrics().horizontalAdvance(part.label)
            painter.setPen(QColor(c.faint))
            painter.drawText(QRect(left + 14, 0, width, _HEAD), Qt.AlignmentFlag.AlignVCenter, part.label)
            left += width + 26

    def _draw_row(self, painter: QPainter, row: int) -> None:
        c, line, box = colours(), self._lines[row], self.row_rect(row)
        if row == self._hovered or (self.hasFocus() and row == self._current):
            painter.setPen(Qt.PenStyle.NoPen if row == self._hovered else QColor(c.accent))
            painter.setBrush(QColor(c.accent_soft) if row == self._hovered else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        name, bar, places = self._columns()
        down = box.top()
        painter.setPen(QColor(c.text))
        text = self.fontMetrics().elidedText(line.row.name, Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name.translated(0, down), Qt.AlignmentFlag.AlignVCenter, text)
        self._draw_bar(painter, line.balance, QRectF(bar.translated(0, down)))
        amounts = [line.balance.budget, *(part.amount(line.balance) for part in self._parts), None]
        for cell, amount, place in zip(self.cells(line), amounts, places, strict=True):
            painter.setPen(QColor(c.faint if amount == 0 else c.error if amount and amount < 0 else c.text))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place.translated(0, down), flags, cell)

    def _draw_bar(self, painter: QPainter, balance: Balance, bar: QRectF) -> None:
        c = colours()
        outline = QPainterPath()
        outline.addRoundedRect(bar, 3, 3)
        painter.fillPath(outline, QColor(c.info_soft))
        parts = [(part.colour(c), max(0, part.amount(balance))) for part in self._parts]
        whole = max(balance.budget, sum(amount for _colour, amount in parts))
        if not whole:
            return
        painter.save()
        painter.setClipPath(outline)
        left = bar.left()
        for colour, amount in parts:
            width = bar.width() * amount / whole
            if amount:
                # Even a small part can be seen.
                painter.fillRect(QRectF(left, bar.top(), max(width, 2.0), bar.height()), QColor(colour))
            left += width
        if 0 <= balance.budget < whole:  # overspent: the budget's end is marked
            end = bar.left() + bar.width() * balance.budget / whole
            painter.fillRect(QRectF(end - 1, bar.top(), 2, bar.height()), QColor(c.error))
        painter.restore()

    def _row_at(self, event: QMouseEvent) -> int:
        row = (int(event.position().y()) - _HEAD) // row_height(ROW)
        return row if 0 <= row < len(self._lines) else -1

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.setToolTip(self._lines[row].row.name if row >= 0 else "")
            self.update()

    def _choose(self, row: int) -> None:
        self._current = row
        self._tell()
        self.chosen.emit(self._lines[row].row.project)

    def _tell(self) -> None:
        """Say the current line aloud, for screen readers."""
        if not self._lines:
            self.setAccessibleDescription("")
            return
        line = self._lines[self._current]
        said = "，".join(f"{head} {cell}" for head, cell in zip(self.heads(), self.cells(line), strict=True))
        self.setAccessibleDescription(f"{line.row.name}：{said}")
