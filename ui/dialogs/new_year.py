"""新建下一年度: its policy, and what it takes over from the year before."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.change import Change
from core.i18n import _
from core.next_year import open_next_year
from ui.desk import Desk
from ui.form import save
from ui.style import scaled
from ui.widgets.parts import button, label
from ui.widgets.policy_pick import PolicyPick


class NewYearDialog(QDialog):
    """Opens the year after the last one when it is accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.last = desk.book.years()[-1]
        self.setWindowTitle(_("新建{year}年度").format(year=self.last.year + 1))
        self.setMinimumWidth(scaled(560))
        self.policy = PolicyPick()
        self.policy.show_policies(self.last.year + 1, self.last.policy, renews=True)
        self.projects = QCheckBox(_("项目和子项目（名称、代码、类别）"))
        self.indicators = QCheckBox(_("绩效指标（目标值，不含完成值）"))
        self.texts = QCheckBox(_("报告文字"))
        self._fault = label("", "error", wraps=True)
        self._build()

    def accept(self) -> None:
        """Open the year, or say what forbids it."""
        if problem := save(self.desk, self._change):
            self._fault.setText(problem)
            self._fault.show()
            return
        super().accept()

    def _change(self) -> Change:
        chosen = None if self.projects.isChecked() else ()
        make = partial(open_next_year, self.desk.book, self.last.year, self.policy.text(), chosen)
        return make(self.indicators.isChecked(), self.texts.isChecked())

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(label(_("评分与核对口径"), "heading"))
        layout.addWidget(self.policy)
        layout.addSpacing(6)
        layout.addWidget(label(_("沿用{year}年度的内容").format(year=self.last.year), "heading"))
        for box in (self.projects, self.indicators, self.texts):
            layout.addWidget(box)
            box.setChecked(box is not self.texts)
        self.projects.toggled.connect(self._follow)
        text = _("沿用的内容会标明“沿用上年”，核对后确认。结转资金在“年度锁定与定稿”中带入。")
        layout.addWidget(label(text, "faint", wraps=True))
        self._fault.hide()
        layout.addWidget(self._fault)
        row = QHBoxLayout()
        row.addStretch(1)
        make = button(_("新建年度"), self.accept, "primary")
        make.setDefault(True)
        row.addWidget(make)
        row.addWidget(button(_("取消"), self.reject))
        layout.addLayout(row)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _follow(self, is_checked: bool) -> None:
        """Indicators and texts of projects need their projects; the unit's own can be taken alone."""
        self.indicators.setText(
            _("绩效指标（目标值，不含完成值）") if is_checked else _("部门整体绩效指标（目标值，不含完成值）")
        )
