"""搜索 (Ctrl+K): finds a project, entry, amount, number, text, page or command by a few words, and goes there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from core.search import plain_words, search
from ui.actions import COMMANDS
from ui.desk import Desk
from ui.places import PLACES
from ui.style import colours, row_height
from ui.widgets.parts import label

_PAUSE = 120  # ms after the last key before a large file is searched
_WIDTH, _ROW, _MOST_ROWS = 680, 28, 14
_TOP, _AROUND = 56, 110  # pixels above the panel, and what it takes besides its rows
_KIND_WIDTH, _TITLE_WIDTH = 84, 330


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the list and what choosing it does."""

    kind: str
    title: str
    detail: str
    act: Callable[[], object]


class SearchPanel(QFrame):
    """One field and what it finds, laid over the window. ``open_page`` shows a page, ``go`` a place of a year."""

    def __init__(
        self,
        desk: Desk,
        actions: Mapping[str, QAction],
        open_page: Callable[[str], object],
        go: Callable[[int, About], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.desk = desk
        self._actions = actions
        self._open_page = open_page
        self._go = go
        self._entries: list[_Entry] = []
        self.setAccessibleName(_("搜索"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("项目、金额、文号、凭证号、收款人、文字、页面或命令"))
        self.field.setAccessibleName(_("搜索"))
        self.list = QTreeWidget()
        self.list.setProperty("role", "offers")
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setColumnCount(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(True)
        self.list.setColumnWidth(0, _KIND_WIDTH)
        self.list.setAccessibleName(_("搜索结果"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = label("", "faint", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        layout.setSpacing(8)
        for widget in (self.field, self.list, self.note):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.find)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item, _column: self._choose())

    def ask(self) -> None:
        """Show the field under the top of the window, with what was searched last selected."""
        window = self.parentWidget()
        self.setFixedWidth(min(_WIDTH, window.width() - 40))
        self.list.setColumnWidth(1, _TITLE_WIDTH)
        self.find()
        self.move((window.width() - self.width()) // 2, _TOP)
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus()

    @property
    def row(self) -> int:
        """The line that is chosen; -1: none."""
        item = self.list.currentItem()
        return self.list.indexOfTopLevelItem(item) if item else -1

    def _select(self, row: int) -> None:
        if item := self.list.topLevelItem(row):
            self.list.setCurrentItem(item)

    def find(self) -> None:
        """Fill the list with what the words find: pages and commands first, then the records."""
        self._timer.stop()
        text = self.field.text()
        self._entries = [*self._pages(text), *self._commands(text), *self._records(text)]
        self.list.clear()
        faint = QBrush(QColor(colours().second))
        for entry in self._entries:
            item = QTreeWidgetItem([entry.kind, entry.title, entry.detail])
            item.setSizeHint(0, QSize(_KIND_WIDTH, row_height(_ROW)))
            item.setToolTip(1, entry.title)
            item.setToolTip(2, entry.detail)
            for column in (0, 2):
                item.setForeground(column, faint)
            self.list.addTopLevelItem(item)
        self._select(0)
        self.list.setVisible(bool(self._entries))
        room = (self.parentWidget().height() - _TOP - _AROUND) // row_height(_ROW)
        self.list.setFixedHeight(max(1, min(len(self._entries), _MOST_ROWS, room)) * row_height(_ROW) + 8)
        if self._entries:
            self.note.setText(_("↑ ↓ 选择，Enter 前往，Esc 关闭"))
        else:
            self.note.setText(_("没有找到“{text}”。可以换一个词，或只输入金额、日期、文号的一部分。").format(text=text))
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.row
            match event.key():
                case Qt.Key.Key_Escape:
                    self.hide()
                    return True
                case Qt.Key.Key_Down:
                    self._select(min(row + 1, len(self._entries) - 1))
                    return True
                case Qt.Key.Key_Up:
                    self._select(max(row - 1, 0))
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if self._timer.isActive():
                        self.find()
                    self._choose()
                    return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        if 0 <= self.row < len(self._entries):
            entry = self._entries[self.row]
            self.hide()
            entry.act()

    def _pages(self, text: str) -> list[_Entry]:
        if not self.desk.is_open:
            return []
        words = plain_words(text).strip()
        return [
            _Entry(_("页面"), place.title, "", lambda name=place.name: self._open_page(name))  # type: ignore[misc]
            for place in PLACES
            if words in plain_words(place.title)
        ]

    def _commands(self, text: str) -> list[_Entry]:
        words = plain_words(text).strip()
        named = [one for one in COMMANDS if words and words in plain_words(one.text) and one.name != "search"]
        return [
            _Entry(_("命令"), one.text.rstrip("…"), one.keys, self._actions[one.name].trigger)
            for one in named
            if self._actions[one.name].isEnabled()
        ]

    def _records(self, text: str) -> list[_Entry]:
        if not self.desk.is_open:
            return []
        found = []
        for hit in search(self.desk.book, self.desk.year, text):
            detail = hit.detail if hit.year == self.desk.year else f"{hit.year}年度 {hit.detail}"
            found.append(_Entry(hit.kind, hit.title, detail, lambda hit=hit: self._go(hit.year, hit.about)))  # type: ignore[misc]
        return found
