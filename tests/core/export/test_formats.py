"""The report in all four formats: the same figures to the last digit, and nothing lost whatever is put in."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from core import commands
from core.book import Book
from core.export.html import html_text
from core.export.word import write_word
from core.export.workbook import write_workbook
from core.report.choice import ANNEX_LABELS, Choice
from core.report.model import Document, Heading, Paragraph, Table, cell_columns
from core.report.submission import submission
from core.sample import sample_book
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, indicator, payment, project, with_year
from tests.core.export.pages import MM, Printed
from tests.core.export.test_html import Reader
from tests.core.export.test_workbook import shown

EVERYTHING = Choice(tuple(ANNEX_LABELS))
WHEN = datetime(2024, 4, 30, 9, 0)
RARE = "𬭚㛃喆"


def pairs(document: Document) -> list[tuple[str, str]]:
    return [(f"{one.ref.year}.{one.ref.about}.{one.ref.item}", one.text) for one in document.figures()]


def pdf_pairs(document: Document) -> list[tuple[str, str]]:
    printed = Printed(document)
    places = (place for place in printed.info.places if place.ref is not None)
    return [(f"{p.ref.year}.{p.ref.about}.{p.ref.item}", printed.inside(p.box)) for p in places if p.ref]


def word_texts(document: Document) -> list[str]:
    """The texts of figures, each from the run of the Word file that stands where the document has it."""
    file = _word(document)
    paragraphs = iter(file.element.body.iter(qn("w:p")))
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            rows = [block.runs]
        elif isinstance(block, Table):
            rows = [cell.runs for row in (*block.head, *block.rows) for cell in row.cells]
        else:
            continue
        for runs in rows:
            if not any(run.ref for run in runs):
                continue
            wanted = [run.text for run in runs if run.text]
            made = next(texts for one in paragraphs if (texts := _run_texts(one)) == wanted)
            found += [text for text, run in zip(made, (run for run in runs if run.text), strict=True) if run.ref]
    return found


def _word(document: Document):  # type: ignore[no-untyped-def]
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        write_word(document, Path(folder) / "报告.docx", WHEN)
        return docx.Document(str(Path(folder) / "报告.docx"))


def _run_texts(paragraph) -> list[str]:  # type: ignore[no-untyped-def]
    runs = ("".join(part.text or "" for part in run.iter(qn("w:t"))) for run in paragraph.findall(qn("w:r")))
    return [text for text in runs if text]


def sheet_cells(document: Document, path: Path) -> Iterator[tuple[str, str]]:
    """Each table cell that holds figures: what is printed, and what the spreadsheet shows."""
    write_workbook(document, path, WHEN)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table, sheet in zip(tables, openpyxl.load_workbook(path, data_only=True).worksheets, strict=False):
        first = 3 if table.left_note or table.right_note else 2
        places = [*cell_columns(table.columns, table.head), *cell_columns(table.columns, table.rows)]
        for number, (row, columns) in enumerate(zip((*table.head, *table.rows), places, strict=True)):
            for column, cell in zip(columns, row.cells, strict=True):
                if any(run.ref for run in cell.runs):
                    yield "".join(run.text for run in cell.runs), shown(sheet.cell(first + number, column + 1))


def test_all_four_formats_print_the_same_figures(tmp_path: Path) -> None:
    document = submission(sample_book(), YEAR, EVERYTHING)
    wanted = pairs(document)
    assert len(wanted) > 180
    assert pdf_pairs(document) == wanted
    assert Reader(html_text(document)).figures == wanted
    assert word_texts(document) == [text for _ref, text in wanted]
    cells = list(sheet_cells(document, tmp_path / "表.xlsx"))
    assert len(cells) > 140 and all(printed == seen for printed, seen in cells)


# Whatever is put in


def many_projects() -> Book:
    """200 projects, some overdrawn by a negative supplement."""
    book = with_year()
    for number in range(200):
        book, where = project(book, f"第{number + 1}号专项经费")
        book = event(book, where, "initial", (number + 1) * WAN // 7)
        book = event(book, where, "supplement", -WAN // 50, "2023-09-01")
        book = payment(book, where, number * WAN // 9 + 1, payee="收款单位", purpose="办公用品")
    return book


def hard_words() -> Book:
    """A long paragraph, rare characters, marks of HTML, a name of 80 characters, and long words in cells."""
    book = with_year()
    long_name = "全区妇女儿童发展规划实施情况监测评估与家庭教育指导服务体系建设专项经费" * 3
    for name in (f"{RARE}文化节", "<b>&“引号”'单'</b>", long_name[:80], "=1+1", "Supercalifragilistic" * 4):
        book, where = project(book, name)
        book = event(book, where, "initial", 3 * WAN)
        book = event(book, where, "supplement", -WAN, "2023-08-01", doc_no="示财〔2023〕8号<i>", doc_title=name)
        book = payment(book, where, WAN, payee=f"{RARE}<&>", purpose="支付" + "会议费" * 40)
        reason = "受客观条件影响，" * 60
        book = indicator(book, where, name=f"{name}完成情况", target="30", actual="12", reason=reason)
        book = book.apply(commands.set_project(book, YEAR, where, objective_expected="目标" * 200 + RARE))
    rng = random.Random(1)
    common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可"
    text = "".join(rng.choice(common) for _n in range(2999))
    return do(book, write_section, YEAR, "overall", 0, text + "。")


def empty_year() -> Book:
    return with_year()


@pytest.mark.parametrize(
    ("make", "choice"), [(many_projects, Choice()), (hard_words, EVERYTHING), (empty_year, EVERYTHING)]
)
def test_nothing_is_lost_whatever_is_put_in(make: Callable[[], Book], choice: Choice, tmp_path: Path) -> None:
    document = submission(make(), YEAR, choice)
    words = ["".join(run.text.split()) for run, _anchor in document.runs() if run.text.strip()]
    printed = Printed(document)
    text = re.sub("—[0-9]+—", "", printed.texts())
    assert_holds(text, [word for word in words if len(word) <= 30], "pdf")  # longer ones go on over lines and pages
    assert not Counter("".join(words)) - Counter(text)
    assert_holds("".join(unescape(html_text(document)).split()), words, "html")
    body = "".join(part.text or "" for part in _word(document).element.body.iter(qn("w:t")))
    assert_holds("".join(body.split()), words, "docx")
    path = tmp_path / "表.xlsx"
    write_workbook(document, path, WHEN)
    sheets = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets
    cells = "".join("".join(shown(cell).split()) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    inside = (cell for table in tables for row in (*table.head, *table.rows) for cell in row.cells)
    assert_holds(cells, ["".join("".join(run.text for run in cell.runs).split()) for cell in inside], "xlsx")
    for page in range(0, printed.info.pages, max(1, printed.info.pages // 12)):
        assert_inside(printed, page)


def assert_holds(text: str, words: list[str], where: str) -> None:
    """Every word is there; most stand in the order of the document, so that each is looked for behind the last."""
    place, missing = 0, []
    for word in words:
        found = text.find(word, place, place + 4000)
        if found >= 0:
            place = found + len(word)
        elif word not in text:
            missing.append(word)
    assert not missing, f"{where} lacks {missing[:3]}"


def assert_inside(printed: Printed, page: int) -> None:
    """Nothing stands in the margins but the page number."""
    width, height = printed.info.sizes[page]
    upright = width < height
    left, right = (28, 26) if upright else (35, 37)
    top, bottom = (37, 35) if upright else (28, 26)
    for one in printed.characters(page):
        if one.text in "—0123456789" and (one.baseline > height - bottom * MM or one.right < left * MM):
            continue
        assert left * MM - 1 <= one.x and one.right <= width - right * MM + 8, (page, one)
        assert top * MM - 1 <= one.baseline <= height - bottom * MM + 1, (page, one)
