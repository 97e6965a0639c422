"""数据来源: what a figure was computed from, line by line, and the figure stated for it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.check import About
from core.figures import Figure, label, sources
from core.form_items import FORM_ITEMS, form_lines, show_amount
from core.i18n import _
from core.model import BudgetEvent
from core.money import show_rate
from ui.desk import Desk
from ui.style import colours, row_height

_ROW = 27
_MOST = 9  # rows shown without scrolling
_KINDS = {BudgetEvent.table: "event", "project": "project"}
_ABOUT = Qt.ItemDataRole.UserRole


class SourcePanel(QFrame):
    """Follows the figure under the cursor; a line with an entry behind it is opened by double click or Enter."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._table = _Table()
        self._table.setAccessibleName(_("数据来源"))
        self._table.itemActivated.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 11, 14, 10)
        layout.setSpacing(7)
        layout.addWidget(self._title)
        layout.addWidget(self._table)
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
        self._table.begin(_("金额（{unit}）").format(unit=self.desk.money_unit))
        for line in lines:
            kind = _KINDS.get(line.about[0], "")
            about = About(kind, line.about[1]) if kind else None
            self._table.add((line.label, line.basis, self.desk.money(line.amount)), about=about)
        self._table.add((_("按台账计算"), "", self._amount(figure.computed)), bold=True)
        if figure.stated is not None:
            self._add_stated(figure)
        self._table.end()

    def _show_form_item(self, figure: Figure) -> None:
        """An item of a filed form, at its own unit, with the form's page to go on to."""
        book, ref, unit = self.desk.book, figure.ref, figure.unit
        self._title.setText(
            _("数据来源：{name} {value}").format(name=label(book, ref), value=self._form_amount(figure.value, figure))
        )
        amount = _("金额（{unit}）").format(unit=self.desk.money_unit)
        self._table.begin(amount if unit == "万元" else _("数值（{unit}）").format(unit=unit))
        for line in form_lines(book, ref):
            self._table.add((line, "", ""), spans=True)
        self._table.add((_("按台账计算"), "", self._form_amount(figure.computed, figure)), bold=True)
        if figure.stated is not None:
            basis = " ".join(filter(None, (figure.stated.source_table, figure.stated.source_column)))
            about = About("stated", ref.about, ref.item)
            wrong = figure.computed is not None and bool(figure.difference)
            amount = self._form_amount(figure.stated.amount, figure)
            self._table.add((_("填报数"), basis, amount), wrong=wrong, about=about)
        self._table.add((_("到“绩效指标”查看自评"), "", ""), about=About("evaluation", ref.about), spans=True)
        self._table.end()

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
        self._table.add((_("填报数"), basis, self.desk.money(stated.amount)), wrong=bool(difference), about=about)
        if difference:
            self._table.add((_("差额（填报数－台账）"), "", self.desk.money(difference)), wrong=True)

    def _amount(self, value: object) -> str:
        if isinstance(value, int):
            return self.desk.money(value)
        return show_rate(value.numerator, value.denominator) if value is not None else "—"  # type: ignore[attr-defined]

    def _open(self, item: QTableWidgetItem) -> None:
        about = self._table.item(item.row(), 0).data(_ABOUT)
        if about is not None:
            self.desk.go(about)


class _Table(QTableWidget):
    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height(_ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(70)

    def begin(self, amount: str) -> None:
        self.clearSpans()
        self.setRowCount(0)
        self.setHorizontalHeaderLabels([_("来源"), _("依据"), amount])
        for column in range(3):
            side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
            self.horizontalHeaderItem(column).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def add(
        self,
        texts: Sequence[str],
        bold: bool = False,
        wrong: bool = False,
        about: About | None = None,
        spans: bool = False,
    ) -> None:
        row, c = self.rowCount(), colours()
        self.insertRow(row)
        if spans:
            self.setSpan(row, 0, 1, self.columnCount())
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(_("双击查看：{text}").format(text=text) if about else text)
            if column == 2:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                negative = text.startswith("-")
                item.setForeground(QBrush(QColor(c.error if wrong or negative else c.text)))
                if wrong:
                    item.setBackground(QBrush(QColor(c.error_soft)))
            elif column == 1:
                item.setForeground(QBrush(QColor(c.second)))
            elif spans and about:
                item.setForeground(QBrush(QColor(c.accent)))
            if bold:
                font = QFont(self.font())
                font.setBold(True)
                item.setFont(font)
                item.setBackground(QBrush(QColor(c.page)))
            self.setItem(row, column, item)
        self.item(row, 0).setData(_ABOUT, about)

    def end(self) -> None:
        shown = min(self.rowCount(), _MOST)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * row_height(_ROW) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(1, round(0.3 * self.viewport().width()))

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())
