"""打印本表, 导出本表: what a grid shows becomes a document."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.i18n import _
from core.report.grid_paper import ShownColumn, ShownRow, grid_paper
from core.report.model import Document
from ui.desk import Desk
from ui.widgets.grid_blocks import shown_columns

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

MOST = 20_000  # rows that are printed; lists beyond are exported as tables


def desk_of(view: "GridView") -> Desk | None:
    """The desk a grid stands on: its table's, else that of the page around it."""
    if view.table.desk is not None:
        return view.table.desk
    around: QWidget | None = view
    while around is not None:
        desk = getattr(around, "desk", None) or getattr(getattr(around, "work", None), "desk", None)
        if isinstance(desk, Desk):
            return desk
        around = around.parentWidget()
    return None


def document_of(view: "GridView", desk: Desk, is_part: bool) -> Document:
    """The rows on show, or the chosen ones alone, under the columns as they are arranged."""
    table = view.table
    numbers = [n for n in shown_columns(view) if table.columns[n].title or table.columns[n].is_amount]
    rows = [table.rows[row] for row in view.chosen_rows()] if is_part else table.rows
    columns = [
        ShownColumn(table.full_title(table.columns[n]), view.columnWidth(n), table.columns[n].is_amount)
        for n in numbers
    ]
    keys = [table.columns[n].key for n in numbers]
    printed = [
        ShownRow(tuple(_text(view, record, key) for key in keys), table.is_strong(record)) for record in rows[:MOST]
    ]
    has_amounts = any(table.amount(record, key) is not None for record in rows[:50] for key in keys)
    title = view.accessibleName() or _("表格")
    unit = table.unit if has_amounts else ""
    return grid_paper(desk.book, desk.year, title, columns, printed, unit, desk.today(), is_part)


def _text(view: "GridView", record: object, key: str) -> str:
    look = view.table.look(record, key)
    text = view.table.text(record, key).replace("\n", " ")
    return ("　" * look.level + text) if look.level > 0 else text


def add_actions(view: "GridView", menu: QMenu) -> None:
    """Printing and exporting what the grid shows, in a menu."""
    if desk_of(view) is None or not view.table.rows:
        return
    menu.addSeparator()
    menu.addAction(_("打印本表…"), lambda: show(view))
    menu.addAction(_("导出本表…"), lambda: show(view, saves=True))
    if len(view.chosen_rows()) > 1:
        menu.addAction(_("打印所选{n}行…").format(n=len(view.chosen_rows())), lambda: show(view, is_part=True))


def show(view: "GridView", saves: bool = False, is_part: bool = False) -> None:
    """Open the pages to be printed or saved."""
    from ui.dialogs.paper import PaperDialog

    desk = desk_of(view)
    if desk is None or not desk.is_open:
        return
    dialog = PaperDialog(desk, lambda: document_of(view, desk, is_part), saves, view.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(lambda _done: view.setFocus())
    dialog.open()
