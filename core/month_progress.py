"""How far each project is at the end of a month (月度支出进度): budget, spending of the month and so far, and pace."""

from dataclasses import dataclass
from fractions import Fraction

from core.balance import project_class
from core.book import SPENT, Book
from core.model import GIVING
from core.policy import BASIC

_GIVING = frozenset(GIVING)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A project, a class or the unit at the end of a month, in 分. ``project`` 0: a sum of others."""

    project: int
    name: str
    budget: int  # 全年预算 as entered up to the end of the month
    month: int  # spent in the month
    spent: int  # since January
    is_basic: bool = False

    def __add__(self, other: "MonthRow") -> "MonthRow":
        budget, month = self.budget + other.budget, self.month + other.month
        return MonthRow(self.project, self.name, budget, month, self.spent + other.spent, self.is_basic)

    @property
    def rate(self) -> Fraction | None:
        """Spent of the budget; None where there is none."""
        return Fraction(self.spent, self.budget) if self.budget else None

    def ahead(self, month: int) -> Fraction | None:
        """Rate less 序时进度 (month / 12): negative where it is behind. None where there is no budget."""
        return self.rate - Fraction(month, 12) if self.rate is not None else None


def month_rows(book: Book, year: int, month: int) -> list[MonthRow]:
    """Every project of the year with its sub-projects, in order, as it stood at the end of ``month`` (1 to 12)."""
    rows = []
    for row in book.projects(year):
        below = [row.project, *(child.project for child in book.children(year, row.project))]
        budget = now = spent = 0
        for project in below:
            for (kind, _fund, when), amount in book.cells(year, project).items():
                if when > month:
                    continue
                if kind == SPENT:
                    spent += amount
                    now += amount if when == month else 0
                elif kind in _GIVING:
                    budget += amount
        rows.append(MonthRow(row.project, row.name, budget, now, spent, project_class(book, row) in BASIC))
    return rows


def total_of(name: str, rows: list[MonthRow]) -> MonthRow:
    """The sum of rows."""
    return sum(rows, MonthRow(0, name, 0, 0, 0))
