"""Forms that stand on one page: set closer where need be, in the PDF and in Word; what stays together there."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from core.export.html import html_text
from core.export.pdf import measured
from core.export.pdf_table import CLOSER, USUAL
from core.export.word import write_word
from core.report.model import (
    Align,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    Style,
    Table,
)
from core.report.submission import submission
from core.report.working import working_paper
from core.sample import sample_book
from tests.core.export.pages import Printed
from tests.core.report.ledger_2023 import YEAR, build
from tests.core.report.test_working import NOTHING, STATE

BOOK = sample_book()


def form(rows: int, words: str = "内容", whole: bool = True) -> Table:
    made = tuple(Row((Cell((Run(f"第{n}行"),)), Cell((Run(words),)))) for n in range(rows))
    return Table((Column(1), Column(2)), (), made, whole=whole)


def spacings(*blocks: Any) -> list[Any]:
    return list(measured(Printed.of(*blocks).document)[1].values())


def test_a_form_is_set_no_closer_than_its_page_asks() -> None:
    title = Heading(0, (Run("表"),))
    assert spacings(PageBreak(), title, form(10)) == [USUAL]
    tight = spacings(PageBreak(), title, form(29))[0]
    assert tight in CLOSER and Printed.of(PageBreak(), title, form(29)).info.pages == 1
    assert spacings(PageBreak(), title, form(29, whole=False)) == [USUAL]
    assert Printed.of(PageBreak(), title, form(29, whole=False)).info.pages == 2


def test_a_form_too_long_for_a_page_is_set_as_usual() -> None:
    assert spacings(PageBreak(), Heading(0, (Run("表"),)), form(60)) == [USUAL]


def test_the_remark_under_a_form_stays_on_its_page() -> None:
    note = Paragraph((Run("说明：" + "填报基本支出以外的全部项目支出。" * 4),), Style.NOTE)
    printed = Printed.of(PageBreak(), form(28), note)
    assert printed.info.pages == 1 and "说明：" in printed.text(0)


def test_nothing_is_set_smaller_than_nine_points() -> None:
    assert min(one.size for one in CLOSER) == 9
    assert [one.size for one in CLOSER] == sorted((one.size for one in CLOSER), reverse=True)


def test_numbers_and_short_words_are_not_broken_where_closer_setting_helps() -> None:
    columns = (Column(45, Align.CENTER), Column(397))
    row = Row((Cell((Run("100.00%"),)), Cell((Run("内容"),))))
    chosen = spacings(PageBreak(), Table(columns, (), (row,), whole=True))[0]
    assert chosen != USUAL
    printed = Printed.of(PageBreak(), Table(columns, (), (row,), whole=True))
    assert "100.00%" in printed.text(0).replace(" ", "")


@pytest.mark.parametrize("word", ["全年预算数", "年度指标值", "满意度指标", "可持续影响指标"])
def test_a_heading_is_broken_before_a_word(word: str) -> None:
    columns = (Column(66 if len(word) > 5 else 48, Align.CENTER), Column(394))
    cell = Cell((Run(word),), Role.HEADER, Align.CENTER)
    lines = Printed.of(PageBreak(), Table(columns, (), (Row((cell, Cell((Run(""),)))),))).text(0).splitlines()
    ending = next(one for one in ("预算数", "指标值", "指标") if word.endswith(one))
    assert [line.strip() for line in lines if line.strip()][:2] == [word.removesuffix(ending), ending]


def _is_form(anchor: Any) -> bool:
    return anchor is not None and anchor.kind == "evaluation"


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_every_form_of_the_sample_stands_on_one_page(year: int) -> None:
    document = submission(BOOK, year)
    printed = Printed(document)
    held = [(place.box.page, place.anchor.id) for place in printed.info.places if _is_form(place.anchor)]
    forms = {page for page, _about in held}
    projects = {about for _page, about in held} - {0}
    assert len(forms) == len(projects) + 1, "the unit's and one for each project"
    assert all("总分" in printed.text(page) for page in forms)


def test_a_title_of_a_sub_project_is_not_left_at_the_end_of_a_page() -> None:
    for book, year in ((BOOK, 2023), (build(), YEAR)):
        printed = Printed(submission(book, year))
        for page in range(printed.info.pages):
            lines = [line.strip() for line in printed.text(page).splitlines() if line.strip()]
            text = [line for line in lines if not line.startswith("—")]
            assert not (text and text[-1].startswith("（") and text[-1].endswith("项目")), (page, text[-1])


def test_the_state_of_the_file_is_not_parted() -> None:
    printed = Printed(working_paper(BOOK, 2023, NOTHING, STATE))
    pages = [page for page in range(printed.info.pages) if "程序版本" in printed.text(page)]
    assert "台账状态" in printed.text(pages[-1])


# Word


def word_of(document: Document, folder: Path) -> Any:
    write_word(document, folder / "报告.docx")
    return docx.Document(str(folder / "报告.docx"))


def test_word_sets_a_form_as_close_as_the_pdf(tmp_path: Path) -> None:
    document = submission(BOOK, 2023)
    numbers = {one: place + 1 for place, one in enumerate(CLOSER)}
    chosen = [measured(document)[1][at] for at, block in enumerate(document.blocks) if isinstance(block, Table)]
    file = word_of(document, tmp_path)
    tables = [table for table in file.tables if table._tbl.tblPr.find(qn("w:tblStyle")) is not None]
    assert len(tables) == len(chosen) and any(one != USUAL for one in chosen)
    for table, spacing in zip(tables, chosen, strict=True):
        style = table._tbl.findall(".//" + qn("w:pStyle"))[0].get(qn("w:val"))
        assert style.endswith(str(numbers[spacing])) if spacing in numbers else style in ("TableText", "TableHeading")


def test_word_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    file = word_of(submission(BOOK, 2023), tmp_path)
    normal, page = file.styles["Normal"], file.sections[0]
    height = (page.page_height - page.top_margin - page.bottom_margin) / Pt(1)
    width = (page.page_width - page.left_margin - page.right_margin) / Pt(1)
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 22 <= height / normal.paragraph_format.line_spacing.pt < 22.1
    assert 28 <= width / (normal.font.size.pt + closer) < 28.2
    order = [one.tag for one in normal.element.rPr]
    assert order.index(qn("w:spacing")) < order.index(qn("w:sz")), "in the order of the schema"


def test_a_word_file_that_begins_landscape_has_no_blank_page(tmp_path: Path) -> None:
    file = word_of(working_paper(BOOK, 2023, NOTHING, STATE), tmp_path)
    assert len(file.sections) == 1 and file.sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_rows_of_word_that_name_a_group_stay_with_the_next(tmp_path: Path) -> None:
    group = Row((Cell((Run("一组"),), Role.HEADER, span=2),))
    total = Row((Cell((Run("合计"),), Role.TOTAL), Cell((Run("2"),), Role.TOTAL)))
    plain = form(2, whole=False)
    table = Table(plain.columns, (), (group, *plain.rows, total))
    document = Printed.of(table).document
    rows = word_of(document, tmp_path).tables[0].rows
    kept = [row._tr.find(".//" + qn("w:keepNext")) is not None for row in rows]
    assert kept == [True, False, True, False]


def test_the_web_page_knows_which_tables_stand_on_one_page() -> None:
    assert html_text(Printed.of(form(2)).document).count('<table class="whole">') == 1
    assert '<table class="whole">' not in html_text(Printed.of(form(2, whole=False)).document)
