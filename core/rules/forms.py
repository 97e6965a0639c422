"""Rules about the filed self-evaluation forms (自评表) against themselves, each other and the budget."""

from collections.abc import Iterator

from core.balance import is_basic, other_fund
from core.basic_form import BUDGET as FORM_BUDGET
from core.basic_form import SPECIAL as SPECIAL_ROW
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.facts import entered, fact_rows
from core.figures import Ref, figure
from core.form_items import (
    BUDGET,
    COLUMNS,
    FORM_ITEMS,
    ROWS,
    WHOLE,
    WHOLE_INITIAL,
    form_balance,
    money_key,
)
from core.i18n import _
from core.identities import as_printed, printed_unit, shown
from core.labels import place_name
from core.money import WAN_CENT, tolerance


def _abouts(book: Book, year: int) -> list[int]:
    """The unit and its projects."""
    return [0, *(row.project for row in book.projects(year))]


def _form_name(book: Book, year: int, about: int) -> str:
    return place_name(book, year, About("evaluation", about))


@rule(
    "C-065",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("年度资金总额不等于各来源之和"),
    message=_("{form}的{column}：{parts}＝{sum}，与年度资金总额{total}相差{difference}。"),
    why=_("年度资金总额由当年财政拨款、上年结转资金和其他资金组成，三个来源之和必须等于总额。"),
    remedy=_("对照报出的自评表核对这一列的总额和三个来源。"),
)
def sources_differ(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-065: stated 年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金 in each column; a source that is not
    stated is the ledger's, but one of them must be stated."""
    for about in _abouts(book, year):
        for column in COLUMNS:
            total = book.stated(year, money_key(WHOLE, column), about)
            keys = [money_key(row, column) for row in ROWS[1:]]
            held = [book.stated(year, key, about) for key in keys]
            if total is None or not any(held):
                continue
            unit = max(printed_unit(one) for one in (total, *held) if one)
            amounts = [
                one.amount if one else FORM_ITEMS[key].compute(book, year, about) or 0
                for key, one in zip(keys, held, strict=True)
            ]
            terms = [shown(row, as_printed(amount, unit), unit) for row, amount in zip(ROWS[1:], amounts, strict=True)]
            first = shown(WHOLE, as_printed(total.amount, unit), unit)
            second = shown(_("各来源合计"), sum(term.amount for term in terms), unit)
            room = tolerance(sum(term.amount != 0 for term in terms), unit)
            difference = abs(first.amount - second.amount)
            if difference <= room:
                continue
            yield self.found(
                year,
                About("stated", about, total.item),
                values={
                    "form": _form_name(book, year, about),
                    "column": column,
                    "parts": "＋".join(term.label + term.words for term in terms),
                    "sum": second.words,
                    "total": first.words,
                    "difference": shown("", difference, unit).words,
                },
                figures=(first, second),
                difference=difference,
                tolerance=room,
            )


@rule(
    "C-066",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("各表的年初预算数不同"),
    message=_("{form}的年初预算数{first}，{other}{second}，相差{difference}。"),
    why=_("年初预算数在报告、自评表和基础数据表中是同一个批复数，几处不同，就有一处填错。"),
    remedy=_("对照年初预算批复核对这两个数；上年结转按口径计入年初预算数的，在评分与核对口径中设定。"),
)
def initial_differs(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-066: 年初预算数 of the self-evaluation forms = 年初预算 of the report (stated, else the ledger's), with
    其他资金 where the report leaves it out; of the basic-data form 项目支出 = Σ 年初预算 of its projects."""
    for about in _abouts(book, year):
        stated = book.stated(year, WHOLE_INITIAL, about)
        wanted = _initials(book, year, about) if stated else []
        if stated is None or not wanted:
            continue
        unit = printed_unit(stated)
        first = as_printed(stated.amount, unit)
        second = as_printed(wanted[0], unit)
        if first in (as_printed(one, unit) for one in wanted):
            continue
        form, about_form = _form_name(book, year, about), About("stated", about, WHOLE_INITIAL)
        sides = shown(form, first, unit), shown(_("报告中为"), second, unit)
        yield _initial(self, year, about_form, sides, 0)
    amount = entered(book, year, SPECIAL_ROW, FORM_BUDGET)
    lines = [row.budget.amount or 0 for row in fact_rows(book, year) if row.project] if amount is not None else []
    if amount is not None and lines:
        sides = (
            Shown(_("基础数据表项目支出"), as_printed(amount, WAN_CENT)),
            Shown(_("各项目合计"), sum(as_printed(one, WAN_CENT) for one in lines)),
        )
        room = tolerance(len(lines), WAN_CENT)
        if abs(sides[0].amount - sides[1].amount) > room:
            yield _initial(self, year, About("fact", 0, SPECIAL_ROW), sides, room)


def _initial(self: Rule, year: int, about: About, sides: tuple[Shown, Shown], room: int) -> Finding:
    difference = abs(sides[0].amount - sides[1].amount)
    return self.found(
        year,
        about,
        values={
            "form": sides[0].label,
            "first": sides[0].words,
            "other": sides[1].label,
            "second": sides[1].words,
            "difference": Shown("", difference, sides[0].unit).words,
        },
        figures=sides,
        difference=difference,
        tolerance=room,
    )


def _initials(book: Book, year: int, about: int) -> list[int]:
    """What a form may say as 年初预算数 (分): the report's 年初预算; the same with 其他资金 that the report leaves out.
    Empty where the ledger holds nothing and nothing is stated."""
    found = figure(book, Ref(year, about, "年初预算"))
    if found is None or not isinstance(found.value, int) or not (found.stated or book.projects(year)):
        return []
    brought = form_balance(book, year, about).brought if book.policy(year).opening_in_initial else 0
    apart = 0 if about or book.unit.other_counts else form_balance(book, year, 0, other_fund).initial
    return [found.value + brought, *([found.value + brought + apart] if apart else [])]


@rule(
    "C-067",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("绩效资金超过项目支出预算"),
    message=_("各项目自评表的全年预算数合计{first}，超过项目支出预算{second}，多{difference}。"),
    why=_("项目绩效自评的资金来自项目支出预算，合计不会大于预算。"),
    remedy=_("核对各项目自评表的年度资金总额：有没有多报，或者把基本支出当作项目资金。"),
)
def evaluated_over_budget(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-067: Σ 全年预算数 of the projects' forms, stated where it is, ≤ 项目支出 budget of the ledger."""
    key = money_key(WHOLE, BUDGET)
    rows = [row.project for row in book.projects(year) if not is_basic(book, row)]
    held = [book.stated(year, key, project) for project in rows]
    if not any(held):
        return
    own = [FORM_ITEMS[key].compute(book, year, project) or 0 for project in rows]
    told = sum(one.amount if one else amount for one, amount in zip(held, own, strict=True))
    first = Shown(_("自评表合计"), as_printed(told, WAN_CENT))
    second = Shown(_("项目支出预算"), as_printed(sum(own), WAN_CENT))
    room = tolerance(sum(one is not None for one in held), WAN_CENT)
    difference = first.amount - second.amount
    if difference > room:
        yield self.found(
            year,
            About("stated", next(one.about for one in held if one), key),
            values={"first": first.words, "second": second.words, "difference": Shown("", difference).words},
            figures=(first, second),
            difference=difference,
            tolerance=room,
        )
