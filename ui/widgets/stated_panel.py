"""填报数: the figures officially reported, of the unit or of the chosen project, beside the ledger's own."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from ui.desk import Desk
from ui.widgets.grid import GridView
from ui.widgets.parts import label
from ui.widgets.stated_model import StatedModel


class StatedPanel(QWidget):
    """Shows the unit until a project is asked for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("help", "04-stated")
        self.project = 0
        self.model = StatedModel(desk, self)
        self.view = GridView(self.model)
        self.view.setAccessibleName(_("填报数"))
        self._unit, self._one = QPushButton(_("单位")), QPushButton(_("所选项目"))
        self.actions_row = QWidget()
        row = QHBoxLayout(self.actions_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label(_("台账数按同一口径计算"), "faint"))
        group = QButtonGroup(self)
        for choice in (self._unit, self._one):
            choice.setProperty("role", "tab")
            choice.setCheckable(True)
            choice.clicked.connect(self.refresh)
            group.addButton(choice)
            row.addWidget(choice)
        self._unit.setChecked(True)
        self._stale = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)

    def show_project(self, project: int) -> None:
        """The project that 所选项目 means; 0: none, then the unit is shown."""
        self.project = project
        self._one.setEnabled(bool(project))
        if not project:
            self._unit.setChecked(True)
        self.refresh()

    def refresh(self, *_args: object) -> None:
        """Bring the figures up to date, now or when they are shown next: each edit of the book would work out all."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._stale = False
            self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        self.model.show_about(self.project if self._one.isChecked() else 0)

    def show_item(self, about: int, item: str) -> bool:
        """Go to a stated figure of the unit (0) or of the chosen project."""
        (self._one if about else self._unit).setChecked(True)
        self._fill()
        return self.view.show_place(item, "stated")
