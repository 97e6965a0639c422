"""Second step of 月度对账: cards, control totals, and a list of each kind with what can be done about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from core.matching.mending import MEND_LABELS, POSSIBLE, Mend, can_take
from core.matching.model import FIELD_LABELS, KIND_LABELS, Comparison, Kind, Match
from core.matching.quotas import QuotaComparison
from core.money import show_yuan
from ui.matching import MatchWork
from ui.tables import RecordTable
from ui.widgets.current_stack import CurrentStack
from ui.widgets.grid import GridView
from ui.widgets.matching_cards import MatchCard, ProjectAsk
from ui.widgets.matching_models import MatchModel, QuotaModel, TotalsModel
from ui.widgets.parts import Hint, button, label, set_role
from ui.widgets.reason_line import ReasonLine

TOTALS = "totals"
_TONES = {Kind.MATCHED: "good", Kind.DOUBTFUL: "warning"}
_KEYS = _("空格：标记处理　Enter：查看台账记录")


class MatchGrid(GridView):
    """Space marks what is usually done with the chosen rows, Enter goes to the ledger."""

    marked = Signal()
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Space:
            self.marked.emit()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class MatchResult(QWidget):
    """The lists of one comparison; quotas have one list."""

    def __init__(self, work: MatchWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.cards: dict[str, MatchCard] = {}
        self.grids: dict[str, GridView] = {}
        self.stack = CurrentStack()
        self.projects = ProjectAsk(work.settle)
        self.notes = label("", "second", wraps=True)
        self.balance = label("", "strong", wraps=True)
        self.by_project = button(_("分项目和月份"), lambda: self.show_kind(TOTALS), "link")
        self.actions: dict[str, QPushButton] = {}
        self.reason = ReasonLine(_("接受差异的原因，印在对账单上"), _("接受差异"), self._accept)
        self.fault = label("", "hint-error", wraps=True)
        self.run = button("", self._run, "primary")
        self.hint = Hint(_KEYS)
        self._kind = ""
        self._pending: list[Match] = []  # rows of the export that wait for their payment
        self._cards = QHBoxLayout()
        self._build()
        work.read.connect(self._forget)
        work.planned.connect(self.show_result)
        work.refused.connect(self._say)

    @property
    def kind(self) -> str:
        """The list on show."""
        return self._kind

    @property
    def grid(self) -> GridView:
        """The grid on show."""
        return self.grids[self._kind]

    def show_kind(self, kind: str) -> None:
        """Show the list of a kind, or the control totals."""
        self._kind = kind
        for key, card in self.cards.items():
            card.setChecked(key == kind)
        self.stack.setCurrentWidget(self.grids[kind])
        self._show_actions()
        self.grids[kind].setFocus()

    def show_result(self) -> None:
        """Show the comparison as it is now."""
        result = self.work.result
        self.fault.hide()
        if result is None:
            return
        is_quota = isinstance(result, QuotaComparison)
        for key, card in self.cards.items():
            card.setVisible(not is_quota or key not in (Kind.DOUBTFUL,))
        if isinstance(result, Comparison):
            self._show_payments(result)
        else:
            self._show_quotas(result)
        self._ask_project()
        if not self._kind or is_quota != (self._kind == "quotas"):
            self._begin(is_quota, result)
        self._show_actions()

    def chosen(self) -> list[Match]:
        """The matches of the chosen rows."""
        return list(self.grid.chosen()) if self._kind not in (TOTALS, "quotas", "") else []

    # What is shown

    def _forget(self) -> None:
        """Another export: its first list with something to do is shown."""
        self._kind = ""
        self._pending = []
        self.reason.clear()

    def _begin(self, is_quota: bool, result: object) -> None:
        """The first list with something to do."""
        if is_quota:
            self.show_kind("quotas")
            first = next((row for row in self.grid.table.rows if row.is_open), None)
            if first is not None:
                self.grid.stand_at(first.key)
            return
        assert isinstance(result, Comparison)
        order = (Kind.DIFFERENT, Kind.THERE, Kind.HERE, Kind.DOUBTFUL)
        self.show_kind(next((kind for kind in order if result.of(kind)), Kind.MATCHED))

    def _show_payments(self, result: Comparison) -> None:
        for kind in KIND_LABELS:
            found = result.of(Kind(kind))
            model = self.grids[kind].table
            assert isinstance(model, MatchModel)
            model.show(result.matches)
            for number in range(len(model.columns)):
                self.grids[kind].setColumnHidden(number, number in model.unneeded())
            self.grids[kind].fit_columns()
            is_open = any(one.is_open for one in found)
            amount = sum(one.there - one.here for one in found) if kind == Kind.DIFFERENT else sum(
                one.there if one.lines else one.here for one in found
            )  # fmt: skip
            text = show_yuan(amount) + _("元") if found else ""
            if kind == Kind.DIFFERENT and found:
                text = _("差 {amount}元").format(amount=show_yuan(amount))
            tone = _TONES.get(Kind(kind), "error") if is_open or (found and kind == Kind.MATCHED) else "faint"
            self.cards[kind].show_count(_("{n}笔").format(n=len(found)), text, tone)
        totals = self.grids[TOTALS].table
        totals.show_rows([*result.by_project, result.total, *result.by_month])
        totals.tell_all()
        self._say_totals(result)

    def _say_totals(self, result: Comparison) -> None:
        total = result.total
        words = _("导出{ct}笔 {there}元，台账{ch}笔 {here}元，差额 {difference}元").format(
            ct=total.count_there,
            there=show_yuan(total.there),
            ch=total.count_here,
            here=show_yuan(total.here),
            difference=show_yuan(total.difference),
        )
        named = (
            (_("只在导出"), total.only_there),
            (_("只在台账"), total.only_here),
            (_("不一致"), total.different),
            (_("待确认"), total.doubtful + total.matched),
        )
        parts = [f"{name} {show_yuan(amount)}" for name, amount in named if amount]
        words += "＝" + "＋".join(parts).replace("＋", " ＋ ") if parts else ""
        self.balance.setText(words + ("。" if total.difference or parts else _("，两边相等。")))
        set_role(self.balance, "error" if total.difference else "good")
        self._say_notes(result)
        self.by_project.show()

    def _say_notes(self, result: Comparison | QuotaComparison) -> None:
        export = result.export
        notes = list(export.notes)
        if isinstance(result, Comparison):
            if export.plan.difference:
                text = _("导出表各行之和与表中合计行相差{amount}元，请核对导出表")
                notes.insert(0, text.format(amount=show_yuan(export.plan.difference)))
            if result.later:
                notes.append(_("截止日以后的{n}笔没有参加比较").format(n=result.later))
        self.notes.setText("；".join(notes) + "。" if notes else "")
        self.notes.setVisible(bool(notes))

    def _show_quotas(self, result: QuotaComparison) -> None:
        table = self.grids["quotas"].table
        table.show_rows(result.rows)
        table.tell_all()
        for kind in (Kind.DIFFERENT, Kind.THERE, Kind.HERE, Kind.MATCHED):
            found = result.of(kind)
            amount = show_yuan(sum(one.difference for one in found)) + _("元") if found and kind != Kind.MATCHED else ""
            is_open = any(one.is_open for one in found)
            tone = "error" if is_open else "good" if found and kind == Kind.MATCHED else "faint"
            self.cards[kind].show_count(_("{n}项").format(n=len(found)), amount, tone)
        count = len(result.open)
        text = _("指标余额按台账现在的数比较；{n}项不符。").format(n=count) if count else _("指标余额与台账全部相符。")
        self.balance.setText(text)
        set_role(self.balance, "error" if count else "good")
        self.by_project.hide()
        self._say_notes(result)

    def _ask_project(self) -> None:
        """Ask for the first project that the year does not have."""
        plan = self.work.now.plan if self.work.now else None
        unknown = [one for one in plan.unknown if one.key not in self.work.choices.matched] if plan else []
        if not unknown:
            self.projects.ask("", "", {}, "")
            return
        one, book, year = unknown[0], self.work.desk.book, self.work.desk.year
        more = _("（还有{n}个）").format(n=len(unknown) - 1) if len(unknown) > 1 else ""
        text = _("导出中的项目“{name}”（{n}行）在台账中没有，它是台账的：{more}")
        options = {"": _("请选择"), **{str(row.project): row.name for row in book.project_years(year)}}
        self.projects.ask(one.key, text.format(name=one.name, n=len(one.rows), more=more), options, "")

    # What can be done

    def _show_actions(self, _record: object = None) -> None:
        kind, readonly = self._kind, self.work.desk.file_readonly
        matches = self.chosen()
        shown = {one: one in POSSIBLE.get(kind, ()) for one in Mend}
        for one, is_shown in shown.items():
            self.actions[one].setVisible(is_shown)
            self.actions[one].setEnabled(bool(matches) and not readonly)
        self.actions[Mend.TAKE].setEnabled(bool(matches) and all(map(can_take, matches)) and not readonly)
        pairs = [one for one in matches if one.lines and one.payments]
        said = any(one.is_answered or one.reason for one in matches)
        quota = kind == "quotas" and self.grid.current is not None
        visible = {
            "same": kind == Kind.DOUBTFUL,
            "apart": kind in (Kind.DOUBTFUL, Kind.DIFFERENT),
            "back": said or (quota and bool(self.grid.current.reason)),
            "pair": kind == Kind.THERE or (kind == Kind.HERE and bool(self._pending)),
            "go": kind in (Kind.HERE, Kind.DIFFERENT, Kind.DOUBTFUL, Kind.MATCHED, "quotas"),
        }
        for name, is_shown in visible.items():
            self.actions[name].setVisible(is_shown)
            self.actions[name].setEnabled(bool(pairs) if name in ("same", "apart") else bool(matches or quota))
        rows = "、".join(str(row) for one in self._pending for row in one.key[0])
        waits = kind == Kind.HERE and self._pending
        self.actions["pair"].setText(_("与导出第{rows}行配对").format(rows=rows) if waits else _("与台账某笔配对…"))
        self.reason.setVisible(kind not in (Kind.MATCHED, TOTALS, ""))
        self.reason.setEnabled(bool(matches) or quota)
        self.hint.setVisible(kind not in (TOTALS, "quotas"))
        count = len(self.work.orders)
        self.run.setVisible(count > 0)
        self.run.setText(_("执行所选处理（{n}项）").format(n=count))
        self.run.setEnabled(not readonly)

    def _usual(self) -> None:
        """What the space bar does with the chosen rows."""
        if self._kind == Kind.DOUBTFUL:
            self._same()
        elif possible := POSSIBLE.get(self._kind, ()):
            self._order(possible[0])

    def _pair(self) -> None:
        """First the rows of the export are remembered, then the payment is chosen in the other list."""
        if self._kind == Kind.THERE:
            self._pending = self.chosen()
            self.show_kind(Kind.HERE)
        else:
            pending, self._pending = self._pending, []
            self.work.pair(pending, self.chosen())

    def _fields(self) -> list[tuple[str, Callable[[], object]]]:
        """For the menu of a row: take one of the differing fields alone."""
        matches = [one for one in self.chosen() if can_take(one)]
        if self._kind != Kind.DIFFERENT or self.work.desk.file_readonly:
            return []
        shared = [name for name in FIELD_LABELS if matches and all(name in one.fields for one in matches)]
        text = _("只把{field}改为导出数")
        return [
            (text.format(field=FIELD_LABELS[name]), partial(self._order, Mend.TAKE, (name,)))
            for name in shared
            if any(len(one.fields) > 1 for one in matches)
        ]

    def _order(self, wanted: Mend, fields: tuple[str, ...] = ()) -> None:
        matches = [one for one in self.chosen() if wanted != Mend.TAKE or can_take(one)]
        if matches and not self.work.desk.file_readonly:
            self.work.order(matches, wanted, fields)
            self.grid.table.tell_all()
            self._show_actions()

    def _same(self) -> None:
        self.work.same(one for one in self.chosen() if one.lines and one.payments)

    def _apart(self) -> None:
        self.work.apart(one for one in self.chosen() if one.lines and one.payments)

    def _accept(self, reason: str) -> str:
        return self.work.accept(self._keys(), reason)

    def _back(self) -> None:
        self.work.take_back(self._keys())

    def _keys(self) -> list:  # type: ignore[type-arg]
        return [one.key for one in self.grid.chosen()] if self._kind not in (TOTALS, "") else []

    def _go(self) -> None:
        desk, current = self.work.desk, self.grid.current
        if isinstance(current, Match) and current.payments:
            desk.go(About("payment", current.payments[0].id))
        elif self._kind == "quotas" and current is not None and current.project:
            desk.go(About("project", current.project))

    def _run(self) -> None:
        count = len(self.work.orders)
        if self.work.carry_out():
            text = _("对账处理{n}项已保存，可以一次撤销。").format(n=count)
            self.work.desk.told.emit(text, False)

    def _say(self, problem: str) -> None:
        self.fault.setText(problem)
        self.fault.show()

    # Building

    def _add_grid(self, key: str, model: RecordTable, name: str) -> None:
        grid = MatchGrid(model, self)
        grid.setAccessibleName(name)
        grid.moved.connect(self._show_actions)
        grid.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_actions())
        grid.marked.connect(self._usual)
        grid.actions_of = self._fields
        grid.opened.connect(self._go)
        self.grids[key] = grid
        self.stack.addWidget(grid)

    def _build(self) -> None:
        self._cards.setSpacing(8)
        for kind, title in KIND_LABELS.items():
            self.cards[kind] = MatchCard(title, partial(self._on_card, kind))
            self._cards.addWidget(self.cards[kind], 1)
            self._add_grid(kind, MatchModel(self.work, Kind(kind), self), title)
        self._add_grid("quotas", QuotaModel(self), _("指标余额对账"))
        self._add_grid(TOTALS, TotalsModel(self), _("控制总数"))
        made: list[tuple[str, str, Callable[[], object]]] = [
            (one, MEND_LABELS[one], partial(self._order, one)) for one in Mend
        ]
        made += [
            ("same", _("是同一笔"), self._same),
            ("apart", _("不是同一笔"), self._apart),
            ("pair", "", self._pair),
            ("back", _("收回回答"), self._back),
            ("go", _("查看台账"), self._go),
        ]
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for key, text, action in made:
            self.actions[key] = button(text, action)
            foot.addWidget(self.actions[key])
        foot.addWidget(self.reason, 3)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.run)
        totals = QHBoxLayout()
        totals.addWidget(self.balance, 1)
        totals.addWidget(self.by_project)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.stack)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._cards)
        layout.addLayout(totals)
        layout.addWidget(self.notes)
        layout.addWidget(self.projects)
        layout.addWidget(card, 1)
        layout.addWidget(self.fault)
        layout.addLayout(foot)
        self.fault.hide()
        self.run.hide()

    def _on_card(self, kind: str) -> None:
        is_quota = isinstance(self.work.result, QuotaComparison)
        self.show_kind("quotas" if is_quota else kind)
        if is_quota:
            table = self.grids["quotas"].table
            first = next((row for row in table.rows if row.kind == kind), None)
            if first is not None:
                self.grids["quotas"].stand_at(first.key)
