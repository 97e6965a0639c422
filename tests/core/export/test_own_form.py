"""A unit's own form: filled, grown, and refused where it is not to be trusted."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from core.errors import UserError
from core.export.own_form import fill_form, open_form, tokens
from core.export.sheet_rows import moved_formula
from core.report.model import Run, Runs

ROWS = frozenset({"指标", "分值", "得分"})
SCORES = (("宣讲场次", "20", "18.50"), ("覆盖人次", "30", "30.00"), ("满意度", "10", "9.00"))


def value(name: str) -> Runs:
    return (Run({"名称": "=示范“专项”", "预算": "3.00", "执行率": "69.00%", "代码": "019100", "空": ""}[name]),)


def rows(count: int = 3) -> list[Callable[[str], Runs]]:
    def row(one: tuple[str, str, str]) -> Callable[[str], Runs]:
        return lambda name: (Run(dict(zip(("指标", "分值", "得分"), one, strict=True))[name]),)

    return [row(one) for one in SCORES[:count]]


def bureau_form(path: Path) -> Path:
    """A form as a bureau sends it: title merged, a heading cell over its rows, totals by formula, print set-up."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评表"
    thin = Border(*(Side("thin") for _side in range(4)))
    sheet["A1"] = "{名称}自评表"
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(name="黑体", size=18)
    for place, text in {"A2": "预算", "B2": "{预算}", "C2": "{执行率}", "D2": "{代码}", "E2": "{不认识}"}.items():
        sheet[place] = text
    sheet["A3"], sheet["B3"], sheet["D3"], sheet["E3"] = "指标", "三级指标", "分值", "得分"
    sheet["B4"], sheet["D4"], sheet["E4"], sheet["F4"] = "{指标}", "{分值}", "{得分}", "=E4/D4"
    sheet["E4"].number_format = "0.0"
    sheet["B4"].fill = PatternFill("solid", "FFEEAA")
    for row in (3, 4, 5, 6):
        for column in range(1, 6):
            sheet.cell(row, column).border = thin
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B4:C4")
    sheet["A5"], sheet["D5"], sheet["E5"] = "合计", "=SUM(D4:D4)", "=SUM(E4:E4)"
    sheet["A6"], sheet["B6"] = "说明", '=E5&"分"'
    sheet.merge_cells("B6:E6")
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].height = 31.5, 42
    sheet.print_area = "A1:F6"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_margins.left = 1.1
    check = DataValidation("list", formula1='"是,否"')
    check.add("F6")
    sheet.add_data_validation(check)
    sheet.conditional_formatting.add("E4:E5", CellIsRule(operator="lessThan", formula=["10"], font=Font(bold=True)))
    other = book.create_sheet("汇总")
    other["A1"], other["A2"] = "=自评表!E5", "=SUM(自评表!E4:E4)"
    book.save(path)
    return path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return bureau_form(tmp_path / "表样.xlsx")


def filled(form: Path, count: int = 3) -> tuple[Any, list[str]]:
    book = open_form(form)
    problems = fill_form(book, value, rows(count), ROWS)
    target = form.with_name("填好.xlsx")
    book.save(target)
    return openpyxl.load_workbook(target), problems


def test_names_are_found(form: Path) -> None:
    assert tokens(open_form(form)) == {"名称", "预算", "执行率", "代码", "不认识", *ROWS}


def test_cells_get_values_and_numbers_are_numbers(form: Path) -> None:
    book, problems = filled(form)
    sheet = book["自评表"]
    assert sheet["A1"].value == "=示范“专项”自评表" and sheet["A1"].data_type == "s"
    assert (sheet["B2"].value, sheet["B2"].number_format) == (3, "0.00")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (0.69, "0.00%")
    assert sheet["D2"].value == "019100"
    assert problems == ["自评表!E2：没有“不认识”这个名称。"] and sheet["E2"].value == "{不认识}"


def test_the_row_of_indicators_is_repeated_and_everything_below_moves(form: Path) -> None:
    book, _problems = filled(form)
    sheet = book["自评表"]
    assert [sheet.cell(n, 2).value for n in (4, 5, 6)] == [one[0] for one in SCORES]
    assert [sheet.cell(n, 5).value for n in (4, 5, 6)] == [18.5, 30, 9]
    assert {sheet.cell(n, 5).number_format for n in (4, 5, 6)} == {"0.0"}
    assert {sheet.cell(n, 2).fill.fgColor.rgb for n in (4, 5, 6)} == {"00FFEEAA"}
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:E1", "A3:A6", "B4:C4", "B5:C5", "B6:C6", "B8:E8"}
    assert (sheet["A7"].value, sheet["A8"].value) == ("合计", "说明")
    assert all(sheet.cell(n, 3).border.right.style == "thin" for n in (4, 5, 6))
    heights = [sheet.row_dimensions[n].height for n in (4, 5, 6, 7)]
    assert heights == [31.5, 31.5, 31.5, 42]


def test_formulas_print_set_up_and_checks_are_kept(form: Path) -> None:
    book, _problems = filled(form)
    sheet = book["自评表"]
    assert (sheet["D7"].value, sheet["E7"].value) == ("=SUM(D4:D6)", "=SUM(E4:E6)")
    assert [sheet.cell(n, 6).value for n in (4, 5, 6)] == ["=E4/D4", "=E5/D5", "=E6/D6"]
    assert sheet["B8"].value == '=E7&"分"'
    assert (book["汇总"]["A1"].value, book["汇总"]["A2"].value) == ("=自评表!E7", "=SUM(自评表!E4:E6)")
    assert sheet.print_area == "'自评表'!$A$1:$F$8" and sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_margins.left == 1.1
    assert str(sheet.data_validations.dataValidation[0].sqref) == "F8"
    assert [str(group.sqref) for group in sheet.conditional_formatting] == ["E4:E7"]


def test_without_indicators_the_row_is_blank(form: Path) -> None:
    sheet = filled(form, 0)[0]["自评表"]
    assert [sheet.cell(4, n).value for n in (2, 4, 5)] == [None, None, None]
    assert sheet["A5"].value == "合计"


def test_rows_that_are_there_are_used_before_any_is_added(form: Path) -> None:
    book = openpyxl.load_workbook(form)
    for place, text in {"B5": "{指标}", "D5": "{分值}", "E5": "{得分}"}.items():
        book["自评表"][place] = text
    book.save(form)
    sheet = filled(form)[0]["自评表"]
    assert [sheet.cell(n, 2).value for n in (4, 5, 6)] == [one[0] for one in SCORES]
    assert sheet["A7"].value == "说明"


def test_what_is_filled_in_is_not_read_again(form: Path) -> None:
    book = open_form(form)
    problems = fill_form(book, lambda _name: (Run("{名称}"),), [], ROWS)
    assert problems == [] and book["自评表"]["A1"].value == "{名称}自评表"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("=SUM(E4:E4)", "=SUM(E4:E6)"),
        ("=SUM($E$2:$E$9)+A4", "=SUM($E$2:$E$11)+A4"),
        ("=表!A9+'自评 表'!A9", "=表!A9+'自评 表'!A11"),
        ('=IF(A5>0,"A9",SUM(5:6))', '=IF(A7>0,"A9",SUM(7:8))'),
        ("=SUM(A:A)", "=SUM(A:A)"),
        ("=合计率*A5", "=合计率*A7"),
    ],
)
def test_formulas_follow_their_cells(formula: str, moved: str) -> None:
    assert moved_formula(formula, "自评 表", "自评 表", 4, 2) == moved


def part_added(name: str, content: bytes) -> Callable[[Path], None]:
    def add(path: Path) -> None:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr(name, content)

    return add


def entity(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        held = {part.filename: parts.read(part) for part in parts.infolist()}
    sheet = held["xl/worksheets/sheet1.xml"]
    held["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content)


def far_cell(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["自评表"]["XFD1048576"] = 1
    book.save(path)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600), "旧格式"),
        (lambda path: path.write_bytes(b"PK\x03\x04 and no more"), "无法作为表格读取"),
        (lambda path: path.write_text("不是表格"), "无法作为表格读取"),
        (lambda path: path.unlink(), "请检查文件是否存在"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"0" * (6 << 20)), "超过5MB"),
        (part_added("xl/media/big.bin", b"\0" * (61 << 20)), "解压后过大"),
        (part_added("xl/vbaProject.bin", b"macro"), "含有宏"),
        (part_added("xl/more.xml", "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")), "不安全"),
        (entity, "不安全"),
        (far_cell, "范围过大"),
    ],
)
def test_what_is_not_to_be_trusted_is_refused_in_words(form: Path, spoil: Callable[[Path], Any], words: str) -> None:
    spoil(form)
    with pytest.raises(UserError, match=words):
        open_form(form)
