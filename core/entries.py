"""The entries of projects in the order of their dates, and the balance each of them leaves."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import accumulate

from core.book import Book
from core.model import DISPOSITIONS, BudgetEvent, Payment

Entry = BudgetEvent | Payment
Order = tuple[str, int, int]


def order_of(entry: Entry) -> Order:
    """Where an entry stands: by date; on one day money comes in before it is spent, and is disposed of last."""
    if isinstance(entry, Payment):
        return entry.date, 1, entry.id
    return entry.date, 2 if entry.kind in DISPOSITIONS else 0, entry.id


def entries_of(book: Book, year: int, projects: Iterable[int]) -> list[Entry]:
    """Budget events and payments of these projects in a year, in order."""
    groups: list[list[Entry]] = []
    for project in projects:
        groups.append(sorted(book.events(year, project), key=order_of))
        groups.append(list(book.payments(year, project)))  # by date and id already
    return list(merge(*groups, key=order_of))


def effect(entry: Entry) -> int:
    """What an entry adds to the money that is left (U 未处置), in 分."""
    if isinstance(entry, Payment) or entry.kind in DISPOSITIONS:
        return -entry.amount
    return entry.amount


def running(entries: Iterable[Entry], start: int = 0) -> Iterator[int]:
    """The money left after each entry, in 分; ``start`` is what was left before the first."""
    sums = accumulate((effect(entry) for entry in entries), initial=start)
    next(sums)
    return sums
