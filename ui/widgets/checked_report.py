"""A checked report: its text with every figure marked, and the findings beside it. Either side leads to the other."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from core.checked_reports import MARKS, SEVERITIES, Checked, explained, summary
from core.i18n import _
from core.report.opinion import findings_text
from ui.widgets.checked_text import SIGNS, CheckedText, doubt_at
from ui.widgets.doubt_list import DoubtList
from ui.widgets.parts import label

LIST_WIDTH = 372
ALL = ""


class CheckedReport(QWidget):
    """Shows one ``Checked``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checked: Checked | None = None
        self.text = CheckedText()
        self.list = DoubtList()
        self.marks: dict[str, QPushButton] = {}
        self.severities: dict[str, QPushButton] = {}
        self._summary = label("", "second", wraps=True)
        self._about = label("", "hint-info", wraps=True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._at = -1  # the number of the finding chosen last
        self.text.pressed.connect(self.press)
        self.list.chosen.connect(self.choose)
        self._build()

    def show_checked(self, checked: Checked) -> None:
        """Show a report from its beginning."""
        self.checked = checked
        self._at = -1
        self._about.hide()
        for group in (self.marks, self.severities):
            group[ALL].setChecked(True)
        self._summary.setText(summary(checked.audit))
        counts = checked.counts
        for state, made in self.marks.items():
            n = counts[state] if state else len(checked.marks)
            made.setText(f"{SIGNS[state]} {MARKS[state]} {n}" if state else _("全部数字 {n}").format(n=n))
        for severity, made in self.severities.items():
            n = counts[severity] if severity else len(checked.audit.doubts)
            made.setText(f"{SEVERITIES.get(severity, _('全部'))} {n}")
        self.text.show_checked(checked)
        self.text.show_marks(MARKS)
        self._list()

    def choose(self, number: int) -> None:
        """Show a finding on both sides."""
        assert self.checked is not None
        doubt = self.checked.audit.doubts[number]
        self._at = number
        self.text.choose(doubt.start, doubt.end)
        self.list.choose(number)
        self._say(())

    def press(self, offset: int) -> None:
        """A place of the text was clicked: show its finding, or what the figure was worked out from."""
        assert self.checked is not None
        number = doubt_at(self.checked.audit.doubts, offset)
        if number >= 0:
            if not any(card.number == number for card in self.list.cards):
                self.severities[ALL].setChecked(True)
                self._list()
            self._at = number
            doubt = self.checked.audit.doubts[number]
            self.text.choose(doubt.start, doubt.end)
            self.list.choose(number)
        else:
            self.list.choose(-1)
        self._say(explained(self.checked.audit, offset), self.text.state_at(offset))

    def step(self, by: int) -> None:
        """Go to the next finding of those listed, or the one before; round at the end."""
        numbers = [card.number for card in self.list.cards]
        if numbers:
            held = numbers.index(self._at) if self._at in numbers else (-1 if by > 0 else 0)
            self.choose(numbers[(held + by) % len(numbers)])

    def step_figure(self, by: int) -> None:
        """Go to the next figure of those marked, or the one before; round at the end."""
        if self.checked is None:
            return
        places = [(start, end) for start, end, state in self.checked.marks if state in self._states()]
        if not places:
            return
        held = self.text.chosen or (-1, -1)
        after = [place for place in places if place > held] if by > 0 else [place for place in places if place < held]
        start, end = (after or places)[0 if by > 0 else -1]
        self.text.choose(start, end)
        self._say(explained(self.checked.audit, start), self.text.state_at(start))

    def copy_findings(self) -> None:
        """Put the findings on the clipboard as text."""
        if self.checked is not None:
            QGuiApplication.clipboard().setText(findings_text(self.checked))

    def areas(self) -> list[QWidget]:
        """Where F6 goes."""
        return [self.text, self.list]

    @property
    def explanation(self) -> str:
        """What is said of the figure chosen last."""
        return self._about.text() if not self._about.isHidden() else ""

    def _states(self) -> tuple[str, ...]:
        chosen = next((state for state, made in self.marks.items() if made.isChecked()), ALL)
        return (chosen,) if chosen else tuple(MARKS)

    def _say(self, words: Iterable[str], state: str = "") -> None:
        lines = "\n".join(words)
        self._about.setText(f"{SIGNS[state]} {MARKS[state]}　{lines}" if lines and state else lines)
        self._about.setVisible(bool(lines))

    def _mark(self) -> None:
        self.text.show_marks(self._states())

    def _list(self) -> None:
        if self.checked is None:
            return
        chosen = next((key for key, made in self.severities.items() if made.isChecked()), ALL)
        found = [pair for pair in enumerate(self.checked.audit.doubts) if chosen in (ALL, pair[1].severity)]
        nothing = _("没有这一级的问题。")
        if not self.checked.audit.doubts:
            nothing = _("✓ 没有发现问题：文中的数字和说法没有互相矛盾。\n标为“无法核对”的数字，请与账簿、决算核对。")
        self.list.show_doubts(self.checked.audit.text, found, nothing)

    def _build(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 4, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(self._tabs(self.marks, MARKS, self._mark, _("图例：点一下只看这一类数字")))
        inside.addWidget(self.text, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 8)
        foot.addWidget(self._about)
        inside.addLayout(foot)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._tabs(self.severities, SEVERITIES, self._list, ""))
        column.addWidget(self._summary)
        column.addWidget(self.list, 1)
        self._about.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([800, LIST_WIDTH])
        right.setMinimumWidth(300)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _tabs(self, made: dict[str, QPushButton], names: Iterable[str], act: object, tip: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(4)
        group = QButtonGroup(self)
        for key in (ALL, *names):
            button = QPushButton()
            button.setProperty("role", "tab")
            button.setProperty("mark", key)
            button.setCheckable(True)
            button.setChecked(not key)
            button.setToolTip(tip)
            button.clicked.connect(act)
            group.addButton(button)
            row.addWidget(button)
            made[key] = button
        row.addStretch(1)
        return row
