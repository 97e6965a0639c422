"""Where the keys go: F6 moves them from one part of the window to the next, a page that is shown takes them."""

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


def focus_page(page: QWidget, areas: Sequence[QWidget], but: QWidget) -> None:
    """Bring the keys to a page that is shown: where they were there last, else to its first part. They stay where they
    are on the page itself, and in ``but``, where arrow keys go from page to page."""
    focus = QApplication.focusWidget()
    if focus is not None and (page.isAncestorOf(focus) or but.isAncestorOf(focus)):
        return
    last = page.focusWidget()
    if last is not None and last.isVisible() and last.isEnabled():
        last.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        focus_next(areas)


def _focus_in(area: QWidget) -> bool:
    """Put the focus on an area or the first of its parts that takes it."""
    for part in (area, *area.findChildren(QWidget)):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
