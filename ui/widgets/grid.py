"""The view of all grids: drawn plainly, moved in and typed into like a spreadsheet.

What is typed is tried while typing; what it would do, or why it cannot be saved, stands under the field.
"""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.fields import Field, Pick
from ui.form import Forecast
from ui.tables import RecordTable
from ui.widgets.cell_paint import CellPainter
from ui.widgets.parts import set_role

ROW = 29
LEAST = 130  # width of the column that takes what is left
FLASH = 1600  # milliseconds


class GridView(QTableView):
    """A table over a ``RecordTable``. ``diverted`` is what was typed on a cell that is entered elsewhere."""

    moved = Signal(object)  # the record the officer is at
    diverted = Signal(object, str, str)  # record, column, what was typed
    delete_asked = Signal(object)  # record

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.setModel(model)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(32)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._flash_timer = QTimer(self, singleShot=True)
        self._flash_timer.timeout.connect(lambda: self.table.flash(None))

    def fit_columns(self) -> None:
        """Give every column its width; the one of width 0 takes what is left, and never too little."""
        header = self.horizontalHeader()
        rest = self.viewport().width()
        for number, column in enumerate(self.table.columns):
            if column.width and not self.isColumnHidden(number):
                header.resizeSection(number, self.column_width(number))
                rest -= self.column_width(number)
        for number, column in enumerate(self.table.columns):
            if not column.width:
                header.resizeSection(number, max(LEAST, rest))

    def column_width(self, number: int) -> int:
        """How wide a column is to be, in pixels."""
        return self.table.columns[number].width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @property
    def current(self) -> object:
        """The record the officer is at."""
        return self.table.record(self.currentIndex())

    def stand_at(self, key: Hashable, column: str = "") -> bool:
        """Make a record's row the current one."""
        row = self.table.row_of(key)
        if row < 0:
            return False
        number = self.table.column_of(column) if column else max(0, self.currentIndex().column())
        self.setCurrentIndex(self.table.index(row, max(0, number)))
        return True

    def show_place(self, key: Hashable, column: str = "") -> bool:
        """Go to a record or a cell of it and light it up for a moment."""
        if not self.stand_at(key, column):
            return False
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        self.table.flash(key, column if self.table.column_of(column) >= 0 else "")
        self._flash_timer.start(FLASH)
        return True

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved and was given up."""
        return self.cells.finish_any()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self.moved.emit(self.table.record(current))

    def edit(self, index: QModelIndex, *args: object) -> bool:  # type: ignore[override]
        if len(args) != 2:
            super().edit(index)
            return True
        trigger, event = args
        wanted = trigger in (
            QAbstractItemView.EditTrigger.EditKeyPressed,
            QAbstractItemView.EditTrigger.AnyKeyPressed,
            QAbstractItemView.EditTrigger.DoubleClicked,
        )
        record = self.table.record(index)
        if wanted and record is not None and not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            typed = event.text() if isinstance(event, QKeyEvent) and event.text().isprintable() else ""
            self.diverted.emit(record, self.table.columns[index.column()].key, typed)
        return super().edit(index, trigger, event)  # type: ignore[call-overload]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.delete_asked.emit(self.table.record(index))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1, 0)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.cells.is_stuck:
            self.cells.insist()
        else:
            super().mousePressEvent(event)

    def copy(self) -> None:
        """Put the current row on the clipboard, cells parted by tabs."""
        row = self.currentIndex().row()
        shown = [n for n in range(len(self.table.columns)) if not self.isColumnHidden(n)]
        text = "\t".join(str(self.table.index(row, n).data() or "") for n in shown)
        QGuiApplication.clipboard().setText(text)

    def step(self, down: int, right: int) -> None:
        """Go to the cell below or, to the right, to the next one that can be typed into."""
        index = self.currentIndex()
        row, column = index.row() + down, index.column()
        if right:
            places = [
                (r, c)
                for r in range(max(0, index.row() - 1), min(len(self.table.rows), index.row() + 2))
                for c in range(len(self.table.columns))
                if not self.isColumnHidden(c) and self.table.flags(self.table.index(r, c)) & Qt.ItemFlag.ItemIsEditable
            ]
            here = (index.row(), index.column())
            after = [place for place in places if place > here] if right > 0 else [p for p in places if p < here]
            if not after:
                return
            row, column = after[0] if right > 0 else after[-1]
        if 0 <= row < len(self.table.rows):
            self.setCurrentIndex(self.table.index(row, column))


class CellDelegate(QStyledItemDelegate):
    """Opens a field in a cell, says what typing would do, and closes it only when all is well or given up."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self.view = view
        self.editor: Field | None = None
        self._place = QPersistentModelIndex()
        self._hint: QLabel | None = None
        self._painter = CellPainter(view)

    # Editing

    @property
    def is_stuck(self) -> bool:
        """Whether a field is open whose text cannot be saved."""
        return self.editor is not None and bool(self.editor.problem())

    def insist(self) -> None:
        """Keep the officer at a field that cannot be saved."""
        if self.editor is not None:
            self._say(Forecast(self.editor.problem(), "error"))
            self.editor.setFocus()

    def finish_any(self) -> str:
        """Save the open field, if any; what cannot be saved is given up and the reason returned."""
        if self.editor is None or self._finish():
            return ""
        reason = self.editor.accessibleDescription()
        self._close()
        return reason

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex) -> Field:
        table = self.view.table
        column = table.columns[index.column()].key
        editor = table.open_editor(table.record(index), column, parent)
        set_role(editor, "cell")
        editor.setAccessibleName(table.columns[index.column()].title.replace("\n", ""))
        editor.edited.connect(self._preview)
        if isinstance(editor, Pick):
            editor.picked.connect(lambda _value: self._finish())
        editor.destroyed.connect(self._forget)
        self.editor, self._place = editor, QPersistentModelIndex(index)
        return editor

    def setEditorData(self, _editor: QWidget, _index: QModelIndex) -> None:
        """The field was filled when it was opened; news of the model do not overwrite what is typed."""

    def setModelData(self, _editor: QWidget, _model: object, _index: QModelIndex) -> None:
        """Saving is ``_finish``, which can refuse."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex) -> None:
        rect = option.rect
        wanted = max(rect.width(), min(editor.sizeHint().width(), 150))
        left = max(0, min(rect.right() + 1 - wanted, self.view.viewport().width() - wanted))
        editor.setGeometry(left if wanted > rect.width() else rect.left(), rect.top(), wanted, rect.height())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if editor is not self.editor:
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut:
            reason = event.reason()
            if reason not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                self._finish()
            return False
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self._close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._finish():
                    self.view.step(-1 if back else 1, 0)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                if self._finish():
                    self.view.step(0, -1 if event.key() == Qt.Key.Key_Backtab else 1)
            case _:
                return False
        return True

    def _finish(self) -> bool:
        """Save what is typed and close the field; False if it cannot be saved."""
        editor, table = self.editor, self.view.table
        if editor is None:
            return True
        if not self._place.isValid():  # its row has gone meanwhile
            self._close()
            return True
        problem = editor.problem()
        if not problem and editor.is_changed:
            column = table.columns[self._place.column()].key
            problem = table.put(table.record(self._place), column, editor)
        if problem:
            editor.mark(problem)
            self._say(Forecast(problem, "error"))
            return False
        self._close()
        return True

    def _preview(self) -> None:
        editor, table = self.editor, self.view.table
        if editor is None or not self._place.isValid() or editor.problem() or not editor.is_changed:
            self._say(Forecast())
            return
        self._say(table.forecast(table.record(self._place), table.columns[self._place.column()].key, editor))

    def _close(self) -> None:
        editor = self.editor
        self._forget()
        if editor is not None:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.view.setFocus()

    def _forget(self, *_args: object) -> None:
        self.editor = None
        self._say(Forecast())

    def _say(self, said: Forecast) -> None:
        """Show a line under the field, over whatever is there."""
        if self._hint is None:
            if not said.text:
                return
            self._hint = QLabel(self.view.window(), wordWrap=True)
            self._hint.setTextFormat(Qt.TextFormat.PlainText)
            self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        hint = self._hint
        if not said.text or self.editor is None:
            hint.hide()
            return
        set_role(hint, f"hint-{said.tone}")
        hint.setText(said.text)
        window, editor = self.view.window(), self.editor
        width = min(hint.fontMetrics().horizontalAdvance(max(said.text.split("\n"), key=len)) + 28, 400)
        hint.setFixedWidth(width)
        hint.resize(QSize(width, hint.heightForWidth(width)))
        place = editor.mapTo(window, QPoint(0, editor.height() + 2))
        if place.y() + hint.height() > window.height() - 30:
            place = editor.mapTo(window, QPoint(0, -hint.height() - 2))
        hint.move(max(4, min(place.x(), window.width() - width - 4)), place.y())
        hint.setAccessibleName(said.text)
        hint.raise_()
        hint.show()

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self._painter.paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(60, ROW)
