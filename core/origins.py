"""How old money is: the layers of a balance by the budget year it originates in (资金所属年度).

Carried money keeps the year it was first given. Spending draws on the event a payment names, else on the
oldest money; what was recalled, declared surplus or carried over is drawn likewise, recalls first. All in 分.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from core.balance import FundFilter, any_fund
from core.book import SPENT, Book
from core.model import DISPOSITIONS, GIVING, BudgetEvent, EventKind, Payment, ProjectYear


@dataclass(frozen=True, slots=True)
class Layer:
    """The money of one origin year. ``left`` is given less spent less R, X and C."""

    origin_year: int
    given: int = 0
    spent: int = 0
    left: int = 0
    recovered: int = 0
    surplus: int = 0
    carried: int = 0

    def __add__(self, other: "Layer") -> "Layer":
        sums = (getattr(self, name) + getattr(other, name) for name in _SUMMED)
        return Layer(self.origin_year, *sums)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The money one holder has of one fund source."""

    layers: tuple[Layer, ...]
    carried: Mapping[tuple[int, int], int]  # who carries it over (project id), origin year -> amount


_SUMMED = tuple(one.name for one in fields(Layer) if one.name != "origin_year")
_OPENINGS = (EventKind.OPENING, EventKind.OPENING_ADJUST)


def origin_of(event: BudgetEvent) -> int:
    """The budget year an event's money originates in; 0 for a disposition that names none."""
    if event.kind in DISPOSITIONS:
        return event.origin_year
    if event.kind in _OPENINGS:
        return min(event.origin_year or event.year - 1, event.year - 1)
    return event.year


def layers(book: Book, year: int, project: int, funds: FundFilter = any_fund) -> list[Layer]:
    """A project's money with its sub-projects', oldest first; the sums are those of ``project_balance``."""

    def total() -> list[Layer]:
        found = (
            layer
            for fund in held_funds(book, year, project)
            if funds(fund)
            for owner in pools(book, year, project, fund)
            for layer in pool_layers(book, year, project, owner, fund)
        )
        return _merged(found)

    return book.memo(year, project, ("layers", funds), total)


def heads(book: Book, year: int) -> list[ProjectYear]:
    """The projects of a year that money is counted at, with their sub-projects; a sub-project whose parent is not
    in the year stands by itself."""
    return [row for row in book.project_years(year) if not book.project_year(year, book.parent(row.project))]


def held_funds(book: Book, year: int, project: int) -> list[str]:
    """The fund sources that a project or its sub-projects have entries of, in the order of their names."""
    family = (project, *(child.project for child in book.children(year, project)))
    return sorted({fund for one in family for _kind, fund, _month in book.cells(year, one)})


def pools(book: Book, year: int, project: int, fund: str) -> dict[int, tuple[int, ...]]:
    """Who holds a project's money of one fund source: holder -> those whose entries draw on it.

    Sub-projects spend their parent's money; one that was given money of its own holds that itself, unless it has
    spent more than it was given.
    """

    def find() -> dict[int, tuple[int, ...]]:
        children = [child.project for child in book.children(year, project)]
        apart = [child for child in children if _holds(book, year, child, fund)]
        shared = tuple(one for one in (project, *children) if one not in apart)
        return {project: shared, **{child: (child,) for child in apart}}

    return book.memo(year, project, ("pools", fund), find)


def _holds(book: Book, year: int, project: int, fund: str) -> bool:
    sums: dict[str, int] = {}
    for (kind, source, _month), amount in book.cells(year, project).items():
        if source == fund:
            sums[kind] = sums.get(kind, 0) + amount
    taken = sum(sums.get(kind, 0) for kind in (SPENT, *DISPOSITIONS))
    given = [sums[kind] for kind in GIVING if kind in sums]
    return bool(given) and sum(given) >= taken


def pool_layers(book: Book, year: int, project: int, owner: int, fund: str) -> tuple[Layer, ...]:
    """The layers of the money of one fund source that ``owner`` holds: the project or one of its sub-projects."""
    return _pool(book, year, project, owner, fund).layers


def carried_over(book: Book, year: int, project: int) -> dict[tuple[int, str, int], int]:
    """What a project and its sub-projects carry into the next year (结转下年), in 分: by who carries it, fund
    source and origin year."""
    found: dict[tuple[int, str, int], int] = {}
    for fund in held_funds(book, year, project):
        for owner in pools(book, year, project, fund):
            for (holder, origin), amount in _pool(book, year, project, owner, fund).carried.items():
                found[holder, fund, origin] = found.get((holder, fund, origin), 0) + amount
    return {place: amount for place, amount in found.items() if amount}


def _pool(book: Book, year: int, project: int, owner: int, fund: str) -> _Pool:
    def total() -> _Pool:
        return _drawn(book, year, pools(book, year, project, fund)[owner], fund)

    return book.memo(year, project, ("pool", owner, fund), total)


def _drawn(book: Book, year: int, members: tuple[int, ...], fund: str) -> _Pool:
    events = [e for one in members for e in book.events(year, one) if e.fund == fund]
    given: dict[int, int] = {}
    for event in events:
        if event.kind in GIVING:
            given[origin_of(event)] = given.get(origin_of(event), 0) + event.amount
    room = _without_debts(given, year)
    start = dict(room)
    drawn = {name: dict.fromkeys(room, 0) for name in (SPENT, *DISPOSITIONS)}
    carried: dict[tuple[int, int], int] = {}
    spending = _spending(book, year, members, fund, events, room)
    wanted = [(SPENT, origin, amount, 0) for origin, amount in spending.items()]
    wanted += [(e.kind, origin_of(e), e.amount, e.project) for e in events if e.kind in DISPOSITIONS]
    order = (SPENT, *DISPOSITIONS)
    # What names its origin draws first, else the oldest money would be gone before it is asked for.
    for kind, origin, amount, holder in sorted(wanted, key=lambda w: (w[0] != SPENT, not w[1], order.index(w[0]))):
        for layer, part in _take(room, origin, amount):
            drawn[kind][layer] += part
            if kind == EventKind.CARRIED:
                carried[holder, layer] = carried.get((holder, layer), 0) + part
    found = tuple(
        Layer(
            origin,
            start[origin],
            drawn[SPENT][origin],
            room[origin],
            drawn[EventKind.RECOVERED][origin],
            drawn[EventKind.SURPLUS][origin],
            drawn[EventKind.CARRIED][origin],
        )
        for origin in sorted(room)
    )
    return _Pool(found, carried)


def _without_debts(given: dict[int, int], year: int) -> dict[int, int]:
    """What each origin year gave; a cut (追减) above its own year's money is taken from the oldest money."""
    room = {origin: max(amount, 0) for origin, amount in given.items()} or {year: 0}
    debt = -sum(amount for amount in given.values() if amount < 0)
    for origin, part in list(_take(dict(room), 0, debt)):
        room[origin] -= part
    return room


def _spending(
    book: Book, year: int, members: tuple[int, ...], fund: str, events: list[BudgetEvent], room: dict[int, int]
) -> dict[int, int]:
    """What was spent by the origin year of the event that the payments name; 0: they name none."""
    cells = (cell for one in members for cell in book.cells(year, one).items())
    total = sum(amount for (kind, source, _month), amount in cells if (kind, source) == (SPENT, fund))
    if len(room) < 2:  # nothing to choose from: the payments need not be looked at
        return {0: total}
    origins = {event.id: origin_of(event) for event in events if event.kind in GIVING}
    named: dict[int, int] = {}
    for one in members:
        for payment_id in book.entry_ids(Payment, year, one):
            payment = book.get(Payment, payment_id)
            if payment and payment.fund == fund and payment.event in origins:
                origin = origins[payment.event]
                named[origin] = named.get(origin, 0) + payment.amount
    named = {origin: amount for origin, amount in named.items() if amount > 0}
    return {**named, 0: total - sum(named.values())}


def _take(room: dict[int, int], wanted: int, amount: int) -> Iterable[tuple[int, int]]:
    """Draw an amount: on the wanted origin as far as it goes, then on the oldest; what is too much, or was
    given back, falls on the newest. Yields origin and part; ``room`` is lowered."""
    for origin in (wanted, *sorted(room)) if amount > 0 else ():
        part = min(amount, max(room.get(origin, 0), 0))
        if part:
            room[origin] -= part
            amount -= part
            yield origin, part
    if amount:
        room[max(room)] -= amount
        yield max(room), amount


def _merged(found: Iterable[Layer]) -> list[Layer]:
    by_origin: dict[int, Layer] = {}
    for layer in found:
        held = by_origin.get(layer.origin_year)
        by_origin[layer.origin_year] = held + layer if held else layer
    return [by_origin[origin] for origin in sorted(by_origin)]
