"""What mends the ledger from a comparison, through the existing commands, as one change; and 已对账至."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import commands
from core.block_edits import together
from core.book import Book
from core.change import Change, join
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.intake.payments import fitting, reversing
from core.matching.exported import ExportedPayment
from core.matching.model import CODE, PROJECT, Comparison, Kind, Match
from core.model import BudgetEvent, Payment


class Mend(StrEnum):
    """What is done about an item."""

    ADD = "add"  # 补登: take the payment over
    TAKE = "take"  # make the ledger's payment as the export has it
    REMOVE = "remove"
    REVERSE = "reverse"  # 红字


MEND_LABELS: Mapping[str, str] = {
    Mend.ADD: _("补登到台账"),
    Mend.TAKE: _("改为导出数"),
    Mend.REMOVE: _("从台账删除"),
    Mend.REVERSE: _("红字冲销"),
}
POSSIBLE: Mapping[str, tuple[Mend, ...]] = {
    Kind.THERE: (Mend.ADD,),
    Kind.HERE: (Mend.REMOVE, Mend.REVERSE),
    Kind.DIFFERENT: (Mend.TAKE,),
    Kind.DOUBTFUL: (),
    Kind.MATCHED: (),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One item with what is to be done. ``fields``: which are taken, all that differ where empty."""

    match: Match
    mend: Mend
    fields: tuple[str, ...] = ()


def can_take(match: Match) -> bool:
    """Whether the ledger's side can be made like the export's: one payment and one row."""
    return len(match.lines) == len(match.payments) == 1


def mend(book: Book, orders: Sequence[Order], today: date) -> Change:
    """Everything that was chosen as one change. Raises ``UserError`` for an order that cannot be carried out, such as
    a row without a project or a refund whose payment is not known."""
    label = _("对账处理{count}项").format(count=len(orders))
    refunds = [one for one in orders if one.mend == Mend.ADD and one.match.lines[0].payment.amount < 0]
    others = [one for one in orders if one not in refunds]
    first = together(book, label, [change for one in others for change in _changes(book, one, today)])
    if not refunds:
        return first
    after = book.apply(first) if first else book
    done = [first]
    for one in refunds:
        done.append(_add_refund(after, one))
        after = after.apply(done[-1])
    return join(label, done)


def _changes(book: Book, order: Order, today: date) -> Iterable[Change]:
    match order.mend:
        case Mend.ADD:
            return [_add(book, line) for line in order.match.lines]
        case Mend.TAKE:
            return [_take(book, order)]
        case Mend.REMOVE:
            return [commands.remove_payment(book, one.id) for one in order.match.payments]
    return [
        commands.reverse_payment(book, one.id, max(one.date, commands.entry_day(one.year, "", today)))
        for one in order.match.payments
    ]


def _ready(line: ExportedPayment) -> Payment:
    """The payment of a row with its project. Raises ``UserError`` where something is missing."""
    payment = line.payment
    if not payment.project:
        raise _unknown_project(line)
    if not payment.amount or not payment.date:
        raise UserError(_("第{row}行没有可用的金额或日期，请在导出表中核实后再补登。").format(row=line.row))
    return payment


def _unknown_project(line: ExportedPayment) -> UserError:
    text = _("第{row}行的项目“{name}”在台账中没有，请先选定它对应台账的哪个项目。")
    return UserError(text.format(row=line.row, name=line.project or _("未写明")))


def _add(book: Book, line: ExportedPayment) -> Change:
    one = _ready(line)
    event = one.event if one.event and book.get(BudgetEvent, one.event) else 0
    names = ("payee", "purpose", "voucher", "bank_no", "functional_code", "economic_code", "method", "memo", "fund")
    details = {name: getattr(one, name) for name in names}
    return commands.add_payment(book, one.year, one.project, one.date, one.amount, event=event, **details)


def _add_refund(book: Book, order: Order) -> Change:
    """The 红字 of a row, to the one payment it can take back."""
    [line] = order.match.lines
    one = _ready(line)
    held = {p.id: p for p in book.payments(one.year, one.project) if p.amount > 0}
    left = {p.id: p.amount + sum(back.amount for back in book.reversals(p.id)) for p in held.values()}
    fits = fitting(one, held, left, line.original)
    if len(fits) != 1:
        text = _("第{row}行是负数，对应的原支出有{count}笔，无法确定。请在收支台账中对原支出使用“红字冲销”。")
        raise UserError(text.format(row=line.row, count=len(fits)))
    draft = Draft(book)
    draft.add(reversing(one, fits[0]))
    return draft.change(_("补登红字"))


def _take(book: Book, order: Order) -> Change:
    if not can_take(order.match):
        raise UserError(_("几笔对一笔的不能直接改为导出数，请在收支台账中修改。"))
    [line], [payment] = order.match.lines, order.match.payments
    other = line.payment
    taken: dict[str, object] = {}
    for name in order.fields or order.match.fields:
        if name == CODE:
            codes = {"functional_code": other.functional_code, "economic_code": other.economic_code}
            taken |= {key: code for key, code in codes.items() if code and getattr(payment, key)}
        elif name == PROJECT and not other.project:
            raise _unknown_project(line)
        else:
            taken[name] = getattr(other, name)
    return commands.set_payment(book, payment.id, **taken)


# 已对账至


def reconcile(book: Book, found: Comparison, day: str) -> Change:
    """Set 已对账至 to a day (ISO); the journal line says what was compared and what was left open. Raises
    ``UserError`` for a day outside the year or after what was compared."""
    year = found.export.year
    if day[:4] != str(year):
        raise UserError(_("已对账至的日期应在{year}年度内。").format(year=year))
    if day > found.until:
        text = _("这次只比较到{until}，不能标为已对账至{day}。请先把比较截止日改到这一天或以后。")
        raise UserError(text.format(until=show_day(found.until), day=show_day(day)))
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    draft = Draft(book)
    draft.replace(record, reconciled_to=day)
    counts = _("相符{good}笔，接受差异{accepted}项，未了{open}项").format(
        good=len(found.of(Kind.MATCHED)),
        accepted=sum(1 for one in found.matches if one.reason),
        open=len(found.open),
    )
    text = _("已对账至{day}（{file}：{counts}）")
    return draft.change(text.format(day=show_day(day), file=found.export.file, counts=counts))


def withdraw_reconciled(book: Book, year: int) -> Change:
    """Take 已对账至 back."""
    record = book.year(year)
    draft = Draft(book)
    if record is not None:
        draft.replace(record, reconciled_to="")
    return draft.change(_("取消已对账至"))


def show_day(day: str) -> str:
    """An ISO day as 10月31日."""
    return _("{month}月{day}日").format(month=int(day[5:7]), day=int(day[8:10]))


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the bar at the bottom says of a year; ``is_due``: a month has ended since."""

    text: str
    is_due: bool


def reconciled(book: Book, year: int, today: date) -> Reconciled | None:
    """「已对账至 10月31日」, or 「未对账」 once a month of the year has ended; None where nothing is to be said."""
    record = book.year(year)
    if record is None:
        return None
    ended = 12 if today.year > year else today.month - 1 if today.year == year else 0
    day = record.reconciled_to
    if day:
        return Reconciled(_("已对账至 {day}").format(day=show_day(day)), int(day[5:7]) < ended)
    has_entries = any(book.cells(year, row.project) for row in book.project_years(year))
    return Reconciled(_("未对账"), True) if ended and has_entries else None
