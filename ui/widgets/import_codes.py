"""A list of classification codes (科目代码) on its way into the user's own lists: what it adds, what it renames."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.codes import KIND_LABELS, CodeKind
from core.errors import UserError
from core.i18n import _
from core.intake.code_lists import CodeList, ListedCode
from core.own_codes import add_codes, forget_codes, own_codes
from ui.desk import Desk
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.parts import Hint, button, label


class CodeTable(RecordTable):
    """The codes of the sheet, those that change something first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = (
            Column("state", _("处理"), 80),
            Column("row", _("行"), 60, is_amount=True),
            Column("kind", _("分类"), 180),
            Column("code", _("科目代码"), 110),
            Column("name", _("科目名称"), 300),
            Column("before", _("现有名称"), 0),
        )
        super().__init__(columns, parent)

    def key(self, record: ListedCode) -> int:
        return record.row

    def text(self, record: ListedCode, column: str) -> str:
        match column:
            case "state":
                return _("新增") if record.is_new else _("已有") if record.is_known else _("改名")
            case "kind":
                return KIND_LABELS[record.code.kind]
            case "code" | "name":
                return str(getattr(record.code, column))
        return str(getattr(record, column))

    def tone(self, record: ListedCode, column: str) -> str:
        if record.is_known:
            return "faint"
        if column == "state":
            return "good" if record.is_new else "warning"
        return ""


class CodeStep(QWidget):
    """The codes and the button that keeps them."""

    back_asked = Signal()
    kept = Signal(str)  # what was kept, in words

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table = CodeTable(self)
        self.grid = GridView(self.table, self)
        self.grid.setAccessibleName(_("科目代码"))
        self.said = label("", "strong", wraps=True)
        self.keep = button(_("存入科目"), self._keep, "primary")
        self.forget = button(_("恢复内置科目"), self._forget)
        self._list: CodeList | None = None
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.forget)
        foot.addWidget(button(_("上一步"), self.back_asked.emit))
        foot.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        hint = _("科目存在本机，对所有台账和核对规则有效；内置科目没有的代码会补上，名称不同的以这份表为准。")
        layout.addWidget(Hint(hint))
        layout.addWidget(self.grid, 1)
        layout.addLayout(foot)

    def show_codes(self, codes: CodeList) -> None:
        """Show a list before it is kept."""
        self._list = codes
        self.table.reset_rows(sorted(codes.listed, key=lambda one: (one.is_known, one.row)))
        new = sum(one.is_new for one in codes.listed)
        renamed = len(codes.changes) - new
        text = _("共{all}个科目：新增{new}个，改名{renamed}个，已有{known}个，跳过{out}行。")
        known = len(codes.listed) - new - renamed
        self.said.setText(
            text.format(all=len(codes.listed), new=new, renamed=renamed, known=known, out=len(codes.skipped))
        )
        self.keep.setEnabled(bool(codes.changes))
        self.forget.setVisible(any(own_codes(kind) for kind in CodeKind))

    def _keep(self) -> None:
        assert self._list is not None
        changes = [one.code for one in self._list.changes]
        self._do(lambda: add_codes(changes), _("已存入{count}个科目。").format(count=len(changes)))

    def _forget(self) -> None:
        self._do(forget_codes, _("已恢复为内置科目。"))

    def _do(self, action: object, text: str) -> None:
        try:
            action()  # type: ignore[operator]
        except UserError as error:
            self.said.setText(str(error))
            return
        self.desk.check_anew()
        self.kept.emit(text)
