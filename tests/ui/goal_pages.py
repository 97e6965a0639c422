"""The page 绩效指标 of the sample, with what its tests ask and do."""

from PySide6.QtCore import Qt

from core.goals import Version
from tests.ui.keys import press
from ui.pages.goals import GoalsPage

Key = Qt.Key
YEAR = 2023


def shown(desk, qtbot):
    page = GoalsPage(desk)
    qtbot.addWidget(page)
    page.resize(920, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.owners.choose(services(desk))
    return page


def services(desk):
    return next(row.project for row in desk.book.projects(YEAR) if row.name == "业务性专项经费")


def rows(page, version=Version.SELF):
    return page.desk.book.indicators(YEAR, services(page.desk), version)


def at(page, indicator, column):
    assert page.sheet.grid.stand_at(indicator, column)
    page.sheet.grid.setFocus()


def open_cell(page, indicator, column):
    """Open the field of a cell."""
    at(page, indicator, column)
    press(page.sheet.grid, Key.Key_F2)
    return page.sheet.grid.cells.editor


def cell(page, indicator, column):
    model = page.sheet.model
    return model.index(model.row_of(indicator), model.column_of(column)).data()


def hint(grid):
    said = grid.cells._hint
    return said.text() if said is not None and said.isVisible() else ""
