"""The figures of 多年对比 as a grid: one column for each year, and how much the last one grew."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.money import show_rate
from core.over_years import Line, shown
from ui.desk import Desk
from ui.tables import Column, RecordTable

TITLE, GROWTH = "title", "growth"


class YearModel(RecordTable):
    """Rows are ``core.over_years.Line``; a column is named by its place among the years."""

    def __init__(self, desk: Desk, years: Sequence[int], parent: QWidget | None = None) -> None:
        amounts = [
            Column(str(place), _("{year}年").format(year=year), 118, is_amount=True, is_computed=True)
            for place, year in enumerate(years)
        ]
        growth = Column(GROWTH, _("比上年"), 100, is_amount=True, is_computed=True)
        super().__init__((Column(TITLE, _("项目"), 0), *amounts, growth), parent)
        self.desk = desk

    def key(self, record: Any) -> Hashable:
        return record.title

    def text(self, record: Any, column: str) -> str:
        line: Line = record
        if column == TITLE:
            return "　" * line.level + line.title
        if column == GROWTH:
            growth = line.growth
            if growth is None:
                return "—"
            sign = "+" if growth > 0 else ""
            return sign + show_rate(growth.numerator, growth.denominator)
        return shown(line.values[int(column)], self.desk.money_unit == "万元")

    def tone(self, record: Any, column: str) -> str:
        if column == TITLE:
            return "second" if record.level else ""
        text = self.text(record, column)
        if text in ("—", "0.00", "0.00%"):
            return "faint"
        return "error" if text.startswith("-") and column != GROWTH else ""

    def is_strong(self, record: Any) -> bool:
        return not record.level
