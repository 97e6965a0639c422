"""导入导出: spreadsheets in, the register of imports, tables out, and workbooks that come back."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from core.ledger import Outcome
from ui.desk import Desk
from ui.page import Page
from ui.widgets.current_stack import CurrentStack
from ui.widgets.export_panel import ExportPanel
from ui.widgets.import_register import ImportRegister
from ui.widgets.import_wizard import FILE, ImportWizard
from ui.widgets.parts import button, label
from ui.widgets.workbook_compare import WorkbookCompare

IMPORT, REGISTER, EXPORT, COMPARE = "import", "register", "export", "compare"
TABS = {IMPORT: _("导入表格"), REGISTER: _("导入登记"), EXPORT: _("导出"), COMPARE: _("读回修改")}


class ExchangePage(Page):
    """One part at a time, chosen by the tabs above."""

    name = "exchange"
    title = _("导入导出")
    icon = "swap"
    least_height = 450

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.wizard = ImportWizard(desk)
        self.register = ImportRegister(desk)
        self.export = ExportPanel(desk)
        self.compare = WorkbookCompare(desk)
        self.tabs: dict[str, QPushButton] = {}
        self._stack = CurrentStack()
        self._ledger: object = None
        self._build()
        self.show_tab(IMPORT)

    def refresh(self, outcome: Outcome | None) -> None:
        """Show the register as it is; what is being imported or compared is worked out anew."""
        if self.desk.ledger is not self._ledger:
            self._ledger = self.desk.ledger
            self.wizard.begin()
            self.compare.forget()
        self.register.refresh()
        self.wizard.refresh()
        self.compare.refresh()
        for key in (IMPORT, COMPARE):
            self.tabs[key].setEnabled(not self.desk.file_readonly)
        if self.desk.file_readonly and self.tab in (IMPORT, COMPARE):
            self.show_tab(EXPORT)

    def leave(self) -> bool | None:
        for grid in (self.wizard.preview.grid, self.wizard.file.layouts.grid):
            if grid is not None:
                grid.finish()
        return None

    def areas(self) -> list[QWidget]:
        return [self.tabs[self.tab], self._stack.currentWidget()]

    @property
    def tab(self) -> str:
        """The part on show."""
        return next(key for key, made in self.tabs.items() if made.isChecked())

    def show_tab(self, key: str) -> None:
        """Show a part."""
        for name, made in self.tabs.items():
            made.setChecked(name == key)
        self._stack.setCurrentIndex(list(TABS).index(key))
        if key == IMPORT and self.wizard.stack.currentIndex() == FILE:
            self.wizard.file.choose.setFocus()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(label(self.title, "title"))
        for key, text in TABS.items():
            made = button(text, partial(self.show_tab, key), "tab")
            made.setCheckable(True)
            self.tabs[key] = made
            head.addWidget(made)
        head.addStretch(1)
        self.tabs[IMPORT].setChecked(True)
        for part in (self.wizard, self.register, self.export, self.compare):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.wizard.file.choose)
