"""实时核对: the open findings beside the page, for the row the officer is at or all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from core.review import Item, project_of
from ui.desk import Desk
from ui.style import icon, scaled
from ui.widgets.card_column import CardColumn
from ui.widgets.parts import badge, button, label, set_count, soon

WIDTH = 292
MOST = 20  # cards in a list; beyond, the page 核对 has them all


class Dock(QFrame):
    """Keeps its cards and the place it is scrolled to while findings come and go."""

    more_asked = Signal()
    fold_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "dock")
        self.setFixedWidth(scaled(WIDTH))
        self.setAccessibleName(_("实时核对"))
        self._selected = About("unit")
        self._errors, self._warnings = badge("badge-error"), badge("badge-warning")
        self._row, self._all = QPushButton(_("本行")), QPushButton(_("全部"))
        self._calm = label("", "second", wraps=True)
        self._open = CardColumn(desk, folds_remedy=True)
        self._todo = Section(desk, _("待办（到时间再提醒）"))
        self._waived = Section(desk, _("已说明"))
        self._more = button("", self.more_asked.emit, "link")
        self._build()
        desk.opened.connect(self.refresh)
        desk.changed.connect(self.refresh)
        desk.year_changed.connect(self.refresh)
        desk.selected.connect(self._select)

    def refresh(self, *_args: object) -> None:
        """Bring the cards up to date: those that stay are changed in place."""
        if not self.isVisible() or not self.desk.is_open:
            return
        review = self.desk.review()
        set_count(self._errors, review.errors)
        set_count(self._warnings, review.warnings)
        items = [item for item in review.open if self._is_wanted(item)]
        self._open.show_items(items[:MOST])
        self._todo.show_items(review.todo[:MOST], len(review.todo))
        self._waived.show_items(review.waived[:MOST], len(review.waived))
        self._more.setText(_("还有{count}项，在“核对”页查看全部").format(count=len(items) - MOST))
        self._more.setVisible(len(items) > MOST)
        self._calm.setVisible(not items)
        if not review.open:
            self._calm.setText(_("✓ 没有需要处理的问题。\n录入时如有不符，会立即在这里提醒。"))
        else:
            text = _("✓ 这一行没有问题。其他地方还有{count}项，点“全部”查看。")
            self._calm.setText(text.format(count=len(review.open)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The page is painted first; the first check of a large file takes a moment.
        soon(self, self.refresh)

    def _is_wanted(self, item: Item) -> bool:
        if self._all.isChecked():
            return True
        book, about = self.desk.book, item.finding.about
        return about == self._selected or project_of(book, about) == project_of(book, self._selected)

    def _select(self, about: About) -> None:
        self._selected = about
        if self._row.isChecked():
            self.refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 8, 6)
        head.setSpacing(6)
        head.addWidget(label(_("实时核对"), "heading"))
        head.addWidget(self._errors)
        head.addWidget(self._warnings)
        head.addStretch(1)
        group = QButtonGroup(self)
        for choice in (self._row, self._all):
            choice.setProperty("role", "tab")
            choice.setCheckable(True)
            choice.clicked.connect(self.refresh)
            group.addButton(choice)
            head.addWidget(choice)
        self._row.setToolTip(_("只看当前选中的项目"))
        self._all.setChecked(True)
        fold = button("", self.fold_asked.emit, "quiet")
        fold.setIcon(icon("chevron_right"))
        fold.setAccessibleName(_("收起实时核对"))
        fold.setToolTip(_("收起（Ctrl+Shift+D）"))
        head.addWidget(fold)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 4, 10, 12)
        column.setSpacing(10)
        for part in (self._calm, self._open, self._more, self._todo, self._waived):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(area, 1)


class Section(QWidget):
    """A list that is folded until it is asked for; its cards are made only then."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._items: Sequence[Item] = ()
        self._count = 0
        self._is_open = False
        self._head = button("", self._toggle, "link")
        self._cards = CardColumn(desk, folds_remedy=True)
        self._cards.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self._cards)

    def show_items(self, items: Sequence[Item], count: int) -> None:
        """Show these items, the first of ``count``."""
        self._items, self._count = items, count
        self._show()

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show()

    def _show(self) -> None:
        self._head.setText(f"{'▾' if self._is_open else '▸'} {self._title} {self._count}")
        self.setVisible(self._count > 0)
        self._cards.show_items(self._items if self._is_open else ())


class FoldedDock(QFrame):
    """What is left of the dock when it is folded: the counts and a button to unfold it."""

    unfold_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "dock")
        self.setFixedWidth(36)
        self._errors, self._warnings = badge("badge-error"), badge("badge-warning")
        unfold = button("", self.unfold_asked.emit, "quiet")
        unfold.setIcon(icon("chevron_left"))
        unfold.setAccessibleName(_("展开实时核对"))
        unfold.setToolTip(_("展开实时核对（Ctrl+Shift+D）"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 12, 2, 12)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        for part in (unfold, self._errors, self._warnings):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        for signal in (desk.opened, desk.changed, desk.year_changed):
            signal.connect(self.refresh)

    def refresh(self, *_args: object) -> None:
        """Show the counts as they are now."""
        if self.isVisible() and self.desk.is_open:
            review = self.desk.review()
            set_count(self._errors, review.errors)
            set_count(self._warnings, review.warnings)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        soon(self, self.refresh)
