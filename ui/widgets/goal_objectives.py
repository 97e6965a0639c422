"""年度总体目标: what was meant to be reached, and beside it what came about."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import commands
from core.change import Change
from core.goal_gaps import objectives
from core.i18n import _
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.widgets.field_form import FieldForm

EXPECTED, ACTUAL = "objective_expected", "objective_actual"


class GoalObjectives(QWidget):
    """Both of the unit (0) or of a project; they save themselves when they are left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._about = 0
        self.expected, self.actual = FieldForm(self._save, self._try), FieldForm(self._save, self._try)
        self.expected.add_text(EXPECTED, _("预期\n目标"), 2, _("年度总体目标：要做哪些事、达到什么效果"))
        self.actual.add_text(ACTUAL, _("实际\n完成"), 2, _("对照预期目标，写明完成了什么、没有完成什么"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.expected, 1)
        layout.addWidget(self.actual, 1)

    def show_owner(self, about: int, has_actual: bool, is_fixed: bool) -> None:
        """Show the objectives of the unit (0) or of a project."""
        if about != self._about:
            self.finish()
            for form in (self.expected, self.actual):
                form.clear_focus()
        self._about = about
        self.actual.setVisible(has_actual)
        expected, actual = objectives(self.desk.book, self.desk.year, about)
        self.expected.show_values({EXPECTED: expected}, not is_fixed)
        self.actual.show_values({ACTUAL: actual}, not is_fixed)

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved."""
        return self.expected.finish() or self.actual.finish()

    def focus(self, field: str) -> bool:
        """Stand in one of them."""
        return self.expected.focus(field) or self.actual.focus(field)

    def _save(self, key: str, value: object) -> str:
        return save(self.desk, self._made(key, value))

    def _try(self, key: str, value: object) -> Forecast:
        return forecast(self.desk, self._made(key, value))

    def _made(self, key: str, value: object) -> Callable[[], Change]:
        book, year = self.desk.book, self.desk.year
        if self._about:
            return partial(commands.set_project, book, year, self._about, **{key: value})
        return partial(commands.set_names, book, year, **{key: value})
