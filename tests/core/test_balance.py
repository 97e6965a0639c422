"""The identities of a budget year, on both bases."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from core import balance as b
from core import commands
from core.book import Book
from core.model import DISPOSITIONS, GIVING, EventKind, Fund
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def seed_year() -> tuple[Book, int, int]:
    """The three projects and the basic expenditure of the published year 2023."""
    book = with_year()
    book, basic = project(book, "人员经费", "人员经费")
    book = event(book, basic, "initial", 6398 * WAN // 100)
    book = event(book, basic, "supplement", 30 * WAN, "2023-11-20")
    book = payment(book, basic, 9398 * WAN // 100)
    book, first = project(book, "业务性专项经费")
    book = event(book, first, "initial", 3 * WAN)
    book = payment(book, first, 207 * WAN // 100)
    book = event(book, first, "recovered", 93 * WAN // 100, "2023-12-31")
    book, second = project(book, "第五次换届大会费用")
    book = event(book, second, "initial", 3 * WAN)
    book = event(book, second, "carried", 3 * WAN, "2023-12-31")
    book, third = project(book, "三八活动")
    book = event(book, third, "supplement", 566 * WAN // 100, "2023-02-01")
    book, below = project(book, "系列活动", parent=third)
    book = payment(book, below, 504 * WAN // 100)
    book = event(book, third, "recovered", 62 * WAN // 100, "2023-12-31")
    return book, first, third


def test_the_published_year() -> None:
    book, first, third = seed_year()
    unit = b.unit_balance(book, YEAR)
    assert (unit.budget, unit.spent, unit.recovered, unit.carried, unit.undisposed) == (
        10564 * WAN // 100,
        10109 * WAN // 100,
        155 * WAN // 100,
        3 * WAN,
        0,
    )
    assert unit.rate() == Fraction(10109, 10564)
    assert b.project_balance(book, YEAR, first).rate() == Fraction(69, 100)
    assert b.project_balance(book, YEAR, third).spent == 504 * WAN // 100
    assert b.own_balance(book, YEAR, third).spent == 0


def test_both_bases_keep_income_equal_to_initial_plus_adjusted() -> None:
    book, _first, _third = seed_year()
    paid = b.final_account(book, YEAR)
    assert (paid.income, paid.adjusted, paid.carry) == (10109 * WAN // 100, 3111 * WAN // 100, 0)
    allotted = b.final_account(book, YEAR, "allotted")
    assert (allotted.income, allotted.adjusted, allotted.carry) == (10409 * WAN // 100, 3411 * WAN // 100, 3 * WAN)


def test_the_bridge_adds_up_in_every_column() -> None:
    book, _first, _third = seed_year()
    *rows, total = b.bridge(book, YEAR, "基本支出", "合计")
    assert [row.name for row in rows] == ["基本支出", "业务性专项经费", "第五次换届大会费用", "三八活动"]
    for column in ("initial", "brought", "changed", "budget", "recovered", "carried", "adjusted", "spent"):
        assert sum(getattr(row, column) for row in rows) == getattr(total, column)
    assert [row.adjusted for row in rows] == [30 * WAN, -93 * WAN // 100, -3 * WAN, 504 * WAN // 100]
    for row in (*rows, total):
        assert row.initial + row.brought + row.changed - row.recovered - row.carried == row.spent


def test_other_money_counts_only_when_the_unit_says_so() -> None:
    book, first, _third = seed_year()
    book = event(book, first, "supplement", 5 * WAN, fund=Fund.OTHER)
    book = payment(book, first, 4 * WAN, fund=Fund.OTHER)
    account = b.final_account(book, YEAR)
    assert (account.income, account.other, account.spent) == (10109 * WAN // 100, 5 * WAN, 10509 * WAN // 100)
    book = do(book, commands.set_unit, other_counts=True)
    assert b.final_account(book, YEAR).income == 10509 * WAN // 100


def test_rate_after_recall_and_without_a_budget() -> None:
    book, first, _third = seed_year()
    balance = b.project_balance(book, YEAR, first)
    assert balance.rate("after_recall") == 1
    assert b.Balance(spent=5).rate() is None
    assert b.execution_score(b.Balance(initial=100, spent=150), 10) == 10
    assert b.execution_score(balance, 10) == Fraction(69, 10)


def test_months_add_up_to_the_year() -> None:
    book, first, _third = seed_year()
    book = payment(book, first, 12345, "2023-12-31")
    months = b.monthly_spent(book, YEAR)
    assert sum(months) == b.unit_balance(book, YEAR).spent
    assert months[11] == 12345


AMOUNTS = st.integers(-(10**13), 10**13)


@given(st.lists(st.tuples(st.sampled_from(list(EventKind)), AMOUNTS), max_size=12), st.lists(AMOUNTS, max_size=6))
def test_identities_hold_exactly(events: list[tuple[EventKind, int]], payments: list[int]) -> None:
    book, where = project(with_year(), "甲")
    for kind, amount in events:
        book = event(book, where, kind, amount)
    for amount in payments:
        book = payment(book, where, amount)
    balance = b.project_balance(book, YEAR, where)
    assert balance.budget == sum(a for k, a in events if k in GIVING)
    assert balance.disposed == sum(a for k, a in events if k in DISPOSITIONS)
    assert balance.spent == sum(payments)
    assert balance.undisposed == balance.budget - balance.spent - balance.disposed
    assert balance == b.unit_balance(book, YEAR) == b.special_balance(book, YEAR)
    for basis in ("paid", "allotted"):
        account = b.final_account(book, YEAR, basis)
        assert account.income == account.initial + account.adjusted
