"""佐证材料: the files kept with one record, or with all of a year; opened, exported, removed, listed."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.attachments import (
    MOST_BYTES,
    annotate,
    clear_out,
    evidence_of,
    is_opened,
    owner_name,
    size_text,
)
from core.book import Book
from core.check import About
from core.i18n import _
from core.jobs import Progress
from core.labels import place_name
from core.ledger import Ledger, Outcome
from core.model import Attachment
from ui.attaching import Attaching, dropped_files
from ui.desk import Desk
from ui.files import documents
from ui.form import save
from ui.widgets.parts import button, label, open_at, set_role, soon

_KEY = Qt.ItemDataRole.UserRole
NAME, OWNER, SIZE, DAY, NOTE = range(5)
LISTS = _("PDF 文件（*.pdf）;;Word 文档（*.docx）;;Excel 工作簿（*.xlsx）")


class AttachmentsDialog(QDialog):
    """``about`` is the place whose files are shown; empty: those of the whole year."""

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("佐证材料"))
        open_at(self, 860, 480)
        self.setAcceptDrops(bool(about))
        self.desk = desk
        self.about = about
        self.work = Attaching(desk, self)
        self.is_whole = not about  # all files of the year are shown
        self.list = QTreeWidget()
        self.tabs: list[QPushButton] = []
        self.add = button(_("添加文件"), lambda: self.work.ask_add(self, self.about), "primary")
        self.open_button = button(_("打开"), self._open)
        self.export_button = button(_("导出"), self._export)
        self.remove_button = button(_("移除"), self._remove)
        self.all_button = button(_("全部导出"), self._export_all)
        self.paper = button(_("保存清单"), self._ask_paper)
        self.clear = button("", self._clear, "link")
        self.cancel = button(_("取消"), self.work.cancel)
        self.foot = label("", "faint")
        self.said = label("", "second", wraps=True)
        self._build()
        self._show()
        desk.changed.connect(self._follow)
        desk.opened.connect(self.reject)
        self.work.said.connect(self._say)
        self.work.busy_changed.connect(self._show_busy)

    @property
    def shown(self) -> list[Attachment]:
        """The files on show."""
        book, year = self.desk.book, self.desk.year
        return evidence_of(book, year) if self.is_whole else book.attachments(year, self.about)

    @property
    def current(self) -> Attachment | None:
        """The chosen file."""
        item = self.list.currentItem()
        return self.desk.book.get(Attachment, item.data(0, _KEY)) if item else None

    def show_whole(self, is_whole: bool) -> None:
        """Show all files of the year, or those of the place."""
        self.is_whole = is_whole
        self.tabs[int(is_whole)].setChecked(True)
        self._show()

    def done(self, result: int) -> None:
        """Close; what is still under way is given up."""
        self.work.stop()
        super().done(result)

    # What is on show

    def _follow(self, _outcome: Outcome) -> None:
        self._show()

    def _show(self) -> None:
        book, chosen = self.desk.book, self.current
        held = self.shown
        self.list.blockSignals(True)
        self.list.clear()
        for one in held:
            item = QTreeWidgetItem([one.name, owner_name(book, one), size_text(one.size), one.date, one.note])
            item.setData(0, _KEY, one.id)
            item.setTextAlignment(SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for column in (NAME, OWNER, NOTE):
                item.setToolTip(column, item.text(column))
            self.list.addTopLevelItem(item)
            if chosen is not None and one.id == chosen.id:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and held:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        self.list.blockSignals(False)
        self.list.setColumnHidden(OWNER, not self.is_whole)
        text = _("每个文件不超过{most}，内容保存在台账文件中，随备份一起备份。").format(most=size_text(MOST_BYTES))
        if held:
            total = size_text(sum(one.size for one in held))
            text = _("共{n}个，{total}。").format(n=len(held), total=total) + text
        self.foot.setText(text)
        for tab, name, count in (
            (self.tabs[0], _("本条"), len(self.desk.book.attachments(self.desk.year, self.about))),
            (self.tabs[1], _("{year}年度全部").format(year=self.desk.year), len(evidence_of(book, self.desk.year))),
        ):
            tab.setText(f"{name} {count}")
        self._show_actions()

    def _show_actions(self) -> None:
        one, fixed, busy = self.current, self.desk.file_readonly, self.work.is_busy
        self.add.setVisible(not self.is_whole and not fixed)
        self.add.setEnabled(not busy)
        self.open_button.setEnabled(one is not None and is_opened(one.name) and not busy)
        tip = _("打开一份副本，修改副本不会改动台账")
        no = _("不是文档或图片，为了安全只能导出")
        self.open_button.setToolTip(tip if one is None or is_opened(one.name) else no)
        self.export_button.setEnabled(one is not None and not busy)
        self.remove_button.setEnabled(one is not None and not busy)
        self.remove_button.setVisible(not fixed)
        self.all_button.setEnabled(self.list.topLevelItemCount() > 0 and not busy)
        self.paper.setVisible(self.is_whole)
        self.paper.setEnabled(not busy)
        unused = {} if fixed or not self.is_whole else self.desk.ledger.unused_contents()
        self.clear.setVisible(bool(unused))
        self.clear.setText(_("清理已移除的内容（{size}）").format(size=size_text(sum(unused.values()))))

    def _show_busy(self, is_busy: bool) -> None:
        self.cancel.setVisible(is_busy)
        if is_busy:
            self._say(_("正在处理…"), False)
        self._show_actions()

    def _say(self, text: str, is_problem: bool) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, "error" if is_problem else "second")

    # What is done

    def _open(self) -> None:
        if one := self.current:
            self.work.open(one)

    def _export(self) -> None:
        if one := self.current:
            self.work.ask_export(self, one)

    def _remove(self) -> None:
        if (one := self.current) and not self.desk.file_readonly:
            self.work.remove(one)

    def _export_all(self) -> None:
        self.work.ask_export_all(self, self.shown)

    def _note(self, item: QTreeWidgetItem, column: int) -> None:
        number, text = item.data(0, _KEY), item.text(NOTE)
        if column == NOTE:
            soon(self, lambda: self._save_note(number, text))  # the list is filled anew: the editor must be closed

    def _save_note(self, number: int, text: str) -> None:
        if problem := save(self.desk, lambda: annotate(self.desk.book, number, text)):
            self._say(problem, True)

    def _clear(self) -> None:
        """Let go of the bytes of removed files and give the room back to the disk."""
        ledger = self.desk.ledger
        if what := clear_out(ledger):
            self.work.run(partial(_shrink, ledger), lambda _done: self._say(_("已{what}。").format(what=what), False))

    def _ask_paper(self) -> None:
        name = _("{year}年度佐证材料清单.pdf").format(year=self.desk.year)
        folder = self.desk.report_folder or documents()
        chosen, kind = QFileDialog.getSaveFileName(self, _("保存清单"), str(folder / name), LISTS)
        if chosen:
            target = Path(chosen)
            suffix = kind.partition("*")[2].partition("）")[0]
            known = target.suffix.lower() in (".pdf", ".docx", ".xlsx")
            self.save_paper(target if known else target.with_name(target.name + suffix))

    def save_paper(self, target: Path) -> None:
        """Write the list of the year's files in the format that the suffix names."""
        work = partial(_write_paper, self.desk.book, self.desk.year, target)
        self.work.run(work, lambda path: self._say(_("清单已保存到“{path}”。").format(path=path), False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if typed and watched is self.list and self.list.state() != QTreeWidget.State.EditingState:
            item = self.list.currentItem()
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if item:
                    self._open()
                    return True
                case Qt.Key.Key_F2 if item and not self.desk.file_readonly:
                    self.list.editItem(item, NOTE)
                    return True
                case Qt.Key.Key_Delete:
                    self._remove()
                    return True
        return super().eventFilter(watched, event)

    def _on_double_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == NOTE and not self.desk.file_readonly:
            self.list.editItem(item, NOTE)
        else:
            self._open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.is_whole and not self.desk.file_readonly and dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.work.add(dropped_files(event.mimeData()), self.about)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        about = About.of(self.about)
        text = place_name(self.desk.book, self.desk.year, about) if self.about else _("佐证材料")
        head.addWidget(label(text, "heading"), 1)
        group = QButtonGroup(self)
        for is_whole in (False, True):
            tab = QPushButton()
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked, is_whole=is_whole: self.show_whole(is_whole))
            tab.setVisible(bool(self.about) or is_whole)
            group.addButton(tab)
            self.tabs.append(tab)
            head.addWidget(tab)
        self.tabs[int(self.is_whole)].setChecked(True)
        tree = self.list
        tree.setHeaderLabels([_("材料名称"), _("所属记录"), _("大小"), _("添加日期"), _("说明（F2填写）")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setProperty("role", "offers")
        tree.setAccessibleName(_("佐证材料列表"))
        tree.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        header = tree.header()
        header.setStretchLastSection(False)
        for column, width in ((NAME, 0), (OWNER, 260), (SIZE, 84), (DAY, 104), (NOTE, 170)):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                header.resizeSection(column, width)
        tree.currentItemChanged.connect(lambda _now, _before: self._show_actions())
        tree.itemChanged.connect(self._note)
        tree.itemDoubleClicked.connect(self._on_double_clicked)
        tree.installEventFilter(self)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for widget in (self.add, self.open_button, self.export_button, self.remove_button):
            actions.addWidget(widget)
        actions.addStretch(1)
        for widget in (self.clear, self.cancel, self.all_button, self.paper, button(_("关闭"), self.accept)):
            actions.addWidget(widget)
        self.cancel.hide()
        self.said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.addWidget(tree)
        layout.addWidget(card, 1)
        layout.addWidget(self.foot)
        layout.addWidget(self.said)
        layout.addLayout(actions)
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)


def _shrink(ledger: Ledger, _progress: Progress) -> None:
    ledger.shrink()


def _write_paper(book: Book, year: int, target: Path, _progress: Progress) -> Path:
    from core.report.attachment_list import attachment_document
    from core.report_files import write_document

    write_document(attachment_document(book, year), target, datetime.now())
    return target
