"""按月锁定: twelve toggles; locking is one press, unlocking asks for a reason in the page itself."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from core.closing import lock_month, unlock_month
from core.i18n import _
from core.model import YearState
from core.seal import locked_months
from ui.desk import Desk
from ui.form import save
from ui.style import icon
from ui.widgets.parts import button, label, set_role
from ui.widgets.reason_line import ReasonLine

MONTHS = range(1, 13)
IN_A_ROW = 4


class MonthLocks(QWidget):
    """Works while the year itself is open; a locked year locks every month."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.toggles: dict[int, QPushButton] = {}
        self._month = 0  # the one that is to be unlocked
        self.reason = ReasonLine("", _("解除锁定"), self._unlock)
        self.reason.add(button(_("取消"), self.give_up))
        self.reason.hide()
        self._fault = label("", "error", wraps=True)
        self._fault.hide()
        grid = QGridLayout()
        grid.setSpacing(6)
        for month in MONTHS:
            toggle = self.toggles[month] = button("", partial(self._press, month), "month")
            grid.addWidget(toggle, (month - 1) // IN_A_ROW, (month - 1) % IN_A_ROW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(self.reason)
        layout.addWidget(self._fault)

    def refresh(self) -> None:
        """Show which months are locked, in words."""
        desk = self.desk
        record = desk.book.year(desk.year)
        held = locked_months(record)
        is_whole = record is not None and record.state != YearState.OPEN
        for month, toggle in self.toggles.items():
            is_locked = is_whole or month in held
            text = _("{month}月 已锁定") if is_locked else _("{month}月 未锁定")
            toggle.setText(text.format(month=month))
            toggle.setIcon(icon("lock") if is_locked else icon("lock_open"))
            state = _("已锁定，按下解除") if is_locked else _("未锁定，按下锁定")
            toggle.setAccessibleName(_("{month}月：{state}").format(month=month, state=state))
            toggle.setToolTip(state)
            set_role(toggle, "month-locked" if is_locked else "month")
            toggle.setEnabled(not desk.locked)
        if self._month not in held or desk.locked:
            self.give_up()
        self._say("")

    def give_up(self) -> None:
        """Leave the month locked."""
        self._month = 0
        self.reason.clear()
        self.reason.hide()

    def _press(self, month: int) -> None:
        desk = self.desk
        if month not in locked_months(desk.book.year(desk.year)):
            self._say(save(desk, partial(lock_month, desk.book, desk.year, month)))
            return
        self._month = month
        self.reason.name(_("解除{month}月锁定的原因").format(month=month), _("解除{month}月锁定").format(month=month))
        self.reason.show()
        self.reason.input.setFocus()

    def _unlock(self, reason: str) -> str:
        desk, month = self.desk, self._month
        problem = save(desk, partial(unlock_month, desk.book, desk.year, month, reason))
        if not problem:
            self.toggles[month].setFocus()
        return problem

    def _say(self, problem: str) -> None:
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))
