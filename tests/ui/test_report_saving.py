"""The report page over the real sample: saving, kinds of places, files and paper."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from core.ledger import Ledger
from core.outline import PURPOSE, SENTENCE, STORY, part
from tests.ui.reports import YEAR, go, lines, opened_page, printed, project_named, settle, stored, write
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.pages.report import ReportPage
from ui.tasks import paper_lane

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


# Saving: one line for a visit, and nothing is lost


def test_a_visit_is_one_line_of_the_journal(page, qtbot, sample_desk):
    go(page, "problems")
    before = lines(sample_desk)
    for words in ("一是", "二是", "三是"):
        write(page, qtbot, words)
        settle(page, qtbot)
    assert lines(sample_desk) == before
    go(page, "other")
    assert lines(sample_desk) == before + 1
    assert stored(sample_desk, "problems").endswith("一是二是三是")
    sample_desk.undo()
    assert not stored(sample_desk, "problems").endswith("一是二是三是")


def test_looking_at_a_place_saves_nothing(page, sample_desk):
    before = lines(sample_desk)
    for place in [row for row in ("basics", "income", "overall", "problems")]:
        go(page, place)
    page.leave()
    assert lines(sample_desk) == before


def test_ctrl_s_saves_and_undo_in_the_text_goes_on(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_S, CTRL)
    assert stored(sample_desk, "problems").endswith("补")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_Z, CTRL)
    assert not page.section.raw.endswith("补")
    page.leave()
    assert not stored(sample_desk, "problems").endswith("补")


def test_leaving_the_text_saves_it(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.sections.setFocus()
    assert stored(sample_desk, "problems").endswith("补")


def test_a_click_on_another_place_saves_and_goes_there(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    item = page.sections.item(0)
    qtbot.mouseClick(
        page.sections.viewport(), Qt.MouseButton.LeftButton, pos=page.sections.visualItemRect(item).center()
    )
    assert page.section.place == ("basics", 0)
    assert stored(sample_desk, "problems").endswith("补")


def test_a_title_and_a_text_typed_together_are_both_saved(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.section.focus_title()
    qtbot.keyClicks(page.section._title, "4.")
    page.leave()
    kept = part(sample_desk.book, YEAR, "problems")
    assert kept.title == "4."
    assert kept.raw.endswith("补")


def test_what_is_typed_is_saved_when_the_page_is_left(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    page.leave()
    assert stored(sample_desk, "problems").endswith("补")


def test_what_is_typed_outlives_a_power_cut(page, qtbot, sample_desk, tmp_path):
    page._keeping.setInterval(20)
    go(page, "problems")
    write(page, qtbot, "写到一半")
    qtbot.waitUntil(lambda: sample_desk.ledger._store.unsaved() is not None)
    assert not stored(sample_desk, "problems").endswith("写到一半")
    shutil.copy(sample_desk.ledger.path, tmp_path / "断电.ysz")  # the file as the power cut leaves it
    after, told = Desk(), []
    after.told.connect(lambda text, refused: told.append((text, refused)))
    after.open(tmp_path / "断电.ysz")
    after.set_year(YEAR)
    assert stored(after, "problems").endswith("写到一半")
    assert "已恢复" in told[0][0] and not told[0][1]
    after.close()
    page.leave()
    assert sample_desk.ledger._store.unsaved() is None


def test_what_is_typed_is_saved_into_its_own_year(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    sample_desk.set_year(YEAR + 1)
    assert stored(sample_desk, "problems").endswith("补")
    assert page.section.year == YEAR + 1
    assert not page.section.raw.endswith("补")
    settle(page, qtbot)
    assert f"{YEAR + 1}年度" in printed(page)


def test_an_undo_from_elsewhere_is_shown_in_the_text(page, qtbot, sample_desk):
    go(page, "problems")
    held = page.section.raw
    write(page, qtbot, "补")
    page.save()
    sample_desk.undo()
    assert page.section.raw == held
    assert not page.section.is_changed


def test_the_windows_undo_is_reached_when_the_visit_has_nothing_to_undo(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "补")
    go(page, "other")
    assert not page.section.editor.document().isUndoAvailable()


# What the places are


def test_a_sentence_follows_the_ledger_until_it_is_overridden_and_again_after_reset(page, qtbot, sample_desk):
    project = project_named(sample_desk, "业务性")
    go(page, SENTENCE, project)
    assert "自动生成" in page.section._note.text()
    assert not page.section._reset.isEnabled()
    automatic = page.section.raw
    write(page, qtbot, "另见附表。")
    page.save()
    assert "手工修改" in page.section._note.text()
    assert page.section._reset.isEnabled()
    qtbot.mouseClick(page.section._reset, Qt.MouseButton.LeftButton)
    assert page.section.raw == automatic
    assert sample_desk.ledger.undo_label == "恢复模板文字"
    sample_desk.undo()
    assert page.section.raw == automatic + "另见附表。"


def test_the_fixed_words_before_a_purpose_are_shown_with_the_amount(page, sample_desk):
    go(page, PURPOSE, project_named(sample_desk, "财务代理"))
    assert page.section._prefix.isVisible()
    assert page.section._prefix.text() == "项目支出0.21万元，主要用于…"
    assert page.section.raw.startswith("支付财务代理")


def test_a_heading_has_only_its_title(page):
    go(page, "performance")
    assert not page.section.editor.isVisible()
    assert "只有标题" in page.section._note.text()
    assert not page.section._title.isReadOnly()


def test_the_title_of_a_project_is_not_edited_here(page, sample_desk):
    go(page, STORY, project_named(sample_desk, "业务性"))
    assert page.section._title.isReadOnly()


def test_an_empty_title_is_not_taken(page, qtbot, sample_desk):
    go(page, "performance")
    held = page.section._title.text()
    page.section._title.clear()
    qtbot.keyClick(page.section._title, Qt.Key.Key_Return)
    assert page.section._title.text() == held
    assert not sample_desk.ledger.undo_label.startswith("修改标题")


def test_a_file_opened_for_reading_can_be_read_only(qtbot, sample_file, tmp_path):
    path = tmp_path / "只读.ysz"
    shutil.copy(sample_file, path)
    desk = Desk()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle(page, qtbot)
    go(page, "problems")
    write(page, qtbot, "补")
    assert page.section.editor.isReadOnly()
    assert not page.section._insert.isEnabled()
    page.leave()
    assert "31.14" in printed(page)
    page.hide()
    paper_lane.finish()
    desk.close()


def test_a_figure_is_inserted_by_the_button_and_saved_by_token(page, qtbot, sample_desk):
    go(page, "problems")
    page.section.editor.setFocus()
    page.section.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.mouseClick(page.section._insert, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.section.editor, "93.98")
    qtbot.keyClick(page.section.editor, Qt.Key.Key_Return)
    page.save()
    assert stored(sample_desk, "problems").endswith("{unit.基本支出}")
    settle(page, qtbot)
    assert page.section.editor.text().shown.endswith("93.98")


# Files and paper


def test_saving_opens_the_dialog_over_the_saved_text(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "保存前写的。")
    qtbot.mouseClick(page.preview.save_button, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(PrintDialog)
    qtbot.waitUntil(lambda: dialog.isVisible() and not dialog.is_busy)
    assert stored(sample_desk, "problems").endswith("保存前写的。")
    assert dialog.save_button.property("role") == "primary"
    dialog.reject()


def test_printing_opens_the_dialog_over_the_saved_text(page, qtbot, sample_desk):
    go(page, "problems")
    write(page, qtbot, "打印前写的。")
    page.print_()
    dialog = page.window().findChild(PrintDialog)
    assert dialog.isVisible()
    assert stored(sample_desk, "problems").endswith("打印前写的。")
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.pages == page.preview.paper.info.pages
    dialog.reject()


def test_at_both_sizes_nothing_is_cut_off(page, qtbot):
    for width, height in ((1282, 820), (1208, 686)):
        page.resize(width, height)
        settle(page, qtbot)
        for button in (page.preview.print_button, page.preview.save_button, page.section._insert, page.section._reset):
            corner = button.mapTo(page, button.rect().bottomRight())
            assert page.rect().contains(corner)
            assert button.width() >= button.sizeHint().width()
