"""Cells over several rows: where they stand, and what becomes of them at the end of a page."""

import pytest

from core.export.html import html_text
from core.report.model import Align, Cell, Column, Document, Kind, Role, Row, Run, Table, cell_columns
from tests.core.export.pages import META, MM, Printed

COLUMNS = (Column(1, Align.CENTER), Column(2), Column(3), Column(1, Align.RIGHT))


def cell(text: str, rows: int = 1, span: int = 1, role: Role = Role.BODY) -> Cell:
    return Cell((Run(text),), role, None, span, rows)


def form(count: int) -> Table:
    """A head of two levels, and one group of ``count`` rows in two parts."""
    head = (
        Row((cell("甲", rows=2, role=Role.HEADER), cell("乙丙", span=2), cell("丁", rows=2))),
        Row((cell("乙"), cell("丙"))),
    )
    half = count // 2
    rows = [Row((cell("组", rows=count), cell("上", rows=half), cell("行0"), cell("0.10")))]
    rows += [Row((cell(f"行{n}"), cell(f"{n}.10"))) for n in range(1, half)]
    rows += [Row((cell("下", rows=count - half), cell(f"行{half}"), cell("5.10")))]
    rows += [Row((cell(f"行{n}"), cell(f"{n}.10"))) for n in range(half + 1, count)]
    return Table(COLUMNS, head, tuple(rows))


def test_cells_find_their_columns() -> None:
    table = form(4)
    assert cell_columns(COLUMNS, table.head) == [(0, 1, 3), (1, 2)]
    assert cell_columns(COLUMNS, table.rows) == [(0, 1, 2, 3), (2, 3), (1, 2, 3), (2, 3)]


def test_a_cell_stands_in_the_middle_of_its_rows() -> None:
    printed = Printed.of(form(5))
    found = {one.text: one for one in printed.characters(0)}
    rows = [line for line in printed.lines(0) if any(one.text == "行" for one in line)]
    middles = [line[-1].baseline for line in rows]
    assert len(middles) == 5
    assert found["组"].baseline == pytest.approx(middles[2], abs=0.1)
    assert found["上"].baseline == pytest.approx((middles[0] + middles[1]) / 2, abs=0.1)
    assert found["下"].baseline == pytest.approx(middles[3], abs=0.1)
    assert found["组"].left < found["上"].left < found["行"].left


def test_words_that_need_more_room_make_the_last_row_higher() -> None:
    low = Printed.of(Table(COLUMNS, (), (Row((cell("字", rows=2), cell("", span=3))), Row((cell("末", span=3),)))))
    words = "很多字" * 20
    high = Printed.of(Table(COLUMNS, (), (Row((cell(words, rows=2), cell("", span=3))), Row((cell("末", span=3),)))))
    assert "".join(one.text for one in high.characters(0)).count("很") == 20
    last = [next(one for one in printed.characters(0) if one.text == "末") for printed in (low, high)]
    assert last[1].baseline > last[0].baseline + 50


@pytest.mark.parametrize("count", [41, 60, 90])
def test_a_group_goes_on_over_the_page_with_its_name_and_the_head(count: int) -> None:
    printed = Printed.of(form(count))
    texts = [printed.text(page) for page in range(printed.info.pages)]
    assert len(texts) > 1
    for text in texts:
        assert "甲" in text and "乙丙" in text
        assert "组" in text
    names = "".join(texts).replace("\r", "").replace("\n", "")
    assert all(f"行{n}" in names for n in range(count))
    for page in range(printed.info.pages):
        assert max(one.bottom for one in printed.characters(page) if one.text == "行") <= (297 - 35) * MM


def test_a_row_taller_than_a_page_inside_a_group_is_parted() -> None:
    words = "长" * 3000
    rows = (Row((cell("组", rows=3), cell("", span=3))), Row((cell(words, span=3),)), Row((cell("末", span=3),)))
    printed = Printed.of(Table(COLUMNS, (), rows))
    whole = "".join(printed.text(page) for page in range(printed.info.pages))
    assert whole.count("长") == 3000
    assert "末" in printed.text(printed.info.pages - 1)


def test_html_has_the_same_merged_cells() -> None:
    text = html_text(Document("表", Kind.SUBMISSION, META, (form(4),)))
    assert text.count('rowspan="2"') == 4 and text.count('rowspan="4"') == 1
    assert '<th class="header center" rowspan="2">甲' in text or 'rowspan="2">甲' in text
