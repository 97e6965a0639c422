"""The layouts of sheets that are remembered: what they are called, renamed and forgotten."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.batches import EXPORTS, KINDS
from core.i18n import _
from core.intake.field_names import field_names
from core.intake.layouts import Layout, dumps, loads, renamed, without
from ui.desk import Desk
from ui.fields import Field, TextEdit
from ui.form import Forecast
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label


class LayoutTable(RecordTable):
    """One layout in each row; its name can be typed over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column("name", _("版式名称"), 220),
            Column("kind", _("内容"), 90),
            Column("rows", _("表头行"), 70),
            Column("fields", _("各列的含义"), 0),
        )
        super().__init__(columns, parent)
        self._desk = desk

    def key(self, record: Layout) -> str:
        return record.key

    def text(self, record: Layout, column: str) -> str:
        match column:
            case "name":
                return record.name
            case "kind":
                return {**EXPORTS, **KINDS}[record.kind]
            case "rows":
                first, last = record.first + 1, record.last + 1
                return str(first) if first == last else f"{first}—{last}"
        names = field_names(record.kind)
        return "、".join(names.get(field, field) for _place, field in sorted(record.fields.items()) if field)

    def tone(self, record: Layout, column: str) -> str:
        return "" if column == "name" else "second"

    def tip(self, record: Layout, column: str) -> str:
        return self.text(record, column) if column == "fields" else ""

    def is_editable(self, record: Layout, column: str) -> bool:
        return column == "name"

    def open_editor(self, record: Layout, column: str, parent: QWidget) -> Field:
        made = TextEdit(parent, required=True)
        made.give(record.name)
        return made

    def forecast(self, record: Any, column: str, editor: Field) -> Forecast:
        return Forecast()

    def put(self, record: Layout, column: str, editor: Field) -> str:
        assert isinstance(editor, TextEdit)
        layouts = renamed(loads(self._desk.import_layouts), record.key, editor.text())
        self._desk.keep_import_layouts(dumps(layouts))
        self.show_rows(layouts)
        return ""


class LayoutList(QWidget):
    """The layouts as a table, with what they are for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = LayoutTable(desk, self)
        self.grid = GridView(self.table, self)
        self.grid.setAccessibleName(_("记住的版式"))
        self.forget = button(_("删除所选版式"), self._forget)
        none = _("还没有记住的版式。导入时勾选“记住这个版式”，下次表头相同的表会自动按同样的方式读取。")
        self._none = label(none, "faint", wraps=True)
        head = QHBoxLayout()
        head.addWidget(label(_("记住的版式"), "heading"))
        head.addWidget(Hint(_("表头相同的表自动按记住的方式读取；双击名称可以改名。版式保存在本机，各单位通用。")), 1)
        head.addWidget(self.forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._none)
        layout.addWidget(self.grid, 1)
        layout.addStretch(0)
        self.grid.delete_asked.connect(lambda _record: self._forget())
        self.show_layouts()

    def show_layouts(self) -> None:
        """Show what is remembered now."""
        layouts = loads(self._desk.import_layouts)
        self.table.show_rows(layouts)
        self.grid.setVisible(bool(layouts))
        self.forget.setVisible(bool(layouts))
        self._none.setVisible(not layouts)

    def _forget(self) -> None:
        layouts = loads(self._desk.import_layouts)
        for one in self.grid.chosen():
            layouts = without(layouts, one.key)
        self._desk.keep_import_layouts(dumps(layouts))
        self.show_layouts()
