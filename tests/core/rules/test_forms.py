"""The filed self-evaluation forms against themselves, each other and the budget."""

from core import commands
from core.book import Book
from core.facts import set_fact
from core.policy import default_policy_text
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, says


def funded() -> tuple[Book, int]:
    """3万元 brought forward, 5 given; 6 spent."""
    book, where = project(with_year(), "活动经费")
    book = event(book, where, "opening", 3 * WAN, "2023-01-01", origin_year=2022)
    book = event(book, where, "initial", 5 * WAN)
    return payment(book, where, 6 * WAN), where


def stating(book: Book, about: int, unit: str = "万元", **amounts: float) -> Book:
    for item, amount in amounts.items():
        book = do(book, commands.state, YEAR, item, round(amount * WAN), about, printed_unit=unit)
    return book


def test_c065_fires_for_a_project_and_for_the_unit() -> None:
    book, where = funded()
    for about in (where, 0):
        wrong = stating(book, about, 年度资金总额全年预算数=8, 当年财政拨款全年预算数=5, 上年结转资金全年预算数=2)
        (finding,) = found(wrong, "C-065")
        assert (finding.severity, finding.about.id, finding.difference) == ("error", about, WAN)
        assert "当年财政拨款5.00万元＋上年结转资金2.00万元＋其他资金0.00万元＝7.00万元" in says(finding)
    assert "部门整体自评表的全年预算数" in says(finding)


def test_c065_fires_beyond_rounding_only() -> None:
    book, where = funded()
    parts = {"当年财政拨款全年执行数": 3.01, "上年结转资金全年执行数": 3.01, "其他资金全年执行数": 1.00}
    assert not found(stating(book, where, 年度资金总额全年执行数=7.00, **parts), "C-065")  # 0.02 for three addends
    assert found(stating(book, where, 年度资金总额全年执行数=6.99, **parts), "C-065")
    assert found(stating(book, where, "元", 年度资金总额全年执行数=7.0199, **parts), "C-065")


def test_c065_silent_where_a_source_is_only_in_the_ledger_or_nothing_but_the_total_is_stated() -> None:
    book, where = funded()
    assert not found(stating(book, where, 年度资金总额全年预算数=8, 当年财政拨款全年预算数=5), "C-065")
    assert not found(stating(book, where, 年度资金总额全年预算数=9), "C-065")


def test_c066_fires_where_a_form_says_another_initial_budget_than_the_report() -> None:
    book, where = funded()
    (finding,) = found(stating(book, where, 年度资金总额年初预算数=8), "C-066")
    assert (finding.severity, finding.difference) == ("error", 3 * WAN)
    assert "项目“活动经费”的自评表的年初预算数8.00万元，报告中为5.00万元" in says(finding)
    stated = stating(book, 0, 年初预算=6, 年度资金总额年初预算数=5)
    (finding,) = found(stated, "C-066")
    assert "报告中为6.00万元" in says(finding)


def test_c066_fires_on_the_basic_data_form() -> None:
    book, _where = funded()
    (finding,) = found(do(book, set_fact, YEAR, "项目支出", budget=6 * WAN), "C-066")
    assert finding.about.kind == "fact" and "各项目合计5.00万元" in says(finding)
    assert not found(do(book, set_fact, YEAR, "项目支出", budget=5 * WAN), "C-066")


def test_c066_silent_where_the_policy_counts_what_was_brought_forward() -> None:
    book, where = funded()
    text = default_policy_text().replace("opening_in_initial = false", "opening_in_initial = true")
    book = do(book, commands.set_year, YEAR, policy=text)
    assert not found(stating(book, where, 年度资金总额年初预算数=8), "C-066")
    assert found(stating(book, where, 年度资金总额年初预算数=5), "C-066")


def test_c066_silent_where_the_forms_count_other_money_that_the_report_leaves_out() -> None:
    book, where = funded()
    book = event(book, where, "initial", WAN, fund="other")
    for amount in (5, 6):
        assert not found(stating(book, 0, 年度资金总额年初预算数=amount), "C-066")
    assert found(stating(book, 0, 年度资金总额年初预算数=7), "C-066")
    assert not found(stating(with_year(), 0, 年度资金总额年初预算数=7), "C-066")


def test_c067_fires_where_the_forms_hold_more_than_the_budget() -> None:
    book, where = funded()
    book, other = project(book, "大会费用")
    book = event(book, other, "initial", 2 * WAN)
    (finding,) = found(stating(book, where, 年度资金总额全年预算数=8.5), "C-067")
    assert finding.difference == WAN // 2
    assert "合计10.50万元，超过项目支出预算10.00万元，多0.50万元" in says(finding)


def test_c067_silent_at_and_below_the_budget() -> None:
    book, where = funded()
    for amount in (8, 7.5):
        assert not found(stating(book, where, 年度资金总额全年预算数=amount), "C-067")
    assert not found(book, "C-067")


def test_s001_fires_on_money_rows_of_a_form_but_leaves_rates_to_their_own_rules() -> None:
    book, where = funded()
    (finding,) = found(stating(book, where, 上年结转资金全年执行数=2), "S-001")
    assert "“活动经费”上年结转资金全年执行数填报2.00万元，台账同口径为3.00万元" in says(finding)
    book = do(book, commands.state, YEAR, "自评执行率", 7600, where, printed_unit="%")
    assert not found(stating(book, where, 年度资金总额年初预算数=8), "S-001")


def test_s001_silent_on_money_rows_that_agree() -> None:
    book, where = funded()
    amounts = {"年度资金总额全年执行数": 6, "上年结转资金全年执行数": 3, "当年财政拨款全年执行数": 3}
    assert not found(stating(stating(book, where, **amounts), 0, **amounts), "S-001")
