"""A change: the one value that is saved, journaled, undone, shown and tried out."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from core.model import BY_TABLE, COLUMNS, RECORDS, Record, values

_LEVEL = 3  # of compression: twice as fast as the usual 6, and the journal of an import is hardly larger


@dataclass(frozen=True, slots=True)
class Diff:
    """One record before and after; ``None`` where it does not exist."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The side that exists, the later one if both do."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record

    def sides(self) -> tuple[Record, ...]:
        """Both sides that exist: the old owner and the new one."""
        return tuple(side for side in (self.before, self.after) if side is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """What one action of the user does to the book. The label names it in the undo menu."""

    label: str
    diffs: tuple[Diff, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.diffs)

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.label, tuple(Diff(d.after, d.before) for d in reversed(self.diffs)))

    def tables(self) -> frozenset[str]:
        """Names of the tables it touches."""
        return frozenset(diff.record.table for diff in self.diffs)

    def pack(self) -> bytes:
        """The diffs as zlib-compressed canonical JSON, for the journal."""
        rows = [[d.record.table, _plain(d.before), _plain(d.after)] for d in self.diffs]
        text = json.dumps(rows, ensure_ascii=False, check_circular=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8"), _LEVEL)


def unpack(label: str, packed: bytes) -> Change:
    """The change that ``pack`` wrote. Raises ``ValueError`` when the bytes are not one."""
    return unpack_first(label, packed, None)[0]


def unpack_first(label: str, packed: bytes, most: int | None) -> tuple[Change, int]:
    """The first ``most`` diffs of the change that ``pack`` wrote, and how many it has. Raises ``ValueError``."""
    try:
        rows = json.loads(zlib.decompress(packed))
        diffs = tuple(Diff(_record(table, before), _record(table, after)) for table, before, after in rows[:most])
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"not a journal entry: {error}") from error
    return Change(label, diffs), len(rows)


def join(label: str, changes: Iterable[Change]) -> Change:
    """Changes made one after the other as one; a record touched twice keeps its first before-image."""
    first: dict[int, Record | None] = {}
    last: dict[int, Record | None] = {}
    for change in changes:
        for diff in change.diffs:
            first.setdefault(diff.record.id, diff.before)
            last[diff.record.id] = diff.after
    pairs = ((first[key], last[key]) for key in first)
    return Change(label, tuple(Diff(before, after) for before, after in pairs if before != after))


_DEFAULTS = {kind: values(kind(id=0)) for kind in RECORDS}


def _plain(record: Record | None) -> dict[str, object] | None:
    """Fields that differ from their default, by name: a later version may add fields."""
    if record is None:
        return None
    kind = type(record)
    pairs = zip(COLUMNS[kind], values(record), _DEFAULTS[kind], strict=True)
    return {name: value for name, value, usual in pairs if value != usual}


def _record(table: str, row: dict[str, object] | None) -> Record | None:
    return None if row is None else BY_TABLE[table](**row)  # type: ignore[arg-type]
