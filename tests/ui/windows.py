"""Whole windows for tests."""

from pathlib import Path

from tests.builders import YEAR
from ui.desk import Desk
from ui.settings import Settings
from ui.window import Window


def opened(qtbot, settings: Settings, today, path: Path | None = None) -> Window:
    """A window on show, over a file or at its start page; ``today`` is the day it believes in."""
    desk = Desk()
    desk.today = lambda: today
    window = Window(desk, settings)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    if path is not None:
        assert window.open_file(path)
        desk.set_year(YEAR)
    return window
