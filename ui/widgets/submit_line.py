"""登记报送: the day a report was handed in and to whom, asked for in the page itself and kept as one step."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.report.choice import USUAL_CHOICE, Choice
from ui.desk import Desk
from ui.fields import DayEdit
from ui.form import save
from ui.style import scaled
from ui.tasks import Latest, paper_lane
from ui.widgets.parts import button, label

if TYPE_CHECKING:
    from core.book import Book
    from core.report.model import Document

_HINT = _("报送对象，例如区财政局")


class SubmitLine(QWidget):
    """Hidden until ``ask``; Enter in the line or the button keeps the record."""

    kept = Signal(str)  # to whom
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.choice = USUAL_CHOICE  # the annexes it is handed in with
        self._document: Document | None = None
        self.day = DayEdit(desk.today().year)
        self.day.setFixedWidth(scaled(122))
        self.to = QLineEdit(placeholderText=_("例如区财政局"))
        self.to.setAccessibleName(_HINT)
        self.to.setMinimumWidth(120)
        self.yes = button(_("登记"), self.accept, "primary")
        self.no = button(_("取消"), self.give_up)
        self._fault = label("", "error", wraps=True)
        self._fault.hide()
        self._latest = Latest(paper_lane, 0, self)
        self._latest.done.connect(self._keep)
        self._latest.failed.connect(self._fail)
        for field in (self.day, self.to):
            field.textEdited.connect(lambda _text: self._say(""))
        fields, answers = QHBoxLayout(), QHBoxLayout()
        fields.addWidget(self.day)
        fields.addWidget(self.to, 1)
        answers.addStretch(1)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(fields)
        layout.addWidget(self._fault)
        layout.addLayout(answers)
        self.hide()

    @property
    def fault(self) -> str:
        """What is wrong; empty if nothing."""
        return self._fault.text()

    @property
    def is_busy(self) -> bool:
        """Whether the report is being made, to be kept."""
        return self._latest.is_busy

    def ask(self, document: "Document | None" = None, choice: Choice = USUAL_CHOICE) -> None:
        """Ask for day and recipient of a report; without one it is that of the year on show, with ``choice``."""
        self._document, self.choice = document, choice
        self.day.set_day(self.desk.today().isoformat())
        self._say("")
        self.show()
        self.to.setFocus()

    def give_up(self) -> None:
        """Close without keeping anything."""
        self._latest.stop()
        self.yes.setEnabled(True)
        self.to.clear()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc are for this line, not for the dialog around it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.give_up if self.no.hasFocus() else self.accept)()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        """Keep the record, or say what is wrong."""
        problem = self.day.problem() or ("" if self.to.text().strip() else _("请填写报送对象，例如区财政局。"))
        if problem:
            self._say(problem)
            (self.day if self.day.problem() else self.to).setFocus()
        elif self._document is not None:
            self._keep(self._document)
        elif not self.is_busy:
            self.yes.setEnabled(False)
            self._latest.ask(partial(_report, self.desk.book, self.desk.year, self.choice), at_once=True)

    def _keep(self, document: "Document") -> None:
        from core.report.as_submitted import submit

        desk, to = self.desk, self.to.text().strip()
        last = desk.ledger.last_line()
        number = last.id if last else 0
        make = partial(
            submit, desk.book, desk.year, document, to, date.fromisoformat(self.day.day()), self.choice, number
        )
        self.yes.setEnabled(True)
        if problem := save(desk, make):
            self._say(problem)
            return
        self.give_up()
        self.kept.emit(to)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.yes.setEnabled(True)
        self._say(str(error))

    def _say(self, problem: str) -> None:
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))


def _report(book: "Book", year: int, choice: Choice, _progress: Progress) -> "Document":
    from core.report.submission import submission

    return submission(book, year, choice, traced=False)
