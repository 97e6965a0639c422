"""The sums of a self-evaluation: rate, its score, total and grade, stated and computed."""

from typing import Any

import pytest

from core import commands, indicators
from core.book import Book
from core.check import Stage, is_due
from core.policy import policy_text
from core.rules import BY_ID
from tests.builders import WAN, YEAR, do, event, indicator, payment, project, with_year
from tests.findings import found, says


def spent(amount: int = 2_070_000, budget: int = 3 * WAN) -> tuple[Book, int]:
    """A project with a budget and spending (分): by default 69 % were spent."""
    book, where = project(with_year(), "业务性专项经费")
    book = event(book, where, "initial", budget) if budget else book
    return (payment(book, where, amount) if amount else book), where


def stated(book: Book, where: int, item: str, amount: int, unit: str = "分") -> Book:
    return do(book, commands.state, YEAR, item, amount, where, printed_unit=unit)


def evaluated(amount: int = 3 * WAN, *scores: str, **fields: Any) -> tuple[Book, int]:
    """The same project with 90 points of indicators, reached and scored in full where nothing else is given."""
    book, where = spent(amount)
    for (level, weight), score in zip(
        (("产出指标", "50"), ("效益指标", "30"), ("满意度指标", "10")), (*scores, "", "", "")[:3], strict=True
    ):
        book = indicator(book, where, level1=level, weight=weight, score=score, name=f"{level}一", **fields)
    return book, where


def rate(amount: int, book_and_project: tuple[Book, int] | None = None) -> Book:
    """A stated execution rate in 0.01 %."""
    book, where = book_and_project or spent()
    return stated(book, where, "自评执行率", amount, "%")


def test_c018_fires_on_a_rate_that_is_not_the_quotient() -> None:
    (finding,) = found(rate(9_600), "C-018")
    words = "“业务性专项经费”填报的执行率96.00%，全年执行数2.07万元除以全年预算数3.00万元为69.00%，相差27.00个百分点。"
    assert says(finding) == words
    assert (finding.about.key(), finding.severity) == (f"stated:{finding.about.id}:自评执行率", "error")
    assert found(rate(6_902), "C-018") and found(rate(6_898), "C-018")
    assert not is_due(BY_ID["C-018"], Stage.SETTLE)


def test_c018_fires_against_the_stated_amounts() -> None:
    book, where = spent()
    for column, amount in (("全年预算数", 4 * WAN), ("全年执行数", 3 * WAN)):
        book = stated(book, where, f"年度资金总额{column}", amount, "万元")
    assert "为75.00%" in says(found(rate(6_900, (book, where)), "C-018")[0])
    assert not found(rate(7_500, (book, where)), "C-018")


def test_c018_fires_without_a_budget() -> None:
    assert "为0.00%" in says(found(rate(10_000, spent(2 * WAN, 0)), "C-018")[0])


@pytest.mark.parametrize("amount", [6_899, 6_900, 6_901])
def test_c018_silent_within_a_hundredth(amount: int) -> None:
    assert not found(rate(amount), "C-018")


def test_c018_silent_on_the_exact_and_the_printed_quotient() -> None:
    held = spent(15_049, 30_000)  # prints 0.02 of 0.03
    assert not found(rate(5_016, held), "C-018") and not found(rate(6_667, held), "C-018")
    assert found(rate(6_000, held), "C-018")
    assert not found(rate(9_000, project(with_year(), "没有登记的项目")), "C-018")  # nothing to count with


def test_c020_fires_on_points_that_are_not_the_rates() -> None:
    book, where = spent()
    (finding,) = found(stated(book, where, "执行率得分", 960), "C-020")
    words = "“业务性专项经费”填报的执行率得分9.60分，分值10分乘以执行率69.00%为6.90分，相差2.70分。"
    assert says(finding) == words
    assert found(stated(book, where, "执行率得分", 692), "C-020")


def test_c020_fires_above_the_points_and_by_the_policy() -> None:
    book, where = spent(4 * WAN)
    assert "为10分" in says(found(stated(book, where, "执行率得分", 1_333), "C-020")[0])
    book = do(book, commands.set_year, YEAR, policy=policy_text("hubei"))
    assert "分值20分乘以执行率133.33%为20分" in says(found(stated(book, where, "执行率得分", 1_000), "C-020")[0])


@pytest.mark.parametrize("score", [689, 690, 691])
def test_c020_silent_within_a_hundredth(score: int) -> None:
    book, where = spent()
    assert not found(stated(book, where, "执行率得分", score), "C-020")


def test_c020_silent_at_the_cap() -> None:
    book, where = spent(4 * WAN)
    assert not found(stated(book, where, "执行率得分", 1_000), "C-020")


def test_c022_fires_where_scores_lead_the_rate() -> None:
    book, _where = evaluated(2_849_900)  # 100 % of the points, 94.9967 % of the money
    (finding,) = found(book, "C-022")
    assert finding.severity == "warning"
    words = "的指标得90分（满分90分，得分率100.00%），预算执行率只有95.00%，得分率高出5.00%，超过5%。"
    assert says(finding).endswith(words)


def test_c022_silent_at_five_percent_below_it_and_unfinished() -> None:
    assert not found(evaluated(2_850_000)[0], "C-022")
    assert not found(evaluated(2_070_000, "30", "20", "5")[0], "C-022")
    assert not found(evaluated(1 * WAN, actual="")[0], "C-022")
    assert not found(spent(1 * WAN)[0], "C-022")


def test_c022_silent_on_no_points_and_no_budget() -> None:
    assert not found(evaluated(0, "0", "0", "0")[0], "C-022")
    book, where = spent(1 * WAN, 0)
    assert not found(indicator(book, where), "C-022")


def test_c023_fires_on_a_hundred_with_a_missed_target() -> None:
    book, where = evaluated(3 * WAN, "50", actual="29")
    book = do(book, indicators.set_indicator, book.indicators(YEAR, where)[1].id, actual="30")
    book = do(book, indicators.set_indicator, book.indicators(YEAR, where)[2].id, actual="30")
    (finding,) = found(book, "C-023")
    assert says(finding) == "“业务性专项经费”自评总分100分，但指标“产出指标一”没有完成。"
    assert finding.about.kind == "evaluation"


def test_c023_fires_on_a_stated_hundred_with_a_low_rate() -> None:
    book, where = evaluated(2_849_999)
    (finding,) = found(stated(book, where, "自评总分", 10_000), "C-023")
    assert "但执行率95.00%，低于95%" in says(finding) and finding.about.kind == "stated"


def test_c023_silent_on_an_honest_hundred_and_on_less() -> None:
    assert not found(evaluated()[0], "C-023")
    book, where = evaluated(2_850_000)
    assert not found(stated(book, where, "自评总分", 10_000), "C-023")
    assert not found(evaluated(2_070_000)[0], "C-023")


def test_c026_fires_on_a_wrong_sum() -> None:
    book, where = evaluated(2_070_000, "45.5")
    (finding,) = found(stated(book, where, "自评总分", 9_250), "C-026")
    words = "“业务性专项经费”填报的自评总分92.50分，指标得分合计85.50分，加执行率得分6.90分为92.40分，相差0.10分。"
    assert says(finding) == words and finding.difference is None
    assert found(stated(book, where, "自评总分", 9_241), "C-026")


def test_c026_fires_and_says_what_was_rescaled_and_capped() -> None:
    book, where = evaluated(2_070_000)
    book = do(book, indicators.set_indicator, book.indicators(YEAR, where)[2].id, inapplicable=True)
    assert "按适用的90分折算为96.56分" in says(found(stated(book, where, "自评总分", 8_690), "C-026")[0])
    book = do(evaluated(2_070_000)[0], commands.set_year, YEAR, policy=policy_text("capped"))
    (finding,) = found(stated(book, where, "自评总分", 9_690), "C-026")
    assert "执行率低于70%，总分不超过79分" in says(finding)
    assert not found(stated(book, where, "自评总分", 7_900), "C-026")


def test_c026_silent_on_the_sum_and_on_the_forms_own() -> None:
    book, where = evaluated(2_070_000)
    assert not found(stated(book, where, "自评总分", 9_690), "C-026")
    book = stated(book, where, "执行率得分", 691)
    assert not found(stated(book, where, "自评总分", 9_691), "C-026")
    assert not found(stated(book, where, "自评总分", 9_690), "C-026")


def test_c026_silent_while_scores_are_missing() -> None:
    book, where = evaluated(2_070_000, actual="")
    assert not found(stated(book, where, "自评总分", 5_000), "C-026")


@pytest.mark.parametrize(("total", "grade", "right"), [(9_000, 2, "优"), (8_999, 1, "良"), (5_999, 3, "差")])
def test_c027_fires_on_another_grade(total: int, grade: int, right: str) -> None:
    book, where = spent()
    book = stated(stated(book, where, "自评总分", total), where, "自评等级", grade, "级")
    (finding,) = found(book, "C-027")
    assert f"对应的等级是“{right}”，填报的是“{'优良中差'[grade - 1]}”" in says(finding)


def test_c027_fires_against_the_computed_total_and_on_an_unknown_grade() -> None:
    book, where = evaluated(2_070_000)
    assert "自评总分96.90分，对应的等级是“优”" in says(found(stated(book, where, "自评等级", 2, "级"), "C-027")[0])
    assert "填报的是“第5级”" in says(found(stated(book, where, "自评等级", 5, "级"), "C-027")[0])


@pytest.mark.parametrize(("total", "grade"), [(9_000, 1), (8_999, 2), (8_000, 2), (6_000, 3), (5_999, 4), (0, 4)])
def test_c027_silent_on_the_grade_of_the_total(total: int, grade: int) -> None:
    book, where = spent()
    book = stated(stated(book, where, "自评总分", total), where, "自评等级", grade, "级")
    assert not found(book, "C-027")


def test_c027_silent_without_a_total() -> None:
    book, where = spent()
    assert not found(stated(book, where, "自评等级", 4, "级"), "C-027")


def test_c087_fires_on_more_than_ten_points() -> None:
    book, where = evaluated(2_070_000)
    (finding,) = found(stated(book, where, "财政复核得分", 8_689), "C-087")
    assert finding.severity == "info"
    assert "自评总分96.90分，财政复核得分86.89分，相差10.01分，超过10分" in says(finding)
    assert found(stated(stated(book, where, "自评总分", 7_000), where, "财政复核得分", 8_689), "C-087")


def test_c087_silent_at_ten_points_and_without_a_total() -> None:
    book, where = evaluated(2_070_000)
    assert not found(stated(book, where, "财政复核得分", 8_690), "C-087")
    book, where = spent()
    assert not found(stated(book, where, "财政复核得分", 8_690), "C-087")
