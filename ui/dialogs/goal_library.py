"""从指标库选取: usual indicators found by words and kind of project, several taken at once."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.goals import Operator
from core.i18n import _
from core.library import Entry, categories, search, suggested
from core.policy import Policy
from ui.style import colours, icon, scaled
from ui.widgets.parts import button, label, open_at

_KEY = Qt.ItemDataRole.UserRole
ALL, SUGGESTED = "", "*"


class LibraryDialog(QDialog):
    """``chosen`` are the keys of the entries taken. What is ticked stays so while searching."""

    chosen = Signal(list)

    def __init__(self, policy: Policy, project_name: str, held: Collection[str], parent: QWidget | None = None) -> None:
        """``held``: names of indicators that are there already."""
        super().__init__(parent)
        self.setWindowTitle(_("从指标库选取"))
        open_at(self, 880, 580)
        self._policy, self._held = policy, held
        self._suggested = [one.key for one in suggested(project_name)]
        self._ticked: dict[str, None] = {}  # keys in the order they were ticked
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("搜索指标或类别，可用空格分开几个词，例如 培训 满意度"))
        self.words.setAccessibleName(_("搜索指标"))
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.setClearButtonEnabled(True)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(_("指标类别"))
        self.kinds.setFixedWidth(scaled(176))
        self.kinds.setProperty("role", "kinds")
        self.entries = QTreeWidget()
        self.entries.setAccessibleName(_("指标"))
        self.preview = label("", "second", wraps=True)
        self.preview.setMinimumHeight(40)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.take = button("", self.accept, "primary")
        self._build()
        self._fill_kinds()
        self._show()
        self.words.setFocus()

    @property
    def ticked(self) -> list[str]:
        """Keys of what is ticked."""
        return list(self._ticked)

    def accept(self) -> None:
        """Take what is ticked; without a tick, the entry that is chosen."""
        keys = self.ticked
        item = self.entries.currentItem()
        if not keys and item is not None and not item.isDisabled():
            keys = [item.data(0, _KEY)]
        if keys:
            self.chosen.emit(keys)
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line the arrow down goes into the list; Enter in the list takes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.words and event.key() == Qt.Key.Key_Down:
                self.entries.setFocus()
                return True
            if watched is self.entries and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def _fill_kinds(self) -> None:
        if self._suggested:
            self._add_kind(_("推荐（按项目名称）"), SUGGESTED)
        self._add_kind(_("全部类别"), ALL)
        for one in categories():
            self._add_kind(one.name, one.key)
        self.kinds.setCurrentRow(0)
        self.kinds.currentItemChanged.connect(lambda _now, _before: self._show())

    def _add_kind(self, name: str, key: str) -> None:
        item = QListWidgetItem(name, self.kinds)
        item.setData(_KEY, key)
        item.setToolTip(name)

    def _found(self) -> list[Entry]:
        kind, words = self.kinds.currentItem().data(_KEY), self.words.text()
        if kind == SUGGESTED:
            return [entry for key in self._suggested for entry in search(words, key)]
        return search(words, kind)

    def _show(self) -> None:
        c = colours()
        self.entries.blockSignals(True)
        self.entries.clear()
        for entry in self._found():
            level1, level2 = entry.levels(self._policy)
            item = QTreeWidgetItem([entry.name, level1, level2, _target(entry)])
            item.setData(0, _KEY, entry.key)
            if entry.name in self._held:
                item.setDisabled(True)
                item.setText(3, _("已有"))
            else:
                item.setCheckState(0, _state(entry.key in self._ticked))
            for column in (1, 2, 3):
                item.setForeground(column, QColor(c.second))
            item.setToolTip(0, entry.name)
            self.entries.addTopLevelItem(item)
        self.entries.setCurrentItem(self.entries.topLevelItem(0))
        self.entries.blockSignals(False)
        self._show_preview()
        self._count()

    def _on_changed(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, _KEY)
        if item.checkState(0) == Qt.CheckState.Checked:
            self._ticked[key] = None
        else:
            self._ticked.pop(key, None)
        self._count()

    def _count(self) -> None:
        count = len(self._ticked)
        self.take.setText(_("添加{n}个指标").format(n=count) if count else _("添加所选指标"))
        self.take.setEnabled(self.entries.topLevelItemCount() > 0 or count > 0)

    def _show_preview(self) -> None:
        item = self.entries.currentItem()
        if item is None:
            self.preview.setText(_("没有找到，请换一个词，或在左侧选择“全部类别”。"))
            return
        known = {entry.key: entry for one in categories() for entry in one.entries}
        entry = known[item.data(0, _KEY)]
        level1, level2 = entry.levels(self._policy)
        target = _target(entry) or _("按本单位计划填写")
        self.preview.setText(
            _("{name}\n{level1}／{level2}，指标值：{target}，佐证：{evidence}，类别：{category}").format(
                name=entry.name,
                level1=level1,
                level2=level2,
                target=target,
                evidence=entry.evidence or _("按实际填写"),
                category=entry.category,
            )
        )

    def _build(self) -> None:
        self.words.textChanged.connect(lambda _text: self._show())
        for widget in (self.words, self.entries):
            widget.installEventFilter(self)
        tree = self.entries
        tree.setHeaderLabels([_("三级指标"), _("一级指标"), _("二级指标"), _("常用指标值")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setProperty("role", "offers")
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 86), (2, 134), (3, 110)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        tree.itemChanged.connect(lambda item, _column: self._on_changed(item))
        tree.currentItemChanged.connect(lambda _now, _before: self._show_preview())
        middle = QHBoxLayout()
        middle.setSpacing(10)
        for widget in (self.kinds, tree):
            card = QFrame()
            card.setProperty("role", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(3, 3, 3, 3)
            inside.addWidget(widget)
            middle.addWidget(card, 1 if widget is tree else 0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(_("空格勾选，Enter 添加"), "faint"))
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject))
        foot.addWidget(self.take)
        self.take.setDefault(False)
        self.take.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.words)
        layout.addLayout(middle, 1)
        layout.addWidget(self.preview)
        layout.addLayout(foot)


def _target(entry: Entry) -> str:
    if not entry.target:
        return ""
    return entry.target if entry.operator == Operator.QUALITATIVE else f"{entry.operator}{entry.target}{entry.unit}"


def _state(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
