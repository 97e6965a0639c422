"""The pages of a PDF as they will print, with marks that stand on the screen only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from core.i18n import _
from ui.paper import POINTS_PER_INCH, PageImage, draw_page
from ui.style import LIGHT, colours
from ui.tasks import Job, Lane, paper_lane

if TYPE_CHECKING:
    from core.export.pdf_places import Link

SCREEN_DPI = 96
_KEPT = 3  # images of pages this far from the visible ones are kept
FIT_WIDTH, FIT_PAGE = -1.0, 0.0  # zooms that follow the window
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Highlight:
    """A rectangle on a page in points, in the colour of a severity, or (``chosen``) framed."""

    page: int
    rect: tuple[float, float, float, float]  # left, top, right, bottom
    severity: str = ""
    chosen: bool = False


class PdfPreview(QAbstractScrollArea):
    """Draws the visible pages in the worker; until a page is drawn anew its old picture stays."""

    clicked = Signal(int, float, float)  # page from 0, x and y in points from its top left corner
    page_changed = Signal(int, int)  # page from 1, how many
    drawn = Signal()  # all visible pages are drawn as they are now
    zoom_changed = Signal(int)  # percent of the real size

    MARGIN = 16  # around the pages
    GAP = 12  # between them

    def __init__(self, parent: QWidget | None = None, lane: Lane = paper_lane) -> None:
        super().__init__(parent)
        self._lane = lane
        self._pdf = b""
        self._newer = (b"", range(0))  # a PDF that some pages are drawn from
        self._sizes: Sequence[tuple[float, float]] = ()
        self._boxes: list[QRect] = []  # of the pages, in contents coordinates
        self._images: dict[int, PageImage] = {}
        self._fresh: set[int] = set()  # pages whose image is of this PDF
        self._job: Job | None = None
        self._drawing = b""  # the PDF that the job draws
        self._zoom = FIT_WIDTH
        self._highlights: tuple[Highlight, ...] = ()
        self._links: tuple[Link, ...] = ()
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("报告预览"))
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    # What is shown

    def show_pdf(self, pdf: bytes, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a PDF whose pages have these sizes in points; the place on show stays."""
        if pdf == self._pdf:
            return
        self._pdf, self._sizes = pdf, tuple(sizes)
        self._newer = (b"", range(0))
        self._fresh.clear()
        self._images = {page: image for page, image in self._images.items() if page < len(sizes)}
        self._lay_out()
        self._tell_page(always=True)

    def show_pages(self, pdf: bytes, pages: range) -> None:
        """Show some pages from another PDF that has them at the same place, until the next whole one is here."""
        self._newer = (pdf, pages)
        self._fresh.difference_update(pages)
        self._draw_next()

    def set_highlights(self, highlights: Iterable[Highlight]) -> None:
        """Mark places on the screen; the PDF is not touched."""
        self._highlights = tuple(highlights)
        self.viewport().update()

    def set_links(self, links: "Iterable[Link]") -> None:
        """Lines of the contents: a click on one goes to its place."""
        self._links = tuple(links)

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """What is marked."""
        return self._highlights

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page on show, from 0."""
        return self._page

    @property
    def is_drawn(self) -> bool:
        """Whether all visible pages are drawn as they are now."""
        return self._next_page() < 0 and self._job is None

    def go_to_page(self, page: int) -> None:
        """Show the top of a page; it is the one on show even where the last pages leave no room to scroll there."""
        if 0 <= page < len(self._boxes):
            self.verticalScrollBar().setValue(self._boxes[page].top() - self.GAP)
            self._set_page(page)

    def go_to_place(self, page: int, top: float) -> None:
        """Show a place of a page (in points) at the top of the window."""
        if 0 <= page < len(self._boxes):
            box, scale = self._boxes[page], self._scale(page)
            self.verticalScrollBar().setValue(round(box.top() + top * scale) - 2 * self.GAP)
            self._set_page(page)

    def show_place(self, page: int, top: float, bottom: float) -> None:
        """Bring a place of a page (in points) to the upper part of the window, unless it is there already."""
        if not 0 <= page < len(self._boxes):
            return
        scale = self._scale(page)
        upper, lower = self._boxes[page].top() + top * scale, self._boxes[page].top() + bottom * scale
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        if upper < bar.value() or lower > bar.value() + 0.5 * height:
            bar.setValue(round(upper - height / 4))

    def set_zoom(self, zoom: float) -> None:
        """Enlarge to a share of the real size, or let every page fit the window (FIT_WIDTH, FIT_PAGE)."""
        page, share = self._anchor()
        self._zoom = zoom
        self._lay_out()
        self._restore(page, share)

    @property
    def zoom(self) -> float:
        """The share of the real size, or FIT_WIDTH or FIT_PAGE."""
        return self._zoom

    @property
    def percent(self) -> int:
        """How large the page on show is, in percent of its real size."""
        return round(100 * self._scale(self._page) * POINTS_PER_INCH / SCREEN_DPI) if self._boxes else 100

    def step_zoom(self, up: bool) -> None:
        """The next larger or smaller step."""
        now = self.percent / 100
        steps = [z for z in ZOOMS if (z > now + 0.01 if up else z < now - 0.01)]
        if steps:
            self.set_zoom(steps[0] if up else steps[-1])

    def sizeHint(self) -> QSize:
        return QSize(460, 640)

    # Places

    def _scale(self, page: int) -> float:
        """Pixels per point."""
        return self._boxes[page].width() / self._sizes[page][0]

    def _lay_out(self) -> None:
        self._boxes, y, widest = [], self.GAP, 0
        for width, height in self._sizes:
            room = self._room(width, height)
            self._boxes.append(QRect(0, y, room, round(height * room / width)))
            widest = max(widest, room)
            y += self._boxes[-1].height() + self.GAP
        span = max(self.viewport().width(), widest + 2 * self.MARGIN)
        for box in self._boxes:
            box.moveLeft((span - box.width()) // 2)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(self.viewport().height())
        vertical.setSingleStep(48)
        vertical.setRange(0, max(0, y - self.viewport().height()))
        horizontal.setPageStep(self.viewport().width())
        horizontal.setRange(0, span - self.viewport().width())
        self.viewport().update()
        self._draw_next()
        self.zoom_changed.emit(self.percent)

    def _room(self, width: float, height: float) -> int:
        """How many pixels wide a page is drawn."""
        room = max(60, self.viewport().width() - 2 * self.MARGIN)
        if self._zoom == FIT_PAGE:
            return min(room, round((self.viewport().height() - 2 * self.GAP) * width / height))
        return room if self._zoom == FIT_WIDTH else round(width * self._zoom * SCREEN_DPI / POINTS_PER_INCH)

    def _anchor(self) -> tuple[int, float]:
        """The page at the top of the window and how far down it begins."""
        if not self._boxes:
            return 0, 0.0
        top = self.verticalScrollBar().value()
        page = next((n for n, box in enumerate(self._boxes) if box.bottom() > top), len(self._boxes) - 1)
        return page, max(0.0, (top - self._boxes[page].top()) / self._boxes[page].height())

    def _restore(self, page: int, share: float) -> None:
        if page < len(self._boxes):
            box = self._boxes[page]
            down = round(share * box.height()) if share else -self.GAP
            self.verticalScrollBar().setValue(box.top() + down)

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self) -> list[int]:
        window = QRect(self._offset(), self.viewport().size())
        return [n for n, box in enumerate(self._boxes) if box.intersects(window)]

    # Drawing

    def _pixels(self, page: int) -> int:
        return round(self._boxes[page].width() * self.devicePixelRatioF())

    def _next_page(self) -> int:
        """The first visible page that is not drawn as it is now; -1: all are."""
        for page in self._visible():
            held = self._images.get(page)
            if page not in self._fresh or held is None or held.width != self._pixels(page):
                return page
        return -1

    def _draw_next(self) -> None:
        page = self._next_page()
        if self._job is None and page >= 0 and self._pdf:
            self._drawing = self._pdf_of(page)
            self._job = self._lane.start(partial(draw_page, self._drawing, page, self._pixels(page)))
            self._job.done.connect(self._take)

    def _pdf_of(self, page: int) -> bytes:
        return self._newer[0] if page in self._newer[1] else self._pdf

    def _take(self, drawn: PageImage) -> None:
        self._job = None
        if self._drawing is self._pdf_of(drawn.page) and drawn.page < len(self._sizes):
            self._images[drawn.page] = drawn
            self._fresh.add(drawn.page)
            near = self._visible() or [0]
            self._images = {n: i for n, i in self._images.items() if near[0] - _KEPT <= n <= near[-1] + _KEPT}
            self.viewport().update()
        self._draw_next()
        if self._job is None:
            self.drawn.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours().info_soft))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self._offset())
        for page in self._visible():
            box = self._boxes[page]
            held = self._images.get(page)
            if held is not None:
                painter.drawImage(box, held.image)
            else:
                painter.fillRect(box, Qt.GlobalColor.white)
            self._paint_highlights(painter, page)
            self._paint_frame(painter, page, box)

    def _paint_frame(self, painter: QPainter, _page: int, box: QRect) -> None:
        painter.setPen(QColor(colours().line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def _paint_highlights(self, painter: QPainter, page: int) -> None:
        """Paper is white in the dark scheme too: the marks take the light one's colours."""
        scale, corner = self._scale(page), QPointF(self._boxes[page].topLeft())
        soft = {"block": LIGHT.error_soft, "error": LIGHT.error_soft, "warning": LIGHT.warning_soft}
        strong = {"block": LIGHT.error, "error": LIGHT.error, "warning": LIGHT.warning}
        for mark in self._highlights:
            if mark.page != page:
                continue
            left, top, right, bottom = (value * scale for value in mark.rect)
            rect = QRectF(left, top, right - left, bottom - top).translated(corner)
            if mark.severity:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(rect.adjusted(-1, 0, 1, 0), QColor(soft.get(mark.severity, LIGHT.info_soft)))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                painter.setPen(QPen(QColor(strong.get(mark.severity, LIGHT.info)), 1.4))
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if mark.chosen:
                painter.setPen(QPen(QColor(LIGHT.accent), 1.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(-2, -1, 2, 1), 3, 3)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page, share = self._anchor()
        self._lay_out()
        self._restore(page, share)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.PointingHandCursor if self._link_at(event) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self._spot(event)
        if spot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        link = self._link_at(event)
        if link is not None:
            self.go_to_place(link.page, link.top)
        else:
            self.clicked.emit(*spot)

    def _spot(self, event: QMouseEvent) -> tuple[int, float, float] | None:
        """The page under the mouse, and the place on it in points."""
        point = event.position().toPoint() + self._offset()
        for page, box in enumerate(self._boxes):
            if box.contains(point):
                scale = self._scale(page)
                return page, (point.x() - box.left()) / scale, (point.y() - box.top()) / scale
        return None

    def _link_at(self, event: QMouseEvent) -> "Link | None":
        spot = self._spot(event)
        return next((link for link in self._links if spot and link.box.holds(*spot)), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(event.angleDelta().y() > 0)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.step_zoom(key != Qt.Key.Key_Minus)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_9):
            self.set_zoom(FIT_WIDTH if key == Qt.Key.Key_0 else FIT_PAGE)
        elif key == Qt.Key.Key_PageDown:
            self.go_to_page(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to_page(self._page - 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _on_scrolled(self) -> None:
        self._tell_page()
        self._draw_next()

    def _tell_page(self, always: bool = False) -> None:
        """The page on show is the one that has the middle of the window, at the very end the last."""
        bar = self.verticalScrollBar()
        middle = bar.value() + self.viewport().height() // 2
        page = next((n for n, box in enumerate(self._boxes) if box.bottom() + self.GAP > middle), len(self._boxes) - 1)
        if bar.value() == bar.maximum() > 0:
            page = len(self._boxes) - 1
        self._set_page(page, always)

    def _set_page(self, page: int, always: bool = False) -> None:
        if page != self._page or always:
            self._page = max(page, 0)
            self.page_changed.emit(self._page + 1, len(self._boxes))
