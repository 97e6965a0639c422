"""常用语: problems and the measures against them, to be put into the text one by one or together."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
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
from ui.widgets.parts import button, label

WIDTH, HEIGHT = 760, 460
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhraseList(QFrame):
    """Opens over the page when asked for; ``chosen`` brings the words, after which it closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
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
        self.one = button(_("插入选中的一段"), self._insert, "primary")
        self.both = button(_("问题和措施一起插入"), self._insert_both)
        row = QHBoxLayout()
        row.addWidget(label(_("插入后请按本单位的实际情况修改。"), "faint"), 1)
        row.addWidget(self.both)
        row.addWidget(self.one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._first: tuple[Pair, ...] = ()

    def offer(self, below: QWidget, rules: Iterable[str]) -> None:
        """Open under a button, the pairs that these findings speak for first."""
        self._first = matching(rules)
        self.filter.clear()
        self._fill("")
        screen = below.window().geometry()
        self.resize(min(WIDTH, screen.width() - 40), min(HEIGHT, screen.height() - 120))
        place = below.mapToGlobal(QPoint(below.width() - self.width(), below.height() + 2))
        left = max(screen.left() + 8, min(place.x(), screen.right() - self.width() - 8))
        self.move(left, min(place.y(), screen.bottom() - self.height() - 8))
        self.show()
        self.table.resizeRowsToContents()
        self.filter.setFocus()

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
        self.table.resizeRowsToContents()
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
            self._choose(item.text())

    def _insert_both(self) -> None:
        row = self.table.currentRow()
        if row >= 0 and self.table.columnSpan(row, 0) == 1:
            self._choose("\n".join(self.table.item(row, column).text() for column in range(2)))

    def _choose(self, words: str) -> None:
        self.close()
        self.chosen.emit(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move the choice while the filter is being typed; Enter takes it, with Ctrl both halves."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _RETURN:
            both = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self._insert_both if both else self._insert)()
            return True
        if watched is self.filter and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.table.setFocus()
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
