"""Slips of the pen: every printed figure leads back to what was meant, and to nothing it cannot come from."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.misprints import DIGIT, DIGITS, POINT, SIGN, WORDS, YUAN, belief, misprints, plain, swapped

ALL = 10**13
meant = st.integers(1, 10**8)


def kinds(printed: int, wanted: int) -> set[str]:
    """Every slip that makes the one of the other."""
    return {slip.kind for slip in misprints(printed, wanted, wanted)}


@given(meant)
def test_each_slip_is_seen(amount: int) -> None:
    assert SIGN in kinds(-amount, amount) and SIGN in kinds(amount, -amount)
    assert POINT in kinds(10 * amount, amount) and YUAN in kinds(10_000 * amount, amount)
    for less in {amount // 10, (amount + 5) // 10} - {0}:
        assert POINT in kinds(less, amount) and POINT in kinds(-less, -amount)


@given(st.integers(100, 10**8), st.data())
def test_digits_are_seen(amount: int, data: st.DataObject) -> None:
    text = str(amount)
    place = data.draw(st.integers(0, len(text) - 2))
    other = int(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    if other != amount:
        assert DIGITS in kinds(other, amount) and DIGITS in kinds(-other, -amount)
    typed = int(text[:place] + data.draw(st.sampled_from("123456789")) + text[place + 1 :])
    if typed != amount:
        assert DIGIT in kinds(typed, amount)


@given(meant, st.integers(-(10**8), 10**8), st.integers(0, 10**4))
def test_nothing_outside_the_room_is_proposed(printed: int, low: int, width: int) -> None:
    for slip in misprints(printed, low, low + width):
        assert low <= slip.low <= slip.high <= low + width
        assert not slip.low == printed == slip.high and 0 < slip.likelihood < 1
        assert slip.kind in WORDS


@given(meant)
def test_no_slip_is_likelier_than_it_can_be(printed: int) -> None:
    assert sum(slip.likelihood for slip in misprints(printed, -ALL, ALL)) <= 1


def test_swapped_digits() -> None:
    assert set(swapped(123)) == {132, 213, 1023}
    assert set(swapped(93)) == {39, 903}


def test_round_and_small_amounts_are_likelier_and_less_than_nothing_is_rare() -> None:
    assert belief(300) > belief(301) > belief(3_001) > belief(-3_001)
    assert exp(belief(0)) == pytest.approx(0.15)
    assert plain(3_001, 0, 9).likelihood < plain(31, 0, 9).likelihood
