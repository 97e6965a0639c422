"""The figures of a report that no longer print as they were handed in, as a grid."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.report.as_submitted import Changed
from ui.tables import Column, RecordTable

NAME, THEN, NOW, DIFFERENCE = "name", "then", "now", "difference"
_MISSING = _("没有印出")


class SubmittedModel(RecordTable):
    """Rows are ``core.report.as_submitted.Changed``, in the order of print."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column(NAME, _("数据"), 0),
            Column(THEN, _("报送时"), 82, is_amount=True, is_computed=True),
            Column(NOW, _("现在"), 82, is_amount=True, is_computed=True),
            Column(DIFFERENCE, _("差额"), 74, is_amount=True, is_computed=True),
        )
        super().__init__(columns, parent)

    def key(self, record: Any) -> Hashable:
        return record.ref

    def text(self, record: Any, column: str) -> str:
        one: Changed = record
        match column:
            case "then":
                return one.then or _MISSING
            case "now":
                return one.now or _MISSING
            case "difference":
                return one.difference or "—"
        return one.label

    def tone(self, record: Any, column: str) -> str:
        text = self.text(record, column)
        if text in (_MISSING, "—"):
            return "faint"
        return "error" if column == DIFFERENCE and text.startswith("-") else ""

    def tip(self, record: Any, column: str) -> str:
        return _("{name}：双击或按回车，到它所在的地方").format(name=record.label)

    def is_summed(self, column: str) -> bool:
        return False
