"""Carrying money into the next year: visible 上年结转 entries that keep their origin year and fund source.

What next year opens with is what this year carries over, holder by holder, fund by fund, origin by origin
(domain I-09). After the final account is approved (决算批复) a difference is a 年初余额调整 instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core import commands
from core.book import Book
from core.change import Change, join
from core.errors import UserError
from core.i18n import _
from core.model import EventKind, YearState
from core.origins import carried_over, heads, origin_of
from core.projects import take_over_project


@dataclass(frozen=True, slots=True)
class CarryLine:
    """What one holder carries of one fund source and origin year, and what the next year opened with (分)."""

    project: int
    fund: str
    origin_year: int
    carried: int  # 结转下年 of the year
    opening: int  # 上年结转 of the next year
    adjusted: int = 0  # 年初余额调整 of the next year that took the place of a renewed 上年结转

    @property
    def difference(self) -> int:
        """What the next year still lacks; negative where it has too much."""
        return self.carried - self.opening - self.adjusted


def carry_preview(book: Book, year: int) -> list[CarryLine]:
    """Everything ``year`` carries over against what the next year opened with, in the order of the projects."""
    carried: dict[tuple[int, str, int], int] = {}
    if book.year(year) is None:  # what came before the file's first year is not known
        return []
    for row in heads(book, year):
        carried.update(carried_over(book, year, row.project))
    opening = _entered(book, year + 1, EventKind.OPENING)
    adjusted = _entered(book, year + 1, EventKind.OPENING_ADJUST) if approved(book, year) else {}
    lines = []
    for place in {**carried, **opening}:
        line = CarryLine(*place, carried.get(place, 0), opening.get(place, 0))
        # An adjustment stands for a carry that moved after the approval only where it makes up for it.
        if line.difference and adjusted.get(place, 0) == line.difference:
            line = CarryLine(*place, line.carried, line.opening, line.difference)
        lines.append(line)
    order = {row.project: n for y in (year + 1, year) for n, row in enumerate(book.project_years(y))}
    return sorted(lines, key=lambda line: (order.get(line.project, 0), line.fund, line.origin_year))


def approved(book: Book, year: int) -> bool:
    """Whether the year's final account was approved (决算批复): its closing figures no longer move."""
    return bool(book.unit_year(year).approved_on)


def carry_over(book: Book, year: int) -> Change:
    """带入结转: make the next year's 上年结转 what ``year`` carries over; empty where they already meet.

    Projects that are not in the next year yet are taken over first. Raises ``UserError`` where there is no next
    year, or where it is locked.
    """
    if book.year(year + 1) is None:
        raise UserError(_("请先新建{year}年度，再带入结转。").format(year=year + 1))
    return _bring(book, year, carry_preview(book, year), _("带入{year}年度结转").format(year=year))


def renew_opening(book: Book, year: int, project: int, fund: str) -> Change:
    """Make one project's 上年结转 of one fund source in ``year`` what the year before carried over."""
    lines = [one for one in carry_preview(book, year - 1) if (one.project, one.fund) == (project, fund)]
    return _bring(book, year - 1, lines, _("更正上年结转"))


def adjust_opening(
    book: Book, year: int, project: int, fund: str, confirmed: int, day: str, origin_year: int = 0, **details: object
) -> Change:
    """Enter the difference between the carry that the final-account approval confirms (``confirmed``, 分) and what
    ``year`` opened with as 年初余额调整 dated ``day``.

    Of one origin year, or with ``origin_year`` 0 of the project's whole money of the fund source, which is then
    taken to be last year's. ``details``: doc_no, doc_title, memo. Raises ``UserError`` where there is no such project.
    """
    if book.project_year(year, project) is None:
        raise UserError(_("这个项目在{year}年度已不存在。").format(year=year))
    kinds = (EventKind.OPENING, EventKind.OPENING_ADJUST)
    events = [e for e in book.events(year, project) if e.kind in kinds and e.fund == fund]
    held = sum(e.amount for e in events if origin_year in (0, origin_of(e)))
    if confirmed == held:
        return Change("")
    origin = origin_year or year - 1
    kind = EventKind.OPENING_ADJUST
    return commands.add_event(
        book, year, project, kind, day, confirmed - held, fund=fund, origin_year=origin, **details
    )


def _entered(book: Book, year: int, kind: str) -> dict[tuple[int, str, int], int]:
    """The sums of a year's events of a kind by holder, fund source and origin year."""
    sums: dict[tuple[int, str, int], int] = {}
    for row in book.project_years(year):
        for event in book.events(year, row.project):
            if event.kind == kind:
                place = (row.project, event.fund, origin_of(event))
                sums[place] = sums.get(place, 0) + event.amount
    return {place: amount for place, amount in sums.items() if amount}


def _bring(book: Book, year: int, lines: Iterable[CarryLine], label: str) -> Change:
    changes: list[Change] = []

    def do(change: Change) -> None:
        nonlocal book
        book = book.apply(change)
        changes.append(change)

    for line in lines:
        if line.difference:
            do(take_over_project(book, year + 1, line.project))
            do(_settle(book, year, line))
    return join(label, changes)


def _settle(book: Book, year: int, line: CarryLine) -> Change:
    """Edit the only 上年结转 behind a line, enter the first, or where several stand behind it the difference."""
    earlier = book.year(year)
    moves = earlier is not None and earlier.state == YearState.OPEN
    details = {"fund": line.fund, "origin_year": line.origin_year, "functional_code": _function(book, year, line)}
    day = f"{year + 1}-01-01"
    held = [
        event
        for event in book.events(year + 1, line.project)
        if event.kind == EventKind.OPENING and event.fund == line.fund and origin_of(event) == line.origin_year
    ]
    if held and approved(book, year) and not moves:
        memo = _("决算批复后{year}年末结转变动").format(year=year)
        kind = EventKind.OPENING_ADJUST
        return commands.add_event(book, year + 1, line.project, kind, day, line.difference, memo=memo, **details)
    if len(held) == 1:
        amount = held[0].amount + line.difference
        return (
            commands.set_event(book, held[0].id, amount=amount) if amount else commands.remove_event(book, held[0].id)
        )
    return commands.add_event(book, year + 1, line.project, EventKind.OPENING, day, line.difference, **details)


def _function(book: Book, year: int, line: CarryLine) -> str:
    """The functional code of what is carried, where all of it has the same."""
    carries = [e for e in book.events(year, line.project) if e.kind == EventKind.CARRIED and e.fund == line.fund]
    codes = {event.functional_code for event in carries if origin_of(event) in (0, line.origin_year)}
    return codes.pop() if len(codes) == 1 else ""
