"""剩余资金处置: the proposals as lines that can be changed and split before they are entered."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.closing import Proposal, dispose
from core.i18n import _
from core.labels import project_name
from core.model import DISPOSITIONS, EVENT_LABELS, FUND_LABELS
from core.money import show_yuan
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, Pick
from ui.form import Forecast, forecast
from ui.tables import Column, Edit, RecordTable

PROJECT, FUND, ORIGIN, KIND, AMOUNT, WHY = "project", "fund", "origin_year", "kind", "amount", "why"
LATER = "later"  # 暂不处理: not entered now

KINDS = {
    "": _("请选择"),
    **{kind: EVENT_LABELS[kind] for kind in DISPOSITIONS},
    LATER: _("暂不处理"),
}
COLUMNS = (
    Column(PROJECT, _("项目"), 0),
    Column(FUND, _("资金性质"), 120),
    Column(ORIGIN, _("资金年度"), 68),
    Column(KIND, _("处理方式"), 84),
    Column(AMOUNT, _("金额（元）"), 106, is_amount=True),
    Column(WHY, _("理由"), 318),
)

Place = tuple[int, str, int]  # holder, fund source, origin year


@dataclass(frozen=True, slots=True)
class Line:
    """A part of what is left at one place, and what is to become of it."""

    number: int  # tells the lines of a place apart
    kind: str
    amount: int  # 分
    proposal: Proposal

    @property
    def place(self) -> Place:
        """Whose money it is."""
        return (self.proposal.project, self.proposal.fund, self.proposal.origin_year)


class DisposalModel(RecordTable):
    """The lines of a place always make up what is left there: one made smaller leaves the rest to another."""

    altered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self._next = 0
        self._kept: dict[Place, list[Line]] = {}  # what was chosen, for the case that entering it is undone
        self._year: tuple[object, int] = (None, 0)  # the ledger and year of what is kept

    def show_proposals(self, proposals: Iterable[Proposal]) -> None:
        """Show what is proposed; lines the officer changed stay while the money they share is the same."""
        year = (self.desk.ledger, self.desk.year)
        if year != self._year:
            self._year, self._kept = year, {}
            self.reset_rows([])
        held: dict[Place, list[Line]] = {}
        for line in self.rows:
            held.setdefault(line.place, []).append(line)
        self._kept |= held
        rows: list[Line] = []
        for one in proposals:
            lines = self._kept.get((one.project, one.fund, one.origin_year), [])
            rows += lines if lines and lines[0].proposal == one else [self._line(one, one.kind, one.amount)]
        self.show_rows(rows)

    def restore(self) -> None:
        """Forget every change of the officer."""
        self._kept = {}
        proposals = {line.place: line.proposal for line in self.rows}
        self.show_rows([self._line(one, one.kind, one.amount) for one in proposals.values()])
        self.altered.emit()

    @property
    def is_changed(self) -> bool:
        """Whether a line differs from what was proposed."""
        return any((line.kind, line.amount) != (line.proposal.kind, line.proposal.amount) for line in self.rows)

    def chosen(self) -> list[Proposal]:
        """What is to be entered, 暂不处理 left out."""
        return _wanted(self.rows)

    def set_amount(self, line: Line, amount: int) -> str:
        """Give a line another amount; the other lines of its place, or a new one, take the difference."""
        rows, problem = self._with_amount(line, amount)
        if not problem:
            self.show_rows(rows)
            self.altered.emit()
        return problem

    def _with_amount(self, line: Line, amount: int) -> tuple[list[Line], str]:
        """The lines with another amount in one of them, and what forbids it."""
        others = [one for one in self.rows if one.place == line.place and one != line]
        whole = line.amount + sum(one.amount for one in others)
        if amount > whole:
            return [], _("这笔资金只剩{whole}元，不能处理更多。").format(whole=show_yuan(whole))
        if amount < 0 or (not amount and not others):
            return [], _("金额应大于零；不处理的，处理方式选“暂不处理”。")
        shared = _shared(others, whole - amount)
        rest = whole - amount - sum(one.amount for one in shared)
        rows: list[Line] = []
        for row in self.rows:
            if row == line:
                rows += [replace(line, amount=amount)] if amount else []
                rows += [self._line(line.proposal, "", rest)] if rest else []
            elif row.place != line.place:
                rows.append(row)
            else:
                rows += [one for one in shared if one.number == row.number]
        return rows, ""

    def set_kind(self, line: Line, kind: str) -> None:
        """Say what is to become of a line."""
        self.show_rows([replace(row, kind=kind) if row == line else row for row in self.rows])
        self.altered.emit()

    # The table

    def key(self, record: Line) -> Hashable:
        return record.number

    def text(self, record: Line, column: str) -> str:
        one = record.proposal
        match column:
            case "project":
                return holder_name(self.desk, one.project)
            case "fund":
                return FUND_LABELS.get(one.fund, one.fund)
            case "origin_year":
                return str(one.origin_year)
            case "kind":
                return KINDS[record.kind]
            case "amount":
                return show_yuan(record.amount)
        if record.kind == one.kind:
            return one.why
        return _("已改（建议{kind}）").format(kind=KINDS[one.kind]) if one.kind else _("由您选择")

    unit = "元"

    def amount(self, record: Line, column: str) -> int | None:
        return record.amount if column == AMOUNT else None

    def tone(self, record: Line, column: str) -> str:
        if column == KIND and record.kind in ("", LATER):
            return "warning" if not record.kind else "faint"
        return "second" if column in (FUND, ORIGIN, WHY) else ""

    def ground(self, record: Line, column: str) -> str:
        return "warning_soft" if column == KIND and not record.kind else ""

    def tip(self, record: Line, column: str) -> str:
        if column == AMOUNT:
            return _("改小后，其余部分自动另起一行")
        return self.text(record, column) if column in (PROJECT, WHY) else ""

    def is_editable(self, record: Line, column: str) -> bool:
        return column in (KIND, AMOUNT) and not self.desk.locked

    def open_editor(self, record: Line, column: str, parent: QWidget) -> Field:
        if column == KIND:
            pick = Pick({key: name for key, name in KINDS.items() if key or not record.kind}, parent)
            pick.give(record.kind)
            return pick
        money = MoneyEdit(parent, required=True)
        money.set_amount(record.amount)
        return money

    def forecast(self, record: Line, column: str, editor: Field) -> Forecast:
        """What entering all lines would do with what is typed in this one."""
        if isinstance(editor, Pick):
            rows = [replace(row, kind=editor.value()) if row == record else row for row in self.rows]
        else:
            assert isinstance(editor, MoneyEdit)
            rows, problem = self._with_amount(record, editor.amount() or 0)
            if problem:
                return Forecast(problem, "error")
            over = sum(row.amount for row in rows if row.number not in {held.number for held in self.rows})
            if over:
                return Forecast(_("其余{rest}元另起一行，再选处理方式").format(rest=show_yuan(over)), "info")
        wanted = _wanted(rows)
        if not wanted or not all(one.kind for one in wanted):
            return Forecast()
        return forecast(self.desk, lambda: dispose(self.desk.book, self.desk.year, wanted))

    def rest(self, record: Line, column: str) -> int | None:
        return sum(row.amount for row in self.rows if row.place == record.place) if column == AMOUNT else None

    def put_all(self, label: str, edits: Sequence[Edit]) -> str:
        """Change several lines, or none of them: nothing is entered yet that could be undone."""
        held = self.rows
        for record, column, editor in edits:
            line = next((row for row in self.rows if row.number == record.number), None)
            problem = self.put(line, column, editor) if line else ""
            if problem:
                self.show_rows(held)
                self.altered.emit()
                return problem
        return ""

    def put(self, record: Line, column: str, editor: Field) -> str:
        if isinstance(editor, Pick):
            self.set_kind(record, editor.value())
            return ""
        assert isinstance(editor, MoneyEdit)
        return self.set_amount(record, editor.amount() or 0)

    def _line(self, proposal: Proposal, kind: str, amount: int) -> Line:
        self._next += 1
        return Line(self._next, kind, amount, proposal)


def _wanted(lines: Iterable[Line]) -> list[Proposal]:
    return [replace(line.proposal, kind=line.kind, amount=line.amount) for line in lines if line.kind != LATER]


def _shared(others: list[Line], wanted: int) -> list[Line]:
    """The other lines of a place when they are to make up so much: the last of them gives way first, and the last
    takes what is over."""
    excess = sum(one.amount for one in others) - wanted
    left: list[Line] = []
    for one in reversed(others):
        taken = min(one.amount, excess) if excess > 0 else 0
        excess -= taken
        if one.amount > taken:
            left.insert(0, replace(one, amount=one.amount - taken))
    if excess < 0 and left:
        left[-1] = replace(left[-1], amount=left[-1].amount - excess)
    return left


def holder_name(desk: Desk, project: int) -> str:
    """A project by name, a sub-project behind its project's."""
    parent = desk.book.parent(project)
    own = project_name(desk.book, project, desk.year)
    return f"{project_name(desk.book, parent, desk.year)} · {own}" if parent else own
