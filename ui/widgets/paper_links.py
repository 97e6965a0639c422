"""At the foot of the report's outline: what else belongs to the papers of a year."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from core.i18n import _
from ui.desk import Desk
from ui.style import icon
from ui.widgets.parts import button


class PaperLinks(QWidget):
    """报送存档, 佐证材料, 本单位的表样 and 月度支出进度表 of the year on show."""

    def __init__(self, desk: Desk, show_submitted: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        links = (
            (_("报送存档"), "history", _("登记报送的报告，与现在逐项比较"), show_submitted),
            (_("佐证材料"), "attach", _("本年度的发票、批复、签到表等文件：打开、导出、保存清单"), self.show_files),
            (_("本单位表样"), "form", _("把区局的空白表（.xlsx）按台账填好"), self.show_forms),
            (_("月度进度表"), "calendar_check", _("按项目列示某月的支出、执行率和序时进度"), self.show_month),
        )
        for place, (text, picture, tip, action) in enumerate(links):
            made = button(text, action, "quiet")
            made.setIcon(icon(picture))
            made.setToolTip(tip)
            grid.addWidget(made, place // 2, place % 2)

    def show_month(self) -> None:
        """Open 月度支出进度表."""
        from ui.dialogs.paper import MonthPaperDialog

        MonthPaperDialog(self.desk, self.window()).open()

    def show_forms(self) -> None:
        """Open the unit's own forms."""
        from ui.dialogs.own_forms import OwnFormsDialog

        OwnFormsDialog(self.desk, self.window()).open()

    def show_files(self) -> None:
        """Open the files of the year."""
        from ui.dialogs.attachments import AttachmentsDialog

        AttachmentsDialog(self.desk, parent=self.window()).open()
