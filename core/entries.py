"""The entries of projects in the order of their dates, and the balance each of them leaves."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import attrgetter

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
    gave: list[Entry] = []
    spent: list[Entry] = []
    disposed: list[Entry] = []
    for project in projects:
        for event in book.events(year, project):
            (disposed if event.kind in DISPOSITIONS else gave).append(event)
        spent += book.loose_payments(year, project)
        spent += book.commitments(year, project)
    for group in (gave, spent, disposed):
        group.sort(key=attrgetter("id"))
    # Two sorts of plain values that keep what is alike in its order: as ``order_of`` says, at a fraction of its cost.
    return sorted(gave + spent + disposed, key=attrgetter("date"))


def effect(entry: Entry) -> int:
    """What an entry adds to the money that can still be used (可用余额), in 分: a commitment lowers it while open."""
    match entry:
        case Commitment():
            return -entry.amount if entry.state == CommitmentState.OPEN else 0
        case Payment():
            return -entry.amount
        case BudgetEvent():
            return -entry.amount if entry.kind in DISPOSITIONS else entry.amount


def settled(entry: Entry) -> int:
    """What an entry adds to the money nobody has disposed of yet (未处置), in 分: a commitment adds nothing."""
    return 0 if isinstance(entry, Commitment) else effect(entry)


def running(entries: Iterable[Entry], start: int = 0) -> Iterator[int]:
    """The money left after each entry, in 分; ``start`` is what was left before the first."""
    sums = accumulate(map(effect, entries), initial=start)
    next(sums)
    return sums
