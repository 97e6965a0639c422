"""年度锁定与定稿: the end of a year in steps an officer walks through, each with its state and what is left."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.check import About
from core.checklist import StepState, checklist
from core.history import History
from core.i18n import _
from core.ledger import Ledger, Outcome
from core.milestones import Milestone, milestones
from core.model import YEAR_STATE_LABELS
from ui.desk import Desk
from ui.page import Page
from ui.style import scaled
from ui.widgets.carry_panel import CarryPanel
from ui.widgets.check_panel import CheckPanel
from ui.widgets.closing_parts import MARKS, ROLES, ClosingPanel
from ui.widgets.closing_steps import CARRY, CHECK, DISPOSE, FINAL, LOCK, STATE_LABELS, Phase, StepList, phases
from ui.widgets.dispose_panel import DisposePanel
from ui.widgets.final_panel import FinalPanel
from ui.widgets.lock_panel import LockPanel
from ui.widgets.parts import label, set_role
from ui.widgets.seal_card import SealCard

STEPS_WIDTH = 292
PANELS: dict[str, type[ClosingPanel]] = {
    CHECK: CheckPanel,
    DISPOSE: DisposePanel,
    LOCK: LockPanel,
    CARRY: CarryPanel,
    FINAL: FinalPanel,
}


class ClosingPage(Page):
    """The steps at the left, what can be done at the chosen one at the right."""

    name = "closing"
    title = _("年度锁定与定稿")
    icon = "lock"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.steps = StepList()
        self.seal = SealCard(desk)
        self.panels = {key: make(desk) for key, make in PANELS.items()}
        self.chosen = ""
        self._phases: dict[str, Phase] = {}
        self._history: tuple[Ledger, History] | None = None
        self._place: tuple[object, int] = (None, 0)
        self._title = label(role="title")
        self._tag = label(role="tag")
        self._heading = label(role="heading")
        self._state = label()
        self._sentence = label(role="second", wraps=True)
        self._areas: dict[str, QScrollArea] = {}
        self._stack = QStackedWidget()
        self._build()

    def refresh(self, outcome: Outcome | None) -> None:
        desk = self.desk
        book, year = desk.book, desk.year
        record = book.year(year)
        self._title.setText(_("{year}年度锁定与定稿").format(year=year))
        self._tag.setText(YEAR_STATE_LABELS[record.state] if record else "")
        self._tag.setVisible(record is not None)
        found = phases(checklist(book, desk.ledger.findings, year, desk.today()))
        self._phases = {phase.key: phase for phase in found}
        self.steps.show_phases(found)
        self.seal.refresh(self._milestones())
        place = (desk.ledger, year)
        if place != self._place and found:
            self._place = place
            self.show_phase(self._first())
        else:
            self._show()

    def show_phase(self, key: str) -> None:
        """Show one of the steps."""
        if self.chosen and key != self.chosen:
            self._finish()
        self.chosen = key
        self.steps.choose(key)
        self._stack.setCurrentWidget(self._areas[key])
        self._show()

    def locate(self, about: About) -> bool:
        if about.field in PANELS:
            self.show_phase(about.field)
        return about.kind == "year"

    def leave(self) -> None:
        self._finish()

    def areas(self) -> list[QWidget]:
        return [self.steps, self._stack]

    def _first(self) -> str:
        """The first step that is not done; the last where all are."""
        left = (key for key, phase in self._phases.items() if phase.state != StepState.DONE)
        return next(left, FINAL)

    def _show(self) -> None:
        """Bring the step on show up to date."""
        phase = self._phases.get(self.chosen)
        if phase is None:
            return
        panel = self.panels[self.chosen]
        self._heading.setText(phase.title)
        self._state.setText(f"{MARKS[phase.state]} {STATE_LABELS[phase.state]}")
        set_role(self._state, ROLES[phase.state])
        self._sentence.setText(panel.sentence)
        panel.show_phase(phase, self._milestones())

    def _milestones(self) -> list[Milestone]:
        ledger = self.desk.ledger
        if self._history is None or self._history[0] is not ledger:
            self._history = (ledger, History())
        history = self._history[1]
        history.extend(ledger.journal(history.last_id))
        return milestones(history, self.desk.year)

    def _finish(self) -> None:
        if self.chosen and (reason := self.panels[self.chosen].finish()):
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.steps)
        left.addWidget(self.seal)
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(scaled(STEPS_WIDTH))
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        for key, panel in self.panels.items():
            area = self._areas[key] = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(panel)
            panel.asked.connect(self._on_asked)
            self._stack.addWidget(area)
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._heading)
        words.addWidget(self._state)
        words.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(words)
        right.addWidget(self._sentence)
        right.addSpacing(4)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(side)
        row.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(row, 1)
        self.steps.chosen.connect(self.show_phase)

    def _on_asked(self, key: str) -> None:
        self.show_phase(key)
        self.steps.setFocus()
