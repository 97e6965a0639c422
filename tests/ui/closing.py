"""A year that is ready to be closed, and the steps of closing it on screen."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import commands as c
from core.closing import open_errors
from core.model import EventKind
from tests.builders import WAN, YEAR, on_disk
from tests.ui.keys import press, replace_text

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
NEXT = YEAR + 1
TODAY = date(NEXT, 1, 20)


def year_to_close(path: Path) -> None:
    """2023 with 大会费用 (1万元 of 2022 and 3 of 2023, 2 spent) and 公用经费 (9, 8 spent), nothing disposed of yet."""
    ledger = on_disk(path)
    held = ledger.book.projects(YEAR)[0].project
    for event in ledger.book.events(YEAR, held):
        if event.kind == EventKind.RECOVERED:
            ledger.commit(c.remove_event(ledger.book, event.id))
    ledger.commit(c.set_event(ledger.book, ledger.book.events(YEAR, held)[0].id, amount=207 * WAN // 100))
    for name, kind in (("大会费用", "业务工作专项"), ("公用经费", "公用经费")):
        ledger.commit(c.add_project(ledger.book, YEAR, name, kind))
    meeting, office = (row.project for row in ledger.book.projects(YEAR)[1:])
    for project, kind, amount in (
        (meeting, "opening", WAN),
        (meeting, "initial", 3 * WAN),
        (office, "initial", 9 * WAN),
    ):
        ledger.commit(c.add_event(ledger.book, YEAR, project, kind, "2023-01-01", amount))
    for project, amount in ((meeting, 2 * WAN), (office, 8 * WAN)):
        ledger.commit(c.add_payment(ledger.book, YEAR, project, "2023-06-01", amount, purpose="会议"))
    ledger.commit(c.set_project(ledger.book, YEAR, meeting, execution_reason="大会按上级要求推迟到下一年度召开"))
    ledger.close()


def page_of(window):
    return window.page("closing")


def panel(window, key):
    page_of(window).show_phase(key)
    return page_of(window).panels[key]


def states(window):
    return {key: row.phase.state for key, row in page_of(window).steps.rows.items()}


def click(button):
    assert button.isVisible() and button.isEnabled(), button.text()
    QTest.mouseClick(button, Left)
    QApplication.processEvents()


def cell(view, row, column):
    return view.table.index(row, view.table.column_of(column)).data()


def type_in(view, key, column, text):
    """Type over a cell of a grid and press Enter."""
    assert view.stand_at(key, column)
    view.setFocus()
    press(view, Key.Key_F2)
    replace_text(view.cells.editor, text)
    press(view.cells.editor, Key.Key_Return)


def waive_errors(desk):
    for one in open_errors(desk.book, desk.ledger.findings, YEAR):
        desk.commit(c.waive(desk.book, YEAR, one.rule, one.about.key(), one.facts(), "已与决算报表核对", TODAY))


def click_box(box):
    box.setFocus()
    press(box, Key.Key_Space)
