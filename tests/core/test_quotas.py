"""What is left of each budget event."""

from hypothesis import given
from hypothesis import strategies as st

from core import commitments
from core.balance import own_balance, project_balance
from core.model import EventKind, Fund
from core.quotas import quotas
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def rests(book, where):
    return [(quota.event.kind, quota.left) for quota in quotas(book, YEAR, where)]


def test_what_names_an_event_draws_on_it_and_the_rest_on_the_oldest() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 3 * WAN, "2023-01-01")
    book = event(book, where, "supplement", 2 * WAN, "2023-06-01")
    book = event(book, where, "opening", WAN, "2023-01-01", origin_year=2022)
    later = book.events(YEAR, where)[-1].id
    assert rests(book, where) == [("opening", WAN), ("initial", 3 * WAN), ("supplement", 2 * WAN)]
    book = payment(book, where, 1_500_000, event=later)
    book = payment(book, where, 1_200_000)
    assert rests(book, where) == [("opening", 0), ("initial", 2_800_000), ("supplement", 500_000)]
    book = do(book, commitments.add_commitment, YEAR, where, "2023-07-01", 200_000, event=later)
    book = event(book, where, "adjust", -300_000)
    assert rests(book, where) == [("opening", 0), ("initial", 2_500_000), ("supplement", 300_000)]


def test_the_only_event_of_a_fund_has_all_that_is_left() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 3 * WAN)
    below_book, below = project(book, "甲之一", parent=where)
    book = payment(below_book, below, 4 * WAN)
    assert rests(book, where) == [("initial", -WAN)]


ENTRY = st.tuples(
    st.sampled_from([*EventKind, "payment", "commitment"]), st.integers(1, 10**9), st.sampled_from(list(Fund)[:2])
)


@given(st.lists(ENTRY, max_size=12))
def test_the_rests_make_up_what_is_available(lines: list[tuple[str, int, str]]) -> None:
    book, first = project(with_year(), "甲")
    book, below = project(book, "甲之一", parent=first)
    for number, (kind, amount, fund) in enumerate(lines):
        events = [e for one in (first, below) for e in book.events(YEAR, one)]
        named = events[number % len(events)].id if events and number % 2 else 0
        where = below if number % 3 == 0 else first
        if kind == "payment":
            book = payment(book, where, amount, fund=fund, event=named)
        elif kind == "commitment":
            details = {"fund": fund, "event": named}
            book = do(book, commitments.add_commitment, YEAR, where, "2023-05-04", amount, **details)
        else:
            book = event(book, where, kind, amount if number % 5 else -amount, fund=fund)
    given_by = {quota.event.fund for quota in quotas(book, YEAR, first)}
    held = project_balance(book, YEAR, first, given_by.__contains__)
    assert sum(quota.left for quota in quotas(book, YEAR, first)) == held.available
    assert own_balance(book, YEAR, first).committed >= 0
