"""What goes out of the ledger: the whole of it as a workbook, or the tables of the year, one or all of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.collecting import paused
from core.errors import UserError
from core.export.sheet import SheetTable, write_tables
from core.i18n import _
from core.jobs import Progress
from core.workbook_backup import Exported, export_workbook
from core.year_tables import commitment_table, event_table, finding_table, payment_table, project_table, year_tables
from ui.desk import Desk
from ui.fields import Pick
from ui.intake import intake_lane
from ui.tasks import Job, Work
from ui.widgets.parts import button, label

WORKBOOK = _("Excel 工作簿（*.xlsx）")
TEXT = _("文本表格（*.csv）")
_TABLES = {
    "projects": _("项目预算"),
    "events": _("预算变动"),
    "payments": _("支出"),
    "commitments": _("在途"),
    "findings": _("核对结果"),
}


class ExportPanel(QWidget):
    """Each kind of export in a card; one runs at a time, with progress, and can be stopped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._job: Job | None = None
        self.whole = button(_("导出备份表…"), self.ask_whole, "primary")
        self.year = button(_("导出年度表格…"), self.ask_year)
        self.table = Pick({key: _TABLES[key] for key in _TABLES})
        self.one = button(_("导出这张表…"), self.ask_table)
        self.bar = QProgressBar()
        self.stop = button(_("取消"), self._stop)
        self.said = label("", "second", wraps=True)
        self.fault = label("", "hint-error", wraps=True)
        self._build()

    def ask_whole(self) -> None:
        """Ask for a place and write everything there."""
        name = _("{name}_全部数据.xlsx").format(name=self.desk.ledger.path.stem)
        if path := self._ask(name, WORKBOOK):
            self.save_whole(path)

    def save_whole(self, target: Path) -> None:
        """Write the whole ledger as a workbook that can be read back."""
        book, line = self.desk.book, self.desk.ledger.last_line()
        at = (line.id, line.chain) if line else (0, "")

        def work(progress: Progress) -> Exported:
            with paused():
                return export_workbook(book, target, *at, progress=progress)

        def done(answer: Exported) -> None:
            rows = sum(answer.rows.values())
            text = _("全部数据（{rows}条记录）已导出到“{path}”。")
            self._end("\n".join(filter(None, (text.format(rows=rows, path=answer.path), answer.note))))

        self._start(work, done)

    def ask_year(self) -> None:
        """Ask for a place and write the tables of the year there."""
        name = _("{name}_{year}年度.xlsx").format(name=self.desk.ledger.path.stem, year=self.desk.year)
        if path := self._ask(name, WORKBOOK):
            self.save_tables(path, "")

    def ask_table(self) -> None:
        """Ask for a place and write one table there."""
        title = self.table.currentText()
        name = _("{title}_{year}年度.xlsx").format(title=title, year=self.desk.year)
        if path := self._ask(name, f"{WORKBOOK};;{TEXT}"):
            self.save_tables(path, self.table.value())

    def save_tables(self, target: Path, which: str) -> None:
        """Write one table of the year on show, or with an empty ``which`` all of them."""
        book, year, found = self.desk.book, self.desk.year, self.desk.review()
        makers: dict[str, Callable[[], SheetTable]] = {
            "projects": lambda: project_table(book, year),
            "events": lambda: event_table(book, year),
            "payments": lambda: payment_table(book, year),
            "commitments": lambda: commitment_table(book, year),
            "findings": lambda: finding_table(book, found),
        }

        def work(_progress: Progress) -> Path:
            tables = [makers[which]()] if which else year_tables(book, year, found)
            write_tables(target, tables)
            return target

        self._start(work, lambda path: self._end(_("已导出到“{path}”。").format(path=path)))

    @property
    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._job is not None

    def _ask(self, name: str, kinds: str) -> Path | None:
        offer = str(self.desk.ledger.path.with_name(name))
        chosen, kind = QFileDialog.getSaveFileName(self, _("导出"), offer, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        ending = ".csv" if kind == TEXT else ".xlsx"
        return path if path.suffix.lower() in (".csv", ".xlsx") else path.with_name(path.name + ending)

    def _start(self, work: Work, done: Callable[[object], None]) -> None:
        job = self._job = intake_lane.start(work)
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        job.progressed.connect(self._on_stepped)
        self.bar.setRange(0, 0)
        self.said.setText(_("正在导出…"))
        self._busy(True)

    def _on_stepped(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _end(self, text: str) -> None:
        self._job = None
        self.said.setText(text)
        self._busy(False)

    def _on_failed(self, error: Exception) -> None:
        self._end("")
        if not isinstance(error, UserError):
            raise error
        self.fault.setText(str(error))
        self.fault.show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end(_("已取消，没有写出文件。"))

    def _busy(self, is_busy: bool) -> None:
        for widget in (self.bar, self.stop):
            widget.setVisible(is_busy)
        for made in (self.whole, self.year, self.one):
            made.setEnabled(not is_busy)
        if is_busy:
            self.fault.hide()

    def _card(self, title: str, text: str, *widgets: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(label(text, "second", wraps=True))
        layout.addStretch(1)
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        layout.addLayout(row)
        return card

    def _build(self) -> None:
        self.table.setAccessibleName(_("要导出的表"))
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(220)
        self.bar.setAccessibleName(_("导出进度"))
        whole = _(
            "台账的全部内容，一类记录一张表，中文列名，可以用 Excel 或 WPS 阅读和修改。"
            "可以完整恢复成台账；交给同事修改后，可以在“读回修改”中逐格比较、选择采纳。"
        )
        year = _("本年度的项目预算、预算变动、支出、在途和核对结果，一个工作簿，金额为数字，可以直接求和。")
        one = _("只导出其中一张，可以存为 .xlsx 或 .csv（UTF-8，Excel 和 WPS 都能直接打开）。")
        cards = QGridLayout()
        cards.setSpacing(12)
        cards.addWidget(self._card(_("全部数据备份表"), whole, self.whole), 0, 0)
        cards.addWidget(self._card(_("年度表格"), year, self.year), 0, 1)
        cards.addWidget(self._card(_("单张表格"), one, self.table, self.one), 0, 2)
        for column in range(3):
            cards.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.bar)
        foot.addWidget(self.stop)
        foot.addWidget(self.said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(cards)
        layout.addLayout(foot)
        layout.addWidget(self.fault)
        layout.addStretch(1)
        self.fault.hide()
        self._busy(False)
