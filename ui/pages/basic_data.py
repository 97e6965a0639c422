"""基础数据: the rows of the basic-data form, staff and control rates, thrift, and the days of filing."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core import commands
from core.basic_form import COLUMNS, FactRow
from core.check import About
from core.facts import fact_row, head_count
from core.i18n import _
from core.labels import field_label
from core.ledger import Outcome
from core.model import UnitYear
from core.money import NOTHING, show_rate
from core.review import Item
from ui.desk import Desk
from ui.form import Forecast, forecast, save
from ui.page import Page
from ui.style import row_height, scaled
from ui.widgets.card_column import CardColumn
from ui.widgets.fact_model import NOTE, FactModel
from ui.widgets.field_form import FieldForm
from ui.widgets.grid import ROW, GridView
from ui.widgets.parts import Hint, button, label, set_role
from ui.widgets.staff_panel import StaffPanel

SIDE = 392
SIGNED = ("head", "preparer", "phone")
DAYS = ("filled_on", "approved_on", "disclosed_on")
RATES = {
    "staff": _("在职人员控制率"),
    "楼堂馆所规模": _("楼堂馆所规模控制率"),
    "楼堂馆所投资": _("投资概算控制率"),
}


class BasicDataPage(Page):
    """What the officer enters stands; where nothing is entered, the ledger and last year speak."""

    name = "basic_data"
    title = _("基础数据")
    icon = "form"
    least_height = 440

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = FactModel(desk, self)
        self.grid = GridView(self.model)
        self.cards = CardColumn(desk, folds_remedy=True)
        self.staff = StaffPanel(desk)
        self.form = FieldForm(self._save, self._try)
        self.form_cards = CardColumn(desk, folds_remedy=True)
        self._rates = {key: label(role="strong") for key in RATES}
        self._unknown = label(role="second")
        self._next_unknown = button(_("到下一处"), self.go_unknown, "link")
        self._fault = label("", "error", wraps=True)
        self._place: tuple[object, int] = (None, 0)
        self._build()
        self.grid.moved.connect(self._on_moved)
        self.grid.delete_asked.connect(self._clear)

    def refresh(self, outcome: Outcome | None) -> None:
        desk = self.desk
        book, year = desk.book, desk.year
        place = (desk.ledger, year)
        is_new, self._place = place != self._place, place
        self.model.refresh()
        if outcome is None:
            self.model.tell_all()
        if is_new and self.model.rows:
            self._stand_at_first()
        names = book.unit_year(year)
        self.form.set_day_year(year + 1)
        self.form.show_values(
            {key: getattr(names, key) for key in (*SIGNED, *DAYS, "thrift")}, is_editable=not desk.readonly
        )
        self.staff.refresh()
        view = self.staff.view
        rows = max(2, len(self.staff.model.rows))
        view.setFixedHeight(view.horizontalHeader().sizeHint().height() + row_height(ROW) * rows + 4)
        self._show_rates()
        unknown = len(self._unknown_cells())
        self._unknown.setText(_("还有{n}处未填").format(n=unknown) if unknown else _("✓ 已全部填写或算出"))
        set_role(self._unknown, "second" if unknown else "good")
        self._next_unknown.setVisible(bool(unknown))
        self._fault.hide()
        self._show_cards()

    def locate(self, about: About) -> bool:
        self.leave()
        if about.kind == "cover":
            return self.form.focus(about.field)
        if about.kind != "fact":
            return False
        if not about.field:
            return self.go_unknown()
        self.grid.setFocus()
        return self.grid.show_place(about.field)

    def leave(self) -> None:
        if reason := self.grid.finish() or self.form.finish() or self.staff.view.finish():
            self.desk.told.emit(_("刚才输入的内容没有保存。{reason}").format(reason=reason), True)

    def areas(self) -> list[QWidget]:
        return [self.grid, self.staff.view, self.form]

    def go_unknown(self) -> bool:
        """Stand at the next figure that nobody knows, behind the one the officer is at."""
        held = self._unknown_cells()
        if not held:
            return False
        here = self.grid.currentIndex()
        at = (here.row(), here.column())
        row, column = next((cell for cell in held if cell > at), held[0])
        self.grid.setCurrentIndex(self.model.index(row, column))
        self.grid.setFocus()
        return True

    def _unknown_cells(self) -> list[tuple[int, int]]:
        """Row and column of every figure that nobody knows."""
        return [
            (number, self.model.column_of(column))
            for number, row in enumerate(self.model.rows)
            for column in COLUMNS
            if column in row.columns and row.cell(column).amount is None
        ]

    def _stand_at_first(self) -> None:
        first: Hashable = next((row.item for row in self.model.rows if row.level and not row.is_group), None)
        self.grid.stand_at(first or self.model.rows[0].item, COLUMNS[1])

    def _on_moved(self, row: FactRow | None) -> None:
        self._show_cards()
        if row is not None:
            self.desk.selected.emit(About("fact", 0, row.item))

    def _clear(self, row: FactRow) -> None:
        """Delete on a cell takes back what was entered there."""
        column = self.model.columns[self.grid.currentIndex().column()].key
        if not self.model.is_editable(row, column):
            return
        problem = self.model.clear(row, column) if column in (*COLUMNS, NOTE) else ""
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))

    def _show_cards(self) -> None:
        """The findings of the row the officer is at, and those of the days and the signatures."""
        items = self.desk.review().open
        row = self.grid.current
        item = row.item if isinstance(row, FactRow) else ""
        self.cards.show_items([one for one in items if _is_about(one, "fact", item)])
        self.form_cards.show_items([one for one in items if one.finding.about.kind in ("cover", "staff")])

    def _show_rates(self) -> None:
        book, year = self.desk.book, self.desk.year
        count = head_count(book, year)
        shown = {"staff": count.control_rate}
        for item in ("楼堂馆所规模", "楼堂馆所投资"):
            row = fact_row(book, year, item)
            shown[item] = row.control_rate if row else None
        for key, rate in shown.items():
            text = NOTHING if rate is None else show_rate(rate.numerator, rate.denominator)
            if key == "staff" and rate is not None:
                text = _("{rate}（在职{actual}人／编制{posts}人）").format(
                    rate=text, actual=count.actual, posts=count.established
                )
            self._rates[key].setText(text)
            set_role(self._rates[key], "error" if rate is not None and rate > 1 else "strong")

    def _save(self, key: str, value: object) -> str:
        return save(self.desk, partial(commands.set_names, self.desk.book, self.desk.year, **{key: value}))

    def _try(self, key: str, value: object) -> Forecast:
        return forecast(self.desk, partial(commands.set_names, self.desk.book, self.desk.year, **{key: value}))

    def _build(self) -> None:
        self.grid.setAccessibleName(_("基础数据表"))
        self.grid.horizontalHeader().setFixedHeight(row_height(46, 2))
        for key in SIGNED:
            self.form.add_line(key, field_label(UnitYear, key))
        for key in DAYS:
            self.form.add_day(key, field_label(UnitYear, key))
        self.form.add_text("thrift", _("厉行节约\n保障措施"), 4)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(self.title, "title"))
        head.addWidget(Hint(_("直接在格中输入；加粗的是已填的数，清空（Delete）又回到台账、上年或分项算出的数")), 1)
        head.addWidget(self._unknown)
        head.addWidget(self._next_unknown)
        head.addSpacing(10)
        table = QFrame()
        table.setProperty("role", "card")
        inside = QVBoxLayout(table)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(table, 1)
        left.addWidget(self._fault)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self._side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 6, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(row, 1)

    def _side(self) -> QScrollArea:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        rates = QGridLayout()
        rates.setHorizontalSpacing(12)
        rates.setVerticalSpacing(5)
        rates.setColumnStretch(1, 1)
        for number, (key, name) in enumerate(RATES.items()):
            rates.addWidget(label(name, "second"), number, 0)
            rates.addWidget(self._rates[key], number, 1)
        # The table of the staff is as high as its rows.
        self.staff.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.cards)
        column.addWidget(label(_("财政供养人员（年末）"), "heading"))
        column.addWidget(self.staff)
        column.addWidget(_card(rates))
        column.addWidget(label(_("封面、日期与厉行节约"), "heading"))
        column.addWidget(_card(self.form))
        column.addWidget(self.form_cards)
        column.addStretch(1)
        area = QScrollArea()
        area.setFixedWidth(scaled(SIDE))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(side)
        return area


def _is_about(item: Item, kind: str, field: str) -> bool:
    about = item.finding.about
    return about.kind == kind and about.field == field


def _card(inside: QWidget | QGridLayout) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 10)
    if isinstance(inside, QWidget):
        layout.addWidget(inside)
    else:
        layout.addLayout(inside)
    return card
