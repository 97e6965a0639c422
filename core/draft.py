"""A draft: collects what one action does to the book, and gives out ids."""

from dataclasses import replace
from typing import TypeVar, cast

from core.book import Book
from core.change import Change, Diff
from core.model import Record

R = TypeVar("R", bound=Record)


class Draft:
    """Collects the diffs of one action: adds, replaces and removes records, giving out ids."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._next = book.next_id
        self._after: dict[int, Record | None] = {}
        self._before: dict[int, Record | None] = {}

    def add(self, record: R) -> R:
        """Add a record under a fresh id; returns it as it will be stored."""
        stored = replace(record, id=self._next)
        self._next += 1
        self._before[stored.id] = None
        self._after[stored.id] = stored
        return stored

    def replace(self, record: R, **fields: object) -> R:
        """Change fields of a record of the book or of this draft; returns the new one."""
        current = cast("R | None", self._after.get(record.id, record))
        if current is None:
            raise ValueError(f"{record.table} {record.id} was removed in this draft")
        new = replace(current, **fields)  # type: ignore[arg-type]
        self._before.setdefault(record.id, record)
        self._after[record.id] = new
        return new

    def remove(self, record: Record) -> None:
        """Remove a record."""
        self._before.setdefault(record.id, record)
        self._after[record.id] = None

    def change(self, label: str) -> Change:
        """The change made so far; records that ended as they began are left out."""
        pairs = ((self._before[key], self._after[key]) for key in self._before)
        return Change(label, tuple(Diff(before, after) for before, after in pairs if before != after))
