"""Every column of amounts says what unit its amounts are in: in its title, or in a line of the page above the grid."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.scenes import DIALOGS, PARTS, show_dialog, show_part
from ui.places import PLACES
from ui.widgets.grid import GridView

AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
# 万元, or what is no amount: points, rates, targets, or what was pasted and is still to be read
TITLED = re.compile(r"元|率|分值|得分|比上年|值$|^第\d+列$")
ABOVE = re.compile(r"金额单位：(元|万元)")


def unnamed(window: QWidget) -> list[str]:
    """The titles of columns with amounts whose unit is said nowhere."""
    said = any(ABOVE.search(one.text()) for one in window.findChildren(QLabel) if one.isVisible())
    found = []
    for grid in window.findChildren(GridView):
        if said or not grid.isVisible():
            continue
        table = grid.table
        for number, column in enumerate(table.columns):
            texts = [table.text(row, column.key) for row in table.rows[:200]]
            has_amounts = column.is_amount and any(AMOUNT.fullmatch(text) for text in texts)
            title = table.headerData(number, Qt.Orientation.Horizontal).replace("\n", "")
            if has_amounts and not grid.isColumnHidden(number) and not TITLED.search(title):
                found.append(f"{type(table).__name__}: {title}")
    return found


@pytest.fixture(params=("万元", "元"))
def settled(request, window):
    window.resize(1366, 768)
    window.desk.set_money_unit(request.param)
    return window


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_every_grid_of_a_page_names_the_unit_of_its_amounts(settled, name, qtbot):
    settled.show_page(name)
    qtbot.wait(30)
    assert unnamed(settled.page(name)) == []


@pytest.mark.parametrize("name", PARTS)
def test_every_grid_of_a_part_names_the_unit_of_its_amounts(settled, name, qtbot, tmp_path):
    show_part(name, settled, qtbot, tmp_path)
    assert unnamed(settled.current) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_grid_of_a_dialog_names_the_unit_of_its_amounts(settled, name, qtbot):
    dialog = show_dialog(name, settled, qtbot)
    assert unnamed(dialog) == []
    dialog.close()


def test_an_amount_without_a_unit_is_found(settled, qtbot):
    settled.show_page("projects")
    page = settled.page("projects")
    assert unnamed(page) == []
    page._unit.hide()
    assert "ProjectModel: 全年预算" in unnamed(page)
