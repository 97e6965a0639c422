"""The Word file read back: words, headings, tables, pages and numbers as the document says."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from core.export.pdf import page_numbers
from core.export.word import write_word
from core.report.evaluation_forms import project_form
from core.report.model import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    Table,
)
from core.report.submission import meta, submission
from core.sample import sample_book
from tests.core.export.pages import META

YEAR = 2023


@pytest.fixture(scope="module")
def document() -> Document:
    """The submission of the sample, and a form with merged cells behind it."""
    book = sample_book()
    project = next(row.project for row in book.projects(YEAR) if book.indicators(YEAR, row.project))
    blocks = (*submission(book, YEAR).blocks, PageBreak(landscape=True), *project_form(book, YEAR, project))
    return Document("自评报告", Kind.SUBMISSION, meta(book, YEAR), blocks)


def written(document: Document, folder: Path) -> Any:
    path = folder / "报告.docx"
    write_word(document, path, datetime(2024, 4, 30, 9, 0))
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def word(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(document, tmp_path_factory.mktemp("word"))


def words_of(file: Any) -> str:
    """All words in their order, each cell once, without white space."""
    text = "".join(part.text or "" for part in file.element.body.iter(qn("w:t")))
    return "".join(text.split())


def of(tmp_path: Path, *blocks: Block) -> Any:
    return written(Document("试", Kind.SUBMISSION, META, blocks), tmp_path)


def test_every_word_and_figure_stands_in_order(document: Document, word: Any) -> None:
    text = words_of(word)
    place = 0
    for run, _anchor in document.runs():
        for part in run.text.split():
            place = text.index(part, place) + len(part)
    assert len(document.figures()) > 60


def test_headings_are_headings(document: Document, word: Any) -> None:
    made = [
        (p.style.name, p.text.replace("\n", ""))
        for p in word.paragraphs
        if p.style.name.startswith(("Heading", "Title"))
    ]
    wanted = [
        ("Title" if block.level == 0 else f"Heading {block.level}", "".join(r.text for r in block.runs))
        for block in document.blocks
        if isinstance(block, Heading)
    ]
    assert made == [(style, text.replace("\n", "")) for style, text in wanted]


def test_the_page_is_that_of_an_official_document(word: Any) -> None:
    first, *rest = word.sections
    assert [round(side / Mm(1)) for side in (first.page_width, first.page_height)] == [210, 297]
    for section in word.sections:
        sides = [round(getattr(section, f"{side}_margin") / Mm(1)) for side in ("top", "bottom", "left", "right")]
        wide = section.orientation == WD_ORIENT.LANDSCAPE
        assert sides == ([28, 26, 35, 37] if wide else [37, 35, 28, 26])
    assert [section.orientation for section in rest] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    normal = word.styles["Normal"]
    assert normal.font.size.pt == 16 and normal.paragraph_format.line_spacing.pt == 28.95
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert word.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert word.styles["Heading 2"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"


def test_pages_are_numbered_outside_from_one_behind_the_cover(word: Any) -> None:
    cover, text, wide = word.sections
    assert not "".join(p.text for p in cover.footer.paragraphs)
    for footer, side in ((text.footer, "RIGHT"), (text.even_page_footer, "LEFT")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —" and paragraph.alignment.name == side
        assert [part.text.strip() for part in footer._element.iter(qn("w:instrText"))] == ["PAGE"]
    assert text._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert wide._sectPr.find(qn("w:pgNumType")) is None and wide.footer.is_linked_to_previous
    assert word.settings.odd_and_even_pages_header_footer


def test_a_form_has_its_merged_cells(document: Document, word: Any) -> None:
    table = next(block for block in reversed(document.blocks) if isinstance(block, Table))
    made = word.tables[-1]
    grid = [list(row.cells) for row in made.rows]
    assert len(grid) == len(table.head) + len(table.rows)
    assert {len(row) for row in grid} == {len(table.columns)}
    group = next(cell for row in table.rows for cell in row.cells if cell.runs[0].text == "绩效指标")
    first = next(number for number, row in enumerate(grid) if row[0].text == "绩效指标")
    assert all(row[0]._tc is grid[first][0]._tc for row in grid[first : first + group.rows])
    assert grid[first + group.rows][0].text != "绩效指标"


def test_heading_rows_repeat_and_rows_are_kept_whole(tmp_path: Path) -> None:
    head = (Row((Cell((Run("项目"),), Role.HEADER), Cell((Run("金额"),), Role.HEADER))),)
    rows = tuple(Row((Cell((Run(f"甲{n}"),)), Cell((Run("1.00"),)))) for n in range(60))
    file = of(tmp_path, Table((Column(2), Column(1)), head, rows, "标题", "填报单位：示", "单位：万元"))
    made = file.tables[0]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows] == [True] + [False] * 60
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows)
    assert file.paragraphs[0].text == "标题" and file.paragraphs[1].text == "填报单位：示\t单位：万元"


def test_the_file_says_what_it_is(word: Any, document: Document) -> None:
    properties = word.core_properties
    assert (properties.title, properties.author) == ("自评报告", "示范区妇女联合会")
    assert properties.created == datetime(2024, 4, 30, 9, 0).astimezone(UTC)


def test_awkward_words_are_kept(tmp_path: Path) -> None:
    name = "<b>&“一”𬭚㛃喆" + "长" * 80
    file = of(tmp_path, Heading(1, (Run(name),)), Paragraph((Run("第一行\n第二行" + "字" * 3000),)))
    assert name in words_of(file) and words_of(file).count("字") == 3000


def test_many_rows_are_written_in_good_time(tmp_path: Path) -> None:
    rows = tuple(Row(tuple(Cell((Run(f"{n}.{c}"),)) for c in range(10))) for n in range(200))
    file = of(tmp_path, Table(tuple(Column(1) for _c in range(10)), (), rows))
    assert len(file.tables[0].rows) == 200
    with zipfile.ZipFile(tmp_path / "报告.docx") as archive:
        assert not re.search(r"<w:t[^>]*>[^<]*\d{4}-\d\d-\d\dT", archive.read("word/document.xml").decode())


def test_the_contents_are_a_field_with_its_lines_filled_in(document: Document, word: Any) -> None:
    lines = [p for p in word.paragraphs if p.style.name.startswith("Contents ") and p.style.name != "Contents Title"]
    listed = document.listed()
    numbers = page_numbers(document)
    assert [(p.style.name, p.text) for p in lines] == [
        (f"Contents {one.level}", f"{one.text}\t{numbers[one.block]}") for one in listed
    ]
    body = word.element.body
    codes = [part.text.strip() for part in body.iter(qn("w:instrText"))]
    assert codes[0] == r'TOC \o "1-2" \f \h \z'
    marks = [part.get(qn("w:fldCharType")) for part in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("end") == 1 + len(listed) + 4  # and an entry for each annex
    assert [code for code in codes if "附件3" in code] == ['TC "附件3\u3000项目支出绩效自评表" \\l 1']
    places = {part.get(qn("w:name")) for part in body.iter(qn("w:bookmarkStart"))}
    links = [part.get(qn("w:anchor")) for part in body.iter(qn("w:hyperlink"))]
    assert len(links) == len(listed) and set(links) == places


def test_titles_are_not_indented_and_the_list_stays_with_the_signatures(word: Any) -> None:
    assert word.styles["Title"].paragraph_format.first_line_indent == 0
    listed = [p for p in word.paragraphs if p.style.name == "Annex List"]
    assert len(listed) == 4 and all(p.paragraph_format.keep_with_next for p in listed)
