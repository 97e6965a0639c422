"""A folder of checked reports as one table: what each is, what was found, and the way to its text."""

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.checked_reports import ReportLine
from core.i18n import _
from ui.tables import Column, RecordTable
from ui.widgets.opening_grid import OpeningGrid
from ui.widgets.parts import button, label

_COUNTS = ("figures", "understood", "errors", "warnings", "infos")
_COLUMNS = (
    Column("name", _("文件"), 0),
    Column("unit", _("单位"), 190),
    Column("year", _("年度"), 64, is_amount=True),
    Column("figures", _("数字"), 64, is_amount=True, is_computed=True),
    Column("understood", _("已复算"), 74, is_amount=True, is_computed=True),
    Column("errors", _("错误"), 64, is_amount=True, is_computed=True),
    Column("warnings", _("提醒"), 64, is_amount=True, is_computed=True),
    Column("infos", _("提示"), 64, is_amount=True, is_computed=True),
    Column("state", _("状态"), 104),
)
_TONES = {_("有错误"): "error", _("有疑点"): "warning", _("未发现问题"): "good", _("无法核查"): "second"}


class FolderModel(RecordTable):
    """Rows are ``ReportLine``."""

    sorts = frozenset(column.key for column in _COLUMNS)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.lines: list[ReportLine] = []

    def key(self, record: Any) -> Hashable:
        return record.path

    def text(self, record: Any, column: str) -> str:
        line: ReportLine = record
        if column == "name":
            return line.path.name
        if column in _COUNTS and line.problem:
            return "—"
        return str(getattr(line, column) or ("" if column == "year" else 0 if column in _COUNTS else "—"))

    def tone(self, record: Any, column: str) -> str:
        text = self.text(record, column)
        if column == "state":
            return _TONES[text]
        if text in ("0", "—"):
            return "faint"
        return {"errors": "error", "warnings": "warning"}.get(column, "")

    def tip(self, record: Any, column: str) -> str:
        return record.problem or (str(record.path) if column == "name" else "")

    def is_strong(self, record: Any) -> bool:
        return bool(record.errors)

    def sort_by(self, column: str, falling: bool) -> None:
        self.sorted_by = (column, falling and bool(column))
        self.show_lines(self.lines)
        self.tell_all()

    def show_lines(self, lines: Sequence[ReportLine]) -> None:
        """Show these reports in the order chosen."""
        self.lines = list(lines)
        by, falling = self.sorted_by
        self.show_rows(sorted(self.lines, key=lambda line: _rank(line, by), reverse=falling) if by else self.lines)


def _rank(line: ReportLine, by: str) -> tuple[int, str]:
    if by == "state":
        return (3 if line.problem else 2 if line.errors else 1 if line.warnings else 0), line.path.name
    if by in ("name", "unit"):
        return 0, line.path.name if by == "name" else line.unit
    return (-1 if line.problem else getattr(line, by)), line.path.name


class CheckedFolder(QWidget):
    """The table with its progress; ``opened`` asks to see one report."""

    opened = Signal(object)  # ReportLine
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.model = FolderModel(self)
        self.grid = OpeningGrid(self.model)
        self.grid.setAccessibleName(_("报告核查一览"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(6)
        self.count = label("", "second")
        self.stop = button(_("停止"), self.cancelled.emit)
        self._about = label("", "hint-warning", wraps=True)
        self._about.hide()
        self.grid.opened.connect(self.opened)
        self.grid.moved.connect(self._say)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.count)
        head.addWidget(self.bar, 1)
        head.addWidget(self.stop)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(card, 1)
        layout.addWidget(self._about)
        hint = _("按Enter或双击打开一份报告；点列名排序。数字：文中数字个数；已复算：能重新计算的个数。")
        layout.addWidget(label(hint, "faint"))

    def begin(self, folder: Path, total: int) -> None:
        """Begin a folder of so many reports."""
        self.folder = folder
        self.model.lines = []
        self.model.reset_rows([])
        self.bar.setRange(0, total)
        for widget in (self.bar, self.stop):
            widget.show()
        self._about.hide()
        self._count(0, total)

    def add(self, line: ReportLine) -> None:
        """Show one report more."""
        self.model.show_lines([*self.model.lines, line])
        if len(self.model.lines) == 1:
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self._count(len(self.model.lines), self.bar.maximum())

    def end(self) -> None:
        """All reports are checked, or it was stopped."""
        for widget in (self.bar, self.stop):
            widget.hide()
        lines = self.model.lines
        found = {
            _("有错误"): sum(1 for one in lines if one.errors),
            _("有疑点"): sum(1 for one in lines if not one.errors and one.warnings),
            _("无法核查"): sum(1 for one in lines if one.problem),
        }
        parts = [_("共{n}份报告").format(n=len(lines)), *(f"{name}{n}份" for name, n in found.items() if n)]
        if len(lines) < self.bar.maximum():
            parts.append(_("已停止，还有{n}份没有核查").format(n=self.bar.maximum() - len(lines)))
        self.count.setText("，".join(parts) + "。")

    def _count(self, done: int, total: int) -> None:
        self.bar.setValue(done)
        self.count.setText(_("正在核查，已完成{done}份，共{total}份").format(done=done, total=total))

    def _say(self, line: ReportLine | None) -> None:
        self._about.setText(line.problem if line else "")
        self._about.setVisible(bool(line and line.problem))
