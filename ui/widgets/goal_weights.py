"""Under the indicators: what is left of the points of each first level, red until nothing is."""

from decimal import Decimal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.goals import Indicator
from core.i18n import _
from core.indicator_text import points
from core.policy import Policy
from core.quantities import parse_value
from ui.widgets.parts import Hint, label, set_role


class WeightLine(QFrame):
    """One word for each first level of the scheme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar-bottom")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(14)
        self._row.addWidget(label(_("剩余分值"), "second"))
        self._parts = [label() for _n in range(6)]
        for part in self._parts:
            self._row.addWidget(part)
        self._sum = Hint("")
        self._row.addWidget(self._sum, 1)

    @property
    def text(self) -> str:
        """What is said of every level."""
        return "　".join(part.text() for part in self._parts if part.text())

    def show_left(self, left: dict[str, Decimal], rows: list[Indicator], policy: Policy) -> None:
        """Show what is left by first level, and the sum that is given out."""
        blank = not any(one.weight for one in rows)
        said = list(left.items())[: len(self._parts)]
        for part, (level, rest) in zip(self._parts, said, strict=False):
            name = level or _("未填一级指标")
            if not rest:
                words, role = _("✓ {level}").format(level=name), "good"
            elif rest > 0:
                words, role = _("{level} 剩{n}分").format(level=name, n=points(rest)), "error"
            else:
                words, role = _("{level} 多{n}分").format(level=name, n=points(-rest)), "error"
            part.setText(words)
            set_role(part, "second" if blank else role)
        for part in self._parts[len(said) :]:
            part.setText("")
        given = sum((parse_value(one.weight) or Decimal(0) for one in rows), Decimal(0))
        self._sum.setText(
            _("指标{given}分＋执行率{execution}分＝{total}分").format(
                given=points(given), execution=policy.execution_points, total=points(given + policy.execution_points)
            )
        )
        set_role(self._sum, "second" if blank or given + policy.execution_points == 100 else "error")
