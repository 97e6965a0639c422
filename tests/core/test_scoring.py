"""Scores of indicators and the self-evaluation."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands
from core.book import Book
from core.goals import Attained, Indicator, Operator
from core.indicators import add_indicator, set_indicator
from core.policy import Policy, parse_policy, policy_text
from core.scoring import (
    Evaluation,
    band,
    cap_of,
    computed_score,
    deviation,
    evaluation,
    given_score,
    grade_of,
    is_reached,
    levels,
    needs_reason,
    obstacle,
    printed_score,
)
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

NATIONAL = Policy()
HUBEI = parse_policy(policy_text("hubei"))
CAPPED = parse_policy(policy_text("capped"))
COST = parse_policy(policy_text("national-cost"))


def indicator(operator: str, target: str, actual: str, weight: str = "10", **fields: object) -> Indicator:
    return Indicator(id=1, year=YEAR, operator=operator, target=target, actual=actual, weight=weight, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operator", "target", "actual", "score"),
    [
        ("≥", "2700", "2790", "10.00"),  # 103.33 %
        ("≥", "30", "30", "10.00"),
        ("≥", "12", "8", "6.67"),
        ("≥", "95", "79", "8.32"),
        ("≥", "30", "0", "0.00"),
        ("≥", "30", "-3", "0.00"),
        ("≥", "0", "0", "10.00"),
        ("≥", "0", "-1", "0.00"),
        ("≥", "-5", "-3", "10.00"),
        ("≥", "-5", "-10", "5.00"),
        ("≥", "-5", "1", "10.00"),
        ("＞", "30", "31", "10.00"),
        ("＞", "30", "15", "5.00"),
        ("≤", "3", "2.96", "10.00"),
        ("≤", "3", "4", "7.50"),
        ("≤", "0", "0", "10.00"),
        ("≤", "0", "1", "0.00"),
        ("≤", "-5", "-4", "8.00"),
        ("≤", "-5", "2", "0.00"),
        ("＜", "4", "5", "8.00"),
        ("＝", "100", "100", "10.00"),
        ("＝", "100", "90", "9.00"),
        ("＝", "100", "125", "8.00"),
        ("＝", "0", "0", "10.00"),
        ("＝", "0", "3", "0.00"),
        ("＝", "-4", "-5", "8.00"),
        ("≥", "95%", "９５．５％", "10.00"),
        ("≥", "1.2万", "12000", "10.00"),
    ],
)
def test_scores(operator: str, target: str, actual: str, score: str) -> None:
    assert str(computed_score(indicator(operator, target, actual), NATIONAL)) == score


def test_units_are_minded() -> None:
    held = indicator("≤", "3", "29600", unit="万元", actual_unit="元")
    assert computed_score(held, NATIONAL) == 10
    assert computed_score(replace(held, actual="40000"), NATIONAL) == Decimal("7.50")
    other = replace(held, actual_unit="户")
    assert computed_score(other, NATIONAL) is None and obstacle(other) == "指标值和完成值的单位不同"


def test_dates_are_on_time_or_the_officers_to_score() -> None:
    held = indicator("≤", "2023年6月30日前", "6-28")
    assert computed_score(held, NATIONAL) == 10 and deviation(held) is None
    late = replace(held, actual="7-2")
    assert computed_score(late, NATIONAL) is None and "晚于要求时间" in obstacle(late)
    assert needs_reason(late, NATIONAL) == "完成时间晚于要求时间"
    assert printed_score(replace(late, score="8"), NATIONAL) == 8


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"weight": ""}, "没有填写分值"),
        ({"weight": "十"}, "分值不是数字"),
        ({"target": ""}, "没有填写指标值"),
        ({"actual": " "}, "没有填写实际完成值"),
        ({"target": "若干"}, "指标值或完成值不是数字"),
        ({"inapplicable": True}, "不适用，不计分"),
        ({"operator": Operator.QUALITATIVE}, "没有选择完成情况"),
    ],
)
def test_what_cannot_be_scored_says_why(fields: dict[str, object], why: str) -> None:
    held = replace(indicator("≥", "30", "20"), **fields)  # type: ignore[arg-type]
    assert computed_score(held, NATIONAL) is None and obstacle(held) == why


@pytest.mark.parametrize(
    ("attained", "policy", "points"),
    [
        (Attained.REACHED, NATIONAL, ("15.00", "12.00")),
        (Attained.PARTLY, NATIONAL, ("12.00", "9.00")),
        (Attained.MISSED, NATIONAL, ("9.00", "0.00")),
        (Attained.PARTLY, HUBEI, ("12.00", "7.50")),
        (Attained.MISSED, HUBEI, ("7.50", "0.00")),
    ],
)
def test_bands_of_qualitative_indicators(attained: str, policy: Policy, points: tuple[str, str]) -> None:
    held = indicator(Operator.QUALITATIVE, "有效提升", "", "15", attained=attained)
    assert tuple(map(str, band(held, policy) or ())) == points
    assert str(computed_score(held, policy)) == points[0]
    assert bool(needs_reason(held, policy)) == (attained != Attained.REACHED)


def test_a_qualitative_result_worded_like_its_target_was_reached() -> None:
    held = indicator(Operator.QUALITATIVE, "更加健全", "更加健全", "15")
    assert is_reached(held) and computed_score(held, NATIONAL) == 15
    assert is_reached(replace(held, actual="基本健全")) is None


def test_far_over_the_target() -> None:
    held = indicator("≥", "100", "130")
    assert deviation(held) == Fraction(3, 10)
    assert computed_score(held, NATIONAL) == 10 and computed_score(held, CAPPED) == 8
    assert needs_reason(held, NATIONAL) == "实际完成值高于指标值30%及以上"
    assert needs_reason(replace(held, actual="129"), NATIONAL) == ""
    assert needs_reason(replace(held, operator="≤", actual="60"), NATIONAL) == ""
    assert computed_score(replace(held, weight="1"), CAPPED) == 0


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (indicator("≥", "12", "8"), "实际完成值未达到指标值"),
        (indicator("＞", "12", "12"), "实际完成值未达到指标值"),
        (indicator("≤", "3", "3.1"), "实际完成值超过指标值"),
        (indicator("＝", "100", "101"), "实际完成值未达到指标值"),
        (indicator("≥", "12", "12", score="9.5"), "得分低于分值"),
        (indicator("≥", "12", "12"), ""),
        (indicator("≥", "12", "", inapplicable=True), ""),
    ],
)
def test_when_a_reason_is_wanted(held: Indicator, why: str) -> None:
    assert needs_reason(held, NATIONAL) == why


def test_deviation_has_the_sign_of_the_difference() -> None:
    assert deviation(indicator("≥", "-4", "-5")) == Fraction(-1, 4)
    assert deviation(indicator("≥", "0", "5")) is None
    assert deviation(indicator("≥", "若干", "5")) is None
    assert deviation(indicator(Operator.QUALITATIVE, "3", "5")) is None


def test_the_given_score_is_printed() -> None:
    held = indicator("≥", "12", "8", score="6.665")
    assert (str(given_score(held)), str(printed_score(held, NATIONAL))) == ("6.67", "6.67")
    assert given_score(replace(held, score="优")) is None


@pytest.mark.parametrize(
    ("total", "grade"), [("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.99", "差")]
)
def test_grades(total: str, grade: str) -> None:
    assert grade_of(Decimal(total), NATIONAL) == grade


@pytest.mark.parametrize(
    ("percent", "cap"), [(80, None), (79, 89), (70, 89), (69, 79), (60, 79), (59, 69), (50, 69), (49, 59), (0, 59)]
)
def test_caps_by_execution_rate(percent: int, cap: int | None) -> None:
    held = cap_of(Fraction(percent, 100), CAPPED)
    assert (held[1] if held else None) == cap
    assert cap_of(None, CAPPED) is None and cap_of(Fraction(0), NATIONAL) is None


def test_levels_hold_cost_in_one_place() -> None:
    assert "成本指标" in levels(NATIONAL)["产出指标"] and "成本指标" not in levels(NATIONAL)
    assert "成本指标" not in levels(COST)["产出指标"] and "经济成本指标" in levels(COST)["成本指标"]


# The evaluation


def with_budget(budget: int, spent: int) -> tuple[Book, int]:
    book, where = project(with_year(), "业务性专项经费")
    book = event(book, where, "initial", budget) if budget else book
    return (payment(book, where, spent) if spent else book), where


def with_rows(book: Book, about: int, *rows: tuple[str, str, str, str]) -> Book:
    for number, (operator, target, actual, weight) in enumerate(rows):
        given = {"operator": operator, "target": target, "actual": actual, "weight": weight, "level1": "产出指标"}
        book = do(book, add_indicator, YEAR, about, name=f"指标{number}", **given)
    return book


@pytest.mark.parametrize(
    ("budget", "spent", "score"),
    [
        (300, 207, "6.90"),
        (300, 0, "0.00"),
        (566, 504, "8.90"),
        (10112, 10109, "10.00"),
        (300, 330, "10.00"),
        (0, 0, "0.00"),
    ],
)
def test_execution_scores(budget: int, spent: int, score: str) -> None:
    book, where = with_budget(budget * WAN // 100, spent * WAN // 100)
    assert str(evaluation(book, YEAR, where).execution_score) == score
    assert str(evaluation(book, YEAR).execution_score) == score


def full_table(actual: str = "30", spent: int = 3 * WAN) -> tuple[Book, int]:
    book, where = with_budget(3 * WAN, spent)
    return with_rows(book, where, ("≥", "30", actual, "50"), ("≥", "95", "95", "30"), ("≤", "3", "3", "10")), where


def test_a_total_of_a_hundred() -> None:
    book, where = full_table()
    found = evaluation(book, YEAR, where)
    assert (found.full, found.total, found.grade, found.complete) == (100, 100, "优", True)
    assert found.indicator_score == 90 and not found.unexplained and not found.rescaled


def test_a_total_adds_up_what_is_printed() -> None:
    book, where = with_budget(3 * WAN, 1 * WAN)
    book = with_rows(book, where, *[("≥", "3", "1", "10")] * 9)
    found = evaluation(book, YEAR, where)
    assert (found.execution_score, found.total) == (Decimal("3.33"), Decimal("33.30"))


def test_what_does_not_apply_is_left_out_and_the_rest_scaled() -> None:
    book, where = full_table("15")
    dropped = book.indicators(YEAR, where)[2].id
    book = do(book, set_indicator, dropped, inapplicable=True)
    found = evaluation(book, YEAR, where)
    assert (found.full, found.rescaled, found.complete) == (90, True, True)
    assert found.total == Decimal("72.22")  # (10 + 25 + 30) / 90 × 100
    assert len(found.unexplained) == 1


def test_a_low_rate_caps_the_total() -> None:
    book, where = full_table(spent=2 * WAN)
    book = do(book, commands.set_year, YEAR, policy=policy_text("capped"))
    found = evaluation(book, YEAR, where)
    assert (found.total, found.cap, found.capped_total) == (Decimal("96.67"), (70, 79), 79)
    assert found.grade == "中"


def test_what_is_missing_is_named() -> None:
    book, where = full_table("")
    found = evaluation(book, YEAR, where)
    assert found.missing == ("指标0：没有填写实际完成值",) and not found.grade and not found.complete
    assert found.total == 50
    assert evaluation(book, YEAR).missing == ("还没有绩效指标",)


def test_the_unit_has_its_own_indicators_and_the_rate_of_everything() -> None:
    book, where = full_table()
    book = with_rows(book, 0, ("≥", "1", "1", "90"))
    book = event(book, where, "supplement", WAN)
    found = evaluation(book, YEAR)
    assert (found.rate, found.total) == (Fraction(3, 4), Decimal("97.50"))


# Properties

_NUMBERS = st.decimals(-1000, 1000, places=2)
_OPERATORS = st.sampled_from(["≥", "≤", "＝", "＞", "＜"])
_WEIGHTS = st.decimals(0, 50, places=1)


@given(_OPERATORS, _NUMBERS, _NUMBERS, _WEIGHTS, st.sampled_from([NATIONAL, CAPPED]))
def test_a_score_lies_between_nothing_and_the_points(
    operator: str, target: Decimal, actual: Decimal, weight: Decimal, policy: Policy
) -> None:
    held = indicator(operator, str(target), str(actual), str(weight))
    score = computed_score(held, policy)
    assert score is not None and 0 <= score <= weight
    assert score == weight or needs_reason(held, policy)


@given(st.sampled_from(["≥", "≤", "＞", "＜"]), _NUMBERS, _NUMBERS, _NUMBERS)
def test_better_results_never_score_less(operator: str, target: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = (computed_score(indicator(operator, str(target), str(a)), NATIONAL) for a in sorted((one, other)))
    assert low is not None and high is not None
    assert low <= high if operator in ("≥", "＞") else low >= high


@given(_NUMBERS, _NUMBERS)
def test_missing_an_equal_target_costs_the_same_on_either_side(one: Decimal, other: Decimal) -> None:
    scores = [computed_score(indicator("＝", str(t), str(a)), NATIONAL) for t, a in ((one, other), (other, one))]
    assert scores[0] == scores[1]


_ROWS = st.lists(
    st.tuples(_OPERATORS, _NUMBERS.map(str), _NUMBERS.map(str), _WEIGHTS.map(str), st.booleans()), max_size=8
)


@given(_ROWS, st.integers(0, 400))
def test_the_total_is_the_sum_of_the_printed_scores(rows: list[tuple[str, str, str, str, bool]], spent: int) -> None:
    book, where = with_budget(3 * WAN, spent * WAN // 100)
    for operator, target, actual, weight, dropped in rows:
        given = {"operator": operator, "target": target, "actual": actual, "weight": weight, "inapplicable": dropped}
        book = do(book, add_indicator, YEAR, where, **given)
    found = evaluation(book, YEAR, where)
    _adds_up(found)
    assert found.rescaled == any(row[-1] for row in rows)


def _adds_up(found: Evaluation) -> None:
    printed = found.execution_score + found.indicator_score
    if not found.rescaled:
        assert found.total == printed
    else:
        assert abs(found.total * found.full - printed * 100) <= found.full * Decimal("0.005")
        assert 0 <= found.total <= 100
