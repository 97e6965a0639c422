"""The frame: pages, years, undo by name, messages, backups, what the bars say."""

import shutil
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import commands as c
from core.check import About
from tests.builders import YEAR
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.dialogs.new_year import NewYearDialog
from ui.places import PLACES
from ui.settings import Settings

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def grid_at(window, name, column):
    window.show_page("projects")
    page = window.page("projects")
    project = next(p.project for p in window.desk.book.projects(YEAR) if p.name == name)
    assert page.grid.stand_at(("project", project), column)
    page.grid.setFocus()
    return page


def test_every_page_of_the_navigation_opens_by_its_key(window, qtbot):
    for number, place in enumerate(PLACES[:10], 1):
        press(window, getattr(Key, f"Key_{number % 10}"), Ctrl)
        assert window.current is window.page(place.name)
        assert window.navigation._buttons[place.name].isChecked()
        assert window.dock.isVisible() == place.has_dock
        QApplication.processEvents()


def test_pages_are_made_when_they_are_first_shown(window):
    assert set(window._pages) == {"overview"}


def test_an_amount_typed_shows_its_finding_and_ctrl_z_takes_it_back(window, qtbot):
    page = grid_at(window, "第五次换届大会费用", "initial")
    qtbot.waitUntil(lambda: bool(window.dock._open.cards()))
    before = {card.item.rule.id for card in window.dock._open.cards()}
    errors = int(window.navigation._errors.text())
    type_text(page.grid, "2")
    type_text(page.grid.cells.editor, "0000")
    press(page.grid.cells.editor, Key.Key_Return)
    raised = {card.item.rule.id for card in window.dock._open.cards()} - before
    assert raised
    assert int(window.navigation._errors.text()) > errors
    assert window.top._undo.accessibleName() == "撤销：修改年初预算 30,000.00→20,000.00"
    press(page.grid, Key.Key_Z, Ctrl)
    assert {card.item.rule.id for card in window.dock._open.cards()} == before
    assert window.top._redo.accessibleName() == "重做：修改年初预算 30,000.00→20,000.00"
    press(page.grid, Key.Key_Y, Ctrl)
    assert raised <= {card.item.rule.id for card in window.dock._open.cards()}


def test_locating_a_finding_shows_its_place(window, qtbot):
    window.show_page("unit")
    window.desk.go(About("stated", 0, "调整追加"))
    page = window.current
    assert page.name == "projects"
    assert page.details.stated.view.current.ref.item == "调整追加"
    window.desk.go(About("section", 0, "other", 0, 4))
    assert window.current.name == "report"
    window.desk.go(About("staff", window.desk.book.staff(YEAR)[0].id))
    assert window.current.name == "unit"


def test_what_is_being_typed_is_saved_when_another_page_is_shown(window):
    page = grid_at(window, "业务性专项经费", "transfer")
    type_text(page.grid, "5")
    type_text(page.grid.cells.editor, "00")
    window.show_page("unit")
    form = window.current.form
    assert any(e.amount == 50_000 for e in window.desk.book.events(YEAR, page.grid.current.project))
    form.fields["head"].setFocus()
    replace_text(form.fields["head"], "Li")
    window.show_page("projects")
    assert window.desk.book.unit_year(YEAR).head == "Li"


def test_undo_shows_the_year_it_was_in(window):
    desk = window.desk
    where = desk.book.projects(2022)[0].project
    desk.commit(c.add_payment(desk.book, 2022, where, "2022-05-05", 100))
    desk.set_year(2024)
    window.undo()
    assert desk.year == 2022


def test_the_next_year_takes_names_and_the_projects_that_are_asked_for(window):
    desk = window.desk
    window.new_year()
    dialog = window.findChild(NewYearDialog)
    dialog.projects.click()
    dialog.accept()
    assert desk.year == 2025
    assert desk.book.unit_year(2025).name == "示范区妇女联合会"
    assert desk.book.projects(2025) == []
    assert "已新建2025年度" in window.notice.text
    window.take_over_projects()
    names = [p.name for p in desk.book.project_years(2024)]
    assert [p.name for p in desk.book.project_years(2025)] == names
    assert desk.ledger.undo_label == "沿用2024年度项目"
    window.take_over_projects()
    assert window.notice.text == "上年度的项目已全部沿用。"


def test_a_refusal_stays_until_it_is_closed_and_news_do_not(window, qtbot):
    window.desk.told.emit("日期2024-01-05不在2023年度内。", True)
    assert window.notice.text and not window.notice._timer.isActive()
    window.notice._close.click()
    assert window.notice.text == ""
    window.desk.told.emit("已备份。", False)
    assert window.notice.text and window.notice._timer.isActive()


def test_the_bars_say_what_is_open_saved_and_checked(window, qtbot):
    status, desk = window.status, window.desk
    assert status._saved.text() == "● 已保存"
    assert status._file.text() == "文件：示例台账.ysz"
    desk.commit(c.set_year(desk.book, YEAR, note="备注"))
    assert time.strftime("%H:") in status._saved.text()
    review = desk.review()
    assert f"{review.errors} 错误 · {review.warnings} 提醒" in status._checked.text()
    assert window.windowTitle().startswith("示范区妇女联合会")
    assert window.navigation._errors.text() == str(review.errors)


def test_the_unit_of_amounts_is_switched_and_remembered(window, settings):
    press(window, Key.Key_M, Ctrl)
    assert window.desk.money_unit == "元"
    assert window.top._money["元"].isChecked()
    assert Settings(Path(settings._held.fileName()).parent).money_unit == "元"


def test_the_warnings_fold_away_and_stay_so(window, settings):
    window.show_page("projects")
    press(window, Key.Key_D, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert not window.dock.isVisible() and window.folded.isVisible()
    QApplication.processEvents()
    assert window.folded._errors.text() == str(window.desk.review().errors)
    window.show_page("unit")
    assert not window.dock.isVisible() and not settings.dock_open
    window.folded.unfold_asked.emit()
    assert window.dock.isVisible()


def test_f6_goes_round_the_window(window):
    grid_at(window, "业务性专项经费", "initial")
    visited = []
    for _step in range(6):
        press(QApplication.focusWidget(), Key.Key_F6)
        visited.append(QApplication.focusWidget())
    page = window.page("projects")
    assert page.details.entries.view in visited
    assert any(window.navigation.isAncestorOf(w) for w in visited)
    assert any(window.dock.isAncestorOf(w) for w in visited)


def test_the_calm_of_march(qtbot, settings, sample_file, tmp_path):
    shutil.copy(sample_file, tmp_path / "a.ysz")
    window = opened(qtbot, settings, TODAY, tmp_path / "a.ysz")
    loud = len(window.desk.review().open)
    window.desk.today = lambda: date(YEAR, 3, 15)
    window.desk.commit(c.set_year(window.desk.book, YEAR, note="三月"))
    assert len(window.desk.review().open) < loud
    window.close()


def test_a_narrow_window_keeps_its_width_and_folds_the_warnings(window, qtbot):
    window.resize(1366, 768)
    window.show_page("projects")
    assert window.dock.isVisible() and window.width() == 1366
    window.resize(1100, 700)
    assert window.folded.isVisible() and not window.dock.isVisible() and window.width() == 1100
    window.toggle_dock()
    assert "加宽" in window.notice.text
    window.resize(1366, 768)
    assert window.dock.isVisible()
