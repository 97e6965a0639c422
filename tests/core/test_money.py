"""Reading, showing and rounding of money."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import UserError
from core.money import (
    LIMIT,
    AmountError,
    capital,
    exact_fen,
    half_up,
    parse_amount,
    rate,
    show_rate,
    show_wan,
    show_yuan,
    tolerance,
    wan_rounded,
)

amounts = st.integers(-LIMIT, LIMIT)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12000", 1_200_000),
        ("12,000", 1_200_000),
        ("12，000", 1_200_000),
        ("1，234，567.8", 123_456_780),
        ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("1.2 万元", 1_200_000),
        ("1.23456万", 1_234_560),
        ("1.2亿", 12_000_000_000),
        ("3亿元", 30_000_000_000),
        ("１２", 1_200),
        ("１．５万", 1_500_000),
        ("（123.45）", -12_345),
        ("(123.45)", -12_345),
        ("（5）万元", -5_000_000),
        ("(5万元)", -5_000_000),
        ("-5", -500),
        ("－5", -500),
        ("−5", -500),
        ("+5", 500),
        ("¥12", 1_200),
        ("￥12元", 1_200),
        ("-￥12", -1_200),
        ("￥-12", -1_200),
        ("\u3000 12\u00a0", 1_200),
        ("1 234.56", 123_456),
        ("0", 0),
        ("-0", 0),
        ("0.01", 1),
        (".5", 50),
        ("5.", 500),
        ("1.230", 123),
        ("007", 700),
    ],
)
def test_reads_what_people_type(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


def test_unit_of_a_bare_number() -> None:
    assert parse_amount("5.66", "万元") == 5_660_000
    assert parse_amount("¥5.66", "万元") == 5_660_000
    assert parse_amount("56600元", "万元") == 5_660_000
    assert parse_amount("5.66万元", "元") == 5_660_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "为空"),
        ("\u3000 ", "为空"),
        ("元", "没有数字"),
        ("-", "没有数字"),
        (".", "没有数字"),
        ("()", "没有数字"),
        ("1.2.3", "多个小数点"),
        ("12a", "“a”不是数字"),
        ("1O0", "“O”不是数字"),
        ("1e5", "“e”不是数字"),
        ("十二", "“十”不是数字"),
        ("①", "“①”不是数字"),
        ("١٢", "不是数字"),
        ("12%", "“%”不是数字"),
        ("—", "“—”不是数字"),
        ("1,23", "千分位"),
        ("1,2000", "千分位"),
        ("1 2", "千分位"),
        (",123", "千分位"),
        ("1.234", "不是整分"),
        ("0.0000001万", "不是整分"),
        ("(-5)", "只保留一种"),
        ("-(5)", "只输入一个数字"),
        ("--5", "只输入一个数字"),
        ("5万万", "只输入一个数字"),
        ("(5", "只输入一个数字"),
        ("920000000000000.01", "超出"),
        ("-99999999999999999999999999999999999999", "超出"),
    ],
)
def test_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(AmountError, match=why) as caught:
        parse_amount(text)
    assert isinstance(caught.value, UserError)
    if text.strip():
        assert text.strip() in str(caught.value)


@given(amounts)
def test_reading_undoes_showing(fen: int) -> None:
    assert parse_amount(show_yuan(fen)) == fen
    assert parse_amount(show_yuan(fen, separators=False) + "元") == fen
    assert parse_amount(show_wan(fen, decimals=6), "万元") == fen
    assert parse_amount(show_wan(fen, decimals=6, separators=True) + "万") == fen
    assert parse_amount(f"（{show_yuan(abs(fen))}）") == -abs(fen)


def test_a_pasted_paragraph_is_not_repeated() -> None:
    with pytest.raises(AmountError) as caught:
        parse_amount("本年支出情况如下" * 100)
    assert len(str(caught.value)) < 120


@given(st.text(alphabet="0123456789.,，()（）-+¥ 元万亿a", max_size=12))
def test_any_text_is_an_amount_or_a_complaint(text: str) -> None:
    try:
        result = str(parse_amount(text))
    except AmountError as error:
        result = str(error)
    assert result.endswith("。") or abs(int(result)) <= LIMIT


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**16), max_value=10**16))
def test_exact_fen_is_exact_or_nothing(value: Decimal) -> None:
    fen = exact_fen(value, "万元")
    if fen is None:
        assert abs(Fraction(value)) * 1_000_000 > LIMIT
    else:
        assert Fraction(value) * 1_000_000 == fen


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+999999", "1E-999999", "0.001"])
def test_exact_fen_of_the_impossible(value: str) -> None:
    assert exact_fen(Decimal(value), "元") is None


def test_show_yuan() -> None:
    assert show_yuan(123_456) == "1,234.56"
    assert show_yuan(123_456, separators=False) == "1234.56"
    assert show_yuan(-5) == "-0.05"
    assert show_yuan(0) == "0.00"


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (10_050, "0.01"),
        (5_000, "0.01"),
        (4_999, "0.00"),
        (5_660_000, "5.66"),
        (0, "0.00"),
        (123_456_789_012, "123456.79"),
    ],
)
def test_show_wan_rounds_half_up(fen: int, text: str) -> None:
    assert show_wan(fen) == text
    assert show_wan(-fen) == (text if text == "0.00" else "-" + text)


def test_show_wan_trims_only_whole_numbers() -> None:
    assert show_wan(3_000_000, trim=True) == "3"
    assert show_wan(5_600_000, trim=True) == "5.60"
    assert show_wan(-3_000_000, trim=True) == "-3"
    assert show_wan(-4_999, trim=True) == "0"
    assert show_wan(2_999_999, trim=True) == "3"
    assert show_wan(1_234_567_000_000, separators=True) == "1,234,567.00"
    assert show_wan(1_500_000, decimals=0) == "2"


@given(amounts, st.integers(0, 6))
@example(-5_000, 2)
def test_show_wan_agrees_with_decimal(fen: int, decimals: int) -> None:
    exact = Decimal(fen) / 1_000_000
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(show_wan(fen, decimals)) == rounded
    assert not show_wan(fen, decimals).startswith("-") or rounded < 0


@given(amounts)
def test_wan_rounded_is_what_is_printed(fen: int) -> None:
    assert wan_rounded(fen) == Decimal(show_wan(fen)) * 100


@given(st.integers(-(10**12), 10**12), st.integers(-(10**6), 10**6).filter(bool))
def test_half_up(part: int, whole: int) -> None:
    exact = Fraction(part, whole)
    rounded = half_up(part, whole)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_rates() -> None:
    assert rate(2_070_000, 3_000_000) == Fraction(69, 100)
    assert rate(1, 0) is None
    assert rate(1, None) is None
    assert rate(None, 1) is None
    assert show_rate(2_070_000, 3_000_000) == "69.00%"
    assert show_rate(5_040_000, 5_660_000) == "89.05%"
    assert show_rate(10_109, 10_564) == "95.69%"
    assert show_rate(0, 3) == "0.00%"
    assert show_rate(-1, 3) == "-33.33%"
    assert show_rate(2, 3, decimals=0) == "67%"
    assert show_rate(1, 0) == show_rate(1, None) == show_rate(None, 3) == "—"


@pytest.mark.parametrize(
    ("addends", "cents"),
    [(2, 1), (3, 2), (4, 2), (10, 5)],
)
def test_tolerance_of_a_sum(addends: int, cents: int) -> None:
    assert tolerance(addends, 10_000) == cents * 10_000


def test_nothing_rounded_nothing_tolerated() -> None:
    assert tolerance(1, 10_000) == 0
    assert tolerance(9, 1) == 0


@given(st.lists(st.integers(-(10**10), 10**10), min_size=2, max_size=12))
def test_rounding_never_exceeds_the_tolerance(addends: list[int]) -> None:
    printed = sum(wan_rounded(fen) for fen in addends) * 10_000
    total = wan_rounded(sum(addends)) * 10_000
    assert abs(printed - total) <= tolerance(len(addends), 10_000)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (100, "壹元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_000_100, "壹万零壹元整"),
        (101_090_000, "壹佰零壹万零玖佰元整"),
        (100_000_000, "壹佰万元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (100_100_000_000, "壹拾亿零壹佰万元整"),
        (1_000_000_000_000, "壹佰亿元整"),
        (100_000_000_000_000, "壹万亿元整"),
        (8_766_343, "捌万柒仟陆佰陆拾叁元肆角叁分"),
        (-12_300, "负壹佰贰拾叁元整"),
    ],
)
def test_capital(fen: int, text: str) -> None:
    assert capital(fen) == "人民币" + text


def spoken(text: str) -> int:
    """The value of 大写 digits, read left to right: an independent way back."""
    total = section = digit = 0
    for character in text:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(character) + 1)
            digit = 0
        elif character == "万":
            section, digit = (section + digit) * 10_000, 0
        elif character == "亿":
            total, section, digit = (section + digit) * 10**8, 0, 0
    return total + section + digit


@given(amounts)
def test_capital_reads_back(fen: int) -> None:
    words = capital(fen).removeprefix("人民币")
    sign = -1 if words.startswith("负") else 1
    yuan, _, cents = words.removeprefix("负").rpartition("元")
    jiao, _, rest = cents.rpartition("角")
    value = spoken(yuan) * 100 + spoken(jiao) * 10 + spoken(rest.rstrip("分整"))
    assert sign * value == fen
    assert "零零" not in words
