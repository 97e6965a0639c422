"""报送存档: the reports of a year as they were handed in, each held against the one that would print now."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.check import About
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.report.as_submitted import Changed, Comparison, choice_of, hold_against_now, remove_submission, submissions
from ui.desk import Desk
from ui.form import save
from ui.style import icon, row_height
from ui.tasks import Latest, paper_lane
from ui.widgets.annex_menu import AnnexMenu
from ui.widgets.ask_bar import AskBar
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label, set_role
from ui.widgets.submit_line import SubmitLine
from ui.widgets.submitted_model import SubmittedModel

if TYPE_CHECKING:
    from core.book import Book
    from core.ledger import Ledger, Line
    from core.model import Submission

_ROW, _MOST = 31, 5  # height of a row of the list in pixels, and rows shown without scrolling
_LINES = 4  # journal lines named under the table
_NUMBER = Qt.ItemDataRole.UserRole


class SubmittedPanel(QWidget):
    """What is chosen in the list is compared in the background, anew whenever the book changes."""

    closed = Signal()
    shown = Signal(object)  # Ref of the figure the officer is at

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.comparison: Comparison | None = None
        self.add = button(_("登记报送"), self.offer)
        self.add.setIcon(icon("add"))
        self.done = button(_("返回正文"), self.closed.emit, "primary")
        self.annexes = AnnexMenu()
        self.form = SubmitLine(desk)
        self.ask = AskBar()
        self.list = QListWidget()
        self.list.setProperty("role", "roomy")
        self.list.setAccessibleName(_("报送存档"))
        self.remove = button(_("删除这条记录"), self._ask_remove, "link")
        self.summary = label("", wraps=True)
        self.model = SubmittedModel(self)
        self.grid = GridView(self.model, self)
        self.grid.setAccessibleName(_("与现在不同的数据"))
        self.behind = label("", "second", wraps=True)
        self._form_card, self._table_card = QFrame(), QFrame()
        self._latest = Latest(paper_lane, 0, self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._fail)
        self.list.currentItemChanged.connect(lambda _now, _before: self._compare())
        self.form.closed.connect(self._close_form)
        self.form.kept.connect(self._on_kept)
        self.annexes.chosen.connect(lambda choice: setattr(self.form, "choice", choice))
        self.grid.moved.connect(self._on_moved)
        self.grid.activated.connect(self._open)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ask_remove)
        self._build()

    # What is shown

    def refresh(self) -> None:
        """List what was handed in for the year on show; what was chosen stays so."""
        chosen = self._number()
        held = submissions(self.desk.book, self.desk.year)
        self.list.blockSignals(True)
        self.list.clear()
        for one in held:
            item = QListWidgetItem(_line(one))
            item.setData(_NUMBER, one.id)
            self.list.addItem(item)
        numbers = [one.id for one in held]
        self.list.setCurrentRow(numbers.index(chosen) if chosen in numbers else 0 if held else -1)
        self.list.blockSignals(False)
        self.list.setFixedHeight(row_height(_ROW) * min(len(held), _MOST) + 4)
        self.list.setVisible(bool(held))
        self.add.setEnabled(not self.desk.file_readonly)
        self.remove.setVisible(bool(held) and not self.desk.file_readonly)
        if self.desk.file_readonly:
            self.form.give_up()
        self._compare()

    @property
    def is_busy(self) -> bool:
        """Whether a comparison or a record is on its way."""
        return self._latest.is_busy or self.form.is_busy

    def stop(self) -> None:
        """Forget what is under way."""
        self._latest.stop()
        self.ask.give_up()
        self.form.give_up()

    def _number(self) -> int:
        item = self.list.currentItem()
        return int(item.data(_NUMBER)) if item is not None else 0

    def _chosen(self) -> "Submission | None":
        held = submissions(self.desk.book, self.desk.year)
        return next((one for one in held if one.id == self._number()), None)

    def _compare(self) -> None:
        """Hold the chosen report against now."""
        self.comparison = None
        one = self._chosen()
        self._table_card.hide()
        self.behind.hide()
        if one is None:
            self._latest.stop()
            self._say(_("{year}年度还没有登记报送。").format(year=self.desk.year), "second")
            return
        self._say(_("正在与现在比较…"), "second")
        work = partial(_compared, self.desk.book, one, _lines_since(self.desk.ledger, one.journal))
        self._latest.ask(work, at_once=True)

    def _show(self, found: Comparison) -> None:
        self.comparison = found
        self.model.reset_rows(found.changed)
        self._table_card.setVisible(bool(found.changed))
        if found.changed:
            n, same = len(found.changed), found.same
            self._say(_("有{n}项数据与报送时不同，其余{same}项相同。").format(n=n, same=same), "warning")
            self.grid.stand_at(found.changed[0].ref)
        elif found.is_word_for_word:
            self._say(_("报送后没有变化：{n}项数据和全部文字都与报送时相同。").format(n=found.same), "good")
        else:
            self._say(_("{n}项数据都与报送时相同，文字有改动。").format(n=found.same), "warning")

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "error")

    def _on_moved(self, one: Changed | None) -> None:
        """Name the steps that changed the figure."""
        lines = self.comparison.behind.get(one.ref, ()) if self.comparison and one else ()
        self.behind.setText(_steps(lines))
        self.behind.setVisible(bool(lines))
        if one is not None:
            self.shown.emit(one.ref)

    def _open(self, index: QModelIndex) -> None:
        one = self.model.record(index)
        if one is not None:
            self.desk.go(_place_of(one))

    def _say(self, text: str, role: str) -> None:
        self.summary.setText(text)
        set_role(self.summary, role)

    # Recording and removing

    def offer(self) -> None:
        """Ask for the day and the recipient of the report as it is now."""
        self.ask.give_up()
        self._form_card.show()
        self.form.ask(choice=self.annexes.choice)

    def _close_form(self) -> None:
        self._form_card.hide()

    def _on_kept(self, to: str) -> None:
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.desk.told.emit(_("已登记报送：{to}。").format(to=to), False)

    def _ask_remove(self) -> None:
        one = self._chosen()
        if one is None or self.desk.file_readonly:
            return
        question = _("删除{day}报送{to}的记录？报告本身不受影响，可以撤销。").format(day=one.date, to=one.recipient)
        self.ask.ask(question, _("删除"), partial(self._remove, one.id))

    def _remove(self, number: int) -> None:
        if problem := save(self.desk, partial(remove_submission, self.desk.book, number)):
            self._say(problem, "error")
        self.list.setFocus()

    # Layout

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("报送存档"), "title"), 1)
        head.addWidget(self.add)
        head.addWidget(self.done)
        self._form_card.setProperty("role", "card")
        form = QVBoxLayout(self._form_card)
        form.setContentsMargins(14, 12, 14, 12)
        form.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(label(_("登记报送"), "strong"), 1)
        top.addWidget(self.annexes)
        form.addLayout(top)
        form.addWidget(self.form)
        self._form_card.hide()
        self._table_card.setProperty("role", "card")
        table = QVBoxLayout(self._table_card)
        table.setContentsMargins(1, 1, 1, 1)
        table.addWidget(self.grid)
        said = QHBoxLayout()
        said.addWidget(self.summary, 1)
        said.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 14, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(
            label(_("报告交出后登记一次，当时印出的每项数据都留在文件里，随时与现在比较。"), "second", True)
        )
        for part in (self._form_card, self.ask, self.list):
            layout.addWidget(part)
        layout.addLayout(said)
        layout.addWidget(self._table_card, 1)
        layout.addWidget(self.behind)
        layout.addStretch(0)


def _line(one: "Submission") -> str:
    """A record in one line: when, to whom, with which annexes."""
    return _("{day}　报送{to}　附件{n}项").format(day=one.date, to=one.recipient, n=len(choice_of(one).annexes))


def _place_of(one: Changed) -> About:
    """Where a figure can be looked into: the section that prints it, else where it is filled in."""
    anchor, ref = one.anchor, one.ref
    if anchor is not None and (anchor.kind != "section" or not anchor.field.startswith("annex.")):
        return anchor
    return About("project", ref.about, ref.item) if ref.about > 0 else About("stated", 0, ref.item)


def _steps(lines: "Sequence[Line]") -> str:
    """The steps that changed a figure, the latest first."""
    if not lines:
        return ""
    named = [_("{day} {label}").format(day=line.at[:10], label=line.label) for line in lines[:_LINES]]
    if len(lines) > _LINES:
        named.append(_("等{n}步，见“操作日志”").format(n=len(lines)))
    return "\n".join((_("报送后有关的改动："), *named))


def _lines_since(ledger: "Ledger", number: int) -> "list[Line]":
    """The journal behind a line, and from the first line on that was undone or repeated since."""
    lines = ledger.journal(number)
    first = min((line.target for line in lines if line.target), default=number + 1)
    return lines if first > number else ledger.journal(first - 1)


def _compared(book: "Book", one: "Submission", lines: "Sequence[Line]", progress: Progress) -> Comparison:
    from core.report.submission import submission

    document = submission(book, one.year, choice_of(one), traced=False)
    progress.check()
    return hold_against_now(book, one, document, lines)
