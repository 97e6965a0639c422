"""Print or save the papers of 多单位汇总: 汇总表, or what is open in all files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.jobs import Progress
from core.report.model import Document
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.paper import Paper, print_document


class ManyPaperDialog(PrintDialog):
    """The pages to look at, the printer, or the file they are saved to."""

    def __init__(self, document: Document, folder: Path, desk: Desk, parent: QWidget | None = None) -> None:
        """``folder``: of the ledgers, where the paper is saved unless another place is chosen."""
        self._document, self._place = document, folder
        super().__init__(desk, saves=True, parent=parent)
        for unused in (self.kind, self.annexes):
            unused.setParent(self)
            unused.hide()

    def _title(self) -> str:
        return _("{title}：打印和保存").format(title=self._document.title)

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _folder(self) -> Path:
        return self._place

    def _name(self, paper: Paper, suffix: str) -> str:
        return f"{self._document.title}.{suffix}"

    def _works(self) -> list[Callable[[Progress], Paper]]:
        return [partial(print_document, self._document)]
