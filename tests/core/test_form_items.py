"""What may be stated from filed self-evaluation forms, and what the ledger says of it."""

import pytest

from core import commands
from core.book import Book
from core.draft import Draft
from core.figures import Ref, items
from core.form_items import (
    BROUGHT,
    BUDGET,
    COLUMNS,
    CURRENT,
    FORM_ITEMS,
    INITIAL,
    OTHER,
    ROWS,
    SPENT,
    WHOLE,
    form_figure,
    money_key,
    show_amount,
    stated_figure,
)
from core.goals import Indicator
from core.policy import default_policy_text
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def cell(book: Book, about: int, row: str, column: str) -> int | None:
    return FORM_ITEMS[money_key(row, column)].compute(book, YEAR, about)


def funded() -> tuple[Book, int]:
    """3万元 brought forward, 5 + 2 given this year, 1 of other money; 6 and 0.4 spent."""
    book, where = project(with_year(), "活动经费")
    book = event(book, where, "opening", 3 * WAN, "2023-01-01", origin_year=2022)
    book = event(book, where, "initial", 5 * WAN)
    book = event(book, where, "supplement", 2 * WAN)
    book = event(book, where, "initial", WAN, fund="other")
    book = payment(book, where, 6 * WAN)
    return payment(book, where, 4 * WAN // 10, fund="other"), where


@pytest.mark.parametrize(
    ("row", "amounts"),
    [(WHOLE, (6, 11, 6.4)), (CURRENT, (5, 7, 3)), (BROUGHT, (0, 3, 3)), (OTHER, (1, 1, 0.4))],
)
def test_money_rows_by_source(row: str, amounts: tuple[float, ...]) -> None:
    book, where = funded()
    wanted = [int(amount * WAN) for amount in amounts]
    assert [cell(book, where, row, column) for column in COLUMNS] == wanted
    assert [cell(book, 0, row, column) for column in COLUMNS] == wanted


def test_the_policy_says_whether_what_was_brought_forward_counts_in_the_initial_budget() -> None:
    book, where = funded()
    text = default_policy_text().replace("opening_in_initial = false", "opening_in_initial = true")
    book = do(book, commands.set_year, YEAR, policy=text)
    assert cell(book, where, BROUGHT, INITIAL) == 3 * WAN
    assert cell(book, where, WHOLE, INITIAL) == 9 * WAN


@pytest.mark.parametrize("column", COLUMNS)
def test_the_whole_is_the_sum_of_its_sources(column: str) -> None:
    book, where = funded()
    assert cell(book, where, WHOLE, column) == sum(cell(book, where, row, column) or 0 for row in ROWS[1:])


def test_more_spent_than_there_was_still_adds_up() -> None:
    book, where = funded()
    book = payment(book, where, 50 * WAN)
    assert cell(book, where, WHOLE, SPENT) == 56 * WAN + 4 * WAN // 10
    assert cell(book, where, BROUGHT, SPENT) == 3 * WAN


def test_spending_of_a_named_document_draws_on_that_money() -> None:
    book, where = funded()
    given = next(e.id for e in book.events(YEAR, where) if e.kind == "supplement")
    held = book.payments(YEAR, where)[0].id
    book = do(book, commands.set_payment, held, event=given)
    assert cell(book, where, WHOLE, SPENT) == 64 * WAN // 10
    assert cell(book, where, BROUGHT, SPENT) == 0 and cell(book, where, CURRENT, SPENT) == 6 * WAN


def test_after_recall_the_years_budget_is_what_was_kept() -> None:
    book, where = funded()
    book = event(book, where, "recovered", WAN, "2023-12-31")
    assert cell(book, where, WHOLE, BUDGET) == 11 * WAN
    text = default_policy_text().replace('rate_base = "before_recall"', 'rate_base = "after_recall"')
    book = do(book, commands.set_year, YEAR, policy=text)
    assert [cell(book, where, row, BUDGET) for row in ROWS] == [10 * WAN, 6 * WAN, 3 * WAN, WAN]


def test_rate_and_its_score_at_their_units() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, 207 * WAN // 100)
    assert FORM_ITEMS["自评执行率"].compute(book, YEAR, where) == 6900
    assert FORM_ITEMS["执行率得分"].compute(book, YEAR, where) == 690
    empty, nothing = project(with_year(), "没有资金")
    assert FORM_ITEMS["自评执行率"].compute(empty, YEAR, nothing) is None


def test_total_and_grade_once_every_indicator_has_a_score() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, 207 * WAN // 100)
    assert FORM_ITEMS["自评总分"].compute(book, YEAR, where) is None
    draft = Draft(book)
    draft.add(Indicator(id=0, year=YEAR, about=where, name="宣讲场次", target="30", actual="30", weight="90"))
    book = book.apply(draft.change("指标"))
    assert FORM_ITEMS["自评总分"].compute(book, YEAR, where) == 9690
    assert FORM_ITEMS["自评等级"].compute(book, YEAR, where) == 1


def test_a_stated_rate_is_compared_at_its_own_unit() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, 207 * WAN // 100)
    book = do(book, commands.state, YEAR, "自评执行率", 6903, where, printed_unit="%")
    found = form_figure(book, Ref(YEAR, where, "自评执行率"))
    assert found is not None
    assert (found.value, found.computed, found.difference, found.text()) == (6903, 6900, 3, "69.03")


def test_what_the_ledger_cannot_know_is_only_stated() -> None:
    book = do(with_year(), commands.state, YEAR, "财政复核得分", 9150, printed_unit="分")
    found = form_figure(book, Ref(YEAR, 0, "财政复核得分"))
    assert found is not None and found.computed is None and found.difference == 0 and found.text() == "91.50"


def test_a_grade_is_shown_by_its_name() -> None:
    book = with_year()
    assert [show_amount(book, YEAR, 2, "级"), show_amount(book, YEAR, 9, "级")] == ["良", "9"]
    assert show_amount(book, YEAR, 9150, "分") == "91.50"


def test_only_items_and_places_that_exist_have_figures() -> None:
    book = with_year()
    assert form_figure(book, Ref(YEAR, 0, "没有这一项")) is None
    assert form_figure(book, Ref(YEAR, 99, "自评总分")) is None
    assert form_figure(book, Ref(1999, 0, "自评总分")) is None
    unit = stated_figure(book, Ref(YEAR, 0, "预算收入"))
    assert unit is not None and unit.value == 0


def test_keys_can_stand_in_a_token_and_are_no_items_of_the_ledger() -> None:
    assert all(key.isidentifier() for key in FORM_ITEMS)
    assert not set(FORM_ITEMS) & {*items(0), *items(1)}
