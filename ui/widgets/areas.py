"""F6: the focus goes from one part of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next(areas: Sequence[QWidget]) -> None:
    """Move the focus to the next area that is visible and can take it."""
    focus = QApplication.focusWidget()
    held = next((n for n, area in enumerate(areas) if focus and (area is focus or area.isAncestorOf(focus))), -1)
    for area in (*areas[held + 1 :], *areas[: held + 1]):
        if area.isVisible() and _focus_in(area):
            return


def _focus_in(area: QWidget) -> bool:
    """Put the focus on an area or the first of its parts that takes it."""
    for part in (area, *area.findChildren(QWidget)):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
