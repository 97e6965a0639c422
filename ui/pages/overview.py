"""总览: where the year stands, what to do next, spending against 序时进度, execution by project."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.check import About
from core.i18n import _
from core.labels import place_name
from core.ledger import Outcome
from core.model import YEAR_STATE_LABELS
from core.money import NOTHING, show_rate
from core.overview import Overview, overview, steps
from core.review import Review
from core.tour import is_sample
from ui.desk import Desk
from ui.page import Page
from ui.style import scaled
from ui.widgets.bars import ExecutionBars
from ui.widgets.cards import FigureCard, NoteBar, StepButton, TodoRow
from ui.widgets.chart import Curve, LineChart
from ui.widgets.parts import button, label, set_role

LISTED, LISTED_LOW = 8, 6  # findings listed on a high and on a low page; the page 核对 has them all
_HIGH = 760  # pixels
_EDGE, _GAP = 18, 12  # pixels beside the page and between its cards


class OverviewPage(Page):
    """The first page: nothing is entered here, everything leads to where it is."""

    name = "overview"
    title = _("总览")
    icon = "home"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._title = label(role="title")
        self._state = label(role="tag")
        self._top, self._grid = QBoxLayout(QBoxLayout.Direction.LeftToRight), QGridLayout()
        self.steps = [StepButton(number) for number in range(1, 5)]
        self.note = NoteBar()
        self.cards = {
            name: FigureCard(title)
            for name, title in (
                ("budget", _("全年预算")),
                ("spent", _("实际支出")),
                ("rate", _("执行率")),
                ("carried", _("结转下年")),
                ("recovered", _("财政收回")),
                ("findings", _("待处理核对")),
            )
        }
        self.chart = LineChart(desk.money)
        self.bars = ExecutionBars(desk.money)
        self._chart_title, self._bars_title = label(role="heading"), label(role="heading")
        self.todos = [TodoRow() for _row in range(LISTED)]
        self._calm = label(role="second", wraps=True)
        self._all = button("", lambda: self._open("findings"), "link")
        self._start = QFrame()
        self._figures = QWidget()
        self._build()

    def refresh(self, _outcome: Outcome | None) -> None:
        """Show the year anew: every figure is cheap to compute."""
        desk = self.desk
        book, year, today = desk.book, desk.year, desk.today()
        seen, review = overview(book, year, today), desk.review()
        record = book.year(year)
        self._title.setText(_("{year}年度总览").format(year=year))
        self._state.setText(YEAR_STATE_LABELS[record.state] if record else "")
        self._state.setVisible(record is not None)
        for step_button, step in zip(self.steps, steps(book, year, review, today), strict=True):
            step_button.show_step(step)
        self.note.show_note(record.note if record else "", has_tour=is_sample(book))
        self._show_start(seen)
        self._show_cards(seen, review)
        unit = desk.money_unit
        self._chart_title.setText(_("累计支出与序时进度（{unit}）").format(unit=unit))
        self._bars_title.setText(_("项目执行（{unit}）").format(unit=unit))
        self.chart.show_curve(Curve(seen.monthly, seen.spent, seen.paced))
        self.bars.show_lines(seen.lines)
        self._show_todos(review)

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_high, is_high = event.oldSize().height() >= _HIGH, self.height() >= _HIGH
        super().resizeEvent(event)
        self._arrange()
        if was_high != is_high and not self._stale:
            self._show_todos(self.desk.review())

    def _show_cards(self, seen: Overview, review: Review) -> None:
        money, unit = self.desk.money, seen.unit
        start = [_("年初 {amount}").format(amount=money(unit.initial))]
        if unit.brought:
            start.append(_("上年结转 {amount}").format(amount=money(unit.brought)))
        start.append(_("调整 {amount}").format(amount=money(unit.changed)))
        self.cards["budget"].show_figure(money(unit.budget), self._joined(start))
        parts = [
            _("基本 {amount}").format(amount=money(seen.basic.spent)),
            _("项目 {amount}").format(amount=money(seen.special.spent)),
        ]
        self.cards["spent"].show_figure(money(unit.spent), self._joined(parts))
        rate = NOTHING if seen.rate is None else show_rate(seen.rate.numerator, seen.rate.denominator)
        self.cards["rate"].show_figure(rate, self._pace_note(seen), "accent")
        rest = [_("{n}个项目").format(n=seen.carrying)]
        if unit.undisposed:
            rest.append(_("未处置 {amount}").format(amount=money(unit.undisposed)))
        note_role = "error" if unit.undisposed < 0 else "second"
        self.cards["carried"].show_figure(money(unit.carried), self._joined(rest), note_role=note_role)
        self.cards["recovered"].show_figure(money(unit.recovered), _("{n}个项目").format(n=seen.recovered))
        counts = [(_("{n}错误"), review.errors), (_("{n}提醒"), review.warnings), (_("{n}提示"), review.hints)]
        found = " · ".join(text.format(n=count) for text, count in counts if count)
        role = "error" if review.errors else "warning" if review.warnings else "good"
        if self.desk.is_checked:
            self.cards["findings"].show_figure(str(len(review.open)), found or _("没有问题"), role)
        else:
            self.cards["findings"].show_figure("…", _("正在核对"), "faint")
        self._arrange()

    def _joined(self, parts: list[str]) -> str:
        """Amounts in 元 are long: each gets a line of its own."""
        return (" · " if self.desk.money_unit == "万元" else "\n").join(parts)

    def _pace_note(self, seen: Overview) -> str:
        if seen.pace is None or seen.ahead is None:
            return _("未支出 {amount}").format(amount=self.desk.money(seen.unit.unspent))
        pace = show_rate(seen.pace.numerator, seen.pace.denominator, 1)
        points = show_rate(abs(seen.ahead.numerator), seen.ahead.denominator, 1).removesuffix("%")
        fast, slow = _("序时进度 {pace}，快{points}个百分点"), _("序时进度 {pace}，慢{points}个百分点")
        text = fast if seen.ahead >= 0 else slow
        return text.format(pace=pace, points=points)

    def _show_todos(self, review: Review) -> None:
        book, year = self.desk.book, self.desk.year
        listed = min(len(review.open), LISTED if self.height() >= _HIGH else LISTED_LOW)
        for row, todo in enumerate(self.todos):
            todo.setVisible(row < listed)
            if row < listed:
                item = review.open[row]
                finding = item.finding
                place = place_name(book, year, finding.about)
                todo.show_finding(finding.severity, item.rule.title, place, item.message)
        self._calm.setVisible(not review.open)
        later = _("另有{n}项未到时间，到年底或编写报告时再提醒。").format(n=len(review.todo)) if review.todo else ""
        self._calm.setText(_("✓ 没有需要处理的问题。") + later if self.desk.is_checked else _("正在核对…"))
        self._all.setText(_("全部{n}项核对").format(n=len(review.open)))
        self._all.setVisible(len(review.open) > listed)

    def _build(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(_EDGE, 12, _EDGE, 14)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self.note)
        self._build_start()
        layout.addWidget(self._start)
        layout.addWidget(self._figures, 100)
        layout.addStretch(1)
        inside = QVBoxLayout(self._figures)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        self._grid.setSpacing(_GAP)
        for card in self.cards.values():
            card.setMinimumWidth(scaled(110))
        inside.addLayout(self._grid)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._framed(self._chart_title, self.chart), 21)
        middle.addWidget(self._todo_card(), 10)
        inside.addLayout(middle, 1)
        inside.addWidget(self._framed(self._bars_title, self.bars))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.chart.clicked.connect(lambda: self._open("projects"))
        self.note.tour.clicked.connect(lambda _checked: self.desk.tour_asked.emit())
        self.bars.chosen.connect(lambda project: self.desk.go(About("project", project)))

    def _head(self) -> QBoxLayout:
        named, steps = QHBoxLayout(), QHBoxLayout()
        for row in (named, steps):
            row.setSpacing(10)
        named.addWidget(self._title)
        named.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        named.addStretch(1)
        for step_button in self.steps:
            step_button.clicked.connect(lambda _checked, made=step_button: self._take_step(made))
            steps.addWidget(step_button)
        steps.addStretch(0)
        self._top.addLayout(named, 1)
        self._top.addLayout(steps)
        return self._top

    def _arrange(self) -> None:
        """Where there is no room the steps stand under the title, and the cards in two rows."""
        room = self.width() - 2 * _EDGE
        needed = self._title.sizeHint().width() + self._state.sizeHint().width()
        needed += sum(step.sizeHint().width() + 10 for step in self.steps) + 10
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.LeftToRight if needed <= room else ways.TopToBottom)
        cards = list(self.cards.values())
        widest = max(card.minimumSizeHint().width() for card in cards)
        columns = len(cards) if len(cards) * (widest + _GAP) - _GAP <= room else len(cards) // 2
        for place, card in enumerate(cards):
            self._grid.addWidget(card, place // columns, place % columns)
            self._grid.setColumnStretch(place, int(place < columns))

    def _framed(self, title: QWidget, content: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 10)
        inside.setSpacing(6)
        inside.addWidget(title)
        inside.addWidget(content, 1)
        return card

    def _todo_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 10, 10)
        inside.setSpacing(2)
        inside.addWidget(label(_("待办"), "heading"))
        inside.addWidget(self._calm)
        for row, todo in enumerate(self.todos):
            todo.clicked.connect(lambda _checked, row=row: self._handle(row))
            inside.addWidget(todo)
        inside.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        return card

    def _build_start(self) -> None:
        set_role(self._start, "card")
        self._start.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = QVBoxLayout(self._start)
        inside.setContentsMargins(24, 28, 24, 28)
        inside.setSpacing(10)
        self._start_title = label(role="heading")
        inside.addWidget(self._start_title)
        text = _("先在“项目预算”中新增项目，录入年初预算；以后登记支出，这里会显示执行进度、待办和图表。")
        inside.addWidget(label(text, "second", wraps=True))
        self._begin = button("", lambda: self._open("projects"), "primary")
        ways = QHBoxLayout()
        ways.setSpacing(16)
        ways.addWidget(self._begin)
        ways.addWidget(button(_("填写单位信息"), lambda: self._open("unit"), "link"))
        ways.addWidget(button(_("从表格导入"), lambda: self._open("exchange"), "link"))
        ways.addWidget(button(_("怎么开始"), lambda: self.desk.explain("01-start"), "link"))
        ways.addStretch(1)
        inside.addLayout(ways)

    def _show_start(self, seen: Overview) -> None:
        """Say how to begin while the year has no money: figures and charts would show nothing."""
        book, year = self.desk.book, self.desk.year
        has_events = any(book.events(year, line.row.project) for line in seen.lines)
        has_money = has_events or bool(seen.unit.budget or seen.unit.spent)
        self._start_title.setText(_("这个年度还没有录入预算。") if seen.lines else _("这个年度还没有项目。"))
        self._begin.setText(_("去录入预算") if seen.lines else _("去新增项目"))
        self._start.setVisible(not has_money)
        self._figures.setVisible(has_money)

    def _open(self, page: str) -> None:
        self.desk.go(About("page", field=page))

    def _take_step(self, made: StepButton) -> None:
        if made.step:
            self._open(made.step.page)

    def _handle(self, row: int) -> None:
        self.desk.go(self.desk.review().open[row].finding.about)
