"""Money that comes back for a payment of an earlier year: it never lowers this year's spending."""

from collections.abc import Mapping

from core.book import Book
from core.change import Change, join
from core.commands import add_event
from core.errors import UserError
from core.i18n import _
from core.model import EventKind, Payment
from core.money import show_yuan
from core.projects import take_over_project

ADJUST, RETURN = "adjust", "return"
CHOICES: Mapping[str, str] = {ADJUST: _("年初余额调整"), RETURN: _("缴回国库")}


def refund_earlier(book: Book, year: int, payment: int, day: str, amount: int, choice: str) -> Change:
    """Enter the refund (分) of an earlier year's payment in ``year``, dated ``day``.

    ``adjust``: the money may be used again, as 年初余额调整 of the payment's project. ``return``: it goes back to the
    treasury, so the same amount is recovered (财政收回) at once. Raises ``UserError`` for a payment that is gone, is of
    this year, or is smaller than the refund.
    """
    paid = book.get(Payment, payment)
    if paid is None:
        raise UserError(_("这条记录已不存在，可能已被撤销或删除。"))
    if paid.year >= year:
        raise UserError(_("这笔支出属于{year}年度，退回时请用红字冲销。").format(year=paid.year))
    left = paid.amount + sum(one.amount for one in book.reversals(payment))
    if not 0 < amount <= left:
        raise UserError(_("退回金额应大于零，且不超过原支出{left}元。").format(left=show_yuan(left)))
    if choice not in CHOICES:
        raise UserError(_("请选择退回资金的去向：年初余额调整或缴回国库。"))
    project = book.parent(paid.project) or paid.project
    voucher = _("，凭证号{number}").format(number=paid.voucher) if paid.voucher else ""
    details = {
        "fund": paid.fund,
        "functional_code": paid.functional_code,
        "origin_year": paid.year,
        "memo": _("退回{date}支出“{purpose}”{voucher}").format(date=paid.date, purpose=paid.purpose, voucher=voucher),
    }
    changes = [take_over_project(book, year, project)]
    book = book.apply(changes[0])
    if book.project_year(year, project) is None:
        raise UserError(_("{year}年度没有这笔支出的项目，请先把项目加入本年度。").format(year=year))
    for kind in (EventKind.OPENING_ADJUST, EventKind.RECOVERED)[: 1 if choice == ADJUST else 2]:
        changes.append(add_event(book, year, project, kind, day, amount, **details))
        book = book.apply(changes[-1])
    return join(
        _("退回以前年度支出 {amount}（{choice}）").format(amount=show_yuan(amount), choice=CHOICES[choice]), changes
    )
