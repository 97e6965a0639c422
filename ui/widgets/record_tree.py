"""Changed records as a tree: one branch a record, one leaf a field with its value before and after."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from core.history import RecordChange
from core.i18n import _
from ui.style import colours, row_height

_ROW = 28
_PLACE = Qt.ItemDataRole.UserRole  # number of the record


class RecordTree(QTreeView):
    """Read only; tells which record is chosen."""

    chosen = Signal(object)  # RecordChange or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: Sequence[RecordChange] = ()
        self._model = QStandardItemModel(self)
        self._model.setHorizontalHeaderLabels([_("字段"), _("之前"), _("之后")])
        self.setModel(self._model)
        self.setItemDelegate(_WrappedCells(self))
        self.setAccessibleName(_("修改内容"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setIndentation(14)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        widest = self.fontMetrics().horizontalAdvance(_("绩效目标完成情况"))
        self.setColumnWidth(0, widest + 2 * self.indentation() + 20)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_sizes: self.scheduleDelayedItemsLayout())
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit(self.record()))

    def show_records(self, records: Sequence[RecordChange]) -> None:
        """Show other records, all of them unfolded, the first one chosen."""
        self._records = records
        self._model.removeRows(0, self._model.rowCount())
        c = colours()
        for place, record in enumerate(records):
            head = _cell(f"{record.action}　{record.title}", place)
            font = self.font()
            font.setBold(True)
            head.setFont(font)
            self._model.appendRow(head)
            self.setFirstColumnSpanned(place, QModelIndex(), True)
            for field in record.fields:
                cells = [_cell(text, place) for text in (field.label, field.before, field.after)]
                for cell in cells[:2]:
                    cell.setForeground(QColor(c.second))
                head.appendRow(cells)
        self.expandAll()
        self.setCurrentIndex(self._model.index(0, 0))
        self.chosen.emit(self.record())

    def record(self) -> RecordChange | None:
        """The chosen record."""
        place = self.currentIndex().data(_PLACE) if self.currentIndex().isValid() else None
        return self._records[place] if place is not None else None


def _cell(text: str, place: int) -> QStandardItem:
    cell = QStandardItem(text)
    cell.setData(place, _PLACE)
    cell.setToolTip(text)
    return cell


class _WrappedCells(QStyledItemDelegate):
    """Rows as high as their longest text needs in the width of its column."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        tree = self.parent()
        assert isinstance(tree, QTreeView)
        if not index.parent().isValid():
            return QSize(80, row_height(_ROW))
        margin = tree.indentation() * 2 if index.column() == 0 else 0
        room = tree.columnWidth(index.column()) - margin - 8
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        box = option.fontMetrics.boundingRect(0, 0, max(room, 40), 100_000, flags, str(index.data() or ""))
        return QSize(80, max(box.height(), option.fontMetrics.height()) + 6)
