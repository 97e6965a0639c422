"""The fields every form and grid shares: an amount, a day, a choice. They parse and complain; they save nothing."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from time import monotonic

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from core.days import DayError, parse_day
from core.i18n import _
from core.initials import fit
from core.money import AmountError, parse_amount, show_printed, show_wan, show_yuan
from ui.style import colours, icon

TYPING = 1.2  # seconds within which letters belong together


def full_amount(fen: int, unit: str) -> str:
    """An amount with nothing rounded away, as an editor opens with it."""
    if unit == "元":
        return show_yuan(fen)
    whole, _point, decimals = show_wan(fen, 6).partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


class _Line(QLineEdit):
    """A line that knows whether its text was changed and marks a wrong one."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = ""
        self.textEdited.connect(self._on_edited)

    def give(self, text: str) -> None:
        """Show a text as the one held in the ledger."""
        self._given = text
        self.setText(text)
        self.mark("")

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from what was given."""
        return self.text().strip() != self._given

    def problem(self) -> str:
        """What is wrong with the text; empty if nothing."""
        return ""

    def mark(self, problem: str) -> None:
        """Colour the field by its problem."""
        if self.property("wrong") != bool(problem):
            self.setProperty("wrong", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(problem)

    def _on_edited(self) -> None:
        self.mark("")
        self.edited.emit()


class TextEdit(_Line):
    """A line of text; ``required`` refuses an empty one."""

    def __init__(self, parent: QWidget | None = None, required: bool = False) -> None:
        super().__init__(parent)
        self.required = required

    def problem(self) -> str:
        return _("不能为空。") if self.required and not self.text().strip() else ""


class MoneyEdit(_Line):
    """An amount in 元 (or 万元), read by ``core.money.parse_amount``: 12000, 1.2万, １２, （3.5）."""

    def __init__(self, parent: QWidget | None = None, unit: str = "元", required: bool = False) -> None:
        super().__init__(parent)
        self.unit = unit
        self.required = required
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 4, 0)
        self.setAccessibleName(_("金额（{unit}）").format(unit=unit))

    def set_amount(self, fen: int | None) -> None:
        """Show an amount in full; None: empty."""
        self.give("" if fen is None else full_amount(fen, self.unit))

    def amount(self) -> int | None:
        """The amount in 分; None if the field is empty. Raises ``AmountError``."""
        return parse_amount(self.text(), self.unit) if self.text().strip() else None

    def problem(self) -> str:
        try:
            if self.amount() is None and self.required:
                return _("金额为空，请输入数字，例如 12000 或 1.2万。")
        except AmountError as error:
            return str(error)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(colours().faint)
        place = self.rect().adjusted(0, 0, -7, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.unit)


class PointsEdit(MoneyEdit):
    """A percentage or points (分) to two decimals, held in hundredths: 95.69, 95.69%, 98.5分."""

    def __init__(self, parent: QWidget | None = None, unit: str = "分", required: bool = False) -> None:
        super().__init__(parent, unit, required)
        self.setAccessibleName(_("分数") if unit == "分" else _("百分比"))

    def set_amount(self, fen: int | None) -> None:
        """Show hundredths; None: empty."""
        self.give("" if fen is None else show_printed(fen, self.unit))

    def amount(self) -> int | None:
        """The number in hundredths; None if the field is empty. Raises ``AmountError``."""
        number = self.text().strip().rstrip("分%％").strip()
        if not number:
            return None
        if not re.fullmatch(r"[0-9０-９]{1,3}([.．][0-9０-９]{1,2})?", number):
            raise AmountError(_("“{text}”不对，请输入数字，最多两位小数，例如 95.69。").format(text=number[:40]))
        return parse_amount(number)


class DayEdit(_Line):
    """A day of a fiscal year: 11-23, 1123, 2023-11-23; ↑ ↓ go by a day, the icon or Alt+↓ opens a calendar."""

    def __init__(self, year: int, parent: QWidget | None = None, required: bool = True) -> None:
        super().__init__(parent)
        self.year = year
        self.required = required
        self.setAccessibleName(_("日期"))
        self.setPlaceholderText(_("月-日"))
        opener = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip(_("打开日历"))
        opener.triggered.connect(self._open_calendar)

    def set_day(self, day: str) -> None:
        """Show a day (ISO text)."""
        self.give(day)

    def day(self) -> str:
        """The day as ISO text; empty where none is typed and none is required. Raises ``DayError``."""
        if not self.required and not self.text().strip():
            return ""
        return parse_day(self.text(), self.year)

    def problem(self) -> str:
        try:
            self.day()
        except DayError as error:
            return str(error)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_calendar()
            return
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.problem() or not self.day():
            super().keyPressEvent(event)
        else:
            self._choose((date.fromisoformat(self.day()) + timedelta(days=step)).isoformat())

    def calendar(self) -> QCalendarWidget:
        """A calendar that stands at the day typed; a click or Enter in it chooses another."""
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        is_known = not self.problem() and bool(self.day())
        shown = date.fromisoformat(self.day()) if is_known else date(self.year, 1, 1)
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        for signal in (calendar.clicked, calendar.activated):
            signal.connect(lambda day: self._choose(day.toString(Qt.DateFormat.ISODate)))
        return calendar

    def _open_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = self.calendar()
        calendar.clicked.connect(popup.close)
        calendar.activated.connect(popup.close)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        calendar.setFocus()

    def _choose(self, day: str) -> None:
        self.setText(day)
        self._on_edited()


class Pick(QComboBox):
    """One of a few values, each shown by its label. The wheel does not change what it passes over."""

    LEFT, RIGHT = 8, 24  # pixels beside the text; the arrow stands in the second

    picked = Signal(str)
    edited = Signal()

    def __init__(self, options: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = ""
        self._typed, self._typed_at = "", 0.0
        self._untold = False  # letters chose a value; the choice stands when Enter is pressed or the field is left
        self.set_options(options)
        self.activated.connect(self._on_activated)

    def set_options(self, options: Mapping[str, str]) -> None:
        """Offer these values; the chosen one is kept if it is still there."""
        held = self.value()
        self.clear()
        for value, label in options.items():
            self.addItem(label, value)
        self.set_value(held)

    def value(self) -> str:
        """The chosen value; empty if none."""
        return str(self.currentData() or "")

    def options(self) -> dict[str, str]:
        """What is offered: values and their labels."""
        return {str(self.itemData(row) or ""): self.itemText(row) for row in range(self.count())}

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not offered leaves the first chosen."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def give(self, value: str) -> None:
        """Choose the value held in the ledger."""
        self.set_value(value)
        self._given = self.value()

    @property
    def is_changed(self) -> bool:
        """Whether another value was chosen than what was given."""
        return self.value() != self._given

    def problem(self) -> str:
        """Nothing that is offered is wrong."""
        return ""

    def mark(self, problem: str) -> None:
        """Say what forbids the choice."""
        self.setAccessibleDescription(problem)

    def _on_activated(self, _row: int) -> None:
        self._untold = False
        self.edited.emit()
        self.picked.emit(self.value())

    def _tell(self) -> None:
        """The value that letters chose is the choice."""
        if self._untold:
            self._untold = False
            self.picked.emit(self.value())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typed = ""  # letters of an earlier visit are no part of the next name
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose by name or pinyin initials: zyzf chooses 上级转移支付."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
        text = event.text()
        if not text.isalnum() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        now = monotonic()
        self._typed = text if now - self._typed_at > TYPING else self._typed + text
        self._typed_at = now
        ranks = [
            (rank, row) for row in range(self.count()) if (rank := fit(self._typed, self.itemText(row))) is not None
        ]
        if ranks and min(ranks)[1] != self.currentIndex():
            self.setCurrentIndex(min(ranks)[1])
            self._untold = True
            self.edited.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Drawn as the other fields are, where Fusion would draw a raised button."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(c.accent if self.hasFocus() else c.line))
        painter.setBrush(QColor(c.surface if self.isEnabled() else c.page))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inside = self.rect().adjusted(self.LEFT, 0, -self.RIGHT, 0)
        painter.setPen(QColor(c.text if self.isEnabled() else c.faint))
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        icon("chevron_down").paint(painter, self.rect().right() - 21, (self.height() - 14) // 2, 14, 14)

    def sizeHint(self) -> QSize:
        labels = (self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count()))
        return super().sizeHint().expandedTo(QSize(max(labels, default=0) + self.LEFT + self.RIGHT + 2, 29))


Field = TextEdit | MoneyEdit | DayEdit | Pick  # what a cell or a line is typed into
