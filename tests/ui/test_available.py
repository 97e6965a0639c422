"""在途 and 可用余额 in the project grid: shown where they say something, at every width."""

import pytest
from PySide6.QtCore import Qt

from core import commands as c
from core import commitments as k
from core.balance import project_balance
from core.check import About
from tests.builders import WAN, YEAR
from tests.ui.keys import press, type_text
from ui.pages.projects import ProjectsPage
from ui.widgets.grid import LEAST

Key = Qt.Key
NARROW = 922  # the page in a window of 1366×768 with the live warnings beside it


@pytest.fixture
def page(sample_desk, qtbot):
    page = ProjectsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(NARROW, 690)
    sample_desk.changed.connect(page.refresh)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh(None)
    return page


def named(desk, name):
    return next(row.project for row in desk.book.project_years(YEAR) if row.name == name)


def cell(page, column, key):
    return page.model.index(page.model.row_of(key), page.model.column_of(column)).data()


def is_hidden(page, column):
    return page.grid.isColumnHidden(page.model.column_of(column))


def test_the_columns_say_what_is_committed_and_what_is_left(page):
    desk = page.desk
    where = named(desk, "第五次换届大会费用")
    assert is_hidden(page, "committed") and not is_hidden(page, "available")
    below = named(desk, "妇女儿童服务和宣传活动")
    desk.commit(k.add_commitment(desk.book, YEAR, where, "2023-10-12", 12_000_00))
    desk.commit(k.add_commitment(desk.book, YEAR, below, "2023-10-12", 500_00))
    assert not is_hidden(page, "committed")
    assert (cell(page, "committed", ("project", where)), cell(page, "available", ("project", where))) == (
        "1.20",
        "-1.20",
    )
    parent = desk.book.parent(below)
    assert cell(page, "committed", ("project", parent)) == "0.05"
    assert cell(page, "committed", ("sub", below)) == "0.05" and cell(page, "available", ("sub", below)) == ""
    foot = page.grid.foot
    shown = [foot.table.index(0, foot.table.column_of(key)).data() for key in ("undisposed", "committed", "available")]
    assert shown == ["0.00", "1.25", "-1.25"]
    assert project_balance(desk.book, YEAR, where).available == -12_000_00
    assert page.model.tone(page.model.rows[page.model.row_of(("project", where))], "available") == "error"
    for one in (where, below):
        desk.commit(k.drop_commitment(desk.book, desk.book.commitments(YEAR, one)[0].id))
    assert is_hidden(page, "committed")


def test_every_column_fits_a_narrow_window_and_names_keep_their_room(page, qtbot):
    desk = page.desk
    desk.commit(k.add_commitment(desk.book, YEAR, named(desk, "第五次换届大会费用"), "2023-10-12", WAN))
    header = page.grid.horizontalHeader()
    assert header.length() <= page.grid.viewport().width()
    assert header.sectionSize(page.model.column_of("name")) >= LEAST
    desk.commit(c.add_payment(desk.book, YEAR, named(desk, "第五次换届大会费用"), "2023-11-02", 12_345_678))
    desk.commit(k.add_commitment(desk.book, YEAR, named(desk, "业务性专项经费"), "2023-10-12", 12_345_678))
    assert not page.model.has_bars, "the names need the room"
    assert header.length() <= page.grid.viewport().width()
    page.resize(1300, 690)
    qtbot.waitUntil(lambda: page.model.has_bars)
    assert header.length() <= page.grid.viewport().width()
    row = page.model.rows[page.model.row_of(("project", named(desk, "业务性专项经费")))]
    assert page.model.look(row, "rate").share is not None


def test_typing_in_the_column_begins_a_commitment(page):
    desk = page.desk
    where = named(desk, "业务性专项经费")
    desk.commit(k.add_commitment(desk.book, YEAR, where, "2023-10-12", WAN))
    page.grid.stand_at(("project", where), "committed")
    page.grid.setFocus()
    type_text(page.grid, "5")
    line = page.details.entries.line
    assert line.kind.value() == "commitment" and line.amount.hasFocus()
    type_text(line.amount, "00")
    press(line.amount, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.amount for one in desk.book.commitments(YEAR, where)] == [WAN, 50_000]


def test_a_commitment_is_located_in_the_list(page):
    desk = page.desk
    where = named(desk, "业务性专项经费")
    change = k.add_commitment(desk.book, YEAR, where, "2023-10-12", WAN)
    desk.commit(change)
    assert page.locate(About("commitment", change.diffs[0].record.id, "amount"))
    assert page.details.entries.view.current == desk.book.commitments(YEAR, where)[0]
