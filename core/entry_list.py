"""The entries of a project or a year as the officer wants to see them: a part of them, in the order of a column."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, zip_longest
from operator import attrgetter
from typing import Any

from core.balance import project_balance
from core.book import Book
from core.entries import Entry, order_of
from core.entry_words import View as View
from core.entry_words import code_name as code_name
from core.entry_words import fitting as fitting
from core.entry_words import kind_name as kind_name
from core.i18n import _
from core.model import DISPOSITIONS, EVENT_LABELS, BudgetEvent, Commitment, Payment
from core.money import show_yuan

_RUN = 16_384  # entries put in order at a time

# What a list can be put in order by.
Sort = Callable[[Entry], Any]


def _number(entry: Entry) -> str:
    match entry:
        case BudgetEvent():
            return entry.doc_no
        case Payment():
            return entry.voucher
        case Commitment():
            return ""


def _purpose(entry: Entry) -> str:
    return entry.doc_title if isinstance(entry, BudgetEvent) else entry.purpose


def _payee(entry: Entry) -> str:
    return "" if isinstance(entry, BudgetEvent) else entry.payee


def shown_budget(event: BudgetEvent) -> int:
    """The amount of a budget event as a list of income and spending shows it, in 分: what was disposed of lowers the
    money there is."""
    return -event.amount if event.kind in DISPOSITIONS else event.amount


SORTS: Mapping[str, Sort] = {
    "date": attrgetter("date"),
    "kind": kind_name,
    "project": attrgetter("project"),
    "number": _number,
    "payee": _payee,
    "purpose": _purpose,
    "amount": attrgetter("amount"),
    "budget": lambda entry: shown_budget(entry) if isinstance(entry, BudgetEvent) else "",
    "spent": lambda entry: "" if isinstance(entry, BudgetEvent) else entry.amount,
    "economic": lambda entry: "" if isinstance(entry, Commitment) else entry.economic_code,
    "fund": attrgetter("fund"),
    "memo": attrgetter("memo"),
}


class _Falling:
    """A value that comes before the smaller ones."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Falling") -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]


def sorting(view: View) -> Callable[[Entry], Any]:
    """The key by which the list stands; entries alike in the column stand by date, an empty text last."""
    value = SORTS.get(view.by)
    if value is None:
        return order_of
    if view.falling:
        return lambda entry: (_Falling(((held := value(entry)) != "", held)), order_of(entry))
    return lambda entry: ((held := value(entry)) == "", held, order_of(entry))


def listed(entries: Sequence[Entry], view: View, names: Mapping[int, str]) -> list[Entry]:
    """The entries (by date) that are wanted, in the order that is wanted."""
    return in_order(list(filter(fitting(view, names), entries)) if view.is_part else list(entries), view)


def in_order(entries: list[Entry], view: View) -> list[Entry]:
    """Entries (by date) in the order that is wanted; those alike stay by date, an empty text last."""
    steps = ordering(entries, view)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            ordered: list[Entry] = end.value
            return ordered


def ordering(entries: list[Entry], view: View) -> Generator[None, None, list[Entry]]:
    """``in_order`` step by step: a million entries are put in order while keys and painting go on in between."""
    value = SORTS.get(view.by)
    if value is None:
        return entries
    held: list[Any] = []
    runs: list[list[int]] = []  # places of entries, each in order
    for start in range(0, len(entries), _RUN):
        held += map(value, entries[start : start + _RUN])
        filled = [place for place in range(start, len(held)) if held[place] != ""]
        runs.append(sorted(filled, key=held.__getitem__, reverse=view.falling))
        yield
    while len(runs) > 1:  # neighbours are joined, which sorting does in one pass, and those alike keep their order
        pairs = zip_longest(runs[::2], runs[1::2], fillvalue=())
        runs = []
        for one, other in pairs:
            runs.append(sorted([*one, *other], key=held.__getitem__, reverse=view.falling))
            yield
    ordered = [entries[place] for run in runs for place in run]
    if len(ordered) < len(entries):
        ordered += [entry for entry, what in zip(entries, held, strict=True) if what == ""]
    return ordered


def rest(book: Book, year: int, project: int, kind: str) -> int | None:
    """What is left (分) for an entry of a kind to use up: of a disposition 未处置, of spending 可用余额 of the project;
    None for money that comes in."""
    balance = project_balance(book, year, book.parent(project) or project)
    if kind in DISPOSITIONS:
        return balance.undisposed
    return None if kind in EVENT_LABELS else balance.available


def removal_question(book: Book, entries: Sequence[Entry]) -> str:
    """What is asked before entries are removed: how many of what, and their sums."""
    if len(entries) == 1:
        entry = entries[0]
        words = {"date": entry.date, "what": kind_name(entry), "amount": show_yuan(entry.amount)}
        question = _("删除 {date} {what} {amount}元？").format(**words)
    else:
        sums: dict[str, tuple[int, int]] = {}
        for entry in entries:
            count, total = sums.get(kind_name(entry), (0, 0))
            sums[kind_name(entry)] = count + 1, total + entry.amount
        text = _("{what}{count}笔{amount}元")
        parts = (text.format(what=what, count=n, amount=show_yuan(total)) for what, (n, total) in sums.items())
        question = _("删除所选{count}笔：{parts}？").format(count=len(entries), parts="，".join(parts))
    if any(isinstance(entry, BudgetEvent) and entry.pair for entry in entries):
        question += _("调剂的另一方会一并删除。")
    payments = {entry.id for entry in entries if isinstance(entry, Payment)}
    if any(one.payment in payments for one in book.all(Commitment) if one.payment):
        question += (
            _("它来自一笔在途，删除后恢复为在途。") if len(entries) == 1 else _("其中来自在途的，删除后恢复为在途。")
        )
    return question


def entered_last(book: Book, year: int, project: int, kind: type[Entry]) -> Entry | None:
    """The entry of this kind of record that was entered last for a project; None where there is none."""
    if kind is BudgetEvent:
        found: Iterable[Entry] = book.events(year, project)
    else:
        found = book.loose_payments(year, project) if kind is Payment else book.commitments(year, project)
    return max(found, key=lambda entry: entry.id, default=None)


def payees(book: Book, year: int) -> list[str]:
    """The payees of a year and the year before, those named most often first."""
    counted: dict[str, int] = {}
    for one in (year, year - 1):
        for row in book.project_years(one):
            held = book.memo(one, row.project, "payees", partial(_counted, book, one, row.project))
            for name, count in held:
                counted[name] = counted.get(name, 0) + count
    return sorted(counted, key=lambda name: -counted[name])


def _counted(book: Book, year: int, project: int) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    entries: Iterable[Payment | Commitment] = chain(book.loose_payments(year, project), book.commitments(year, project))
    for payee in (entry.payee for entry in entries if entry.payee):
        found[payee] = found.get(payee, 0) + 1
    return list(found.items())
