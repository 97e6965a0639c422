"""Print or save the opinion on a report whose text was checked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.checked_reports import Checked
from core.i18n import _
from core.jobs import Progress
from core.report.opinion import opinion
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.files import documents
from ui.paper import Paper, print_document


class OpinionDialog(PrintDialog):
    """The pages to look at, the printer, or the file they are saved to."""

    def __init__(self, checked: Checked, desk: Desk, parent: QWidget | None = None) -> None:
        self.checked = checked
        super().__init__(desk, saves=True, parent=parent)
        for unused in (self.kind, self.annexes):
            unused.setParent(self)
            unused.hide()

    def _title(self) -> str:
        return _("核查意见：打印和保存")

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _folder(self) -> Path:
        held = self.checked.path
        return held.parent if held else self.desk.report_folder or documents()

    def _name(self, paper: Paper, suffix: str) -> str:
        return _("{name}_核查意见.{suffix}").format(name=Path(self.checked.name).stem, suffix=suffix)

    def _works(self) -> list[Callable[[Progress], Paper]]:
        return [partial(print_document, opinion(self.checked, self.desk.today()))]
