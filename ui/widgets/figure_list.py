"""The list of figures that can be put into a text: the unit's and each project's, with their values."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from core.book import Book
from core.figures import ITEM_LABELS, Ref, figure, items, token
from core.i18n import _
from core.outline import template_of
from ui.style import colours

WIDTH, HEIGHT = 340, 320


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that can be inserted."""

    group: str
    name: str
    value: str
    token: str


def offers(book: Book, year: int, about: int) -> Iterator[Offer]:
    """Every figure of the year, those of ``about`` first, then the unit's, the projects', the year before's."""
    projects = [row.project for row in book.project_years(year)]
    first = [about] if about in projects else []
    for one in (*first, 0, *(p for p in projects if p != about)):
        yield from _group(book, year, year, one)
    if book.year(year - 1):
        yield from _group(book, year, year - 1, 0)


def _group(book: Book, year: int, of_year: int, about: int) -> Iterator[Offer]:
    row = book.project_year(of_year, about)
    group = row.name if row else _("单位")
    if of_year != year:
        group = _("上年（{year}）{group}").format(year=of_year, group=group)
    style = template_of(book, year).amounts
    for item in items(about):
        found = figure(book, Ref(of_year, about, item))
        if found is not None:
            name = ITEM_LABELS.get(item, item)
            yield Offer(group, name, found.text(style), token(found.ref, year))


class FigureList(QFrame):
    """Floats over the window under the cursor; the editor keeps the focus, so that input methods go on working."""

    chosen = Signal(str)  # a token

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tree = QTreeWidget(columnCount=2, headerHidden=True, rootIsDecorated=False, indentation=12)
        self._tree.setProperty("role", "offers")
        self._tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tree.setFrameShape(QFrame.Shape.NoFrame)
        self._tree.setUniformRowHeights(True)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setAccessibleName(_("可插入的数据"))
        self._tree.header().setStretchLastSection(False)
        self._tree.itemClicked.connect(self._click)
        self._hint = QLabel(_("输入文字筛选，↑↓选择，回车插入，Esc关闭"))
        self._hint.setProperty("role", "faint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.setSpacing(2)
        layout.addWidget(self._tree)
        layout.addWidget(self._hint)
        self._hint.setContentsMargins(10, 0, 10, 2)
        self.resize(WIDTH, HEIGHT)
        self.hide()

    def offer(self, book: Book, year: int, about: int) -> None:
        """Fill the list for a text about a project (0: the unit)."""
        self._tree.clear()
        group, top = "", None
        for one in offers(book, year, about):
            if top is None or one.group != group:
                group = one.group
                top = QTreeWidgetItem(self._tree, [group])
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
                top.setFirstColumnSpanned(True)
                top.setForeground(0, QColor(colours().second))
                top.setExpanded(True)
            item = QTreeWidgetItem(top, [one.name, one.value])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, Qt.ItemDataRole.UserRole, one.token)
        self._tree.setColumnWidth(0, WIDTH - 130)
        self._tree.setColumnWidth(1, 114)
        self.filter("")

    def filter(self, words: str) -> None:
        """Show only figures whose name, project or value has all these words; hide if none has."""
        wanted = words.casefold().split()
        first = None
        for group in self._groups():
            shown = 0
            for item in (group.child(i) for i in range(group.childCount())):
                text = f"{group.text(0)} {item.text(0)} {item.text(1)}".casefold()
                fits = all(word in text for word in wanted)
                item.setHidden(not fits)
                shown += fits
                first = first or (item if fits else None)
            group.setHidden(not shown)
        self._tree.setCurrentItem(first)
        if first is not None:
            self._tree.scrollToItem(group if (group := first.parent()) else first)
        self.setVisible(first is not None)

    def place(self, below: QPoint, line: QRect) -> None:
        """Show it under a line of text, or above it where the window ends. ``below`` is in window coordinates."""
        window = self._editor.window()
        self.setParent(window)
        x = max(4, min(below.x(), window.width() - WIDTH - 4))
        y = below.y() + 4
        if y + HEIGHT > window.height():
            y = max(4, below.y() - line.height() - HEIGHT - 4)
        self.move(x, y)
        self.show()
        self.raise_()

    def take_key(self, key: int) -> bool:
        """Act on a key of the editor while the list is open; False: the key is not for the list."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._click(self._tree.currentItem())
        else:
            return False
        return True

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        return (self._tree.topLevelItem(i) for i in range(self._tree.topLevelItemCount()))

    def _step(self, by: int) -> None:
        shown = [
            item
            for group in self._groups()
            for item in (group.child(i) for i in range(group.childCount()))
            if not item.isHidden()
        ]
        at = shown.index(self._tree.currentItem())
        self._tree.setCurrentItem(shown[max(0, min(at + by, len(shown) - 1))])

    def _click(self, item: QTreeWidgetItem | None) -> None:
        token_text = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        if token_text:
            self.chosen.emit(token_text)
