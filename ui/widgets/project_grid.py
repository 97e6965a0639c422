"""The view of the project grid: folding, moving projects, column widths by what stands in them, the total."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollBar, QWidget

from core.i18n import _
from ui.style import row_height
from ui.widgets.cell_paint import LEVEL, PAD
from ui.widgets.grid import ROW, GridView
from ui.widgets.project_model import COMMITTED, NAME, RATE, SURPLUS, ProjectModel
from ui.widgets.project_rows import PROJECT, SUB, GridRow

BAR_ROOM = 42  # for the bar before an execution rate
NAME_ROOM = (130, 200)  # for the names of projects, at least and at most
CUT = 40  # pixels of a long name that are given up before the grid is scrolled sideways


class _Gap(QScrollBar):
    """Keeps the total as wide as the rows beside their scroll bar: both are scrolled sideways by the same way."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing is to be seen."""


class Foot(GridView):
    """One row under the grid; its columns are the grid's."""

    has_own_columns = False

    def fit_columns(self) -> None:
        """The grid sets them."""


class ProjectGrid(GridView):
    """Space folds, Alt with an arrow moves a project."""

    move_asked = Signal(int, int)  # project, step

    def __init__(self, model: ProjectModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.rows_model = model
        self.setAccessibleName(_("项目预算"))
        header = self.horizontalHeader()
        header.setFixedHeight(row_height(46, 2))
        self._widths: dict[int, int] = {}
        self._names = NAME_ROOM[0]
        self.previews = True
        self._changed: set[int] = set()  # rows that look different since the widths were worked out
        model.dataChanged.connect(lambda first, last: self._changed.update(range(first.row(), last.row() + 1)))
        self.total_model = ProjectModel(model.desk, self)
        self.foot = Foot(self.total_model)
        self._dress_foot()
        header.sectionResized.connect(lambda number, _old, new: self.foot.horizontalHeader().resizeSection(number, new))
        header.sectionMoved.connect(lambda _n, old, new: self.foot.horizontalHeader().moveSection(old, new))
        for place in range(header.count()):
            below = self.foot.horizontalHeader()
            below.moveSection(below.visualIndex(header.logicalIndex(place)), place)

    def refresh(self, is_new: bool = True) -> None:
        """Read the book anew and give the columns their room; they only grow until everything is new."""
        self._changed.clear()
        total = self.rows_model.refresh()
        self.total_model.rate_base = self.rows_model.rate_base
        self.total_model.show_rows([total])
        for key in (SURPLUS, COMMITTED):
            for view in (self, self.foot):
                view.setColumnHidden(self.rows_model.column_of(key), key in self.rows_model.absent)
        held = self.rows_model.rows
        rows = [total, *(held if is_new else [held[n] for n in self._changed if n < len(held)])]
        least = {} if is_new else self._widths
        widths = {n: max(self._wanted(n, rows), least.get(n, 0)) for n in range(len(self.rows_model.columns))}
        names = self._names_wanted(held) if is_new else max(self._names, self._names_wanted(rows[1:]))
        if widths != self._widths or names != self._names:
            self._widths, self._names = widths, names
            self.fit_columns()

    def column_width(self, number: int) -> int:
        width = self._widths.get(number) or super().column_width(number)
        is_rate = self.rows_model.columns[number].key == RATE
        return width - BAR_ROOM if is_rate and not self.rows_model.has_bars else width

    def elastic_width(self, rest: int) -> int:
        """Names give way to the amounts a little; where the amounts do not fit all the same, names stand in full."""
        return rest if rest >= max(NAME_ROOM[0], self._names - CUT) else self._names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if row is not None and event.key() == Qt.Key.Key_Space and row.fold is not None and not shift:
            self.rows_model.toggle(row.key)
        elif row is not None and alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if row.kind in (PROJECT, SUB):
                self.move_asked.emit(row.project, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        row = self.rows_model.record(index)
        if row is not None and row.fold is not None and self.rows_model.columns[index.column()].key == NAME:
            arrow = self.visualRect(index).left() + PAD + row.level * LEVEL + 14
            if event.position().x() <= arrow:
                self.rows_model.toggle(row.key)

    def fit_columns(self) -> None:
        self._weigh_bars()
        super().fit_columns()
        policy = Qt.ScrollBarPolicy
        is_beside = self.viewport().width() < self.width() - 2 * self.frameWidth()
        self.foot.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if is_beside else policy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        for number in range(header.count()):
            self.foot.horizontalHeader().resizeSection(number, header.sectionSize(number))

    def _weigh_bars(self) -> None:
        """In a narrow window the names need the room that the bars before the rates would take."""
        shown = [n for n in range(len(self.rows_model.columns)) if not self.isColumnHidden(n)]
        wanted = sum(self._widths.get(n) or self.rows_model.columns[n].width for n in shown)
        has_bars = wanted + self._names <= self.viewport().width()
        if has_bars != self.rows_model.has_bars:
            for model in (self.rows_model, self.foot.table):
                model.has_bars = has_bars
                model.tell_all()

    def _dress_foot(self) -> None:
        """The total stands still under the rows, in the same columns."""
        foot = self.foot
        foot.setAccessibleName(_("合计"))
        foot.horizontalHeader().hide()
        foot.setFixedHeight(row_height(ROW))
        foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        foot.setVerticalScrollBar(_Gap())
        foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().valueChanged.connect(foot.horizontalScrollBar().setValue)

    def _names_wanted(self, rows: Sequence[GridRow]) -> int:
        """The width of the longest name of these rows with its level, within reason."""
        metrics = QFontMetrics(self.font())
        least, most = NAME_ROOM
        wanted = (metrics.horizontalAdvance(row.name) + row.level * LEVEL + LEVEL + 2 * PAD + 1 for row in rows)
        return max(least, min(most, max(wanted, default=0)))

    def _wanted(self, number: int, rows: Sequence[GridRow]) -> int:
        """The width of the longest text of these rows in a column, in bold as totals are."""
        column = self.rows_model.columns[number]
        if not column.is_amount:
            return column.width
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        longest = max((self.rows_model.text(row, column.key) for row in rows), key=len)
        text = metrics.horizontalAdvance(longest) + 2 * PAD + 2 + (BAR_ROOM if column.key == RATE else 0)
        title = max(metrics.horizontalAdvance(line) for line in column.title.split("\n")) + 2 * PAD
        return max(text, title)
