"""The indicators of one table (目标 or 自评) as rows: typed in place, scored while typing, missing things marked."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core import indicators
from core.attachments import place_of
from core.block_edits import together
from core.book import Book
from core.change import Change, join
from core.errors import UserError
from core.goal_gaps import gaps
from core.goals import Indicator, Operator, Version
from core.i18n import _
from core.indicator_text import points
from core.quantities import parse_value
from core.scoring import LEVELS, Scored, evaluation, levels, scored
from ui.desk import Desk
from ui.fields import Field, Pick
from ui.form import Forecast, forecast, save
from ui.tables import PLAIN, Column, Edit, Look, RecordTable
from ui.widgets.goal_fields import CellPick, CellText

LEVEL1, LEVEL2, NAME, OPERATOR = "level1", "level2", "name", "operator"
TARGET, UNIT, WEIGHT, ACTUAL, SCORE, REASON = "target", "unit", "weight", "actual", "score", "reason"
RESULTS = (ACTUAL, SCORE, REASON)  # columns of the self-evaluation alone
SUFFIX = "指标"

COLUMNS = (
    Column(LEVEL1, _("一级"), 54),
    Column(LEVEL2, _("二级"), 76),
    Column(NAME, _("三级指标"), 0),
    Column(OPERATOR, _("符号"), 42),
    Column(TARGET, _("指标值"), 66, is_amount=True),
    Column(UNIT, _("单位"), 42),
    Column(WEIGHT, _("分值"), 44, is_amount=True),
    Column(ACTUAL, _("完成值"), 66, is_amount=True),
    Column(SCORE, _("得分"), 54, is_amount=True),
    Column(REASON, _("偏差原因"), 92),
)


class GoalModel(RecordTable):
    """Rows are ``Scored``; the last one is empty: typing there makes a new indicator."""

    naming = NAME

    tried = Signal(object)  # Evaluation with what is being typed, or None: as it is saved
    added = Signal(int, str)  # a new indicator, and the column it was typed in

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self.about = 0
        self.version: str = Version.SELF
        self.is_fixed = False  # nothing can be edited
        self.is_wide = False  # room for the full names of levels
        self._gaps: dict[int, dict[str, str]] = {}

    def show_table(self, about: int, version: str, is_fixed: bool) -> None:
        """Show a table of the unit (0) or of a project, as it is saved."""
        is_other = (about, version) != (self.about, self.version)
        self.about, self.version, self.is_fixed = about, version, is_fixed
        self._fill(self.desk.book, anew=is_other)

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators on show, without the empty row."""
        return [row.indicator for row in self.rows if row.indicator.id]

    # How it is shown

    def key(self, record: Scored) -> Hashable:
        return record.indicator.id

    def text(self, record: Scored, column: str) -> str:
        one = record.indicator
        if not one.id:
            return _("在这一行输入，新增指标") if column == NAME else ""
        if column == SCORE:
            if one.inapplicable:
                return _("不适用")
            return _("待填") if self._gap(record, SCORE) else points(record.printed)
        value = str(getattr(one, column))
        if column == ACTUAL and one.actual_unit:
            value += one.actual_unit
        gap = self._gap(record, column)
        if not value and gap:
            return record.needs_reason if column == REASON else _("待填")
        if column in (LEVEL1, LEVEL2) and not self.is_wide:
            return value.removesuffix(SUFFIX)
        return value

    def tone(self, record: Scored, column: str) -> str:
        one = record.indicator
        if not one.id or one.inapplicable:
            return "faint"
        if self._gap(record, column) and not getattr(one, column):
            return "warning"
        if column == SCORE:
            return "warning" if self._gap(record, SCORE) else "faint" if record.given is None else ""
        if column == LEVEL1 and self._repeats(record):
            return "faint"
        return "second" if column in (LEVEL2, UNIT) else ""

    def ground(self, record: Scored, column: str) -> str:
        if self._gap(record, column):
            return "warning_soft"
        return "page" if not record.indicator.id else ""

    def tip(self, record: Scored, column: str) -> str:
        one = record.indicator
        if not one.id:
            return _("输入名称后按 Enter 或 Tab；一级、二级指标先照上一行填好")
        if gap := self._gap(record, column):
            return _("{gap}，请在下方选择完成情况").format(gap=gap) if column == SCORE else gap
        if column == SCORE:
            if one.inapplicable:
                return _("不适用的指标不计分，其余指标折算成100分")
            if record.given is None:
                return _("按公式计算；直接输入可改为自评得分")
            own = points(record.computed)
            return (
                _("自行填写的得分；按公式为{own}分，清空后按公式计算").format(own=own) if own else _("自行填写的得分")
            )
        if column == TARGET and not one.target:
            return _("可以连同符号和单位一起输入，例如 ≥30场")
        return self.text(record, column) if column in (NAME, REASON, ACTUAL, TARGET, LEVEL2) else ""

    def look(self, record: Scored, column: str) -> Look:
        one = record.indicator
        if column == NAME and one.id:
            clips = len(self.desk.book.attachments(one.year, place_of(one))) if self.desk.is_open else 0
            return Look(tag=_("沿用上年") if one.taken_over else "", clips=clips)
        if column == SCORE and record.given is not None and not one.inapplicable:
            return Look(strong=True)
        return PLAIN

    # How it is edited

    def is_editable(self, record: Scored, column: str) -> bool:
        one = record.indicator
        if self.is_fixed:
            return False
        if not one.id:
            return column not in RESULTS
        if one.inapplicable and column in (ACTUAL, SCORE):
            return False
        return column != REASON or "\n" not in one.reason

    def open_editor(self, record: Scored, column: str, parent: QWidget) -> Field:
        one = self._saved(record)
        editor: Field
        if column in (LEVEL1, LEVEL2, OPERATOR):
            editor = CellPick(self._options(record.indicator, column), str(getattr(one, column)), parent)
        else:
            editor = CellText(parent)
            editor.give(str(getattr(one, column)) + (one.actual_unit if column == ACTUAL else ""))
            if COLUMNS[self.column_of(column)].is_amount:
                editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column == SCORE and record.computed is not None:
                editor.setPlaceholderText(points(record.computed))
        editor.edited.connect(lambda: self._try(record, column, editor))
        return editor

    def forecast(self, record: Scored, column: str, editor: Field) -> Forecast:
        said = forecast(self.desk, self.edit(record, column, editor))
        if said.tone == "error" or not record.indicator.id or self.version == Version.GOAL:
            return said
        row = self.row_of(record.indicator.id)
        now = self.rows[row] if row >= 0 else record
        lines = [_("得分 {score}").format(score=points(now.printed)) if now.printed is not None else now.obstacle]
        if now.reason_missing and column != REASON:
            lines.append(_("{why}，请填写偏差原因").format(why=now.needs_reason))
        return Forecast("\n".join(filter(None, (*lines, said.text))), said.tone or "info")

    def put(self, record: Scored, column: str, editor: Field) -> str:
        if record.indicator.id:
            return save(self.desk, self.edit(record, column, editor))
        if not (editor.value() if isinstance(editor, Pick) else editor.text().strip()):
            return ""
        table = (self.desk.year, self.about, self.version)
        problem = save(self.desk, self.edit(record, column, editor))
        if not problem:
            self.added.emit(self.desk.book.indicators(*table)[-1].id, column)
        return problem

    def joined(self, label: str, edits: Sequence[Edit]) -> Callable[[], Change]:
        rows: dict[tuple[int, int], tuple[Indicator, dict[str, object]]] = {}  # a new row is known by its record
        for record, column, editor in edits:
            number = record.indicator.id
            one, fields = rows.setdefault((number, 0 if number else id(record)), (self._saved(record), {}))
            fields |= self._fields(replace(one, **_texts(fields)), column, editor)
        return lambda: self._together(label, list(rows.values()))

    def _together(self, label: str, rows: Sequence[tuple[Indicator, dict[str, object]]]) -> Change:
        """Changes of indicators that are there and of new ones, which come one after the other."""
        book = self.desk.book
        changed = [indicators.set_indicator(book, one.id, **fields) for one, fields in rows if one.id]
        changes = [together(book, label, changed)]
        after = book.apply(changes[0]) if changed else book
        for one, fields in rows:
            if not one.id and any(fields.values()):
                changes.append(self._added(after, one, fields))
                after = after.apply(changes[-1])
        return join(label, changes)

    def with_typed(self, record: Scored, column: str, editor: Field) -> Scored:
        if column != LEVEL1 or not isinstance(editor, Pick):
            return record
        return replace(record, indicator=replace(record.indicator, level1=editor.value()))

    def blank(self, number: int) -> Scored | None:
        if self.is_fixed:
            return None
        last = self.rows[-1]  # the empty row
        return last if not number else replace(last)

    def is_summed(self, column: str) -> bool:
        return column in (WEIGHT, SCORE)

    def rest_text(self, record: Scored, column: str, editor: Field) -> str | None:
        """``=`` gives an indicator the points its first level has left."""
        if column != WEIGHT:
            return None
        one = self._saved(record)
        left = indicators.weights_left(self.desk.book, self.desk.year, self.about, self.version)
        return points(max(Decimal(0), left.get(one.level1, Decimal(0)) + (parse_value(one.weight) or 0)))

    def settle(self) -> None:
        """Show what is saved again: nothing is being typed any more."""
        self._fill(self.desk.book)
        self.tried.emit(None)

    # Behind it

    def _fill(self, book: Book, anew: bool = False) -> None:
        policy = book.policy(self.desk.year)
        rows = [scored(one, policy) for one in book.indicators(self.desk.year, self.about, self.version)]
        self._gaps = {row.indicator.id: gaps(row) for row in rows}
        if not self.is_fixed:
            last = rows[-1].indicator if rows else Indicator(id=0)
            empty = Indicator(id=0, version=self.version, level1=last.level1, level2=last.level2)
            rows.append(scored(empty, policy))
        (self.reset_rows if anew else self.show_rows)(rows)
        self.tell_all()

    def _gap(self, record: Scored, column: str) -> str:
        held = self._gaps.get(record.indicator.id, {})
        return held.get("attained", "") if column == SCORE else held.get(column, "")

    def _repeats(self, record: Scored) -> bool:
        """Whether the row above has the same first level."""
        row = self.row_of(record.indicator.id)
        return row > 0 and self.rows[row - 1].indicator.level1 == record.indicator.level1

    def _saved(self, record: Scored) -> Indicator:
        """The indicator as it is saved, whatever is being tried."""
        return self.desk.book.get(Indicator, record.indicator.id) or record.indicator

    def _options(self, one: Indicator, column: str) -> dict[str, str]:
        if column == OPERATOR:
            return {str(sign): str(sign) for sign in Operator}
        known = levels(self.desk.book.policy(self.desk.year))
        if column == LEVEL1:
            return {level: level for level in known}
        below = known.get(one.level1) or tuple(two for rest in known.values() for two in rest)
        return {level: level for level in below}

    def edit(self, record: Scored, column: str, editor: Field) -> Callable[[], Change]:
        book, one = self.desk.book, self._saved(record)
        fields = self._fields(one, column, editor)
        if one.id:
            return partial(indicators.set_indicator, book, one.id, **fields)
        return partial(self._added, book, one, fields)

    def _fields(self, one: Indicator, column: str, editor: Field) -> dict[str, object]:
        """What an edit of one column gives an indicator: another first level takes the second along."""
        value = editor.value() if isinstance(editor, Pick) else editor.text()
        fields: dict[str, object] = {column: value}
        known = levels(self.desk.book.policy(self.desk.year))
        if column == LEVEL1 and one.level2 not in (below := known.get(value, (one.level2,))):
            fields[LEVEL2] = below[0] if len(below) == 1 else ""
        if column == LEVEL2 and not one.level1:
            fields[LEVEL1] = next((level for level in known if value in LEVELS.get(level, ())), "")
        return fields

    def _added(self, book: Book, one: Indicator, fields: dict[str, object]) -> Change:
        given = {LEVEL1: one.level1, LEVEL2: one.level2, **fields}
        return indicators.add_indicator(book, self.desk.year, self.about, self.version, **given)  # type: ignore[arg-type]

    def _try(self, record: Scored, column: str, editor: Field) -> None:
        """Show every score as it would be with what is typed."""
        if not record.indicator.id or self.version == Version.GOAL:
            return
        try:
            outcome = self.desk.try_(self.edit(record, column, editor)())
        except UserError:
            outcome = None
        if outcome is None or outcome.blocking:
            self.settle()
            return
        self._fill(outcome.after)
        self.tried.emit(evaluation(outcome.after, self.desk.year, self.about))


def _texts(fields: dict[str, object]) -> dict[str, str]:
    """The levels among fields."""
    return {name: str(fields[name]) for name in (LEVEL1, LEVEL2) if name in fields}
