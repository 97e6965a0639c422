"""The frame: pages and the desk put together. Composition only."""

from importlib import import_module

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from ui.desk import Desk
from ui.page import Page

# name, title, module, class: a page is imported and made when it is first shown.
PAGES = (
    ("overview", _("总览"), "ui.pages.overview", "OverviewPage"),
    ("projects", _("项目预算"), "ui.pages.projects", "ProjectsPage"),
    ("report", _("年终报告"), "ui.pages.report", "ReportPage"),
    ("findings", _("核对"), "ui.pages.findings", "FindingsPage"),
)


class Window(QMainWindow):
    """The main window over one desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._buttons: dict[str, QPushButton] = {}
        body = QWidget()
        layout = QHBoxLayout(body)
        side = QVBoxLayout()
        for name, title, _module, _class in PAGES:
            button = QPushButton(title)
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, name=name: self.show_page(name))
            self._buttons[name] = button
            side.addWidget(button)
        side.addStretch(1)
        layout.addLayout(side)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        desk.asked.connect(self.go)

    def page(self, name: str) -> Page:
        """A page by name, made when first asked for."""
        if name not in self._pages:
            module, kind = next((m, c) for n, _t, m, c in PAGES if n == name)
            page = getattr(import_module(module), kind)(self.desk)
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Show a page; the one before saves what is being typed."""
        held = self._stack.currentWidget()
        page = self.page(name)
        if isinstance(held, Page) and held is not page:
            held.leave()
        self._stack.setCurrentWidget(page)
        for key, button in self._buttons.items():
            button.setChecked(key == name)

    def go(self, about: About) -> None:
        """Show the page that has this place."""
        order = ("report", "projects") if about.kind == "section" else ("projects", "report")
        for name in order:
            if self.page(name).locate(about):
                self.show_page(name)
                return
