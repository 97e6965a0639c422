"""What is asked before a ledger is made of a report: whose it is, of which year, and where the file goes."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QWidget

from core.founding.plan import Plan
from core.i18n import _
from ui.fields import TextEdit
from ui.files import FILTER, SUFFIX, documents
from ui.widgets.parts import button


class FoundingBar(QFrame):
    """One line; Enter in a field is as good as the button."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.name, self.year, self.place = TextEdit(), TextEdit(), TextEdit()
        self.button = button(_("建账"), self.accepted.emit, "primary")
        self.name.edited.connect(self._name_file)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(8)
        for words, field, stretch in (
            (_("单位全称"), self.name, 3),
            (_("年度"), self.year, 0),
            (_("文件位置"), self.place, 5),
        ):
            name = QLabel(words)
            name.setBuddy(field)
            field.setAccessibleName(words)
            field.returnPressed.connect(self.accepted)
            row.addWidget(name)
            row.addWidget(field, stretch)
        self.year.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 34)
        row.addWidget(button(_("浏览…"), self._browse))
        row.addWidget(self.button)
        self.setFocusProxy(self.name)

    def show_plan(self, plan: Plan) -> None:
        """Offer what the report says."""
        self.name.give(plan.unit)
        self.year.give(str(plan.year or ""))
        self.place.give("")
        self._name_file()

    def problem(self) -> str:
        """What is missing or wrong; the field of it takes the focus."""
        year, place = self.year.text().strip(), self.place.text().strip()
        if not self.name.text().strip():
            self.name.setFocus()
            return _("请填写单位全称。")
        if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
            self.year.setFocus()
            return _("请填写报告的年度，四位数字，例如 2023。")
        if not place.lower().endswith(SUFFIX) or not Path(place).is_absolute():
            self.place.setFocus()
            return _("文件位置要写完整路径，并以 .ysz 结尾。可以点“浏览”选择。")
        return ""

    def values(self) -> tuple[str, int, Path]:
        """Unit, year and place, where there is no problem."""
        return self.name.text().strip(), int(self.year.text()), Path(self.place.text().strip())

    def _name_file(self) -> None:
        """Name the file after the unit as long as the officer has chosen no other place."""
        if not self.place.is_changed:
            name = "".join(ch for ch in self.name.text().strip() if ch not in '\\/:*?"<>|') or _("本单位")
            folder = documents() / _("单位预算台账")
            free = (one for n in range(1, 1000) if not (one := folder / f"{name}{n if n > 1 else ''}{SUFFIX}").exists())
            self.place.give(str(next(free)))

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("新台账文件的位置"), self.place.text(), FILTER, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.place.setText(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)
