"""What a unit may state from filed self-evaluation forms (自评表) beside the ledger items of ``core.figures``.

Items of ``Stated`` for the unit (about 0) and for each project: the money rows of the form, the execution rate
(``printed_unit`` "%", in 0.01 %), scores ("分", in 0.01 points) and the grade ("级", the place in the policy's
grades from 1). Each says how the ledger computes it, on the form's own terms.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from core.balance import (
    Balance,
    FundFilter,
    any_fund,
    fiscal_fund,
    other_fund,
    project_balance,
    unit_balance,
)
from core.book import Book
from core.figures import Figure, Ref, figure
from core.i18n import _
from core.money import half_up, show_printed, show_yuan
from core.origins import Layer, layers
from core.scoring import evaluation

PERCENT, POINTS, GRADE = "%", "分", "级"
WHOLE, CURRENT, BROUGHT, OTHER = "年度资金总额", "当年财政拨款", "上年结转资金", "其他资金"
INITIAL, BUDGET, SPENT = "年初预算数", "全年预算数", "全年执行数"
ROWS, COLUMNS = (WHOLE, CURRENT, BROUGHT, OTHER), (INITIAL, BUDGET, SPENT)
RATE, RATE_SCORE, TOTAL, GRADED, REVIEWED = "自评执行率", "执行率得分", "自评总分", "自评等级", "财政复核得分"


@dataclass(frozen=True, slots=True)
class FormItem:
    """An item of a filed form, called by its key. ``compute`` gives the ledger's own at the item's unit, None where
    it has none."""

    key: str
    unit: str  # Stated.printed_unit
    compute: Callable[[Book, int, int], int | None]


def money_key(row: str, column: str) -> str:
    """The key of a money row and column of the form, such as 年度资金总额全年执行数."""
    return row + column


def form_balance(book: Book, year: int, about: int, funds: FundFilter = any_fund) -> Balance:
    """The balance of the unit (0) or of a project."""
    return project_balance(book, year, about, funds) if about else unit_balance(book, year, funds)


def _carried_in(book: Book, year: int, about: int) -> Layer:
    """What of the fiscal money came from earlier years, and what of it was spent and recalled."""
    projects = [about] if about else [row.project for row in book.projects(year)]
    found = (layer for one in projects for layer in layers(book, year, one, fiscal_fund) if layer.origin_year < year)
    return sum(found, Layer(0))


def _source(book: Book, year: int, about: int, row: str, column: str) -> int:
    """One source of money in one column of the form (分). 全年预算数 is after recall where the policy says so."""
    policy = book.policy(year)
    balance = form_balance(book, year, about, other_fund if row == OTHER else fiscal_fund)
    if column == INITIAL:
        brought = balance.brought if policy.opening_in_initial and row != CURRENT else 0
        return brought + (balance.initial if row != BROUGHT else 0)
    recalled = policy.rate_base == "after_recall"
    whole = balance.spent if column == SPENT else balance.budget - recalled * balance.recovered
    if row == OTHER:
        return whole
    earlier = _carried_in(book, year, about)
    part = earlier.spent if column == SPENT else earlier.given - recalled * earlier.recovered
    return part if row == BROUGHT else whole - part


def _money(row: str, column: str, book: Book, year: int, about: int) -> int:
    """A money cell of the form; 年度资金总额 is the sum of its three sources."""
    rows = ROWS[1:] if row == WHOLE else (row,)
    return sum(_source(book, year, about, one, column) for one in rows)


def _rate(book: Book, year: int, about: int) -> int | None:
    rate = form_balance(book, year, about).rate(book.policy(year).rate_base)
    return None if rate is None else half_up(rate.numerator * 10_000, rate.denominator)


def _rate_score(book: Book, year: int, about: int) -> int | None:
    found = evaluation(book, year, about)
    return None if found.rate is None else int(found.execution_score * 100)


def _total(book: Book, year: int, about: int) -> int | None:
    found = evaluation(book, year, about)
    return int(found.capped_total * 100) if found.complete else None


def _grade(book: Book, year: int, about: int) -> int | None:
    grade = evaluation(book, year, about).grade
    names = [name for name, _least in book.policy(year).grades]
    return names.index(grade) + 1 if grade in names else None


def _unknown(_book: Book, _year: int, _about: int) -> None:
    """Nothing in the ledger says what a reviewer gives."""
    return None


def _all() -> Iterator[FormItem]:
    yield FormItem(RATE, PERCENT, _rate)
    yield FormItem(RATE_SCORE, POINTS, _rate_score)
    yield FormItem(TOTAL, POINTS, _total)
    yield FormItem(GRADED, GRADE, _grade)
    yield FormItem(REVIEWED, POINTS, _unknown)
    for row in ROWS:
        for column in COLUMNS:
            yield FormItem(money_key(row, column), "万元", partial(_money, row, column))


FORM_ITEMS: Mapping[str, FormItem] = {item.key: item for item in _all()}
MONEY_ITEMS = tuple(item.key for item in FORM_ITEMS.values() if item.unit == "万元")
WHOLE_INITIAL = money_key(WHOLE, INITIAL)


def show_amount(book: Book, year: int, amount: int, unit: str) -> str:
    """An amount as printed at ``unit``, without the unit; a grade by its name."""
    grades = book.policy(year).grades
    if unit == GRADE and 0 < amount <= len(grades):
        return grades[amount - 1][0]
    return show_printed(amount, unit)


def form_figure(book: Book, ref: Ref) -> Figure | None:
    """The figure of a form item: stated where it is, else the ledger's; None where there is no such item or place."""
    item = FORM_ITEMS.get(ref.item)
    if item is None or ref.about < 0 or book.year(ref.year) is None:
        return None
    if ref.about and book.project_year(ref.year, ref.about) is None:
        return None
    own = item.compute(book, ref.year, ref.about)
    stated = book.stated(ref.year, ref.item, ref.about)
    return Figure(ref, stated.amount if stated else own, own, stated, item.unit)


def stated_figure(book: Book, ref: Ref) -> Figure | None:
    """The figure that may be stated for an item, of the ledger or of a form."""
    return form_figure(book, ref) if ref.item in FORM_ITEMS else figure(book, ref)


def form_lines(book: Book, ref: Ref) -> Iterator[str]:
    """What a form item was computed from, line by line, in 元 or points."""
    if ref.item == RATE:
        yield _("年度资金总额：全年执行数 {spent} ÷ 全年预算数 {budget}").format(
            spent=_yuan(book, ref, WHOLE, SPENT), budget=_yuan(book, ref, WHOLE, BUDGET)
        )
    elif ref.item == RATE_SCORE:
        yield _("执行率 × {points}分，不超过{points}分").format(points=book.policy(ref.year).execution_points)
    elif ref.item in (TOTAL, GRADED):
        found = evaluation(book, ref.year, ref.about)
        yield _("执行率得分 {execution} ＋ 指标得分 {indicators}").format(
            execution=found.execution_score, indicators=found.indicator_score
        )
    elif ref.item in MONEY_ITEMS:
        row = next(name for name in ROWS if ref.item.startswith(name))
        column = ref.item.removeprefix(row)
        if row == WHOLE:
            yield from (f"{name} {_yuan(book, ref, name, column)}" for name in ROWS[1:])
        else:
            yield _("按台账逐笔的资金性质和资金所属年度汇总")
    else:
        yield _("财政部门复核结果，台账中没有相应记录")


def _yuan(book: Book, ref: Ref, row: str, column: str) -> str:
    return show_yuan(_money(row, column, book, ref.year, ref.about))
