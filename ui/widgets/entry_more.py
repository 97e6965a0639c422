"""更多: the further fields of an entry, each kind with its own, under the line for entries."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core import codes
from core.entries import Entry
from core.i18n import _
from core.labels import field_label
from core.model import EVENT_LABELS, FUND_LABELS, BudgetEvent, Commitment, EventKind, Fund, Payment
from core.money import show_yuan
from core.quotas import quotas
from ui.desk import Desk
from ui.fields import Field, Pick, TextEdit
from ui.style import scaled
from ui.suggest import CodeEdit, WordEdit
from ui.widgets.parts import label

NAME_WIDTH = 84
LEVELS = (_("中央"), _("省级"), _("市级"), _("县区级"), _("乡镇级"))
METHODS = (_("直接支付"), _("授权支付"), _("公务卡"), _("转账"), _("现金"))
DOCUMENTED = (EventKind.INITIAL, EventKind.TRANSFER, EventKind.ADJUST, EventKind.SUPPLEMENT)

Rows = Sequence[Sequence[tuple[str, int]]]  # field and how many of the three columns it takes
_PAYMENT: Rows = (
    (("fund", 1), ("event", 2)),
    (("economic_code", 1), ("functional_code", 1), ("method", 1)),
    (("bank_no", 1), ("memo", 2)),
)
_COMMITMENT: Rows = ((("fund", 1), ("event", 2)), (("memo", 3),))
_GIVEN: Rows = (
    (("fund", 1), ("functional_code", 1), ("economic_code", 1)),
    (("level", 1), ("advance", 1), ("memo", 1)),
)
_DATED: Rows = (
    (("fund", 1), ("functional_code", 1), ("economic_code", 1)),
    (("level", 1), ("origin_year", 1), ("memo", 1)),
)
_REALLOCATED: Rows = ((("fund", 1), ("functional_code", 1), ("economic_code", 1)), (("memo", 3),))


def rows_of(record: type[Entry], kind: str) -> Rows:
    """Which fields an entry has beside those in the line."""
    if record is Payment:
        return _PAYMENT
    if record is Commitment:
        return _COMMITMENT
    if kind == EventKind.REALLOCATE:
        return _REALLOCATED
    return _GIVEN if kind in DOCUMENTED else _DATED


class OriginEdit(TextEdit):
    """The budget year money originates in (资金所属年度): four digits, empty where it is this year's own."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self.setPlaceholderText(_("空为自动"))

    def value(self) -> int:
        """The year; 0 if the field is empty. Raises ``ValueError``."""
        return int(self.text().strip() or 0)

    def problem(self) -> str:
        text = self.text().strip()
        if not text or (text.isascii() and text.isdigit() and 2000 <= int(text) <= self.year):
            return ""
        return _("“{text}”不对，请输入四位年度，不晚于{year}。").format(text=text[:10], year=self.year)


class EntryMore(QWidget):
    """Shows, takes and gives back the further fields of an entry of the kind on show."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._project = 0
        self._rows: Rows = ()
        self.fields: dict[str, Field] = {
            "fund": Pick(FUND_LABELS),
            "event": Pick({}),
            "functional_code": CodeEdit(codes.CodeKind.FUNCTIONAL, desk.year),
            "economic_code": CodeEdit(codes.CodeKind.DEPARTMENT, desk.year),
            "method": WordEdit(METHODS),
            "bank_no": TextEdit(),
            "level": WordEdit(LEVELS),
            "advance": Pick({"": _("否"), "1": _("是")}),
            "origin_year": OriginEdit(desk.year),
            "memo": TextEdit(),
        }
        self._cells: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._build()

    def show_kind(self, record: type[Entry], kind: str, project: int) -> None:
        """Offer the fields of this kind of entry for a project."""
        year = self.desk.year
        self._project = project
        for field in self.fields.values():
            if isinstance(field, CodeEdit | OriginEdit):
                field.year = year
        events = self.desk.book.events(year, self._head()) if project else []
        functional = self.fields["functional_code"]
        assert isinstance(functional, CodeEdit)
        functional.preferred = frozenset(event.functional_code for event in events)
        rows = rows_of(record, kind)
        if rows is not self._rows:
            self._rows = rows
            self._lay_out()
        self.show_quotas()

    def show_quotas(self) -> None:
        """Bring the budget events that can be drawn on, and what is left of each, up to date."""
        pick = self.fields["event"]
        if "event" in self.shown() and self._project and not self.isHidden():
            assert isinstance(pick, Pick)
            pick.set_options(self._quotas())

    def shown(self) -> list[str]:
        """The fields of the kind on show, in order."""
        return [key for row in self._rows for key, _span in row]

    def values(self) -> dict[str, object]:
        """What the fields hold, by the record's field names; those of another kind are left out."""
        return {key: _value(key, self.fields[key]) for key in self.shown()}

    def give(self, entry: Entry) -> None:
        """Show what an entry holds."""
        for key in self.shown():
            held, field = getattr(entry, key), self.fields[key]
            match field:
                case CodeEdit():
                    field.give_code(held)
                case OriginEdit():
                    field.give(str(held or ""))
                case Pick():
                    field.give(str(int(held)) if held and key != "fund" else str(held or ""))
                case _:
                    field.give(held)
                    field.setCursorPosition(0)

    def clear(self, keeps: Sequence[str] = ()) -> None:
        """Empty the fields but some."""
        for key, field in self.fields.items():
            if key not in keeps:
                field.give(Fund.GENERAL if key == "fund" else "")

    def filled(self) -> int:
        """How many fields hold something that is not the usual."""
        usual = {"fund": Fund.GENERAL}
        return sum(_plain(self.fields[key]) not in ("", usual.get(key, "")) for key in self.shown())

    def _head(self) -> int:
        return self.desk.book.parent(self._project) or self._project

    def _quotas(self) -> dict[str, str]:
        """Every budget event with money, and what is left of it; first the choice that leaves it open."""
        found = {"": _("自动（先用以前年度的资金）")}
        for quota in quotas(self.desk.book, self.desk.year, self._head()):
            event = quota.event
            paper = event.doc_no or event.doc_title
            parts = (event.date[5:], EVENT_LABELS[event.kind], paper, show_yuan(event.amount))
            if event.fund != Fund.GENERAL:
                parts = (*parts, FUND_LABELS[event.fund])
            text = " ".join(filter(None, parts))
            found[str(event.id)] = _("{event}，余{left}元").format(event=text, left=show_yuan(quota.left))
        return found

    def _on_quota(self, value: str) -> None:
        """The entry has the fund source and the functional code of the event it draws on."""
        event = self.desk.book.get(BudgetEvent, int(value or 0))
        fund, functional = self.fields["fund"], self.fields["functional_code"]
        assert isinstance(fund, Pick) and isinstance(functional, CodeEdit)
        if event is not None:
            fund.set_value(event.fund)
            if event.functional_code:
                functional.give_code(event.functional_code)
            self.edited.emit()

    def _lay_out(self) -> None:
        for cell in self._cells.values():
            self._grid.removeWidget(cell)
            cell.hide()
        for number, row in enumerate(self._rows):
            column = 0
            for key, span in row:
                self._grid.addWidget(self._cells[key], number, column, 1, span)
                self._cells[key].show()
                column += span

    def _build(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        for key, field in self.fields.items():
            name = field_label(Payment if key in ("event", "method", "bank_no") else BudgetEvent, key)
            cell = self._cells[key] = _cell(name, field)
            cell.setParent(self)
            cell.hide()
            field.edited.connect(self.edited)
        quota = self.fields["event"]
        assert isinstance(quota, Pick)
        quota.picked.connect(self._on_quota)
        self.clear()


def _cell(name: str, field: Field) -> QWidget:
    cell = QWidget()
    text: QLabel = label(name, "second")
    text.setFixedWidth(scaled(NAME_WIDTH))
    text.setBuddy(field)
    field.setAccessibleName(name)
    field.setMinimumWidth(80)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(text)
    row.addWidget(field, 1)
    return cell


def _value(key: str, field: Field) -> object:
    match field:
        case CodeEdit():
            return field.code()
        case OriginEdit():
            return field.value()
        case Pick() if key == "event":
            return int(field.value() or 0)
        case Pick() if key == "advance":
            return bool(field.value())
        case Pick():
            return field.value()
    return field.text().strip()


def _plain(field: Field) -> str:
    return field.value() if isinstance(field, Pick) else field.text().strip()
