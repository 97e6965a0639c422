"""What a locked or final year looks like on every page: nothing is typed in vain, nothing breaks."""

import sqlite3

import pytest
from PySide6.QtCore import Qt

from core.closing import finalise
from core.model import YearState
from tests.builders import YEAR
from tests.ui.closing import TODAY, click, page_of, panel, waive_errors, year_to_close
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.widgets.closing_steps import CARRY, CHECK, DISPOSE, FINAL, LOCK

Key = Qt.Key


@pytest.fixture
def path(tmp_path):
    year_to_close(tmp_path / "年终.ysz")
    return tmp_path / "年终.ysz"


@pytest.fixture
def window(qapp, qtbot, settings, path):
    window = opened(qtbot, settings, TODAY, path)
    window.show_page("closing")
    yield window
    window.close()


def test_pages_of_a_locked_year_say_why_they_cannot_be_edited(window):
    desk = window.desk
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    window.show_page("projects")
    assert "预算变动、支出和在途不能修改" in window.state.text
    page = window.current
    before = desk.book
    page.grid.setFocus()
    page.grid.stand_at(("project", desk.book.projects(YEAR)[0].project), "initial")
    type_text(page.grid, "5")
    assert page.grid.cells.editor is None and desk.book is before
    assert not page.details.entries.line.isVisible()
    assert [tool.isEnabled() for tool in page._tools] == [True, True, False, False]
    click(window.state._go)
    assert window.current.name == "closing"


def test_a_final_year_is_read_only_on_every_page_but_can_be_undone(window):
    desk = window.desk
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    waive_errors(desk)
    click(panel(window, FINAL).final)
    window.show_page("unit")
    assert "已定稿" in window.state.text
    assert not window.current.form.fields["name"].isEnabled()
    window.show_page("basic_data")
    assert not window.current.form.fields["thrift"].isEnabled()
    grid = window.current.grid
    grid.stand_at("公务接待", "budget")
    grid.setFocus()
    press(grid, Key.Key_F2)
    assert grid.cells.editor is None
    window.show_page("report")
    assert window.current.section.editor.isReadOnly()
    assert window.top._undo.isEnabled()
    click(window.top._undo)
    assert desk.book.year(YEAR).state == YearState.LOCKED


def test_an_edit_that_is_refused_is_said_at_the_field(window):
    """The year becomes final while a field is still open."""
    desk = window.desk
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    waive_errors(desk)
    window.show_page("basic_data")
    grid = window.current.grid
    grid.stand_at("公务接待", "budget")
    grid.setFocus()
    press(grid, Key.Key_F2)
    replace_text(grid.cells.editor, "2000")
    desk.ledger.commit(finalise(desk.book, desk.ledger.findings, YEAR))
    press(grid.cells.editor, Key.Key_Return)
    assert "2023年度已定稿，基础数据不能修改" in grid.cells._hint.text()
    assert "公务接待" not in desk.book.facts(YEAR)
    press(grid.cells.editor, Key.Key_Escape)


def test_a_seal_that_does_not_hold_is_told(window, qtbot, settings, path):
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    window.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE payment SET amount = amount - 100 WHERE year = ?", (YEAR,))
    connection.commit()
    connection.close()
    again = opened(qtbot, settings, TODAY, path)
    again.show_page("closing")
    assert "封存校验不符" in page_of(again).seal.text
    assert "封存校验不符" in page_of(again).panels[CHECK].lines.text("seal")
    again.show_page("projects")
    qtbot.waitUntil(lambda: "封存校验不符" in again.state.text)
    again.close()


def test_nothing_can_be_done_in_a_file_that_is_read_only(window, qtbot, settings, path):
    window.close()
    again = opened(qtbot, settings, TODAY)
    assert again.open_file(path, readonly=True)
    again.desk.set_year(YEAR)
    again.show_page("closing")
    assert not panel(again, DISPOSE).confirm.isEnabled()
    assert not panel(again, LOCK).lock.isEnabled()
    assert not panel(again, CARRY).open.isEnabled()
    again.close()
