"""本单位的表样: forms (.xlsx) of the unit's own bureau, kept in the ledger, looked through and filled in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.attachments import Source, contents, remove_attachment
from core.errors import UserError
from core.i18n import _
from core.initials import fit
from core.jobs import Progress
from core.ledger import Ledger, Outcome
from core.model import Attachment
from core.outline import reported_projects
from core.own_forms import Preview, add_form, fill_forms, own_forms, preview_form, read_form
from core.report_files import FilledForm
from ui.attaching import Attaching, dropped_files
from ui.desk import Desk
from ui.fields import Pick
from ui.files import TABLES, documents, file_lane
from ui.form import save
from ui.style import colours
from ui.tasks import Latest
from ui.widgets.parts import button, label, open_at, set_role

_KEY = Qt.ItemDataRole.UserRole
_SHOWN = 4  # names that are not understood, told after filling in
PLACE, NAME, VALUE = range(3)


class OwnFormsDialog(QDialog):
    """Forms at the left, ticked where they are to be filled in; at the right what the chosen one asks for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("本单位的表样"))
        open_at(self, 900, 560)
        self.setAcceptDrops(not desk.file_readonly)
        self.desk = desk
        self.work = Attaching(desk, self)
        self.preview: Preview | None = None
        self._unticked: set[int] = set()
        self.forms = QListWidget()
        self.asked = QTreeWidget()
        self.names = QListWidget()
        self.words = QLineEdit()
        self.project = Pick({})
        self._latest = Latest(file_lane, 0, self)
        self._latest.done.connect(self._take)
        self._latest.failed.connect(self._fail)
        self.add = button(_("添加表样"), self._ask_add)
        self.replace = button(_("更换"), self._ask_replace, "link")
        self.remove = button(_("移除"), self._remove, "link")
        self.fill = button(_("填写并保存"), self._ask_fill, "primary")
        self.tabs = [QPushButton(_("填入的数据")), QPushButton(_("可用名称"))]
        self.said = label("", "second", wraps=True)
        self.about_form = label("", "second", wraps=True)
        self._stack = QStackedWidget()
        self._build()
        self._show()
        desk.changed.connect(self._follow)
        desk.opened.connect(self.reject)
        self.work.said.connect(self._say)
        self.work.busy_changed.connect(lambda _busy: self._show_actions())

    @property
    def current(self) -> Attachment | None:
        """The chosen form."""
        item = self.forms.currentItem()
        return self.desk.book.get(Attachment, item.data(_KEY)) if item else None

    @property
    def ticked(self) -> list[Attachment]:
        """The forms that are to be filled in."""
        return [one for one in own_forms(self.desk.book, self.desk.year) if one.id not in self._unticked]

    def done(self, result: int) -> None:
        """Close; what is still under way is given up."""
        self.work.stop()
        super().done(result)

    # What is on show

    def _follow(self, _outcome: Outcome) -> None:
        self._show()

    def _show(self) -> None:
        chosen = self.current
        self.forms.blockSignals(True)
        self.forms.clear()
        for one in own_forms(self.desk.book, self.desk.year):
            item = QListWidgetItem(one.name, self.forms)
            item.setData(_KEY, one.id)
            item.setToolTip(one.name)
            item.setCheckState(_state(one.id not in self._unticked))
            if chosen is not None and one.id == chosen.id:
                self.forms.setCurrentItem(item)
        if self.forms.currentItem() is None and self.forms.count():
            self.forms.setCurrentRow(self.forms.count() - 1)
        self.forms.blockSignals(False)
        self._show_form()

    def _show_form(self) -> None:
        """Work out in the background what the chosen form asks for and gets."""
        self._show_actions()
        form = self.current
        if form is None:
            self._latest.stop()
            self._take(None)
        else:
            about = int(self.project.value() or 0)
            self._latest.ask(partial(_preview, self.desk.ledger, self.desk.year, form, about), at_once=True)

    def _take(self, found: Preview | None) -> None:
        self.preview = found
        self.asked.clear()
        self.project.setVisible(found is not None and found.by_project)
        if found is None:
            self._show_names()
            text = _(
                "把区局发的空白表（.xlsx）中要填的单元格写上{{名称}}，如{{预算收入}}，再添加到这里，程序就能按台账填写。"
            ).format()
            self._tell_form(text, "second")
            return
        if found.by_project:
            rows = reported_projects(self.desk.book, self.desk.year)
            self.project.set_options({str(row.project): row.name for row in rows})
        wrong, muted = QColor(colours().error), QColor(colours().second)
        for one in sorted(found.asked, key=lambda asked: asked.text is not None):
            value = _("没有这个名称") if one.text is None else one.text or _("（空）")
            item = QTreeWidgetItem([one.place, one.name, value])
            item.setForeground(PLACE, muted)
            if one.text is None:
                item.setForeground(VALUE, wrong)
            for column in (PLACE, NAME, VALUE):
                item.setToolTip(column, item.text(column))
            self.asked.addTopLevelItem(item)
        if found.unknown:
            text = _("{n}处名称不能识别，请在表样中改正后更换。可用的名称在“可用名称”中复制。")
            self._tell_form(text.format(n=len(found.unknown)), "error")
        else:
            each = _("每个项目一份。") if found.by_project else ""
            rows = _("指标行只列出第一行。") if any(one.of_row for one in found.asked) else ""
            text = _("{n}处都能填写。{each}{rows}").format(n=len(found.asked), each=each, rows=rows)
            self._tell_form(text, "good")
        self._show_names()

    def _fail(self, error: Exception) -> None:
        self._take(None)
        if not isinstance(error, UserError):
            raise error
        self._tell_form(str(error), "error")

    def _tell_form(self, text: str, role: str) -> None:
        self.about_form.setText(text)
        set_role(self.about_form, role)

    def _show_names(self) -> None:
        """The names that a form may ask for, those that fit the words typed."""
        from core.report.own_form import offered_names

        book, year = self.desk.book, self.desk.year
        rows = reported_projects(book, year) if self.preview and self.preview.by_project else []
        words = self.words.text().strip()
        self.names.clear()
        for name in offered_names(book, year, rows[0].project if rows else 0):
            if not words or fit(words, name) is not None:
                self.names.addItem(f"{{{name}}}")

    def _show_actions(self) -> None:
        fixed, busy, chosen = self.desk.file_readonly, self.work.is_busy, self.current is not None
        for widget in (self.add, self.replace, self.remove):
            widget.setVisible(not fixed and (chosen or widget is self.add))
            widget.setEnabled(not busy)
        self.fill.setEnabled(bool(self.ticked) and not busy)
        count = len(self.ticked)
        self.fill.setText(_("填写并保存{n}个表").format(n=count) if count > 1 else _("填写并保存"))

    def _say(self, text: str, is_problem: bool) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, "error" if is_problem else "second")

    def _on_ticked(self, item: QListWidgetItem) -> None:
        number = item.data(_KEY)
        if item.checkState() == Qt.CheckState.Checked:
            self._unticked.discard(number)
        else:
            self._unticked.add(number)
        self._show_actions()

    # What is done

    def _ask_add(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("添加表样"), str(documents()), TABLES)
        if chosen:
            self.take_in(Path(chosen))

    def _ask_replace(self) -> None:
        if form := self.current:
            chosen, _kind = QFileDialog.getOpenFileName(self, _("更换表样"), str(documents()), TABLES)
            if chosen:
                self.take_in(Path(chosen), form.id)

    def take_in(self, path: Path, replaces: int = 0) -> None:
        """Look at a form in the background and keep it, in place of another one where ``replaces`` names it."""
        self.work.run(partial(_read, path), lambda source: self._keep(source, replaces))

    def _keep(self, source: Source, replaces: int) -> None:
        try:
            change = add_form(self.desk.book, self.desk.year, source, self.desk.today(), replaces)
            self.desk.ledger.commit(change, contents([source]))
        except UserError as error:
            self._say(str(error), True)
            return
        self._say(_("已保存在台账中，新建下一年度时一并沿用。"), False)

    def _remove(self) -> None:
        form = self.current
        if form is None:
            return
        problem = save(self.desk, lambda: remove_attachment(self.desk.book, form.id))
        self._say(problem or _("已移除“{name}”，可以撤销（Ctrl+Z）。").format(name=form.name), bool(problem))

    def _ask_fill(self) -> None:
        folder = self.desk.report_folder or documents()
        chosen = QFileDialog.getExistingDirectory(self, _("保存到文件夹"), str(folder))
        if chosen:
            self.desk.choose_folder(Path(chosen))
            self.fill_in(Path(chosen))

    def fill_in(self, folder: Path) -> None:
        """Fill in the ticked forms and write them into a folder, in the background."""
        work = partial(_fill, self.desk.ledger, self.desk.year, self.ticked, folder)
        self.work.run(work, partial(self._filled, folder))

    def _filled(self, folder: Path, written: list[FilledForm]) -> None:
        text = _("已填写{n}个文件，保存在“{folder}”。").format(n=len(written), folder=folder)
        problems = list(dict.fromkeys(problem for one in written for problem in one.problems))
        more = [_("……")] if len(problems) > _SHOWN else []
        self._say("\n".join([text, *problems[:_SHOWN], *more]), bool(problems))

    def _copy(self) -> None:
        if item := self.names.currentItem():
            QGuiApplication.clipboard().setText(item.text())
            self._say(_("已复制{name}，粘贴到表样的单元格中即可。").format(name=item.text()), False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_in(dropped_files(event.mimeData())[0])

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        self.forms.setProperty("role", "roomy")
        self.forms.setAccessibleName(_("表样"))
        self.forms.currentItemChanged.connect(lambda _now, _before: self._show_form())
        self.forms.itemChanged.connect(self._on_ticked)
        left.addWidget(_card(self.forms), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for widget in (self.add, self.replace, self.remove):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        left.addLayout(buttons)
        head = QHBoxLayout()
        head.setSpacing(14)
        group = QButtonGroup(self)
        for number, tab in enumerate(self.tabs):
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked, number=number: self._stack.setCurrentIndex(number))
            group.addButton(tab)
            head.addWidget(tab)
        self.tabs[0].setChecked(True)
        head.addStretch(1)
        self.project.setAccessibleName(_("查看哪个项目的数据"))
        self.project.setFixedWidth(220)
        self.project.picked.connect(lambda _value: self._show_form())
        head.addWidget(self.project)
        self._build_lists()
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        right.addWidget(self.about_form)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addLayout(left, 4)
        body.addLayout(right, 7)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(_("勾选要填写的表样"), "faint"))
        foot.addStretch(1)
        foot.addWidget(button(_("关闭"), self.accept))
        foot.addWidget(self.fill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(body, 1)
        layout.addWidget(self.said)
        layout.addLayout(foot)
        self.said.hide()
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)

    def _build_lists(self) -> None:
        tree = self.asked
        tree.setHeaderLabels([_("单元格"), _("名称"), _("填入的内容")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setProperty("role", "offers")
        tree.setAccessibleName(_("填入的数据"))
        header = tree.header()
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((PLACE, 120), (NAME, 190)):
            header.resizeSection(column, width)
        self.words.setPlaceholderText(_("搜索名称，双击或按 Ctrl+C 复制"))
        self.words.setAccessibleName(_("搜索名称"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self._show_names())
        self.names.setAccessibleName(_("可用名称"))
        self.names.itemDoubleClicked.connect(lambda _item: self._copy())
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.names)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        offered = QWidget()
        column = QVBoxLayout(offered)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(_card(self.names), 1)
        for widget in (_card(tree), offered):
            self._stack.addWidget(widget)


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(3, 3, 3, 3)
    inside.addWidget(widget)
    return card


def _state(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked


def _read(path: Path, _progress: Progress) -> Source:
    return read_form(path)


def _preview(ledger: Ledger, year: int, form: Attachment, about: int, _progress: Progress) -> Preview:
    return preview_form(ledger, year, form, about)


def _fill(ledger: Ledger, year: int, forms: list[Attachment], folder: Path, progress: Progress) -> list[FilledForm]:
    return fill_forms(ledger, year, forms, folder, progress)
