"""Money left over for more than a year, and what it is used for."""

from datetime import date

from core import commands
from core.book import Book
from core.questions import answer
from core.rules import BY_ID
from core.rules.surplus import OTHER_USE, SAME_USE
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, says

TODAY = date(2023, 12, 20)


def carried(kind: str = "业务工作专项", **opening: object) -> tuple[Book, int]:
    """3万元 of 2022 carried into 2023."""
    book, where = project(with_year(year=2022), "大会费用", kind, year=2022)
    book = event(book, where, "initial", 3 * WAN, "2022-01-15", functional_code="2012902")
    book = event(book, where, "carried", 3 * WAN, "2022-12-31", functional_code="2012902")
    book = do(with_year(book, YEAR), commands.continue_project, YEAR, where)
    return event(book, where, "opening", 3 * WAN, "2023-01-01", origin_year=2022, **opening), where


def test_c014_fires_on_old_money_carried_once_more() -> None:
    book, where = carried()
    book = event(payment(book, where, WAN), where, "carried", 2 * WAN, "2023-12-31")
    (finding,) = found(book, "C-014")
    assert finding.severity == "warning" and finding.about.field == "carried"
    assert "2022年度的资金还有2.00万元没有用完" in says(finding)


def test_c014_fires_only_as_a_hint_where_the_carry_is_decided_by_hand() -> None:
    book, where = carried()
    book = event(book, where, "carried", 3 * WAN, "2023-12-31")
    assert found(book, "C-014")[0].severity == "warning"
    book = do(book, commands.set_project, YEAR, where, carry_policy="manual")
    assert found(book, "C-014")[0].severity == "info"


def test_c014_silent_on_new_money_on_basic_spending_and_on_recall() -> None:
    book, where = carried()
    book = event(event(book, where, "initial", 5 * WAN), where, "carried", 4 * WAN, "2023-12-31")
    assert not found(payment(book, where, 4 * WAN), "C-014"), "the old money is spent first"
    book, where = carried()
    assert not found(event(book, where, "recovered", 3 * WAN, "2023-12-31"), "C-014")
    book, where = carried("公用经费")
    assert not found(event(book, where, "carried", 3 * WAN, "2023-12-31"), "C-014")
    assert not found(book, "C-014", 2022)


def test_c015_fires_on_surplus_of_basic_spending() -> None:
    book, where = project(with_year(), "公用经费", "公用经费")
    book = event(event(book, where, "initial", WAN), where, "surplus", WAN // 2, "2023-12-31")
    (finding,) = found(book, "C-015")
    assert finding.severity == "error" and "认定结余0.50万元" in says(finding)


def test_c015_fires_only_as_a_hint_under_another_carry_policy() -> None:
    book, where = project(with_year(), "公用经费", "公用经费")
    book = event(event(book, where, "initial", WAN), where, "surplus", WAN // 2, "2023-12-31")
    record = book.year(YEAR)
    assert record
    other = record.policy.replace('policy = "two_years"', 'policy = "same_year"')
    assert found(do(book, commands.set_year, YEAR, policy=other), "C-015")[0].severity == "info"


def test_c015_silent_on_projects_and_on_carried_money() -> None:
    book, where = project(with_year(), "大会费用")
    assert not found(event(event(book, where, "initial", WAN), where, "surplus", WAN, "2023-12-31"), "C-015")
    book, where = project(with_year(), "公用经费", "公用经费")
    assert not found(event(event(book, where, "initial", WAN), where, "carried", WAN, "2023-12-31"), "C-015")


def answered(book: Book, choice: str) -> Book:
    (finding,) = found(book, "C-016")
    return book.apply(answer(book, BY_ID["C-016"], YEAR, finding.about.key(), choice, "", TODAY))


def test_c016_fires_as_a_question_where_the_code_of_the_money_changed() -> None:
    book, where = carried(functional_code="2012999")
    (finding,) = found(book, "C-016")
    assert finding.severity == "info" and finding.about.id == where
    assert "功能分类科目由2012902改为2012999" in says(finding) and "请确认" in says(finding)


def test_c016_fires_as_answered() -> None:
    book, where = carried()
    book = do(book, commands.set_project, YEAR, where, kind="运行维护专项")
    assert "由“业务工作专项”改为“运行维护专项”" in says(found(book, "C-016")[0])
    assert not found(answered(book, SAME_USE), "C-016")
    (finding,) = found(answered(book, OTHER_USE), "C-016")
    assert finding.severity == "warning" and "批准手续" in finding.remedy


def test_c016_silent_where_nothing_changed_or_nothing_was_carried() -> None:
    for code in ("2012902", ""):
        assert not found(carried(functional_code=code)[0], "C-016")
    book, where = carried(functional_code="2012999")
    book = do(book, commands.remove_event, book.events(YEAR, where)[0].id)
    assert not found(book, "C-016")
