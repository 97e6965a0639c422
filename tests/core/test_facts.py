"""The basic-data form: what was entered stands, else the ledger's own, else last year's; what is unknown is not 0."""

from fractions import Fraction

import pytest

from core import commands
from core.basic_form import ACTUAL, BUDGET, LAST, FactCell, Origin, amount_text, codes_of, form_rows, parts_of
from core.book import Book
from core.codes import CodeKind, find
from core.economic import UNCODED, economic_totals, unit_economic_totals
from core.facts import clear_fact, fact_row, fact_rows, head_count, is_used, item_label, set_fact
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

NEXT = YEAR + 1


def coded() -> tuple[Book, int, int]:
    """公用经费 of a reception, a journey and a copier; a project with a car's petrol."""
    book, public = project(with_year(), "公用经费", "公用经费")
    book, special = project(book, "活动经费")
    book = event(book, public, "initial", 5 * WAN)
    for where, amount, code in ((public, 1000, "30217"), (public, 500, "30211"), (public, 70, "31002")):
        book = payment(book, where, amount * 100, economic_code=code)
    return payment(book, special, 300_00, economic_code="30231"), public, special


def cell(book: Book, item: str, column: str = ACTUAL, year: int = YEAR) -> FactCell:
    row = fact_row(book, year, item)
    assert row is not None
    return row.cell(column)


def test_payments_by_economic_code() -> None:
    book, public, special = coded()
    assert economic_totals(book, YEAR, public) == {"30217": 100_000, "30211": 50_000, "31002": 7_000}
    assert unit_economic_totals(book, YEAR)["30231"] == 30_000
    assert "30231" not in unit_economic_totals(book, YEAR, basic=True)
    book = payment(book, special, 5, economic_code="50206")
    assert unit_economic_totals(book, YEAR)[UNCODED] == 5


def test_totals_follow_an_edited_payment() -> None:
    book, public, _special = coded()
    assert unit_economic_totals(book, YEAR)["30217"] == 100_000
    held = next(p for p in book.payments(YEAR, public) if p.economic_code == "30217")
    book = do(book, commands.set_payment, held.id, amount=1)
    assert unit_economic_totals(book, YEAR)["30217"] == 1


@pytest.mark.parametrize(
    ("item", "amount"),
    [("公务接待", 1000), ("公车运行维护", 300), ("出国经费", 0), ("水费电费差旅费", 500), ("公用经费", 1570)],
)
def test_actual_figures_come_from_economic_codes(item: str, amount: int) -> None:
    book, _public, _special = coded()
    assert cell(book, item) == FactCell(amount * 100, Origin.LEDGER)


def test_a_total_is_the_sum_of_its_parts_once_all_are_known() -> None:
    book, _public, _special = coded()
    assert cell(book, "三公经费") == FactCell(130_000, Origin.PARTS)
    assert cell(book, "三公经费", BUDGET) == FactCell()
    book = do(book, set_fact, YEAR, "公务接待", budget=WAN)
    assert cell(book, "三公经费", BUDGET).amount is None
    for item in ("公车购置", "公车运行维护", "出国经费"):
        book = do(book, set_fact, YEAR, item, budget=0)
    assert cell(book, "三公经费", BUDGET) == FactCell(WAN, Origin.PARTS)


def test_one_payment_without_a_code_makes_the_figures_unknown() -> None:
    book, _public, special = coded()
    book = payment(book, special, 100)
    assert cell(book, "公务接待") == FactCell()
    assert cell(book, "水费电费差旅费").amount == 50_000  # of 基本支出, where every payment is coded


def test_nothing_paid_is_not_zero() -> None:
    book, _where = project(with_year(), "公用经费", "公用经费")
    assert cell(book, "公务接待") == FactCell()
    assert cell(book, "公用经费") == FactCell(0, Origin.LEDGER)  # the ledger knows the project itself


def test_what_was_entered_stands_until_it_is_cleared() -> None:
    book, _public, _special = coded()
    assert not is_used(book, YEAR)
    book = do(book, set_fact, YEAR, "公务接待", actual=2000_00, note="含外事接待")
    assert cell(book, "公务接待") == FactCell(2000_00, Origin.ENTERED) and is_used(book, YEAR)
    book = do(book, clear_fact, YEAR, "公务接待", ACTUAL)
    assert cell(book, "公务接待").origin == Origin.LEDGER
    assert book.facts(YEAR)["公务接待"].note == "含外事接待" and not is_used(book, YEAR)
    book = do(book, clear_fact, YEAR, "公务接待")
    assert not book.facts(YEAR)


def test_a_row_that_holds_nothing_any_more_is_removed() -> None:
    book = do(with_year(), set_fact, YEAR, "公务接待", actual=5)
    assert not do(book, set_fact, YEAR, "公务接待", actual=None).facts(YEAR)
    assert not set_fact(with_year(), YEAR, "公务接待", actual=None).diffs


def test_last_years_figures_come_from_last_years_form() -> None:
    book, _public, _special = coded()
    book = with_year(book, NEXT)
    assert cell(book, "公务接待", LAST, NEXT) == FactCell(100_000, Origin.LAST_YEAR)
    book = do(book, set_fact, YEAR, "公务接待", actual=90_000)
    assert cell(book, "公务接待", LAST, NEXT).amount == 90_000
    book = do(book, set_fact, NEXT, "公务接待", last_actual=80_000)
    assert cell(book, "公务接待", LAST, NEXT) == FactCell(80_000, Origin.ENTERED)
    assert cell(book, "公务接待", LAST) == FactCell()  # no year before in the file


def test_projects_stand_by_kind_with_what_the_report_says_of_them() -> None:
    book, _public, special = coded()
    book, other = project(book, "上级补助", "上级专项")
    book = event(book, special, "initial", WAN)
    book = do(book, commands.state, YEAR, "实际支出", 5 * WAN, other)
    rows = [row for row in fact_rows(book, YEAR) if row.is_group or row.project]
    assert [(row.label, row.level) for row in rows] == [
        ("1、业务工作专项", 1),
        ("活动经费", 2),
        ("2、运行维护专项", 1),
        ("3、上级专项", 1),
        ("上级补助", 2),
    ]
    assert cell(book, f"p{special}", BUDGET) == FactCell(WAN, Origin.LEDGER)
    assert cell(book, f"p{other}") == FactCell(5 * WAN, Origin.STATED)
    assert cell(book, "项目支出") == FactCell(5 * WAN + 30_000, Origin.PARTS)
    assert item_label(book, YEAR, f"p{other}") == "上级补助"


def test_a_project_that_last_year_did_not_have_spent_nothing_then() -> None:
    book, _public, special = coded()
    book = with_year(book, NEXT)
    book = do(book, commands.continue_project, NEXT, special)
    book, new = project(book, "新项目", year=NEXT)
    assert cell(book, f"p{special}", LAST, NEXT) == FactCell(30_000, Origin.LAST_YEAR)
    assert cell(book, f"p{new}", LAST, NEXT) == FactCell(0, Origin.LAST_YEAR)
    assert cell(book, "项目支出·业务工作专项", LAST, NEXT).amount == 30_000


def test_columns_that_do_not_apply_hold_nothing() -> None:
    row = fact_row(with_year(with_year(), NEXT), NEXT, "政府采购金额")
    assert row is not None and LAST not in row.columns and row.last_actual == FactCell()


def test_control_rates() -> None:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", established=3, actual=3)
    book = do(book, commands.set_staff, YEAR, "事业编制", established=1, actual=2)
    book = do(book, commands.set_staff, YEAR, "临聘人员", actual=9)
    assert (head_count(book, YEAR).actual, head_count(book, YEAR).control_rate) == (5, Fraction(5, 4))
    assert head_count(with_year(), YEAR).control_rate is None
    book = do(book, set_fact, YEAR, "楼堂馆所规模", budget=200_00, actual=210_00)
    row = fact_row(book, YEAR, "楼堂馆所规模")
    assert row is not None and row.control_rate == Fraction(21, 20)
    assert amount_text("楼堂馆所规模", row.actual.amount) == "210.00㎡" and amount_text("公务接待", None) == ""


def test_the_form_is_sound() -> None:
    rows = form_rows()
    assert all(row.parent in rows for row in rows.values() if row.parent)
    assert all(row.columns and row.unit in ("万元", "㎡") for row in rows.values())
    assert set(codes_of("三公经费")) == {"30913", "31013", "30231", "30212", "30217"}
    assert codes_of("政府采购金额") == () and len(parts_of("政府采购金额")) == 3
    for row in rows.values():
        for code in row.codes:
            assert [one for one in find(code, CodeKind.DEPARTMENT, YEAR) if one.code == code], code
