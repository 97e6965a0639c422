"""The live preview of the report: printed anew in the worker whenever the book or the typed text changes."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from core.book import Book
from core.check import About, Finding, Severity
from core.errors import UserError
from core.figures import Ref
from core.i18n import _
from core.report_findings import Place, doubted
from core.review import Item
from ui.paper import Paper, preview_submission, preview_text
from ui.style import icon
from ui.tasks import Latest, Work, paper_lane
from ui.widgets.preview import Highlight
from ui.widgets.preview_pane import PreviewPane

if TYPE_CHECKING:
    from core.export.pdf_places import Box

DELAY = 150  # ms without typing before the report is printed anew


class ReportPreview(PreviewPane):
    """Marks findings and the chosen figure on the screen; the PDF itself carries none of it."""

    pressed = Signal(object, object)  # About of the place that was clicked or None, Ref of the figure or None
    text_printed = Signal()  # the pages of the text are those of the newest book
    printed = Signal()  # all pages are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self._printed: dict[Ref, list[Box]] = {}  # where each figure stands
        self._year = 0
        self._found: tuple[tuple[Finding, tuple[Ref, ...]], ...] = ()
        self._chosen: tuple[Place | None, Ref | None] | None = None
        self._everywhere: Ref | None = None  # a figure framed wherever it is printed
        self._sought: About | None = None  # to be shown when the pages are there
        self._latest = Latest(paper_lane, DELAY, self)
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._fail)
        self._text_first = Latest(paper_lane, DELAY, self)
        self._text_first.done.connect(self._take_text)
        self._text_first.failed.connect(lambda _error: self._print_whole())  # which then says why
        self._whole: Work | None = None  # to be printed when the text is shown
        self.view.drawn.connect(self._print_whole)
        self.view.clicked.connect(self._on_clicked)
        self.save_button = QPushButton(icon("export"), _("保存…"))
        self.save_button.setToolTip(_("保存为PDF、Word、电子表格或网页"))
        self.save_button.setAccessibleName(_("保存…"))
        self.print_button = QPushButton(_("打印…"))
        self.print_button.setProperty("role", "primary")
        for button in (self.save_button, self.print_button):
            self.bar.addWidget(button)

    @property
    def paper(self) -> Paper | None:
        """The report as last printed."""
        return self._paper

    @property
    def is_busy(self) -> bool:
        """Whether newer pages are on their way."""
        return self._latest.is_busy or self._text_first.is_busy or self._whole is not None

    def show_book(self, book: Book, year: int, at_once: bool = False) -> None:
        """Print the year's report of this book and show it."""
        if year != self._year:
            self._year, at_once = year, True
            self.view.go_to_page(0)
        at_once = at_once or self._paper is None
        self.stop()
        whole = partial(preview_submission, book, year)
        if self._paper is not None and self.view.page in self._paper.info.text_pages:
            self._whole = whole  # the annexes take longer than the text, which is being looked at
            self._text_first.ask(partial(preview_text, book, year), at_once)
        else:
            self._latest.ask(whole, at_once)

    def stop(self) -> None:
        """Forget what is under way."""
        self._whole = None
        self._text_first.stop()
        self._latest.stop()

    def show_found(self, book: Book, items: Iterable[Item]) -> None:
        """Mark the places of these findings."""
        grave = [item.finding for item in items if item.finding.severity != Severity.INFO]
        self._found = tuple((finding, doubted(book, finding)) for finding in grave)
        self._mark()

    def choose(self, place: Place | None, ref: Ref | None) -> None:
        """Frame a figure of a section, or (without one) of the forms."""
        self._chosen, self._everywhere = (place, ref), None
        self._mark()

    def show_figure(self, ref: Ref) -> None:
        """Frame a figure wherever it is printed, and bring the first place into view."""
        self._chosen, self._everywhere = None, ref
        self._mark()
        for box in self._printed.get(ref, ())[:1]:
            self.view.show_place(box.page, box.top, box.bottom)

    def seek(self, about: About | None) -> None:
        """Bring a section, or words of it, into view; now or when the pages are there. None: stay."""
        self._sought = about
        if not self.is_busy:
            self._find()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane 保存 is its icon alone, then the zoom and the arrows give way: keys do the same."""
        super().resizeEvent(event)
        steps = ((True, True, True), (False, True, True), (False, False, True), (False, False, False))
        for words, zoom, arrows in steps:
            self.save_button.setText(_("保存…") if words else "")
            self.show_tools(zoom, arrows)
            if self.bar.minimumSize().width() <= self.width():
                break

    def _take(self, paper: Paper) -> None:
        self._hold(paper)
        self.say("")
        self.show_pdf(paper.pdf, paper.info.sizes)
        self.view.set_links(paper.info.links)
        self._mark()
        self._find()
        self.printed.emit()

    def _take_text(self, paper: Paper) -> None:
        """Show the pages of the text, unless they have become more or fewer: then all pages come together."""
        held, pages = self._paper, paper.info.text_pages
        if held is not None and pages == held.info.text_pages:
            self._hold(Paper(held.document, held.pdf, held.info.with_text(paper.info)))
            self.view.show_pages(paper.pdf, pages)
            self._mark()
            self.text_printed.emit()
        if self.view.is_drawn:
            self._print_whole()

    def _print_whole(self) -> None:
        """Print all pages, once those that are looked at are drawn."""
        if self._whole is not None and not self._text_first.is_busy:
            work, self._whole = self._whole, None
            self._latest.ask(work, at_once=True)

    def _hold(self, paper: Paper) -> None:
        self._paper = paper
        self._printed = {}
        for place in paper.info.places:
            if place.ref is not None:
                self._printed.setdefault(place.ref, []).append(place.box)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.say(str(error))

    def _find(self) -> None:
        if self._sought is None or self._paper is None:
            return
        boxes = self._paper.info.words(self._sought) or self._paper.info.words(replace(self._sought, start=-1, end=-1))
        self._sought = None
        if boxes:
            self.view.show_place(boxes[0].page, boxes[0].top, boxes[-1].bottom)

    def _mark(self) -> None:
        if self._paper is None:
            return
        info, marks = self._paper.info, []
        for finding, refs in self._found:
            boxes = [box for ref in refs for box in self._printed.get(ref, ())]
            if finding.about.kind == "section" and finding.about.start >= 0:
                boxes += info.words(finding.about)
            marks += [Highlight(box.page, tuple(box[1:]), finding.severity) for box in boxes]
        if self._chosen and self._chosen[1]:
            place_, ref = self._chosen
            anchor = About("section", place_[1], place_[0]) if place_ else None
            boxes = [place.box for place in info.places if place.ref == ref and place.anchor == anchor]
            marks += [Highlight(box.page, tuple(box[1:]), chosen=True) for box in boxes]
        if self._everywhere is not None:
            boxes = self._printed.get(self._everywhere, [])
            marks += [Highlight(box.page, tuple(box[1:]), chosen=True) for box in boxes]
        self.view.set_highlights(marks)

    def _on_clicked(self, page: int, x: float, y: float) -> None:
        place = self._paper.info.at(page, x, y) if self._paper else None
        if place is not None and (place.anchor is not None or place.ref is not None):
            self.pressed.emit(place.anchor, place.ref)
