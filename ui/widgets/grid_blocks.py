"""Work on a block of cells of a grid: choosing, copying, pasting into cells, filling down, one value for many rows."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from core.copying import Block
from core.i18n import _
from core.intake.cells import text_of
from core.pasting import read_block
from ui.fields import Field, Pick
from ui.suggest import CodeEdit
from ui.tables import Edit, RecordTable

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

MOST_TYPED = 50_000  # cells that are given types; beyond, the programs read the text alone
MOST = 20_000  # rows that are copied or edited at once


def shown_columns(view: "GridView") -> list[int]:
    """The columns on show, from the left."""
    header = view.horizontalHeader()
    shown = (n for n in range(len(view.table.columns)) if not view.isColumnHidden(n))
    return sorted(shown, key=header.visualIndex)


def choose(view: "GridView", rows: Sequence[int], columns: Sequence[int], current: int = -1) -> None:
    """Choose a block; the officer stands in its ``current`` row, else in the first."""
    table, model = view.table, view.selectionModel()
    here = table.index(current if current >= 0 else rows[0], columns[0])
    model.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
    block = QItemSelection(table.index(rows[0], columns[0]), table.index(rows[-1], columns[-1]))
    model.select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def add_actions(view: "GridView", menu: QMenu) -> None:
    """What can be done with the chosen cells, in a menu."""
    for text, action, keys in (
        (_("复制"), view.copy_block, "Ctrl+C"),
        (_("复制（含表头）"), lambda: view.copy_block(True), "Ctrl+Shift+C"),
        (_("复制整行"), view.copy, ""),
        (_("粘贴"), view.paste, "Ctrl+V"),
        (_("向下填充"), view.fill_down, "Ctrl+D"),
    ):
        if keys in ("Ctrl+V", "Ctrl+D") and not can_paste(view):
            continue
        made = menu.addAction(text, action)
        if keys:
            made.setShortcut(QKeySequence(keys))
    from ui.widgets import grid_paper

    grid_paper.add_actions(view, menu)


def row_menu(view: "GridView") -> QMenu:
    """The menu of grids that have none of their own: the chosen cells, then what the page offers for a row."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    add_actions(view, menu)
    column = view.table.columns[max(0, view.currentIndex().column())].key
    rows = [record for record in view.chosen() if view.table.is_editable(record, column)]
    if len(rows) > 1:
        text = _("批量修改所选{count}行").format(count=len(rows))
        menu.addAction(text, partial(view.begin_all, column)).setShortcut(QKeySequence("Ctrl+Return"))
    for place, (text, action) in enumerate(view.actions_of()):
        if not place:
            menu.addSeparator()
        menu.addAction(text, partial(action))
    return menu


def copy(view: "GridView", rows: Sequence[int], columns: Sequence[int], with_titles: bool) -> None:
    """Put cells on the clipboard as text and as a table of typed cells."""
    table = view.table
    keys = [table.columns[n].key for n in columns]
    if len(rows) > MOST:
        tell(view, _("一次最多复制{most}行，已复制前{most}行。").format(most=MOST))
        rows = rows[:MOST]
    records = [table.rows[row] for row in rows]
    columns_of = [[_value(table, record, key) for record in records] for key in keys]
    lines = list(zip(*columns_of, strict=True))
    block = Block(lines, [table.full_title(table.columns[n]) for n in columns] if with_titles else ())
    to_clipboard(block, len(rows) * len(keys))


def to_clipboard(block: Block, cells: int) -> None:
    """Put a block of so many cells on the clipboard."""
    data = QMimeData()
    data.setText(block.text())
    if cells <= MOST_TYPED:
        data.setHtml(block.html())
    QGuiApplication.clipboard().setMimeData(data)


def _value(table: RecordTable, record: Any, key: str) -> Any:
    number = table.number(record, key)
    return table.text(record, key).replace("\n", " ") if number is None else number


def can_paste(view: "GridView") -> bool:
    """Whether any cell of the chosen rows, or of the first ones below them, can be typed into."""
    table, rows = view.table, view.chosen_rows()
    first = rows[0] if rows else 0
    below = table.rows[first : max(first + 50, first + len(rows[:MOST]))]
    return any(table.is_editable(record, column.key) for record in below for column in table.columns)


def put_in_all(view: "GridView", rows: Sequence[int], column: str, editor: Field) -> str:
    """Save what stands in a field in all these rows as one step; returns what forbids it."""
    table = view.table
    records = [table.rows[row] for row in rows if table.is_editable(table.rows[row], column)]
    title = table.columns[table.column_of(column)].title.replace("\n", "")
    label = _("批量修改{title}，{count}笔").format(title=title, count=len(records))
    return table.put_all(label, [(record, column, editor) for record in records])


def fill_down(view: "GridView") -> None:
    """Give the cells below what stands in the uppermost chosen one; a single cell takes what stands above it."""
    table, rows = view.table, list(view.chosen_rows())
    if len(rows) == 1 and rows[0] > 0:
        rows.insert(0, rows[0] - 1)
    edits: list[Edit] = []
    fields: list[Field] = []
    for number in view.chosen_columns():
        column = table.columns[number].key
        source = table.rows[rows[0]]
        if not table.is_editable(source, column):
            continue
        field = table.open_editor(source, column, view.viewport())
        fields.append(field)
        below = (table.rows[row] for row in rows[1:])
        edits += [(record, column, field) for record in below if table.is_editable(record, column)]
    if edits:
        problem = table.put_all(_("向下填充，{count}格").format(count=len(edits)), edits)
    else:
        problem = _("这里没有可以向下填充的内容：选中一列中的几行，第一行的内容会填到下面各行。")
    for field in fields:
        field.deleteLater()
    if problem:
        tell(view, problem)


def paste(view: "GridView", text: str) -> None:
    """Put one value into every chosen cell, as one step; what is wrong with it is said."""
    table, sheet = view.table, read_block(text)
    value = text_of(sheet.cell(0, 0)) if sheet.rows else ""
    rows, columns = view.chosen_rows()[:MOST], view.chosen_columns()
    edits: list[Edit] = []
    problem = ""
    for record in (table.rows[row] for row in rows):
        for column in (table.columns[number].key for number in columns):
            if not problem and table.is_editable(record, column):
                field = table.open_editor(record, column, view.viewport())
                edits.append((record, column, field))
                problem = fill(field, value)
    if not edits:
        problem = _("选中的格不能修改，没有粘贴。")
    elif not problem:
        problem = table.put_all(_("粘贴{count}格").format(count=len(edits)), edits)
    for _record, _column, field in edits:
        field.deleteLater()
    if problem:
        tell(view, problem)


def fill(field: Field, text: str) -> str:
    """Put a text into a field as if it were typed; returns what is wrong with it."""
    if isinstance(field, Pick):
        options = field.options().items()
        value = next((value for value, shown in options if text in (value, shown)), None)
        begun = [value for value, shown in options if text and shown.startswith(text)]
        if value is None and len(begun) == 1:
            value = begun[0]
        if value is None:
            return _("“{text}”不在可选项中。").format(text=text[:20])
        field.set_value(value)
        return ""
    field.setText(text)
    if isinstance(field, CodeEdit) and not field.problem():
        field.settle()
    return field.problem()


def tell(view: "GridView", text: str) -> None:
    """Say why something was not done."""
    if view.table.desk is not None:
        view.table.desk.told.emit(text, True)
