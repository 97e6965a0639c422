"""执行监控 of a project at a month as rows: its money, then its indicators; missing things marked."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from core import monitoring
from core.change import Change
from core.goals import CAUSE_LABELS, POSSIBILITY_LABELS, Indicator, Monitor
from core.i18n import _
from core.indicator_text import target_text
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, Pick
from ui.form import Forecast, forecast, save
from ui.tables import Column, RecordTable
from ui.widgets.goal_fields import CellPick, CellText

NAME, TARGET, PROGRESS, EXPECTED = "name", "target", "progress", "expected"
POSSIBILITY, CAUSES, REASON, MEASURE = "possibility", "causes", "reason", "measure"
FORECAST = "forecast"

COLUMNS = (
    Column(NAME, _("监控内容"), 0),
    Column(TARGET, _("年度指标值"), 84),
    Column(PROGRESS, _("执行情况"), 88),
    Column(EXPECTED, _("全年预计"), 92),
    Column(POSSIBILITY, _("完成可能性"), 84),
    Column(CAUSES, _("偏差原因"), 84),
    Column(REASON, _("原因说明"), 96),
    Column(MEASURE, _("拟采取的措施"), 96),
)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The money (``indicator`` None) or one indicator, what was noted of it, and what is missing by field."""

    indicator: Indicator | None
    note: Monitor
    gaps: Mapping[str, str]

    @property
    def number(self) -> int:
        """Number of the indicator; 0 for the money."""
        return self.indicator.id if self.indicator else 0


class MonthModel(RecordTable):
    """Rows are ``MonthRow``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self.project = 0
        self.month = monitoring.USUAL_MONTH
        self.is_fixed = False
        self._stand: monitoring.Progress | None = None  # of the money on show

    def show_month(self, project: int, month: int, is_fixed: bool) -> None:
        """Show how a project stood at the end of a month."""
        book, year = self.desk.book, self.desk.year
        is_other = (project, month) != (self.project, self.month)
        self.project, self.month, self.is_fixed = project, month, is_fixed
        self._stand = monitoring.progress(book, year, project, month)
        gaps: dict[int, dict[str, str]] = {}
        for gap in monitoring.missing_of(book, year, project, month) if project else ():
            gaps.setdefault(gap.indicator, {})[gap.field] = gap.text
        asked = [None, *monitoring.monitored_indicators(book, year, project)] if project else []
        rows = [self._row(one, gaps.get(one.id if one else 0, {})) for one in asked]
        (self.reset_rows if is_other else self.show_rows)(rows)
        self.tell_all()

    def _row(self, one: Indicator | None, gaps: dict[str, str]) -> MonthRow:
        book, number = self.desk.book, one.id if one else 0
        note = monitoring.noted(book, self.desk.year, self.project, self.month, number)
        return MonthRow(one, note or Monitor(id=0, indicator=number), gaps)

    # How it is shown

    def key(self, record: MonthRow) -> Hashable:
        return record.number

    def text(self, record: MonthRow, column: str) -> str:
        one, note = record.indicator, record.note
        if column == NAME:
            return (one.name or _("未命名指标")) if one else _("项目资金")
        if column == TARGET:
            return target_text(one) if one else self._money(self._stand.budget if self._stand else 0)
        if one is None and column == PROGRESS:
            return self._money(self._stand.spent if self._stand else 0)
        if one is None and column == EXPECTED:
            return self._money(note.forecast) if note.id else _("待填")
        value = str(getattr(note, column))
        if column == POSSIBILITY:
            value = POSSIBILITY_LABELS.get(value, value)
        if column == CAUSES:
            value = "、".join(CAUSE_LABELS.get(key, key) for key in value.split(",") if key)
        return value or (_("待填") if self._gap(record, column) else "")

    def tone(self, record: MonthRow, column: str) -> str:
        if self._gap(record, column):
            return "warning"
        return "second" if column == TARGET or (record.indicator is None and column == PROGRESS) else ""

    def ground(self, record: MonthRow, column: str) -> str:
        if self._gap(record, column):
            return "warning_soft"
        return "page" if column == TARGET or (record.indicator is None and column == PROGRESS) else ""

    def is_strong(self, record: MonthRow) -> bool:
        return record.indicator is None

    def tip(self, record: MonthRow, column: str) -> str:
        return self._gap(record, column) or self.text(record, column)

    def _money(self, fen: int) -> str:
        return f"{self.desk.money(fen)}{self.desk.money_unit}"

    def _gap(self, record: MonthRow, column: str) -> str:
        if record.indicator is None and column == EXPECTED:
            return record.gaps.get(FORECAST, "")
        return record.gaps.get(column, "")

    # How it is edited

    def is_editable(self, record: MonthRow, column: str) -> bool:
        if self.is_fixed or column in (NAME, TARGET, CAUSES):
            return False
        if column in (REASON, MEASURE) and "\n" in getattr(record.note, column):
            return False
        return record.indicator is not None or column != PROGRESS

    def open_editor(self, record: MonthRow, column: str, parent: QWidget) -> Field:
        note = record.note
        if record.indicator is None and column == EXPECTED:
            money = MoneyEdit(parent, self.desk.money_unit)
            money.set_amount(note.forecast if note.id else None)
            return money
        if column == POSSIBILITY:
            return CellPick({"": _("未填"), **POSSIBILITY_LABELS}, note.possibility, parent)
        line = CellText(parent)
        line.give(str(getattr(note, column)))
        return line

    def forecast(self, record: MonthRow, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self.edit(record, column, editor))

    def rest(self, record: MonthRow, column: str) -> int | None:
        """``=`` expects the whole budget to be spent."""
        return self._stand.budget if self._stand and column == EXPECTED and record.indicator is None else None

    def put(self, record: MonthRow, column: str, editor: Field) -> str:
        return save(self.desk, self.edit(record, column, editor))

    def change(self, number: int, **fields: object) -> Callable[[], Change]:
        """What notes fields of the money (0) or of an indicator."""
        book, year, project, month = self.desk.book, self.desk.year, self.project, self.month
        if number:
            return partial(monitoring.note_indicator, book, year, project, month, number, **fields)
        return partial(monitoring.note_money, book, year, project, month, **fields)

    def edit(self, record: MonthRow, column: str, editor: Field) -> Callable[[], Change]:
        if isinstance(editor, MoneyEdit):
            return self.change(record.number, forecast=editor.amount() or 0)
        return self.change(record.number, **{column: editor.value() if isinstance(editor, Pick) else editor.text()})
