"""执行监控: how a project's money and indicators stood at the end of a month, with the traffic light."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core import monitoring
from core.i18n import _
from core.money import show_rate
from core.monitoring import LIGHT_LABELS, MONTHS, USUAL_MONTH, Light
from ui.desk import Desk
from ui.fields import Pick
from ui.form import save
from ui.style import colours, row_height
from ui.widgets.ask_bar import AskBar
from ui.widgets.goal_month_model import CAUSES, MEASURE, NAME, REASON, MonthModel, MonthRow
from ui.widgets.goal_note import MonthNote
from ui.widgets.goal_summary import FigureCell
from ui.widgets.grid import ROW, GridView
from ui.widgets.parts import button, label

NARROW, WIDE = 690, 860  # pixels of the grid in the smallest window, and where measures have room
_TONES = {Light.RED: "error", Light.YELLOW: "warning", Light.GREEN: "good", Light.NONE: "faint"}


class LightMark(QWidget):
    """The light: ● red, ▲ yellow, a tick for green; told by shape, word and colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Light.NONE

    def show_light(self, light: Light) -> None:
        """Show a light."""
        self._light = light
        self.setAccessibleName(_("支出进度：{light}").format(light=LIGHT_LABELS[light]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(22, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, (self.height() - 18) / 2, 18, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(c, _TONES[self._light])))
        if self._light == Light.YELLOW:
            painter.drawPolygon(QPolygonF([box.bottomLeft(), box.bottomRight(), _top(box)]))
            sign = "!"
        else:
            painter.drawEllipse(box)
            sign = {Light.RED: "!", Light.GREEN: "✓", Light.NONE: "—"}[self._light]
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(c.surface))
        lower = 3 if self._light == Light.YELLOW else 0
        painter.drawText(box.adjusted(0, lower, 0, lower), Qt.AlignmentFlag.AlignCenter, sign)


def _top(box: QRectF) -> QPointF:
    return (box.topLeft() + box.topRight()) / 2


class MonthGrid(GridView):
    """Measures have a column of their own where there is room; what is left goes to the words."""

    def fit_columns(self) -> None:
        self.setColumnHidden(self.table.column_of(MEASURE), self.viewport().width() < WIDE)
        super().fit_columns()

    def column_width(self, number: int) -> int:
        width = super().column_width(number)
        if self.table.columns[number].key not in (REASON, MEASURE):
            return width
        room = self.viewport().width()
        return width + (max(0, room - WIDE) // 3 + 30 if room >= WIDE else max(0, room - NARROW) // 2)


class MonthPanel(QWidget):
    """``moved``: another month or row is chosen."""

    moved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.project = 0
        self.month = USUAL_MONTH
        self.is_fixed = False
        self.model = MonthModel(desk, self)
        self.grid = MonthGrid(self.model)
        self.grid.setAccessibleName(_("执行监控"))
        self.grid.setMinimumHeight(row_height(ROW) * 5)
        self.note = MonthNote(desk, self.model)
        self.ask = AskBar()
        self.light = LightMark()
        self.initial = FigureCell("")
        self.budget, self.spent = FigureCell(""), FigureCell("")
        self.rate, self.pace = FigureCell(_("执行率")), FigureCell(_("序时进度"))
        self.word = FigureCell(_("支出进度"))
        self.lacking = label(role="warning", wraps=True)
        self.empty = label(_("执行监控按项目填写，请在左侧选择一个项目。"), "second", wraps=True)
        self.clear = button("", self._clear)
        self.other = Pick(
            {"0": _("其他月份"), **{str(n): _("{n}月").format(n=n) for n in range(1, 13) if n not in MONTHS}}
        )
        self._months: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._build()
        self.grid.moved.connect(lambda _row: self._on_moved())
        self.grid.diverted.connect(self._on_diverted)
        self.other.picked.connect(lambda month: self._choose(int(month) or self.month))
        self.ask.closed.connect(self.grid.setFocus)

    def show_project(self, project: int, is_fixed: bool) -> None:
        """Show a project at the month chosen; 0: the unit's money alone. The page has saved what was typed."""
        if project != self.project:
            self.ask.give_up()
        self.project, self.is_fixed = project, is_fixed
        self._show()

    def show_month(self, month: int) -> None:
        """Show another month."""
        self._choose(month)

    def usual_month(self) -> int:
        """The month to begin with: the latest one that something was noted for, else the usual one."""
        return max(monitoring.noted_months(self.desk.book, self.desk.year), default=USUAL_MONTH)

    def leave(self) -> str:
        """Save what is being typed; returns why something could not be saved."""
        self.ask.give_up()
        return self.grid.finish() or self.note.finish()

    @property
    def row(self) -> MonthRow | None:
        """The row the officer is at."""
        current = self.grid.current
        return current if isinstance(current, MonthRow) else None

    def _choose(self, month: int) -> None:
        if month != self.month:
            self.leave()
        self.month = month
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        book, year = self.desk.book, self.desk.year
        noted = monitoring.noted_months(book, year)
        for month, made in self._months.items():
            made.setText(_("{n}月 ✓").format(n=month) if month in noted else _("{n}月").format(n=month))
        self._group.setExclusive(False)
        for month, made in self._months.items():
            made.setChecked(month == self.month)
        self._group.setExclusive(True)
        self.other.set_value(str(self.month) if self.month not in MONTHS else "0")
        self._show_money()
        is_first = self.grid.current is None or self.model.project != self.project
        self.model.show_month(self.project, self.month, self.is_fixed)
        if is_first and self.model.rows:
            self.grid.stand_at(0, NAME if self.is_fixed else "expected")
        for part in (self.grid, self.note):
            part.setVisible(bool(self.project))
        self._card.setVisible(bool(self.project))
        self.empty.setVisible(not self.project)
        self.clear.setVisible(self.month in noted and not self.is_fixed)
        self.clear.setText(_("清除{period}监控").format(period=monitoring.period(self.month)))
        self.note.show_row(self.row, self.is_fixed)

    def _show_money(self) -> None:
        stand = monitoring.progress(self.desk.book, self.desk.year, self.project, self.month)
        unit, money = self.desk.money_unit, self.desk.money
        self.initial.show_named(_("年初预算"), money(stand.initial), unit)
        self.budget.show_named(_("调整后预算"), money(stand.budget), unit)
        spent = _("{period}执行数").format(period=monitoring.period(self.month))
        self.spent.show_named(spent, money(stand.spent), unit)
        rate = show_rate(stand.rate.numerator, stand.rate.denominator) if stand.rate is not None else "—"
        self.rate.show_figure(rate)
        self.pace.show_figure(show_rate(stand.pace.numerator, stand.pace.denominator))
        self.word.show_figure(LIGHT_LABELS[stand.light], role=f"figure-{_TONES[stand.light]}")
        self.light.show_light(stand.light)
        gaps = monitoring.missing_of(self.desk.book, self.desk.year, self.project, self.month) if self.project else []
        self.lacking.setText(_("还缺{n}项").format(n=len(gaps)) if gaps else "")
        self.lacking.setToolTip("\n".join(dict.fromkeys(gap.text for gap in gaps)))

    def _on_moved(self) -> None:
        self.note.show_row(self.row, self.is_fixed)
        self.moved.emit()

    def _on_diverted(self, _row: object, column: str, _typed: str) -> None:
        if column in (CAUSES, REASON, MEASURE) and not self.is_fixed:
            self.note.show_row(self.row, self.is_fixed)
            self.note.focus(column)

    def _clear(self) -> None:
        question = _("清除所有项目{period}的执行监控记录？").format(period=monitoring.period(self.month))
        make = partial(monitoring.forget_month, self.desk.book, self.desk.year, self.month)

        def act() -> None:
            if problem := save(self.desk, make):
                self.desk.told.emit(problem, True)

        self.ask.ask(question, _("清除"), act, is_grave=True)

    def _build(self) -> None:
        months = QHBoxLayout()
        months.setSpacing(6)
        months.addWidget(label(_("监控期间：1月至"), "second"))
        for month in MONTHS:
            made = QPushButton()
            made.setProperty("role", "choice")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked, month=month: self._choose(month))
            self._group.addButton(made)
            self._months[month] = made
            months.addWidget(made)
        self.other.setAccessibleName(_("其他月份"))
        months.addWidget(self.other)
        months.addStretch(1)
        months.addWidget(self.lacking)
        months.addWidget(self.clear)
        money = QFrame()
        money.setProperty("role", "card")
        row = QHBoxLayout(money)
        row.setContentsMargins(16, 8, 14, 8)
        row.setSpacing(12)
        for cell in (self.initial, self.budget, self.spent, self.rate, self.pace):
            row.addWidget(cell, 1)
        row.addWidget(self.light)
        row.addWidget(self.word)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(months)
        layout.addWidget(money)
        layout.addWidget(self._card, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.ask)
        layout.addWidget(self.note)
