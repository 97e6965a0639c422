"""The entries of projects in the order of their dates, and the balance each of them leaves."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import accumulate

from core.book import Book
from core.book import Entry as Entry
from core.model import DISPOSITIONS, BudgetEvent, Commitment, CommitmentState, Payment

Order = tuple[str, int, int]


def order_of(entry: Entry) -> Order:
    """Where an entry stands: by date; on one day money comes in before it is spent, and is disposed of last."""
    if isinstance(entry, Payment | Commitment):
        return entry.date, 1, entry.id
    return entry.date, 2 if entry.kind in DISPOSITIONS else 0, entry.id


def entries_of(book: Book, year: int, projects: Iterable[int]) -> list[Entry]:
    """Budget events, payments and commitments of these projects in a year, in order."""
    groups: list[list[Entry]] = []
    for project in projects:
        groups.append(sorted(book.events(year, project), key=order_of))
        groups.append(list(book.payments(year, project)))  # by date and id already
        groups.append(list(book.commitments(year, project)))
    return list(merge(*groups, key=order_of))


def effect(entry: Entry) -> int:
    """What an entry adds to the money that can still be used (可用余额), in 分: a commitment lowers it while open."""
    match entry:
        case Commitment():
            return -entry.amount if entry.state == CommitmentState.OPEN else 0
        case Payment():
            return -entry.amount
        case BudgetEvent():
            return -entry.amount if entry.kind in DISPOSITIONS else entry.amount


def running(entries: Iterable[Entry], start: int = 0) -> Iterator[int]:
    """The money left after each entry, in 分; ``start`` is what was left before the first."""
    sums = accumulate((effect(entry) for entry in entries), initial=start)
    next(sums)
    return sums
