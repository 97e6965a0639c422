"""Percentages worked out again."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.ratios import ratios


def judged(text: str) -> list[tuple[str, str, bool]]:
    return [(ratio.kind, ratio.text, ratio.holds) for ratio in ratios(text)]


@pytest.mark.parametrize(
    ("text", "kind", "percent"),
    [
        ("检查2790人，完成年度任务2700人的103.33%。", "done", "103.33%"),
        ("收入合计7,977.75万元，其中财政拨款4,436.33万元占55.61%。", "share", "55.61%"),
        ("基本支出129.64万元（52.4%），项目支出117.6万元（47.6%），合计247.24万元。", "share", "52.4%"),
        ("2022年收支都是247.24万元，较2021年各减44.32万元，降幅15.2%。", "growth", "15.2%"),
        ("善款由5.00万元增加到6.00万元，增长20%。", "growth", "20%"),
        ("下达808.1万元，已支付692.98万元，支付率85%。", "done", "85%"),  # cut
        ("下达808.1万元，已支付692.98万元，支付率86%。", "done", "86%"),  # rounded
    ],
)
def test_what_works_out(text: str, kind: str, percent: str) -> None:
    assert judged(text)[0] == (kind, percent, True)
    wrong = text.replace(percent, f"{float(percent[:-1]) + 3:.2f}%", 1)
    assert not judged(wrong)[0][2]


def test_the_whole_may_stand_in_the_sentence_before() -> None:
    assert judged("下达200.00万元。实际支出200.00万元，资金执行率100.00%。") == [("done", "100.00%", True)]


def test_what_was_given_may_be_what_was_paid_and_what_is_left() -> None:
    text = (
        "资金为19204.096万元，由上级15359.11万元、本级3844.986万元组成。已支付18501.096万元，未支703万元，支付率95%。"
    )
    (ratio,) = ratios(text)
    assert not ratio.holds and ratio.whole and ratio.whole.text == "19204.096万元"


def test_a_share_above_all_is_over() -> None:
    assert judged("宣传费占总支出的120%。") == [("over", "120%", False)]
    assert judged("完成数占全年任务的120%。") == []


def test_nothing_is_said_where_the_base_is_not_printed() -> None:
    for text in (
        "较上年增加5万元，增长5%。",
        "完成全年任务数103.33%。",
        "满意度95%，控制率80%。",
        "执行率不低于90%，预算3万元，支出1万元。",
        "善款约105万元，较上年增加5万元，增长9%。",
        "基本支出80万元，占一般公共预算支出的85%。",
        "支出10万元，预算0万元，执行率100%。",
    ):
        assert judged(text) == [], text


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_every_true_percentage_holds(part: int, whole: int) -> None:
    rate = 100 * Fraction(part, whole)
    text = f"完成{part}人，完成年度任务{whole}人的{float(rate):.2f}%。"
    assert all(ratio.holds for ratio in ratios(text)), text
    if rate > 1:
        (ratio,) = ratios(text.replace(f"{float(rate):.2f}%", f"{float(rate) * 1.1:.2f}%"))
        assert not ratio.holds and ratio.expected == rate
