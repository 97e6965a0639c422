"""单位信息: what the report says of the unit itself, saved field by field."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from core import commands
from core.change import Change
from core.check import About
from core.i18n import _
from core.labels import BASIS_LABELS, field_label
from core.ledger import Outcome
from core.model import UNIT_KINDS, Unit, UnitYear, Year
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.page import Page
from ui.widgets.field_form import FieldForm
from ui.widgets.parts import label
from ui.widgets.policy_pick import PolicyPick
from ui.widgets.staff_panel import StaffPanel

OF_UNIT = ("code", "kind", "basis", "other_counts")
OF_NAMES = (
    "name",
    "short_name",
    "superior",
    "duties",
    "institutions",
    "head",
    "finance_head",
    "preparer",
    "phone",
)


class UnitPage(Page):
    """Names and signatures belong to the year on show: a change never rewrites another year."""

    name = "unit"
    title = _("单位信息")
    icon = "building"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = FieldForm(self._save, self._try)
        self.texts = FieldForm(self._save, self._try)
        self.staff = StaffPanel(desk)
        self.policy = PolicyPick()
        self._fault = label("", "error", wraps=True)
        self._year = label(role="second")
        self._build()

    def refresh(self, outcome: Outcome | None) -> None:
        book, year = self.desk.book, self.desk.year
        unit, names, record = book.unit, book.unit_year(year), book.year(year)
        values = {key: getattr(unit, key) for key in OF_UNIT} | {key: getattr(names, key) for key in OF_NAMES}
        values["note"] = record.note if record else ""
        for form in (self.form, self.texts):
            form.show_values(values, not self.desk.readonly)
        self.texts.fields["note"].setEnabled(not self.desk.file_readonly)  # the note is no part of a final report
        self.staff.refresh()
        self.policy.show_policies(year, record.policy if record else "")
        self.policy.setEnabled(record is not None and not self.desk.readonly)
        self._fault.hide()
        self._year.setText(_("{year}年度的名称、职能和签章人员；改动不影响其他年度").format(year=year))

    def locate(self, about: About) -> bool:
        if about.kind == "staff":
            held = next((one for one in self.desk.book.staff(self.desk.year) if one.id == about.id), None)
            return held is not None and self.staff.view.show_place(held.type)
        if about.kind == "year" and about.field == "policy":
            self.policy.setFocus()
            return True
        return self.form.focus(about.field) or self.texts.focus(about.field)

    def leave(self) -> None:
        if reason := self.form.finish() or self.texts.finish() or self.staff.view.finish():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def areas(self) -> list[QWidget]:
        return [self.form, self.texts, self.staff.view, self.staff.type, self.policy]

    def _save_policy(self) -> None:
        book, year = self.desk.book, self.desk.year
        problem = save(self.desk, partial(commands.set_year, book, year, policy=self.policy.text()))
        if problem:
            self.refresh(None)  # the year's own is shown again
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))

    def _save(self, key: str, value: object) -> str:
        return self._problem(key, value) or save(self.desk, self._made(key, value))

    def _try(self, key: str, value: object) -> Forecast:
        problem = self._problem(key, value)
        return Forecast(problem, "error") if problem else forecast(self.desk, self._made(key, value))

    def _problem(self, key: str, value: object) -> str:
        return _("单位全称不能为空，报告标题和正文都要用到。") if key == "name" and not value else ""

    def _made(self, key: str, value: object) -> Callable[[], Change]:
        book, year = self.desk.book, self.desk.year
        if key in OF_UNIT:
            return partial(commands.set_unit, book, **{key: value})
        if key == "note":
            return partial(commands.set_year, book, year, note=value)
        return partial(commands.set_names, book, year, **{key: value})

    def _build(self) -> None:
        form, texts = self.form, self.texts
        for key in ("name", "short_name", "superior"):
            form.add_line(key, field_label(UnitYear, key))
        form.add_line("code", field_label(Unit, "code"))
        form.add_pick("kind", field_label(Unit, "kind"), {kind: kind for kind in UNIT_KINDS})
        for key in ("head", "finance_head", "preparer", "phone"):
            form.add_line(key, field_label(UnitYear, key))
        form.add_pick("basis", field_label(Unit, "basis"), BASIS_LABELS)
        form.add_check("other_counts", _("其他资金"), _("计入预算收入"))
        texts.add_text("duties", field_label(UnitYear, "duties"), 8, _("每条一行"))
        texts.add_text("institutions", field_label(UnitYear, "institutions"), 3)
        texts.add_text("note", field_label(Year, "note"), 5)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, (title, inside) in enumerate(
            ((_("名称与签章"), form), (_("职能与说明"), texts), (_("人员编制"), self.staff))
        ):
            heading = label(title, "heading")
            row, column, rows = ((0, 0, 3), (0, 1, 1), (2, 1, 1))[place]
            grid.addWidget(heading, row, column)
            grid.addWidget(inside if inside is self.staff else _card(inside), row + 1, column, rows, 1)
        chosen = _card(self.policy, self._fault)
        grid.addWidget(label(_("评分与核对口径"), "heading"), 4, 0, 1, 2)
        grid.addWidget(chosen, 5, 0, 1, 2)
        self._fault.hide()
        self.policy.picked.connect(self._save_policy)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        inside = QWidget()
        column_layout = QVBoxLayout(inside)
        column_layout.setContentsMargins(16, 12, 16, 12)
        column_layout.setSpacing(10)
        column_layout.addWidget(label(self.title, "title"))
        column_layout.addWidget(self._year)
        column_layout.addLayout(grid, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def _card(*inside: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 14, 16, 14)
    for one in inside:
        layout.addWidget(one)
    layout.addStretch(1)
    return card
