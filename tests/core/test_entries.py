"""Entries in order, and the balance that each leaves."""

from datetime import date
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from core.balance import project_balance
from core.commitments import add_commitment, drop_commitment
from core.entries import effect, entries_of, order_of, running
from core.model import EventKind
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
AMOUNTS = st.integers(-(10**12), 10**12)


def test_money_comes_in_before_it_is_spent_and_is_disposed_of_last() -> None:
    book, where = project(with_year(), "甲")
    book = payment(book, where, 2 * WAN, "2023-12-31")
    book = event(book, where, "recovered", WAN, "2023-12-31")
    book = event(book, where, "initial", 3 * WAN, "2023-12-31")
    rows = entries_of(book, YEAR, [where])
    assert [getattr(row, "kind", "payment") for row in rows] == ["initial", "payment", "recovered"]
    assert list(running(rows)) == [3 * WAN, WAN, 0]
    assert list(running(rows[1:], 3 * WAN)) == [WAN, 0]
    assert list(running([])) == []


@given(st.lists(st.tuples(st.sampled_from([*EventKind, "payment", "commitment"]), DAYS, AMOUNTS), max_size=14))
def test_entries_are_in_order_and_end_at_the_money_left(lines: list[tuple[str, date, int]]) -> None:
    book, first = project(with_year(), "甲")
    book, below = project(book, "甲之一", parent=first)
    for number, (kind, day, amount) in enumerate(lines):
        where = below if number % 3 else first
        if kind == "commitment":
            change = add_commitment(book, YEAR, where, day.isoformat(), abs(amount) + 1)
            book = book.apply(change)
            if number % 2:
                book = do(book, drop_commitment, change.diffs[0].record.id)
            continue
        add = payment if kind == "payment" else partial(event, kind=kind)
        book = add(book, where, amount=amount, day=day.isoformat())
    entries = entries_of(book, YEAR, [first, below])
    assert entries == sorted(entries, key=order_of)
    assert len(entries) == len(lines)
    left = project_balance(book, YEAR, first).available
    assert sum(map(effect, entries)) == left
    assert not entries or list(running(entries))[-1] == left
