"""Work on a block of cells of a grid: choosing, copying, pasting into cells, filling down, one value for many rows."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData
from PySide6.QtGui import QGuiApplication

from core.block_edits import together
from core.change import Change
from core.copying import Block
from core.i18n import _
from core.intake.cells import text_of
from core.pasting import read_block
from ui.fields import Field, Pick
from ui.form import save
from ui.suggest import CodeEdit
from ui.tables import RecordTable

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


def copy(view: "GridView", rows: Sequence[int], columns: Sequence[int], with_titles: bool) -> None:
    """Put cells on the clipboard as text and as a table of typed cells."""
    table = view.table
    keys = [table.columns[n].key for n in columns]
    if len(rows) > MOST:
        _tell(view, _("一次最多复制{most}行，已复制前{most}行。").format(most=MOST))
        rows = rows[:MOST]
    records = [table.rows[row] for row in rows]
    columns_of = [[_value(table, record, key) for record in records] for key in keys]
    lines = list(zip(*columns_of, strict=True))
    block = Block(lines, [table.full_title(table.columns[n]) for n in columns] if with_titles else ())
    data = QMimeData()
    data.setText(block.text())
    if len(rows) * len(keys) <= MOST_TYPED:
        data.setHtml(block.html())
    QGuiApplication.clipboard().setMimeData(data)


def _value(table: RecordTable, record: Any, key: str) -> Any:
    number = table.number(record, key)
    return table.text(record, key).replace("\n", " ") if number is None else number


def can_change(view: "GridView") -> bool:
    """Whether any of the chosen columns can be typed into where the officer is."""
    record = view.current
    return record is not None and any(view.table.is_editable(record, column.key) for column in view.table.columns)


def put_in_all(view: "GridView", rows: Sequence[int], column: str, editor: Field) -> str:
    """Save what stands in a field in all these rows as one step; returns what forbids it."""
    table = view.table
    records = [table.rows[row] for row in rows if table.is_editable(table.rows[row], column)]
    title = table.columns[table.column_of(column)].title.replace("\n", "")
    label = _("批量修改{title}，{count}笔").format(title=title, count=len(records))
    return _save(view, label, [(record, column, editor) for record in records])


def fill_down(view: "GridView") -> None:
    """Give the cells below what stands in the uppermost chosen one; a single cell takes what stands above it."""
    table, rows = view.table, list(view.chosen_rows())
    if len(rows) == 1 and rows[0] > 0:
        rows.insert(0, rows[0] - 1)
    edits: list[tuple[Any, str, Field]] = []
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
        problem = _save(view, _("向下填充，{count}格").format(count=len(edits)), edits)
    else:
        problem = _("这里没有可以向下填充的内容：选中一列中的几行，第一行的内容会填到下面各行。")
    for field in fields:
        field.deleteLater()
    if problem:
        _tell(view, problem)


def paste(view: "GridView", text: str) -> None:
    """Put a block into the cells from the chosen one on; a single value goes into every chosen cell. One step; where
    one value is wrong nothing is changed, and the officer is taken to its cell."""
    table, sheet = view.table, read_block(text)
    cells = [[text_of(sheet.cell(row, place)) for place in range(sheet.width)] for row in range(len(sheet.rows))]
    if not cells:
        return
    rows, columns = list(view.chosen_rows()), view.chosen_columns()
    if len(cells) > 1 or len(cells[0]) > 1:
        shown = shown_columns(view)
        begun = shown.index(columns[0])
        columns = shown[begun : begun + len(cells[0])]
        rows = list(range(rows[0], min(rows[0] + len(cells), len(table.rows))))
    edits: list[tuple[Any, str, Field]] = []
    problem, where = "", (-1, -1)
    for down, row in enumerate(rows[:MOST]):
        for right, number in enumerate(columns):
            record, column = table.rows[row], table.columns[number].key
            value = cells[down % len(cells)][right % len(cells[0])]
            if problem or not table.is_editable(record, column):
                continue
            field = table.open_editor(record, column, view.viewport())
            problem = _fill(field, value)
            where = (row, number)
            edits.append((record, column, field))
    if not problem:
        where = (-1, -1)
        if edits:
            problem = _save(view, _("粘贴{count}格").format(count=len(edits)), edits)
        else:
            problem = _("选中的格不能修改，没有粘贴。")
    for _record, _column, field in edits:
        field.deleteLater()
    if problem:
        if where[0] >= 0:
            view.setCurrentIndex(table.index(*where))
        _tell(view, problem)


def _fill(field: Field, text: str) -> str:
    """Put a text into a field as if it were typed; returns what is wrong with it."""
    if isinstance(field, Pick):
        value = next((value for value, shown in field.options().items() if text in (value, shown)), None)
        if value is None:
            return _("“{text}”不在可选项中。").format(text=text[:20])
        field.set_value(value)
        return ""
    field.setText(text)
    if isinstance(field, CodeEdit) and not field.problem():
        field.settle()
    return field.problem()


def _save(view: "GridView", label: str, edits: Sequence[tuple[Any, str, Field]]) -> str:
    """Save edits of cells as one step; returns what forbids it."""
    table, desk = view.table, view.table.desk
    makes: list[Callable[[], Change]] = []
    for record, column, field in edits:
        make = table.edit(record, column, field)
        if desk is None or make is None:
            return _("这张表不能一次修改几行，请逐格输入。")
        makes.append(make)
    assert desk is not None
    return save(desk, lambda: together(desk.book, label, [make() for make in makes]))


def _tell(view: "GridView", text: str) -> None:
    if view.table.desk is not None:
        view.table.desk.told.emit(text, True)
