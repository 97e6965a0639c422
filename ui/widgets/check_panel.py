"""年终清单: what is to be done before a year is locked and its report final, with links to where it is done."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from core import commands
from core.check import About
from core.checklist import Step, StepState
from core.i18n import _
from core.milestones import Milestone
from core.model import YearState
from core.next_year import confirm_taken_over
from ui.desk import Desk
from ui.form import save
from ui.widgets.closing_parts import ClosingPanel, StepLines, card
from ui.widgets.closing_steps import Phase
from ui.widgets.parts import label

_ON_FINDINGS = ("errors", "questions")  # several findings: the page 核对 has them all
DECEMBER = 12


class CheckPanel(ClosingPanel):
    """The list, and whether the reminders of the year's end begin before December."""

    sentence = _("锁定和定稿前要做完的事，做完一项自动打勾；点右边的链接去处理。")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines = StepLines()
        self.early = QCheckBox(_("提前开始年终清理"))
        self.early.clicked.connect(self._set_early)
        self._fault = label("", "error", wraps=True)
        self._fault.hide()
        self._early_card, inside = card()
        inside.addWidget(self.early)
        inside.addWidget(
            label(_("未处置资金、原因说明等年终提醒平时从12月起出现；勾选后现在就提醒。"), "faint", wraps=True)
        )
        for widget in (self.lines, self._early_card, self._fault):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        self.lines.show_keys([step.key for step in phase.steps])
        for step in phase.steps:
            self._show_step(step)
        desk = self.desk
        record, today = desk.book.year(desk.year), desk.today()
        is_early = today.year == desk.year and today.month < DECEMBER
        self._early_card.setVisible(record is not None and record.state == YearState.OPEN and is_early)
        self.early.setChecked(record is not None and record.settling)
        self.early.setEnabled(not desk.readonly)
        self._fault.hide()

    def _show_step(self, step: Step) -> None:
        left = step.state != StepState.DONE
        link, act = "", partial(self._go, step)
        if left and (step.about or step.key in _ON_FINDINGS) and step.key != "seal":
            link = _("去核对") if step.key in _ON_FINDINGS else _("去处理")
        more = _("全部确认") if left and step.key == "taken_over" and not self.desk.readonly else ""
        self.lines.show_line(step.key, step.state, step.title, step.detail, link, act, more, self._confirm)

    def _go(self, step: Step) -> None:
        if step.key in _ON_FINDINGS:
            self.desk.go(About("page", field="findings"))
        elif step.about:
            self.desk.go(step.about)

    def _confirm(self) -> None:
        self._do(save(self.desk, partial(confirm_taken_over, self.desk.book, self.desk.year)))

    def _set_early(self, is_on: bool) -> None:
        make = partial(commands.set_year, self.desk.book, self.desk.year, settling=is_on)
        self._do(save(self.desk, make))

    def _do(self, problem: str) -> None:
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))
