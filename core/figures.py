"""Named figures: what a token such as ``{unit.预算收入}`` or ``{p12.实际支出}`` stands for, and its sources.

A report prints the stated figure (填报数) where one exists, else the computed one; a difference is a
finding, never a silent switch. Tokens are stored by id and shown by name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.balance import (
    ONLY,
    Balance,
    FundFilter,
    any_fund,
    basic_balance,
    final_account,
    fiscal_fund,
    is_basic,
    other_fund,
    project_balance,
    project_class,
    special_balance,
    unit_balance,
)
from core.book import Book
from core.i18n import _
from core.model import EVENT_LABELS, GIVING, Basis, BudgetEvent, EventKind, Fund, ProjectYear, Stated
from core.money import NOTHING, WAN_CENT, show_printed, show_rate, show_wan, wan_rounded
from core.policy import BASIC, CLASSES, OPERATING, PERSONNEL, PUBLIC, TARGETED

UNIT_ITEMS: Mapping[str, Callable[[Book, int], int]] = {
    "预算收入": lambda b, y: final_account(b, y).income,
    "年初预算": lambda b, y: final_account(b, y).initial,
    "调整追加": lambda b, y: final_account(b, y).adjusted,
    "其他资金": lambda b, y: final_account(b, y).other,
    "支出": lambda b, y: final_account(b, y).spent,
    "基本支出": lambda b, y: final_account(b, y).basic,
    "人员经费": lambda b, y: final_account(b, y).personnel,
    "公用经费": lambda b, y: final_account(b, y).public,
    "项目支出": lambda b, y: final_account(b, y).special,
    "结余结转": lambda b, y: final_account(b, y).carry,
    "全年预算": lambda b, y: unit_balance(b, y).budget,
    "财政收回": lambda b, y: unit_balance(b, y).recovered,
}

# What was spent of each fund source: printed by some outlines, never stated.
FUND_ITEMS: Mapping[str, Fund] = {
    "一般公共预算支出": Fund.GENERAL,
    "政府性基金支出": Fund.GOVERNMENT,
    "国有资本经营支出": Fund.STATE_CAPITAL,
    "社会保险基金支出": Fund.SOCIAL,
}

PROJECT_ITEMS: Mapping[str, Callable[[Balance], int]] = {
    "上年结转": lambda b: b.brought,
    "年初预算": lambda b: b.initial,
    "上级转移支付": lambda b: b.transfer,
    "年中调增减": lambda b: b.midyear,
    "追加减": lambda b: b.supplement,
    "全年预算": lambda b: b.budget,
    "实际支出": lambda b: b.spent,
    "财政收回": lambda b: b.recovered,
    "结余": lambda b: b.surplus,
    "结余结转": lambda b: b.carried + b.undisposed,
}
RATE = "执行率"  # both of the unit and of a project

# Groups of projects whose items are added up in a table; in a reference they stand in place of a project.
BASIC_ROWS, SPECIAL_ROWS, ALL_ROWS = -1, -2, -3
GROUP_LABELS: Mapping[int, str] = {BASIC_ROWS: _("基本支出小计"), SPECIAL_ROWS: _("项目支出小计"), ALL_ROWS: _("合计")}
_GROUP_BALANCES: Mapping[int, Callable[[Book, int], Balance]] = {
    BASIC_ROWS: basic_balance,
    SPECIAL_ROWS: special_balance,
    ALL_ROWS: unit_balance,
}

# How an item is called on screen and paper where the token name is not the term itself.
ITEM_LABELS: Mapping[str, str] = {
    "调整追加": _("调整追加（减）"),
    "其他资金": _("其他资金来源"),
    "年中调增减": _("年中调增（减）"),
    "追加减": _("追加（减）"),
}

# Which event kinds stand behind an item of a project.
ITEM_EVENTS: Mapping[str, tuple[EventKind, ...]] = {
    "上年结转": (EventKind.OPENING, EventKind.OPENING_ADJUST),
    "年初预算": (EventKind.INITIAL,),
    "上级转移支付": (EventKind.TRANSFER,),
    "年中调增减": (EventKind.ADJUST, EventKind.REALLOCATE),
    "追加减": (EventKind.SUPPLEMENT,),
    "财政收回": (EventKind.RECOVERED,),
    "结余": (EventKind.SURPLUS,),
    "结余结转": (EventKind.CARRIED,),
}

TOKEN = re.compile(r"\{(?P<prev>prev\.)?(?P<about>unit|p\d+)\.(?P<item>\w+)(?:\|(?P<style>2|trim))?\}")


@dataclass(frozen=True, slots=True)
class Ref:
    """What a token names: an item of the unit (``about`` 0) or of a project, of a year; below 0 a group."""

    year: int
    about: int
    item: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the report prints it. ``value`` is 分, or a Fraction for a rate (None: no budget)."""

    ref: Ref
    value: int | Fraction | None
    computed: int | Fraction | None
    stated: Stated | None = None
    unit: str = "万元"  # what it prints in where nothing is stated

    @property
    def printed_unit(self) -> str:
        """The unit it is printed in: 万元, 元, or %, 分, 级 of a filed form."""
        return self.stated.printed_unit if self.stated else self.unit

    @property
    def is_rate(self) -> bool:
        """True for 执行率."""
        return self.ref.item == RATE

    def text(self, style: str = "trim") -> str:
        """As printed: 万元 (``2``: always two decimals, ``trim``: none where whole), a percentage, or points."""
        if isinstance(self.value, Fraction):
            return show_rate(self.value.numerator, self.value.denominator)
        if self.value is None:
            return NOTHING
        if self.unit != "万元":
            return show_printed(self.value, self.unit)
        return show_wan(self.value, trim=style == "trim")

    @property
    def difference(self) -> int:
        """填报数 less 台账数 in 分 (or 0.01 of % and points), compared at the unit that is stated; 0 without one."""
        if self.stated is None or not isinstance(self.computed, int):
            return 0
        if self.stated.printed_unit != "万元":
            return self.stated.amount - self.computed
        return (wan_rounded(self.stated.amount) - wan_rounded(self.computed)) * WAN_CENT


@dataclass(frozen=True, slots=True)
class Source:
    """One line of what a figure was computed from."""

    label: str
    basis: str  # document number, or how many entries
    amount: int
    about: tuple[str, int] = ("", 0)  # table and id of the entry, where it is one


def find_ref(match: re.Match[str], year: int) -> Ref:
    """The reference of a token match in a text of that year."""
    about = match["about"]
    return Ref(year - 1 if match["prev"] else year, 0 if about == "unit" else int(about[1:]), match["item"])


def token(ref: Ref, year: int, style: str = "") -> str:
    """How a reference is written in a text of that year."""
    prefix = "prev." if ref.year == year - 1 else ""
    about = f"p{ref.about}" if ref.about else "unit"
    return "{" + f"{prefix}{about}.{ref.item}" + (f"|{style}" if style else "") + "}"


def label(book: Book, ref: Ref) -> str:
    """The reference by name, such as 年初预算 or 业务性专项经费·实际支出."""
    item = ITEM_LABELS.get(ref.item, ref.item)
    if not ref.about:
        return item
    if ref.about in GROUP_LABELS:
        return f"{GROUP_LABELS[ref.about]}·{item}"
    row = book.project_year(ref.year, ref.about)
    return f"{row.name if row else ref.about}·{item}"


def computed(book: Book, ref: Ref) -> int | Fraction | None:
    """The ledger's own figure. Raises ``KeyError`` for an item that does not exist."""
    base = book.policy(ref.year).rate_base
    if not ref.about and ref.item in FUND_ITEMS:
        return unit_balance(book, ref.year, ONLY[FUND_ITEMS[ref.item]]).spent
    if not ref.about:
        return unit_balance(book, ref.year).rate(base) if ref.item == RATE else UNIT_ITEMS[ref.item](book, ref.year)
    if ref.about in GROUP_LABELS:
        balance = _GROUP_BALANCES[ref.about](book, ref.year)
    else:
        balance = project_balance(book, ref.year, ref.about)
    return balance.rate(base) if ref.item == RATE else PROJECT_ITEMS[ref.item](balance)


def members(book: Book, year: int, group: int) -> list[ProjectYear]:
    """The projects of a group of rows."""
    return [row for row in book.projects(year) if group == ALL_ROWS or is_basic(book, row) == (group == BASIC_ROWS)]


def figure(book: Book, ref: Ref) -> Figure | None:
    """The figure a reference names; None where the item, project or year does not exist."""
    if ref.about > 0 and book.project_year(ref.year, ref.about) is None:
        return None
    if book.year(ref.year) is None:
        return None
    try:
        own = computed(book, ref)
    except KeyError:
        return None
    if ref.about in GROUP_LABELS:
        return Figure(ref, _group_value(book, ref, own), own)
    stated = book.stated(ref.year, ref.item, ref.about)
    return Figure(ref, stated.amount if stated else own, own, stated)


def _group_value(book: Book, ref: Ref, own: int | Fraction | None) -> int | Fraction | None:
    """A group is the sum of what its rows print, so that a table with stated figures still adds up."""
    if ref.item == RATE:
        return own
    parts = (figure(book, Ref(ref.year, row.project, ref.item)) for row in members(book, ref.year, ref.about))
    return sum(part.value for part in parts if part is not None and isinstance(part.value, int))


def items(about: int) -> tuple[str, ...]:
    """The item names that exist for the unit (0) or a project."""
    return (*PROJECT_ITEMS, RATE) if about else (*UNIT_ITEMS, RATE, *FUND_ITEMS)


def project_sources(book: Book, ref: Ref) -> list[Source]:
    """The entries behind a project's figure."""
    found: list[Source] = []
    below = [ref.about, *(c.project for c in book.children(ref.year, ref.about))]
    kinds = ITEM_EVENTS.get(ref.item, GIVING if ref.item in ("全年预算", RATE) else ())
    for project in below:
        row = book.project_year(ref.year, project)
        name = row.name if row else ""
        for event in book.events(ref.year, project):
            if event.kind in kinds:
                found.append(_event_source(event))
        payments = book.payments(ref.year, project) if ref.item in ("实际支出", RATE) else []
        if payments:
            total = sum(p.amount for p in payments)
            found.append(Source(_("{name} 支出").format(name=name), _count(len(payments)), total, ("project", project)))
    if ref.item == "结余结转":
        rest = project_balance(book, ref.year, ref.about).undisposed
        if rest:
            found.append(Source(_("未处置"), "", rest, ("project", ref.about)))
    return found


def sources(book: Book, ref: Ref) -> list[Source]:
    """What a figure was computed from, line by line; the lines of an amount add up to ``computed``."""
    if ref.about in GROUP_LABELS:
        return _group_sources(book, ref)
    if ref.about:
        return project_sources(book, ref)
    funds = any_fund if book.unit.other_counts else fiscal_fund
    balance = unit_balance(book, ref.year, funds)
    account = final_account(book, ref.year)
    paid = book.unit.basis == Basis.PAID
    if ref.item == "预算收入":
        return [
            Source(_("年初预算"), "", account.initial),
            Source(_("调整追加（减）"), "", account.adjusted),
        ]
    if ref.item == "调整追加":
        found = _changes(book, ref.year, funds)
        found += _minus(_("财政收回"), balance.recovered) + _minus(_("认定结余"), balance.surplus)
        if paid:
            if balance.brought:
                found.insert(0, Source(_("上年结转及年初余额调整"), "", balance.brought))
            found += _minus(_("结转下年"), balance.carried) + _minus(_("未处置"), balance.undisposed)
        return found
    if ref.item == "支出":
        return [Source(_("基本支出"), "", account.basic), Source(_("项目支出"), "", account.special)]
    return _by_project(book, ref, funds)


def _group_sources(book: Book, ref: Ref) -> list[Source]:
    item = PROJECT_ITEMS["实际支出" if ref.item == RATE else ref.item]
    amounts = [(row, item(project_balance(book, ref.year, row.project))) for row in members(book, ref.year, ref.about)]
    return [Source(row.name, "", amount, ("project", row.project)) for row, amount in amounts if amount]


# For the unit's figures that are sums over projects: what each project adds, and which classes count.
_PARTS: Mapping[str, tuple[Callable[[Balance], int], tuple[str, ...]]] = {
    "年初预算": (lambda b: b.initial, CLASSES),
    "其他资金": (lambda b: b.budget, CLASSES),
    "基本支出": (lambda b: b.spent, BASIC),
    "人员经费": (lambda b: b.spent, (PERSONNEL,)),
    "公用经费": (lambda b: b.spent, (PUBLIC,)),
    "项目支出": (lambda b: b.spent, (OPERATING, TARGETED)),
    "结余结转": (lambda b: b.carried + b.undisposed, CLASSES),
    "全年预算": (lambda b: b.budget, CLASSES),
    "财政收回": (lambda b: b.recovered, CLASSES),
    RATE: (lambda b: b.spent, CLASSES),
}


def _by_project(book: Book, ref: Ref, counted: FundFilter) -> list[Source]:
    get, classes = _PARTS[RATE if ref.item in FUND_ITEMS else ref.item]
    if ref.item == "结余结转" and book.unit.basis == Basis.PAID:
        return [Source(_("决算口径按实际支出确认收入，不计结转"), "", 0)]
    funds = {"其他资金": other_fund, "年初预算": counted, "结余结转": counted}.get(ref.item, any_fund)
    if ref.item in FUND_ITEMS:
        funds = ONLY[FUND_ITEMS[ref.item]]
    found = []
    for row in book.projects(ref.year):
        amount = get(project_balance(book, ref.year, row.project, funds))
        if amount and project_class(book, row) in classes:
            found.append(Source(row.name, "", amount, ("project", row.project)))
    return found


def _changes(book: Book, year: int, funds: FundFilter) -> list[Source]:
    kinds = (EventKind.TRANSFER, EventKind.ADJUST, EventKind.REALLOCATE, EventKind.SUPPLEMENT)
    return [
        _event_source(event, row.name)
        for row in book.project_years(year)
        for event in book.events(year, row.project)
        if event.kind in kinds and funds(event.fund)
    ]


def _event_source(event: BudgetEvent, name: str = "") -> Source:
    kind = EVENT_LABELS[event.kind]
    text = f"{name} {kind}" if name else kind
    return Source(text, event.doc_no or event.date, event.amount, (BudgetEvent.table, event.id))


def _minus(name: str, amount: int) -> list[Source]:
    return [Source(name, "", -amount)] if amount else []


def _count(n: int) -> str:
    return _("{n}笔").format(n=n)
