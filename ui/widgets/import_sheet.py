"""Second step of the import: the sheet itself, with what was found in it, and the choices that can be made about it."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.batches import EVENTS, INDICATORS, PAYMENTS
from core.goals import VERSION_LABELS
from core.i18n import _
from core.intake.cells import column_letters
from core.intake.field_names import field_names
from core.intake.header import AMOUNTS, EVENT_COLUMNS
from core.intake.plan import FROM_COLUMN, GUESSED
from core.intake.preview import State
from core.intake.values import WAN, YUAN
from core.model import EVENT_LABELS
from ui.fields import DayEdit, Pick
from ui.intake import ImportWork
from ui.widgets.import_grid import LOWEST, MOST_COLUMNS, PickGrid, SheetModel
from ui.widgets.parts import Hint, button, label, set_role


class SheetStep(QWidget):
    """The sheet and the choices over it."""

    back_asked = Signal()
    on_asked = Signal()

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.grid: PickGrid | None = None
        self.model: SheetModel | None = None
        self.kind = Pick(work.kinds)
        self.year = Pick({})
        self.unit = Pick({})
        self.first, self.last = Pick({}), Pick({})
        self.event_kind = Pick({"": _("看各行"), **{kind: EVENT_LABELS[kind] for kind in EVENT_COLUMNS}})
        self.version = Pick({"": _("看各列"), **VERSION_LABELS})
        self.project = Pick({})
        self.day = DayEdit(work.desk.year if work.desk.is_open else 0, required=False)
        self.remember = QCheckBox(_("记住这个版式，名称"))
        self.name = QLineEdit()
        self.here = button(_("以所选行为表头"), self._take_rows)
        self.go_on = button(_("下一步：核对"), self.on_asked.emit, "primary")
        self._asked = label("", "hint-warning", wraps=True)
        self.units = {unit: button(unit, partial(work.choose, unit=unit)) for unit in (YUAN, WAN)}
        self._legend = label("", "second", wraps=True)
        self._labels: dict[str, QLabel] = {}
        self._body = QVBoxLayout()
        self._build()
        work.chosen.connect(self._on_chosen)
        work.planned.connect(self.show_plan)

    @property
    def wished_name(self) -> str:
        """The name under which the layout is to be remembered; empty: it is not."""
        return self.name.text().strip() or self.work.one.name if self.remember.isChecked() else ""

    def _on_chosen(self) -> None:
        """Another sheet, other headings or another kind: the columns are offered anew."""
        work, header = self.work, self.work.header
        if header is None or work.one.sheet is None:
            return
        if self.model is None or self.model._sheet is not work.one.sheet:
            self._make_grid()
            self.remember.setChecked(work.layout is not None)
            self.name.setText(work.layout.name if work.layout else _suggested(work))
        self.kind.set_value(header.kind)
        rows = {str(row): _("第{n}行").format(n=row + 1) for row in range(min(LOWEST, len(work.one.sheet.rows)))}
        rows |= {str(row): _("第{n}行").format(n=row + 1) for row in (header.first, header.last)}
        for pick, value in ((self.first, header.first), (self.last, header.last)):
            pick.set_options(rows)
            pick.set_value(str(value))
        self._offer_columns()
        self._offer_choices()
        self.show_plan()

    def show_plan(self) -> None:
        """Colour the rows, and ask what the sheet does not say."""
        work = self.work
        if self.model is None or work.header is None:
            return
        self.model.show_plan(work)
        assert self.grid is not None
        self.grid.clearSpans()
        for row, place in self.model.titles():
            if len(self.model.columns) - 1 - place > 1:
                self.grid.setSpan(row, place + 1, 1, len(self.model.columns) - 1 - place)
        plan = work.now.plan if work.now else None
        self._offer_choices()
        words = [work.problem] if work.problem else []
        asks = plan is not None and plan.unit_from == GUESSED and plan.total is not None
        if asks and plan is not None:
            words.append(_("表中没有写明金额单位，按数字大小像是{unit}。请选定：").format(unit=plan.unit))
        set_role(self._asked, "hint-error" if work.problem else "hint-warning")
        self._asked.setText("\n".join(words))
        self._asked.setVisible(bool(words))
        for made in self.units.values():
            made.setVisible(asks)
        counts = Counter(self.model.states)
        shown = [f"{work.labels[state]} {counts[state]}" for state in State if counts[state] and state != State.BLANK]
        self._legend.setText(_("各行：{states}").format(states="　".join(shown)) if plan else "")
        self.go_on.setEnabled(plan is not None and not asks)

    def _offer_choices(self) -> None:
        """What else can be chosen for this kind of sheet."""
        work, header = self.work, self.work.header
        assert header is not None
        book, choices, plan = work.desk.book, work.choices, work.now.plan if work.now else None
        fields = {column.field for column in header.columns if column.field}
        self.year.set_options({str(one.year): _("{year}年度").format(year=one.year) for one in book.years()})
        year = choices.year or (plan.year if plan else work.desk.year)
        self.year.set_value(str(year))
        asked = plan is not None and plan.unit_from == GUESSED
        says = _("按列标题") if plan and plan.unit_from == FROM_COLUMN else _("按表中：{unit}")
        blank = _("请选择") if asked else says.format(unit=plan.unit if plan else "")
        self.unit.set_options({"": blank if plan else _("按表中"), YUAN: YUAN, WAN: WAN})
        self.unit.set_value(choices.unit)
        own = plan is not None and (plan.unit_from == FROM_COLUMN or not plan.unit)
        self.unit.setEnabled(bool(choices.unit) or not own)
        self._show("event_kind", self.event_kind, header.kind == EVENTS and "amount" in fields)
        self.event_kind.set_value(choices.event_kind)
        self._show("version", self.version, header.kind == INDICATORS)
        self.version.set_value(choices.version)
        needs_project = header.kind in (PAYMENTS, EVENTS, INDICATORS)
        names = {str(row.project): row.name for row in book.project_years(year)}
        none = _("单位整体") if header.kind == INDICATORS else _("不指定")
        self.project.set_options({"": none, **names})
        self.project.set_value(str(choices.project or ""))
        self._show("project", self.project, needs_project and not fields & {"project", "project_code", "subproject"})
        self._show("day", self.day, header.kind == PAYMENTS and "date" not in fields)
        self.day.year = year
        if not self.day.hasFocus():
            self.day.give(choices.day)

    def _offer_columns(self) -> None:
        header = self.work.header
        assert header is not None and self.grid is not None
        options = {"": _("（不取）"), **field_names(header.kind)}
        picks: dict[int, Pick] = {}
        for column in header.columns:
            if column.place >= MOST_COLUMNS:
                continue
            pick = Pick(options)
            pick.set_value(column.field)
            pick.setAccessibleName(
                _("{column}列“{heading}”取作").format(column=column_letters(column.place), heading=column.heading)
            )
            money = column.field in AMOUNTS and column.unit
            pick.setToolTip(f"{column.heading}（{column.unit}）" if money else column.heading)
            pick.picked.connect(partial(self.work.set_field, column.place))
            picks[column.place + 1] = pick
        self.grid.pick_header.show_picks(picks)

    def _make_grid(self) -> None:
        if self.grid is not None:
            self._body.removeWidget(self.grid)
            self.grid.deleteLater()
        self.model = SheetModel(self.work, self)
        self.grid = PickGrid(self.model, self)
        self.grid.setAccessibleName(_("工作表内容"))
        self._body.addWidget(self.grid, 1)

    def _take_rows(self) -> None:
        if self.grid is not None and (rows := self.grid.chosen_rows()):
            self.work.set_rows(rows[0], rows[-1])

    def _show(self, key: str, widget: QWidget, is_shown: bool) -> None:
        widget.setVisible(is_shown)
        self._labels[key].setVisible(is_shown)

    def _build(self) -> None:
        work = self.work
        head = QHBoxLayout()
        head.setSpacing(6)
        named = (
            ("kind", _("内容"), self.kind), ("year", _("年度"), self.year), ("unit", _("金额单位"), self.unit),
            ("first", _("表头从"), self.first), ("last", _("到"), self.last),
            ("event_kind", _("变动类型"), self.event_kind), ("version", _("指标版本"), self.version),
            ("project", _("没有项目的行归入"), self.project), ("day", _("没有日期的行记为"), self.day),
        )  # fmt: skip
        second = QHBoxLayout()
        second.setSpacing(6)
        for key, text, widget in named:
            if isinstance(widget, Pick):
                widget.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToContents)
            self._labels[key] = label(text, "second")
            widget.setAccessibleName(text)
            row = head if key in ("kind", "year", "unit", "first", "last") else second
            row.addWidget(self._labels[key])
            row.addWidget(widget)
            if key != "first":
                row.addSpacing(8)
        self.day.setFixedWidth(120)
        self._show("year", self.year, work.asks_year)
        head.addWidget(self.here)
        head.addWidget(Hint(_("每列上方选择这一列是什么；不需要的列选“（不取）”")), 1)
        second.addStretch(1)
        self.kind.picked.connect(work.set_kind)
        self.year.picked.connect(lambda year: work.choose(year=int(year)))
        self.unit.picked.connect(lambda unit: work.choose(unit=unit))
        self.event_kind.picked.connect(lambda kind: work.choose(event_kind=kind))
        self.version.picked.connect(lambda version: work.choose(version=version))
        self.project.picked.connect(lambda project: work.choose(project=int(project or 0)))
        self.day.editingFinished.connect(self._on_day)
        for pick in (self.first, self.last):
            pick.picked.connect(lambda _row: work.set_rows(int(self.first.value()), int(self.last.value())))
        self.name.setAccessibleName(_("版式名称"))
        self.name.setFixedWidth(220)
        foot = QHBoxLayout()
        foot.addWidget(self.remember)
        foot.addWidget(self.name)
        foot.addWidget(self._legend, 1)
        foot.addWidget(button(_("上一步"), self.back_asked.emit))
        foot.addWidget(self.go_on)
        asked = QHBoxLayout()
        asked.addWidget(self._asked, 1)
        for made in self.units.values():
            asked.addWidget(made)
            made.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(second)
        layout.addLayout(asked)
        layout.addLayout(self._body, 1)
        layout.addLayout(foot)
        self._asked.hide()

    def _on_day(self) -> None:
        if not self.day.problem() and self.day.day() != self.work.choices.day:
            self.work.choose(day=self.day.day())


def _suggested(work: ImportWork) -> str:
    """A name for the layout: that of the sheet if it says something, else that of the file."""
    sheet = work.one.name
    plain = sheet.lower().startswith("sheet") or sheet.startswith("工作表")
    return work.path.stem if plain and work.path else sheet
