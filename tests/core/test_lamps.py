"""The three lamps: lit by the rules that check them."""

from datetime import date

from core import commands
from core.lamps import Lamp, lamps
from core.ledger import checker
from core.review import review
from core.sample import YEARS, sample_book
from tests.builders import WAN, do, event, project, with_year

SPRING = date(2024, 4, 30)


def lit(book, year: int = 2023, today: date = SPRING) -> tuple[Lamp, ...]:  # type: ignore[no-untyped-def]
    return lamps(book, year, review(book, checker().check(book, [y.year for y in book.years()]), year, today))


def test_the_sample_has_one_red_lamp_with_its_difference() -> None:
    cash, parts, carried = lit(sample_book())
    assert (cash.title, cash.good, cash.amount) == ("收＝支", True, 101_090_000)
    assert (parts.title, parts.good, parts.amount) == ("总＝分", False, 30_000)  # C-005 differs by basis alone
    assert parts.about is not None and parts.about.kind == "stated"
    assert (carried.title, carried.good, carried.amount) == ("结转衔接", True, 0)
    assert all(lamp.good for year in (YEARS[0], YEARS[2]) for lamp in lit(sample_book(), year, date(2025, 4, 30)))


def test_what_is_not_due_yet_is_green() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 3 * WAN)
    assert lit(book, today=date(2023, 3, 1))[0].good
    cash = lit(book)[0]
    assert (cash.good, cash.amount) == (False, 3 * WAN)


def test_a_carry_that_does_not_meet_is_red() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 3 * WAN)
    book = event(book, where, "carried", 3 * WAN, "2023-12-31")
    book = with_year(book, 2024)
    book = do(book, commands.continue_project, 2024, where)
    carried = lit(book, 2024)[2]
    assert (carried.good, carried.amount) == (False, 3 * WAN)
