"""帮助: how-tos, keys and rules beside each other, found by words."""

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.help_topics import WORK, Topic, search, topics
from core.i18n import _
from core.policy import default_policy_text, parse_policy
from ui.actions import COMMANDS, PLACE_KEYS, REPORT_KEYS
from ui.desk import Desk
from ui.places import PLACES
from ui.style import colours, scaled
from ui.widgets.parts import button, label, open_at

_KEY = Qt.ItemDataRole.UserRole


class HelpDialog(QDialog):
    """Stands beside the window, which goes on working. The rules are told by the policy of the year on show."""

    guide_asked = Signal()  # print the quick guide

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._topics: list[Topic] = []
        self.setWindowTitle(_("帮助"))
        self.filter = QLineEdit(placeholderText=_("搜索，例如：结转 C-019"))
        self.filter.setAccessibleName(_("搜索帮助"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._list)
        self.filter.installEventFilter(self)
        self.tree = QTreeWidget(columnCount=1, headerHidden=True, indentation=14)
        self.tree.setAccessibleName(_("帮助目录"))
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setUniformRowHeights(True)
        self.tree.setProperty("role", "roomy")
        self.tree.currentItemChanged.connect(self._show)
        self._none = label(_("没有找到。换一个词试试。"), "faint")
        self._none.hide()
        self.title = label(role="title", wraps=True)
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("role", "inner")
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("帮助内容"))
        self.text.anchorClicked.connect(self._follow)
        self._build()
        for signal in (desk.opened, desk.year_changed, desk.changed):
            signal.connect(self._follow_year)

    def show_topic(self, key: str = "") -> None:
        """Open at a topic, such as a rule by its id; without one, where it stood."""
        self._read()
        if key:
            self.filter.clear()
        self._list(self.filter.text(), key or self.key())
        self.show()
        self.activateWindow()
        (self.text if key else self.filter).setFocus()

    def key(self) -> str:
        """The topic on show."""
        item = self.tree.currentItem()
        return str(item.data(0, _KEY) or "") if item else ""

    def _follow_year(self, *_args: object) -> None:
        """Tell the thresholds of the policy that is in force now."""
        if self.isVisible():
            self._read()
            self._show(self.tree.currentItem())

    def _read(self) -> None:
        """All topics, by the year on show."""
        desk = self.desk
        policy = desk.book.policy(desk.year) if desk.is_open else parse_policy(default_policy_text())
        window = [(command.text.rstrip("…"), command.keys) for command in COMMANDS if command.keys]
        window += [(place.title, f"Ctrl+{number % 10}") for number, place in enumerate(PLACES[:10], 1)]
        window += [(_("其他各页：按名称搜索后回车"), "Ctrl+K")]
        keys = {_("窗口"): window, _("表格和录入"): PLACE_KEYS, _("报告和预览"): REPORT_KEYS}
        self._topics = topics(policy, desk.year, keys)

    def _list(self, words: str, key: str = "") -> None:
        key = key or self.key()
        found = search(self._topics, words)
        groups: dict[str, list[Topic]] = {}
        for topic in found:
            groups.setdefault(topic.group, []).append(topic)
        self.tree.blockSignals(True)
        self.tree.clear()
        chosen = None
        for name, members in groups.items():
            parent = self.tree.invisibleRootItem()
            if len(members) > 1 or members[0].title != name:
                parent = QTreeWidgetItem(self.tree, [name])
                parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
                parent.setForeground(0, self.tree.palette().placeholderText())
                parent.setExpanded(bool(words) or name == WORK or any(topic.key == key for topic in members))
            for topic in members:
                item = QTreeWidgetItem(parent, [topic.title])
                item.setData(0, _KEY, topic.key)
                item.setToolTip(0, topic.title)
                if topic.key == key or chosen is None:
                    chosen = item
        self.tree.blockSignals(False)
        self._none.setVisible(not found)
        self.tree.setVisible(bool(found))
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
            self.tree.scrollToItem(chosen)
            self._show(chosen)

    def _show(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(0, _KEY) if item else ""
        topic = next((one for one in self._topics if one.key == key), None)
        if topic is not None:
            self.title.setText(topic.title)
            self.text.document().setDefaultStyleSheet(f"a {{ color: {colours().accent}; }}")
            self.text.setMarkdown(topic.text)
            self._give_air()

    def _give_air(self) -> None:
        """Space between the lines and paragraphs, for reading."""
        cursor = QTextCursor(self.text.document())
        while True:
            form, block = cursor.blockFormat(), cursor.block()
            form.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setTopMargin(14 if form.headingLevel() and block.blockNumber() else 0)
            form.setBottomMargin(2 if cursor.currentTable() else 7)
            cursor.setBlockFormat(form)
            if form.headingLevel():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                style = cursor.charFormat()
                style.setFontPointSize(self.text.font().pointSizeF() if self.text.font().pointSize() > 0 else 10.5)
                cursor.mergeCharFormat(style)
                cursor.clearSelection()
            if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
                break
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _ask_tour(self) -> None:
        """The tour goes through the window, which this would cover."""
        self.hide()
        self.desk.tour_asked.emit()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "rule":
            self.filter.clear()
            self._list("", link.path())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go through what was found while the words are being typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: self.tree.itemBelow, Qt.Key.Key_Up: self.tree.itemAbove}.get(Qt.Key(event.key()))
            if step is not None and self.tree.currentItem() is not None:
                item = step(self.tree.currentItem())
                while item is not None and not item.data(0, _KEY):
                    item = step(item)
                if item is not None:
                    self.tree.setCurrentItem(item)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("role", "column")
        side.setFixedWidth(scaled(300))
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 14, 8, 12)
        left.setSpacing(8)
        left.addWidget(self.filter)
        left.addWidget(self._none)
        left.addWidget(self.tree, 1)
        left.addStretch(0)
        links = QHBoxLayout()
        links.addWidget(button(_("示例导览"), self._ask_tour, "link"))
        links.addWidget(button(_("打印快速入门…"), self.guide_asked.emit, "link"))
        links.addStretch(1)
        left.addLayout(links)
        page = QFrame()
        page.setProperty("role", "column")
        right = QVBoxLayout(page)
        right.setContentsMargins(24, 18, 20, 16)
        right.setSpacing(8)
        right.addWidget(self.title)
        right.addWidget(self.text, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(page, 1)
        open_at(self, 900, 640)
