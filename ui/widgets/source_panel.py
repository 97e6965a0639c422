"""数据来源: what a figure was computed from, line by line, and the figure stated for it."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from core.check import About
from core.figures import Figure, label, sources
from core.form_items import FORM_ITEMS, form_lines, show_amount
from core.i18n import _
from core.model import BudgetEvent
from core.money import show_rate
from ui.desk import Desk
from ui.style import row_height
from ui.tables import Column, RecordTable, Role
from ui.widgets.cell_paint import PAD
from ui.widgets.grid import ROW, GridView

_MOST = 9  # rows shown without scrolling
_KINDS = {BudgetEvent.table: "event", "project": "project"}
_ACROSS = Qt.Orientation.Horizontal
LABEL, BASIS, AMOUNT = "label", "basis", "amount"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of what a figure comes from; ``about`` is the place behind it."""

    number: int
    texts: tuple[str, str, str]  # where from, on what basis, the amount
    is_sum: bool = False
    is_wrong: bool = False
    about: About | None = None
    spans: bool = False  # one text over the whole line


class SourceModel(RecordTable):
    """Rows are ``SourceLine``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        columns = (
            Column(LABEL, _("来源"), 0),
            Column(BASIS, _("依据"), 120),
            Column(AMOUNT, _("金额"), 90, is_amount=True),
        )
        super().__init__(columns, parent)
        self.desk = desk
        self.amount_title = _("金额")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if section == 2 and role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.amount_title
        return super().headerData(section, orientation, role)

    def key(self, record: SourceLine) -> Hashable:
        return record.number

    def text(self, record: SourceLine, column: str) -> str:
        return record.texts[(LABEL, BASIS, AMOUNT).index(column)]

    def tone(self, record: SourceLine, column: str) -> str:
        if column == BASIS:
            return "second"
        if column == AMOUNT:
            return "error" if record.is_wrong or self.text(record, column).startswith("-") else ""
        return "accent" if record.spans and record.about else ""

    def ground(self, record: SourceLine, column: str) -> str:
        return "error_soft" if record.is_wrong and column == AMOUNT else "page" if record.is_sum else ""

    def is_strong(self, record: SourceLine) -> bool:
        return record.is_sum

    def tip(self, record: SourceLine, column: str) -> str:
        text = self.text(record, column)
        return _("双击查看：{text}").format(text=text) if record.about else text


class SourceGrid(GridView):
    """As high as its lines; Enter or a double click opens the place behind one."""

    has_own_columns = False

    def __init__(self, model: SourceModel, open_: Any) -> None:
        super().__init__(model)
        self._open = open_
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("数据来源"))

    def show_lines(self, lines: list[SourceLine]) -> None:
        """Show other lines."""
        self.clearSpans()
        self.table.reset_rows(lines)
        for row, line in enumerate(lines):
            if line.spans:
                self.setSpan(row, 0, 1, len(self.table.columns))
        shown = min(len(lines), _MOST)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * row_height(ROW) + 2)
        self.fit_columns()

    def column_width(self, number: int) -> int:
        if self.table.columns[number].key == BASIS:
            return round(0.3 * self.viewport().width())
        metrics = QFontMetrics(self.font())
        texts = [self.table.text(line, AMOUNT) for line in self.table.rows] + [self.table.headerData(2, _ACROSS)]
        return 12 + 2 * PAD + max(map(metrics.horizontalAdvance, texts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open(self.table.record(self.indexAt(event.position().toPoint())))

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())


class SourcePanel(QFrame):
    """Follows the figure under the cursor; a line with an entry behind it is opened by double click or Enter."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self.model = SourceModel(desk, self)
        self.grid = SourceGrid(self.model, self._open)
        self._lines: list[SourceLine] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 11, 14, 10)
        layout.setSpacing(7)
        layout.addWidget(self._title)
        layout.addWidget(self.grid)
        self.show_figure(None)

    def show_figure(self, figure: Figure | None) -> None:
        """Show where a figure comes from; None: nothing is shown."""
        self.setVisible(figure is not None)
        if figure is None:
            return
        name = label(self.desk.book, figure.ref)
        self._title.setText(_("数据来源：{name} {value}").format(name=name, value=self._amount(figure.value)))
        if figure.ref.item in FORM_ITEMS:
            self._show_form_item(figure)
            return
        lines = sources(self.desk.book, figure.ref)
        self._begin(_("金额（{unit}）").format(unit=self.desk.money_unit))
        for line in lines:
            kind = _KINDS.get(line.about[0], "")
            about = About(kind, line.about[1]) if kind else None
            self._add(line.label, line.basis, self.desk.money(line.amount), about=about)
        self._add(_("按台账计算"), "", self._amount(figure.computed), is_sum=True)
        if figure.stated is not None:
            self._add_stated(figure)
        self.grid.show_lines(self._lines)

    def _show_form_item(self, figure: Figure) -> None:
        """An item of a filed form, at its own unit, with the form's page to go on to."""
        book, ref, unit = self.desk.book, figure.ref, figure.unit
        self._title.setText(
            _("数据来源：{name} {value}").format(name=label(book, ref), value=self._form_amount(figure.value, figure))
        )
        amount = _("金额（{unit}）").format(unit=self.desk.money_unit)
        self._begin(amount if unit == "万元" else _("数值（{unit}）").format(unit=unit))
        for line in form_lines(book, ref):
            self._add(line, "", "", spans=True)
        self._add(_("按台账计算"), "", self._form_amount(figure.computed, figure), is_sum=True)
        if figure.stated is not None:
            basis = " ".join(filter(None, (figure.stated.source_table, figure.stated.source_column)))
            about = About("stated", ref.about, ref.item)
            wrong = figure.computed is not None and bool(figure.difference)
            amount = self._form_amount(figure.stated.amount, figure)
            self._add(_("填报数"), basis, amount, is_wrong=wrong, about=about)
        self._add(_("到“绩效指标”查看自评"), "", "", about=About("evaluation", ref.about), spans=True)
        self.grid.show_lines(self._lines)

    def _form_amount(self, value: object, figure: Figure) -> str:
        if not isinstance(value, int):
            return "—"
        if figure.unit == "万元":
            return self.desk.money(value)
        return show_amount(self.desk.book, figure.ref.year, value, figure.unit)

    def _add_stated(self, figure: Figure) -> None:
        stated, difference = figure.stated, figure.difference
        assert stated is not None
        basis = " ".join(filter(None, (stated.source_table, stated.source_column)))
        about = About("stated", stated.about, stated.item)
        self._add(_("填报数"), basis, self.desk.money(stated.amount), is_wrong=bool(difference), about=about)
        if difference:
            self._add(_("差额（填报数－台账）"), "", self.desk.money(difference), is_wrong=True)

    def _amount(self, value: object) -> str:
        if isinstance(value, int):
            return self.desk.money(value)
        return show_rate(value.numerator, value.denominator) if value is not None else "—"  # type: ignore[attr-defined]

    def _open(self, line: SourceLine | None) -> None:
        if line is not None and line.about is not None:
            self.desk.go(line.about)

    def _begin(self, amount: str) -> None:
        self._lines = []
        self.model.amount_title = amount

    def _add(self, *texts: str, **looks: Any) -> None:
        label, basis, amount = (*texts, "", "")[:3]
        self._lines.append(SourceLine(len(self._lines), (label, basis, amount), **looks))
