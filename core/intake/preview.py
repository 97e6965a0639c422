"""The plan of an import row by row: what becomes of each row of the sheet, and exactly what would be stored of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core import codes
from core.batches import EVENTS, INDICATORS, PAYMENTS, PROJECTS, STATED
from core.book import Book
from core.codes import CodeKind
from core.form_items import show_amount
from core.i18n import _
from core.intake.aliases import ITEM, unit_in_text
from core.intake.cells import Sheet
from core.intake.field_names import field_names
from core.intake.header import EVENT_COLUMNS
from core.intake.plan import Doubt, Plan
from core.labels import project_name
from core.model import EVENT_LABELS, FUND_LABELS, BudgetEvent, Indicator, Payment, ProjectYear, Record, Stated
from core.money import show_yuan


class State(StrEnum):
    """What becomes of a row."""

    BLANK = "blank"
    TITLE = "title"
    UNIT = "unit"
    HEADER = "header"
    NEW = "new"
    DUPLICATE = "duplicate"
    DOUBTFUL = "doubtful"
    TOTAL = "total"
    SKIPPED = "skipped"


STATE_LABELS: Mapping[State, str] = {
    State.BLANK: _("空行"),
    State.TITLE: _("标题行"),
    State.UNIT: _("单位行"),
    State.HEADER: _("表头"),
    State.NEW: _("导入"),
    State.DUPLICATE: _("重复"),
    State.DOUBTFUL: _("待确认"),
    State.TOTAL: _("合计行"),
    State.SKIPPED: _("跳过"),
}
SHOWN_STATES = (State.NEW, State.DUPLICATE, State.DOUBTFUL, State.SKIPPED)  # of the rows that are previewed

_MADE: Mapping[str, tuple[type[Record], ...]] = {
    PAYMENTS: (Payment,),
    EVENTS: (BudgetEvent,),
    PROJECTS: (ProjectYear, BudgetEvent),
    INDICATORS: (Indicator,),
    STATED: (Stated,),
}
# Columns that are stored whether the sheet has them or not.
_ALWAYS: Mapping[str, tuple[str, ...]] = {
    PAYMENTS: ("date", "project", "payee", "purpose", "amount"),
    EVENTS: ("date", "project", "kind", "amount"),
    PROJECTS: ("project", "kind"),
    INDICATORS: ("level1", "level2", "name", "operator", "target", "unit", "weight"),
    STATED: ("project", "item", "amount"),
}
_FIELDS = {"voucher": "voucher", "document": "doc_no", "title": "doc_title", "origin_year": "origin_year"}
_NOT_STORED = frozenset(("year", "unit_name", "unit_code", "status", "original", "subproject", "project_code"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row (from 1) below the headings. ``records``: what is stored of it. ``may_take``: a doubtful or duplicate row
    that can be stored as it stands."""

    row: int
    state: State
    reason: str = ""
    records: tuple[Record, ...] = ()
    may_take: bool = False


@dataclass(frozen=True)
class Preview:
    """All rows below the headings that hold anything, and the columns in which they are shown (field -> title)."""

    states: tuple[State, ...]  # of every row of the sheet, title and heading rows too
    lines: tuple[Line, ...]
    counts: Mapping[State, int]
    columns: Mapping[str, str]
    doubtful: Mapping[tuple[int, str], str]  # (row from 1, field) -> what is not certain


def row_states(sheet: Sheet, plan: Plan) -> list[State]:
    """What becomes of every row of a sheet, title and heading rows too."""
    states = [State.BLANK] * len(sheet.rows)
    header = plan.header
    for row, cells in enumerate(sheet.rows):
        if header.first <= row <= header.last:
            states[row] = State.HEADER
        elif row < header.first:
            texts = [text for place in range(len(cells)) if (text := sheet.text(row, place))]
            named = any(unit_in_text(text) for text in texts)
            states[row] = State.BLANK if not texts else State.UNIT if named else State.TITLE
    for planned in plan.records:
        states[planned.row - 1] = State.NEW
    for out in plan.duplicates:
        states[out.row - 1] = State.DUPLICATE
    for out in plan.skipped:
        states[out.row - 1] = State.TOTAL if out.is_total else State.SKIPPED
    for number in plan.held:
        states[number - 1] = State.DOUBTFUL
    return states


def preview(sheet: Sheet, plan: Plan) -> Preview:
    """Every row below the headings with what is stored of it, or the reason why nothing is."""
    made = _MADE[plan.kind]
    records: dict[int, list[Record]] = {}
    for planned in plan.records:
        if isinstance(planned.record, made):
            records.setdefault(planned.row, []).append(planned.record)
    doubts: dict[int, list[Doubt]] = {}
    for doubt in plan.doubts:
        doubts.setdefault(doubt.row, []).append(doubt)
    out = {one.row: one.reason for one in (*plan.duplicates, *plan.skipped)}
    lines: list[Line] = []
    counts: Counter[State] = Counter()
    states = tuple(row_states(sheet, plan))
    for row, state in enumerate(states, 1):
        if row <= plan.header.last + 1 or state == State.BLANK:
            continue
        shown = State.SKIPPED if state == State.TOTAL else state
        asked = doubts.get(row, [])
        words = [out[row]] if row in out else []
        words += [f"{one.column}：{one.reason}" if one.column else one.reason for one in asked]
        held = [one for one in asked if one.holds]
        takes = state == State.DUPLICATE or (state == State.DOUBTFUL and all(one.may_take for one in held))
        lines.append(Line(row, shown, "；".join(dict.fromkeys(words)), tuple(records.get(row, ())), takes))
        counts[shown] += 1
    places = {column.heading: column.field for column in plan.header.columns if column.field}
    unsure = {(d.row, places.get(d.column, "")): d.reason for d in plan.doubts}
    return Preview(states, tuple(lines), counts, _columns(plan), unsure)


def _columns(plan: Plan) -> dict[str, str]:
    names = field_names(plan.kind)
    mapped = {column.field for column in plan.header.columns if column.field}
    always = set(_ALWAYS[plan.kind])
    if mapped & set(EVENT_COLUMNS) and "amount" not in mapped:
        always -= {"amount", "kind"}
    if any(field.startswith(ITEM) for field in mapped):
        always -= {"amount", "item"}
    if plan.kind == INDICATORS and mapped & {"project", "project_code"}:
        always |= {"project"}
    found = {field: name for field, name in names.items() if field in always | (mapped - _NOT_STORED)}
    if plan.kind == PROJECTS and "project_code" in mapped:
        found["project_code"] = names["project_code"]
    return found


class Cells:
    """The texts of a preview: what is stored of a row; of one that is not, what stands in the sheet."""

    def __init__(self, book: Book, sheet: Sheet, plan: Plan) -> None:
        self._book, self._sheet, self._plan = book, sheet, plan
        self._places = {column.field: column.place for column in plan.header.columns if column.field}
        new = (one.record for one in plan.records)
        self._new = {one.project: one.name for one in new if isinstance(one, ProjectYear)}

    def place(self, field: str) -> int:
        """The column (from 0) of the sheet that holds a field; -1 where there is none."""
        column = self._places.get(field, -1)
        return self._places.get("project_code", -1) if field == "project" and column < 0 else column

    def raw(self, row: int, field: str) -> str:
        """What stands in the sheet in a row (from 1)."""
        place = self.place(field)
        return self._sheet.text(row - 1, place) if place >= 0 else ""

    def text(self, line: Line, field: str) -> str:
        """What is stored of a field; amounts in 元."""
        if not line.records:
            return self.raw(line.row, field)
        texts = (self._of(record, field) for record in line.records)
        return "、".join(dict.fromkeys(text for text in texts if text))

    def _of(self, record: Record, field: str) -> str:
        if field == "project":
            return self._owner(record)
        match record:
            case BudgetEvent():
                if field in EVENT_COLUMNS:
                    return show_yuan(record.amount) if record.kind == field else ""
                if field == "kind":
                    return "" if self._plan.kind == PROJECTS else EVENT_LABELS[record.kind]
                if field == "amount" and record.kind in self._places:
                    return ""
            case ProjectYear():
                own = {"project_code": record.code, "objective": record.objective_expected, "parent": ""}
                if field == "parent":
                    return self.raw_of(record, field)
                return own.get(field, str(getattr(record, field, "") or ""))
            case Stated():
                if field.startswith(ITEM) and field != ITEM + record.item:
                    return ""
                if field == "amount" or field.startswith(ITEM):
                    shown = show_amount(self._book, record.year, record.amount, record.printed_unit)
                    return shown + record.printed_unit
        if field in ("economic", "functional"):
            code = getattr(record, f"{field}_code")
            kind = CodeKind.DEPARTMENT if field == "economic" else CodeKind.FUNCTIONAL
            return f"{code} {codes.name_of(code, kind, self._plan.year)}".strip() if code else ""
        value = getattr(record, _FIELDS.get(field, field), "")
        if field == "fund":
            return FUND_LABELS[value]
        if field == "amount":
            return show_yuan(int(value))
        return str(value or "")

    def raw_of(self, record: Record, field: str) -> str:
        """What the sheet says of a record in a field that only links it."""
        row = next((one.row for one in self._plan.records if one.record is record), 0)
        return self.raw(row, field) if row else ""

    def _owner(self, record: Record) -> str:
        if isinstance(record, ProjectYear):
            return record.name
        number = int(getattr(record, "project", getattr(record, "about", 0)))
        if not number:
            return _("单位")
        return self._new.get(number) or project_name(self._book, number, self._plan.year)
