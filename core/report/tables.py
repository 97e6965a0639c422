"""The tables of the report and of the working paper. Amounts print in 万元 with two decimals."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from core.balance import BridgeRow, bridge, final_account
from core.book import Book
from core.check import About
from core.figures import (
    ALL_ROWS,
    BASIC_ROWS,
    GROUP_LABELS,
    ITEM_LABELS,
    RATE,
    SPECIAL_ROWS,
    UNIT_ITEMS,
    Ref,
    computed,
    figure,
    label,
    members,
)
from core.form_items import show_amount, stated_figure
from core.i18n import _
from core.model import Basis
from core.money import WAN_CENT, show_printed, show_wan, tolerance, wan_rounded
from core.report.model import Align, Cell, Column, Role, Row, Run, Table

# The columns of 项目支出执行情况表 in the order of the report's project sentence.
EXECUTION_ITEMS = (
    "上年结转",
    "年初预算",
    "上级转移支付",
    "年中调增减",
    "追加减",
    "全年预算",
    "实际支出",
    RATE,
    "结余结转",
    "财政收回",
)

BASIS_LABELS: Mapping[str, str] = {
    Basis.PAID: _("决算口径（按实际支出确认收入）"),
    Basis.ALLOTTED: _("决算口径（按下达指标确认收入）"),
}
_ADJUSTED: Mapping[str, str] = {  # what the net adjustment of the bridge is made of
    Basis.PAID: _("上年结转＋追加调整－财政收回及认定结余－结转下年及未处置"),
    Basis.ALLOTTED: _("追加调整－财政收回及认定结余"),
}
_ACCOUNT_ITEMS = ("预算收入", "年初预算", "调整追加", "支出", "结余结转")


def text_cell(text: str, role: Role = Role.BODY, align: Align | None = None, span: int = 1) -> Cell:
    """A cell of plain words."""
    return Cell((Run(text),), role, align, span)


def head(*names: str) -> tuple[Row, ...]:
    """One header row."""
    return (Row(tuple(text_cell(name, Role.HEADER, Align.CENTER) for name in names)),)


def amount_columns(first: float, count: int, width: float = 1.0) -> tuple[Column, ...]:
    """A column of names and ``count`` columns of amounts."""
    return (Column(first), *(Column(width, Align.RIGHT) for _number in range(count)))


def execution_table(book: Book, year: int) -> Table:
    """项目支出执行情况表: 基本支出, each project of 项目支出, their subtotal, and the total."""
    basic, special = members(book, year, BASIC_ROWS), members(book, year, SPECIAL_ROWS)
    rows = [_execution_row(book, year, row.project, row.name) for row in basic]
    if basic:
        rows.append(_execution_row(book, year, BASIC_ROWS, GROUP_LABELS[BASIC_ROWS], Role.TOTAL))
    rows += [_execution_row(book, year, row.project, row.name) for row in special]
    rows.append(_execution_row(book, year, SPECIAL_ROWS, GROUP_LABELS[SPECIAL_ROWS], Role.TOTAL))
    rows.append(_execution_row(book, year, ALL_ROWS, GROUP_LABELS[ALL_ROWS], Role.TOTAL))
    labels = {"结余结转": _("结转下年")}
    names = (labels.get(item) or ITEM_LABELS.get(item, item) for item in EXECUTION_ITEMS)
    return Table(
        amount_columns(2.6, len(EXECUTION_ITEMS)),
        head(_("项目"), *names),
        tuple(rows),
        left_note=_("填报单位：{name}").format(name=book.unit_year(year).name),
        right_note=_("单位：万元"),
    )


def _execution_row(book: Book, year: int, about: int, name: str, role: Role = Role.BODY) -> Row:
    cells = [text_cell(name, role)]
    for item in EXECUTION_ITEMS:
        ref = Ref(year, about, item)
        found = figure(book, ref)
        assert found is not None  # the rows are those of the year
        cells.append(Cell((Run(found.text("2"), ref),), role))
    return Row(tuple(cells), About("project", about) if about > 0 else None)


def rounding_differs(book: Book, year: int) -> bool:
    """Whether rounded rows of the execution table miss a printed total by rounding alone (尾差)."""
    for group in (BASIC_ROWS, SPECIAL_ROWS, ALL_ROWS):
        projects = members(book, year, group)
        for item in EXECUTION_ITEMS:
            if item == RATE:
                continue
            parts = [_value(book, Ref(year, row.project, item)) for row in projects]
            printed = wan_rounded(_value(book, Ref(year, group, item)))
            difference = abs(printed - sum(wan_rounded(part) for part in parts)) * WAN_CENT
            if 0 < difference <= tolerance(len(parts), WAN_CENT):
                return True
    return False


def _value(book: Book, ref: Ref) -> int:
    found = figure(book, ref)
    return found.value if found is not None and isinstance(found.value, int) else 0


def bridge_table(book: Book, year: int) -> Table:
    """口径桥接表: from the quota basis (指标口径) to the final account (决算口径), project by project.

    What the net adjustment takes away is printed with a minus.
    """
    found = bridge(book, year, _("基本支出"), GROUP_LABELS[ALL_ROWS])
    rows = [_bridge_row(book, year, row, row is found[-1]) for row in found]
    return Table(
        amount_columns(2.4, 9),
        head(
            _("项目"),
            _("上年结转"),
            _("年初预算"),
            _("追加调整"),
            _("全年预算"),
            _("财政收回及认定结余"),
            _("结转下年及未处置"),
            _("决算口径净调整"),
            _("实际支出"),
            _("全年预算减支出"),
        ),
        tuple(rows),
        left_note=_("净调整＝{sum}").format(sum=_ADJUSTED[book.unit.basis]),
        right_note=_("单位：万元"),
    )


def _bridge_row(book: Book, year: int, row: BridgeRow, is_total: bool) -> Row:
    role = Role.TOTAL if is_total else Role.BODY
    about = row.project or (ALL_ROWS if is_total else BASIC_ROWS)
    amounts = (
        (row.brought, "上年结转"),
        (row.initial, "年初预算"),
        (row.changed, ""),
        (row.budget, "全年预算"),
        (-row.recovered, ""),
        (-row.carried if book.unit.basis == Basis.PAID else row.carried, ""),
        (row.adjusted, ""),
        (row.spent, "实际支出"),
        (row.budget - row.spent, ""),
    )
    cells = [Cell((_run(book, amount, Ref(year, about, item)),), role) for amount, item in amounts]
    return Row((text_cell(row.name, role), *cells), About("project", about) if about > 0 else None)


def _run(book: Book, amount: int, ref: Ref) -> Run:
    """An amount with its reference, where the named figure is this very amount: the bridge may leave 其他资金
    out, and it never shows a stated figure."""
    same = ref.item and computed(book, ref) == amount
    return Run(show_wan(amount), ref if same else None)


def account_table(book: Book, year: int) -> Table:
    """The unit's totals on both final-account bases beside the stated ones."""
    rows = []
    for basis in Basis:
        account = final_account(book, year, basis)
        amounts = (account.income, account.initial, account.adjusted, account.spent, account.carry)
        used = _("{basis}，本单位采用") if basis == book.unit.basis else "{basis}"
        name = used.format(basis=BASIS_LABELS[basis])
        rows.append(Row((text_cell(name), *(text_cell(show_wan(amount)) for amount in amounts))))
    stated = [book.stated(year, item) for item in _ACCOUNT_ITEMS]
    if any(stated):
        cells = (text_cell(show_wan(one.amount) if one else "") for one in stated)
        rows.append(Row((text_cell(_("填报数")), *cells)))
    return Table(
        amount_columns(3.6, len(_ACCOUNT_ITEMS)),
        head(_("口径"), *(ITEM_LABELS.get(item, item) for item in _ACCOUNT_ITEMS)),
        tuple(rows),
        caption=_("两种决算口径对照"),
        right_note=_("单位：万元"),
    )


def stated_table(book: Book, year: int) -> Table:
    """填报数与台账数对照, each at the unit the stated figure is printed in."""
    order = list(UNIT_ITEMS)
    stated = sorted(
        book.stated_all(year), key=lambda s: (s.about, order.index(s.item) if s.item in order else len(order))
    )
    rows = []
    for one in stated:
        ref = Ref(year, one.about, one.item)
        found = stated_figure(book, ref)
        if found is None or not isinstance(found.computed, int):
            continue
        show = partial(show_amount, book, year, unit=one.printed_unit)
        cells = (
            text_cell(label(book, ref)),
            Cell((Run(show(one.amount), ref),)),
            text_cell(show(found.computed)),
            text_cell(show_printed(found.difference, one.printed_unit)),
            text_cell(one.printed_unit, align=Align.CENTER),
            text_cell(" ".join(part for part in (one.source_table, one.source_column) if part)),
        )
        rows.append(Row(cells, About("stated", one.about, one.item)))
    return Table(
        (
            Column(3.0),
            Column(1.3, Align.RIGHT),
            Column(1.5, Align.RIGHT),
            Column(1.2, Align.RIGHT),
            Column(0.7),
            Column(3.3),
        ),
        head(_("项目"), _("填报数"), _("台账数（同口径）"), _("差额"), _("单位"), _("来源")),
        tuple(rows),
    )


def plain_table(widths: Sequence[float], names: Sequence[str], rows: Iterable[Row]) -> Table:
    """A table of words."""
    return Table(tuple(Column(width) for width in widths), head(*names), tuple(rows))
