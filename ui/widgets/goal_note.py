"""Under the check-up: causes, reason and measure of the chosen row."""

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.goals import CAUSE_LABELS
from core.i18n import _
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.widgets.field_form import FieldForm
from ui.widgets.goal_month_model import CAUSES, MonthModel, MonthRow
from ui.widgets.parts import Hint, elided, label, set_role


class MonthNote(QFrame):
    """Boxes for the kinds of cause; reason and measure save themselves."""

    def __init__(self, desk: Desk, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._model = model
        self._at: tuple[int, int, int] = (0, 0, 0)  # project, month, indicator
        self.setProperty("role", "card")
        self._name, self._gaps = label(role="strong"), Hint("")
        self.boxes = {key: QCheckBox(name) for key, name in CAUSE_LABELS.items()}
        self.reason, self.measure = FieldForm(self._save, self._try), FieldForm(self._save, self._try)
        self._build()

    def show_row(self, row: MonthRow | None, is_fixed: bool) -> None:
        """Show what was noted of the money or of an indicator; None: nothing is chosen."""
        at = (self._model.project, self._model.month, row.number if row else 0)
        if at != self._at:
            for form in (self.reason, self.measure):
                form.clear_focus()
        self._at = at
        name = self._model.text(row, "name") if row else _("选中一行，在这里填写原因和措施")
        self._name.setText(elided(name, self._name, 230))
        self._name.setToolTip(name)
        set_role(self._name, "strong" if row else "faint")
        gaps = "；".join(row.gaps.values()) if row else ""
        self._gaps.setText(gaps)
        self._gaps.setToolTip(gaps)
        set_role(self._gaps, "warning")
        free = row is not None and not is_fixed
        causes = row.note.causes.split(",") if row else []
        for key, box in self.boxes.items():
            box.setChecked(key in causes)
            box.setEnabled(free)
        values = {"reason": row.note.reason, "measure": row.note.measure} if row else {"reason": "", "measure": ""}
        for form in (self.reason, self.measure):
            form.show_values(values, free)

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved."""
        return self.reason.finish() or self.measure.finish()

    def focus(self, field: str) -> bool:
        """Stand in a field."""
        if field == CAUSES:
            next(iter(self.boxes.values())).setFocus()
            return True
        return self.reason.focus(field) or self.measure.focus(field)

    def _tick(self) -> None:
        causes = ",".join(key for key, box in self.boxes.items() if box.isChecked())
        if problem := self._save(CAUSES, causes):
            self.desk.told.emit(problem, True)

    def _save(self, key: str, value: object) -> str:
        return save(self.desk, self._model.change(self._at[2], **{key: value}))

    def _try(self, key: str, value: object) -> Forecast:
        return forecast(self.desk, self._model.change(self._at[2], **{key: value}))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._gaps, 1)
        causes = QHBoxLayout()
        causes.setSpacing(14)
        causes.addWidget(label(_("偏差原因"), "second"))
        for box in self.boxes.values():
            box.clicked.connect(lambda _ticked: self._tick())
            causes.addWidget(box)
        causes.addStretch(1)
        self.reason.add_text("reason", _("原因\n说明"), 2, _("有可能完不成，或支出亮红灯、黄灯时必须填写"))
        self.measure.add_text("measure", _("拟采取\n的措施"), 2, _("下一步怎样补上"))
        texts = QWidget()
        row = QHBoxLayout(texts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.reason, 1)
        row.addWidget(self.measure, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(causes)
        layout.addWidget(texts)
