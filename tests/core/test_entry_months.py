"""The entries of a year month by month: sums and balances, followed change by change."""

import random

from core.balance import unit_balance
from core.entries import entries_of, order_of
from core.entry_months import Months, month_of
from core.model import BudgetEvent, Commitment, Payment
from tests.builders import WAN, YEAR, event, payment, project, with_year


def year():
    book, first = project(with_year(), "宣传项目")
    book, second = project(book, "培训项目")
    book = event(book, first, "initial", 10 * WAN)
    book = event(book, second, "initial", 5 * WAN)
    book = event(book, second, "supplement", -1 * WAN, f"{YEAR}-06-01")
    for month in (1, 3, 3, 6, 12):
        book = payment(book, first, month * 10_000, f"{YEAR}-{month:02d}-10")
    return event(book, first, "recovered", 2 * WAN, f"{YEAR}-12-31")


def entries(book):
    return entries_of(book, YEAR, [row.project for row in book.projects(YEAR)])


def test_sums_of_the_year_are_those_of_its_balance():
    book = year()
    months, balance = Months(entries(book)), unit_balance(book, YEAR)
    whole = months.through(12)
    assert (whole.budget, whole.spent, whole.disposed) == (balance.budget, balance.spent, balance.disposed)
    assert whole.left == balance.undisposed and whole.recovered == balance.recovered
    for base in ("before_recall", "after_recall"):
        assert whole.rate(whole.spent, base) == balance.rate(base)
    assert months.left_after(entries(book)[-1]) == balance.undisposed
    assert len(months) == len(entries(book)) and months.sums(3).spent == 60_000 and months.sums(2).count == 0


def test_an_open_commitment_lowers_nothing():
    months = Months([Commitment(9, YEAR, 1, f"{YEAR}-02-01", 500)])
    assert months.through(12).left == 0 and months.left_after(months.of(2)[0]) == 0 and months.sums(2).count == 1


def test_changes_one_by_one_come_to_what_reading_anew_would():
    rng = random.Random(5)
    held: list = []
    months = Months(held)
    for number in range(1, 400):
        if held and rng.random() < 0.4:
            one = held.pop(rng.randrange(len(held)))
            months.take(one)
        else:
            day = f"{YEAR}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            kind = rng.choice(["initial", "recovered", ""])
            made = (
                BudgetEvent(number, YEAR, 1, day, kind, rng.randint(-9, 99))
                if kind
                else Payment(number, YEAR, 1, day, rng.randint(-9, 99))
            )
            held.append(made)
            months.put(made)
        if held:
            months.left_after(rng.choice(held))
    held.sort(key=order_of)
    fresh = Months(held)
    assert months.months() == fresh.months()
    assert [e for m in months.months() for e in months.of(m)] == held
    assert all(months.sums(m) == fresh.sums(m) and months.through(m) == fresh.through(m) for m in fresh.months())
    assert [months.left_after(e) for e in held] == [fresh.left_after(e) for e in held]
    assert all(months.of(month_of(e))[months.place(e)] == e for e in held)
