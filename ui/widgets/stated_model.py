"""填报数 against 台账数 on the same basis: what was filed, what the ledger says, the difference, where it is from."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtWidgets import QWidget

from core import commands
from core.change import Change
from core.check import Severity
from core.figures import ITEM_LABELS, RATE, Figure, Ref, figure, items
from core.i18n import _
from core.money import show_wan, show_yuan
from core.review import Item
from ui.desk import Desk
from ui.fields import Field, MoneyEdit, TextEdit
from ui.form import Forecast, forecast, save
from ui.tables import Column, RecordTable

ITEM, STATED, COMPUTED, DIFFERENCE, SOURCE = "item", "stated", "computed", "difference", "source"

COLUMNS = (
    Column(ITEM, _("项目"), 150),
    Column(STATED, _("填报数（万元）"), 120, is_amount=True),
    Column(COMPUTED, _("台账数（万元）"), 120, is_amount=True, is_computed=True),
    Column(DIFFERENCE, _("差额（万元）"), 110, is_amount=True, is_computed=True),
    Column(SOURCE, _("来源（表 / 栏）"), 0),
)
WAN = "万元"
GROUNDS = {Severity.BLOCK: "error_soft", Severity.ERROR: "error_soft", Severity.WARNING: "warning_soft"}


class StatedModel(RecordTable):
    """Rows are ``Figure`` of the unit or of a project; emptying a stated figure makes it unknown again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.desk = desk
        self.about = 0
        self._notes: dict[str, Item] = {}  # the gravest open finding of an item

    def show_about(self, about: int) -> None:
        """Show the figures of the unit (0) or of a project."""
        self.about = about
        desk = self.desk
        found = (figure(desk.book, Ref(desk.year, about, item)) for item in items(about) if item != RATE)
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
                assert isinstance(record.computed, int)
                return self._show(record, record.computed)
            case "stated":
                return self._show(record, stated.amount) if stated else "—"
            case "difference":
                return self._show(record, record.difference) if stated else ""
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
        if column == STATED:
            money = MoneyEdit(parent, unit=record.stated.printed_unit if record.stated else WAN)
            money.set_amount(record.stated.amount if record.stated else None)
            return money
        line = TextEdit(parent)
        line.give(self.text(record, SOURCE))
        return line

    def forecast(self, record: Figure, column: str, editor: Field) -> Forecast:
        return forecast(self.desk, self._change(record, editor))

    def put(self, record: Figure, column: str, editor: Field) -> str:
        return save(self.desk, self._change(record, editor))

    def _change(self, record: Figure, editor: Field) -> Callable[[], Change]:
        book, ref = self.desk.book, record.ref
        if isinstance(editor, MoneyEdit):
            amount = editor.amount()
            if amount is None:
                return partial(commands.unstate, book, ref.year, ref.item, ref.about)
            return partial(commands.state, book, ref.year, ref.item, amount, ref.about)
        assert record.stated is not None and isinstance(editor, TextEdit)
        table, _slash, column = editor.text().partition("/")
        sources = {"source_table": table.strip(), "source_column": column.strip()}
        return partial(commands.state, book, ref.year, ref.item, record.stated.amount, ref.about, **sources)

    def _show(self, record: Figure, amount: int) -> str:
        is_yuan = record.stated is not None and record.stated.printed_unit == "元"
        return _("{amount}元").format(amount=show_yuan(amount)) if is_yuan else show_wan(amount)
