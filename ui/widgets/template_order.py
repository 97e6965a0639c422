"""The sections of a report template in their order: dragged, or moved with Alt and the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.i18n import _
from core.outline import SectionSpec
from ui.style import colours, row_height

_KEY = Qt.ItemDataRole.UserRole
_LEVEL = Qt.ItemDataRole.UserRole + 1
_KIND = Qt.ItemDataRole.UserRole + 2
_ROW = 30
_INDENT = 18
MODE_LABELS = {"text": _("文字"), "heading": _("只有标题"), "projects": _("项目")}


class TemplateOrder(QListWidget):
    """Asks for every move; the list itself changes when the template has."""

    chosen = Signal(str)  # key of a section
    stepped = Signal(str, int)  # key, -1 up or 1 down
    dropped = Signal(str, int)  # key, its place among the rows as they are now
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("章节顺序"))
        self.setToolTip(_("拖动调整顺序，或按 Alt+↑ / Alt+↓"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._telling = True
        self.currentItemChanged.connect(self._on_current)

    def show_sections(self, specs: Sequence[SectionSpec]) -> None:
        """List the sections; the chosen one stays chosen where it still is, else its neighbour is."""
        held, row = self.key(), max(0, self.currentRow())
        self._telling = False
        self.clear()
        for spec in specs:
            item = QListWidgetItem(spec.title, self)
            item.setData(_KEY, spec.key)
            item.setData(_LEVEL, spec.level)
            item.setData(_KIND, "" if spec.mode == "text" else MODE_LABELS.get(spec.mode, spec.mode))
            item.setToolTip(spec.title)
            spoken = _("{title}，{kind}").format(title=spec.title, kind=MODE_LABELS.get(spec.mode, spec.mode))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not self.choose(held):
            self.setCurrentRow(min(row, self.count() - 1))
        self._telling = True

    def key(self) -> str:
        """The key of the chosen section."""
        item = self.currentItem()
        return str(item.data(_KEY)) if item else ""

    def choose(self, key: str) -> bool:
        """Choose a section; False where there is none such."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def sizeHint(self) -> QSize:
        return QSize(300, row_height(_ROW) * max(self.count(), 4) + 4)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._telling:
            self.chosen.emit(str(item.data(_KEY)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(self.key(), step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.key())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The rows are not moved here: the template is changed, and the list follows it."""
        under = self.indexAt(event.position().toPoint())
        row = under.row() if under.isValid() else self.count()
        if under.isValid() and event.position().y() > self.visualRect(under).center().y():
            row += 1
        event.setDropAction(Qt.DropAction.CopyAction)  # else the view would take the dragged row out
        event.accept()
        self.dropped.emit(self.key(), row)


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, row_height(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRect(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QColor(c.accent) if option.state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 5, 5)
        words = box.adjusted(10 + _INDENT * (index.data(_LEVEL) - 1), 0, -10, 0)
        kind = index.data(_KIND)
        painter.setFont(option.font)
        if kind:
            painter.setPen(QColor(c.faint))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, kind)
            words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(kind) - 10)
        painter.setPen(QColor(c.accent if chosen else c.text))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
