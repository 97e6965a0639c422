"""The direction of an indicator: scored or named as if the other way were good."""

import pytest

from core.book import Book
from tests.builders import indicator, with_year
from tests.findings import found, repaired, says


def one(**fields: object) -> Book:
    return indicator(with_year(), **fields)  # type: ignore[arg-type]


def test_c031_fires_on_less_being_better_scored_as_more() -> None:
    book = one(name="有效投诉件数", operator="≤", target="10", unit="件", actual="4", score="4")
    (finding,) = found(book, "C-031")
    assert finding.severity == "warning"
    assert "反向指标（≤10件），完成值4件已达标，得分4分却是完成值除以指标值算出的，应得10分" in says(finding)
    mended = repaired(book, finding)
    assert not found(mended, "C-031") and mended.indicators(2023)[0].score == ""


def test_c031_fires_on_more_being_better_scored_as_less() -> None:
    (finding,) = found(one(actual="36", score="8.33"), "C-031")
    assert "正向指标（≥30场）" in says(finding) and "得分8.33分却是指标值除以完成值算出的" in says(finding)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "群众投诉次数"}, "越少越好"),
        ({"name": "安全事故起数", "operator": "＞"}, "越少越好"),
        ({"name": "项目总费用", "level2": "成本指标", "unit": "万元"}, "越少越好"),
        ({"name": "服务对象满意度", "operator": "≤", "unit": "%"}, "越多越好"),
    ],
)
def test_c031_fires_as_a_note_on_a_name_that_contradicts_its_sign(fields: dict[str, str], words: str) -> None:
    (finding,) = found(one(**fields), "C-031")
    assert finding.severity == "info" and finding.about.field == "operator" and words in says(finding)


@pytest.mark.parametrize(
    "fields",
    [
        {"operator": "≤", "target": "10", "actual": "4", "score": "10"},
        {"operator": "≤", "target": "10", "actual": "4", "score": "9"},  # less for another reason
        {"operator": "≤", "target": "10", "actual": "20", "score": "5"},
        {"operator": "≤", "target": "10", "actual": "4"},
        {"actual": "30", "score": "10"},
        {"actual": "36", "score": "8.34"},
        {"name": "投诉办结率", "unit": "%"},
        {"name": "成本节约率", "level2": "成本指标", "unit": "%"},
        {"name": "投诉件数", "operator": "≤"},
        {"name": "不合格率", "operator": "≤", "unit": "%"},
        {"name": "群众投诉次数", "inapplicable": True},
    ],
)
def test_c031_silent_on_the_right_way_round(fields: dict[str, object]) -> None:
    assert not found(one(**fields), "C-031")
