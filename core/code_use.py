"""Which classification codes a project's entries bear."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.book import Book
from core.model import BudgetEvent, Payment

ECONOMIC, FUNCTIONAL = "economic_code", "functional_code"  # the fields of an entry that hold codes


@dataclass(frozen=True, slots=True)
class CodeUse:
    """The entries that bear one code, as it is written: how many, what they add up to (分), and the first of them."""

    count: int
    amount: int
    first: int  # record id


def payment_codes(book: Book, year: int, project: int, field: str) -> frozenset[str]:
    """The codes of a project's own payments, without its sub-projects, as they are written; empty ones are none."""

    def collect() -> frozenset[str]:
        payments = book.loose_payments(year, project)
        if field == ECONOMIC:
            return frozenset({one.economic_code for one in payments} - {""})
        return frozenset({one.functional_code for one in payments} - {""})

    return book.memo(year, project, ("codes of payments", field), collect)


def event_codes(book: Book, year: int, project: int, field: str) -> frozenset[str]:
    """The codes of a project's own budget events, as they are written; empty ones are none."""
    return frozenset({getattr(one, field) for one in _events(book, year, project)} - {""})


def payment_use(book: Book, year: int, project: int, field: str, code: str) -> CodeUse:
    """How a code stands in a project's own payments. Raises ``ValueError`` where it does not."""
    return _use(book.loose_payments(year, project), field, code)


def event_use(book: Book, year: int, project: int, field: str, code: str) -> CodeUse:
    """How a code stands in a project's own budget events. Raises ``ValueError`` where it does not."""
    return _use(_events(book, year, project), field, code)


def _events(book: Book, year: int, project: int) -> list[BudgetEvent]:
    found = (book.get(BudgetEvent, number) for number in book.entry_ids(BudgetEvent, year, project))
    return [event for event in found if event]


def _use(entries: Iterable[Payment | BudgetEvent], field: str, code: str) -> CodeUse:
    held = [one for one in entries if getattr(one, field) == code]
    return CodeUse(len(held), sum(one.amount for one in held), min(one.id for one in held))
