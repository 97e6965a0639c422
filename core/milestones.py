"""When a year was locked, finalised or opened again, and by whom: read from the journal."""

from dataclasses import dataclass

from core.history import DO, History, shown_time
from core.model import Year, YearState


@dataclass(frozen=True, slots=True)
class Milestone:
    """One turn of a year's state, or of its months that are locked singly. ``label`` holds the reason, too."""

    at: str  # 2024-01-20 14:32:07
    who: str
    label: str
    before: str  # the state of the year
    after: str


def milestones(history: History, year: int) -> list[Milestone]:
    """The turns of a year, oldest first; what was undone and not repeated is left out."""
    found = []
    for line in history.lines:
        # The labels of these steps name their year: the many other lines need not be unpacked.
        if line.kind != DO or str(year) not in line.label or history.is_undone(line):
            continue
        for diff in history.change_of(line)[0].diffs:
            old, new = diff.before, diff.after
            if not (isinstance(old, Year) and isinstance(new, Year) and new.year == year):
                continue
            if (old.state, old.locked_months) != (new.state, new.locked_months):
                found.append(Milestone(shown_time(line), line.who, line.label, old.state, new.state))
    return found


def sealed_at(held: list[Milestone], state: str) -> Milestone | None:
    """The last time the year was locked, or finalised; None where the journal does not tell."""
    before = {YearState.LOCKED: YearState.OPEN, YearState.FINAL: YearState.LOCKED}.get(YearState(state))
    return next((one for one in reversed(held) if (one.before, one.after) == (before, state)), None)
