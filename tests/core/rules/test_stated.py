"""Stated figures against each other and against the ledger."""

from hypothesis import given
from hypothesis import strategies as st

from core import commands
from core.book import Book
from core.sample import sample_book
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, rules_found, says


def wan(text: str) -> int:
    """万元 as they are printed, in 分."""
    whole, _point, rest = text.partition(".")
    return int(whole + rest.ljust(2, "0")) * 10_000


def stating(book: Book | None = None, unit: str = "万元", **figures: str) -> Book:
    """A book with these unit figures stated, given in 万元."""
    book = book or with_year()
    for item, amount in figures.items():
        book = do(book, commands.state, YEAR, item, wan(amount), printed_unit=unit)
    return book


def spent(basic: str, special: str) -> Book:
    """A ledger that spent this much, in 万元."""
    book, first = project(with_year(), "人员经费", "人员经费")
    book, second = project(book, "业务性专项经费")
    return payment(payment(book, first, wan(basic)), second, wan(special))


def test_c001_fires_with_the_suspects_of_the_sample() -> None:
    (finding,) = found(sample_book(), "C-001")
    assert (finding.severity, finding.difference, finding.tolerance) == ("error", 30_000, 10_000)
    assert [side.amount for side in finding.figures] == [wan("101.09"), wan("101.12")]
    assert [(s.figure, s.printed, s.should_be) for s in finding.suspects] == [
        ("调整追加（减）", wan("31.14"), wan("31.11")),
        ("年初预算", wan("69.98"), wan("69.95")),
    ]
    assert says(finding).endswith(
        "。调整追加（减）31.14万元可能应为31.11万元：与台账明细一致，可能有一位数字写错，改后各等式都成立；"
        "预算收入101.09万元由“预算收入＝支出”佐证。"
    )
    assert "佐证" not in finding.facts()  # an explanation that reads differently does not bring back a waived finding
    assert finding.repair is None
    assert "收入支出决算总表" in finding.remedy


def test_c001_fires_as_a_note_within_rounding() -> None:
    (finding,) = found(stating(预算收入="101.11", 年初预算="69.98", 调整追加="31.14"), "C-001")
    assert finding.severity == "info" and finding.suspects == () and "尾差" in says(finding)


def test_c001_silent_when_it_adds_up_or_a_figure_is_not_stated() -> None:
    assert not found(stating(预算收入="101.12", 年初预算="69.98", 调整追加="31.14"), "C-001")
    assert not found(stating(预算收入="101.09", 年初预算="69.98"), "C-001")
    assert not found(do(sample_book(), commands.state, YEAR, "调整追加", wan("31.11")), "C-001")


def test_c001_fires_on_one_fen_where_figures_are_stated_in_yuan() -> None:
    book = stating(unit="元", 预算收入="3.00", 年初预算="2.00")
    book = do(book, commands.state, YEAR, "调整追加", WAN + 1, printed_unit="元")
    (finding,) = found(book, "C-001")
    assert finding.difference == 1 and finding.tolerance == 0
    assert "10,000.01元" in says(finding) and "两数应当相等" in says(finding)


@given(st.integers(0, 10**9), st.integers(-(10**9), 10**9))
def test_c001_silent_on_figures_rounded_from_true_ones(initial: int, adjusted: int) -> None:
    """Rounding alone never makes an error of figures that add up to the 分."""
    book = with_year()
    for item, amount in (("预算收入", initial + adjusted), ("年初预算", initial), ("调整追加", adjusted)):
        book = do(book, commands.state, YEAR, item, amount)
    assert all(finding.severity == "info" for finding in found(book, "C-001"))


def test_c002_fires_and_names_the_part_the_ledger_disagrees_with() -> None:
    book = stating(spent("93.98", "7.11"), 支出="101.09", 基本支出="93.89", 项目支出="7.11")
    (finding,) = found(book, "C-002")
    assert finding.severity == "error" and finding.difference == wan("0.09")
    first = finding.suspects[0]
    assert (first.figure, first.should_be) == ("基本支出", wan("93.98"))
    assert "与台账明细一致" in first.why and "写颠倒" in first.why


def test_c002_silent_on_the_sample() -> None:
    assert not found(sample_book(), "C-002")


def test_c003_fires_on_a_total_that_is_not_the_projects() -> None:
    book = stating(spent("93.98", "7.11"), 项目支出="71.10")
    (finding,) = found(book, "C-003")
    assert finding.severity == "error" and "7.11万元" in says(finding)
    assert "小数点可能错位" in finding.suspects[0].why


def test_c003_fires_and_looks_through_the_ledger_where_the_stated_figures_agree() -> None:
    book = spent("93.98", "7.11")
    where = book.projects(YEAR)[1].project
    book = payment(book, where, wan("0.62"), "2023-03-08", purpose="宣传品")
    book = payment(book, where, wan("0.62"), "2023-03-09", purpose="宣传品")
    (finding,) = found(stating(book, 支出="101.71", 基本支出="93.98", 项目支出="7.73"), "C-003")
    assert says(finding).endswith(
        "填报数由“支出＝基本支出＋项目支出”佐证；台账2023-03-09支出“宣传品”6,200.00元可能与金额相同的另一笔重记。"
    )
    assert [(s.figure, s.should_be, s.ref) for s in finding.suspects] == [("2023-03-09支出“宣传品”", 0, None)]


def test_c003_fires_within_one_cent_against_exact_payments_but_not_against_stated_ones() -> None:
    book = spent("93.98", "7.11")
    assert found(stating(book, 项目支出="7.12"), "C-003")[0].severity == "error"
    book, other = project(book, "活动经费")
    for where in (book.projects(YEAR)[1].project, other):
        book = do(book, commands.state, YEAR, "实际支出", wan("3.55"), where)
    assert found(stating(book, 项目支出="7.11"), "C-003")[0].severity == "info"


def test_c003_silent_on_the_sum_and_where_nothing_is_stated() -> None:
    book = spent("93.98", "7.11")
    assert not found(book, "C-003")
    assert not found(stating(book, 项目支出="7.11"), "C-003")
    where = book.projects(YEAR)[1].project
    assert not found(stating(payment(book, where, 4_900), 项目支出="7.11"), "C-003")  # 49元 do not print


def test_c009_fires_where_spending_exceeds_income() -> None:
    (finding,) = found(stating(预算收入="69.06", 支出="76.36", 结余结转="0"), "C-009")
    assert finding.difference == wan("7.30") and finding.tolerance == 0
    assert "其他资金" in finding.remedy


def test_c009_fires_with_the_figure_that_another_identity_does_not_clear() -> None:
    figures = {"预算收入": "101.90", "支出": "101.09", "基本支出": "93.98", "项目支出": "7.11"}
    (finding,) = found(stating(**figures), "C-009")
    assert [(s.figure, s.should_be) for s in finding.suspects] == [("预算收入", wan("101.09"))]
    assert says(finding).endswith(
        "预算收入101.90万元可能应为101.09万元：相邻两位数字可能写颠倒，改后各等式都成立；"
        "支出101.09万元由“支出＝基本支出＋项目支出”佐证。"
    )


def test_c009_fires_when_a_stated_carry_is_lost() -> None:
    book = with_year(with_year(), 2024)
    book = do(book, commands.state, YEAR, "结余结转", wan("3.00"))
    for item in ("预算收入", "支出"):
        book = do(book, commands.state, 2024, item, wan("50.00"))
    (finding,) = found(book, "C-009", 2024)
    assert finding.difference == wan("3.00")


def test_c009_silent_on_the_sample_and_on_other_money_the_ledger_knows() -> None:
    assert not found(sample_book(), "C-009")
    book, where = project(with_year(), "人员经费", "人员经费")
    book = payment(book, where, wan("7.30"), fund="other")
    assert not found(stating(book, 预算收入="69.06", 支出="76.36"), "C-009")
    counted = do(book, commands.set_unit, other_counts=True)
    assert found(stating(counted, 预算收入="69.06", 支出="76.36"), "C-009")


def test_c009_silent_on_the_allotted_basis_when_the_rest_is_carried() -> None:
    book, where = project(with_year(), "大会费用")
    book = do(book, commands.set_unit, basis="allotted")
    book = event(book, where, "opening", wan("1.00"))
    figures = {"预算收入": "104.09", "支出": "101.09", "结余结转": "4.00"}
    assert not found(stating(book, **figures), "C-009")
    assert found(stating(book, **{**figures, "结余结转": "3.00"}), "C-009")
    del figures["结余结转"]
    assert not found(stating(book, **figures), "C-009")  # unknown is not zero


def test_s001_fires_where_the_ledger_disagrees() -> None:
    book = stating(spent("93.98", "7.11"), 支出="101.10")
    (finding,) = found(book, "S-001")
    assert (finding.severity, finding.about.field, finding.difference) == ("error", "支出", 10_000)
    where = book.projects(YEAR)[1].project
    book = do(spent("93.98", "7.11"), commands.state, YEAR, "实际支出", wan("7.00"), where)
    (finding,) = found(book, "S-001")
    assert finding.about.id == where and "“业务性专项经费”实际支出" in says(finding)


def test_s001_fires_with_the_slip_or_with_the_entry_that_may_be_wrong() -> None:
    (finding,) = found(stating(spent("93.98", "7.11"), 支出="110.09"), "S-001")
    assert says(finding).endswith(
        "支出110.09万元可能应为101.09万元：与台账明细一致，相邻两位数字可能写颠倒，改后各等式都成立。"
    )
    (finding,) = found(stating(spent("93.98", "7.11"), 支出="93.98"), "S-001")
    assert says(finding).endswith("台账2023-06-01支出71,100.00元可能多记或记错了项目。")


def test_s001_fires_only_as_a_note_where_c001_speaks_or_the_ledger_is_empty() -> None:
    notes = found(sample_book(), "S-001")
    assert {(f.about.field, f.severity) for f in notes} == {("调整追加", "info"), ("其他资金", "info")}
    (finding,) = found(stating(支出="101.09"), "S-001")
    assert finding.severity == "info" and "没有登记" in says(finding)


def test_s001_silent_at_the_printed_unit_and_where_other_rules_judge() -> None:
    book = spent("93.98", "7.11")
    where = book.projects(YEAR)[1].project
    book = payment(book, where, 4_900)
    assert not found(stating(book, 支出="101.09", 项目支出="9.99", 结余结转="9.99"), "S-001")
    assert found(stating(book, unit="元", 支出="101.09"), "S-001")


def test_the_sample_has_exactly_the_published_findings() -> None:
    errors = ["C-001", "C-042", "C-046", "C-050", "C-051"]
    warnings = ["C-005", "C-019", "C-019", "C-021", "C-052", "C-055", "C-056", "C-077"]
    assert rules_found(sample_book()) == errors + warnings
    assert rules_found(sample_book(), 2022) == rules_found(sample_book(), 2024) == []
