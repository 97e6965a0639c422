"""Random keys on 项目预算: whatever is pressed, the page shows what the book says, and disk equals memory."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from core.entries import entries_of
from core.ledger import Ledger
from tests.ui.keys import press
from ui.pages.projects import ProjectsPage
from ui.widgets.project_rows import grid_rows

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier
KEYS = (
    *(Key.Key_Return, Key.Key_Tab, Key.Key_Backtab, Key.Key_Escape, Key.Key_F2, Key.Key_Delete, Key.Key_Space),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_1, Key.Key_2, Key.Key_5, Key.Key_0, Key.Key_Minus, Key.Key_Period, Key.Key_A, Key.Key_Backspace),
)


@pytest.mark.parametrize("seed", range(4))
def test_the_page_follows_the_book(sample_desk, qtbot, seed):
    rng, desk = random.Random(seed), sample_desk
    page = ProjectsPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.grid.setFocus()
    for _step in range(150):
        work(rng, desk, page)
        QApplication.processEvents()
    page.leave()
    page.grid.setFocus()
    QApplication.processEvents()
    *rows, total = grid_rows(desk.book, desk.year, desk.review().open, page.model.folded)
    assert page.model.rows == rows
    assert page.grid.foot.table.rows == [total]
    entries = page.details.entries.model
    assert entries.rows == entries_of(desk.book, desk.year, entries.projects)
    assert page.details.project == page._project()
    saved, path = desk.book, desk.ledger.path
    desk.close()
    again = Ledger.open(path)
    assert again.book == saved
    desk.show_ledger(again)


def work(rng, desk, page):
    choice = rng.random()
    if choice < 0.80:
        focus = QApplication.focusWidget() or page.grid
        # The offscreen platform cannot open the list of a choice.
        press(focus, Key.Key_Return if isinstance(focus, QComboBox) else rng.choice(KEYS))
    elif choice < 0.84:
        press(page.grid, rng.choice((Key.Key_Up, Key.Key_Down)), Alt)
    elif choice < 0.90:
        page.leave()
        rng.choice((desk.undo, desk.redo))()
    elif choice < 0.92:
        page.leave()
        desk.set_year(rng.choice((2022, 2023, 2024)))
    elif choice < 0.94 and desk.review().open:
        page.locate(rng.choice(desk.review().open).finding.about)
    else:
        buttons = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
        rng.choice(buttons).click()
