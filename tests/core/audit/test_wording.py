"""Defects of wording in a text of unknown origin, and when to be silent."""

import pytest

from core.audit.judge import audit
from core.audit.wording import report_year


def loud(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.quote) for one in audit(text).loud]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("没有请写明“无”。", "C-050"),
        ("指标2：……", "C-050"),
        ("[bookmark: _GoBack]项目如期完成。", "C-051"),
        ("资金拨付的的及时性有待提高。", "C-052"),
        ("规范审批，严格管理；规范审批，严格管理；规范审批，严格管理。", "C-052"),
        ("1.数量指标完成。2.质量指标完成。3.时效指标完成。3.成本指标完成。", "C-055"),
        ("募集52300万元，较上年增加8600元。", "C-042"),
        ("支付物业费12.36万元。\n物业费为12.36元。", "C-042"),
        ("依据《关于下达2020年预算指标的通知》（财预〔2021〕15号）安排。", "C-057"),
        ("公务接待费由3.2万元下降到3.6万元。", "C-047"),
        ("甲类支出占120%。", "C-048"),
        ("自评得分88.6分，等级为“优”。", "C-027"),
        ("实有24人，其中行政编制17人，事业编制8人。", "T-01"),
    ],
)
def test_defects(text: str, rule: str) -> None:
    assert rule in [found for found, _quote in loud(text)]


@pytest.mark.parametrize(
    "text",
    [
        "20xx年安排资金19万元，全部支付。",  # every year is hidden on purpose
        "（二）资金管理规范。\n（四）效果良好。",  # an excerpt
        "成立于20083月，占地36.5亩。",
        "依据《关于提前下达2021年预算的通知》（财预〔2020〕15号）安排。",
        "项目得分96分，等级为优。",
        "实有7人，编制6人。其中公务员3人，事业人员4人。",
        "执行率较高，同比增长120%。",
    ],
)
def test_silence(text: str) -> None:
    assert loud(text) == []


def test_the_same_words_are_reported_once() -> None:
    doubts = [one for one in audit("指标2：……\n指标2：……\n指标2：……").loud if one.rule == "C-050"]
    assert len(doubts) == 1 and "3处" in doubts[0].message


def test_claims_of_a_project() -> None:
    text = (
        "项目“换届”年初预算金额3万元，追加（减）0万元，实际支出0万元，结余结转3万元。项目实施情况如下：\n该项目年底追加，"
        "没有结转。"
    )
    assert [rule for rule, _quote in loud(text)] == ["C-046", "C-046"]


def test_year_of_the_report() -> None:
    assert report_year("2023年度自评报告\n2022年支出3万元，2022年收入4万元。") == 2023
    assert report_year("没有年份") == 0


def test_odd_texts_are_answered_calmly() -> None:
    for text in (
        "",
        "   ",
        "。",
        "|||\n||",
        "（（（（",
        "））））",
        "%%%%",
        "1" * 500,
        "The budget was 120 in 2023.",
        "万元",
    ):
        assert audit(text).loud == () or text == "%%%%"
    assert audit("支出1万元。" * 30_000).cut
