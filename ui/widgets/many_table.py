"""The tables of 多单位汇总: one row for each file with their sum, and one for each project of all files."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from core.attachments import size_text
from core.i18n import _
from core.many import SORTS, in_order, total
from core.many_look import FileRow, ProjectLine, Sums
from core.many_tables import AMOUNTS, rate_of, shown_moment, sum_words
from ui.desk import Desk
from ui.tables import Column, RecordTable

_WIDTHS = {"budget": 80, "spent": 80, "rate": 70, "carried": 74, "recovered": 74, "undisposed": 66}
_AMOUNTS = tuple(Column(key, title, _WIDTHS[key], is_amount=True, is_computed=True) for key, title in AMOUNTS)
_COLUMNS = (
    Column("name", _("文件"), 124),
    Column("unit", _("单位"), 0),
    Column("year", _("年度"), 48, is_amount=True),
    Column("state", _("状态"), 72),
    *_AMOUNTS,
    Column("errors", _("错误"), 48, is_amount=True, is_computed=True),
    Column("warnings", _("提醒"), 48, is_amount=True, is_computed=True),
    Column("reconciled_to", _("已对账至"), 84),
    Column("changed", _("最后修改"), 84),
    Column("size", _("大小"), 58, is_amount=True),
)
_FIGURES = frozenset((*_WIDTHS, "errors", "warnings"))


@dataclass(frozen=True, slots=True)
class SumRow:
    """合计: the last row."""

    rows: tuple[FileRow, ...]
    sums: Sums

    path = None
    has_figures = True
    year = 0
    state_label = reconciled_to = changed = ""

    @property
    def unit(self) -> str:
        """How many files it is the sum of."""
        return _("{n}个文件").format(n=sum(1 for row in self.rows if row.has_figures))

    @property
    def remark(self) -> str:
        """What is to be minded about the sum."""
        return sum_words(self.rows)

    @property
    def errors(self) -> int:
        """Open errors of all rows."""
        return sum(row.errors for row in self.rows)

    @property
    def warnings(self) -> int:
        """Open warnings of all rows."""
        return sum(row.warnings for row in self.rows)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(row.size for row in self.rows)


class FilesModel(RecordTable):
    """Rows are ``FileRow``, the last one ``SumRow``."""

    sorts = SORTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.desk = desk
        self.files: list[FileRow] = []

    def key(self, record: Any) -> Hashable:
        return record.path

    def text(self, record: Any, column: str) -> str:
        if column in _FIGURES:
            return _figure(record, column, self.desk) if record.has_figures else "—"
        match column:
            case "name":
                return record.path.name if record.path else _("合计")
            case "year":
                return str(record.year or "")
            case "state":
                return str(record.state_label)
            case "changed":
                return shown_moment(record.changed)[:10]
            case "size":
                return size_text(record.size)
        return str(getattr(record, column))

    def tone(self, record: Any, column: str) -> str:
        text = self.text(record, column)
        if column == "state" and isinstance(record, FileRow) and (record.problem or not record.has_figures):
            return "error" if record.problem else "warning"
        if column == "name" and isinstance(record, FileRow) and record.twin:
            return "warning"
        if text in ("0", "0.00", "—"):
            return "faint"
        if column in _WIDTHS and text.startswith("-"):
            return "error"
        return {"errors": "error", "warnings": "warning"}.get(column, "")

    def tip(self, record: Any, column: str) -> str:
        if column == "changed":
            return shown_moment(record.changed)
        if column == "name" and record.path:
            return f"{record.path}\n{record.remark}".strip()
        return str(record.remark) if column in ("unit", "state") else ""

    def is_strong(self, record: Any) -> bool:
        return isinstance(record, SumRow)

    def sort_by(self, column: str, falling: bool) -> None:
        self.sorted_by = (column, falling and bool(column))
        self.show_files(self.files)
        self.tell_all()

    def show_files(self, rows: Sequence[FileRow]) -> None:
        """Show these files in the order chosen, and their sum."""
        self.files = list(rows)
        ordered: list[FileRow | SumRow] = [*in_order(rows, *self.sorted_by)]
        if rows:
            ordered.append(SumRow(tuple(rows), total(rows)))
        self.show_rows(ordered)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with the file it is in."""

    file: FileRow
    number: int  # its place in the file
    line: ProjectLine
    has_figures = True

    @property
    def sums(self) -> Sums:
        """Its figures."""
        return self.line.sums


_PROJECT_COLUMNS = (
    Column("name", _("项目"), 0),
    Column("unit", _("单位"), 210),
    Column("year", _("年度"), 56, is_amount=True),
    Column("code", _("项目代码"), 150),
    Column("kind", _("类别"), 110),
    *_AMOUNTS,
)


class ProjectsModel(RecordTable):
    """Rows are ``ProjectRow``."""

    sorts = frozenset(column.key for column in _PROJECT_COLUMNS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_PROJECT_COLUMNS, parent)
        self.desk = desk
        self.projects: list[ProjectRow] = []

    def key(self, record: Any) -> Hashable:
        return record.file.path, record.number

    def text(self, record: Any, column: str) -> str:
        if column in _WIDTHS:
            return _figure(record, column, self.desk)
        return str(getattr(record.file if column in ("unit", "year") else record.line, column))

    def tone(self, record: Any, column: str) -> str:
        text = self.text(record, column)
        return "" if column not in _WIDTHS else "faint" if text in ("0.00", "—") else "error" if text[0] == "-" else ""

    def tip(self, record: Any, column: str) -> str:
        return str(record.file.path) if column == "unit" else self.text(record, column) if column == "name" else ""

    def sort_by(self, column: str, falling: bool) -> None:
        self.sorted_by = (column, falling and bool(column))
        self._show()
        self.tell_all()

    def show_files(self, rows: Sequence[FileRow]) -> None:
        """Show the projects of these files."""
        self.projects = [ProjectRow(row, number, one) for row in rows for number, one in enumerate(row.projects)]
        self._show()

    def _show(self) -> None:
        by, falling = self.sorted_by
        self.show_rows(sorted(self.projects, key=lambda row: self._rank(row, by), reverse=falling))

    def _rank(self, row: ProjectRow, by: str) -> Any:
        if not by:
            return 0
        if by == "rate":
            return row.sums.spent / (row.sums.rate_whole or 1)
        return getattr(row.sums, by) if by in _WIDTHS else self.text(row, by)


def _figure(record: Any, column: str, desk: Desk) -> str:
    if column == "rate":
        return rate_of(record.sums)
    return desk.money(getattr(record.sums, column)) if column in _WIDTHS else str(getattr(record, column))
