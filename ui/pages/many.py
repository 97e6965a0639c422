"""多单位汇总: the ledgers of a folder as one table; from here they are opened, checked and reported on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from core.check import About
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.ledger import Outcome
from core.many import Overview, narrowed, overview, total
from core.many_look import FileRow
from core.many_tables import rate_of, sum_words, tables
from core.report.many import findings_paper, summary_paper
from core.report.model import Document
from ui.desk import Desk
from ui.fields import Pick
from ui.files import documents
from ui.page import Page
from ui.style import scaled
from ui.tasks import Job, Lane
from ui.widgets.many_reports import ReportsPanel
from ui.widgets.many_table import FilesModel, ProjectsModel
from ui.widgets.opening_grid import OpeningGrid
from ui.widgets.parts import Hint, button, label
from ui.widgets.segments import Segments

TABLES = _("Excel 工作簿（*.xlsx）;;CSV 文件（*.csv）")
CSV = ".csv"
FILES, PROJECTS = "files", "projects"
_PATIENCE = 3.0  # seconds the end of the program waits for files that are being looked at

many_lane = Lane(_PATIENCE)


class ManyPage(Page):
    """Which folder and year, the table of the files or of their projects, and what can be done with all of them."""

    name = "many"
    title = _("多单位汇总")
    icon = "buildings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Overview | None = None
        self._job: Job | None = None
        self._folder = desk.settings.many_folder if desk.settings is not None else None
        self._afterwards: Callable[[], None] = lambda: None  # once the files are looked at
        self.files, self.projects = FilesModel(desk, self), ProjectsModel(desk, self)
        self.grid, self.project_grid = OpeningGrid(self.files), OpeningGrid(self.projects)
        self.year = Pick({"": _("各文件最新年度")})
        self.filter = QLineEdit(placeholderText=_("按单位、文件、状态筛选"), clearButtonEnabled=True)
        self.kind = Segments(_("列出"), {FILES: _("文件"), PROJECTS: _("项目")})
        self.folder_button = button(_("选择文件夹…"), self.ask_folder)
        self.again_button = button(_("刷新"), self.look_again)
        self.export_button = button(_("导出表格…"), self.ask_table)
        self.print_button = button(_("打印汇总表…"), self.print_summary)
        self.check_button = button(_("批量核对…"), self.check_all)
        self.report_button = button(_("批量生成报告…"), self.report_all)
        self.stop_button = button(_("停止"), self.stop)
        self.first_button = button(_("选择文件夹…"), self.ask_folder, "primary")
        self.bar = QProgressBar(textVisible=False)
        self.panel = ReportsPanel()
        self.message = label("", "hint-error", wraps=True)
        self.remark = label("", "hint-warning", wraps=True)
        self.sums = label("", "second", wraps=True)
        self._place = Hint("")
        self._unit = label("", "faint")
        self._begin, self._card, self._tools = QWidget(), QFrame(), QWidget()
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.kind.give(FILES)
        self._follow()

    # What every page does

    def refresh(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            return  # what is edited in the open file is seen when the folder is looked at again
        self._unit.setText(_("金额单位：{unit}").format(unit=self.desk.money_unit))
        self._show_rows()
        for model in (self.files, self.projects):
            model.tell_all()
        if self.found is None and self._job is None and self._folder is not None:
            self.open(self._folder)

    def areas(self) -> list[QWidget]:
        return [self.filter, self.grid if self.grid.isVisible() else self.project_grid]

    # The folder

    @property
    def is_busy(self) -> bool:
        """Whether files are being looked at, or written."""
        return self._job is not None or self.panel.is_busy

    def ask_folder(self) -> None:
        """Let the officer choose a folder."""
        place = self._folder or (self.desk.ledger.path.parent if self.desk.is_open else documents())
        chosen = QFileDialog.getExistingDirectory(self, _("打开存放台账的文件夹"), str(place))
        if chosen:
            self.open(Path(chosen))

    def open(self, folder: Path) -> None:
        """Look at every ledger of a folder."""
        if folder != self._folder:
            self.year.set_value("")
        self._folder = folder
        if self.desk.settings is not None:
            self.desk.settings.many_folder = folder
        self.look_again()

    def look_again(self) -> None:
        """Look at the files as they are now."""
        self._look()

    def _look(self, afterwards: Callable[[], None] = lambda: None) -> None:
        folder = self._folder
        if folder is None or self.panel.is_busy:
            return
        if self._job is not None:
            self._job.cancel()
        year, today = int(self.year.value() or 0) or None, self.desk.today()

        def work(progress: Progress) -> Overview:
            return overview(folder, year, today, progress)

        self._afterwards = afterwards
        self.message.hide()
        self.bar.setRange(0, 0)
        job = self._job = many_lane.start(work)
        job.progressed.connect(self._step)
        job.done.connect(self._take)
        job.failed.connect(self._fail)
        self._follow()

    def stop(self) -> None:
        """Stop looking at files; what was on show stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._follow()
            self._refuse(_("已停止。点“刷新”重新读取。"))

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.sums.setText(_("正在读取，已完成{done}个，共{total}个文件").format(done=done, total=total))

    def _take(self, found: Overview) -> None:
        self._job, self.found = None, found
        years = sorted({year for row in found.rows for year in (*row.years, row.year) if year}, reverse=True)
        labels = {str(year): _("{year}年度").format(year=year) for year in years}
        self.year.set_options({"": _("各文件最新年度"), **labels})
        if found.problems or not found.rows:
            words = _("文件夹“{name}”里没有台账文件（.ysz）。").format(name=found.folder.name)
            self._refuse("\n".join(found.problems or (words,)))
        self._show_rows()
        self._follow()
        if self.grid.isVisible() and not self.filter.hasFocus():
            self.grid.setFocus()
        if self.files.rows and self.grid.current is None:
            self.grid.setCurrentIndex(self.files.index(0, 0))
        self._afterwards()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._follow()
        if not isinstance(error, UserError):
            raise error
        self._refuse(str(error))

    def _refuse(self, words: str) -> None:
        self.message.setText(words)
        self.message.setAccessibleName(words)
        self.message.show()

    # The table

    @property
    def rows(self) -> list[FileRow]:
        """The files on show, as filtered."""
        return narrowed(self.found.rows, self.filter.text()) if self.found else []

    def _show_rows(self) -> None:
        rows = self.rows
        self.files.show_files(rows)
        self.projects.show_files(rows)
        if self.found is None:
            return
        whole = total(rows)
        parts = [sum_words(rows)]
        amounts = (_("全年预算"), whole.budget), (_("实际支出"), whole.spent)
        parts += [f"{name}{self.desk.money(amount)}{self.desk.money_unit}" for name, amount in amounts]
        parts.append(_("执行率{rate}").format(rate=rate_of(whole)))
        if errors := sum(1 for row in rows if row.errors):
            parts.append(_("有错误的{n}个").format(n=errors))
        self.sums.setText("；".join((parts[0], "，".join(parts[1:]))))

    def _open_row(self, record: object) -> None:
        row = getattr(record, "file", record)
        if not isinstance(row, FileRow):
            return  # the sum
        self.desk.file_asked.emit(row.path)
        if self.desk.is_open and self.desk.ledger.path.absolute() == row.path.absolute():
            if row.has_figures:
                self.desk.set_year(row.year)
            self.desk.go(About("page", 0, "overview"))

    def _say(self, record: object) -> None:
        words = "" if record is None else getattr(record, "remark", "")
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    # What can be done with all files

    def ask_table(self) -> None:
        """Ask where the tables are saved."""
        assert self.found is not None
        proposed = self.found.folder / _("{name}_多单位汇总.xlsx").format(name=self.found.folder.name)
        chosen, kind = QFileDialog.getSaveFileName(self, _("导出汇总表"), str(proposed), TABLES)
        if chosen:
            target = Path(chosen)
            suffix = CSV if CSV in kind or target.suffix.lower() == CSV else ".xlsx"
            self.save_table(target if target.suffix.lower() == suffix else target.with_name(target.name + suffix))

    def save_table(self, target: Path) -> None:
        """Write the rows on show; the suffix says in which format. A .csv holds the table on show alone."""
        found, rows = self.found, self.rows
        assert found is not None
        first = 1 if self.kind.value() == PROJECTS else 0

        def work(_progress: Progress) -> Path:
            from core.export.sheet import write_tables

            made = tables(found, rows)
            write_tables(target, made[first:] if target.suffix.lower() == CSV else made)
            return target

        job = self._job = many_lane.start(work)
        job.done.connect(self._saved)
        job.failed.connect(self._fail)
        self._follow()

    def _saved(self, path: Path) -> None:
        self._job = None
        self._follow()
        self.desk.told.emit(_("汇总表已保存到“{path}”。").format(path=path), False)

    def print_summary(self) -> None:
        """Show 汇总表 of the files on show, to be printed or saved."""
        if self.found is not None:
            self._show_paper(summary_paper(self.found, self.rows, self.desk.today()))

    def check_all(self) -> None:
        """Look at the files again, then show what is open in them, by unit."""
        self._look(self._show_findings)

    def _show_findings(self) -> None:
        assert self.found is not None
        self._show_paper(findings_paper(self.found, self.rows, self.desk.today()))

    def _show_paper(self, paper: Document) -> None:
        from ui.dialogs.many_papers import ManyPaperDialog

        assert self.found is not None
        dialog = ManyPaperDialog(paper, self.found.folder, self.desk, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def report_all(self) -> None:
        """Offer the reports of the files on show."""
        if self.found is not None:
            self.panel.begin(self.found, self.rows)

    # Put together

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open(paths[0] if paths[0].is_dir() else paths[0].parent)

    def _follow(self) -> None:
        """The buttons that can be used now."""
        busy, has = self._job is not None, self.found is not None
        self._begin.setVisible(not has and not busy)
        for part in (self._card, self._tools, self._unit):
            part.setVisible(has or busy)
        self.folder_button.setVisible(has or busy)
        self.again_button.setVisible(has or self._folder is not None)
        for made in (self.export_button, self.print_button, self.check_button, self.report_button):
            made.setEnabled(bool(has and not busy and self.found and self.found.rows))
        self.again_button.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self._place.setText(str(self._folder or ""))
        self._place.setToolTip(str(self._folder or ""))
        shows_files = self.kind.value() != PROJECTS
        self.grid.setVisible(shows_files)
        self.project_grid.setVisible(not shows_files)
        if not busy and has:
            self._show_rows()

    def _connect(self) -> None:
        for grid in (self.grid, self.project_grid):
            grid.opened.connect(self._open_row)
            grid.moved.connect(self._say)
        self.filter.textChanged.connect(lambda _text: self._show_rows())
        self.year.picked.connect(lambda _year: self.look_again())
        self.kind.picked.connect(lambda _kind: self._follow())
        self.panel.closed.connect(self.grid.setFocus)
        for keys, action in (("F5", self.look_again), ("Ctrl+F", self.filter.setFocus)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(action)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.stop)

    def _build(self) -> None:
        self.grid.setAccessibleName(_("台账文件一览"))
        self.project_grid.setAccessibleName(_("各单位项目一览"))
        self.filter.setAccessibleName(_("筛选"))
        self.filter.setMaximumWidth(scaled(190))
        self.filter.setMinimumWidth(scaled(90))
        self.year.setAccessibleName(_("年度"))
        self.check_button.setToolTip(_("按单位列出全部未处理的问题，打印或保存"))
        self.report_button.setToolTip(_("把列出的每个台账的自评报告存到一个文件夹"))
        head = _line(label(self.title, "title"), self._place, self.stop_button, self.again_button, self.folder_button)
        head.setStretch(1, 1)
        tools = _line(self.kind, self.year, self.filter)
        tools.setStretch(2, 10)
        tools.addStretch(1)
        for made in (self.export_button, self.print_button, self.check_button, self.report_button):
            tools.addWidget(made)
        self._tools.setLayout(tools)
        tools.setContentsMargins(0, 0, 0, 0)
        self.bar.setFixedHeight(4)
        for part in (self.message, self.remark):
            part.hide()
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        inside.addWidget(self.project_grid)
        foot = _line(self.sums, self._unit)
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        for part in (self.bar, self.message, self.panel, self._tools):
            layout.addWidget(part)
        layout.addLayout(foot)
        layout.addWidget(self._card, 1)
        layout.addWidget(self.remark)
        self._build_begin()
        layout.addWidget(self._begin, 1)

    def _build_begin(self) -> None:
        column = QVBoxLayout(self._begin)
        column.addStretch(1)
        first = label(_("把一个文件夹里的台账汇总成一张表"), "heading")
        text = _("每个单位一个 .ysz 文件，放在同一个文件夹或它的子文件夹里。只读取，不改动任何文件；备份文件夹不计入。")
        column.setSpacing(12)
        for part in (first, label(text, "second"), self.first_button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


def _line(*parts: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(10)
    for part in parts:
        made.addWidget(part)
    return made
