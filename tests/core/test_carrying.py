"""Money carried into the next year: per holder, fund source and origin year, to the last 分."""

from dataclasses import replace

import pytest

from core import commands
from core.book import Book
from core.carrying import CarryLine, adjust_opening, carry_over, carry_preview, renew_opening
from core.check import Findings
from core.closing import dispose, lock, proposals, unlock
from core.errors import UserError
from core.model import EventKind, Fund
from core.origins import layers
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found

NEXT = YEAR + 1


def closed() -> tuple[Book, int]:
    """A project that carries 1万元 of 2022 (as its officer decided), 2 of 2023 and 4 of 单位资金 into 2024."""
    book, where = project(with_year(with_year(), NEXT), "大会费用")
    book = event(event(book, where, "opening", WAN, "2023-01-01"), where, "initial", 3 * WAN, functional_code="2012902")
    book = event(book, where, "initial", 4 * WAN, fund=Fund.OTHER)
    book = payment(book, where, WAN, event=book.events(YEAR, where)[1].id)
    lines = [replace(line, kind=EventKind.CARRIED) for line in proposals(book, YEAR)]
    return do(book, dispose, YEAR, lines), where


def openings(book: Book, where: int) -> list[tuple[str, int, int, str]]:
    events = [e for e in book.events(NEXT, where) if e.kind == EventKind.OPENING]
    return [(e.fund, e.origin_year, e.amount, e.date) for e in events]


def test_the_preview_names_every_layer_and_what_is_still_missing() -> None:
    book, where = closed()
    assert carry_preview(book, YEAR) == [
        CarryLine(where, "general", 2022, WAN, 0),
        CarryLine(where, "general", 2023, 2 * WAN, 0),
        CarryLine(where, "other", 2023, 4 * WAN, 0),
    ]
    assert not carry_preview(book, 2021)


def test_carrying_enters_dated_openings_that_keep_origin_and_fund() -> None:
    book, where = closed()
    after = do(book, carry_over, YEAR)
    assert openings(after, where) == [
        ("general", 2022, WAN, "2024-01-01"),
        ("general", 2023, 2 * WAN, "2024-01-01"),
        ("other", 2023, 4 * WAN, "2024-01-01"),
    ]
    assert after.events(NEXT, where)[1].functional_code == "2012902"
    row = after.project_year(NEXT, where)
    assert row is not None and row.taken_over
    assert not carry_over(after, YEAR) and not found(after, "C-013", NEXT)
    assert [x.origin_year for x in layers(after, NEXT, where)] == [2022, 2023]


def test_carrying_wants_a_next_year() -> None:
    with pytest.raises(UserError, match="请先新建2024年度"):
        carry_over(with_year(), YEAR)


def test_while_the_old_year_moves_the_openings_are_renewed_in_place() -> None:
    book, where = closed()
    book = do(book, carry_over, YEAR)
    held = book.events(NEXT, where)
    carried = next(e for e in book.events(YEAR, where) if e.kind == EventKind.CARRIED and e.origin_year == 2022)
    book = do(book, commands.remove_event, carried.id)
    book = do(book, commands.add_event, YEAR, where, "recovered", "2023-12-31", WAN, origin_year=2022)
    book = do(book, carry_over, YEAR)
    assert [e.id for e in book.events(NEXT, where)] == [e.id for e in held[1:]]
    more = do(book, commands.set_event, held[1].id, amount=5)
    assert openings(do(more, renew_opening, NEXT, where, "general"), where)[0][2] == 2 * WAN


def test_several_openings_take_the_difference_as_one_more() -> None:
    book, where = closed()
    book = do(book, commands.continue_project, NEXT, where)
    for amount in (WAN, WAN // 2):
        book = event(book, where, "opening", amount, "2024-01-01", origin_year=2023)
    book = do(book, carry_over, YEAR)
    assert [row[2] for row in openings(book, where) if row[:2] == ("general", 2023)] == [WAN, WAN // 2, WAN // 2]


def test_a_sub_project_that_holds_money_is_taken_over_with_its_parent() -> None:
    book, where = project(with_year(with_year(), NEXT), "大会费用")
    book, below = project(book, "会场", parent=where)
    book = event(book, below, "initial", WAN)
    book = do(do(book, dispose, YEAR, proposals(book, YEAR)), carry_over, YEAR)
    assert [row.project for row in book.project_years(NEXT)] == [where, below]
    assert openings(book, below) == [("general", 2023, WAN, "2024-01-01")]
    assert not found(book, "C-013", NEXT)


def test_after_the_approval_a_difference_is_an_adjustment() -> None:
    book, where = closed()
    book = do(do(book, carry_over, YEAR), lock, Findings(), YEAR)
    book = do(book, commands.set_names, YEAR, approved_on="2024-04-20")
    assert not carry_over(book, YEAR)
    # The approval confirms 0.5万元 less: what was carried stays, the difference is entered.
    book = do(book, adjust_opening, NEXT, where, "general", 3 * WAN - WAN // 2, "2024-04-20", doc_no="示例〔2024〕1号")
    (adjust,) = (e for e in book.events(NEXT, where) if e.kind == EventKind.OPENING_ADJUST)
    assert (adjust.amount, adjust.origin_year, adjust.date) == (-WAN // 2, 2023, "2024-04-20")
    assert not found(book, "C-013", NEXT) and not carry_over(book, YEAR)
    assert not adjust_opening(book, NEXT, where, "general", 3 * WAN - WAN // 2, "2024-05-01")


def test_a_carry_that_moves_after_the_approval_is_adjusted_once() -> None:
    book, where = closed()
    book = do(book, commands.set_names, YEAR, approved_on="2024-04-20")
    book = do(do(book, carry_over, YEAR), lock, Findings(), YEAR)
    book = do(book, unlock, YEAR, "漏记支出")
    carried = next(e for e in book.events(YEAR, where) if e.kind == EventKind.CARRIED and e.origin_year == 2023)
    book = do(payment(book, where, 100), commands.set_event, carried.id, amount=2 * WAN - 100)
    book = do(book, commands.set_payment, book.payments(YEAR, where)[-1].id, event=book.events(YEAR, where)[1].id)
    book = do(book, lock, Findings(), YEAR)
    (line,) = (line for line in carry_preview(book, YEAR) if line.difference)
    assert line.difference == -100 and found(book, "C-013", NEXT)
    book = do(book, carry_over, YEAR)
    (adjust,) = (e for e in book.events(NEXT, where) if e.kind == EventKind.OPENING_ADJUST)
    assert adjust.amount == -100 and "决算批复" in adjust.memo
    assert not carry_over(book, YEAR) and not found(book, "C-013", NEXT)


def test_adjusting_a_project_that_is_gone_says_so() -> None:
    with pytest.raises(UserError, match="已不存在"):
        adjust_opening(with_year(), YEAR, 99, "general", 1, "2023-04-01")
