"""收支台账: all budget events, payments and commitments of the year by date, with a line ready for the next one."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.check import About
from core.entries import Entry
from core.i18n import _
from core.ledger import Outcome
from ui.desk import Desk
from ui.page import Page
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_kinds import RECORD_OF
from ui.widgets.parts import Hint, label
from ui.widgets.year_list import YearList


class EntriesPage(Page):
    """One list over all projects; what is typed in the line below goes where its project field says."""

    name = "entries"
    title = _("收支台账")
    icon = "book"
    least_height = 420

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ask = AskBar()
        self.list = YearList(desk, self.ask)
        self._place: tuple[object, int] = (None, 0)  # the ledger and year the page was filled from
        self._follow = QTimer(self, singleShot=True)
        self._follow.timeout.connect(self._select)
        self._build()
        self.list.view.moved.connect(lambda _record: self._follow.start(0))  # once for a run of arrow keys
        self.ask.closed.connect(self.list.view.setFocus)

    def refresh(self, outcome: Outcome | None) -> None:
        place = (self.desk.ledger, self.desk.year)
        if place != self._place:
            self._place = place
            self.ask.give_up()
            self.list.show_year()
            self.list.view.setFocus()
        elif outcome is not None:
            self.list.follow(outcome)
        else:
            self.list.renew()
        self.list.show_notes()

    def locate(self, about: About) -> bool:
        self.leave()
        if about.kind not in RECORD_OF:
            return False
        entry = self.desk.book.get(RECORD_OF[about.kind], about.id)
        return entry is not None and entry.year == self.desk.year and self.list.show_entry(entry, about.field)

    def leave(self) -> None:
        self.ask.give_up()
        self.list.bar.give_up()
        if reason := self.list.view.finish():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def areas(self) -> list[QWidget]:
        return [self.list.view, self.list.line, self.list.filter]

    def _select(self) -> None:
        if self.desk.is_open:
            entry = self.list.view.current
            self.desk.selected.emit(
                About(_KIND_OF[type(entry)], entry.id) if isinstance(entry, Entry) else About("unit")
            )

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.title, "title"))
        hint = _("Ctrl+F 筛选，F2 修改一格，F4 修改整笔，空格折叠月份；从表格软件复制后可直接粘贴")
        head.addWidget(Hint(hint), 1)
        head.addWidget(label(_("金额单位：元"), "faint"))
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(card, 1)
        layout.addWidget(self.ask)


_KIND_OF = {record: kind for kind, record in RECORD_OF.items()}
