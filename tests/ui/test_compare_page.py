"""多年对比: the figures of all years, by mouse and keys."""

from PySide6.QtCore import Qt

from core import commands
from core.outline import default_template_text
from core.over_years import lines, shown
from core.policy import default_policy_text
from tests.ui.keys import press
from ui.pages.compare import ComparePage


def page_of(desk, qtbot) -> ComparePage:
    page = ComparePage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def cells(page) -> list[list[str]]:
    model = page.grid.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_the_unit_stands_first_with_a_column_for_each_year(sample_desk, qtbot) -> None:
    page = page_of(sample_desk, qtbot)
    titles = [page.grid.model().headerData(n, Qt.Orientation.Horizontal) for n in range(5)]
    assert titles == ["项目", "2022年", "2023年", "2024年", "比上年"]
    assert cells(page)[0] == ["全年预算", "93.70", "105.64", "106.20", "+0.53%"]
    found = lines(sample_desk.book, 0)
    assert [row[1:4] for row in cells(page)] == [[shown(value) for value in line.values] for line in found]


def test_a_project_is_chosen_with_the_keys(sample_desk, qtbot) -> None:
    page = page_of(sample_desk, qtbot)
    page.owners.setFocus()
    for _step in range(4):
        press(page.owners, Qt.Key.Key_Down)
    assert page._heading.text() == "第五次换届大会费用"
    assert cells(page)[0][1:4] == ["—", "3.00", "3.00"]


def test_the_unit_of_amounts_is_followed(sample_desk, qtbot) -> None:
    page = page_of(sample_desk, qtbot)
    sample_desk.set_money_unit("元")
    assert cells(page)[0][2] == "1,056,400.00"
    assert "元" in page._unit.text()


def test_a_new_year_gets_a_column(sample_desk, qtbot) -> None:
    page = page_of(sample_desk, qtbot)
    change = commands.open_year(sample_desk.book, 2025, default_policy_text(), default_template_text())
    sample_desk.commit(change)
    assert page.grid.model().columnCount() == 6
    sample_desk.undo()
    assert page.grid.model().columnCount() == 5
