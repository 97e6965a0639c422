"""Reads an export of the budget system: every row that is a payment (支付明细) or a quota (指标余额), as it stands.

The reader is that of the import; here nothing is left out because the ledger has it already.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from core.batches import EXPORTS, PAYMENTS
from core.book import Book
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Sheet, Workbook
from core.intake.classes import fund_of
from core.intake.field_names import field_names
from core.intake.header import Header, lacking
from core.intake.make import named_year
from core.intake.owners import Owners
from core.intake.payments import payment_of
from core.intake.plan import Choices, Plan, Planned
from core.intake.rows import Rows
from core.intake.values import even, read_day
from core.jobs import Progress
from core.model import Payment

_NAMED_UNIT = re.compile(r"(?:预算单位|单位名称|填报单位|编制单位|付款单位)\s*[:：]\s*(\S+)")
_SAID = 3  # other units that are named


class OtherUnitError(UserError):
    """The export names another unit; the officer may know better, where a unit was renamed."""


@dataclass(frozen=True, slots=True)
class ExportedPayment:
    """One row (from 1) of 支付明细. ``payment``: as it would be stored, project 0 where the year has none such."""

    row: int
    payment: Payment
    project: str  # as the export calls it
    original: str = ""  # number of the payment it takes back
    doubt: str = ""  # what of the row is not certain


@dataclass(frozen=True, slots=True)
class ExportedQuota:
    """One row (from 1) of 指标余额, in 分. ``fund``: empty where the export names none."""

    row: int
    project: int
    name: str  # as the export calls it
    fund: str
    budget: int | None
    spent: int | None
    left: int | None
    document: str = ""


@dataclass(frozen=True)
class Export:
    """An export as it was read. ``plan`` says what was found of its rows, as for an import."""

    kind: str  # a key of EXPORTS
    year: int
    file: str
    sheet: str
    fields: frozenset[str]  # the columns it has: only these are compared
    plan: Plan
    payments: tuple[ExportedPayment, ...] = ()
    quotas: tuple[ExportedQuota, ...] = ()
    last_day: str = ""  # of the payments
    notes: tuple[str, ...] = field(default=())


def read_export(
    book: Book,
    workbook: Workbook,
    sheet: Sheet,
    header: Header,
    choices: Choices,
    year: int,
    is_own: bool = False,
    progress: Progress | None = None,
) -> Export:
    """Read an export for comparison with ``year``. ``is_own``: the officer says it is this unit's, whatever it names.

    Raises ``UserError`` for an export of another year or unit, one without entries, or columns that are lacking.
    """
    if lacks := lacking(header):
        shown = "、".join(field_names(header.kind)[one] for one in lacks)
        raise UserError(_("请指定哪一列是{fields}。").format(fields=shown))
    _refuse_other_year(sheet, header, year)
    names = book.unit_year(year)
    own = tuple(name for name in (names.name, names.short_name, book.unit.code) if name)
    rows = Rows(sheet, header, choices, year, own, progress)
    if not is_own:
        _refuse_other_unit(rows, own)
    owners = Owners(book, year, choices)
    payments: tuple[ExportedPayment, ...] = ()
    quotas: tuple[ExportedQuota, ...] = ()
    if header.kind == PAYMENTS:
        payments = tuple(_payments(book, rows, owners))
        planned = [Planned(one.row, one.payment) for one in payments]
        amounts = [one.payment.amount for one in payments]
    else:
        quotas = tuple(_quotas(rows, owners))
        planned = [Planned(one.row, Payment(id=0)) for one in quotas]
        amounts = [one.budget or 0 for one in quotas]
    if not planned:
        text = _("“{file}”的工作表“{sheet}”中没有{kind}的记录。请确认导出的条件（年度、单位、日期），或另选工作表。")
        raise UserError(text.format(file=workbook.file, sheet=sheet.name, kind=EXPORTS[header.kind]))
    total = sum(amounts)
    grand = [amount for _row, whole, amount in rows.totals if whole] if header.kind == PAYMENTS else []
    sheet_total = (total if total in grand else grand[-1]) if grand else None
    plan = Plan(
        batch=0,
        kind=header.kind,
        year=year,
        file=workbook.file,
        digest=workbook.digest,
        sheet=sheet.name,
        header=header,
        unit=rows.unit,
        unit_from=rows.unit_from,
        records=tuple(planned),
        doubts=tuple(sorted(rows.doubts, key=lambda one: one.row)),
        duplicates=(),
        skipped=tuple(rows.skipped),
        unknown=owners.unknown,
        notes=(),
        read=rows.read,
        total=total,
        sheet_total=sheet_total,
        difference=total - sheet_total if sheet_total is not None else 0,
    )
    days = [one.payment.date for one in payments if one.payment.date[:4] == str(year)]
    fields = frozenset(column.field for column in header.columns if column.field)
    return Export(
        header.kind,
        year,
        workbook.file,
        sheet.name,
        fields,
        plan,
        payments,
        quotas,
        max(days, default=""),
        tuple(_notes(rows, plan)),
    )


def _payments(book: Book, rows: Rows, owners: Owners) -> Iterator[ExportedPayment]:
    doubts: dict[int, list[str]] = {}
    seen = 0
    for row in rows.entries():
        payment = payment_of(book, rows, owners, row)
        for one in rows.doubts[seen:]:
            if one.column or one.holds:
                doubts.setdefault(one.row, []).append(one.reason)
        seen = len(rows.doubts)
        if payment is None:
            continue
        name = rows.text(row, "project") or rows.text(row, "project_code")
        below = rows.text(row, "subproject")
        words = "；".join(dict.fromkeys(doubts.get(row + 1, ())))
        named = f"{name}／{below}" if below and name else below or name
        yield ExportedPayment(row + 1, payment, named, rows.text(row, "original"), words)


def _quotas(rows: Rows, owners: Owners) -> Iterator[ExportedQuota]:
    for row in rows.entries():
        amounts = [rows.amount(row, one) if rows.has(one) else None for one in ("budget", "spent", "left")]
        if all(amount is None for amount in amounts):
            if not rows.is_held(row):
                rows.skip(row, _("没有金额"))
            continue
        budget, spent, left = amounts
        if left is None and budget is not None and spent is not None:
            left = budget - spent
        text = rows.text(row, "fund")
        fund = fund_of(text) if text else None
        if text and fund is None:
            rows.doubt(row, "fund", _("资金性质无法识别，按项目合计比较"), holds=False)
        name = rows.text(row, "project") or rows.text(row, "project_code")
        below = rows.text(row, "subproject")
        named = f"{name}／{below}" if below and name else below or name
        project = owners.of_row(rows, row)
        yield ExportedQuota(row + 1, project, named, fund or "", budget, spent, left, rows.text(row, "document"))


def _refuse_other_year(sheet: Sheet, header: Header, year: int) -> None:
    """Raise ``UserError`` where the export is of another year than the one on show."""
    named = named_year(sheet, header, year)
    if header.kind == PAYMENTS and (column := header.column("date")):
        below = range(header.last + 1, len(sheet.rows))
        days = (read_day(sheet.spread(row, column.place), year, sheet.epoch_1904).iso for row in below)
        years = Counter(int(day[:4]) for day in days if day)
        if years.get(year):  # rows of another year among them are doubtful one by one
            return
        named = years.most_common(1)[0][0] if years else named
    if named and named != year:
        text = _("这份导出表是{named}年度的，正在对账的是{year}年度。请在上方切换年度，或另选文件；台账没有改动。")
        raise UserError(text.format(named=named, year=year))


def _refuse_other_unit(rows: Rows, own: tuple[str, ...]) -> None:
    """Raise ``UserError`` where every row, or the title, names a unit that is not this one."""
    mine = [even(name) for name in own]
    named: dict[str, str] = {}
    for row in range(rows.header.last + 1, len(rows.sheet.rows)):
        for one in ("unit_name", "unit_code"):
            if text := rows.text(row, one):
                named[even(text)] = text
    if not named and (found := _NAMED_UNIT.search(rows.header.title)):
        named[even(found[1])] = found[1]
    same = any(one in name or (name in one and len(name) > 3) for name in named for one in mine)
    if named and mine and not same:
        shown = "、".join(list(named.values())[:_SAID]) + ("…" if len(named) > _SAID else "")
        raise OtherUnitError(
            _("导出表中的单位是“{theirs}”，本台账的单位是“{own}”。请另选本单位的导出表；台账没有改动。").format(
                theirs=shown, own=own[0]
            )
        )


def _notes(rows: Rows, plan: Plan) -> Iterator[str]:
    """What should be known of the export as a whole."""
    others = sum(1 for one in plan.skipped if one.reason.startswith(_("其他单位：{unit}").format(unit="")))
    if others:
        yield _("另有{n}行属于其他单位，没有参加比较").format(n=others)
    out = sum(1 for one in plan.skipped if not one.is_total) - others
    if out > 0:
        yield _("另有{n}行不是一笔支付（作废、零金额、表尾等），没有参加比较").format(n=out)
    if rows.sheet.hidden_rows:
        yield _("表中有隐藏的行，也已读入")


def compared_to(export: Export, today: date) -> str:
    """The day up to which the ledger is compared unless another is chosen: the end of the export's last month, or
    today where that is later in the same month."""
    year = export.year
    if not export.last_day:
        return min(today, date(year, 12, 31)).isoformat() if today.year >= year else f"{year}-12-31"
    month = int(export.last_day[5:7])
    end = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    last = date.fromordinal(end)
    return max(export.last_day, min(last, today).isoformat()) if today < last else last.isoformat()
