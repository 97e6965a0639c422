"""The submission: cover, narrative, signatures, annex; every figure as the ledger says, and no word of a warning."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core import commands
from core.book import Book
from core.form_items import stated_figure
from core.report.model import Cover, Heading, PageBreak, Paragraph, SignatureBlock, Style, Table
from core.report.submission import submission
from core.sample import YEARS, sample_book
from tests.core.report.dump import dump
from tests.core.report.ledger_2023 import YEAR, build
from tests.core.report.test_tables import three_thirds
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


def test_golden(update_golden: bool) -> None:
    assert_golden(dump(submission(build(), YEAR)), GOLDEN / "submission.txt", update_golden)


@pytest.mark.parametrize("make", [build, sample_book])
def test_every_figure_is_what_its_reference_says(make: Callable[[], Book]) -> None:
    book = make()
    for year in (y.year for y in book.years()):
        printed = submission(book, year).figures()
        assert printed
        for one in printed:
            shown = stated_figure(book, one.ref)
            assert shown is not None
            assert one.text in (shown.text("trim"), shown.text("2"))


@pytest.mark.parametrize("year", YEARS)
def test_carries_no_warnings_and_no_codes(year: int) -> None:
    text = dump(submission(sample_book(), year))
    assert not re.search(r"C-\d{3}|错误|提醒|台账状态|校验码", text.split("\n", 1)[1])


def test_cover_leaves_blanks_to_write_on() -> None:
    book = build().apply(commands.set_names(build(), YEAR, head="", preparer="填报员"))
    cover = submission(book, YEAR).blocks[0]
    assert isinstance(cover, Cover)
    assert cover.title == ("2023年度", "部门整体支出绩效自评报告")
    fields = {field.label: field.value for field in cover.fields}
    assert fields["部门（单位）名称（公章）"] == "示范区妇女联合会"
    assert fields["评价方式"] == "部门（单位）绩效自评"
    assert (fields["预算编码"], fields["单位负责人"], fields["填报人"]) == ("101001", "", "填报员")
    assert re.fullmatch(r"\u3000+年\u3000+月\u3000+日", fields["报告日期"])


def test_signatures_come_before_the_annex_and_the_head_signs_by_hand() -> None:
    blocks = submission(build(), YEAR).blocks
    (at,) = (n for n, block in enumerate(blocks) if isinstance(block, SignatureBlock))
    signatures = blocks[at]
    assert isinstance(signatures, SignatureBlock)
    assert signatures.lines[0].label == "单位负责人（签字）" and signatures.lines[0].value == ""
    assert blocks[at + 1] == PageBreak()
    assert any(isinstance(block, Table) for block in blocks[at:])
    assert isinstance(blocks[at + 3], Heading)


def test_annexes_are_listed_and_numbered_in_the_same_order() -> None:
    book = sample_book()
    blocks = submission(book, YEAR).blocks
    words = ["".join(run.text for run in block.runs) for block in blocks if isinstance(block, Paragraph)]
    listed = [text.removeprefix("附件：").strip() for text in words if re.match(r"(附件：|\u3000{3})\d\.", text)]
    assert listed == [
        "1.部门整体支出绩效评价基础数据表",
        "2.部门整体支出绩效自评表",
        "3.项目支出绩效自评表",
        "4.项目支出执行情况表",
    ]
    assert [text for text in words if re.fullmatch(r"附件\d", text)] == ["附件1", "附件2", "附件3", "附件4"]
    titles = [b.runs[0].text.split("\n")[0] for b in blocks if isinstance(b, Heading) and b.level == 0]
    assert titles[1:] == [
        "2023年度部门整体支出绩效评价基础数据表",
        "2023年度部门整体支出绩效自评表",
        *["项目支出绩效自评表"] * 3,
        "2023年度项目支出执行情况表",
    ]


def test_the_forms_print_scores_and_what_was_stated() -> None:
    book = sample_book()
    project = next(row.project for row in book.projects(YEAR) if row.name == "业务性专项经费")
    text = dump(submission(book, YEAR))
    assert "98.57" in text and "72.25" in text and "69.00" in text
    stated = book.apply(commands.state(book, YEAR, "自评总分", 7300, project, printed_unit="分"))
    assert "73.00" in dump(submission(stated, YEAR)) and "72.25" not in dump(submission(stated, YEAR))


def test_the_remark_about_rounding_stands_only_where_rounded_rows_do_not_add_up() -> None:
    def remarks(book: Book) -> list[str]:
        blocks = submission(book, 2023).blocks
        notes = (b.runs[0].text for b in blocks if isinstance(b, Paragraph) and b.style is Style.NOTE)
        return [text for text in notes if text.startswith("注：")]

    assert remarks(three_thirds()) == ["注：本报告因金额单位转换原因可能存在尾数误差。"]
    assert remarks(sample_book()) == []
