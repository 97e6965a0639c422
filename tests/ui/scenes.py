"""What the window can show beyond its pages: the parts of a page, and the dialogs, each by name."""

from PySide6.QtWidgets import QApplication, QDialog

from core.check import About
from tests.builders import YEAR
from tests.core.intake.ugly import write
from ui.dialogs.attachments import AttachmentsDialog
from ui.dialogs.own_forms import OwnFormsDialog
from ui.dialogs.paste_cells import PasteCellsDialog
from ui.pages.goals import MONITOR
from ui.widgets.detail_panel import STATED

NAME = "业务性专项经费"
BLOCK = "2023-05-01\t会议费\t1200.50\n2023-13-01\t没有的日期\t不是金额\n"
STEPS = ("check", "dispose", "lock", "carry", "final")
DIALOGS = (
    "attachments",
    "own_forms",
    "library",
    "paste",
    "paste_cells",
    "check_list",
    "opinion",
    "help",
    "year",
    "save",
)
PARTS = (
    *(f"closing {step}" for step in STEPS),
    *(f"exchange {tab}" for tab in ("register", "export", "compare", "sheet")),
    *("stated", "month", "sources", "template", "submitted", "backup", "file", "pack", "typing", "checked", "search"),
)


def project(window) -> int:
    return next(row.project for row in window.desk.book.projects(YEAR) if row.name == NAME)


def show_part(name: str, window, qtbot, folder):
    """Bring a part of a page into view."""
    page, _space, what = name.partition(" ")
    if page == "closing":
        window.show_page("closing")
        window.page("closing").show_phase(what)
    elif page == "exchange":
        _exchange(what, window, qtbot, folder)
    elif page in ("file", "pack", "backup"):
        _backups(page, window, qtbot)
    elif page in ("typing", "checked"):
        _checking(page, window, qtbot)
    elif page in ("template", "submitted", "sources"):
        window.show_page("report")
        report = window.page("report")
        acts = {"template": report.edit_template, "submitted": report.show_submitted}
        acts.get(page, lambda: report.locate(About("stated", 0, "调整追加")))()
    elif page == "stated":
        window.go(About("project", project(window)))
        window.page("projects").details.show_tab(STATED)
    elif page == "month":
        window.go(About("evaluation", project(window)))
        window.page("goals").show_tab(MONITOR)
    elif page == "search":
        window.show_page("overview")
        window.search()
    qtbot.wait(30)


def show_dialog(name: str, window, qtbot) -> QDialog:
    """Open a dialog and wait for it."""
    page = {"paste": "projects", "paste_cells": "entries", "check_list": "findings", "library": "goals"}.get(name)
    if page is not None:
        window.show_page(page)
    held = {id(one) for one in _dialogs()}
    if name in ("attachments", "own_forms"):
        made = (
            AttachmentsDialog(window.desk, "", window) if name == "attachments" else OwnFormsDialog(window.desk, window)
        )
        made.open()
    elif name == "library":
        window.go(About("evaluation", project(window)))
        window.page("goals").sheet.open_library()
    elif name == "paste":
        window.page("projects")._on_pasted(BLOCK)
    elif name == "paste_cells":
        PasteCellsDialog(window.page("entries").list.view, BLOCK).open()
    elif name == "check_list":
        window.page("findings").print_list()
    elif name == "opinion":
        _checking("checked", window, qtbot)
        window.page("checking").print_opinion()
    elif name == "save":
        window.show_page("report")
        window.page("report").save_as()
    else:
        window.actions_by_name["show_help" if name == "help" else "new_year"].trigger()
    qtbot.waitUntil(lambda: any(id(one) not in held for one in _dialogs()), timeout=20_000)
    QApplication.processEvents()
    return next(one for one in _dialogs() if id(one) not in held)


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _exchange(what: str, window, qtbot, folder) -> None:
    window.show_page("exchange")
    page = window.page("exchange")
    if what != "sheet":
        page.show_tab(what)
        return
    rows = [("2023-03-08", "P001", "示例文印店", "材料印制", NAME, 1200.5), ("2023-13-08", "P002", "", "", "", "")]
    page.wizard.open(write(folder / "支出明细.xlsx", rows))
    work = page.wizard.work
    qtbot.waitUntil(lambda: not work.is_busy and not work.is_planning, timeout=20_000)


def _backups(what: str, window, qtbot) -> None:
    window.show_page("backups")
    page = window.page("backups")
    if what == "backup":
        window.back_up()
        qtbot.waitUntil(lambda: bool(page.detail.table.table.rows), timeout=20_000)
    else:
        (page.file_button if what == "file" else page.pack_button).click()


def _checking(what: str, window, qtbot) -> None:
    window.show_page("checking")
    page = window.page("checking")
    if what == "typing":
        page.begin_typing()
        return
    page.check_own()
    qtbot.waitUntil(lambda: not page.is_busy and page.report.checked is not None, timeout=20_000)
