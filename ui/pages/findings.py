"""核对: every finding of the year with what it says and the ways out, and what each rule is for."""

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.check import SEVERITY_LABELS, SUBJECT_LABELS, About
from core.i18n import _
from core.labels import place_name
from core.ledger import Outcome
from core.review import Item
from core.review_list import KINDS, STAGE_LABELS, counts, grouped
from core.rules import RULES
from ui.desk import Desk
from ui.fields import Pick
from ui.page import Page
from ui.style import colours, icon, scaled
from ui.widgets.finding_detail import FindingDetail
from ui.widgets.finding_list import FindingList
from ui.widgets.parts import button, label, soon

LIST_WIDTH = 460


class FindingsPage(Page):
    """The list at the left, the chosen finding at the right, the rules below it when asked for."""

    name = "findings"
    title = _("核对")
    icon = "shield"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._title = label(role="title")
        self.search = QLineEdit()
        self.subject = Pick({"": _("全部类别"), **SUBJECT_LABELS})
        self.kinds: dict[str, QPushButton] = {}
        self.list = FindingList(self._place)
        self._nothing = label(role="second", wraps=True)
        self.detail = FindingDetail(desk)
        self.rules_button = button("", self._toggle_rules, "link")
        self.rules = QLabel(wordWrap=True)
        self._right = QScrollArea()
        self._build()

    def refresh(self, _outcome: Outcome | None) -> None:
        """List the findings anew; the chosen one stays chosen."""
        review = self.desk.review()
        self._title.setText(_("{year}年度核对").format(year=self.desk.year))
        held = counts(review)
        for kind, made in self.kinds.items():
            count = held[kind] if kind else sum(held.values())
            made.setText(f"{KINDS.get(kind, _('全部'))} {count}")
        groups = grouped(self.desk.book, review, self.search.text(), self._kind(), self.subject.value())
        self.list.show_groups(groups)
        is_narrowed = bool(self.search.text().strip() or self._kind() or self.subject.value())
        if is_narrowed and sum(held.values()):
            self._nothing.setText(_("没有符合条件的核对结果。换一个条件，或点“全部”。"))
        else:
            self._nothing.setText(_("✓ 没有需要处理的问题。\n录入预算、支出和报告文字时，发现不符会列在这里。"))
        self._nothing.setVisible(not groups)
        self.list.setVisible(bool(groups))

    def locate(self, about: About) -> bool:
        """Choose the finding about a place."""
        self._show_all()
        return self.list.choose(lambda item: item.finding.about == about)

    def areas(self) -> list[QWidget]:
        return [self.list, self._right]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ in the search line goes on to the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _place(self, item: Item) -> str:
        return place_name(self.desk.book, item.finding.year, item.finding.about)

    def _kind(self) -> str:
        return next((kind for kind, made in self.kinds.items() if made.isChecked()), "")

    def _narrow(self) -> None:
        if self.desk.is_open:
            self.refresh(None)

    def _show_all(self) -> None:
        self.search.clear()
        self.kinds[""].setChecked(True)
        self.subject.set_value("")
        self._narrow()

    def _go(self, item: Item) -> None:
        self.desk.go(item.finding.about)

    def _toggle_rules(self) -> None:
        self.rules.setVisible(self.rules.isHidden())
        self._name_rules_button()
        if not self.rules.isHidden():
            self.rules.setText(rules_text())
            # Once the text has its height, its beginning is brought into sight.
            soon(self, lambda: self._right.verticalScrollBar().setValue(self.rules_button.y()))

    def _name_rules_button(self) -> None:
        is_open = not self.rules.isHidden()
        text = _("收起规则说明") if is_open else _("规则说明（{n}条）").format(n=len(RULES))
        self.rules_button.setText(text)
        self.rules_button.setIcon(icon("chevron_up" if is_open else "chevron_down", "accent"))

    def _build(self) -> None:
        left = QFrame()
        left.setProperty("role", "card")
        left.setFixedWidth(scaled(LIST_WIDTH))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(1, 8, 1, 8)
        inside.setSpacing(6)
        inside.addLayout(self._filters())
        inside.addLayout(self._tabs())
        inside.addWidget(self.list, 1)
        self._nothing.setContentsMargins(16, 20, 16, 20)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._nothing, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        column.addWidget(self.detail)
        column.addWidget(self.rules_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.rules.setProperty("role", "card")
        self.rules.setTextFormat(Qt.TextFormat.RichText)
        self.rules.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rules.setContentsMargins(16, 12, 16, 12)
        self.rules.setAccessibleName(_("规则说明"))
        self.rules.hide()
        column.addWidget(self.rules)
        column.addStretch(1)
        self._name_rules_button()
        self._right.setWidgetResizable(True)
        self._right.setFrameShape(QFrame.Shape.NoFrame)
        self._right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._right.setWidget(body)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self._right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 12, 14)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addLayout(row, 1)
        self.list.chosen.connect(self.detail.show_item)
        self.list.opened.connect(self._go)
        self.setFocusProxy(self.list)

    def _filters(self) -> QHBoxLayout:
        self.search.setPlaceholderText(_("搜索事项、位置、文字或编号"))
        self.search.setAccessibleName(_("搜索核对结果"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.subject.setAccessibleName(_("类别"))
        self.subject.picked.connect(self._narrow)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self.search, 1)
        row.addWidget(self.subject)
        return row

    def _tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        group = QButtonGroup(self)
        for kind in ("", *KINDS):
            made = QPushButton()
            made.setProperty("role", "tab")
            made.setCheckable(True)
            made.setChecked(not kind)
            made.clicked.connect(self._narrow)
            group.addButton(made)
            row.addWidget(made)
            self.kinds[kind] = made
        row.addStretch(1)
        return row


def rules_text() -> str:
    """What every rule is for, as rich text, by subject."""
    c, parts = colours(), []
    for subject, name in SUBJECT_LABELS.items():
        rules = sorted((rule for rule in RULES if rule.subject == subject), key=lambda rule: rule.id)
        if rules:
            parts.append(f'<p style="color:{c.second}">{escape(name)}</p>')
        for rule in rules:
            when = f"{SEVERITY_LABELS[rule.severity]} · {STAGE_LABELS[rule.stage]}"
            parts.append(
                f'<p><b>{escape(rule.title)}</b>　<span style="color:{c.faint}">{rule.id}　{escape(when)}</span><br>'
                f"{escape(rule.why)}<br>"
                f'<span style="color:{c.second}">{escape(_("处理：{remedy}").format(remedy=rule.remedy))}</span></p>'
            )
    return "".join(parts)
