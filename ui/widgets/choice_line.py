"""The answers a question offers, as buttons with a line for a note; an answer can be changed and taken back."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.change import Change
from core.errors import UserError
from core.i18n import _
from core.questions import answer, take_back
from core.review import Item
from ui.desk import Desk
from ui.widgets.parts import button, label, set_role

LEAST, GAP = 244, 6  # pixels: the room in a card of the dock, and between two buttons


class ChoiceLine(QWidget):
    """Hidden where the item asks nothing. A press on an answer saves it with the note."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._item: Item | None = None
        self.buttons: dict[str, QPushButton] = {}
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("补充说明（可不填）"))
        self.note.setAccessibleName(_("补充说明"))
        self.note.returnPressed.connect(self._save_note)
        self.withdraw = button(_("撤回回答"), self.take_back, "link")  # stands among the links of the card
        self._groups: list[list[QPushButton]] = []
        self._fault = label("", "error", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.note)
        layout.addLayout(self._rows)
        layout.addWidget(self._fault)
        self.setMinimumWidth(1)  # the rows follow the card's width, they do not keep it wide
        self.hide()

    def show_item(self, item: Item) -> None:
        """Offer the answers of the item's rule, the one that was given marked."""
        if self._item is None or self._item.rule != item.rule:
            self._make_buttons(item)
        self._item = item
        held = item.answer
        if not self.note.hasFocus():
            self.note.setText(held.note if held else "")
        for key, made in self.buttons.items():
            is_given = held is not None and held.answer == key
            set_role(made, "choice-given" if is_given else "choice")
            made.setEnabled(not self.desk.readonly)
            made.setAccessibleDescription(_("已选") if is_given else "")
        self.note.setEnabled(not self.desk.readonly)
        self.withdraw.setVisible(held is not None and not self.desk.readonly)
        self._fault.hide()
        self.setVisible(bool(item.rule.choices))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def give(self, choice: str) -> None:
        """Answer with a choice and what stands in the note."""
        item = self._item
        assert item is not None
        finding = item.finding
        place, note, today = finding.about.key(), self.note.text(), self.desk.today()
        self._do(lambda: answer(self.desk.book, item.rule, finding.year, place, choice, note, today))

    def take_back(self) -> None:
        """Open the question again."""
        item = self._item
        assert item is not None
        self._do(lambda: take_back(self.desk.book, item.rule, item.finding.year, item.finding.about.key()))

    def _save_note(self) -> None:
        """Enter in the note saves it with the answer that was given."""
        if self._item is not None and self._item.answer is not None:
            self.give(self._item.answer.answer)
        else:
            self._say(_("请点选一个答案，说明会一并保存。"))

    def _do(self, make: Callable[[], Change]) -> None:
        try:
            change = make()
        except UserError as error:
            self._say(str(error))
            return
        self.note.clearFocus()
        self.desk.commit(change)

    def _say(self, problem: str) -> None:
        self._fault.setText(problem)
        self._fault.show()

    def _make_buttons(self, item: Item) -> None:
        for made in self.buttons.values():
            made.hide()
            made.deleteLater()
        self.buttons = {}
        for key, text in item.rule.choices:
            made = button(text, lambda key=key: self.give(key), "choice")
            made.setParent(self)
            made.setAccessibleName(_("回答：{text}").format(text=text))
            self.buttons[key] = made
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the buttons into rows as wide as the card."""
        whole = max(self.width(), LEAST) if self.isVisible() else LEAST
        groups: list[list[QPushButton]] = []
        left = 0
        for made in self.buttons.values():
            wanted = made.sizeHint().width()
            if wanted > left:
                groups.append([])
                left = whole
            groups[-1].append(made)
            left -= wanted + GAP
        if groups == self._groups:
            return
        self._groups = groups
        while item := self._rows.takeAt(0):
            item.layout().deleteLater()
        for group in groups:
            row = QHBoxLayout()
            row.setSpacing(GAP)
            for made in group:
                row.addWidget(made)
                made.show()
            row.addStretch(1)
            self._rows.addLayout(row)
