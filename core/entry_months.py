"""The entries of a year month by month, with the sums of each month and the money each entry leaves (未处置).

A change works out its own month anew and no other: a list of a million entries stays quick to edit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from operator import attrgetter

from core.balance import Balance
from core.entries import Entry, order_of, settled
from core.model import DISPOSITIONS, BudgetEvent, EventKind, Payment


@dataclass(frozen=True, slots=True)
class Sums:
    """What the entries of some months come to, in 分."""

    count: int = 0
    budget: int = 0  # what was given, less what was cut
    spent: int = 0
    recovered: int = 0  # 财政收回
    disposed: int = 0  # 财政收回, 认定结余, 结转下年

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def with_(self, entry: Entry, sign: int = 1) -> "Sums":
        """These with an entry more (1) or less (-1)."""
        one = sums_of((entry,))
        return self + (one if sign > 0 else Sums(*(-getattr(one, name) for name in one.__slots__)))

    @property
    def left(self) -> int:
        """U 未处置."""
        return self.budget - self.spent - self.disposed

    def rate(self, spent: int, base: str) -> Fraction | None:
        """What of this budget ``spent`` is, with recall taken off where the policy says so (``rate_base``)."""
        return Balance(initial=self.budget, recovered=self.recovered, spent=spent).rate(base)


class Months:
    """Entries of one year in the order of their dates; what each leaves counts from the first of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """``entries``: in order already."""
        self._entries: dict[int, list[Entry]] = {}
        place = 0
        while place < len(entries):
            first = entries[place]
            end = bisect_right(entries, first.date[:7] + "-99", place, key=attrgetter("date"))
            self._entries[month_of(first)] = list(entries[place:end])
            place = end
        self._sums = {month: sums_of(held) for month, held in self._entries.items()}
        self._through: dict[int, Sums] = {}  # as far as it was asked for
        self._left: dict[int, list[int]] = {}  # within a month, from 0, where it was asked for

    def __len__(self) -> int:
        return sum(len(held) for held in self._entries.values())

    def months(self) -> list[int]:
        """The months that have entries."""
        return sorted(self._entries)

    def of(self, month: int) -> Sequence[Entry]:
        """The entries of a month, in order."""
        return self._entries.get(month, ())

    def sums(self, month: int) -> Sums:
        """What a month comes to."""
        return self._sums.get(month, Sums())

    def through(self, month: int) -> Sums:
        """What the year comes to by the end of a month; 12: the whole of it."""
        if month not in self._through:
            self._through[month] = sum((sums for one, sums in self._sums.items() if one <= month), Sums())
        return self._through[month]

    def place(self, entry: Entry) -> int:
        """Where an entry stands in its month, or would stand."""
        return bisect_left(self.of(month_of(entry)), order_of(entry), key=order_of)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry of this id and date is among them."""
        held, place = self.of(month_of(entry)), self.place(entry)
        return place < len(held) and held[place].id == entry.id and type(held[place]) is type(entry)

    def put(self, entry: Entry) -> None:
        """Take an entry in."""
        month, place = month_of(entry), self.place(entry)
        self._entries.setdefault(month, []).insert(place, entry)
        if held := self._left.get(month):
            amount = settled(entry)
            before = held[place - 1] if place else 0
            held[place:] = [before + amount, *(left + amount for left in held[place:])]
        self._count(entry, 1)

    def take(self, entry: Entry) -> None:
        """Take an entry out that is among them."""
        month, place = month_of(entry), self.place(entry)
        del self._entries[month][place]
        if held := self._left.get(month):
            amount = settled(entry)
            held[place:] = [left - amount for left in held[place + 1 :]]
        self._count(entry, -1)
        if not self._entries[month]:
            del self._entries[month], self._sums[month]
            self._left.pop(month, None)

    def left_after(self, entry: Entry) -> int:
        """未处置 after an entry that is among them, in 分."""
        month = month_of(entry)
        if month not in self._left:
            held = self._entries[month]
            amounts = [-one.amount if type(one) is Payment else settled(one) for one in held]
            self._left[month] = list(accumulate(amounts))
        return self.through(month - 1).left + self._left[month][self.place(entry)]

    def _count(self, entry: Entry, sign: int) -> None:
        month = month_of(entry)
        self._sums[month] = self.sums(month).with_(entry, sign)
        self._through.clear()


def month_of(entry: Entry) -> int:
    """The month an entry is in, 1 to 12."""
    return int(entry.date[5:7] or 0)


def sums_of(entries: Sequence[Entry]) -> Sums:
    """What entries come to."""
    spent = sum([entry.amount for entry in entries if type(entry) is Payment])
    budget = recovered = disposed = 0
    for event in [entry for entry in entries if type(entry) is BudgetEvent]:
        if event.kind in DISPOSITIONS:
            disposed += event.amount
            recovered += event.amount if event.kind == EventKind.RECOVERED else 0
        else:
            budget += event.amount
    return Sums(len(entries), budget, spent, recovered, disposed)
