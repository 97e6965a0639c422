"""Rules about when and how often money is paid: twice the same, all in December, nothing for three quarters."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from core.balance import Balance, is_basic, monthly_spent, project_balance, project_class
from core.book import SPENT, Book
from core.check import About, Finding, Rule, Scope, Severity, Stage, Subject, exact_figures, exact_words, rule
from core.i18n import _
from core.model import GIVING, Payment, ProjectYear, YearState
from core.money import show_rate
from core.monitoring import LIGHT_LABELS, Light, monitored_projects, period, progress
from core.outline import print_name
from core.passage import quote
from core.policy import PERSONNEL

# What is paid in parts on purpose.
_INSTALMENT = re.compile(
    r"分期|首付|首期|首笔|首款|尾款|余款|预付|进度款|质保金|保证金|定金|押金"
    r"|第[一二三四五六七八九十\d]+[期批笔]|[一二三四五六七八九十\d]期款"
)
_PAY = ("301", "303")  # 工资福利支出, 对个人和家庭的补助: the same again and again
_HABIT = 3  # so many short intervals between the same payments are a custom, not a slip


@rule(
    "C-074",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.PROJECT,
    title=_("疑似重复支付"),
    message=_("{date}向“{payee}”支付{amount}，与{other}的一笔收款人、金额和用途都相同，{doubt}。"),
    why=_("同一笔业务重复登记或重复付款，会虚增支出，审计会要求追回。"),
    remedy=_("核对两笔的凭证和发票：重复登记的删除一笔，重复付款的追回后用红字冲销，确是两笔业务的写明理由。"),
)
def paid_twice(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-074: the same payee, amount and purpose within the policy's days. Decisions: recurring pay (301, 303),
    customs and instalments are left out; with voucher numbers of their own they are two payments, worth a look."""
    for twin in _twins(book, year, project):
        yield self.found(
            year,
            About("payment", twin.later.id, "amount"),
            values={
                "date": twin.later.date,
                "payee": quote(twin.later.payee),
                "amount": exact_words(twin.later.amount),
                "other": twin.earlier.date if twin.earlier.date != twin.later.date else _("同日"),
                "doubt": _("但凭证号不同，请核对是否为同一笔业务") if twin.apart else _("疑为重复登记或重复支付"),
            },
            figures=exact_figures((_("支付金额"), twin.later.amount)),
            severity=Severity.INFO if twin.apart else self.severity,
        )


@dataclass(frozen=True, slots=True)
class _Twin:
    """Two payments that say the same. ``apart``: each has a voucher number of its own."""

    earlier: Payment
    later: Payment
    apart: bool


def _twins(book: Book, year: int, project: int) -> list[_Twin]:
    days = book.policy(year).duplicate_days

    def search() -> list[_Twin]:
        row = book.project_year(year, project)
        if row is None or project_class(book, row) == PERSONNEL:
            return []
        # Few amounts are paid more than once, and only these payments are looked at closely.
        times = Counter([one.amount for one in book.loose_payments(year, project)])
        twice = {amount for amount, n in times.items() if n > 1 and amount > 0}
        groups: dict[tuple[int, str, str], list[Payment]] = {}
        for payment in book.loose_payments(year, project) if twice else ():
            if payment.amount in twice and payment.payee and payment.purpose:
                groups.setdefault((payment.amount, payment.payee, payment.purpose), []).append(payment)
        return [twin for group in groups.values() if len(group) > 1 for twin in _close(book, group, days)]

    return book.memo(year, project, ("twins", days), search)


def _close(book: Book, group: list[Payment], days: int) -> Iterator[_Twin]:
    """The pairs of one group that lie within some days of each other."""
    if _INSTALMENT.search(group[0].purpose):
        return
    held = [one for one in group if not one.economic_code.startswith(_PAY) and not _taken_back(book, one)]
    dated = sorted(held, key=lambda one: (one.date, one.id))
    pairs = [(a, b) for a, b in pairwise(dated) if _days_between(a.date, b.date) <= days]
    custom = sum(a.date != b.date for a, b in pairs) >= _HABIT
    for earlier, later in pairs:
        one_day = earlier.date == later.date
        apart = bool(earlier.voucher and later.voucher and earlier.voucher != later.voucher)
        if not custom or (one_day and not apart):
            yield _Twin(earlier, later, apart)


def _taken_back(book: Book, payment: Payment) -> bool:
    """Whether a 红字 of the same project reverses it, wholly or in part."""
    return any((one.year, one.project) == (payment.year, payment.project) for one in book.reversals(payment.id))


def _days_between(one: str, other: str) -> int:
    """Days from one date to a later one; very many where one of them is no date."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return 9999


@rule(
    "C-075",
    severity=Severity.INFO,
    subject=Subject.LEDGER,
    scope=Scope.YEAR,
    stage=Stage.SETTLE,
    title=_("十二月支出过于集中"),
    message=_("12月支出{december}，占全年支出{spent}的{share}，超过{limit}%{most}。"),
    why=_("年底集中支出会被视为突击花钱，预算执行进度也会被扣分。"),
    remedy=_("核对12月的大额支出是否真实、必要，在报告中写明集中支付的原因。"),
)
def december(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-075: 12月支出 ÷ 全年支出 > the policy's percentage. Decisions: 提示 or 提醒 by policy."""
    limit = book.policy(year).december_share
    months = monthly_spent(book, year)
    spent, last = sum(months), months[11]
    if spent <= 0 or last * 100 <= limit * spent:
        return
    row, most = max(((row, _december_of(book, row)) for row in book.projects(year)), key=lambda held: held[1])
    sides = exact_figures((_("12月支出"), last), (_("全年支出"), spent))
    yield self.found(
        year,
        About("year", 0, "december"),
        values={
            "december": sides[0].words,
            "spent": sides[1].words,
            "share": show_rate(last, spent),
            "limit": limit,
            "most": _("，其中“{name}”{amount}").format(name=print_name(row.name), amount=exact_words(most)),
        },
        figures=sides,
    )


def _december_of(book: Book, row: ProjectYear) -> int:
    """What a project with its sub-projects spent in December, in 分."""
    family = (row.project, *(child.project for child in book.children(row.year, row.project)))
    cells = (cell for one in family for cell in book.cells(row.year, one).items())
    return sum(amount for (kind, _fund, month), amount in cells if kind == SPENT and month == 12)


@rule(
    "C-076",
    severity=Severity.WARNING,
    subject=Subject.LEDGER,
    scope=Scope.YEAR,
    title=_("前三季度没有支出"),
    message=_("项目“{name}”{fact}。"),
    why=_("前三季度没有支出的项目，执行监控亮红灯，年底往往花不完或突击支出。"),
    remedy=_("核对有没有漏登的支出；确实没有的，尽快安排，或申请调剂、收回，并写明原因。"),
)
def nothing_paid(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-076: a project given money by June has no payment by September, seen when something was paid in the
    fourth quarter. With nothing in the whole year C-021 speaks, once the year is settled. A red or yellow light of a
    check-up (执行监控) wants a reason too."""
    for row in monitored_projects(book, year):
        yield from _lights(self, book, row)
    reached = max((_paces(book, year, row.project).latest for row in book.project_years(year)), default=0)
    if reached < 10:
        return
    for row in book.projects(year):
        pace = _pace(book, row)
        balance = project_balance(book, year, row.project)
        if is_basic(book, row) or pace.given <= 0 or pace.paid_early or row.execution_reason.strip():
            continue
        if not pace.latest and (reached == 12 or _settled(book, year, balance)):
            continue
        fact = _("上半年已有预算{given}，到9月底没有支出").format(given=exact_words(pace.given))
        later = _("，四季度支出{amount}").format(amount=exact_words(balance.spent)) if balance.spent else ""
        yield self.found(
            year,
            About("project", row.project, "spent"),
            values={"name": print_name(row.name), "fact": fact + later},
            figures=exact_figures((_("上半年预算"), pace.given), (_("全年支出"), balance.spent)),
        )


def _lights(self: Rule, book: Book, row: ProjectYear) -> Iterator[Finding]:
    """The check-ups of a project whose money is behind without a reason noted."""
    for note in book.monitors(row.year, row.project):
        stand = progress(book, row.year, row.project, note.month) if not note.indicator else None
        if stand is None or stand.light not in (Light.RED, Light.YELLOW) or note.reason.strip():
            continue
        sides = exact_figures((_("已执行数"), stand.spent), (_("全年预算"), stand.budget))
        yield self.found(
            row.year,
            About("monitor", row.project, str(note.month)),
            values={
                "name": print_name(row.name),
                "fact": _("{period}执行监控为{light}，没有说明偏差原因").format(
                    period=period(note.month), light=LIGHT_LABELS[stand.light]
                ),
            },
            figures=sides,
            remedy=_("在执行监控中填写偏差原因和拟采取的措施。"),
        )


@dataclass(frozen=True, slots=True)
class _Pace:
    """How a project's money moved: given by June (分), whether anything was paid by September, the latest month paid
    in (0: none)."""

    given: int = 0
    paid_early: bool = False
    latest: int = 0

    def __add__(self, other: "_Pace") -> "_Pace":
        early = self.paid_early or other.paid_early
        return _Pace(self.given + other.given, early, max(self.latest, other.latest))


def _paces(book: Book, year: int, project: int) -> _Pace:
    """Of a project's own entries."""

    def add_up() -> _Pace:
        cells = book.cells(year, project).items()
        given = sum(amount for (kind, _fund, month), amount in cells if kind in GIVING and month <= 6)
        months = [month for (kind, _fund, month), amount in cells if kind == SPENT]
        return _Pace(given, any(month <= 9 for month in months), max(months, default=0))

    return book.memo(year, project, "pace", add_up)


def _pace(book: Book, row: ProjectYear) -> _Pace:
    """Of a project with its sub-projects."""
    found = _paces(book, row.year, row.project)
    for child in book.children(row.year, row.project):
        found += _paces(book, row.year, child.project)
    return found


def _settled(book: Book, year: int, balance: Balance) -> bool:
    """Whether it is past asking when the money will be spent."""
    record = book.year(year)
    return balance.disposed != 0 or record is None or record.settling or record.state != YearState.OPEN
