"""Charts: everything inside its frame, and drawn in every format."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.chart_shapes import Area, Words, chart_height, shapes
from core.export.chart_shapes import Path as Drawn
from core.export.html import html_text
from core.export.pdf_chart import chart_image
from core.export.word import write_word
from core.export.workbook import write_workbook
from core.report.model import Chart, Document, Kind, Series
from tests.core.export.pages import META, Printed

WIDTH = 440.0
AMOUNTS = st.one_of(st.none(), st.integers(-(10**9), 10**11))


def width(text: str, size: float) -> float:
    return sum(size if ord(char) > 255 else size / 2 for char in text)


@given(st.lists(st.tuples(st.text("预算Ab（）", max_size=90), AMOUNTS, AMOUNTS), max_size=10), st.booleans())
def test_everything_stands_inside_the_frame(rows: list[tuple[str, int | None, int | None]], lines: bool) -> None:
    series = (Series("全年预算", tuple(row[1] for row in rows)), Series("实际支出", tuple(row[2] for row in rows)))
    chart = Chart("执行情况", lines, tuple(row[0] for row in rows), series)
    height = chart_height(chart)
    for one in shapes(chart, WIDTH, width):
        match one:
            case Area():
                assert one.width >= 0 and one.left >= 0 and one.left + one.width <= WIDTH + 0.1
                assert one.top >= 0 and one.top + one.height <= height
            case Drawn():
                assert all(-0.1 <= x <= WIDTH + 0.1 and 0 <= y <= height + 0.1 for x, y in one.points)
            case Words():
                assert 0 <= one.middle <= height + 4


@pytest.fixture
def chart() -> Chart:
    series = (Series("全年预算", (3_000_000, None)), Series("实际支出", (2_070_000, 0)))
    return Chart("执行<情况>", False, ("业务性专项经费", "换届大会"), series)


def test_it_is_printed_with_names_and_amounts(chart: Chart) -> None:
    text = Printed.of(chart).texts()
    assert all(words in text for words in ("执行<情况>", "业务性专项经费", "3.00", "2.07", "单位：万元"))


def test_html_has_it_as_a_drawing_that_is_well_formed(chart: Chart) -> None:
    text = html_text(Document("图", Kind.SUBMISSION, META, (chart,)))
    drawing = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert drawing.findtext("title") == "执行<情况>"
    assert len(drawing.findall("rect")) == 2 + 3  # the legend, and the amounts that are known


def test_word_has_a_picture_and_a_spreadsheet_a_chart_of_its_own(chart: Chart, tmp_path: Path) -> None:
    document = Document("图", Kind.SUBMISSION, META, (chart,))
    assert chart_image(document, chart, False).startswith(b"\x89PNG")
    write_word(document, tmp_path / "图.docx")
    with zipfile.ZipFile(tmp_path / "图.docx") as parts:
        assert any(name.endswith(".png") for name in parts.namelist())
    write_workbook(document, tmp_path / "图.xlsx")
    with zipfile.ZipFile(tmp_path / "图.xlsx") as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    assert "barChart" in drawn and "图表" in drawn
