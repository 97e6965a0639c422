"""报告文字核查: the text of any report, one's own or another unit's, worked out again; or a folder of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.checked_reports import Checked, ReportLine, check_file, check_line, check_text, overview_table, reports_in
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.ledger import Outcome
from ui.desk import Desk
from ui.files import documents
from ui.page import Page
from ui.tasks import Job, paper_lane
from ui.widgets.checked_folder import CheckedFolder
from ui.widgets.checked_report import CheckedReport
from ui.widgets.checking_start import CheckingStart
from ui.widgets.parts import Hint, button, label

REPORTS = _("报告（*.docx *.html *.htm *.txt *.pdf）")
TABLES = _("Excel 工作簿（*.xlsx）;;CSV 文件（*.csv）")
CSV = ".csv"


class CheckingPage(Page):
    """Three views: how to begin, one report, a folder. What is slow runs in the background."""

    name = "checking"
    title = _("报告文字核查")
    icon = "document_search"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._job: Job | None = None  # of one report
        self._folder_job: Job | None = None  # goes on while a report of the folder is being read
        self._waiting: list[Path] = []  # of the folder, not yet checked
        self._folder: Path | None = None  # where files were opened last
        self.report = CheckedReport()
        self.folder = CheckedFolder()
        self.typed = QPlainTextEdit()
        self._name = Hint("")
        self.bar = QProgressBar(textVisible=False)
        self.message = label("", "hint-error", wraps=True)
        self.open_button = button(_("打开报告…"), self.ask_file)
        self.folder_button = button(_("打开文件夹…"), self.ask_folder)
        self.paste_button = button(_("粘贴文字"), self.begin_typing)
        self.own_button = button(_("检查本单位报告"), self.check_own)
        self._own_too = button(_("检查本单位报告"), self.check_own)
        self.back_button = button(_("返回一览"), self._back_to_folder, "link")
        self.copy_button = button(_("复制问题"), self.copy_findings)
        self.opinion_button = button(_("核查意见…"), self.print_opinion, "primary")
        self.export_button = button(_("导出一览表…"), self.ask_table)
        self.check_button = button(_("核查这段文字"), self.check_typed, "primary")
        self.stack = QStackedWidget()
        self.setAcceptDrops(True)
        self.folder.opened.connect(self.open_line)
        self.folder.cancelled.connect(self.stop)
        self._build()
        self._show(self._start)

    # What every page does

    def refresh(self, outcome: Outcome | None) -> None:
        self._follow()

    def areas(self) -> list[QWidget]:
        if self.stack.currentWidget() is self.report:
            return self.report.areas()
        return [self.folder.grid] if self.stack.currentWidget() is self.folder else [self.stack]

    # Ways in

    def ask_file(self) -> None:
        """Let the officer choose a report."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("打开报告"), str(self._place()), REPORTS)
        if chosen:
            self.open(Path(chosen))

    def ask_folder(self) -> None:
        """Let the officer choose a folder of reports."""
        chosen = QFileDialog.getExistingDirectory(self, _("打开存放报告的文件夹"), str(self._place()))
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Check a report, or all reports of a folder."""
        self._drop_job()
        self._folder = path.parent
        if path.is_dir():
            self.open_folder(path)
        else:
            self._start_job(partial(_check_file, path), _("正在核查“{name}”…").format(name=path.name))

    def open_folder(self, folder: Path) -> None:
        """Check every report of a folder, one after the other."""
        self.stop()
        try:
            self._waiting = reports_in(folder)
        except UserError as error:
            self._refuse(str(error))
            return
        self.message.hide()
        self.folder.begin(folder, len(self._waiting))
        self._show(self.folder)
        self.folder.grid.setFocus()
        self._next()

    def open_line(self, line: ReportLine) -> None:
        """Show a report of the folder."""
        if line.problem:
            self._refuse(line.problem)
        else:
            self._drop_job()
            self._start_job(partial(_check_file, line.path), _("正在核查“{name}”…").format(name=line.path.name))

    def begin_typing(self) -> None:
        """Show the field into which a text is pasted."""
        self._show(self._typing)
        self.typed.setFocus()

    def check_typed(self) -> None:
        """Check what was pasted or typed."""
        self._drop_job()
        text = self.typed.toPlainText()
        self._start_job(lambda _progress: check_text(_("粘贴的文字"), text), _("正在核查…"))

    def check_own(self) -> None:
        """Check the report of the year on show, as it would print."""
        self._drop_job()
        book, year = self.desk.book, self.desk.year

        def work(_progress: Progress) -> Checked:
            from core.report.plain_text import plain_text
            from core.report.submission import submission

            name = _("本单位{year}年度自评报告").format(year=year)
            return check_text(name, plain_text(submission(book, year, traced=False)))

        self._start_job(work, _("正在核查本单位报告…"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1:
            self.open(paths[0])
        elif paths:
            self._refuse(_("一次只能拖入一份报告或一个文件夹；多份报告请放进一个文件夹。"))
        elif data.hasText():
            self.typed.setPlainText(data.text())
            self.check_typed()

    # What can be done with what was found

    def print_opinion(self) -> None:
        """Show the opinion, to be printed or saved."""
        from ui.dialogs.opinion import OpinionDialog

        if self.report.checked is not None:
            dialog = OpinionDialog(self.report.checked, self.desk, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def copy_findings(self) -> None:
        """Put the findings on the clipboard."""
        self.report.copy_findings()
        self.desk.told.emit(_("核查发现的问题已复制，可以粘贴到邮件或文档中。"), False)

    def ask_table(self) -> None:
        """Ask where the table of the folder is saved."""
        folder = self.folder.folder or documents()
        proposed = folder / _("{name}_核查一览.xlsx").format(name=folder.name)
        chosen, kind = QFileDialog.getSaveFileName(self, _("导出一览表"), str(proposed), TABLES)
        if chosen:
            target = Path(chosen)
            suffix = CSV if CSV in kind or target.suffix.lower() == CSV else ".xlsx"
            self.save_table(target if target.suffix.lower() == suffix else target.with_name(target.name + suffix))

    def save_table(self, target: Path) -> None:
        """Write the table of the folder into a file; the suffix says in which format."""
        lines = list(self.folder.model.rows)

        def work(_progress: Progress) -> Path:
            from core.export.sheet import write_tables

            write_tables(target, [overview_table(lines)])
            return target

        job = self._job = paper_lane.start(work)
        job.done.connect(lambda path: self._saved(path))
        job.failed.connect(self._fail)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or checked."""
        return self._job is not None or self._folder_job is not None

    def stop(self) -> None:
        """Stop what is under way."""
        self._drop_job()
        if self._folder_job is not None:
            self._folder_job.cancel()
            self._folder_job, self._waiting = None, []
            self.folder.end()
            self._follow()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.bar.hide()

    # In the background

    def _start_job(self, work: Callable[[Progress], object], words: str) -> None:
        self.message.hide()
        self._name.setText(words)
        self.bar.show()
        job = self._job = paper_lane.start(work)
        job.done.connect(self._take)
        job.failed.connect(self._fail)

    def _take(self, checked: Checked) -> None:
        self._job = None
        self.bar.hide()
        self.report.show_checked(checked)
        self._show(self.report)
        self.report.text.setFocus()

    def _next(self) -> None:
        """Check one report more; pages that are being printed have their turn between two of them."""
        if not self._waiting:
            self._folder_job = None
            self.folder.end()
            self._follow()
            return
        path = self._waiting[0]
        job = self._folder_job = paper_lane.start(lambda _progress: check_line(path))
        job.done.connect(self._take_line)

    def _take_line(self, line: ReportLine) -> None:
        self._waiting = self._waiting[1:]
        self.folder.add(line)
        self._next()

    def _saved(self, path: Path) -> None:
        self._job = None
        self.desk.told.emit(_("一览表已保存到“{path}”。").format(path=path), False)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.bar.hide()
        if not isinstance(error, UserError):
            raise error
        self._refuse(str(error))

    def _refuse(self, words: str) -> None:
        self.message.setText(words)
        self.message.setAccessibleName(words)
        self.message.show()
        self._follow()

    # Views

    def _place(self) -> Path:
        if self._folder is not None:
            return self._folder
        return self.desk.ledger.path.parent if self.desk.is_open else documents()

    def _back_to_folder(self) -> None:
        self._show(self.folder)
        self.folder.grid.setFocus()

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.message.hide()
        self._follow()

    def _follow(self) -> None:
        """The buttons and the name that belong to what is shown."""
        view, checked = self.stack.currentWidget(), self.report.checked
        on_report, on_folder = view is self.report, view is self.folder
        for made in (self.copy_button, self.opinion_button):
            made.setVisible(on_report)
        self.export_button.setVisible(on_folder and self._folder_job is None)
        self.back_button.setVisible(on_report and self.folder.folder is not None)
        for made in (self.own_button, self._own_too):
            made.setEnabled(self.desk.is_open and bool(self.desk.book.year(self.desk.year)))
        for made in (self.open_button, self.folder_button, self.paste_button, self.own_button):
            made.setVisible(view is not self._start)  # there they stand in the middle
        if on_report and checked is not None:
            more = (checked.unit, _("{year}年度").format(year=checked.year) if checked.year else "")
            self._name.setText("　".join((checked.name, *(one for one in more if one and one not in checked.name))))
        elif on_folder and self.folder.folder is not None:
            self._name.setText(self.folder.folder.name)
        else:
            self._name.setText("")

    def _paste(self) -> None:
        """Ctrl+V where no field takes it: check what is on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(paths) == 1:
            self.open(paths[0])
        elif data.hasText():
            self.typed.setPlainText(data.text())
            self.check_typed()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(self.title, "title"))
        head.addWidget(self.back_button)
        head.addWidget(self._name, 1)
        self.opinion_button.setToolTip(_("打印，或保存为PDF、Word、电子表格"))
        for made in (
            self.copy_button,
            self.export_button,
            self.open_button,
            self.folder_button,
            self.paste_button,
            self.own_button,
            self.opinion_button,
        ):
            head.addWidget(made)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(4)
        self.bar.hide()
        self.message.hide()
        ways = (
            button(_("打开报告…"), self.ask_file, "primary"),
            button(_("打开文件夹…"), self.ask_folder),
            button(_("粘贴文字"), self.begin_typing),
            self._own_too,
        )
        self._start, self._typing = CheckingStart(ways), self._typing_view()
        for view in (self._start, self._typing, self.report, self.folder):
            self.stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.message)
        layout.addWidget(self.stack, 1)
        for keys, action in (
            ("F3", lambda: self.report.step(1)),
            ("Shift+F3", lambda: self.report.step(-1)),
            ("F4", lambda: self.report.step_figure(1)),
            ("Shift+F4", lambda: self.report.step_figure(-1)),
        ):
            made = QShortcut(QKeySequence(keys), self.report)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(action)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self._start)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    def _typing_view(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        self.typed.setPlaceholderText(_("把报告文字粘贴在这里。从Word或表格复制时，表格的列会保留。"))
        self.typed.setAccessibleName(_("要核查的文字"))
        self.typed.setTabChangesFocus(True)
        column.addWidget(self.typed, 1)
        row = QHBoxLayout()
        row.addWidget(self.check_button)
        row.addWidget(label(_("按Ctrl+Enter核查。"), "faint"))
        row.addStretch(1)
        column.addLayout(row)
        keys = QShortcut(QKeySequence("Ctrl+Return"), view)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.check_typed)
        return view


def _check_file(path: Path, _progress: Progress) -> Checked:
    return check_file(path)
