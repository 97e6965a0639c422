"""Words of change against the figures beside them."""

import pytest

from core.text.trends import comparison, trend_faults


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("由5万元增加到3万元。", "direction", "增加到3万元"),
        ("从61件下降到61件。", "direction", "下降到61件"),
        ("支出3万元，较上年的5万元增加2万元。", "direction", "增加2万元"),
        ("支出5.00万元，较2022年决算数3.00万元增加1.50万元。", "difference", "增加1.50万元"),
        ("较上年增加3万元，与上年持平。", "steady", "增加3万元，与上年持平"),
        ("与上年持平，增加3万元。", "steady", "增加3万元"),
        ("较上年增加0万元，增长0%。", "zero", "增加0万元"),
        ("较上年减少-3万元。", "negative", "减少-3万元"),
    ],
)
def test_faults(text: str, kind: str, words: str) -> None:
    (fault,) = trend_faults(text)
    assert (fault.kind, fault.text, text[fault.start : fault.end]) == (kind, words, words)


@pytest.mark.parametrize(
    "text",
    [
        "由3万元增加到5万元，由61件减少到54件。",
        "支出5.00万元，较上年的3.00万元增加2.00万元。",
        "年中调增（减）0万元，追加（减）0万元，增加（减少）0万元。",
        "收入增加3万元，支出与上年持平。",
        "较上年增加3万元，基本持平。",
        "较上年增加约0万元。",
        "单价从1.5万元降至1.2万元，降幅20%。",
    ],
)
def test_no_fault(text: str) -> None:
    assert trend_faults(text) == ()


def test_comparison_right_behind_a_figure() -> None:
    text = "2023年支出5万元，较2022年决算数增加2万元。"
    found = comparison(text, text.index("，"))
    assert found and (found.base, found.way) == ("2022年", 1) and found.change and found.change.text == "2万元"
    steady = comparison("支出5万元，与上年持平。", 5)
    assert steady and (steady.base, steady.way, steady.change) == ("上年", 0, None)
    assert comparison("支出5万元，其中较上年增加2万元。", 5) is None
