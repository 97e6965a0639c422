"""Print or save the list of findings that is on show (核对清单)."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.jobs import Progress
from core.report.check_list import check_list_paper
from core.review import Item
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.paper import Paper, print_document


class CheckListDialog(PrintDialog):
    """The pages to look at, the printer, or the file they are saved to."""

    def __init__(self, desk: Desk, items: Sequence[Item], narrowed: str, parent: QWidget | None = None) -> None:
        self._items, self._narrowed = items, narrowed
        super().__init__(desk, parent=parent)
        for unused in (self.kind, self.annexes):
            unused.setParent(self)
            unused.hide()

    def _title(self) -> str:
        return _("核对清单：打印和保存")

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _folder(self) -> Path:
        return self.desk.report_folder or self.desk.ledger.path.parent

    def _name(self, paper: Paper, suffix: str) -> str:
        return _("{year}年度核对清单.{suffix}").format(year=self.desk.year, suffix=suffix)

    def _works(self) -> list[Callable[[Progress], Paper]]:
        desk = self.desk
        paper = check_list_paper(desk.book, desk.year, desk.review(), self._items, self._narrowed, desk.today())
        return [partial(print_document, paper)]
