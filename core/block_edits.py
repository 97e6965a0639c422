"""One intention over many entries: the same value given to all of them, or all of them removed, as one change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace

from core import commands, commitments
from core.book import Book
from core.change import Change, Diff, join
from core.entries import Entry
from core.errors import UserError
from core.goals import Monitor
from core.i18n import _
from core.model import BudgetEvent, Commitment, Fact, Payment, Record, Staff, Stated
from core.money import show_yuan
from core.seal import locked_months

REMOVERS: Mapping[type[Entry], Callable[[Book, int], Change]] = {
    BudgetEvent: commands.remove_event,
    Payment: commands.remove_payment,
    Commitment: commitments.remove_commitment,
}
# Records there is one of at each place: two edits that would each add it make one.
_PLACES: Mapping[type[Record], tuple[str, ...]] = {
    Fact: ("year", "item"),
    Monitor: ("year", "project", "month", "indicator"),
    Staff: ("year", "type"),
    Stated: ("year", "about", "item"),
}
_NAMING = ("project", "parent", "about", "reverses", "pair", "event", "payment")  # fields that hold another's id


def together(book: Book, label: str, changes: Iterable[Change]) -> Change:
    """Changes that were each made from ``book`` as one. What they add gets ids of its own; of a record that several
    of them edit, each field keeps the last edit."""
    free = book.next_id
    added: list[Diff] = []
    edited: dict[int, Diff] = {}
    for change in changes:
        new = [diff for diff in change.diffs if diff.before is None and diff.after is not None]
        ids = {diff.record.id: free + place for place, diff in enumerate(new)}
        free += len(new)
        added += [Diff(None, _renumbered(diff.record, ids)) for diff in new]
        for diff in change.diffs:
            if diff.before is not None:
                held = edited.get(diff.before.id)
                edited[diff.before.id] = _merged(held, diff) if held else diff
    return Change(label, (*(diff for diff in edited.values() if diff.before != diff.after), *_at_one_place(added)))


def _at_one_place(added: Sequence[Diff]) -> list[Diff]:
    """Records added at the same place as one, which has every field that was given."""
    kept: dict[tuple[object, ...], Record] = {}
    for diff in added:
        record = diff.record
        names = _PLACES.get(type(record))
        key = (type(record), *(getattr(record, name) for name in names)) if names else (record.id,)
        kept[key] = _filled(kept[key], record) if key in kept else record
    return [Diff(None, record) for record in kept.values()]


def _filled(first: Record, second: Record) -> Record:
    usual = type(second)(id=0)
    names = [field.name for field in fields(second) if field.name != "id"]
    given = {name: value for name in names if (value := getattr(second, name)) != getattr(usual, name)}
    return replace(first, **given)


def _renumbered(record: Record, ids: Mapping[int, int]) -> Record:
    named = {name: ids[held] for name in _NAMING if (held := getattr(record, name, 0)) in ids}
    return replace(record, id=ids[record.id], **named)


def _merged(first: Diff, second: Diff) -> Diff:
    """Two edits of one record, field by field."""
    before, one, other = first.before, first.after, second.after
    if before is None or one is None or other is None:
        return Diff(before, None)
    names = [field.name for field in fields(other) if getattr(other, field.name) != getattr(before, field.name)]
    return Diff(before, replace(one, **{name: getattr(other, name) for name in names}))


def locked_entries(book: Book, entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries that lie in months locked singly: a payment there is taken back by 红字 only."""
    entries = list(entries)
    months = {year: locked_months(book.year(year)) for year in {entry.year for entry in entries}}
    return [entry for entry in entries if int(entry.date[5:7] or 0) in months[entry.year]]


def remove_entries(book: Book, entries: Sequence[Entry]) -> Change:
    """Remove entries; a payment goes with its 红字 if that is among them. Raises ``UserError`` where it is not."""
    going = {entry.id for entry in entries}
    reversed_ = [e for e in entries if isinstance(e, Payment) and book.reversals(e.id)]
    for payment in reversed_:
        if any(back.id not in going for back in book.reversals(payment.id)):
            text = _("{date}的支出{amount}元已有红字冲销，请连同红字一起选中，或先删除红字记录。")
            raise UserError(text.format(date=payment.date, amount=show_yuan(payment.amount)))
    later = {payment.id for payment in reversed_}
    if len(entries) == 1:
        return REMOVERS[type(entries[0])](book, entries[0].id)
    label = _("删除{count}笔").format(count=len(entries))
    changes = (REMOVERS[type(entry)](book, entry.id) for entry in entries if entry.id not in later)
    first = together(book, label, changes)
    if not reversed_:
        return first
    after = book.apply(first)
    second = together(after, label, (REMOVERS[Payment](after, payment.id) for payment in reversed_))
    return join(label, (first, second))
