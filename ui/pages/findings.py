"""核对: every finding of the year with what it says and the ways out, and what each rule is for."""

import json
from dataclasses import asdict
from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.check import SEVERITY_LABELS, SUBJECT_LABELS, About
from core.errors import UserError
from core.i18n import _
from core.labels import place_name
from core.ledger import Outcome
from core.review import Item, Review
from core.review_list import KINDS, STAGE_LABELS, Filter, counts, entries, grouped, owner_of
from core.rules import BY_ID, RULES
from ui.desk import Desk
from ui.fields import Pick
from ui.page import Page
from ui.style import colours, icon, scaled
from ui.widgets.finding_detail import FindingDetail
from ui.widgets.finding_history import FindingHistory
from ui.widgets.finding_list import FindingList
from ui.widgets.parts import button, label, soon

LIST_WIDTH = 460
KEPT = "findings"  # the filter, among what is remembered of lists
TABLES = _("Excel 工作簿（*.xlsx）;;CSV 文本（*.csv）")


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
        self.project = Pick({"": _("全部项目")})
        self.rule = Pick({"": _("全部规则")})
        self.kinds: dict[str, QPushButton] = {}
        self.list = FindingList(self._place)
        self._nothing = label(role="second", wraps=True)
        self.detail = FindingDetail(desk)
        self.history_button = button("", self._toggle_history, "link")
        self.history = FindingHistory(desk)
        self.rules_button = button("", self._toggle_rules, "link")
        self.rules = QLabel(wordWrap=True)
        self._right = QScrollArea()
        self._build()
        self._take_filter()

    def refresh(self, _outcome: Outcome | None) -> None:
        """List the findings anew; the chosen one stays chosen."""
        review = self.desk.review()
        self._title.setText(_("{year}年度核对").format(year=self.desk.year))
        held = counts(review)
        for kind, made in self.kinds.items():
            count = held[kind] if kind else sum(held.values())
            made.setText(f"{KINDS.get(kind, _('全部'))} {count}")
        self._offer(review)
        narrowed = self.narrowed
        groups = grouped(self.desk.book, review, narrowed)
        self.list.show_groups(groups)
        if not self.history.isHidden():
            self.history.ask()
        if narrowed != Filter() and sum(held.values()):
            self._nothing.setText(_("没有符合条件的核对结果。换一个条件，或点“全部”。"))
        else:
            self._nothing.setText(_("✓ 没有需要处理的问题。\n录入预算、支出和报告文字时，发现不符会列在这里。"))
        self._nothing.setVisible(not groups)
        self.list.setVisible(bool(groups))

    @property
    def narrowed(self) -> Filter:
        """What the list is narrowed to."""
        words = self.search.text().strip()
        return Filter(words, self._kind(), self.subject.value(), self.project.value(), self.rule.value())

    def print_list(self) -> None:
        """Show the list as pages to be printed or saved."""
        from ui.dialogs.check_list import CheckListDialog

        dialog = CheckListDialog(self.desk, self.list.items(), self._filter_words(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_export(self) -> None:
        """Ask for a place and write the list there."""
        folder = self.desk.report_folder or self.desk.ledger.path.parent
        name = _("{year}年度核对清单.xlsx").format(year=self.desk.year)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出核对清单"), str(folder / name), TABLES)
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write what is on show as a table: .csv or .xlsx by the name, with the history where it is unfolded."""
        from core.check_list import check_list
        from core.export.sheet import write_tables

        target = target if target.suffix.lower() in (".xlsx", ".csv") else target.with_name(target.name + ".xlsx")
        held = check_list(self.desk.book, self.desk.review(), self.list.items(), self.history.trace)
        try:
            write_tables(target, [held])
        except UserError as error:
            self.desk.told.emit(str(error), True)
            return
        self.desk.told.emit(_("核对清单已导出到“{path}”。").format(path=target), False)

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
        self.desk.keep_layout(KEPT, json.dumps(asdict(self.narrowed), ensure_ascii=False))
        if self.desk.is_open:
            self.refresh(None)

    def _take_filter(self) -> None:
        """Begin with what the list was narrowed to when the program was used last; words are not kept for that."""
        try:
            held = json.loads(self.desk.layouts.get(KEPT, "{}"))
        except ValueError:
            held = {}
        if isinstance(held, dict):
            self.kinds[held["kind"] if held.get("kind") in KINDS else ""].setChecked(True)
            self.subject.set_value(str(held.get("subject", "")))

    def _offer(self, review: Review) -> None:
        """Offer the projects and rules that something was found at; the one chosen stays offered."""
        book, items = self.desk.book, [item for _kind, item in entries(review)]
        owners = {owner_of(book, item) for item in items} | {self.project.value()} - {""}
        names = {str(row.project): row.name for row in book.project_years(self.desk.year)}
        projects = {key: name for key, name in names.items() if key in owners}
        self.project.set_options({"": _("全部项目"), **({"0": _("单位整体")} if "0" in owners else {}), **projects})
        rules = sorted({item.rule.id for item in items} | {self.rule.value()} - {""})
        self.rule.set_options({"": _("全部规则"), **{one: f"{one} {BY_ID[one].title}" for one in rules}})

    def _filter_words(self) -> str:
        """What the list is narrowed to, in words."""
        held = self.narrowed
        parts = [KINDS.get(held.kind, ""), self.subject.currentText() if held.subject else ""]
        parts += [pick.currentText() for pick in (self.project, self.rule) if pick.value()]
        return "，".join(part for part in (*parts, f"“{held.words}”" if held.words else "") if part)

    def _show_all(self) -> None:
        self.search.clear()
        self.kinds[""].setChecked(True)
        for pick in (self.subject, self.project, self.rule):
            pick.set_value("")
        self._narrow()

    def _go(self, item: Item) -> None:
        self.desk.go(item.finding.about)

    def _toggle_history(self) -> None:
        self.history.setVisible(self.history.isHidden())
        self._name_history_button()
        if self.history.isHidden():
            self.history.stop()
        else:
            self.history.ask()
            soon(self, lambda: self._right.verticalScrollBar().setValue(self.history_button.y()))

    def _name_history_button(self) -> None:
        is_open = not self.history.isHidden()
        self.history_button.setText(_("收起核对历史") if is_open else _("核对历史（何时出现、何时消除）"))
        self.history_button.setIcon(icon("chevron_up" if is_open else "chevron_down", "accent"))

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
        inside.addLayout(self._picks())
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
        column.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.history)
        self._name_history_button()
        self.history.traced.connect(self.detail.show_trace)
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
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        save, print_ = button(_("导出清单…"), self.ask_export), button(_("打印清单…"), self.print_list)
        save.setIcon(icon("export"))
        head.addWidget(save)
        head.addWidget(print_)
        head.addSpacing(6)
        layout.addLayout(head)
        layout.addLayout(row, 1)
        self.list.chosen.connect(self.detail.show_item)
        self.list.opened.connect(self._go)
        self.setFocusProxy(self.list)
        self.setTabOrder(self.rules_button, save)  # the list comes first, what is done with it last
        self.setTabOrder(save, print_)

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

    def _picks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        for pick, name in ((self.project, _("项目")), (self.rule, _("规则"))):
            pick.setAccessibleName(name)
            pick.picked.connect(self._narrow)
            pick.setMinimumWidth(60)
            pick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(pick, 1)
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
