"""Which backups are kept as they grow older: all of two days, then one a day, a week, a month."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

ALL_DAYS = 2  # everything of the last two days is kept,
DAYS, WEEKS, MONTHS = 12, 10, 9  # then the newest of so many days, weeks and months before
LEAST = 5  # so many are kept however old and large they are


class Dated(Protocol):
    """What thinning has to know of a backup."""

    @property
    def at(self) -> datetime:
        """When it was made."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def is_lasting(self) -> bool:
        """True for one that is never removed."""


B = TypeVar("B", bound=Dated)


@dataclass(frozen=True, slots=True)
class _Zone:
    """A stretch of age in which one backup of each period is kept, the newest."""

    period: Callable[[datetime], Hashable]
    most: int


_ZONES = (
    _Zone(lambda at: at.date(), DAYS),
    _Zone(lambda at: at.isocalendar()[:2], WEEKS),
    _Zone(lambda at: (at.year, at.month), MONTHS),
)


def kept(backups: Iterable[B], now: datetime, most_bytes: int) -> list[B]:
    """Those to keep, newest first.

    Lasting ones stay whatever happens, and so do the ``LEAST`` newest others. If the rest takes more than
    ``most_bytes`` together, the oldest go first. What bears a time to come (a clock was wrong) counts as made now.
    """
    ordered = sorted(backups, key=lambda one: one.at, reverse=True)
    lasting = [one for one in ordered if one.is_lasting]
    others = [one for one in ordered if not one.is_lasting]
    chosen = _chosen(others, now)
    sure, size = others[:LEAST], sum(one.size for one in (*lasting, *others[:LEAST]))
    stay = list(sure)
    for one in others[LEAST:]:
        if one not in chosen:
            continue
        size += one.size
        if size > most_bytes:
            break
        stay.append(one)
    return sorted([*lasting, *stay], key=lambda one: one.at, reverse=True)


def _chosen(ordered: Sequence[B], now: datetime) -> list[B]:
    """Those that fall to a period of their own, newest first."""
    edge = now - timedelta(days=ALL_DAYS)
    chosen = [one for one in ordered if one.at >= edge]
    rest = list(ordered[len(chosen) :])
    for zone in _ZONES:
        seen: list[Hashable] = []
        while rest:
            period = zone.period(rest[0].at)
            if period not in seen:
                if len(seen) == zone.most:
                    break
                seen.append(period)
                chosen.append(rest[0])
            rest.pop(0)
    return chosen
