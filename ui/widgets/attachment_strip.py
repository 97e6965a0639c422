"""One line under an entry or an indicator: the files kept with it, more of them by button or by dropping them here."""

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.attachments import MOST_BYTES, size_text
from core.i18n import _
from ui.attaching import Attaching, dropped_files
from ui.desk import Desk
from ui.widgets.parts import Hint, Picture, button, label, set_role


class AttachmentStrip(QFrame):
    """Shows the files of one place; looking through them opens a dialog."""

    def __init__(self, desk: Desk, title: str = _("佐证材料"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("help", "15-attachments")
        self.about = ""
        self.work = Attaching(desk, self)
        self.setProperty("role", "plain")
        self.setAcceptDrops(True)
        self.names = Hint("")
        self.look = button("", self.show_all, "link")
        self.add = button(_("添加文件"), self.ask, "link")
        self._said = ""
        self.setAccessibleName(title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Picture("attach", 16, "second"))
        row.addWidget(label(title, "second"))
        row.addWidget(self.names, 1)
        for widget in (self.look, self.add):
            row.addWidget(widget)
        self.add.setToolTip(_("也可以把文件拖到这里。每个文件不超过{most}。").format(most=size_text(MOST_BYTES)))
        self.work.said.connect(self._say)

    def show_place(self, about: str) -> None:
        """Show the files of a place (``About.key()``); empty: of none."""
        if about != self.about:
            self._said = ""
            set_role(self.names, "faint")
        self.about = about
        held = self.desk.book.attachments(self.desk.year, about) if about else []
        self.setVisible(bool(about))
        self.look.setText(_("查看{n}个").format(n=len(held)))
        self.look.setVisible(bool(held))
        self.add.setVisible(not self.desk.file_readonly)
        names = "、".join(one.name for one in held)
        empty = _("没有") if self.desk.file_readonly else _("还没有，可以把发票、批复、签到表等文件拖到这里")
        self._show(self._said or names or empty)

    def ask(self) -> None:
        """Choose files to be added."""
        self.work.ask_add(self.window(), self.about)

    def show_all(self) -> None:
        """Look through the files of this place."""
        from ui.dialogs.attachments import AttachmentsDialog

        AttachmentsDialog(self.desk, self.about, self.window()).open()

    def _say(self, text: str, is_problem: bool) -> None:
        self._said = text if is_problem else ""
        set_role(self.names, "error" if is_problem else "faint")
        self.show_place(self.about)

    def _show(self, text: str) -> None:
        self.names.setText(text.replace("\n", "　"))
        self.names.setToolTip(text)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.about and not self.desk.file_readonly and dropped_files(event.mimeData()):
            event.acceptProposedAction()
            set_role(self, "dropping")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_role(self, "plain")

    def dropEvent(self, event: QDropEvent) -> None:
        set_role(self, "plain")
        event.acceptProposedAction()
        self.work.add(dropped_files(event.mimeData()), self.about)
