"""The two tables of 备份与恢复: the backups there are, and one of them against the ledger as it is now."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.attachments import size_text
from core.backups import WHY_LABELS, Why
from core.i18n import _
from core.second_folder import Held
from core.then_and_now import Line, Totals
from ui.desk import Desk
from ui.tables import Column, RecordTable, Role

_COLUMNS = (
    Column("at", _("时间"), 126),
    Column("why", _("原因"), 104),
    Column("what", _("内容"), 0),
    Column("size", _("大小"), 68, is_amount=True),
    Column("place", _("位置"), 56),
    Column("state", _("状态"), 64),
)
_UNKNOWN, _GOOD, _BAD = _("未检查"), _("完好"), _("不可用")


class BackupModel(RecordTable):
    """Rows are ``Held``. ``states``: what was found of each when it was checked, empty when it is good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.states: dict[Path, str] = {}
        self.first: Path | None = None  # the folder beside the ledger

    def key(self, record: Any) -> Hashable:
        return record.backup.path.name, record.backup.size

    def text(self, record: Any, column: str) -> str:
        held: Held = record
        one = held.backup
        match column:
            case "at":
                return f"{one.at:%Y-%m-%d %H:%M}"
            case "why":
                return WHY_LABELS[one.why]
            case "what":
                return what_is_in(held)
            case "size":
                return size_text(one.size)
            case "place":
                return self.place(held)
        return self.state(held)

    def place(self, held: Held) -> str:
        """Which of the two folders holds it."""
        if len(held.folders) > 1:
            return _("两处")
        return _("本机") if held.folders == (self.first,) else _("第二处")

    def state(self, held: Held) -> str:
        """What is known of it, in a word."""
        if held.backup.contents is None:
            return _BAD
        found = self.states.get(held.backup.path)
        return _UNKNOWN if found is None else _BAD if found else _GOOD

    def tone(self, record: Any, column: str) -> str:
        if column == "state":
            return {_GOOD: "good", _BAD: "error"}.get(self.state(record), "faint")
        if column == "why" and record.backup.why == Why.DAMAGED:
            return "error"
        return "second" if column in ("size", "place", "what") else ""

    def tip(self, record: Any, column: str) -> str:
        return str(record.backup.path) if column != "state" else self.states.get(record.backup.path, "")


def what_is_in(held: Held) -> str:
    """Years and entries in a few words."""
    found = held.backup.contents
    if found is None:
        return _("无法读取")
    first, last = (found.years[0], found.years[-1]) if found.years else (0, 0)
    years = f"{first}—{last}" if first != last else str(first or _("没有年度"))
    count = found.events + found.payments
    return _("{years}　{n}笔").format(years=years, n=count)


_COMPARED = (
    Column("name", _("备份 → 现在"), 0),
    Column("budget", _("全年预算"), 132, is_amount=True, is_computed=True),
    Column("spent", _("实际支出"), 132, is_amount=True, is_computed=True),
    Column("count", _("笔数"), 84, is_amount=True, is_computed=True),
)


class ComparedModel(RecordTable):
    """Rows are ``Line`` of core.then_and_now; what differs reads ``then → now``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_COMPARED, parent)
        self.desk = desk

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        column = self.columns[section]
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal and column.key in ("budget", "spent"):
            return f"{column.title}（{self.desk.money_unit}）"
        return super().headerData(section, orientation, role)

    def key(self, record: Any) -> Hashable:
        return record.year, record.project

    def text(self, record: Any, column: str) -> str:
        line: Line = record
        if column == "name":
            return _("{year}年度").format(year=line.year) if not line.project else "　" + line.name
        then, now = (self._side(one, column) for one in (line.then, line.now))
        return then if then == now else f"{then} → {now}"

    def tone(self, record: Any, column: str) -> str:
        if column == "name":
            return ""
        return "accent" if "→" in self.text(record, column) else "faint"

    def _side(self, totals: Totals | None, column: str) -> str:
        if totals is None:
            return _("无")
        if column == "count":
            return str(totals.events + totals.payments)
        return self.desk.money(getattr(totals, column))

    def is_strong(self, record: Any) -> bool:
        return not record.project


def counted(counts: Mapping[str, tuple[int, int, int]]) -> str:
    """What restoring would do, kind by kind: 支出找回2笔…"""
    parts = []
    for label, (back, changed, removed) in counts.items():
        words = [
            text.format(n=number)
            for number, text in ((back, _("找回{n}条")), (changed, _("改回{n}条")), (removed, _("去掉{n}条")))
            if number
        ]
        parts.append(label + "、".join(words))
    return "；".join(parts)
