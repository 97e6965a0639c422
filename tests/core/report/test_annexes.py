"""The annexes that are printed on request, and the choice among them."""

from typing import TypeVar

import pytest

from core import commands
from core.book import Book
from core.figures import Ref, figure
from core.money import show_wan, show_yuan
from core.report.annexes import annexes
from core.report.choice import ANNEX_LABELS, USUAL_CHOICE, Choice
from core.report.entry_tables import changes_table, payments_table
from core.report.model import Chart, Contents, Heading, Row, Table
from core.report.submission import submission
from core.sample import YEARS, sample_book
from core.unit_scores import reckoned, unit_scores
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

T = TypeVar("T")
BOOK = sample_book()


def words(row: Row) -> list[str]:
    return ["".join(run.text for run in cell.runs) for cell in row.cells]


def blocks(key: str, kind: type[T], book: Book = BOOK) -> list[T]:
    found = annexes(book, YEAR, Choice((key,)))
    return [block for annex in found for form in annex.forms for block in form if isinstance(block, kind)]


@pytest.mark.parametrize("year", YEARS)
def test_every_annex_can_be_printed_and_they_keep_their_order(year: int) -> None:
    backwards = Choice(tuple(reversed(ANNEX_LABELS)))
    assert [annex.title for annex in annexes(BOOK, year, backwards)] == list(ANNEX_LABELS.values())


def test_the_usual_choice_is_four_annexes_with_contents() -> None:
    assert USUAL_CHOICE.annexes == ("basic_data", "unit", "projects", "execution") and USUAL_CHOICE.contents
    wider = USUAL_CHOICE.with_annex("bridge", True).with_annex("unit", False)
    assert wider.annexes == ("basic_data", "projects", "execution", "bridge")
    assert wider.with_annex("unit", True).with_annex("bridge", False) == USUAL_CHOICE


def test_contents_and_middle_numbers_are_chosen() -> None:
    plain = submission(BOOK, YEAR, Choice(contents=False, centred=True))
    assert plain.centred_numbers and not any(isinstance(block, Contents) for block in plain.blocks)
    with_contents = submission(BOOK, YEAR)
    assert isinstance(with_contents.blocks[1], Contents) and not with_contents.centred_numbers
    assert [one.text for one in with_contents.listed()][-4:] == [
        f"附件{n}\u3000{title}" for n, title in enumerate(list(ANNEX_LABELS.values())[:4], 1)
    ]


def test_without_annexes_there_is_no_list_of_them() -> None:
    text = "".join(run.text for run, _anchor in submission(BOOK, YEAR, Choice(())).runs())
    assert "附件" not in text


def test_forms_of_projects_are_listed_by_the_project() -> None:
    names = [row.name for row in BOOK.projects(YEAR)][2:]
    for key in ("projects", "goals", "monitoring"):
        assert [heading.bookmark for heading in blocks(key, Heading)] == names
    [first, *_rest] = annexes(BOOK, YEAR, Choice(("monitoring",), month=9))[0].forms
    assert isinstance(first[0], Heading) and "1—9月" in first[0].runs[0].text


def test_a_year_without_projects_has_no_forms_of_projects() -> None:
    empty = with_year()
    assert annexes(empty, YEAR, Choice(("projects", "goals", "monitoring"))) == []
    titles = [annex.title for annex in annexes(empty, YEAR, Choice(tuple(ANNEX_LABELS)))]
    assert len(titles) == len(ANNEX_LABELS) - 3


def test_payments_by_project_add_up_to_what_the_ledger_says() -> None:
    rows = [words(row) for row in payments_table(BOOK, YEAR).rows]
    assert rows[-1] == ["合计", "1,010,900.00"]
    for one in BOOK.projects(YEAR):
        spent = figure(BOOK, Ref(YEAR, one.project, "实际支出"))
        assert spent is not None and isinstance(spent.computed, int)
        held = [row[-1] for row in rows if row[0] == f"{one.name}小计"]
        assert held == ([show_yuan(spent.computed)] if spent.computed else [])
    assert ["业务性专项经费：财务代理管理服务费"] in rows


def test_a_payment_prints_what_its_voucher_says() -> None:
    book, where = project(with_year(), "业务费")
    details = {"voucher": "03-007", "payee": "示范打印社", "purpose": "印刷费", "economic_code": "30202"}
    book = payment(book, where, 123_456, "2023-03-20", **details)
    rows = [words(row) for row in payments_table(book, YEAR).rows]
    assert rows == [
        ["业务费"],
        ["2023-03-20", "03-007", "示范打印社", "印刷费", "30202", "1,234.56"],
        ["业务费小计", "1,234.56"],
        ["合计", "1,234.56"],
    ]
    paid = book.payments(YEAR, where)[0]
    [anchor] = [row.anchor for row in payments_table(book, YEAR).rows if row.anchor]
    assert (anchor.kind, anchor.id) == ("payment", paid.id)


def test_changes_stand_under_their_document_with_a_subtotal() -> None:
    book, first = project(with_year(), "甲")
    book, second = project(book, "乙")
    book = event(book, first, "initial", 10 * WAN)
    book = event(book, first, "supplement", 2 * WAN, "2023-05-01", doc_no="示财〔2023〕5号", doc_title="追加经费")
    book = event(book, second, "supplement", 3 * WAN, "2023-05-02", doc_no="示财〔2023〕5号")
    book = event(book, second, "recovered", WAN, "2023-12-31")
    table = changes_table(book, YEAR)
    assert [words(row)[-1] for row in table.rows] == ["2.00", "3.00", "5.00", "-1.00", "4.00"]
    assert [cell.rows for cell in table.rows[0].cells[:2]] == [2, 2] and words(table.rows[0])[1] == "追加经费"
    assert len(table.rows[1].cells) == 5 and words(table.rows[3])[0] == "未登记文号"
    assert "年初预算" not in str([words(row) for row in table.rows])


def test_scores_of_the_unit_are_those_the_program_works_out() -> None:
    [table] = blocks("scores", Table)
    rows = unit_scores(BOOK, YEAR)
    score, points = reckoned(rows)
    assert words(table.rows[-1]) == ["总分", "100", f"其中可由台账计算的{points}分，得{score}分", ""]
    printed = [words(row) for row in table.rows[:-1]]
    assert [row[-1] for row in printed] == ["" if one.score is None else str(one.score) for one in rows]
    control = next(row for row in printed if "预算控制率" in row)
    assert control[-2:] == ["31.14万元÷69.98万元＝44.50%", "0.00"]


def test_three_public_expenses_with_their_differences() -> None:
    [table] = blocks("three_public", Table)
    whole = words(table.rows[0])
    assert whole == ["“三公”经费合计", "0.17", "0.20", "0.16", "-0.01", "-0.04"]
    assert len(table.rows) == 6
    unknown = blocks("three_public", Table, with_year())[0]
    assert words(unknown.rows[0])[1:] == ["", "", "", "—", "—"]


def test_charts_draw_what_the_tables_print() -> None:
    projects, months = blocks("charts", Chart)
    assert projects.labels == tuple(row.name for row in BOOK.projects(YEAR)[2:])
    assert [show_wan(amount or 0) for amount in projects.series[1].values] == ["2.07", "0.00", "5.04"]
    spent, pace = (series.values for series in months.series)
    assert spent[-1] == 101_090_000 and pace[-1] == 105_640_000 and pace[5] == 105_640_000 // 2
    assert list(spent) == sorted(amount or 0 for amount in spent)


def test_charts_show_stated_figures_and_many_projects_in_parts() -> None:
    where = BOOK.projects(YEAR)[2].project
    stated = do(BOOK, commands.state, YEAR, "实际支出", 3 * WAN, where)
    assert blocks("charts", Chart, stated)[0].series[1].values[0] == 3 * WAN
    book = with_year()
    for number in range(23):
        book, _where = project(book, f"项目{number}")
    assert [len(chart.labels) for chart in blocks("charts", Chart, book)] == [10, 10, 3, 12]
