"""What the stated figures (填报数) of a year must fulfil among themselves and against the ledger.

Stated figures come from a filed account: they are compared as they are printed, only where they are stated
(unknown is not zero), and never adopted; a difference is answered by comparing the filed table.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from core.balance import (
    Balance,
    FundFilter,
    any_fund,
    fiscal_fund,
    is_basic,
    other_fund,
    own_balance,
    project_balance,
    unit_balance,
)
from core.book import Book
from core.check import Shown
from core.explain import Explanation, Figures, Identity, Known, explain
from core.figures import ITEM_LABELS, PROJECT_ITEMS, UNIT_ITEMS
from core.i18n import _
from core.model import Basis, ProjectYear, Stated
from core.money import WAN_CENT, half_up, tolerance

INCOME, INITIAL, ADJUSTED, OTHER = "预算收入", "年初预算", "调整追加", "其他资金"
SPENT, BASIC, PERSONNEL, PUBLIC, SPECIAL = "支出", "基本支出", "人员经费", "公用经费", "项目支出"
CARRY, PROJECT_SPENT = "结余结转", "实际支出"


def item_name(item: str) -> str:
    """An item as it is called on screen and paper."""
    return ITEM_LABELS.get(item, item)


def printed_unit(stated: Stated) -> int:
    """The place of the last printed digit in 分: 0.01万元, or 0.01元."""
    return WAN_CENT if stated.printed_unit == "万元" else 1


def as_printed(amount: int, unit: int) -> int:
    """An amount (分) as it prints at a unit."""
    return half_up(amount, unit) * unit


def shown(label: str, amount: int, unit: int) -> Shown:
    """A figure of a finding, in the unit it is printed in."""
    return Shown(label, amount, "万元" if unit == WAN_CENT else "元")


def verdict(difference: int, allowed: int, unit: int) -> str:
    """What a difference between printed figures means: rounding (尾差), or more than that."""
    room = shown("", allowed, unit).words
    if abs(difference) <= allowed:
        return _("在四舍五入允许的{room}以内，属于尾差").format(room=room)
    return _("超出四舍五入允许的{room}").format(room=room) if allowed else _("两数应当相等")


def counted_fund(book: Book) -> FundFilter:
    """The money that counts in 预算收入."""
    return any_fund if book.unit.other_counts else fiscal_fund


def stated_figures(book: Book, year: int) -> dict[str, Known]:
    """The unit's stated figures by item, as they are printed, without the ledger's own."""
    found = {item: book.stated(year, item) for item in UNIT_ITEMS}
    return {
        item: Known(item, as_printed(stated.amount, printed_unit(stated)), printed_unit(stated))
        for item, stated in found.items()
        if stated
    }


def with_ledger(book: Book, year: int, figures: Figures) -> dict[str, Known]:
    """The same figures, each with the ledger's own on the unit's basis."""
    return {
        item: replace(known, own=as_printed(UNIT_ITEMS[item](book, year), known.unit))
        for item, known in figures.items()
    }


def total_identity(figures: Figures, total: str, *parts: str) -> Identity | None:
    """A stated total is the sum of its stated parts; None where one of them is not stated."""
    if not all(item in figures for item in (total, *parts)):
        return None
    name = f"{item_name(total)}＝" + "＋".join(map(item_name, parts))
    terms = ((1, total), *((-1, part) for part in parts))
    return Identity(name, terms, tolerance=tolerance(len(parts), _unit(figures, terms)))


def special_identity(book: Book, year: int, figures: Figures) -> Identity | None:
    """The stated 项目支出 is the sum of the projects' 实际支出."""
    if SPECIAL not in figures:
        return None
    rows = [row for row in book.projects(year) if not is_basic(book, row)]
    total, addends = sum_of(book, rows, PROJECT_SPENT, lambda b: b.spent)
    unit = figures[SPECIAL].unit
    name = _("项目支出＝各项目实际支出之和")
    return Identity(name, ((1, SPECIAL),), -as_printed(total, unit), tolerance(addends, unit))


def cash_identity(book: Book, year: int, figures: Figures) -> Identity | None:
    """What came in and was brought forward was spent or is carried. 单位资金 is left out unless it counts."""
    paid = book.unit.basis == Basis.PAID  # then nothing is carried unless it is stated
    if INCOME not in figures or SPENT not in figures or not (paid or CARRY in figures):
        return None
    terms: tuple[tuple[int, str], ...] = ((1, INCOME), (-1, SPENT))
    if CARRY in figures:
        terms += ((-1, CARRY),)
    unit = _unit(figures, terms)
    if paid:  # money brought forward is income of the year in which it is spent
        earlier = book.stated(year - 1, CARRY)
        brought = earlier.amount if earlier else 0
    else:
        brought = unit_balance(book, year, counted_fund(book)).brought
    elsewhere = 0 if book.unit.other_counts else unit_balance(book, year, other_fund).spent
    carried = CARRY in figures and figures[CARRY].amount != 0
    addends = 1 + carried + (brought != 0) + (elsewhere != 0)
    name = _("预算收入＝支出") if addends == 1 else _("预算收入＋年初结转－支出＝年末结转")
    return Identity(name, terms, as_printed(brought + elsewhere, unit), tolerance(addends, unit))


def _unit(figures: Figures, terms: Iterable[tuple[int, str]]) -> int:
    """0.01万元 where any figure of the group is printed in 万元, else 0.01元."""
    return max(figures[name].unit for _sign, name in terms)


def sum_of(
    book: Book,
    rows: Iterable[ProjectYear],
    item: str,
    pick: Callable[[Balance], int],
    funds: FundFilter = any_fund,
    balance: Callable[[Book, int, int, FundFilter], Balance] = project_balance,
) -> tuple[int, int]:
    """An item over these projects, stated where it is stated, else the ledger's; and how many rounded addends that is
    (the ledger's own figures are exact and count as one)."""
    total = stated_count = 0
    rest = False
    for row in rows:
        stated = book.stated(row.year, item, row.project)
        if stated:
            total += stated.amount
            stated_count += 1
        else:
            total += pick(balance(book, row.year, row.project, funds))
            rest = True
    return total, stated_count + rest


def sum_of_children(book: Book, row: ProjectYear) -> tuple[int, int]:
    """实际支出 of a project's sub-projects with its own payments, and how many rounded addends that is."""
    children = book.children(row.year, row.project)
    total, addends = sum_of(book, children, PROJECT_SPENT, lambda b: b.spent, balance=own_balance)
    return total + own_balance(book, row.year, row.project).spent, addends


def explained(book: Book, year: int, broken: Identity) -> Explanation:
    """Who may have caused the difference, judged by all identities of the year's stated figures:
    income = year-start + changes, spending = its two parts, basic = its two parts, Σ projects, in = out."""
    figures = with_ledger(book, year, stated_figures(book, year))
    others = (
        total_identity(figures, INCOME, INITIAL, ADJUSTED),
        total_identity(figures, SPENT, BASIC, SPECIAL),
        total_identity(figures, BASIC, PERSONNEL, PUBLIC),
        special_identity(book, year, figures),
        cash_identity(book, year, figures),
    )
    return explain(broken, [one for one in others if one], figures, partial(_entry_of, book, year))


def _entry_of(book: Book, year: int, size: int) -> str:
    """An amount of a project that a total may lack or hold twice, by name."""

    def sizes() -> dict[int, tuple[str, str]]:
        found: dict[int, tuple[str, str]] = {}
        for row in book.projects(year):
            balance = project_balance(book, year, row.project)
            for item, pick in PROJECT_ITEMS.items():
                found.setdefault(abs(pick(balance)), (row.name, item))
        return found

    entry = book.memo(year, 0, "sizes of entries", sizes).get(size) if size else None
    return _("{project}的{item}").format(project=entry[0], item=item_name(entry[1])) if entry else ""


def compare_with(book: Book, year: int, items: Iterable[str], about: int = 0) -> str:
    """The stated figures with the table and column they were filed in: 预算收入（收入支出决算总表，本年收入）、…"""
    named = []
    for item in items:
        stated = book.stated(year, item, about)
        place = [stated.source_table, stated.source_column] if stated else []
        where = "，".join(text for text in place if text)
        named.append(f"{item_name(item)}（{where}）" if where else item_name(item))
    return "、".join(named)
