"""填报数 against 台账数 on the same basis: what was filed, what the ledger says, the difference, where it is from."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from core import commands
from core.change import Change
from core.check import Severity
from core.figures import FUND_ITEMS, ITEM_LABELS, RATE, Figure, Ref, items
from core.form_items import FORM_ITEMS, GRADE, show_amount, stated_figure
from core.i18n import _
from core.money import NOTHING, show_printed
from core.review import Item
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, Pick, PointsEdit, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import Column, RecordTable, exact

ITEM, STATED, COMPUTED, DIFFERENCE, SOURCE = "item", "stated", "computed", "difference", "source"

COLUMNS = (
    Column(ITEM, _("项目"), 185),
    Column(STATED, _("填报数（万元）"), 120, is_amount=True),
    Column(COMPUTED, _("台账数（万元）"), 120, is_amount=True, is_computed=True),
    Column(DIFFERENCE, _("差额（万元）"), 110, is_amount=True, is_computed=True),
    Column(SOURCE, _("来源（表 / 栏）"), 0),
)
WAN, YUAN = "万元", "元"
GROUNDS = {Severity.BLOCK: "error_soft", Severity.ERROR: "error_soft", Severity.WARNING: "warning_soft"}


class StatedModel(RecordTable):
    """Rows are ``Figure`` of the unit or of a project; emptying a stated figure makes it unknown again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk: Desk = desk
        self.about = 0
        self._notes: dict[str, Item] = {}  # the gravest open finding of an item

    def show_about(self, about: int) -> None:
        """Show the figures of the unit (0) or of a project."""
        self.about = about
        desk = self.desk
        names = (*(item for item in items(about) if item != RATE and item not in FUND_ITEMS), *FORM_ITEMS)
        found = (stated_figure(desk.book, Ref(desk.year, about, item)) for item in names)
        self.show_rows([one for one in found if one])
        notes: dict[str, Item] = {}
        for item in desk.review().open:
            place = item.finding.about
            if place.kind == "stated" and place.id == about:
                notes.setdefault(place.field, item)
        if notes != self._notes:
            self._notes = notes
            self.tell_row(0, len(self.rows) - 1)

    def key(self, record: Figure) -> Hashable:
        return record.ref.item

    def text(self, record: Figure, column: str) -> str:
        stated = record.stated
        match column:
            case "item":
                return ITEM_LABELS.get(record.ref.item, record.ref.item)
            case "computed":
                return self._show(record, record.computed) if isinstance(record.computed, int) else NOTHING
            case "stated":
                return self._show(record, stated.amount) if stated else NOTHING
            case "difference":
                is_known = stated is not None and isinstance(record.computed, int)
                return self._show(record, record.difference, apart=True) if is_known else ""
        return " / ".join(filter(None, (stated.source_table, stated.source_column))) if stated else ""

    def tone(self, record: Figure, column: str) -> str:
        if column == STATED and record.stated is None:
            return "faint"
        if column == DIFFERENCE:
            return "error" if record.difference else "faint"
        return "second" if column in (COMPUTED, SOURCE) else ""

    def ground(self, record: Figure, column: str) -> str:
        if column == STATED and (note := self._notes.get(record.ref.item)):
            return GROUNDS.get(note.finding.severity, "")
        return "page" if column in (COMPUTED, DIFFERENCE) else ""

    def tip(self, record: Figure, column: str) -> str:
        if column == STATED and (note := self._notes.get(record.ref.item)):
            return f"{note.rule.title}：{note.message}"
        if column == STATED:
            return _("按报出的表填写；清空表示没有填报")
        return self.text(record, column) if column == SOURCE else ""

    def is_editable(self, record: Figure, column: str) -> bool:
        if self.desk.readonly:
            return False
        return column == STATED or (column == SOURCE and record.stated is not None)

    def open_editor(self, record: Figure, column: str, parent: QWidget) -> Field:
        if column == STATED and record.printed_unit == GRADE:
            grades = self.desk.book.policy(record.ref.year).grades
            places = {str(place): name for place, (name, _least) in enumerate(grades, 1)}
            pick = Pick({"": NOTHING, **places}, parent)
            pick.give(str(record.stated.amount) if record.stated else "")
            return pick
        if column == STATED:
            edit = MoneyEdit if record.printed_unit in (WAN, YUAN) else PointsEdit
            money = edit(parent, unit=record.printed_unit)
            money.set_amount(record.stated.amount if record.stated else None)
            return money
        line = TextEdit(parent)
        line.give(self.text(record, SOURCE))
        return line

    def forecast(self, record: Figure, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self.edit(record, column, editor))

    def put(self, record: Figure, column: str, editor: Field) -> str:
        return save(self.desk, self.edit(record, column, editor))

    def edit(self, record: Figure, column: str, editor: Field) -> Callable[[], Change]:
        book, ref = self.desk.book, record.ref
        if isinstance(editor, MoneyEdit | Pick):
            amount = editor.amount() if isinstance(editor, MoneyEdit) else int(editor.value() or 0)
            if amount is None or (isinstance(editor, Pick) and not amount):
                return partial(commands.unstate, book, ref.year, ref.item, ref.about)
            unit = record.printed_unit
            return partial(commands.state, book, ref.year, ref.item, amount, ref.about, printed_unit=unit)
        assert record.stated is not None and isinstance(editor, TextEdit)
        table, _slash, place = editor.text().partition("/")
        sources = {"source_table": table.strip(), "source_column": place.strip()}
        return partial(commands.state, book, ref.year, ref.item, record.stated.amount, ref.about, **sources)

    def number(self, record: Figure, column: str) -> Decimal | None:
        amounts = {STATED: record.stated and record.stated.amount, COMPUTED: record.computed}
        amount = record.difference if column == DIFFERENCE and self.text(record, column) else amounts.get(column)
        return (
            exact(amount, record.printed_unit)
            if isinstance(amount, int) and record.printed_unit in (WAN, YUAN)
            else None
        )

    def _show(self, record: Figure, amount: int, apart: bool = False) -> str:
        """An amount at the row's unit; ``apart``: a difference, which for a grade is so many places."""
        unit = record.printed_unit
        if unit == GRADE:
            places = _("{n}级").format(n=abs(amount))
            return places if apart else show_amount(self.desk.book, record.ref.year, amount, unit)
        return show_printed(amount, unit) + ("" if unit == WAN else unit)
