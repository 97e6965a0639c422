"""The arithmetic of a budget year: one function a figure, used by every screen, report and export.

Symbols (分): O 上年结转 with 年初余额调整, N 年初预算, T 上级转移支付, J 年中调增（减）, D 调剂, Z 追加（减）,
B 全年预算, E 实际支出 net of refunds, R 财政收回, X 认定结余, C 结转下年, U 未处置, F 在途.
B = O+N+T+J+D+Z and U = B−E−R−X−C hold exactly, for a project, a class and the unit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from operator import eq

from core.book import SPENT, Book
from core.model import Basis, Fund, ProjectYear
from core.policy import BASIC, OPERATING, PERSONNEL, PUBLIC, TARGETED


@dataclass(frozen=True, slots=True)
class Balance:
    """Where one project, class or unit stands on the quota basis (指标口径), in 分."""

    opening: int = 0  # 上年结转
    opening_adjust: int = 0  # 年初余额调整
    initial: int = 0  # N
    transfer: int = 0  # T
    adjust: int = 0  # J
    reallocate: int = 0  # D
    supplement: int = 0  # Z
    spent: int = 0  # E
    recovered: int = 0  # R
    surplus: int = 0  # X
    carried: int = 0  # C
    committed: int = 0  # F 在途

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.opening + other.opening,
            self.opening_adjust + other.opening_adjust,
            self.initial + other.initial,
            self.transfer + other.transfer,
            self.adjust + other.adjust,
            self.reallocate + other.reallocate,
            self.supplement + other.supplement,
            self.spent + other.spent,
            self.recovered + other.recovered,
            self.surplus + other.surplus,
            self.carried + other.carried,
            self.committed + other.committed,
        )

    @property
    def brought(self) -> int:
        """O: what the year began with."""
        return self.opening + self.opening_adjust

    @property
    def changed(self) -> int:
        """T+J+D+Z: what the year brought after its start, before recall."""
        return self.transfer + self.adjust + self.reallocate + self.supplement

    @property
    def midyear(self) -> int:
        """J+D, the 年中调增（减） of the report: 调剂 counts in it."""
        return self.adjust + self.reallocate

    @property
    def budget(self) -> int:
        """B 全年预算."""
        return self.brought + self.initial + self.changed

    @property
    def disposed(self) -> int:
        """R+X+C."""
        return self.recovered + self.surplus + self.carried

    @property
    def unspent(self) -> int:
        """B−E."""
        return self.budget - self.spent

    @property
    def undisposed(self) -> int:
        """U 未处置."""
        return self.unspent - self.disposed

    @property
    def available(self) -> int:
        """可用余额: U less what is committed but not paid yet."""
        return self.undisposed - self.committed

    def rate(self, base: str = "before_recall") -> Fraction | None:
        """执行率 E/B; with base ``after_recall`` E/(B−R). None where there is no budget."""
        whole = self.budget - (self.recovered if base == "after_recall" else 0)
        return Fraction(self.spent, whole) if whole else None


NOTHING = Balance()
FundFilter = Callable[[str], bool]


def any_fund(_fund: str) -> bool:
    """All money."""
    return True


def fiscal_fund(fund: str) -> bool:
    """Fiscal money (财政资金): everything but 单位资金."""
    return fund != Fund.OTHER


def other_fund(fund: str) -> bool:
    """其他资金: 单位资金."""
    return fund == Fund.OTHER


# The money of one fund source. One function each, because balances are kept by the function that chose their money.
ONLY: Mapping[str, FundFilter] = {fund: partial(eq, fund) for fund in Fund}


def own_balance(book: Book, year: int, project: int, funds: FundFilter = any_fund) -> Balance:
    """A project's or sub-project's balance from its own entries alone."""

    def total() -> Balance:
        sums: dict[str, int] = {}
        for (kind, fund, _month), amount in book.cells(year, project).items():
            if funds(fund):
                sums[kind] = sums.get(kind, 0) + amount
        if not sums:
            return NOTHING
        spent = sums.pop(SPENT, 0)
        return Balance(spent=spent, **{str(kind): amount for kind, amount in sums.items()})

    return book.memo(year, project, ("own", funds), total)


def project_balance(book: Book, year: int, project: int, funds: FundFilter = any_fund) -> Balance:
    """A project's balance with its sub-projects."""

    def total() -> Balance:
        balance = own_balance(book, year, project, funds)
        for child in book.children(year, project):
            below = own_balance(book, year, child.project, funds)
            balance = below if balance is NOTHING else balance + below
        return balance

    return book.memo(year, project, ("project", funds), total)


def project_class(book: Book, row: ProjectYear) -> str:
    """The policy's class of a project; a sub-project has its parent's. Unknown kinds are 特定目标类."""

    def find() -> str:
        parent = book.parent(row.project)
        holder = (book.project_year(row.year, parent) if parent else None) or row
        return book.policy(row.year).kinds.get(holder.kind, TARGETED)

    return book.memo(row.year, row.project, "class", find)


def is_basic(book: Book, row: ProjectYear) -> bool:
    """True for 基本支出, False for 项目支出."""
    return project_class(book, row) in BASIC


def class_balance(book: Book, year: int, group: str, funds: FundFilter = any_fund) -> Balance:
    """One class of the policy, such as 人员类: the sum of its projects."""

    def totals() -> dict[str, Balance]:
        sums: dict[str, Balance] = {}
        for row in book.projects(year):
            balance = project_balance(book, year, row.project, funds)
            if balance is not NOTHING:
                own = project_class(book, row)
                sums[own] = sums[own] + balance if own in sums else balance
        return sums

    return book.memo(year, 0, ("classes", funds), totals).get(group, NOTHING)


def basic_balance(book: Book, year: int, funds: FundFilter = any_fund) -> Balance:
    """基本支出 of the unit."""
    return class_balance(book, year, PERSONNEL, funds) + class_balance(book, year, PUBLIC, funds)


def special_balance(book: Book, year: int, funds: FundFilter = any_fund) -> Balance:
    """项目支出 of the unit."""
    return class_balance(book, year, OPERATING, funds) + class_balance(book, year, TARGETED, funds)


def unit_balance(book: Book, year: int, funds: FundFilter = any_fund) -> Balance:
    """The whole unit."""
    return basic_balance(book, year, funds) + special_balance(book, year, funds)


@dataclass(frozen=True, slots=True)
class FinalAccount:
    """The unit on the final-account basis (决算口径), in 分. ``income == initial + adjusted``."""

    income: int  # I 预算收入
    initial: int  # N
    adjusted: int  # A 调整追加（减）, net of what was recalled and, on the paid basis, carried over
    other: int  # 其他资金
    spent: int  # 支出
    basic: int
    personnel: int
    public: int
    special: int
    carry: int  # 结余结转


def recognised(balance: Balance, basis: str) -> int:
    """I of one balance: what was paid (``paid``), or B−O−R−X (``allotted``)."""
    if basis == Basis.PAID:
        return balance.spent
    return balance.budget - balance.brought - balance.recovered - balance.surplus


def carried_forward(balance: Balance, basis: str) -> int:
    """结余结转 of one balance: 0 on the paid basis, else C+U."""
    return 0 if basis == Basis.PAID else balance.carried + balance.undisposed


def final_account(book: Book, year: int, basis: str | None = None) -> FinalAccount:
    """The unit's final account. ``basis`` overrides the unit's setting, for comparison."""
    wanted = basis or book.unit.basis
    return book.memo(year, 0, ("final account", wanted), lambda: _final_account(book, year, wanted))


def _final_account(book: Book, year: int, basis: str) -> FinalAccount:
    everything = unit_balance(book, year)
    counted = everything if book.unit.other_counts else unit_balance(book, year, fiscal_fund)
    income = recognised(counted, basis)
    return FinalAccount(
        income=income,
        initial=counted.initial,
        adjusted=income - counted.initial,
        other=unit_balance(book, year, other_fund).budget,
        spent=everything.spent,
        basic=basic_balance(book, year).spent,
        personnel=class_balance(book, year, PERSONNEL).spent,
        public=class_balance(book, year, PUBLIC).spent,
        special=special_balance(book, year).spent,
        carry=carried_forward(counted, basis),
    )


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """One row of 口径桥接表: from the quota basis to the final-account basis, in 分."""

    project: int  # 0: 基本支出 or the total
    name: str
    initial: int
    brought: int
    changed: int  # 追加调整 before recall
    budget: int
    recovered: int  # R and X, to be subtracted
    carried: int  # C and U
    adjusted: int  # the net adjustment of the final account
    spent: int


def bridge_row(project: int, name: str, balance: Balance, basis: str) -> BridgeRow:
    """A balance as a row of the bridge."""
    return BridgeRow(
        project=project,
        name=name,
        initial=balance.initial,
        brought=balance.brought,
        changed=balance.changed,
        budget=balance.budget,
        recovered=balance.recovered + balance.surplus,
        carried=balance.carried + balance.undisposed,
        adjusted=recognised(balance, basis) - balance.initial,
        spent=balance.spent,
    )


def bridge(book: Book, year: int, basic_name: str, total_name: str) -> list[BridgeRow]:
    """基本支出, each project of 项目支出, and the total, over fiscal money (all money if 其他资金 counts)."""
    funds = any_fund if book.unit.other_counts else fiscal_fund
    basis = book.unit.basis
    rows = [bridge_row(0, basic_name, basic_balance(book, year, funds), basis)]
    for row in book.projects(year):
        if not is_basic(book, row):
            rows.append(bridge_row(row.project, row.name, project_balance(book, year, row.project, funds), basis))
    rows.append(bridge_row(0, total_name, unit_balance(book, year, funds), basis))
    return rows


def monthly_spent(book: Book, year: int) -> list[int]:
    """Spending of each month, January first (分)."""
    months = [0] * 13
    for row in book.project_years(year):
        for (kind, _fund, month), amount in book.cells(year, row.project).items():
            if kind == SPENT:
                months[month] += amount
    return months[1:]


def execution_score(balance: Balance, points: int, base: str = "before_recall") -> Fraction | None:
    """执行率得分: points × rate, capped at the points. None where there is no budget."""
    rate = balance.rate(base)
    return None if rate is None else min(Fraction(points), points * rate)
