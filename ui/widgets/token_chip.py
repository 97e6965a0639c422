"""A figure in an editor's text: one object character that shows the figure's value as a chip."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from ui.style import colours, severity_colours
from ui.widgets.token_text import OBJECT

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
TOKEN_PROPERTY = QTextFormat.Property.UserProperty.value + 1
_PAD = 5.0  # left and right of the value
_GAP = 2.0  # outside the chip
_RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How a chip is drawn now: its value, whether the cursor is at it, and the severity of a finding about it."""

    value: str
    known: bool = True
    current: bool = False
    severity: str = ""


def chip_format(token: str) -> QTextCharFormat:
    """The format of the object character that stands for a token."""
    form = QTextCharFormat()
    form.setObjectType(CHIP)
    form.setProperty(TOKEN_PROPERTY, token)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def token_of(form: QTextFormat, text: str = OBJECT) -> str:
    """The token that a text in this format stands for; empty for plain words.

    Words typed behind a chip inherit the property of its format, but not its type.
    """
    if form.objectType() != CHIP or OBJECT not in text:
        return ""
    return str(form.property(TOKEN_PROPERTY) or "")


class ChipPainter(QPyTextObject):
    """Measures and draws the chips of a document; ``look(token, position)`` says how."""

    def __init__(self, look: Callable[[str, int], ChipLook], document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look
        document.documentLayout().registerHandler(CHIP, self)

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(document.defaultFont())
        value = self._look(token_of(form), position).value
        return QSizeF(metrics.horizontalAdvance(value) + 2 * (_PAD + _GAP), metrics.height() + 1)

    def drawObject(
        self, painter: QPainter, rect: QRectF, document: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        look = self._look(token_of(form), position)
        c = colours()
        ink, ground = (c.accent, c.accent_soft) if look.known else severity_colours("error")
        if look.severity:
            ink, ground = severity_colours(look.severity)
        box = rect.adjusted(_GAP, 0, -_GAP, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1) if look.current else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setFont(document.defaultFont())
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.value)
        foot = box.bottom() - 1.0
        if look.severity:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_wave(box.left() + 3, box.right() - 3, foot - 1))
        else:
            painter.setPen(QPen(QColor(ink), 1.6))
            painter.drawLine(QPointF(box.left() + 3, foot), QPointF(box.right() - 3, foot))
        painter.restore()


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        x += 2.0
        path.lineTo(min(x, right), y - 2.0 if up else y)
        up = not up
    return path
