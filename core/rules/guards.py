"""Rules of severity 阻止: what must never be saved (dates, signs, pairs, names, locked years)."""

from collections.abc import Iterator

from core.book import Book
from core.change import Diff
from core.check import About, Finding, Rule, Scope, Severity, Subject, rule
from core.i18n import _
from core.model import BudgetEvent, Payment, YearState


@rule(
    "B-001",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EDIT,
    title=_("年度已锁定"),
    message=_("{year}年度已{state}，预算变动和支出不能修改。"),
    why=_("锁定后的账目是决算和报告的依据，改动会使已上报的数字失去出处。"),
    remedy=_("确需更正时，先写明原因解除锁定；已付款项用红字冲销。"),
)
def locked_year(self: Rule, before: Book, after: Book, diff: Diff) -> Iterator[Finding]:
    """Decisions, "Year": in a locked year budget events and payments are fixed."""
    for side in diff.sides():
        if isinstance(side, BudgetEvent | Payment):
            year = before.year(side.year)
            if year and year.state != YearState.OPEN:
                state = _("定稿") if year.state == YearState.FINAL else _("锁定")
                kind = "event" if isinstance(side, BudgetEvent) else "payment"
                values = {"year": side.year, "state": state}
                yield self.found(side.year, About(kind, side.id), values=values)
                return


@rule(
    "B-002",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EVENT,
    title=_("预算变动日期不在年度内"),
    message=_("日期{date}不在{year}年度内。"),
    why=_("预算变动属于哪一年由日期决定，跨年的日期会使两年的数字都不准。"),
    remedy=_("把日期改到本年1月1日至12月31日之间，或切换到对应年度录入。"),
)
def event_date(self: Rule, book: Book, year: int, event: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": date outside the year."""
    record = book.get(BudgetEvent, event)
    if record and record.date[:4] != str(year):
        values = {"date": record.date or _("（空）"), "year": year}
        yield self.found(year, About("event", event, "date"), values=values)


@rule(
    "C-072",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.PAYMENT,
    title=_("支出日期不在年度内"),
    message=_("支出日期{date}不在{year}年度内。"),
    why=_("12月31日后支付系统关闭，年度外的支出不能计入本年执行数。"),
    remedy=_("核对付款凭证上的日期；属于其他年度的支出切换到该年度录入。"),
)
def payment_date(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """domain C-072."""
    record = book.get(Payment, payment)
    if record and record.date[:4] != str(year):
        values = {"date": record.date or _("（空）"), "year": year}
        yield self.found(year, About("payment", payment, "date"), values=values)
