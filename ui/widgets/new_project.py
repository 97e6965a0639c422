"""The line where a project or sub-project is added: a name, a kind, Enter."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import commands
from core.i18n import _
from core.outline import print_name
from ui.desk import Desk
from ui.fields import Pick, TextEdit
from ui.form import save
from ui.widgets.parts import button, label


class NewProjectLine(QFrame):
    """Hidden until it is begun."""

    added = Signal(int)  # project id

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._parent = 0
        self.setProperty("role", "notice-info")
        self._title = label(role="strong")
        self.name = TextEdit()
        self.name.setAccessibleName(_("项目名称"))
        self.name.setPlaceholderText(_("项目名称"))
        self.kind = Pick({})
        self.kind.setAccessibleName(_("项目类别"))
        self._fault = label("", "error", wraps=True)
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self.name, 1)
        row.addWidget(self.kind)
        row.addWidget(button(_("添加"), self.save, "primary"))
        row.addWidget(button(_("取消"), self.hide))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addLayout(row)
        layout.addWidget(self._fault)
        self.hide()

    def begin(self, kinds: Mapping[str, str], parent: int = 0, parent_name: str = "") -> None:
        """Ask for a project, or for a sub-project of ``parent``."""
        self._parent = parent
        self._title.setText(_("“{name}”的子项目").format(name=print_name(parent_name)) if parent else _("新项目"))
        self.kind.set_options(kinds)
        self.kind.setVisible(not parent)
        self.name.give("")
        self._fault.hide()
        self.show()
        self.name.setFocus()

    def save(self) -> None:
        """Add it, or say what is wrong."""
        book, year, name = self.desk.book, self.desk.year, self.name.text().strip()
        problem = _("请填写项目名称。")
        if name:
            kind = "" if self._parent else self.kind.value()
            change = commands.add_project(book, year, name, kind, self._parent)
            problem = save(self.desk, lambda: change)
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))
        if problem:
            self.name.mark(problem)
            self.name.setFocus()
        elif self.desk.book.next_id > book.next_id:
            self.hide()
            self.added.emit(change.diffs[0].record.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
