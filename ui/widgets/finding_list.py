"""The findings as a list with headings: two lines for each, chosen by mouse or arrow keys."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.check import SEVERITY_LABELS
from core.copying import Block
from core.i18n import _
from core.review import Item
from core.review_list import Group
from ui.style import colours, row_height, severity_colours
from ui.widgets.grid_blocks import to_clipboard

_HEADING, _ROW = 30, 48
Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    """Headings and items, one after the other."""

    def __init__(self, place: Callable[[Item], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self.rows: list[Group | Item] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self.rows = [row for group in groups for row in (group, *group.items)]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if isinstance(row, Group):
            spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return _("{title}，{n}项").format(title=row.title, n=len(row.items)) if spoken else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.rule.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{SEVERITY_LABELS[row.finding.severity]} {row.rule.id} {row.rule.title}，{self.place(index.row())}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def place(self, row: int) -> str:
        item = self.rows[row]
        return self._place(item) if isinstance(item, Item) else ""

    def place_of(self, item: Item) -> str:
        """Where an item is, in words."""
        return self._place(item)


class FindingList(QListView):
    """Tells which item is chosen; the choice outlives a refresh, also when the finding's figures move."""

    chosen = Signal(object)  # Item, or None where the list is empty
    opened = Signal(object)  # Item: Enter or a double click

    def __init__(self, place: Callable[[Item], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(place, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(_("核对结果"))
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit(self.item()))
        self.activated.connect(lambda _index: self._open())

    def show_groups(self, groups: Sequence[Group]) -> None:
        """List other groups. The chosen item stays chosen; if it is gone, the one that took its place is."""
        held, row = self.item(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._model.show_groups(groups)
        if held is None or not self.choose(lambda item: _same(item, held)):
            self._choose_near(max(row, 0))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())
        self.chosen.emit(self.item())

    def item(self) -> Item | None:
        """The chosen item."""
        row = self.currentIndex().row()
        held = self._model.rows[row] if 0 <= row < len(self._model.rows) else None
        return held if isinstance(held, Item) else None

    def items(self) -> list[Item]:
        """The items on the list, in order."""
        return [row for row in self._model.rows if isinstance(row, Item)]

    def choose(self, wanted: Callable[[Item], bool]) -> bool:
        """Choose the first item that is wanted; False where there is none."""
        for row, item in enumerate(self._model.rows):
            if isinstance(item, Item) and wanted(item):
                self.setCurrentIndex(self._model.index(row))
                return True
        return False

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrow keys pass over headings."""
        start = self.currentIndex().row()
        index = super().moveCursor(action, modifiers)
        row = index.row()
        if not 0 <= row < len(self._model.rows) or isinstance(self._model.rows[row], Item):
            return index
        step = 1 if row > start or row == 0 else -1
        return self._model.index(row + step)

    def copy(self, everything: bool = False) -> None:
        """Put the chosen finding on the clipboard, or all that are listed under their titles."""
        items = self.items() if everything else [item for item in (self.item(),) if item]
        rows = [self._cells(item) for item in items]
        if rows:
            titles = (_("编号"), _("级别"), _("事项"), _("位置"), _("说明"), _("怎么办"))
            to_clipboard(Block(rows, titles if everything else ()), len(rows) * len(titles))

    def _cells(self, item: Item) -> list[str]:
        severity = SEVERITY_LABELS[item.finding.severity]
        return [item.rule.id, severity, item.rule.title, self._model.place_of(item), item.message, item.remedy]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("定位"), self._open)
        menu.addAction(_("复制"), self.copy).setShortcut(QKeySequence("Ctrl+C"))
        menu.addAction(_("复制全部（含表头）"), partial(self.copy, True)).setShortcut(QKeySequence("Ctrl+Shift+C"))
        menu.popup(event.globalPos())

    def _choose_near(self, row: int) -> None:
        rows = self._model.rows
        after = [i for i in range(min(row, len(rows)), len(rows)) if isinstance(rows[i], Item)]
        before = [i for i in range(min(row, len(rows))) if isinstance(rows[i], Item)]
        near = after[:1] or before[-1:]
        self.setCurrentIndex(self._model.index(near[0]) if near else QModelIndex())

    def _open(self) -> None:
        item = self.item()
        if item is not None:
            self.opened.emit(item)


def _same(one: Item, other: Item) -> bool:
    """Whether two items are the same complaint, whatever its figures are now."""
    a, b = one.finding, other.finding
    return (a.rule, a.about.key(), a.words) == (b.rule, b.about.key(), b.words)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(Qt.ItemDataRole.UserRole), Group)
        return QSize(120, row_height(_HEADING) if is_heading else row_height(_ROW, 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Group):
            self._heading(painter, QRect(option.rect), row)
        else:
            self._item(painter, option, row, index)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRect, group: Group) -> None:
        c = colours()
        painter.setPen(QColor(c.second))
        words = box.adjusted(14, 4, -14, 0)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, group.title)
        painter.setPen(QColor(c.faint))
        painter.drawText(words, flags | Qt.AlignmentFlag.AlignRight, str(len(group.items)))

    def _item(self, painter: QPainter, option: QStyleOptionViewItem, item: Item, index: Index) -> None:
        c = colours()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRect(option.rect).adjusted(6, 1, -6, -1)
        if is_chosen or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if is_chosen else c.info_soft))
            painter.drawRoundedRect(box, 5, 5)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        is_over = item.waiver is not None or item.settled
        dot = c.faint if is_over else severity_colours(item.finding.severity)[0]
        painter.setBrush(QColor(dot))
        painter.drawEllipse(QPointF(box.left() + 14, box.top() + 14), 4, 4)
        metrics = option.fontMetrics
        words = QRect(box.left() + 26, box.top() + 3, box.width() - 38, 21)
        number = metrics.horizontalAdvance(item.rule.id)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(c.faint))
        painter.drawText(words, flags | Qt.AlignmentFlag.AlignRight, item.rule.id)
        painter.setPen(QColor(c.second if is_over else c.text))
        room = words.width() - number - 10
        painter.drawText(words, flags, metrics.elidedText(item.rule.title, Qt.TextElideMode.ElideRight, room))
        painter.setPen(QColor(c.second))
        model = index.model()
        assert isinstance(model, _Model)
        place = metrics.elidedText(model.place(index.row()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.translated(0, 20), flags, place)
