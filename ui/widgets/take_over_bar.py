"""A hand-over file is taken over in the window itself: where it goes, and its password where it has one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from core.encrypted import WrongPassword, is_encrypted
from core.errors import UserError
from core.handing_over import name_without_check
from core.i18n import _
from ui.files import FILTER, SUFFIX, Files, documents
from ui.widgets.ask_bar import Bar
from ui.widgets.parts import button, label


class TakeOverBar(Bar):
    """Hidden until a hand-over file is to be opened; what is wrong is said in it, and it stays."""

    def __init__(self, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(label(wraps=True), parent)
        self.files = files
        self._handed = Path()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.place = QLineEdit()
        self._password_label = label(_("密码"))
        self._fault = label("", "error", wraps=True)
        self._build()
        files.taken_over.connect(lambda _path: self.give_up())

    def ask(self, handed: Path) -> None:
        """Ask where a file goes."""
        self._handed = handed
        has_password = is_encrypted(handed)
        for part in (self.password, self._password_label):
            part.setVisible(has_password)
        self.password.clear()
        self._fault.hide()
        self.place.setText(str(_free(documents() / _("单位预算台账") / name_without_check(handed))))
        question = _("接收交接文件“{name}”：核对校验码后存成本机的台账，原文件不动。").format(name=handed.name)
        self.question_label.setText(question)
        self.setAccessibleName(question)
        self.yes.setText(_("接收并打开"))
        self._wait(False)
        self.show()
        (self.password if has_password else self.yes).setFocus()

    def accept(self) -> None:
        """Take the file over in the background."""
        if not self.yes.isEnabled():
            return
        target = Path(self.place.text().strip())
        if target.suffix.lower() != SUFFIX or not target.is_absolute():
            self._say(UserError(_("存放位置要写完整路径，并以 .ysz 结尾。可以点“浏览”选择。")))
            return
        self._wait(True)
        self.files.take_over(self._handed, target, self.password.text(), self._say)

    def _say(self, error: Exception) -> None:
        self._wait(False)
        if not isinstance(error, UserError):
            raise error
        self._fault.setText(str(error))
        self._fault.show()
        if isinstance(error, WrongPassword):
            self.password.selectAll()
            self.password.setFocus()

    def _wait(self, is_waiting: bool) -> None:
        self.yes.setEnabled(not is_waiting)
        if is_waiting:
            self._fault.hide()
        self.yes.setText(_("正在核对…") if is_waiting else _("接收并打开"))

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("存放位置"), self.place.text(), FILTER)
        if chosen:
            self.place.setText(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)

    def _build(self) -> None:
        self.password.setAccessibleName(_("密码"))
        self.password.setFixedWidth(220)
        self.place.setAccessibleName(_("存放位置"))
        fields = QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.addWidget(self._password_label, 0, 0)
        fields.addWidget(self.password, 0, 1)
        fields.addWidget(label(_("存到")), 0, 2)
        fields.addWidget(self.place, 0, 3)
        fields.addWidget(button(_("浏览…"), self._browse), 0, 4)
        fields.setColumnStretch(3, 1)
        row = QHBoxLayout()
        row.addLayout(fields, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setVerticalSpacing(6)
        layout.addWidget(self.question_label, 0, 0)
        layout.addLayout(row, 1, 0)
        layout.addWidget(self._fault, 2, 0)
        self._fault.hide()
        self.setTabOrder(self.password, self.place)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class TakeOverRow(QWidget):
    """The bar with room around it, above the pages."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self.bar = TakeOverBar(files)
        self.bar.closed.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 0)
        layout.addWidget(self.bar)

    def ask(self, handed: Path) -> None:
        """Ask where a file goes."""
        self.show()
        self.bar.ask(handed)


def _free(path: Path) -> Path:
    """The path, with a number where there is such a file already."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
