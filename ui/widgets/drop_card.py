"""Where a spreadsheet comes in: chosen by a button or dropped, with the progress of reading it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QWidget

from core.i18n import _
from ui.files import documents

_ENDINGS = ("xlsx", "xlsm", "xls", "et", "ods", "csv", "txt", "htm", "html")


def ask_spreadsheet(parent: QWidget, title: str, before: Path | None) -> Path | None:
    """Let the officer choose a spreadsheet, beginning beside the one before; None: none was chosen."""
    folder = before.parent if before else documents()
    kinds = _("表格文件（{endings}）").format(endings=" ".join(f"*.{ending}" for ending in _ENDINGS))
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(folder), f"{kinds};;{_('所有文件')} (*)")
    return Path(chosen) if chosen else None


class DropCard(QFrame):
    """Takes a file that is dropped on it."""

    dropped = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)

    def hold(self, choose: QWidget, said: QWidget, cancel: QWidget) -> QProgressBar:
        """Put side by side the button that chooses a file, what is said, the progress (returned), and what cancels."""
        bar = QProgressBar(textVisible=False)
        bar.setFixedWidth(180)
        bar.setAccessibleName(_("读取进度"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(14)
        inside.addWidget(choose)
        inside.addWidget(said, 1)
        inside.addWidget(bar)
        inside.addWidget(cancel)
        return bar

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._path(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := self._path(event):
            event.acceptProposedAction()
            self.dropped.emit(path)

    @staticmethod
    def _path(event: QDropEvent) -> Path | None:
        names = [url.toLocalFile() for url in event.mimeData().urls()]
        return Path(names[0]) if len(names) == 1 and names[0] else None
