"""The indicator table of a whole unit."""

from decimal import Decimal

import pytest

from core import commands
from core.book import Book
from core.draft import Draft
from core.model import Fact
from core.unit_scores import UnitScore, reckoned, unit_scores
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def row(book: Book, name: str) -> UnitScore:
    return next(one for one in unit_scores(book, YEAR) if one.name == name)


def fact(book: Book, item: str, year: int = YEAR, **amounts: int) -> Book:
    draft = Draft(book)
    draft.add(Fact(id=0, year=year, item=item, **amounts))
    return book.apply(draft.change("fact"))


def test_the_points_make_a_hundred() -> None:
    rows = unit_scores(with_year(), YEAR)
    assert sum(one.points for one in rows) == 100
    assert reckoned(rows) == (Decimal("10.00"), 10), "an empty year knows only that nothing was built"


@pytest.mark.parametrize(
    ("established", "actual", "score", "rate"),
    [(143, 136, "5.00", "95.10%"), (3, 3, "5.00", "100.00%"), (100, 104, "3.00", "104.00%"), (3, 4, "0.00", "133.33%")],
)
def test_staff(established: int, actual: int, score: str, rate: str) -> None:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", established=established, actual=actual)
    found = row(book, "在职人员控制率")
    assert (str(found.score), found.text) == (score, f"{actual}人÷{established}人＝{rate}")
    assert row(with_year(), "在职人员控制率").score is None


@pytest.mark.parametrize(
    ("initial", "added", "score"),
    [("69.98", "31.14", 0), ("100", "0", 5), ("100", "-3", 5), ("100", "10", 4), ("100", "10.01", 3), ("100", "30", 2)],
)
def test_budget_control_by_the_stated_figures(initial: str, added: str, score: int) -> None:
    book = with_year()
    for item, text in (("年初预算", initial), ("调整追加", added)):
        book = do(book, commands.state, YEAR, item, int(Decimal(text) * WAN))
    found = row(book, "预算控制率")
    assert found.score == score
    if added == "31.14":
        assert found.text == "31.14万元÷69.98万元＝44.50%"


@pytest.mark.parametrize(("spent", "score"), [(100, "5.00"), (95, "3.00"), (99, "4.60"), (50, "0.00")])
def test_budget_completion(spent: int, score: str) -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", WAN), where, spent * WAN // 100)
    assert str(row(book, "预算完成率").score) == score
    assert row(with_year(), "预算完成率").text == "没有预算"


def test_spending_held_against_its_budget() -> None:
    book = fact(with_year(), "三公经费", budget=2 * WAN, actual=2 * WAN - 100_000)
    found = row(book, "“三公”经费控制率")
    assert (found.score, found.text) == (7, "1.90万元÷2.00万元＝95.00%")
    book = fact(book, "楼堂馆所规模", budget=100_000, actual=105_000)
    found = row(book, "新建楼堂馆所面积控制率")
    assert (found.score, "㎡" in found.text) == (3, True)
    assert row(book, "新建楼堂馆所投资概算控制率").text == "没有登记新建项目"
    book = fact(book, "政府采购金额", budget=100_000, actual=50_000)
    assert row(book, "政府采购执行率").score == 3
    book = fact(book, "公用经费", budget=0, actual=100)
    assert row(book, "公用经费控制率").score is None and "由单位自评" in row(book, "公用经费控制率").text


def test_the_change_of_a_budget_over_a_year() -> None:
    book = fact(with_year(with_year(), YEAR - 1), "三公经费", YEAR - 1, budget=100_000)
    book = fact(book, "三公经费", budget=102_000)
    assert row(book, "“三公”经费变动率").score == Decimal("3.40")
    assert row(with_year(), "“三公”经费变动率").score is None


def test_what_the_ledger_cannot_know_is_left_to_the_officer() -> None:
    found = row(with_year(), "管理制度健全性")
    assert (found.score, found.text, found.points) == (None, "由单位自评", 8)
