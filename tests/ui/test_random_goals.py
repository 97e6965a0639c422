"""Random keys on 绩效指标: whatever is pressed, the page shows what the book says, and disk equals memory."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from core.goals import Indicator
from core.ledger import Ledger
from core.scoring import scored
from tests.ui.keys import press
from ui.dialogs.goal_library import LibraryDialog
from ui.pages.goals import MONITOR, TABS, GoalsPage
from ui.widgets.attachment_strip import AttachmentStrip

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier
KEYS = (
    *(Key.Key_Return, Key.Key_Tab, Key.Key_Backtab, Key.Key_Escape, Key.Key_F2, Key.Key_Delete, Key.Key_Insert),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_1, Key.Key_2, Key.Key_5, Key.Key_0, Key.Key_Minus, Key.Key_Greater, Key.Key_A, Key.Key_Backspace),
)


@pytest.mark.parametrize("seed", range(4))
def test_the_page_follows_the_book(sample_desk, qtbot, seed):
    rng, desk = random.Random(seed), sample_desk
    page = GoalsPage(desk)
    qtbot.addWidget(page)
    page.resize(920, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.sheet.grid.setFocus()
    for _step in range(150):
        work(rng, desk, page)
        QApplication.processEvents()
    page.leave()
    page.owners.setFocus()
    QApplication.processEvents()
    check(desk, page)
    saved, path = desk.book, desk.ledger.path
    desk.close()
    again = Ledger.open(path)
    assert again.book == saved
    desk.show_ledger(again)


def check(desk, page):
    year, policy = desk.year, desk.book.policy(desk.year)
    if page._tab == MONITOR:
        numbers = [row.number for row in page.month.model.rows]
        asked = [one.id for one in desk.book.indicators(year, page.owners.about, "goal") if not one.inapplicable]
        assert not numbers or not asked or numbers == [0, *asked]
        return
    sheet = page.sheet
    wanted = [scored(one, policy) for one in desk.book.indicators(year, page.owners.about, sheet.version)]
    assert sheet.model.rows[:-1] == wanted
    assert sheet.model.rows[-1].indicator.id == 0
    assert page.summary.total.text in (
        "—",
        str(page._held[page.owners.about].evaluation.capped_total).removesuffix(".00"),
    )


def work(rng, desk, page):
    choice = rng.random()
    dialog = next((made for made in page.findChildren(LibraryDialog) if made.isVisible()), None)
    if dialog is not None:
        press(dialog.entries, rng.choice((Key.Key_Space, Key.Key_Down, Key.Key_Return, Key.Key_Escape)))
    elif choice < 0.75:
        focus = QApplication.focusWidget() or page.sheet.grid
        # The offscreen platform cannot open the list of a choice.
        press(focus, rng.choice((Key.Key_Return, Key.Key_Down)) if isinstance(focus, QComboBox) else rng.choice(KEYS))
    elif choice < 0.79:
        press(page.sheet.grid, rng.choice((Key.Key_Up, Key.Key_Down)), Alt)
    elif choice < 0.85:
        page.leave()
        rng.choice((desk.undo, desk.redo))()
    elif choice < 0.87:
        page.leave()
        desk.set_year(rng.choice((2022, 2023, 2024)))
    elif choice < 0.90:
        page.show_tab(rng.choice(list(TABS)))
    elif choice < 0.92:
        page.owners.setCurrentRow(rng.randrange(page.owners.count()))
    elif choice < 0.94 and desk.review().open:
        page.locate(rng.choice(desk.review().open).finding.about)
    elif choice < 0.96:
        (page.month if page._tab == MONITOR else page.sheet).grid.setFocus()
    else:
        # Files are asked for by the system's own dialog, which waits for an answer.
        buttons = [
            b
            for b in page.findChildren(QPushButton)
            if b.isVisible() and b.isEnabled() and not isinstance(b.parent(), AttachmentStrip)
        ]
        rng.choice(buttons).click()
    assert all(isinstance(one, Indicator) for one in page.sheet.model.indicators)
