"""评分与核对口径: one of the policies in force in a year, with what it means under it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import _
from core.policy import offered_policies, parse_policy, policy_text
from core.policy_summary import policy_lines
from ui.fields import Pick
from ui.widgets.parts import label

HELD = "held"  # the year's own copy, where it is none of the offered ones


class PolicyPick(QWidget):
    """Offers the policies of a year; a copy the year holds that is none of them stays to be chosen."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pick = Pick({})
        self.pick.setAccessibleName(_("评分与核对口径"))
        self.pick.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pick.setMinimumWidth(160)
        self.summary = label(role="second", wraps=True)
        self._held = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.pick)
        layout.addWidget(self.summary)
        self.setFocusProxy(self.pick)
        self.pick.picked.connect(self._on_picked)

    def show_policies(self, year: int, held: str = "", renews: bool = False) -> None:
        """Offer what is in force in a year; ``held`` is the TOML text that the year has. ``renews``: it is the text
        of the year before, the present edition of the same policy takes its place."""
        offered = offered_policies(year)
        same = _same(offered, held, renews) if held else ""
        self._held = "" if same else held
        options = dict(offered)
        if self._held:
            options[HELD] = _("{name}（本文件所存）").format(name=_name(self._held))
        before = self.pick.value()
        self.pick.set_options(options)
        self.pick.give(same or (HELD if self._held else before))
        self._say()

    def text(self) -> str:
        """The chosen policy as TOML text."""
        name = self.pick.value()
        return self._held if name == HELD else policy_text(name)

    def _on_picked(self, _value: str) -> None:
        self._say()
        self.picked.emit()

    def _say(self) -> None:
        try:
            lines = policy_lines(parse_policy(self.text()))
        except UserError as error:
            lines = [str(error)]
        self.summary.setText("\n".join(lines))


def _same(offered: Mapping[str, str], held: str, renews: bool) -> str:
    """Which of the offered policies a text is, however it is laid out; empty: none of them."""
    try:
        policy = parse_policy(held)
    except UserError:
        return ""
    same = (name for name in offered if parse_policy(policy_text(name)) == policy)
    return next(same, next((name for name in offered if renews and offered[name] == policy.name), ""))


def _name(text: str) -> str:
    """What a policy text calls itself."""
    try:
        return parse_policy(text).name or _("未命名口径")
    except UserError:
        return _("无法读取的口径")
