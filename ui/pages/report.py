"""年终报告: the outline, the text being written with its figures and findings, and the pages as they will print."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core import typed_figures
from core.book import Book
from core.change import Change
from core.check import About, Findings
from core.figures import Figure, Ref
from core.form_items import stated_figure
from core.i18n import _
from core.ledger import Ledger, Outcome
from core.model import YearState
from core.outline import Part, outline
from core.report_findings import Place, map_of
from core.review import Item, review
from core.templates import section_of
from core.writing import confirm_section, progress, reset_section, retitle
from ui.desk import Desk
from ui.page import Page
from ui.style import icon
from ui.widgets.card_column import CardColumn
from ui.widgets.paper_links import PaperLinks
from ui.widgets.parts import button, label
from ui.widgets.report_preview import ReportPreview
from ui.widgets.section_editor import SectionEditor
from ui.widgets.section_list import Completeness, SectionList, rows
from ui.widgets.source_panel import SourcePanel
from ui.widgets.submitted_panel import SubmittedPanel
from ui.widgets.template_panel import TemplatePanel

TRY_DELAY = 60  # ms without typing before what is typed is tried
KEEP_DELAY = 2000  # ms after the first key before what is typed is put aside


class ReportPage(Page):
    """What is typed is tried at once, and saved as one step when the officer goes elsewhere."""

    name = "report"
    title = _("年终报告")
    icon = "document"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._parts: list[Part] = []
        self._ledger: Ledger | None = None  # whose text is shown
        self._refused = ""  # the text that could not be saved
        self._tried = desk.book if desk.is_open else Book()  # with what is being typed
        self._found: Mapping[Place, tuple[Item, ...]] = {}
        self._open_rules: tuple[str, ...] = ()  # of all findings of the year
        self.sections = SectionList()
        self.completeness = Completeness()
        self.section = SectionEditor()
        self.sources = SourcePanel(desk)
        self.cards = CardColumn(desk)
        self.template = TemplatePanel(desk)
        self.submitted = SubmittedPanel(desk)
        self.preview = ReportPreview()
        self._timer = QTimer(self, singleShot=True, interval=TRY_DELAY)
        self._timer.timeout.connect(self._try)
        self.sections.chosen.connect(self._choose)
        self.section.typed.connect(self._timer.start)
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_DELAY)
        self._keeping.timeout.connect(self._keep)
        self.section.typed.connect(self._keep_soon)
        self.section.left.connect(self._on_left)
        self.section.save_asked.connect(self.save)
        self.section.reached.connect(self._on_figure)
        self.section.retitled.connect(self.save)
        self.section.reset_asked.connect(partial(self._change, reset_section))
        self.section.confirm_asked.connect(partial(self._change, confirm_section))
        self.section.phrases_asked.connect(self._offer_phrases)
        self.preview.pressed.connect(self._on_pressed)
        self.preview.save_button.clicked.connect(self.save_as)
        self.preview.print_button.clicked.connect(self.print_)
        self.template.closed.connect(self._show_text)
        self.submitted.closed.connect(self._show_text)
        self.submitted.shown.connect(self.preview.show_figure)
        self._build()

    # What every page does

    def refresh(self, outcome: Outcome | None) -> None:
        if self._ledger is not self.desk.ledger:
            self._ledger, self.section.year = self.desk.ledger, 0  # another file: nothing typed belongs to it
        if self.section.year not in (0, self.desk.year):
            self.save()
        book, year = self.desk.book, self.desk.year
        self._parts = outline(book, year)
        self._show_findings(book, self.desk.ledger.findings)
        self.completeness.show_progress(*progress(book, year))
        part = self._part(self.section.place) or (self._parts[0] if self._parts else None)
        if part is None:
            return
        if self.section.year != year:
            self._show_part(part)
        else:
            self.section.renew(book, part, self._line(part), self._readonly())
        self.sections.choose((part.key, part.about))
        self._show_section_findings(anew=True)
        self._on_figure(None)
        if self.edits_template:
            self.template.refresh()
        elif self.shows_submitted:
            self.submitted.refresh()
        if self.section.is_changed:
            self._try()
        else:
            self.preview.show_book(book, year, at_once=outcome is None)

    def locate(self, about: About) -> bool:
        if self._stale and self.desk.is_open:
            self._renew(None)
        self._show_text()
        place = map_of(self.desk.year, self._parts).place_of(about)
        if place is None or not self.sections.choose(place):
            return False
        if about.kind != "section":
            self.section.editor.go_to_figure(about.id, about.field)
            self.section.editor.setFocus()
        elif about.start >= 0:
            self.section.editor.select_words(about.start, about.end)
            self.section.editor.setFocus()
        elif self._part(place).mode in ("heading", "text"):
            self.section.focus_title()
        self.preview.seek(about if about.kind == "section" else About("section", place[1], place[0]))
        return True

    def leave(self) -> bool:
        return self.save() and (not self.edits_template or self.template.finish())

    def areas(self) -> list[QWidget]:
        if self.shows_submitted:
            middle: list[QWidget] = [self.submitted.list, self.submitted.grid]
        else:
            middle = [self.template.order] if self.edits_template else [self.section.editor, self.cards]
        return [self.sections, *middle, self.preview.view]

    # The template

    @property
    def edits_template(self) -> bool:
        """Whether the template stands in place of the text."""
        return self._middle.currentWidget() is self.template

    def edit_template(self) -> None:
        """Show the template of the year, at the section being written."""
        if not self.save():
            return
        self.template.refresh()
        self._middle.setCurrentWidget(self.template)
        if self.section.place is not None:
            self.template.choose(section_of(self.desk.book, self.desk.year, self.section.place[0]))
        self.template.order.setFocus()

    def _show_text(self) -> None:
        if self._middle.currentIndex():
            (self.template.finish if self.edits_template else self.submitted.stop)()
            self._middle.setCurrentIndex(0)
            self.section.editor.setFocus()

    # What was handed in

    @property
    def shows_submitted(self) -> bool:
        """Whether what was handed in stands in place of the text."""
        return self._middle.currentWidget() is self.submitted

    def show_submitted(self) -> None:
        """Show what was handed in (报送存档), compared with now."""
        if self.save():
            self._show_text()
            self._middle.setCurrentWidget(self.submitted)
            self.submitted.refresh()
            self.submitted.list.setFocus()

    # Saving

    def save(self) -> bool:
        """Save what was typed, the text as one step; False: it was refused, the reason is told, and the text stays."""
        QApplication.inputMethod().commit()  # what an input method is composing belongs to the text
        self._timer.stop()
        self._keeping.stop()
        if not self.desk.is_open:  # the text lost the focus because the file was closed
            return True
        title, place = self.section.new_title, self.section.place
        saved = self.desk.commit(self.section.change(self.desk.book))
        self._refused = "" if saved else self.section.raw
        if saved and title and place is not None:
            saved = self.desk.commit(retitle(self.desk.book, self.section.year, place[0], title))
        return saved

    def _keep_soon(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def _keep(self) -> None:
        """Put aside what is typed: a power cut costs the last moments, not the visit."""
        if self.desk.is_open:
            self.desk.keep_unsaved(self.section.change(self.desk.book))

    def _on_left(self) -> None:
        """Save when the focus goes elsewhere; what was just refused is not tried again with every click."""
        if not self._refused or self.section.raw != self._refused:
            self.save()

    def _change(self, make: Callable[[Book, int, str, int], Change]) -> None:
        if (place := self.section.place) is not None and self.save():
            self.desk.commit(make(self.desk.book, self.desk.year, *place))

    # Choosing

    def _choose(self, place: Place) -> None:
        if place == self.section.place:
            return
        held = self.section.place
        if not self.save():
            self.sections.choose(held)
            return
        part = self._part(place)
        if part is not None:
            if self.shows_submitted:
                self._show_text()
            self._show_part(part)
            self._show_section_findings()
            self.preview.seek(About("section", part.about, part.key))
            if self.edits_template:
                self.template.choose(section_of(self.desk.book, self.desk.year, part.key))
            self.desk.selected.emit(About("section", part.about, part.key))

    def _show_part(self, part: Part) -> None:
        self.section.show_part(self.desk.book, self.desk.year, part, self._line(part), self._readonly())

    def _part(self, place: Place | None) -> Part | None:
        return next((part for part in self._parts if (part.key, part.about) == place), None)

    def _line(self, part: Part) -> str:
        """The part as the outline names it."""
        return next(row.text for row in rows(self._parts) if row.place == (part.key, part.about))

    def _readonly(self) -> bool:
        record = self.desk.book.year(self.desk.year)
        return self.desk.readonly or record is None or record.state == YearState.FINAL

    # Findings, figures and pages

    def _try(self) -> None:
        """Show what the typed text does: its findings and its pages, before it is saved."""
        self._timer.stop()
        change = self.section.change(self.desk.book)
        outcome = self.desk.try_(change) if change else None
        book = outcome.after if outcome else self.desk.book
        findings = outcome.findings if outcome else self.desk.ledger.findings
        self._parts = outline(book, self.desk.year)
        self._show_findings(book, findings)
        self._show_section_findings()
        self.completeness.show_progress(*progress(book, self.desk.year))
        self.preview.show_book(book, self.desk.year, at_once=True)

    def _show_findings(self, book: Book, findings: Findings) -> None:
        year = self.desk.year
        found = review(book, findings, year, self.desk.today())
        self._found = map_of(year, self._parts).by_place(found.open)
        self._tried, self._open_rules = book, tuple(item.rule.id for item in found.open)
        self.sections.show_parts(self._parts, self._found)
        self.preview.show_found(book, found.open)

    def _show_section_findings(self, anew: bool = False) -> None:
        items = self._found.get(self.section.place, ())
        known = typed_figures.known(self._tried, self.desk.year, *self.section.place) if self.section.place else []
        self.section.set_found(self._tried, items, known)
        self.cards.show_items(items, anew)
        self._give_room()

    def _offer_phrases(self) -> None:
        self.section.offer_phrases(self._open_rules)
        self._give_room()

    def _on_figure(self, _figure: Figure | None) -> None:
        self.sources.show_figure(self.section.figure())
        self._give_room()
        if self.section.place is not None:
            at_cursor = self.section.editor.figure()
            self.preview.choose(self.section.place, at_cursor.ref if at_cursor else None)

    def _on_pressed(self, about: About | None, ref: Ref | None) -> None:
        """A click on the page goes to the words or the figure; one on an annex to what its figure was computed from,
        or to where it is filled in."""
        place = (about.field, about.id) if about is not None else None
        if place is None or self._part(place) is None:
            self._on_annex(about, ref)
            return
        self._show_text()
        self.sections.choose(place)
        self.preview.seek(None)  # the page stays where it was clicked
        if ref is not None:
            self.section.editor.go_to_figure(ref.about, ref.item)
        elif about is not None and about.start >= 0:
            self.section.editor.select_words(about.start, about.start)
        self.section.editor.setFocus()

    def _on_annex(self, about: About | None, ref: Ref | None) -> None:
        if ref is not None and about is None:
            self._show_text()
            self.sources.show_figure(stated_figure(self._tried, ref))
            self.preview.choose(None, ref)
            self._give_room()
        elif ref is not None and ref.about:
            self.desk.go(About("project", ref.about, ref.item))
        elif about is not None and about.kind != "section":
            self.desk.go(about)

    # Paper and files

    def print_(self) -> None:
        """Open the dialog for printing and saving over the report as saved."""
        self._open_dialog(saves=False)

    def save_as(self) -> None:
        """Open the dialog for printing and saving, to save the report as a file."""
        self._open_dialog(saves=True)

    def _open_dialog(self, saves: bool) -> None:
        from ui.dialogs.print_dialog import PrintDialog

        if self.save():
            dialog = PrintDialog(self.desk, saves=saves, parent=self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    # Layout

    def _build(self) -> None:
        left = QFrame()
        left.setProperty("role", "column")
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 14, 0, 14)
        side.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(18, 0, 10, 2)
        head.addWidget(label(self.title, "heading"), 1)
        template = button(_("报告模板"), self.edit_template, "quiet")
        template.setIcon(icon("edit"))
        template.setToolTip(_("增删章节、调整顺序、更换模板"))
        head.addWidget(template)
        side.addLayout(head)
        side.addWidget(self.sections, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.addWidget(self.completeness)
        foot.addWidget(PaperLinks(self.desk, self.show_submitted))
        side.addLayout(foot)
        body = QWidget()
        middle = QVBoxLayout(body)
        middle.setContentsMargins(16, 14, 14, 16)
        middle.setSpacing(12)
        middle.addWidget(self.section)
        middle.addWidget(self.sources)
        middle.addWidget(self.cards)
        middle.addStretch(1)
        text = QScrollArea(widgetResizable=True)
        text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        text.setWidget(body)
        self._middle = QStackedWidget()
        self._middle.addWidget(text)
        self._middle.addWidget(self.template)
        self._middle.addWidget(self.submitted)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(3)
        for column, widget in enumerate((left, self._middle, self.preview)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(column, (0, 1, 1)[column])
        self._splitter.setCollapsible(1, False)
        self._splitter.setSizes([224, 536, 520])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _give_room(self) -> None:
        """A text with figures or findings leaves half of the height to them."""
        shared = not self.sources.isHidden() or bool(self.cards.cards()) or not self.section.phrases.isHidden()
        self.section.set_room(self.height() // 2 if shared else self.height() - 150)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
