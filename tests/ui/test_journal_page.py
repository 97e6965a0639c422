"""操作日志: every line with what it did, found by its words, leading to the record."""

import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import commands
from core.check import About
from core.draft import Draft
from core.journal_table import HEADS
from core.ledger import Ledger
from core.model import Payment
from tests.builders import WAN, YEAR, on_disk
from ui.pages.journal import MOST_RECORDS, JournalPage


@pytest.fixture
def page(desk, qtbot):
    page = JournalPage(desk)
    qtbot.addWidget(page)
    page.resize(1214, 676)
    page.show()
    qtbot.waitExposed(page)
    return page


def project(page):
    return page.desk.book.projects(YEAR)[0].project


def cells(page, column=4):
    model = page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def write(line, text):
    """Chinese text as an input method brings it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def fields(page):
    """The leaves of the tree."""
    model, found = page.records.model(), []
    for row in range(model.rowCount()):
        head = model.index(row, 0)
        for leaf in range(model.rowCount(head)):
            found.append(tuple(model.index(leaf, column, head).data() for column in range(3)))
    return found


def test_newest_first_with_time_and_name(page) -> None:
    lines = page.desk.ledger.journal()
    assert cells(page) == [line.label for line in reversed(lines)]
    assert cells(page, 0) == [str(line.id) for line in reversed(lines)]
    assert cells(page, 2) == [lines[0].who] * len(lines)
    assert cells(page, 1)[0] == lines[-1].at.replace("T", " ")
    assert page._count.text() == f"共{len(lines)}行"


def test_an_edit_undone_and_repeated(page) -> None:
    desk = page.desk
    held = desk.book.events(YEAR, project(page))[0]
    desk.commit(commands.set_event(desk.book, held.id, amount=4 * WAN))
    page.table.selectRow(0)
    assert fields(page) == [("金额", "30,000.00元", "40,000.00元")]
    desk.undo()
    assert cells(page, 3)[0] == "撤销" and cells(page)[1].startswith("已撤销：")
    assert page.table.currentIndex().row() == 1  # the chosen line stays chosen
    page.table.selectRow(0)
    assert fields(page) == [("金额", "40,000.00元", "30,000.00元")]
    desk.redo()
    assert cells(page, 3)[0] == "重做" and not cells(page)[2].startswith("已撤销")


def test_a_record_is_shown_where_it_is(page, qtbot) -> None:
    held = page.desk.book.events(YEAR, project(page))[-1]
    page.table.selectRow(0)
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    assert asked.args == [About("event", held.id)]
    page.desk.commit(commands.remove_event(page.desk.book, held.id))
    page.table.selectRow(0)
    page.records.setFocus()
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.keyClick(page.records, Qt.Key.Key_Return)
    assert asked.args == [About("project", project(page))]


def test_going_to_another_year_shows_that_year(sample_desk, qtbot) -> None:
    page = JournalPage(sample_desk)
    qtbot.addWidget(page)
    page.show()
    row = next(r for r, text in enumerate(cells(page)) if text == "录入2024年度支出")
    page.table.selectRow(row)
    with qtbot.waitSignal(sample_desk.asked):
        QTest.mouseClick(page.go_button, Qt.MouseButton.LeftButton)
    assert sample_desk.year == 2024


def test_found_by_words_and_by_kind(page) -> None:
    write(page.search, "业务性专项经费")
    assert cells(page) == ["新增项目：业务性专项经费"]
    write(page.search, "没有")
    assert cells(page) == [] and page._heading.text() == "没有符合条件的记录。"
    assert not page.go_button.isEnabled() and fields(page) == []
    page.search.clear()
    page.desk.undo()
    page.kind.set_value("undo")
    page.kind.picked.emit("undo")
    assert cells(page, 3) == ["撤销"]
    assert page._count.text().startswith("1行，共")


def test_arrow_keys_show_line_after_line(page) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    before = page._heading.text()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
    assert page._heading.text() == cells(page)[1] != before


def test_of_a_large_import_the_first_records_are_shown(page) -> None:
    desk, where = page.desk, project(page)
    draft = Draft(desk.book)
    for number in range(MOST_RECORDS + 5):
        draft.add(Payment(id=0, year=YEAR, project=where, date="2023-05-01", amount=100 + number, purpose="办公费"))
    desk.commit(draft.change("导入205笔支出"))
    page.table.selectRow(0)
    assert page.records.model().rowCount() == MOST_RECORDS
    assert page._rest.isVisible() and "另有5条" in page._rest.text()
    assert "205条记录" in page._about.text()


def test_another_file_shows_its_own_journal(page, tmp_path) -> None:
    other: Ledger = on_disk(tmp_path / "另一个.ysz")
    other.commit(commands.set_year(other.book, YEAR, note="另一个文件"))
    page.desk.show_ledger(other, YEAR)
    assert cells(page)[0] == other.journal()[-1].label
    assert len(cells(page)) == len(other.journal())
    assert ("年度备注", "", "另一个文件") in [(a, b or "", c) for a, b, c in fields(page)]


def test_the_lines_on_show_are_exported_with_every_field(page, tmp_path, qtbot) -> None:
    desk = page.desk
    desk.commit(commands.add_payment(desk.book, YEAR, project(page), "2023-06-01", 5 * WAN, purpose="=1+1"))
    write(page.search, "支出")
    assert 0 < len(page.model.lines) < len(page.model.history.lines)
    with qtbot.waitSignal(desk.told) as told:
        page.export(tmp_path / "日志")
    assert "操作日志已导出到" in told.args[0]
    table = pd.read_excel(tmp_path / "日志.xlsx", dtype=str, keep_default_na=False, engine="calamine")
    assert list(table.columns) == list(HEADS)
    assert set(table["序号"]) == set(cells(page, 0))
    newest = table[table["序号"] == cells(page, 0)[0]]
    assert ("用途", "", "=1+1") in set(zip(newest["字段"], newest["之前"], newest["之后"], strict=True))
    (tmp_path / "占用.xlsx").mkdir()
    with qtbot.waitSignal(desk.told) as told:
        page.export(tmp_path / "占用.xlsx")
    assert told.args[1] and "无法写入" in told.args[0] and page.save_button.isEnabled()


def test_lines_are_copied_with_their_titles(page) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    head, line = QApplication.clipboard().text().split("\n")
    assert head == "序号\t时间\t操作人\t类型\t内容" and line.split("\t")[4] == cells(page)[0]
