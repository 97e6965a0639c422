"""带入下年: opening the next year, and carrying the money over as its 上年结转."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from core.carrying import CarryLine, approved, carry_over, carry_preview
from core.change import Change, join
from core.check import About
from core.closing import undisposed
from core.i18n import _
from core.milestones import Milestone
from core.model import YearState
from core.money import show_yuan
from core.next_year import open_next_year
from core.outline import offered_templates, template_of, template_text
from ui.desk import Desk
from ui.fields import Pick
from ui.form import save
from ui.widgets.carry_model import ADJUSTED, CarryModel
from ui.widgets.closing_parts import ClosingPanel, card, fit_rows, row_of
from ui.widgets.closing_steps import Phase
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label
from ui.widgets.policy_pick import PolicyPick


class CarryPanel(ClosingPanel):
    """What is not carried yet is entered with one click, as one step that can be undone."""

    sentence = _("新建下年度，并把结转下年的资金按项目、资金性质和资金年度记成下年的“上年结转”，逐笔可见。")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.policy = PolicyPick()
        self.template = Pick({})
        self.template.setAccessibleName(_("报告模板"))
        self.projects: dict[int, QCheckBox] = {}
        self.indicators = QCheckBox(_("绩效指标（目标值，不含完成值）"))
        self.texts = QCheckBox(_("报告文字"))
        self.money = QCheckBox()
        self.open = button("", self.open_year, "primary")
        self.model = CarryModel(desk, self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("结转预览"))
        self.view.setTabKeyNavigation(False)
        self.view.diverted.connect(self._go)
        self.carry = button("", self.carry_money, "primary")
        self.show_next = button("", self._show_next, "link")
        self._title = label(role="heading")
        self._rows_title = label(role="heading")
        self._said = label(role="second", wraps=True)
        self._nothing = label(role="second", wraps=True)
        self._faults = [label("", "error", wraps=True), label("", "error", wraps=True)]
        self._boxes = QGridLayout()
        self._offered = 0  # the year the choices were made for
        self._build()

    def show_phase(self, phase: Phase, held: list[Milestone]) -> None:
        desk = self.desk
        book, year = desk.book, desk.year
        record, is_there = book.year(year), book.year(year + 1) is not None
        lines = carry_preview(book, year)
        left = [line for line in lines if line.difference]
        self._opening.setVisible(not is_there)
        if not is_there and record is not None:
            self._offer(record.policy, lines)
        self.open.setEnabled(not desk.file_readonly)
        self.model.show_rows(lines)
        fit_rows(self.view, len(lines))
        self.view.setColumnHidden(self.model.column_of(ADJUSTED), not any(line.adjusted for line in lines))
        self.view.fit_columns()
        self.view.setVisible(bool(lines))
        total = show_yuan(sum(line.carried for line in lines))
        self._rows_title.setText(_("结转预览（{n}笔，共{total}元）").format(n=len(lines), total=total))
        self._nothing.setVisible(not lines)
        waits = _("还没有登记结转下年的资金，先完成剩余资金处置；新建{next}年度不必等。")
        none = _("{year}年度没有结转下年的资金，不需要带入。")
        self._nothing.setText((waits if undisposed(book, year) else none).format(year=year, next=year + 1))
        self.carry.setText(self._carry_words(left, self._is_adjusted(lines)))
        self.carry.setVisible(bool(left) and is_there)
        self.carry.setEnabled(not desk.file_readonly)
        self._said.setText(self._advice(lines, left, is_there))
        self._said.setVisible(bool(self._said.text()))
        self.show_next.setText(_("查看{year}年度").format(year=year + 1))
        self.show_next.setVisible(is_there)
        for fault in self._faults:
            fault.hide()

    def open_year(self) -> None:
        """Open the next year with what is ticked, and the money if that is ticked, as one step."""
        self._tell(0, save(self.desk, self._opened))

    def carry_money(self) -> None:
        """Enter what is not carried yet."""
        self._tell(1, save(self.desk, partial(carry_over, self.desk.book, self.desk.year)))

    def _opened(self) -> Change:
        book, year = self.desk.book, self.desk.year
        chosen = [project for project, box in self.projects.items() if box.isChecked()]
        taken = (chosen, self.indicators.isChecked(), self.texts.isChecked())
        name = self.template.value()
        opened = open_next_year(book, year, self.policy.text(), *taken, template_text(name) if name else "")
        if not self.money.isChecked() or self.money.isHidden():
            return opened
        return join(opened.label, (opened, carry_over(book.apply(opened), year)))

    def _offer(self, policy: str, lines: list[CarryLine]) -> None:
        """Offer policies, templates and projects; what the officer chose stays while it is the same year."""
        book, year = self.desk.book, self.desk.year
        self._title.setText(_("新建{year}年度").format(year=year + 1))
        self.open.setText(_("新建{year}年度").format(year=year + 1))
        total = show_yuan(sum(line.carried for line in lines))
        self.money.setText(_("同时带入结转资金{total}元").format(total=total))
        self.money.setVisible(bool(lines))
        rows = {row.project: row.name for row in book.projects(year)}
        if self._offered == year and list(rows) == list(self.projects):
            return
        self._offered = year
        self.policy.show_policies(year + 1, policy)
        own = template_of(book, year).name
        others = {name: title for name, title in offered_templates().items() if title != own}
        self.template.set_options({"": _("沿用本年模板：{name}").format(name=own or _("未命名")), **others})
        self.template.give("")
        for box in self.projects.values():
            self._boxes.removeWidget(box)
            box.deleteLater()
        self.projects = {project: QCheckBox(name) for project, name in rows.items()}
        for number, box in enumerate(self.projects.values()):
            box.setChecked(True)
            self._boxes.addWidget(box, number // 2, number % 2)
        self.indicators.setChecked(True)
        self.texts.setChecked(False)
        self.money.setChecked(True)

    def _is_adjusted(self, lines: list[CarryLine]) -> bool:
        """Whether what moved after the approval becomes 年初余额调整."""
        record = self.desk.book.year(self.desk.year)
        moves = record is not None and record.state == YearState.OPEN
        return approved(self.desk.book, self.desk.year) and not moves and any(line.opening for line in lines)

    def _carry_words(self, left: list[CarryLine], is_adjusted: bool) -> str:
        if is_adjusted:
            return _("把{n}笔差额记为年初余额调整").format(n=len(left))
        amount = show_yuan(sum(line.difference for line in left))
        if any(line.opening for line in left):
            return _("更新{n}笔上年结转，相差{amount}元").format(n=len(left), amount=amount)
        return _("带入{n}笔结转，共{amount}元").format(n=len(left), amount=amount)

    def _advice(self, lines: list[CarryLine], left: list[CarryLine], is_there: bool) -> str:
        book, year = self.desk.book, self.desk.year
        record = book.year(year)
        moves = record is not None and record.state == YearState.OPEN
        if not lines:
            return ""
        if is_there and not left:
            text = _("✓ 结转已全部带入{year}年度。").format(year=year + 1)
        elif self._is_adjusted(left):
            return _("决算已批复，{year}年度的上年结转不再改动，差额作为年初余额调整单独登记。").format(year=year + 1)
        elif any(line.opening for line in left):
            text = _("带入以后结转又有变动，按现在的数更新{year}年度的上年结转。").format(year=year + 1)
        else:
            text = ""
        if moves:
            text += _("{year}年度还没有锁定，以后结转有变动，可以在这里更新。").format(year=year)
        return text

    def _go(self, line: CarryLine, _column: str, _typed: str) -> None:
        """To the project, in the next year where it is there."""
        desk = self.desk
        if desk.book.project_year(desk.year + 1, line.project):
            desk.set_year(desk.year + 1)
        desk.go(About("project", line.project, "opening"))

    def _show_next(self) -> None:
        self.desk.set_year(self.desk.year + 1)
        self.desk.go(About("page", field="projects"))

    def _tell(self, place: int, problem: str) -> None:
        self._faults[place].setText(problem)
        self._faults[place].setVisible(bool(problem))

    def _build(self) -> None:
        self._opening, inside = card()
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        kept = QWidget()
        kept.setLayout(self._boxes)
        self._boxes.setHorizontalSpacing(24)
        self._boxes.setContentsMargins(0, 5, 0, 0)
        more = QWidget()
        more.setLayout(row_of(self.indicators, self.texts))
        more.layout().setContentsMargins(0, 5, 0, 0)
        for row, (name, field) in enumerate(
            (
                (_("评分与核对口径"), self.policy),
                (_("报告模板"), self.template),
                (_("沿用项目"), kept),
                (_("沿用内容"), more),
            )
        ):
            text = label(name, "second")
            text.setContentsMargins(0, 5, 0, 0)
            form.addWidget(text, row, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, row, 1)
            text.setBuddy(field)
        inside.addWidget(self._title)
        inside.addLayout(form)
        inside.addWidget(label(_("沿用的内容标明“沿用上年”，逐项核对后在年终清单中确认。"), "faint", wraps=True))
        inside.addLayout(row_of(self.open, self.money))
        inside.addWidget(self._faults[0])
        body, below = card()
        below.addLayout(row_of(self._rows_title, self.show_next, stretch=0))
        below.addWidget(self._nothing)
        below.addWidget(self.view)
        below.addWidget(self._said)
        below.addLayout(row_of(self.carry))
        below.addWidget(self._faults[1])
        for widget in (self._opening, body):
            self.column.addWidget(widget)
        self.column.addStretch(1)
