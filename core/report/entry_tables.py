"""Tables of single entries: 按文件列示的预算调整 and 支出明细."""

from collections.abc import Iterator
from itertools import groupby

from core.book import Book
from core.check import About
from core.i18n import _
from core.model import EVENT_LABELS, FUND_LABELS, BudgetEvent, EventKind, Payment, ProjectYear
from core.money import show_wan, show_yuan
from core.report.model import Align, Cell, Column, Role, Row, Run, Table
from core.report.tables import head, text_cell

# What changes a budget after it was approved; a recall takes away.
_CHANGING = (
    EventKind.TRANSFER,
    EventKind.ADJUST,
    EventKind.REALLOCATE,
    EventKind.SUPPLEMENT,
    EventKind.RECOVERED,
)


def changes_table(book: Book, year: int) -> Table:
    """按文件列示的预算调整: what each document gave or took, in 万元, a subtotal for each document of several lines.

    Changes without a document stand together at the end. 财政收回 is printed with a minus.
    """
    held = [
        (event, row)
        for row in book.project_years(year)
        for event in book.events(year, row.project)
        if event.kind in _CHANGING
    ]
    first: dict[str, str] = {}  # the earliest date of each document
    for event, _row in held:
        first[event.doc_no] = min(event.date, first.get(event.doc_no, event.date))
    held.sort(key=lambda one: (not one[0].doc_no, first[one[0].doc_no], one[0].doc_no, one[0].date, one[0].id))
    rows: list[Row] = []
    for _doc_no, group in groupby(held, key=lambda one: one[0].doc_no):
        rows += _document_rows(list(group))
    total = show_wan(sum(_effect(event) for event, _row in held))
    rows.append(_total_row(_("合计"), total, 7))
    columns = (
        Column(1.7),
        Column(2.2),
        Column(1.15, Align.CENTER),
        Column(2.5),
        Column(1.2),
        Column(1.7),
        Column(1.0, Align.RIGHT),
    )
    names = (_("文号"), _("文件名称"), _("日期"), _("项目"), _("调整类型"), _("资金性质"), _("金额"))
    return Table(
        columns,
        head(*names),
        tuple(rows),
        left_note=_("填报单位：{name}　　财政收回以负数列示").format(name=book.unit_year(year).name),
        right_note=_("单位：万元"),
    )


def _effect(event: BudgetEvent) -> int:
    return -event.amount if event.kind == EventKind.RECOVERED else event.amount


def _document_rows(group: list[tuple[BudgetEvent, ProjectYear]]) -> Iterator[Row]:
    """The lines of one document, its number and title once for all of them."""
    doc_no = group[0][0].doc_no or _("未登记文号")
    title = next((event.doc_title for event, _row in group if event.doc_title), "")
    for number, (event, row) in enumerate(group):
        document = (Cell((Run(doc_no),), rows=len(group)), Cell((Run(title),), rows=len(group))) if not number else ()
        cells = (
            *document,
            text_cell(event.date),
            text_cell(row.name),
            text_cell(EVENT_LABELS[event.kind]),
            text_cell(FUND_LABELS.get(event.fund, event.fund)),
            text_cell(show_wan(_effect(event))),
        )
        yield Row(cells, About("event", event.id))
    if len(group) > 1:
        yield _total_row(_("小计"), show_wan(sum(_effect(event) for event, _row in group)), 7)


def payments_table(book: Book, year: int) -> Table:
    """支出明细: every payment of the year in 元 by project and sub-project, with a subtotal for each project."""
    rows: list[Row] = []
    total = 0
    for row in book.projects(year):
        below = [row, *book.children(year, row.project)]
        spent = 0
        for one in below:
            payments = book.payments(year, one.project)
            if payments:
                name = _("{project}：{part}").format(project=row.name, part=one.name) if one is not row else row.name
                rows.append(Row((text_cell(name, Role.HEADER, Align.LEFT, 6),)))
                rows += map(_payment_row, payments)
                spent += sum(payment.amount for payment in payments)
        if any(book.entry_ids(Payment, year, one.project) for one in below):
            rows.append(_total_row(_("{name}小计").format(name=row.name), show_yuan(spent), 6))
        total += spent
    rows.append(_total_row(_("合计"), show_yuan(total), 6))
    columns = (
        Column(1.1, Align.CENTER),
        Column(1.5),
        Column(2.4),
        Column(3.2),
        Column(0.9, Align.CENTER),
        Column(1.4, Align.RIGHT),
    )
    names = (_("日期"), _("凭证号"), _("收款人"), _("用途"), _("经济分类"), _("金额"))
    return Table(
        columns,
        head(*names),
        tuple(rows),
        left_note=_("填报单位：{name}").format(name=book.unit_year(year).name),
        right_note=_("单位：元"),
    )


def _payment_row(payment: Payment) -> Row:
    texts = (payment.date, payment.voucher, payment.payee, payment.purpose, payment.economic_code)
    return Row((*map(text_cell, texts), text_cell(show_yuan(payment.amount))), About("payment", payment.id))


def _total_row(name: str, amount: str, columns: int) -> Row:
    return Row((text_cell(name, Role.TOTAL, Align.CENTER, columns - 1), text_cell(amount, Role.TOTAL)))
