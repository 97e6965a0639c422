"""Rules about stated figures (填报数): against each other, and against the ledger on the same basis.

The two ``figures`` of a finding are its two sides; ``difference`` is how far they are apart.
"""

from collections.abc import Callable, Iterator
from functools import cache

from core.balance import NOTHING, other_fund, project_balance, unit_balance
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Stage, Subject, rule
from core.evidence import Difference, differing, explained, traced
from core.explain import Explanation, in_words
from core.figures import PROJECT_ITEMS, UNIT_ITEMS, Ref
from core.form_items import MONEY_ITEMS, WHOLE_INITIAL, form_balance, stated_figure
from core.i18n import _
from core.identities import (
    ADJUSTED,
    BASIC,
    CARRY,
    INCOME,
    INITIAL,
    OTHER,
    PERSONNEL,
    PROJECT_SPENT,
    PUBLIC,
    SPECIAL,
    SPENT,
    as_printed,
    cash_identity,
    compare_with,
    item_name,
    printed_unit,
    shown,
    special_identity,
    stated_amount,
    stated_figures,
    total_identity,
    verdict,
)
from core.outline import print_name

_COMPARE = _("对照填报来源核对{places}。核对无误仍不相等的，写明原因。")
_LEDGER_FIRST = _("先核对台账有没有漏记、重记或记错项目，再对照填报来源核对{places}。")
_OTHER_MONEY = _(
    "核对支出中有没有其他资金的支出：有的，在台账中按单位资金登记；其他资金计入预算收入的，在单位信息中勾选。"
    "再对照填报来源核对{places}。"
)
_TAIL = _("属于四舍五入造成的尾差，各数不必改动；需要时在报告中注明“因金额单位转换可能存在尾数误差”。")


def _total(self: Rule, book: Book, year: int, total: str, parts: tuple[str, ...]) -> Iterator[Finding]:
    """A stated total against the sum of its stated parts."""
    figures = stated_figures(book, year)
    identity = total_identity(figures, year, total, *parts)
    if identity is None or not identity.residual(figures):
        return
    held = {ref.item: one for ref, one in figures.items()}
    unit = held[total].unit
    sides = (
        shown(item_name(total), held[total].amount, unit),
        shown("＋".join(map(item_name, parts)), sum(held[part].amount for part in parts), unit),
    )
    difference = abs(identity.residual(figures))
    tail = difference <= identity.tolerance
    explanation = Explanation() if tail else explained(book, year, identity)
    terms = [shown(item_name(part), held[part].amount, held[part].unit) for part in parts]
    yield self.found(
        year,
        About("stated", 0, total),
        values={
            "parts": "＋".join(term.label + term.words for term in terms),
            "sum": sides[1].words,
            "total": sides[0].label + sides[0].words,
            "difference": shown("", difference, unit).words,
            "verdict": verdict(difference, identity.tolerance, unit),
        },
        figures=sides,
        difference=difference,
        tolerance=identity.tolerance,
        suspects=explanation.suspects,
        culprit="" if tail else in_words(explanation),
        severity=Severity.INFO if tail else self.severity,
        remedy=_TAIL if tail else _COMPARE.format(places=compare_with(book, year, (total, *parts))),
    )


@rule(
    "C-001",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("预算收入不平"),
    message=_("{parts}＝{sum}，与填报的{total}相差{difference}，{verdict}。"),
    why=_("预算收入由年初预算和调整追加（减）组成，三个数不能衔接，报告会被退回更正。"),
    remedy=_("对照决算报表核对预算收入、年初预算和调整追加（减）三个填报数，先核对疑点所列的数字。"),
)
def income(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-001: stated 预算收入 = 年初预算 + 调整追加, within rounding (decisions, "Tolerance")."""
    yield from _total(self, book, year, INCOME, (INITIAL, ADJUSTED))


@rule(
    "C-002",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("支出不等于基本支出加项目支出"),
    message=_("{parts}＝{sum}，与填报的{total}相差{difference}，{verdict}。"),
    why=_("支出只有基本支出和项目支出两部分，分项之和必须等于总数。"),
    remedy=_("对照支出决算表核对支出、基本支出和项目支出三个填报数。"),
)
def spending(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-002: stated 支出 = 基本支出 + 项目支出."""
    yield from _total(self, book, year, SPENT, (BASIC, SPECIAL))


@rule(
    "C-010",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("基本支出不等于人员加公用"),
    message=_("{parts}＝{sum}，与填报的{total}相差{difference}，{verdict}。"),
    why=_("基本支出只有人员经费和公用经费两部分，分项之和必须等于总数。"),
    remedy=_("对照支出决算表核对基本支出、人员经费和公用经费三个填报数。"),
)
def basic_spending(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-010: stated 基本支出 = 人员经费 + 公用经费."""
    yield from _total(self, book, year, BASIC, (PERSONNEL, PUBLIC))


@rule(
    "C-003",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("项目支出不等于各项目之和"),
    message=_("填报的项目支出{total}，各项目实际支出合计{sum}，相差{difference}，{verdict}。"),
    why=_("报告逐个列出项目的实际支出，合计必须等于前面的项目支出。"),
    remedy=_("核对台账有没有漏记、重记的支出，项目类别是否正确；再对照填报来源核对项目支出。"),
)
def special_spending(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-003: stated 项目支出 = Σ 实际支出 of the projects, each stated where it is, else the ledger's."""
    figures = stated_figures(book, year)
    identity = special_identity(book, figures, year)
    if identity is None or not identity.residual(figures):
        return
    stated, difference = figures[Ref(year, 0, SPECIAL)], abs(identity.residual(figures))
    sides = (
        shown(item_name(SPECIAL), stated.amount, stated.unit),
        shown(_("各项目实际支出合计"), -identity.constant, stated.unit),
    )
    tail = difference <= identity.tolerance
    why = Difference() if tail else traced(book, year, identity)
    yield self.found(
        year,
        About("stated", 0, SPECIAL),
        values={
            "total": sides[0].words,
            "sum": sides[1].words,
            "difference": shown("", difference, stated.unit).words,
            "verdict": verdict(difference, identity.tolerance, stated.unit),
        },
        figures=sides,
        difference=difference,
        tolerance=identity.tolerance,
        suspects=why.suspects,
        culprit=why.sentence,
        severity=Severity.INFO if tail else self.severity,
        remedy=_TAIL if tail else _LEDGER_FIRST.format(places=compare_with(book, year, (SPECIAL,))),
    )


@rule(
    "C-009",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("收入与支出、结转不衔接"),
    message=_("{incoming}，{outgoing}，相差{difference}，{verdict}。"),
    why=_("收入减去支出应当等于结转的变动；差额往往是其他资金的收支没有交代清楚。"),
    remedy=_("核对支出中有没有其他资金的支出，有的在台账中按单位资金登记；再对照决算报表核对收入、支出和结转。"),
)
def cash(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-009: 预算收入 − 支出 = change of 结转; decisions: 其他资金 is ignored unless it counts."""
    figures = stated_figures(book, year)
    identity = cash_identity(book, figures, year)
    if identity is None or identity.holds(figures):
        return
    unit = max(figures[Ref(year, 0, item)].unit for item in (INCOME, SPENT))
    received, spent, carried = (stated_amount(book, Ref(year, 0, item)) for item in (INCOME, SPENT, CARRY))
    received, spent, carried = (as_printed(amount, unit) for amount in (received, spent, carried))
    incoming = received + identity.constant
    outgoing = spent + carried
    sides = (shown(_("收入一方"), incoming, unit), shown(_("支出一方"), outgoing, unit))
    difference = abs(incoming - outgoing)
    explanation = explained(book, year, identity)
    yield self.found(
        year,
        About("stated", 0, INCOME),
        values={
            "incoming": _side(INCOME, received, _("年初结转及其他资金支出"), identity.constant, unit),
            "outgoing": _side(SPENT, spent, CARRY, carried, unit),
            "difference": shown("", difference, unit).words,
            "verdict": verdict(difference, identity.tolerance, unit),
        },
        figures=sides,
        difference=difference,
        tolerance=identity.tolerance,
        suspects=explanation.suspects,
        culprit=in_words(explanation),
        remedy=_OTHER_MONEY.format(places=compare_with(book, year, [INCOME, SPENT, *([CARRY] if carried else [])])),
    )


def _side(first: str, amount: int, second: str, more: int, unit: int) -> str:
    """One side of the account in words: 支出101.09万元, or 支出98.09万元＋结余结转3.00万元＝101.09万元."""
    text = first + shown("", amount, unit).words
    if not more:
        return text
    return f"{text}＋{second}{shown('', more, unit).words}＝{shown('', amount + more, unit).words}"


@rule(
    "S-001",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.YEAR,
    stage=Stage.REPORT,
    title=_("填报数与台账不一致"),
    message=_("{name}填报{stated}，台账同口径为{own}，相差{difference}{note}。"),
    why=_("报告印的是填报数，台账是它的出处；两者不同，就有一处不对。"),
    remedy=_("先核对台账有没有漏记、重记或记错项目，再对照填报来源核对填报数。"),
)
def against_ledger(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """Decisions, "What the amounts mean": a stated figure that differs from the ledger's is a finding.

    Rules of their own have 项目支出, the unit's 结余结转, 实际支出 of a project with sub-projects (C-003, C-005,
    C-004), and of the filed forms 年初预算数, rates, scores and grade (C-066, C-018, C-020, C-026, C-027). Only a
    note where C-001 speaks of the figure already, or the ledger holds nothing to compare it with.
    """
    figures = stated_figures(book, year)
    income_identity = total_identity(figures, year, INCOME, INITIAL, ADJUSTED)
    spoken_of = income_identity is not None and not income_identity.holds(figures)
    nothing = unit_balance(book, year) == NOTHING
    no_other = unit_balance(book, year, other_fund) == NOTHING
    told = cache(lambda: differing(book, year))  # looked into only where something differs
    for item in UNIT_ITEMS:
        if Ref(year, 0, item) in figures and item not in (SPECIAL, CARRY):
            empty = nothing or (item == OTHER and no_other)
            note = _("，见“预算收入不平”") if spoken_of and item in (INCOME, INITIAL, ADJUSTED) else ""
            yield from _differs(self, book, Ref(year, 0, item), note, empty, told)
    for stated in book.stated_all(year):
        below = stated.item == PROJECT_SPENT and book.children(year, stated.about)
        if stated.about and stated.item in PROJECT_ITEMS and not below:
            empty = project_balance(book, year, stated.about) == NOTHING
            yield from _differs(self, book, Ref(year, stated.about, stated.item), "", empty, told)
        if stated.item in MONEY_ITEMS and stated.item != WHOLE_INITIAL:
            empty = form_balance(book, year, stated.about) == NOTHING
            yield from _differs(self, book, Ref(year, stated.about, stated.item), "", empty, _nothing_told)


def _nothing_told() -> Callable[[Ref], Difference]:
    """Filed forms stand in no identity of the report."""
    return lambda _ref: Difference()


def _differs(
    self: Rule, book: Book, ref: Ref, note: str, empty: bool, told: Callable[[], Callable[[Ref], Difference]]
) -> Iterator[Finding]:
    """The finding where a stated figure differs from the ledger's at its printed unit."""
    found = stated_figure(book, ref)
    if found is None or found.stated is None or not found.difference or not isinstance(found.computed, int):
        return
    unit = printed_unit(found.stated)
    row = book.project_year(ref.year, ref.about)
    name = f"“{print_name(row.name)}”{item_name(ref.item)}" if row else item_name(ref.item)
    sides = (
        shown(_("填报数"), as_printed(found.stated.amount, unit), unit),
        shown(_("台账数"), as_printed(found.computed, unit), unit),
    )
    if empty:
        note = _("，台账中没有登记，无法核对")
    why = Difference() if note else told()(ref)
    yield self.found(
        ref.year,
        About("stated", ref.about, ref.item),
        values={
            "name": name,
            "stated": sides[0].words,
            "own": sides[1].words,
            "difference": shown("", abs(found.difference), unit).words,
            "note": note,
        },
        figures=sides,
        difference=abs(found.difference),
        tolerance=0,
        suspects=why.suspects,
        culprit=why.sentence,
        severity=Severity.INFO if note else self.severity,
        remedy=_LEDGER_FIRST.format(places=compare_with(book, ref.year, (ref.item,), ref.about)),
    )
