"""What a colleague changed in an exported workbook, held against what happened here meanwhile, cell by cell.

Three states: the ledger as it was exported (base), as it is now (mine), and the edited workbook (theirs).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.book import Book
from core.change import Change, Diff
from core.errors import UserError
from core.i18n import _
from core.labels import field_label, record_title, value_text
from core.model import (
    COLUMNS,
    RECORDS,
    Batch,
    BudgetEvent,
    Indicator,
    Payment,
    Project,
    Record,
    clean_text,
    values,
)
from core.store import Line
from core.workbook_header import Header, book_digest

_LINKED: Mapping[str, type[Record]] = {  # fields that hold the number of another record
    "project": Project,
    "parent": Project,
    "about": Project,
    "event": BudgetEvent,
    "pair": BudgetEvent,
    "reverses": Payment,
    "payment": Payment,
    "indicator": Indicator,
    "goal": Indicator,
    "batch": Batch,
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One thing that differs: a field of a record, or, with an empty ``field``, a whole record.

    The values are those of the field, or the records themselves; None for a record that is not there. ``conflict``:
    here it was changed too, in another way.
    """

    record: Record  # theirs, or mine where they removed it
    field: str
    base: object
    mine: object
    theirs: object
    conflict: bool

    @property
    def is_new(self) -> bool:
        """True for a row that was added in the workbook."""
        return not self.field and self.base is None

    @property
    def is_removed(self) -> bool:
        """True for a row that was removed in the workbook."""
        return not self.field and self.theirs is None


def compare(base: Book, mine: Book, theirs: Book) -> list[CellChange]:
    """What is in ``theirs`` that is neither in ``base`` nor in ``mine``, kind by kind in the order of the ids."""
    found: list[CellChange] = []
    for kind in RECORDS:
        before = {record.id: record for record in base.all(kind)}
        after = {record.id: record for record in theirs.all(kind)}
        # What was added here meanwhile: rows that were taken over from this workbook before are among it.
        added = Counter(_said(base, record) for record in mine.all(kind) if record.id not in before)
        for number in sorted(before.keys() | after.keys()):
            old, new = before.get(number), after.get(number)
            if old is None and new is not None:
                # Its number may have been given to another record here meanwhile: only what it says counts.
                if added[_said(base, new)]:
                    added[_said(base, new)] -= 1
                else:
                    found.append(CellChange(new, "", None, None, new, False))
            elif old is not None and old != new:
                found += _differences(old, mine.get(kind, number), new)
    return found


def _said(base: Book, record: Record) -> tuple[object, ...]:
    """What a new row says, without its own number and those of other new rows."""
    pairs = zip(COLUMNS[type(record)][1:], values(record)[1:], strict=True)
    return tuple(
        None if name in _LINKED and value and not _is_held(base, name, value) else value for name, value in pairs
    )


def _is_held(base: Book, name: str, value: object) -> bool:
    return not isinstance(value, int) or base.get(_LINKED[name], value) is not None  # a place in words stays


def _differences(base: Record, mine: Record | None, theirs: Record | None) -> list[CellChange]:
    if theirs is None:
        return [] if mine is None else [CellChange(mine, "", base, mine, None, mine != base)]
    if mine is None:
        return [CellChange(theirs, "", base, None, theirs, True)]
    rows = zip(COLUMNS[type(base)], values(base), values(mine), values(theirs), strict=True)
    return [
        CellChange(theirs, name, was, own, other, own != was)
        for name, was, own, other in rows
        if other not in (was, own) and not (isinstance(was, str) and clean_text(was) == other)
    ]


def place_text(book: Book, one: CellChange) -> str:
    """Which record it is, in a few words: ``支出 业务费 2023-03-20 会议费 20,700.00``."""
    return record_title(book, one.record)


def side_text(book: Book, one: CellChange, value: object) -> str:
    """How one of the three values reads; empty for a record that is not there."""
    if isinstance(value, Record):
        return record_title(book, value)
    if value is None and not one.field:
        return ""
    return value_text(book, replace(one.record, **{one.field: value}), one.field)  # type: ignore[arg-type]


def field_text(one: CellChange) -> str:
    """What differs: a field by its name, or a whole row."""
    if one.field:
        return field_label(type(one.record), one.field)
    return _("新增的行") if one.is_new else _("删除的行") if one.is_removed else _("本台账已删除的行")


# Where the base comes from


def exported_state(book: Book, journal: Sequence[Line], header: Header) -> Book:
    """The book of a ledger as it was when the workbook was exported, by taking back what was done since.

    Raises ``UserError`` where the workbook comes from another ledger, or from one that went its own way.
    """
    at_export = next((line for line in journal if line.id == header.line), None)
    if header.line and (at_export is None or at_export.chain != header.chain):
        raise _not_ours()
    done = {line.id: line for line in journal if line.kind == "do"}
    since = [line for line in reversed(journal) if line.id > header.line]
    book = _rewound(book, since, done)
    state = Book.of(book.records(), header.next_id)
    if book_digest(state) != header.digest:
        raise _not_ours()
    return state


def _rewound(book: Book, lines: Iterable[Line], done: dict[int, Line]) -> Book:
    for line in lines:
        if line.kind == "undo":
            book = book.apply(done[line.target].change)
        elif line.kind == "redo":
            book = book.apply(done[line.target].change.inverse())
        else:
            book = book.apply(line.change.inverse())
    return book


def _not_ours() -> UserError:
    text = _("这份工作簿不是从当前台账导出的，不能逐格比较。可以用“恢复”把它建成一份新的台账。")
    return UserError(text)


# Taking over


def take(book: Book, chosen: Iterable[CellChange]) -> Change:
    """The change that takes over what was chosen, as one step to undo. New rows get numbers of this ledger.

    Raises ``UserError`` where something was changed since it was compared, or where a row would be left without its
    project.
    """
    wanted = list(chosen)
    numbers = _new_numbers(book, wanted)
    after: dict[tuple[type[Record], int], Record | None] = {}
    for one in wanted:
        kind = type(one.record)
        if one.is_new:
            assert isinstance(one.theirs, Record)
            fresh = numbers[kind, one.theirs.id]
            after[kind, fresh] = replace(_renumbered(one.theirs, numbers), id=fresh)
            continue
        place = (kind, one.record.id)
        held = after[place] if place in after else book.get(*place)
        now = getattr(held, one.field) if held is not None and one.field else held
        if now != one.mine:
            text = _("“{record}”在比较之后又有变化，请重新比较。")
            raise UserError(text.format(record=record_title(book, one.record)))
        if not one.field:
            restored = one.theirs
            assert restored is None or isinstance(restored, Record)
            after[place] = _renumbered(restored, numbers) if restored else None
        elif held is not None:
            after[place] = replace(held, **{one.field: _link(one.field, one.theirs, numbers)})  # type: ignore[arg-type]
    diffs = [Diff(book.get(*place), record) for place, record in after.items() if book.get(*place) != record]
    change = Change(_("采纳工作簿中的修改（{n}处）").format(n=len(wanted)), tuple(diffs))
    _refuse_orphans(book, change)
    return change


_Numbers = dict[tuple[type[Record], int], int]


def _new_numbers(book: Book, chosen: Iterable[CellChange]) -> _Numbers:
    """Numbers for the rows that were added, by the number they have in the workbook."""
    new = [(type(one.record), one.record.id) for one in chosen if one.is_new]
    return {place: book.next_id + count for count, place in enumerate(dict.fromkeys(new))}


def _renumbered(record: Record, numbers: _Numbers) -> Record:
    """A record with its links led to the new numbers."""
    kind = type(record)
    links = {name: _link(name, getattr(record, name), numbers) for name in COLUMNS[kind] if name in _LINKED}
    return replace(record, **links) if links else record  # type: ignore[arg-type]


def _link(field: str, value: object, numbers: _Numbers) -> object:
    if field not in _LINKED or not isinstance(value, int):
        return value
    return numbers.get((_LINKED[field], value), value)


def _refuse_orphans(book: Book, change: Change) -> None:
    """Raise ``UserError`` where a record would name a project that is not there."""
    after = book.apply(change)
    gone = {diff.before.id for diff in change.diffs if isinstance(diff.before, Project) and diff.after is None}
    owned = [kind for kind in RECORDS if "project" in COLUMNS[kind]]
    changed = (diff.after for diff in change.diffs if diff.after is not None and type(diff.after) in owned)
    left = (record for kind in owned for record in after.all(kind)) if gone else changed
    for record in left:
        if after.get(Project, record.project) is None:  # type: ignore[attr-defined]
            text = _("“{record}”所属的项目不在台账中或将被删除，请把项目一并采纳，或先处理它的明细。")
            raise UserError(text.format(record=record_title(book, record)))
