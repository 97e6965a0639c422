"""The three lamps in the bar at the bottom: 收＝支, 总＝分, 结转衔接, with amounts; a click goes to the difference.
Besides them 已对账至: up to which day the year was held against the budget system."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.check import About
from core.i18n import _
from core.lamps import Lamp, lamps
from ui.desk import Desk
from ui.widgets.parts import button, set_role

_COUNT = 3


class Lamps(QWidget):
    """Each lamp says in words and by its mark, not by colour alone, whether its figures agree."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._lamps: tuple[Lamp, ...] = ()
        self.buttons: list[QPushButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for place in range(_COUNT):
            made = button("", lambda place=place: self._go(place), "lamp-good")
            self.buttons.append(made)
            layout.addWidget(made)
        self.reconciled = button("", lambda: desk.go(About("page", field="matching")), "lamp-good")
        layout.addWidget(self.reconciled)
        self.hide()

    def refresh(self) -> None:
        """Show the lamps of the year that is open."""
        from core.matching.mending import reconciled  # not before the window is on show: it reads workbooks

        self._lamps = lamps(self.desk.book, self.desk.year, self.desk.review())
        for made, lamp in zip(self.buttons, self._lamps, strict=True):
            amount = self.desk.money(lamp.amount)
            mark, told = ("✓", _("相符")) if lamp.good else ("✗", _("相差"))
            words = lamp.title if lamp.good else _("{title} 差").format(title=lamp.title)
            made.setText(f"{mark} {words} {amount}")
            made.setToolTip(_("{checks}：{told}{amount}").format(checks=lamp.checks, told=told, amount=amount))
            made.setAccessibleName(_("{title}，{told}{amount}").format(title=lamp.title, told=told, amount=amount))
            set_role(made, "lamp-good" if lamp.good else "lamp-bad")
        held = reconciled(self.desk.book, self.desk.year, self.desk.today())
        self.reconciled.setVisible(held is not None)
        if held is not None:
            self.reconciled.setText(held.text)
            self.reconciled.setAccessibleName(held.text)
            self.reconciled.setToolTip(_("与一体化系统的导出表对账；单击到“月度对账”"))
            set_role(self.reconciled, "lamp-due" if held.is_due else "lamp-good")
        self.show()

    def _go(self, place: int) -> None:
        lamp = self._lamps[place]
        if lamp.about is not None:
            self.desk.go(lamp.about)
