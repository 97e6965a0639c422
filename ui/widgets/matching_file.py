"""First step of 月度对账: an export is chosen or dropped, and what is compared is said."""


from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import _
from ui.matching import MatchWork
from ui.widgets.drop_card import DropCard, ask_spreadsheet
from ui.widgets.parts import button, label

_KINDS = (
    (_("支付明细"), _("支付日期、支付凭证号、收款人、用途、项目、支付金额；逐笔比较")),
    (_("指标余额"), _("项目、资金性质、指标金额、已支付、指标余额；按项目和资金性质比较")),
)
_STEPS = (
    _("先按凭证号、银行流水号配对；没有编号的，按日期、金额、收款人、用途和项目都相同配对。"),
    _("其余的只提出可能是同一笔的，由您确认；不确认就不算相符。"),
    _("差异可以补登、改正、删除或红字冲销，选好后一次执行，是一步操作，可以撤销。"),
    _("核对无误后，标为“已对账至”某日，显示在窗口下方，并记入操作日志。"),
)


class MatchFile(QWidget):
    """Where the export comes in."""

    def __init__(self, work: MatchWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.drop = DropCard()
        self.choose = button(_("选择导出表…"), self.ask, "primary")
        self.cancel = button(_("取消"), self._cancel)
        self.fault = label("", "hint-error", wraps=True)
        self.insist = button(_("单位已改名，确是本单位的，继续比较"), work.insist)
        self._said = label("", "second", wraps=True)
        self._build()
        work.begun.connect(lambda: self.show_busy(True))
        work.stepped.connect(self._on_stepped)
        work.read.connect(lambda: self.show_busy(False))
        work.failed.connect(self.say)

    def ask(self) -> None:
        """Let the officer choose an export."""
        if path := ask_spreadsheet(self, _("选择一体化系统的导出表"), self.work.path):
            self.work.open(path)

    def say(self, problem: str) -> None:
        """Say why there is no comparison."""
        self.show_busy(False)
        self.fault.setText(problem)
        self.fault.setVisible(bool(problem))
        self.insist.setVisible(bool(problem) and self.work.is_other_unit)

    def show_busy(self, is_busy: bool) -> None:
        """Show the progress while the export is read."""
        for widget in (self.bar, self.cancel):
            widget.setVisible(is_busy)
        self.choose.setEnabled(not is_busy)
        if is_busy:
            self.fault.hide()
            self.insist.hide()
            self.bar.setRange(0, 0)
            self._said.setText(_("正在读取“{name}”…").format(name=self.work.path.name if self.work.path else ""))
            self.cancel.setFocus()
        else:
            self._said.setText(_("也可以把一体化系统导出的 .xlsx、.xls、.et、.ods、.csv 拖到这里；导出表不会被修改。"))

    def _on_stepped(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _cancel(self) -> None:
        self.work.close()
        self.show_busy(False)
        self.choose.setFocus()

    def _build(self) -> None:
        self.bar = self.drop.hold(self.choose, self._said, self.cancel)
        self.drop.dropped.connect(self.work.open)
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(18, 16, 18, 18)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        grid.addWidget(label(_("可以对账的导出表"), "heading"), 0, 0, 1, 2)
        for row, (name, about) in enumerate(_KINDS, 1):
            grid.addWidget(label(name, "strong"), row, 0)
            grid.addWidget(label(about, "second", wraps=True), row, 1)
        first = len(_KINDS) + 1
        grid.setRowMinimumHeight(first, 10)
        grid.addWidget(label(_("怎样对账"), "heading"), first + 1, 0, 1, 2)
        for row, text in enumerate(_STEPS, 1):
            grid.addWidget(label(str(row), "accent"), first + 1 + row, 0)
            grid.addWidget(label(text, "second", wraps=True), first + 1 + row, 1)
        grid.setColumnStretch(1, 1)
        unit = QHBoxLayout()
        unit.addWidget(self.fault, 1)
        unit.addWidget(self.insist)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.drop)
        layout.addLayout(unit)
        layout.addWidget(card)
        layout.addStretch(1)
        self.fault.hide()
        self.insist.hide()
        self.show_busy(False)
