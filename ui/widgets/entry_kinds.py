"""The kinds the line for entries knows, and the commands behind them."""

from collections.abc import Callable, Mapping

from core import commands, commitments
from core.book import Book
from core.change import Change
from core.entries import Entry
from core.i18n import _
from core.model import EVENT_LABELS, BudgetEvent, Commitment, EventKind, Payment

PAYMENT, COMMITMENT, REFUND = "payment", "commitment", "refund"
SPENDING = {PAYMENT: _("支出"), COMMITMENT: _("在途")}

RECORD_OF: Mapping[str, type[Entry]] = {"event": BudgetEvent, PAYMENT: Payment, COMMITMENT: Commitment}
SETTERS: Mapping[type[Entry], Callable[..., Change]] = {
    BudgetEvent: commands.set_event,
    Payment: commands.set_payment,
    Commitment: commitments.set_commitment,
}


def record_of(kind: str) -> type[Entry]:
    """The record a kind makes."""
    return {PAYMENT: Payment, COMMITMENT: Commitment}.get(kind, BudgetEvent)


def kind_of(entry: Entry) -> str:
    """The kind of an entry."""
    return entry.kind if isinstance(entry, BudgetEvent) else PAYMENT if isinstance(entry, Payment) else COMMITMENT


def kinds_for(entry: Entry | None, is_sub: bool, has_past: bool) -> dict[str, str]:
    """What an entry may turn into; without one, what can be entered for a project or sub-project. ``has_past``:
    it has payments of earlier years, which may be refunded."""
    match entry:
        case Payment() | Commitment():
            return {kind_of(entry): SPENDING[kind_of(entry)]}
        case BudgetEvent(kind=EventKind.REALLOCATE):
            return {EventKind.REALLOCATE: EVENT_LABELS[EventKind.REALLOCATE]}
        case BudgetEvent():
            return {kind: text for kind, text in EVENT_LABELS.items() if kind != EventKind.REALLOCATE}
    if is_sub:  # it only spends its project's money
        return dict(SPENDING)
    return {**SPENDING, **EVENT_LABELS, **({REFUND: _("以前年度退回")} if has_past else {})}


def new_entry(
    book: Book, year: int, project: int, kind: str, day: str, amount: int, other: int, **details: object
) -> Change:
    """Enter a payment, a commitment, a budget event, or a 调剂 with the project ``other``."""
    if kind == PAYMENT:
        return commands.add_payment(book, year, project, day, amount, **details)
    if kind == COMMITMENT:
        return commitments.add_commitment(book, year, project, day, amount, **details)
    if kind == EventKind.REALLOCATE:
        return commands.reallocate(book, year, other, project, day, amount, **details)
    return commands.add_event(book, year, project, kind, day, amount, **details)
