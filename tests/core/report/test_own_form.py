"""The names of a unit's own form, and the files that are written from one."""

from pathlib import Path

import openpyxl
import pytest

from core.errors import UserError
from core.report.own_form import ROW_NAMES, offered_names, own_values
from core.report_files import write_own_form
from core.sample import sample_book

YEAR = 2023
BOOK = sample_book()
PROJECT = next(row.project for row in BOOK.projects(YEAR) if row.name == "业务性专项经费")


def text(name: str, about: int = 0) -> str:
    return "".join(run.text for run in own_values(BOOK, YEAR, about).value(name))


@pytest.mark.parametrize(
    ("name", "about", "printed"),
    [
        ("单位名称", 0, "示范区妇女联合会"),
        ("预算收入", 0, "101.09"),
        ("基本支出", 0, "93.98万元"),
        ("年度资金总额全年执行数", 0, "101.09"),
        ("公务接待本年决算数", 0, "0.16"),
        ("在职人数", 0, "3"),
        ("填报日期", 0, "2024年4月30日"),
        ("项目名称", PROJECT, "业务性专项经费"),
        ("年度资金总额年初预算数", PROJECT, "3.00"),
        ("财政收回", PROJECT, "0.93"),
        ("执行率", PROJECT, "69.00%"),
        ("项目:业务性专项经费|实际支出", 0, "2.07"),
        ("项目：第五次换届大会费用|结余结转", 0, "3.00"),
    ],
)
def test_names_are_those_of_the_forms_and_of_the_report(name: str, about: int, printed: str) -> None:
    assert text(name, about) == printed


@pytest.mark.parametrize("name", ["没有", "项目:没有|年初预算", "项目:业务性专项经费|没有", "预算收入|2", ""])
def test_a_name_there_is_not(name: str) -> None:
    with pytest.raises(KeyError):
        text(name)


@pytest.mark.parametrize("about", [0, PROJECT])
def test_every_name_that_is_offered_has_a_value(about: int) -> None:
    names = offered_names(BOOK, YEAR, about)
    assert len(names) > 70 and set(names) >= ROW_NAMES
    values = own_values(BOOK, YEAR, about)
    for name in names:
        of = values.rows[0] if name in ROW_NAMES else values.value
        assert isinstance(of(name), tuple)


def form(path: Path, *cells: str) -> Path:
    book = openpyxl.Workbook()
    for number, words in enumerate(cells, 1):
        book.active.cell(number, 1, words)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_a_form_of_the_unit_is_one_file(tmp_path: Path) -> None:
    [written] = write_own_form(BOOK, YEAR, form(tmp_path / "表.xlsx", "{单位名称}", "{支出}"), tmp_path / "报")
    assert written.path.name == "区妇联2023年度表.xlsx" and written.problems == ()
    sheet = openpyxl.load_workbook(written.path).worksheets[0]
    assert [sheet["A1"].value, sheet["A2"].value] == ["示范区妇女联合会", 101.09]
    assert [path.name for path in (tmp_path / "报").iterdir()] == [written.path.name]


def test_a_form_of_projects_is_a_file_for_each(tmp_path: Path) -> None:
    written = write_own_form(BOOK, YEAR, form(tmp_path / "表.xlsx", "{项目名称}", "{三级指标}"), tmp_path)
    assert [one.path.name for one in written] == [
        "区妇联2023年度表-1-业务性专项经费.xlsx",
        "区妇联2023年度表-2-第五次换届大会费用.xlsx",
        "区妇联2023年度表-3-“三八”国际妇女节、家庭教育周系列活动.xlsx",
    ]
    sheet = openpyxl.load_workbook(written[0].path).worksheets[0]
    assert sheet["A1"].value == "业务性专项经费"
    assert [sheet.cell(n, 1).value for n in range(2, sheet.max_row + 1)] == [
        one.name for one in BOOK.indicators(YEAR, PROJECT)
    ]


def test_a_form_of_projects_needs_projects(tmp_path: Path) -> None:
    from tests.builders import with_year

    with pytest.raises(UserError, match="没有项目支出"):
        write_own_form(with_year(), YEAR, form(tmp_path / "表.xlsx", "{项目名称}"), tmp_path)
