"""Under the project grid: the chosen project's entries, the stated figures, and what else is known of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core import commands
from core.i18n import _
from core.ledger import Outcome
from core.model import ProjectYear
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.widgets.ask_bar import AskBar
from ui.widgets.entry_panel import EntryPanel
from ui.widgets.field_form import FieldForm
from ui.widgets.parts import elided, label
from ui.widgets.stated_panel import StatedPanel

ENTRIES, STATED, ABOUT = range(3)
FORM_FIELDS = ("code", "kind", "public_special", "execution_reason", "overspent_note")


class DetailPanel(QFrame):
    """Three tabs; the chosen project is the grid's."""

    def __init__(self, desk: Desk, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.project = 0
        self.setProperty("role", "card")
        self._name = label(role="strong")
        self.entries = EntryPanel(desk, ask)
        self.stated = StatedPanel(desk)
        self.form = FieldForm(self._save, self._try)
        self._tabs: list[QPushButton] = []
        self._stack = QStackedWidget()
        self._build()

    def show_project(self, project: int) -> None:
        """Show another project; 0: none is chosen."""
        if project != self.project:
            self.form.finish()
        self.project = project
        self.entries.show_project(project)
        self.stated.show_project(project)
        self._tabs[ABOUT].setEnabled(bool(project))
        if not project and self._stack.currentIndex() == ABOUT:
            self.show_tab(ENTRIES)
        self._show_form()
        self.entries.show_notes()

    def follow(self, outcome: Outcome) -> None:
        """Take in a change of the book."""
        self.entries.follow(outcome)
        self.entries.show_notes()
        self.stated.refresh()
        self._show_form()

    def show_tab(self, number: int) -> None:
        """Show one of the tabs."""
        self._tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.entries.actions_row.setVisible(number == ENTRIES)
        self.stated.actions_row.setVisible(number == STATED)

    def turn(self, step: int) -> None:
        """Show the next tab, or the one before, and stand in it."""
        number = (self._stack.currentIndex() + step) % len(self._tabs)
        if not self._tabs[number].isEnabled():
            number = (number + step) % len(self._tabs)
        self.show_tab(number)
        if number == STATED and self.stated.view.current is None and self.stated.model.rows:
            self.stated.view.stand_at(self.stated.model.key(self.stated.model.rows[0]), "stated")
        (self.entries.view, self.stated.view, self.form.fields["code"])[number].setFocus()

    def areas(self) -> list[QWidget]:
        """Where F6 goes: what is on show of the tabs."""
        return [self.entries.view, self.entries.line, self.stated.view, self.form]

    def leave(self) -> str:
        """Save what is being typed; returns why something could not be saved."""
        return self.entries.view.finish() or self.stated.view.finish() or self.form.finish()

    def _row(self) -> ProjectYear | None:
        return self.desk.book.project_year(self.desk.year, self.project) if self.project else None

    def _show_form(self) -> None:
        row = self._row()
        self._name.setText(elided(row.name, self._name, 260) if row else "")
        self._name.setToolTip(row.name if row else "")
        if row:
            self.form.show_values({name: getattr(row, name) for name in FORM_FIELDS}, not self.desk.readonly)
            is_top = not self.desk.book.parent(row.project)
            self.form.fields["kind"].setEnabled(is_top and not self.desk.readonly)

    def _save(self, key: str, value: object) -> str:
        book, year, project = self.desk.book, self.desk.year, self.project
        return save(self.desk, lambda: commands.set_project(book, year, project, **{key: value}))

    def _try(self, key: str, value: object) -> Forecast:
        book, year, project = self.desk.book, self.desk.year, self.project
        return forecast(self.desk, lambda: commands.set_project(book, year, project, **{key: value}))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 14, 0)
        head.setSpacing(14)
        head.addWidget(self._name)
        group = QButtonGroup(self)
        for number, title in enumerate((_("预算变动与支出"), _("填报数（决算口径）"), _("项目信息"))):
            tab = QPushButton(title)
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked, number=number: self.show_tab(number))
            group.addButton(tab)
            head.addWidget(tab)
            self._tabs.append(tab)
        head.addStretch(1)
        head.addWidget(self.entries.actions_row)
        head.addWidget(self.stated.actions_row)
        self.form.add_line("code", _("项目代码"))
        self.form.add_pick("kind", _("项目类别"), {})
        self.form.add_check("public_special", _("公共专项"), _("本项目是由单位管理的公共专项资金"))
        self.form.begin_column()
        self.form.add_text("execution_reason", _("执行率偏低的原因"), 2)
        self.form.add_text("overspent_note", _("超预算说明"), 2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        for panel in (self.entries, self.stated, area):
            self._stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.show_tab(ENTRIES)

    def show_kinds(self, kinds: dict[str, str]) -> None:
        """Offer these kinds of project."""
        pick = self.form.fields["kind"]
        pick.set_options(kinds)
