"""目标 and 自评 of the unit or of a project: objectives, indicators, what is left of the points, the chosen row."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import indicators
from core.change import Change
from core.goals import Indicator, Version
from core.i18n import _
from core.indicator_text import indicator_name
from core.library import add_from_library
from ui.desk import Desk
from ui.form import save
from ui.style import row_height
from ui.widgets.ask_bar import AskBar
from ui.widgets.goal_detail import GoalDetail
from ui.widgets.goal_grid import GoalGrid
from ui.widgets.goal_model import LEVEL1, NAME, REASON, GoalModel
from ui.widgets.goal_objectives import GoalObjectives
from ui.widgets.goal_scores import UnitScores
from ui.widgets.goal_weights import WeightLine
from ui.widgets.grid import ROW
from ui.widgets.parts import button, label

DETAILS = ("evidence", "method", "sample", "attained")  # fields of an indicator that are not in the grid


class GoalSheet(QWidget):
    """``moved``: another indicator is chosen."""

    moved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.about = 0
        self.version: str = Version.SELF
        self.is_fixed = False
        self.model = GoalModel(desk, self)
        self.grid = GoalGrid(self.model)
        self.grid.setMinimumHeight(row_height(ROW) * 5)
        self.objectives = GoalObjectives(desk)
        self.detail = GoalDetail(desk)
        self.weights = WeightLine()
        self.scores = UnitScores(desk)
        self.ask = AskBar()
        self.empty = label("", "second", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add = button(_("＋ 指标"), self.grid.begin_new)
        self.library = button(_("从指标库选取"), self.open_library)
        self.copy = button(_("目标转入自评"), self._copy_goals)
        self.last_year = button(_("沿用上年"), self._take_over)
        self.confirm = button(_("确认沿用"), self._confirm_all)
        self.spread = button(_("分配分值"), self._spread)
        self.tools = QWidget()  # shown in the head of the page
        self._build()
        self.grid.moved.connect(lambda _record: self._on_moved())
        self.grid.diverted.connect(self._on_diverted)
        self.grid.delete_asked.connect(lambda _record: self.remove())
        self.grid.move_asked.connect(self.move)
        self.detail.move_asked.connect(self.move)
        self.detail.delete_asked.connect(self.remove)
        self.grid.actions_of = self._row_actions
        self.ask.closed.connect(self.grid.setFocus)

    def show_table(self, about: int, version: str, is_fixed: bool) -> None:
        """Show a table of the unit (0) or of a project; the page has saved what was typed in another one."""
        is_other = (about, version) != (self.about, self.version)
        if is_other:
            self.ask.give_up()
        self.about, self.version, self.is_fixed = about, version, is_fixed
        self.objectives.show_owner(about, version == Version.SELF, is_fixed)
        self.model.show_table(about, version, is_fixed)
        self.grid.show_columns()
        self.grid.viewport().update()  # files may have been attached, which changes no row
        if is_other or self.grid.current is None:
            self._stand_at_first()
        self.scores.show_unit(about == 0 and version == Version.SELF)
        self._show_state()

    def show_indicator(self, indicator: int, field: str) -> bool:
        """Go to an indicator, to a field of it."""
        if not self.grid.show_place(indicator, field if self.model.column_of(field) >= 0 else NAME):
            return False
        self._show_detail()
        if field in DETAILS:
            return self.detail.focus(field)
        self.grid.setFocus()
        return True

    def show_whole(self, field: str) -> bool:
        """Go to the table: to the column of a field, where it has rows."""
        held = self.model.indicators
        if held and self.model.column_of(field) >= 0:
            return self.show_indicator(held[0].id, field)
        self.grid.setFocus()
        return True

    def leave(self) -> str:
        """Save what is being typed; returns why something could not be saved."""
        self.ask.give_up()
        return self.grid.finish() or self.detail.finish() or self.objectives.finish()

    @property
    def current(self) -> Indicator | None:
        """The chosen indicator."""
        row = self.grid.scored
        return row.indicator if row else None

    # What can be done

    def remove(self) -> None:
        """Ask whether the chosen indicator is to go."""
        one = self.current
        if one is None or self.is_fixed:
            return
        question = _("删除指标“{name}”？").format(name=indicator_name(one))
        self.ask.ask(question, _("删除"), lambda: self._do(indicators.remove_indicator, one.id), is_grave=True)

    def move(self, step: int) -> None:
        """Move the chosen indicator up or down."""
        one = self.current
        if one is None or self.is_fixed:
            return
        held = self.model.indicators
        to = [other.id for other in held].index(one.id) + step
        if 0 <= to < len(held):
            column = self.model.columns[max(0, self.grid.currentIndex().column())].key
            self._do(indicators.move_indicator, one.id, to)
            self.grid.stand_at(one.id, column)

    def open_library(self) -> None:
        """Choose indicators of the library."""
        from ui.dialogs.goal_library import LibraryDialog

        held = {one.name for one in self.model.indicators}
        row = self.desk.book.project_year(self.desk.year, self.about)
        name = row.name if row else _("部门整体支出")
        dialog = LibraryDialog(self.desk.book.policy(self.desk.year), name, held, self)
        dialog.chosen.connect(self._add_chosen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _add_chosen(self, keys: list[str]) -> None:
        before = {one.id for one in self.model.indicators}
        make = partial(add_from_library, self.desk.book, self.desk.year, self.about, keys, self.version)
        self._commit(make)
        come = [one.id for one in self.model.indicators if one.id not in before]
        if come:
            self.grid.show_place(come[0], NAME)
            self.grid.setFocus()

    def _copy_goals(self) -> None:
        self._do(indicators.copy_goals_to_self, self.desk.year, self.about)

    def _take_over(self) -> None:
        self._do(indicators.take_over_indicators, self.desk.year, self.about, self.version)

    def _confirm_all(self) -> None:
        self._do(indicators.confirm, [one.id for one in self.model.indicators if one.taken_over])

    def _spread(self) -> None:
        year, about, version = self.desk.year, self.about, self.version
        if any(one.weight for one in self.model.indicators):
            question = _("按方案把分值平均分给各一级指标下的指标？已填写的分值会被替换。")
            action = partial(self._do, indicators.spread_weights, year, about, version)
            self.ask.ask(question, _("重新分配"), action)
        else:
            self._do(indicators.spread_weights, year, about, version)

    def _do(self, command: Callable[..., Change], *args: object) -> None:
        self._commit(lambda: command(self.desk.book, *args))

    def _commit(self, make: Callable[[], Change]) -> None:
        if problem := save(self.desk, make):
            self.desk.told.emit(problem, True)

    # What is on show

    def _on_moved(self) -> None:
        self._show_detail()
        self.moved.emit()

    def _show_detail(self) -> None:
        self.detail.show_row(self.grid.scored, self.version, self.is_fixed)

    def _on_diverted(self, _record: object, column: str, typed: str) -> None:
        """What is typed on a reason of several lines goes on in its field."""
        if column == REASON and self.current and not self.is_fixed:
            self._show_detail()
            self.detail.begin("reason", typed)

    def _row_actions(self) -> list[tuple[str, Callable[[], object]]]:
        if self.is_fixed:
            return []
        found: list[tuple[str, Callable[[], object]]] = [(_("新增指标（Insert）"), self.grid.begin_new)]
        if self.current:
            found += [
                (_("上移（Alt+↑）"), lambda: self.move(-1)),
                (_("下移（Alt+↓）"), lambda: self.move(1)),
                (_("删除…"), self.remove),
            ]
        return found

    def _stand_at_first(self) -> None:
        held = self.model.indicators
        column = LEVEL1 if self.is_fixed else ("actual" if self.version == Version.SELF and held else NAME)
        if self.model.rows:
            self.grid.stand_at(held[0].id if held else 0, column)

    def _show_state(self) -> None:
        book, year, about, version = self.desk.book, self.desk.year, self.about, self.version
        held = self.model.indicators
        answered = {one.goal for one in book.indicators(year, about)}
        goals = [one for one in book.indicators(year, about, Version.GOAL) if one.id not in answered]
        left = indicators.weights_left(book, year, about, version)
        free = not self.is_fixed
        for tool in (self.add, self.library):
            tool.setEnabled(free)
        self.copy.setVisible(free and version == Version.SELF and bool(goals))
        self.copy.setText(_("目标转入自评（{n}）").format(n=len(goals)))
        earlier = bool(indicators.take_over_indicators(book, year, about, version)) if free else False
        self.last_year.setVisible(earlier and not held)
        waiting = sum(one.taken_over for one in held)
        self.confirm.setVisible(free and waiting > 0)
        self.confirm.setText(_("确认沿用（{n}）").format(n=waiting))
        self.spread.setVisible(free and bool(held) and any(left.values()))
        self.weights.setVisible(bool(held))
        self.weights.show_left(left, held, book.policy(year))
        self.empty.setVisible(not held)
        self.empty.setText(self._advice(bool(goals), earlier))
        self._show_detail()

    def _advice(self, has_goals: bool, earlier: bool) -> str:
        if self.is_fixed:
            return _("没有绩效指标。")
        if self.version == Version.SELF and has_goals:
            return _("还没有填写自评表。点“目标转入自评”，把绩效目标表的指标转入后填写完成值。")
        if earlier:
            return _("还没有绩效指标，可沿用上年、从指标库选取，或直接在上面一行输入。")
        return _("还没有绩效指标，可从指标库选取，或直接在上面一行输入。")

    def _build(self) -> None:
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for tool in (self.spread, self.confirm, self.last_year, self.copy, self.library, self.add):
            row.addWidget(tool)
        self.spread.setToolTip(_("按评分方案把分值平均分给各一级指标下的指标"))
        self.copy.setToolTip(_("把绩效目标表中还没有自评的指标转入绩效自评表"))
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.empty, 2)
        inside.addWidget(self.weights)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.objectives)
        layout.addWidget(card, 1)
        layout.addWidget(self.ask)
        layout.addWidget(self.detail)
        layout.addWidget(self.scores)
        self.scores.opened.connect(lambda is_open: self.detail.setVisible(not is_open))
