"""Classification codes of entries."""

import pytest

from core import commands
from core.book import Book
from core.codes import CodeKind, known
from core.rules.codes import _purposes
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, says


def one_project(kind: str = "业务工作专项") -> tuple[Book, int]:
    return project(with_year(), "第五次换届大会费用", kind)


def coded(code: str, field: str = "economic_code", **details: str) -> Book:
    book, where = one_project()
    return payment(book, where, WAN, **{field: code}, **details)


@pytest.mark.parametrize(
    ("code", "words", "severity"),
    [
        ("30215 培训费", "30215的名称应为“会议费”", "error"),
        ("30298", "部门预算支出经济分类中没有这个科目", "warning"),
        ("39906", "在2023年已经停用", "warning"),
        ("2012902", "这是支出功能分类的代码", "error"),
        ("4020", "科目代码应为以3或5开头的3位或5位数字", "error"),
    ],
)
def test_c069_fires_on_economic_codes(code: str, words: str, severity: str) -> None:
    (finding,) = found(coded(code), "C-069")
    assert words in says(finding) and finding.severity == severity
    assert finding.about.kind == "payment" and finding.about.field == "economic_code"


def test_c069_fires_on_functional_codes_of_events_and_payments() -> None:
    book, where = one_project()
    book = event(book, where, "initial", WAN, functional_code="2012901 行政事务")
    book = payment(book, where, WAN, functional_code="2013902")
    wrong, early = found(book, "C-069")
    assert "2012901的名称应为“行政运行”" in says(wrong) and wrong.severity == "error"
    assert "尚未启用" in says(early) and early.severity == "warning"


def test_c069_fires_once_for_many_payments() -> None:
    book, where = one_project()
    for day in range(1, 8):
        book = payment(book, where, day, f"2023-06-0{day}", economic_code="30298")
    (finding,) = found(book, "C-069")
    assert "有7笔支出" in says(finding) and finding.figures[0].amount == 28
    assert finding.about.id == min(p.id for p in book.payments(YEAR, where))


def test_c069_silent_on_codes_that_are_right_local_or_unknown_here() -> None:
    for code in ("30215", "30215 会议费", "３０２１５", "30213 维修费", "302", "50202", "3021501", "", "会议费"):
        assert not found(coded(code), "C-069"), code
    for code in ("2012902", "2081105", "201290201", "20129"):
        assert not found(coded(code, "functional_code"), "C-069"), code


def test_c069_silent_in_the_years_of_an_older_list() -> None:
    book, where = project(with_year(year=2017), "大会费用", year=2017)
    book = payment(book, where, WAN, "2017-05-01", economic_code="30298")
    assert not found(book, "C-069", 2017)


@pytest.mark.parametrize(
    ("purpose", "code", "usual"),
    [
        ("年中会议费", "30217", "30215会议费"),
        ("会议场地和会务", "30217", "30215会议费"),
        ("上级调研公务接待", "30215", "30217公务接待费"),
        ("工作接待", "30215", "30217公务接待费"),
        ("7月电费", "30205", "30206电费"),
        ("下乡差旅费", "30201", "30211差旅费"),
        ("工会经费和福利费", "30201", "30228工会经费或30229福利费"),
    ],
)
def test_c070_fires_where_the_purpose_names_another_code(purpose: str, code: str, usual: str) -> None:
    (finding,) = found(coded(code, purpose=purpose), "C-070")
    assert finding.severity == "info" and f"通常记在{usual}" in says(finding)


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("年中工作会议", "30215"),
        ("会议期间公务接待", "30217"),
        ("接待来信来访", "30201"),
        ("桶装水费", "30201"),
        ("水电费", "30206"),
        ("培训期间差旅费", "30216"),
        ("授课劳务费", "30216"),
        ("会议费", "30227"),
        ("会议费", "30299"),
        ("会议费", "3021"),
        ("会议费、接待费", "30217"),
        ("会议费", "50205"),
        ("会议费", ""),
        ("", "30217"),
        ("电费", "31002"),
    ],
)
def test_c070_silent_where_the_code_will_do_or_nothing_can_be_said(purpose: str, code: str) -> None:
    assert not found(coded(code, purpose=purpose), "C-070")


def test_the_table_of_purposes_names_codes_that_exist() -> None:
    table = _purposes()
    named = [*table["open_codes"], *(c for entry in table["purpose"] for c in entry["codes"])]
    for entry in table["contradiction"]:
        assert len(entry["words"]) == len(entry["codes"])
        named += [entry["code"], *entry["codes"]]
    assert all(known(code, CodeKind.DEPARTMENT) for code in named)


def test_c071_fires_on_staff_and_public_expense_in_a_project() -> None:
    book, where = one_project()
    book, below = project(book, "会务", parent=where)
    book = payment(payment(book, where, WAN, economic_code="30102"), below, 2 * WAN, economic_code="30217")
    staff, public = found(book, "C-071")
    assert "30102津贴补贴1.00万元，属于基本支出的科目" in says(staff)
    assert "30217公务接待费2.00万元，属于三公经费" in says(public)
    assert staff.severity == public.severity == "info" and staff.about.id == where


def test_c071_fires_as_the_policy_weighs_it() -> None:
    book, where = one_project()
    text = (book.year(YEAR) or pytest.fail()).policy + '\n"C-071" = "warning"\n'
    book = do(payment(book, where, WAN, economic_code="30217"), commands.set_year, YEAR, policy=text)
    assert [finding.severity for finding in found(book, "C-071")] == ["warning"]


def test_c071_silent_in_basic_spending_on_help_for_others_and_on_what_was_taken_back() -> None:
    book, where = one_project("公用经费")
    assert not found(payment(book, where, WAN, economic_code="30217"), "C-071")
    book, where = one_project()
    book = payment(payment(book, where, WAN, economic_code="30306"), where, WAN, economic_code="30201")
    assert not found(book, "C-071")
    book = payment(book, where, WAN, economic_code="30217", purpose="接待")
    entered = max(p.id for p in book.payments(YEAR, where))
    assert found(book, "C-071")
    assert not found(do(book, commands.reverse_payment, entered, "2023-07-01"), "C-071")
