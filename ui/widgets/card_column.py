"""Findings as a column of cards; a card whose finding stays is kept, so that a press on it is never lost.

The column places its cards itself: a layout would measure every one of them anew, text by text and several times,
whenever one comes or goes, and that happens with every edit.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.review import Item
from ui.desk import Desk
from ui.widgets.finding_card import FindingCard
from ui.widgets.parts import soon

GAP = 10  # pixels between cards
SPARE = 4
_Key = tuple[str, str, int]


class CardColumn(QWidget):
    """Shows items in the order given; hidden while there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, folds_remedy: bool = False) -> None:
        """``folds_remedy``: a card says what to do when it is asked."""
        super().__init__(parent)
        self.desk = desk
        self._folds_remedy = folds_remedy
        self._cards: dict[_Key, FindingCard] = {}  # in the order they are shown
        self._spare: list[FindingCard] = []  # cards that went, kept for the next findings
        self._heights: dict[FindingCard, tuple[int, int]] = {}  # of each card, at a width
        self._is_asked = False  # to place the cards again

    def show_items(self, items: Sequence[Item], anew: bool = False) -> None:
        """Show these items; ``anew`` also shows those again that look the same, whose repairs may now differ."""
        wanted: dict[_Key, Item] = {}
        for item in items:
            place = (item.finding.rule, item.finding.about.key())
            wanted[(*place, sum(key[:2] == place for key in wanted))] = item
        held = self._cards
        for key in held.keys() - wanted.keys():
            self._put_away(held[key])
        self._cards = {}
        for key, item in wanted.items():
            card = held.get(key)
            if card is None:
                card = self._made(item)
            elif anew or card.item != item:
                card.show_item(item)
            self._cards[key] = card
        self._place()
        self.setVisible(bool(wanted))

    def cards(self) -> list[FindingCard]:
        """The cards on show, in order."""
        return list(self._cards.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card whose texts changed has another height."""
        if event.type() == QEvent.Type.LayoutRequest and isinstance(watched, FindingCard):
            self._heights.pop(watched, None)
            if not self._is_asked:
                self._is_asked = True
                soon(self, self._place)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Put the cards one under the other; only those that changed are measured."""
        self._is_asked = False
        width, top = self.width(), 0
        for card in self._cards.values():
            measured = self._heights.get(card)
            if measured is None or measured[0] != width:
                measured = self._heights[card] = (width, card.layout().totalHeightForWidth(width))
            card.setGeometry(0, top, width, measured[1])
            card.show()
            top += measured[1] + GAP
        self.setFixedHeight(max(0, top - GAP))

    def _made(self, item: Item) -> FindingCard:
        """A card that went, with another item: to make one anew, with all its styles, takes longer than an edit may."""
        if self._spare:
            card = self._spare.pop()
            card.begin_item(item)
            self._heights.pop(card, None)
            return card
        card = FindingCard(item, self.desk, self, folds_remedy=self._folds_remedy)
        card.installEventFilter(self)
        return card

    def _put_away(self, card: FindingCard) -> None:
        card.hide()
        if len(self._spare) < SPARE:
            self._spare.append(card)
        else:
            self._heights.pop(card, None)
            card.deleteLater()
