"""锁定年度: what is missing or the button, the months locked singly, and the way back with a reason."""

from functools import partial

from PySide6.QtWidgets import QWidget

from core.check import About, Severity
from core.checklist import StepState
from core.closing import lock, undisposed, unlock
from core.i18n import _
from core.milestones import Milestone, sealed_at
from core.model import YearState
from ui.desk import Desk
from ui.form import save
from ui.widgets.ask_bar import AskBar
from ui.widgets.closing_parts import ClosingPanel, StepLines, card, row_of, told_by
from ui.widgets.closing_steps import DISPOSE, FINAL, Phase
from ui.widgets.month_locks import MonthLocks
from ui.widgets.parts import button, label
from ui.widgets.reason_line import ReasonLine

MONEY, BLOCKS = "money", "blocks"


class LockPanel(ClosingPanel):
    """执行中 → 资金锁定 and back."""

    sentence = _("锁定后，本年的预算变动、支出和在途不能再改，全年数字就此固定；确需更正时写明原因可以解除。")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines = StepLines()
        self.lines.show_keys([MONEY, BLOCKS])
        self.lock = button("", self.ask_lock, "primary")
        self.ask = AskBar()
        self.ask.closed.connect(self.lock.setFocus)
        self.unlock = ReasonLine(_("解除锁定的原因，会记入操作日志"), _("解除锁定"), self._unlock)
        self.months = MonthLocks(desk)
        self._state = label(role="strong", wraps=True)
        self._note = label(role="second", wraps=True)
        self._final = button(_("到报告定稿"), lambda: self.asked.emit(FINAL), "link")
        self._build()

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        desk = self.desk
        book, year = desk.book, desk.year
        record = book.year(year)
        state = record.state if record else YearState.OPEN
        is_open = state == YearState.OPEN
        self.lines.setVisible(is_open)
        if is_open:
            self._show_missing()
        self.lock.setText(_("锁定{year}年度").format(year=year))
        self.lock.setVisible(is_open)
        self.lock.setEnabled(is_open and phase.state == StepState.TODO and not desk.file_readonly)
        self.unlock.setVisible(state == YearState.LOCKED)
        self.unlock.setEnabled(not desk.file_readonly)
        self._final.setVisible(state == YearState.FINAL)
        self._state.setText(self._words(state, held))
        self._note.setText(self._advice(state, phase))
        self.fault.hide()
        if not is_open:
            self.ask.give_up()
        self.months.refresh()
        self._months_note.setText(
            _("某个月份对账以后，可以先单独锁定；已付款项仍可用日期在其他月份的红字冲销。")
            if is_open
            else _("全年已锁定，各月都不能修改。")
        )

    def ask_lock(self) -> None:
        """Lock the year; one that is not over yet asks first."""
        desk = self.desk
        if desk.today().year > desk.year:
            self._lock()
            return
        question = _("{year}年度还没有结束，锁定后不能再登记本年的支出和预算变动。现在锁定？").format(year=desk.year)
        self.ask.ask(question, _("现在锁定"), self._lock, is_grave=True)

    def _lock(self) -> None:
        desk = self.desk
        if self.do(lock, desk.ledger.findings, desk.year):
            self.unlock.input.setFocus()

    def _unlock(self, reason: str) -> str:
        return save(self.desk, partial(unlock, self.desk.book, self.desk.year, reason))

    def _show_missing(self) -> None:
        desk = self.desk
        rest = undisposed(desk.book, desk.year)
        blocks = [f for f in desk.ledger.findings.of_year(desk.year) if f.severity == Severity.BLOCK]
        done, todo = StepState.DONE, StepState.TODO
        self.lines.show_line(
            MONEY,
            todo if rest else done,
            _("资金全部处置"),
            _("还有{n}项没有处置").format(n=len(rest)) if rest else _("没有未处置资金"),
            _("去处置") if rest else "",
            lambda: self.asked.emit(DISPOSE),
        )
        self.lines.show_line(
            BLOCKS,
            todo if blocks else done,
            _("没有必须改正的问题"),
            _("还有{n}个问题必须改正").format(n=len(blocks)) if blocks else _("没有日期、金额、调剂等硬性错误"),
            _("去改正") if blocks else "",
            lambda: self.desk.go(blocks[0].about) if blocks else self.desk.go(About("page", field="findings")),
        )

    def _words(self, state: str, held: list[Milestone]) -> str:
        year = self.desk.year
        if state == YearState.OPEN:
            return _("{year}年度执行中，没有锁定。").format(year=year)
        return told_by(sealed_at(held, YearState.LOCKED), _("锁定")) + "。"

    def _advice(self, state: str, phase: Phase) -> str:
        if state == YearState.FINAL:
            return _("报告已经定稿，需要解除资金锁定的，先反定稿。")
        if state == YearState.LOCKED:
            return _("更正支出或预算变动前，先写明原因解除锁定；更正后重新锁定，带入下年的结转按提示更新。")
        if phase.state == StepState.BLOCKED:
            return _("上面的事做完后，就可以锁定。")
        if self.desk.today().year <= self.desk.year:
            return _("年度还没有结束，一般在次年1月与财政对账后锁定。")
        return _("与财政、银行对账无误后锁定；锁定可以撤销，也可以写明原因解除。")

    def _build(self) -> None:
        body, inside = card()
        inside.addLayout(row_of(self._state, self._final))
        inside.addWidget(self._note)
        inside.addLayout(row_of(self.lock))
        inside.addWidget(self.unlock)
        inside.addWidget(self.ask)
        inside.addWidget(self.fault)
        months, below = card()
        self._months_note = label(role="second", wraps=True)
        below.addWidget(label(_("按月锁定"), "heading"))
        below.addWidget(self._months_note)
        below.addWidget(self.months)
        for widget in (self.lines, body, months):
            self.column.addWidget(widget)
        self.column.addStretch(1)
