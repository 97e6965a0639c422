"""绩效指标: the check-up of a month, the places of findings, and what cannot be edited."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from core import closing, indicators
from core.check import About, Findings
from core.goals import Indicator, Version
from core.ledger import Ledger
from core.monitoring import noted
from tests.ui.goal_pages import YEAR, cell, open_cell, rows, services, shown
from tests.ui.keys import press, replace_text, type_text
from ui.desk import Desk
from ui.pages.goals import MONITOR

Key = Qt.Key


@pytest.fixture
def page(sample_desk, qtbot):
    return shown(sample_desk, qtbot)


# The check-up of a month


def test_the_month_shows_money_and_light_and_marks_what_is_missing(page, qtbot):
    page.show_tab(MONITOR)
    month = page.month
    assert month.month == 7, "the month something was noted for"
    assert (month.rate.text, month.pace.text, month.word.text) == ("48.33%", "58.33%", "绿灯")
    nine = next(b for b in month.findChildren(QPushButton) if b.text() == "9月")
    qtbot.mouseClick(nine, Qt.MouseButton.LeftButton)
    assert month.word.text == "黄灯" and month.light.accessibleName() == "支出进度：黄灯"
    assert month.lacking.text().startswith("还缺")
    model = month.model
    assert model.index(0, model.column_of("expected")).data() == "待填"
    assert "缺" in page.owners.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_money_and_indicators_of_a_month_are_noted_by_keys(page):
    desk, about = page.desk, services(page.desk)
    page.show_tab(MONITOR)
    page.month.show_month(9)
    grid = page.month.grid
    grid.setFocus()
    assert grid.stand_at(0, "expected")
    type_text(grid, "2")
    type_text(grid.cells.editor, ".1")
    press(grid.cells.editor, Key.Key_Tab)
    assert noted(desk.book, YEAR, about, 9).forecast == 2_100_000
    press(grid, Key.Key_F2)
    press(grid.cells.editor, Key.Key_Down)
    press(grid.cells.editor, Key.Key_Down)
    press(grid.cells.editor, Key.Key_Return)
    assert noted(desk.book, YEAR, about, 9).possibility == "possible"
    assert grid.stand_at(0, "causes")
    press(grid, Key.Key_F2)
    box = page.month.note.boxes["money"]
    assert box.hasFocus()
    press(box, Key.Key_Space)
    reason = page.month.note.reason.fields["reason"]
    reason.setFocus()
    replace_text(reason, "场地改造")
    grid.setFocus()
    held = noted(desk.book, YEAR, about, 9)
    assert (held.causes, held.reason) == ("money", "场地改造")
    one = page.month.model.rows[1]
    assert grid.stand_at(one.number, "progress")
    press(grid, Key.Key_F2)
    type_text(grid.cells.editor, "8场")
    press(grid.cells.editor, Key.Key_Return)
    assert noted(desk.book, YEAR, about, 9, one.number).progress == "8场"


def test_a_month_is_cleared_after_a_question_and_other_months_can_be_chosen(page):
    page.show_tab(MONITOR)
    page.month.clear.click()
    press(page.month.ask, Key.Key_Return)
    assert not page.desk.book.monitors(YEAR, services(page.desk))
    page.month.show_month(11)
    assert page.month.other.value() == "11"
    assert page.month.pace.text == "91.67%"


def test_the_unit_is_told_to_choose_a_project(page):
    page.show_tab(MONITOR)
    page.owners.choose(0)
    assert page.month.empty.isVisible() and not page.month.grid.isVisible()
    assert page.month.rate.text != "—"


# Places, years and what cannot be edited


def test_places_are_shown_and_told(page, qtbot):
    told = []
    page.desk.selected.connect(told.append)
    goal = rows(page, Version.GOAL)[2]
    assert page.locate(About("indicator", goal.id, "target"))
    QApplication.processEvents()
    assert told[-1] == About("indicator", goal.id)
    assert page.sheet.version == Version.GOAL and page.sheet.grid.scored.indicator.id == goal.id
    assert page.locate(About("evaluation", 0, "weight"))
    assert page.owners.about == 0 and page.sheet.version == Version.SELF
    assert page.locate(About("monitor", services(page.desk), "8"))
    QApplication.processEvents()
    assert page.month.month == 8 and told[-1] == About("monitor", services(page.desk), "8")
    assert not page.locate(About("indicator", 999_999))
    assert not page.locate(About("payment", 1))


def test_the_warnings_beside_the_page_are_of_the_one_on_show(window):
    window.show_page("goals")
    page, desk = window.current, window.desk
    one = desk.book.indicators(YEAR, services(desk))[0]
    desk.commit(indicators.set_indicator(desk.book, one.id, reason=""))
    window.dock._row.click()
    page.owners.choose(services(desk))
    QApplication.processEvents()
    window.dock.refresh()
    found = [item.rule.id for item in desk.review().open if window.dock._is_wanted(item)]
    assert "C-030" in found and "C-001" not in found
    desk.go(About("indicator", one.id, "reason"))
    assert window.current is page and page.sheet.grid.scored.indicator.id == one.id


def test_a_final_year_is_shown_with_the_reason_and_cannot_be_edited(page):
    desk = page.desk
    desk.commit(closing.lock(desk.book, Findings(), 2022))
    desk.commit(closing.finalise(desk.book, Findings(), 2022))
    desk.set_year(2022)
    assert "已定稿" in page.fixed.text() and page.fixed.isVisible()
    assert not page.sheet.add.isEnabled()
    assert all(row.indicator.id for row in page.sheet.model.rows), "there is no empty row to type in"
    page.sheet.grid.setFocus()
    press(page.sheet.grid, Key.Key_F2)
    press(page.sheet.grid, Key.Key_Delete)
    assert page.sheet.grid.cells.editor is None and not page.sheet.ask.isVisible()
    assert not page.sheet.detail.left.fields["reason"].isEnabled()
    desk.set_year(YEAR)
    assert not page.fixed.isVisible() and page.sheet.add.isEnabled()


def test_a_file_opened_to_read_cannot_be_edited(sample_file, qapp, qtbot, tmp_path):
    path = tmp_path / "只读.ysz"
    shutil.copy(sample_file, path)
    desk = Desk()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    page = shown(desk, qtbot)
    assert "只读" in page.fixed.text()
    page.show_tab(MONITOR)
    page.month.grid.setFocus()
    press(page.month.grid, Key.Key_F2)
    assert page.month.grid.cells.editor is None
    assert not any(box.isEnabled() for box in page.month.note.boxes.values())
    desk.close()


def test_what_is_being_typed_is_saved_when_the_page_is_left_and_undo_shows_it(page):
    one = rows(page)[0]
    editor = open_cell(page, one.id, "actual")
    replace_text(editor, "11")
    page.leave()
    assert page.desk.book.get(Indicator, one.id).actual == "11"
    page.desk.undo()
    assert cell(page, one.id, "actual") == "8"
