"""Single indicators: what cannot be measured or compared, surveys, times, money."""

from datetime import date

import pytest

from core.book import Book
from core.check import Stage, is_due
from core.questions import answer
from core.rules import BY_ID
from tests.builders import WAN, YEAR, event, indicator, payment, project, with_year
from tests.findings import found, says

TIMELY = {"level2": "时效指标", "name": "年度重点工作完成情况"}
SATISFIED = {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "居民满意度", "target": "95", "unit": "%"}
COSTLY = {"level2": "成本指标", "name": "项目支出总额", "operator": "≤", "unit": "万元"}


def one(**fields: object) -> Book:
    """A unit with one indicator."""
    return indicator(with_year(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("target", ["若干", "≥", "较多场次", "30多", "10-20"])
def test_c033_fires_on_a_target_that_is_no_number(target: str) -> None:
    (finding,) = found(one(target=target), "C-033")
    assert (finding.severity, finding.about.kind, finding.about.field) == ("warning", "indicator", "target")
    assert says(finding).startswith("部门整体的指标“开展宣讲活动场次”是定量指标（≥），") and f"“{target}”" in says(
        finding
    )


def test_c033_fires_in_the_table_of_targets_while_there_is_no_other() -> None:
    book = indicator(with_year(), version="goal", target="若干")
    assert len(found(book, "C-033")) == 1
    assert not found(indicator(book), "C-033")  # the self-evaluation is judged from now on


@pytest.mark.parametrize("target", ["30", "≥30场", "1.2万", "９５％", "12月31日前", "2023年12月底", ""])
def test_c033_silent_on_numbers_dates_and_what_is_not_filled_in(target: str) -> None:
    assert not found(one(target=target), "C-033")


def test_c033_silent_on_qualitative_and_inapplicable_indicators() -> None:
    assert not found(one(operator="定性", target="持续向好"), "C-033")
    assert not found(one(target="若干", inapplicable=True), "C-033")


def test_c034_fires_on_another_unit() -> None:
    (finding,) = found(one(actual="32次"), "C-034")
    assert says(finding) == "部门整体的指标“开展宣讲活动场次”的指标值为≥30场，完成值为32次，单位不同，无法比较。"


@pytest.mark.parametrize("actual", ["0.96", "1"])
def test_c034_fires_on_a_share_where_percent_is_asked_for(actual: str) -> None:
    (finding,) = found(one(target="95", unit="%", actual=actual), "C-034")
    assert f"完成值为{actual}%，疑似把百分数写成了小数" in says(finding)


def test_c034_silent_on_units_that_can_be_compared() -> None:
    assert not found(one(actual="32场"), "C-034")
    assert not found(one(unit="万人", target="1.2", actual="12500人"), "C-034")
    assert not found(one(target="30场", unit="", actual="32"), "C-034")
    assert not found(one(actual="若干"), "C-034")  # no number at all


@pytest.mark.parametrize("fields", [{"actual": "0"}, {"actual": "1.01"}, {"target": "2", "actual": "1"}])
def test_c034_silent_on_small_percentages_that_may_be_meant(fields: dict[str, str]) -> None:
    assert not found(one(**{"target": "95", "unit": "%", **fields}), "C-034")


@pytest.mark.parametrize(
    ("fields", "missing", "field"),
    [
        ({}, "样本量和调查方法", "sample"),
        ({"method": "问卷调查"}, "样本量", "sample"),
        ({"sample": 60}, "调查方法", "method"),
    ],
)
def test_c035_fires_on_satisfaction_without_its_survey(fields: dict[str, object], missing: str, field: str) -> None:
    (finding,) = found(one(**SATISFIED, actual="96", **fields), "C-035")
    assert says(finding) == f"部门整体的指标“居民满意度”完成值96%，没有填写{missing}。"
    assert finding.about.field == field
    assert not is_due(BY_ID["C-035"], Stage.SETTLE) and is_due(BY_ID["C-035"], Stage.REPORT)


def test_c035_silent_with_a_survey_before_one_and_elsewhere() -> None:
    assert not found(one(**SATISFIED, actual="96", sample=60, method="问卷调查"), "C-035")
    assert not found(one(**SATISFIED, actual=""), "C-035")
    assert not found(one(**SATISFIED, actual="0"), "C-035")  # nobody was asked
    assert not found(one(), "C-035")


def test_c035_is_asked_once_and_the_answer_counts() -> None:
    book = one(**SATISFIED, actual="96")
    (finding,) = found(book, "C-035")
    asked = BY_ID["C-035"], YEAR, finding.about.key()
    told = book.apply(answer(book, *asked, "elsewhere", "", date(2024, 3, 1)))
    assert not found(told, "C-035")
    changed = told.apply(answer(told, *asked, "unasked", "", date(2024, 3, 2)))
    (again,) = found(changed, "C-035")
    assert "已回答没有开展调查" in says(again) and "不应填写满意度" in again.remedy


def test_c036_fires_on_all_of_a_few() -> None:
    (finding,) = found(one(**SATISFIED, actual="100", sample=9, method="问卷调查"), "C-036")
    assert finding.severity == "info"
    assert says(finding) == "部门整体的指标“居民满意度”为100%，样本量只有9，少于10。"


@pytest.mark.parametrize(("actual", "sample"), [("100", 10), ("99.9", 9), ("100", 0)])
def test_c036_silent_with_enough_answers_or_less_than_all(actual: str, sample: int) -> None:
    assert not found(one(**SATISFIED, actual=actual, sample=sample, method="问卷调查"), "C-036")


def test_c037_fires_on_a_time_in_mere_words() -> None:
    (finding,) = found(one(**TIMELY, operator="定性", target="及时"), "C-037")
    assert finding.severity == "info" and "“及时”既不是日期，也不是时长或比率" in says(finding)
    assert found(one(**TIMELY, target="5", unit="次"), "C-037")


@pytest.mark.parametrize(
    "fields",
    [
        {"target": "100", "unit": "%"},
        {"target": "6", "unit": "月", "operator": "≤"},
        {"target": "3", "unit": "个工作日", "operator": "≤"},
        {"target": "12月底前", "operator": "定性"},
        {"target": "2023-12-31", "operator": "≤", "unit": ""},
        {"target": "1", "unit": "", "name": "按期完成率"},
        {"target": ""},
        {"target": "及时", "operator": "定性", "level2": "质量指标"},
    ],
)
def test_c037_silent_on_dates_times_rates_and_other_indicators(fields: dict[str, str]) -> None:
    assert not found(one(**{**TIMELY, **fields}), "C-037")


def costs(spent: int = 2_070_000, **fields: object) -> Book:
    """A project of 3万元 with a cost indicator."""
    book, where = project(with_year(), "业务性专项经费")
    book = payment(event(book, where, "initial", 3 * WAN), where, spent)
    return indicator(book, where, **{**COSTLY, "target": "3.00", "actual": "2.07", **fields})  # type: ignore[arg-type]


def test_c039_fires_on_more_than_the_budget_and_than_what_was_spent() -> None:
    (finding,) = found(costs(target="3.01", actual="2.08"), "C-039")
    assert finding.severity == "warning" and "“业务性专项经费”的指标“项目支出总额”" in says(finding)
    assert "指标值≤3.01万元超过全年预算3.00万元" in says(finding)
    assert "完成值2.08万元超过实际支出2.07万元" in says(finding)
    (finding,) = found(costs(unit="元", target="3", actual="30000"), "C-039")
    assert "完成值30000元超过实际支出2.07万元" in says(finding)


def test_c039_fires_as_a_note_on_a_whole_that_is_less_than_what_was_spent() -> None:
    (finding,) = found(costs(actual="2.05"), "C-039")
    assert finding.severity == "info" and "少于实际支出2.07万元" in says(finding)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"actual": "2.1"},  # at the digits given
        {"actual": "20700元"},
        {"actual": ""},
        {"name": "会议费支出总额", "actual": "1.20"},  # one kind of cost
        {"name": "宣传资料成本", "actual": "0.50"},
        {"unit": "元/人", "target": "400", "actual": "380"},
        {"level2": "数量指标", "actual": "9.00"},
        {"operator": "≥", "target": "5.00", "name": "带动社会投资", "actual": "1.00"},
    ],
)
def test_c039_silent_on_the_figures_of_the_ledger_and_on_parts(fields: dict[str, str]) -> None:
    assert not found(costs(**fields), "C-039")


def test_c039_silent_on_a_budget_rounded_as_printed_and_without_money() -> None:
    assert not found(costs(spent=2_074_900), "C-039")
    assert not found(one(**COSTLY, target="3", actual="2"), "C-039")
