"""The spreadsheet read back: numbers are numbers and print as the document does, totals are formulas."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.export.workbook import write_workbook
from core.report.evaluation_forms import project_form
from core.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Ref,
    Role,
    Row,
    Run,
    Style,
    Table,
    cell_columns,
)
from core.report.submission import meta, submission
from core.sample import sample_book
from tests.core.export.pages import META

YEAR = 2023
WHEN = datetime(2024, 4, 30, 9, 0)


def read(path: Path, values: bool = False) -> Any:
    return openpyxl.load_workbook(path, data_only=values)


def of(tmp_path: Path, *blocks: Block, trace: Table | None = None) -> Path:
    path = tmp_path / "表.xlsx"
    write_workbook(Document("试", Kind.SUBMISSION, META, blocks, trace=trace), path, WHEN)
    return path


def shown(cell: Any) -> str:
    """A cell as a spreadsheet program shows it, for the formats that are used."""
    value, form = cell.value, cell.number_format
    if not isinstance(value, int | float):
        return "" if value is None else str(value)
    places = len(form.rstrip("%").partition(".")[2])
    if form.endswith("%"):
        return f"{value * 100:.{places}f}%"
    return f"{value:,.{places}f}" if "," in form else f"{value:.{places}f}"


def test_every_cell_shows_what_the_document_prints(tmp_path: Path) -> None:
    book = sample_book()
    project = next(row.project for row in book.projects(YEAR) if book.indicators(YEAR, row.project))
    blocks = (*submission(book, YEAR).blocks, PageBreak(landscape=True), *project_form(book, YEAR, project))
    path = tmp_path / "报告.xlsx"
    write_workbook(Document("自评报告", Kind.SUBMISSION, meta(book, YEAR), blocks), path, WHEN)
    tables = [block for block in blocks if isinstance(block, Table)]
    sheets = read(path, values=True).worksheets
    assert len(sheets) == len(tables)
    numbers = 0
    for table, sheet in zip(tables, sheets, strict=True):
        first = 3 if table.left_note or table.right_note else 2
        rows = (*table.head, *table.rows)
        places = [*cell_columns(table.columns, table.head), *cell_columns(table.columns, table.rows)]
        for number, (row, columns) in enumerate(zip(rows, places, strict=True)):
            for column, cell in zip(columns, row.cells, strict=True):
                made = sheet.cell(first + number, column + 1)
                assert shown(made) == "".join(run.text for run in cell.runs), made.coordinate
                numbers += isinstance(made.value, int | float)
    assert numbers > 100


def money(*rows: tuple[str, str, Role]) -> Table:
    body = tuple(Row((Cell((Run(name),), role), Cell((Run(text),), role))) for name, text, role in rows)
    return Table(
        (Column(2), Column(1, Align.RIGHT)), (Row((Cell((Run("项目"),), Role.HEADER), Cell((Run("金额"),)))),), body
    )


def test_totals_are_formulas_with_their_value(tmp_path: Path) -> None:
    path = of(
        tmp_path,
        Heading(0, (Run("合计表"),)),
        money(
            ("甲", "1.10", Role.BODY),
            ("乙", "2.20", Role.BODY),
            ("小计", "3.30", Role.TOTAL),
            ("丙", "4.00", Role.BODY),
            ("丁", "1.00", Role.BODY),
            ("小计", "5.00", Role.TOTAL),
            ("合计", "8.30", Role.TOTAL),
        ),
    )
    formulas, values = read(path)["合计表"], read(path, values=True)["合计表"]
    assert formulas["B5"].value == "=SUM(B3:B4)"
    assert formulas["B8"].value == "=SUM(B6:B7)"
    assert formulas["B9"].value == "=B5+B8"
    assert [values[place].value for place in ("B5", "B8", "B9")] == [3.3, 5, 8.3]


def test_a_total_that_rounding_keeps_from_adding_up_is_a_number(tmp_path: Path) -> None:
    thirds = [(name, "3.33", Role.BODY) for name in "甲乙丙"]
    sheet = read(of(tmp_path, Heading(0, (Run("尾差"),)), money(*thirds, ("合计", "10.00", Role.TOTAL))))["尾差"]
    assert sheet["B6"].value == 10


def test_text_stays_text_and_codes_keep_their_digits(tmp_path: Path) -> None:
    rows = [(text, text, Role.BODY) for text in ("=1+1", "+86", "019100", "430204210000000012345", "@甲", "—")]
    sheet = read(of(tmp_path, Heading(0, (Run("文本"),)), money(*rows)))["文本"]
    assert [sheet.cell(3 + n, 2).value for n in range(len(rows))] == [row[1] for row in rows]
    assert all(sheet.cell(3 + n, 1).data_type == "s" for n in range(len(rows)))


def test_a_figure_says_where_it_comes_from(tmp_path: Path) -> None:
    ref = Ref(YEAR, 0, "支出")
    cells = (Cell((Run("支出"),)), Cell((Run("101.09", ref),)))
    table = Table((Column(1), Column(1)), (), (Row(cells),))
    head = (Row((Cell((Run("数据"),), Role.HEADER), Cell((Run("计算依据"),), Role.HEADER))),)
    explained = Row((Cell((Run("支出"),)), Cell((Run("基本支出 939,800.00"),))), explains=(ref,))
    book = read(of(tmp_path, Heading(0, (Run("表"),)), table, trace=Table((Column(1), Column(3)), head, (explained,))))
    assert book.sheetnames == ["表", "勾稽与来源"]
    assert book["表"]["B2"].comment.text == "数据：支出\n计算依据：基本支出 939,800.00"


def test_sheets_have_names_that_a_spreadsheet_takes(tmp_path: Path) -> None:
    tables = [
        block
        for _n in range(3)
        for block in (Heading(0, (Run("很长的名字[表]" * 5),)), money(("甲", "1.00", Role.BODY)))
    ]
    names = read(of(tmp_path, *tables)).sheetnames
    assert len({name.lower() for name in names}) == 3 and all(len(name) <= 31 and "[" not in name for name in names)


@pytest.mark.parametrize("landscape", [False, True])
def test_sheets_are_set_up_for_printing(tmp_path: Path, landscape: bool) -> None:
    note = Paragraph((Run("注：尾数误差。"),), Style.NOTE)
    path = of(tmp_path, PageBreak(landscape), Heading(0, (Run("表"),)), money(("甲", "1.00", Role.BODY)), note)
    sheet = read(path)["表"]
    assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0
    assert (sheet.page_setup.orientation == "landscape") == landscape
    assert sheet.print_title_rows == "$2:$2" and sheet.freeze_panes == "A3"
    assert sheet["A4"].value == "注：尾数误差。"
