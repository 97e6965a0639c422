"""The text of a checked report: every figure underlined by how it stands, the words of a finding on their ground."""

import re
from bisect import bisect_right
from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from core.audit.blocks import PLAIN, TITLE, Line, blocks
from core.audit.model import Doubt
from core.audit.reading import Row
from core.checked_reports import MARKS, Checked
from core.i18n import _
from ui.style import colours

SIGNS = {"right": "✓", "close": "≈", "wrong": "✗", "unknown": "·"}
_LINES = {
    "right": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "close": QTextCharFormat.UnderlineStyle.DashUnderline,
    "wrong": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "unknown": QTextCharFormat.UnderlineStyle.DotLine,
}
_MOST_COLUMNS, _MOST_CELLS = 16, 3000  # of a table that is drawn as one; larger ones stay lines
_BREAKS = {0x2028: " ", 0x2029: " ", 0: " "}
_PIECES = re.compile("[\0-\uffff]*[\U00010000-\U0010ffff]|[\0-\uffff]+")
_LARGER = {TITLE: 2, 1: 1}  # steps above the size of the text


def mark_colour(state: str) -> str:
    """The colour of a figure in this state."""
    c = colours()
    return {"right": c.good, "close": c.warning, "wrong": c.error, "unknown": c.faint}[state]


class CheckedText(QTextEdit):
    """Read only. Places are offsets in the text that was checked."""

    pressed = Signal(int)  # a click, or Enter at the cursor

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "inner")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(_("报告文字"))
        self.document().setDocumentMargin(18)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)  # files that are dropped go to the page
        self._checked: Checked | None = None
        self._shown: frozenset[str] = frozenset(MARKS)
        self._chosen: tuple[int, int] | None = None
        self._starts: list[int] = []  # of the pieces, in the text and, beside it, in the document
        self._pieces: list[tuple[int, int, int]] = []  # start, end, place in the document

    def show_checked(self, checked: Checked) -> None:
        """Show a report that was checked."""
        self._checked, self._chosen = checked, None
        self._pieces = []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first = True
        for block in blocks(checked.audit.reading):
            if isinstance(block, Line):
                self._add_line(cursor, block, first)
            elif _is_drawable(block):
                self._add_table(cursor, block)
            else:
                for row in block:
                    self._add_line(cursor, Line(row.start, row.end, PLAIN), first)
                    first = False
            first = False
        cursor.endEditBlock()
        self._starts = [piece[0] for piece in self._pieces]
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._paint()

    def show_marks(self, states: Collection[str]) -> None:
        """Underline the figures in these states only."""
        self._shown = frozenset(states)
        self._paint()

    def choose(self, start: int, end: int) -> None:
        """Bring words into view and put them on the ground of the choice."""
        self._chosen = (start, end)
        self._paint()
        cursor = self._cursor(start, end)
        if cursor is not None:
            bar = self.verticalScrollBar()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            box = self.cursorRect(cursor)
            height = self.viewport().height()
            if not height // 8 < box.top() < height * 3 // 4:
                bar.setValue(bar.value() + box.top() - height // 3)

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The words chosen last."""
        return self._chosen

    def offset_at(self, place: QPoint) -> int:
        """The offset in the text of a point of the view; -1 beside the text."""
        position = (
            self.document()
            .documentLayout()
            .hitTest(
                place + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
                Qt.HitTestAccuracy.ExactHit,
            )
        )
        return self._offset(position) if position >= 0 else -1

    # Events

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            offset = self.offset_at(event.position().toPoint())
            if offset >= 0:
                self.pressed.emit(offset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self._offset(self.textCursor().position()))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            state = self.state_at(self.offset_at(self.viewport().mapFrom(self, event.pos())))
            QToolTip.showText(event.globalPos(), f"{SIGNS[state]} {MARKS[state]}" if state else "", self)
            return True
        return super().event(event)

    def state_at(self, offset: int) -> str:
        """How the figure at a place stands; empty where there is none."""
        marks = self._checked.marks if self._checked else []
        return next((state for start, end, state in marks if start <= offset < end), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    # The document

    def _add_line(self, cursor: QTextCursor, line: Line, first: bool) -> None:
        looks, words = QTextBlockFormat(), QTextCharFormat()
        looks.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if line.level == TITLE:
            looks.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        looks.setTopMargin(8 if line.level < PLAIN and not first else 0)
        looks.setBottomMargin(4)
        if line.level == PLAIN:
            looks.setTextIndent(2 * self.fontMetrics().horizontalAdvance("一"))
        if line.level < PLAIN:
            words.setFontWeight(QFont.Weight.Bold)
            words.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGER.get(line.level, 0))
        if first:
            cursor.setBlockFormat(looks)
        else:
            cursor.insertBlock(looks)
        cursor.setBlockCharFormat(words)
        self._add_words(cursor, line.start, line.end, words)

    def _add_words(self, cursor: QTextCursor, start: int, end: int, looks: QTextCharFormat) -> None:
        assert self._checked is not None
        text = self._checked.audit.text[start:end].translate(_BREAKS)
        # A character beyond the basic plane takes two places in Qt: a new piece begins behind it.
        for piece in _PIECES.finditer(text):
            self._pieces.append((start + piece.start(), start + piece.end(), cursor.position()))
            cursor.insertText(piece[0], looks)

    def _add_table(self, cursor: QTextCursor, rows: tuple[Row, ...]) -> None:
        columns = max(len(row.cells) for row in rows)
        looks = QTextTableFormat()
        looks.setBorder(1)
        looks.setBorderCollapse(True)
        looks.setBorderBrush(QColor(colours().line))
        looks.setCellPadding(4)
        looks.setTopMargin(6)
        looks.setBottomMargin(8)
        looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = cursor.insertTable(len(rows), columns, looks)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row.cells):
                if cell.text:
                    raw = self._checked.audit.text[cell.start : cell.end] if self._checked else ""
                    start = cell.start + len(raw) - len(raw.lstrip())
                    inside = table.cellAt(number, column).firstCursorPosition()
                    self._add_words(inside, start, start + len(cell.text), QTextCharFormat())
        cursor.movePosition(QTextCursor.MoveOperation.End)

    # Places

    def _position(self, offset: int) -> int:
        """The place in the document of a place in the text."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return self._pieces[0][2] if self._pieces else 0
        start, end, place = self._pieces[at]
        return place + min(offset, end) - start

    def _offset(self, position: int) -> int:
        """The place in the text of a place in the document."""
        at = bisect_right(self._pieces, position, key=lambda piece: piece[2]) - 1
        if at < 0:
            return 0
        start, end, place = self._pieces[at]
        return min(end, start + position - place)

    def _cursor(self, start: int, end: int) -> QTextCursor | None:
        if not self._pieces:
            return None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(start))
        cursor.setPosition(max(self._position(end), cursor.position()), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # Marks

    def _paint(self) -> None:
        if self._checked is None:
            return
        c = colours()
        drawn = []
        for doubt in reversed(self._checked.audit.doubts):
            if doubt.severity in self._grounds():
                looks = QTextCharFormat()
                looks.setBackground(QColor({"error": c.error_soft, "warning": c.warning_soft}[doubt.severity]))
                drawn.append(self._selection(doubt.start, doubt.end, looks))
        if self._chosen is not None:
            looks = QTextCharFormat()
            looks.setBackground(QColor(c.accent_soft))
            drawn.append(self._selection(*self._chosen, looks))
        for start, end, state in self._checked.marks:
            if state in self._shown:
                looks = QTextCharFormat()
                looks.setUnderlineStyle(_LINES[state])
                looks.setUnderlineColor(QColor(mark_colour(state)))
                if state in ("wrong", "close"):
                    looks.setForeground(QColor(mark_colour(state)))
                drawn.append(self._selection(start, end, looks))
        self.setExtraSelections([one for one in drawn if one is not None])

    def _grounds(self) -> tuple[str, ...]:
        """The severities whose words stand on a ground of their own, with what is shown."""
        return tuple(key for key, state in (("error", "wrong"), ("warning", "close")) if state in self._shown)

    def _selection(self, start: int, end: int, looks: QTextCharFormat) -> "QTextEdit.ExtraSelection | None":
        cursor = self._cursor(start, end)
        if cursor is None:
            return None
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = cursor, looks  # type: ignore[attr-defined]
        return made


def _is_drawable(rows: tuple[Row, ...]) -> bool:
    columns = max(len(row.cells) for row in rows)
    return 1 < columns <= _MOST_COLUMNS and len(rows) * columns <= _MOST_CELLS


def doubt_at(doubts: Collection[Doubt], offset: int) -> int:
    """The number of the finding whose words are at a place, the shortest where there are several; -1: none."""
    found = [(one.end - one.start, number) for number, one in enumerate(doubts) if one.start <= offset < one.end]
    return min(found)[1] if found else -1
