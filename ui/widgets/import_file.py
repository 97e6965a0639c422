"""First step of the import: a file is chosen or dropped, read in the background, and its sheets are listed."""


from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.batches import KINDS
from core.codes import KIND_LABELS
from core.i18n import _
from core.intake.survey import Found
from ui.intake import ImportWork
from ui.tables import Column, RecordTable
from ui.widgets.drop_card import DropCard, ask_spreadsheet
from ui.widgets.grid import GridView
from ui.widgets.import_layouts import LayoutList
from ui.widgets.parts import button, label, set_role


class SheetList(RecordTable):
    """The sheets of a workbook with what each was recognised as."""

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        columns = (
            Column("name", _("工作表"), 200),
            Column("kind", _("识别为"), 130),
            Column("header", _("表头行"), 80),
            Column("rows", _("数据行"), 80, is_amount=True),
            Column("note", _("说明"), 0),
        )
        super().__init__(columns, parent)
        self._work = work

    def key(self, record: Found) -> str:
        return record.name

    def text(self, record: Found, column: str) -> str:
        one = record
        match column:
            case "name":
                return one.name
            case "kind":
                return kind_text(one)
            case "header":
                return rows_text(one.header.first, one.header.last) if one.header else ""
            case "rows":
                return str(one.rows)
        return self._note(record)

    def tone(self, record: Found, column: str) -> str:
        if column == "note":
            return "good" if record.name in self._work.done else "error" if record.problem else "second"
        return "" if record.header or record.codes else "faint"

    def tip(self, record: Found, column: str) -> str:
        return self.text(record, column) if column in ("name", "note") else ""

    def is_strong(self, record: Found) -> bool:
        return bool(self._work.found) and record is self._work.one

    def _note(self, one: Found) -> str:
        if stored := self._work.done.get(one.name):
            return _("已导入{count}条").format(count=stored.count)
        if one.problem:
            return one.problem
        words = [_("隐藏的工作表")] if one.is_hidden else []
        if one.layout:
            words.append(_("按记住的版式“{name}”").format(name=one.layout.name))
        if one.is_empty:
            words.append(_("空表"))
        elif one.header is None and one.codes is None:
            words.append(_("没有找到表头，可以在下一步指定"))
        return "；".join(words)


def kind_text(one: Found) -> str:
    """What a sheet was recognised as."""
    if one.codes is not None:
        return _("科目代码（{kinds}）").format(kinds="、".join(KIND_LABELS[kind] for kind in one.codes.kinds))
    return KINDS[one.header.kind] if one.header else _("未识别")


def rows_text(first: int, last: int) -> str:
    """Rows (from 0) as they are named to the user."""
    return str(first + 1) if first == last else f"{first + 1}—{last + 1}"


_EXAMPLES = (
    (_("支出"), _("支付日期、凭证号、收款人、用途、项目名称、支付金额")),
    (_("预算变动"), _("指标文号、发文时间、项目名称、指标类型、指标金额；或每类变动一列")),
    (_("项目"), _("项目代码、项目名称、上级项目、项目类别、年初预算")),
    (_("绩效指标"), _("一级指标、二级指标、三级指标、指标值、分值、实际完成值")),
    (_("填报数"), _("填报项、金额；或项目名称和各填报项一列")),
    (_("科目代码"), _("科目编码、科目名称（本省的功能分类或经济分类）")),
)


class FileStep(QWidget):
    """Where a file comes in, and which of its sheets is taken."""

    sheet_chosen = Signal(int)

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.drop = DropCard()
        self.choose = button(_("选择文件…"), self.ask, "primary")
        self.cancel = button(_("取消"), self._cancel)
        self.fault = label("", "hint-error", wraps=True)
        self.sheets = SheetList(work, self)
        self.grid = GridView(self.sheets, self)
        self.go_on = button(_("下一步"), self._go_on, "primary")
        self.layouts = LayoutList(work.desk)
        self._said = label("", "second", wraps=True)
        self._name = label("", "heading")
        self._build()
        work.begun.connect(self._on_begun)
        work.stepped.connect(self._on_stepped)
        work.read.connect(self._on_read)
        work.failed.connect(self._on_failed)

    def ask(self) -> None:
        """Let the officer choose a file."""
        if path := ask_spreadsheet(self, _("选择要导入的表格"), self.work.path):
            self.work.open(path)

    def show_file(self) -> None:
        """Show the sheets as they are now."""
        is_read = bool(self.work.found)
        self.sheets.reset_rows(self.work.found)
        self.grid.setVisible(is_read)
        self._foot.setVisible(is_read)
        for widget in (self.layouts, self._examples):
            widget.setVisible(not is_read)
        self.layouts.show_layouts()
        self._name.setVisible(is_read)
        if is_read:
            file = self.work.path.name if self.work.path else ""
            text = _("“{file}”中有{count}张工作表，选择要导入的一张：")
            self._name.setText(text.format(file=file, count=len(self.work.found)))
            self.grid.stand_at(self.work.one.name, "name")

    def _on_begun(self) -> None:
        self.fault.hide()
        name = self.work.path.name if self.work.path else ""
        self._said.setText(_("正在读取“{name}”…").format(name=name))
        self.bar.setRange(0, 0)
        self._busy(True)
        self.show_file()

    def _on_stepped(self, done: int, total: int) -> None:
        if total > 1:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _on_read(self) -> None:
        self._busy(False)
        self.show_file()
        self.grid.setFocus()

    def _on_failed(self, text: str) -> None:
        self._busy(False)
        if not self.work.found:
            self.fault.setText(text)
            self.fault.show()
        self.show_file()

    def _cancel(self) -> None:
        self.work.close()
        self._busy(False)
        self.show_file()

    def _busy(self, is_busy: bool) -> None:
        for widget in (self.bar, self.cancel):
            widget.setVisible(is_busy)
        self.choose.setEnabled(not is_busy)
        if is_busy:
            self.cancel.setFocus()
        else:
            self._said.setText(
                _("可以直接拖入 .xlsx、.xls、.et、.ods、.csv 文件，或财政系统导出的网页式 .xls；文件本身不会被修改。")
            )

    def _go_on(self) -> None:
        one = self.grid.current
        if one is not None and one.sheet is not None and not one.is_empty:
            self.sheet_chosen.emit(self.work.found.index(one))

    def _on_moved(self, one: Found | None) -> None:
        self.go_on.setEnabled(one is not None and one.sheet is not None and not one.is_empty)

    def _build(self) -> None:
        self.bar = self.drop.hold(self.choose, self._said, self.cancel)
        self.drop.dropped.connect(self.work.open)
        self.grid.setAccessibleName(_("工作表"))
        self.grid.ended.connect(lambda _record: self._go_on())
        self.grid.diverted.connect(lambda _record, _column, typed: None if typed else self._go_on())
        self.grid.moved.connect(self._on_moved)
        self._examples = QWidget()
        examples = QGridLayout(self._examples)
        examples.setContentsMargins(0, 0, 0, 6)
        examples.setVerticalSpacing(7)
        examples.setHorizontalSpacing(16)
        examples.addWidget(label(_("可以导入的表格"), "heading"), 0, 0, 1, 2)
        for row, (kind, columns) in enumerate(_EXAMPLES, 1):
            examples.addWidget(label(kind), row, 0)
            examples.addWidget(label(_("常见的列：{columns}").format(columns=columns), "second"), row, 1)
        examples.setColumnStretch(1, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        card = QFrame()
        set_role(card, "card")
        listed = QVBoxLayout(card)
        listed.setContentsMargins(12, 10, 12, 12)
        listed.setSpacing(8)
        listed.addWidget(self._name)
        listed.addWidget(self.grid, 1)
        listed.addWidget(self._examples)
        listed.addSpacing(6)
        listed.addWidget(self.layouts, 1)
        listed.addWidget(self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.drop)
        layout.addWidget(self.fault)
        layout.addWidget(card, 1)
        self.fault.hide()
        self._busy(False)
        self.show_file()
