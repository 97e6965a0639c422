"""What is wanted of a list of entries: words each of them must fit, a month, a kind, projects, a fund source.

A list may have a million entries: what fits is worked out once for each text, not once for each entry.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import is_normalized

from core import codes
from core.entries import Entry
from core.errors import UserError
from core.i18n import _
from core.initials import fit
from core.model import (
    COMMITMENT_LABELS,
    EVENT_LABELS,
    FUND_LABELS,
    BudgetEvent,
    Commitment,
    CommitmentState,
    Payment,
)
from core.money import parse_amount, show_yuan
from core.search import plain_words

_COMPARED = re.compile(r"([<>]=?|≥|≤)(.+)")
_MONTH = re.compile(r"(\d{1,2})月")
_FIGURES = frozenset("0123456789.-")
BUDGET, PAID, IN_TRANSIT = (
    "budget",
    "payment",
    "commitment",
)  # kinds beside those of budget events: all events, 支出, 在途

Test = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class View:
    """What is wanted of a list, and the column it is in the order of (empty: by date)."""

    words: str = ""
    by: str = ""
    falling: bool = False
    month: int = 0  # 0: all
    kind: str = ""  # of a budget event, or one of the kinds above; empty: all
    projects: frozenset[int] = frozenset()  # empty: all
    fund: str = ""  # empty: all

    @property
    def is_part(self) -> bool:
        """Whether not every entry is wanted."""
        return bool(self.words.strip() or self.month or self.kind or self.projects or self.fund)

    @property
    def is_plain(self) -> bool:
        """Whether all entries are wanted, by date."""
        return not self.is_part and not self.by

    def narrows(self, other: "View") -> bool:
        """Whether everything wanted here is wanted there too, so that it can be looked for among that: the last word
        was typed on. A number or a month typed on means something else."""
        alike = (self.month, self.kind, self.projects, self.fund) == (
            other.month,
            other.kind,
            other.projects,
            other.fund,
        )
        typed_on = self.words.startswith(other.words)
        return alike and typed_on and not any(one.isnumeric() or one in "<>＜＞=＝≥≤" for one in self.words)


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


def fitting(view: View, names: Mapping[int, str]) -> Test:
    """Whether an entry is wanted. Each word must stand in a field of it: a text or number (pinyin initials of payee and
    project too), a month (``3月``), or an amount compared (``>5000``, ``<1万``). ``names``: of projects."""
    tests = [*_choices(view), *(_test(word, names) for word in plain_words(view.words).split())]
    if len(tests) == 1:
        return tests[0]
    return lambda entry: all(test(entry) for test in tests)


def _choices(view: View) -> Iterable[Test]:
    if view.projects:
        yield lambda entry: entry.project in view.projects
    if view.month:
        month = f"{view.month:02d}"
        yield lambda entry: entry.date[5:7] == month
    if view.fund:
        yield lambda entry: entry.fund == view.fund
    kinds: Mapping[str, type[Entry]] = {BUDGET: BudgetEvent, PAID: Payment, IN_TRANSIT: Commitment}
    if kind := kinds.get(view.kind):
        yield lambda entry: isinstance(entry, kind)
    elif view.kind:
        yield lambda entry: isinstance(entry, BudgetEvent) and entry.kind == view.kind


class _Seen(dict[str, bool]):
    """Whether a text fits, worked out when it is first met."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        super().__init__()
        self._test = test

    def __missing__(self, text: str) -> bool:
        found = self[text] = self._test(text)
        return found


def _test(word: str, names: Mapping[int, str]) -> Test:
    if (compared := _COMPARED.fullmatch(word)) and (limit := _amount(compared[2])) is not None:
        more, same = compared[1][0] in ">≥", compared[1][0] in "≥≤" or compared[1].endswith("=")
        if more:
            return lambda entry: entry.amount > limit or (same and entry.amount == limit)
        return lambda entry: entry.amount < limit or (same and entry.amount == limit)
    if month := _MONTH.fullmatch(word):
        return lambda entry: entry.date[5:7] == f"{int(month[1]):02d}"
    return _text_test(word, names)


def _text_test(word: str, names: Mapping[int, str]) -> Test:
    letters = word.isascii() and word.isalpha()
    amount = _amount(word)
    in_figures = _FIGURES.issuperset(word)

    def spells(name: str) -> bool:
        return word in _plain(name) or (letters and fit(word, name) is not None)

    holds = _Seen(lambda text: word in _plain(text))
    spelt = _Seen(spells)
    projects = {project for project, name in names.items() if spells(name)}
    funds = {fund for fund, name in FUND_LABELS.items() if word in name}
    paid, red = word in _("支出"), word in _("红字冲销")
    has_ascii = any(map(str.isascii, word))

    def in_number(text: str) -> bool:  # numbers are nearly all different: not kept
        if text.isascii():
            return has_ascii and word in text.casefold()
        return word in _plain(text)

    def test(entry: Entry) -> bool:
        if type(entry) is Payment:
            if holds[entry.purpose] or spelt[entry.payee] or (red if entry.reverses else paid):
                return True
            if (entry.voucher and in_number(entry.voucher)) or (entry.bank_no and in_number(entry.bank_no)):
                return True
        elif isinstance(entry, BudgetEvent):
            if holds[entry.doc_no] or holds[entry.doc_title] or holds[kind_name(entry)]:
                return True
        elif spelt[entry.payee] or holds[entry.purpose] or holds[kind_name(entry)]:
            return True
        if entry.project in projects or entry.fund in funds or (entry.memo and holds[entry.memo]):
            return True
        if in_figures and (word in entry.date or word in show_yuan(entry.amount, False)):
            return True
        if amount is not None and abs(entry.amount) == abs(amount):
            return True
        return not isinstance(entry, Commitment) and holds[_code_name(entry.economic_code, entry.year)]

    return test


def _plain(text: str) -> str:
    return text.casefold() if is_normalized("NFKC", text) else plain_words(text)


def _amount(text: str) -> int | None:
    try:
        return parse_amount(text)
    except UserError:
        return None
