"""The outline of the report: every place that can be written, with its open findings, and how far the text is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.check import Severity
from core.i18n import _
from core.outline import SENTENCE, STORY, Part
from core.report_findings import Place
from core.review import Item
from ui.style import colours, row_height, severity_colours

_PLACE = Qt.ItemDataRole.UserRole
_BADGE = Qt.ItemDataRole.UserRole + 1  # (count, severity)
_LEVEL = Qt.ItemDataRole.UserRole + 2
_ROW = 32
_INDENT = 14
_EMPTY_SHOWN = 4  # titles of empty places that are named


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    place: Place
    text: str
    level: int


def rows(parts: Iterable[Part]) -> list[Row]:
    """The lines of the list: projects are numbered, and their own account stands last under them."""
    found, number = [], 0
    for part in parts:
        text, level = part.title, part.level
        if part.key == SENTENCE:
            number += 1
            text = f"{number}. {part.title}"
        elif part.mode in ("story", "purpose"):
            level += 1
            text = _("实施及绩效情况") if part.key == STORY else part.title
        found.append(Row((part.key, part.about), text, level))
    return found


class SectionList(QListWidget):
    """Chosen by mouse or arrow keys."""

    chosen = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("报告目录"))
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._telling = True
        self.currentItemChanged.connect(self._on_current)

    def show_parts(self, parts: Sequence[Part], found: Mapping[Place, Sequence[Item]]) -> None:
        """List the parts with their findings; the chosen place stays chosen where it still is."""
        wanted = rows(parts)
        if [item.data(_PLACE) for item in self._items()] != [row.place for row in wanted]:
            held = self.place()
            self._telling = False
            self.clear()
            for row in wanted:
                item = QListWidgetItem(self)
                item.setData(_PLACE, row.place)
            self.choose(held)
            self._telling = True
        for item, row in zip(self._items(), wanted, strict=True):
            self._fill(item, row, found.get(row.place, ()))

    def place(self) -> Place | None:
        """The chosen place."""
        item = self.currentItem()
        return tuple(item.data(_PLACE)) if item else None

    def choose(self, place: Place | None) -> bool:
        """Choose a place; False where the list has none such."""
        for item in self._items():
            if place is not None and tuple(item.data(_PLACE)) == place:
                self.setCurrentItem(item)
                return True
        return False

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(i) for i in range(self.count())]

    def _fill(self, item: QListWidgetItem, row: Row, found: Sequence[Item]) -> None:
        grave = [one.finding.severity for one in found if one.finding.severity != Severity.INFO]
        severity = Severity.ERROR if set(grave) - {Severity.WARNING} else Severity.WARNING
        item.setText(row.text)
        item.setToolTip(row.text)
        item.setData(_LEVEL, row.level)
        item.setData(_BADGE, (len(grave), str(severity)))
        spoken = _("{text}，{n}条核对").format(text=row.text, n=len(grave)) if grave else row.text
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._telling:
            self.chosen.emit(tuple(item.data(_PLACE)))


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, row_height(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRect(option.rect).adjusted(8, 1, -8, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if chosen else c.info_soft))
            painter.drawRoundedRect(box, 5, 5)
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 5, 5)
        count, severity = index.data(_BADGE)
        level = index.data(_LEVEL)
        words = box.adjusted(10 + _INDENT * (level - 1), 0, -8, 0)
        if count:
            words.setRight(words.right() - 26)
            self._badge(painter, box, str(count), severity_colours(severity)[0])
        font = option.font
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(c.accent if chosen else c.text if level < 4 else c.second))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _badge(self, painter: QPainter, box: QRect, text: str, colour: str) -> None:
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 10)
        pill = QRect(box.right() - 8 - width, box.center().y() - 8, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor(colours().surface))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Completeness(QFrame):
    """完成度: how many places of the report are written, and which are not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._label = QLabel()
        self._bar = QProgressBar(textVisible=False, maximum=100)
        self._bar.setFixedHeight(6)
        self._rest = QLabel(wordWrap=True)
        self._rest.setProperty("role", "second")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        for widget in (self._label, self._bar, self._rest):
            layout.addWidget(widget)

    def show_progress(self, done: int, total: int, empty: Sequence[str]) -> None:
        """Show how many of ``total`` places are written, and name those that are empty."""
        percent = 100 * done // total if total else 0
        self._label.setText(_("完成度 <b>{percent}%</b>").format(percent=percent))
        self._bar.setValue(percent)
        self._bar.setAccessibleName(_("完成度{percent}%").format(percent=percent))
        names = "、".join(empty[:_EMPTY_SHOWN])
        if len(empty) > _EMPTY_SHOWN:
            names = _("{names}等{n}处").format(names=names, n=len(empty))
        self._rest.setText(_("还差：{names}").format(names=names) if empty else _("各部分均已填写。"))
        c = colours()
        self._bar.setStyleSheet(
            f"QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {c.good if not empty else c.accent}; border-radius: 3px; }}"
        )
