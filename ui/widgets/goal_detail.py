"""Under the indicators: what does not fit into a cell of the chosen one, and why it scores as it does."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core import indicators
from core.attachments import place_of
from core.goals import ATTAINED_LABELS, Indicator, Operator, Version
from core.i18n import _
from core.indicator_text import points, target_text
from core.labels import field_label
from core.scoring import Scored, band
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.style import icon
from ui.widgets.attachment_strip import AttachmentStrip
from ui.widgets.field_form import FieldForm
from ui.widgets.parts import Hint, button, elided, label, set_role

MOST = 9_999_999  # people asked
_OF_GOAL = ("evidence", "method")
_LEFT = ("reason", "evidence")
_RIGHT = ("attained", "sample", "method")


class GoalDetail(QFrame):
    """Fields save themselves; what moves or removes the indicator is asked of the table."""

    move_asked = Signal(int)  # step
    delete_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self._indicator = 0
        self._name, self._note = label(role="strong"), Hint("")
        self.inapplicable = QCheckBox(field_label(Indicator, "inapplicable"))
        self.inapplicable.setToolTip(_("本年度不再适用的指标不计分，其余指标折算成100分"))
        self.inapplicable.clicked.connect(lambda ticked: self._tick(ticked))
        self.confirm = button(_("确认沿用"), self._confirm, "link")
        self.formula = button(_("按公式计分"), self._by_formula, "link")
        self.up = _tool("chevron_up", _("上移（Alt+↑）"), lambda: self.move_asked.emit(-1))
        self.down = _tool("chevron_down", _("下移（Alt+↓）"), lambda: self.move_asked.emit(1))
        self.delete = button(_("删除"), self.delete_asked.emit, "link")
        self.delete.setToolTip(_("删除这个指标（Delete）"))
        self.goal, self.left, self.right = (FieldForm(self._save, self._try) for _n in range(3))
        self.files = AttachmentStrip(desk, _("佐证文件"))
        self._build()

    def show_row(self, row: Scored | None, version: str, is_fixed: bool) -> None:
        """Show an indicator; None: none is chosen."""
        one = row.indicator if row else None
        number = one.id if one else 0
        if number != self._indicator:
            self._let_go()
        self._indicator = number
        is_self = version == Version.SELF
        self.goal.setVisible(not is_self)
        for form in (self.left, self.right):
            form.setVisible(is_self)
        shown = one or Indicator(id=0)
        values = {name: getattr(shown, name) for name in (*_LEFT, *_RIGHT)}
        values["sample"] = str(shown.sample) if shown.sample else ""
        for form in (self.goal, self.left, self.right):
            form.show_values(values, bool(number) and not is_fixed)
        qualitative = shown.operator == Operator.QUALITATIVE
        self.right.fields["attained"].setEnabled(bool(number) and not is_fixed and qualitative)
        self.inapplicable.setVisible(is_self)
        self.inapplicable.setEnabled(bool(number) and not is_fixed)
        self.inapplicable.setChecked(shown.inapplicable)
        self.confirm.setVisible(bool(number) and shown.taken_over and not is_fixed)
        self.formula.setVisible(bool(is_self and row and row.given is not None and not is_fixed))
        for tool in (self.up, self.down, self.delete):
            tool.setVisible(bool(number) and not is_fixed)
        self.files.show_place(place_of(one))
        self._head(row if number else None, version)

    def finish(self) -> str:
        """Save what is being typed; returns why it could not be saved."""
        return self.goal.finish() or self.left.finish() or self.right.finish()

    def _let_go(self) -> None:
        """Save what is typed for the indicator on show; what cannot be saved is told and given up."""
        if reason := self.finish():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)
        for form in (self.goal, self.left, self.right):
            form.clear_focus()

    def focus(self, field: str) -> bool:
        """Stand in a field."""
        forms = (self.goal,) if self.goal.isVisible() else (self.left, self.right)
        return any(form.focus(field) for form in forms)

    def begin(self, field: str, typed: str) -> None:
        """Stand in a field and go on typing there."""
        if self.focus(field) and typed:
            self.left.fields["reason"].insertPlainText(typed)

    def _head(self, row: Scored | None, version: str) -> None:
        name = (row.indicator.name or _("未命名指标")) if row else _("选中一个指标，在这里填写说明")
        self._name.setText(elided(name, self._name, 260))
        self._name.setToolTip(name)
        role, text = ("second", "") if row is None else self._words(row, version)
        self._note.setText(text)
        self._note.setToolTip(text)
        set_role(self._note, role)
        set_role(self._name, "strong" if row else "faint")

    def _words(self, row: Scored, version: str) -> tuple[str, str]:
        one = row.indicator
        if version == Version.GOAL:
            return "second", target_text(one)
        if row.reason_missing:
            return "warning", _("⚠ {why}，请填写偏差原因").format(why=row.needs_reason)
        if row.needs_reason:
            return "second", _("{why}，已说明").format(why=row.needs_reason)
        if row.obstacle:
            return "warning" if row.printed is None and not one.inapplicable else "second", row.obstacle
        held = band(one, self.desk.book.policy(self.desk.year))
        if held:
            return "second", _("这一档得分{least}—{most}分").format(least=points(held[1]), most=points(held[0]))
        return "good", _("✓ 完成指标值{target}").format(target=target_text(one))

    def _save(self, key: str, value: object) -> str:
        if key == "sample":
            text = str(value).strip()
            if text and not (text.isdecimal() and int(text) <= MOST):
                return _("“{text}”不是样本量，请输入整数，例如 120。").format(text=text)
            value = int(text or 0)
        return self._set(**{key: value})

    def _try(self, key: str, value: object) -> Forecast:
        if key == "sample":
            return Forecast()
        return forecast(self.desk, partial(indicators.set_indicator, self.desk.book, self._indicator, **{key: value}))

    def _set(self, **fields: object) -> str:
        return save(self.desk, partial(indicators.set_indicator, self.desk.book, self._indicator, **fields))

    def _tick(self, ticked: bool) -> None:
        self._tell(lambda: self._set(inapplicable=ticked))

    def _confirm(self) -> None:
        self._tell(lambda: save(self.desk, partial(indicators.confirm, self.desk.book, [self._indicator])))

    def _by_formula(self) -> None:
        self._tell(lambda: save(self.desk, partial(indicators.score_by_formula, self.desk.book, self._indicator)))

    def _tell(self, act: Callable[[], str]) -> None:
        if problem := act():
            self.desk.told.emit(problem, True)

    def _build(self) -> None:
        goal, left, right = self.goal, self.left, self.right
        goal.add_line("evidence", field_label(Indicator, "evidence"), _("数据从哪里来，如签到表、统计报表"))
        goal.begin_column()
        goal.add_line("method", field_label(Indicator, "method"), _("如问卷调查"))
        left.add_text(
            "reason", _("偏差原因\n改进措施"), 3, _("没有完成、得分低于分值或远超指标值时，写明原因和改进措施")
        )
        left.add_line("evidence", field_label(Indicator, "evidence"), _("如签到表、统计报表"))
        right.add_pick("attained", field_label(Indicator, "attained"), {"": _("（定性指标选择）"), **ATTAINED_LABELS})
        right.add_line("sample", field_label(Indicator, "sample"), _("问卷或回访的份数"))
        right.add_line("method", field_label(Indicator, "method"), _("如问卷调查"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._note, 1)
        for widget in (self.formula, self.confirm, self.inapplicable, self.delete):
            head.addWidget(widget)
        arrows = QHBoxLayout()
        arrows.setSpacing(0)
        for tool in (self.up, self.down):
            arrows.addWidget(tool)
        head.addLayout(arrows)
        forms = QWidget()
        row = QHBoxLayout(forms)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(goal, 1)
        row.addWidget(left, 3)
        row.addWidget(right, 2)
        for form in (left, right):
            row.setAlignment(form, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(forms)
        layout.addWidget(self.files)


def _tool(picture: str, name: str, action: Callable[[], object]) -> QPushButton:
    made = button("", action, "quiet")
    made.setIcon(icon(picture))
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
