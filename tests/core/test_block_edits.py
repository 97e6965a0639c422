"""One intention over many entries as one change."""

import pytest

from core import commands as c
from core.block_edits import locked_entries, remove_entries, together
from core.book import Book
from core.errors import UserError
from core.facts import set_fact
from core.model import BudgetEvent, Payment
from tests.builders import WAN, YEAR, event, payment, project, with_year


@pytest.fixture
def book() -> Book:
    book, where = project(with_year(), "甲项目")
    book, _other = project(book, "乙项目")
    book = event(book, where, "initial", 10 * WAN)
    for day in ("2023-02-01", "2023-03-01", "2023-04-01"):
        book = payment(book, where, WAN, day)
    return book


def both(book):
    return [p.project for p in book.projects(YEAR)]


def payments(book):
    return book.payments(YEAR, both(book)[0])


def test_one_field_of_many_is_one_change_that_can_be_undone(book):
    change = together(book, "批量修改", (c.set_payment(book, p.id, economic_code="30201") for p in payments(book)))
    after = book.apply(change)
    assert {p.economic_code for p in payments(after)} == {"30201"}
    assert after.apply(change.inverse()) == book or list(after.apply(change.inverse()).records()) == list(
        book.records()
    )


def test_what_is_added_gets_ids_of_its_own(book):
    one, other = both(book)
    changes = [c.add_event(book, YEAR, where, "supplement", "2023-05-01", WAN) for where in (one, other)]
    changes.append(c.reallocate(book, YEAR, one, other, "2023-06-01", WAN))
    change = together(book, "粘贴", changes)
    assert [d.record.id for d in change.diffs] == list(range(book.next_id, book.next_id + 4))
    after = book.apply(change)
    first, second = (after.events(YEAR, where)[-1] for where in (one, other))
    assert (first.pair, second.pair) == (second.id, first.id)


def test_edits_of_one_record_keep_every_field(book):
    held = payments(book)[0]
    changes = [c.set_payment(book, held.id, memo="甲"), c.set_payment(book, held.id, payee="乙")]
    after = book.apply(together(book, "修改", changes))
    assert (payments(after)[0].memo, payments(after)[0].payee) == ("甲", "乙")


def test_what_changes_nothing_is_left_out(book):
    assert not together(book, "修改", [c.set_payment(book, p.id, amount=WAN) for p in payments(book)])


def test_both_sides_of_a_reallocation_go_together(book):
    one, other = both(book)
    book = book.apply(c.reallocate(book, YEAR, one, other, "2023-06-01", WAN))
    sides = [e for where in (one, other) for e in book.events(YEAR, where) if e.kind == "reallocate"]
    for going in (sides, sides[:1]):
        after = book.apply(remove_entries(book, going))
        assert not [e for e in after.all(BudgetEvent) if e.kind == "reallocate"]


def test_a_payment_goes_with_its_reversal_only(book):
    held = payments(book)[0]
    book = book.apply(c.reverse_payment(book, held.id, "2023-05-01"))
    red = book.reversals(held.id)[0]
    with pytest.raises(UserError, match="连同红字一起选中"):
        remove_entries(book, [held, payments(book)[1]])
    change = remove_entries(book, [held, red, payments(book)[1]])
    assert change.label == "删除3笔"
    assert [p.id for p in book.apply(change).all(Payment)] == [payments(book)[2].id]


def test_one_is_removed_under_its_own_name(book):
    assert remove_entries(book, payments(book)[:1]).label == "删除支出 10,000.00"


def test_entries_of_locked_months(book):
    assert locked_entries(book, payments(book)) == []
    book = book.apply(c.set_year(book, YEAR, locked_months="1,2,4"))
    assert [e.date for e in locked_entries(book, payments(book))] == ["2023-02-01", "2023-04-01"]


def test_two_edits_that_would_each_add_the_record_of_a_place_add_one(book):
    first = set_fact(book, YEAR, "公务接待", budget=200_000)
    second = set_fact(book, YEAR, "公务接待", actual=160_000, note="两批次")
    other = set_fact(book, YEAR, "办公经费", actual=1)
    change = together(book, "粘贴4格", (first, second, other))
    facts = book.apply(change).facts(YEAR)
    assert len(change.diffs) == 2
    assert (facts["公务接待"].budget, facts["公务接待"].actual, facts["公务接待"].note) == (200_000, 160_000, "两批次")
    assert facts["办公经费"].actual == 1
