"""导入导出: a sheet on its way in, step by step, with clicks and keys; the register; exports; workbooks read back."""

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from core import codes, commands
from core.backups import Why, list_backups
from core.batches import Batch
from core.codes import OWN_PLACE, CodeKind
from core.intake.classes import code_of
from core.intake.layouts import loads
from core.model import BudgetEvent, Payment
from core.workbook_reader import read_workbook
from tests.builders import YEAR
from tests.core.intake.ugly import HEAD, write
from tests.ui.keys import press, replace_text
from ui.intake import intake_lane
from ui.pages.exchange import COMPARE, EXPORT, IMPORT, REGISTER, ExchangePage
from ui.widgets.import_wizard import CODES, DONE, FILE, SHEET

NAME = "业务性专项经费"
GOOD = [
    ("2023-03-08", "P001", "示例文印店", "材料印制", NAME, 1200.5),
    ("2023-05-06", "P002", "示例超市", "慰问品", NAME, 20),
]
SUM = 122050


@pytest.fixture
def page(desk, qtbot):
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    page.resize(1214, 676)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.wizard.work.close()
    assert intake_lane.finish(20)


@pytest.fixture
def read(page, qtbot, tmp_path):
    """Writes a sheet, opens it on the page and waits for the plan."""

    def go(rows, more=None, name="表.xlsx"):
        page.wizard.open(write(tmp_path / name, rows, more))
        wait(page, qtbot)
        return page.wizard

    return go


def wait(page, qtbot):
    work = page.wizard.work
    qtbot.waitUntil(lambda: not work.is_busy and not work.is_planning, timeout=20_000)
    qtbot.wait(10)


def click(widget):
    assert widget.isVisible() and widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(pick, value):
    """Choose as the mouse does in the list of a pick."""
    pick.set_value(value)
    assert pick.value() == value
    pick.activated.emit(pick.currentIndex())


def store(page, qtbot):
    click(page.wizard.preview.store)
    qtbot.waitUntil(lambda: page.wizard.stack.currentIndex() == DONE, timeout=20_000)


def payments(page):
    return [one for one in page.desk.book.all(Payment) if one.batch]


def states(page):
    model = page.wizard.preview.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_a_clean_file_goes_in_and_can_be_undone(page, read, qtbot) -> None:
    wizard = read([("2023年支付明细表",), HEAD, *GOOD, ("合　计", None, None, None, None, 1220.5)])
    assert wizard.stack.currentIndex() == SHEET
    model = wizard.sheet.model
    assert [model.index(row, 0).data() for row in range(5)] == [
        "1　标题行", "2　表头", "3　导入", "4　导入", "5　合计行",
    ]  # fmt: skip
    assert wizard.sheet.kind.value() == "payments"
    click(wizard.sheet.go_on)
    assert states(page) == [("导入", "3"), ("导入", "4"), ("跳过", "5")]
    assert "表中合计1,220.50元，各行相加1,220.50元，相符" in wizard.preview.sums.text()
    qtbot.waitUntil(lambda: wizard.work.forecast.text != "" or wizard.preview.store.isEnabled(), timeout=5000)
    store(page, qtbot)
    assert sum(one.amount for one in payments(page)) == SUM
    assert [one.count for one in page.desk.book.all(Batch)] == [2]
    made = list_backups(page.desk.ledger.backup_folder, page.desk.ledger.path.stem)
    assert [one.why for one in made] == [Why.IMPORT]
    assert "已导入" in wizard.done.title.text() and wizard.done.undo.hasFocus()
    press(wizard.done.undo, Qt.Key.Key_Space)
    assert not payments(page) and "已撤销" in wizard.done.title.text()
    assert not wizard.done.undo.isEnabled()


def test_a_file_dropped_on_the_page_is_read(page, qtbot, tmp_path) -> None:
    path = write(tmp_path / "拖入.xlsx", [HEAD, *GOOD])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, held)
    page.wizard.file.drop.dropEvent(drop)
    wait(page, qtbot)
    assert page.wizard.work.now is not None and page.wizard.stack.currentIndex() == SHEET


def test_the_unit_is_asked_where_the_sheet_does_not_say_it(page, read, qtbot) -> None:
    wizard = read([(*HEAD[:-1], "金额"), *GOOD])
    assert "没有写明金额单位" in wizard.sheet._asked.text() and not wizard.sheet.go_on.isEnabled()
    click(wizard.sheet.units["元"])
    wait(page, qtbot)
    assert wizard.sheet.unit.value() == "元" and not wizard.sheet._asked.isVisible()
    click(wizard.sheet.go_on)
    store(page, qtbot)
    assert sum(one.amount for one in payments(page)) == SUM


def test_doubtful_rows_are_corrected_in_place_or_left_out(page, read, qtbot) -> None:
    bad = ("2023-13-09", "P003", "示例书店", "图书", NAME, "1,20")
    other = ("2023-06-09", "P004", "示例书店", "图书", NAME, "无法")
    wizard = read([HEAD, *GOOD, bad, other])
    click(wizard.sheet.go_on)
    preview = wizard.preview
    assert [state for state, _row in states(page)] == ["导入", "导入", "待确认", "待确认"]
    click(preview.filters["doubtful"])
    assert states(page) == [("待确认", "4"), ("待确认", "5")]
    for column, text in (("amount", "120.00"), ("date", "2023-06-08")):
        assert preview.grid.stand_at(4, column)
        preview.grid.setFocus()
        press(preview.grid, Qt.Key.Key_F2)
        replace_text(preview.grid.cells.editor, text)
        press(preview.grid.cells.editor, Qt.Key.Key_Return)
        wait(page, qtbot)
    assert states(page) == [("待确认", "5")]
    assert preview.grid.stand_at(5, "amount")
    press(preview.grid, Qt.Key.Key_Space)
    wait(page, qtbot)
    assert states(page)[-1] == ("跳过", "5") and preview.shown == ""
    assert preview.store.text() == "导入3行"
    store(page, qtbot)
    assert sorted(one.amount for one in payments(page)) == [2000, 12000, 120050]
    assert next(one for one in payments(page) if one.amount == 12000).date == "2023-06-08"


def test_duplicates_are_left_out_and_identical_rows_taken_on_purpose(page, read, qtbot) -> None:
    wizard = read([HEAD, *GOOD, GOOD[1]])
    click(wizard.sheet.go_on)
    preview = wizard.preview
    assert states(page)[-1] == ("重复", "4")
    assert preview.grid.stand_at(4, "amount")
    click(preview.take)
    wait(page, qtbot)
    assert states(page)[-1] == ("导入", "4") and preview.store.text() == "导入3行"
    click(preview.leave)
    wait(page, qtbot)
    assert states(page)[-1] == ("重复", "4")
    click(preview.take)
    wait(page, qtbot)
    store(page, qtbot)
    assert len(payments(page)) == 3
    again = read([HEAD, *GOOD], name="又.xlsx")
    click(again.sheet.go_on)
    assert [state for state, _row in states(page)] == ["重复", "重复"] and not again.preview.store.isEnabled()


def test_an_unknown_project_is_made_or_matched(page, read, qtbot) -> None:
    rows = [(*GOOD[0][:4], "妇女之家", 5), (*GOOD[1][:4], "业务性专项", 6)]
    wizard = read([HEAD, *rows])
    click(wizard.sheet.go_on)
    owners = wizard.preview.owners
    assert owners.isVisible() and [state for state, _row in states(page)] == ["待确认", "待确认"]
    made, like = owners.picks.values()
    where = str(page.desk.book.projects(YEAR)[0].project)
    choose(made, "create")
    wait(page, qtbot)
    choose(like, where)
    wait(page, qtbot)
    assert [state for state, _row in states(page)] == ["导入", "导入"]
    assert "新建项目：妇女之家" in wizard.preview.sums.text()
    store(page, qtbot)
    names = {row.project: row.name for row in page.desk.book.project_years(YEAR)}
    assert sorted(names[one.project] for one in payments(page)) == [NAME, "妇女之家"]


def test_columns_kind_and_header_rows_can_be_changed(page, read, qtbot) -> None:
    rows = [("某系统导出",), ("日期", "摘要", "甲", "乙", "数额（元）"), ("2023-03-08", "书", "示例书店", NAME, 66)]
    wizard = read(rows)
    click(wizard.file.go_on)  # no header was recognised
    wait(page, qtbot)
    assert wizard.sheet._asked.text() == "请指定哪一列是金额。" and not wizard.sheet.go_on.isEnabled()
    for pick, value in ((wizard.sheet.first, "1"), (wizard.sheet.last, "1")):
        choose(pick, value)
        wait(page, qtbot)
    picks = wizard.sheet.grid.pick_header.picks
    assert picks[1].value() == "date" and "取作" in picks[1].accessibleName()
    for column, field in ((3, "payee"), (4, "project"), (5, "amount")):
        choose(wizard.sheet.grid.pick_header.picks[column], field)
        wait(page, qtbot)
    click(wizard.sheet.remember)
    replace_text(wizard.sheet.name, "某系统")
    click(wizard.sheet.go_on)
    assert states(page) == [("导入", "3")]
    assert [one.name for one in loads(page.desk.import_layouts)] == ["某系统"]
    again = read([*rows[:2], ("2023-04-08", "笔", "示例书店", NAME, 7)], name="下月.xlsx")
    assert [p.value() for p in again.sheet.grid.pick_header.picks.values()] == [
        "date", "purpose", "payee", "project", "amount",
    ]  # fmt: skip
    assert again.sheet.remember.isChecked() and again.work.now.plan.new == 1


def test_layouts_are_renamed_and_forgotten(page, read, qtbot) -> None:
    wizard = read([HEAD, *GOOD])
    click(wizard.sheet.remember)
    click(wizard.sheet.go_on)
    click(wizard.steps[FILE])
    wizard.begin()
    layouts = wizard.file.layouts
    assert layouts.grid.isVisible() and layouts.table.index(0, 0).data() == "支付明细"
    layouts.grid.setCurrentIndex(layouts.table.index(0, 0))
    layouts.grid.setFocus()
    press(layouts.grid, Qt.Key.Key_F2)
    replace_text(layouts.grid.cells.editor, "财政系统")
    press(layouts.grid.cells.editor, Qt.Key.Key_Return)
    assert [one.name for one in loads(page.desk.import_layouts)] == ["财政系统"]
    click(layouts.forget)
    assert loads(page.desk.import_layouts) == () and not layouts.grid.isVisible()


def test_a_layout_outlives_the_window(window, qtbot, tmp_path) -> None:
    page = window.page("exchange")
    window.show_page("exchange")
    page.wizard.open(write(tmp_path / "a.xlsx", [HEAD, *GOOD]))
    wait(page, qtbot)
    page.wizard.work.remember("明细")
    assert [one.name for one in loads(window.settings.import_layouts)] == ["明细"]
    page.wizard.work.close()


def test_reading_can_be_cancelled(page, qtbot, tmp_path) -> None:
    path = write(tmp_path / "大.xlsx", [HEAD, *GOOD * 3000])
    wizard = page.wizard
    wizard.open(path)
    assert wizard.file.cancel.isVisible() and "正在读取" in wizard.file._said.text()
    click(wizard.file.cancel)
    assert intake_lane.finish(20)
    qtbot.wait(50)
    assert wizard.stack.currentIndex() == FILE and not wizard.work.found and not wizard.file.bar.isVisible()
    assert wizard.file.choose.isEnabled()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04" + b"x" * 400, "已损坏或不完整"), (b"%PDF-1.4", "实际上是PDF"), (b"", "空文件")],
)
def test_a_broken_file_is_refused_in_words(page, qtbot, tmp_path, content, words) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    page.wizard.open(path)
    wait(page, qtbot)
    assert words in page.wizard.file.fault.text() and page.wizard.file.fault.isVisible()
    assert page.wizard.stack.currentIndex() == FILE


def test_a_sheet_without_a_header_can_be_taken_all_the_same(page, read, qtbot) -> None:
    wizard = read([("某", "某某", "金"), ("2023-03-08", NAME, 5), ("2023-03-09", NAME, 6)])
    assert wizard.stack.currentIndex() == FILE
    wizard.file.grid.setFocus()
    press(wizard.file.grid, Qt.Key.Key_Return)
    wait(page, qtbot)
    assert wizard.stack.currentIndex() == SHEET
    for column, field in ((1, "date"), (2, "project"), (3, "amount")):
        choose(wizard.sheet.grid.pick_header.picks[column], field)
        wait(page, qtbot)
    click(wizard.sheet.units["元"])
    wait(page, qtbot)
    assert wizard.work.now.plan.new == 2


def test_several_sheets_one_after_the_other(page, read, qtbot) -> None:
    def more(book, _sheet):
        budget = book.add_worksheet("指标")
        for row, cells in enumerate(
            (("指标文号", "项目名称", "指标类型", "指标金额(元)"), ("示财〔2023〕1号", NAME, "追加", 500))
        ):
            for column, cell in enumerate(cells):
                budget.write(row, column, cell)

    wizard = read([HEAD, *GOOD], more)
    assert wizard.stack.currentIndex() == FILE and wizard.file.sheets.rowCount() == 2
    click(wizard.file.go_on)
    wait(page, qtbot)
    click(wizard.sheet.go_on)
    store(page, qtbot)
    assert wizard.done.next_sheet.text() == "下一张：指标"
    click(wizard.done.next_sheet)
    wait(page, qtbot)
    assert wizard.sheet.kind.value() == "events"
    click(wizard.sheet.go_on)
    store(page, qtbot)
    assert not wizard.done.next_sheet.isVisible()
    assert [one.amount for one in page.desk.book.all(BudgetEvent) if one.batch] == [50000]
    click(wizard.steps[FILE])
    model = wizard.file.sheets
    assert [model.index(row, 4).data() for row in range(2)] == ["已导入2条", "已导入1条"]


def test_a_change_meanwhile_makes_the_plan_anew(page, read, qtbot) -> None:
    wizard = read([HEAD, *GOOD])
    click(wizard.sheet.go_on)
    desk = page.desk
    where = desk.book.projects(YEAR)[0].project
    first = GOOD[0]
    desk.commit(
        commands.add_payment(desk.book, YEAR, where, first[0], 120050, voucher="P001", payee=first[2], purpose=first[3])
    )
    wait(page, qtbot)
    assert [state for state, _row in states(page)] == ["重复", "导入"]
    store(page, qtbot)
    assert len(payments(page)) == 1


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
