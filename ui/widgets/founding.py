"""从上年报告建账: the report's text beside what is taken from it; nothing is stored before 建账 is pressed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.founding.plan import Choices, Plan, Taken
from core.i18n import _
from core.jobs import Progress
from ui.fields import TextEdit
from ui.files import FILTER, SUFFIX, documents, file_lane
from ui.tasks import Job
from ui.widgets.doubt_list import DoubtList
from ui.widgets.founding_list import FoundingList
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
        self.unknown = QWidget()
        self.left = QPlainTextEdit(readOnly=True)
        self.name, self.year, self.place = TextEdit(), TextEdit(), TextEdit()
        self.message = label("", "hint-error", wraps=True)
        self.summary = label("", "second", wraps=True)
        self._title = label("", "second")
        self.make_button = button(_("建账"), self.make, "primary")
        self.tabs: list[QPushButton] = []
        self.stack = QStackedWidget()
        self._reading = label("", "second")
        self.views = QStackedWidget()
        self._build()
        self.list.chosen.connect(self._show_words)
        self.list.changed.connect(self._follow)
        self.list.refused.connect(self._say)
        self.text.pressed.connect(self._press)
        self.doubts.chosen.connect(self._show_doubt)
        self.name.edited.connect(self._name_file)
        for field in (self.name, self.year, self.place):
            field.returnPressed.connect(self.make)

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
        self._reading.setText(_("正在读取“{name}”…").format(name=name))
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
        self.name.give(plan.unit)
        self.year.give(str(plan.year or ""))
        self.place.give("")
        self._name_file()
        self._show_rest(plan)
        self.views.setCurrentIndex(1)
        self.tabs[TAKEN].click()
        self._follow()
        first = self.name if not plan.unit else self.year if not plan.year else self.list
        first.setFocus()

    def _on_refused(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        if self.plan is None:
            self._reading.setText(str(error))
        else:
            self.make_button.setEnabled(True)
            self._say(str(error))

    # What was found

    def _show_rest(self, plan: Plan) -> None:
        pairs = list(enumerate(plan.doubts))
        self.doubts.show_doubts(plan.text, pairs, _("✓ 没有发现问题：文中的数字和说法没有互相矛盾。"))
        column = self.unknown.layout()
        assert isinstance(column, QVBoxLayout)
        while item := column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        words = _("报告没有写出的，不登记为0，也不猜测；建账后可以在各页面补填。")
        column.addWidget(label(words, "second", wraps=True))
        for one in plan.unknown:
            column.addWidget(label(one.group, "strong", wraps=True))
            column.addWidget(label(one.what, "", wraps=True))
        column.addStretch(1)
        self.left.setPlainText("\n\n".join(one.text for one in plan.left) or _("报告的文字都已归入台账。"))

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
        projects = sum(1 for one in self.plan.taken if one.key[:1] == "p" and "." not in one.key)
        words = _("读出项目{projects}个，共{n}项内容；绿底是照录，黄底是推算（{derived}项），请逐项核对。").format(
            projects=projects, n=len(self.plan.taken), derived=derived
        )
        if not projects:
            words = _("没有找到项目，只能建立单位、年度和读出的内容；项目可以建账后再录入。")
        self.summary.setText(words)

    def _show_words(self, one: Taken) -> None:
        if one.end > one.start:
            self.text.choose(one.start, min(one.end, one.start + 400))

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
        problem, choices, place = self._asked()
        self._say(problem)
        if problem or choices is None:
            return
        self.make_button.setEnabled(False)
        self._job = file_lane.start(partial(_make_file, place, self.plan, choices))
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_refused)

    def _asked(self) -> tuple[str, Choices | None, Path]:
        name, year, place = self.name.text().strip(), self.year.text().strip(), self.place.text().strip()
        if not name:
            self.name.setFocus()
            return _("请填写单位全称。"), None, Path()
        if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
            self.year.setFocus()
            return _("请填写报告的年度，四位数字，例如 2023。"), None, Path()
        if not place.lower().endswith(SUFFIX) or not Path(place).is_absolute():
            self.place.setFocus()
            return _("文件位置要写完整路径，并以 .ysz 结尾。可以点“浏览”选择。"), None, Path()
        dropped, values = self.list.choices()
        return "", Choices(dropped, values, int(year), name), Path(place)

    def _on_made(self, path: Path) -> None:
        self._job = None
        self.make_button.setEnabled(True)
        self.founded.emit(path)

    def _name_file(self) -> None:
        """Name the file after the unit as long as the officer has chosen no other place."""
        if not self.place.is_changed:
            name = "".join(ch for ch in self.name.text().strip() if ch not in '\\/:*?"<>|') or _("本单位")
            folder = documents() / _("单位预算台账")
            free = (one for n in range(1, 1000) if not (one := folder / f"{name}{n if n > 1 else ''}{SUFFIX}").exists())
            self.place.give(str(next(free)))

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("新台账文件的位置"), self.place.text(), FILTER, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.place.setText(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)

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
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self._reading)
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
        column.addWidget(self._asking())
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

    def _asking(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(8)
        for words, field, stretch in (
            (_("单位全称"), self.name, 3),
            (_("年度"), self.year, 0),
            (_("文件位置"), self.place, 5),
        ):
            name = QLabel(words)
            name.setBuddy(field)
            field.setAccessibleName(words)
            row.addWidget(name)
            row.addWidget(field, stretch)
        self.year.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 34)
        row.addWidget(button(_("浏览…"), self._browse))
        row.addWidget(self.make_button)
        return card

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
        self.stack.addWidget(top)
        column_of_unknown = QVBoxLayout(self.unknown)
        column_of_unknown.setContentsMargins(14, 8, 14, 10)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.unknown)
        area.setAccessibleName(_("报告没有写出的内容"))
        self.stack.addWidget(area)
        self.stack.addWidget(self.doubts)
        self.stack.addWidget(self._rest())
        column.addWidget(self.stack, 1)
        right.setMinimumWidth(430)
        return right

    def _rest(self) -> QWidget:
        rest = QWidget()
        column = QVBoxLayout(rest)
        column.setContentsMargins(12, 4, 12, 10)
        column.setSpacing(8)
        words = _("这些文字没有归入台账的任何部分，需要时复制到相应的页面。")
        column.addWidget(label(words, "second", wraps=True))
        self.left.setAccessibleName(_("没有归入台账的文字"))
        column.addWidget(self.left, 1)
        column.addWidget(button(_("复制"), self._copy), 0, Qt.AlignmentFlag.AlignLeft)
        return rest

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.left.toPlainText())


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
        raise UserError(words.format(folder=path.parent, reason=error.strerror)) from error
    check_place(path)
    found_ledger(path, plan, choices).close()
    return path
