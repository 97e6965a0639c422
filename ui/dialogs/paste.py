"""The preview of a block from the clipboard: what each column becomes, which rows are taken, and why others are not."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.batches import EVENTS
from core.i18n import _
from core.intake.cells import Sheet
from core.intake.header import EVENT_COLUMNS
from core.intake.values import WAN, YUAN
from core.ledger import describe
from core.model import EVENT_LABELS
from core.money import show_yuan
from core.pasting import CELLS, FIELDS, KIND_LABELS, Mapped, Pasted, Target, guess, paste, read_block
from ui.desk import Desk
from ui.fields import Pick
from ui.form import forecast, save
from ui.tables import PLAIN, Column, Look, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label, set_role

STATE, REASON = "state", "reason"
BECOMES = -1  # the row over the block, where the columns are chosen
TRIED = 2000  # rows up to which the preview says what pasting would break
_MARKS = {"good": _("粘贴"), "error": _("有误"), "info": _("不粘贴")}


class PasteModel(RecordTable):
    """Rows are row numbers of the block, under one that says what the columns become."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        widths = [_width(sheet, place) for place in range(sheet.width)]
        columns = [Column(str(place), _("第{n}列").format(n=place + 1), width) for place, width in enumerate(widths)]
        super().__init__((Column(STATE, "", 34), *columns, Column(REASON, _("说明"), 0)), parent)
        self._sheet = sheet
        self._pasted = Pasted(None, 0, 0)  # type: ignore[arg-type]
        self._mapped = Mapped("", ())
        self._wrong: dict[int, list[str]] = {}

    def show_pasted(self, mapped: Mapped, pasted: Pasted) -> None:
        """Show what the block would become."""
        self._mapped, self._pasted = mapped, pasted
        self._wrong = {}
        for (row, _place), reason in (*pasted.wrong.items(), *pasted.unsure.items()):
            self._wrong.setdefault(row, []).append(reason)
        self.show_rows([BECOMES, *range(len(self._sheet.rows))])
        self.tell_all()

    def state(self, row: int) -> str:
        """Whether a row is pasted (good), cannot be (error), or is not meant to be (info)."""
        if row < self._mapped.first or row in self._mapped.skipped or row in self._pasted.left_out:
            return "info"
        wrong = any(place[0] == row for place in self._pasted.wrong) if self._pasted.wrong else False
        return "error" if wrong else "good"

    def reason(self, row: int) -> str:
        """Why a row is not pasted, or what is not certain about it."""
        if row < self._mapped.first:
            return _("标题")
        words = [self._pasted.left_out[row]] if row in self._pasted.left_out else []
        words += self._wrong.get(row, [])
        if row in self._mapped.skipped and not words:
            words.append(_("不要这一行"))
        if row in self._pasted.notes:
            words.append(self._pasted.notes[row])
        asked = _("可按空格粘贴：") if row in self._pasted.answerable else ""
        return asked + "；".join(words)

    def key(self, record: int) -> int:
        return record

    def text(self, record: int, column: str) -> str:
        if record == BECOMES:
            return _("填入→") if column == REASON else ""
        if column == STATE:
            return _MARKS[self.state(record)]
        return self.reason(record) if column == REASON else self._sheet.text(record, int(column))

    def tone(self, record: int, column: str) -> str:
        if record == BECOMES or self.state(record) == "info":
            return "faint"
        if column == REASON:
            if self.state(record) == "error":
                return "error"
            return "warning" if record in self._wrong else "second"
        return "" if column == STATE or self._mapped.fields[int(column)] else "faint"

    def ground(self, record: int, column: str) -> str:
        if record == BECOMES:
            return "page"
        if column in (STATE, REASON):
            return ""
        if (record, int(column)) in self._pasted.wrong:
            return "error_soft"
        return "warning_soft" if (record, int(column)) in self._pasted.unsure else ""

    def look(self, record: int, column: str) -> Look:
        return Look(mark=self.state(record)) if column == STATE and record != BECOMES else PLAIN

    def tip(self, record: int, column: str) -> str:
        if record == BECOMES:
            return ""
        place = (record, int(column)) if column not in (STATE, REASON) else (record, BECOMES)
        said = self._pasted.wrong.get(place) or self._pasted.unsure.get(place)
        return said or (self.reason(record) if column in (STATE, REASON) else self.text(record, column))


def _width(sheet: Sheet, place: int) -> int:
    """Room for the longest text of a column's first rows, within reason."""
    longest = max((len(sheet.text(row, place)) for row in range(min(60, len(sheet.rows)))), default=0)
    return max(134, min(220, 28 + 11 * longest))


class PasteGrid(GridView):
    """Space leaves a row out or takes it in."""

    has_own_columns = False

    def __init__(self, model: PasteModel, toggle: Any) -> None:
        super().__init__(model)
        self._toggle = toggle

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle([row for row in self.chosen() if row != BECOMES])
        else:
            super().keyPressEvent(event)


class PasteDialog(QDialog):
    """Pastes on Enter or by its button, as one step that can be undone."""

    def __init__(
        self, desk: Desk, text: str, target: Target, kinds: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.target = target
        self.sheet = read_block(text)
        self.mapped = guess(desk.book, self.sheet, target, kinds[0] if len(kinds) == 1 else "")
        self.pasted = paste(desk.book, self.sheet, target, self.mapped, desk.today())
        self.setWindowTitle(_("粘贴预览"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = Pick({kind: KIND_LABELS[kind] for kind in kinds})
        self.unit = Pick({YUAN: YUAN, WAN: WAN})
        self.event_kind = Pick({"": _("看各行"), **{kind: EVENT_LABELS[kind] for kind in EVENT_COLUMNS}})
        self.titled = QCheckBox(_("前面是标题行"))
        self.model = PasteModel(self.sheet, self)
        self.grid = PasteGrid(self.model, self.toggle)
        self.picks: list[Pick] = []
        self._said = label(wraps=True)
        self._warned = label(role="second", wraps=True)
        self._paste = button(_("粘贴"), self.accept, "primary")
        self._build()
        self._show()

    # What is chosen

    def become(self, place: int, field: str) -> None:
        """Take a column for another field; a field has one column."""
        fields = [("" if held == field else held) for held in self.mapped.fields]
        fields[place] = field
        self._take(replace(self.mapped, fields=tuple(fields)))

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave rows out, or take them in."""
        asked = frozenset(rows) & self.pasted.answerable
        taken = self.mapped.taken & frozenset(rows)
        if asked or taken:
            self._take(replace(self.mapped, taken=(self.mapped.taken - taken) | asked))
        else:
            self._take(replace(self.mapped, skipped=self.mapped.skipped ^ frozenset(rows)))

    def accept(self) -> None:
        """Paste as one step; what forbids it is said."""
        if not self.pasted.change:
            return
        count, total = self.pasted.count, self.pasted.total
        if problem := save(self.desk, lambda: self.pasted.change):
            set_role(self._said, "error")
            self._said.setText(problem)
            return
        done = _("已粘贴{count}个金额。") if self.mapped.kind == CELLS else _("已粘贴{count}笔，合计{total}元。")
        self.desk.told.emit(done.format(count=count, total=show_yuan(total)), False)
        super().accept()

    def _on_kind(self, kind: str) -> None:
        self._take(guess(self.desk.book, self.sheet, self.target, kind))
        self._offer()

    def _on_titled(self, is_titled: bool) -> None:
        self._take(replace(self.mapped, first=max(1, self.mapped.first) if is_titled else 0))

    def _take(self, mapped: Mapped) -> None:
        self.mapped = mapped
        self.pasted = self._tried()
        self._show()

    def _tried(self) -> Pasted:
        """What pasting would do, without the rows that must not be saved: these are marked with the reason."""
        mapped = self.mapped
        desk, pasted = self.desk, paste(self.desk.book, self.sheet, self.target, mapped, self.desk.today())
        if pasted.count > TRIED or not pasted.change:
            return pasted
        outcome = desk.try_(pasted.change)
        blocked = {pasted.sources.get(one.about.id, -1): describe(one) for one in (outcome.blocking if outcome else ())}
        blocked.pop(-1, None)
        if not blocked:
            return pasted
        rest = replace(mapped, skipped=mapped.skipped | frozenset(blocked))
        pasted = paste(desk.book, self.sheet, self.target, rest, desk.today())
        first = next((place for place, name in enumerate(mapped.fields) if name == "date"), 0)
        return replace(pasted, wrong={**pasted.wrong, **{(row, first): why for row, why in blocked.items()}})

    # What is on show

    def _show(self) -> None:
        mapped, pasted = self.mapped, self.pasted
        self.model.show_pasted(mapped, pasted)
        for place, pick in enumerate(self.picks):
            pick.set_value(mapped.fields[place])
        self.kind.set_value(mapped.kind)
        self.unit.set_value(mapped.unit)
        self.event_kind.set_value(mapped.event_kind)
        for widget in (self.event_kind, self._event_label):
            widget.setVisible(mapped.kind == EVENTS and "amount" in mapped.fields)
        self.titled.setChecked(mapped.first > 0)
        self._say()
        self._paste.setEnabled(bool(pasted.change))

    def _say(self) -> None:
        mapped, pasted = self.mapped, self.pasted
        if mapped.kind == CELLS:
            text = _("将修改{count}个金额").format(count=pasted.count)
        else:
            text = _("将新增{count}笔{what}，合计{total}元").format(
                count=pasted.count, what=KIND_LABELS[mapped.kind], total=show_yuan(pasted.total)
            )
        wrong = len({row for row, _place in pasted.wrong})
        out = len(set(pasted.left_out) | (set(mapped.skipped) - {row for row, _place in pasted.wrong}))
        if wrong:
            text += _("；{count}行有误，不会粘贴").format(count=wrong)
        if out:
            text += _("；{count}行不粘贴").format(count=out)
        set_role(self._said, "error" if wrong else "strong")
        self._said.setText(text + "。")
        said = forecast(self.desk, lambda: pasted.change) if 0 < pasted.count <= TRIED else None
        self._warned.setText(said.text if said else "")
        self._warned.setVisible(bool(said and said.text))

    def _offer(self) -> None:
        """The choices over the columns, for the kind of rows there is now."""
        options = {"": _("（不取）"), **FIELDS[self.mapped.kind]}
        for place in range(self.sheet.width):
            if place >= len(self.picks):
                pick = Pick(options)
                pick.setAccessibleName(_("第{n}列填入").format(n=place + 1))
                pick.picked.connect(partial(self.become, place))
                self.picks.append(pick)
                self.grid.setIndexWidget(self.model.index(0, place + 1), pick)
            self.picks[place].set_options(options)
            self.picks[place].set_value(self.mapped.fields[place])

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._event_label = QLabel(_("变动类型"))
        for widget in (QLabel(_("粘贴为")), self.kind, QLabel(_("金额单位")), self.unit, self._event_label):
            head.addWidget(widget)
        head.addWidget(self.event_kind)
        head.addWidget(self.titled)
        head.addWidget(Hint(_("空格：选中的行粘贴或不粘贴；上面一行选择各列填入哪里")), 1)
        self.kind.setEnabled(self.kind.count() > 1)
        named = ((self.kind, _("粘贴为")), (self.unit, _("金额单位")), (self.event_kind, _("没有写明的变动类型")))
        for pick, name in named:
            pick.setAccessibleName(name)
        self.kind.picked.connect(self._on_kind)
        self.unit.picked.connect(lambda unit: self._take(replace(self.mapped, unit=unit)))
        self.event_kind.picked.connect(lambda kind: self._take(replace(self.mapped, event_kind=kind)))
        self.titled.clicked.connect(self._on_titled)
        self.grid.setAccessibleName(_("剪贴板中的内容"))
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._paste)
        foot.addWidget(button(_("取消"), self.reject))
        self._paste.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._warned)
        layout.addLayout(foot)
        self.pasted = self._tried()
        self.model.show_pasted(self.mapped, self.pasted)
        self._offer()
        wanted = 120 + sum(column.width or 260 for column in self.model.columns)
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        self.resize(max(680, min(wanted, room.width() - 80)), max(360, min(620, room.height() - 120)))
