"""A grid wider than its page: the name column stays in sight, and is worked with where it is seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.keys import press, replace_text
from ui.pages.projects import ProjectsPage
from ui.widgets.project_model import NAME

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def page(sample_desk, qtbot):
    """The grid of projects in 元, wider than its page."""
    sample_desk.set_money_unit("元")
    page = ProjectsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(800, 760)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    sample_desk.changed.connect(page.refresh)
    page.refresh(None)
    return page


def scrolled(grid, by=100):
    grid.horizontalScrollBar().setValue(by)
    assert grid.horizontalScrollBar().value() == by
    return grid


def seen(grid, row):
    """A place on the first column as it is seen."""
    return QPoint(120, grid.rowViewportPosition(row) + 12)


def test_only_a_grid_that_is_too_wide_has_a_column_that_stays(page):
    grid = page.grid
    assert grid.horizontalScrollBar().maximum() > 0 and grid.frozen.width == 0, "not scrolled yet"
    scrolled(grid)
    assert grid.frozen.width == grid.columnWidth(0)
    page.resize(1500, 760)
    assert grid.horizontalScrollBar().maximum() == 0 and grid.frozen.width == 0


def test_the_names_are_drawn_the_same_wherever_the_grid_is_scrolled(page):
    grid = page.grid
    grid.setFocus()
    width = grid.columnWidth(0) - 1
    before = grid.viewport().grab().copy(0, 0, width, 200).toImage()
    titles = grid.horizontalHeader().viewport().grab().copy(0, 0, width, 40).toImage()
    for by in (1, 90, grid.horizontalScrollBar().maximum()):
        scrolled(grid, by)
        assert grid.viewport().grab().copy(0, 0, width, 200).toImage() == before
        assert grid.horizontalHeader().viewport().grab().copy(0, 0, width, 40).toImage() == titles


def test_a_click_on_a_name_chooses_it_and_scrolls_nothing(page):
    grid = scrolled(page.grid)
    row = next(n for n, one in enumerate(grid.table.rows) if one.project)
    QTest.mouseClick(grid.viewport(), Left, pos=seen(grid, row))
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (row, 0)
    assert grid.horizontalScrollBar().value() == 100
    press(grid, Key.Key_Down)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (row + 1, 0)
    assert grid.horizontalScrollBar().value() == 100


def test_an_arrow_folds_where_it_is_seen(page):
    grid = scrolled(page.grid)
    rows = len(grid.table.rows)
    QTest.mouseClick(grid.viewport(), Left, pos=QPoint(12, grid.rowViewportPosition(0) + 12))
    assert len(grid.table.rows) < rows


def test_a_name_is_typed_where_it_is_seen(page):
    grid = scrolled(page.grid)
    row = next(n for n, one in enumerate(grid.table.rows) if one.name == "业务性专项经费")
    QTest.mouseClick(grid.viewport(), Left, pos=seen(grid, row))
    press(grid, Key.Key_F2)
    editor = grid.cells.editor
    assert editor.geometry().left() == 0 and editor.text() == "业务性专项经费"
    grid.horizontalScrollBar().setValue(120)
    assert editor.geometry().left() == 0
    replace_text(editor, "业务专项")
    press(editor, Key.Key_Return)
    assert grid.table.rows[row].name == "业务专项"


def test_keys_to_a_cell_under_the_names_bring_it_into_sight(page):
    grid = scrolled(page.grid, page.grid.horizontalScrollBar().maximum())
    number = grid.table.column_of("check")
    grid.setCurrentIndex(grid.table.index(1, number))
    grid.setFocus()
    while grid.currentIndex().column() > 1:
        press(grid, Key.Key_Left)
        place = grid.visualRect(grid.currentIndex())
        assert place.left() >= grid.frozen.width, "nothing the officer stands in lies under the names"
    press(grid, Key.Key_Left)
    assert grid.currentIndex().column() == grid.table.column_of(NAME)


def test_dragging_from_a_name_chooses_names(page):
    grid = scrolled(page.grid)
    QTest.mousePress(grid.viewport(), Left, pos=seen(grid, 1))
    QTest.mouseMove(grid.viewport(), seen(grid, 2))
    QTest.mouseMove(grid.viewport(), seen(grid, 3))
    QTest.mouseRelease(grid.viewport(), Left, pos=seen(grid, 3))
    assert (list(grid.chosen_rows()), grid.chosen_columns()) == ([1, 2, 3], [0])


def test_the_total_moves_with_the_columns_to_the_very_end(page):
    grid = page.grid
    page.resize(800, 420)
    assert grid.verticalScrollBar().isVisible()
    scrolled(grid, grid.horizontalScrollBar().maximum())
    assert grid.foot.horizontalScrollBar().value() == grid.horizontalScrollBar().value()
    assert grid.foot.columnViewportPosition(6) == grid.columnViewportPosition(6)


def test_the_title_that_stays_is_made_wider_where_it_is_seen(page):
    grid = scrolled(page.grid)
    header, width = grid.horizontalHeader(), grid.columnWidth(0)
    QTest.mousePress(header.viewport(), Left, pos=QPoint(width - 1, 10))
    QTest.mouseMove(header.viewport(), QPoint(width + 10, 10))
    QTest.mouseMove(header.viewport(), QPoint(width + 29, 10))
    QTest.mouseRelease(header.viewport(), Left, pos=QPoint(width + 29, 10))
    assert grid.columnWidth(0) == width + 30
