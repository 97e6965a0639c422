"""Labelled fields that save themselves when they are left; what that would do, or why it cannot be, is said under the
field."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPlainTextEdit, QWidget

from ui.fields import DayEdit, Pick, TextEdit
from ui.form import Forecast
from ui.widgets.parts import label, set_role

Save = Callable[[str, object], str]
Try = Callable[[str, object], Forecast]
PAUSE = 120  # milliseconds without a key, before what is typed is tried


class TextBox(QPlainTextEdit):
    """Several lines of text."""

    left = Signal()

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 14)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FieldForm(QWidget):
    """``save(key, value)`` returns what forbids a value; nothing is saved that was not changed. ``try_`` says what
    saving would do, while it is typed."""

    def __init__(self, save: Save, try_: Try | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._try = try_
        self._typed = ""  # the field that is being typed into
        self._trying = QTimer(self, singleShot=True, interval=PAUSE)
        self._trying.timeout.connect(self._forecast)
        self.fields: dict[str, TextEdit | TextBox | Pick | DayEdit | QCheckBox] = {}
        self._held: dict[str, object] = {}
        self._faults: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._row = 0
        self._column = 0

    def add_line(self, key: str, name: str, hint: str = "") -> None:
        """A line of text."""
        line = TextEdit()
        line.setPlaceholderText(hint)
        line.editingFinished.connect(lambda: self._left(key))
        line.edited.connect(lambda: self._on_typed(key))
        self._add(key, name, line)

    def add_day(self, key: str, name: str) -> None:
        """A date that may be left empty; one typed without a year is of that of ``set_day_year``."""
        day = DayEdit(0, required=False)
        day.editingFinished.connect(lambda: self._left(key))
        day.edited.connect(lambda: self._on_typed(key))
        self._add(key, name, day)

    def set_day_year(self, year: int) -> None:
        """The year of dates that are typed without one."""
        for field in self.fields.values():
            if isinstance(field, DayEdit):
                field.year = year

    def add_text(self, key: str, name: str, rows: int = 3, hint: str = "") -> None:
        """Several lines of text."""
        box = TextBox(rows)
        box.setPlaceholderText(hint)
        box.left.connect(lambda: self._left(key))
        box.textChanged.connect(lambda: self._on_typed(key))
        self._add(key, name, box)

    def add_pick(self, key: str, name: str, options: Mapping[str, str]) -> None:
        """One of a few values."""
        pick = Pick(options)
        pick.picked.connect(lambda _value: self._left(key))
        self._add(key, name, pick)

    def add_check(self, key: str, name: str, text: str) -> None:
        """Yes or no."""
        check = QCheckBox(text)
        check.clicked.connect(lambda _checked: self._left(key))
        self._add(key, name, check)

    def begin_column(self) -> None:
        """Put the fields that follow into a column of their own, to the right."""
        self._row, self._column = 0, self._column + 2
        self._grid.setColumnMinimumWidth(self._column, 80)

    def show_values(self, values: Mapping[str, object], is_editable: bool) -> None:
        """Show what is held; a field that is being typed into keeps what is typed."""
        for key, field in self.fields.items():
            value = values[key]
            field.setEnabled(is_editable)
            if field.hasFocus() and self._value(key) != self._held.get(key):
                continue
            self._held[key] = value
            self._show(field, value)
            self._say(key, "")

    def finish(self) -> str:
        """Save the field that is being typed into; returns why it could not be saved."""
        for key, field in self.fields.items():
            if field.hasFocus():
                self._left(key)
                return self._faults[key].text()
        return ""

    def clear_focus(self) -> None:
        """Leave the field that is being typed into, so that it shows what is held."""
        for field in self.fields.values():
            if field.hasFocus():
                field.clearFocus()

    def focus(self, key: str) -> bool:
        """Stand in a field."""
        if key in self.fields:
            self.fields[key].setFocus()
        return key in self.fields

    def _on_typed(self, key: str) -> None:
        if self.fields[key].hasFocus():
            self._say(key, "")
            self._typed = key
            self._trying.start()

    def _forecast(self) -> None:
        """Say under the field what saving what is typed would do."""
        key = self._typed
        field = self.fields[key]
        is_well = not (isinstance(field, DayEdit) and field.problem())
        if self._try is not None and is_well and field.hasFocus() and self._value(key) != self._held.get(key):
            said = self._try(key, self._value(key))
            self._say(key, said.text, said.tone)

    def _left(self, key: str) -> None:
        self._trying.stop()
        field = self.fields[key]
        if isinstance(field, DayEdit) and (wrong := field.problem()):
            self._say(key, wrong)
            return
        value = self._value(key)
        if key in self._held and value != self._held[key]:
            problem = self._save(key, value)
            if not problem:
                self._held[key] = value
            self._say(key, problem)
        elif key in self._held:
            self._say(key, "")

    def _value(self, key: str) -> object:
        field = self.fields[key]
        match field:
            case QCheckBox():
                return field.isChecked()
            case TextBox():
                return field.toPlainText().strip()
            case Pick():
                return field.value()
            case DayEdit():
                return field.text() if field.problem() else field.day()
        return field.text().strip()

    def _show(self, field: QWidget, value: object) -> None:
        match field:
            case QCheckBox():
                field.setChecked(bool(value))
            case TextBox():
                if field.toPlainText() != value:
                    field.setPlainText(str(value))
            case Pick():
                if value and field.findData(value) < 0:  # a value of another policy stays to be seen
                    field.addItem(str(value), value)
                field.give(str(value))
            case TextEdit() | DayEdit():
                field.give(str(value))

    def _say(self, key: str, text: str, tone: str = "error") -> None:
        set_role(self._faults[key], tone or "second")
        self._faults[key].setText(text)
        self._faults[key].setVisible(bool(text))

    def _add(self, key: str, name: str, field: TextEdit | TextBox | Pick | DayEdit | QCheckBox) -> None:
        field.setAccessibleName(name)
        self.fields[key] = field
        text = label(name, "second")
        text.setBuddy(field)
        fault = self._faults[key] = label("", "error", wraps=True)
        fault.hide()
        self._grid.addWidget(text, self._row, self._column)
        self._grid.addWidget(field, self._row, self._column + 1)
        self._grid.addWidget(fault, self._row + 1, self._column + 1)
        self._grid.setColumnStretch(self._column + 1, 1)
        self._row += 2
