"""One place of the report being written: its title, its text with figures, and what is fixed around it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.book import Book
from core.change import Change
from core.check import Severity
from core.figures import Figure
from core.i18n import _
from core.model import YearState, clean_text
from core.outline import Part, project_sentence, purpose_sentence, render
from core.phrases import is_offered
from core.report_findings import Place, doubted
from core.review import Item
from core.typed_figures import Typed
from core.writing import most_characters, write_section
from ui.style import icon
from ui.widgets.chip_editor import Mark
from ui.widgets.phrase_list import PhraseList
from ui.widgets.text_foot import TextFoot
from ui.widgets.token_editor import TokenEditor

_LEAST, _MOST = 92, 420  # height of the text


class SectionEditor(QWidget):
    """Holds what is typed until the page saves it: ``change`` says how."""

    typed = Signal()
    left = Signal()  # the user went elsewhere: what was typed should be saved
    retitled = Signal()  # a new title was written
    save_asked = Signal()
    reached = Signal(object)  # Figure at the cursor, or None
    reset_asked = Signal()
    confirm_asked = Signal()
    phrases_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = 0
        self.part: Part | None = None
        self._loaded = ""  # the stored text as the editor shows it
        self._most = _MOST
        self._title = QLineEdit()
        self._title.setProperty("role", "heading")
        self._title.setAccessibleName(_("标题"))
        self._title.editingFinished.connect(self._on_title)
        self._insert = QPushButton(icon("add"), _("插入数据"))
        self._insert.setProperty("role", "quiet")
        self._insert.setToolTip(_("在光标处插入台账数据（也可在文中输入“{”）"))
        self._phrases = QPushButton(_("常用语"))
        self._phrases.setProperty("role", "quiet")
        self._phrases.setToolTip(_("从常用的问题和措施中选一段，插入光标处"))
        self._phrases.clicked.connect(self.phrases_asked)
        self.confirm = QPushButton(icon("checkmark"), _("确认沿用"))
        self.confirm.setProperty("role", "quiet")
        self.confirm.setToolTip(_("这段文字取自上年，本年仍然适用（可撤销）；改动文字也算确认"))
        self.confirm.clicked.connect(self.confirm_asked)
        self._reset = QPushButton(icon("undo"), _("恢复模板"))
        self._reset.setProperty("role", "quiet")
        self._reset.setToolTip(_("放弃这一部分的改动，恢复模板文字（可撤销）"))
        self._reset.clicked.connect(self.reset_asked)
        self._note = QLabel(wordWrap=True)
        self._note.setProperty("role", "faint")
        self._prefix = QLabel(wordWrap=True)
        self._prefix.setProperty("role", "second")
        self._prefix.setContentsMargins(12, 4, 12, 0)
        self.editor = TokenEditor()
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        self.editor.setProperty("role", "inner")
        self._insert.clicked.connect(self.editor.offer_figures)
        self.editor.typed.connect(self.typed)
        self.editor.left.connect(self.left)
        self.editor.save_asked.connect(self.save_asked)
        self.editor.reached.connect(self.reached)
        self.foot = TextFoot(self.editor)
        self.phrases = PhraseList(self)
        self.phrases.chosen.connect(self._insert_phrase)
        self.phrases.closed.connect(self.editor.setFocus)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.editor.installEventFilter(self)
        self._build()

    # What is shown

    def show_part(self, book: Book, year: int, part: Part, title: str, readonly: bool) -> None:
        """Show a place of the report from its beginning. ``title`` is its line in the outline."""
        self.part, self.year = part, year
        self.phrases.hide()
        self.editor.load(book, year, part.about, part.raw)
        self._loaded = self.editor.text().raw
        self._show_frame(book, part, title, readonly)
        self._fit()

    def renew(self, book: Book, part: Part, title: str, readonly: bool) -> None:
        """The book has changed: follow it, and keep what is being typed unless the stored text is another."""
        held = self.part
        same = held is not None and (part.key, part.about) == (held.key, held.about)
        if same and part.raw in (held.raw, clean_text(self.raw)):
            if part.raw == clean_text(self.raw):
                self._loaded = self.raw
            self.part = part
            self.editor.show_values(book)
            self._show_frame(book, part, title, readonly)
        else:
            self.show_part(book, self.year, part, title, readonly)

    @property
    def raw(self) -> str:
        """The text as typed, with its tokens."""
        return self.editor.text().raw

    @property
    def place(self) -> Place | None:
        """Which place of the report is shown."""
        return (self.part.key, self.part.about) if self.part else None

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.part is not None and self.part.mode != "heading" and self.raw != self._loaded

    @property
    def new_title(self) -> str:
        """The title as typed, where it is another than the stored one; a heading is never left without words."""
        title = clean_text(self._title.text()).strip()
        fixed = self.part is None or self._title.isReadOnly() or title == self.part.title
        return "" if fixed else title

    def change(self, book: Book) -> Change | None:
        """What saving would do; None: there is nothing to save."""
        if not self.is_changed or self.part is None:
            return None
        return write_section(book, self.year, self.part.key, self.part.about, self.raw)

    def set_found(self, book: Book, items: Sequence[Item], known: Sequence[Typed] = ()) -> None:
        """Underline what findings are about: words, or every chip of a figure in doubt; and, quietly, the typed
        amounts that are known figures."""
        marks = []
        figures = list(self.editor.figure_ranges())
        for item in items:
            finding = item.finding
            about, severity, tip = finding.about, finding.severity, item.rule.title
            if severity == Severity.INFO:
                continue
            if about.kind == "section":
                marks.append(Mark(about.start, about.end, severity, tip))
            refs = doubted(book, finding)
            marks += [Mark(start, end, severity, tip) for figure, start, end in figures if figure.ref in refs]
        wrong = [(mark.start, mark.end) for mark in marks]
        for one in known:
            if not any(start < one.end and end > one.start for start, end in wrong):
                tip = _("与台账的“{name}”相同，可改为数据").format(name=one.choices[0].name)
                marks.append(Mark(one.start, one.end, "", tip, one.choices))
        self.editor.set_marks(marks)
        self.foot.refresh()

    def set_room(self, height: int) -> None:
        """How high the text may become before it scrolls."""
        if height != self._most:
            self._most = max(_LEAST, height)
            self._fit()

    def figure(self) -> Figure | None:
        """The figure at the cursor, else the first that differs from the ledger, else the first."""
        figures = self.editor.figures()
        odd = (figure for figure in figures if figure.difference)
        return self.editor.figure() or next(odd, None) or next(iter(figures), None)

    # Parts

    def _build(self) -> None:
        strip = QHBoxLayout()
        strip.setContentsMargins(12, 4, 6, 0)
        strip.setSpacing(4)
        strip.addWidget(self._note, 1)
        for widget in (self.confirm, self._phrases, self._insert, self._reset):
            strip.addWidget(widget)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addLayout(strip)
        inner.addWidget(self._prefix)
        inner.addWidget(self.editor)
        inner.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(card)
        layout.addWidget(self.phrases)

    def _show_frame(self, book: Book, part: Part, title: str, readonly: bool) -> None:
        titled = part.mode in ("heading", "text")
        self._title.setText(part.title if titled else title)
        self._title.setCursorPosition(0)
        self._title.setReadOnly(readonly or not titled)
        self._title.setToolTip(_("可直接修改标题和序号") if titled and not readonly else "")
        self.editor.setVisible(part.mode != "heading")
        self._insert.setVisible(part.mode != "heading")
        self._reset.setVisible(part.mode in ("text", "sentence"))
        self._insert.setEnabled(not readonly)
        self._phrases.setVisible(is_offered(part) and not readonly)
        self.foot.setVisible(part.mode != "heading")
        self.foot.set_limit(most_characters(book, self.year, part.key))
        self._reset.setEnabled(not readonly and not part.default)
        self.editor.setReadOnly(readonly)
        self.editor.setPlaceholderText(part.hint)
        self.editor.setAccessibleName(title)
        self._prefix.setText(self._fixed_words(book, part))
        self._prefix.setVisible(part.mode == "purpose")
        self.confirm.setVisible(self._is_taken_over(book, part) and not readonly)
        self._note.setText(self._remark(book, part))

    def _is_taken_over(self, book: Book, part: Part) -> bool:
        held = book.section(self.year, part.key, part.about)
        return held is not None and held.taken_over

    def _fixed_words(self, book: Book, part: Part) -> str:
        row = book.project_year(self.year, part.about)
        if part.mode != "purpose" or row is None:
            return ""
        raw = purpose_sentence(book, row, "…")
        return render(book, self.year, raw).text

    def _remark(self, book: Book, part: Part) -> str:
        record = book.year(self.year)
        if record and record.state == YearState.FINAL:
            return _("{year}年度报告已定稿，文字不能修改。").format(year=self.year)
        if part.mode == "heading":
            return _("这里只有标题，正文写在下面各节。")
        if self._is_taken_over(book, part):
            return _("沿用上年文字，请核对后改写或确认。")
        if part.mode != "sentence":
            return ""
        row = book.project_year(self.year, part.about)
        if part.default or row is None:
            return _("按台账自动生成，随台账变动；也可直接修改。")
        if part.raw == project_sentence(book, row):
            return ""
        return _("已手工修改；文中数据仍随台账变动，点“恢复模板”回到自动生成。")

    def _fit(self, _size: QSizeF | None = None) -> None:
        wanted = round(self.editor.document().size().height()) + 2
        height = min(max(wanted, _LEAST), self._most)
        if height != self.editor.height() or self.editor.minimumHeight() != height:
            self.editor.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _on_title(self) -> None:
        if self.new_title:
            self.retitled.emit()
        elif self.part is not None and not self._title.isReadOnly():
            self._title.setText(self.part.title)  # a heading without words is not printed as one

    def offer_phrases(self, rules: Iterable[str]) -> None:
        """Open the phrases for problems and measures, first those that these findings speak for."""
        if self.phrases.isVisible():
            self.phrases.close_list()
        else:
            self.phrases.offer(rules)

    def _insert_phrase(self, words: str) -> None:
        self.editor.insert_raw(words)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_title(self) -> None:
        """Put the cursor into the title."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.selectAll()
