"""The outlines that come with the program, each with its headings to look at before it is taken."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.i18n import _
from core.outline import offered_templates, parse_template, template_text
from ui.widgets.parts import button, label

_NAME = Qt.ItemDataRole.UserRole


class TemplateChoice(QFrame):
    """``taken`` brings the name of the outline's file."""

    taken = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.list = QListWidget()
        self.list.setAccessibleName(_("报告模板"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setProperty("role", "roomy")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.headings = label(wraps=True)
        self.headings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.headings.setAccessibleName(_("各级标题"))
        self.use = button(_("使用这个模板"), self._take, "primary")
        self.cancel = button(_("取消"), self.closed.emit)
        right = QVBoxLayout()
        right.addWidget(self.headings, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.use)
        right.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(14)
        layout.addWidget(self.list, 2)
        layout.addLayout(right, 3)
        self.list.currentItemChanged.connect(self._show_headings)
        self.list.itemActivated.connect(lambda _item: self._take())

    def offer(self, held: str) -> None:
        """List the outlines; the year has the one called ``held``."""
        self.list.clear()
        for name, title in offered_templates().items():
            item = QListWidgetItem(_brief(title), self.list)
            item.setData(_NAME, name)
            item.setToolTip(title)
            if title == held:
                item.setText(_("{title}\n（本年所用）").format(title=_brief(title)))
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.show()
        self.list.setFocus()

    def _show_headings(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            template = parse_template(template_text(item.data(_NAME)))
            self.headings.setText("\n".join("\u3000" * (spec.level - 1) + spec.title for spec in template.sections))

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.taken.emit(str(item.data(_NAME)))


def _brief(title: str) -> str:
    """What tells an outline from the others: the words in brackets of its name."""
    return title.rpartition("（")[2].rstrip("）") or title
