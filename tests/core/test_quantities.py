"""Numbers with units as forms hold them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quantities import comparison, parse_quantity, parse_value, plain_decimal, rounded


@pytest.mark.parametrize(
    ("text", "number", "unit", "operator"),
    [
        ("30", "30", "", ""),
        ("≥30", "30", "", "≥"),
        ("≥ 30场", "30", "场", "≥"),
        ("95%", "95", "%", ""),
        ("９５．５％", "95.5", "%", ""),
        ("１２", "12", "", ""),
        ("1.2万", "1.2", "万", ""),
        ("≤3万元", "3", "万元", "≤"),
        ("不超过3万元", "3", "万元", "≤"),
        ("30场以上", "30", "场", "≥"),
        ("30日内", "30", "日", "≤"),
        ("＝100%", "100", "%", "＝"),
        (">=2,700人", "2700", "人", "≥"),
        ("-5%", "-5", "%", ""),
        ("0", "0", "", ""),
        ("6月", "6", "月", ""),
        ("40 元/人", "40", "元/人", ""),
    ],
)
def test_a_number_its_unit_and_comparison(text: str, number: str, unit: str, operator: str) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert (found.number, found.unit, found.operator) == (Decimal(number), unit, operator)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "≥",
        "若干",
        "30余场",
        "约30场",
        "30场左右",
        "3～5%",
        "3-5",
        "2023年12月31日前",
        "12月底前",
        "有效提升",
        "1.2.3",
    ],
)
def test_words_ranges_dates_and_rough_numbers_are_no_number(text: str) -> None:
    assert parse_quantity(text) is None
    assert parse_value(text) is None


@pytest.mark.parametrize(("text", "value"), [("1.2万", "12000"), ("1.2万元", "1.2"), ("≥30场", "30"), ("95%", "95")])
def test_the_number_alone(text: str, value: str) -> None:
    assert parse_value(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "column", "base"),
    [
        ("1.2万", "人", (12000, "人")),
        ("1.2万", "万元", (12000, "元")),
        ("1.2", "万元", (12000, "元")),
        ("12000元", "万元", (12000, "元")),
        ("5‰", "%", (Fraction(1, 2), "%")),
        ("95", "%", (95, "%")),
        ("120㎡", "", (120, "平方米")),
        ("3", "日", (3, "天")),
    ],
)
def test_units_are_brought_to_one_base(text: str, column: str, base: tuple[Fraction, str]) -> None:
    found = parse_quantity(text)
    assert found is not None and found.in_base(column) == base


def test_signs_and_words_of_comparison() -> None:
    assert [comparison(text) for text in (">=", "＜", "=", "不低于", "≈")] == ["≥", "＜", "＝", "≥", ""]


@pytest.mark.parametrize(("value", "text"), [("13.50", "13.5"), ("1E+1", "10"), ("0.00", "0"), ("100", "100")])
def test_plain_decimals(value: str, text: str) -> None:
    assert plain_decimal(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "printed"),
    [(Fraction(1, 200), "0.01"), (Fraction(-1, 200), "-0.01"), (Fraction(2, 3), "0.67"), (Fraction(0), "0.00")],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, printed: str) -> None:
    assert str(rounded(value)) == printed


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["", "场", "%", "万元", "元/人"]))
def test_what_is_written_is_read_back(number: Decimal, unit: str) -> None:
    found = parse_quantity(plain_decimal(number) + unit)
    assert found is not None and (found.number, found.unit) == (number, unit)
