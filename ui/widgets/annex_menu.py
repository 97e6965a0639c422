"""附件和目录: what of the report is printed, as a button with a list of boxes to tick."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QVBoxLayout, QWidget, QWidgetAction

from core.i18n import _
from core.report.choice import ANNEX_LABELS, USUAL_CHOICE, Choice


class AnnexMenu(QPushButton):
    """The list stays open while boxes are ticked; ``chosen`` is told when it closes with another choice."""

    chosen = Signal(object)  # Choice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = USUAL_CHOICE
        self._told = self.choice
        self.boxes: dict[str, QCheckBox] = {}
        self.contents = QCheckBox(_("目录"))
        self.centred = QCheckBox(_("页码居中"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 10, 18, 10)
        for key, title in ANNEX_LABELS.items():
            box = QCheckBox(title)
            box.toggled.connect(lambda wanted, key=key: self._set(self.choice.with_annex(key, wanted)))
            self.boxes[key] = box
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(self.contents)
        column.addWidget(self.centred)
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(content)
        menu.addAction(action)
        menu.aboutToHide.connect(self._tell)
        self.setMenu(menu)
        self.setAccessibleName(_("附件和目录"))
        self._show()
        self.contents.toggled.connect(lambda wanted: self._set(replace(self.choice, contents=wanted)))
        self.centred.toggled.connect(lambda wanted: self._set(replace(self.choice, centred=wanted)))

    def _set(self, choice: Choice) -> None:
        self.choice = choice
        self._show()

    def _show(self) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in self.choice.annexes)
        self.contents.setChecked(self.choice.contents)
        self.centred.setChecked(self.choice.centred)
        self.setText(
            _("附件{n}项{contents}").format(
                n=len(self.choice.annexes), contents=_("，有目录") if self.choice.contents else _("，无目录")
            )
        )

    def _tell(self) -> None:
        if self.choice != self._told:
            self._told = self.choice
            self.chosen.emit(self.choice)
