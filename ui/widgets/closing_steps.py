"""The steps of the year's end at the left of its page: number, state in words, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from core.checklist import Step, StepState
from core.i18n import _
from ui.style import colours, row_height

CHECK, DISPOSE, LOCK, CARRY, FINAL = "check", "dispose", "lock", "carry", "final"
TITLES = {
    CHECK: _("年终清单"),
    DISPOSE: _("剩余资金处置"),
    LOCK: _("锁定年度"),
    CARRY: _("带入下年"),
    FINAL: _("报告定稿"),
}
STATE_LABELS = {StepState.DONE: _("已完成"), StepState.TODO: _("待办"), StepState.BLOCKED: _("未到")}

# Which of the steps of core.checklist stand behind a phase; the others make up the list.
_BEHIND = {"undisposed": DISPOSE, "lock": LOCK, "next_year": CARRY, "carried_out": CARRY, "final": FINAL}
ROW = 58
DISC = 24  # diameter of the circle with the number


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the year's end with the steps behind it."""

    key: str
    state: StepState
    detail: str
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.key]


def phases(steps: Sequence[Step]) -> list[Phase]:
    """The checklist of core, sorted into the phases the officer walks through."""
    groups: dict[str, list[Step]] = {key: [] for key in TITLES}
    for step in steps:
        groups[_BEHIND.get(step.key, CHECK)].append(step)
    return [_phase(key, group) for key, group in groups.items() if group]


def _phase(key: str, group: list[Step]) -> Phase:
    left = [step for step in group if step.state != StepState.DONE]
    if not left:
        return Phase(key, StepState.DONE, group[-1].detail if key != CHECK else _("全部完成"), tuple(group))
    if key == CHECK:
        detail = _("还有{n}项：{first}").format(n=len(left), first="、".join(step.title for step in left))
        return Phase(key, StepState.TODO, detail, tuple(group))
    return Phase(key, left[0].state, left[0].detail, tuple(group))


class StepRow(QAbstractButton):
    """One phase: a circle (✓ done, number in colour: to do, grey: not yet), its title, and what is left."""

    def __init__(self, number: int, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._number = number
        self._phase: Phase | None = None
        self.setText(TITLES[key])
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_phase(self, phase: Phase) -> None:
        """Show how far a phase is."""
        self._phase = phase
        self.setToolTip(phase.detail)
        self.setAccessibleName(f"{self._number}. {phase.title}：{STATE_LABELS[phase.state]}")
        self.setAccessibleDescription(phase.detail)
        self.update()

    @property
    def phase(self) -> Phase | None:
        """The phase on show."""
        return self._phase

    def sizeHint(self) -> QSize:
        return QSize(200, row_height(ROW, 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        phase = self._phase
        if phase is None:
            return
        c, box = colours(), self.rect()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if self.isChecked() else c.info_soft))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
        self._paint_disc(painter, QPointF(12 + DISC / 2, box.height() / 2), phase.state)
        left = 12 + DISC + 11
        state = STATE_LABELS[phase.state]
        wide = painter.fontMetrics().horizontalAdvance(state)
        tone = {StepState.DONE: c.good, StepState.TODO: c.accent, StepState.BLOCKED: c.faint}[phase.state]
        upper = QRect(left, 9, box.width() - left - 12, 20)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tone))
        painter.drawText(upper, middle | Qt.AlignmentFlag.AlignRight, state)
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(c.accent if self.isChecked() else c.text))
        painter.drawText(upper.adjusted(0, 0, -wide - 8, 0), middle, phase.title)
        painter.setFont(self.font())
        painter.setPen(QColor(c.second))
        lower = QRect(left, 30, box.width() - left - 12, 20)
        cut = painter.fontMetrics().elidedText(phase.detail, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, middle, cut)

    def _paint_disc(self, painter: QPainter, centre: QPointF, state: StepState) -> None:
        c = colours()
        ground = {StepState.DONE: c.good, StepState.TODO: c.accent, StepState.BLOCKED: c.line}[state]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(centre, DISC / 2, DISC / 2)
        if state == StepState.DONE:
            painter.setPen(QPen(QColor(c.surface), 2))
            points = [(-4.5, 0.5), (-1.2, 3.8), (5, -3.6)]
            painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in points]))
            return
        painter.setPen(QColor(c.second if state == StepState.BLOCKED else c.surface))
        spot = QRectF(centre.x() - DISC / 2, centre.y() - DISC / 2, DISC, DISC)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepList(QFrame):
    """The phases one under the other; ↑ and ↓ go from one to the next."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(_("年终步骤"))
        self.rows = {key: StepRow(number, key) for number, key in enumerate(TITLES, 1)}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(2)
        for row in self.rows.values():
            self._group.addButton(row)
            row.clicked.connect(lambda _checked, key=row.key: self.chosen.emit(key))
            row.installEventFilter(self)
            layout.addWidget(row)
        self.setFocusProxy(self.rows[CHECK])

    def show_phases(self, shown: Sequence[Phase]) -> None:
        """Show how far each phase is."""
        for phase in shown:
            self.rows[phase.key].show_phase(phase)

    def choose(self, key: str) -> None:
        """Mark a phase as the one on show."""
        self.rows[key].setChecked(True)
        self.setFocusProxy(self.rows[key])

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and isinstance(watched, StepRow):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                rows = list(self.rows.values())
                place = min(max(rows.index(watched) + step, 0), len(rows) - 1)
                rows[place].setFocus(Qt.FocusReason.TabFocusReason)
                rows[place].click()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return False
