"""Tables: totals round the exact total, groups add up what their rows print, both bases side by side."""

from core import commands
from core.balance import final_account, unit_balance
from core.book import Book
from core.figures import ALL_ROWS, BASIC_ROWS, PROJECT_ITEMS, RATE, SPECIAL_ROWS, Ref, figure, sources
from core.money import show_wan
from core.report.model import Role, Row, Table
from core.report.tables import (
    EXECUTION_ITEMS,
    account_table,
    bridge_table,
    execution_table,
    rounding_differs,
    stated_table,
)
from core.sample import SHOWN_YEAR, sample_book
from tests.builders import WAN, event, payment, project, with_year
from tests.core.report.ledger_2023 import YEAR, build

BOOK = build()


def cells(row: Row) -> list[str]:
    return ["".join(run.text for run in cell.runs) for cell in row.cells]


def body(table: Table) -> list[list[str]]:
    return [cells(row) for row in table.rows]


def three_thirds() -> Book:
    """Three projects of 33,334元: 3.33 + 3.33 + 3.33 against 10.00."""
    book = with_year()
    for name in ("甲项目", "乙项目", "丙项目"):
        book, where = project(book, name)
        book = event(book, where, "initial", 3_333_400)
    return book


def test_execution_table_of_the_sample() -> None:
    rows = {line[0]: " ".join(line[1:]) for line in body(execution_table(sample_book(), SHOWN_YEAR))}
    assert rows["业务性专项经费"] == "0.00 3.00 0.00 0.00 0.00 3.00 2.07 69.00% 0.00 0.93"
    assert rows["项目支出小计"] == "0.00 6.00 0.00 0.00 5.66 11.66 7.11 60.98% 3.00 1.55"
    assert rows["合计"] == "0.00 69.98 0.00 0.00 35.66 105.64 101.09 95.69% 3.00 1.55"


def test_every_amount_of_the_execution_table_is_a_figure_with_its_reference() -> None:
    table = execution_table(BOOK, YEAR)
    for row in table.rows:
        for cell, item in zip(row.cells[1:], EXECUTION_ITEMS, strict=True):
            (run,) = cell.runs
            assert run.ref is not None and run.ref.item == item
            shown = figure(BOOK, run.ref)
            assert shown is not None and shown.text("2") == run.text


def test_totals_are_told_apart_from_rows() -> None:
    roles = {cells(row)[0]: {cell.role for cell in row.cells} for row in execution_table(BOOK, YEAR).rows}
    assert roles["合计"] == roles["基本支出小计"] == {Role.TOTAL}
    assert roles["公用经费"] == {Role.BODY}


def test_a_total_rounds_the_exact_total_and_the_report_says_so() -> None:
    book = three_thirds()
    rows = {line[0]: line for line in body(execution_table(book, 2023))}
    assert [rows[name][2] for name in ("甲项目", "乙项目", "丙项目", "合计")] == ["3.33", "3.33", "3.33", "10.00"]
    assert rounding_differs(book, 2023)
    assert not rounding_differs(sample_book(), SHOWN_YEAR)


def test_groups_are_sums_and_their_sources_add_up_to_them() -> None:
    for group in (BASIC_ROWS, SPECIAL_ROWS, ALL_ROWS):
        for item in PROJECT_ITEMS:
            shown = figure(BOOK, Ref(YEAR, group, item))
            assert shown is not None
            assert shown.value == shown.computed == sum(s.amount for s in sources(BOOK, shown.ref))
    whole = figure(BOOK, Ref(YEAR, ALL_ROWS, RATE))
    assert whole is not None and whole.value == unit_balance(BOOK, YEAR).rate()


def test_a_group_adds_up_the_stated_figures_that_its_rows_print() -> None:
    business = next(row.project for row in BOOK.projects(YEAR) if row.name == "业务性专项经费")
    book = BOOK.apply(commands.state(BOOK, YEAR, "实际支出", 2 * WAN, about=business))
    rows = {line[0]: line for line in body(execution_table(book, YEAR))}
    assert (rows["业务性专项经费"][7], rows["项目支出小计"][7]) == ("2.00", "7.04")
    shown = figure(book, Ref(YEAR, SPECIAL_ROWS, "实际支出"))
    assert shown is not None and show_wan(int(shown.computed or 0)) == "7.11"
    assert not rounding_differs(book, YEAR)


def test_bridge_leads_from_one_basis_to_the_other() -> None:
    lines = {line[0]: " ".join(line[1:]) for line in body(bridge_table(sample_book(), SHOWN_YEAR))}
    assert lines["合计"] == "0.00 69.98 35.66 105.64 -1.55 -3.00 31.11 101.09 4.55"
    assert lines["第五次换届大会费用"] == "0.00 3.00 0.00 3.00 0.00 -3.00 -3.00 0.00 3.00"


def test_what_the_bridge_prints_adds_up_on_both_bases() -> None:
    for basis in ("paid", "allotted"):
        book = sample_book().apply(commands.set_unit(sample_book(), basis=basis))
        for line in body(bridge_table(book, SHOWN_YEAR)):
            brought, _initial, changed, _budget, recalled, carried, adjusted = (
                round(float(text) * 100) for text in line[1:8]
            )
            parts = brought + changed + recalled + carried if basis == "paid" else changed + recalled
            assert adjusted == parts


def test_bridge_claims_a_reference_only_for_that_very_amount() -> None:
    book, where = project(with_year(), "自筹活动")
    book = payment(event(book, where, "initial", WAN, fund="other"), where, WAN, fund="other")
    for row in bridge_table(book, 2023).rows:
        for run in (run for cell in row.cells for run in cell.runs):
            if run.ref is not None:
                shown = figure(book, run.ref)
                assert shown is not None and shown.text("2") == run.text
    texts = body(bridge_table(book, 2023))
    assert texts[1] == ["自筹活动", *["0.00"] * 9]


def test_both_bases_stand_beside_the_stated_figures() -> None:
    book = sample_book()
    found = body(account_table(book, SHOWN_YEAR))
    paid, allotted = (final_account(book, SHOWN_YEAR, basis) for basis in ("paid", "allotted"))
    assert found[0][0].endswith("本单位采用") and "采用" not in found[1][0]
    for line, account in ((found[0], paid), (found[1], allotted)):
        expected = (account.income, account.initial, account.adjusted, account.spent, account.carry)
        assert line[1:] == [show_wan(amount) for amount in expected]
    assert found[2] == ["填报数", "101.09", "69.98", "31.14", "101.09", "0.00"]


def test_stated_figures_are_compared_at_the_unit_they_are_printed_in() -> None:
    book = BOOK.apply(commands.state(BOOK, YEAR, "支出", 101 * WAN + 1, printed_unit="元"))
    rows = {line[0]: line for line in body(stated_table(book, YEAR))}
    spent = final_account(book, YEAR).spent
    assert rows["支出"][1:5] == ["1,010,000.01", f"{spent / 100:,.2f}", f"{(101 * WAN + 1 - spent) / 100:,.2f}", "元"]
    income = figure(book, Ref(YEAR, 0, "预算收入"))
    assert income is not None
    assert rows["预算收入"][1:5] == ["101.09", show_wan(int(income.computed or 0)), "0.00", "万元"]
    assert rows["调整追加（减）"][5] == "决算报表 调整追加"
