"""核对历史: when each finding of the year came, by which line of the journal, and which line cleared it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from core.check_list import line_words
from core.i18n import _
from core.jobs import Progress
from core.labels import place_name
from ui.desk import Desk
from ui.style import row_height, scaled
from ui.tasks import Lane, Latest
from ui.widgets.parts import label

if TYPE_CHECKING:
    from core.book import Book
    from core.finding_history import Trace
    from core.ledger import Line

history_lane = Lane(patience=1)  # walks the journal back
_ROWS = 12  # seen without scrolling
_ROW = 27
_MOST = 1000  # stories that are listed


class FindingHistory(QFrame):
    """Asked for when it is unfolded; worked out in the background."""

    traced = Signal(object)  # Trace

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.trace: Trace | None = None
        self._asked: tuple[Book, int] | None = None
        self.setProperty("role", "card")
        self._said = label("", "second", wraps=True)
        self.list = QTreeWidget()
        self.list.setProperty("role", "roomy")
        self.list.setAccessibleName(_("核对历史"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("编号"), _("事项"), _("位置"), _("出现"), _("消除")])
        self.list.setFixedHeight(row_height(_ROW) * (_ROWS + 1))
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, width in enumerate((62, 150, 130)):
            self.list.setColumnWidth(column, scaled(width))
        for column in (3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self._said)
        layout.addWidget(self.list)
        self._latest = Latest(history_lane, 300, self)
        self._latest.done.connect(self._show)
        self.list.itemActivated.connect(lambda row: desk.go(row.data(0, Qt.ItemDataRole.UserRole)))
        self.hide()

    def ask(self) -> None:
        """Work the history out for the book as it is now."""
        from core.finding_history import trace
        from core.history import History
        from core.ledger import checker

        book, year, lines = self.desk.book, self.desk.year, self.desk.ledger.journal()
        if self._asked == (book, year):
            return
        self._asked = (book, year)
        self._said.setText(_("正在查阅操作日志…"))

        def work(progress: Progress) -> "Trace":
            return trace(book, History(lines), checker(), year, progress.step)

        self._latest.ask(work, at_once=self.trace is None)

    def stop(self) -> None:
        """Forget what was asked."""
        self._latest.stop()
        self.trace = self._asked = None

    def _show(self, found: "Trace") -> None:
        from core.rules import BY_ID

        self.trace = found
        book, gone = self.desk.book, sum(story.gone is not None for story in found.stories)
        text = _("按操作日志逐步复核：{open}项仍在，{gone}项已消除。最近的在前。")
        self._said.setText(text.format(open=len(found.stories) - gone, gone=gone))
        self.list.clear()
        for story in found.stories[:_MOST]:
            rule, finding = BY_ID[story.finding.rule], story.finding
            place = place_name(book, finding.year, finding.about)
            cells = [rule.id, rule.title, place, _brief(story.came) or _("建立文件时"), _brief(story.gone) or _("仍在")]
            row = QTreeWidgetItem(cells)
            for column, tip in enumerate((rule.id, rule.title, place, line_words(story.came), line_words(story.gone))):
                row.setToolTip(column, tip)
            row.setData(0, Qt.ItemDataRole.UserRole, finding.about)
            self.list.addTopLevelItem(row)
        self.traced.emit(found)


def _brief(line: "Line | None") -> str:
    """The day and what was done; the tool tip says who and when."""
    return f"{line.at[:10]} {line.label}" if line else ""
