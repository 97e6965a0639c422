"""Rows written straight into the sheets of a workbook are what other programs read there."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from core.jobs import Cancelled
from core.workbook_rows import fill

ROWS = [
    ['a & <b> "c"', date(2023, 12, 31), 1234567.89, None],
    [" 两边有空格 ", None, -0.01, "第一行\n第二行"],
    ["=1+1", date(1901, 1, 1), 12345678901234, "]]>"],
]


def frame(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("说明").write_string(0, 0, "说明")
    sheet = book.add_worksheet("数据")
    for column, pattern in enumerate(("@", "yyyy-mm-dd", "#,##0.00", "@")):
        sheet.set_column(column, column, 12, book.add_format({"num_format": pattern}))
        sheet.write_string(0, column, f"列{column}")
    book.close()
    return path


def test_cells_come_back_with_the_look_of_their_column(tmp_path: Path) -> None:
    fill(frame(tmp_path / "frame"), tmp_path / "a.xlsx", {2: (len(ROWS), ROWS)})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["说明"]["A1"].value == "说明"
    sheet = book["数据"]
    assert sheet.dimensions == "A1:D4"
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    dates = [[value.date() if hasattr(value, "date") else value for value in row] for row in found]
    assert dates == ROWS
    assert [cell.number_format for cell in sheet[2]][:3] == ["@", "yyyy-mm-dd", "#,##0.00"]
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_what_the_rows_raise_is_heard(tmp_path: Path) -> None:
    def cut_off():
        yield ROWS[0]
        raise Cancelled

    with pytest.raises(Cancelled):
        fill(frame(tmp_path / "frame"), tmp_path / "a.xlsx", {2: (2, cut_off())})
