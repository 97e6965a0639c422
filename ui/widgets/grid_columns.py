"""The columns of a grid as the officer arranged them: widths, order, which are on show. Kept from start to start."""

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtWidgets import QHeaderView, QMenu

from core.i18n import _

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

LEAST = 130  # width of the column that takes what is left
NARROWEST = 32


class GridColumns(QObject):
    """Arranges the columns of one view; kept under the name of its table."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view
        self._name = type(view.table).__name__
        self._fitting = False
        self._wished: dict[str, bool] = {}  # columns the page hides or shows
        self._header = view.horizontalHeader()
        self._held = self._read()
        header = self._header
        header.setHighlightSections(False)
        # The view's own would be asked, cell by cell, whether a whole column is chosen each time the titles are drawn.
        header.setSelectionModel(QItemSelectionModel(view.table, header))
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setResizeContentsPrecision(200)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._order()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        header.customContextMenuRequested.connect(self.open_menu)
        if view.table.sorts:
            header.sectionPressed.disconnect()  # a click puts the rows in order; it does not choose the column
            header.sectionClicked.connect(self.sort)

    # What is kept: {"widths": {key: pixels}, "order": [key, …], "hidden": {key: bool}}

    def _read(self) -> dict[str, Any]:
        desk = self._view.table.desk if self._view.has_own_columns else None
        try:
            held = json.loads(desk.layouts.get(self._name, "{}")) if desk is not None else {}
        except ValueError:
            held = {}
        usual: dict[str, Any] = {"widths": {}, "order": [], "hidden": {}}
        fits = isinstance(held, dict)
        return {key: held[key] if fits and isinstance(held.get(key), type(v)) else v for key, v in usual.items()}

    def _keep(self) -> None:
        if (desk := self._view.table.desk) is not None and self._view.has_own_columns:
            desk.keep_layout(self._name, json.dumps(self._held))

    # Widths

    def fit(self) -> None:
        """Give every column its width; the one of width 0 takes what is left."""
        view, header, columns = self._view, self._header, self._view.table.columns
        self._fitting = True
        rest = view.viewport().width()
        elastic = []
        for number, column in enumerate(columns):
            width = self._own(column.key) or (view.column_width(number) if column.width else 0)
            if not width:
                elastic.append(number)
            elif not view.isColumnHidden(number):
                header.resizeSection(number, width)
                rest -= width
        for number in elastic:
            header.resizeSection(number, self._view.elastic_width(rest))
        self._fitting = False

    def _own(self, key: str) -> int:
        width = self._held["widths"].get(key, 0)
        return max(NARROWEST, width) if isinstance(width, int) and width > 0 else 0

    def _on_resized(self, number: int, before: int, after: int) -> None:
        if not self._fitting and before and after:
            self._held["widths"][self._view.table.columns[number].key] = after
            self._keep()

    # Order

    def _order(self) -> None:
        table, header = self._view.table, self._header
        known = [number for key in self._held["order"] if (number := table.column_of(key)) >= 0]
        for place, number in enumerate(dict.fromkeys(known)):
            header.moveSection(header.visualIndex(number), place)

    def _on_moved(self, *_places: int) -> None:
        columns = self._view.table.columns
        self._held["order"] = [columns[self._header.logicalIndex(place)].key for place in range(len(columns))]
        self._keep()

    # Which are on show

    def is_hidden(self, number: int, wished: bool) -> bool:
        """Whether a column is hidden; ``wished``: what the page would do."""
        key = self._view.table.columns[number].key
        self._wished[key] = wished
        chosen = self._held["hidden"].get(key)
        return wished if chosen is None else bool(chosen)

    def show_column(self, number: int, is_shown: bool) -> None:
        """Show or hide a column from now on."""
        key = self._view.table.columns[number].key
        wished = self._wished.get(key, False)
        self._held["hidden"].pop(key, None)
        if wished == is_shown:
            self._held["hidden"][key] = not is_shown
        self._keep()
        self._view.setColumnHidden(number, wished)
        self._view.fit_columns()

    def reset(self) -> None:
        """Widths, order and columns as they are at the first start."""
        header, view = self._header, self._view
        self._held = {"widths": {}, "order": [], "hidden": {}}
        for number in range(len(view.table.columns)):
            header.moveSection(header.visualIndex(number), number)
            view.setColumnHidden(number, self._wished.get(view.table.columns[number].key, False))
        self._held["order"] = []
        self._keep()
        view.fit_columns()

    # Order of the rows

    def sort(self, number: int) -> None:
        """Put the rows in the order of a column: rising, then falling, then as they were."""
        table = self._view.table
        key = table.columns[number].key
        if key not in table.sorts:
            return
        by, falling = table.sorted_by
        if by != key:
            table.sort_by(key, False)
        else:
            table.sort_by("" if falling else key, not falling)

    def open_menu(self, place: QPoint) -> None:
        """What can be done with the columns."""
        menu = self.menu(self._header.logicalIndexAt(place))
        menu.popup(self._header.viewport().mapToGlobal(place))

    def menu(self, number: int) -> QMenu:
        """The menu of a column's heading."""
        view, table = self._view, self._view.table
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = table.columns[number].key if number >= 0 else ""
        if key in table.sorts:
            menu.addAction(_("升序"), partial(table.sort_by, key, False))
            menu.addAction(_("降序"), partial(table.sort_by, key, True))
            if table.sorted_by[0]:
                menu.addAction(_("取消排序"), partial(table.sort_by, "", False))
            menu.addSeparator()
        below = menu.addMenu(_("显示的列"))
        for other, column in enumerate(table.columns):
            if not other or not column.width:
                continue  # what a row is known by stays
            choice = below.addAction(column.title.replace("\n", ""))
            choice.setCheckable(True)
            choice.setChecked(not view.isColumnHidden(other))
            choice.toggled.connect(partial(self.show_column, other))
        menu.addAction(_("恢复默认的列"), self.reset)
        return menu
