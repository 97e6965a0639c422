"""A text in which the ledger's figures stand as chips: shown by value, stored by token.

A chip is one object character of the document, so that the cursor cannot enter it, and deleting, moving
and undoing take it whole. Its value is looked up when it is drawn and follows the ledger.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip, QWidget

from core.book import Book
from core.figures import Figure
from core.i18n import _
from core.outline import render
from core.typed_figures import Choice
from ui.style import colours, severity_colours
from ui.widgets.token_chip import ChipLook, ChipPainter, chip_format, token_of
from ui.widgets.token_text import OBJECT, TokenText, of_fragments, of_prose, typed_text

TOKENS_MIME = "application/x-ledger-text"  # a copied text with its tokens, for pasting inside the program
_LINE_PERCENT = 155


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the shown text that a finding is about; without severity, an amount typed by hand that ``choices``
    could stand for."""

    start: int
    end: int
    severity: str
    tip: str = ""
    choices: tuple[Choice, ...] = ()


class ChipEditor(QTextEdit):
    """Shows and edits one text; knows its figures, marks and clipboard forms."""

    typed = Signal()  # the text was changed, not loaded
    reached = Signal(object)  # Figure at the cursor, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = Book()
        self._year = 0
        self._about = 0
        self._looks: dict[str, tuple[str, str, Figure | None]] = {}  # token -> value, name, figure
        self._marks: tuple[Mark, ...] = ()
        self._current = (-1, "")  # position and token of the chip at the cursor
        self._loading = False
        self._painter = ChipPainter(self._look, self.document())
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(12)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    # The text

    def load(self, book: Book, year: int, about: int, raw: str) -> None:
        """Show a stored text; what was done before cannot be undone any more."""
        self._book, self._year, self._about = book, year, about
        self._looks.clear()
        self._marks = ()
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.clear()
        cursor = self.textCursor()
        cursor.setCharFormat(QTextCharFormat())
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(form)
        self._put(cursor, raw)
        self.document().setUndoRedoEnabled(True)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setExtraSelections([])
        self._loading = False
        self._on_cursor_moved()
        self._tell_figure()

    def show_values(self, book: Book) -> None:
        """Look all values up anew: the ledger has changed. The text and the undo steps stay."""
        self._book = book
        self._looks.clear()
        document = self.document()
        document.markContentsDirty(0, document.characterCount())
        self.viewport().update()
        self._tell_figure()

    def text(self, start: int = 0, end: int = -1) -> TokenText:
        """The text as it stands, or what is between two positions; what an input method is still composing
        is left out."""
        return of_fragments(self._fragments(start, end), lambda token: self._value(token)[0])

    def insert_raw(self, raw: str) -> None:
        """Put a text with tokens at the cursor, in the place of what is selected."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._put(cursor, raw)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _put(self, cursor: QTextCursor, raw: str) -> None:
        plain = QTextCharFormat()
        for run in of_prose(render(self._book, self._year, raw), raw).runs:
            if run.is_figure:
                cursor.insertText(OBJECT, chip_format(run.raw))
            else:
                cursor.insertText(run.raw, plain)
        cursor.setCharFormat(plain)

    def _fragments(self, start: int = 0, end: int = -1) -> Iterator[tuple[str, str]]:
        """Text and token of every run of the document between two positions."""
        stop = end if end >= 0 else self.document().characterCount()
        block = self.document().begin()
        while block.isValid() and block.position() <= stop:
            if block.blockNumber() and start < block.position():
                yield "\n", ""
            step = block.begin()
            while not step.atEnd():
                fragment = step.fragment()
                left, right = max(start, fragment.position()), min(stop, fragment.position() + fragment.length())
                if left < right:
                    text = self._cursor(left, right).selectedText()
                    yield text.replace("\u2028", "\n"), token_of(fragment.charFormat(), text)
                step += 1
            block = block.next()

    # Figures

    def figure(self) -> Figure | None:
        """The figure at the cursor."""
        token = self._current[1]
        return self._value(token)[2] if token else None

    def figures(self) -> list[Figure]:
        """All figures of the text in order."""
        return [figure for figure, _start, _end in self.figure_ranges()]

    def figure_ranges(self) -> Iterator[tuple[Figure, int, int]]:
        """Every figure with where it stands in the shown text."""
        place = 0
        for run in self.text().runs:
            figure = self._value(run.raw)[2] if run.is_figure else None
            if figure is not None:
                yield figure, place, place + len(run.shown)
            place += len(run.shown)

    def go_to_figure(self, about: int, item: str) -> bool:
        """Put the cursor behind the first chip of this item."""
        for figure, start, end in self.figure_ranges():
            if (figure.ref.about, figure.ref.item) == (about, item):
                _left, right = self.text().document_range(start, end)
                self._select(right, right)
                return True
        return False

    def _value(self, token: str) -> tuple[str, str, Figure | None]:
        if token not in self._looks:
            pieces = render(self._book, self._year, token).pieces
            piece = pieces[0] if len(pieces) == 1 and pieces[0].figure else None
            self._looks[token] = (piece.text, piece.name, piece.figure) if piece else (token, "", None)
        return self._looks[token]

    def _token_at(self, position: int) -> str:
        if not 0 <= position < self.document().characterCount() - 1:
            return ""
        cursor = self._cursor(position, position + 1)
        return token_of(cursor.charFormat(), cursor.selectedText())

    def _look(self, token: str, position: int) -> ChipLook:
        value, _name, figure = self._value(token)
        severity = next((s for start, end, s in self._marked() if start <= position < end), "")
        return ChipLook(value, figure is not None, position == self._current[0], severity)

    def _marked(self) -> Iterator[tuple[int, int, str]]:
        for mark, selection in zip(self._marks, self.extraSelections(), strict=False):
            yield selection.cursor.selectionStart(), selection.cursor.selectionEnd(), mark.severity

    def _chip_under(self, point: QPoint) -> int:
        """Position of the chip drawn at a point of the viewport, or -1."""
        near = self.cursorForPosition(point).position()
        for position in (near - 1, near):
            if self._token_at(position) and self._chip_box(position).contains(point):
                return position
        return -1

    def _chip_box(self, position: int) -> QRectF:
        start = self.cursorRect(self._cursor(position, position))
        end = self.cursorRect(self._cursor(position + 1, position + 1))
        if end.top() != start.top():  # the chip ends its line
            return QRectF(start.left(), start.top(), self.viewport().width() - start.left(), start.height())
        return QRectF(start.topLeft(), end.bottomRight())

    # Marks

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Underline the words of findings; places are those of the shown text."""
        self._marks = tuple(mark for mark in marks if mark.start < mark.end)
        text, selections = self.text(), []
        for mark in self._marks:
            selection = QTextEdit.ExtraSelection()
            start, end = text.document_range(mark.start, mark.end)
            selection.cursor = self._cursor(start, end)
            if mark.severity:
                strong, soft = severity_colours(mark.severity)
                selection.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                selection.format.setUnderlineColor(QColor(strong))
                selection.format.setBackground(QColor(soft))
            else:
                selection.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                selection.format.setUnderlineColor(QColor(colours().accent))
            selections.append(selection)
        self.setExtraSelections(selections)

    def offer_at(self, position: int) -> Mark | None:
        """The typed amount at a place of the document that could be a figure of the ledger."""
        return next((mark for mark, start, end in self._offers() if start <= position <= end), None)

    def take_offer(self, mark: Mark, choice: Choice) -> None:
        """Put a figure in place of the typed amount; undone like anything typed."""
        for held, start, end in self._offers():
            if held == mark:
                self._select(start, end)
                self.insert_raw(choice.raw)
                return

    def _offers(self) -> list[tuple[Mark, int, int]]:
        pairs = zip(self._marks, self._marked(), strict=False)
        return [(mark, start, end) for mark, (start, end, _s) in pairs if mark.choices and start < end]

    def select_words(self, start: int, end: int) -> None:
        """Select words of the shown text and bring them into view."""
        self._select(*self.text().document_range(start, end))

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _select(self, start: int, end: int) -> None:
        self.setTextCursor(self._cursor(start, end))
        self.ensureCursorVisible()

    # Events

    def _on_text_changed(self) -> None:
        if not self._loading:
            self.typed.emit()

    def _on_cursor_moved(self) -> None:
        if self._loading:
            return
        position = self.textCursor().position()
        self._set_current(next((p for p in (position - 1, position) if self._token_at(p)), -1))

    def _set_current(self, position: int) -> None:
        current = (position, self._token_at(position))
        if current != self._current:
            self._current = current
            self.viewport().update()
            self._tell_figure()

    def _tell_figure(self) -> None:
        self.reached.emit(self.figure())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        under = self._chip_under(event.position().toPoint())
        if under >= 0 and not self.textCursor().hasSelection():
            self._set_current(under)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            tip = self._tip(event.pos())
            QToolTip.showText(event.globalPos(), tip, self.viewport()) if tip else QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def _tip(self, point: QPoint) -> str:
        chip = self._chip_under(point)
        if chip >= 0:
            value, name, figure = self._value(self._token_at(chip))
            return _("{name}：{value}").format(name=name, value=value) if figure else _("台账中没有这个数据。")
        at = self.cursorForPosition(point).position()
        pairs = zip(self._marks, self._marked(), strict=False)
        return next((mark.tip for mark, (start, end, _s) in pairs if start <= at <= end), "")

    def context_menu(self, position: int) -> QMenu:
        """The menu at a place of the document: first what could stand in place of a typed amount."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mark = None if self.isReadOnly() else self.offer_at(position)
        if mark is not None:
            first = menu.actions()[0]
            for choice in mark.choices:
                action = QAction(_("改为数据：{name}").format(name=choice.name), menu)
                action.triggered.connect(lambda _checked=False, choice=choice: self.take_offer(mark, choice))
                menu.insertAction(first, action)
            menu.insertSeparator(first)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.cursorForPosition(event.pos()) if is_mouse else self.textCursor()
        self.context_menu(place.position()).popup(event.globalPos())

    # Copy and paste

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        part = self.text(cursor.selectionStart(), cursor.selectionEnd())
        # Qt's own object, emptied: a clipboard may outlive Python, and with it one made here.
        data = super().createMimeDataFromSelection()
        data.text()
        data.clear()
        data.setText(part.shown)
        data.setData(TOKENS_MIME, part.raw.encode("utf-8"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasFormat(TOKENS_MIME)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(TOKENS_MIME):
            self.insert_raw(bytes(source.data(TOKENS_MIME).data()).decode("utf-8"))
        else:
            self.insert_raw(typed_text(source.text()))
