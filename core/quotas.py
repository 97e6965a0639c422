"""What is left of each single budget event (指标) of a project, for choosing the one a payment draws on. All in 分.

A payment or an open commitment draws on the event it names; what names none, what was cut and what was disposed
of is taken from the oldest money. So the rests of all events make up 可用余额, fund source by fund source.
"""

from dataclasses import dataclass

from core.book import COMMITTED, SPENT, Book
from core.model import DISPOSITIONS, GIVING, BudgetEvent, Commitment, CommitmentState, Payment
from core.origins import origin_of


@dataclass(frozen=True, slots=True)
class Quota:
    """A budget event that gave money, and what can still be spent of it; negative where too much was drawn."""

    event: BudgetEvent
    left: int


def quotas(book: Book, year: int, project: int) -> list[Quota]:
    """The events that gave a project money, with its sub-projects', oldest money first."""
    return book.memo(year, project, "quotas", lambda: _quotas(book, year, project))


def _quotas(book: Book, year: int, project: int) -> list[Quota]:
    family = (project, *(child.project for child in book.children(year, project)))
    events = [event for one in family for event in book.events(year, one)]
    gave = sorted(
        (event for event in events if event.kind in GIVING and event.amount > 0),
        key=lambda event: (origin_of(event), event.date, event.id),
    )
    left = {event.id: event.amount for event in gave}
    drawn: dict[str, int] = {}  # by fund: everything that lowers the rests
    for one in family:
        for (kind, fund, _month), amount in book.cells(year, one).items():
            taken = amount if kind in (SPENT, COMMITTED, *DISPOSITIONS) else 0
            drawn[fund] = drawn.get(fund, 0) + taken
    for event in events:
        if event.kind in GIVING and event.amount < 0:
            drawn[event.fund] = drawn.get(event.fund, 0) - event.amount
    for fund, amount in _named(book, year, family, left).items():
        drawn[fund] = drawn.get(fund, 0) - amount
    for fund, rest in drawn.items():
        own = [event.id for event in gave if event.fund == fund]
        for number in own:
            part = min(rest, max(left[number], 0))
            left[number] -= part
            rest -= part
        if own and rest:  # too much was spent, or given back more than the others hold
            left[own[-1]] -= rest
    return [Quota(event, left[event.id]) for event in gave]


def _named(book: Book, year: int, family: tuple[int, ...], left: dict[int, int]) -> dict[str, int]:
    """Take from each event what names it; returns the sums by fund source."""
    found: dict[str, int] = {}
    if len(left) < 2:  # nothing to choose from: the payments need not be looked at
        return found
    funds = {number: event.fund for number in left if (event := book.get(BudgetEvent, number))}
    for one in family:
        payments = (book.get(Payment, number) for number in book.entry_ids(Payment, year, one))
        open_ones = (c for c in book.commitments(year, one) if c.state == CommitmentState.OPEN)
        for entry in (*payments, *open_ones):
            if isinstance(entry, Payment | Commitment) and funds.get(entry.event) == entry.fund:
                left[entry.event] -= entry.amount
                found[entry.fund] = found.get(entry.fund, 0) + entry.amount
    return found
