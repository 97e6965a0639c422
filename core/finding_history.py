"""When findings came and went: the journal walked back from the book of today, rechecking what each line touched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.book import Book
from core.check import Finding, Findings, Spot
from core.checker import Checker
from core.history import History
from core.model import Waiver

if TYPE_CHECKING:
    from core.store import Line

Step = Callable[[int, int], None]  # how many of how many lines are walked; it may raise, to stop
Complaint = tuple[str, str, str]  # rule, place, words: what stays the same while figures move


@dataclass(frozen=True, slots=True)
class Story:
    """One time that a finding was there. ``came`` None: before the journal begins; ``gone`` None: it still is."""

    finding: Finding  # as it was last
    came: "Line | None"
    gone: "Line | None"


@dataclass(frozen=True, slots=True)
class Trace:
    """The stories of a year's findings, the newest first, and the lines in which waivers were written."""

    stories: tuple[Story, ...]
    waived: dict[int, "Line"]  # id of the waiver: the line that wrote it as it stands

    def of(self, finding: Finding) -> Story | None:
        """The story of a finding that is there now."""
        key = complaint(finding)
        return next((one for one in self.stories if one.gone is None and complaint(one.finding) == key), None)


def complaint(finding: Finding) -> Complaint:
    """What a finding is about, whatever its figures."""
    return finding.rule, finding.about.key(), finding.words


def trace(book: Book, history: History, checker: Checker, year: int, step: Step) -> Trace:
    """Walk the journal back. Judged by the rules of today; a finding is there from the line on that made it true,
    whether it was due then or not. Some milliseconds a line: runs in the background."""
    findings = checker.check(book, [year, year + 1])
    open_: dict[Complaint, tuple[Finding, Line | None]] = {
        complaint(one): (one, None) for one in findings.of_year(year)
    }
    stories: list[Story] = []
    waived: dict[int, Line] = {}
    lines = history.lines
    for number, line in enumerate(reversed(lines)):
        step(number, len(lines))
        change, _count = history.change_of(line)
        for diff in change.diffs:
            if isinstance(diff.after, Waiver):
                waived.setdefault(diff.after.id, line)
        undoing = change.inverse()
        before = book.apply(undoing)
        stale = {spot for spot in checker.touched(book, before, undoing) if spot[1] in (year, year + 1)}
        earlier = checker.recheck(findings, before, stale)
        now, then = _at(findings, stale, year), _at(earlier, stale, year)
        for key in now.keys() - then.keys():
            if key in open_:
                finding, gone = open_.pop(key)
                stories.append(Story(finding, line, gone))
        for key in then.keys() - now.keys():
            open_[key] = (then[key], line)
        book, findings = before, earlier
    stories += [Story(finding, None, gone) for finding, gone in open_.values()]
    last = len(lines) + 1

    def newest(one: Story) -> tuple[int, int]:
        return (one.gone.id if one.gone else last, one.came.id if one.came else 0)

    return Trace(tuple(sorted(stories, key=newest, reverse=True)), waived)


def _at(findings: Findings, spots: Iterable[Spot], year: int) -> dict[Complaint, Finding]:
    found = (one for spot in spots for one in findings.by_spot.get(spot, ()))
    return {complaint(one): one for one in found if one.year == year}
