"""The score of one indicator: within its points, as its result deserves, explained."""

from typing import Any

import pytest

from core import commands, monitoring
from core.book import Book
from core.check import Stage, is_due
from core.policy import policy_text
from core.rules import BY_ID
from tests.builders import WAN, YEAR, do, event, indicator, payment, project, with_year
from tests.findings import found, repaired, says

QUALITATIVE = {"operator": "定性", "target": "持续向好", "unit": "", "actual": "持续向好"}


def one(**fields: Any) -> Book:
    return indicator(with_year(), **fields)


def test_c025_fires_above_the_points_and_below_nothing() -> None:
    (finding,) = found(one(score="12"), "C-025")
    assert says(finding) == "部门整体的指标“开展宣讲活动场次”计分有误：得分12分，超过分值10分，多2分。"
    assert [shown.words for shown in finding.figures] == ["12.00分", "10.00分"]
    assert "得分-1分是负数" in says(found(one(score="-1"), "C-025")[0])
    assert "分值-10分是负数" in says(found(one(weight="-10"), "C-025")[0])


def test_c025_fires_with_the_computed_score_as_its_repair() -> None:
    book = one(score="10.01", actual="24")
    (finding,) = found(book, "C-025")
    assert finding.repair and finding.repair.label == "按公式计算得分（8分）"
    assert not found(repaired(book, finding), "C-025")
    assert found(one(**QUALITATIVE, score="12"), "C-025")[0].repair is None


@pytest.mark.parametrize("score", ["10", "0", "", "9.5"])
def test_c025_silent_within_the_points(score: str) -> None:
    assert not found(one(score=score), "C-025")
    assert not found(one(score="12", inapplicable=True), "C-025")


def test_c028_fires_on_full_points_for_a_missed_target() -> None:
    book = one(actual="24", score="10")
    (finding,) = found(book, "C-028")
    assert finding.severity == "error"
    assert "指标值≥30场，完成值24场，没有完成，却得满分10分，按比例应得8分，多2分" in says(finding)
    mended = repaired(book, finding)
    assert not found(mended, "C-028") and not found(mended, "C-025")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"operator": "≤", "actual": "40"}, "应得7.50分，多2.50分"),
        ({"operator": "＝", "actual": "31"}, "应得9.68分"),
        ({"operator": "＞", "actual": "30"}, "没有完成，却得满分10分"),
        ({"target": "2023-06-30", "unit": "", "operator": "≤", "actual": "2023-07-01"}, "没有完成，却得满分10分。"),
    ],
)
def test_c028_fires_by_the_operator(fields: dict[str, str], words: str) -> None:
    assert words in says(found(one(**fields, score="10"), "C-028")[0])


def test_c028_fires_as_a_warning_on_more_than_the_share() -> None:
    (finding,) = found(one(actual="24", score="9"), "C-028")
    assert finding.severity == "warning" and "得分9分，按比例应得8分，多1分" in says(finding)


@pytest.mark.parametrize(
    "fields",
    [
        {"actual": "30", "score": "10"},
        {"actual": "24", "score": "8"},
        {"actual": "24", "score": "5"},
        {"actual": "24"},
        {"actual": "", "score": "10"},
        {"actual": "24", "score": "11"},  # C-025
        {**QUALITATIVE, "attained": "missed", "score": "10"},  # C-032
    ],
)
def test_c028_silent_on_a_share_and_on_what_cannot_be_said(fields: dict[str, str]) -> None:
    assert not found(one(**fields), "C-028")


def test_c029_fires_from_the_threshold_on() -> None:
    (finding,) = found(one(actual="39"), "C-029")
    assert "指标值≥30场，完成值39场，超出30%；超出30%及以上须说明原因" in says(finding)
    assert not found(one(actual="39"), "C-030")
    assert not is_due(BY_ID["C-029"], Stage.SETTLE)


@pytest.mark.parametrize(
    "fields",
    [
        {"actual": "38"},
        {"actual": "60", "reason": "新增社区宣讲点。"},
        {"operator": "≤", "actual": "3"},
        {"actual": ""},
    ],
)
def test_c029_silent_below_it_with_a_reason_and_where_less_is_better(fields: dict[str, str]) -> None:
    assert not found(one(**fields), "C-029")


def test_c029_fires_where_the_policy_takes_points_off_and_c030_silent() -> None:
    book = do(one(actual="45"), commands.set_year, YEAR, policy=policy_text("capped"))
    assert found(book, "C-029") and not found(book, "C-030")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"actual": "24"}, "指标值≥30场，完成值24场，实际完成值未达到指标值，得8分（满分10分），没有填写偏差原因"),
        ({"actual": "30", "score": "9"}, "得9分（满分10分）"),
        ({"operator": "≤", "actual": "31"}, "实际完成值超过指标值"),
        ({**QUALITATIVE, "attained": "partly"}, "完成情况为“部分达成年度指标并具有一定效果”，得8分（满分10分）"),
    ],
)
def test_c030_fires_on_a_deviation_without_a_reason(fields: dict[str, str], words: str) -> None:
    (finding,) = found(one(**fields), "C-030")
    assert finding.severity == "error" and words in says(finding) and finding.about.field == "reason"


@pytest.mark.parametrize(
    "fields",
    [
        {"actual": "30"},
        {"actual": ""},
        {"actual": "24", "reason": "四场活动因场地改造没有举办。"},
        {"actual": "24", "inapplicable": True},
        {**QUALITATIVE, "attained": "reached"},
        {"version": "goal", "actual": "24"},
    ],
)
def test_c030_silent_on_a_reached_target_a_reason_and_an_unfinished_row(fields: dict[str, str]) -> None:
    assert not found(one(**fields), "C-030")


def checked_in_july(spent: int, **note: Any) -> Book:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, spent, "2023-06-01")
    return do(book, monitoring.note_money, YEAR, where, 7, forecast=3 * WAN, **note)


def test_c030_fires_on_a_red_light_without_a_reason() -> None:
    (finding,) = found(checked_in_july(1 * WAN, possibility="certain"), "C-030")
    assert (finding.severity, finding.about.kind, finding.about.field) == ("warning", "monitor", "7")
    assert says(finding) == "“业务性专项经费”1—7月的执行监控有偏差：支出进度为红灯，请说明偏差原因。"
    assert is_due(BY_ID["C-030"], Stage.ALWAYS, finding)


def test_c030_fires_once_a_month_on_a_target_in_doubt() -> None:
    (finding,) = found(checked_in_july(2 * WAN, possibility="possible"), "C-030")
    assert "没有选择偏差原因的类别、没有说明偏差原因、没有填写拟采取的措施" in says(finding)


def test_c030_silent_on_a_green_light_and_an_explained_red_one() -> None:
    assert not found(checked_in_july(2 * WAN, possibility="certain"), "C-030")
    told = {"possibility": "possible", "causes": "means", "reason": "场地改造。", "measure": "第四季度补办。"}
    assert not found(checked_in_july(1 * WAN, **told), "C-030")
    book, where = project(with_year(), "业务性专项经费")  # nothing noted: no month was checked
    assert not found(event(book, where, "initial", 3 * WAN), "C-030")


@pytest.mark.parametrize(
    ("attained", "score", "words"),
    [
        ("reached", "7.99", "应在8至10分之间，填写的是7.99分，低0.01分"),
        ("partly", "8.01", "应在6至8分之间，填写的是8.01分，高0.01分"),
        ("partly", "5.99", "低0.01分"),
        ("missed", "6.01", "应在0至6分之间"),
    ],
)
def test_c032_fires_outside_the_band(attained: str, score: str, words: str) -> None:
    (finding,) = found(one(**QUALITATIVE, attained=attained, score=score), "C-032")
    assert finding.severity == "error" and words in says(finding) and finding.repair is None


@pytest.mark.parametrize(
    ("attained", "score"),
    [("reached", "8"), ("reached", "10"), ("partly", "8"), ("partly", "6"), ("missed", "6"), ("missed", "0")],
)
def test_c032_silent_at_both_ends_of_a_band(attained: str, score: str) -> None:
    assert not found(one(**QUALITATIVE, attained=attained, score=score), "C-032")


def test_c032_silent_without_a_score_or_a_grade_and_outside_the_points() -> None:
    assert not found(one(**QUALITATIVE, attained="partly"), "C-032")
    assert not found(one(**{**QUALITATIVE, "actual": "有所好转"}, score="3"), "C-032")
    assert not found(one(**QUALITATIVE, attained="partly", score="11"), "C-032")


def test_c032_fires_by_the_bands_of_the_policy() -> None:
    book = one(**QUALITATIVE, attained="partly", score="5.5")
    assert found(book, "C-032")
    assert not found(do(book, commands.set_year, YEAR, policy=policy_text("hubei")), "C-032")
