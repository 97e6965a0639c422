"""月度对账: an export of the budget system beside the ledger, difference by difference."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import _
from core.ledger import Outcome
from core.matching.mending import reconciled, show_day
from core.matching.model import Comparison
from core.report.model import Document
from ui.desk import Desk
from ui.fields import DayEdit, Pick
from ui.matching import MatchWork
from ui.page import Page
from ui.style import scaled
from ui.widgets.ask_bar import AskBar
from ui.widgets.current_stack import CurrentStack
from ui.widgets.import_sheet import SheetStep
from ui.widgets.matching_file import MatchFile
from ui.widgets.matching_result import MatchResult
from ui.widgets.parts import button, label, set_role

FILE, SHEET, RESULT = range(3)


class MatchingPage(Page):
    """The export is chosen, its columns are looked at where they are not clear, then the comparison stands."""

    name = "matching"
    title = _("月度对账")
    icon = "calendar_check"
    least_height = 470

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.work = MatchWork(desk, self)
        self.file = MatchFile(self.work)
        self.sheet = SheetStep(self.work)
        self.result = MatchResult(self.work)
        self.stack = CurrentStack()
        self.state = label("", "tag")
        self.sheets = Pick({})
        self.until = DayEdit(desk.year if desk.is_open else 0)
        self.until_label = label(_("比较截至"), "second")
        self.other = button(_("另选导出表"), self.begin)
        self.columns = button(_("表头与各列"), lambda: self.show_step(SHEET))
        self.print_button = button(_("打印对账单"), self.print)
        self.mark = button("", self._ask_reconciled, "primary")
        self.ask = AskBar()
        self._held: object = None  # the ledger the comparison is of
        self._year = 0
        self._is_new = False  # the file was just read: go where its columns say
        self._build()
        self._connect()
        self.show_step(FILE)

    # Pages

    def refresh(self, outcome: Outcome | None) -> None:
        """Compare anew with the ledger as it is; another file begins from nothing."""
        desk = self.desk
        if desk.ledger is not self._held:
            self._held, self._year = desk.ledger, desk.year
            self.work.close()
            self.show_step(FILE)
        elif self._year != desk.year:
            self._year = desk.year
            self.work.until = ""
        self.until.year = desk.year
        self._show_state()
        if self.work.header is not None and not self.work.is_busy:
            self.work.plan()

    def areas(self) -> list[QWidget]:
        if self.stack.currentIndex() == RESULT:
            return [self.result.cards[next(iter(self.result.cards))], self.result.grid, self.other]
        return [self.file.choose if self.stack.currentIndex() == FILE else self.sheet]

    def begin(self) -> None:
        """Another export."""
        self.work.close()
        self.file.say("")
        self.show_step(FILE)
        self.file.choose.setFocus()

    def show_step(self, step: int) -> None:
        """Go to a step."""
        self.stack.setCurrentIndex(step)
        is_payments = isinstance(self.work.result, Comparison)
        for widget in (self.other, self.columns):
            widget.setVisible(step != FILE)
        self.columns.setVisible(step == RESULT)
        self.print_button.setVisible(step == RESULT)
        for made in (self.until, self.until_label, self.mark):
            made.setVisible(step == RESULT and is_payments)
        names = {str(place): one.name for place, one in enumerate(self.work.found) if one.sheet is not None}
        self.sheets.setVisible(step != FILE and len(names) > 1)
        self.sheets.set_options(names)
        self.sheets.set_value(str(self.work.place))

    def paper(self) -> Document:
        """The comparison as a document (对账单)."""
        from core.report.matching_paper import matching_paper, quota_paper

        result, desk = self.work.result, self.desk
        assert result is not None
        if isinstance(result, Comparison):
            return matching_paper(desk.book, result, desk.today())
        return quota_paper(desk.book, result, desk.today())

    def print(self) -> None:
        """Show the paper to be printed or saved."""
        from ui.dialogs.paper import PaperDialog

        make: Callable[[], Document] = self.paper
        dialog = PaperDialog(self.desk, make, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # What happens

    def _on_read(self) -> None:
        self._is_new = True
        known = [place for place, one in enumerate(self.work.found) if one.sheet is not None and one.sheet.rows]
        if not known:
            problem = next((one.problem for one in self.work.found if one.problem), "")
            self.work.close()
            self.file.say(problem or _("这个文件里没有任何内容，请确认是不是一体化系统的导出表。"))
            return
        self.work.choose_sheet(self.work.place if self.work.place in known else known[0])

    def _on_planned(self) -> None:
        work, is_new = self.work, self._is_new
        if work.problem:
            lacks = work.header is not None and not work.one.header and not work.is_other_unit
            if self.stack.currentIndex() == SHEET or lacks:
                if is_new:
                    self.show_step(SHEET)
            else:
                self.file.say(work.problem)
                self.show_step(FILE)
            self._is_new = False
            return
        if is_new or self.stack.currentIndex() == FILE:
            self._is_new = False
            self.show_step(RESULT if work.is_certain else SHEET)
        elif self.stack.currentIndex() == RESULT:
            self.show_step(RESULT)
        if isinstance(work.result, Comparison):
            if not self.until.hasFocus():
                self.until.set_day(work.result.until)
            self.mark.setText(_("标为已对账至{day}").format(day=show_day(work.result.until)))
        self.mark.setEnabled(not self.desk.file_readonly)
        self._show_state()

    def _show_state(self) -> None:
        held = reconciled(self.desk.book, self.desk.year, self.desk.today())
        self.state.setText(held.text if held else "")
        self.state.setVisible(held is not None)
        set_role(self.state, "tag" if held is not None and held.is_due else "good")

    def _on_until(self) -> None:
        if not self.until.problem() and isinstance(self.work.result, Comparison):
            day = self.until.day()
            if day != self.work.result.until:
                self.work.compare_to(day)

    def _ask_reconciled(self) -> None:
        """What is left open is said before the day is set."""
        result = self.work.result
        if not isinstance(result, Comparison):
            return
        day, count = result.until, len(result.open)
        if not count:
            self._reconcile(day)
            return
        text = _("还有{n}项没有处理也没有接受。仍标为已对账至{day}？未了的项数会记入操作日志。")
        self.ask.ask(text.format(n=count, day=show_day(day)), _("仍然标记"), lambda: self._reconcile(day), True)

    def _reconcile(self, day: str) -> None:
        if self.work.reconcile(day):
            self.desk.told.emit(_("已标为已对账至{day}，可以撤销。").format(day=show_day(day)), False)

    def _go_on(self) -> None:
        if name := self.sheet.wished_name:
            self.work.remember(name)
        if self.work.result is not None and not self.work.problem:
            self.show_step(RESULT)

    def _connect(self) -> None:
        work = self.work
        work.read.connect(self._on_read)
        work.planned.connect(self._on_planned)
        self.sheet.back_asked.connect(self.begin)
        self.sheet.on_asked.connect(self._go_on)
        self.sheets.picked.connect(lambda place: work.choose_sheet(int(place)))
        self.until.editingFinished.connect(self._on_until)

    def _build(self) -> None:
        self.sheet.go_on.setText(_("下一步：比较"))
        self.sheets.setAccessibleName(_("工作表"))
        self.until.setAccessibleName(_("比较截至"))
        self.until.setFixedWidth(scaled(124))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.title, "title"))
        head.addWidget(self.state)
        head.addStretch(1)
        for part in (self.sheets, self.until_label, self.until, self.columns, self.other, self.print_button, self.mark):
            head.addWidget(part)
        for part in (self.file, self.sheet, self.result):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.ask)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.file.choose)
