"""Print or save one document that is not the report: 对账单, 月度支出进度表, or a table of the screen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.jobs import Progress
from core.report.model import Document
from core.report.month_paper import month_paper
from ui.desk import Desk
from ui.dialogs.print_dialog import PrintDialog
from ui.fields import Pick
from ui.paper import Paper, print_document


class PaperDialog(PrintDialog):
    """The pages to look at, the printer, or the file they are saved to. ``make`` gives the document."""

    def __init__(
        self, desk: Desk, make: Callable[[], Document], saves: bool = False, parent: QWidget | None = None
    ) -> None:
        self._document = make
        super().__init__(desk, saves=saves, parent=parent)
        for unused in (self.kind, self.annexes):
            unused.setParent(self)
            unused.hide()

    def _title(self) -> str:
        return _("打印和保存")

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _works(self) -> list[Callable[[Progress], Paper]]:
        document = self._document()
        self.setWindowTitle(_("{title}：打印和保存").format(title=document.title))
        return [partial(print_document, document)]


class MonthPaperDialog(PaperDialog):
    """月度支出进度表 of a month that is chosen: the last one that has ended, unless another is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        today, year = desk.today(), desk.year
        ended = 12 if today.year > year else max(1, today.month - 1) if today.year == year else 1
        self.month = Pick({str(month): _("{month}月").format(month=month) for month in range(1, 13)})
        self.month.set_value(str(ended))
        self.month.setAccessibleName(_("月份"))
        super().__init__(desk, lambda: month_paper(desk.book, desk.year, int(self.month.value()), today), parent=parent)
        self.month.picked.connect(self._make)

    def _choices(self) -> tuple[tuple[str, QWidget], ...]:
        return ((_("月份"), self.month),)
