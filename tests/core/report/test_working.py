"""The working paper: every printed figure with its sources, findings open and waived, and the state of the file."""

from datetime import date
from pathlib import Path

from core import commands
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Shown, Stage, Subject, Suspect
from core.ledger import checker
from core.model import EventKind, Waiver
from core.report.model import Document, Kind, Row, Table
from core.report.submission import submission
from core.report.working import FileState, working_paper
from core.review import Item, Review, review
from core.sample import SHOWN_YEAR, sample_book
from tests.core.report.dump import dump
from tests.core.report.ledger_2023 import TODAY, YEAR, build
from tests.golden import assert_golden

STATE = FileState("区妇联.ysz", 318, "3f9a0c7be1", "2024-04-29T17:03:11", "2024-04-30T09:15:00")
RULE = Rule(
    "C-001",
    Severity.ERROR,
    Subject.STATED,
    Stage.REPORT,
    Scope.YEAR,
    "预算收入不平",
    "年初预算加调整追加与预算收入相差{difference}万元。",
    "",
    "对照决算报表核对三个填报数。",
    lambda *_args: iter(()),
)
FINDING = Finding(
    "C-001",
    Severity.ERROR,
    YEAR,
    About("stated", 0, "预算收入"),
    (("difference", "0.03"),),
    (Shown("预算收入", 101_090_000), Shown("年初预算＋调整追加", 101_120_000)),
    30_000,
    10_000,
    (Suspect("调整追加（减）", 31_140_000, 31_110_000),),
)
WAIVER = Waiver(1, YEAR, "C-001", FINDING.about.key(), FINDING.facts(), "与财政局核对，差额为尾数。", "2024-04-20")
NOTHING = Review((), (), ())


def rows(document: Document, heading: str) -> list[Row]:
    """The rows of the first table under a heading."""
    titles = ["".join(run.text for run in getattr(block, "runs", ())) for block in document.blocks]
    at = next(n for n, title in enumerate(titles) if heading in title)
    table = document.blocks[at + 1]
    assert isinstance(table, Table)
    return list(table.rows)


def text(row: Row) -> list[str]:
    return ["".join(run.text for run in cell.runs) for cell in row.cells]


def paper(book: Book, found: Review = NOTHING) -> Document:
    return working_paper(book, YEAR, found, STATE)


def test_golden(update_golden: bool) -> None:
    found = Review((Item(FINDING, RULE, None),), (), (Item(FINDING, RULE, WAIVER),))
    assert_golden(dump(paper(build(), found)), Path(__file__).parent / "golden" / "working.txt", update_golden)


def test_every_figure_of_the_submission_has_its_row_of_sources() -> None:
    for book in (build(), sample_book()):
        document = paper(book)
        explained = [ref for row in rows(document, "五、勾稽与来源") for ref in row.explains]
        printed = {one.ref for one in submission(book, YEAR).figures()}
        assert len(explained) == len(set(explained)) and set(explained) == printed
        assert f"报告印出的{len(printed)}项数据" in dump(document)


def test_a_row_shows_what_is_printed_the_ledgers_own_amount_and_the_entries() -> None:
    found = {ref: text(row) for row in rows(paper(sample_book()), "五、") for ref in row.explains}
    line = next(cells for ref, cells in found.items() if (ref.about, ref.item) == (0, "调整追加"))
    assert line[:4] == ["调整追加（减）", "31.14", "填报数", "311,100.00"]
    assert "财政收回 -15,500.00" in line[4].split("\n") and "结转下年 -30,000.00" in line[4].split("\n")
    assert line[5] == "二、预算收支情况（按单位预算口径）"


def test_a_rate_says_what_is_divided_by_what() -> None:
    found = {
        ref: text(row) for row in rows(paper(sample_book()), "五、") for ref in row.explains if ref.item == "执行率"
    }
    assert {cells[1]: cells[4] for cells in found.values()}["69.00%"] == "实际支出 20,700.00 ÷ 全年预算 30,000.00"
    policy = sample_book().years()[1].policy.replace('"before_recall"', '"after_recall"')
    book = sample_book().apply(commands.set_year(sample_book(), YEAR, policy=policy))
    lines = [text(row)[4] for row in rows(paper(book), "五、") for ref in row.explains if ref.item == "执行率"]
    assert "实际支出 20,700.00 ÷（全年预算 30,000.00 － 财政收回 9,300.00）" in lines


def test_many_sources_are_summed_up_in_the_last_line() -> None:
    book = build()
    where = next(row.project for row in book.projects(YEAR) if row.name == "公用经费")
    for day in range(1, 21):
        book = book.apply(commands.add_event(book, YEAR, where, EventKind.ADJUST, f"2023-07-{day:02d}", 100_00))
    cells = {row.explains[0].item: text(row) for row in rows(paper(book), "五、") if _about(row) == where}
    lines = cells["年中调增减"][4].split("\n")
    assert len(lines) == 13
    assert lines[-1] == "其余8项合计 800.00"


def _about(row: Row) -> int:
    return row.explains[0].about if row.explains else 0


def test_an_open_finding_shows_figures_difference_tolerance_suspect_and_remedy() -> None:
    document = paper(build(), Review((Item(FINDING, RULE, None),), (), ()))
    (line,) = (text(row) for row in rows(document, "三、尚未处理的问题（1项）"))
    assert line[:2] == ["错误", "C-001"]
    assert line[2] == "预算收入不平\n年初预算加调整追加与预算收入相差0.03万元。"
    for words in ("预算收入 101.09万元", "年初预算＋调整追加 101.12万元", "如将调整追加（减） 31.14改为31.11，则相符"):
        assert words in line[3].split("\n")
    assert line[4:] == ["0.03", "0.01", "对照决算报表核对三个填报数。"]


def test_a_waived_finding_shows_its_reason_and_date() -> None:
    document = paper(build(), Review((), (), (Item(FINDING, RULE, WAIVER),)))
    (line,) = (text(row) for row in rows(document, "四、已说明的问题（1项）"))
    assert line[4:] == ["与财政局核对，差额为尾数。", "2024-04-20"]
    assert "没有尚未处理的问题。" in dump(document)


def test_every_finding_of_the_sample_can_be_printed() -> None:
    book = sample_book()
    found = review(book, checker().check(book, [y.year for y in book.years()]), SHOWN_YEAR, date(2024, 4, 30))
    assert len(rows(paper(book, found), "三、尚未处理的问题")) == len(found.open) > 10


def test_the_state_of_the_file_is_named() -> None:
    lines = dict(text(row) for row in rows(paper(build()), "六、台账状态"))
    assert lines["台账文件"] == "区妇联.ysz"
    assert lines["操作日志"] == "第318行，2024-04-29 17:03:11"
    assert lines["日志校验码"] == "3F9A-0C7B"
    assert lines["打印时间"] == "2024-04-30 09:15:00"
    assert lines["程序版本"].startswith("单位预算台账 ")
    assert FileState("新.ysz", 0, "", "", "2024-04-30T09:15:00").code == "—"


def test_without_stated_figures_it_says_so() -> None:
    assert "本年度没有登记填报数" in dump(paper(build(stated=False)))


def test_it_stays_in_the_unit() -> None:
    document = paper(build())
    assert document.kind is Kind.WORKING and "内部工作底稿" in document.title
    assert "不随自评报告报送" in dump(document)
    assert TODAY.year == YEAR + 1
