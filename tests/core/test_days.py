"""Dates as they are typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import DayError, parse_day, print_day

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-23", "2023-11-23"),
        ("1123", "2023-11-23"),
        ("１１．２３", "2023-11-23"),
        ("11月23日", "2023-11-23"),
        ("11/3", "2023-11-03"),
        ("20231123", "2023-11-23"),
        ("2022年1月5号", "2022-01-05"),
        (" 22-1-5 ", "2022-01-05"),
        ("2023.11.23", "2023-11-23"),
    ],
)
def test_forms(text: str, day: str) -> None:
    assert parse_day(text, 2023) == day


@pytest.mark.parametrize("text", ["", "  ", "13-45", "02-30", "昨天", "11", "1-2-3-4", "20230229", "11-23x"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DayError, match="2023-11-23"):
        parse_day(text, 2023)


@given(DAYS)
def test_every_day_in_every_form(day: date) -> None:
    forms = (f"{day:%Y-%m-%d}", f"{day:%m%d}", f"{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日")
    assert {parse_day(form, day.year) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("iso", "printed"), [("2024-04-30", "2024年4月30日"), ("2023-12-01", "2023年12月1日"), ("", ""), ("四月", "四月")]
)
def test_a_day_as_an_official_document_writes_it(iso: str, printed: str) -> None:
    assert print_day(iso) == printed
