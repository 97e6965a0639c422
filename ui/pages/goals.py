"""绩效指标: targets, self-evaluation and monthly check-up of the unit and of each project."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core import monitoring
from core.check import About
from core.goal_gaps import Lack, Owner, owners
from core.goals import Indicator, Version
from core.i18n import _
from core.indicator_text import points
from core.ledger import Outcome
from core.model import YearState
from core.money import show_rate
from core.monitoring import LIGHT_LABELS
from core.scoring import Evaluation
from ui.desk import Desk
from ui.page import Page
from ui.style import scaled
from ui.widgets.goal_month import MonthPanel
from ui.widgets.goal_owners import OwnerLine, OwnerList
from ui.widgets.goal_sheet import GoalSheet
from ui.widgets.goal_summary import GoalSummary
from ui.widgets.parts import label

MONITOR = "monitor"
TABS = {Version.GOAL: _("目标"), Version.SELF: _("自评"), MONITOR: _("执行监控")}


class GoalsPage(Page):
    """Who is at the left; 目标, 自评 and 执行监控 of it in the middle."""

    name = "goals"
    title = _("绩效指标")
    icon = "target"
    least_height = 620

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.owners = OwnerList()
        self.summary = GoalSummary()
        self.sheet = GoalSheet(desk)
        self.month = MonthPanel(desk)
        self.fixed = label("", wraps=True)
        self._held: dict[int, Owner] = {}
        self._tab: str = Version.SELF
        self._tabs: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._place: tuple[object, int] = (None, 0)  # the ledger and year the page was filled from
        self._build()
        self._follow = QTimer(self, singleShot=True)
        self._follow.timeout.connect(self._tell_place)
        self.owners.chosen.connect(lambda _about: self._on_chosen())
        self.sheet.moved.connect(lambda: self._follow.start(0))
        self.month.moved.connect(self._on_month)
        self.sheet.model.tried.connect(self._on_tried)
        self.summary.asked.connect(self._go_to)

    def refresh(self, outcome: Outcome | None) -> None:
        place = (self.desk.ledger, self.desk.year)
        if place != self._place:
            self._place = place
            self.month.month = self.month.usual_month()
        self._held = {one.about: one for one in owners(self.desk.book, self.desk.year)}
        self._show_owners()
        self._show()

    def locate(self, about: About) -> bool:
        self.leave()
        book, year = self.desk.book, self.desk.year
        match about.kind:
            case "indicator":
                one = book.get(Indicator, about.id)
                if one is None or one.year != year or not self.owners.choose(one.about):
                    return False
                self.show_tab(one.version)
                return self.sheet.show_indicator(one.id, about.field)
            case "evaluation":
                if not self.owners.choose(about.id):
                    return False
                has_self = bool(book.indicators(year, about.id)) or not book.indicators(year, about.id, Version.GOAL)
                self.show_tab(Version.SELF if has_self else Version.GOAL)
                return self.sheet.show_whole(about.field)
            case "monitor":
                if not self.owners.choose(about.id):
                    return False
                self.show_tab(MONITOR)
                if about.field.isdecimal():
                    self.month.show_month(int(about.field))
                self.month.grid.setFocus()
                return True
        return False

    def leave(self) -> None:
        if reason := self.sheet.leave() or self.month.leave():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def areas(self) -> list[QWidget]:
        if self._tab == MONITOR:
            return [self.owners, self.month.grid, self.month.note]
        return [self.owners, self.sheet.grid, self.sheet.detail, self.sheet.objectives]

    def show_tab(self, tab: str) -> None:
        """Show 目标, 自评 or 执行监控."""
        if tab != self._tab:
            self.leave()
        self._tab = tab
        self._show_owners()
        self._show()
        self._follow.start(0)

    # What is on show

    def _fixed_why(self) -> str:
        """Why nothing can be edited; empty where it can."""
        record = self.desk.book.year(self.desk.year)
        if self.desk.file_readonly:
            return _("文件以只读方式打开，绩效指标只能查看。")
        if record and record.state == YearState.FINAL:
            return _("{year}年度报告已定稿，绩效指标只能查看。确需更正时，先反定稿。").format(year=record.year)
        return ""

    def _show_owners(self) -> None:
        line = self._month_line if self._tab == MONITOR else self._score_line
        self.owners.show_lines([line(one) for one in self._held.values()])

    def _score_line(self, one: Owner) -> OwnerLine:
        held = one.evaluation
        if not held.rows:
            note = _("还没有自评")
        else:
            note = _("{total}分 {grade}").format(total=points(held.capped_total), grade=held.grade or _("未填完"))
        return OwnerLine(one.about, one.name, note, len(one.lacks))

    def _month_line(self, one: Owner) -> OwnerLine:
        book, year, month = self.desk.book, self.desk.year, self.month.month
        stand = monitoring.progress(book, year, one.about, month)
        rate = show_rate(stand.rate.numerator, stand.rate.denominator, 1) if stand.rate is not None else "—"
        note = _("{rate} {light}").format(rate=rate, light=LIGHT_LABELS[stand.light])
        gaps = monitoring.missing_of(book, year, one.about, month) if one.about else ()
        return OwnerLine(one.about, one.name, note, len(gaps))

    def _show(self) -> None:
        owner = self._held[self.owners.about]
        why = self._fixed_why()
        self.fixed.setText(why)
        self._notice.setVisible(bool(why))
        self._tabs[self._tab].setChecked(True)
        is_month = self._tab == MONITOR
        for part in (self.summary, self.sheet.tools):
            part.setVisible(not is_month)
        if is_month:
            self._stack.setCurrentWidget(self.month)
            self.month.show_project(owner.about, bool(why))
        else:
            self._stack.setCurrentWidget(self.sheet)
            self.summary.show_evaluation(owner.evaluation, owner.lacks)
            self.sheet.show_table(owner.about, self._tab, bool(why))

    def _on_chosen(self) -> None:
        self.leave()
        self._show()
        self._follow.start(0)

    def _on_month(self) -> None:
        self._show_owners()
        self._follow.start(0)

    def _on_tried(self, held: Evaluation | None) -> None:
        owner = self._held.get(self.owners.about)
        if owner:
            self.summary.show_evaluation(held or owner.evaluation, owner.lacks, is_tried=held is not None)

    def _tell_place(self) -> None:
        """Say where the officer is, for the warnings beside the page."""
        about, one = self.owners.about, self.sheet.current
        if self._tab == MONITOR:
            self.desk.selected.emit(About("monitor", about, str(self.month.month)))
        elif one:
            self.desk.selected.emit(About("indicator", one.id))
        else:
            self.desk.selected.emit(About("evaluation", about))

    def _go_to(self, lack: Lack) -> None:
        """Show what is missing."""
        if self._tab == MONITOR or (self._tab == Version.GOAL and lack.indicator):
            self.show_tab(Version.SELF)
        if lack.indicator:
            self.sheet.show_indicator(lack.indicator, lack.field)
        elif lack.field != "rows":
            self.show_tab(Version.SELF)
            self.sheet.objectives.focus(lack.field)
        else:
            self.sheet.grid.begin_new()

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("role", "column")
        side.setFixedWidth(scaled(200))
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 14, 0, 10)
        left.setSpacing(10)
        title = label(self.title, "title")
        title.setContentsMargins(18, 0, 0, 0)
        left.addWidget(title)
        left.addWidget(self.owners, 1)
        head = QHBoxLayout()
        head.setSpacing(16)
        group = QButtonGroup(self)
        for key, text in TABS.items():
            tab = QPushButton(text)
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked, key=key: self.show_tab(key))
            group.addButton(tab)
            head.addWidget(tab)
            self._tabs[key] = tab
        head.addStretch(1)
        head.addWidget(self.sheet.tools)
        self._notice = QFrame()
        self._notice.setProperty("role", "notice-info")
        inside = QHBoxLayout(self._notice)
        inside.setContentsMargins(12, 5, 12, 5)
        inside.addWidget(self.fixed)
        for panel in (self.sheet, self.month):
            self._stack.addWidget(panel)
        middle = QVBoxLayout()
        middle.setContentsMargins(14, 10, 14, 12)
        middle.setSpacing(8)
        for part in (self._notice, self.summary):
            middle.addWidget(part)
        middle.insertLayout(0, head)
        middle.addWidget(self._stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(middle, 1)
