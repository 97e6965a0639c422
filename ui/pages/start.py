"""The first page while no file is open: a new unit, last year's report, a file, or the sample."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.i18n import _
from core.model import UNIT_KINDS
from ui.fields import Pick, TextEdit
from ui.files import FILTER, SUFFIX, Files, documents
from ui.settings import Settings
from ui.widgets.current_stack import CurrentStack
from ui.widgets.parts import button, label
from ui.widgets.policy_pick import PolicyPick

if TYPE_CHECKING:
    from ui.widgets.founding import FoundingView

EARLIEST, LATEST = 2000, 2100  # fiscal years that can be typed
REPORTS = _("报告（*.docx *.html *.htm *.txt *.pdf）")


class StartPage(QWidget):
    """Four ways to begin. What is wrong with a new unit is said under its form."""

    open_asked = Signal()
    file_chosen = Signal(object)  # Path
    founded = Signal(object)  # Path of a ledger made of a report

    def __init__(self, files: Files, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = files
        self.settings = settings
        self.folder = documents() / _("单位预算台账")
        self.name = TextEdit()
        self.year = TextEdit()
        self.kind = Pick({kind: kind for kind in UNIT_KINDS})
        self.policy = PolicyPick()
        self.place = TextEdit()
        self._fault = label("", "error", wraps=True)
        self._recent = QVBoxLayout()
        self._views = CurrentStack()
        self._founding: FoundingView | None = None
        self.setAcceptDrops(True)
        self._build()
        self.year.give(str(date.today().year))
        self._follow_name()
        self.name.edited.connect(self._follow_name)
        self.year.edited.connect(self._offer_policies)
        self._offer_policies()

    def begin(self) -> None:
        """Show the files opened last and stand in the first field."""
        self._views.setCurrentIndex(0)
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for path in self.settings.recent:
            link = button(path.stem, lambda path=path: self.file_chosen.emit(path), "link")
            link.setToolTip(str(path))
            self._recent.addWidget(link)
        self.name.setFocus()

    def create(self) -> None:
        """Make the new unit's file, or say what is wrong."""
        fault = self._problem()
        if not fault:
            fault = self.files.create(
                Path(self.place.text().strip()),
                self.name.text(),
                int(self.year.text()),
                kind=self.kind.value(),
                policy=self.policy.text(),
            )
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    # From last year's report

    @property
    def founding(self) -> "FoundingView":
        """The view of a report from which a ledger is made; made when it is first asked for."""
        if self._founding is None:
            from ui.widgets.founding import FoundingView

            self._founding = FoundingView()
            self._founding.left_view.connect(self.begin)
            self._founding.founded.connect(self.founded.emit)
            self._views.addWidget(self._founding)
        return self._founding

    def ask_report(self) -> None:
        """Let the officer choose a report."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择上年报告"), str(self.folder.parent), REPORTS)
        if chosen:
            self.found_from(Path(chosen))

    def found_from(self, path: Path) -> None:
        """Read a report and show what a ledger can be made of."""
        self._views.setCurrentWidget(self.founding)
        self.founding.read_file(path)

    def found_from_clipboard(self) -> None:
        """Read the text that was copied."""
        self._views.setCurrentWidget(self.founding)
        self.founding.read_text(QGuiApplication.clipboard().text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1 and paths[0].suffix.lower() == SUFFIX:
            self.file_chosen.emit(paths[0])
        elif paths:
            self.found_from(paths[0])

    # A new unit

    def _problem(self) -> str:
        if not self.name.text().strip():
            self.name.setFocus()
            return _("请填写单位全称。")
        year = self.year.text().strip()
        if not (year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST):
            self.year.setFocus()
            return _("“{text}”不是年度，请输入四位数字，例如 {year}。").format(text=year, year=date.today().year)
        place = self.place.text().strip()
        if not place.lower().endswith(SUFFIX) or not Path(place).is_absolute():
            self.place.setFocus()
            return _("文件位置要写完整路径，并以 .ysz 结尾。可以点“浏览”选择。")
        return ""

    def _offer_policies(self) -> None:
        """Offer the policies in force in the year that is typed."""
        year = self.year.text().strip()
        if year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST:
            self.policy.show_policies(int(year))

    def _follow_name(self) -> None:
        """Name the file after the unit as long as the officer has chosen no other."""
        if not self.place.is_changed:
            name = "".join(ch for ch in self.name.text().strip() if ch not in '\\/:*?"<>|') or _("本单位")
            self.place.give(str(self.folder / f"{name}{SUFFIX}"))

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("文件位置"), self.place.text(), FILTER)
        if chosen:
            self.place.setText(chosen if chosen.lower().endswith(SUFFIX) else chosen + SUFFIX)

    def _build(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self._new_card(), 3)
        others = QVBoxLayout()
        others.setSpacing(16)
        others.addWidget(self._report_card())
        others.addWidget(self._open_card(), 1)
        others.addWidget(self._sample_card())
        cards.addLayout(others, 2)
        inside = QVBoxLayout()
        inside.setSpacing(18)
        inside.addWidget(label(_("开始使用"), "title"))
        text = _("一个文件存放一个单位的全部年度。数据只保存在本机，不联网。")
        inside.addWidget(label(text, "second"))
        inside.addLayout(cards)
        middle = QWidget()
        middle.setLayout(inside)
        middle.setMaximumWidth(900)
        ways = QWidget()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        layout = QVBoxLayout(ways)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(ways)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        ways.setAutoFillBackground(False)
        self._views.addWidget(area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)

    def _new_card(self) -> QFrame:
        card, column = _card(_("新建单位"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows: list[tuple[str, QWidget]] = [
            (_("单位全称"), self.name),
            (_("单位类别"), self.kind),
            (_("首个年度"), self.year),
            (_("评分口径"), self.policy),
        ]
        for row, (text, field) in enumerate(rows):
            name = QLabel(text)
            name.setBuddy(field)
            field.setAccessibleName(text)
            top = Qt.AlignmentFlag.AlignTop if field is self.policy else Qt.AlignmentFlag(0)
            grid.addWidget(name, row, 0, top)
            name.setContentsMargins(0, 6 if field is self.policy else 0, 0, 0)
            grid.addWidget(field, row, 1, 1, 2)
        grid.addWidget(QLabel(_("文件位置")), len(rows), 0)
        self.place.setAccessibleName(_("文件位置"))
        grid.addWidget(self.place, len(rows), 1)
        grid.addWidget(button(_("浏览…"), self._browse), len(rows), 2)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._fault.hide()
        column.addWidget(self._fault)
        make = button(_("新建并打开"), self.create, "primary")
        for field in (self.name, self.year, self.place):
            field.returnPressed.connect(self.create)
        column.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return card

    def _report_card(self) -> QFrame:
        card, column = _card(_("从上年报告建账"))
        text = _("读出上年自评报告中的单位、人员、填报数、项目和文字，核对后建成台账。也可以把报告拖到这里。")
        column.addWidget(label(text, "second", wraps=True))
        row = QHBoxLayout()
        row.addWidget(button(_("选择报告…"), self.ask_report))
        row.addWidget(button(_("粘贴复制的文字"), self.found_from_clipboard))
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _open_card(self) -> QFrame:
        card, column = _card(_("打开文件"))
        column.addWidget(button(_("选择台账文件…"), self.open_asked.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._recent)
        column.addStretch(1)
        return card

    def _sample_card(self) -> QFrame:
        card, column = _card(_("看示例"))
        text = _("一个虚拟单位三年的台账和报告，存为“文档”中的副本，可以随意修改。其中有意保留几处差错，演示核对。")
        column.addWidget(label(text, "second", wraps=True))
        column.addWidget(button(_("打开示例"), self.files.open_sample), 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 16, 20, 18)
    column.setSpacing(10)
    column.addWidget(label(title, "heading"))
    return card, column
