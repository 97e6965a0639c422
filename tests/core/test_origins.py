"""How old money is: layers by origin year, drawn oldest first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core import commands
from core.balance import fiscal_fund, project_balance
from core.book import Book
from core.change import Change
from core.model import DISPOSITIONS, EventKind, Fund
from core.origins import Layer, layers
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def aged() -> tuple[Book, int]:
    """A project with 1万元 of 2021, 2万元 of 2022 and 3万元 of this year."""
    book, where = project(with_year(), "大会费用")
    book = event(book, where, "opening", WAN, "2023-01-01", origin_year=2021)
    book = event(book, where, "opening", 2 * WAN, "2023-01-01")
    return event(book, where, "initial", 3 * WAN), where


def lefts(book: Book, where: int) -> dict[int, int]:
    return {layer.origin_year: layer.left for layer in layers(book, YEAR, where)}


def test_spending_draws_on_the_oldest_money() -> None:
    book, where = aged()
    book = payment(book, where, 2 * WAN)
    assert layers(book, YEAR, where) == [
        Layer(2021, WAN, WAN, 0),
        Layer(2022, 2 * WAN, WAN, WAN),
        Layer(2023, 3 * WAN, 0, 3 * WAN),
    ]


def test_a_payment_draws_on_the_event_it_names() -> None:
    book, where = aged()
    initial = book.events(YEAR, where)[-1]
    book = payment(book, where, 2 * WAN, event=initial.id)
    assert lefts(book, where) == {2021: WAN, 2022: 2 * WAN, 2023: WAN}
    book = payment(book, where, 2 * WAN, event=initial.id)  # more than it gave: the rest comes from the oldest
    assert lefts(book, where) == {2021: 0, 2022: 2 * WAN, 2023: 0}


def test_recalls_take_the_oldest_and_a_carry_that_names_its_origin_its_own() -> None:
    book, where = aged()
    book = event(book, where, "recovered", 2 * WAN, "2023-12-31")
    book = event(book, where, "carried", 2 * WAN, "2023-12-31", origin_year=2022)
    found = {layer.origin_year: layer for layer in layers(book, YEAR, where)}
    assert (found[2021].recovered, found[2022].recovered, found[2023].recovered) == (WAN, 0, WAN)
    assert found[2022].carried == 2 * WAN and found[2023].left == 2 * WAN


def test_a_cut_above_this_years_money_takes_the_oldest() -> None:
    book, where = project(with_year(), "大会费用")
    book = event(event(book, where, "opening", 3 * WAN), where, "supplement", -WAN, "2023-06-01")
    assert layers(book, YEAR, where) == [
        Layer(2022, 2 * WAN, 0, 2 * WAN),
        Layer(2023, 0, 0, 0),
    ]


def test_sub_projects_spend_their_parents_money_and_hold_what_they_were_given() -> None:
    book, where = aged()
    book, spends = project(book, "一", parent=where)
    book, holds = project(book, "二", parent=where)
    book = payment(event(book, holds, "initial", WAN), holds, WAN // 2)
    book = payment(book, spends, WAN)
    assert lefts(book, where) == {2021: 0, 2022: 2 * WAN, 2023: 3 * WAN + WAN // 2}
    assert lefts(book, holds) == {2023: WAN // 2}
    book = payment(book, holds, WAN)  # more than its own: the parent's money helps
    assert lefts(book, where) == {2021: 0, 2022: WAN // 2, 2023: 4 * WAN}


def test_overspending_falls_on_the_newest_money() -> None:
    book, where = aged()
    assert lefts(payment(book, where, 7 * WAN), where) == {2021: 0, 2022: 0, 2023: -WAN}


def test_layers_follow_every_edit() -> None:
    book, where = aged()
    book = payment(book, where, WAN)
    assert lefts(book, where)[2021] == 0
    book = do(book, commands.remove_payment, book.payments(YEAR, where)[0].id)
    assert lefts(book, where)[2021] == WAN


AMOUNTS = st.integers(-5 * WAN, 20 * WAN)
FUNDS = st.sampled_from([Fund.GENERAL, Fund.OTHER])
EVENTS = st.tuples(
    st.integers(0, 2), st.sampled_from(list(EventKind)), AMOUNTS, FUNDS, st.sampled_from([0, 2020, 2021, 2022])
)
PAYMENTS = st.tuples(st.integers(0, 2), AMOUNTS, FUNDS, st.integers(0, 30))


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=9), st.lists(PAYMENTS, max_size=6))
def test_the_sums_are_those_of_the_balance(
    events: list[tuple[int, str, int, str, int]], payments: list[tuple[int, int, str, int]]
) -> None:
    book, top = project(with_year(), "大会费用")
    book, one = project(book, "一", parent=top)
    book, two = project(book, "二", parent=top)
    places = (top, one, two)
    for place, kind, amount, fund, origin in events:
        kept = abs(amount) if kind in DISPOSITIONS else amount
        book = event(book, places[place], kind, kept, "2023-12-31", fund=fund, origin_year=origin)
    for place, amount, fund, named in payments:
        book = payment(book, places[place], amount, fund=fund, event=named)
    for funds in (fiscal_fund, lambda _fund: True):
        found = layers(book, YEAR, top, funds)
        balance = project_balance(book, YEAR, top, funds)
        assert sum(x.given for x in found) == balance.budget
        assert sum(x.spent for x in found) == balance.spent
        assert sum(x.left for x in found) == balance.undisposed
        for name in ("recovered", "surplus", "carried"):
            assert sum(getattr(x, name) for x in found) == getattr(balance, name)
        assert all(x.left == x.given - x.spent - x.recovered - x.surplus - x.carried for x in found)
        assert [x.origin_year for x in found] == sorted({x.origin_year for x in found})


@settings(max_examples=60, deadline=None)
@given(st.lists(PAYMENTS, max_size=5))
def test_money_never_runs_out_while_older_money_is_left(payments: list[tuple[int, int, str, int]]) -> None:
    book, where = aged()
    for _place, amount, _fund, named in payments:
        book = book.apply(commands.add_payment(book, YEAR, where, "2023-05-01", abs(amount), event=named) or Change(""))
    found = layers(book, YEAR, where)
    assert all(x.left >= 0 for x in found[:-1])
    assert sum(x.left for x in found) >= 0 or found[-1].left < 0
