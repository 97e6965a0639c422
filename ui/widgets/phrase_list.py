"""常用语: problems and the measures against them, to be put into the text one by one or together."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.i18n import _
from core.phrases import Pair, matching, pairs
from ui.style import colours
from ui.widgets.parts import Hint, button

HEIGHT = 330
_PAD = 8  # around a text
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhraseList(QFrame):
    """Stands under the text while it is asked for; ``chosen`` brings the words, several times if need be."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedHeight(HEIGHT)
        self.hide()
        self.filter = QLineEdit(placeholderText=_("筛选，例如：执行率 采购"))
        self.filter.setAccessibleName(_("筛选常用语"))
        self.filter.textChanged.connect(self._fill)
        self.filter.installEventFilter(self)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(_("常用语"))
        self.table.setHorizontalHeaderLabels([_("存在的问题"), _("改进措施")])
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setWordWrap(True)
        self.table.setProperty("role", "roomy")
        self.table.cellDoubleClicked.connect(lambda _row, _column: self._insert())
        self.table.installEventFilter(self)
        self.one = button(_("插入选中"), self._insert, "primary")
        self.both = button(_("问题和措施都插入"), self._insert_both)
        self.close_button = button(_("关闭"), self.close_list)
        row = QHBoxLayout()
        row.addWidget(Hint(_("插入光标处，请按实际情况修改。")), 1)
        for made in (self.close_button, self.both, self.one):
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._first: tuple[Pair, ...] = ()

    def offer(self, rules: Iterable[str]) -> None:
        """Open, the pairs that these findings speak for first."""
        self._first = matching(rules)
        self.filter.clear()
        self.show()
        self._fill("")
        self.filter.setFocus()

    def close_list(self) -> None:
        """Leave the text alone again."""
        self.hide()
        self.closed.emit()

    def _fill(self, words: str) -> None:
        wanted = words.split()
        rest = tuple(pair for pair in pairs() if pair not in self._first)
        groups = [(_("与本年核对结果有关"), self._first)]
        groups += [
            (topic, tuple(p for p in rest if p.topic == topic)) for topic in dict.fromkeys(p.topic for p in rest)
        ]
        self.table.clearSpans()
        self.table.setRowCount(0)
        for name, held in groups:
            fitting = [pair for pair in held if all(w in f"{pair.topic}{pair.problem}{pair.measure}" for w in wanted)]
            if fitting:
                self._add_heading(name)
            for pair in fitting:
                row = self.table.rowCount()
                self.table.insertRow(row)
                for column, text in enumerate((pair.problem, pair.measure)):
                    self.table.setItem(row, column, QTableWidgetItem(text))
        self._fit_rows()
        if self.table.rowCount():
            self.table.setCurrentCell(1, 0)
        for made in (self.one, self.both):
            made.setEnabled(bool(self.table.rowCount()))

    def _add_heading(self, name: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        item = QTableWidgetItem(name)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(colours().second))
        item.setBackground(QColor(colours().page))
        self.table.setItem(row, 0, item)
        self.table.setSpan(row, 0, 1, 2)

    def _insert(self) -> None:
        item = self.table.currentItem()
        if item is not None and self.table.columnSpan(item.row(), 0) == 1:
            self.chosen.emit(item.text())

    def _insert_both(self) -> None:
        row = self.table.currentRow()
        if row >= 0 and self.table.columnSpan(row, 0) == 1:
            self.chosen.emit("\n".join(self.table.item(row, column).text() for column in range(2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """As high as the longer of both texts needs; the view's own measure forgets the room left around them."""
        metrics = self.table.fontMetrics()
        for row in range(self.table.rowCount()):
            texts = [item.text() for column in range(2) if (item := self.table.item(row, column))]
            room = QRect(0, 0, self.table.viewport().width() // 2 - 2 * _PAD - 2, 10_000)
            wraps = int(Qt.TextFlag.TextWordWrap)
            heights = [metrics.boundingRect(room, wraps, text).height() for text in texts]
            self.table.setRowHeight(row, max(heights) + 2 * _PAD)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move the choice while the filter is being typed; Enter takes it, with Ctrl both halves; Esc
        closes."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _RETURN:
            both = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self._insert_both if both else self._insert)()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if watched is self.filter and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.table.setFocus()
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
