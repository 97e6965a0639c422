"""The end of a year: what becomes of unspent money, and the way 执行中 → 资金锁定 → 已定稿 and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.balance import is_basic
from core.book import Book
from core.change import Change
from core.check import Finding, Findings, Severity, waiver_of
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.labels import place_name, project_name
from core.model import (
    DISPOSITIONS,
    FUND_LABELS,
    GIVING,
    YEAR_STATE_LABELS,
    BudgetEvent,
    EventKind,
    Fund,
    ProjectYear,
    Year,
    YearState,
    clean_text,
)
from core.money import show_yuan
from core.origins import heads, held_funds, origin_of, pool_layers, pools
from core.outline import print_name
from core.policy import MANUAL, SAME_YEAR
from core.seal import broken_words, locked_months, seal, seal_holds

_NAMED = 3  # how many things a message names before it says 等

# Dispositions


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for the unspent money of one holder, fund source and origin year; ``amount`` in 分.

    ``kind`` is a disposition, empty where the officer has to choose; change it or split the line before ``dispose``.
    """

    project: int  # the project or sub-project that holds the money
    fund: str
    origin_year: int
    amount: int
    kind: str
    why: str


def proposals(book: Book, year: int) -> list[Proposal]:
    """A proposal for everything that is unspent and not disposed of, in the order of the projects.

    Source: domain 3.1 and 3.3, the two-year rule (国家两年); a project's own carry policy goes before the year's.
    """
    found: list[Proposal] = []
    for row in heads(book, year):
        for fund in held_funds(book, year, row.project):
            for holder in pools(book, year, row.project, fund):
                for layer in pool_layers(book, year, row.project, holder, fund):
                    if layer.left > 0:
                        kind, why = _proposed(book, row, holder, fund, layer.origin_year)
                        found.append(Proposal(holder, fund, layer.origin_year, layer.left, kind, why))
    return found


def _proposed(book: Book, row: ProjectYear, holder: int, fund: str, origin: int) -> tuple[str, str]:
    """The disposition and the reason for it."""
    own = book.project_year(row.year, holder)
    policy = (own.carry_policy if own else "") or row.carry_policy or book.policy(row.year).carry
    if policy == MANUAL:
        return "", _("结转政策为手工，请选择处理方式。")
    if fund == Fund.OTHER:
        return EventKind.CARRIED, _("单位资金不由财政收回，结转下年使用。")
    if is_basic(book, row):
        return EventKind.CARRIED, _("基本支出未用完的资金全部结转下年。")
    if policy == SAME_YEAR:
        return EventKind.RECOVERED, _("结转政策为当年收回，项目未用完的资金由财政收回。")
    if origin < row.year:
        why = _("{origin}年的资金连续两年未用完，应认定为结余，由财政收回。")
        return EventKind.RECOVERED, why.format(origin=origin)
    return EventKind.CARRIED, _("本年预算的项目资金，结转下年按原用途继续使用。")


def dispose(book: Book, year: int, chosen: Iterable[Proposal]) -> Change:
    """Enter dispositions as dated entries of 31 December that keep their origin year.

    ``chosen``: proposals as made, changed or split. Raises ``UserError`` where a line has no kind or no amount, or
    where lines take more than there is.
    """
    left = {(one.project, one.fund, one.origin_year): one.amount for one in proposals(book, year)}
    draft, total = Draft(book), 0
    for line in chosen:
        place = (line.project, line.fund, line.origin_year)
        name = print_name(project_name(book, line.project, year))
        if line.kind not in DISPOSITIONS:
            raise UserError(_("请为“{name}”选择处理方式：财政收回、认定结余或结转下年。").format(name=name))
        if line.amount <= 0:
            raise UserError(_("“{name}”的处理金额应大于零。").format(name=name))
        left[place] = left.get(place, 0) - line.amount
        if left[place] < 0:
            text = _("“{name}”{fund}{origin}年的资金处理金额超出未处置余额{excess}元，请改小。")
            fund, excess = FUND_LABELS.get(line.fund, line.fund), show_yuan(-left[place])
            raise UserError(text.format(name=name, fund=fund, origin=line.origin_year, excess=excess))
        draft.add(
            BudgetEvent(
                id=0,
                year=year,
                project=line.project,
                date=date(year, 12, 31).isoformat(),
                kind=line.kind,
                amount=line.amount,
                fund=line.fund,
                functional_code=_function(book, year, line),
                origin_year=line.origin_year,
                memo=_("年终处置{origin}年资金").format(origin=line.origin_year),
            )
        )
        total += line.amount
    return draft.change(_("年终处置 {amount}").format(amount=show_yuan(total)))


def _function(book: Book, year: int, line: Proposal) -> str:
    """The functional code of the money, where all of it has the same."""
    events = book.events(year, line.project)
    given = [e for e in events if e.fund == line.fund and e.kind in GIVING and origin_of(e) == line.origin_year]
    codes = {event.functional_code for event in given}
    return codes.pop() if len(codes) == 1 else ""


@dataclass(frozen=True, slots=True)
class Undisposed:
    """What a holder has of a fund source that is neither spent nor disposed of (分); negative: overspent."""

    project: int
    fund: str
    amount: int


def undisposed(book: Book, year: int) -> list[Undisposed]:
    """Everything that keeps U (未处置) of some holder and fund source from 0."""
    found = []
    for row in heads(book, year):
        for fund in held_funds(book, year, row.project):
            for holder in pools(book, year, row.project, fund):
                amount = sum(layer.left for layer in pool_layers(book, year, row.project, holder, fund))
                if amount:
                    found.append(Undisposed(holder, fund, amount))
    return found


# States


def lock(book: Book, findings: Findings, year: int) -> Change:
    """资金锁定: fix the year's budget events, payments and commitments and seal them.

    Raises ``UserError`` unless the year is 执行中, every 分 is spent or disposed of, and nothing of severity 阻止
    is found.
    """
    record = _in_state(book, year, YearState.OPEN)
    if rest := undisposed(book, year):
        named = "、".join(
            _("“{name}”{amount}元").format(
                name=print_name(project_name(book, one.project, year)), amount=show_yuan(one.amount)
            )
            for one in rest[:_NAMED]
        )
        text = _(
            "{year}年度还有{n}项资金没有处置：{named}{more}。请先登记财政收回、认定结余或结转下年；超支的先调整预算。"
        )
        raise UserError(text.format(year=year, n=len(rest), named=named, more=_more(rest)))
    blocks = [finding for finding in findings.of_year(year) if finding.severity == Severity.BLOCK]
    if blocks:
        text = _("{year}年度还有{n}项必须改正的问题：{named}{more}。请改正后再锁定。")
        raise UserError(text.format(year=year, n=len(blocks), named=_named(book, blocks), more=_more(blocks)))
    return _turn(book, record, YearState.LOCKED, _("{year}年度资金锁定").format(year=year))


def finalise(book: Book, findings: Findings, year: int) -> Change:
    """定稿: fix and seal everything the year's report rests on.

    Raises ``UserError`` unless the year is locked with a seal that holds and every 错误 is mended or waived.
    """
    record = _in_state(book, year, YearState.LOCKED)
    if not seal_holds(book, year):
        raise UserError(broken_words(year))
    if errors := open_errors(book, findings, year):
        text = _("{year}年度还有{n}项错误没有改正或说明：{named}{more}。请逐项改正，或写明理由后再定稿。")
        raise UserError(text.format(year=year, n=len(errors), named=_named(book, errors), more=_more(errors)))
    return _turn(book, record, YearState.FINAL, _("{year}年度报告定稿").format(year=year))


def open_errors(book: Book, findings: Findings, year: int) -> list[Finding]:
    """The findings of severity 阻止 or 错误 that no waiver accepts: what keeps a year from 定稿."""
    grave = (Severity.BLOCK, Severity.ERROR)
    return [f for f in findings.of_year(year) if f.severity in grave and waiver_of(book, f) is None]


def unlock(book: Book, year: int, reason: str) -> Change:
    """Take a lock back; the reason stands in the journal. Raises ``UserError`` without one, or unless locked."""
    record = _in_state(book, year, YearState.LOCKED)
    label = _("解除{year}年度资金锁定").format(year=year) + _because(book, record, reason)
    return _turn(book, record, YearState.OPEN, label)


def unfinalise(book: Book, year: int, reason: str) -> Change:
    """反定稿: back to 资金锁定; the reason stands in the journal. Raises ``UserError`` without one, or unless final."""
    record = _in_state(book, year, YearState.FINAL)
    label = _("{year}年度反定稿").format(year=year) + _because(book, record, reason)
    return _turn(book, record, YearState.LOCKED, label)


def lock_month(book: Book, year: int, month: int) -> Change:
    """Lock a single month: its entries can no longer be edited. Raises ``UserError`` unless the year is 执行中."""
    record = _in_state(book, year, YearState.OPEN)
    months = locked_months(record) | {month}
    return _set_months(book, record, months, _("锁定{year}年{month}月").format(year=year, month=month))


def unlock_month(book: Book, year: int, month: int, reason: str) -> Change:
    """Unlock a single month; the reason stands in the journal. Raises ``UserError`` without one."""
    record = _in_state(book, year, YearState.OPEN)
    label = _("解除{year}年{month}月锁定").format(year=year, month=month) + _because(book, record, reason)
    return _set_months(book, record, locked_months(record) - {month}, label)


def _set_months(book: Book, record: Year, months: Iterable[int], label: str) -> Change:
    draft = Draft(book)
    draft.replace(record, locked_months=",".join(map(str, sorted(months))))
    return draft.change(label)


def _turn(book: Book, record: Year, state: str, label: str) -> Change:
    draft = Draft(book)
    draft.replace(record, state=state, seal=seal(book, record.year, state))
    return draft.change(label)


def _in_state(book: Book, year: int, state: str) -> Year:
    """The year, if it is in that state. Raises ``UserError``."""
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    if record.state != state:
        now, wanted = YEAR_STATE_LABELS[record.state], YEAR_STATE_LABELS[state]
        text = _("{year}年度现在是“{now}”，只有“{wanted}”的年度才能这样做。")
        raise UserError(text.format(year=year, now=now, wanted=wanted))
    return record


def _because(book: Book, record: Year, reason: str) -> str:
    """The reason as it stands behind a label, in one line. Raises ``UserError`` where there is none."""
    text = " ".join(clean_text(reason).split())
    if not text:
        raise UserError(_("请写明原因，它会记入操作日志。"))
    broken = "" if seal_holds(book, record.year) else _("（解除时封存校验不符）")
    return _("：{reason}").format(reason=text) + broken


def _named(book: Book, findings: Sequence[Finding]) -> str:
    from core.rules import BY_ID  # the rules bring their patterns along: not before they are needed

    return "、".join(
        _("{title}（{place}）").format(title=BY_ID[f.rule].title, place=place_name(book, f.year, f.about))
        for f in findings[:_NAMED]
    )


def _more(things: Sequence[object]) -> str:
    return _("等") if len(things) > _NAMED else ""
