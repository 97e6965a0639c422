"""The preview of a block that is pasted into the cells of a grid: where each cell goes, what stands there now, and
which ones cannot be pasted and why."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.block_places import find_places
from core.change import Change
from core.i18n import _
from core.intake.cells import text_of
from core.money import AmountError, parse_amount
from core.pasting import CELLS, read_block, usual_unit
from ui.fields import Field, MoneyEdit, Pick, full_amount
from ui.form import forecast
from ui.tables import PLAIN, Column, Edit, Look, RecordTable
from ui.widgets import grid_blocks
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label, set_role

STATE, ROW_NAME, REASON = "state", "row", "reason"
BECOMES = -1  # the row over the block, where the columns are chosen
MOST = 2_000  # rows
WAN, YUAN = "万元", "元"
_MARKS = {"good": _("粘贴"), "error": _("有误"), "info": _("不粘贴")}


class CellsModel(RecordTable):
    """Rows are row numbers of the block, under one that says what its columns become."""

    def __init__(self, dialog: "PasteCellsDialog") -> None:
        width = len(dialog.columns)
        columns = [
            Column(str(place), _("第{n}列").format(n=place + 1), dialog.width_of(place), dialog.is_number(place))
            for place in range(width)
        ]
        first = (Column(STATE, "", 34), Column(ROW_NAME, _("粘贴到"), 170))
        super().__init__((*first, *columns, Column(REASON, _("说明"), 0)), dialog)
        self._dialog = dialog

    def key(self, record: int) -> int:
        return record

    def state(self, row: int) -> str:
        """Whether a row is pasted (good), has cells that cannot be (error), or takes nothing (info)."""
        if any(place[0] == row for place in self._dialog.wrong):
            return "error"
        return "good" if row in self._dialog.changed else "info"

    def text(self, record: int, column: str) -> str:
        dialog = self._dialog
        if record == BECOMES:
            return _("填入→") if column == ROW_NAME else ""
        if column == STATE:
            return _MARKS[self.state(record)]
        if column == ROW_NAME:
            return dialog.row_name(record)
        return dialog.reason(record) if column == REASON else dialog.cell(record, int(column))

    def tone(self, record: int, column: str) -> str:
        if record == BECOMES or self.state(record) == "info":
            return "faint"
        if column == REASON:
            return "error" if self.state(record) == "error" else "second"
        if column in (STATE, ROW_NAME):
            return ""
        return "" if (record, int(column)) in self._dialog.pasted | self._dialog.wrong.keys() else "faint"

    def ground(self, record: int, column: str) -> str:
        if record == BECOMES:
            return "page"
        if column in (STATE, ROW_NAME, REASON):
            return ""
        return "error_soft" if (record, int(column)) in self._dialog.wrong else ""

    def look(self, record: int, column: str) -> Look:
        return Look(mark=self.state(record)) if column == STATE and record != BECOMES else PLAIN

    def tip(self, record: int, column: str) -> str:
        if record == BECOMES or column in (STATE, ROW_NAME, REASON):
            return self.text(record, column)
        return self._dialog.wrong.get((record, int(column))) or self.text(record, column)


class PreviewGrid(GridView):
    """Nothing is typed here."""

    has_own_columns = False
    frozen_count = 2


class PasteCellsDialog(QDialog):
    """Pastes on Enter or by its button, as one step that can be undone."""

    def __init__(self, view: GridView, text: str) -> None:
        super().__init__(view.window())
        self.view = view
        self.table = view.table
        sheet = read_block(text)
        self._cells = [[text_of(sheet.cell(r, c)) for c in range(sheet.width)] for r in range(len(sheet.rows))][:MOST]
        self._shown = grid_blocks.shown_columns(view)
        self.titles = [self.table.full_title(self.table.columns[number]) for number in self._shown]
        self._names = view.table.naming or view.table.columns[0].key
        self.places = self._find()
        self.columns = list(self.places.columns)  # of the table's shown columns, by column of the block
        self.changed: set[int] = set()  # rows of the block that change something
        self.pasted: set[tuple[int, int]] = set()  # cells of the block
        self.wrong: dict[tuple[int, int], str] = {}
        self._edits: list[Edit] = []
        self._new: dict[int, Any] = {}  # records of rows to be added
        self._fields = QWidget(self)
        self._fields.hide()
        self.unit = Pick({YUAN: YUAN, WAN: WAN})
        self.unit.set_value(usual_unit(sheet, self.places.first, CELLS))
        if self.places.first and any(WAN in text for text in self._cells[0]):
            self.unit.set_value(WAN)
        self.model = CellsModel(self)
        self.grid = PreviewGrid(self.model)
        self.picks: list[Pick] = []
        self._said, self._warned = label(wraps=True), label(role="second", wraps=True)
        self._paste = button(_("粘贴"), self.accept, "primary")
        self._build()
        self._try()

    # What is chosen

    def become(self, place: int, column: str) -> None:
        """Take a column of the block for another one; each has one."""
        number = int(column)
        self.columns = [-1 if held == number else held for held in self.columns]
        self.columns[place] = number
        self._try()

    def accept(self) -> None:
        """Paste as one step; what forbids it is said."""
        if not self._edits:
            return
        if problem := self.table.put_all(self._step(), self._edits):
            set_role(self._said, "error")
            self._said.setText(problem)
            return
        super().accept()

    # What is said of the block

    def cell(self, row: int, place: int) -> str:
        """The text of a cell of the block."""
        line = self._cells[row]
        return line[place] if place < len(line) else ""

    def is_number(self, place: int) -> bool:
        """Whether a column of the block holds numbers, most of all."""
        texts = [text for row in range(self.places.first, len(self._cells)) if (text := self.cell(row, place).strip())]
        return sum(text[0].isdigit() or text[0] in "-（(¥" for text in texts) * 2 >= len(texts)

    def width_of(self, place: int) -> int:
        """Pixels for a column of the block: its texts and the choice over it."""
        texts = [self.cell(row, place) for row in range(min(60, len(self._cells)))]
        texts += [f"{title}　　" for title in self.titles]
        return max(90, min(220, 24 + max(map(self.fontMetrics().horizontalAdvance, texts))))

    def record(self, row: int) -> Any:
        """The record that a row of the block goes to; None: it has no place."""
        if row < self.places.first:
            return None
        number, rows = self.places.rows[row - self.places.first], self.table.rows
        if number < 0:
            return None
        blank = self.table.blank(0)
        held = len(rows) - (blank is not None)
        if number < held:
            return rows[number]
        if number not in self._new:
            self._new[number] = self.table.blank(number - held)
        return self._new[number]

    def row_name(self, row: int) -> str:
        """What the row is called that a row of the block goes to."""
        if row < self.places.first:
            return _("标题")
        if self.record(row) is None:
            return _("（没有对应的行）")
        number = self.places.rows[row - self.places.first]
        if number in self._new:
            return _("（新增）")
        return self.table.text(self.table.rows[number], self._names)

    def reason(self, row: int) -> str:
        """What becomes of a row of the block."""
        faults = [why for (r, _place), why in self.wrong.items() if r == row]
        if faults:
            return "；".join(dict.fromkeys(faults))
        if row < self.places.first or row in self.changed:
            return ""
        if self.record(row) is None:
            return _("表中没有这一行，不粘贴")
        return _("与表中相同或不能修改，不粘贴")

    # Behind it

    def _find(self) -> Any:
        table, view = self.table, self.view
        naming = next((place for place, n in enumerate(self._shown) if table.columns[n].key == self._names), 0)
        blank = table.blank(0)
        rows = table.rows[: len(table.rows) - (blank is not None)]
        names = [table.text(record, self._names) for record in rows]
        chosen = view.chosen_rows()
        at = (chosen[0] if chosen else 0, self._shown.index(view.chosen_columns()[0]))
        editable = any(table.is_editable(record, self._names) for record in (*rows[:1], *([blank] if blank else [])))
        return find_places(self._cells, self.titles, names, naming, at, editable)

    def _try(self) -> None:
        """Work out what pasting would do, and show it."""
        for _record, _column, field in self._edits:
            field.deleteLater()
        self._edits, self._new = [], {}
        self.changed, self.pasted, self.wrong = set(), set(), {}
        has_money = False
        for row in range(self.places.first, len(self._cells)):
            typed = record = self.record(row)
            for place, shown in enumerate(self.columns):
                if record is None or shown < 0:
                    continue
                column = self.table.columns[self._shown[shown]].key
                if not self.table.is_editable(record, column):
                    continue
                field = self.table.open_editor(typed, column, self._fields)
                has_money |= isinstance(field, MoneyEdit) and field.unit == YUAN
                problem = self._fill(field, self.cell(row, place))
                if problem:
                    self.wrong[row, place] = problem
                    field.deleteLater()
                    continue
                typed = self.table.with_typed(typed, column, field)
                if field.is_changed:
                    self.pasted.add((row, place))
                    self.changed.add(row)
                    self._edits.append((record, column, field))
                else:
                    field.deleteLater()
        for part in (self.unit, self._unit_name):
            part.setVisible(has_money)
        self._show()

    def _fill(self, field: Field, text: str) -> str:
        """Put a text into a field, an amount in the unit chosen."""
        if isinstance(field, MoneyEdit) and field.unit == YUAN and text.strip():
            try:
                text = full_amount(parse_amount(text, self.unit.value()), YUAN)
            except AmountError as error:
                return str(error)
        return grid_blocks.fill(field, text)

    def _step(self) -> str:
        return _("粘贴{count}格").format(count=len(self._edits))

    def _show(self) -> None:
        self.model.show_rows([BECOMES, *range(len(self._cells))])
        self.model.tell_all()
        for place, pick in enumerate(self.picks):
            pick.set_value(str(self.columns[place]))
        new = len({id(record) for record, _c, _f in self._edits if any(record is one for one in self._new.values())})
        text = _("将修改{count}格").format(count=len(self._edits))
        text += _("，新增{count}行").format(count=new) if new else ""
        if self.wrong:
            text += _("；{count}格有误，不会粘贴").format(count=len(self.wrong))
        set_role(self._said, "error" if self.wrong else "strong")
        self._said.setText(text + "。")
        self._paste.setEnabled(bool(self._edits))
        make: Callable[[], Change] | None = self.table.joined(self._step(), self._edits) if self._edits else None
        desk = self.table.desk
        said = forecast(desk, make) if make is not None and desk is not None else None
        self._warned.setText(said.text if said else "")
        self._warned.setVisible(bool(said and said.text))
        set_role(self._warned, said.tone if said and said.tone in ("error", "warning") else "second")

    def _build(self) -> None:
        self.setWindowTitle(_("粘贴预览"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._unit_name = QLabel(_("金额单位"))
        self.unit.setAccessibleName(_("金额单位"))
        self.unit.picked.connect(lambda _unit: self._try())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Hint(_("上面一行选择各列填入哪里；底色标出的格有误，不会粘贴")), 1)
        head.addWidget(self._unit_name)
        head.addWidget(self.unit)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._paste)
        foot.addWidget(button(_("取消"), self.reject))
        self._paste.setDefault(True)
        self.grid.setAccessibleName(_("剪贴板中的内容"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._warned)
        layout.addLayout(foot)
        self.model.show_rows([BECOMES, *range(len(self._cells))])
        unit = f"（{self.table.unit}）"
        options = {"-1": _("（不取）")}
        options |= {str(place): title.removesuffix(unit) for place, title in enumerate(self.titles) if title}
        for place in range(len(self.columns)):
            pick = Pick(options)
            pick.setAccessibleName(_("第{n}列填入").format(n=place + 1))
            pick.picked.connect(partial(self.become, place))
            self.picks.append(pick)
            self.grid.setIndexWidget(self.model.index(0, self.model.column_of(str(place))), pick)
        room = self.parentWidget().size()
        wanted = 120 + sum(column.width or 260 for column in self.model.columns)
        self.resize(max(680, min(wanted, room.width() - 80)), max(360, min(620, room.height() - 120)))
