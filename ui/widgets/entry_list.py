"""A list of entries and what is done with it: words that thin it out, the line for the next entry, links and menu.

The entries of a project and those of the whole year are lists of this kind.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from core import commands, commitments
from core.attachments import place_of
from core.block_edits import locked_entries, remove_entries
from core.book import Book
from core.change import Change
from core.entries import Entry
from core.entry_list import View, removal_question
from core.i18n import _
from core.ledger import Outcome
from core.model import FUND_LABELS, Commitment, CommitmentState, Payment
from core.money import show_yuan
from core.pasting import EVENTS, PAYMENTS, Target
from ui.desk import Desk
from ui.form import save
from ui.style import row_height
from ui.widgets.amount_bar import AmountBar
from ui.widgets.amount_grid import AmountGrid
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_kinds import SETTERS
from ui.widgets.entry_line import EntryLine
from ui.widgets.entry_table import DATE, ECONOMIC, FUND, MEMO, PAYEE, PROJECT, PURPOSE, EntryTable
from ui.widgets.grid import ROW
from ui.widgets.parts import button, label

MANY, PAUSE = 10_000, 160  # entries from which on the words are waited for, in milliseconds


class EntryList(QWidget):
    """Subclasses lay the parts out and say what is listed. ``ask`` is the bar where deleting is confirmed."""

    def __init__(
        self,
        desk: Desk,
        ask: AskBar,
        model: EntryTable,
        line: EntryLine,
        parent: QWidget | None = None,
        view: AmountGrid | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._ask = ask
        self.model = model
        self.view = view or AmountGrid(model)
        self.view.setMinimumHeight(row_height(ROW) * 4)
        self.view.previews = True
        self.filter = QLineEdit(placeholderText=_("筛选（Ctrl+F）"))
        self.line = line
        self.bar = AmountBar(desk)
        self._count = label(role="faint")
        self._actions = {
            "pay": button(_("转为支出"), self.pay, "link"),
            "drop": button(_("取消在途"), self.drop, "link"),
            "take_up": button(_("恢复在途"), self.take_up, "link"),
            "reverse": button(_("红字冲销"), self.reverse, "link"),
            "change": button(_("修改"), self.change, "link"),
            "delete": button(_("删除"), self.delete, "link"),
            "files": button(_("佐证材料"), self.show_files, "link"),
        }
        self._actions["files"].setToolTip(_("查看、添加这一笔的发票、合同、批复等文件"))
        self._actions["change"].setToolTip(_("修改这一笔的全部字段（F4）"))
        self._refining = QTimer(self, singleShot=True)
        self._refining.timeout.connect(self._refine)
        self._dress()
        self.view.moved.connect(lambda _record: self._show_actions())
        self.view.delete_asked.connect(lambda _record: self.delete())
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.pasted.connect(self.paste)
        self.view.ended.connect(self._begin_after)
        self.view.selectionModel().selectionChanged.connect(lambda *_parts: self._show_actions())
        self.filter.textChanged.connect(self._on_words)
        self.filter.returnPressed.connect(self._to_list)
        self.line.done.connect(self.view.setFocus)
        self.bar.closed.connect(self._on_bar_closed)

    def follow(self, outcome: Outcome) -> None:
        """Take in a change of the book."""
        raise AssertionError("every list follows the book")

    def show_notes(self) -> None:
        """Mark the cells that findings are about, and the entries that files are kept with."""
        self.model.show_notes(self.desk.review().open)
        self._show_actions()

    def show_entry(self, entry: Entry, field: str) -> bool:
        """Go to an entry, to the cell of a field of it; what hides it is taken away."""
        key = self.model.key(entry)
        if self.model.view.is_part and self.model.row_of(key) < 0:
            self.show_everything()
        return self.view.show_place(key, self.model.column_for(type(entry), field))

    def show_everything(self) -> None:
        """Show all entries again."""
        self.filter.clear()
        self._refine()

    @property
    def home(self) -> int:
        """The project of new entries that name none; 0: each must name its own."""
        return 0

    @property
    def is_ready(self) -> bool:
        """Whether there is something entries can belong to."""
        return True

    # What can be done with the chosen entry

    def change(self) -> None:
        """Take the chosen entry into the line, with every field it has."""
        entry = self.view.current
        if not self.desk.locked and isinstance(entry, Entry):
            self.view.finish()
            self.bar.give_up()
            self.line.change(entry)

    def show_files(self) -> None:
        """Look through the files (佐证材料) of the chosen entry; in a locked year too."""
        from ui.dialogs.attachments import AttachmentsDialog

        if place := place_of(self.view.current):
            self.view.finish()
            AttachmentsDialog(self.desk, place, self.window()).open()

    def delete(self) -> None:
        """Ask whether the chosen entries are to go, with their number and sum, and take them away as one step."""
        entries = [entry for entry in self.view.chosen() if isinstance(entry, Entry)]
        if self.desk.locked or not entries:
            return
        book = self.desk.book
        fixed = locked_entries(book, entries)
        going = [entry for entry in entries if entry not in fixed]
        if not going:
            text = _("所选记录在已锁定的月份，不能删除。支出请用“红字冲销”，其他请先解除该月的锁定。")
            self.desk.told.emit(text, True)
            return
        question = removal_question(book, going)
        if fixed:
            question += _("另有{count}笔在已锁定的月份，不会删除，支出请用红字冲销。").format(count=len(fixed))
        self._ask.ask(question, _("删除"), lambda: self._commit(lambda: remove_entries(self.desk.book, going)), True)

    def reverse(self) -> None:
        """Ask for the day and the amount of the 红字 of the chosen payment, all of it to begin with."""
        entry = self.view.current
        if self.desk.locked or not isinstance(entry, Payment) or entry.reverses:
            return
        book = self.desk.book
        left = entry.amount + sum(one.amount for one in book.reversals(entry.id))
        if not left:
            self.desk.told.emit(_("这笔支出已全部冲销。"), False)
            return
        question = _("冲销 {date} 的支出 {amount}元").format(date=entry.date, amount=show_yuan(entry.amount))
        if left != entry.amount:
            question += _("，还可冲销{left}元").format(left=show_yuan(left))

        def make(day: str, amount: int, _ticked: bool) -> Change:
            return commands.reverse_payment(self.desk.book, entry.id, day, amount)

        self._ask_amount(question, _("登记红字"), left, make)

    def paste(self, text: str) -> None:
        """Show what a block of the clipboard would become, as new entries."""
        if self.desk.locked or not self.is_ready:
            self.desk.told.emit(_("本年度已锁定，不能粘贴。") if self.desk.locked else _("请先选择一个项目。"), True)
            return
        from ui.dialogs.paste import PasteDialog

        target = Target(self.desk.year, self.home)
        dialog = PasteDialog(self.desk, text, target, (PAYMENTS, EVENTS), self.window())
        dialog.finished.connect(lambda _done: self.view.setFocus())
        dialog.open()

    def pay(self) -> None:
        """Ask for the day and the amount, and turn the chosen commitment into a payment."""
        entry = self.view.current
        if self.desk.locked or not isinstance(entry, Commitment) or entry.state != CommitmentState.OPEN:
            return
        whom = entry.payee or entry.purpose
        question = _("支付在途 {amount}元").format(amount=show_yuan(entry.amount))
        question += f"（{whom}）" if whom else ""

        def make(day: str, amount: int, rest_stays: bool) -> Change:
            return commitments.pay_commitment(self.desk.book, entry.id, day, amount, rest_stays)

        self._ask_amount(question, _("登记支出"), entry.amount, make, _("余额仍在途"))

    def drop(self) -> None:
        """Say that the chosen commitment will not be paid."""
        self._settle(commitments.drop_commitment)

    def take_up(self) -> None:
        """Open the chosen commitment again."""
        self._settle(commitments.take_up_commitment)

    def _settle(self, command: Callable[[Book, int], Change]) -> None:
        entry = self.view.current
        if not self.desk.locked and isinstance(entry, Commitment):
            self._commit(partial(command, self.desk.book, entry.id))

    def _ask_amount(
        self, question: str, yes: str, amount: int, make: Callable[[str, int, bool], Change], box: str = ""
    ) -> None:
        day = commands.entry_day(self.desk.year, "payment", self.desk.today())
        self.line.hide()
        self.bar.ask(question, yes, day, amount, make, box)

    def _on_bar_closed(self) -> None:
        self._show_state()
        self.view.setFocus()

    def _commit(self, make: Callable[[], Change]) -> None:
        if problem := save(self.desk, make):
            self.desk.told.emit(problem, True)

    # Words

    def find(self) -> None:
        """Type the words that entries must fit to be on show."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _on_words(self, _words: str) -> None:
        if len(self.model.whole) > MANY:  # typed on before the list is gone through
            self._refining.start(PAUSE)
        else:
            self._refine()

    def _refine(self) -> None:
        self._refining.stop()
        self.view.finish()
        self.model.show_view(self._wanted_view())
        self._show_state()

    def _wanted_view(self) -> View:
        """What is wanted by the fields on show."""
        return replace(self.model.view, words=self.filter.text())

    def _show_state(self) -> None:
        """Bring what stands around the list up to date."""
        raise AssertionError("every list says how many entries it shows")

    def _leave_filter(self) -> None:
        """Show everything again, or go back to the list."""
        if self.filter.text():
            self.filter.clear()
        else:
            self.view.setFocus()

    def _to_list(self) -> None:
        self._refine()
        if self.model.rows and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus()

    def _begin_after(self, entry: Entry) -> None:
        if not self.line.isHidden():
            self.line.begin_after(entry)

    def _wanted(self) -> set[str]:
        """What can be done with the chosen entry."""
        entry, locked = self.view.current, self.desk.locked
        if not isinstance(entry, Entry):
            return set()
        if len(self.view.chosen_rows()) > 1:
            return set() if locked else {"delete"}
        always = {"files"} if place_of(entry) else set()
        if locked:
            return always
        always |= {"change", "delete"}
        match entry:
            case Payment(reverses=0):
                return always | {"reverse"}
            case Commitment(state=CommitmentState.OPEN):
                return always | {"pay", "drop"}
            case Commitment(state=CommitmentState.DROPPED):
                return always | {"take_up"}
        return always

    def _show_actions(self) -> None:
        wanted = self._wanted()
        for key, made in self._actions.items():
            made.setVisible(key in wanted)
        held = len(self.desk.book.attachments(self.desk.year, place_of(self.view.current))) if "files" in wanted else 0
        self._actions["files"].setText(_("佐证材料 {n}").format(n=held) if held else _("佐证材料"))

    def _open_menu(self, place: QPoint) -> None:
        if isinstance(entry := self.view.current, Entry):
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._fill_menu(menu, entry)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _fill_menu(self, menu: QMenu, entry: Entry) -> None:
        """What can be done with the chosen entries."""
        self.view.add_block_actions(menu)
        wanted, count = self._wanted(), len(self.view.chosen_rows())
        if wanted and count > 1:
            below = menu.addMenu(_("批量修改所选 {count} 笔").format(count=count))
            for key in (DATE, PURPOSE, PAYEE, ECONOMIC, FUND, PROJECT, MEMO):
                if any(self.model.is_editable(one, key) for one in self.view.chosen()[:200]):
                    title = self.model.columns[self.model.column_of(key)].title
                    below.addAction(title, partial(self._edit_all, key))
        elif not self.desk.locked and wanted:
            funds = menu.addMenu(_("资金性质"))
            for fund, name in FUND_LABELS.items():
                choice = funds.addAction(name, partial(self._set_fund, entry, fund))
                choice.setCheckable(True)
                choice.setChecked(entry.fund == fund)
        menu.addSeparator()
        for key, made in self._actions.items():
            if key in wanted:
                menu.addAction(made.text(), made.click)

    def _edit_all(self, column: str) -> None:
        """Open a field whose text goes into all chosen entries; its column is shown for that."""
        number = self.model.column_of(column)
        if self.view.isColumnHidden(number):
            self.view.arranged.show_column(number, True)
        self.view.begin_all(column)

    def _set_fund(self, entry: Entry, fund: str) -> None:
        self._commit(partial(SETTERS[type(entry)], self.desk.book, entry.id, fund=fund))

    def _dress(self) -> None:
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        key = QShortcut(QKeySequence(Qt.Key.Key_F4), self.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.change)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.find)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.filter)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave_filter)
        self.filter.setAccessibleName(_("筛选明细：文字、金额、月份，例如 3月 >5000"))
        self.filter.setToolTip(_("文字、拼音首字母、金额或月份，可写几个，例如：3月 培训 >5000"))
        self.filter.setClearButtonEnabled(True)
        self.actions_row = QWidget()
        row = QHBoxLayout(self.actions_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for widget in (*self._actions.values(), self._count):
            row.addWidget(widget)
