"""The report page within the window: keys of the window, other files, and text that could not be saved."""

import shutil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.check import About
from core.ledger import Ledger
from core.outline import part
from tests.builders import YEAR
from tests.ui.keys import press, type_text
from ui.dialogs.print_dialog import PrintDialog
from ui.tasks import paper_lane

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def report(window, qtbot, key="problems"):
    window.show_page("report")
    page = window.page("report")
    assert page.sections.choose((key, 0))
    page.section.editor.setFocus()
    page.section.editor.moveCursor(page.section.editor.textCursor().MoveOperation.End)
    qtbot.waitUntil(page.section.editor.hasFocus)
    return page


def stored(window, key="problems") -> str:
    return part(window.desk.book, YEAR, key).raw


def fill_disk(window, is_full: bool) -> None:
    pages = 1 if is_full else 1_000_000
    window.desk.ledger._store._connection.execute(f"PRAGMA max_page_count = {pages}")


def test_undo_goes_back_in_the_text_and_then_in_the_ledger(window, qtbot):
    page = report(window, qtbot)
    held = stored(window)
    type_text(page.section.editor, "甲")
    window.show_page("projects")
    assert stored(window) == held + "甲"
    page = report(window, qtbot, "other")
    page.sections.choose(("problems", 0))
    page.section.editor.setFocus()
    page.section.editor.moveCursor(page.section.editor.textCursor().MoveOperation.End)
    type_text(page.section.editor, "乙")
    press(page.section.editor, Key.Key_Z, Ctrl)
    assert page.section.raw == held + "甲"
    assert stored(window) == held + "甲"
    press(page.section.editor, Key.Key_Z, Ctrl)
    assert stored(window) == held
    assert page.section.raw == held
    press(page.section.editor, Key.Key_Y, Ctrl)
    assert page.section.raw == held + "甲"


def test_ctrl_p_prints_what_is_typed(window, qtbot):
    page = report(window, qtbot)
    type_text(page.section.editor, "打印前")
    press(page.section.editor, Key.Key_P, Ctrl)
    dialog = window.findChild(PrintDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert stored(window).endswith("打印前")
    qtbot.waitUntil(lambda: not dialog.is_busy)
    dialog.reject()


def test_a_finding_elsewhere_leads_to_its_words(window, qtbot):
    window.show_page("overview")
    finding = next(i.finding for i in window.desk.review().open if i.rule.id == "C-042")
    window.desk.go(finding.about)
    page = window.page("report")
    assert window.current is page
    assert page.section.editor.textCursor().selectedText() == finding.words
    qtbot.waitUntil(lambda: not page.preview.is_busy)


def test_text_that_could_not_be_saved_is_kept_and_keeps_the_window_open(window, qtbot):
    page = report(window, qtbot)
    long = "很长的一段文字。" * 400
    page.section.editor.insert_raw(long)
    fill_disk(window, True)
    window.close()
    assert window.isVisible()
    assert "磁盘空间不足" in window.notice.text
    assert "没有关闭" in window.notice.text
    window.show_page("overview")
    assert stored(window).count("很长") == 0
    window.show_page("report")
    assert page.section.raw.endswith(long)
    fill_disk(window, False)
    window.close()
    assert not window.isVisible()
    assert paper_lane.finish(5)


def test_a_window_can_be_closed_though_its_text_cannot_be_saved(window, qtbot):
    page = report(window, qtbot)
    page.section.editor.insert_raw("短")
    page._keep()
    page.section.editor.insert_raw("很长的一段文字。" * 400)
    fill_disk(window, True)
    window.close()
    give_up = next(b for b in window.notice.findChildren(QPushButton) if "放弃" in b.text())
    path = window.desk.ledger.path
    qtbot.mouseClick(give_up, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    again = Ledger.open(path)
    assert again.recover() is None, "what was given up does not come back"
    again.close()


def test_another_file_shows_its_own_text(window, qtbot, sample_file, tmp_path):
    page = report(window, qtbot)
    type_text(page.section.editor, "只在第一份")
    other = tmp_path / "另一份.ysz"
    shutil.copy(sample_file, other)
    assert window.open_file(other)
    window.desk.set_year(YEAR)
    window.show_page("report")
    assert "只在第一份" not in page.section.raw
    assert not page.section.is_changed
    assert window.page("report").locate(About("section", 0, "problems"))
