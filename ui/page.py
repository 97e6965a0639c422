"""The base of all pages: a page that is hidden goes stale and is rebuilt when it is shown."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from core.check import About
from core.ledger import Outcome
from ui.desk import Desk
from ui.places import BY_NAME


class Page(QWidget):
    """One page of the window. Subclasses set ``name`` and ``title`` and fill in ``refresh``."""

    name = ""  # key in the navigation, such as "projects"
    title = ""  # 项目预算
    icon = ""  # file in resources/icons without .svg
    least_height = 0  # pixels at the standard font size below which it scrolls

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        desk.opened.connect(self.invalidate)
        desk.year_changed.connect(self.invalidate)
        desk.unit_changed.connect(self.invalidate)
        desk.changed.connect(self._on_changed)

    @property
    def has_content(self) -> bool:
        """Whether there is anything to show: a file is open, or the page needs none."""
        place = BY_NAME.get(self.name)
        return self.desk.is_open or (place is not None and not place.needs_file)

    def refresh(self, outcome: Outcome | None) -> None:
        """Show the book as it is now; ``outcome`` is what changed, None: anything may have."""
        raise AssertionError("every page shows something")

    def locate(self, about: About) -> bool:
        """Show a place if it is on this page."""
        return False

    def leave(self) -> bool | None:
        """Save what is being typed: called before another page, file or year is shown and on closing.

        False: it was refused, the reason was told, and the page still holds it."""

    def hasHeightForWidth(self) -> bool:
        """Its lists give way before the page scrolls, though labels in it wrap."""
        return False

    def areas(self) -> list[QWidget]:
        """Where F6 goes on this page, in order."""
        return [self]

    def invalidate(self, *_args: object) -> None:
        """Show everything anew, now or when the page is shown next."""
        self._stale = True
        if self.isVisible() and self.has_content:
            self._renew(None)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale and self.has_content:
            self._renew(None)
        super().showEvent(event)

    def _on_changed(self, outcome: Outcome) -> None:
        if self.isVisible():
            self._renew(outcome)
        else:
            self._stale = True

    def _renew(self, outcome: Outcome | None) -> None:
        self._stale = False
        self.refresh(outcome)
