"""从上年报告建账: the report's text beside what is taken from it; nothing is stored before 建账 is pressed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.founding.plan import Choices, Plan, Taken
from core.i18n import _
from core.jobs import Progress
from core.reasons import reason
from ui.files import file_lane
from ui.tasks import Job
from ui.widgets.doubt_list import DoubtList
from ui.widgets.founding_bar import FoundingBar
from ui.widgets.founding_list import FoundingList
from ui.widgets.founding_rest import LeftPane, UnknownPane
from ui.widgets.founding_text import FoundingText
from ui.widgets.parts import button, elided, label

TAKEN, UNKNOWN, DOUBTS, LEFT = range(4)


class FoundingView(QWidget):
    """Reads in the background, shows the plan, makes the file."""

    left_view = Signal()  # back to where it began
    founded = Signal(object)  # Path of the new ledger

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self._job: Job | None = None
        self._source = ""
        self.text = FoundingText()
        self.list = FoundingList()
        self.doubts = DoubtList()
        self.unknown = UnknownPane()
        self.rest = LeftPane()
        self.bar = FoundingBar()
        self.message = label("", "hint-error", wraps=True)
        self.summary = label("", "second", wraps=True)
        self.about = label("", "hint-info", wraps=True)
        self._title = label("", "second")
        self.tabs: list[QPushButton] = []
        self.stack = QStackedWidget()
        self.status = label("", "second")
        self.views = QStackedWidget()
        self._build()
        self.list.chosen.connect(self._show_words)
        self.list.changed.connect(self._follow)
        self.list.refused.connect(self._say)
        self.text.pressed.connect(self._press)
        self.doubts.chosen.connect(self._show_doubt)
        self.bar.accepted.connect(self.make)

    # Read

    def read_file(self, path: Path) -> None:
        """Read a report in the background."""
        self._begin(path.name, partial(_read_file, path))

    def read_text(self, text: str) -> None:
        """Read a text that was pasted."""
        self._begin(_("粘贴的文字"), partial(_read_text, text))

    @property
    def is_busy(self) -> bool:
        """Whether a report is being read or a file made."""
        return self._job is not None

    def stop(self) -> None:
        """Give up what is under way and go back."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.plan = None
        self.left_view.emit()

    def _begin(self, name: str, work: Callable[[Progress], Plan]) -> None:
        self._drop_job()
        self.plan, self._source = None, name
        self._say("")
        self.status.setText(_("正在读取“{name}”…").format(name=name))
        self.views.setCurrentIndex(0)
        self._job = file_lane.start(work)
        self._job.done.connect(self._on_read)
        self._job.failed.connect(self._on_refused)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_read(self, plan: Plan) -> None:
        self._job = None
        self.plan = plan
        self._title.setText(elided(plan.name, self._title, 420))
        self._title.setToolTip(plan.name)
        self.text.show_plan(plan)
        self.list.show_plan(plan)
        self.bar.show_plan(plan)
        self._show_rest(plan)
        self.views.setCurrentIndex(1)
        self.tabs[TAKEN].click()
        self._follow()
        if self.list.topLevelItemCount() == 0:
            self.about.setText("")
        (self.list if plan.unit and plan.year else self.bar).setFocus()

    def _on_refused(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        if self.plan is None:
            self.status.setText(str(error))
        else:
            self.bar.button.setEnabled(True)
            self._say(str(error))

    # What was found

    def _show_rest(self, plan: Plan) -> None:
        pairs = list(enumerate(plan.doubts))
        self.doubts.show_doubts(plan.text, pairs, _("✓ 没有发现问题：文中的数字和说法没有互相矛盾。"))
        self.unknown.show_unknown(plan.unknown)
        self.rest.show_left(plan.left)

    def _follow(self) -> None:
        """Counts on the tabs, and the grounds in the text, after ticks."""
        if self.plan is None:
            return
        dropped = self.list.dropped()
        self.text.show_dropped(dropped)
        held = len(self.plan.taken) - len(dropped)
        letters = sum(len(one.text) for one in self.plan.left)
        for tab, words in zip(
            self.tabs,
            (
                _("将登记 {n}").format(n=held),
                _("没有写出 {n}").format(n=len(self.plan.unknown)),
                _("对不上 {n}").format(n=len(self.plan.doubts)),
                _("未归入 {n}字").format(n=letters),
            ),
            strict=True,
        ):
            tab.setText(words)
        derived = sum(1 for one in self.plan.taken if one.derived and one.key not in dropped)
        projects = self.plan.projects
        words = _("读出项目{projects}个，共{n}项内容；绿底是照录，黄底是推算（{derived}项），请逐项核对。").format(
            projects=projects, n=len(self.plan.taken), derived=derived
        )
        if not projects:
            words = _("没有找到项目，只能建立单位、年度和读出的内容；项目可以建账后再录入。")
        if self.plan.audit.cut:
            words += _("文字过长，只读了前{n}字。").format(n=len(self.plan.text))
        self.summary.setText(words)

    def _show_words(self, one: Taken) -> None:
        assert self.plan is not None
        if one.end > one.start:
            self.text.choose(one.start, min(one.end, one.start + 400))
        quote = " ".join(self.plan.text[one.start : one.end].split())
        said = one.derived or _("原文：{quote}").format(quote=quote if len(quote) <= 80 else quote[:80] + "…")
        self.about.setText(f"{said}　→　{one.becomes}")

    def _show_doubt(self, number: int) -> None:
        assert self.plan is not None
        doubt = self.plan.doubts[number]
        self.doubts.choose(number)
        self.text.choose(doubt.start, doubt.end)

    def _press(self, offset: int) -> None:
        if self.list.choose_at(offset):
            self.tabs[TAKEN].click()

    # Made

    def make(self) -> None:
        """Make the file of what is ticked, in the background, or say what is missing."""
        if self.plan is None or self._job is not None:
            return
        problem = self.bar.problem()
        self._say(problem)
        if problem:
            return
        name, year, place = self.bar.values()
        dropped, values = self.list.choices()
        choices = Choices(dropped, values, year, name)
        self.bar.button.setEnabled(False)
        self._job = file_lane.start(partial(_make_file, place, self.plan, choices))
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_refused)

    def _on_made(self, path: Path) -> None:
        self._job = None
        self.bar.button.setEnabled(True)
        self.founded.emit(path)

    def _say(self, problem: str) -> None:
        self.message.setText(problem)
        self.message.setVisible(bool(problem))

    # Put together

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(_("从上年报告建账"), "title"))
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignBottom)
        back = button(_("返回"), self.stop)
        head.addWidget(back)
        layout.addLayout(head)
        waiting = QFrame()
        waiting.setProperty("role", "card")
        middle = QVBoxLayout(waiting)
        middle.addStretch(1)
        self.status.setWordWrap(True)
        self.status.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self.status)
        middle.addStretch(2)
        self.views.addWidget(waiting)
        self.views.addWidget(self._review())
        layout.addWidget(self.views, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.stop)

    def _review(self) -> QWidget:
        review = QWidget()
        column = QVBoxLayout(review)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self.message)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        text = QFrame()
        text.setProperty("role", "card")
        inside = QVBoxLayout(text)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.text)
        splitter.addWidget(text)
        splitter.addWidget(self._found())
        splitter.setSizes([520, 600])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)
        return review

    def _found(self) -> QWidget:
        right = QFrame()
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 6, 1, 1)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(8)
        group = QButtonGroup(self)
        for number in (TAKEN, UNKNOWN, DOUBTS, LEFT):
            tab = QPushButton()
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked=False, number=number: self.stack.setCurrentIndex(number))
            group.addButton(tab)
            self.tabs.append(tab)
            row.addWidget(tab)
        row.addStretch(1)
        column.addLayout(row)
        top = QWidget()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        self.summary.setContentsMargins(12, 0, 10, 0)
        inside.addWidget(self.summary)
        inside.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 0, 10, 8)
        foot.addWidget(self.about)
        inside.addLayout(foot)
        self.stack.addWidget(top)
        self.stack.addWidget(self.unknown)
        self.stack.addWidget(_framed(self.doubts))
        self.stack.addWidget(self.rest)
        column.addWidget(self.stack, 1)
        right.setMinimumWidth(430)
        return right


def _framed(widget: QWidget) -> QWidget:
    """A list of cards with room around it."""
    frame = QWidget()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(10, 2, 4, 8)
    inside.addWidget(widget)
    return frame


def _read_file(path: Path, _progress: Progress) -> Plan:
    from core.founding.make import plan_of_file

    return plan_of_file(path)


def _read_text(text: str, _progress: Progress) -> Plan:
    from core.founding.make import plan_of_text

    return plan_of_text(_("粘贴的文字"), text)


def _make_file(path: Path, plan: Plan, choices: Choices, _progress: Progress) -> Path:
    """Make the ledger and close it: it is opened anew in the window."""
    from core.founding.commit import check_place, found_ledger

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = _("无法建立文件夹“{folder}”：{reason}。")
        raise UserError(words.format(folder=path.parent, reason=reason(error))) from error
    check_place(path)
    found_ledger(path, plan, choices).close()
    return path
