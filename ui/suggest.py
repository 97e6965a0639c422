"""Fields that offer what the typed text may mean: codes by code, name or pinyin initials, and usual words."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from core import codes
from core.i18n import _
from core.initials import fit
from core.model import ProjectYear
from ui.fields import TextEdit
from ui.style import row_height

MOST = 8  # offers on show at once
MOST_OFFERS = 30
ROW = 25


class Offer(NamedTuple):
    """What is kept, and how it is shown."""

    value: str
    text: str


class OfferList(QListWidget):
    """Lies over the window, under its field; the keys stay with the field."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self.field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "offers")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("可选项"))

    def show_offers(self, offers: Sequence[Offer], chosen: int = 0) -> None:
        """Show these, one chosen (-1: none); no offers: hide."""
        self.clear()
        if not offers:
            self.hide()
            return
        for offer in offers:
            self.addItem(offer.text)
            self.item(self.count() - 1).setSizeHint(QSize(40, row_height(ROW)))
        self.setCurrentRow(chosen)
        window, field = self.field.window(), self.field
        widest = max(self.fontMetrics().horizontalAdvance(offer.text) for offer in offers)
        size = QSize(max(field.width(), min(widest + 30, 420)), min(len(offers), MOST) * row_height(ROW) + 6)
        place = field.mapTo(window, QPoint(0, field.height() + 1))
        if place.y() + size.height() > window.height():
            place = field.mapTo(window, QPoint(0, -size.height() - 1))
        place.setX(max(2, min(place.x(), window.width() - size.width() - 2)))
        self.setGeometry(place.x(), place.y(), size.width(), size.height())
        self.raise_()
        self.show()


class SuggestEdit(TextEdit):
    """A line that offers texts while it is typed into: ↓ ↑ choose, Enter or Tab takes the chosen one."""

    def __init__(self, find: Callable[[str], Sequence[Offer]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._offers: list[Offer] = []
        self._list: OfferList | None = None
        self.textEdited.connect(self._on_typed)

    @property
    def is_offering(self) -> bool:
        """Whether the list is on show."""
        return self._list is not None and self._list.isVisible()

    @property
    def chosen(self) -> Offer | None:
        """The offer that Enter would take."""
        row = self._list.currentRow() if self._list is not None and self.is_offering else -1
        return self._offers[row] if 0 <= row < len(self._offers) else None

    def offer(self, text: str, chosen: int = 0) -> None:
        """Show what a text may mean, one of the offers chosen (-1: none)."""
        self._offers = list(self._find(text.strip()))
        if self._list is None:
            self._list = OfferList(self)
            self._list.itemClicked.connect(lambda _item: self._take_clicked())
            self.destroyed.connect(self._list.deleteLater)
        self._list.show_offers(self._offers, chosen)

    def browse(self) -> None:
        """Show everything there is; what stands in the field stays chosen."""
        held = [offer.text for offer in self._find("")]
        self.offer("", held.index(self.text()) if self.text() in held else -1)

    def close_offers(self) -> None:
        """Hide the list; what is typed stays."""
        if self._list is not None:
            self._list.hide()

    def settle(self) -> None:
        """Take the chosen offer as the text and hide the list."""
        if (offer := self.chosen) is not None:
            self.setText(offer.text)
        self.close_offers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.is_offering:
            self.close_offers()
        elif step and self.is_offering and self._list is not None:
            row, count = self._list.currentRow(), self._list.count()
            self._list.setCurrentRow((row + step) % count if row >= 0 else min(0, step) % count)
            self.edited.emit()
        elif step == 1:
            if self.is_changed and self.text().strip():
                self.offer(self.text())
            else:
                self.browse()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_offering:
            self._take_clicked()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_offers()
        super().hideEvent(event)

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self.offer(text)
        else:  # emptied: nothing is to be chosen
            self.close_offers()

    def _take_clicked(self) -> None:
        self.settle()
        self.edited.emit()


class WordEdit(SuggestEdit):
    """Free text with usual words offered; a word is taken only when it was walked to, else the text stands."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        self.words = tuple(words)
        super().__init__(self._matching, parent)

    def _matching(self, text: str) -> list[Offer]:
        found = [Offer(word, word) for word in self.words if text.lower() in word.lower() and word != text]
        # What was typed stands first: Enter keeps it.
        return [Offer(text, text), *found] if text and found else found


class PayeeEdit(SuggestEdit):
    """A payee; those of the ledger are offered by name or pinyin initials, what is typed stands until one is chosen."""

    def __init__(self, known: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(self._matching, parent)
        self._known = known

    def _matching(self, text: str) -> list[Offer]:
        ranked = [(rank, name) for name in self._known() if name != text and (rank := fit(text, name)) is not None]
        ranked.sort(key=lambda one: one[0])  # those named most often stay first among their like
        found = [Offer(name, name) for _rank, name in ranked[:MOST_OFFERS]]
        return [Offer(text, text), *found] if text and found else found


class CodeEdit(SuggestEdit):
    """A code of a list, typed as code, name or pinyin initials and shown with its name: 30217 公务接待费."""

    def __init__(self, kind: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(self._matching, parent)
        self.kind = codes.CodeKind(kind)
        self.year = year
        self.preferred: frozenset[str] = frozenset()  # offered first
        self.setPlaceholderText(_("代码、名称或拼音首字母"))

    def give_code(self, code: str) -> None:
        """Show the code held in the ledger, with its name."""
        self.give(code_text(code, self.kind, self.year))

    def code(self) -> str:
        """The code that is typed or chosen; empty if none."""
        if (offer := self.chosen) is not None:
            return offer.value
        text = self.text().strip()
        code, _name = codes.split(text)
        if not text or (code and codes.kind_of(code) == self.kind):
            return code
        found = self._matching(text)
        return found[0].value if found else ""

    def problem(self) -> str:
        if not self.text().strip() or self.code():
            return ""
        text = _("没有找到“{text}”，请输入科目代码、名称或拼音首字母，例如 {example}。")
        example = "2010301" if self.kind == codes.CodeKind.FUNCTIONAL else "30217"
        return text.format(text=self.text().strip()[:20], example=example)

    def settle(self) -> None:
        code = self.code()
        self.close_offers()
        if code:
            self.setText(code_text(code, self.kind, self.year))
            self.setCursorPosition(0)

    def _matching(self, text: str) -> list[Offer]:
        found = codes.find(text, self.kind, self.year, 200)
        # Many functional codes share a name, such as 行政运行: the unit's own is the likely one.
        order = {one.name: place for place, one in reversed(list(enumerate(found)))}
        found.sort(key=lambda one: (order[one.name] if text else 0, one.code not in self.preferred))
        return [Offer(one.code, f"{one.code} {one.name}") for one in found]


class ProjectEdit(SuggestEdit):
    """A project or sub-project of a year, typed as name, code or pinyin initials; ``offered`` lists them."""

    def __init__(self, offered: Callable[[], Sequence[ProjectYear]], parent: QWidget | None = None) -> None:
        super().__init__(self._matching, parent)
        self._offered = offered
        self.setPlaceholderText(_("项目名称、代码或拼音首字母"))

    def give_project(self, project: int) -> None:
        """Show a project by its name; 0: none."""
        row = next((row for row in self._offered() if row.project == project), None)
        self.give(row.name if row else "")
        self.setCursorPosition(0)

    def project(self) -> int:
        """The project that is typed or chosen; 0 if none."""
        text = self.text().strip()
        found = self._matching(text) if text else []
        offer = self.chosen or (found[0] if found else None)
        return int(offer.value) if offer is not None else 0

    def problem(self) -> str:
        text = self.text().strip()
        if not text:
            return _("请选择项目：输入名称、代码或拼音首字母，按 ↓ 可以浏览。")
        return "" if self.project() else _("没有找到项目“{text}”，请按 ↓ 选择。").format(text=text[:20])

    def settle(self) -> None:
        project = self.project()
        self.close_offers()
        if project:
            held = self._given
            self.give_project(project)
            self._given = held

    def _matching(self, text: str) -> list[Offer]:
        ranked = []
        for place, row in enumerate(self._offered()):
            rank = 0 if text and text == row.name else fit(text, row.name)
            if row.code and text and row.code.startswith(text):
                rank = min(1, 1 if rank is None else rank)
            if rank is not None:
                ranked.append((rank + (text != row.name), place, Offer(str(row.project), row.name)))
        return [offer for _rank, _place, offer in sorted(ranked)[:MOST_OFFERS]]


def code_text(code: str, kind: str, year: int) -> str:
    """A code with its name; alone where the list does not have it."""
    return f"{code} {codes.name_of(code, kind, year)}".strip()
