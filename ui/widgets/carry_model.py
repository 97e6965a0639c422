"""What a year carries over, against what the next year opened with."""

from collections.abc import Hashable

from PySide6.QtWidgets import QWidget

from core.carrying import CarryLine
from core.i18n import _
from core.model import FUND_LABELS
from core.money import show_yuan
from ui.desk import Desk
from ui.tables import Column, RecordTable
from ui.widgets.disposal_model import holder_name

PROJECT, FUND, ORIGIN = "project", "fund", "origin_year"
CARRIED, OPENING, ADJUSTED, DIFFERENCE = "carried", "opening", "adjusted", "difference"


class CarryModel(RecordTable):
    """Rows are ``CarryLine``; nothing is typed here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column(PROJECT, _("项目"), 0),
            Column(FUND, _("资金性质"), 120),
            Column(ORIGIN, _("资金年度"), 68),
            Column(CARRIED, _("结转下年（元）"), 122, is_amount=True),
            Column(OPENING, _("下年上年结转（元）"), 140, is_amount=True),
            Column(ADJUSTED, _("年初余额调整（元）"), 140, is_amount=True),
            Column(DIFFERENCE, _("待带入（元）"), 118, is_amount=True),
        )
        super().__init__(columns, parent)
        self.desk = desk

    def key(self, record: CarryLine) -> Hashable:
        return record.project, record.fund, record.origin_year

    def text(self, record: CarryLine, column: str) -> str:
        match column:
            case "project":
                return holder_name(self.desk, record.project)
            case "fund":
                return FUND_LABELS.get(record.fund, record.fund)
            case "origin_year":
                return str(record.origin_year)
        return show_yuan(getattr(record, column))

    unit = "元"

    def amount(self, record: CarryLine, column: str) -> int | None:
        return None if column in (PROJECT, FUND, ORIGIN) else int(getattr(record, column))

    def tone(self, record: CarryLine, column: str) -> str:
        if column in (PROJECT, FUND, ORIGIN):
            return "" if column == PROJECT else "second"
        amount = getattr(record, column)
        if amount < 0:
            return "error"
        if column == DIFFERENCE and amount:
            return "accent"
        return "" if amount else "faint"

    def tip(self, record: CarryLine, column: str) -> str:
        return self.text(record, column) if column == PROJECT else ""
