"""The check-up of a month."""

from fractions import Fraction

import pytest

from core import commands, monitoring
from core.book import Book
from core.goals import Version
from core.indicators import add_indicator, set_indicator
from core.monitoring import Light, light_of, missing, note_indicator, note_money, period, progress
from core.policy import Policy, policy_text
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def spending() -> tuple[Book, int]:
    """3 on 15 January, 1 more in September; 1 spent in March and 2 in October."""
    book, where = project(with_year(), "大会费用")
    book = event(event(book, where, "initial", 3 * WAN), where, "supplement", WAN, "2023-09-10")
    return payment(payment(book, where, WAN, "2023-03-20"), where, 2 * WAN, "2023-10-08"), where


def test_money_as_it_stood_at_a_month() -> None:
    book, where = spending()
    july = progress(book, YEAR, where, 7)
    assert (july.initial, july.budget, july.adjusted, july.spent) == (3 * WAN, 3 * WAN, 0, WAN)
    assert (july.rate, july.pace, july.ratio) == (Fraction(1, 3), Fraction(7, 12), Fraction(4, 7))
    assert july.light == Light.RED
    year_end = progress(book, YEAR, where, 12)
    assert (year_end.budget, year_end.adjusted, year_end.spent) == (4 * WAN, WAN, 3 * WAN)
    assert (year_end.rate, year_end.light) == (Fraction(3, 4), Light.YELLOW)
    assert progress(book, YEAR, 0, 12) == year_end


def test_a_project_counts_its_sub_projects_and_the_unit_counts_all() -> None:
    book, where = spending()
    book, below = project(book, "分项", parent=where)
    book = payment(book, below, WAN, "2023-05-05")
    book, _other = project(book, "其他")
    assert progress(book, YEAR, where, 7).spent == 2 * WAN == progress(book, YEAR, 0, 7).spent


def test_the_policy_says_what_the_rate_is_taken_from() -> None:
    book, where = spending()
    book = event(book, where, "recovered", WAN, "2023-06-30")
    assert progress(book, YEAR, where, 7).rate == Fraction(1, 3)
    after = policy_text().replace("before_recall", "after_recall", 1)
    book = do(book, commands.set_year, YEAR, policy=after)
    assert progress(book, YEAR, where, 7).rate == Fraction(1, 2)
    assert progress(book, YEAR, where, 5).rate == Fraction(1, 3)


def test_opening_money_is_in_the_budget() -> None:
    book, where = project(with_year(), "大会费用")
    book = event(event(book, where, "opening", WAN, "2023-01-01"), where, "initial", WAN)
    assert (progress(book, YEAR, where, 6).initial, progress(book, YEAR, where, 6).budget) == (WAN, 2 * WAN)
    book = do(book, commands.set_year, YEAR, policy=policy_text().replace("initial = false", "initial = true"))
    assert progress(book, YEAR, where, 6).initial == 2 * WAN


@pytest.mark.parametrize(
    ("spent", "light"), [(0, "red"), (59, "red"), (60, "yellow"), (79, "yellow"), (80, "green"), (150, "green")]
)
def test_traffic_lights(spent: int, light: str) -> None:
    """In percent of what the time gone by would allow."""
    assert light_of(Fraction(spent, 200), Fraction(1, 2), Policy()) == light


def test_without_a_budget_there_is_no_light() -> None:
    book, where = project(with_year(), "大会费用")
    found = progress(book, YEAR, where, 7)
    assert (found.rate, found.ratio, found.light) == (None, None, Light.NONE)


def test_periods() -> None:
    assert [period(month) for month in (1, 6, 9)] == ["1月", "1—6月", "1—9月"]


def test_notes_are_kept_by_month_and_indicator() -> None:
    book, where = spending()
    book = do(book, note_money, YEAR, where, 7, forecast=3 * WAN)
    book = do(book, note_money, YEAR, where, 7, possibility="certain")
    book = do(book, note_indicator, YEAR, where, 7, 99, progress="完成")
    book = do(book, note_money, YEAR, where, 9, forecast=WAN)
    held = monitoring.noted(book, YEAR, where, 7)
    assert held and (held.forecast, held.possibility) == (3 * WAN, "certain")
    assert monitoring.noted_months(book, YEAR) == [7, 9] and len(book.monitors(YEAR, where)) == 3
    book = do(book, monitoring.forget_month, YEAR, 7)
    assert monitoring.noted_months(book, YEAR) == [9]
    assert note_money(book, YEAR, where, 7, forecast=1).label == "填写1—7月执行监控"


def fields(book: Book, month: int = 7) -> list[tuple[bool, str]]:
    """Of which gaps, and whether of an indicator."""
    return [(bool(gap.indicator), gap.field) for gap in missing(book, YEAR, month)]


def test_what_is_still_to_be_filled_in() -> None:
    book, where = spending()
    assert fields(book) == [(False, "forecast")]
    book = do(book, note_money, YEAR, where, 7, forecast=WAN - 1, possibility="certain")
    assert fields(book) == [(False, "forecast"), (False, "reason")]
    book = do(book, note_money, YEAR, where, 7, forecast=3 * WAN, possibility="possible")
    assert fields(book) == [(False, "causes"), (False, "reason"), (False, "measure")]
    book = do(book, note_money, YEAR, where, 7, causes="money", reason="推迟", measure="加快进度")
    assert fields(book) == []


def test_indicators_of_the_targets_are_asked_for() -> None:
    book, where = spending()
    book = do(book, note_money, YEAR, where, 7, forecast=3 * WAN, reason="推迟")
    book = do(book, add_indicator, YEAR, where, name="自评")
    own = book.indicators(YEAR, where)[0].id
    assert {gap.indicator for gap in missing(book, YEAR, 7)} == {own}
    book = do(book, add_indicator, YEAR, where, Version.GOAL, "目标")
    goal = book.indicators(YEAR, where, Version.GOAL)[0].id
    assert {gap.indicator for gap in missing(book, YEAR, 7)} == {goal}
    book = do(book, note_indicator, YEAR, where, 7, goal, progress="8场", expected="12场", possibility="impossible")
    assert fields(book) == [(True, "causes"), (True, "reason"), (True, "measure")]
    book = do(book, note_indicator, YEAR, where, 7, goal, possibility="certain")
    assert fields(book) == []
    book = do(book, note_indicator, YEAR, where, 7, goal, progress="")
    assert fields(book) == [(True, "progress")]
    assert fields(do(book, set_indicator, goal, inapplicable=True)) == []


def test_only_projects_of_project_spending_are_monitored() -> None:
    book, where = spending()
    book, _basic = project(book, "人员经费", "人员经费")
    assert [row.project for row in monitoring.monitored_projects(book, YEAR)] == [where]
