"""A line over the pages of a year that is locked or final: what cannot be edited, why, and the way there."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from core.check import About
from core.i18n import _
from core.model import YearState
from core.seal import broken_words, locked_months, seal_holds
from ui.desk import Desk
from ui.style import icon
from ui.widgets.parts import button, label, set_role

PAGES = ("projects", "report", "basic_data", "unit")  # where a year is edited; 绩效指标 says so itself
LATER = 250  # milliseconds: a large year takes a moment to be proven, the page is painted first


class StateBar(QFrame):
    """Hidden while the year is open and its seal, if any, holds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._page = ""
        self._broken = False
        self._text = label(wraps=True)
        self._picture = QLabel()
        self._go = button(_("年度锁定与定稿"), lambda: desk.go(About("page", field="closing")), "link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._go)
        self._prove = QTimer(self, singleShot=True)
        self._prove.timeout.connect(self._check)
        for signal in (desk.opened, desk.changed, desk.year_changed):
            signal.connect(self._on_changed)
        self.hide()

    def show_page(self, page: str) -> None:
        """Stand over this page, if a year is edited there."""
        self._page = page
        self._show()

    @property
    def text(self) -> str:
        """What is said; empty if nothing."""
        return self._text.text() if not self.isHidden() else ""

    def _on_changed(self, *_args: object) -> None:
        self._broken = False
        self._show()
        self._prove.start(LATER)

    def _check(self) -> None:
        desk = self.desk
        if desk.is_open and desk.book.year(desk.year) and not seal_holds(desk.book, desk.year):
            self._broken = True
            self._show()

    def _show(self) -> None:
        words = self._words() if self.desk.is_open and self._page in PAGES else ""
        self._text.setText(words)
        self._picture.setPixmap(icon("warning" if self._broken else "lock").pixmap(16, 16))
        set_role(self, "strip-error" if self._broken else "strip")
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _words(self) -> str:
        year = self.desk.year
        record = self.desk.book.year(year)
        if self._broken:
            return broken_words(year)
        if record is None or (record.state == YearState.OPEN and self._page != "projects"):
            return ""
        if record.state == YearState.FINAL:
            return _("{year}年度已定稿，报告、指标、填报数和资金都不能修改。确需更正，写明原因反定稿。").format(
                year=year
            )
        if record.state == YearState.LOCKED:
            text = _("{year}年度已锁定，预算变动、支出和在途不能修改；报告、指标和说明可以继续填写。")
            return text.format(year=year)
        months = sorted(locked_months(record))
        named = "、".join(map(str, months))
        return _("{months}月已锁定，这些月份的记录不能修改。").format(months=named) if months else ""
