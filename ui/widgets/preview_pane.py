"""A preview with its bar: page back and forth, zoom, and room for buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from ui.style import icon
from ui.widgets.preview import FIT_PAGE, FIT_WIDTH, ZOOMS, PdfPreview
from ui.widgets.thumbnails import Thumbnails

_FITS = {FIT_WIDTH: _("适合宽度"), FIT_PAGE: _("整页")}


class PreviewPane(QFrame):
    """``view`` is the preview; ``bar`` takes buttons at its right end; ``say`` shows a line instead of pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.view = PdfPreview()
        self.thumbnails = Thumbnails()
        self.thumbnails.hide()
        self._pages: tuple[bytes, Sequence[tuple[float, float]]] = (b"", ())
        self._toggle = self._small("", _("页面缩略图（T）"))
        self._toggle.setIcon(icon("pages"))
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._show_thumbnails)
        self._back = self._small("‹", _("上一页"))
        self._forth = self._small("›", _("下一页"))
        self._number = QLabel("0 / 0")
        self._number.setAccessibleName(_("页码"))
        self._zoom = self._small("100%", _("缩放"))
        self._zoom.setMenu(self._zoom_menu())
        self._note = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._note.setProperty("role", "hint-error")
        self._note.hide()
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(10, 8, 10, 8)
        self.bar.setSpacing(4)
        for widget in (self._toggle, self._back, self._number, self._forth, self._zoom):
            self.bar.addWidget(widget)
        self.bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.bar)
        line = QFrame()
        line.setProperty("role", "line")
        layout.addWidget(line)
        layout.addWidget(self._note)
        pages = QHBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.view, 1)
        layout.addLayout(pages, 1)
        self.thumbnails.picked.connect(self.view.go_to_page)
        self._back.clicked.connect(lambda: self.view.go_to_page(self.view.page - 1))
        self._forth.clicked.connect(lambda: self.view.go_to_page(self.view.page + 1))
        self.view.page_changed.connect(self._show_page)
        self.view.zoom_changed.connect(self._show_zoom)
        self._show_page(0, 0)

    def show_pdf(self, pdf: bytes, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a PDF whose pages have these sizes in points."""
        self._pages = (pdf, sizes)
        self.view.show_pdf(pdf, sizes)
        if not self.thumbnails.isHidden():
            self.thumbnails.show_pdf(pdf, sizes)

    def say(self, text: str) -> None:
        """Say above the pages why they are not as they should be; empty: nothing to say."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def show_tools(self, zoom: bool, arrows: bool) -> None:
        """Which parts of the bar there is room for."""
        self._zoom.setVisible(zoom)
        self._back.setVisible(arrows)
        self._forth.setVisible(arrows)
        self.bar.invalidate()

    def _show_page(self, page: int, pages: int) -> None:
        self._number.setText(f"{page} / {pages}")
        self.thumbnails.choose(page - 1)
        self._back.setEnabled(page > 1)
        self._forth.setEnabled(page < pages)

    def _show_thumbnails(self, shown: bool) -> None:
        self.thumbnails.setVisible(shown)
        if shown:
            self.thumbnails.show_pdf(*self._pages)
            self.thumbnails.choose(self.view.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self._toggle.toggle()
        else:
            super().keyPressEvent(event)

    def _show_zoom(self, percent: int) -> None:
        self._zoom.setText(_FITS.get(self.view.zoom, f"{percent}%"))

    def _small(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _zoom_menu(self) -> QMenu:
        menu = QMenu(self)
        for zoom in (*_FITS, *ZOOMS):
            action = QAction(_FITS.get(zoom, f"{zoom:.0%}"), menu)
            action.triggered.connect(lambda _checked, zoom=zoom: self.view.set_zoom(zoom))
            menu.addAction(action)
        return menu
