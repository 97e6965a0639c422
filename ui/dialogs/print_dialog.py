"""Print the report: all pages to look at, which document, printer, pages, copies; or save it as a file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
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
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.page_range import parse_page_range
from core.report_files import file_name, working_paper_of
from ui.desk import Desk
from ui.fields import Pick
from ui.paper import Paper, joined, print_document, print_submission, write_documents
from ui.printing import PrintOrder, printers, send
from ui.tasks import Job, Latest, paper_lane
from ui.widgets.parts import soon
from ui.widgets.preview import FIT_PAGE
from ui.widgets.preview_pane import PreviewPane

SUBMISSION, WORKING, BOTH = "submission", "working", "both"
KINDS = {SUBMISSION: _("自评报告"), WORKING: _("内部工作底稿"), BOTH: _("自评报告和内部工作底稿")}


class PrintDialog(QDialog):
    """The documents are those of the file as saved. Closing it stops what is under way."""

    def __init__(self, desk: Desk, kind: str = SUBMISSION, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.papers: tuple[Paper, ...] = ()
        self._pdf = b""
        self._job: Job | None = None
        self.setWindowTitle(_("打印{year}年度报告").format(year=desk.year))
        self.pane = PreviewPane()
        self.pane.view.set_zoom(FIT_PAGE)
        self.kind = Pick(KINDS)
        self.kind.setAccessibleName(_("文件"))
        self.printer = Pick({name: name for name in printers()} or {"": _("没有打印机")})
        self.printer.setAccessibleName(_("打印机"))
        self.range = QLineEdit(placeholderText=_("全部，或 1-3,5"))
        self.range.setAccessibleName(_("页码范围"))
        self.copies = QSpinBox(minimum=1, maximum=99)
        self.copies.setAccessibleName(_("份数"))
        self.duplex = QCheckBox(_("双面打印（长边翻页）"))
        self.note = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(6)
        self.print_button = QPushButton(_("打印"))
        self.print_button.setProperty("role", "primary")
        self.pdf_button = QPushButton(_("保存为PDF…"))
        self.html_button = QPushButton(_("保存为HTML…"))
        self.close_button = QPushButton(_("关闭"))
        self._latest = Latest(paper_lane, 0, self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._fail)
        self.kind.picked.connect(self._make)
        self.range.textChanged.connect(self._check)
        self.print_button.clicked.connect(self.print)
        self.pdf_button.clicked.connect(lambda: self._ask_and_save("pdf"))
        self.html_button.clicked.connect(lambda: self._ask_and_save("html"))
        self.close_button.clicked.connect(self.reject)
        self._build()
        self.kind.set_value(kind)
        self._make()

    # The documents

    @property
    def is_busy(self) -> bool:
        """Whether pages are being made, printed or saved."""
        return self._latest.is_busy or self._job is not None

    def _make(self) -> None:
        """Print the chosen documents into memory."""
        desk, kind = self.desk, self.kind.value()
        works: list[Callable[[Progress], Paper]] = []
        try:
            if kind != WORKING:
                works.append(partial(print_submission, desk.book, desk.year))
            if kind != SUBMISSION:
                works.append(partial(print_document, working_paper_of(desk.ledger, desk.year, datetime.now())))
        except UserError as error:
            self._fail(error)
            return
        self.papers, self._pdf = (), b""
        self._check()
        self._latest.ask(partial(_print_all, works), at_once=True)

    def _show(self, made: tuple[tuple[Paper, ...], bytes]) -> None:
        self.papers, self._pdf = made
        self.pane.say("")
        self.pane.view.show_pdf(self._pdf, [size for paper in self.papers for size in paper.info.sizes])
        self._check()

    @property
    def pages(self) -> int:
        """How many pages the chosen documents have."""
        return sum(paper.info.pages for paper in self.papers)

    # Printing and saving

    def print(self) -> None:
        """Print what is chosen."""
        try:
            pages = parse_page_range(self.range.text(), self.pages)
        except UserError as error:
            self._say(str(error), "error")
            return
        order = PrintOrder(
            self._pdf,
            "、".join(paper.document.title for paper in self.papers),
            self.printer.value(),
            tuple(pages),
            self.copies.value(),
            self.duplex.isChecked(),
        )
        self._start(partial(send, order), _("已送往打印机“{name}”。").format(name=order.printer))

    def save(self, targets: Sequence[Path]) -> None:
        """Write each document into its file; the suffix says in which format."""
        documents = [paper.document for paper in self.papers]
        work = partial(write_documents, list(zip(documents, targets, strict=True)), datetime.now())
        self._start(work, _("已保存：{names}").format(names="、".join(str(path) for path in targets)))

    def _ask_and_save(self, suffix: str) -> None:
        folder = self.desk.ledger.path.parent
        names = [file_name(paper.document, suffix) for paper in self.papers]
        if len(names) == 1:
            chosen = ask_target(self, folder / names[0])
            targets = [chosen] if chosen else []
        else:
            place = QFileDialog.getExistingDirectory(self, _("保存到文件夹"), str(folder))
            targets = [Path(place) / name for name in names] if place else []
        if targets:
            self.save(targets)

    def _start(self, work: Callable[[Progress], None], done: str) -> None:
        self._job = paper_lane.start(work)
        self._job.done.connect(lambda _answer: self._end(done, "good"))
        self._job.failed.connect(self._fail)
        self._job.progressed.connect(self._on_progress)
        self._say(_("正在处理…"), "second")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.close_button.setText(_("取消"))
        self._check()

    def _end(self, text: str, role: str) -> None:
        self._job = None
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
                parse_page_range(self.range.text(), self.pages)
            except UserError as error:
                problem = str(error)
        has_printer = bool(self.printer.value())
        self.print_button.setEnabled(ready and has_printer and not problem)
        self.pdf_button.setEnabled(ready)
        self.html_button.setEnabled(ready)
        for widget in (self.printer, self.range, self.copies, self.duplex):
            widget.setEnabled(has_printer)
        if problem:
            self._say(problem, "error")
        elif not has_printer:
            self._say(_("这台电脑没有安装打印机。可以先保存为PDF，再拿到有打印机的电脑上打印。"), "warning")
        else:
            self._say("", "second")

    def _say(self, text: str, role: str) -> None:
        self.note.setText(text)
        self.note.setProperty("role", role)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _build(self) -> None:
        self.bar.hide()
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, widget in (
            (_("文件"), self.kind),
            (_("打印机"), self.printer),
            (_("页码"), self.range),
            (_("份数"), self.copies),
            ("", self.duplex),
        ):
            form.addRow(label, widget)
        side = QFrame()
        side.setProperty("role", "column")
        side.setFixedWidth(310)
        left = QVBoxLayout(side)
        left.setContentsMargins(18, 18, 18, 16)
        left.setSpacing(12)
        left.addLayout(form)
        left.addWidget(self.note)
        left.addWidget(self.bar)
        left.addStretch(1)
        left.addWidget(self.pdf_button)
        left.addWidget(self.html_button)
        row = QHBoxLayout()
        row.addWidget(self.close_button, 1)
        row.addWidget(self.print_button, 1)
        left.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self.pane, 1)
        self.resize(960, 700)
        soon(self, self.print_button.setFocus)


def ask_target(parent: QWidget, proposed: Path) -> Path | None:
    """Ask where to save a file of the proposed name; its suffix is kept."""
    suffix = proposed.suffix
    kinds = {".pdf": _("PDF 文件"), ".html": _("网页文件")}
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("保存为"), str(proposed), f"{kinds[suffix]} (*{suffix})")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def _print_all(works: Sequence[Callable[[Progress], Paper]], progress: Progress) -> tuple[tuple[Paper, ...], bytes]:
    papers = tuple(work(progress) for work in works)
    return papers, papers[0].pdf if len(papers) == 1 else joined(paper.pdf for paper in papers)
