"""A year as tables: the figures are those of the balances, nothing is left out."""

from datetime import date

from core import commitments
from core.balance import unit_balance
from core.ledger import checker
from core.review import review
from core.sample import sample_book
from core.year_tables import year_tables

YEAR = 2023


def test_the_tables_hold_the_year() -> None:
    book = sample_book()
    found = review(book, checker().check(book, [YEAR]), YEAR, date(2024, 3, 1))
    projects, events, payments, findings = year_tables(book, YEAR, found)
    heads = [column.heading for column in projects.columns]
    budget, spent = heads.index("全年预算（元）"), heads.index("实际支出（元）")
    *rows, total = projects.rows
    tops = [row for row in rows if not row[1]]
    unit = unit_balance(book, YEAR)
    assert (total[budget], total[spent]) == (unit.budget, unit.spent)
    assert [sum(int(row[place] or 0) for row in tops) for place in (budget, spent)] == [unit.budget, unit.spent]
    amount = [column.kind for column in payments.columns].index("money")
    assert sum(int(row[amount] or 0) for row in payments.rows) == unit.spent
    assert len(events.rows) == sum(len(book.events(YEAR, row.project)) for row in book.project_years(YEAR))
    assert [row[1] for row in findings.rows if row[0] == "错误"] == ["C-001", "C-042", "C-046", "C-050", "C-051"]
    for table in (projects, events, payments, findings):
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_commitments_have_a_table_of_their_own_and_lower_what_is_available() -> None:
    book = sample_book()
    where = book.projects(YEAR)[-1].project
    book = book.apply(commitments.add_commitment(book, YEAR, where, "2023-10-12", 1_200_000, payee="会议服务企业"))
    found = review(book, checker().check(book, [YEAR]), YEAR, date(2024, 3, 1))
    projects, _events, _payments, committed, findings = year_tables(book, YEAR, found)
    assert [row[1:5] for row in committed.rows] == [("2023-10-12", "在途", "会议服务企业", "")]
    heads = [column.heading for column in projects.columns]
    total = dict(zip(heads, projects.rows[-1], strict=True))
    balance = unit_balance(book, YEAR)
    assert (total["在途（元）"], total["可用余额（元）"]) == (1_200_000, balance.available)
    for table in (committed, findings):
        assert all(len(row) == len(table.columns) for row in table.rows)
