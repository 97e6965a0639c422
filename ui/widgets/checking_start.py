"""报告文字核查 while no report is shown: the ways in, and what is checked and what is not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from ui.widgets.parts import Picture, label


class CheckingStart(QFrame):
    """The first of the buttons takes the focus."""

    def __init__(self, ways: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusProxy(ways[0])
        kinds = _("Word（.docx）、网页、文本、有文字的PDF都可以；把几十份报告放进一个文件夹，可以一次查完。")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for made in ways:
            buttons.addWidget(made)
        buttons.addStretch(1)
        facts = QVBoxLayout()
        facts.setSpacing(8)
        for text in (
            _("✓ 重新计算：合计与分项、结余、百分比、增减幅度、单价乘数量、人数与编制"),
            _("✓ 找矛盾：同一件事前后两个数，万元写成元，文字说追加而数字是0"),
            _("✓ 找遗留：填写提示、空白、重复的词和段落、错的年份和序号"),
            _("✗ 不核查：数字与账簿、决算报表是否一致；没有写出分项的数字；扫描的图片"),
        ):
            facts.addWidget(label(text, "second"))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(facts)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for one in (
            Picture("document_search", 44),
            label(_("把一份报告拖到这里，或者打开、粘贴"), "heading"),
            label(kinds, "second"),
        ):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addSpacing(14)
        column.addLayout(middle)
        column.addStretch(3)
