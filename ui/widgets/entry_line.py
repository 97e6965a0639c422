"""The line that is always ready for the next entry: Enter goes on, Enter in the last field saves and begins anew.

It also takes a whole entry of the list back in, to change any of its fields in one step.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core import commands
from core.attachments import place_of
from core.change import Change
from core.entries import Entry, effect
from core.entry_list import entered_last, kind_name, payees, rest
from core.i18n import _
from core.model import BudgetEvent, Commitment, EventKind, Payment
from core.money import show_yuan
from core.refunds import CHOICES, refund_earlier
from ui.desk import Desk
from ui.fields import DayEdit, Field, MoneyEdit, Pick, TextEdit, full_amount
from ui.form import Forecast, forecast, save
from ui.style import scaled
from ui.suggest import PayeeEdit, SuggestEdit
from ui.widgets.attachment_strip import AttachmentStrip
from ui.widgets.cell_edit import ABOVE, REST
from ui.widgets.entry_kinds import (
    PAYMENT,
    REFUND,
    SETTERS,
    kind_of,
    kinds_for,
    new_entry,
    record_of,
)
from ui.widgets.entry_more import EntryMore
from ui.widgets.parts import button, label, set_role
from ui.widgets.past_payment import PastPayment

# What stays for the next entry while 更多 is open; what is folded away is never entered unseen.
KEPT = ("fund", "functional_code", "economic_code", "method", "level")


class EntryLine(QFrame):
    """Enters a payment, a commitment or a budget event of the chosen project, or changes one."""

    done = Signal()  # an entry was changed, or left as it was: back to the list

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.project = 0
        self.entry: Entry | None = None  # the one that is being changed
        self._was_folded = True  # 更多, before an entry was changed
        self.day = DayEdit(desk.year)
        self.kind = Pick({})
        self.amount = MoneyEdit(required=True)
        self.number = TextEdit()
        self.payee = PayeeEdit(lambda: payees(desk.book, desk.year))
        self.other = Pick({})
        self.past = PastPayment(desk)
        self.target = Pick(CHOICES)
        self.purpose = TextEdit()
        self.leading: tuple[Field, ...] = ()  # fields behind the day that a longer line has
        self.more = EntryMore(desk)
        self.files = AttachmentStrip(desk)
        self._heading = label(role="strong")
        self._cancel = button(_("取消修改"), self.give_up, "link")
        self._unfold = button(_("更多"), self.toggle_more)
        self._save = button(_("登记"), self.save, "primary")
        self._said = label(wraps=True)
        self._build()
        self.kind.edited.connect(self._on_kind)

    def show_project(self, project: int, keeps: bool = False) -> None:
        """Enter for this project from now on; what is being typed stays if it is the same one, or ``keeps``."""
        desk = self.desk
        book, year = desk.book, desk.year
        is_new = (project != self.project and not keeps) or self.day.year != year
        self.project = project
        self.day.year = year
        self.other.set_options({str(row.project): row.name for row in book.projects(year) if row.project != project})
        if self.entry is not None and (is_new or book.get(type(self.entry), self.entry.id) is None):
            self.entry = None
            self.more.setHidden(self._was_folded)
        self.past.show_project(project)
        self.kind.set_options(self._kinds())
        if is_new:
            self._show_mode()
            self.clear()
        for field in (*self._line(), *self.more.fields.values(), self._save, self._unfold):
            field.setEnabled(bool(project) and not desk.locked)
        self._on_kind()

    def follow(self) -> None:
        """Take in a change of the book: the entry that is being changed may have gone."""
        if self.entry is not None and self.desk.book.get(type(self.entry), self.entry.id) is None:
            self.give_up()
        self.files.show_place(place_of(self.entry))
        self.more.show_quotas()
        self._preview()

    def clear(self, keeps: Sequence[str] = ()) -> None:
        """An empty line with the day that fits its kind; some of the further fields may be kept."""
        for field in (self.number, self.payee, self.purpose, self.past):
            field.give("")
        self.amount.set_amount(None)
        self.more.clear(keeps)
        self._set_day()
        self._say(Forecast())
        self._name_unfold()

    def begin_after(self, entry: Entry) -> None:
        """Begin an entry like the last one of the list, with its day and its words."""
        kind = kind_of(entry)
        self.begin(kind if kind in self._kinds() and kind != EventKind.REALLOCATE else PAYMENT)
        self.day.give(entry.date)
        self.purpose.setText(entry.doc_title if isinstance(entry, BudgetEvent) else entry.purpose)
        self.day.setFocus()
        self.day.selectAll()
        self._preview()

    def begin(self, kind: str, typed: str = "") -> None:
        """Stand in the amount of an entry of a kind, as when its cell in the grid is typed into."""
        if self.entry is not None:
            self.give_up()
        self.kind.set_value(kind)
        self._on_kind()
        self.amount.setFocus()
        if typed:
            self.amount.setText(typed)
            self.amount.edited.emit()

    def change(self, entry: Entry) -> None:
        """Show every field of an entry of the list, to be changed and saved in one step."""
        if self.entry is None:
            self._was_folded = self.more.isHidden()
        self.entry = entry
        self.kind.set_options(self._kinds())
        self.kind.set_value(kind_of(entry))
        self.more.show()
        self._on_kind()
        self.day.set_day(entry.date)
        self.amount.set_amount(entry.amount)
        if isinstance(entry, BudgetEvent):
            self.number.give(entry.doc_no)
            self.purpose.give(entry.doc_title)
            other = self.desk.book.get(BudgetEvent, entry.pair)
            self.other.set_value(str(other.project) if other else "")
        else:
            self.number.give(entry.voucher if isinstance(entry, Payment) else "")
            self.payee.give(entry.payee)
            self.purpose.give(entry.purpose)
        self.more.give(entry)
        for field in (self.number, self.payee, self.purpose):
            field.setCursorPosition(0)  # long texts are read from their beginning
        self._show_mode()
        self._say(Forecast())
        self.amount.setFocus()
        self.amount.selectAll()

    def give_up(self) -> None:
        """Leave the entry that is being changed as it was; the line is ready for a new one."""
        self.entry = None
        self.kind.set_options(self._kinds())
        self._show_mode()
        self.more.clear()
        self.more.setHidden(self._was_folded)
        self._on_kind()
        self.clear()
        self.done.emit()

    def toggle_more(self) -> None:
        """Show or fold the further fields."""
        self.more.setVisible(self.more.isHidden())
        self.more.show_quotas()
        self._name_unfold()
        if self.more.isHidden():
            self.amount.setFocus()
        else:
            self.more.fields[self.more.shown()[0]].setFocus()

    def save(self) -> bool:
        """Save the entry and be ready for the next; False if something is wrong with it."""
        for field in self._fields():
            if isinstance(field, SuggestEdit):
                field.settle()
            if problem := field.problem():
                self._refuse(field, problem)
                return False
        if problem := save(self.desk, self._change):
            self._refuse(self.day if _("日期") in problem else self.amount, problem)
            return False
        if self.entry is not None:
            self.give_up()
            return True
        day = self.day.text()
        self.clear(() if self.more.isHidden() else KEPT)
        self.day.give(day)
        self.day.setFocus()
        self.day.selectAll()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            offering = isinstance(watched, SuggestEdit) and watched.is_offering
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                fields = self._fields()
                if watched is fields[-1] or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.save()
                else:
                    self._go_on(watched)
                return True
            if event.key() == Qt.Key.Key_Escape and not offering:
                (self.clear if self.entry is None else self.give_up)()
                return True
            if event.key() == Qt.Key.Key_F4:
                self.toggle_more()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        fields = self._fields()
        field = next((f for f in fields if f is watched), fields[0])
        if isinstance(field, SuggestEdit):
            field.settle()
        if problem := field.problem():
            self._refuse(field, problem)
            return
        following = fields[fields.index(field) + 1]
        following.setFocus()
        if not isinstance(following, Pick):
            following.selectAll()

    def _line(self) -> list[Field]:
        spent = (self.amount, self.number, self.payee, self.other, self.past, self.target, self.purpose)
        return [self.day, *self.leading, self.kind, *spent]

    def _fields(self) -> list[Field]:
        """The fields in the order of Enter."""
        shown = [field for field in self._line() if not field.isHidden()]
        return shown if self.more.isHidden() else shown + [self.more.fields[key] for key in self.more.shown()]

    # What the fields mean

    def _kinds(self) -> dict[str, str]:
        is_sub = bool(self.project and self.desk.book.parent(self.project))
        return kinds_for(self.entry, is_sub, self.past.has_any)

    def _change(self) -> Change:
        book, year, kind = self.desk.book, self.desk.year, self.kind.value()
        day, amount = self.day.day(), self.amount.amount() or 0
        if kind == REFUND:
            return refund_earlier(book, year, self.past.payment(), day, amount, self.target.value())
        details = self._details()
        if self.entry is None:
            return new_entry(book, year, self.project, kind, day, amount, int(self.other.value() or 0), **details)
        if isinstance(self.entry, BudgetEvent):
            details["kind"] = kind
        return SETTERS[type(self.entry)](book, self.entry.id, date=day, amount=amount, **details)

    def _details(self) -> dict[str, object]:
        number, purpose, payee = (field.text().strip() for field in (self.number, self.purpose, self.payee))
        own: dict[type[Entry], dict[str, object]] = {
            Payment: {"voucher": number, "payee": payee, "purpose": purpose},
            Commitment: {"payee": payee, "purpose": purpose},
            BudgetEvent: {"doc_no": number, "doc_title": purpose},
        }
        return own[record_of(self.kind.value())] | self.more.values()

    def _on_kind(self, *_args: object) -> None:
        kind, record = self.kind.value(), record_of(self.kind.value())
        is_refund = kind == REFUND
        self.number.setVisible(record is not Commitment and not is_refund)
        self.payee.setVisible(record is not BudgetEvent)
        self.other.setVisible(kind == EventKind.REALLOCATE)
        self.other.setEnabled(self.entry is None and not self.desk.locked)
        self.past.setVisible(is_refund)
        self.target.setVisible(is_refund)
        self.purpose.setVisible(not is_refund)
        self._unfold.setVisible(not is_refund)
        if is_refund:
            self.more.hide()
        self.number.setFixedWidth(scaled(160 if record is BudgetEvent and kind != EventKind.REALLOCATE else 104))
        self.number.setPlaceholderText(_("凭证号") if kind == PAYMENT else _("文号"))
        self.purpose.setPlaceholderText(_("文件标题或摘要") if record is BudgetEvent else _("用途"))
        self.amount.setToolTip(_("正数为调入本项目，负数为调出") if kind == EventKind.REALLOCATE else "")
        self.more.show_kind(record, kind, self.project)
        self._name_unfold()
        self._order_tabs()
        if self.entry is None and not self.day.is_changed:
            self._set_day()
        self._preview()

    def _order_tabs(self) -> None:
        """Tab goes as the eye does: along the line, then through the further fields, then to saving."""
        order = [*self._line(), self._unfold, *(self.more.fields[key] for key in self.more.shown())]
        for before, after in pairwise([*order, self._save, self._cancel]):
            QWidget.setTabOrder(before, after)

    def _set_day(self) -> None:
        self.day.set_day(commands.entry_day(self.desk.year, self.kind.value(), self.desk.today()))

    # What is said

    def _expand(self) -> None:
        """Put what a short sign stands for in its place: what is left, or the words of the entry before."""
        book, year, record = self.desk.book, self.desk.year, record_of(self.kind.value())
        if self.amount.text().strip() in REST:
            left = rest(book, year, self.project, self.kind.value())
            own = effect(self.entry) if self.entry else 0
            self.amount.setText("" if left is None else full_amount(left - own, self.amount.unit))
        for field, name in ((self.payee, "payee"), (self.purpose, "doc_title" if record is BudgetEvent else "purpose")):
            if field.text().strip() in ABOVE:
                self.payee.close_offers()
                field.setText(getattr(entered_last(book, year, self.project, record), name, ""))

    def _preview(self) -> None:
        self._expand()
        wrong = any(field.problem() for field in self._fields())
        self._say(Forecast() if wrong else forecast(self.desk, partial(self._change)))
        self._name_unfold()

    def _refuse(self, field: Field, problem: str) -> None:
        field.mark(problem)
        field.setFocus()
        self._say(Forecast(problem, "error"))

    def _say(self, said: Forecast) -> None:
        set_role(self._said, said.tone or "faint")
        self._said.setText(said.text)
        self._said.setVisible(bool(said.text))

    def _name_unfold(self) -> None:
        count = self.more.filled()
        is_folded = self.more.isHidden()
        self._unfold.setText(
            _("更多 {count} ▾").format(count=count or "").replace("  ", " ") if is_folded else _("收起 ▴")
        )

    def _show_mode(self) -> None:
        """Whether an entry is being changed, and which."""
        entry = self.entry
        if entry is not None:
            what, amount = kind_name(entry), show_yuan(entry.amount)
            text = _("修改 {date} {what} {amount}元").format(date=entry.date, what=what, amount=amount)
            self._heading.setText(text)
        self._head.setVisible(entry is not None)
        self.files.show_place(place_of(entry))
        self._save.setText(_("登记") if entry is None else _("保存"))
        self._save.setToolTip(_("保存并录下一笔（Ctrl+Enter）") if entry is None else _("保存修改（Ctrl+Enter）"))

    def _build(self) -> None:
        self.setProperty("role", "line-of-entry")
        row = self.fields_row = QHBoxLayout()
        row.setSpacing(6)
        widths = ((self.day, 112), (self.kind, 118), (self.amount, 118), (self.number, 104), (self.payee, 116))
        for field, width in (*widths, (self.other, 140)):
            field.setFixedWidth(scaled(width))
            row.addWidget(field)
        row.addWidget(self.past, 1)
        row.addWidget(self.target)
        row.addWidget(self.purpose, 1)
        row.addWidget(self._unfold)
        row.addWidget(self._save)
        names = (
            *(_("日期"), _("类型"), _("金额（元）"), _("文号或凭证号"), _("收款人"), _("对方项目")),
            *(_("原支出"), _("退回资金的去向"), _("用途或摘要")),
        )
        for field, name in zip(self._line(), names, strict=True):
            field.setAccessibleName(name)
        for field in (*self._line(), *self.more.fields.values()):
            field.installEventFilter(self)
        for field in self._line():
            if field is not self.kind:
                field.edited.connect(self._preview)
        self.more.edited.connect(self._preview)
        self.amount.setPlaceholderText(_("金额"))
        self.payee.setPlaceholderText(_("收款人"))
        self._unfold.setToolTip(_("资金性质、科目、使用的指标等（F4）"))
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(14)
        head.addWidget(self._heading)
        head.addWidget(self._cancel)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 8)
        layout.setSpacing(5)
        layout.addWidget(self._head)
        layout.addLayout(row)
        layout.addWidget(self.more)
        layout.addWidget(self.files)
        layout.addWidget(self._said)
        for part in (self._head, self.more, self.files, self._said, self.other, self.past, self.target):
            part.hide()
