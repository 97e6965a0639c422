"""The entries of a project in a window of their own, as tests of the list and its line use them."""

from core.entries import Entry
from tests.builders import YEAR
from ui.desk import Desk
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_panel import EntryPanel


def shown(desk: Desk, qtbot, project: int) -> EntryPanel:
    """The panel of a project, as wide as in a window of 1366×768."""
    ask = AskBar()
    panel = EntryPanel(desk, ask)
    panel.asked = ask
    for widget in (ask, panel):
        qtbot.addWidget(widget)
    panel.resize(890, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    desk.changed.connect(panel.follow)
    panel.show_project(project)
    return panel


def only(desk: Desk) -> int:
    """The project 业务性专项经费."""
    return next(p.project for p in desk.book.projects(YEAR) if p.name == "业务性专项经费")


def stand_at(panel: EntryPanel, entry: Entry, column: str = "amount") -> None:
    """Choose an entry, with the keys in the list."""
    assert panel.show_entry(entry, column)
    panel.view.setFocus()


def text(panel: EntryPanel, entry: Entry, column: str) -> str:
    """What a cell of an entry shows."""
    return panel.model.text(panel.model.rows[panel.model.row_of(panel.model.key(entry))], column)


def offered(panel: EntryPanel) -> set[str]:
    """What the links above the list offer to do with the chosen entry."""
    return {key for key, made in panel._actions.items() if not made.isHidden()}


def visible_columns(panel: EntryPanel) -> list[str]:
    """The keys of the columns on show."""
    return [c.key for n, c in enumerate(panel.model.columns) if not panel.view.isColumnHidden(n)]
