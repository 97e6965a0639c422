"""Findings as a column of cards; a card whose finding stays is kept, so that a press on it is never lost."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.review import Item
from ui.desk import Desk
from ui.widgets.finding_card import FindingCard

_Key = tuple[str, str, int]


class CardColumn(QWidget):
    """Shows items in the order given; hidden while there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, folds_remedy: bool = False) -> None:
        """``folds_remedy``: a card says what to do when it is asked."""
        super().__init__(parent)
        self.desk = desk
        self._folds_remedy = folds_remedy
        self._cards: dict[_Key, FindingCard] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def show_items(self, items: Sequence[Item], anew: bool = False) -> None:
        """Show these items; ``anew`` also shows those again that look the same, whose repairs may now differ."""
        wanted: dict[_Key, Item] = {}
        for item in items:
            place = (item.finding.rule, item.finding.about.key())
            wanted[(*place, sum(key[:2] == place for key in wanted))] = item
        for key in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(key)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        for row, (key, item) in enumerate(wanted.items()):
            card = self._cards.get(key)
            if card is None:
                card = self._cards[key] = FindingCard(item, self.desk, self, folds_remedy=self._folds_remedy)
            elif anew or card.item != item:
                card.show_item(item)
            if self._layout.indexOf(card) != row:
                self._layout.insertWidget(row, card)
        self.setVisible(bool(wanted))

    def cards(self) -> list[FindingCard]:
        """The cards on show, in order."""
        return [self._layout.itemAt(i).widget() for i in range(self._layout.count())]  # type: ignore[misc]
