"""A workbook that was edited, damaged or is not ours: what can be read is, the rest is said with its place."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.book import Book
from core.errors import UserError
from core.model import BudgetEvent, Payment, Project, Section
from core.workbook_backup import export_workbook
from core.workbook_reader import read_workbook, restore_workbook
from tests.builders import YEAR, event, payment, project, with_year

Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def book() -> Book:
    made, where = project(with_year(), "业务性专项经费")
    made = event(made, where, "initial", 3_000_000)
    for number in range(4):
        made = payment(made, where, 10_000 + number, purpose=f"会议{number}", voucher=f"00{number}")
    return made


@pytest.fixture(scope="module")
def exported(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_workbook(book, tmp_path_factory.mktemp("exported") / "账.xlsx").path


@pytest.fixture
def edited(exported: Path, tmp_path: Path) -> Callable[[Edit], Path]:
    """The workbook after an edit with another program."""

    def make(edit: Edit) -> Path:
        workbook = openpyxl.load_workbook(exported)
        edit(workbook)
        workbook.save(tmp_path / "账.xlsx")
        return tmp_path / "账.xlsx"

    return make


def column(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def put(sheet: Any, row: int, heading: str, value: object) -> None:
    sheet.cell(row, column(sheet, heading)).value = value


def refused(path: Path, tmp_path: Path) -> str:
    with pytest.raises(UserError) as caught:
        restore_workbook(path, tmp_path / "neu.ysz")
    assert not list(tmp_path.glob("neu*"))
    return str(caught.value)


def test_saved_by_another_program_it_is_still_the_same(book: Book, edited: Callable[[Edit], Path]) -> None:
    returned = read_workbook(edited(lambda workbook: None))
    assert returned.book == book and not returned.is_altered and not returned.notes


def test_edits_are_read(book: Book, edited: Callable[[Edit], Path]) -> None:
    def edit(workbook: Any) -> None:
        spent, events = workbook["支出"], workbook["预算变动"]
        put(spent, 2, "金额（元）", 123.45)
        put(spent, 3, "金额（元）", "1,234.50")
        put(spent, 3, "日期", "2023年7月8日")
        put(spent, 4, "用途", "第一行\r\n第二行")
        put(spent, 4, "凭证号", 88)
        put(spent, 5, "项目名称（参考）", "改了也没有用")
        put(events, 2, "类型", "追加（减）")
        put(events, 2, "提前下达", "是")
        spent.append([None, YEAR, spent.cell(2, column(spent, "项目")).value])
        put(spent, 6, "金额（元）", 0.07)
        put(spent, 6, "资金性质", "单位资金")
        workbook["报告文字"].delete_rows(2, 5)

    returned = read_workbook(edited(edit))
    assert returned.is_altered
    first, second, third, fourth, new = returned.book.all(Payment)
    assert (first.amount, second.amount, second.date) == (12_345, 123_450, "2023-07-08")
    assert (third.purpose, third.voucher) == ("第一行\n第二行", "88")
    assert fourth in list(book.all(Payment))
    assert (new.amount, new.fund, new.id, new.date) == (7, "other", book.next_id, "")
    changed = next(returned.book.all(BudgetEvent))
    assert (changed.kind, changed.advance) == ("supplement", True)
    assert returned.book.count(Section) == 0


def test_columns_may_be_moved_and_added(book: Book, edited: Callable[[Edit], Path]) -> None:
    def edit(workbook: Any) -> None:
        spent = workbook["支出"]
        spent.insert_cols(1)
        spent.cell(1, 1).value = "我的记号"
        spent.cell(2, 1).value = "√"
        for row in spent.iter_rows(min_row=1, max_row=spent.max_row):
            row[2].value, row[6].value = row[6].value, row[2].value
        workbook.create_sheet("汇总").append(["合计", 1])

    returned = read_workbook(edited(edit))
    assert returned.book == book
    assert len(returned.notes) == 2 and "我的记号" in returned.notes[0] and "汇总" in returned.notes[1]


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("金额（元）", "一百", "“一百”不是数字"),
        ("金额（元）", 1.005, "最多两位小数"),
        ("金额（元）", None, "金额为空"),
        ("金额（元）", 1e30, "超出可登记的范围"),
        ("资金性质", "公款", "“公款”不在可填的内容中（一般公共预算资金、"),
        ("项目", 999, "“项目”编号999在工作表“项目归属”中没有"),
        ("项目", None, "“项目”编号0在工作表“项目归属”中没有"),
        ("编号", 1, "编号1与"),
        ("编号", -1, "不能是负数"),
        ("编号", 2.5, "应为整数"),
        ("年度", "去年", "“去年”不是数字"),
        ("日期", "abcdefg", "不是日期"),
        ("日期", True, "不是日期"),
        ("凭证号", 12345678901234567890, "超过15位"),
        ("用途", '？"未完', "引号中的内容不完整"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    edited: Callable[[Edit], Path], tmp_path: Path, heading: str, value: object, words: str
) -> None:
    message = refused(edited(lambda workbook: put(workbook["支出"], 4, heading, value)), tmp_path)
    assert words in message and "工作表“支出”第4行" in message and message.startswith("“账.xlsx”有1处不能读取")


def test_the_cell_is_given_as_the_program_shows_it(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    message = refused(edited(lambda workbook: put(workbook["支出"], 4, "金额（元）", "x")), tmp_path)
    assert "工作表“支出”第4行“金额（元）”（F4）：“x”不是数字" in message


def test_many_places_are_counted_and_some_shown(edited: Callable[[Edit], Path], tmp_path: Path) -> None:
    def edit(workbook: Any) -> None:
        for number in range(300):
            workbook["支出"].append([None, YEAR, None, None, None, f"x{number}"])

    message = refused(edited(edit), tmp_path)
    assert message.startswith("“账.xlsx”有200+处") and message.count("\n") == 6


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda w: w.remove(w["支出"]), "缺少工作表“支出”"),
        (lambda w: w["支出"].delete_cols(6), "工作表“支出”缺少“金额（元）”列"),
        (lambda w: w["支出"].delete_rows(1), "工作表“支出”缺少"),
        (lambda w: put(w["支出"], 1, "备注", "用途"), "两列“用途”"),
        (lambda w: setattr(w["说明"]["B9"], "value", "很多"), "下一个编号"),
        (lambda w: setattr(w["说明"]["B7"], "value", "99"), "更新版本的程序"),
        (lambda w: setattr(w["说明"]["B3"], "value", "别的"), "不是本程序导出的台账工作簿"),
        (lambda w: w.remove(w["说明"]), "不是本程序导出的台账工作簿"),
    ],
)
def test_what_is_missing_is_named(edited: Callable[[Edit], Path], tmp_path: Path, edit: Edit, words: str) -> None:
    assert words in refused(edited(edit), tmp_path)


def test_foreign_and_damaged_files_are_refused(exported: Path, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active["A1"] = "金额"
    other.save(tmp_path / "other.xlsx")
    assert "不是本程序导出" in refused(tmp_path / "other.xlsx", tmp_path)
    (tmp_path / "text.xlsx").write_text("单位,金额\n")
    assert "不是本程序导出" in refused(tmp_path / "text.xlsx", tmp_path)
    content = exported.read_bytes()
    for size in (0, 100, len(content) // 2, len(content) - 30):
        (tmp_path / "cut.xlsx").write_bytes(content[:size])
        assert refused(tmp_path / "cut.xlsx", tmp_path)
    assert "找不到" in refused(tmp_path / "gone.xlsx", tmp_path)


def test_a_flipped_bit_never_gives_another_book(book: Book, exported: Path, tmp_path: Path) -> None:
    content = exported.read_bytes()
    for place in range(200, len(content), len(content) // 60):
        (tmp_path / "bit.xlsx").write_bytes(content[:place] + bytes([content[place] ^ 16]) + content[place + 1 :])
        try:
            assert read_workbook(tmp_path / "bit.xlsx").book == book
        except UserError as error:
            assert str(error)


def test_a_zip_bomb_is_refused(exported: Path, tmp_path: Path) -> None:
    target = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(exported) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet9.xml"):
                content = content.replace(b"<sheetData>", b"<sheetData>" + b" " * (150 << 20))
            bomb.writestr(part, content)
    assert target.stat().st_size < 1 << 20
    assert "解压后过大" in refused(target, tmp_path)


def test_a_new_file_is_not_written_over_another(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ysz").write_text("mine")
    with pytest.raises(UserError, match="已经存在"):
        restore_workbook(exported, tmp_path / "a.ysz")
    with pytest.raises(UserError, match="文件夹"):
        restore_workbook(exported, tmp_path / "no" / "a.ysz")
    assert (tmp_path / "a.ysz").read_text() == "mine"
    shutil.copy(exported, tmp_path / "b.xlsx")
    assert read_workbook(tmp_path / "b.xlsx").book.count(Project) == 1
