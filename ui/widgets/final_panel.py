"""报告定稿: what is missing or the button, and the way back with a reason."""

from functools import partial

from PySide6.QtWidgets import QWidget

from core.check import About
from core.checklist import StepState
from core.closing import finalise, open_errors, unfinalise
from core.i18n import _
from core.milestones import Milestone, sealed_at
from core.model import YearState
from core.seal import seal_holds
from core.writing import empty_parts
from ui.desk import Desk
from ui.form import save
from ui.widgets.closing_parts import ClosingPanel, StepLines, card, row_of, told_by
from ui.widgets.closing_steps import LOCK, Phase
from ui.widgets.parts import button, label
from ui.widgets.reason_line import ReasonLine

LOCKED, ERRORS, WORDS = "locked", "errors", "words"


class FinalPanel(ClosingPanel):
    """资金锁定 → 已定稿 and back."""

    sentence = _("定稿后，报告、指标、填报数和单位信息一并封存，作为已上报的版本；确需更正时写明原因可以反定稿。")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines = StepLines()
        self.lines.show_keys([LOCKED, ERRORS, WORDS])
        self.final = button(_("报告定稿"), self.make_final, "primary")
        self.back = ReasonLine(_("反定稿的原因，会记入操作日志"), _("反定稿"), self._take_back)
        self._state = label(role="strong", wraps=True)
        self._note = label(role="second", wraps=True)
        body, inside = card()
        for widget in (self._state, self._note):
            inside.addWidget(widget)
        inside.addLayout(row_of(self.final))
        inside.addWidget(self.back)
        inside.addWidget(self.fault)
        for part in (self.lines, body):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        desk = self.desk
        record = desk.book.year(desk.year)
        state = record.state if record else YearState.OPEN
        is_final = state == YearState.FINAL
        self.lines.setVisible(not is_final)
        ready = True if is_final else self._show_missing(state)
        self.final.setVisible(not is_final)
        self.final.setEnabled(ready and not desk.file_readonly)
        self.back.setVisible(is_final)
        self.back.setEnabled(not desk.file_readonly)
        self.fault.hide()
        if is_final:
            self._state.setText(told_by(sealed_at(held, YearState.FINAL), _("定稿")) + "。")
            self._note.setText(_("更正报告前，先写明原因反定稿；更正支出或预算变动的，再解除资金锁定。"))
        else:
            self._state.setText(_("{year}年度报告没有定稿。").format(year=desk.year))
            ready_note = _("核对打印稿无误、报出以后定稿；定稿可以撤销，也可以写明原因反定稿。")
            self._note.setText(ready_note if ready else _("上面的事做完后，就可以定稿。"))

    def make_final(self) -> None:
        """Seal the report."""
        desk = self.desk
        if self.do(finalise, desk.ledger.findings, desk.year):
            self.back.input.setFocus()

    def _take_back(self, reason: str) -> str:
        return save(self.desk, partial(unfinalise, self.desk.book, self.desk.year, reason))

    def _show_missing(self, state: str) -> bool:
        """What keeps the report from being final; True if nothing does."""
        desk = self.desk
        is_locked = state != YearState.OPEN
        errors = open_errors(desk.book, desk.ledger.findings, desk.year)
        empty = empty_parts(desk.book, desk.year)
        done, todo = StepState.DONE, StepState.TODO
        self.lines.show_line(
            LOCKED,
            done if is_locked else todo,
            _("资金已锁定"),
            _("全年数字已固定") if is_locked else _("先锁定年度，数字固定后再定稿"),
            "" if is_locked else _("去锁定"),
            lambda: self.asked.emit(LOCK),
        )
        self.lines.show_line(
            ERRORS,
            todo if errors else done,
            _("错误改正或说明"),
            _("还有{n}项错误没有改正或写明理由").format(n=len(errors)) if errors else _("没有未处理的错误"),
            _("去核对") if errors else "",
            lambda: desk.go(About("page", field="findings")),
        )
        self.lines.show_line(
            WORDS,
            todo if empty else done,
            _("报告文字"),
            _("还有{n}处没有写，不影响定稿").format(n=len(empty)) if empty else _("报告文字已写完"),
            _("去填写") if empty else "",
            lambda: desk.go(About("section", empty[0].about, empty[0].key)) if empty else None,
        )
        return is_locked and not errors and seal_holds(desk.book, desk.year)
