"""月度支出进度表, and a table of the screen as a document."""

from datetime import date

from core.balance import unit_balance
from core.month_progress import month_rows, total_of
from core.report.grid_paper import ShownColumn, ShownRow, grid_paper
from core.report.model import PageBreak, Table
from core.report.month_paper import month_paper, points
from core.sample import sample_book
from tests.builders import WAN, YEAR, event, payment, project, with_year

TODAY = date(2023, 5, 8)


def texts(table: Table) -> list[list[str]]:
    return [["".join(run.text for run in cell.runs) for cell in row.cells] for row in table.rows]


def test_a_month_counts_what_was_entered_until_its_end() -> None:
    book, where = project(with_year(), "普法宣传经费")
    book = event(book, where, "initial", 12 * WAN)
    book = event(book, where, "supplement", WAN, "2023-06-01")
    book = payment(book, where, WAN, "2023-03-05")
    book = payment(book, where, 2 * WAN, "2023-04-05")
    book = payment(book, where, WAN, "2023-05-05")
    [row] = month_rows(book, YEAR, 4)
    assert (row.budget, row.month, row.spent) == (12 * WAN, 2 * WAN, 3 * WAN)
    assert points(row.ahead(4)) == "-8.33"
    [table] = [block for block in month_paper(book, YEAR, 4, TODAY).blocks if isinstance(block, Table)]
    assert texts(table)[0] == ["普法宣传经费", "12.00", "2.00", "3.00", "9.00", "25.00%", "33.33%", "-8.33", ""]


def test_december_is_the_year() -> None:
    book = sample_book()
    whole, held = total_of("合计", month_rows(book, YEAR, 12)), unit_balance(book, YEAR)
    assert (whole.budget, whole.spent) == (held.budget, held.spent)
    months = [sum(row.month for row in month_rows(book, YEAR, month)) for month in range(1, 13)]
    assert sum(months) == held.spent


def test_without_a_budget_there_is_no_rate() -> None:
    book, where = project(with_year(), "普法宣传经费")
    book = payment(book, where, WAN, "2023-03-05")
    [table] = [block for block in month_paper(book, YEAR, 4, TODAY).blocks if isinstance(block, Table)]
    assert texts(table)[0][5:] == ["—", "33.33%", "—", "超预算1.00万元"]


def test_wide_tables_lie() -> None:
    book = with_year()
    for width, lies in ((100, False), (300, True)):
        columns = [ShownColumn("名称", width), ShownColumn("金额", width, True), ShownColumn("备注", width)]
        paper = grid_paper(book, YEAR, "支出", columns, [ShownRow(("书", "7.00", ""))], "元", TODAY)
        assert paper.blocks[0] == PageBreak(landscape=lies)
        [table] = [block for block in paper.blocks if isinstance(block, Table)]
        assert table.right_note == "单位：元" and texts(table) == [["书", "7.00", ""]]
