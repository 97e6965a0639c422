"""What a user does with commitments (在途): enter, change, drop, take up again, and turn one into its payment.

An open commitment lowers 可用余额 and nothing else. Days are ISO text, amounts 分.
"""

from dataclasses import replace

from core.book import Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import Commitment, CommitmentState, Payment, clean_text
from core.money import show_yuan

# What a payment takes over from the commitment it settles.
_TAKEN = ("fund", "event", "payee", "purpose", "memo")


def add_commitment(book: Book, year: int, project: int, day: str, amount: int, **details: object) -> Change:
    """Enter a commitment. ``details``: payee, purpose, fund, event, memo. Raises ``UserError`` unless the amount is
    above zero and the day in the year."""
    draft = Draft(book)
    new = Commitment(id=0, year=year, project=project, date=day, amount=amount, **_clean(details))  # type: ignore[arg-type]
    draft.add(_sound(new))
    return draft.change(_("新增在途 {amount}").format(amount=show_yuan(amount)))


def set_commitment(book: Book, commitment: int, **fields: object) -> Change:
    """Change fields of a commitment. Raises ``UserError`` as ``add_commitment`` does."""
    record = _held(book, commitment)
    draft = Draft(book)
    new = _sound(draft.replace(record, **_clean(fields)))
    if new.amount != record.amount:
        sides = {"old": show_yuan(record.amount), "new": show_yuan(new.amount)}
        return draft.change(_("修改在途 {old}→{new}").format(**sides))
    return draft.change(_("修改在途 {amount}").format(amount=show_yuan(record.amount)))


def drop_commitment(book: Book, commitment: int) -> Change:
    """Say that a commitment will not be paid (已取消). Raises ``UserError`` unless it is open."""
    record = _open(book, commitment)
    draft = Draft(book)
    draft.replace(record, state=CommitmentState.DROPPED)
    return draft.change(_("取消在途 {amount}").format(amount=show_yuan(record.amount)))


def take_up_commitment(book: Book, commitment: int) -> Change:
    """Open a dropped commitment again. Raises ``UserError`` for one that was paid."""
    record = _held(book, commitment)
    if record.state == CommitmentState.PAID:
        raise UserError(_("这笔在途已形成支出；删除对应的支出后，它会恢复为在途。"))
    draft = Draft(book)
    draft.replace(record, state=CommitmentState.OPEN)
    return draft.change(_("恢复在途 {amount}").format(amount=show_yuan(record.amount)))


def remove_commitment(book: Book, commitment: int) -> Change:
    """Remove a commitment. Raises ``UserError`` while the payment it became stands."""
    record = _held(book, commitment)
    if book.get(Payment, record.payment):
        raise UserError(_("这笔在途已形成支出，请先删除对应的支出。"))
    draft = Draft(book)
    draft.remove(record)
    return draft.change(_("删除在途 {amount}").format(amount=show_yuan(record.amount)))


def pay_commitment(
    book: Book, commitment: int, day: str, amount: int = 0, rest_stays: bool = False, **details: object
) -> Change:
    """Turn an open commitment into its payment: of ``amount``, else of the whole. ``details`` are further fields of
    the payment, such as voucher. Where less is paid, the rest is given up or, with ``rest_stays``, stays open as a
    commitment of its own. Raises ``UserError`` unless it is open."""
    record = _open(book, commitment)
    paid = amount or record.amount
    draft = Draft(book)
    taken = {name: getattr(record, name) for name in _TAKEN} | _clean(details)
    payment = draft.add(Payment(id=0, year=record.year, project=record.project, date=day, amount=paid, **taken))
    settled = draft.replace(record, state=CommitmentState.PAID, payment=payment.id)
    if rest_stays and paid < record.amount:
        draft.replace(settled, amount=paid)
        draft.add(replace(record, id=0, amount=record.amount - paid))
    return draft.change(_("在途转为支出 {amount}").format(amount=show_yuan(paid)))


def commitment_of(book: Book, payment: int) -> Commitment | None:
    """The commitment that became this payment."""
    return next((one for one in book.all(Commitment) if one.payment == payment), None)


def _sound(record: Commitment) -> Commitment:
    if record.amount <= 0:
        raise UserError(_("在途金额应大于零；不再支付的，取消这笔在途。"))
    if record.date[:4] != str(record.year):
        text = _("日期{date}不在{year}年度内。")
        raise UserError(text.format(date=record.date or _("（空）"), year=record.year))
    return record


def _held(book: Book, commitment: int) -> Commitment:
    record = book.get(Commitment, commitment)
    if record is None:
        raise UserError(_("这条记录已不存在，可能已被撤销或删除。"))
    return record


def _open(book: Book, commitment: int) -> Commitment:
    record = _held(book, commitment)
    if record.state != CommitmentState.OPEN:
        raise UserError(_("这笔在途已经支付或取消。"))
    return record


def _clean(fields: dict[str, object]) -> dict[str, object]:
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()}
