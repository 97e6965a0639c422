"""收支台账 as it is shown and typed into: income and spending in columns of their own, the months with their sums."""

from typing import Any

from PySide6.QtWidgets import QWidget

from core.entries import Entry
from core.entry_list import shown_budget
from core.entry_months import month_of
from core.i18n import _
from core.model import DISPOSITIONS, BudgetEvent, Commitment
from core.money import show_rate, show_yuan
from ui.desk import Desk
from ui.fields import Field
from ui.suggest import ProjectEdit
from ui.tables import PLAIN, Column, Look
from ui.widgets.entry_table import (
    BALANCE,
    BUDGET,
    CHECK,
    DATE,
    ECONOMIC,
    FUND,
    KIND,
    MEMO,
    NUMBER,
    PAYEE,
    PROJECT,
    PURPOSE,
    SPENT,
)
from ui.widgets.project_model import MARK_WORDS
from ui.widgets.year_rows import Band, YearRows

COLUMNS = (
    Column(DATE, _("日期"), 86),
    Column(KIND, _("类型"), 92),
    Column(PROJECT, _("项目"), 112),
    Column(NUMBER, _("文号/凭证号"), 96),
    Column(PAYEE, _("收款人"), 96),
    Column(PURPOSE, _("摘要/用途"), 0),
    Column(ECONOMIC, _("科目"), 116),
    Column(FUND, _("资金性质"), 116),
    Column(BUDGET, _("收入（预算）\n金额（元）"), 96, is_amount=True),
    Column(SPENT, _("支出金额\n（元）"), 96, is_amount=True),
    Column(BALANCE, _("余额（元）"), 98, is_amount=True, is_computed=True),
    Column(CHECK, _("核对"), 40),
    Column(MEMO, _("备注"), 84),
)


class YearModel(YearRows):
    """Every field on show can be typed into; nothing but single records is asked of the book while drawing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, COLUMNS, parent)

    # The row of a month

    def is_locked(self, month: int) -> bool:
        """Whether a month is locked singly."""
        return month in self._locked

    def band_words(self, month: int) -> str:
        """What the year comes to by the end of a month, and how that stands against the time gone by."""
        through, whole = self.months.through(month), self.months.through(12)
        parts = [_("累计支出 {amount}元").format(amount=show_yuan(through.spent))]
        if rate := whole.rate(through.spent, self._rate_base):
            parts.append(_("执行率 {rate}").format(rate=show_rate(rate.numerator, rate.denominator, 1)))
        if self._pace is not None and month <= self._pace * 12:
            parts.append(_("序时进度 {rate}").format(rate=show_rate(month, 12, 1)))
        if disposed := self.months.sums(month).disposed:
            parts.append(_("本月处置 {amount}元").format(amount=show_yuan(disposed)))
        return "　".join(parts)

    def _band_amount(self, month: int, column: str) -> int:
        sums = self.months.sums(month)
        return {BUDGET: sums.budget, SPENT: sums.spent}.get(column, self.months.through(month).left)

    def _band_text(self, month: int, column: str) -> str:
        if column in (BUDGET, SPENT, BALANCE):
            return show_yuan(self._band_amount(month, column))
        if column == KIND:
            return _("{count}笔").format(count=f"{self.months.sums(month).count:,}")
        return _("{month}月").format(month=month) if column == DATE else ""

    # How it is shown

    def text(self, record: Any, column: str) -> str:
        if isinstance(record, Band):
            return self._band_text(record.month, column)
        match column:
            case "project":
                return self._names.get(record.project, "")
            case "budget":
                return show_yuan(shown_budget(record)) if isinstance(record, BudgetEvent) else ""
            case "spent":
                return "" if isinstance(record, BudgetEvent) else show_yuan(record.amount)
            case "balance":
                return show_yuan(self.months.left_after(record))
            case "check":
                return MARK_WORDS.get(self._marks.get(self.key(record), ""), "")
        return super().text(record, column)

    def tone(self, record: Any, column: str) -> str:
        if isinstance(record, Band):
            is_amount = column in (BUDGET, SPENT, BALANCE)
            amount = self._band_amount(record.month, column) if is_amount else 1
            is_short = amount < 0 and (column != BALANCE or self.is_complete)
            return "error" if is_short else "" if amount else "faint"
        if column == BALANCE:
            return "error" if self.is_complete and self.months.left_after(record) < 0 else "second"
        if column == BUDGET and isinstance(record, BudgetEvent) and record.kind in DISPOSITIONS:
            return "second"
        return super().tone(record, column) or ("second" if month_of(record) in self._locked else "")

    def look(self, record: Any, column: str) -> Look:
        if isinstance(record, Band):
            if column == DATE:
                return Look(level=0, fold=record.month not in self.folded)
            return PLAIN
        if column == CHECK:
            mark = self._marks.get(self.key(record), "")
            return Look(mark=mark) if mark else PLAIN
        if column == SPENT and isinstance(record, Commitment):
            return Look(note=_("在途"))
        return super().look(record, column)

    def ground(self, record: Any, column: str) -> str:
        if isinstance(record, Band):
            return "info_soft"
        return super().ground(record, column) or ("page" if month_of(record) in self._locked else "")

    def is_strong(self, record: Any) -> bool:
        return isinstance(record, Band)

    def tip(self, record: Any, column: str) -> str:
        if isinstance(record, Band):
            words = self.band_words(record.month)
            if record.month in self._locked:
                words += "\n" + _("本月已锁定：只能用红字冲销更正，或在“年度锁定与定稿”解除锁定。")
            return words + "\n" + _("空格折叠或展开这个月")
        if column == BALANCE:
            words = _("未处置余额：所列各笔到这里为止，预算减支出和处置，不含在途")
            return words if self.is_complete else words + "\n" + _("现在只列出一部分，余额不是项目或单位的余额")
        if column == BUDGET and isinstance(record, BudgetEvent) and record.kind in DISPOSITIONS:
            return _("年末处置减少余额，不计入预算；修改时输入正数")
        if column == CHECK:
            notes = (note for (key, _column), note in self._notes.items() if key == self.key(record))
            return "\n".join(dict.fromkeys(notes))
        if column == PROJECT:
            return self._names.get(record.project, "")
        return super().tip(record, column)

    def amount(self, record: Any, column: str) -> int | None:
        if isinstance(record, Band):
            return None  # the entries themselves are summed
        if column == BALANCE:
            return self.months.left_after(record)
        if isinstance(record, BudgetEvent):
            return shown_budget(record) if column == BUDGET else None
        return record.amount if column == SPENT and not isinstance(record, Commitment) else None

    def number(self, record: Any, column: str) -> Any:
        """What is still in 在途 is not spent: neither it nor the sums of a month are added to what is chosen."""
        return super().number(record, column) if self.amount(record, column) is not None else None

    # How it is edited

    def is_editable(self, record: Any, column: str) -> bool:
        return not isinstance(record, Band) and super().is_editable(record, column)

    def open_editor(self, record: Entry, column: str, parent: QWidget) -> Field:
        if column != PROJECT:
            return super().open_editor(record, column, parent)
        where = ProjectEdit(lambda: self.desk.book.project_years(self.desk.year), parent)
        where.give_project(record.project)
        return where

    def rest(self, record: Any, column: str) -> int | None:
        return None if isinstance(record, Band) else super().rest(record, column)
