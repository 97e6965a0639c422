"""导入导出: a sheet on its way in, step by step, with real clicks and keys."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from core import commands
from core.backups import Why, list_backups
from core.batches import Batch
from core.intake.layouts import loads
from core.model import BudgetEvent
from tests.builders import YEAR
from tests.core.intake.ugly import HEAD, write
from tests.ui.exchange import GOOD, NAME, SUM, choose, click, page, payments, read, states, store, wait  # noqa: F401
from tests.ui.keys import press, replace_text
from ui.intake import intake_lane
from ui.widgets.import_wizard import FILE, SHEET

# ruff: noqa: F811 (fixtures are asked for by their names)


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
