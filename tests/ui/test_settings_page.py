"""设置: everything takes effect at once, is remembered, and can be reached without a file."""

import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import commands
from tests.builders import YEAR
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text
from tests.ui.windows import opened
from ui.settings import Settings
from ui.style import DARK, Look, apply_style, colours
from ui.widgets.about_card import LICENCES
from ui.widgets.operator_bar import OperatorBar

Key = Qt.Key


@pytest.fixture
def page(window, qapp):
    window.show_page("settings")
    yield window.current
    apply_style(qapp, Look())


def again(settings: Settings) -> Settings:
    """What another start of the program reads."""
    settings._held.sync()
    return Settings(settings.folder)


def note(window, text: str) -> None:
    desk = window.desk
    assert desk.commit(commands.set_year(desk.book, YEAR, note=text))


def test_the_name_given_here_is_written_into_the_journal(window, page, settings):
    page.operator.setFocus()
    replace_text(page.operator, "Li Hong")
    press(page.operator, Key.Key_Return)
    note(window, "甲")
    assert window.desk.ledger.last_line().who == "Li Hong"
    assert again(settings).operator == "Li Hong"
    window.desk.undo()
    assert window.desk.ledger.last_line().who == "Li Hong"


def test_the_name_is_asked_once_after_the_first_change(window, settings):
    bar = window.findChild(OperatorBar)
    assert not bar.isVisible()
    note(window, "甲")
    assert bar.isVisible()
    replace_text(bar.name, "Wang")
    press(bar.name, Key.Key_Return)
    note(window, "乙")
    assert not bar.isVisible()
    assert window.desk.ledger.last_line().who == "Wang"
    assert again(settings).operator_asked


def test_whoever_does_not_give_a_name_is_not_asked_again(window, settings):
    bar = window.findChild(OperatorBar)
    note(window, "甲")
    bar.later.click()
    note(window, "乙")
    assert not bar.isVisible() and again(settings).operator == "" and again(settings).operator_asked


def test_colours_and_font_size_change_at_once_and_are_remembered(window, page, settings):
    window.show_page("projects")
    before = window.page("projects").grid.rowHeight(0)
    window.show_page("settings")
    page.scheme.buttons["dark"].click()
    assert colours() is DARK
    page.size_pick.buttons["17"].click()
    assert page.operator.font().pixelSize() == 17
    assert window.navigation.font().pixelSize() == 17
    assert (again(settings).scheme, again(settings).font_size) == ("dark", 17)
    window.show_page("projects")
    assert window.page("projects").grid.rowHeight(0) > before


def test_a_page_that_still_holds_refused_words_is_not_made_anew(window, page):
    window.show_page("projects")
    held = window.page("projects")
    held.leave = lambda: False
    window.show_page("settings")
    page.size_pick.buttons["15"].click()
    assert window.page("projects") is held
    del held.leave


def test_the_unit_of_amounts_goes_both_ways(window, page):
    page.unit.buttons["元"].click()
    assert window.desk.money_unit == "元" and window.top._money["元"].isChecked()
    window.switch_unit()
    assert page.unit.value() == "万元"


def test_a_second_folder_for_backups_is_proven_before_it_is_taken(window, page, settings, tmp_path, qtbot):
    page.use_second_folder(tmp_path / "没有")
    assert "不存在" in page._fault.text() and settings.second_backup_folder is None
    first = window.desk.ledger.backup_folder
    qtbot.waitUntil(lambda: any(first.glob("*.ysz")))  # the file was backed up when it was opened
    page.use_second_folder(first)
    assert "第一个备份文件夹" in page._fault.text()
    stick = tmp_path / "优盘"
    stick.mkdir()
    page.use_second_folder(stick)
    assert page.second.path() == str(stick) and not page._fault.isVisible()
    assert again(settings).second_backup_folder == stick
    qtbot.waitUntil(lambda: any(stick.rglob("*.ysz")))
    page._drop_second.click()
    assert again(settings).second_backup_folder is None


def test_the_layout_goes_back_to_what_it_was(window, page, settings):
    window.desk.keep_layout("ProjectModel", json.dumps({"widths": {"initial": 300}}))
    assert settings.layouts
    page.reset.click()
    assert settings.layouts == {} and window.desk.layouts == {}
    assert page._said.isVisible()


def test_licences_unfold_and_are_all_there(page):
    for name, path in LICENCES.items():
        page.about.show_licence(name)
        assert page.about.text.isVisible() and path.read_text(encoding="utf-8")[:40] in page.about.text.toPlainText()
    page.about.show_licence(name)
    assert not page.about.text.isVisible()


def test_it_is_there_while_no_file_is_open(qtbot, qapp, settings):
    window = opened(qtbot, settings, TODAY)
    shown = {name for name, made in window.navigation._buttons.items() if made.isVisible()}
    assert {"start", "settings"} <= shown and not shown & {"overview", "projects", "findings"}
    window.navigation._buttons["settings"].click()
    assert window.current is window.page("settings") and window.current.operator.isVisible()
    window.show_page("projects")
    assert window.current.name == "settings"
    window.navigation._buttons["start"].click()
    assert window.stack.currentWidget() is window.start
    QApplication.processEvents()
    window.close()


def test_a_file_opened_from_there_shows_its_overview(qtbot, qapp, settings, sample_file, tmp_path):
    shutil.copy(sample_file, tmp_path / "a.ysz")
    window = opened(qtbot, settings, TODAY)
    window.show_page("settings")
    assert window.open_file(tmp_path / "a.ysz")
    assert window.current.name == "overview"
    assert not window.navigation._buttons["start"].isVisible()
    window.close()


@pytest.mark.parametrize("name", ["overview", "projects", "findings", "journal"])
def test_a_page_on_show_follows_the_colours_wholly(window, qapp, qtbot, name):
    blinking = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)  # pictures are compared
    try:
        window.show_page(name)
        qtbot.wait(400)
        apply_style(qapp, Look("dark"))
        window.desk.look_changed.emit()
        qtbot.wait(400)
        followed = window.grab().toImage()
        window.show_page("settings")
        window.desk.look_changed.emit()
        window.show_page(name)
        qtbot.wait(400)
        assert window.grab().toImage() == followed
    finally:
        qapp.setCursorFlashTime(blinking)
        apply_style(qapp, Look())
