"""The line for the next entry of any project: the project is a field of its own, chosen while typing."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.entries import Entry
from core.i18n import _
from ui.desk import Desk
from ui.style import scaled
from ui.suggest import ProjectEdit
from ui.widgets.entry_line import EntryLine

# Widths of the fields, where there is room and where there is little of it.
ROOMY = {"day": 110, "where": 116, "kind": 94, "amount": 104, "number": 78, "payee": 90}
TIGHT = {"day": 108, "where": 92, "kind": 80, "amount": 94, "number": 66, "payee": 70}
ENOUGH = 820  # pixels of the whole line


class YearLine(EntryLine):
    """Stays at the project entered for last; what is typed stays when another one is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.where = ProjectEdit(lambda: desk.book.project_years(desk.year))
        self.where.setAccessibleName(_("项目"))
        self.where.setPlaceholderText(_("项目"))
        self.where.setToolTip(_("项目名称、代码或拼音首字母；按 ↓ 浏览全部项目"))
        self.fields_row.insertWidget(1, self.where)
        self.leading = (self.where,)
        self.where.installEventFilter(self)
        self.where.edited.connect(self._on_where)
        self._narrow()

    def show_project(self, project: int, keeps: bool = False) -> None:
        super().show_project(project, keeps)
        is_open = not self.desk.locked
        for field in (*self._line(), *self.more.fields.values(), self._save, self._unfold):
            field.setEnabled(is_open)  # the project may be chosen last
        self.where.setEnabled(is_open and self.entry is None)
        if not self.where.hasFocus():
            self.where.give_project(project)

    def begin_after(self, entry: Entry) -> None:
        self.show_project(entry.project, keeps=True)
        super().begin_after(entry)

    def change(self, entry: Entry) -> None:
        self.show_project(entry.project, keeps=True)
        super().change(entry)
        self.where.setEnabled(False)  # an entry moves to another project in the list

    def give_up(self) -> None:
        super().give_up()
        self.where.setEnabled(not self.desk.locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def _on_kind(self, *args: object) -> None:
        super()._on_kind(*args)
        self._narrow()

    def _on_where(self) -> None:
        """The kinds, quotas and balances offered are those of the project typed."""
        project = self.where.project() if self.where.text().strip() else 0
        if project != self.project:
            self.show_project(project, keeps=True)
        else:
            self._preview()

    def _narrow(self) -> None:
        """A project is one field more: the others give way, so that the purpose keeps its room."""
        for name, width in (ROOMY if self.width() >= scaled(ENOUGH) else TIGHT).items():
            getattr(self, name).setFixedWidth(scaled(width))
