"""The basic-data form within itself, against the ledger, last year and the report."""

from core import commands
from core.book import Book
from core.facts import clear_fact, set_fact
from core.projects import remove_project
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says

NEXT = YEAR + 1


def filling(book: Book, column: str, year: int = YEAR, **amounts: float) -> Book:
    for item, amount in amounts.items():
        book = do(book, set_fact, year, item, **{column: round(amount * WAN)})
    return book


def received(amount: float = 0.16, year: int = YEAR, book: Book | None = None) -> tuple[Book, int]:
    """A unit whose only payment is a reception."""
    book, where = project(with_year(book, year), "公用经费", "公用经费", year=year)
    return payment(book, where, round(amount * WAN), f"{year}-06-01", economic_code="30217"), where


def test_c010_fires_and_is_explained_like_the_other_totals() -> None:
    book = with_year()
    for item, amount in (("基本支出", 93), ("人员经费", 80), ("公用经费", 12)):
        book = do(book, commands.state, YEAR, item, amount * WAN)
    (finding,) = found(book, "C-010")
    assert (finding.severity, finding.difference) == ("error", WAN)
    assert "人员经费80.00万元＋公用经费12.00万元＝92.00万元" in says(finding)


def test_c010_silent_where_the_parts_agree_or_one_is_not_stated() -> None:
    book = with_year()
    for item, amount in (("基本支出", 93), ("人员经费", 80)):
        book = do(book, commands.state, YEAR, item, amount * WAN)
    assert not found(book, "C-010")
    assert not found(do(book, commands.state, YEAR, "公用经费", 13 * WAN), "C-010")


def test_c011_fires_on_the_total_and_on_cars() -> None:
    parts = {"公车购置": 0, "公车运行维护": 2, "出国经费": 0, "公务接待": 1}
    book = filling(with_year(), "budget", **parts)
    (finding,) = found(filling(book, "budget", 三公经费=4), "C-011")
    assert (finding.severity, finding.about.field, finding.difference) == ("error", "三公经费", WAN)
    assert "三公经费本年预算数4.00万元，各分项合计3.00万元" in says(finding)
    (finding,) = found(filling(book, "budget", 公务用车购置和维护经费=1), "C-011")
    assert finding.about.field == "公务用车购置和维护经费"


def test_c011_fires_only_beyond_rounding() -> None:
    parts = {"公务用车购置和维护经费": 1.004, "出国经费": 1.004, "公务接待": 1.004}
    book = filling(with_year(), "actual", **parts)
    assert not found(filling(book, "actual", 三公经费=3.02), "C-011")
    assert found(filling(book, "actual", 三公经费=3.03), "C-011")


def test_c011_silent_while_a_part_is_unknown_and_on_the_ledgers_own() -> None:
    book = filling(with_year(), "budget", 三公经费=4, 公务接待=1)
    assert not found(book, "C-011")
    assert not found(received()[0], "C-011")


def test_c012_fires_over_the_budget_of_a_part_and_of_the_total() -> None:
    book, _where = received(0.16)
    (finding,) = found(filling(book, "budget", 公务接待=0.15), "C-012")
    assert (finding.severity, finding.about.field, finding.difference) == ("warning", "公务接待", WAN // 100)
    assert "公务接待本年决算数0.16万元，超过本年预算数0.15万元，多0.01万元" in says(finding)
    (finding,) = found(filling(book, "budget", 三公经费=0.15), "C-012")
    assert finding.about.field == "三公经费"


def test_c012_fires_above_last_year_from_the_report_on() -> None:
    book, _where = received(0.16)
    book, _later = received(0.17, NEXT, book)
    (finding,) = found(book, "C-012", NEXT)
    assert finding.stage == "report" and "超过上年决算数0.16万元" in says(finding)


def test_c012_silent_at_the_budget_with_a_reason_and_without_anything_to_compare() -> None:
    book, _where = received(0.16)
    assert not found(book, "C-012") and not found(with_year(), "C-012")
    assert not found(filling(book, "budget", 公务接待=0.16), "C-012")
    over = filling(book, "budget", 公务接待=0.10, 三公经费=0.10)
    assert not found(do(over, set_fact, YEAR, "公务接待", note="承办全省现场会"), "C-012")
    book, _later = received(0.16, NEXT, book)
    assert not found(book, "C-012", NEXT)


def test_c061_fires_over_the_establishment() -> None:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", established=3, actual=4)
    (finding,) = found(book, "C-061")
    assert finding.severity == "warning" and "控制率133.33%" in says(finding)
    assert [one.id for one in book.staff(YEAR)] == [finding.about.id]


def test_c061_silent_at_the_establishment_with_a_reason_or_outside_it() -> None:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", established=3, actual=3)
    assert not found(do(book, commands.set_staff, YEAR, "临聘人员", actual=5), "C-061")
    over = do(book, commands.set_staff, YEAR, "行政编制", actual=4, note="军转干部安置，待消化")
    assert not found(over, "C-061") and not found(with_year(), "C-061")


def test_c062_fires_against_the_economic_codes_once() -> None:
    book, _where = received(0.16)
    (finding,) = found(filling(book, "actual", 公务接待=0.20, 三公经费=0.20), "C-062")
    assert (finding.severity, finding.about.field, finding.difference) == ("error", "公务接待", 4 * WAN // 100)
    assert "经济分类科目的支出0.16万元" in says(finding)
    (finding,) = found(filling(book, "actual", 三公经费=0.20), "C-062")
    assert finding.about.field == "三公经费"


def test_c062_silent_where_it_agrees_or_a_payment_has_no_code() -> None:
    book, where = received(0.16)
    assert not found(filling(book, "actual", 公务接待=0.16, 公用经费=0.16), "C-062")
    wrong = filling(book, "actual", 公务接待=0.20)
    assert not found(payment(wrong, where, 100), "C-062")
    assert not found(filling(with_year(), "actual", 公务接待=0.20), "C-062")


def test_c062_silent_where_public_spending_means_the_whole_class() -> None:
    book, where = received(0.16)
    book = payment(book, where, WAN, economic_code="39999")
    assert not found(filling(book, "actual", 公用经费=1.16), "C-062")
    assert found(filling(book, "actual", 公用经费=1.20), "C-062")


def test_c063_fires_where_last_years_form_said_otherwise() -> None:
    book = with_year(received(0.16)[0], NEXT)
    book = filling(book, "last_actual", NEXT, 公务接待=0.18)
    (finding,) = found(book, "C-063", NEXT)
    assert (finding.severity, finding.difference, finding.repair) == ("error", 2 * WAN // 100, None)
    assert "“公务接待”上年决算数0.18万元，上年表中的本年决算数0.16万元" in says(finding)


def test_c063_fires_with_the_repair_once_last_year_is_fixed() -> None:
    book = filling(with_year(received(0.16)[0], NEXT), "last_actual", NEXT, 公务接待=0.18)
    book = do(book, commands.set_year, YEAR, state="final")
    (finding,) = found(book, "C-063", NEXT)
    assert not found(repaired(book, finding), "C-063", NEXT)


def test_c063_silent_where_it_agrees_or_last_year_is_not_known() -> None:
    book = with_year(received(0.16)[0], NEXT)
    assert not found(filling(book, "last_actual", NEXT, 公务接待=0.16), "C-063", NEXT)
    assert not found(filling(book, "last_actual", NEXT, 政府采购货物=1), "C-063", NEXT)
    assert not found(filling(with_year(), "last_actual", 公务接待=0.16), "C-063")


def test_c064_fires_on_a_project_that_is_not_reported_and_clears_its_row() -> None:
    book, where = project(with_year(), "公用经费", "公用经费")
    book = filling(book, "actual", **{f"p{where}": 5})
    (finding,) = found(book, "C-064")
    assert "“公用经费”不在本年度报告的项目支出中" in says(finding)
    assert not found(repaired(book, finding), "C-064")


def test_c064_fires_where_the_amounts_differ_from_the_report() -> None:
    book, where = project(with_year(), "活动经费")
    book = payment(event(book, where, "supplement", 6 * WAN), where, 5 * WAN)
    (finding,) = found(filling(book, "actual", **{f"p{where}": 5.5}), "C-064")
    assert "“活动经费”本年决算数5.50万元，报告中实际支出5.00万元，相差0.50万元" in says(finding)


def test_c064_silent_where_the_rows_are_those_of_the_report() -> None:
    book, where = project(with_year(), "活动经费")
    book = payment(event(book, where, "initial", 6 * WAN), where, 5 * WAN)
    assert not found(book, "C-064")
    book = filling(filling(book, "actual", **{f"p{where}": 5}), "budget", **{f"p{where}": 6})
    assert not found(book, "C-064")
    assert not found(do(book, clear_fact, YEAR, f"p{where}"), "C-064")
    empty, other = project(book, "没有办的项目")
    empty = filling(empty, "actual", **{f"p{other}": 5})
    assert found(empty, "C-064") and not found(do(empty, remove_project, YEAR, other), "C-064")


def test_c068_fires_on_the_sum_and_on_small_firms() -> None:
    book = filling(with_year(), "actual", 政府采购金额=5, 政府采购货物=1, 政府采购工程=2, 政府采购服务=1)
    (finding,) = found(book, "C-068")
    assert (finding.severity, finding.difference) == ("error", WAN)
    (finding,) = found(filling(with_year(), "budget", 政府采购金额=5, 面向中小企业预留=6), "C-068")
    assert "面向中小企业预留本年预算数6.00万元，大于采购总额5.00万元" in says(finding)


def test_c068_silent_where_it_adds_up_or_parts_are_unknown() -> None:
    book = filling(with_year(), "actual", 政府采购货物=1, 政府采购工程=2, 政府采购服务=1, 面向中小企业预留=4)
    assert not found(book, "C-068")
    assert not found(filling(book, "actual", 政府采购金额=4), "C-068")
    assert not found(filling(with_year(), "actual", 政府采购金额=5, 政府采购货物=1), "C-068")
