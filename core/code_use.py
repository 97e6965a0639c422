"""Which classification codes a project's entries bear, counted once for the rules and forms that ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.book import Book
from core.model import BudgetEvent

ECONOMIC, FUNCTIONAL = "economic_code", "functional_code"  # the fields of an entry that hold codes


@dataclass(frozen=True, slots=True)
class CodeUse:
    """The entries that bear one code, as it is written: how many, what they add up to (分), and the first of them."""

    count: int
    amount: int
    first: int  # record id


def payment_codes(book: Book, year: int, project: int, field: str) -> Mapping[str, CodeUse]:
    """Codes of a project's own payments, without its sub-projects, as written; those without a code are left out."""

    def pairs() -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for payment in book.loose_payments(year, project):
            pair = (payment.economic_code, payment.functional_code)
            use = found.get(pair)
            if use is None:
                found[pair] = [1, payment.amount, payment.id]
                continue
            use[0] += 1
            use[1] += payment.amount
            if payment.id < use[2]:
                use[2] = payment.id
        return found

    place = 0 if field == ECONOMIC else 1
    held = book.memo(year, project, "codes of payments", pairs)
    return _gathered([(pair[place], count, amount, first) for pair, (count, amount, first) in held.items()])


def event_codes(book: Book, year: int, project: int, field: str) -> Mapping[str, CodeUse]:
    """Codes of a project's own budget events, as written; those without a code are left out."""
    events = (book.get(BudgetEvent, number) for number in book.entry_ids(BudgetEvent, year, project))
    return _gathered([(getattr(event, field), 1, event.amount, event.id) for event in events if event])


def _gathered(uses: list[tuple[str, int, int, int]]) -> dict[str, CodeUse]:
    found: dict[str, CodeUse] = {}
    for text, count, amount, first in uses:
        held = found.get(text)
        if text and held:
            found[text] = CodeUse(held.count + count, held.amount + amount, min(held.first, first))
        elif text:
            found[text] = CodeUse(count, amount, first)
    return found
