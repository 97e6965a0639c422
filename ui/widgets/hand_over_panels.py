"""Making a hand-over file or a hand-over pack, in a card on the page: fields, progress, and what was made."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from ui.copies import Copies, copy_lane
from ui.desk import Desk
from ui.files import documents
from ui.tasks import Job
from ui.widgets.parts import button, label, line, set_role


class MakePanel(QFrame):
    """Hidden until asked for; Enter makes, Esc closes or stops."""

    closed = Signal()
    title = ""
    hint = ""
    make_text = ""

    def __init__(self, desk: Desk, copies: Copies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.copies = copies
        self._job: Job | None = None
        self._made: Path | None = None
        self.folder = QLineEdit()
        self.bar = QProgressBar(textVisible=False)
        self.result = label("", "second", wraps=True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.make_button = button(self.make_text, self.make, "primary")
        self.close_button = button(_("关闭"), self.give_up)
        self.open_button = button(_("打开所在文件夹"), self._open_folder, "link")
        self.extra = QHBoxLayout()  # what a subclass can do with what was made
        self._build()
        self.hide()

    def ask(self) -> None:
        """Show the panel."""
        if not self.folder.text():
            self.folder.setText(str(self.copies.second_folder or documents()))
        self.result.hide()
        self.open_button.hide()
        self.begin()
        self.show()
        self.folder.setFocus()

    def make(self) -> None:
        """Make it in the background; what is wrong is said in the panel."""
        if self._job is not None:
            return
        folder = Path(self.folder.text().strip())
        problem = self.problem()
        if not problem and not (self.folder.text().strip() and folder.is_absolute()):
            problem = _("请选择存放的文件夹，例如U盘。")
        if problem:
            self._say(problem, "error")
            return
        self._made = None
        self.result.hide()
        self.open_button.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        self._job = copy_lane.start(self.work(folder))
        self._job.progressed.connect(self._step)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._wait(True)

    def give_up(self) -> None:
        """Stop what is under way, else close."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._wait(False)
            self._say(_("已取消，没有留下文件。"), "second")
            return
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.close_button.hasFocus():
            self.make()
        else:
            super().keyPressEvent(event)

    # What subclasses say

    def fields(self) -> list[QWidget]:
        """What is asked for besides the folder: labels and fields in turn."""
        raise AssertionError("every panel asks for something")

    def begin(self) -> None:
        """Set the fields for a new one."""

    def problem(self) -> str:
        """What is wrong with the fields, in words."""
        return ""

    def work(self, folder: Path) -> Callable[[Progress], object]:
        """What makes it, to be run in a worker."""
        raise AssertionError("every panel makes something")

    def told(self, made: object) -> tuple[str, Path]:
        """What is said of what was made, and where it is."""
        raise AssertionError("every panel tells what it made")

    def _done(self, made: object) -> None:
        self._job = None
        self._wait(False)
        text, self._made = self.told(made)
        self._say(text, "good")
        self.open_button.show()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._wait(False)
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "error")

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _wait(self, is_waiting: bool) -> None:
        self.make_button.setEnabled(not is_waiting)
        self.bar.setVisible(is_waiting)
        self.close_button.setText(_("取消") if is_waiting else _("关闭"))

    def _say(self, text: str, role: str) -> None:
        set_role(self.result, role)
        self.result.setText(text)
        self.result.show()

    def _open_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made if self._made.is_dir() else self._made.parent)))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("存放的文件夹"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setAccessibleName(self.title)
        self.folder.setAccessibleName(_("存放的文件夹"))
        head = QHBoxLayout()
        head.addWidget(label(self.title, "heading"))
        head.addWidget(label(self.hint, "faint", wraps=True), 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.addWidget(label(_("存到")), 0, 0)
        grid.addWidget(self.folder, 0, 1)
        grid.addWidget(button(_("浏览…"), self._browse), 0, 2)
        for column, field in enumerate(self.fields(), 3):
            grid.addWidget(field, 0, column)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.make_button)
        foot.addWidget(self.close_button)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.result, 1)
        foot.addLayout(self.extra)
        foot.addWidget(self.open_button)
        foot.addStretch(0)
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(line())
        layout.addLayout(grid)
        layout.addLayout(foot)


class HandOverFilePanel(MakePanel):
    """One file, with a password or without."""

    title = _("交接文件")
    hint = _("整个台账做成一个文件，文件名带单位、年度、日期和校验码；对方用“打开文件”接收。")
    make_text = _("制作交接文件")

    def __init__(self, desk: Desk, copies: Copies, parent: QWidget | None = None) -> None:
        self.sealed = QCheckBox(_("加密"))
        self.password, self.again = QLineEdit(), QLineEdit()
        self._code = ""
        super().__init__(desk, copies, parent)
        self.copy_button = button(_("复制校验码"), self._copy_code, "link")
        self.copy_button.hide()
        self.extra.addWidget(self.copy_button)

    def fields(self) -> list[QWidget]:
        for field, name in ((self.password, _("密码")), (self.again, _("再输入一次密码"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setFixedWidth(150)
            field.setEnabled(False)
            self.sealed.toggled.connect(field.setEnabled)
        self.sealed.setToolTip(_("没有密码打不开；密码不会保存，忘记后无法恢复。"))
        self.sealed.toggled.connect(lambda is_on: self.password.setFocus() if is_on else None)
        return [self.sealed, self.password, self.again]

    def begin(self) -> None:
        self.password.clear()
        self.again.clear()
        self.copy_button.hide()

    def problem(self) -> str:
        from core.encrypted import check_password

        if not self.sealed.isChecked():
            return ""
        try:
            check_password(self.password.text())
        except UserError as error:
            return str(error)
        return "" if self.password.text() == self.again.text() else _("两次输入的密码不同，请重新输入。")

    def work(self, folder: Path) -> Callable[[Progress], object]:
        path, year = self.copies.home, self.desk.year
        password = self.password.text() if self.sealed.isChecked() else ""

        def work(progress: Progress) -> object:
            from core.handing_over import hand_over

            return hand_over(path, folder, datetime.now(), year, password, progress)

        return work

    def told(self, made: object) -> tuple[str, Path]:
        from core.handing_over import HandedOver

        assert isinstance(made, HandedOver)
        self._code = made.code
        self.password.clear()
        self.again.clear()
        self.copy_button.show()
        return _("已制作“{name}”，校验码 {code}").format(name=made.path.name, code=made.code), made.path

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code)


class PackPanel(MakePanel):
    """The pack for the next officer."""

    title = _("交接包")
    hint = _("台账、最近备份、佐证材料、工作底稿、执行情况和交接清单放进一个文件夹，每个文件都有校验值。")
    make_text = _("制作交接包")

    def __init__(self, desk: Desk, copies: Copies, parent: QWidget | None = None) -> None:
        self.giver, self.taker, self.witness = QLineEdit(), QLineEdit(), QLineEdit()
        super().__init__(desk, copies, parent)

    def fields(self) -> list[QWidget]:
        found: list[QWidget] = []
        for field, name in ((self.giver, _("移交人")), (self.taker, _("接收人")), (self.witness, _("监交人"))):
            field.setAccessibleName(name)
            field.setFixedWidth(90)
            found += [label(name), field]
        return found

    def begin(self) -> None:
        if not self.giver.text() and self.copies.settings.operator:
            self.giver.setText(self.copies.settings.operator)

    def work(self, folder: Path) -> Callable[[Progress], object]:
        path = self.copies.home
        names = [field.text().strip() for field in (self.giver, self.taker, self.witness)]

        def work(progress: Progress) -> object:
            from core.hand_over_pack import make_pack
            from core.report.hand_over_list import Parties

            return make_pack(path, folder, datetime.now(), Parties(*names), progress=progress)

        return work

    def told(self, made: object) -> tuple[str, Path]:
        from core.hand_over_pack import Pack

        assert isinstance(made, Pack)
        text = _("已制作“{name}”：{n}个文件，未了事项{open}项，其中错误{errors}项。")
        words = text.format(name=made.folder.name, n=len(made.files), open=made.open, errors=made.errors)
        return "\n".join([words, *made.problems]), made.folder
