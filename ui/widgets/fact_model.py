"""基础数据表 as a grid: last year's actual, this year's budget and actual, each with where it comes from."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.basic_form import COLUMN_LABELS, COLUMNS, ORIGIN_LABELS, FactCell, FactRow, Origin
from core.change import Change
from core.facts import clear_fact, fact_rows, set_fact
from core.i18n import _
from core.money import AmountError, parse_amount, show_printed
from core.review import Item
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import PLAIN, Column, Look, RecordTable, Role

NAME, NOTE, CHECK = "name", "note", "check"
WAN = "万元"
ABSENT, UNKNOWN = "—", _("未填")

GRID = (
    Column(NAME, _("数据项"), 0),
    *(Column(key, COLUMN_LABELS[key], 124, is_amount=True) for key in COLUMNS),
    Column(NOTE, _("说明"), 110),
    Column(CHECK, _("核对"), 44),
)
# What is said of a figure that nobody entered, by where it comes from.
_TIPS = {
    Origin.STATED: _("取自填报数。直接输入可改为另填的数。"),
    Origin.LEDGER: _("由台账算出。直接输入可改为另填的数，清空又回到台账数。"),
    Origin.LAST_YEAR: _("取自上年基础数据表。直接输入可改为另填的数，清空又回到上年数。"),
    Origin.PARTS: _("由下面各项相加。直接输入可改为另填的数，清空又自动相加。"),
    Origin.ENTERED: _("已填。清空后，台账、上年或分项能算出的，自动显示算出的数。"),
    Origin.UNKNOWN: _("还没有填，台账中也没有。不发生的填0。"),
}


class AreaEdit(MoneyEdit):
    """An area in ㎡ to two decimals, held in 0.01㎡."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, unit="㎡")
        self.setAccessibleName(_("面积（㎡）"))

    def set_amount(self, fen: int | None) -> None:
        self.give("" if fen is None else show_printed(fen, "㎡"))

    def amount(self) -> int | None:
        text = self.text().strip().removesuffix("㎡").strip()
        if not text:
            return None
        if any(mark in text for mark in "万亿元"):
            raise AmountError(_("“{text}”不是面积，请输入平方米数，例如 120.5。").format(text=text[:20]))
        return parse_amount(text)


class FactModel(RecordTable):
    """Rows are ``FactRow``; emptying a figure gives the word back to the ledger, last year or the parts."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(GRID, parent)
        self.desk = desk
        self._notes: dict[str, Item] = {}  # the gravest open finding of a row

    def refresh(self) -> None:
        """Read the book anew; only rows that changed are drawn again."""
        desk = self.desk
        self.show_rows(fact_rows(desk.book, desk.year))
        notes: dict[str, Item] = {}
        for item in desk.review().open:
            if item.finding.about.kind == "fact":
                notes.setdefault(item.finding.about.field, item)
        if notes != self._notes:
            self._notes = notes
            self.tell_row(0, len(self.rows) - 1)

    # How it is shown

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        column = self.columns[section]
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal and column.is_amount:
            return f"{column.title}\n（{self.desk.money_unit}）"
        return super().headerData(section, orientation, role)

    def key(self, record: FactRow) -> Hashable:
        return record.item

    def text(self, record: FactRow, column: str) -> str:
        if column == NAME:
            return record.label if record.unit == WAN else f"{record.label}（{record.unit}）"
        if column == NOTE:
            return record.note
        if column == CHECK:
            note = self._notes.get(record.item)
            return note.rule.title if note else ""
        cell = self._cell(record, column)
        if cell is None:
            return ABSENT
        if cell.amount is None:
            return UNKNOWN
        return self.desk.money(cell.amount) if record.unit == WAN else show_printed(cell.amount, record.unit)

    def amount(self, record: FactRow, column: str) -> int | None:
        cell = self._cell(record, column) if column in COLUMNS and record.unit == WAN else None
        return cell.amount if cell else None

    def tier(self, record: FactRow) -> int:
        return -record.level

    def tone(self, record: FactRow, column: str) -> str:
        if column in (NAME, CHECK):
            return ""
        if column == NOTE:
            return "second"
        cell = self._cell(record, column)
        if cell is None or cell.amount is None or not cell.amount:
            return "faint"
        return "error" if cell.amount < 0 else ""

    def ground(self, record: FactRow, column: str) -> str:
        return "page" if record.is_group or (self._cell(record, column) is None and column in COLUMNS) else ""

    def look(self, record: FactRow, column: str) -> Look:
        if column == NAME:
            return Look(level=record.level, strong=not record.level)
        if column == CHECK:
            note = self._notes.get(record.item)
            return Look(mark=note.finding.severity) if note else PLAIN
        cell = self._cell(record, column) if column in COLUMNS else None
        if cell is None:
            return PLAIN
        return Look(note=ORIGIN_LABELS[cell.origin], strong=cell.origin == Origin.ENTERED)

    def tip(self, record: FactRow, column: str) -> str:
        if column == NAME:
            return record.label
        if column == NOTE:
            return record.note or _("超预算、比上年增长等情况的原因写在这里")
        if column == CHECK:
            note = self._notes.get(record.item)
            return f"{note.rule.title}：{note.message}" if note else ""
        cell = self._cell(record, column)
        if cell is None:
            return _("表中没有这一栏")
        return _("由各项目相加") if record.is_group else _TIPS[cell.origin]

    def _cell(self, record: FactRow, column: str) -> FactCell | None:
        """The figure of a column; None where the form has none."""
        return record.cell(column) if column in record.columns else None

    # How it is edited

    def is_editable(self, record: FactRow, column: str) -> bool:
        if self.desk.readonly or record.is_group:
            return False
        return column == NOTE or column in record.columns

    def open_editor(self, record: FactRow, column: str, parent: QWidget) -> Field:
        if column == NOTE:
            line = TextEdit(parent)
            line.give(record.note)
            return line
        edit = MoneyEdit(parent) if record.unit == WAN else AreaEdit(parent)
        edit.set_amount(record.cell(column).amount)
        return edit

    def forecast(self, record: FactRow, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self.edit(record, column, editor))

    def put(self, record: FactRow, column: str, editor: Field) -> str:
        return save(self.desk, self.edit(record, column, editor))

    def edit(self, record: FactRow, column: str, editor: Field) -> Callable[[], Change]:
        book, year = self.desk.book, self.desk.year
        if isinstance(editor, MoneyEdit):
            return partial(set_fact, book, year, record.item, **{column: editor.amount()})
        return partial(set_fact, book, year, record.item, note=editor.text().strip())  # type: ignore[union-attr]

    def clear(self, record: FactRow, column: str) -> str:
        """Take back what was entered in a cell; returns what forbids it."""
        if column == NOTE:
            return save(self.desk, partial(set_fact, self.desk.book, self.desk.year, record.item, note=""))
        return save(self.desk, partial(clear_fact, self.desk.book, self.desk.year, record.item, column))
