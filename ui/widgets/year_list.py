"""The list of 收支台账 with its filters, the line for the next entry, and what to do where there is nothing to show."""

import json
from collections.abc import Iterator
from functools import partial
from time import perf_counter

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.check import About
from core.entries import Entry
from core.entry_list import View
from core.entry_words import BUDGET, IN_TRANSIT, PAID
from core.i18n import _
from core.ledger import Outcome
from core.model import EVENT_LABELS, FUND_LABELS
from core.money import show_yuan
from ui.desk import Desk
from ui.fields import Pick
from ui.style import scaled
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_list import MANY, EntryList
from ui.widgets.entry_table import ECONOMIC, FUND, MEMO, NUMBER, PAYEE
from ui.widgets.grid import LEAST
from ui.widgets.parts import button, label
from ui.widgets.year_grid import YearGrid
from ui.widgets.year_line import YearLine
from ui.widgets.year_model import YearModel
from ui.widgets.year_rows import Band

OPTIONAL = (MEMO, FUND, ECONOMIC)  # shown only where something stands in them
GIVING_WAY = (*OPTIONAL, NUMBER, PAYEE)  # in this order, where there is no room
MONTHS = range(1, 13)
SLICE = 0.008  # seconds of looking through a long list before keys and painting go on
KEPT = "YearView"  # under which name filters, order and folded months are remembered


class YearList(EntryList):
    """All entries of the year on show."""

    model: YearModel
    view: YearGrid
    line: YearLine

    def __init__(self, desk: Desk, ask: AskBar, parent: QWidget | None = None) -> None:
        model = YearModel(desk)
        super().__init__(desk, ask, model, YearLine(desk), parent, YearGrid(model))
        model.setParent(self)
        self._giving = False  # filters are being set, not chosen
        self._ordered: View | None = None  # whose order is wanted, while a long list is being put into it
        self._steps: Iterator[None] = iter(())  # the rest of a long list that is still to be looked through
        self._slicing = QTimer(self, singleShot=True)
        self._slicing.timeout.connect(self._go_on)
        model.order_asked.connect(self._put_in_order)
        self.picks = {
            "month": Pick({}),
            "kind": Pick({}),
            "project": Pick({}),
            "fund": Pick({}),
        }
        self.clear_button = button(_("清除筛选"), self.show_everything, "link")
        self._sums = label(role="faint")
        self._empty, self._empty_text = QFrame(), label(role="second", wraps=True)
        self._empty_action = button("", self._help_out, "primary")
        self._lay_out()
        for pick in self.picks.values():
            pick.edited.connect(self._refine)
        model.layoutChanged.connect(self._remember)
        model.folding.connect(self._remember)

    # What is on show

    def show_year(self) -> None:
        """Show the year of the desk, filtered and in the order as it was last."""
        self.view.finish()
        self.bar.give_up()
        self._slicing.stop()
        self._ordered = None
        self._offer()
        self._recall()
        self.model.view = self._wanted_view()
        self.model.show_year()
        rows = self.desk.book.project_years(self.desk.year)
        held = {row.project for row in rows}
        project = self._project() or self.line.project
        self.line.show_project(project if project in held else rows[0].project if len(rows) == 1 else 0)
        self._show_columns()
        self._show_state()
        if self.model.rows:
            self.view.scrollToBottom()
            self.view.setCurrentIndex(self.model.index(len(self.model.rows) - 1, 0))

    def renew(self) -> None:
        """Show the same year as it is now, at the same place."""
        self._slicing.stop()
        self._offer()
        self.model.view, self._ordered = self._wanted_view(), None
        self.model.renew()
        is_there = self.desk.book.project_year(self.desk.year, self.line.project) is not None
        self.line.show_project(self.line.project if is_there else 0)
        self._show_columns()
        self._show_state()

    def follow(self, outcome: Outcome) -> None:
        if outcome.change.tables() & {"project", "project_year"}:
            self._offer()
        self.model.follow(outcome)
        if self._slicing.isActive():  # it was looked through as it was before
            self._refine()
        self.line.follow()
        self._show_columns()
        self._show_state()

    def show_entry(self, entry: Entry, field: str) -> bool:
        self.model.unfold(entry)
        found = super().show_entry(entry, field)
        if not found:  # its month was folded behind the filters
            self.model.unfold(entry)
            found = super().show_entry(entry, field)
        return found

    def show_everything(self) -> None:
        self._giving = True
        for pick in self.picks.values():
            pick.set_value("")
        self.filter.clear()
        self._giving = False
        self._refine()
        self._finish_choosing()

    @property
    def home(self) -> int:
        return self._project()

    @property
    def is_ready(self) -> bool:
        return bool(self.desk.book.project_years(self.desk.year))

    def go_to_project(self) -> None:
        """Show the project of the chosen entry on its own page."""
        if isinstance(entry := self.view.current, Entry):
            self.desk.go(About("project", entry.project))

    def _open_menu(self, place: QPoint) -> None:
        if not isinstance(self.view.current, Band):
            super()._open_menu(place)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view.add_block_actions(menu)
        self._add_folds(menu)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _fill_menu(self, menu: QMenu, entry: Entry) -> None:
        super()._fill_menu(menu, entry)
        menu.addSeparator()
        menu.addAction(_("只看这个项目"), partial(self._pick_project, entry.project))
        menu.addAction(_("在“项目预算”查看这个项目"), self.go_to_project)
        self._add_folds(menu)

    def _add_folds(self, menu: QMenu) -> None:
        if self.model.is_banded:
            menu.addSeparator()
            menu.addAction(_("折叠全部月份"), partial(self._fold_all, True))
            menu.addAction(_("展开全部月份"), partial(self._fold_all, False))

    def _fold_all(self, folds: bool) -> None:
        self.view.finish()
        self.model.fold_all(folds)

    def _pick_project(self, project: int) -> None:
        self.picks["project"].set_value(str(project))
        self._refine()

    # Filters

    def _wanted_view(self) -> View:
        held = self._ordered or self.model.view
        values = {name: pick.value() for name, pick in self.picks.items()}
        project = self._project()
        family = {project, *(row.project for row in self.desk.book.children(self.desk.year, project))}
        return View(
            self.filter.text(),
            held.by,
            held.falling,
            int(values["month"] or 0),
            values["kind"],
            frozenset(family) if project else frozenset(),
            values["fund"],
        )

    def _project(self) -> int:
        return int(self.picks["project"].value() or 0)

    def _refine(self) -> None:
        """Look for what is wanted; in a long list in slices, so that typing goes on."""
        if self._giving:
            return
        self._refining.stop()
        self.view.finish()
        self._steps = self.model.choosing(self._wanted_view())
        if len(self.model.whole) > MANY:
            self._count.setText(_("正在筛选…"))
            self._slicing.start(0)
        else:
            self._finish_choosing()

    def _put_in_order(self, view: View) -> None:
        """Put a long list in order, as it is filtered now."""
        self._ordered = view
        self._refine()
        self._count.setText(_("正在排序…"))

    def _go_on(self) -> None:
        begun = perf_counter()
        if not self.desk.is_open:
            return
        while next(self._steps, self) is not self:
            if perf_counter() - begun >= SLICE:
                self._slicing.start(0)
                return
        self._show_chosen()

    def _finish_choosing(self) -> None:
        """Look through the rest of the list at once."""
        self._slicing.stop()
        for _slice in self._steps:
            pass
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._ordered = None
        self._show_state()
        self._remember()
        if (project := self._project()) and self.line.entry is None and not self.line.amount.text():
            self.line.show_project(project)

    def _offer(self) -> None:
        """Offer the months, kinds, projects and fund sources there are."""
        book, year = self.desk.book, self.desk.year
        rows = book.project_years(year)
        projects = {str(row.project): ("　" if book.parent(row.project) else "") + row.name for row in rows}
        kinds = {PAID: _("支出"), IN_TRANSIT: _("在途"), BUDGET: _("全部预算变动")}
        self.picks["month"].set_options({"": _("全部月份")} | {str(n): _("{month}月").format(month=n) for n in MONTHS})
        self.picks["kind"].set_options({"": _("全部类型")} | kinds | dict(EVENT_LABELS))
        self.picks["project"].set_options({"": _("全部项目")} | projects)
        self.picks["fund"].set_options({"": _("全部资金")} | dict(FUND_LABELS))

    def _remember(self) -> None:
        """Keep filters, order and folded months from start to start."""
        if not self.desk.is_open:
            return
        view = self.model.view
        held = {name: pick.value() for name, pick in self.picks.items()}
        held |= {"words": view.words, "by": view.by, "falling": view.falling, "folded": sorted(self.model.folded)}
        held["place"] = [self.desk.ledger.path.name, self.desk.year]
        self.desk.keep_layout(KEPT, json.dumps(held, ensure_ascii=False))

    def _recall(self) -> None:
        """Filter as it was last; month, project and folded months belong to the year of one file."""
        try:
            held = json.loads(self.desk.layouts.get(KEPT, "{}"))
        except ValueError:
            held = {}
        if not isinstance(held, dict):
            return
        same = held.get("place") == [self.desk.ledger.path.name, self.desk.year]
        self._giving = True
        for name, pick in self.picks.items():
            pick.set_value(str(held.get(name, "")) if same or name in ("kind", "fund") else "")
        self.filter.setText(str(held.get("words", "")))
        self._giving = False
        by = str(held.get("by", ""))
        self.model.view = View(by=by if by in self.model.sorts else "", falling=held.get("falling") is True)
        folded = held.get("folded", ()) if same else ()
        self.model.folded = {month for month in folded if isinstance(month, int)} if isinstance(folded, list) else set()

    # Around the list

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def _show_columns(self) -> None:
        model = self.model
        sums = model.months.through(12)
        self.view.make_room(max(abs(sums.budget), abs(sums.spent), abs(sums.left)))
        hidden = {key: key in OPTIONAL and key not in model.filled for key in GIVING_WAY}
        self.view.hide_columns(hidden, GIVING_WAY, self.width() - scaled(LEAST) - 12)

    def _show_state(self) -> None:
        model, is_ready = self.model, self.is_ready
        shown, whole = len(model.months), len(model.whole)
        count = _("共 {count} 笔") if shown == whole else _("{shown} / {count} 笔")
        self._count.setText(count.format(shown=f"{shown:,}", count=f"{whole:,}"))
        sums = model.months.through(12)
        text = _("预算 {budget}　支出 {spent}　未处置 {left}（元）")
        text = text if model.is_complete else _("所列预算 {budget}　支出 {spent}（元）")
        amounts = {"budget": sums.budget, "spent": sums.spent, "left": sums.left}
        self._sums.setText(text.format(**{name: show_yuan(amount) for name, amount in amounts.items()}))
        self.clear_button.setVisible(model.view.is_part)
        self.line.setVisible(is_ready and not self.desk.locked and self.bar.isHidden())
        self.view.setVisible(bool(model.rows))
        self._empty.setVisible(not model.rows)
        if not model.rows:
            self._say_what_to_do(is_ready)
        self._show_actions()

    def _say_what_to_do(self, is_ready: bool) -> None:
        if not is_ready:
            text, action = _("本年度还没有项目。先新增项目，再在这里登记预算变动和支出。"), _("去“项目预算”新增项目")
        elif self.model.whole:
            text, action = _("没有符合筛选条件的记录。"), _("清除筛选")
        elif self.desk.locked:
            text, action = _("本年度没有预算变动和支出记录。"), ""
        else:
            text = _("还没有预算变动和支出。在下面一行选择项目、填写金额，按 Ctrl+Enter 登记；也可以粘贴表格。")
            action = _("登记第一笔")
        self._empty_text.setText(text)
        self._empty_action.setText(action)
        self._empty_action.setVisible(bool(action))

    def _help_out(self) -> None:
        """Do what the empty list proposes."""
        if not self.is_ready:
            self.desk.go(About("page", field="projects"))
        elif self.model.whole:
            self.show_everything()
            self.view.setFocus()
        else:
            self.line.where.setFocus()

    def _lay_out(self) -> None:
        names = (_("月份"), _("类型"), _("项目"), _("资金性质"))
        for (key, pick), name, width in zip(self.picks.items(), names, (96, 116, 150, 122), strict=True):
            pick.setAccessibleName(_("筛选：{name}").format(name=name))
            pick.setMinimumWidth(scaled(84))
            pick.setMaximumWidth(scaled(width + (60 if key == "project" else 0)))
        self.filter.setMinimumWidth(scaled(110))
        self.filter.setMaximumWidth(scaled(220))
        row = QHBoxLayout()
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(6)
        row.addWidget(self.filter, 2)
        for key, pick in self.picks.items():
            row.addWidget(pick, 2 if key == "project" else 1)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.actions_row)
        centre = QVBoxLayout(self._empty)
        centre.addStretch(1)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre.addWidget(self._empty_text)
        centre.addWidget(self._empty_action, 0, Qt.AlignmentFlag.AlignCenter)
        centre.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 10, 4)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._sums)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(foot)
        layout.addWidget(self.line)
        layout.addWidget(self.bar)
