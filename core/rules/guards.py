"""Rules of severity 阻止: what must never be saved (dates, signs, pairs, names, locked years)."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.book import Book
from core.change import Diff
from core.check import About, Finding, Rule, Scope, Severity, Subject, exact_figures, exact_words, rule
from core.goals import Indicator, Monitor
from core.i18n import _
from core.model import (
    EVENT_LABELS,
    YEAR_STATE_LABELS,
    Answer,
    BudgetEvent,
    Commitment,
    EventKind,
    Fact,
    Payment,
    Project,
    ProjectYear,
    Record,
    Section,
    Staff,
    Stated,
    Unit,
    UnitYear,
    Waiver,
    Year,
    YearState,
)
from core.outline import print_name
from core.seal import MONEY, REPORT, locked_months


def _is_in_locked_year(before: Book, diff: Diff) -> bool:
    """Whether a diff touches money of a year that is locked, or has locked months."""
    years = (before.year(side.year) for side in (diff.before, diff.after) if isinstance(side, MONEY))  # type: ignore[attr-defined]
    return any(year and (year.state != YearState.OPEN or year.locked_months) for year in years)


def _is_no_money(_before: Book, diff: Diff) -> bool:
    """Whether a diff is of another record than entries, which the lock of the year guards."""
    return not isinstance(diff.record, MONEY)


def _is_dated_elsewhere(_book: Book, entry: BudgetEvent | Payment) -> bool:
    return not entry.date.startswith(f"{entry.year}")


def _is_zero(_book: Book, entry: BudgetEvent | Payment) -> bool:
    return entry.amount == 0


@rule(
    "B-001",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EDIT,
    title=_("年度或月份已锁定"),
    message=_("{period}，预算变动、支出和在途不能修改。"),
    why=_("锁定后的账目是决算和报告的依据，改动会使已上报的数字失去出处。"),
    remedy=_("确需更正时，先写明原因解除锁定。"),
    only_if=_is_in_locked_year,
)
def locked_period(self: Rule, before: Book, after: Book, diff: Diff) -> Iterator[Finding]:
    """Decisions, "Year": in a locked year or month events, payments and commitments are fixed. 红字 dated in
    another month may correct a payment, and a commitment may become paid or be dropped later."""
    moved = isinstance(diff.before, Commitment) and isinstance(diff.after, Commitment)
    for side in diff.sides():
        if not isinstance(side, MONEY):
            return
        assert isinstance(side, BudgetEvent | Payment | Commitment)
        year = before.year(side.year)
        if year is None:
            continue
        month = int(side.date[5:7] or 0)
        if year.state != YearState.OPEN:
            period, remedy = _("{year}年度{state}").format(year=side.year, state=YEAR_STATE_LABELS[year.state]), ""
        elif month in locked_months(year) and not (moved and _only_settled(diff)):
            period, remedy = _("{year}年{month}月已锁定").format(year=side.year, month=month), _IN_A_MONTH
        else:
            continue
        about = About(_ENTRIES[type(side)], side.id)
        yield self.found(side.year, about, values={"period": period}, remedy=remedy)
        return


_ENTRIES = {BudgetEvent: "event", Payment: "payment", Commitment: "commitment"}
_IN_A_MONTH = _("已付款项用日期在其他月份的红字冲销；其他更正先写明原因解除这个月的锁定。")


def _only_settled(diff: Diff) -> bool:
    """True where a commitment only became paid, was dropped, or is open again."""
    old, new = diff.before, diff.after
    assert isinstance(old, Commitment) and isinstance(new, Commitment)
    return replace(old, state=new.state, payment=new.payment) == new


@rule(
    "B-010",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EDIT,
    title=_("报告已定稿"),
    message=_("{year}年度已定稿，{what}不能修改。"),
    why=_("定稿后的报告已经封存，改动会使封存的内容与上报的报告不一致。"),
    remedy=_("确需更正时，先写明原因反定稿，更正后重新定稿。"),
    only_if=_is_no_money,
)
def sealed_year(self: Rule, before: Book, after: Book, diff: Diff) -> Iterator[Finding]:
    """Decisions, "Year": in a final year everything the report is made of is sealed; the year's note is not."""
    what, years = _reported(before, diff)
    for year in years:
        record = before.year(year)
        if record and record.state == YearState.FINAL:
            yield self.found(year, About("year"), values={"year": year, "what": what})
            return


def _reported(before: Book, diff: Diff) -> tuple[str, Iterable[int]]:
    """What a diff changes of a report, and the years whose reports rest on it."""
    old, new = diff.before, diff.after
    match diff.record:
        case Year() as record:
            noted = isinstance(old, Year) and isinstance(new, Year) and replace(old, note=new.note) == new
            opened = isinstance(new, Year) and new.state != YearState.FINAL
            return _("年度设置"), () if opened or noted else (record.year,)
        case Unit():
            counts = isinstance(old, Unit) and isinstance(new, Unit)
            same = counts and (old.basis, old.other_counts) == (new.basis, new.other_counts)  # type: ignore[union-attr]
            return _("决算口径"), () if same else (year.year for year in before.years())
        case Project() as project:
            held = (year.year for year in before.years() if before.project_year(year.year, project.id))
            return _("项目归属"), held
        case record if type(record) in REPORT:
            return _WORDS[type(record)], {side.year: None for side in diff.sides()}  # type: ignore[attr-defined]
    return "", ()


_WORDS: Mapping[type[Record], str] = {  # what a final year fixes, for ``core.seal.REPORT``
    UnitYear: _("单位信息"),
    Staff: _("人员编制"),
    ProjectYear: _("项目信息"),
    Stated: _("填报数"),
    Section: _("报告文字"),
    Waiver: _("核对说明"),
    Fact: _("基础数据"),
    Indicator: _("绩效指标"),
    Monitor: _("执行监控"),
    Answer: _("问题的回答"),
}


@rule(
    "B-002",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EVENT,
    title=_("预算变动日期不在年度内"),
    message=_("日期{date}不在{year}年度内。"),
    why=_("预算变动属于哪一年由日期决定，跨年的日期会使两年的数字都不准。"),
    remedy=_("把日期改到本年1月1日至12月31日之间，或切换到对应年度录入。"),
    only_if=_is_dated_elsewhere,
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
    only_if=_is_dated_elsewhere,
)
def payment_date(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """domain C-072."""
    record = book.get(Payment, payment)
    if record and record.date[:4] != str(year):
        values = {"date": record.date or _("（空）"), "year": year}
        yield self.found(year, About("payment", payment, "date"), values=values)


@rule(
    "B-003",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EVENT,
    title=_("预算变动金额为零"),
    message=_("{kind}的金额为零。"),
    why=_("金额为零的预算变动不起作用，只会让明细难以核对。"),
    remedy=_("填写金额；不需要这笔变动的，删除它。"),
    only_if=_is_zero,
)
def empty_event(self: Rule, book: Book, year: int, event: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": zero amount."""
    record = book.get(BudgetEvent, event)
    if record and record.amount == 0:
        yield self.found(year, About("event", event, "amount"), values={"kind": EVENT_LABELS[record.kind]})


@rule(
    "B-004",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.PAYMENT,
    title=_("支出金额为零"),
    message=_("{date}的支出金额为零。"),
    why=_("金额为零的支出没有付款，不是一笔支出。"),
    remedy=_("填写付款金额；没有付款的，删除这笔支出。"),
    only_if=_is_zero,
)
def empty_payment(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": zero amount."""
    record = book.get(Payment, payment)
    if record and record.amount == 0:
        yield self.found(year, About("payment", payment, "amount"), values={"date": record.date})


@rule(
    "B-005",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.EVENT,
    title=_("调剂不平"),
    message=_("调剂{amount}{fact}。"),
    why=_("调剂是在本单位项目之间调整，调出与调入必须相等，资金性质也要相同。"),
    remedy=_("用“调剂”同时登记调出和调入的项目；更改金额时两边一起改。"),
)
def unbalanced_pair(self: Rule, book: Book, year: int, event: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": unbalanced 调剂; domain I-04: Σ 调剂 = 0 for each fund source."""
    record = book.get(BudgetEvent, event)
    if record is None or record.kind != EventKind.REALLOCATE:
        return
    other = book.get(BudgetEvent, record.pair)
    if other is None or other.id == record.id or other.pair != record.id:
        fact = _("没有对应的另一方")
    elif other.kind != EventKind.REALLOCATE or other.year != record.year:
        fact = _("对应的另一方不是同一年度的调剂")
    elif other.amount != -record.amount:
        fact = _("，另一方为{other}，两边不相等").format(other=exact_words(other.amount))
    elif other.fund != record.fund:
        fact = _("两边的资金性质不同")
    else:
        return
    values = {"amount": exact_words(record.amount), "fact": fact}
    yield self.found(year, About("event", event, "amount"), values=values)


@rule(
    "B-006",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.PAYMENT,
    title=_("负数支出没有对应的原支出"),
    message=_("支出{amount}为负数，{fact}。"),
    why=_("负数支出只能是对本年某一笔支出的红字冲销或退回，否则支出数无法核对。"),
    remedy=_("在原支出上使用“红字冲销”；退回以前年度支出的，登记年初余额调整或缴回国库，不冲减本年支出。"),
    only_if=lambda _book, payment: payment.amount < 0,
)
def lone_refund(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": negative payment without ``reverses``; a refund of an earlier year's payment never lowers
    this year's spending."""
    record = book.get(Payment, payment)
    if record is None or record.amount >= 0:
        return
    original = book.get(Payment, record.reverses)
    if original is None:
        fact = _("没有指明冲销哪一笔支出")
    elif original.year != record.year:
        fact = _("冲销的是{year}年度的支出").format(year=original.year)
    else:
        return
    values = {"amount": exact_words(record.amount), "fact": fact}
    yield self.found(year, About("payment", payment, "amount"), values=values)


@rule(
    "C-073",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.PAYMENT,
    title=_("退回金额超过原支出"),
    message=_("原支出{original}，红字冲销和退回共{refunded}，超过{excess}。"),
    why=_("一笔支出最多只能冲销或退回它的全部金额。"),
    remedy=_("核对冲销金额和对应的原支出。"),
    only_if=lambda book, payment: bool(book.reversals(payment.id)),
)
def over_refund(self: Rule, book: Book, year: int, payment: int, _key: str) -> Iterator[Finding]:
    """domain C-073: refunds above the original payment, found at the original."""
    record = book.get(Payment, payment)
    reversals = book.reversals(payment) if record else []
    refunded = -sum(one.amount for one in reversals)
    if record and reversals and refunded > record.amount:
        sides = exact_figures((_("原支出"), record.amount), (_("冲销和退回"), refunded))
        yield self.found(
            year,
            About("payment", max(one.id for one in reversals), "amount"),
            values={
                "original": sides[0].words,
                "refunded": sides[1].words,
                "excess": exact_words(refunded - record.amount),
            },
            figures=sides,
            difference=refunded - record.amount,
            tolerance=0,
        )


@rule(
    "B-007",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.NAMES,
    title=_("子项目下不能再设子项目"),
    message=_("“{name}”的上级“{parent}”已经是子项目。"),
    why=_("报告只有项目和子项目两级，再下一级的支出无处填列。"),
    remedy=_("把它直接设在项目下，与上级并列。"),
)
def third_level(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": second-level sub-project."""
    for row in book.project_years(year):
        parent = book.parent(row.project)
        if parent and book.parent(parent):
            above = book.project_year(year, parent)
            values = {"name": print_name(row.name), "parent": print_name(above.name) if above else ""}
            yield self.found(year, About("project", row.project, "parent"), values=values)


@rule(
    "B-008",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.NAMES,
    title=_("项目名称重复"),
    message=_("{year}年度已有{kind}“{name}”。"),
    why=_("同名的项目在报告和导入时分不清，支出容易记错。"),
    remedy=_("改用能区别的名称，或在已有的项目下登记。"),
)
def same_name(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": duplicate name in a year; sub-projects of different projects may share a name."""
    seen: set[tuple[int, str]] = set()
    for row in book.project_years(year):
        name = (book.parent(row.project), _plain(row.name))
        if name[1] and name in seen:
            kind = _("子项目") if name[0] else _("项目")
            values = {"year": year, "kind": kind, "name": print_name(row.name)}
            yield self.found(year, About("project", row.project, "name"), values=values)
        seen.add(name)


@rule(
    "B-009",
    severity=Severity.BLOCK,
    subject=Subject.LEDGER,
    scope=Scope.NAMES,
    title=_("项目代码重复"),
    message=_("{year}年度“{other}”已使用代码{code}，“{name}”不能再用。"),
    why=_("一个项目代码只对应一个项目，导入支付数据时按代码归集。"),
    remedy=_("核对批复文件中的项目代码，更正其中一个。"),
)
def same_code(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """Decisions, "Rules": duplicate code in a year."""
    seen: dict[str, str] = {}
    for row in book.project_years(year):
        code = _plain(row.code)
        if code and code in seen:
            values = {"year": year, "other": print_name(seen[code]), "code": row.code, "name": print_name(row.name)}
            yield self.found(year, About("project", row.project, "code"), values=values)
        seen.setdefault(code, row.name)


def _plain(text: str) -> str:
    """A name without what makes no difference: width of characters and blanks (domain 6.4)."""
    return "".join(unicodedata.normalize("NFKC", text).split())
