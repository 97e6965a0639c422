"""多年对比: the unit or a project over the years of the file."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from core.ledger import Outcome
from core.over_years import Line, lines, owners, shown
from ui.desk import Desk
from ui.page import Page
from ui.style import scaled
from ui.widgets.amount_grid import AmountGrid
from ui.widgets.goal_owners import OwnerLine, OwnerList
from ui.widgets.parts import Hint, button, label
from ui.widgets.year_bars import YearBars
from ui.widgets.year_table import YearModel

_LIST_WIDTH = 220
_BARS = (_("全年预算"), _("实际支出"))


class ComparePage(Page):
    """Who is at the left; the figures of all years beside it, as bars and as a table."""

    name = "compare"
    title = _("多年对比")
    icon = "chart"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.owners = OwnerList()
        self.bars = YearBars(desk.money)
        self.grid: AmountGrid | None = None
        self._model: YearModel | None = None
        self._years: list[int] = []
        self._heading = label("", "title")
        self._hint = Hint("")
        self._unit = label("", "faint")
        self._table = QVBoxLayout()
        self._build()
        self.owners.chosen.connect(lambda _about: self._show())

    def refresh(self, outcome: Outcome | None) -> None:
        book = self.desk.book
        years = [year.year for year in book.years()]
        if years != self._years or self._model is None:
            self._years = years
            self._make_table()
        self.owners.show_lines([self._owner_line(number, name) for number, name in owners(book)])
        self._show()

    def locate(self, about: About) -> bool:
        return self.owners.choose(about.id) if about.kind == "project" else False

    def areas(self) -> list[QWidget]:
        return [self.owners, *([self.grid] if self.grid else [])]

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("role", "column")
        side.setFixedWidth(scaled(_LIST_WIDTH))
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 14, 0, 10)
        left.setSpacing(10)
        title = label(self.title, "title")
        title.setContentsMargins(18, 0, 0, 0)
        left.addWidget(title)
        left.addWidget(self.owners, 1)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addWidget(self._hint, 1)
        self._alone = button(_("新建下一年度"), lambda: self.desk.go(About("closing", field="carry")), "link")
        head.addWidget(self._alone)
        head.addWidget(self._unit)
        right = QVBoxLayout()
        right.setContentsMargins(18, 14, 18, 14)
        right.setSpacing(12)
        right.addLayout(head)
        above, below = QFrame(), QFrame()
        for frame, inside in ((above, QVBoxLayout()), (below, self._table)):
            frame.setProperty("role", "card")
            frame.setLayout(inside)
        above.layout().addWidget(self.bars)
        self._table.setContentsMargins(1, 1, 1, 1)
        right.addWidget(above)
        right.addWidget(below, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    def _make_table(self) -> None:
        """The grid has a column for each year: another file or a new year makes it anew."""
        if self.grid is not None:
            self._table.removeWidget(self.grid)
            self.grid.deleteLater()
        self._model = YearModel(self.desk, self._years, self)
        self.grid = AmountGrid(self._model, self)
        self.grid.setAccessibleName(_("多年对比"))
        self._table.addWidget(self.grid, 1)

    def _owner_line(self, number: int, name: str) -> OwnerLine:
        held = self._named(lines(self.desk.book, number), _BARS[0])
        years = [year for year, value in zip(self._years, held.values, strict=True) if value is not None]
        span = f"{years[0]}—{years[-1]}" if len(years) > 1 else "".join(map(str, years))
        return OwnerLine(number, name, _("{span}年").format(span=span) if span else "")

    def _show(self) -> None:
        found = lines(self.desk.book, self.owners.about)
        assert self._model is not None
        self._model.show_rows(found)
        self._model.tell_row(0, len(found) - 1)
        if self.grid is not None:
            amounts = (_amount(value) or 0 for line in found for value in line.values)
            self.grid.make_room(max(map(abs, amounts), default=0))
        names = dict(owners(self.desk.book))
        self._heading.setText(names.get(self.owners.about, ""))
        budget, spent = (self._named(found, title) for title in _BARS)
        self.bars.show_years(
            [
                (year, _amount(one), _amount(other))
                for year, one, other in zip(self._years, budget.values, spent.values, strict=True)
            ]
        )
        rates = [shown(value) for value in self._named(found, _("执行率")).values]
        is_alone = len(self._years) < 2
        self._alone.setVisible(is_alone)
        if is_alone:
            self._hint.setText(_("只有一个年度，还没有可以比较的数"))
        else:
            self._hint.setText(_("浅色为全年预算，深色为实际支出；执行率 {rates}").format(rates=" → ".join(rates)))
        self._unit.setText(_("金额单位：{unit}").format(unit=self.desk.money_unit))

    @staticmethod
    def _named(found: list[Line], title: str) -> Line:
        return next(line for line in found if line.title == title)


def _amount(value: object) -> int | None:
    return value if isinstance(value, int) else None
