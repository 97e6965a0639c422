"""The bar at the top: unit, year, unit of amounts, undo and redo by name, print."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton

from core.i18n import _
from core.model import YEAR_STATE_LABELS, YearState
from ui.desk import Desk
from ui.settings import Settings
from ui.style import icon
from ui.widgets.parts import elided, label

STEP_WIDTH = 190  # room for the name of the step, in pixels


class TopBar(QFrame):
    """Shows where the officer is and what can be taken back. It asks; the window acts."""

    file_chosen = Signal(object)  # Path
    year_chosen = Signal(int)

    def __init__(self, desk: Desk, settings: Settings, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.desk = desk
        self.settings = settings
        self._actions = actions
        self.setProperty("role", "bar-top")
        self.setFixedHeight(48)
        self._unit = QPushButton()
        self._unit.setAccessibleName(_("单位和文件"))
        self._year = QPushButton()
        self._year.setAccessibleName(_("年度"))
        self._unit_menu, self._year_menu = QMenu(self._unit), QMenu(self._year)
        self._unit.setMenu(self._unit_menu)
        self._year.setMenu(self._year_menu)
        self._unit_menu.aboutToShow.connect(self._fill_unit_menu)
        self._year_menu.aboutToShow.connect(self._fill_year_menu)
        self._money = {"元": QPushButton("元"), "万元": QPushButton("万元")}
        self.search = QPushButton(icon("search"), _("搜索　Ctrl+K"))
        self.search.setAccessibleName(_("搜索"))
        self._undo = QPushButton(icon("undo"), _("撤销"))
        self._redo = QPushButton(icon("redo"), _("重做"))
        self._print = QPushButton(_("打印报告"))
        self._brand = label(_("单位预算台账"), "brand")
        self._steps: dict[QPushButton, tuple[str, ...]] = {}  # what undo and redo say, in full and in short
        self._build()
        for signal in (desk.opened, desk.changed, desk.year_changed, desk.unit_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self, *_args: object) -> None:
        """Show the unit, year and steps as they are now."""
        is_open = self.desk.is_open
        for widget in (self._unit, self._year, *self._money.values(), self.search, self._undo, self._redo, self._print):
            widget.setVisible(is_open)
        if not is_open:
            return
        names = self.desk.book.unit_year(self.desk.year)
        name = names.name or self.desk.ledger.path.stem
        self._unit.setText(elided(name, self._unit, 220) + " ▾")
        self._unit.setToolTip(f"{name}\n{self.desk.ledger.path}")
        self._show_year()
        self._money[self.desk.money_unit].setChecked(True)
        ledger = self.desk.ledger
        self._show_step("undo", self._undo, _("撤销"), ledger.undo_label, "Ctrl+Z")
        self._show_step("redo", self._redo, _("重做"), ledger.redo_label, "Ctrl+Y")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room undo and redo name the step no more, then are icons alone; last the name goes."""
        layout = self.layout()
        for length, brand in ((0, True), (1, True), (2, True), (2, False)):
            for button, words in self._steps.items():
                button.setText(words[length])
            self._brand.setVisible(brand)
            layout.invalidate()
            if layout.minimumSize().width() <= self.width():
                break

    def _show_year(self) -> None:
        """The year, and how it stands where it is locked or final."""
        record = self.desk.book.year(self.desk.year)
        text, state = _("{year} 年度").format(year=self.desk.year), ""
        if record is not None and record.state != YearState.OPEN:
            state = YEAR_STATE_LABELS[record.state]
        self._year.setText(f"{text} · {state} ▾" if state else f"{text} ▾")
        self._year.setIcon(icon("lock") if state else QIcon())
        self._year.setAccessibleName(_("年度，{state}").format(state=state) if state else _("年度"))

    def _show_step(self, name: str, button: QPushButton, verb: str, what: str, keys: str) -> None:
        text = _("{verb}：{what}").format(verb=verb, what=what) if what else verb
        self._steps[button] = (elided(text, button, STEP_WIDTH), verb, "")
        button.setToolTip(f"{text}（{keys}）")
        button.setAccessibleName(text)
        possible = bool(what) and not self.desk.file_readonly
        button.setEnabled(possible)
        self._actions[name].setText(text)
        self._actions[name].setEnabled(possible)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(12)
        self._brand.setMinimumWidth(140)
        layout.addWidget(self._brand)
        layout.addWidget(self._unit)
        layout.addWidget(self._year)
        money = QHBoxLayout()
        money.setSpacing(0)
        group = QButtonGroup(self)
        for (unit, button), role in zip(self._money.items(), ("segment-left", "segment-right"), strict=True):
            button.setProperty("role", role)
            button.setCheckable(True)
            button.setAccessibleName(_("金额以{unit}显示").format(unit=unit))
            button.clicked.connect(lambda _checked, unit=unit: self.desk.set_money_unit(unit))
            group.addButton(button)
            money.addWidget(button)
        layout.addLayout(money)
        layout.addStretch(1)
        self._print.setProperty("role", "primary")
        buttons = ((self.search, "search"), (self._undo, "undo"), (self._redo, "redo"), (self._print, "print_report"))
        for button, name in buttons:
            button.clicked.connect(self._actions[name].trigger)
            layout.addWidget(button)

    def _fill_unit_menu(self) -> None:
        self._unit_menu.clear()
        here = self.desk.ledger.path.absolute()
        for path in self.settings.recent:
            if path != here:
                entry = self._unit_menu.addAction(path.stem)
                entry.setToolTip(str(path))
                entry.triggered.connect(lambda _checked, path=path: self.file_chosen.emit(path))
        if not self._unit_menu.isEmpty():
            self._unit_menu.addSeparator()
        for name in ("new_unit", "open_other", "open_sample"):
            self._unit_menu.addAction(self._actions[name])
        self._unit_menu.addSeparator()
        for name in ("save_copy", "back_up", "export_tables"):
            self._unit_menu.addAction(self._actions[name])
        self._unit_menu.addSeparator()
        for name in ("start_tour", "print_guide"):
            self._unit_menu.addAction(self._actions[name])
        self._unit_menu.addAction(self._actions["show_help"])

    def _fill_year_menu(self) -> None:
        self._year_menu.clear()
        for record in reversed(self.desk.book.years()):
            text = _("{year} 年度").format(year=record.year)
            is_open = record.state == YearState.OPEN
            entry = self._year_menu.addAction(text if is_open else f"{text} · {YEAR_STATE_LABELS[record.state]}")
            entry.setCheckable(True)
            entry.setChecked(record.year == self.desk.year)
            entry.triggered.connect(lambda _checked, year=record.year: self.year_chosen.emit(year))
        self._year_menu.addSeparator()
        self._year_menu.addAction(self._actions["new_year"])
        if self.desk.book.projects(self.desk.year - 1):
            self._year_menu.addAction(self._actions["take_over_projects"])
