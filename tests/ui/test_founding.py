"""从上年报告建账 in the window: a report is read, reviewed, corrected, and becomes a ledger that is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from core.figures import Ref, figure
from tests.core.founding.reports import REPORT, YEAR
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.dialogs.new_year import NewYearDialog
from ui.widgets.founding import DOUBTS, LEFT, TAKEN, UNKNOWN, FoundingView
from ui.widgets.founding_list import BECOMES, VALUE, WHAT


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "上年报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def start(qapp, qtbot, settings):
    window = opened(qtbot, settings, TODAY)
    window.resize(1366, 768)
    yield window
    window.close()


def read(qtbot, window, report: Path) -> FoundingView:
    window.start.found_from(report)
    wait(qtbot, window.start.founding)
    return window.start.founding


def wait(qtbot, view: FoundingView) -> None:
    qtbot.waitUntil(lambda: not view.is_busy, timeout=8000)


def to(view: FoundingView, path: Path) -> None:
    view.bar.place.setFocus()
    replace_text(view.bar.place, str(path))


def pressed(parent, words: str) -> QPushButton:
    found = next(one for one in parent.findChildren(QPushButton) if one.text() == words and one.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    return found


def test_the_way_from_the_start_page_to_the_ledger(start, qtbot, report, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(report), ""))
    pressed(start.start, "选择报告…")
    view = start.start.founding
    wait(qtbot, view)
    assert view.bar.name.text() == "示范县档案馆" and view.bar.year.text() == str(YEAR)
    assert view.bar.place.text().endswith("示范县档案馆.ysz")
    assert "项目2个" in view.summary.text() and view.tabs[TAKEN].isChecked()
    target = tmp_path / "新" / "台账.ysz"
    to(view, target)
    assert not target.exists()
    press(view.bar.place, Qt.Key.Key_Return)
    wait(qtbot, view)
    assert target.is_file() and start.desk.is_open and start.desk.year == YEAR
    assert figure(start.desk.book, Ref(YEAR, 0, "支出")).text("2") == "210.50"
    assert start.current.name == "overview"
    qtbot.waitUntil(lambda: "已建账" in start.notice.text)


def test_the_next_year_is_offered(start, qtbot, report, tmp_path) -> None:
    view = read(qtbot, start, report)
    to(view, tmp_path / "台账.ysz")
    QTest.mouseClick(view.bar.button, Qt.MouseButton.LeftButton)
    wait(qtbot, view)
    qtbot.waitUntil(lambda: start.desk.is_open)
    pressed(start.notice, "新建下一年度…")
    dialog = start.findChild(NewYearDialog)
    assert dialog.isVisible() and str(YEAR + 1) in dialog.windowTitle()
    dialog.accept()
    assert start.desk.year == YEAR + 1


def test_a_line_shows_its_words_and_how_it_was_derived(start, qtbot, report) -> None:
    view = read(qtbot, start, report)
    view.list.setCurrentItem(view.list.item_of("p1.spent"))
    begin, end = view.text.chosen
    assert view.plan.text[begin:end] == "38.50万元" and "38.50" in view.about.text()
    view.list.setCurrentItem(view.list.item_of("p2.recalled"))
    assert "推算" in view.about.text() and "推算" in view.list.item_of("p2.recalled").text(BECOMES)


def test_words_in_the_text_lead_to_their_line(start, qtbot, report) -> None:
    view = read(qtbot, start, report)
    QTest.mouseClick(view.tabs[UNKNOWN], Qt.MouseButton.LeftButton)
    view.text.pressed.emit(REPORT.index("6.50万元，主要") + 1)
    assert view.tabs[TAKEN].isChecked() and view.list.currentItem() is view.list.item_of("p1.s2.spent")


def test_a_value_is_corrected_in_place(start, qtbot, report, tmp_path) -> None:
    view = read(qtbot, start, report)
    view.list.setCurrentItem(view.list.item_of("p2.spent"))
    view.list.setFocus()
    press(view.list, Qt.Key.Key_Return)
    editor = view.list.findChild(QLineEdit)
    replace_text(editor, "11")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.list.item_of("p2.spent").text(VALUE) == "11.00万元")
    to(view, tmp_path / "台账.ysz")
    QTest.mouseClick(view.bar.button, Qt.MouseButton.LeftButton)
    wait(qtbot, view)
    book = start.desk.book
    project = next(row.project for row in book.project_years(YEAR) if row.name == "“档案日”宣传")
    assert sum(payment.amount for payment in book.payments(YEAR, project)) == 11_0000_00


def test_what_is_no_amount_is_refused_and_the_value_stays(start, qtbot, report) -> None:
    view = read(qtbot, start, report)
    item = view.list.item_of("p2.spent")
    view.list.setCurrentItem(item)
    view.list.setFocus()
    press(view.list, Qt.Key.Key_F2)
    editor = view.list.findChild(QLineEdit)
    replace_text(editor, "很多")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(view.message.isVisible)
    assert item.text(VALUE) == "12.00万元" and "很多" in view.message.text()


def test_space_takes_a_project_out_with_all_of_it(start, qtbot, report, tmp_path) -> None:
    view = read(qtbot, start, report)
    before = int(view.tabs[TAKEN].text().split()[-1])
    view.list.setCurrentItem(view.list.item_of("p1"))
    view.list.setFocus()
    press(view.list, Qt.Key.Key_Space)
    assert view.list.item_of("p1").checkState(WHAT) == Qt.CheckState.Unchecked
    assert int(view.tabs[TAKEN].text().split()[-1]) < before - 10
    assert "p1.s1.spent" in view.list.dropped()
    to(view, tmp_path / "台账.ysz")
    QTest.mouseClick(view.bar.button, Qt.MouseButton.LeftButton)
    wait(qtbot, view)
    assert "馆藏档案数字化" not in {row.name for row in start.desk.book.project_years(YEAR)}


def test_what_is_missing_is_asked_for_and_nothing_is_made(start, qtbot, tmp_path) -> None:
    path = tmp_path / "总结.txt"
    path.write_text("工作总结。\n一、存在问题\n经费不足。", encoding="utf-8")
    view = read(qtbot, start, path)
    assert "没有找到项目" in view.summary.text()
    target = tmp_path / "台账.ysz"
    to(view, target)
    press(view.bar.place, Qt.Key.Key_Return)
    assert "单位全称" in view.message.text() and view.bar.name.hasFocus()
    type_text(view.bar.name, "示范馆")
    press(view.bar.name, Qt.Key.Key_Return)
    assert "年度" in view.message.text() and view.bar.year.hasFocus()
    type_text(view.bar.year, "2023")
    press(view.bar.year, Qt.Key.Key_Return)
    wait(qtbot, view)
    assert start.desk.is_open and start.desk.book.unit_year(2023).name == "示范馆"


def test_a_file_that_is_there_is_not_overwritten(start, qtbot, report, tmp_path) -> None:
    held = tmp_path / "台账.ysz"
    held.write_bytes(b"mine")
    view = read(qtbot, start, report)
    to(view, held)
    press(view.bar.place, Qt.Key.Key_Return)
    wait(qtbot, view)
    assert "已经存在" in view.message.text() and held.read_bytes() == b"mine" and not start.desk.is_open
    assert view.bar.button.isEnabled()


def test_what_cannot_be_read_is_explained(start, qtbot, tmp_path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 not a file")
    view = read(qtbot, start, path)
    assert view.views.currentIndex() == 0 and "已损坏" in view.status.text()
    press(view, Qt.Key.Key_Escape)
    assert start.start.name.isVisible()


def test_unknown_doubts_and_left_words_have_their_tabs(start, qtbot, report) -> None:
    view = read(qtbot, start, report)
    assert view.tabs[UNKNOWN].text().startswith("没有写出")
    QTest.mouseClick(view.tabs[DOUBTS], Qt.MouseButton.LeftButton)
    assert view.doubts.isVisible() and len(view.doubts.cards) == len(view.plan.doubts) > 0
    view.doubts.chosen.emit(0)
    assert view.text.chosen == (view.plan.doubts[0].start, view.plan.doubts[0].end)
    QTest.mouseClick(view.tabs[LEFT], Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.rest.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("附件：")


def test_copied_text_and_dropped_files(start, qtbot, report) -> None:
    QGuiApplication.clipboard().setText(REPORT)
    pressed(start.start, "粘贴复制的文字")
    view = start.start.founding
    wait(qtbot, view)
    assert view.plan.name == "粘贴的文字" and view.plan.projects == 2
    pressed(view, "返回")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(QPoint(40, 40)), Qt.DropAction.CopyAction, data, buttons, keys)
    start.start.dropEvent(drop)
    wait(qtbot, view)
    assert view.plan.name == "上年报告.txt"


def test_it_fits_the_smallest_window(start, qtbot, report) -> None:
    start.resize(1000, 600)
    view = read(qtbot, start, report)
    for part in (view.bar.button, view.list, view.text):
        corner = part.mapTo(start, QPoint(part.width(), part.height()))
        assert corner.x() <= start.width() and corner.y() <= start.height()
