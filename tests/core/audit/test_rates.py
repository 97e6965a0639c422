"""Percentages worked out again from the figures beside them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.rates import more_than_all, rates, wrong_percentages
from core.audit.reading import read
from core.audit.sums import sums


def judged(text: str) -> list[tuple[str, str, bool]]:
    """Kind, percentage and verdict of every percentage of a text whose figures are known."""
    reading = read(text)
    return [(one.kind, one.items[-1].amount.text, one.holds) for one in rates(reading, sums(reading))]


@pytest.mark.parametrize(
    ("text", "kind", "percent"),
    [
        ("检查2790人，完成年度任务2700人的103.33%。", "ratio", "103.33%"),
        ("收入合计7,977.75万元，其中财政拨款4,436.33万元占55.61%。", "ratio", "55.61%"),
        ("基本支出129.64万元（52.4%），项目支出117.6万元（47.6%），合计247.24万元。", "ratio", "52.4%"),
        ("支出100万元，其中培训费80万元，占80%。", "ratio", "80%"),
        ("2022年收支都是247.24万元，较2021年各减44.32万元，降幅15.2%。", "growth", "15.2%"),
        ("善款由5.00万元增加到6.00万元，增长20%。", "growth", "20%"),
        ("下达808.1万元，已支付692.98万元，支付率85%。", "ratio", "85%"),  # cut
        ("下达808.1万元，已支付692.98万元，支付率86%。", "ratio", "86%"),  # rounded
        ("接待费预算为2.5万元，支出决算为1.88万元，完成预算的75.2%。", "ratio", "75.2%"),
        ("收回有效问卷115份，其中满意109份，满意度94.78%。", "ratio", "94.78%"),
    ],
)
def test_what_works_out(text: str, kind: str, percent: str) -> None:
    assert judged(text)[0] == (kind, percent, True)
    assert wrong_percentages(text) == ()
    wrong = text.replace(percent, f"{float(percent[:-1]) + 3:.2f}%", 1)
    (found,) = wrong_percentages(wrong)
    assert found.kind == kind


def test_each_of_a_series_by_its_place() -> None:
    text = (
        "甲、乙、丙项目预算分别为50万元、30万元、20万元，支出分别为48万元、30万元、15万元，执行率分别为96%、100%、{}%。"
    )
    assert [one[1:] for one in judged(text.format(75))] == [("96%", True), ("100%", True), ("75%", True)]
    (found,) = wrong_percentages(text.format(85))
    assert found.items[-1].amount.text == "85%" and found.trust == 3


def test_the_direction_of_two_years() -> None:
    text = "2022年公务接待费3.2万元，2023年公务接待费3.6万元，同比{}12.5%。"
    assert wrong_percentages(text.format("增长")) == ()
    (found,) = wrong_percentages(text.format("下降"))
    assert found.what == "direction"


def test_the_whole_may_stand_in_the_sentence_before() -> None:
    assert judged("下达200.00万元。实际支出200.00万元，资金执行率100.00%。") == [("ratio", "100.00%", True)]


def test_what_was_given_may_be_what_was_paid_and_what_is_left() -> None:
    text = (
        "资金为19204.096万元，由上级15359.11万元、本级3844.986万元组成。已支付18501.096万元，未支703万元，支付率95%。"
    )
    (found,) = wrong_percentages(text)
    assert found.items[1].amount.text == "19204.096万元"


def test_a_share_above_all() -> None:
    assert [one.amount.text for one in more_than_all(read("宣传费占总支出的120%。"))] == ["120%"]
    assert list(more_than_all(read("完成数占全年任务的120%。"))) == []


def test_nothing_is_said_where_the_base_is_not_printed() -> None:
    for text in (
        "较上年增加5万元，增长5%。",
        "完成全年任务数103.33%。",
        "满意度95%，控制率80%。",
        "执行率不低于90%，预算3万元，支出1万元。",
        "善款约105万元，较上年增加5万元，增长9%。",
        "基本支出80万元，占一般公共预算支出的85%。",
        "支出10万元，预算0万元，执行率100%。",
        "收入合计500万元，其中财政拨款333.33万元，占66.67%，其他占30%。",
    ):
        assert wrong_percentages(text) == (), text


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_every_true_percentage_holds(part: int, whole: int) -> None:
    rate = 100 * Fraction(part, whole)
    text = f"完成{part}人，完成年度任务{whole}人的{float(rate):.2f}%。"
    assert all(holds for _kind, _percent, holds in judged(text)), text
    if rate > 1:
        (found,) = wrong_percentages(text.replace(f"{float(rate):.2f}%", f"{float(rate) * 1.1:.2f}%"))
        assert found.items[-1].value - found.difference == rate
