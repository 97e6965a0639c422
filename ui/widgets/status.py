"""The bar at the bottom: saved or read-only, the file, its backup, the rules and what they found."""

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.i18n import _
from ui.desk import Desk
from ui.widgets.lamps import Lamps
from ui.widgets.parts import label, set_role

EDGE, GAP = 16, 24  # pixels beside and between the parts


class StatusBar(QFrame):
    """Says quietly that all is well."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "bar-bottom")
        self.setFixedHeight(27)
        self._saved = label()
        self._file = label(role="second")
        self._backup = label(role="second")
        self._checked = label(role="second")
        self._tally = label(role="strong")
        self._checks = ("", "")  # what the rules found, in full and in short
        self.lamps = Lamps(desk)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, 0, EDGE, 0)
        layout.setSpacing(GAP)
        for part in (self._saved, self._file, self._backup):
            layout.addWidget(part)
        layout.addWidget(self._tally)
        layout.addStretch(1)
        layout.addWidget(self.lamps)
        layout.addWidget(self._checked)
        desk.opened.connect(self._show_opened)
        desk.tallied.connect(self._show_tally)
        desk.changed.connect(self._show_saved)
        desk.year_changed.connect(self.show_check)
        desk.unit_changed.connect(self.show_check)

    def show_backup(self, text: str, is_failure: bool) -> None:
        """What is known of the last backup."""
        set_role(self._backup, "error" if is_failure else "second")
        self._backup.setText(text)
        self._backup.setToolTip(str(self.desk.ledger.backup_folder) if self.desk.is_open else "")
        self._fit()

    def show_check(self, *_args: object) -> None:
        """How many rules ran and what they found; the time is that of the last check or recheck."""
        if not self.desk.is_open:
            return
        if not self.desk.is_checked:
            self._checked.setText(_("正在核对…"))
            return
        self.lamps.refresh()
        review = self.desk.review()
        took = max(1, round(self.desk.ledger.check_seconds * 1000))
        found = _("{errors} 错误 · {warnings} 提醒").format(errors=review.errors, warnings=review.warnings)
        text = _("核对 {rules} 条规则 · {found} · 用时 {ms} 毫秒")
        self._checks = (text.format(rules=len(self.desk.ledger.checker.rules), found=found, ms=took), found)
        self._fit()

    @property
    def tally(self) -> str:
        """What is said of the chosen cells."""
        return self._tally.text()

    def _show_tally(self, text: str) -> None:
        """Count and sum of the chosen cells, in the place of the file and its backup."""
        self._tally.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say in short, or leave away, what there is no room for: saved, sums and lamps always stay."""
        room = self.width() - 2 * EDGE
        for text in self._checks if self._checks[0] else ():
            self._checked.setText(text)
            always = (self._saved, self._tally, self.lamps, self._checked)
            left = room - sum(part.sizeHint().width() + GAP for part in always)
            if left >= 0:
                break
        else:
            left = 0
        for part in (self._backup, self._file):
            wide = part.sizeHint().width() + GAP
            fits = not self._tally.text() and bool(part.text()) and wide <= left
            part.setVisible(fits)
            left -= wide if fits else 0

    def _show_opened(self) -> None:
        ledger = self.desk.ledger
        set_role(self._saved, "warning" if ledger.readonly else "good")
        self._saved.setText(_("○ 只读，不能修改") if ledger.readonly else _("● 已保存"))
        self._file.setText(_("文件：{name}").format(name=ledger.path.name))
        self._file.setToolTip(str(ledger.path))
        self._fit()

    def _show_saved(self, _outcome: object) -> None:
        self._saved.setText(_("● 已保存 {time}").format(time=f"{datetime.now():%H:%M:%S}"))
        self.show_check()
