"""The book: applying a change step by step equals building the book anew, and never alters the old one."""

import pytest
from hypothesis import given, settings

from core import commands
from core.balance import bridge, project_balance, unit_balance
from core.book import Book
from core.change import Change, Diff, join, unpack
from core.draft import Draft
from core.model import BudgetEvent, Payment, Project, Staff, clean_text
from tests.builders import YEAR, event, payment, project, with_year
from tests.strategies import YEARS, Step, beginning, steps


@settings(max_examples=80, deadline=None)
@given(steps(20))
def test_applying_equals_building_anew(work: list[Step]) -> None:
    book = Book()
    for step in [*beginning(), *work]:
        change = step.change(book)
        if not change:
            continue
        held, rows = book, list(book.records())
        book = held.apply(change)
        for year in YEARS:
            unit_balance(book, year)  # fill what is kept between changes
        assert list(held.records()) == rows
    fresh = Book.of(book.records(), book.next_id)
    assert fresh == book
    for year in YEARS:
        assert fresh.project_years(year) == book.project_years(year)
        assert unit_balance(fresh, year) == unit_balance(book, year)
        assert bridge(fresh, year, "基", "合") == bridge(book, year, "基", "合")
        for row in book.project_years(year):
            assert project_balance(fresh, year, row.project) == project_balance(book, year, row.project)
            assert dict(fresh.cells(year, row.project)) == dict(book.cells(year, row.project))
            assert fresh.events(year, row.project) == book.events(year, row.project)
            assert fresh.payments(year, row.project) == book.payments(year, row.project)
            assert fresh.dated_payments(year, row.project) == book.dated_payments(year, row.project)
    for entry in book.all(Payment):
        assert fresh.reversals(entry.id) == sorted(book.reversals(entry.id), key=lambda p: p.id)


@settings(max_examples=40, deadline=None)
@given(steps(10))
def test_changes_survive_the_journal(work: list[Step]) -> None:
    book = Book()
    for step in [*beginning(), *work]:
        change = step.change(book)
        if change:
            assert unpack(change.label, change.pack()) == change
            book = book.apply(change)


def test_a_change_that_does_not_fit_is_refused() -> None:
    book, where = project(with_year(), "甲")
    book = payment(book, where, 100)
    paid = book.payments(YEAR, where)[0]
    change = commands.set_payment(book, paid.id, amount=200)
    moved = book.apply(commands.set_payment(book, paid.id, amount=300))
    with pytest.raises(ValueError, match="not as the change expects"):
        moved.apply(change)


def test_bytes_that_are_no_journal_entry() -> None:
    for packed in (b"", b"abc", Change("", (Diff(None, Staff(id=3)),)).pack()[:-4]):
        with pytest.raises(ValueError, match="not a journal entry"):
            unpack("", packed)


def test_joined_changes_keep_the_first_and_the_last_state() -> None:
    book, where = project(with_year(), "甲")
    first = commands.add_payment(book, YEAR, where, "2023-05-01", 100)
    middle = book.apply(first)
    number = first.diffs[0].record.id
    second = commands.set_payment(middle, number, amount=250)
    joined = join("两步", (first, second))
    assert len(joined.diffs) == 1
    assert book.apply(joined) == middle.apply(second)
    third = commands.remove_payment(middle, number)
    assert not join("没有", (first, third))


def test_order_of_projects_and_a_lost_parent() -> None:
    book, first = project(with_year(), "甲")
    book, second = project(book, "乙")
    book, below = project(book, "甲一", parent=first)
    assert [row.name for row in book.project_years(YEAR)] == ["甲", "甲一", "乙"]
    assert [row.name for row in book.projects(YEAR)] == ["甲", "乙"]
    assert [row.name for row in book.children(YEAR, first)] == ["甲一"]
    lost = book.project_year(YEAR, first)
    assert lost is not None
    draft = Draft(book)
    draft.remove(lost)
    book = book.apply(draft.change("去掉"))
    assert {row.name for row in book.project_years(YEAR)} == {"甲一", "乙"}
    assert book.parent(below) == first and book.get(Project, second) is not None


def test_moving_an_entry_moves_its_sum() -> None:
    book, first = project(with_year(), "甲")
    book, second = project(book, "乙")
    book = event(book, first, "initial", 500)
    assert unit_balance(book, YEAR).initial == 500
    number = book.events(YEAR, first)[0].id
    book = book.apply(commands.set_event(book, number, project=second))
    assert project_balance(book, YEAR, first).initial == 0
    assert project_balance(book, YEAR, second).initial == 500
    assert book.get(BudgetEvent, number) == book.events(YEAR, second)[0]


def test_a_book_read_anew_knows_the_payments_that_name_another_year() -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(payment(book, where, 1), where, 2, purpose="2022年活动尾款")
    fresh = Book.of(book.records(), book.next_id)
    assert [p.amount for p in fresh.dated_payments(YEAR, where)] == [2]
    assert {p.id for p in fresh.loose_payments(YEAR, where)} == {p.id for p in book.payments(YEAR, where)}


def test_text_is_stored_composed_and_without_control_characters() -> None:
    assert clean_text("e\u0301\x00\x07行\r\n二\t") == "é行\n二"
