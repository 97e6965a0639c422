"""人员编制: how many posts of each type there are, filled and retired, at the end of the year."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import commands
from core.change import Change
from core.i18n import _
from core.labels import field_label
from core.model import Staff
from ui.desk import Desk
from ui.fields import Field, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import Column, RecordTable
from ui.widgets.ask_bar import AskBar
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label

MOST = 99_999
USUAL = (_("行政编制"), _("事业编制"), _("工勤编制"))
COUNTS = ("established", "actual", "retired")


class CountEdit(TextEdit):
    """A head count: a whole number, empty for none."""

    def count(self) -> int:
        """The number typed. Raises ``ValueError``."""
        return int(self.text().strip() or 0)

    def problem(self) -> str:
        try:
            if 0 <= self.count() <= MOST:
                return ""
        except ValueError:
            pass
        return _("“{text}”不是人数，请输入整数，例如 3。").format(text=self.text().strip())


class StaffModel(RecordTable):
    """Rows are ``Staff``; the counts are typed in place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        counts = [Column(name, field_label(Staff, name), 76, is_amount=True) for name in COUNTS]
        super().__init__((Column("type", field_label(Staff, "type"), 0), *counts), parent)
        self.desk = desk

    def key(self, record: Staff) -> Hashable:
        return record.type

    def tone(self, record: Staff, column: str) -> str:
        return "faint" if getattr(record, column) == 0 else ""

    def is_editable(self, record: Staff, column: str) -> bool:
        return column in COUNTS and not self.desk.readonly

    def open_editor(self, record: Staff, column: str, parent: QWidget) -> Field:
        field = CountEdit(parent)
        field.give(str(getattr(record, column)))
        return field

    def forecast(self, record: Staff, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self.edit(record, column, editor))

    def put(self, record: Staff, column: str, editor: Field) -> str:
        return save(self.desk, self.edit(record, column, editor))

    def edit(self, record: Staff, column: str, editor: Field) -> Callable[[], Change]:
        assert isinstance(editor, CountEdit)
        counts = {column: editor.count()}
        return partial(commands.set_staff, self.desk.book, self.desk.year, record.type, **counts)


class StaffPanel(QFrame):
    """The table, and a line for another type."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self.model = StaffModel(desk, self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("人员编制"))
        self.view.delete_asked.connect(self.remove)
        self.ask = AskBar()
        self.type = TextEdit()
        self.type.setAccessibleName(_("编制类型"))
        self.type.setPlaceholderText(_("编制类型，如：{types}").format(types="、".join(USUAL)))
        self.type.returnPressed.connect(self.add)
        self._add = button(_("增加"), self.add)
        self._fault = label("", "error")
        self._fault.hide()
        line = QHBoxLayout()
        line.setContentsMargins(10, 6, 10, 8)
        line.addWidget(self.type, 1)
        line.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self.ask)
        layout.addWidget(self._fault)
        layout.addLayout(line)

    def refresh(self) -> None:
        """Bring the counts up to date."""
        self.model.show_rows(self.desk.book.staff(self.desk.year))
        for field in (self.type, self._add):
            field.setEnabled(not self.desk.readonly)

    def add(self) -> None:
        """Add the type that was typed, all counts 0."""
        name = self.type.text().strip()
        problem = _("请填写编制类型。") if not name else ""
        if any(held.type == name for held in self.desk.book.staff(self.desk.year)):
            problem = _("“{name}”已经在表中，请直接修改人数。").format(name=name)
        if not problem:
            problem = save(self.desk, partial(commands.set_staff, self.desk.book, self.desk.year, name, actual=0))
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))
        if not problem:
            self.type.give("")
            self.view.stand_at(name, COUNTS[0])
            self.view.setFocus()

    def remove(self, record: Staff) -> None:
        """Ask whether a type is to go."""
        if not self.desk.readonly:
            question = _("删除“{type}”（实有{actual}人）？").format(type=record.type, actual=record.actual)
            make = partial(commands.remove_staff, self.desk.book, self.desk.year, record.type)
            self.ask.ask(question, _("删除"), lambda: save(self.desk, make), is_grave=True)
