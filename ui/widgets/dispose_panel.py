"""剩余资金处置: the proposals to confirm or change, and under them what was entered already."""

from collections.abc import Hashable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.change import Change
from core.check import About
from core.closing import dispose, proposals, undisposed
from core.i18n import _
from core.labels import project_name
from core.milestones import Milestone
from core.model import DISPOSITIONS, EVENT_LABELS, FUND_LABELS, BudgetEvent
from core.money import show_yuan
from core.origins import origin_of
from core.outline import print_name
from ui.desk import Desk
from ui.form import forecast, save
from ui.tables import Column, RecordTable
from ui.widgets.closing_parts import ClosingPanel, card, fit_rows, row_of
from ui.widgets.closing_steps import Phase
from ui.widgets.disposal_model import AMOUNT, FUND, KIND, ORIGIN, PROJECT, DisposalModel, holder_name
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label, set_role

DAY, NUMBER = "date", "doc_no"


class EnteredModel(RecordTable):
    """Rows are the dispositions of the year; they are changed where all entries are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column(PROJECT, _("项目"), 0),
            Column(FUND, _("资金性质"), 120),
            Column(ORIGIN, _("资金年度"), 68),
            Column(KIND, _("处理方式"), 84),
            Column(AMOUNT, _("金额（元）"), 106, is_amount=True),
            Column(DAY, _("日期"), 92),
            Column(NUMBER, _("文号"), 178),
        )
        super().__init__(columns, parent)
        self.desk = desk

    def key(self, record: BudgetEvent) -> Hashable:
        return record.id

    def text(self, record: BudgetEvent, column: str) -> str:
        match column:
            case "project":
                return holder_name(self.desk, record.project)
            case "fund":
                return FUND_LABELS.get(record.fund, record.fund)
            case "origin_year":
                return str(origin_of(record) or "")
            case "kind":
                return EVENT_LABELS[record.kind]
            case "amount":
                return show_yuan(record.amount)
        return str(getattr(record, column))

    unit = "元"

    def amount(self, record: BudgetEvent, column: str) -> int | None:
        return record.amount if column == AMOUNT else None

    def tone(self, record: BudgetEvent, column: str) -> str:
        return "" if column in (PROJECT, KIND, AMOUNT) else "second"

    def tip(self, record: BudgetEvent, column: str) -> str:
        return _("双击到项目预算查看或修改")


class DisposePanel(ClosingPanel):
    """One click enters every line; it is one step that can be undone."""

    sentence = _("年底没有用完的资金，逐笔写明是财政收回、认定结余还是结转下年；可改方式和金额，一次登记。")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = DisposalModel(desk, self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("处置建议"))
        self.split = button(_("拆分本行"), self.split_line)
        self.restore = button(_("恢复建议"), self.model.restore)
        self.confirm = button("", self.enter, "primary")
        self._said = label(wraps=True)
        self._over = label("", "error", wraps=True)
        self._over_link = button(_("去处理"), self._go_over, "link")
        self._first_over = 0
        self.entered = EnteredModel(desk, self)
        self.done = GridView(self.entered)
        self.done.setAccessibleName(_("已登记的处置"))
        self.done.diverted.connect(lambda event, _column, _typed: self.desk.go(About("event", event.id)))
        for grid in (self.view, self.done):
            grid.setTabKeyNavigation(False)  # Tab goes on to the button
        self._done_title = label(role="heading")
        self._calm = label("", "good", wraps=True)
        self.model.altered.connect(self._follow)
        self._build()

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        book, year = self.desk.book, self.desk.year
        self.view.finish()
        self.model.show_proposals(proposals(book, year))
        over = [one for one in undisposed(book, year) if one.amount < 0]
        self._first_over = over[0].project if over else 0
        names = "、".join(
            _("“{name}”超支{amount}元").format(
                name=print_name(project_name(book, one.project, year)), amount=show_yuan(-one.amount)
            )
            for one in over
        )
        self._over.setText(_("{names}：先追加、调整预算或更正支出，超支不能处置。").format(names=names))
        for part in (self._over, self._over_link):
            part.setVisible(bool(over))
        rows = [
            event
            for row in book.project_years(year)
            for event in book.events(year, row.project)
            if event.kind in DISPOSITIONS
        ]
        self.entered.show_rows(rows)
        total = show_yuan(sum(event.amount for event in rows))
        self._done_title.setText(_("已登记的处置（{n}笔，共{total}元）").format(n=len(rows), total=total))
        self._done_card.setVisible(bool(rows))
        fit_rows(self.done, len(rows))
        self._follow()

    def finish(self) -> str:
        return self.view.finish()

    def enter(self) -> None:
        """Enter every line as a disposition of 31 December."""
        if reason := self.view.finish():
            self._say(reason, "error")
        elif problem := save(self.desk, self._change):
            self._say(problem, "error")

    def split_line(self) -> None:
        """Stand in the amount of the line: what is typed less than all leaves the rest to a new line."""
        line = self.view.current or (self.model.rows[0] if self.model.rows else None)
        if line is not None and self.view.stand_at(self.model.key(line), AMOUNT):
            self.view.setFocus()
            self.view.edit(self.view.currentIndex())

    def _change(self) -> Change:
        return dispose(self.desk.book, self.desk.year, self.model.chosen())

    def _follow(self) -> None:
        rows, wanted = self.model.rows, self.model.chosen()
        open_ = [one for one in wanted if not one.kind]
        self._lines_card.setVisible(bool(rows))
        self._calm.setVisible(not rows and not self._first_over)
        entered = bool(self.entered.rows)
        self._calm.setText(_("✓ 资金已全部使用或处置。") if entered else _("✓ 没有剩余资金需要处置。"))
        fit_rows(self.view, len(rows))
        total = show_yuan(sum(one.amount for one in wanted))
        self.confirm.setText(_("登记{n}笔处置，共{total}元").format(n=len(wanted), total=total))
        self.confirm.setEnabled(bool(wanted) and not open_ and not self.desk.locked)
        self.split.setEnabled(bool(rows) and not self.desk.locked)
        self.restore.setEnabled(self.model.is_changed)
        if open_:
            self._say(_("还有{n}行没有选择处理方式。").format(n=len(open_)), "warning")
        elif self.desk.locked or not wanted:
            self._say("", "")
        else:
            said = forecast(self.desk, self._change)
            self._say(said.text, said.tone)

    def _say(self, text: str, tone: str) -> None:
        set_role(self._said, tone or "faint")
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _go_over(self) -> None:
        self.desk.go(About("project", self._first_over))

    def _build(self) -> None:
        self._lines_card, inside = card()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(_("处置建议"), "heading"))
        head.addWidget(Hint(_("在格中直接改：F2 改方式或金额；金额改小，其余自动另起一行")), 1)
        head.addWidget(self.split)
        head.addWidget(self.restore)
        inside.addLayout(head)
        inside.addWidget(self.view)
        inside.addLayout(row_of(self._said, self.confirm, stretch=0))
        self._done_card, below = card()
        below.addLayout(row_of(self._done_title, Hint(_("需要修改时双击一行，到项目预算处理")), stretch=1))
        below.addWidget(self.done)
        for widget in (self._calm, self._lines_card, self._done_card):
            self.column.addWidget(widget)
        self.column.insertLayout(0, row_of(self._over, self._over_link))
        self.column.addStretch(1)
