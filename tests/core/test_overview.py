"""Where a year stands: figures, 序时进度, and the steps of the year's work."""

from datetime import date
from fractions import Fraction

from core import commands
from core.book import Book
from core.check import Findings
from core.model import YearState
from core.overview import StepState, months_reached, overview, steps
from core.review import Review, review
from core.sample import SHOWN_YEAR, sample_book
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

AFTER = date(YEAR + 1, 1, 20)
OCTOBER = date(YEAR, 10, 15)
CALM = Review((), (), ())


def states(book: Book, today: date, found: Review = CALM) -> list[StepState]:
    return [step.state for step in steps(book, YEAR, found, today)]


def hints(book: Book, today: date) -> list[str]:
    return [step.hint for step in steps(book, YEAR, CALM, today)]


def test_figures_of_the_sample() -> None:
    seen = overview(sample_book(), SHOWN_YEAR, AFTER)
    assert (seen.unit.budget, seen.unit.spent, seen.unit.carried, seen.unit.recovered) == (
        10564 * WAN // 100, 10109 * WAN // 100, 3 * WAN, 155 * WAN // 100)  # fmt: skip
    assert (seen.carrying, seen.recovered) == (1, 2)
    assert seen.rate == Fraction(10109, 10564)
    assert seen.spent[-1] == seen.unit.spent and len(seen.spent) == 12
    assert sum(seen.monthly) == seen.unit.spent
    assert seen.paced[-1] == seen.unit.budget
    assert sum(line.balance.budget for line in seen.lines) == seen.unit.budget


def test_pace_shows_only_while_the_year_is_executed() -> None:
    book, where = project(with_year(), "业务费")
    book = payment(event(book, where, "initial", 12 * WAN), where, 11 * WAN)
    seen = overview(book, YEAR, OCTOBER)
    assert seen.pace == Fraction(10, 12)
    assert seen.ahead == Fraction(11, 12) - Fraction(10, 12)
    assert overview(book, YEAR, AFTER).pace is None
    assert overview(book, YEAR, AFTER).ahead is None
    locked = do(book, commands.set_year, YEAR, state=YearState.LOCKED)
    assert overview(locked, YEAR, OCTOBER).pace is None


def test_the_curve_ends_at_the_month_the_year_has_come_to() -> None:
    book, where = project(with_year(), "业务费")
    book = payment(event(book, where, "initial", 12 * WAN), where, WAN, "2023-03-05")
    assert overview(book, YEAR, date(YEAR, 4, 1)).spent == (0, 0, WAN, WAN)
    assert len(overview(book, YEAR, AFTER).spent) == 12
    assert overview(book, YEAR, date(YEAR, 2, 1)).spent == (0, 0, WAN)  # dated ahead of today
    assert months_reached(YEAR, date(YEAR - 1, 12, 31)) == 0


def test_an_empty_year_begins_with_the_budget() -> None:
    empty = with_year()
    assert states(empty, OCTOBER) == [StepState.CURRENT, StepState.AHEAD, StepState.AHEAD, StepState.AHEAD]
    assert hints(empty, OCTOBER)[0] == "还没有项目"
    assert overview(empty, YEAR, OCTOBER).rate is None


def test_steps_follow_the_work() -> None:
    book, where = project(with_year(), "业务费")
    book, bare = project(book, "没有预算的项目")
    book = event(book, where, "initial", 3 * WAN)
    assert states(book, OCTOBER)[:2] == [StepState.CURRENT, StepState.AHEAD]
    assert hints(book, OCTOBER)[0] == "1个项目没有预算"
    book = event(book, bare, "initial", WAN)
    assert states(book, OCTOBER) == [StepState.DONE, StepState.CURRENT, StepState.AHEAD, StepState.AHEAD]
    book = payment(book, where, 3 * WAN)
    assert hints(book, OCTOBER)[1] == "登记到6月"
    assert states(book, AFTER)[1] == StepState.CURRENT  # one project's money is neither spent nor disposed of
    assert hints(book, AFTER)[1] == "还有未处置资金"
    book = event(book, bare, "carried", WAN, "2023-12-31")
    assert states(book, AFTER) == [StepState.DONE, StepState.DONE, StepState.DONE, StepState.CURRENT]
    assert states(book, OCTOBER)[1] == StepState.CURRENT  # the year may still bring payments
    final = do(book, commands.set_year, YEAR, state=YearState.FINAL)
    assert states(final, AFTER) == [StepState.DONE] * 4
    assert hints(final, AFTER)[3] == "已定稿"


def test_an_open_error_keeps_the_check_from_being_done() -> None:
    book = sample_book()
    found = review(book, Findings(), SHOWN_YEAR, AFTER)
    assert steps(book, SHOWN_YEAR, found, AFTER)[2].state == StepState.DONE
    from core.ledger import checker

    found = review(book, checker().check(book, [SHOWN_YEAR]), SHOWN_YEAR, AFTER)
    check = steps(book, SHOWN_YEAR, found, AFTER)[2]
    assert (check.state == StepState.CURRENT) == bool(found.errors)
