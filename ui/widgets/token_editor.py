"""The editor of the report's texts: chips, the list of figures to insert, and the end of a visit."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from core.book import Book
from core.figures import TOKEN
from ui.widgets.chip_editor import ChipEditor
from ui.widgets.figure_list import FigureList
from ui.widgets.token_text import OBJECT

_OPENERS, _CLOSERS = ("{", "｛"), ("}", "｝")


class TokenEditor(ChipEditor):
    """Typing ``{`` offers the figures of the ledger. ``left`` and ``save_asked`` say when to save."""

    left = Signal()  # the user went elsewhere
    save_asked = Signal()  # Ctrl+S

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = -1  # where the words begin that filter the list; -1: it is closed
        self._opener = ""  # the brace that opened it, if one did
        self._list = FigureList(self)
        self._list.chosen.connect(self._choose)

    def load(self, book: Book, year: int, about: int, raw: str) -> None:
        self._close_list()
        super().load(book, year, about, raw)

    def offer_figures(self) -> None:
        """Open the list of figures at the cursor; typing filters it."""
        if not self.isReadOnly():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._open_list(self.textCursor().position())

    # The list of figures

    def _open_list(self, anchor: int, opener: str = "") -> None:
        self._anchor, self._opener = anchor, opener
        self._list.offer(self._book, self._year, self._about)
        line = self.cursorRect()
        self._list.place(self.viewport().mapTo(self.window(), line.bottomLeft()), line)

    def _close_list(self) -> None:
        self._anchor = -1
        self._list.hide()

    def _filter_list(self) -> None:
        position = self.textCursor().position()
        words = self._cursor(self._anchor, position).selectedText() if position >= self._anchor else ""
        if position < self._anchor or not words.startswith(self._opener) or "\u2029" in words or OBJECT in words:
            self._close_list()
        else:
            self._list.filter(words.removeprefix(self._opener))

    def _choose(self, token: str) -> None:
        cursor = self._cursor(self._anchor, self.textCursor().position())
        self._close_list()
        self.setTextCursor(cursor)
        self.insert_raw(token)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_typing(self, text: str) -> None:
        position = self.textCursor().position()
        if text.endswith(_OPENERS):
            self._open_list(position - 1, text[-1])
        elif text.endswith(_CLOSERS):
            self._close_list()
            self._take_written_token(position)

    def _take_written_token(self, position: int) -> None:
        """A token written out by hand becomes a chip."""
        before = self._cursor(self.textCursor().block().position(), position).selectedText()
        opened = max(before.rfind(char) for char in _OPENERS)
        written = "{" + before[opened + 1 : -1] + "}"
        if opened >= 0 and TOKEN.fullmatch(written) and self._value(written)[2]:
            self.setTextCursor(self._cursor(position - len(written), position))
            self.insert_raw(written)

    def _on_text_changed(self) -> None:
        if self._anchor >= 0 and not self._loading:
            self._filter_list()
        super()._on_text_changed()

    def _on_cursor_moved(self) -> None:
        if self._anchor >= 0 and self.textCursor().position() < self._anchor:
            self._close_list()
        super()._on_cursor_moved()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._anchor >= 0 and self._list.take_key(event.key()):
            return
        if self._anchor >= 0 and event.key() == Qt.Key.Key_Escape:
            self._close_list()
        elif event.matches(QKeySequence.StandardKey.Save):
            self.save_asked.emit()
        elif event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
        else:
            super().keyPressEvent(event)
            if event.text() and not self.isReadOnly():
                self._after_typing(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString() and not self.isReadOnly():
            self._after_typing(event.commitString())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
        if event.reason() not in passing:
            self._close_list()
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # What the visit has not done itself, the window's own undo takes back.
            document = self.document()
            if (event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
            if event.matches(QKeySequence.StandardKey.Save):
                event.accept()
                return True
        return bool(super().event(event))
