"""The pages, one on show; what is too low for a page to be worked in scrolls instead of squeezing it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ui.style import scaled


class _Pages(QStackedWidget):
    """Asks for no room: a page that is not on show must not make the others scroll."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class PageStack(QScrollArea):
    """A stack of pages in a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._pages)

    def addWidget(self, page: QWidget) -> None:
        """Take a page in."""
        self._pages.addWidget(page)

    def removeWidget(self, page: QWidget) -> None:
        """Let go of a page."""
        self._pages.removeWidget(page)

    def currentWidget(self) -> QWidget:
        """The page on show."""
        return self._pages.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page at its top."""
        self._pages.setMinimumHeight(scaled(getattr(page, "least_height", 0)))
        self._pages.setCurrentWidget(page)
        self.verticalScrollBar().setValue(0)
