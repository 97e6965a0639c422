"""多年对比: the unit or a project over the years of a file, line by line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.balance import Balance, basic_balance, project_balance, special_balance, unit_balance
from core.book import Book
from core.i18n import _
from core.money import NOTHING, show_rate, show_wan, show_yuan
from core.scoring import evaluation

Value = int | Fraction | Decimal | None  # 分, a rate, points, or not known in that year


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over the years. ``level`` is how far it is indented under the one before."""

    title: str
    values: tuple[Value, ...]
    level: int = 0

    @property
    def growth(self) -> Fraction | None:
        """How much the last year is above the one before it; None where they cannot be compared."""
        known = self.values[-2:]
        if len(known) < 2 or not all(isinstance(value, int) for value in known) or not known[0]:
            return None
        before, now = known
        assert isinstance(before, int) and isinstance(now, int)
        return Fraction(now - before, abs(before))


_AMOUNTS: tuple[tuple[str, Callable[[Balance], int], int], ...] = (
    (_("全年预算"), lambda b: b.budget, 0),
    (_("上年结转"), lambda b: b.brought, 1),
    (_("年初预算"), lambda b: b.initial, 1),
    (_("上级转移支付"), lambda b: b.transfer, 1),
    (_("年中调增（减）"), lambda b: b.midyear, 1),
    (_("追加（减）"), lambda b: b.supplement, 1),
    (_("实际支出"), lambda b: b.spent, 0),
)
_DISPOSED: tuple[tuple[str, Callable[[Balance], int], int], ...] = (
    (_("财政收回"), lambda b: b.recovered, 0),
    (_("认定结余"), lambda b: b.surplus, 0),
    (_("结转下年"), lambda b: b.carried, 0),
    (_("未处置"), lambda b: b.undisposed, 0),
)
_PARTS: Mapping[str, Callable[[Book, int], Balance]] = {
    _("基本支出"): basic_balance,
    _("项目支出"): special_balance,
}


def owners(book: Book) -> list[tuple[int, str]]:
    """The unit (0) and every project of any year, by the name it had last, in the order of the newest year."""
    names: dict[int, str] = {}
    for year in reversed(book.years()):
        for row in book.projects(year.year):
            names.setdefault(row.project, row.name)
    return [(0, _("单位整体")), *names.items()]


def lines(book: Book, owner: int) -> list[Line]:
    """What the unit (0) or a project had, spent and left in each year of the file, oldest first."""
    years = [year.year for year in book.years()]
    held = [_balance(book, year, owner) for year in years]
    found = [_line(title, pick, level, held) for title, pick, level in _AMOUNTS]
    if not owner:
        found += [Line(name, tuple(part(book, year).spent for year in years), 1) for name, part in _PARTS.items()]
    rates = tuple(
        balance.rate(book.policy(year).rate_base) if balance else None
        for year, balance in zip(years, held, strict=True)
    )
    found.append(Line(_("执行率"), rates))
    found += [_line(title, pick, level, held) for title, pick, level in _DISPOSED]
    return [*found, Line(_("自评总分"), tuple(_score(book, year, owner) for year in years))]


def _balance(book: Book, year: int, owner: int) -> Balance | None:
    if not owner:
        return unit_balance(book, year)
    return project_balance(book, year, owner) if book.project_year(year, owner) else None


def _line(title: str, pick: Callable[[Balance], int], level: int, held: list[Balance | None]) -> Line:
    return Line(title, tuple(pick(balance) if balance else None for balance in held), level)


def _score(book: Book, year: int, owner: int) -> Decimal | None:
    if owner and book.project_year(year, owner) is None:
        return None
    found = evaluation(book, year, owner)
    return found.capped_total if found.complete else None


def shown(value: Value, in_wan: bool = True) -> str:
    """A value as it is printed: an amount in 万元 or 元, a rate in percent, points with two decimals; — if unknown."""
    if value is None:
        return NOTHING
    if isinstance(value, Fraction):
        return show_rate(value.numerator, value.denominator)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return show_wan(value) if in_wan else show_yuan(value)
