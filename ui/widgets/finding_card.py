"""One finding as a card: what is wrong with both figures, the suspects, and the ways out in words."""

from html import escape

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core import commands
from core.check import SEVERITY_LABELS, Finding, Suspect
from core.errors import UserError
from core.i18n import _
from core.money import show_wan, show_yuan
from core.review import Item
from ui.desk import Desk
from ui.style import colours, severity_colours
from ui.widgets.choice_line import ChoiceLine
from ui.widgets.parts import elided, soon

SHORT, LONG = 110, 236  # widths of a repair's words in pixels: beside the other links, in a line of its own


class FindingCard(QFrame):
    """Shows one item of a review and lets the officer go there, take the repair, or write why it stands."""

    def __init__(
        self,
        item: Item,
        desk: Desk,
        parent: QWidget | None = None,
        has_remedy: bool = True,
        folds_remedy: bool = False,
    ) -> None:
        """``has_remedy`` False: what to do is said beside the card; ``folds_remedy``: when it is asked for."""
        super().__init__(parent)
        self.desk = desk
        self.item = item
        self._has_remedy = has_remedy
        self._folds_remedy = folds_remedy
        self._title = _label("strong")
        self._rule = _link("", self._explain)
        self._rule.setProperty("role", "rule")
        self._figures = _label("figures")
        self._message = _label("")
        self._suspects = _label("")
        self._remedy = _label("faint")
        self._reason = _label("second")
        self.choices = ChoiceLine(desk)
        self._go = _link(_("定位"), self._locate)
        self._repair = _link("", self._take_repair)
        self._help = _link(_("怎么办"), self._toggle_remedy)
        self._waive = _link(_("写说明"), self._open_reason)
        self._unwaive = _link(_("撤回说明"), self._withdraw)
        self._links, self._wide_links = QHBoxLayout(), QHBoxLayout()  # the second for a repair in many words
        self._reason_line = QWidget(self)
        self._input = QLineEdit(self._reason_line)
        self._fault = _label("error")
        self._build()
        self.show_item(item)

    def begin_item(self, item: Item) -> None:
        """Show another item as a new card would: nothing is opened."""
        self._input.clear()
        self._fault.hide()
        self._reason_line.hide()
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        """Show another item, or the same one with other figures."""
        self.item = item
        finding, rule = item.finding, item.rule
        self.setProperty("help", rule.id)
        self._title.setText(rule.title)
        self._rule.setText(rule.id)
        self._rule.setToolTip(_("这条规则：为什么核对、怎么办、按什么标准"))
        self._rule.setAccessibleName(_("这条规则：{rule}").format(rule=rule.id))
        self._message.setText(item.message)
        self._figures.setText(_figures(finding))
        self._figures.setVisible(bool(finding.figures))
        self._suspects.setText("<br>".join(map(_suspect, finding.suspects)))
        self._suspects.setVisible(bool(finding.suspects))
        self._remedy.setText(item.remedy)
        advised = self._has_remedy and bool(item.remedy) and item.waiver is None
        self._remedy.setVisible(advised and not self._folds_remedy)
        self._help.setVisible(advised and self._folds_remedy)
        self._message.setToolTip(rule.why)
        self._title.setToolTip(rule.why)
        waiver = item.waiver
        self._reason.setText(
            _("说明：{reason}（{date}）").format(reason=waiver.reason, date=waiver.date) if waiver else ""
        )
        self._reason.setVisible(waiver is not None)
        self._waive.setVisible(waiver is None and not rule.choices and not self.desk.readonly)
        self.choices.show_item(item)
        self._unwaive.setVisible(waiver is not None and not self.desk.readonly)
        severity = SEVERITY_LABELS[finding.severity]
        self.setAccessibleName(f"{_('已回答') if item.settled else severity} {rule.id} {rule.title}")
        self.setAccessibleDescription(item.message)
        # Whether a repair really clears its finding is tried after the card is painted.
        if finding.repair is None or waiver is not None:
            self._repair.hide()
        else:
            self._show_repair(finding.repair.label)
            soon(self, self._offer_repair)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = colours()
        strong, _soft = severity_colours(self.item.finding.severity)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(outline, QColor(c.surface))
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(
            QRectF(0, 0, 4, self.height()), QColor(c.faint if self.item.waiver or self.item.settled else strong)
        )
        painter.restore()
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawPath(outline)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 9, 10, 9)
        layout.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._rule, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for label in (self._figures, self._message, self._suspects, self._remedy, self._reason):
            layout.addWidget(label)
        layout.addWidget(self.choices)
        for row, links in (
            (self._links, (self._go, self._waive, self._unwaive, self.choices.withdraw, self._help)),
            (self._wide_links, (self._repair,)),
        ):
            row.setSpacing(14)
            for link in links:
                row.addWidget(link)
            row.addStretch(1)
            layout.addLayout(row)
        row = QHBoxLayout(self._reason_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._input.setPlaceholderText(_("写明理由，数字变动后会重新提醒"))
        self._input.setAccessibleName(_("说明的理由"))
        self._input.returnPressed.connect(self._save_reason)
        save = QPushButton(_("保存"))
        save.clicked.connect(self._save_reason)
        cancel = QPushButton(_("取消"))
        cancel.clicked.connect(self._close_reason)
        for widget in (self._input, save, cancel):
            row.addWidget(widget)
        layout.addWidget(self._reason_line)
        layout.addWidget(self._fault)
        self._reason_line.hide()
        self._fault.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _toggle_remedy(self) -> None:
        self._remedy.setVisible(self._remedy.isHidden())

    def _show_repair(self, text: str) -> None:
        is_long = self._repair.fontMetrics().horizontalAdvance(text) > SHORT
        self._repair.setText(elided(text, self._repair, max(LONG, self.width() - 40)))
        self._repair.setToolTip(text)
        self._repair.setAccessibleName(text)
        row, place = (self._wide_links, 0) if is_long else (self._links, 1)
        if row.indexOf(self._repair) < 0:
            row.insertWidget(place, self._repair)

    def _locate(self) -> None:
        self.desk.go(self.item.finding.about)

    def _explain(self) -> None:
        self.desk.explain(self.item.rule.id)

    def _offer_repair(self) -> None:
        item = self.item
        useful = self.desk.is_open and item.waiver is None and self.desk.ledger.repair(item.finding) is not None
        self._repair.setVisible(useful)

    def _take_repair(self) -> None:
        self.desk.repair(self.item.finding)

    def _open_reason(self) -> None:
        self._reason_line.show()
        self._input.setFocus()

    def _close_reason(self) -> None:
        self._input.clear()
        self._fault.hide()
        self._reason_line.hide()
        self._waive.setFocus()

    def _save_reason(self) -> None:
        finding = self.item.finding
        try:
            change = commands.waive(
                self.desk.book,
                finding.year,
                finding.rule,
                finding.about.key(),
                finding.facts(),
                self._input.text(),
                self.desk.today(),
            )
        except UserError as error:
            self._fault.setText(str(error))
            self._fault.show()
            return
        self._close_reason()
        self.desk.commit(change)

    def _withdraw(self) -> None:
        if self.item.waiver:
            self.desk.commit(commands.unwaive(self.desk.book, self.item.waiver.id))


class _Text(QLabel):
    """A text that knows its height at the widths it was asked for: layouts ask several times for each change, and
    Qt would break its lines anew every time."""

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        if text != self.text():
            self._heights.clear()
            super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]


def _label(role: str, wraps: bool = True) -> QLabel:
    label = _Text()
    label.setTextFormat(Qt.TextFormat.RichText if role in ("figures", "") else Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(wraps)
    return label


def _link(text: str, action: object) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(action)
    return button


def _figures(finding: Finding) -> str:
    """Both figures, then the difference in red and what rounding explains of it."""
    units = {shown.unit for shown in finding.figures}
    unit = next(iter(units)) if len(units) == 1 else ""
    show = show_yuan if unit == "元" else show_wan
    parts = [_together(f"{shown.label}\u00a0{shown.text if unit else shown.words}") for shown in finding.figures]
    unequal = len(parts) == 2 and bool(finding.difference)
    text = (" ≠ " if unequal else "，").join(parts)
    if finding.difference:
        text += f'　<b style="color:{colours().error}">' + _("差") + f"&nbsp;{show(finding.difference)}</b>"
    if finding.tolerance:
        text += "　" + _together(_("允许尾差") + f"\u00a0{show(finding.tolerance)}")
    return text + (f'<span style="color:{colours().faint}">　{_together(unit)}</span>' if unit else "")


def _together(text: str) -> str:
    """A label that is not parted from its amount at the end of a line, unless it is long."""
    return escape("\u2060".join(text) if len(text) <= SHORT // 6 else text)


def _suspect(suspect: Suspect) -> str:
    text = _("可疑：{figure} {printed} → {should_be}").format(
        figure=escape(suspect.figure),
        printed=suspect.texts[0],
        should_be=f"<b>{suspect.texts[1]}</b>",
    )
    return f"{text}（{escape(suspect.why)}）" if suspect.why else text
