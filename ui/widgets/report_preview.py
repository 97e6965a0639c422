"""The live preview of the report: printed anew in the worker whenever the book or the typed text changes."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.book import Book
from core.check import About, Finding, Severity
from core.errors import UserError
from core.figures import Ref
from core.i18n import _
from core.report_findings import Place, doubted
from core.review import Item
from ui.paper import Paper, print_submission
from ui.style import icon
from ui.tasks import Latest, paper_lane
from ui.widgets.preview import Highlight
from ui.widgets.preview_pane import PreviewPane

if TYPE_CHECKING:
    from core.export.pdf_places import Box

DELAY = 150  # ms without typing before the report is printed anew


class ReportPreview(PreviewPane):
    """Marks findings and the chosen figure on the screen; the PDF itself carries none of it."""

    pressed = Signal(object, object)  # About of the place that was clicked or None, Ref of the figure or None
    printed = Signal()  # the pages are those of the newest book

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self._printed: dict[Ref, list[Box]] = {}  # where each figure stands
        self._year = 0
        self._found: tuple[tuple[Finding, tuple[Ref, ...]], ...] = ()
        self._chosen: tuple[Place | None, Ref | None] | None = None
        self._sought: About | None = None  # to be shown when the pages are there
        self._latest = Latest(paper_lane, DELAY, self)
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._fail)
        self.view.clicked.connect(self._on_clicked)
        self.save_button = QPushButton(icon("export"), _("保存…"))
        self.save_button.setToolTip(_("保存为PDF、Word、电子表格或网页"))
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
        return self._latest.is_busy

    def show_book(self, book: Book, year: int, at_once: bool = False) -> None:
        """Print the year's report of this book and show it."""
        if year != self._year:
            self._year, at_once = year, True
            self.view.go_to_page(0)
        self._latest.ask(partial(print_submission, book, year), at_once or self._paper is None)

    def show_found(self, book: Book, items: Iterable[Item]) -> None:
        """Mark the places of these findings."""
        grave = [item.finding for item in items if item.finding.severity != Severity.INFO]
        self._found = tuple((finding, doubted(book, finding)) for finding in grave)
        self._mark()

    def choose(self, place: Place | None, ref: Ref | None) -> None:
        """Frame a figure of a section, or (without one) of the forms."""
        self._chosen = (place, ref)
        self._mark()

    def seek(self, about: About | None) -> None:
        """Bring a section, or words of it, into view; now or when the pages are there. None: stay."""
        self._sought = about
        if not self.is_busy:
            self._find()

    def _take(self, paper: Paper) -> None:
        self._paper = paper
        self._printed = {}
        for place in paper.info.places:
            if place.ref is not None:
                self._printed.setdefault(place.ref, []).append(place.box)
        self.say("")
        self.show_pdf(paper.pdf, paper.info.sizes)
        self._mark()
        self._find()
        self.printed.emit()

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
        self.view.set_highlights(marks)

    def _on_clicked(self, page: int, x: float, y: float) -> None:
        place = self._paper.info.at(page, x, y) if self._paper else None
        if place is not None and (place.anchor is not None or place.ref is not None):
            self.pressed.emit(place.anchor, place.ref)
