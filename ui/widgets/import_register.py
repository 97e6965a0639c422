"""导入登记: every import with what it brought; one can be withdrawn later, and its records shown."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.batches import KINDS, Batch
from core.book import Book
from core.change import Diff
from core.check import About
from core.errors import UserError
from core.history import place_of
from core.i18n import _
from core.intake.commit import batches, records_of, withdraw
from core.labels import record_title
from core.money import show_yuan
from ui.desk import Desk
from ui.tables import Column, RecordTable
from ui.widgets.ask_bar import AskBar
from ui.widgets.grid import GridView
from ui.widgets.parts import button, label

MOST = 500  # records listed of one import
_PLACE = Qt.ItemDataRole.UserRole


def place_of_first(book: Book, batch: Batch) -> About | None:
    """The place of the first record of an import that can be shown; None where nothing of it is left."""
    return next((place for record in records_of(book, batch) if (place := place_of(book, Diff(None, record)))), None)


class BatchTable(RecordTable):
    """One import in each row, the latest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column("time", _("导入时间"), 140),
            Column("file", _("文件"), 220),
            Column("sheet", _("工作表"), 120),
            Column("kind", _("内容"), 80),
            Column("year", _("年度"), 60),
            Column("count", _("条数"), 70, is_amount=True),
            Column("amount", _("合计（元）"), 130, is_amount=True),
            Column("state", _("状态"), 0),
        )
        super().__init__(columns, parent)

    def text(self, record: Batch, column: str) -> str:
        match column:
            case "time":
                return record.time.replace("T", " ")[:16]
            case "kind":
                return KINDS.get(record.kind, record.kind)
            case "amount":
                return show_yuan(record.amount) if record.amount else ""
            case "state":
                when = record.withdrawn.replace("T", " ")[:16]
                return _("已于{when}撤回").format(when=when) if when else _("有效")
        return str(getattr(record, column))

    def tone(self, record: Batch, column: str) -> str:
        if column == "state" and not record.withdrawn:
            return "good"
        return "faint" if record.withdrawn else ""

    def tip(self, record: Batch, column: str) -> str:
        return _("文件校验码：{digest}").format(digest=record.digest) if column == "file" else ""


class ImportRegister(QWidget):
    """The imports above, the records of the chosen one below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table = BatchTable(self)
        self.grid = GridView(self.table, self)
        self.grid.setAccessibleName(_("导入登记"))
        self.records = QListWidget()
        self.records.setProperty("role", "roomy")
        self.records.setAccessibleName(_("这次导入的记录"))
        self.withdraw = button(_("撤回这次导入…"), self._ask)
        self.go = button(_("查看所选记录"), self._go)
        self.ask = AskBar()
        self.fault = label("", "hint-error", wraps=True)
        self._none = label(
            _("还没有导入过表格。导入以后，每一次都列在这里，可以查看记录，也可以整批撤回。"), "second", wraps=True
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = label("", "heading")
        self._lower = QWidget()
        self._build()
        self.grid.moved.connect(self._on_moved)
        self.records.itemActivated.connect(lambda _item: self._go())
        self.records.currentItemChanged.connect(lambda item, _before: self.go.setEnabled(item is not None))

    def refresh(self) -> None:
        """Show the register as it is now."""
        held = self.grid.current
        found = batches(self.desk.book)
        self.table.show_rows(found)
        self._none.setVisible(not found)
        self._card.setVisible(bool(found))
        self._lower.setVisible(bool(found))
        if found and not (held is not None and self.grid.stand_at(held.id)):
            self.grid.stand_at(found[0].id)
        self._on_moved(self.grid.current)

    def _on_moved(self, batch: Batch | None) -> None:
        self.fault.hide()
        self.ask.give_up()
        self.records.clear()
        book = self.desk.book
        batch = book.get(Batch, batch.id) if batch else None
        self.withdraw.setEnabled(batch is not None and not batch.withdrawn and not self.desk.file_readonly)
        self.go.setEnabled(False)
        if batch is None:
            return
        made = records_of(book, batch)
        title = _("“{file}”的记录：现有{count}条").format(file=batch.file, count=len(made))
        self._title.setText(title + (_("，列出前{n}条").format(n=MOST) if len(made) > MOST else ""))
        for record in made[:MOST]:
            item = QListWidgetItem(record_title(book, record))
            item.setData(_PLACE, place_of(book, Diff(None, record)))
            self.records.addItem(item)

    def _ask(self) -> None:
        """Ask before withdrawing; what prevents it is said at once."""
        batch = self.grid.current
        if batch is None:
            return
        try:
            change = withdraw(self.desk.book, batch.id, datetime.now())
        except UserError as error:
            self.fault.setText(_("不能撤回：{reason}").format(reason=error))
            self.fault.show()
            return
        outcome = self.desk.try_(change)
        gone = len(change.diffs) - 1
        text = _("撤回“{file}”的导入，删除它带来的{count}条记录？可以撤销。").format(file=batch.file, count=gone)
        if outcome is not None and outcome.raised:
            text += _("撤回后会新出现{n}个核对问题。").format(n=len(outcome.raised))
        self.ask.ask(text, _("撤回"), lambda: self._withdraw(batch.id), is_grave=True)

    def _withdraw(self, batch: int) -> None:
        try:
            change = withdraw(self.desk.book, batch, datetime.now())
        except UserError as error:
            self.desk.told.emit(str(error), True)
            return
        if self.desk.commit(change):
            self.desk.told.emit(_("{label}。可以用“撤销”恢复。").format(label=change.label), False)

    def _go(self) -> None:
        item = self.records.currentItem()
        batch = self.grid.current
        if item is not None and batch is not None and (place := item.data(_PLACE)):
            self.desk.set_year(batch.year)
            self.desk.go(place)

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        upper = QVBoxLayout(card)
        upper.setContentsMargins(1, 1, 1, 1)
        upper.addWidget(self.grid)
        foot = QHBoxLayout()
        foot.addWidget(self._title, 1)
        foot.addWidget(self.go)
        foot.addWidget(self.withdraw)
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(8)
        lower.addLayout(foot)
        lower.addWidget(self.ask)
        lower.addWidget(self.fault)
        listed = QFrame()
        listed.setProperty("role", "card")
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.addWidget(self.records)
        lower.addWidget(listed, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._none)
        layout.addWidget(card, 3)
        layout.addWidget(self._lower, 2)
        self._card = card
        self.fault.hide()
