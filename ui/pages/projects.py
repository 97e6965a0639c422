"""项目预算: the project tree-grid, and under it the entries and stated figures of the chosen project."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from core.check import About
from core.commands import CellEdit
from core.i18n import _
from core.ledger import Outcome
from core.model import EventKind
from core.pasting import CELLS, Target
from core.review import project_of
from ui.desk import Desk
from ui.page import Page
from ui.widgets import grid_blocks
from ui.widgets.ask_bar import AskBar
from ui.widgets.detail_panel import ABOUT, ENTRIES, FORM_FIELDS, STATED, DetailPanel
from ui.widgets.entry_kinds import COMMITMENT, PAYMENT, RECORD_OF
from ui.widgets.new_project import NewProjectLine
from ui.widgets.parts import Hint, button, label
from ui.widgets.project_grid import ProjectGrid
from ui.widgets.project_menu import ProjectMenu
from ui.widgets.project_model import COMMITTED, KINDS, NAME, SPENT, ProjectModel
from ui.widgets.project_rows import PROJECT, SUB, GridRow

# Where a finding about a project says what is wrong, by the field it names.
CELL_OF = {"opening": "brought", "spent": SPENT, "undisposed": "undisposed", "name": NAME} | {c: c for c in KINDS}


class ProjectsPage(Page):
    """Typing an amount in a cell makes or edits the dated budget event behind it."""

    name = "projects"
    title = _("项目预算")
    icon = "table"
    least_height = 560

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = ProjectModel(desk, self)
        self.grid = ProjectGrid(self.model)
        self.ask = AskBar()
        self.line = NewProjectLine(desk)
        self.menu = ProjectMenu(desk, self.grid, self.line, self.ask)
        self.details = DetailPanel(desk, self.ask)
        self._unit = label(role="faint")
        self._place: tuple[object, int] = (None, 0)  # the ledger and year the page was filled from
        self._build()
        self.grid.moved.connect(self._on_moved)
        self.grid.diverted.connect(self._on_diverted)
        self.grid.pasted.connect(self._on_pasted)
        self.model.asked.connect(self._on_asked)
        self.line.added.connect(self._on_added)
        self.ask.closed.connect(self.grid.setFocus)
        self._follow = QTimer(self, singleShot=True)
        self._follow.timeout.connect(self._show_details)
        self._add_keys()

    def refresh(self, outcome: Outcome | None) -> None:
        self._unit.setText(_("金额单位：{unit}").format(unit=self.desk.money_unit))
        place = (self.desk.ledger, self.desk.year)
        is_new = place != self._place
        self._place = place
        if is_new:
            self.model.folded.clear()
            self.ask.give_up()
            self.line.hide()
            self.details.show_kinds(self.menu.kinds())
        self.grid.refresh(is_new or outcome is None)
        for tool in self._tools[:2]:
            tool.setEnabled(not self.desk.readonly)
        for tool in self._tools[2:]:
            tool.setEnabled(not self.desk.locked)
        if is_new or self.grid.current is None:
            self._stand_at_first()
            self.grid.setFocus()
        if outcome is None or is_new:
            self.model.tell_all()
            self.details.show_project(self._project())
        else:
            self.details.follow(outcome)

    def locate(self, about: About) -> bool:
        self.leave()
        project = project_of(self.desk.book, about)
        if about.kind in RECORD_OF:
            entry = self.desk.book.get(RECORD_OF[about.kind], about.id)
            if entry is None or not self._show_project(project):
                return False
            self.details.show_tab(ENTRIES)
            return self.details.entries.show_entry(entry, about.field)
        if about.kind == "stated":
            if project and not self._show_project(project):
                return False
            self.details.show_tab(STATED)
            return self.details.stated.show_item(project, about.field)
        if about.kind != "project" or not self._show_project(project):
            return False
        if about.field in FORM_FIELDS:
            self.details.show_tab(ABOUT)
            return self.details.form.focus(about.field)
        return self.grid.show_place(self._key(project), CELL_OF.get(about.field, ""))

    def leave(self) -> None:
        self.ask.give_up()
        self.details.entries.bar.give_up()
        if reason := self.grid.finish() or self.details.leave():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def areas(self) -> list[QWidget]:
        return [self.grid, *self.details.areas()]

    # What the grid says

    def _project(self) -> int:
        row = self.grid.current
        return row.project if isinstance(row, GridRow) else 0

    def _on_moved(self, row: GridRow | None) -> None:
        if row is not None:
            self._follow.start(0)  # once for a run of arrow keys, after the grid is painted

    def _show_details(self) -> None:
        self._follow.stop()
        project = self._project()
        if self.details.project != project:
            self.details.show_project(project)
        self.desk.selected.emit(About("project", project) if project else About("unit"))

    def _on_diverted(self, row: GridRow, column: str, typed: str) -> None:
        """What is typed on a cell of payments or commitments goes into the line for entries."""
        if column in (SPENT, COMMITTED) and row.project and not self.desk.locked:
            self._show_details()
            self.details.show_tab(ENTRIES)
            self.details.entries.line.begin(PAYMENT if column == SPENT else COMMITMENT, typed)

    def _on_pasted(self, text: str) -> None:
        """Show what a block of the clipboard would become in the cells from the chosen one on."""
        if self.desk.locked:
            self.desk.told.emit(_("本年度已锁定，不能粘贴。"), True)
            return
        from ui.dialogs.paste import PasteDialog

        rows = self.model.rows[self.grid.chosen_rows()[0] :] if self.grid.chosen_rows() else []
        columns = self.grid.chosen_columns()
        shown = [self.model.columns[n].key for n in grid_blocks.shown_columns(self.grid)]
        begun = shown.index(self.model.columns[columns[0]].key) if columns else 0
        target = Target(
            self.desk.year,
            rows=tuple(row.project if row.kind == PROJECT else 0 for row in rows),
            kinds=tuple(KINDS.get(key, "") for key in shown[begun:]),
        )
        dialog = PasteDialog(self.desk, text, target, (CELLS,), self.window())
        dialog.finished.connect(lambda _done: self.grid.setFocus())
        dialog.open()

    def _on_asked(self, row: GridRow, edit: CellEdit) -> None:
        self.grid.stand_at(row.key)
        self.ask.ask(self.model.question(edit), _("确认"), lambda: self.desk.commit(edit.change))

    def _on_added(self, project: int) -> None:
        self._show_project(project)
        self.grid.setFocus()

    def _show_project(self, project: int) -> bool:
        self.model.unfold(project)
        found = self.grid.stand_at(self._key(project))
        self._show_details()
        return found

    def _key(self, project: int) -> tuple[str, int]:
        return (SUB if self.desk.book.parent(project) else PROJECT, project)

    def _stand_at_first(self) -> None:
        first = next((row for row in self.model.rows if row.kind == PROJECT), None)
        if first:
            self.grid.stand_at(first.key, "initial")

    def _begin_entry(self, kind: str) -> None:
        if not self._project():
            self._stand_at_first()
        if self._project():
            self._show_details()
            self.details.show_tab(ENTRIES)
            self.details.entries.line.begin(kind)
        else:
            self.desk.told.emit(_("还没有项目，请先新增项目。"), False)

    def _add_keys(self) -> None:
        """New projects by a key of their own, and the tabs of the lower half."""
        for keys, act in (
            ("Insert", lambda: None if self.desk.readonly else self.menu.add()),
            ("Alt+Insert", lambda: None if self.desk.readonly else self.menu.add_below()),
            ("Ctrl+PgDown", lambda: self.details.turn(1)),
            ("Ctrl+PgUp", lambda: self.details.turn(-1)),
        ):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.title, "title"))
        head.addWidget(Hint(_("直接在格中输入，可写 1.2万；Enter 向下，Tab 向右，F2 修改")), 1)
        head.addWidget(self._unit)
        self._tools = [
            button(_("＋ 项目"), self.menu.add),
            button(_("＋ 子项目"), self.menu.add_below),
            button(_("＋ 预算变动"), lambda: self._begin_entry(EventKind.SUPPLEMENT)),
            button(_("＋ 支出"), lambda: self._begin_entry(PAYMENT)),
        ]
        for tool in self._tools:
            head.addWidget(tool)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.grid)
        inside.addWidget(self.grid.foot)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(card, 1)
        column.addWidget(self.line)
        column.addWidget(self.ask)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(self.details)
        splitter.setHandleWidth(10)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
