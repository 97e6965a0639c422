"""预算变动与支出 of the chosen project: the list, what can be done with a row, and the line for the next entry."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.balance import project_balance
from core.i18n import _
from core.ledger import Outcome
from ui.desk import Desk
from ui.style import scaled
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_line import EntryLine
from ui.widgets.entry_list import EntryList
from ui.widgets.entry_model import EntryModel
from ui.widgets.entry_table import BALANCE, ECONOMIC, FUND, MEMO, PROJECT
from ui.widgets.grid import LEAST
from ui.widgets.parts import label

# Shown only where something stands in them; the first give way where there is no room.
OPTIONAL = (MEMO, FUND, ECONOMIC)


class EntryPanel(EntryList):
    """``ask`` is the bar where deleting is confirmed."""

    model: EntryModel

    def __init__(self, desk: Desk, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, EntryModel(desk), EntryLine(desk), parent)
        self.model.setParent(self)
        self.view.setAccessibleName(_("预算变动与支出"))
        self._note = label(_("选择一个项目，在这里查看和录入它的预算变动与支出。"), "faint")
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()

    @property
    def home(self) -> int:
        return self.model.projects[0] if self.model.projects else 0

    @property
    def is_ready(self) -> bool:
        return bool(self.model.projects)

    def show_project(self, project: int) -> None:
        """Show the entries of a project with those of its sub-projects; 0: of none."""
        book, year = self.desk.book, self.desk.year
        children = book.children(year, project) if project else []
        self.view.finish()
        self.bar.give_up()
        self.model.show_projects((project, *(child.project for child in children)) if project else ())
        self._show_columns()
        self.line.show_project(project)
        if not self.view.currentIndex().isValid() and self.model.rows:
            self.view.scrollToBottom()
        self._show_state()

    def follow(self, outcome: Outcome) -> None:
        """Take in a change of the book."""
        self.model.follow(outcome)
        self.line.follow()
        self._show_columns()
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def _show_columns(self) -> None:
        model = self.model
        project = model.projects[0] if model.projects else 0
        hidden = {
            PROJECT: len(model.projects) < 2,
            BALANCE: bool(self.desk.book.parent(project)),  # a sub-project only spends its project's money
            **{key: key not in model.filled for key in OPTIONAL},
        }
        if project:
            balance = project_balance(self.desk.book, self.desk.year, project)
            self.view.make_room(max(map(abs, (balance.budget, balance.spent, balance.undisposed))))
        self.view.hide_columns(hidden, OPTIONAL, self.width() - scaled(LEAST) - 12)

    def _show_state(self) -> None:
        has_project = bool(self.model.projects)
        self._note.setVisible(not has_project)
        self.view.setVisible(has_project)
        self.line.setVisible(has_project and not self.desk.locked and self.bar.isHidden())
        shown, whole = len(self.model.rows), len(self.model.whole)
        count = _("共 {count} 笔") if shown == whole else _("{shown} / {count} 笔")
        self._count.setText(count.format(shown=shown, count=whole) if has_project else "")
        self.filter.setVisible(has_project)
        self._show_actions()

    def _build(self) -> None:
        self.filter.setFixedWidth(scaled(136))
        self.actions_row.layout().addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._note, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.line)
        layout.addWidget(self.bar)
