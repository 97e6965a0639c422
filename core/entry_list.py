"""The entries of a project as the officer wants to see them: those that fit some words, in the order of a column."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import Any
from unicodedata import is_normalized

from core import codes
from core.balance import project_balance
from core.book import Book
from core.entries import Entry, order_of
from core.errors import UserError
from core.i18n import _
from core.initials import fit
from core.model import (
    COMMITMENT_LABELS,
    DISPOSITIONS,
    EVENT_LABELS,
    FUND_LABELS,
    BudgetEvent,
    Commitment,
    CommitmentState,
    Payment,
)
from core.money import parse_amount, show_yuan
from core.search import plain_words

# What a list can be put in order by.
Sort = Callable[[Entry], Any]
_COMPARED = re.compile(r"([<>]=?|≥|≤)(.+)")
_MONTH = re.compile(r"(\d{1,2})月")


def kind_name(entry: Entry) -> str:
    """What an entry is, in words."""
    if isinstance(entry, BudgetEvent):
        return EVENT_LABELS.get(entry.kind, entry.kind)
    if isinstance(entry, Commitment):
        is_open = entry.state == CommitmentState.OPEN
        return _("在途") if is_open else _("在途（{state}）").format(state=COMMITMENT_LABELS[entry.state])
    return _("红字冲销") if entry.reverses else _("支出")


def code_name(entry: Entry) -> str:
    """The economic code of an entry with its name; empty where it has none."""
    return "" if isinstance(entry, Commitment) else _code_name(entry.economic_code, entry.year)


@lru_cache(maxsize=1024)
def _code_name(code: str, year: int) -> str:
    return f"{code} {codes.name_of(code, codes.CodeKind.DEPARTMENT, year)}".strip() if code else ""


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


SORTS: Mapping[str, Sort] = {
    "date": lambda entry: entry.date,
    "kind": kind_name,
    "project": lambda entry: entry.project,
    "number": _number,
    "payee": _payee,
    "purpose": _purpose,
    "amount": lambda entry: entry.amount,
    "economic": lambda entry: "" if isinstance(entry, Commitment) else entry.economic_code,
    "fund": lambda entry: entry.fund,
    "memo": lambda entry: entry.memo,
}


@dataclass(frozen=True, slots=True)
class View:
    """What is wanted of a list: words every entry must fit, and the column it is in the order of (empty: as it is)."""

    words: str = ""
    by: str = ""
    falling: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether all entries are wanted, by date."""
        return not self.words.strip() and not self.by


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
        return lambda entry: (_Falling(value(entry)), order_of(entry))
    return lambda entry: ((held := value(entry)) == "", held, order_of(entry))


def fitting(words: str, names: Mapping[int, str]) -> Callable[[Entry], bool]:
    """Whether an entry fits every word: text or number of any field (pinyin initials of payee and project too), a month
    (``3月``), or an amount compared (``>5000``, ``<1万``). ``names``: what sub-projects are called."""
    tests = [_test(word, names) for word in plain_words(words).split()]
    return lambda entry: all(test(entry) for test in tests)


def _test(word: str, names: Mapping[int, str]) -> Callable[[Entry], bool]:
    if (compared := _COMPARED.fullmatch(word)) and (limit := _amount(compared[2])) is not None:
        more, same = compared[1][0] in ">≥", compared[1][0] in "≥≤" or compared[1].endswith("=")
        if more:
            return lambda entry: entry.amount > limit or (same and entry.amount == limit)
        return lambda entry: entry.amount < limit or (same and entry.amount == limit)
    if month := _MONTH.fullmatch(word):
        return lambda entry: entry.date[5:7] == f"{int(month[1]):02d}"
    amount = _amount(word)
    letters = word.isascii() and word.isalpha()
    read: dict[str, bool] = {}  # whether a name has the letters as its initials

    def spells(name: str) -> bool:
        if name not in read:
            read[name] = fit(word, name) is not None
        return read[name]

    def test(entry: Entry) -> bool:
        if amount is not None and abs(entry.amount) == abs(amount):
            return True
        if word in _words(entry) or word in names.get(entry.project, ""):
            return True
        return letters and (spells(_payee(entry)) or spells(names.get(entry.project, "")))

    return test


def _amount(text: str) -> int | None:
    try:
        return parse_amount(text)
    except UserError:
        return None


def _words(entry: Entry) -> str:
    parts = (entry.date, kind_name(entry), _number(entry), _payee(entry), _purpose(entry), entry.memo)
    bank = entry.bank_no if isinstance(entry, Payment) else ""
    fund = FUND_LABELS.get(entry.fund, entry.fund)
    text = " ".join((*parts, show_yuan(entry.amount, False), code_name(entry), fund, bank))
    return text.casefold() if is_normalized("NFKC", text) else plain_words(text)


def listed(entries: Sequence[Entry], view: View, names: Mapping[int, str]) -> list[Entry]:
    """The entries (by date) that are wanted, in the order that is wanted."""
    found: Iterable[Entry] = entries
    if view.words.strip():
        found = filter(fitting(view.words, names), found)
    value = SORTS.get(view.by)
    if value is None:
        return list(found)
    if view.falling:  # entries alike stay by date
        return sorted(found, key=value, reverse=True)
    return sorted(found, key=lambda entry: ((held := value(entry)) == "", held))


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
