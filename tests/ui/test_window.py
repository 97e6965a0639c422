"""The frame: pages, years, undo by name, messages, backups, what the bars say."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from core import commands as c
from core.check import About
from core.ledger import Ledger
from tests.builders import YEAR, on_disk
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text, type_text
from ui.desk import Desk
from ui.files import file_lane
from ui.settings import Settings
from ui.window import PLACES, Window

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings")


@pytest.fixture
def window(qapp, qtbot, settings, sample_file, tmp_path):
    """A window over a copy of the sample."""
    path = tmp_path / "示例台账.ysz"
    shutil.copy(sample_file, path)
    window = opened(qtbot, settings, path)
    yield window
    window.close()


def opened(qtbot, settings, path=None):
    desk = Desk()
    desk.today = lambda: TODAY
    window = Window(desk, settings)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    if path is not None:
        assert window.open_file(path)
        desk.set_year(YEAR)
    return window


def grid_at(window, name, column):
    window.show_page("projects")
    page = window.page("projects")
    project = next(p.project for p in window.desk.book.projects(YEAR) if p.name == name)
    assert page.grid.stand_at(("project", project), column)
    page.grid.setFocus()
    return page


def test_every_page_of_the_navigation_opens_by_its_key(window, qtbot):
    for number, place in enumerate(PLACES, 1):
        press(window, getattr(Key, f"Key_{number}"), Ctrl)
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
    type_text(form.fields["head"], "Li")
    window.show_page("projects")
    assert window.desk.book.unit_year(YEAR).head == "Li"


def test_undo_shows_the_year_it_was_in(window):
    desk = window.desk
    where = desk.book.projects(2022)[0].project
    desk.commit(c.add_payment(desk.book, 2022, where, "2022-05-05", 100))
    desk.set_year(2024)
    window.undo()
    assert desk.year == 2022


def test_the_next_year_takes_names_and_offers_the_projects(window):
    desk = window.desk
    window.new_year()
    assert desk.year == 2025
    assert desk.book.unit_year(2025).name == "示范区妇女联合会"
    assert desk.book.projects(2025) == []
    assert "已新建2025年度" in window.notice.text
    window.notice._act.click()
    names = [p.name for p in desk.book.project_years(2024)]
    assert [p.name for p in desk.book.project_years(2025)] == names
    assert desk.ledger.undo_label == "沿用2024年度项目"


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
    press(window, Key.Key_D, Ctrl)
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


def test_the_keys_are_listed(window):
    from ui.dialogs.shortcuts import ShortcutsDialog

    dialog = ShortcutsDialog([place.title for place in PLACES], window)
    texts = {label.text() for label in dialog.findChildren(type(window.status._saved))}
    assert {"Ctrl+Z", "Ctrl+P", "项目预算", "F2"} <= texts
    assert isinstance(dialog, QDialog)


# Files


def test_a_file_in_use_can_be_opened_for_reading(window, qtbot, tmp_path):
    other = on_disk(tmp_path / "另一个.ysz")
    try:
        assert not window.open_file(other.path)
        assert "正在被使用" in window.notice.text
        assert window.desk.ledger.path.name == "示例台账.ysz", "what was open stays open"
        assert window.notice._act.text() == "只读打开"
        window.notice._act.click()
        assert window.desk.readonly
        assert window.status._saved.text() == "○ 只读，不能修改"
        assert not window.top._undo.isEnabled()
        assert not window.actions_by_name["new_year"].isEnabled()
    finally:
        other.close()


@pytest.mark.parametrize(
    ("content", "words"), [(b"hello" * 100, "不是单位预算台账的文件"), (None, "找不到文件")]
)
def test_a_file_that_cannot_be_opened_is_explained(window, tmp_path, content, words):
    path = tmp_path / "坏.ysz"
    if content:
        path.write_bytes(content)
    assert not window.open_file(path)
    assert words in window.notice.text
    assert window.notice._act.isHidden()
    assert window.desk.ledger.path.name == "示例台账.ysz"


def test_opening_backs_up_once_a_day(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    window = opened(qtbot, settings, tmp_path / "账.ysz")
    qtbot.waitUntil(lambda: "（自动）" in window.status._backup.text())
    assert window.status._backup.text().startswith("上次备份：今天 ")
    assert len(list((tmp_path / "备份").glob("账_*.ysz"))) == 1
    window.close()
    again = opened(qtbot, settings, tmp_path / "账.ysz")
    file_lane.finish()
    assert len(list((tmp_path / "备份").glob("账_*.ysz"))) == 1
    assert "今天" in again.status._backup.text()
    again.close()


def test_a_backup_that_fails_is_said_and_nothing_else_happens(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    (tmp_path / "备份").write_text("a file where the folder should be")
    window = opened(qtbot, settings, tmp_path / "账.ysz")
    qtbot.waitUntil(lambda: "自动备份失败" in window.status._backup.text())
    assert window.status._backup.property("role") == "error"
    assert not window.desk.readonly
    window.close()


def test_a_copy_is_saved_and_is_a_ledger(window, qtbot, tmp_path):
    window.files.save_copy(tmp_path / "副本")
    qtbot.waitUntil(lambda: "副本已保存" in window.notice.text)
    copy = Ledger.open(tmp_path / "副本.ysz")
    assert copy.book == window.desk.book
    copy.close()
    window.files.save_copy(window.desk.ledger.path)
    assert "同名" in window.notice.text


def test_recent_files_are_in_the_menu_of_the_unit(window, settings, tmp_path):
    on_disk(tmp_path / "另一个.ysz").close()
    settings.remember(tmp_path / "另一个.ysz")
    window.top._fill_unit_menu()
    entry = next(a for a in window.top._unit_menu.actions() if a.text() == "另一个")
    entry.trigger()
    assert window.desk.ledger.path.name == "另一个.ysz"
    assert settings.recent[0].name == "另一个.ysz"


def test_years_are_in_the_menu_of_the_year(window):
    window.top._fill_year_menu()
    texts = [a.text() for a in window.top._year_menu.actions() if a.text()]
    assert texts == ["2024 年度", "2023 年度", "2022 年度", "新建下一年度"]
    window.top._year_menu.actions()[0].trigger()
    assert window.desk.year == 2024
    assert "2024" in window.top._year.text()


# The start


def test_without_a_file_the_window_begins_at_the_start_page(qtbot, settings, tmp_path):
    window = opened(qtbot, settings)
    assert window.current is None
    assert not window.navigation.isVisible() and not window.status.isVisible()
    start = window.start
    press(start.name, Key.Key_Return)
    assert start._fault.text() == "请填写单位全称。"
    type_text(start.name, "某单位")
    assert start.place.text().endswith("某单位.ysz")
    replace_text(start.year, "23")
    press(start.year, Key.Key_Return)
    assert "“23”不是年度" in start._fault.text()
    replace_text(start.year, "2024")
    replace_text(start.place, str(tmp_path / "新" / "某单位.ysz"))
    start.kind.set_value("参公事业")
    press(start.place, Key.Key_Return)
    desk = window.desk
    assert desk.is_open and (desk.year, desk.book.unit.kind) == (2024, "参公事业")
    assert desk.book.unit_year(2024).name == "某单位"
    assert desk.ledger.undo_label == "", "the making of a file cannot be undone"
    assert window.current.name == "overview"
    assert window.navigation.isVisible()
    window.close()


def test_a_new_unit_never_overwrites_a_file(qtbot, settings, tmp_path):
    on_disk(tmp_path / "账.ysz").close()
    held = (tmp_path / "账.ysz").read_bytes()
    window = opened(qtbot, settings)
    start = window.start
    type_text(start.name, "某单位")
    replace_text(start.place, str(tmp_path / "账.ysz"))
    start.create()
    assert "已经存在" in start._fault.text()
    assert (tmp_path / "账.ysz").read_bytes() == held
    window.close()


def test_the_sample_is_made_once_and_opened_again(qtbot, settings, tmp_path):
    window = opened(qtbot, settings)
    window.files.open_sample(tmp_path)
    path = window.desk.ledger.path
    assert path == tmp_path / "单位预算台账示例" / "示例台账.ysz"
    assert window.desk.year == YEAR
    assert str(path) in window.notice.text and "示例数据" in window.notice.text
    window.desk.commit(c.set_year(window.desk.book, YEAR, note="改过"))
    window.close()
    again = opened(qtbot, settings)
    again.files.open_sample(tmp_path)
    assert again.desk.book.year(YEAR).note == "改过"
    again.close()


def test_the_unit_page_saves_fields_when_they_are_left(window, qtbot):
    window.show_page("unit")
    page, desk = window.current, window.desk
    other = desk.book.unit_year(2022)
    name = page.form.fields["name"]
    name.setFocus()
    replace_text(name, "示范区妇联")
    press(name, Key.Key_Tab)
    assert desk.book.unit_year(YEAR).name == "示范区妇联"
    assert desk.book.unit_year(2022) == other, "another year keeps its name"
    replace_text(name, "")
    name.setFocus()
    press(name, Key.Key_Return)
    assert "不能为空" in page.form._faults["name"].text()
    assert desk.book.unit_year(YEAR).name == "示范区妇联"
    duties = page.texts.fields["duties"]
    duties.setFocus()
    replace_text(duties, "1.第一条\n2.第二条")
    page.form.fields["head"].setFocus()
    assert desk.book.unit_year(YEAR).duties == "1.第一条\n2.第二条"
    window.undo()
    assert "宣传党的理论" in duties.toPlainText()
    page.form.fields["other_counts"].click()
    assert desk.book.unit.other_counts


def test_staff_are_counted_in_place(window):
    window.show_page("unit")
    staff, desk = window.current.staff, window.desk
    staff.view.stand_at("行政编制", "actual")
    staff.view.setFocus()
    press(staff.view, Key.Key_F2)
    replace_text(staff.view.cells.editor, "3.5")
    press(staff.view.cells.editor, Key.Key_Return)
    assert "不是人数" in staff.view.cells._hint.text()
    replace_text(staff.view.cells.editor, "3")
    press(staff.view.cells.editor, Key.Key_Return)
    assert {s.type: s.actual for s in desk.book.staff(YEAR)} == {"行政编制": 3, "事业编制": 1}
    type_text(staff.type, "工勤编制")
    press(staff.type, Key.Key_Return)
    press(staff.type, Key.Key_Return)
    assert "请填写编制类型" in staff._fault.text()
    assert staff.view.current.type == "工勤编制"
    staff.view.setFocus()
    press(staff.view, Key.Key_Delete)
    press(staff.ask, Key.Key_Return)
    assert [s.type for s in desk.book.staff(YEAR)] == ["行政编制", "事业编制"]


def test_the_calm_of_march(qtbot, settings, sample_file, tmp_path):
    shutil.copy(sample_file, tmp_path / "a.ysz")
    window = opened(qtbot, settings, tmp_path / "a.ysz")
    loud = len(window.desk.review().open)
    window.desk.today = lambda: date(YEAR, 3, 15)
    window.desk.commit(c.set_year(window.desk.book, YEAR, note="三月"))
    assert len(window.desk.review().open) < loud
    window.close()
