"""Amounts in the wrong unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import show_wan
from core.text.units import mixed_units, unit_conflicts

TOTAL = 100_000_000  # 100 万元 spent in the year


def mended(text: str, total: int | None = None) -> list[tuple[str, str | None]]:
    return [(conflict.spot.text, conflict.spot.suggestion) for conflict in unit_conflicts(text, total)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("义卖收入52310.80万元，较上年增加8000余元。", "52310.80万元", "52310.80元"),
        ("义卖收入52310.80万元，惠及120人，比2022年减少了约8000元", "52310.80万元", "52310.80元"),
        ("义卖收入52310.80万,同比增加8000元", "52310.80万", "52310.80元"),
        ("义卖收入52310.80元，较上年增加8000万元。", "8000万元", "8000元"),
    ],
)
def test_a_change_in_another_unit(text: str, wrong: str, right: str) -> None:
    assert mended(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "全年支出101.09万元，较上年增加800元。",
        "义卖收入52310.80元，较上年增加8000余元。",
        "义卖收入5.23万元，较上年增加0.80万元。",
        "捐款52310.80万元。较上年增加8000元的是活动经费",
        "捐款52310.80万元，其中个人捐款8000元",
        "支出120万元，较上年增加0元",
        "支出9800元，较上年减少1.2万元",
    ],
)
def test_no_conflict(text: str) -> None:
    assert mended(text) == []


def test_what_is_compared() -> None:
    (conflict,) = unit_conflicts("义卖收入50000万元，较上年增加5000元。")
    assert conflict.other is not None
    assert (conflict.amount.text, conflict.other.text, conflict.ratio) == ("50000万元", "5000元", 100_000)


def test_an_amount_far_beyond_the_unit() -> None:
    assert mended("发放慰问金10001万元。", TOTAL) == [("10001万元", "10001元")]
    assert mended("发放慰问金10000万元。", TOTAL) == []
    assert mended("发放慰问金10001万元。") == []
    assert mended("完成固定资产投资98000万元，其中税收20000万元。", TOTAL) == []
    (conflict,) = unit_conflicts("发放慰问金20000万元。", TOTAL)
    assert (conflict.other, conflict.ratio) == (None, 200)


def test_one_finding_for_one_amount() -> None:
    assert len(unit_conflicts("义卖收入52310.80万元，较上年增加8000余元。", TOTAL)) == 1


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_consistent_pair_never_conflicts(main: int, change: int) -> None:
    main, change = main * 10_000, min(main, change) * 10_000
    assert unit_conflicts(f"支出{show_wan(main)}万元，较上年增加{show_wan(change)}万元。") == ()


def test_mixed_units() -> None:
    text = "培训支出3.2万元，印刷支出4500元，邮寄支出约1200元。资料费800元。"
    assert [(spot.text, spot.suggestion) for spot in mixed_units(text)] == [("4500元", "0.45万元"), ("1200元", None)]


@pytest.mark.parametrize(
    "text",
    [
        "按每人500元发放，共计3.2万元。",
        "发放标准为500元/人，共计3.2万元。",
        "补贴500元每人，共计3.2万元。",
        "共计3.2万元，手续费35元。",
        "义卖收入52310.80万元，较上年增加8000余元。",
        "培训支出3.2万元。印刷支出4500元。",
    ],
)
def test_units_that_belong(text: str) -> None:
    assert mixed_units(text) == ()
