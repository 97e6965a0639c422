"""Choices in cells that are worked by keys alone: arrows and first characters choose, Enter or Tab saves."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.goals import Operator
from ui.fields import Pick, TextEdit

# What is typed for a sign of comparison; typing it again goes to the next one.
_SIGNS: Mapping[str, tuple[str, ...]] = {
    ">": (Operator.AT_LEAST, Operator.MORE),
    "》": (Operator.AT_LEAST, Operator.MORE),
    "<": (Operator.AT_MOST, Operator.LESS),
    "《": (Operator.AT_MOST, Operator.LESS),
    "=": (Operator.EQUAL,),
    "d": (Operator.QUALITATIVE,),
}


class CellText(TextEdit):
    """A line no wider than what it opens with needs, so that it hides no cell beside it for nothing."""

    LEAST = 56  # pixels

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + 26
        return QSize(max(self.LEAST, wanted), super().sizeHint().height())


class CellPick(Pick):
    """A choice that stays open while the arrow keys go through it; a digit chooses by place."""

    def __init__(self, options: Mapping[str, str], value: str, parent: QWidget | None = None) -> None:
        held = dict(options)
        if value not in held:
            held = {value: value, **held}
        super().__init__(held, parent)
        self.give(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and alone:
            self._take(self.currentIndex() + step)
        elif event.text() and event.text().isprintable() and not event.text().isspace():
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def _type(self, text: str) -> None:
        if text.isdecimal():
            places = [number for number in range(self.count()) if self.itemData(number)]
            if 0 < int(text) <= len(places):
                self._take(places[int(text) - 1])
            return
        wanted = _SIGNS.get(text.lower(), ())
        places = [
            number
            for number in range(self.count())
            if self.itemData(number) in wanted or self.itemText(number).startswith(text)
        ]
        later = [number for number in places if number > self.currentIndex()]
        if places:
            self._take((later or places)[0])

    def _take(self, place: int) -> None:
        if 0 <= place < self.count() and place != self.currentIndex():
            self.setCurrentIndex(place)
            self.edited.emit()
