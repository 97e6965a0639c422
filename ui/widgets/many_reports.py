"""批量生成报告: the reports of all files on show, into a folder, in the formats chosen."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.many import Overview
from core.many_look import FileRow
from core.many_reports import Batch, write_reports
from ui.style import scaled
from ui.tasks import Job, paper_lane
from ui.widgets.parts import button, label, set_role

FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": _("网页")}
_PROBLEM_LINES = 5


class ReportsPanel(QFrame):
    """Folder, formats, progress; what could not be done is listed at the end."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._found: Overview | None = None
        self._rows: list[FileRow] = []
        self._job: Job | None = None
        self.folder = QLineEdit()
        self.folder.setAccessibleName(_("存放的文件夹"))
        self.formats = {suffix: QCheckBox(name) for suffix, name in FORMATS.items()}
        self.formats["pdf"].setChecked(True)
        self.browse_button = button(_("浏览…"), self._browse)
        self.start_button = button(_("开始生成"), self.start, "primary")
        self.stop_button = button(_("停止"), self.stop)
        self.close_button = button(_("收起"), self._close, "link")
        self.open_button = button(_("打开所在文件夹"), self._open_folder, "link")
        self.bar = QProgressBar(textVisible=False)
        self.message = label("", "second", wraps=True)
        self.problems = QPlainTextEdit(readOnly=True)
        self.problems.setAccessibleName(_("没有生成的文件"))
        self.problems.setTabChangesFocus(True)
        self._title = label("", "heading")
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether reports are being written."""
        return self._job is not None

    def begin(self, found: Overview, rows: list[FileRow]) -> None:
        """Offer the reports of these files."""
        if self.is_busy:
            return
        self._found, self._rows = found, rows
        if not self.folder.text().strip():
            self.folder.setText(str(found.folder / _("自评报告")))
        self._title.setText(_("批量生成自评报告（{n}个文件）").format(n=len(rows)))
        for widget in (self.bar, self.stop_button, self.message, self.problems, self.open_button):
            widget.hide()
        self.start_button.setEnabled(bool(rows))
        self.show()
        self.start_button.setFocus()

    def start(self) -> None:
        """Write the reports, or say what is missing."""
        formats = [suffix for suffix, box in self.formats.items() if box.isChecked()]
        target = Path(self.folder.text().strip())
        if not formats:
            self._say(_("请至少选择一种格式。"), "error")
            return
        if not target.is_absolute():
            self._say(_("请写出存放文件夹的完整路径，可以点“浏览”选择。"), "error")
            self.folder.setFocus()
            return
        found, rows = self._found, self._rows
        assert found is not None

        def work(progress: Progress) -> Batch:
            return write_reports(found, rows, target, formats, datetime.now(), progress)

        job = self._job = paper_lane.start(work)
        job.progressed.connect(self._step)
        job.done.connect(self._finish)
        job.failed.connect(self._fail)
        self.bar.setRange(0, len(rows))
        self._follow()
        self._step(0, len(rows))

    def stop(self) -> None:
        """Stop behind the file under way; what was written stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._follow()
            self._say(_("已停止，已经生成的报告保留在文件夹中。"), "warning")
            self.open_button.show()

    def _step(self, done: int, total: int) -> None:
        self.bar.setValue(done)
        self._say(_("正在生成，已完成{done}个，共{total}个文件").format(done=done, total=total), "second")

    def _finish(self, batch: Batch) -> None:
        self._job = None
        self._follow()
        words = _("已生成{n}个文件，存放在“{folder}”。").format(n=len(batch.written), folder=self.folder.text().strip())
        if batch.problems:
            words += _("有{n}个台账没有生成报告：").format(n=len(batch.problems))
        self._say(words, "warning" if batch.problems else "good")
        self.problems.setPlainText("\n".join(batch.problems))
        self.problems.setVisible(bool(batch.problems))
        self.open_button.setVisible(bool(batch.written))

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._follow()
        if not isinstance(error, UserError):
            raise error
        self._say(str(error), "error")

    def _follow(self) -> None:
        """Progress and 停止 while it works, else the choice."""
        for widget in (self.bar, self.stop_button):
            widget.setVisible(self.is_busy)
        self.problems.hide()
        self.open_button.hide()
        for widget in (self.start_button, self.browse_button, self.folder, self.close_button, *self.formats.values()):
            widget.setEnabled(not self.is_busy)

    def _say(self, words: str, role: str) -> None:
        set_role(self.message, role)
        self.message.setText(words)
        self.message.setAccessibleName(words)
        self.message.show()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("保存到文件夹"), self.folder.text().strip())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text().strip()))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.open_button)
        head.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(_("存放的文件夹")))
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse_button)
        for box in self.formats.values():
            row.addWidget(box)
        row.addWidget(self.start_button)
        row.addWidget(self.stop_button)
        self.bar.setFixedHeight(6)
        self.problems.setFixedHeight(scaled(20 * _PROBLEM_LINES))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row)
        for widget in (self.bar, self.message, self.problems):
            column.addWidget(widget)
        self.hide()
