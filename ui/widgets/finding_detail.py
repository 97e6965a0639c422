"""One finding in full: the card with its ways out, every figure to the 分, and why the rule is there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from core.check import SEVERITY_LABELS, SUBJECT_LABELS, Finding
from core.check_list import line_words
from core.i18n import _
from core.labels import place_name
from core.model import Waiver
from core.money import show_wan, show_yuan
from core.review import Item
from core.review_list import STAGE_LABELS
from ui.desk import Desk
from ui.widgets.finding_card import FindingCard
from ui.widgets.parts import label, line

if TYPE_CHECKING:
    from core.finding_history import Trace


class FindingDetail(QWidget):
    """Shows one item at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.card: FindingCard | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self._facts: QWidget | None = None
        self._trace: Trace | None = None  # when findings came, once that was asked for

    def show_trace(self, trace: "Trace") -> None:
        """Say also when the finding came and who accepted it."""
        self._trace = trace
        if self.card is not None:
            self.show_item(self.card.item)

    def show_item(self, item: Item | None) -> None:
        """Show an item. What is being typed into its card stays while the finding is the same."""
        if self._facts is not None:
            self._drop(self._facts)
            self._facts = None
        if self.card is not None and (item is None or _key(item) != _key(self.card.item)):
            self._drop(self.card)
            self.card = None
        if item is None:
            return
        if self.card is None:
            self.card = FindingCard(item, self.desk, has_remedy=False)
            # Its height follows from the width it gets, not from the narrow one it would like.
            self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._layout.insertWidget(0, self.card)
            self.card.show()
        else:
            self.card.show_item(item)
        self._facts = self._make_facts(item)
        self._layout.addWidget(self._facts)
        self._facts.show()

    def _drop(self, widget: QWidget) -> None:
        self._layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _make_facts(self, item: Item) -> QFrame:
        finding, rule = item.finding, item.rule
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        kinds = (
            _("已回答") if item.settled else SEVERITY_LABELS[finding.severity],
            SUBJECT_LABELS[rule.subject],
            STAGE_LABELS[finding.stage or rule.stage],
        )
        pairs = [
            (_("位置"), place_name(self.desk.book, finding.year, finding.about)),
            (_("类别"), " · ".join(kinds)),
            (_("为什么"), rule.why),
            (_("怎么办"), item.remedy),
        ]
        if item.waiver:
            pairs.append((_("说明"), self._waived_words(item.waiver)))
        if self._trace and (story := self._trace.of(finding)):
            pairs.append((_("出现"), line_words(story.came) or _("建立文件时")))
        if finding.words:
            pairs.insert(1, (_("原文"), finding.words))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate((name, text) for name, text in pairs if text):
            grid.addWidget(label(name, "second"), row, 0, Qt.AlignmentFlag.AlignTop)
            value = label(text, wraps=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, row, 1)
        inside.addLayout(grid)
        if finding.figures:
            inside.addWidget(line())
            inside.addLayout(_figures(finding))
        return card

    def _waived_words(self, waiver: Waiver) -> str:
        """Why it was accepted, when, and, once the journal was read, by whom."""
        line = self._trace.waived.get(waiver.id) if self._trace else None
        return f"{waiver.reason}（{waiver.date}{'　' + line.who if line else ''}）"


def _figures(finding: Finding) -> QGridLayout:
    """Each figure in 万元 and to the 分, the difference, and what rounding explains of it."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight
    for column, text in enumerate((_("数据"), _("万元"), _("元"))):
        grid.addWidget(label(text, "faint"), 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
    rows = [(shown.label, shown.amount, "") for shown in finding.figures]
    if finding.difference is not None:
        rows.append((_("差额"), finding.difference, "error" if finding.difference else ""))
    if finding.tolerance:
        rows.append((_("四舍五入允许的尾差"), finding.tolerance, "second"))
    for row, (name, amount, role) in enumerate(rows, start=1):
        grid.addWidget(label(name, role, wraps=True), row, 0)
        grid.addWidget(label(show_wan(amount), role), row, 1, right)
        grid.addWidget(label(show_yuan(amount), role), row, 2, right)
    return grid


def _key(item: Item) -> tuple[str, str, str, bool]:
    finding = item.finding
    return finding.rule, finding.about.key(), finding.words, item.waiver is not None
