"""The text of a report from which a ledger is to be made: the words that are taken stand on a ground of their own."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from core.checked_reports import Checked
from core.founding.plan import LONG, Plan
from ui.style import colours
from ui.widgets.checked_text import CheckedText


class FoundingText(CheckedText):
    """Places are offsets in the report's text."""

    _plan: Plan | None = None
    _dropped: frozenset[str] = frozenset()

    def show_plan(self, plan: Plan) -> None:
        """Show a report from its beginning."""
        self._plan, self._dropped = plan, frozenset()
        self.show_checked(Checked(plan.name, plan.audit))

    def show_dropped(self, dropped: frozenset[str]) -> None:
        """Words that are not to be stored lose their ground."""
        self._dropped = dropped
        self._paint()

    def _grounds(self) -> tuple[str, ...]:
        return ()  # what does not add up stands on its cards; the grounds here are of what is taken

    def _paint(self) -> None:
        super()._paint()
        if self._plan is None or not self._pieces:
            return
        good, derived = QTextCharFormat(), QTextCharFormat()
        good.setBackground(QColor(colours().good_soft))
        derived.setBackground(QColor(colours().warning_soft))
        grounds: Sequence[QTextEdit.ExtraSelection | None] = [
            self._selection(one.start, one.end, derived if one.derived else good)
            for one in sorted(self._plan.taken, key=lambda one: not one.derived)
            if one.sort != LONG and one.key not in self._dropped and one.end > one.start
        ]
        self.setExtraSelections([one for one in grounds if one is not None] + self.extraSelections())
