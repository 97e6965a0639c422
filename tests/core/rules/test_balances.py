"""A project's own figures: unspent, overspent, without a reason, for other years."""

import pytest

from core import commands
from core.book import Book
from core.check import Stage, is_due
from core.commitments import add_commitment, drop_commitment, pay_commitment
from core.model import EventKind
from core.policy import default_policy_text
from core.rules import BY_ID
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, rules_found, says


def funded(budget: int = 3 * WAN, spent: int = 0, kind: str = "业务工作专项") -> tuple[Book, int]:
    """One project with a budget and spending, in 分."""
    book, where = project(with_year(), "业务性专项经费", kind)
    book = event(book, where, "initial", budget) if budget else book
    return (payment(book, where, spent) if spent else book), where


def with_below(parent_own: int = 0) -> tuple[Book, int, list[int]]:
    """A project of 3万元 with two sub-projects that spent 1.86 and 0.21万元."""
    book, top = funded(3 * WAN, parent_own)
    below = []
    for name, amount in (("志愿服务", 1_860_000), ("财务代理", 210_000)):
        book, child = project(book, name, parent=top)
        book = payment(book, child, amount)
        below.append(child)
    return book, top, below


def test_c004_fires_on_a_stated_figure_that_is_not_the_sum() -> None:
    book, top, _below = with_below()
    book = do(book, commands.state, YEAR, "实际支出", 2_100_000, top, source_table="项目支出表", source_column="决算数")
    (finding,) = found(book, "C-004")
    assert (finding.severity, finding.difference, finding.tolerance) == ("error", 30_000, 0)
    assert "2.10万元" in says(finding) and "项目支出表，决算数" in finding.remedy
    assert not found(book, "S-001")


def test_c004_fires_as_a_note_on_payments_outside_the_sub_projects() -> None:
    book, _top, _below = with_below(parent_own=100_000)
    (finding,) = found(book, "C-004")
    assert finding.severity == "info" and "0.10万元支出未分到子项目" in says(finding)


def test_c004_silent_on_the_sum_and_within_rounding_of_stated_parts() -> None:
    book, top, below = with_below()
    assert not found(book, "C-004")
    book = do(book, commands.state, YEAR, "实际支出", 2_080_000, top)
    for child, amount in zip(below, (1_860_000, 210_000), strict=True):
        book = do(book, commands.state, YEAR, "实际支出", amount, child)
    assert not found(book, "C-004")  # 1.86 + 0.21 = 2.07 may print as 2.08


def test_c006_fires_when_something_is_left_or_too_much_disposed_of() -> None:
    book, where = funded(3 * WAN, 2_070_000)
    (finding,) = found(event(book, where, "recovered", 900_000, "2023-12-31"), "C-006")
    assert finding.difference == 30_000 and "还有0.03万元未处置" in says(finding)
    (finding,) = found(event(book, where, "carried", 950_000, "2023-12-31"), "C-006")
    assert "多处置0.02万元" in says(finding)
    assert not is_due(BY_ID["C-006"], Stage.ALWAYS) and is_due(BY_ID["C-006"], Stage.SETTLE)


def test_c006_silent_when_all_is_disposed_of_and_where_c007_speaks() -> None:
    book, where = funded(3 * WAN, 2_070_000)
    assert not found(book, "C-006")
    whole = event(event(book, where, "recovered", 430_000, "2023-12-31"), where, "surplus", 500_000, "2023-12-31")
    assert not found(whole, "C-006")


def test_c007_fires_on_money_left_without_a_disposition() -> None:
    book, _where = funded(3 * WAN, 2_070_050)
    (finding,) = found(book, "C-007")
    assert finding.difference == 929_950
    assert "9,299.50元" in says(finding)  # 万元 would hide the half yuan


def test_c007_silent_when_spent_or_disposed_of() -> None:
    book, where = funded(3 * WAN, 3 * WAN)
    assert not found(book, "C-007")
    book, where = funded(3 * WAN, 2 * WAN)
    assert not found(event(book, where, "carried", 100_000, "2023-12-31"), "C-007")


@pytest.mark.parametrize("disposed", [0, 1, 930_000, 930_001])
def test_c006_and_c007_never_speak_together(disposed: int) -> None:
    book, where = funded(3 * WAN, 2_070_000)
    book = event(book, where, "recovered", disposed, "2023-12-31") if disposed else book
    assert not {"C-006", "C-007"} <= set(rules_found(book))


def test_c017_fires_above_the_budget() -> None:
    book, _where = funded(3 * WAN, 3 * WAN + 1)
    (finding,) = found(book, "C-017")
    assert (finding.severity, finding.difference) == ("error", 1) and "30,000.01元" in says(finding)


def test_c017_fires_on_the_base_after_recall() -> None:
    book, where = funded(3 * WAN, 2_500_000)
    book = event(book, where, "recovered", WAN, "2023-12-31")
    assert not found(book, "C-017")
    text = default_policy_text().replace("before_recall", "after_recall", 1)
    (finding,) = found(do(book, commands.set_year, YEAR, policy=text), "C-017")
    assert "125.00%" in says(finding)


def test_c017_reminds_where_commitments_would_go_beyond_the_budget() -> None:
    book, where = funded(3 * WAN, 2 * WAN)
    book = do(book, add_commitment, YEAR, where, "2023-07-01", WAN)
    assert not found(book, "C-017")
    book = do(book, add_commitment, YEAR, where, "2023-07-02", 50)
    (finding,) = found(book, "C-017")
    assert (finding.severity, finding.difference) == ("warning", 50)
    assert "实际支出20,000.00元，加上在途10,000.50元共30,000.50元，超过全年预算30,000.00元" in says(finding)
    number = book.commitments(YEAR, where)[0].id
    assert not found(do(book, drop_commitment, number), "C-017")
    assert not found(do(book, commands.set_project, YEAR, where, overspent_note="经财政同意先行支付"), "C-017")
    paid = do(book, pay_commitment, number, "2023-08-01", 2 * WAN)
    assert found(paid, "C-017")[0].severity == "error"


def test_c017_silent_with_a_note_at_the_budget_and_without_any() -> None:
    book, where = funded(3 * WAN, 4 * WAN)
    assert not found(do(book, commands.set_project, YEAR, where, overspent_note="经财政同意先行支付"), "C-017")
    assert not found(funded(3 * WAN, 3 * WAN)[0], "C-017")
    assert not found(funded(0, WAN)[0], "C-017")  # C-021's


def test_c019_fires_on_a_low_rate_without_a_reason() -> None:
    book, where = funded(3 * WAN, 2_070_000)
    (finding,) = found(book, "C-019")
    assert finding.severity == "warning" and finding.about.field == "execution_reason"
    assert "69.00%" in says(finding)
    short = do(book, commands.set_project, YEAR, where, execution_reason="进度偏慢")
    assert "只有4个字" in says(found(short, "C-019")[0])


def test_c019_fires_as_an_error_where_the_form_demands_the_reason() -> None:
    book, _where = funded(3 * WAN, 2_070_000)
    text = default_policy_text().replace("reason_required = false", "reason_required = true")
    (finding,) = found(do(book, commands.set_year, YEAR, policy=text), "C-019")
    assert finding.severity == "error"


def test_c019_silent_with_a_reason_at_the_limit_without_spending_and_for_basic_spending() -> None:
    book, where = funded(3 * WAN, 2_070_000)
    reason = "受天气影响，一场户外活动推迟到下年举行。"
    assert not found(do(book, commands.set_project, YEAR, where, execution_reason=reason), "C-019")
    assert not found(funded(10 * WAN, 9 * WAN)[0], "C-019")
    assert not found(funded(3 * WAN, 0)[0], "C-019")
    assert not found(funded(3 * WAN, WAN, kind="公用经费")[0], "C-019")


def test_c021_fires_on_a_budget_without_spending_when_the_year_is_settled() -> None:
    (finding,) = found(funded(3 * WAN, 0)[0], "C-021")
    assert "全年没有支出" in says(finding)
    assert not is_due(BY_ID["C-021"], Stage.ALWAYS, finding)


def test_c021_fires_on_spending_without_a_budget_at_once() -> None:
    (finding,) = found(funded(0, WAN)[0], "C-021")
    assert "没有预算却有支出" in says(finding)
    assert is_due(BY_ID["C-021"], Stage.ALWAYS, finding)


def test_c021_silent_with_both_with_neither_and_for_sub_projects() -> None:
    assert not found(funded(3 * WAN, WAN)[0], "C-021")
    assert not found(funded(0, 0)[0], "C-021")
    book, top = funded(3 * WAN, WAN)
    book, below = project(book, "志愿服务", parent=top)
    assert not found(payment(book, below, WAN), "C-021")


def test_c077_fires_once_on_a_sub_project_named_after_an_earlier_year() -> None:
    book, top = funded(3 * WAN, WAN)
    book, below = project(book, "2022年活动尾款", parent=top)
    book = payment(book, below, 300_000, purpose="支付2022年活动剩余支出")
    book = payment(book, below, 280_000, purpose="支付2022年活动剩余支出")
    (finding,) = found(book, "C-077")
    assert finding.about.id == below and finding.figures[0].amount == 580_000
    assert "名称中写有“2022年”" in says(finding)


def test_c077_fires_once_on_the_purposes_of_payments() -> None:
    book, where = funded(3 * WAN)
    book = payment(book, where, 300_000, purpose="支付2022年印刷费")
    book = payment(book, where, 200_000, purpose="补付上年尾款")
    book = payment(book, where, 100_000, purpose="2023年印刷费")
    (finding,) = found(book, "C-077")
    assert finding.about.kind == "payment" and finding.figures[0].amount == 500_000


def test_c077_fires_on_what_the_report_says_the_money_was_for() -> None:
    book, top = funded(3 * WAN, WAN)
    book, below = project(book, "活动尾款", parent=top)
    book = do(payment(book, below, 580_000), write_section, YEAR, "project.purpose", below, "支付2022年活动的余款。")
    assert "用途说明" in says(found(book, "C-077")[0])


def test_c077_silent_on_this_year_on_comparisons_and_on_money_brought_forward() -> None:
    book, top = funded(3 * WAN, WAN)
    assert not found(payment(book, top, 100_000, purpose="较2022年增加的印刷费"), "C-077")
    book, below = project(book, "2022年活动尾款", parent=top)
    assert not found(book, "C-077")  # nothing was paid from it
    book = payment(book, below, 580_000)
    assert found(book, "C-077")
    assert not found(event(book, top, EventKind.OPENING, 580_000), "C-077")
