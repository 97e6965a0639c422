"""One table model for all grids: records as rows, columns that say how a record is shown and edited.

Rows are a Python list. New rows are compared with the old ones by key, so that only what changed is told
to the view and the selection stays. Sorting and filtering happen in lists of core, never in a proxy.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.block_edits import together
from core.change import Change
from core.i18n import _
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, full_amount
from ui.form import Forecast, save

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
Edit = tuple[Any, str, Field]  # a record, a column, and the field that holds what is to stand there
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_DIGITS = {"元": 2, "万元": 6}  # decimals that show every 分


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell shows beside its text."""

    mark: str = ""  # a severity or "good", drawn instead of the text
    share: float | None = None  # from 0 to 1, drawn as a bar before the text
    level: int = -1  # of a row in a tree
    fold: bool | None = None  # True: unfolded, False: folded, None: nothing below
    tag: str = ""  # a small word behind the text
    note: str = ""  # a faint word at the left of an amount, where there is room
    strong: bool = False  # set in bold, as what was given by hand is
    clips: int = 0  # files that are kept with the record


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` 0 takes what is left."""

    key: str
    title: str
    width: int = 80
    is_amount: bool = False
    is_computed: bool = False  # never editable, told apart from what is entered


class RecordTable(QAbstractTableModel):
    """Subclasses say what a record shows in a column, and what typing there does."""

    marked = Signal(object)  # set of keys: these records, wherever they are seen, are marked otherwise now

    desk: Desk | None = None  # of tables over the open ledger
    sorts: frozenset[str] = frozenset()  # columns the rows can be put in the order of
    naming = ""  # the column rows are called by; empty: the first one

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.sorted_by: tuple[str, bool] = ("", False)  # the column, and whether it falls
        self._row_of: dict[Hashable, int] | None = None
        self._flash: Hashable = None
        self._flash_column = ""

    # What subclasses say

    def key(self, record: Any) -> Hashable:
        """What a record is known by; stays while its fields change."""
        return record.id

    def text(self, record: Any, column: str) -> str:
        """What a cell shows."""
        return str(getattr(record, column))

    def tone(self, record: Any, column: str) -> str:
        """A role of ``style.Colours`` for the text of a cell; empty: the usual one."""
        return ""

    def ground(self, record: Any, column: str) -> str:
        """A role of ``style.Colours`` for the ground of a cell; empty: the usual one."""
        return ""

    def tip(self, record: Any, column: str) -> str:
        """What is said of a cell when asked."""
        return ""

    def look(self, record: Any, column: str) -> Look:
        """Mark, bar, level and tag of a cell."""
        return PLAIN

    def is_strong(self, record: Any) -> bool:
        """Whether a row is set in bold, as totals are."""
        return False

    def is_editable(self, record: Any, column: str) -> bool:
        """Whether a cell can be typed into."""
        return False

    def open_editor(self, record: Any, column: str, parent: QWidget) -> Field:
        """A field of ui.fields that shows what the cell holds in full."""
        raise AssertionError("an editable column opens an editor")

    def forecast(self, record: Any, column: str, editor: Field) -> Forecast:
        """What saving what is typed would do."""
        return Forecast()

    def put(self, record: Any, column: str, editor: Field) -> str:
        """Save what was typed; returns what forbids it."""
        raise AssertionError("an editable column saves what is typed")

    def edit(self, record: Any, column: str, editor: Field) -> Callable[[], Change] | None:
        """What ``put`` would save, as a change of its own to be saved with others; None: cells are saved singly."""
        return None

    def joined(self, label: str, edits: Sequence[Edit]) -> Callable[[], Change] | None:
        """What these edits would save as one step; None: cells are saved singly."""
        desk = self.desk
        makes = [make for edit in edits if (make := self.edit(*edit)) is not None]
        if desk is None or len(makes) < len(edits):
            return None
        return lambda: together(desk.book, label, [make() for make in makes])

    def put_all(self, label: str, edits: Sequence[Edit]) -> str:
        """Save these edits as one step; returns what forbids it."""
        make = self.joined(label, edits)
        if make is None or self.desk is None:
            return _("这张表不能一次修改几行，请逐格输入。")
        return save(self.desk, make)

    def with_typed(self, record: Any, column: str, editor: Field) -> Any:
        """The record as it would be with what stands in a field, where the choices of other columns depend on it."""
        return record

    def blank(self, number: int) -> Any:
        """What stands for a row to be added (0: the first one), where a pasted block is longer than the table; None
        where none can be added."""
        return None

    @property
    def unit(self) -> str:
        """The unit amounts are shown in."""
        return self.desk.money_unit if self.desk is not None else "元"

    def amount(self, record: Any, column: str) -> int | None:
        """The amount a cell holds, in 分; None where it holds none."""
        return None

    def number(self, record: Any, column: str) -> Decimal | None:
        """The number a cell shows with every digit it has, as other programs are given it; None: it is text."""
        amount = self.amount(record, column)
        if amount is not None:
            return exact(amount, self.unit)
        number = self.column_of(column)
        if number < 0 or not self.columns[number].is_amount:
            return None
        try:
            return Decimal(self.text(record, column).replace(",", ""))
        except InvalidOperation:
            return None

    def is_summed(self, column: str) -> bool:
        """Whether the amounts of a column mean something when added up."""
        return self.columns[self.column_of(column)].is_amount

    def tier(self, record: Any) -> int:
        """Where rows contain others: of several tiers chosen together, only the highest is summed."""
        return 0

    def full_title(self, column: Column) -> str:
        """The title of a column as another program is given it, in one line."""
        return str(self.headerData(self.column_of(column.key), Qt.Orientation.Horizontal)).replace("\n", "")

    def rest(self, record: Any, column: str) -> int | None:
        """The amount (分) that would use up what is left, for ``=`` in a field; None where nothing is meant."""
        return None

    def rest_text(self, record: Any, column: str, editor: Field) -> str | None:
        """What ``=`` stands for in a field; None where it means nothing."""
        rest = self.rest(record, column) if isinstance(editor, MoneyEdit) else None
        return full_amount(rest, editor.unit) if rest is not None and isinstance(editor, MoneyEdit) else None

    def sort_by(self, column: str, falling: bool) -> None:
        """Put the rows in the order of a column; empty: as they are."""
        raise AssertionError("a table that is sorted says how")

    # Rows

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these records: rows that stay are changed in place."""
        new, old = list(rows), self.rows
        keys, held = [self.key(r) for r in new], [self.key(r) for r in old]
        start = 0
        while start < min(len(keys), len(held)) and keys[start] == held[start]:
            start += 1
        end = 0
        while end < min(len(keys), len(held)) - start and keys[-1 - end] == held[-1 - end]:
            end += 1
        self._row_of = None
        gone, come = len(old) - end, len(new) - end
        if gone > start:
            self.beginRemoveRows(QModelIndex(), start, gone - 1)
            self.rows = old[:start] + old[gone:]
            self.endRemoveRows()
        if come > start:
            self.beginInsertRows(QModelIndex(), start, come - 1)
            self.rows = self.rows[:start] + new[start:come] + self.rows[start:]
            self.endInsertRows()
        same = (*range(start), *range(come, len(new)))
        changed = [row for row in same if self.rows[row] != new[row]]
        self.rows = new
        for row in changed:
            self.tell_row(row)

    def reset_rows(self, rows: Sequence[Any]) -> None:
        """Show other records altogether; nothing stays chosen."""
        self.beginResetModel()
        self.rows, self._row_of = list(rows), None
        self.endResetModel()

    def insert_row(self, row: int, record: Any) -> None:
        """Put one record in."""
        self._row_of = None
        self.beginInsertRows(QModelIndex(), row, row)
        self.rows.insert(row, record)
        self.endInsertRows()

    def remove_row(self, row: int) -> None:
        """Take one record out."""
        self._row_of = None
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.rows[row]
        self.endRemoveRows()

    def tell_row(self, row: int, last: int = -1) -> None:
        """Say that rows look different now."""
        if self.rows:
            self.dataChanged.emit(self.index(row, 0), self.index(max(row, last), len(self.columns) - 1))

    def tell_all(self) -> None:
        """Say that every row may look different, and the headers too."""
        self.tell_row(0, len(self.rows) - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row_of(self, key: Hashable) -> int:
        """The row of a record, -1 if it is not shown."""
        if self._row_of is None:
            self._row_of = {self.key(record): row for row, record in enumerate(self.rows)}
        return self._row_of.get(key, -1)

    def column_of(self, key: str) -> int:
        """The number of a column, -1 if there is none."""
        return next((n for n, column in enumerate(self.columns) if column.key == key), -1)

    def record(self, index: Index) -> Any:
        """The record of an index; None outside the table."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def flash(self, key: Hashable, column: str = "") -> None:
        """Light up a row or one cell of it; None: nothing."""
        before = self._flash
        self._flash, self._flash_column = key, column
        for one in (before, key):
            if one is not None and (row := self.row_of(one)) >= 0:
                self.tell_row(row)

    # QAbstractTableModel

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            by, falling = self.sorted_by
            return column.title + ((" ↓" if falling else " ↑") if by == column.key else "")
        if role == Role.TextAlignmentRole:
            return _align(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        record = self.record(index)
        if record is not None and self.is_editable(record, self.columns[index.column()].key):
            return _EDITABLE
        return _SHOWN

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        record = self.record(index)
        if record is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Role.DisplayRole:
                return self.text(record, column.key)
            case Role.TextAlignmentRole:
                return _align(column)
            case Role.ToolTipRole:
                return self.tip(record, column.key) or None
            case Role.AccessibleTextRole:
                title = column.title.replace("\n", "")
                return f"{title} {self.text(record, column.key)} {self.tip(record, column.key)}".strip()
        return None

    def is_flashed(self, record: Any, column: str) -> bool:
        """Whether a cell is lit up for a moment."""
        return self._flash is not None and self._flash_column in ("", column) and self.key(record) == self._flash


def _align(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_amount else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def exact(fen: int, unit: str) -> Decimal:
    """An amount in 元 or 万元 with every digit it has, at least two behind the point."""
    digits = _DIGITS[unit]
    value = Decimal(fen).scaleb(-digits)
    whole = value.quantize(Decimal("0.01"))
    return whole if whole == value else value.normalize()
