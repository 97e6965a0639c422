"""Whose performance is on show: the unit and its projects, with score, grade and how many things are missing."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.i18n import _
from ui.style import colours, row_height

_ABOUT = Qt.ItemDataRole.UserRole
_LINE = Qt.ItemDataRole.UserRole + 1
_ROW = 50


class OwnerLine(NamedTuple):
    """One line: whose it is, how it stands, and how many things are to be filled in."""

    about: int
    name: str
    note: str
    missing: int = 0
    tone: str = ""  # role of ui.style.Colours for the note


class OwnerList(QListWidget):
    """Chosen by mouse or arrow keys."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("单位和项目"))
        self.setItemDelegate(_LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._telling = True
        self.currentItemChanged.connect(self._on_current)

    def show_lines(self, lines: Sequence[OwnerLine]) -> None:
        """Show these; the chosen one stays chosen where it still is, else the first is."""
        items = [self.item(number) for number in range(self.count())]
        self._telling = False
        if [item.data(_ABOUT) for item in items] != [line.about for line in lines]:
            held = self.about
            self.clear()
            items = [QListWidgetItem(self) for _line in lines]
            for item, line in zip(items, lines, strict=True):
                item.setData(_ABOUT, line.about)
            self.choose(held) or self.choose(lines[0].about)
        for item, line in zip(items, lines, strict=True):
            item.setText(line.name)
            item.setData(_LINE, line)
            spoken = _("{name}，{note}，缺{n}项").format(name=line.name, note=line.note, n=line.missing)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            missing = _("，还缺{n}项").format(n=line.missing) if line.missing else ""
            item.setToolTip(f"{line.name}\n{line.note}{missing}")
        self._telling = True

    @property
    def about(self) -> int:
        """Who is chosen; 0: the unit."""
        item = self.currentItem()
        return int(item.data(_ABOUT)) if item else 0

    def choose(self, about: int) -> bool:
        """Choose one; False where the list does not have it."""
        for number in range(self.count()):
            if self.item(number).data(_ABOUT) == about:
                self.setCurrentRow(number)
                return True
        return False

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._telling:
            self.chosen.emit(self.about)


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, row_height(_ROW, 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, line = colours(), index.data(_LINE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRect(option.rect).adjusted(8, 1, -8, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if chosen else c.info_soft))
            painter.drawRoundedRect(box, 5, 5)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 5, 5)
        words = box.adjusted(10, 4, -8, -4)
        upper, lower = QRect(words), QRect(words)
        upper.setHeight(words.height() // 2)
        lower.setTop(upper.bottom() + 1)
        font = option.font
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(c.accent if chosen else c.text))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, name)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(getattr(c, line.tone or "second")))
        if line.missing:
            lower.setRight(lower.right() - _badge(painter, lower, line.missing) - 6)
        note = painter.fontMetrics().elidedText(line.note, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, note)
        painter.restore()


def _badge(painter: QPainter, box: QRect, count: int) -> int:
    """Draw how many things are missing at the right; returns its width."""
    c, text = colours(), _("缺{n}").format(n=count)
    painter.save()
    font = painter.font()
    font.setPixelSize(11)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + 12
    pill = QRect(box.right() - width, box.center().y() - 8, width, 17)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.warning_soft))
    painter.drawRoundedRect(pill, 8, 8)
    painter.setPen(QColor(c.warning))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width
