"""导入导出: the register of imports, exports, workbooks that come back, and lists of codes."""

import openpyxl
import pytest
from PySide6.QtCore import Qt

from core import codes, commands
from core.codes import OWN_PLACE, CodeKind
from core.intake.classes import code_of
from core.model import Payment
from core.workbook_reader import read_workbook
from tests.builders import YEAR
from tests.core.intake.ugly import HEAD, write
from tests.ui.exchange import GOOD, click, page, payments, read, store  # noqa: F401
from tests.ui.keys import press
from ui.pages.exchange import COMPARE, EXPORT, IMPORT, REGISTER, ExchangePage
from ui.widgets.import_wizard import CODES, FILE

# ruff: noqa: F811 (fixtures are asked for by their names)


def test_the_register_withdraws_and_says_what_prevents_it(page, read, qtbot) -> None:
    wizard = read([HEAD, *GOOD])
    click(wizard.sheet.go_on)
    store(page, qtbot)
    asked = []
    page.desk.asked.connect(asked.append)
    click(page.tabs[REGISTER])
    register = page.register
    assert register.table.index(0, 1).data() == "表.xlsx" and register.records.count() == 2
    register.records.setCurrentRow(0)
    click(register.go)
    assert asked[0].kind == "payment" and asked[0].id == payments(page)[0].id
    desk, first = page.desk, payments(page)[0]
    desk.commit(commands.reverse_payment(desk.book, first.id, "2023-07-01", 100))
    click(register.withdraw)
    assert "红字" in register.fault.text() and not register.ask.isVisible()
    desk.undo()
    click(register.withdraw)
    assert "删除它带来的2条记录" in register.ask.question
    press(register.ask.yes, Qt.Key.Key_Return)
    assert not payments(page) and "撤回" in register.table.index(0, 7).data()
    assert not register.withdraw.isEnabled()
    desk.undo()
    assert len(payments(page)) == 2 and register.withdraw.isEnabled()


def test_the_whole_goes_out_and_comes_back_edited(page, qtbot, tmp_path) -> None:
    desk, target = page.desk, tmp_path / "全部.xlsx"
    click(page.tabs[EXPORT])
    page.export.save_whole(target)
    qtbot.waitUntil(lambda: not page.export.is_busy, timeout=20_000)
    assert read_workbook(target).book == desk.book and "已导出" in page.export.said.text()
    book = openpyxl.load_workbook(target)
    sheet = book["支出"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["用途"]).value = "会议费"
    sheet.cell(2, heads["收款人"]).value = "示例宾馆"
    book.save(target)
    payment = next(desk.book.all(Payment))
    desk.commit(commands.set_payment(desk.book, payment.id, payee="另一家"))
    click(page.tabs[COMPARE])
    compare = page.compare
    compare.open(target)
    qtbot.waitUntil(lambda: compare.grid.isVisible(), timeout=20_000)
    table = compare.table
    shown = {table.index(row, 3).data(): [table.index(row, c).data() for c in (0, 4, 5, 6)] for row in range(2)}
    assert shown == {"用途": ["采纳", "", "", "会议费"], "收款人": ["不采纳", "", "另一家", "示例宾馆"]}
    compare.grid.setFocus()
    compare.grid.setCurrentIndex(table.index([table.index(r, 3).data() for r in range(2)].index("收款人"), 6))
    press(compare.grid, Qt.Key.Key_Space)
    assert compare.take.text() == "写入台账（2处）"
    click(compare.none)
    assert not compare.take.isEnabled()
    click(compare.all)
    click(compare.take)
    qtbot.waitUntil(lambda: not compare.grid.isVisible(), timeout=20_000)
    now = desk.book.get(Payment, payment.id)
    assert (now.purpose, now.payee) == ("会议费", "示例宾馆") and "没有不同之处" in compare.said.text()
    desk.undo()
    assert desk.book.get(Payment, payment.id).payee == "另一家"


def test_a_foreign_workbook_is_not_compared(page, qtbot, tmp_path) -> None:
    click(page.tabs[COMPARE])
    page.compare.open(write(tmp_path / "x.xlsx", [HEAD, *GOOD]))
    qtbot.waitUntil(lambda: page.compare.fault.isVisible(), timeout=20_000)
    assert "不是本程序导出的台账工作簿" in page.compare.fault.text()


@pytest.mark.parametrize(("which", "ending"), [("payments", "csv"), ("projects", "xlsx"), ("", "xlsx")])
def test_tables_of_the_year_go_out(page, qtbot, tmp_path, which, ending) -> None:
    target = tmp_path / f"表.{ending}"
    page.export.save_tables(target, which)
    qtbot.waitUntil(lambda: not page.export.is_busy, timeout=20_000)
    if ending == "csv":
        assert "20700.00" in target.read_text(encoding="utf-8-sig")
    else:
        assert len(openpyxl.load_workbook(target).sheetnames) == (1 if which else 4)


def test_codes_of_the_province_are_kept(page, read, qtbot, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(OWN_PLACE, str(tmp_path / "codes"))
    codes.forget_lists()
    rows = [("科目编码", "科目名称"), ("201", "一般公共服务支出"), ("2012901", "行政运行"), ("2012988", "妇女儿童专项")]
    wizard = read(rows)
    assert wizard.stack.currentIndex() == CODES and "新增1个" in wizard.codes.said.text()
    click(wizard.codes.keep)
    assert codes.name_of("2012988", CodeKind.FUNCTIONAL, YEAR) == "妇女儿童专项" and wizard.stack.currentIndex() == FILE
    wizard = read(rows, name="又.xlsx")
    assert not wizard.codes.keep.isEnabled()
    click(wizard.codes.forget)
    assert not codes.known("2012988", CodeKind.FUNCTIONAL)
    monkeypatch.undo()
    codes.forget_lists()
    code_of.cache_clear()


def test_a_file_that_is_read_only_offers_exports_alone(qtbot, desk, tmp_path) -> None:
    path = desk.ledger.path
    desk.close()
    desk.open(path, readonly=True)
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.tab == EXPORT and not page.tabs[IMPORT].isEnabled() and not page.tabs[COMPARE].isEnabled()
