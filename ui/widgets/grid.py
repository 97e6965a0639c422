"""The view of all grids: drawn plainly, moved in, chosen in and typed into like a spreadsheet.

What is typed is tried while typing; what it would do, or why it cannot be saved, stands under the field.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QMenu, QTableView, QWidget

from core.i18n import _
from ui.fields import Field
from ui.style import row_height, scaled
from ui.tables import RecordTable
from ui.widgets import grid_blocks
from ui.widgets.cell_edit import ROW as ROW
from ui.widgets.cell_edit import CellDelegate
from ui.widgets.grid_columns import LEAST as LEAST
from ui.widgets.grid_columns import GridColumns
from ui.widgets.grid_frozen import FrozenColumns, GridHeader
from ui.widgets.grid_tally import Tally

FLASH = 1600  # milliseconds
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# Keys of the grid that the window would take for its own otherwise.
_OWN = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_V)


class GridView(QTableView):
    """A table over a ``RecordTable``. ``diverted`` is what was typed on a cell that is entered elsewhere."""

    has_own_columns = True  # that the officer may arrange
    frozen_count = 1  # columns at the left that stay in sight when the grid is scrolled sideways

    moved = Signal(object)  # the record the officer is at
    diverted = Signal(object, str, str)  # record, column, what was typed
    delete_asked = Signal(object)  # record
    pasted = Signal(str)  # a block of several cells, where the page asks what it becomes
    ended = Signal(object)  # record: Enter in the last row

    def __init__(self, model: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.previews = False  # a block pasted is told by ``pasted``: the page knows what it becomes
        self.actions_of: Callable[[], list[tuple[str, Callable[[], object]]]] = list  # more for the menu of a row
        self.frozen = FrozenColumns(self)
        self.setHorizontalHeader(GridHeader(self, self.frozen))
        self.setModel(model)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # between the scroll bars
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(ROW))
        model.layoutChanged.connect(self._choose_current)
        model.marked.connect(self._draw_marked)
        self.tally = Tally(self)
        self.arranged = GridColumns(self)
        self._flash_timer = QTimer(self, singleShot=True)
        self._flash_timer.timeout.connect(lambda: self.table.flash(None))

    # Columns

    def fit_columns(self) -> None:
        """Give every column its width; the one of width 0 takes what is left, and never too little."""
        self.arranged.fit()

    def column_width(self, number: int) -> int:
        """How wide a column is to be, in pixels, unless the officer made it wider or narrower."""
        return scaled(self.table.columns[number].width)

    def elastic_width(self, rest: int) -> int:
        """How wide the column is that takes what is left."""
        return max(LEAST, rest)

    def setColumnHidden(self, column: int, hide: bool) -> None:
        """Hide a column nobody needs now; what the officer chose to show or hide stands above it."""
        super().setColumnHidden(column, self.arranged.is_hidden(column, hide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    # Where the officer is

    @property
    def current(self) -> Any:
        """The record the officer is at."""
        return self.table.record(self.currentIndex())

    def chosen_rows(self) -> Sequence[int]:
        """The rows that are chosen, wholly or in part, from above; the one the officer is at, if none is."""
        parts = self.selectionModel().selection()
        if len(parts) == 1:
            return range(parts[0].top(), parts[0].bottom() + 1)
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        return rows or ([self.currentIndex().row()] if self.currentIndex().isValid() else [])

    def chosen(self) -> list[Any]:
        """The records of the chosen rows."""
        return [self.table.rows[row] for row in self.chosen_rows() if row < len(self.table.rows)]

    def chosen_columns(self) -> list[int]:
        """The columns on show that are chosen, wholly or in part, as they stand from the left."""
        header = self.horizontalHeader()
        parts = self.selectionModel().selection()
        found = {number for part in parts for number in range(part.left(), part.right() + 1)}
        found = found or {self.currentIndex().column()} - {-1}
        return sorted((n for n in found if not self.isColumnHidden(n)), key=header.visualIndex)

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
        self.setFocus()
        return True

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved and was given up."""
        return self.cells.finish_any()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):  # the whole row shows where the officer is
            place = QRect(0, self.rowViewportPosition(index.row()), self.viewport().width(), row_height(ROW))
            self.viewport().update(place)
        if current.row() != previous.row() or not previous.isValid():
            self.moved.emit(self.table.record(current))

    def _draw_marked(self, keys: set[Hashable]) -> None:
        """Draw rows again that are marked otherwise: only those in sight, however many there are."""
        table, viewport = self.table, self.viewport()
        first, last = self.rowAt(0), self.rowAt(viewport.height() - 1)
        for row in range(max(0, first), (last if last >= 0 else len(table.rows) - 1) + 1):
            if table.key(table.rows[row]) in keys:
                viewport.update(0, self.rowViewportPosition(row), viewport.width(), self.rowHeight(row))

    def _choose_current(self) -> None:
        """In another order the chosen rows stand apart: only the one the officer is at stays chosen."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(self.currentIndex(), flag)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if width := self.frozen.width:
            self.viewport().update(0, 0, width, self.viewport().height())
        self.tally.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.tally.end()

    # Typing

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

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text that an input method commits at once, such as 。 or a whole word, begins a cell as a key does; Qt opens
        the field and loses it."""
        text, index = event.commitString(), self.currentIndex()
        if not text or self.cells.editor is not None or not index.isValid():
            super().inputMethodEvent(event)
        elif self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            if isinstance(self.cells.editor, QLineEdit):
                self.cells.editor.selectAll()
                QApplication.sendEvent(self.cells.editor, event)
        else:
            self.diverted.emit(self.current, self.table.columns[index.column()].key, text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & _CONTROL
            if control and event.key() in _OWN:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key, held = self.currentIndex(), event.key(), event.modifiers()
        control, shift = bool(held & _CONTROL), bool(held & _SHIFT)
        if key == Qt.Key.Key_Delete and index.isValid():
            self.delete_asked.emit(self.table.record(index))
        elif key in _ENTER and index.isValid():
            if control:
                self.begin_all(self.table.columns[index.column()].key)
            else:
                self.go_on(shift)
        elif control and key == Qt.Key.Key_C:
            self.copy_block(with_titles=shift)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and key == Qt.Key.Key_D:
            self.fill_down()
        elif shift and key == Qt.Key.Key_Space and index.isValid():
            self.choose_rows(self.chosen_rows())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.cells.is_stuck:
            self.cells.insist()
        else:
            super().mousePressEvent(event)

    def go_on(self, back: bool = False) -> None:
        """To the cell below, or above; from the last row on to whatever begins a new one."""
        index = self.currentIndex()
        if not back and index.row() == len(self.table.rows) - 1:
            self.ended.emit(self.table.record(index))
        else:
            self.step(-1 if back else 1, 0)

    def step(self, down: int, right: int) -> None:
        """Go to the cell below or, to the right, to the next one that can be typed into."""
        index = self.currentIndex()
        row, column = index.row() + down, index.column()
        if right:
            header = self.horizontalHeader()
            shown = sorted(
                (n for n in range(len(self.table.columns)) if not self.isColumnHidden(n)), key=header.visualIndex
            )
            places = [
                (r, place, c)
                for r in range(max(0, index.row() - 1), min(len(self.table.rows), index.row() + 2))
                for place, c in enumerate(shown)
                if self.table.flags(self.table.index(r, c)) & Qt.ItemFlag.ItemIsEditable
            ]
            here = (index.row(), shown.index(column) if column in shown else 0)
            after = [p for p in places if p[:2] > here] if right > 0 else [p for p in places if p[:2] < here]
            if not after:
                return
            row, _place, column = after[0] if right > 0 else after[-1]
        if 0 <= row < len(self.table.rows):
            self.setCurrentIndex(self.table.index(row, column))

    # Blocks

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Choose whole rows that stand together."""
        if rows:
            grid_blocks.choose(self, rows, range(len(self.table.columns)))

    def copy(self) -> None:
        """Put the current row on the clipboard."""
        row = self.currentIndex().row()
        if row >= 0:
            grid_blocks.copy(self, [row], grid_blocks.shown_columns(self), False)

    def copy_block(self, with_titles: bool = False) -> None:
        """Put the chosen cells on the clipboard, with the titles of their columns or without."""
        if self.chosen_rows():
            grid_blocks.copy(self, self.chosen_rows(), self.chosen_columns(), with_titles)

    def paste(self) -> None:
        """Take what is on the clipboard into the cells from the chosen one on."""
        text = QGuiApplication.clipboard().text().strip("\r\n")
        if len(text.splitlines()) + text.count("\t") > 1:
            if self.previews:
                self.pasted.emit(text)
            else:
                self._preview(text)
        elif text and self.currentIndex().isValid():
            grid_blocks.paste(self, text)

    def _preview(self, text: str) -> None:
        """Show what a block of the clipboard would become in the cells from the chosen one on."""
        if not grid_blocks.can_paste(self):
            grid_blocks.tell(self, _("这张表不能修改，没有粘贴。"))
            return
        from ui.dialogs.paste_cells import PasteCellsDialog

        dialog = PasteCellsDialog(self, text)
        dialog.finished.connect(lambda _done: self.setFocus())
        dialog.open()

    def fill_down(self) -> None:
        """Give the chosen cells what stands in the uppermost of them, or above a single one."""
        grid_blocks.fill_down(self)

    def begin_all(self, column: str) -> None:
        """Open a field for a column of the current row; Enter gives what is typed to all chosen rows."""
        number = self.table.column_of(column)
        rows = self.chosen_rows()
        first = next((row for row in rows if self.table.is_editable(self.table.rows[row], column)), -1)
        if first < 0:
            return
        grid_blocks.choose(self, rows, (number,), first)
        self.cells.for_all = True
        self.edit(self.table.index(first, number))
        self.cells.for_all = self.cells.editor is not None
        if self.cells.for_all:
            self.cells.say_for_all()

    def put_in_all(self, column: str, editor: Field) -> str:
        """Save what is typed in all chosen rows as one step; returns what forbids it."""
        return grid_blocks.put_in_all(self, self.chosen_rows(), column, editor)

    def add_block_actions(self, menu: QMenu) -> None:
        """What can be done with the chosen cells, in a menu."""
        grid_blocks.add_actions(self, menu)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of grids that have none of their own."""
        if not self.table.rows:
            return
        menu = grid_blocks.row_menu(self)
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if keyboard else event.pos()
        menu.popup(self.viewport().mapToGlobal(place))

    # Columns that stay in sight

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        before = self.frozen.offset
        super().scrollTo(index, hint)
        self.frozen.settle(index, before)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.frozen.draw_again(dx)
            if self.cells.editor is not None:
                self.updateEditorGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.cells.begin_painting()
        super().paintEvent(event)
        self.frozen.paint(event)

    def viewportEvent(self, event: QEvent) -> bool:
        return super().viewportEvent(self.frozen.moved(event))
