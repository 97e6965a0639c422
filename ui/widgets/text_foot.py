"""The line under a text being written: the typed amount at the cursor as data, and how many characters there are."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.i18n import _
from core.typed_figures import Choice
from core.writing import length
from ui.widgets.chip_editor import ChipEditor, Mark
from ui.widgets.parts import button, elided, label, set_role

_SHOWN = 2  # figures offered as links; the others stand in the context menu
_WIDEST = 150  # pixels of a link


class TextFoot(QWidget):
    """Follows its editor. Nothing is offered while the cursor stands elsewhere."""

    def __init__(self, editor: ChipEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._limit = 0
        self._mark: Mark | None = None
        self._same = label(role="second")
        self._links: list[QPushButton] = []
        self._count = label(role="faint")
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 12, 6)
        layout.setSpacing(10)
        layout.addWidget(self._same)
        layout.addLayout(self._row)
        layout.addStretch(1)
        layout.addWidget(self._count)
        editor.cursorPositionChanged.connect(self._show_offer)
        editor.textChanged.connect(self._show_count)
        self._show_offer()

    @property
    def links(self) -> list[QPushButton]:
        """The figures on offer."""
        return self._links

    def set_limit(self, most: int) -> None:
        """The most characters allowed; 0: no limit."""
        self._limit = most
        self.refresh()

    def refresh(self) -> None:
        """Read the editor anew."""
        self._show_offer()
        self._show_count()

    def _show_offer(self) -> None:
        mark = None if self._editor.isReadOnly() else self._editor.offer_at(self._editor.textCursor().position())
        if mark == self._mark and len(self._links) == len(mark.choices[:_SHOWN] if mark else ()):
            self._mark = mark
            return
        self._mark = mark
        for link in self._links:
            self._row.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = []
        self._same.setVisible(mark is not None)
        if mark is None:
            return
        self._same.setText(_("与台账数据相同，改为数据："))
        for choice in mark.choices[:_SHOWN]:
            link = button("", lambda choice=choice: self._take(choice), "link")
            link.setText(elided(choice.name, link, _WIDEST))
            link.setToolTip(_("以后随台账变动：{name}").format(name=choice.name))
            link.setAccessibleName(_("改为数据：{name}").format(name=choice.name))
            self._row.addWidget(link)
            self._links.append(link)

    def _take(self, choice: Choice) -> None:
        if self._mark is not None:
            self._editor.take_offer(self._mark, choice)
            self._editor.setFocus()

    def _show_count(self) -> None:
        count = length(self._editor.text().shown)
        over = 0 < self._limit < count
        text = _("{count}字").format(count=count)
        if self._limit:
            text = _("{count} / {limit}字").format(count=count, limit=self._limit)
        if over:
            text = _("{text}，超出{over}字").format(text=text, over=count - self._limit)
        self._count.setText(text)
        self._count.setAccessibleName(_("字数：{text}").format(text=text))
        set_role(self._count, "error" if over else "faint")
