"""A table of indicators as a whole: points, categories, copies of last year, 目标表 against 自评表."""

from typing import Any

import pytest

from core import commands, indicators
from core.book import Book
from core.check import Stage, is_due
from core.policy import policy_text
from core.rules import BY_ID
from tests.builders import WAN, YEAR, do, event, indicator, project, with_year
from tests.findings import found, says

SCHEME = (
    ("产出指标", "数量指标", "50"),
    ("效益指标", "社会效益指标", "30"),
    ("满意度指标", "服务对象满意度指标", "10"),
)


def table(book: Book | None = None, about: int = 0, version: str = "self", year: int = YEAR, **weights: str) -> Book:
    """One indicator of each first level, with the points of the national scheme but for those given."""
    book = book or with_year()
    for level1, level2, weight in SCHEME:
        fields = {"level1": level1, "level2": level2, "name": f"{level2}一", "weight": weights.get(level1, weight)}
        book = indicator(book, about, version, year, **fields)
    return book


def test_c024_fires_where_the_points_do_not_make_a_hundred() -> None:
    (finding,) = found(table(产出指标="51"), "C-024")
    assert finding.severity == "error" and finding.about.key() == "evaluation:0:weight"
    words = (
        "部门整体的绩效自评表指标分值合计91分，加执行率分值10分共101分，应为100分，多1分，产出指标51分（口径为50分）。"
    )
    assert says(finding) == words
    assert "少0.50分" in says(found(table(产出指标="49.5"), "C-024")[0])
    assert not is_due(BY_ID["C-024"], Stage.SETTLE)


def test_c024_fires_where_points_are_missing() -> None:
    (finding,) = found(table(满意度指标=""), "C-024")
    assert "有1个指标没有填写分值" in says(finding) and "口径为" not in says(finding)


def test_c024_fires_as_a_warning_where_only_the_levels_differ() -> None:
    (finding,) = found(table(产出指标="40", 效益指标="40"), "C-024")
    assert finding.severity == "warning"
    assert says(finding).endswith("产出指标40分（口径为50分）、效益指标40分（口径为30分）。")
    book = indicator(table(产出指标="40"), level1="成本指标", weight="10")
    assert "成本指标10分（口径为0分）" in says(found(book, "C-024")[0])


def test_c024_fires_by_the_policy() -> None:
    book = do(table(), commands.set_year, YEAR, policy=policy_text("hubei"))
    assert "加执行率分值20分共110分" in says(found(book, "C-024")[0])


def test_c024_silent_on_a_good_table_and_without_one() -> None:
    assert not found(table(), "C-024") and not found(with_year(), "C-024")
    book = indicator(table(产出指标="40"), weight="10", inapplicable=True)
    assert not found(book, "C-024")  # what does not apply is left out of the score, not of the table


@pytest.mark.parametrize("weights", [{}, {"产出指标": "60"}, dict.fromkeys(("产出指标", "效益指标", "满意度指标"), "")])
def test_c024_silent_on_targets_with_the_points_of_either_table_or_none(weights: dict[str, str]) -> None:
    assert not found(table(version="goal", **weights), "C-024")


def test_c024_fires_on_targets_with_half_their_points() -> None:
    assert "绩效目标表" in says(found(table(version="goal", 效益指标=""), "C-024")[0])


def funded() -> tuple[Book, int]:
    book, where = project(with_year(), "业务性专项经费")
    return event(book, where, "initial", 3 * WAN), where


def test_c038_fires_on_a_missing_first_level() -> None:
    (finding,) = found(indicator(with_year()), "C-038")
    assert says(finding) == "绩效指标不全：部门整体的绩效自评表没有效益指标、满意度指标。"
    assert finding.severity == "warning" and not is_due(BY_ID["C-038"], Stage.SETTLE)


def test_c038_fires_once_on_all_who_have_none() -> None:
    book, where = funded()
    (finding,) = found(book, "C-038")
    assert says(finding) == "绩效指标不全：部门整体、“业务性专项经费”还没有绩效指标。" and finding.about.id == 0
    (finding,) = found(table(book), "C-038")
    assert says(finding) == "绩效指标不全：“业务性专项经费”还没有绩效指标。" and finding.about.id == where


def test_c038_fires_on_targets_that_were_not_answered() -> None:
    book, where = funded()
    (finding,) = found(table(table(book), where, "goal"), "C-038")
    assert says(finding) == "绩效指标不全：“业务性专项经费”还没有填写绩效自评表。"


def test_c038_silent_on_whole_tables_and_who_needs_none() -> None:
    book, where = funded()
    assert not found(table(table(book), where), "C-038")
    assert not found(with_year(), "C-038")
    book, _empty = project(table(table(book), where), "没有资金的项目")
    book, basic = project(book, "人员经费", "人员经费")
    assert not found(event(book, basic, "initial", 9 * WAN), "C-038")


def two_years(**fields: Any) -> Book:
    """The same three indicators in two years; ``fields`` change the first of this year's."""
    book = with_year(with_year(year=YEAR - 1))
    book = table(table(book, year=YEAR - 1))
    return do(book, indicators.set_indicator, book.indicators(YEAR)[0].id, **fields)


def test_c040_fires_on_last_years_indicators() -> None:
    (finding,) = found(two_years(actual="31"), "C-040")
    assert says(finding) == "部门整体的3个绩效指标中，有3个与上年的名称和指标值完全相同（100%）。"
    assert found(two_years(name="数量 指标一"), "C-040")  # a blank is no change


def test_c040_fires_on_nine_of_ten_and_says_what_is_not_confirmed() -> None:
    book = with_year(with_year(year=YEAR - 1))
    for number in range(10):
        book = indicator(book, year=YEAR - 1, name=f"指标{number}")
    book = do(book, indicators.take_over_indicators, YEAR, 0, "self")
    first, second, *_rest = book.indicators(YEAR)
    book = do(do(book, indicators.set_indicator, first.id, target="35"), indicators.confirm, [second.id])
    (finding,) = found(book, "C-040")
    assert "有9个" in says(finding) and "（90%），其中8个沿用后还没有确认" in says(finding)
    assert not found(do(book, indicators.set_indicator, second.id, target="36"), "C-040")


@pytest.mark.parametrize("fields", [{"target": "31"}, {"name": "开展活动场次"}, {"operator": "＝"}])
def test_c040_silent_on_other_targets(fields: dict[str, str]) -> None:
    assert not found(two_years(**fields), "C-040")


def test_c040_silent_on_few_indicators_and_in_the_first_year() -> None:
    book = with_year(with_year(year=YEAR - 1))
    for year in (YEAR - 1, YEAR):
        book = indicator(indicator(book, year=year), year=year, name="二")
    assert not found(book, "C-040") and not found(table(), "C-040")


def answered(**fields: Any) -> Book:
    """A target of 30场 and the indicator that answers it, changed."""
    book = do(indicator(with_year(), version="goal"), indicators.copy_goals_to_self, YEAR, 0)
    return do(book, indicators.set_indicator, book.indicators(YEAR)[0].id, **fields) if fields else book


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"target": "25"}, "绩效目标表中指标值为≥30场，自评表为≥25场", "target"),
        ({"operator": "≤"}, "绩效目标表中指标值为≥30场，自评表为≤30场", "target"),
        ({"target": ""}, "自评表为空", "target"),
        ({"name": "开展活动场次"}, "绩效目标表中名称为“开展宣讲活动场次”", "name"),
    ],
)
def test_c041_fires_on_another_name_or_target(fields: dict[str, str], words: str, field: str) -> None:
    (finding,) = found(answered(**fields), "C-041")
    assert finding.severity == "error" and words in says(finding) and finding.about.field == field


def test_c041_fires_on_what_stands_in_one_table_only() -> None:
    book = indicator(answered(), name="新增的指标")
    (finding,) = found(book, "C-041")
    assert says(finding) == "部门整体的指标“新增的指标”与目标表不一致：绩效目标表中没有这个指标。"
    book = indicator(answered(), version="goal", name="没有自评的指标")
    assert says(found(book, "C-041")[0]).endswith("与目标表不一致：自评表没有列入。")


@pytest.mark.parametrize(
    "fields", [{}, {"actual": "8"}, {"target": "30.0"}, {"name": "开展宣讲 活动场次"}, {"inapplicable": True}]
)
def test_c041_silent_on_the_same_targets(fields: dict[str, Any]) -> None:
    assert not found(answered(**fields), "C-041")


def test_c041_silent_on_rows_matched_by_name_and_with_one_table() -> None:
    assert not found(indicator(indicator(with_year(), version="goal")), "C-041")
    assert not found(indicator(with_year()), "C-041")
    assert not found(indicator(with_year(), version="goal"), "C-041")
    people = {"target": "1.2", "unit": "万人", "name": "受益人数"}
    book = indicator(with_year(), version="goal", **people)
    assert not found(indicator(book, **{**people, "target": "12000", "unit": "人"}), "C-041")


def test_c088_fires_on_words_alone() -> None:
    book = with_year()
    for name in ("社会影响", "群众意识"):
        book = indicator(book, name=name, operator="定性", target="有所提升", unit="")
    (finding,) = found(book, "C-088")
    assert "部门整体的绩效自评表有2个指标，全部是定性指标" in says(finding)
    assert "绩效目标表有1个指标" in says(found(indicator(with_year(), version="goal", operator="定性"), "C-088")[0])


def test_c088_silent_with_one_number_and_without_indicators() -> None:
    assert not found(indicator(indicator(with_year(), operator="定性", target="有所提升")), "C-088")
    assert not found(with_year(), "C-088")
