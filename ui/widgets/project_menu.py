"""What can be done with a row of the project grid, as a menu."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from core import commands, projects
from core.change import Change
from core.i18n import _
from core.outline import print_name
from ui.desk import Desk
from ui.form import save
from ui.widgets.ask_bar import AskBar
from ui.widgets.new_project import NewProjectLine
from ui.widgets.project_grid import ProjectGrid
from ui.widgets.project_model import NAME
from ui.widgets.project_rows import PROJECT, SUB, GridRow


class ProjectMenu:
    """Adds, renames, moves, classes and removes projects."""

    def __init__(self, desk: Desk, grid: ProjectGrid, line: NewProjectLine, ask: AskBar) -> None:
        self.desk = desk
        self.grid = grid
        self.line = line
        self.ask = ask
        grid.customContextMenuRequested.connect(self._open)
        grid.move_asked.connect(self.move)
        grid.delete_asked.connect(lambda _record: self.remove())

    def kinds(self) -> dict[str, str]:
        """The kinds of project (项目类别) of the year's policy."""
        return {kind: kind for kind in self.desk.book.policy(self.desk.year).kinds}

    def add(self) -> None:
        """Begin a new project."""
        kinds = self.kinds()
        # New projects are nearly always 项目支出; the kinds of 基本支出 come last.
        self.line.begin(dict(reversed(kinds.items())))

    def add_below(self) -> None:
        """Begin a new sub-project of the chosen project."""
        row = self._project()
        if row:
            parent = self.desk.book.parent(row.project) or row.project
            name = self.desk.book.project_year(self.desk.year, parent)
            self.line.begin({}, parent, name.name if name else row.name)

    def rename(self) -> None:
        """Type into the name of the chosen project."""
        row = self._project()
        if row and self.grid.stand_at(row.key, NAME):
            self.grid.edit(self.grid.currentIndex())

    def move(self, project: int, step: int) -> None:
        """Move a project up or down."""
        row = self.grid.current
        self._do(lambda: projects.move_project(self.desk.book, self.desk.year, project, step))
        if isinstance(row, GridRow):
            self.grid.stand_at(row.key)

    def remove(self) -> None:
        """Ask whether the chosen project is to go."""
        row = self._project()
        if not row or self.desk.readonly:
            return
        book, year = self.desk.book, self.desk.year
        below = len(book.children(year, row.project))
        what = _("及其{count}个子项目").format(count=below) if below else ""
        question = _("从{year}年度删除项目“{name}”{what}？").format(year=year, name=print_name(row.name), what=what)
        change = partial(projects.remove_project, book, year, row.project)
        self.ask.ask(question, _("删除"), lambda: self._do(change), is_grave=True)

    def _project(self) -> GridRow | None:
        row = self.grid.current
        return row if isinstance(row, GridRow) and row.kind in (PROJECT, SUB) else None

    def _set_kind(self, project: int, kind: str) -> None:
        self._do(lambda: commands.set_project(self.desk.book, self.desk.year, project, kind=kind))

    def _do(self, make: Callable[[], Change]) -> None:
        if problem := save(self.desk, make):
            self.desk.told.emit(problem, True)

    def _open(self, place: QPoint) -> None:
        menu = QMenu(self.grid)
        self.grid.add_block_actions(menu)
        row = self._project()
        if not self.desk.readonly:
            menu.addSeparator()
            menu.addAction(_("新增项目…"), self.add)
            if row:
                menu.addAction(_("新增子项目…"), self.add_below)
                menu.addAction(_("改名"), self.rename)
                if row.kind == PROJECT:
                    self._add_kinds(menu, row.project)
                menu.addAction(_("上移"), partial(self.move, row.project, -1))
                menu.addAction(_("下移"), partial(self.move, row.project, 1))
                menu.addAction(_("删除…"), self.remove)
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def _add_kinds(self, menu: QMenu, project: int) -> None:
        held = self.desk.book.project_year(self.desk.year, project)
        below = menu.addMenu(_("项目类别"))
        for kind in self.kinds():
            choice = below.addAction(kind, partial(self._set_kind, project, kind))
            choice.setCheckable(True)
            choice.setChecked(held is not None and held.kind == kind)
