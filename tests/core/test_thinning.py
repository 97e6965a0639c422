"""Which backups stay: the recent ones, one of each day, week and month before, and some whatever happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.thinning import LEAST, kept

NOW = datetime(2026, 11, 23, 17, 30)
PLENTY = 1 << 40


@dataclass(frozen=True)
class Made:
    at: datetime
    size: int = 100
    is_lasting: bool = False


def days_ago(days: float, size: int = 100, is_lasting: bool = False) -> Made:
    return Made(NOW - timedelta(days=days), size, is_lasting)


ages = st.floats(-3, 900, allow_nan=False)
some = st.lists(st.builds(days_ago, ages, st.integers(1, 1000), st.booleans()), max_size=60)


@given(some, st.integers(0, 20_000))
def test_what_stays_whatever_happens(backups: list[Made], most: int) -> None:
    staying = kept(backups, NOW, most)
    others = sorted((one for one in backups if not one.is_lasting), key=lambda one: one.at, reverse=True)
    assert all(one in staying for one in backups if one.is_lasting)
    assert all(one in staying for one in others[:LEAST])
    assert all(one in backups for one in staying) and len(staying) <= len(backups)
    assert [one.at for one in staying] == sorted((one.at for one in staying), reverse=True)


@given(some, st.integers(0, 20_000))
def test_thinning_twice_removes_nothing_more(backups: list[Made], most: int) -> None:
    staying = kept(backups, NOW, most)
    assert kept(staying, NOW, most) == staying


@given(some, st.integers(0, 20_000))
def test_the_size_is_held_beyond_the_least(backups: list[Made], most: int) -> None:
    staying = kept(backups, NOW, most)
    loose = [one for one in staying if not one.is_lasting]
    if len(loose) > LEAST:
        assert sum(one.size for one in staying) <= most


@given(st.lists(ages, max_size=60))
def test_all_of_two_days_stay(found: list[float]) -> None:
    backups = [days_ago(age) for age in found]
    staying = kept(backups, NOW, PLENTY)
    assert all(one in staying for age, one in zip(found, backups, strict=True) if age <= 2)


@given(st.lists(ages, max_size=80, unique=True))
def test_no_day_of_the_last_week_loses_all_its_backups(found: list[float]) -> None:
    backups = [days_ago(age) for age in found]
    held = {one.at.date() for one in kept(backups, NOW, PLENTY)}
    assert {one.at.date() for one in backups if one.at >= NOW - timedelta(days=7)} <= held


def worked(days: int, a_day: int) -> list[Made]:
    """What is left after working so many days with so many backups a day, thinned out at each."""
    held: list[Made] = []
    for number in range(days * a_day):
        at = NOW + timedelta(days=number // a_day, hours=number % a_day)
        held = kept([*held, Made(at)], at, PLENTY)
    return held


def test_over_a_year_of_work_the_past_stays_reachable() -> None:
    held = worked(500, 4)
    last = held[0].at
    ages = [(last - one.at).days for one in held]
    assert len(held) <= 2 * 4 + 4 + 12 + 10 + 9
    assert set(range(13)) <= set(ages), "a backup of each of the last days"
    gaps = [older - newer for newer, older in pairwise(ages)]
    assert max(gaps[: ages.index(min(a for a in ages if a > 70))]) <= 8, "then one a week"
    assert max(gaps) <= 36 and ages[-1] > 300, "then one a month"


def test_a_size_limit_drops_the_oldest_first() -> None:
    backups = [days_ago(number) for number in range(10)]
    assert kept(backups, NOW, 750) == backups[:7]
    assert kept(backups, NOW, 0) == backups[:LEAST]
