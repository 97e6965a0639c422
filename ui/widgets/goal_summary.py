"""The self-evaluation in a line of figures, what caps it and what is missing; it follows what is being typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.goal_gaps import Lack
from core.i18n import _
from core.indicator_text import points
from core.money import show_rate
from core.scoring import Evaluation
from ui.widgets.parts import Hint, button, label, set_role


class FigureCell(QWidget):
    """A name, and under it a figure with what it is out of."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._figure, self._of = label(role="title"), label(role="faint")
        self._name = label(title, "second")
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addWidget(self._figure)
        row.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._name)
        layout.addLayout(row)

    def show_figure(self, figure: str, of: str = "", role: str = "title", tip: str = "") -> None:
        """Show a figure, what it is out of, and what is said of it when asked."""
        self._figure.setText(figure)
        self._of.setText(of)
        self._of.setVisible(bool(of))
        set_role(self._figure, role)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._title} {figure}{of}")

    def show_named(self, title: str, figure: str, of: str) -> None:
        """Show a figure under another name."""
        self._title = title
        self._name.setText(title)
        self.show_figure(figure, of)

    @property
    def text(self) -> str:
        """The figure shown."""
        return self._figure.text()


class GoalSummary(QFrame):
    """``asked`` is the first thing that is missing: to be shown."""

    asked = Signal(object)  # Lack

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rate = FigureCell(_("执行率"))
        self.execution = FigureCell(_("执行率得分"))
        self.indicators = FigureCell(_("指标得分"))
        self.total = FigureCell(_("总分"))
        self.grade = FigureCell(_("等级"))
        self.limits, self.note = Hint(""), Hint("")
        self.go = button(_("去填写"), self._ask, "link")
        self._first: Lack | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 14, 8)
        layout.setSpacing(20)
        for cell in (self.rate, self.execution, self.indicators, self.total, self.grade):
            layout.addWidget(cell)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addStretch(1)
        for line in (self.limits, self.note):
            said.addWidget(line)
        said.addStretch(1)
        layout.addLayout(said, 1)
        layout.addWidget(self.go)

    def show_evaluation(self, held: Evaluation, lacks: Sequence[Lack], is_tried: bool = False) -> None:
        """Show an evaluation; ``is_tried``: as it would be with what is being typed."""
        role = "figure-tried" if is_tried else "title"
        rate = show_rate(held.rate.numerator, held.rate.denominator) if held.rate is not None else "—"
        self.rate.show_figure(rate, tip=_("全年执行数÷全年预算数"))
        self.execution.show_figure(points(held.execution_score), f"/{held.execution_points}")
        full = held.full - held.execution_points
        if held.rows:
            self.indicators.show_figure(points(held.indicator_score), f"/{points(full)}", role)
        else:
            self.indicators.show_figure("—")
        tip = _("有不适用的指标，其余指标折算成100分") if held.rescaled else _("执行率得分＋指标得分")
        total = points(held.capped_total) if held.rows else "—"
        self.total.show_figure(total, "/100" if held.rows else "", role, tip)
        self.grade.show_figure(
            held.grade or "—", role=role, tip="" if held.grade else _("指标还没有填完，暂不评定等级")
        )
        if not is_tried:
            self._say(held, lacks)

    def _say(self, held: Evaluation, lacks: Sequence[Lack]) -> None:
        limits = []
        if held.cap:
            text = _("执行率低于{below}%，总分最高{most}分")
            if held.total > held.capped_total:
                text = _("执行率低于{below}%，总分由{total}分降为{most}分")
            limits.append(text.format(below=held.cap[0], most=held.cap[1], total=points(held.total)))
        if held.rescaled:
            limits.append(_("不适用的指标不计分，其余折算成100分"))
        self.limits.setText("；".join(limits))
        self.limits.setToolTip("\n".join(limits))
        self.limits.setVisible(bool(limits))
        set_role(self.limits, "warning" if held.cap else "second")
        names = "；".join(lack.text for lack in lacks)
        missing = _("还缺{n}项：{names}").format(n=len(lacks), names=names)
        self.note.setText(missing if lacks else _("✓ 已填写完整"))
        self.note.setToolTip("\n".join(lack.text for lack in lacks))
        set_role(self.note, "warning" if lacks else "good")
        self._first = lacks[0] if lacks else None
        self.go.setVisible(bool(lacks))

    def _ask(self) -> None:
        if self._first:
            self.asked.emit(self._first)
