"""Print the report: all pages to look at, which document, printer, pages, copies; or save it as a file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.page_range import ALL_PAGES, SIDES, pages_of_side, parse_page_range
from core.report_files import file_name, working_paper_of
from ui.desk import Desk
from ui.fields import Pick
from ui.paper import Paper, joined, links_of, print_document, print_submission, write_documents
from ui.printing import PrintOrder, printers, send
from ui.style import scaled
from ui.tasks import Job, Latest, paper_lane
from ui.widgets.annex_menu import AnnexMenu
from ui.widgets.parts import button, label, open_at, set_role, soon
from ui.widgets.preview import FIT_PAGE
from ui.widgets.preview_pane import PreviewPane
from ui.widgets.submit_line import SubmitLine

SUBMISSION, WORKING, BOTH = "submission", "working", "both"
FORMATS = {
    ".pdf": _("PDF（打印、报送）"),
    ".docx": _("Word文档（可修改）"),
    ".xlsx": _("电子表格（附表和数据）"),
    ".html": _("网页（屏幕查看）"),
}
KINDS = {SUBMISSION: _("自评报告"), WORKING: _("内部工作底稿"), BOTH: _("自评报告和内部工作底稿")}


class PrintDialog(QDialog):
    """The documents are those of the file as saved. Closing it stops what is under way."""

    def __init__(self, desk: Desk, kind: str = SUBMISSION, saves: bool = False, parent: QWidget | None = None) -> None:
        """``saves``: it was opened to save a file, not to print."""
        super().__init__(parent)
        self.desk = desk
        self.papers: tuple[Paper, ...] = ()
        self._pdf = b""
        self._job: Job | None = None
        self.setWindowTitle(self._title())
        self.pane = PreviewPane()
        self.pane.view.set_zoom(FIT_PAGE)
        self.kind = Pick(KINDS)
        self.kind.setAccessibleName(_("文件"))
        self.annexes = AnnexMenu()
        self.printer = Pick({name: name for name in printers()} or {"": _("没有打印机")})
        self.printer.setAccessibleName(_("打印机"))
        self.range = QLineEdit(placeholderText=_("全部，或 1-3,5"))
        self.range.setAccessibleName(_("页码范围"))
        self.side = Pick(SIDES)
        self.side.setAccessibleName(_("单双页"))
        self.side.setToolTip(_("打印机不能双面打印时，先印单页，纸翻面放回后再印双页"))
        self.copies = QSpinBox(minimum=1, maximum=99)
        self.copies.setAccessibleName(_("份数"))
        self.duplex = QCheckBox(_("双面打印（长边翻页）"))
        self.note = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(6)
        self.print_button = QPushButton(_("打印"))
        self.format = Pick(FORMATS)
        self.format.setAccessibleName(_("格式"))
        self.save_button = QPushButton(_("保存…"))
        self._first = self.save_button if saves else self.print_button
        self._first.setProperty("role", "primary")
        self._saved: Path | None = None  # the folder that the last file went into
        self.folder_link = button(_("打开所在文件夹"), self._open_folder, "link")
        self.submit_link = button(_("登记报送…"), self._offer_submission, "link")
        self.submit_link.setToolTip(_("记下交给了谁，印出的数据留在文件里，以后可以比较"))
        self.submit_line = SubmitLine(desk)
        self.close_button = QPushButton(_("关闭"))
        self._latest = Latest(paper_lane, 0, self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._fail)
        self.kind.picked.connect(self._make)
        self.annexes.chosen.connect(self._make)
        self.range.textChanged.connect(self._check)
        self.side.currentIndexChanged.connect(lambda _index: self._check())
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self._ask_and_save)
        self.close_button.clicked.connect(self.reject)
        self.submit_line.kept.connect(lambda to: self._say(_("已登记报送：{to}。").format(to=to), "good"))
        self._build()
        self.kind.set_value(kind)
        self._make()

    # The documents

    @property
    def is_busy(self) -> bool:
        """Whether pages are being made, printed or saved."""
        return self._latest.is_busy or self._job is not None

    def _make(self, _choice: object = None) -> None:
        """Print the chosen documents into memory."""
        try:
            works = self._works()
        except UserError as error:
            self._fail(error)
            return
        self.papers, self._pdf = (), b""
        self.submit_link.hide()
        self.submit_line.give_up()
        self._check()
        self._latest.ask(partial(_print_all, works), at_once=True)

    def _works(self) -> list[Callable[[Progress], Paper]]:
        """What makes the chosen documents. Raises ``UserError`` where one cannot be made."""
        desk, kind, choice = self.desk, self.kind.value(), self.annexes.choice
        works: list[Callable[[Progress], Paper]] = []
        if kind != WORKING:
            works.append(partial(print_submission, desk.book, desk.year, choice))
        if kind != SUBMISSION:
            paper = working_paper_of(desk.ledger, desk.year, datetime.now(), choice)
            works.append(partial(print_document, paper))
        return works

    def _show(self, made: tuple[tuple[Paper, ...], bytes]) -> None:
        self.papers, self._pdf = made
        self.pane.say("")
        self.pane.show_pdf(self._pdf, [size for paper in self.papers for size in paper.info.sizes])
        self.pane.view.set_links(links_of(self.papers))
        self._check()

    @property
    def pages(self) -> int:
        """How many pages the chosen documents have."""
        return sum(paper.info.pages for paper in self.papers)

    # Printing and saving

    def print(self) -> None:
        """Print what is chosen."""
        try:
            pages = self._chosen_pages()
        except UserError as error:
            self._say(str(error), "error")
            return
        order = PrintOrder(
            self._pdf,
            "、".join(paper.document.title for paper in self.papers),
            self.printer.value(),
            tuple(pages),
            self.copies.value(),
            self.duplex.isChecked() and self.duplex.isEnabled(),
        )
        self._start(partial(send, order), _("已送往打印机“{name}”。").format(name=order.printer))

    def _offer_submission(self) -> None:
        """Ask to whom the report goes that was printed or saved."""
        [document] = (paper.document for paper in self.papers if paper.document.kind == SUBMISSION)
        self.submit_link.hide()
        self.submit_line.ask(document, self.annexes.choice)

    def _chosen_pages(self) -> list[int]:
        """The pages to be printed, from 1. Raises ``UserError``."""
        return pages_of_side(parse_page_range(self.range.text(), self.pages), self.side.value())

    def save(self, targets: Sequence[Path]) -> None:
        """Write each document into its file; the suffix says in which format."""
        documents = [paper.document for paper in self.papers]
        work = partial(write_documents, list(zip(documents, targets, strict=True)), datetime.now())
        names = "、".join(path.name for path in targets)
        self._start(work, _("已保存：{names}").format(names=names), targets[0].parent)

    # What the dialog is of

    def _title(self) -> str:
        return _("{year}年度报告：打印和保存").format(year=self.desk.year)

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        """The fields in which it is chosen what is printed."""
        return ((_("文件"), self.kind), (_("内容"), self.annexes))

    def _folder(self) -> Path:
        """Where files are saved unless another place is chosen."""
        return self.desk.report_folder or self.desk.ledger.path.parent

    def _name(self, paper: Paper, suffix: str) -> str:
        return file_name(paper.document, suffix)

    def _ask_and_save(self) -> None:
        folder = self._folder()
        names = [self._name(paper, self.format.value().lstrip(".")) for paper in self.papers]
        if len(names) == 1:
            chosen = _ask_target(self, folder / names[0])
            targets = [chosen] if chosen else []
        else:
            place = QFileDialog.getExistingDirectory(self, _("保存到文件夹"), str(folder))
            targets = [Path(place) / name for name in names] if place else []
        if targets:
            self.desk.choose_folder(targets[0].parent)
            self.save(targets)

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def _start(self, work: Callable[[Progress], None], done: str, folder: Path | None = None) -> None:
        self._job = paper_lane.start(work)
        self._job.done.connect(lambda _answer: self._end(done, "good", folder))
        self._job.failed.connect(self._fail)
        self._job.progressed.connect(self._on_progress)
        self.folder_link.hide()
        self.submit_link.hide()
        self.submit_line.give_up()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.close_button.setText(_("取消"))
        self._check()
        self._say(_("正在处理…"), "second")

    def _end(self, text: str, role: str, folder: Path | None = None) -> None:
        self._job = None
        self._saved = folder
        self.folder_link.setVisible(folder is not None)
        is_out = role == "good" and any(paper.document.kind == SUBMISSION for paper in self.papers)
        self.submit_link.setVisible(is_out and not self.desk.file_readonly)
        self.bar.hide()
        self.close_button.setText(_("关闭"))
        self._check()
        self._say(text, role)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if self._job is None:
            self.pane.say(str(error))
        self._end(str(error), "error")

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def reject(self) -> None:
        """While something is under way this stops it; else it closes the window."""
        if self._job is not None:
            self._job.cancel()
            self._end(_("已取消。"), "second")
        else:
            self._latest.stop()
            super().reject()

    # What can be done now

    def _check(self) -> None:
        ready = bool(self.papers) and self._job is None
        problem = ""
        if self.papers:
            try:
                self._chosen_pages()
            except UserError as error:
                problem = str(error)
        has_printer = bool(self.printer.value())
        self.print_button.setEnabled(ready and has_printer and not problem)
        self.save_button.setEnabled(ready)
        for widget in (self.printer, self.range, self.side, self.copies):
            widget.setEnabled(has_printer)
        self.duplex.setEnabled(has_printer and self.side.value() == ALL_PAGES)
        if problem:
            self._say(problem, "error")
        elif not has_printer:
            self._say(_("这台电脑没有安装打印机。可以保存为PDF，再拿到有打印机的电脑上打印。"), "warning")
        else:
            self._say("", "second")

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        set_role(self.note, role)

    def _build(self) -> None:
        self.bar.hide()
        self.folder_link.hide()
        self.submit_link.hide()
        saving = self._form((_("格式"), self.format))
        printing = self._form(
            (_("打印机"), self.printer),
            (_("页码"), self.range),
            (_("单双页"), self.side),
            (_("份数"), self.copies),
            ("", self.duplex),
        )
        side = QFrame()
        side.setProperty("role", "column")
        left = QVBoxLayout(side)
        left.setContentsMargins(18, 18, 18, 16)
        left.setSpacing(10)
        left.addLayout(self._form(*self._choices()))
        for title, form, made in (
            (_("保存为文件"), saving, self.save_button),
            (_("打印"), printing, self.print_button),
        ):
            left.addSpacing(10)
            left.addWidget(label(title, "strong"))
            left.addLayout(form)
            left.addWidget(made)
        left.addSpacing(6)
        left.addWidget(self.note)
        left.addWidget(self.folder_link)
        left.addWidget(self.submit_link)
        left.addWidget(self.submit_line)
        left.addWidget(self.bar)
        left.addStretch(1)
        left.addWidget(self.close_button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        area = QScrollArea()  # a low screen scrolls what is chosen
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(side)
        area.setFixedWidth(scaled(310))
        layout.addWidget(area)
        layout.addWidget(self.pane, 1)
        open_at(self, 960, 700)
        soon(self, self._first.setFocus)

    def _form(self, *rows: tuple[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widget in rows:
            line = label(name, "second")
            line.setMinimumWidth(40)
            form.addRow(line, widget)
        return form


def _ask_target(parent: QWidget, proposed: Path) -> Path | None:
    """Ask where to save a file of the proposed name; its suffix is kept."""
    suffix = proposed.suffix
    kind = FORMATS[suffix].partition("（")[0]
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("保存为"), str(proposed), f"{kind} (*{suffix})")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def _print_all(works: Sequence[Callable[[Progress], Paper]], progress: Progress) -> tuple[tuple[Paper, ...], bytes]:
    papers = tuple(work(progress) for work in works)
    return papers, papers[0].pdf if len(papers) == 1 else joined(paper.pdf for paper in papers)
