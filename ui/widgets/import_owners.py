"""The projects that rows of a sheet name and the year does not have: each is matched, made, or left open."""

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.i18n import _
from core.intake.plan import Plan, Unknown
from core.labels import project_name
from core.model import Project, ProjectYear
from ui.fields import Pick
from ui.intake import ImportWork
from ui.widgets.parts import button, label, set_role

CREATE = "create"
_TALLEST = 132  # pixels; more projects scroll


class OwnerPanel(QFrame):
    """Hidden where every row names a project of the year."""

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = work
        self.picks: dict[str, Pick] = {}
        self._shown: tuple[tuple[str, int], ...] = ()
        self._said = label("", "strong")
        self.make_all = button(_("全部新建"), self._make_all)
        self._rows = QWidget()
        self._lines = QGridLayout(self._rows)
        self._area = QScrollArea()
        self._build()
        self.hide()

    def made_names(self, plan: Plan) -> list[str]:
        """The projects a plan makes besides those its rows are about."""
        if plan.kind == "projects":
            return []
        new = {one.record.id for one in plan.records if isinstance(one.record, Project)}
        years = [one.record for one in plan.records if isinstance(one.record, ProjectYear)]
        return [year.name if year.project in new else _("{name}（沿用上年）").format(name=year.name) for year in years]

    def show_plan(self, plan: Plan) -> None:
        """Show the unknown projects of a plan with what was answered."""
        known = tuple((one.key, len(one.rows)) for one in plan.unknown)
        if known != self._shown:
            self._shown = known
            self._make_lines(plan)
        choices = self.work.choices
        for one in plan.unknown:
            held = CREATE if one.key in choices.create else str(choices.matched.get(one.key, ""))
            self.picks[one.key].set_value(held)
        left = sum(1 for pick in self.picks.values() if not pick.value())
        text = _("表中有{n}个项目在{year}年度没有，请逐个指定")
        done = _("表中有{n}个项目在{year}年度没有，已全部指定")
        self._said.setText((text if left else done).format(n=len(known), year=plan.year))
        self.make_all.setEnabled(left > 0)
        self.setVisible(bool(known))

    def _make_lines(self, plan: Plan) -> None:
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        book, year = self.work.desk.book, plan.year
        names = {str(row.project): _("对应“{name}”").format(name=row.name) for row in book.project_years(year)}
        self.picks = {}
        for number, one in enumerate(plan.unknown):
            pick = Pick({"": _("待指定"), CREATE: _("新建这个项目"), **names})
            pick.setAccessibleName(_("项目“{name}”").format(name=one.name))
            pick.picked.connect(partial(self.work.settle, one.key))
            pick.setMaximumWidth(230)
            self.picks[one.key] = pick
            line, column = divmod(number, 2)
            self._lines.addWidget(self._named(one), line, column * 3)
            self._lines.addWidget(pick, line, column * 3 + 1)
            if one.like:
                offer = button(
                    _("相近：{name}").format(name=project_name(book, one.like, year)),
                    partial(self.work.settle, one.key, str(one.like)),
                    "link",
                )
                self._lines.addWidget(offer, line, column * 3 + 2)
        self._lines.setColumnStretch(2, 1)
        self._lines.setColumnStretch(5, 1)
        rows = (len(plan.unknown) + 1) // 2
        self._area.setFixedHeight(min(_TALLEST, rows * 35 + 4))

    @staticmethod
    def _named(one: Unknown) -> QLabel:
        code = f"{one.code} " if one.code and one.code != one.name else ""
        made = label(_("{code}{name}（{n}行）").format(code=code, name=one.name, n=len(one.rows)))
        made.setMaximumWidth(330)
        made.setToolTip(made.text())
        return made

    def _make_all(self) -> None:
        left = {key for key, pick in self.picks.items() if not pick.value()}
        self.work.choose(create=self.work.choices.create | left)

    def _build(self) -> None:
        set_role(self, "notice-warning")
        head = QHBoxLayout()
        head.addWidget(self._said, 1)
        head.addWidget(self.make_all)
        self._lines.setContentsMargins(0, 0, 6, 0)
        self._lines.setVerticalSpacing(5)
        self._lines.setHorizontalSpacing(10)
        self._area.setWidget(self._rows)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        for widget in (self._area.viewport(), self._rows):
            widget.setAutoFillBackground(False)
        self._rows.setObjectName("clear")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._area)
