"""The findings of a checked report as cards: the exact words, what does not agree, the difference, what to do."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.audit.model import Doubt
from core.audit.worded import short
from core.checked_reports import SEVERITIES
from core.i18n import _
from ui.style import colours, severity_colours
from ui.widgets.parts import label

MOST_CARDS = 150  # a novel may have thousands; the opinion lists them all
_LONGEST_QUOTE = 90


class DoubtCard(QFrame):
    """One finding. A click or Enter goes to its words in the text."""

    pressed = Signal(int)  # its number

    def __init__(self, number: int, doubt: Doubt, line: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.doubt = number, doubt
        self._is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 9, 10, 10)
        layout.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(label(doubt.title, "strong", wraps=True), 1)
        place = _("{severity}　第{n}行").format(severity=SEVERITIES[doubt.severity], n=line)
        head.addWidget(label(place, "faint"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(label(_("“{quote}”").format(quote=short(doubt.quote, _LONGEST_QUOTE)), "figures", wraps=True))
        layout.addWidget(label(doubt.message, wraps=True))
        facts = []
        if doubt.difference:
            facts.append(_("差额 {d}").format(d=doubt.difference))
            facts.append(_("允许尾差 {t}").format(t=doubt.tolerance))
        if facts:
            layout.addWidget(label("　".join(facts), "error" if doubt.severity == "error" else "second"))
        if doubt.suggestion:
            layout.addWidget(label(_("建议改为：{words}").format(words=short(doubt.suggestion)), "good", wraps=True))
        self.setAccessibleName(f"{SEVERITIES[doubt.severity]} {doubt.title}")
        self.setAccessibleDescription(doubt.message)

    def set_chosen(self, is_chosen: bool) -> None:
        """Frame it as the one the text shows."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()

    @property
    def is_chosen(self) -> bool:
        """Whether the text shows it."""
        return self._is_chosen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(outline, QColor(c.accent_soft if self._is_chosen else c.surface))
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRectF(0, 0, 4, self.height()), QColor(severity_colours(self.doubt.severity)[0]))
        painter.restore()
        framed = self._is_chosen or self.hasFocus()
        painter.setPen(QPen(QColor(c.accent if framed else c.line), 1))
        painter.drawPath(outline)


class DoubtList(QScrollArea):
    """The cards, one below the other; ↑ and ↓ go from one to the next."""

    chosen = Signal(int)  # the number of a finding

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards: list[DoubtCard] = []

    def show_doubts(self, text: str, doubts: Sequence[tuple[int, Doubt]], nothing: str) -> None:
        """Show findings with their numbers; ``nothing`` is said where there are none."""
        self.cards = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for number, one in doubts[:MOST_CARDS]:
            card = DoubtCard(number, one, text.count("\n", 0, one.start) + 1)
            card.pressed.connect(self.chosen)
            column.addWidget(card)
            self.cards.append(card)
        if len(doubts) > MOST_CARDS:
            rest = _("还有{n}项没有在这里列出，全部列在“核查意见”中。").format(n=len(doubts) - MOST_CARDS)
            column.addWidget(label(rest, "second", wraps=True))
        if not doubts:
            words = label(nothing, "second", wraps=True)
            words.setContentsMargins(6, 8, 6, 8)
            column.addWidget(words)
        column.addStretch(1)
        self.setWidget(body)

    def choose(self, number: int) -> bool:
        """Frame the card of a finding and bring it into view."""
        found = None
        for card in self.cards:
            card.set_chosen(card.number == number)
            found = card if card.number == number else found
        if found is not None:
            self.ensureWidgetVisible(found, 0, 20)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = next((place for place, card in enumerate(self.cards) if card.hasFocus()), -1)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if held >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.cards[held].number)
        elif held >= 0 and step:
            after = self.cards[min(max(held + step, 0), len(self.cards) - 1)]
            after.setFocus()
            self.chosen.emit(after.number)
        else:
            super().keyPressEvent(event)
