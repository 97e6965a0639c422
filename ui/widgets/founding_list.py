"""What was taken from a report, by subject: ticked or not, values corrected in place."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from core.errors import UserError
from core.founding.plan import COUNT, LONG, MONEY, Choices, Chosen, Plan, Taken, Value
from core.i18n import _
from core.money import parse_amount, show_wan, show_yuan
from ui.style import colours, scaled

_KEY = Qt.ItemDataRole.UserRole
WHAT, VALUE, BECOMES = range(3)
_EDIT = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_POSTS = 100_000
_ASKED = ("unit.name", "year")  # asked beside the place of the file, not here


class _Values(QStyledItemDelegate):
    """Only the values of things that are not whole texts are edited."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        if index.column() != VALUE or not index.data(_KEY):
            return None  # type: ignore[return-value]
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0))
        editor.setAccessibleName(_("数值或文字"))
        return editor


class FoundingList(QTreeWidget):
    """A branch for the unit, its staff, its figures and every project."""

    chosen = Signal(object)  # Taken
    changed = Signal()  # ticks or values
    refused = Signal(str)  # what is wrong with a value; empty: nothing any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._values: dict[str, Value] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setColumnCount(3)
        self.setHeaderLabels([_("内容"), _("数值（可改）"), _("登记为")])
        self.setAccessibleName(_("从报告中读出的内容"))
        self.setProperty("role", "offers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Values(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.itemChanged.connect(self._on_changed)
        self.currentItemChanged.connect(self._on_moved)

    def show_plan(self, plan: Plan) -> None:
        """Show what was taken, everything ticked; the branches of projects folded where there are many."""
        self._plan, self._values = plan, {}
        self._items.clear()
        self.blockSignals(True)
        self.clear()
        branches: dict[str, QTreeWidgetItem] = {}
        for one in sorted(plan.taken, key=lambda one: one.sort == LONG):
            if one.key in _ASKED:
                continue
            if one.group not in branches:
                branches[one.group] = self._branch(one.group)
            self._items[one.key] = self._leaf(branches[one.group], one)
        for branch in branches.values():
            branch.setExpanded(True)
        self.blockSignals(False)
        if self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(0).child(0))

    def choices(self) -> tuple[frozenset[str], dict[str, Value]]:
        """The keys that are not ticked, and the values that were changed."""
        off = (key for key, item in self._items.items() if item.checkState(WHAT) == Qt.CheckState.Unchecked)
        return frozenset(off), dict(self._values)

    def dropped(self) -> frozenset[str]:
        """The keys of everything that is not to be stored, also for want of its project."""
        assert self._plan is not None
        chosen = Chosen(self._plan, Choices(*self.choices()))
        return frozenset(key for key in self._items if not chosen.has(key))

    def choose_at(self, offset: int) -> bool:
        """Go to what was taken at a place of the text, the shortest where there are several."""
        taken = self._plan.taken if self._plan else ()
        found = sorted((one.end - one.start, one.key) for one in taken if one.start <= offset < one.end)
        found = [pair for pair in found if pair[1] in self._items]
        if found:
            self.setCurrentItem(self._items[found[0][1]])
            self.scrollToItem(self._items[found[0][1]])
        return bool(found)

    def item_of(self, key: str) -> QTreeWidgetItem:
        """The line of a thing taken."""
        return self._items[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # Enter that closed the editor
        elif event.key() == Qt.Key.Key_Space and item is not None and item.data(WHAT, _KEY):
            is_on = item.checkState(WHAT) == Qt.CheckState.Checked
            item.setCheckState(WHAT, Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
        elif event.key() in _EDIT and item is not None and item.data(VALUE, _KEY):
            self.editItem(item, VALUE)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            room = event.size().width()
            self.setColumnWidth(WHAT, min(scaled(200), room * 37 // 100))
            self.setColumnWidth(VALUE, min(scaled(200), room * 27 // 100))

    # Lines

    def _branch(self, title: str) -> QTreeWidgetItem:
        branch = QTreeWidgetItem(self, [title])
        branch.setFirstColumnSpanned(True)
        branch.setToolTip(WHAT, title)
        font = branch.font(WHAT)
        font.setBold(True)
        branch.setFont(WHAT, font)
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return branch

    def _leaf(self, branch: QTreeWidgetItem, one: Taken) -> QTreeWidgetItem:
        indent = "　" if one.under.count(".") else ""
        becomes = _("{record}（推算）").format(record=one.becomes) if one.derived else one.becomes
        item = QTreeWidgetItem(branch, [indent + one.what, worded(one, one.value), becomes])
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags if one.sort == LONG else flags | Qt.ItemFlag.ItemIsEditable)
        item.setCheckState(WHAT, Qt.CheckState.Checked)
        item.setData(WHAT, _KEY, one.key)
        item.setData(VALUE, _KEY, "" if one.sort == LONG else one.key)
        item.setToolTip(WHAT, one.what)
        item.setToolTip(VALUE, str(one.value) if one.sort == LONG else worded(one, one.value))
        item.setToolTip(BECOMES, one.derived or one.becomes)
        if one.sort in (MONEY, COUNT):
            item.setTextAlignment(VALUE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if one.derived:
            item.setForeground(BECOMES, QColor(colours().warning))
        return item

    def _taken(self, item: QTreeWidgetItem | None) -> Taken | None:
        key = item.data(WHAT, _KEY) if item is not None else None
        return self._plan.by_key[key] if self._plan is not None and key else None

    def _on_moved(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if (one := self._taken(item)) is not None:
            self.chosen.emit(one)

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        one = self._taken(item)
        if one is None:
            return
        if column == VALUE and one.sort != LONG:
            self._read(item, one)
        if column in (WHAT, VALUE):
            self._show_which()
            self.changed.emit()

    def _read(self, item: QTreeWidgetItem, one: Taken) -> None:
        """Keep a value that was typed, or put the one before back and say what is wrong."""
        held = self._values.get(one.key, one.value)
        try:
            value = read_value(one, item.text(VALUE))
        except UserError as error:
            value = held
            self.refused.emit(str(error))
        else:
            self.refused.emit("")
        if value != one.value:
            self._values[one.key] = value
        else:
            self._values.pop(one.key, None)
        self.blockSignals(True)
        item.setText(VALUE, worded(one, value))
        font = item.font(VALUE)
        font.setBold(value != one.value)
        item.setFont(VALUE, font)
        self.blockSignals(False)

    def _show_which(self) -> None:
        """What is not to be stored is faint."""
        off = self.dropped()
        c = colours()
        self.blockSignals(True)
        for key, item in self._items.items():
            for column in (WHAT, VALUE):
                item.setForeground(column, QColor(c.faint if key in off else c.text))
        self.blockSignals(False)


def worded(one: Taken, value: Value) -> str:
    """A value as it is shown and typed."""
    if one.sort == MONEY:
        return show_yuan(int(value)) + "元" if one.printed_unit == "元" else show_wan(int(value)) + "万元"
    return " ".join(str(value).split())


def read_value(one: Taken, text: str) -> Value:
    """What was typed for a value. Raises ``UserError`` with what is wrong with it."""
    if one.sort == MONEY:
        if text == worded(one, one.value):
            return one.value  # nothing is rounded away by looking
        return parse_amount(text, "元" if one.printed_unit == "元" else "万元")
    words = text.strip()
    if one.sort == COUNT:
        digits = words.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        if not (digits.isascii() and digits.isdigit() and int(digits) <= _MOST_POSTS):
            raise UserError(_("“{text}”不是人数，请输入整数。").format(text=words))
        return int(digits)
    if not words:
        raise UserError(_("不能为空；不需要时请取消勾选。"))
    return words
