"""操作日志: who did what when, and what every record was before and after."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.change import Change
from core.errors import UserError
from core.history import KIND_LABELS, History, RecordChange, describe, shown_time
from core.i18n import _
from core.jobs import Progress
from core.journal_table import MOST_RECORDS
from core.ledger import Ledger, Outcome
from ui.desk import Desk
from ui.fields import Pick
from ui.files import TABLES, file_lane
from ui.page import Page
from ui.style import icon
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label
from ui.widgets.record_tree import RecordTree

NUMBER, TIME, WHO, KIND, TEXT = "number", "time", "who", "kind", "text"
COLUMNS = (
    Column(NUMBER, _("序号"), 64),
    Column(TIME, _("时间"), 142),
    Column(WHO, _("操作人"), 88),
    Column(KIND, _("类型"), 50),
    Column(TEXT, _("内容"), 0),
)


class JournalModel(RecordTable):
    """Rows are the lines on show; a cell is worded when it is painted."""

    naming = TEXT

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self.history = History()

    @property
    def lines(self) -> list[Any]:
        """The lines on show."""
        return self.rows

    def show_lines(self, words: str, kind: str) -> None:
        """List the lines that match, newest first."""
        self.reset_rows(self.history.matching(words, kind))

    def text(self, record: Any, column: str) -> str:
        match column:
            case "number":
                return str(record.id)
            case "time":
                return shown_time(record)
            case "who":
                return record.who
            case "kind":
                return KIND_LABELS[record.kind]
        return _("已撤销：{label}").format(label=record.label) if self.history.is_undone(record) else record.label

    def tone(self, record: Any, column: str) -> str:
        if column == NUMBER or self.history.is_undone(record):
            return "faint"
        return "warning" if column == KIND and record.kind != "do" else ""

    def tip(self, record: Any, column: str) -> str:
        return self.text(record, column) if column == TEXT else ""


class JournalPage(Page):
    """The lines at the left, what the chosen one did at the right."""

    name = "journal"
    title = _("操作日志")
    icon = "history"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ledger: Ledger | None = None
        self._is_listing = False  # while lines come and go, the chosen one is not shown yet
        self._count = label(role="faint")
        self.search = QLineEdit()
        self.kind = Pick({"": _("全部类型"), **KIND_LABELS})
        self.model = JournalModel(desk, self)
        self.table = GridView(self.model)
        self._heading = label(role="heading", wraps=True)
        self._about = label(role="second", wraps=True)
        self._rest = label(role="faint", wraps=True)
        self.records = RecordTree()
        self._read: tuple[int, Change, int] = (0, Change(""), 0)  # line, what it did, how many records
        self.go_button = button(_("定位到这条记录"), self._go)
        self.save_button = button(_("导出日志…"), self.ask_export)
        self._build()

    def refresh(self, _outcome: Outcome | None) -> None:
        """Read what is new in the journal; the chosen line stays chosen."""
        ledger = self.desk.ledger
        if ledger is not self._ledger:
            self._ledger = ledger
            self._read = (0, Change(""), 0)
            self.model.history = History()
            self.table.setCurrentIndex(QModelIndex())
        self.model.history.extend(ledger.journal(self.model.history.last_id))
        self._list()

    def areas(self) -> list[QWidget]:
        return [self.table, self.records]

    def ask_export(self) -> None:
        """Ask for a place and write the lines on show there."""
        ledger = self.desk.ledger
        offer = ledger.path.with_name(_("{name}_操作日志.xlsx").format(name=ledger.path.stem))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出操作日志"), str(offer), TABLES)
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write the lines on show with every field they changed, in the background."""
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(target.name + ".xlsx")
        book, history, lines = self.desk.book, self.model.history, list(self.model.lines)

        def write(progress: Progress) -> Path:
            from core.export.sheet import write_tables
            from core.journal_table import journal_table

            write_tables(target, [journal_table(book, history, lines, progress)])
            return target

        self.save_button.setEnabled(False)
        job = file_lane.start(write)
        job.done.connect(self._on_written)
        job.failed.connect(self._on_failed)

    def _on_written(self, path: Path) -> None:
        self.save_button.setEnabled(True)
        self.desk.told.emit(_("操作日志已导出到“{path}”。").format(path=path), False)

    def _on_failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.desk.told.emit(str(error), True)

    def _list(self) -> None:
        if self._ledger is None:
            return
        held = self._line_id()
        self.model.show_lines(self.search.text(), self.kind.value())
        lines, every = self.model.lines, len(self.model.history.lines)
        narrowed = _("{n}行，共{every}行").format(n=len(lines), every=every)
        self._count.setText(narrowed if len(lines) < every else _("共{every}行").format(every=every))
        rows = (row for row, line in enumerate(lines) if line.id == held)
        row = next(rows, 0) if held else 0
        self._is_listing = True
        if lines:
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._is_listing = False
        self._show_line()

    def _line_id(self) -> int:
        row = self.table.currentIndex().row()
        return self.model.lines[row].id if 0 <= row < len(self.model.lines) else 0

    def _show_line(self) -> None:
        """Show what the chosen line did."""
        if self._is_listing:
            return
        row, model = self.table.currentIndex().row(), self.model
        line = model.lines[row] if 0 <= row < len(model.lines) else None
        if line is None:
            self.records.show_records([])
            self._heading.setText(_("没有符合条件的记录。") if model.history.lines else _("还没有操作记录。"))
            self._about.clear()
            self._rest.hide()
            return
        if self._read[0] != line.id:
            self._read = (line.id, *model.history.change_of(line, MOST_RECORDS))
        _line, change, total = self._read
        records = describe(self.desk.book, change)
        self._heading.setText(line.label)
        about = _("第{n}行　{time}　{who}　{kind}　{count}条记录")
        self._about.setText(
            about.format(
                n=line.id,
                time=shown_time(line),
                who=line.who,
                kind=KIND_LABELS[line.kind],
                count=total,
            )
        )
        hidden = total - len(records)
        self._rest.setText(_("只列出前{n}条，另有{rest}条未列出。").format(n=len(records), rest=hidden))
        self._rest.setVisible(hidden > 0)
        self.records.show_records(records)

    def _show_go(self, record: RecordChange | None) -> None:
        self.go_button.setEnabled(record is not None and record.about is not None)

    def _go(self) -> None:
        record = self.records.record()
        if record is None or record.about is None:
            return
        if record.year:
            self.desk.set_year(record.year)
        self.desk.go(record.about)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(self.title, "title"))
        head.addWidget(self._count)
        head.addStretch(1)
        self.save_button.setIcon(icon("export"))
        head.addWidget(self.save_button)
        left = self._card()
        left.layout().addLayout(self._filters())  # type: ignore[union-attr]
        left.layout().addWidget(self.table)  # type: ignore[union-attr]
        right = self._card()
        inside = right.layout()
        assert isinstance(inside, QVBoxLayout)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(top)
        inside.addWidget(self._about)
        inside.addWidget(self.records, 1)
        inside.addWidget(self._rest)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 11)
        row.addWidget(right, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(row, 1)
        self._set_up_table()
        self.records.chosen.connect(self._show_go)
        self.records.activated.connect(lambda _index: self._go())
        self.setFocusProxy(self.table)
        self.setTabOrder(self.records, self.save_button)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(8)
        return card

    def _filters(self) -> QHBoxLayout:
        self.search.setPlaceholderText(_("搜索内容、时间、操作人"))
        self.search.setAccessibleName(_("搜索操作日志"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._list)
        self.kind.setAccessibleName(_("类型"))
        self.kind.picked.connect(self._list)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.kind)
        return row

    def _set_up_table(self) -> None:
        self.table.setAccessibleName(self.title)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setTabKeyNavigation(False)
        self.table.moved.connect(lambda _line: self._show_line())
