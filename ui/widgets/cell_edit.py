"""The field that opens in a cell of a grid: what typing would do is said under it, and only what is well is saved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.i18n import _
from ui.fields import Field, Pick, TextEdit
from ui.form import Forecast
from ui.style import row_height
from ui.suggest import SuggestEdit
from ui.widgets.cell_paint import LEVEL, PAD, CellPainter
from ui.widgets.parts import set_role

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

ROW = 29
WIDEST = 420  # of a column that is made as wide as its texts
REST = ("=", "＝")  # typed for what is left
ABOVE = ("..", "。。", "．．")  # typed for what stands above


class CellDelegate(QStyledItemDelegate):
    """Opens a field in a cell, says what typing would do, and closes it only when all is well or given up."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self.view = view
        self.editor: Field | None = None
        self.for_all = False  # Enter gives what is typed to all chosen rows
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
            editor.picked.connect(lambda _value: self._finish(self.for_all))
        editor.destroyed.connect(self._forget)
        self.editor, self._place = editor, QPersistentModelIndex(index)
        return editor

    def setEditorData(self, _editor: QWidget, _index: QModelIndex) -> None:
        """The field was filled when it was opened; news of the model do not overwrite what is typed."""

    def setModelData(self, _editor: QWidget, _model: object, _index: QModelIndex) -> None:
        """Saving is ``_finish``, which can refuse."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        rect = self.view.frozen.placed(option.rect, index.column())
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
                (self._close if self.for_all else self._finish)()  # many rows change on Enter alone
            return False
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self._close()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.for_all or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._finish(for_all=True)
                elif self._finish():
                    self.view.go_on(back)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                if self._finish():
                    self.view.step(0, -1 if event.key() == Qt.Key.Key_Backtab else 1)
            case _:
                return False
        return True

    def _finish(self, for_all: bool = False) -> bool:
        """Save what is typed, in the cell or in all chosen rows, and close the field; False if it cannot be saved."""
        editor, table = self.editor, self.view.table
        if editor is None:
            return True
        if not self._place.isValid():  # its row has gone meanwhile
            self._close()
            return True
        if isinstance(editor, SuggestEdit):
            editor.settle()
        problem = editor.problem()
        column = table.columns[self._place.column()].key
        if not problem and for_all:
            problem = self.view.put_in_all(column, editor)
        elif not problem and editor.is_changed:
            problem = table.put(table.record(self._place), column, editor)
        if problem:
            editor.mark(problem)
            self._say(Forecast(problem, "error"))
            return False
        self._close()
        return True

    def _preview(self) -> None:
        editor, table = self.editor, self.view.table
        if editor is None or not self._place.isValid():
            return
        record, column = table.record(self._place), table.columns[self._place.column()].key
        self._expand(editor, record, column)
        if self.for_all:
            self.say_for_all()
        elif editor.problem() or not editor.is_changed:
            self._say(Forecast())
        else:
            self._say(table.forecast(record, column, editor))

    def say_for_all(self) -> None:
        """Say whom Enter gives what is typed to."""
        text = _("按 Enter 后，所选{count}行都改为这个内容").format(count=len(self.view.chosen_rows()))
        self._say(Forecast(text, "info"))

    def _expand(self, editor: Field, record: object, column: str) -> None:
        """Put what a short sign stands for in its place."""
        table = self.view.table
        if isinstance(editor, Pick):
            return
        if editor.text().strip() in REST:
            if (rest := table.rest_text(record, column, editor)) is not None:
                editor.setText(rest)
        elif isinstance(editor, TextEdit) and editor.text().strip() in ABOVE:
            editor.setText(self._above(column))

    def _above(self, column: str) -> str:
        """What stands in the next row above that can be typed into, as its field would show it."""
        table = self.view.table
        for row in range(self._place.row() - 1, -1, -1):
            record = table.rows[row]
            if table.is_editable(record, column):
                field = table.open_editor(record, column, self.view.viewport())
                field.hide()
                field.deleteLater()
                return field.currentText() if isinstance(field, Pick) else field.text()
        return table.text(table.rows[self._place.row() - 1], column) if self._place.row() else ""

    def _close(self) -> None:
        editor = self.editor
        self._forget()
        if editor is not None:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.view.setFocus()

    def _forget(self, *_args: object) -> None:
        self.editor, self.for_all = None, False
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

    def begin_painting(self) -> None:
        """Cells are drawn from here on."""
        self._painter.begin()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self._painter.paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """What a column needs that is made as wide as its texts: no row ever asks."""
        table = self.view.table
        record, column = table.rows[index.row()], table.columns[index.column()].key
        text, look = table.text(record, column), table.look(record, column)
        room = QFontMetrics(self.view.font()).horizontalAdvance(text + look.tag) + 2 * PAD + 4
        return QSize(min(WIDEST, room + max(0, look.level + 1) * LEVEL), row_height(ROW))
