"""A workbook that a colleague edited, held against the ledger cell by cell: what was exported, mine, theirs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.collecting import paused
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.three_way import CellChange, compare, exported_state, field_text, place_text, side_text, take
from core.workbook_columns import sheet_title
from core.workbook_header import Header
from core.workbook_reader import read_workbook
from ui.desk import Desk
from ui.fields import Pick
from ui.form import forecast, save
from ui.intake import intake_lane
from ui.tables import Column, Look, RecordTable
from ui.tasks import Job
from ui.widgets.export_panel import WORKBOOK
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label, set_role

TAKEN = "taken"
TRIED = 2000  # differences up to which it is said what taking them would break


class CompareTable(RecordTable):
    """One difference in each row. Rows are their numbers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column(TAKEN, _("采纳"), 62),
            Column("sheet", _("工作表"), 100),
            Column("record", _("记录"), 270),
            Column("field", _("列"), 110),
            Column("base", _("导出时"), 150),
            Column("mine", _("台账现在"), 150),
            Column("theirs", _("工作簿中"), 170),
            Column("note", _("说明"), 0),
        )
        super().__init__(columns, parent)
        self._desk = desk
        self.changes: Sequence[CellChange] = ()
        self.taken: set[int] = set()

    def key(self, record: int) -> int:
        return record

    def text(self, record: int, column: str) -> str:
        one, book = self.changes[record], self._desk.book
        match column:
            case "taken":
                return _("采纳") if record in self.taken else _("不采纳")
            case "sheet":
                return sheet_title(type(one.record))
            case "record":
                return place_text(book, one)
            case "field":
                return field_text(one)
            case "note":
                return _("台账里也改过，采纳会覆盖台账现在的内容") if one.conflict else ""
        return side_text(book, one, getattr(one, column))

    def tone(self, record: int, column: str) -> str:
        if column == "note":
            return "warning"
        if column == TAKEN:
            return "good" if record in self.taken else "faint"
        return "accent" if column == "theirs" and record in self.taken else "second" if column == "base" else ""

    def ground(self, record: int, column: str) -> str:
        return "warning_soft" if self.changes[record].conflict and column in ("mine", "theirs") else ""

    def look(self, record: int, column: str) -> Look:
        return Look(strong=column == "theirs" and record in self.taken)

    def tip(self, record: int, column: str) -> str:
        return self.text(record, column)


class CompareGrid(GridView):
    """Space takes the chosen differences over, or leaves them."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class WorkbookCompare(QWidget):
    """The workbook is read in the background; what is taken over is one step to undo."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._job: Job | None = None
        self._path: Path | None = None
        self.choose = button(_("选择工作簿…"), self.ask, "primary")
        self.stop = button(_("取消"), self._stop)
        self.bar = QProgressBar()
        self.said = label("", "second", wraps=True)
        self.fault = label("", "hint-error", wraps=True)
        self.table = CompareTable(desk, self)
        self.grid = CompareGrid(self.table, self)
        self.sheet = Pick({"": _("全部工作表")})
        self.all = button(_("全部采纳"), lambda: self._mark(self.table.rows, True))
        self.none = button(_("全部不采纳"), lambda: self._mark(self.table.rows, False))
        self.some = button(_("采纳或不采纳所选"), self._toggle)
        self.forecast = label("", "hint-info", wraps=True)
        self.take = button(_("写入台账"), self._take, "primary")
        self._count = label("", "strong", wraps=True)
        self._card = QFrame()
        self._build()

    def ask(self) -> None:
        """Let the officer choose a workbook."""
        folder = str(self._path.parent if self._path else self.desk.ledger.path.parent)
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择修改过的工作簿"), folder, WORKBOOK)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Read a workbook and compare it with the ledger."""
        self._stop()
        self._path = path
        book, journal = self.desk.book, self.desk.ledger.journal()

        def work(progress: Progress) -> tuple[list[CellChange], Header, tuple[str, ...]]:
            with paused():
                returned = read_workbook(path, progress)
                progress.check()
                base = exported_state(book, journal, returned.header)
                return compare(base, book, returned.book), returned.header, returned.notes

        job = self._job = intake_lane.start(work)
        job.done.connect(self._on_read)
        job.failed.connect(self._on_failed)
        job.progressed.connect(self._on_stepped)
        self.said.setText(_("正在读取“{name}”并与台账比较…").format(name=path.name))
        self.bar.setRange(0, 0)
        self.fault.hide()
        self._busy(True)

    def refresh(self) -> None:
        """The ledger is not as it was: compare anew with what is there now."""
        if self._path is not None and self._job is None and self.table.changes:
            self.open(self._path)

    def forget(self) -> None:
        """Another file is open: what was compared is not of it."""
        self._stop()
        self._path = None
        self.fault.hide()
        self._clear()

    def _on_stepped(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_read(self, answer: tuple[list[CellChange], Header, tuple[str, ...]]) -> None:
        self._job = None
        self._busy(False)
        changes, header, notes = answer
        name = self._path.name if self._path else ""
        text = _("“{name}”导出于{at}，有{count}处与台账不同。") if changes else _("“{name}”与台账没有不同之处。")
        told = [text.format(name=name, at=header.at, count=len(changes)), *notes]
        self.said.setText(" ".join(told))
        self.table.changes = changes
        self.table.taken = {number for number, one in enumerate(changes) if not one.conflict}
        titles = dict.fromkeys(sheet_title(type(one.record)) for one in changes)
        self.sheet.set_options({"": _("全部工作表"), **{title: title for title in titles}})
        self._card.setVisible(bool(changes))
        self._list()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._busy(False)
        if not isinstance(error, UserError):
            raise error
        self._clear()
        self.fault.setText(str(error))
        self.fault.show()

    def _clear(self) -> None:
        self.table.changes, self.table.taken = (), set()
        self.table.reset_rows(())
        self._card.hide()
        self._say_usual()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._busy(False)
            self._say_usual()

    def _list(self) -> None:
        title = self.sheet.value()
        shown = [n for n, one in enumerate(self.table.changes) if title in ("", sheet_title(type(one.record)))]
        self.table.reset_rows(shown)
        self._say()

    def _mark(self, rows: Sequence[int], is_taken: bool) -> None:
        self.table.taken = self.table.taken | set(rows) if is_taken else self.table.taken - set(rows)
        self.table.tell_all()
        self._say()

    def _toggle(self) -> None:
        chosen = self.grid.chosen()
        self._mark(chosen, not all(number in self.table.taken for number in chosen))

    def _chosen(self) -> list[CellChange]:
        return [one for number, one in enumerate(self.table.changes) if number in self.table.taken]

    def _say(self) -> None:
        chosen, every = self._chosen(), self.table.changes
        clashes = sum(one.conflict for one in every)
        text = _("采纳{n}处，不采纳{rest}处").format(n=len(chosen), rest=len(every) - len(chosen))
        text += _("；{n}处台账里也改过（默认不采纳）").format(n=clashes) if clashes else ""
        self._count.setText(text + "。")
        self.take.setEnabled(bool(chosen) and not self.desk.file_readonly)
        self.take.setText(_("写入台账（{n}处）").format(n=len(chosen)))
        said = forecast(self.desk, lambda: take(self.desk.book, chosen)) if 0 < len(chosen) <= TRIED else None
        roles = {"error": "hint-error", "warning": "hint-warning", "good": "hint-good"}
        set_role(self.forecast, roles.get(said.tone if said else "", "hint-info"))
        self.forecast.setText(said.text if said else "")
        self.forecast.setVisible(bool(said and said.text))

    def _take(self) -> None:
        """Take over what is marked, as one step."""
        chosen = self._chosen()
        path, self._path = self._path, None  # the news of the change are not for this list: it is read anew below
        problem = save(self.desk, lambda: take(self.desk.book, chosen))
        self._path = path
        if problem:
            self.fault.setText(problem)
            self.fault.show()
            return
        self.desk.told.emit(_("已采纳工作簿中的{n}处修改，可以用“撤销”恢复。").format(n=len(chosen)), False)
        if path is not None:
            self.open(path)

    def _busy(self, is_busy: bool) -> None:
        for widget in (self.bar, self.stop):
            widget.setVisible(is_busy)
        self.choose.setEnabled(not is_busy)
        self._card.setEnabled(not is_busy)

    def _say_usual(self) -> None:
        self.said.setText(
            _("选择从本台账导出、由同事修改过的备份表。逐格列出导出时、台账现在和工作簿中的内容，选择采纳哪些。")
        )

    def _build(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(_("读取进度"))
        self.grid.setAccessibleName(_("工作簿中的修改"))
        self.grid.toggled.connect(self._toggle)
        self.grid.diverted.connect(lambda _record, _column, typed: None if typed else self._toggle())
        self.sheet.setAccessibleName(_("工作表"))
        self.sheet.picked.connect(lambda _title: self._list())
        top = QFrame()
        top.setProperty("role", "card")
        head = QHBoxLayout(top)
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(14)
        head.addWidget(self.choose)
        head.addWidget(self.said, 1)
        head.addWidget(self.bar)
        head.addWidget(self.stop)
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(8)
        tools = QHBoxLayout()
        for widget in (self.sheet, self.all, self.none, self.some):
            tools.addWidget(widget)
        tools.addWidget(Hint(_("空格或双击：采纳或不采纳所选的行")), 1)
        inside.addLayout(tools)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.forecast)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self.take)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(top)
        layout.addWidget(self.fault)
        layout.addWidget(self._card, 1)
        layout.addStretch(0)
        self.fault.hide()
        self.forecast.hide()
        self._card.hide()
        self._say_usual()
        self._busy(False)
