"""The page 导入导出 over a small ledger, and what tests do with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.model import Payment
from tests.core.intake.ugly import write
from ui.intake import intake_lane
from ui.pages.exchange import ExchangePage
from ui.widgets.import_wizard import DONE

NAME = "业务性专项经费"
GOOD = [
    ("2023-03-08", "P001", "示例文印店", "材料印制", NAME, 1200.5),
    ("2023-05-06", "P002", "示例超市", "慰问品", NAME, 20),
]
SUM = 122050


@pytest.fixture
def page(desk, qtbot):
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    page.resize(1214, 676)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.wizard.work.close()
    assert intake_lane.finish(20)


@pytest.fixture
def read(page, qtbot, tmp_path):
    """Writes a sheet, opens it on the page and waits for the plan."""

    def go(rows, more=None, name="表.xlsx"):
        page.wizard.open(write(tmp_path / name, rows, more))
        wait(page, qtbot)
        return page.wizard

    return go


def wait(page, qtbot):
    work = page.wizard.work
    qtbot.waitUntil(lambda: not work.is_busy and not work.is_planning, timeout=20_000)
    qtbot.wait(10)


def click(widget):
    assert widget.isVisible() and widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(pick, value):
    """Choose as the mouse does in the list of a pick."""
    pick.set_value(value)
    assert pick.value() == value
    pick.activated.emit(pick.currentIndex())


def store(page, qtbot):
    click(page.wizard.preview.store)
    qtbot.waitUntil(lambda: page.wizard.stack.currentIndex() == DONE, timeout=20_000)


def payments(page):
    return [one for one in page.desk.book.all(Payment) if one.batch]


def states(page):
    model = page.wizard.preview.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
