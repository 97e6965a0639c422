"""Third step of the import: every row with what is stored of it, or why it is not; doubtful cells can be typed over."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from core.intake.aliases import ITEM
from core.intake.header import AMOUNTS, EVENT_COLUMNS
from core.intake.plan import GUESSED
from core.intake.preview import SHOWN_STATES, STATE_LABELS, Line, State
from core.money import show_yuan
from ui.fields import Field, TextEdit
from ui.form import Forecast
from ui.intake import ImportWork, Planned
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.import_owners import OwnerPanel
from ui.widgets.parts import Hint, button, label, set_role

STATE, ROW, REASON = "_state", "_row", "_reason"  # no fields of a sheet
ALL = ""
_KEPT_IN_PLACE = 2000  # rows up to which a new plan changes the rows on show one by one
_TONES = {State.NEW: "good", State.DUPLICATE: "second", State.DOUBTFUL: "error", State.SKIPPED: "faint"}
_WIDTHS = {"amount": 116, "date": 96, "project": 150, "payee": 150, "purpose": 160, "objective": 260, "name": 190}


class PreviewModel(RecordTable):
    """The rows of the sheet below its headings; amounts in 元."""

    def __init__(self, work: ImportWork, planned: Planned, parent: QWidget | None = None) -> None:
        fields = planned.preview.columns
        amounts = {"amount", *EVENT_COLUMNS, *(field for field in fields if field.startswith(ITEM))}
        several = sum(field in EVENT_COLUMNS for field in fields) > 1  # a row makes several records
        columns = [
            Column(
                field,
                _("{name}（元）").format(name=name) if field in AMOUNTS else name,
                max(
                    176 if several and field == "date" else _WIDTHS.get(field, 96),
                    24 + 13 * len(name) + (39 if field in AMOUNTS else 0),
                ),
                is_amount=field in amounts,
            )
            for field, name in fields.items()
        ]
        lead = (Column(STATE, _("处理"), 66), Column(ROW, _("行"), 52, is_amount=True), Column(REASON, _("说明"), 250))
        super().__init__((*lead, *columns), parent)
        self.work = work
        self.planned = planned
        self.fields = dict(fields)

    def key(self, record: Line) -> int:
        return record.row

    def text(self, record: Line, column: str) -> str:
        match column:
            case "_state":
                return STATE_LABELS[record.state]
            case "_row":
                return str(record.row)
            case "_reason":
                return record.reason
        return self.planned.cells.text(record, column)

    def tone(self, record: Line, column: str) -> str:
        if column == STATE:
            return _TONES[record.state]
        if column == ROW or record.state in (State.SKIPPED, State.DUPLICATE):
            return "faint"
        if column == REASON:
            return "error" if record.state == State.DOUBTFUL else "warning"
        return (
            "error"
            if self.text(record, column).startswith("-") and self.columns[self.column_of(column)].is_amount
            else ""
        )

    def ground(self, record: Line, column: str) -> str:
        if column in (STATE, ROW, REASON):
            return "error_soft" if record.state == State.DOUBTFUL and column == STATE else ""
        place = self.planned.cells.place(column)
        if (record.row - 1, place) in self.work.typed:
            return "good_soft"
        if (record.row, column) in self.planned.preview.doubtful:
            return "error_soft" if record.state == State.DOUBTFUL else "warning_soft"
        return ""

    def tip(self, record: Line, column: str) -> str:
        return self.planned.preview.doubtful.get((record.row, column), "") or self.text(record, column)

    def is_summed(self, column: str) -> bool:
        return column != ROW and super().is_summed(column)

    def is_editable(self, record: Line, column: str) -> bool:
        if column in (STATE, ROW, REASON):
            return False
        place = self.planned.cells.place(column)
        return place >= 0 and (record.state == State.DOUBTFUL or (record.row - 1, place) in self.work.typed)

    def open_editor(self, record: Line, column: str, parent: QWidget) -> Field:
        made = TextEdit(parent)
        made.give(self.planned.cells.raw(record.row, column))
        return made

    def forecast(self, record: Any, column: str, editor: Field) -> Forecast:
        return Forecast()

    def put(self, record: Line, column: str, editor: Field) -> str:
        assert isinstance(editor, TextEdit)
        self.work.type_over(record.row, self.planned.cells.place(column), editor.text().strip())
        return ""


class PreviewGrid(GridView):
    """Space stores the chosen rows as they stand, or leaves them out."""

    has_own_columns = False
    toggled = Signal(object)  # lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit(self.chosen())
        else:
            super().keyPressEvent(event)


class PreviewStep(QWidget):
    """The rows, what they add up to, the projects they name, and the button that stores them."""

    back_asked = Signal()
    store_asked = Signal()

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.shown = ALL
        self.model: PreviewModel | None = None
        self.grid: PreviewGrid | None = None
        self.filters: dict[str, QPushButton] = {}
        self.owners = OwnerPanel(work)
        self.sums = label("", "strong", wraps=True)
        self.notes = label("", "hint-warning", wraps=True)
        self.forecast = label("", "hint-info", wraps=True)
        self.take = button(_("照样导入"), lambda: self._toggle(True))
        self.leave = button(_("不导入"), lambda: self._toggle(False))
        self.store = button(_("导入"), self.store_asked.emit, "primary")
        self._busy = label("", "second")
        self._body = QVBoxLayout()
        self._build()
        work.planned.connect(self.show_plan)
        work.tried.connect(self._show_forecast)

    def show_plan(self) -> None:
        """Show the plan as it is now."""
        planned = self.work.now
        if planned is None:
            self.store.setEnabled(False)
            self.notes.setText(self.work.problem)
            self.notes.setVisible(bool(self.work.problem))
            return
        if self.model is None or self.model.fields != dict(planned.preview.columns):
            self._make_grid(planned)
        assert self.model is not None and self.grid is not None
        self.model.planned = planned
        counts = planned.preview.counts
        for state, made in self.filters.items():
            count = counts.get(State(state), 0) if state else len(planned.preview.lines)
            name = STATE_LABELS[State(state)] if state else _("全部")
            made.setText(f"{name} {count}")
            made.setEnabled(count > 0 or not state)
        if self.shown and not counts.get(State(self.shown), 0):
            self.shown = ALL
        self._list()
        self._say(planned)
        self.owners.show_plan(planned.plan)
        self._show_forecast()

    def show_state(self, state: str) -> None:
        """List the rows of one state only; empty: all of them."""
        self.shown = state
        self._list()

    def show_busy(self, text: str) -> None:
        """Say that the import is under way; empty: it is not."""
        self._busy.setText(text)
        self.setEnabled(not text)

    def _list(self) -> None:
        assert self.model is not None and self.grid is not None
        for state, made in self.filters.items():
            made.setChecked(state == self.shown)
        lines = [one for one in self.model.planned.preview.lines if self.shown in (ALL, one.state)]
        if max(len(lines), len(self.model.rows)) > _KEPT_IN_PLACE:
            here = self.grid.current
            self.model.reset_rows(lines)
            if here is not None:
                self.grid.stand_at(here.row)
        else:
            self.model.show_rows(lines)
            self.model.tell_all()
        self.grid.setColumnHidden(self.model.column_of(REASON), not any(one.reason for one in lines))
        self._on_moved()

    def _say(self, planned: Planned) -> None:
        plan = planned.plan
        words = [_("将导入{count}行").format(count=plan.new)]
        if plan.total is not None:
            words[0] += _("，合计{sum}元").format(sum=show_yuan(plan.stored_total))
            if plan.sheet_total is None:
                words.append(_("表中没有合计行"))
            else:
                text = _("表中合计{sheet}元，各行相加{total}元，{verdict}")
                verdict = _("相符") if not plan.difference else _("差额{d}元").format(d=show_yuan(plan.difference))
                words.append(
                    text.format(sheet=show_yuan(plan.sheet_total), total=show_yuan(plan.total), verdict=verdict)
                )
        made = self.owners.made_names(plan)
        if made:
            words.append(_("新建项目：{names}").format(names="、".join(made)))
        set_role(self.sums, "error" if plan.difference else "strong")
        self.sums.setText("；".join(words) + "。")
        notes = list(plan.notes)
        if plan.unit_from == GUESSED and plan.total is not None:
            notes.append(_("金额单位还没有选定，请回到上一步选择元或万元。"))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        waits = len(plan.held)
        text = _("导入{new}行") if not waits else _("导入{new}行（{waits}行待确认，不导入）")
        self.store.setText(text.format(new=plan.new, waits=waits))
        self.store.setEnabled(bool(planned.change) and not self.work.desk.file_readonly)

    def _show_forecast(self) -> None:
        said = self.work.forecast
        roles = {"error": "hint-error", "warning": "hint-warning", "good": "hint-good"}
        set_role(self.forecast, roles.get(said.tone, "hint-info"))
        self.forecast.setText(said.text)
        self.forecast.setVisible(bool(said.text))

    # Rows

    def _on_moved(self, _record: object = None) -> None:
        lines = self._chosen()
        self.take.setEnabled(any(self._can_take(one) for one in lines))
        self.leave.setEnabled(any(one.state in (State.NEW, State.DOUBTFUL) for one in lines))

    def _can_take(self, line: Line) -> bool:
        return line.may_take or line.row in self.work.choices.left_out

    def _chosen(self) -> Sequence[Line]:
        return self.grid.chosen() if self.grid is not None else ()

    def _toggle(self, is_taken: bool) -> None:
        """Store the chosen rows as they stand, or leave them out."""
        rows = {one.row for one in self._chosen()}
        out = rows & self.work.choices.left_out
        if is_taken and out:
            self.work.give_back(out)
        elif is_taken:
            self.work.take({one.row for one in self._chosen() if one.may_take}, True)
        else:
            taken = rows & self.work.choices.taken
            if taken:
                self.work.give_back(taken)
            else:
                self.work.take({r.row for r in self._chosen() if r.state in (State.NEW, State.DOUBTFUL)}, False)

    def _on_toggled(self, lines: Sequence[Line]) -> None:
        self._toggle(any(self._can_take(one) for one in lines))

    def _make_grid(self, planned: Planned) -> None:
        if self.grid is not None:
            self._body.removeWidget(self.grid)
            self.grid.deleteLater()
        self.model = PreviewModel(self.work, planned, self)
        self.grid = PreviewGrid(self.model, self)
        self.grid.setAccessibleName(_("将要导入的内容"))
        self.grid.toggled.connect(self._on_toggled)
        self.grid.selectionModel().selectionChanged.connect(self._on_moved)
        self.grid.moved.connect(self._on_moved)
        self._body.addWidget(self.grid, 1)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        for state in (ALL, *SHOWN_STATES):
            made = button("", partial(self.show_state, str(state)), "choice")
            made.setCheckable(True)
            self.filters[str(state)] = made
            head.addWidget(made)
        head.addWidget(Hint(_("红底的单元格可以双击改正（只改这次导入，不改原表）；空格：照样导入或不导入")), 1)
        head.addWidget(self.take)
        head.addWidget(self.leave)
        self.take.setToolTip(_("重复或待确认的行按现在的内容导入"))
        foot = QHBoxLayout()
        foot.addWidget(self.sums, 1)
        foot.addWidget(self._busy)
        foot.addWidget(button(_("上一步"), self.back_asked.emit))
        foot.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.owners)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.notes)
        layout.addWidget(self.forecast)
        layout.addLayout(foot)
        for widget in (self.notes, self.forecast):
            widget.hide()
