"""Print or save the quick guide (快速入门)."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.jobs import Progress
from core.report.quick_guide import quick_guide
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.files import documents
from ui.paper import Paper, print_document


class QuickGuideDialog(PrintDialog):
    """The two pages to look at, the printer, or the file they are saved to. It needs no open file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        for unused in (self.kind, self.annexes):
            unused.setParent(self)
            unused.hide()

    def _title(self) -> str:
        return _("快速入门：打印和保存")

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _folder(self) -> Path:
        return self.desk.report_folder or documents()

    def _name(self, _paper: Paper, suffix: str) -> str:
        return _("单位预算台账快速入门.{suffix}").format(suffix=suffix)

    def _works(self) -> list[Callable[[Progress], Paper]]:
        return [partial(print_document, quick_guide())]
