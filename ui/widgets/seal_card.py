"""Where a year stands: its state, since when and by whom, whether its seal holds, and how it came here."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.i18n import _
from core.milestones import Milestone, sealed_at
from core.model import YEAR_STATE_LABELS, YearState
from core.seal import broken_words, seal_code, seal_holds
from ui.desk import Desk
from ui.widgets.closing_parts import told_by
from ui.widgets.parts import label, line, set_role

LATEST = 5  # turns of the year that are listed


class SealCard(QFrame):
    """Stands under the steps, whichever of them is on show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self._state = label(role="strong")
        self._since = label(role="second", wraps=True)
        self._seal = label(wraps=True)
        self._code = label(role="faint", wraps=True)
        self._rule = line()
        self._past_title = label(_("经过"), "strong")
        self._past = label(role="second", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(5)
        for part in (self._state, self._since, self._seal, self._code, self._rule, self._past_title, self._past):
            layout.addWidget(part)

    def refresh(self, held: list[Milestone]) -> None:
        """Show the year on show; ``held`` is what the journal tells of it."""
        book, year = self.desk.book, self.desk.year
        record = book.year(year)
        state = record.state if record else YearState.OPEN
        self._state.setText(_("{year}年度：{state}").format(year=year, state=YEAR_STATE_LABELS[state]))
        since = [
            told_by(sealed_at(held, one), words)
            for one, words in ((YearState.LOCKED, _("锁定")), (YearState.FINAL, _("定稿")))
            if state in (one, YearState.FINAL)
        ]
        self._since.setText("\n".join(since))
        self._since.setVisible(bool(since))
        holds = seal_holds(book, year)
        is_sealed = state != YearState.OPEN
        self._seal.setText(_("✓ 封存校验相符，锁定后没有改动") if holds else "✗ " + broken_words(year))
        set_role(self._seal, "good" if holds else "error")
        self._seal.setVisible(is_sealed or not holds)
        code = seal_code(record.seal) if record else ""
        self._code.setText(_("校验码 {code}").format(code=code))
        self._code.setVisible(bool(code))
        past = [f"{one.at[:16]} {one.label}" for one in reversed(held[-LATEST:])]
        self._past.setText("\n".join(past))
        for part in (self._rule, self._past_title, self._past):
            part.setVisible(bool(past))

    @property
    def text(self) -> str:
        """Everything the card says."""
        shown = (self._state, self._since, self._seal, self._code, self._past)
        return "\n".join(part.text() for part in shown if not part.isHidden())
