"""What rounding does to printed figures."""

from core import commands
from core.book import Book
from core.passage import NOTHING_TO_SAY, OTHER_MATTERS
from core.rules.rounding import NOTE
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says

HALF = WAN // 200  # 0.005万元 prints as 0.01


def spent(*amounts: int, kind: str = "业务工作专项") -> Book:
    """A project for each amount, all of it spent."""
    book = with_year()
    for number, amount in enumerate(amounts):
        book, where = project(book, f"活动经费{number}", kind)
        book = payment(event(book, where, "initial", amount), where, amount)
    return book


def test_c084_fires_where_printed_rows_do_not_add_up() -> None:
    (finding,) = found(spent(WAN + HALF, WAN + HALF), "C-084")
    assert finding.severity == "info" and finding.difference == WAN // 100
    assert "年初预算的项目支出小计：各分项印出的数合计2.02万元，合计印作2.01万元，相差0.01万元" in says(finding)
    assert "另有5处" in says(finding)


def test_c084_fires_on_the_sentence_of_the_unit() -> None:
    book = spent(WAN + HALF)
    book, where = project(book, "公用经费", "公用经费")
    book = payment(event(book, where, "initial", WAN + HALF), where, WAN + HALF)
    assert "支出＝基本支出＋项目支出" in says(found(book, "C-084")[0])


def test_c084_fires_until_the_note_stands() -> None:
    book = spent(WAN + HALF, WAN + HALF)
    mended = repaired(book, found(book, "C-084")[0])
    section = mended.section(YEAR, OTHER_MATTERS)
    assert section and section.text == NOTE and not found(mended, "C-084")
    written = do(book, write_section, YEAR, OTHER_MATTERS, 0, "本年换届大会推迟召开。")
    section = repaired(written, found(written, "C-084")[0]).section(YEAR, OTHER_MATTERS)
    assert section and section.text == f"本年换届大会推迟召开。\n{NOTE}" and NOTHING_TO_SAY not in section.text


def test_c084_fires_on_stated_figures_of_projects_too() -> None:
    book = spent(WAN, WAN)
    for row in book.projects(YEAR):
        book = do(book, commands.state, YEAR, "实际支出", WAN + HALF, row.project)
    assert "实际支出的项目支出小计" in says(found(book, "C-084")[0])


def test_c084_silent_where_everything_adds_up_or_a_note_stands() -> None:
    assert not found(spent(WAN, 2 * WAN, 3 * WAN + 10_000), "C-084")
    assert not found(with_year(), "C-084")
    book = do(spent(WAN + HALF, WAN + HALF), write_section, YEAR, "overall", 0, "各数因四舍五入可能有尾差。")
    assert not found(book, "C-084")


def test_c084_silent_above_the_tolerance_where_c001_speaks() -> None:
    book = spent(WAN)
    for item, amount in (("支出", 4 * WAN), ("基本支出", WAN), ("项目支出", WAN)):
        book = do(book, commands.state, YEAR, item, amount)
    assert found(book, "C-002") and not found(book, "C-084")
