"""What the stated figures (填报数) of a year must fulfil among themselves and against the ledger.

Stated figures come from a filed account: they are compared as they are printed, only where they are stated
(unknown is not zero), and never adopted; a difference is answered by comparing the filed table.
"""

from collections.abc import Callable, Iterable, Sequence

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
from core.explain import Figures, Identity, Known
from core.figures import ITEM_LABELS, PROJECT_ITEMS, UNIT_ITEMS, Ref
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
    """The place of the last printed digit in 分: 0.01万元, or 0.01元; a percentage and points are held as printed."""
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


def stated_figures(book: Book, year: int) -> dict[Ref, Known]:
    """The unit's stated figures of a year, as they are printed, without the ledger's own."""
    found = {item: book.stated(year, item) for item in UNIT_ITEMS}
    return {Ref(year, 0, item): known(item_name(item), stated) for item, stated in found.items() if stated}


def known(name: str, stated: Stated, own: int | None = None) -> Known:
    """A stated figure as it is printed, with the ledger's own at the same unit."""
    unit = printed_unit(stated)
    return Known(name, as_printed(stated.amount, unit), unit, None if own is None else as_printed(own, unit))


def total_identity(figures: Figures, year: int, total: str, *parts: str) -> Identity | None:
    """A stated total of the unit is the sum of its stated parts; None where one of them is not stated."""
    refs = [Ref(year, 0, item) for item in (total, *parts)]
    if not all(ref in figures for ref in refs):
        return None
    name = f"{item_name(total)}＝" + "＋".join(map(item_name, parts))
    terms = ((1, refs[0]), *((-1, ref) for ref in refs[1:]))
    return Identity(name, terms, tolerance=_room(figures, terms))


def special_identity(book: Book, figures: Figures, year: int) -> Identity | None:
    """The stated 项目支出 is the sum of the projects' 实际支出, each stated where it is, else the ledger's."""
    rows = [row for row in book.projects(year) if not is_basic(book, row)]
    return sum_identity(book, figures, Ref(year, 0, SPECIAL), rows, PROJECT_SPENT)


def sum_identity(
    book: Book, figures: Figures, total: Ref, rows: Sequence[ProjectYear], item: str, funds: FundFilter = any_fund
) -> Identity | None:
    """A stated figure of the unit is the sum of an item over projects, each stated where it is, else the ledger's.

    Stated figures of projects that are not among ``figures`` are part of the constant.
    """
    if total not in figures:
        return None
    name = _("{total}＝各项目{item}之和").format(total=item_name(total.item), item=item_name(item))
    sums = sum_of(book, rows, item, PROJECT_ITEMS[item], funds)
    return identity_of_sum(book, figures, name, total, [Ref(row.year, row.project, item) for row in rows], sums)


def identity_of_sum(
    book: Book, figures: Figures, name: str, total: Ref, parts: Iterable[Ref], sums: tuple[int, int]
) -> Identity:
    """A stated total is the sum of these parts; ``sums`` are that sum and how many rounded addends it has."""
    whole, addends = sums
    stated = [ref for ref in parts if ref in figures]
    unit = figures[total].unit
    rest = as_printed(whole - sum(stated_amount(book, ref) for ref in stated), unit)
    return Identity(name, ((1, total), *((-1, ref) for ref in stated)), -rest, tolerance(addends, unit))


def stated_amount(book: Book, ref: Ref) -> int:
    """What is stated, in 分; 0 where nothing is."""
    stated = book.stated(ref.year, ref.item, ref.about)
    return stated.amount if stated else 0


def cash_identity(book: Book, figures: Figures, year: int) -> Identity | None:
    """What came in and was brought forward was spent or is carried. 单位资金 is left out unless it counts."""
    income, spent, carry = (Ref(year, 0, item) for item in (INCOME, SPENT, CARRY))
    paid = book.unit.basis == Basis.PAID  # then nothing is carried unless it is stated
    if income not in figures or spent not in figures or not (paid or carry in figures):
        return None
    terms: tuple[tuple[int, Ref], ...] = ((1, income), (-1, spent))
    if carry in figures:
        terms += ((-1, carry),)
    unit = max(figures[ref].unit for _sign, ref in terms)
    if paid:  # money brought forward is income of the year in which it is spent
        brought = stated_amount(book, Ref(year - 1, 0, CARRY))
    else:
        brought = unit_balance(book, year, counted_fund(book)).brought
    elsewhere = 0 if book.unit.other_counts else unit_balance(book, year, other_fund).spent
    carried = carry in figures and figures[carry].amount != 0
    addends = 1 + carried + (brought != 0) + (elsewhere != 0)
    name = _("预算收入＝支出") if addends == 1 else _("预算收入＋年初结转－支出＝年末结转")
    # The same amount in 元 and in 万元 differs by what the coarser of the two leaves out.
    mixed = unit // 2 if any(figures[ref].unit != unit for _sign, ref in terms) else 0
    return Identity(name, terms, as_printed(brought + elsewhere, unit), max(tolerance(addends, unit), mixed))


def _room(figures: Figures, terms: Sequence[tuple[int, Ref]]) -> int:
    """What rounding explains between these figures: by the coarsest unit any of them is printed in."""
    return tolerance(len(terms) - 1, max(figures[ref].unit for _sign, ref in terms))


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


def compare_with(book: Book, year: int, items: Iterable[str], about: int = 0) -> str:
    """The stated figures with the table and column they were filed in: 预算收入（收入支出决算总表，本年收入）、…"""
    named = []
    for item in items:
        stated = book.stated(year, item, about)
        place = [stated.source_table, stated.source_column] if stated else []
        where = "，".join(text for text in place if text)
        named.append(f"{item_name(item)}（{where}）" if where else item_name(item))
    return "、".join(named)
