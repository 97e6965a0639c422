"""Spending by economic code (部门预算支出经济分类), in 分."""

from collections.abc import Mapping

from core.balance import is_basic
from core.book import Book

UNCODED = ""  # where payments stand that have no 款 of the department's list


def economic_totals(book: Book, year: int, project: int) -> Mapping[str, int]:
    """A project's own payments by their 款, such as 30217; those without one under ``UNCODED``."""

    def add_up() -> dict[str, int]:
        sums: dict[str, int] = {}
        for payment in book.loose_payments(year, project):
            sums[payment.economic_code] = sums.get(payment.economic_code, 0) + payment.amount
        totals: dict[str, int] = {}
        for written, amount in sums.items():
            code = written.strip()
            code = code if len(code) == 5 and code.isdigit() and code.startswith("3") else UNCODED
            totals[code] = totals.get(code, 0) + amount
        return totals

    return book.memo(year, project, "economic totals", add_up)


def unit_economic_totals(book: Book, year: int, basic: bool = False) -> Mapping[str, int]:
    """The same of the whole unit, or of its 基本支出 alone."""

    def add_up() -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in book.project_years(year):
            if not basic or is_basic(book, row):
                for code, amount in economic_totals(book, year, row.project).items():
                    sums[code] = sums.get(code, 0) + amount
        return sums

    return book.memo(year, 0, ("economic totals", basic), add_up)
