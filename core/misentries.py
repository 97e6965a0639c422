"""Entries of the ledger that may be wrong themselves, where it differs from what a filed account states.

The difference is held against every entry behind the figure: the same size (entered twice, or in the wrong
project), half of it (the sign), nine tenths or nine times it (a decimal point), 9,999 times it (元 for 万元), or
two of its digits the other way round. Amounts are 分.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.balance import project_balance, project_class
from core.book import Book
from core.check import Suspect
from core.entries import effect
from core.figures import ITEM_EVENTS, Ref
from core.i18n import _
from core.misprints import swapped
from core.model import EVENT_LABELS, GIVING, BudgetEvent, EventKind, Payment
from core.money import show_yuan
from core.outline import print_name
from core.policy import BASIC, CLASSES, OPERATING, PERSONNEL, PUBLIC, TARGETED

Entry = BudgetEvent | Payment

MANY = 1_000  # among more entries than this some fit any difference by chance
_SAID = 3  # how many are named; a difference that more entries than this explain in one way is explained by none
_SPENT = "实际支出"
_FACTORS = (10, 100, 10_000)
_CLASSES = {
    "支出": CLASSES,
    "基本支出": BASIC,
    "人员经费": (PERSONNEL,),
    "公用经费": (PUBLIC,),
    "项目支出": (OPERATING, TARGETED),
    "年初预算": CLASSES,
    "全年预算": CLASSES,
    "财政收回": CLASSES,
}
_WORDS = (
    _("可能与金额相同的另一笔重记"),
    _("正负号可能记反"),
    _("金额可能错记为十倍或十分之一"),
    _("金额可能错记为一百倍或百分之一"),
    _("可能把元与万元混用"),
    _("可能多记或记错了项目"),
    _("与差额相等，可能漏记了同样的一笔"),
    _("相邻两位数字可能记颠倒"),
)
_TWIN, _SIGN, _POINT, _ALONE, _LEFT_OUT, _DIGITS = 0, 1, 2, 5, 6, 7  # places in _WORDS, likeliest first


@dataclass(frozen=True, slots=True)
class Misentry:
    """An entry that, were it ``wanted``, would settle the difference; or one like the entry that is missing."""

    entry: Entry
    wanted: int
    why: str

    def suspect(self) -> Suspect | None:
        """As a suspect of a finding; None where the entry itself is right."""
        if self.wanted == self.entry.amount:
            return None
        return Suspect(_name(self.entry), self.entry.amount, self.wanted, self.why)

    def words(self) -> str:
        """In one sentence."""
        told = _("台账{entry}{amount}元{why}")
        return told.format(entry=_name(self.entry), amount=show_yuan(self.entry.amount), why=self.why)


def misentries(book: Book, ref: Ref, lacking: int, unit: int) -> list[Misentry]:
    """The entries behind a figure that would explain why the ledger has ``lacking`` 分 less than is stated (more,
    where negative). ``unit`` is the place of the last digit stated: the difference is known to half of it."""
    slack = unit // 2 if unit > 1 else 0
    entries = list(_behind(book, ref)) if abs(lacking) > 4 * slack else []
    if len(entries) > MANY:
        return []
    twins = Counter((entry.project, entry.amount) for entry in entries)
    found: dict[int, list[Misentry]] = {}
    for entry in entries:
        towards = -1 if _lowers(ref, entry) else 1
        for place, wanted in _ways(entry.amount, towards * lacking, slack):
            if place == _ALONE and twins[entry.project, entry.amount] > 1:
                place = _TWIN
            found.setdefault(place, []).append(Misentry(entry, wanted, _WORDS[place]))
    if _LEFT_OUT in found:
        found[_LEFT_OUT] = found[_LEFT_OUT][-1:]  # of payments that recur any one tells it
    if _TWIN in found:
        found[_TWIN] = found[_TWIN][-1:]  # the later one is the repetition
    likely = [_elsewhere(book, ref, lacking, slack), *(found[place] for place in sorted(found))]
    return [one for group in likely if len(group) <= _SAID for one in group][:_SAID]


def _elsewhere(book: Book, ref: Ref, lacking: int, slack: int) -> list[Misentry]:
    """Payments of another project that lacks as much of what it states as this one has too much of it."""
    row = book.project_year(ref.year, ref.about)
    if row is None or ref.item != _SPENT or lacking <= 0:
        return []
    why = _("可能应记在“{name}”").format(name=print_name(row.name))
    found = []
    for stated in book.stated_all(ref.year):
        own = project_balance(book, ref.year, stated.about).spent
        if stated.item == _SPENT and stated.about and abs(own - stated.amount - lacking) <= 2 * slack:
            other = Ref(ref.year, stated.about, _SPENT)
            found += [Misentry(one, 0, why) for one in _behind(book, other) if abs(one.amount - lacking) <= slack]
    return found


def _ways(amount: int, lacking: int, slack: int) -> Iterator[tuple[int, int]]:
    """What an amount may have been meant to be, if that makes up for what is lacking; and the place in _WORDS."""
    needed = amount + lacking
    if abs(needed) <= slack:
        yield _ALONE, 0
    if abs(needed + amount) <= slack:
        yield _SIGN, -amount
    if abs(needed - 2 * amount) <= slack:
        yield _LEFT_OUT, amount
    for place, factor in enumerate(_FACTORS, _POINT):
        smaller = abs(amount) // factor > 2 * slack  # else it cannot be told from nothing
        if smaller and amount % factor == 0 and abs(needed - amount // factor) <= slack:
            yield place, amount // factor
        if abs(needed - factor * amount) <= slack:
            yield place, factor * amount
    if 20 * slack <= abs(lacking) < abs(amount) and (slack or lacking % 9 == 0):
        side = 1 if amount > 0 else -1
        for wanted in swapped(abs(amount)):
            if abs(side * wanted - needed) <= slack:
                yield _DIGITS, side * wanted


def _behind(book: Book, ref: Ref) -> Iterator[Entry]:
    """The entries a figure is the sum of; of the unit's figures those that are sums over projects."""
    item = ref.item
    if ref.about:
        below = [ref.about, *(child.project for child in book.children(ref.year, ref.about))]
    else:
        classes = _CLASSES.get(item, ())
        rows = book.project_years(ref.year) if classes else ()
        below = [row.project for row in rows if project_class(book, row) in classes]
        item = item if item in ITEM_EVENTS or item == "全年预算" else _SPENT
    kinds: tuple[EventKind, ...] = GIVING if item == "全年预算" else ITEM_EVENTS.get(item, ())
    paid = item == _SPENT
    if item == "结余结转":  # what is left, whether it is disposed of or not
        kinds, paid = (*GIVING, EventKind.RECOVERED, EventKind.SURPLUS), True
    held = 0
    for project in below:
        held += len(tuple(book.entry_ids(Payment, ref.year, project))) if paid else 0
        if held > MANY:
            return
    for project in below:
        yield from (event for event in book.events(ref.year, project) if event.kind in kinds)
        yield from book.payments(ref.year, project) if paid else ()


def _lowers(ref: Ref, entry: Entry) -> bool:
    """True where more of the entry makes the figure less."""
    return ref.item == "结余结转" and effect(entry) * entry.amount < 0


def _name(entry: Entry) -> str:
    if isinstance(entry, Payment):
        what = entry.purpose or entry.payee
        return _("{date}支出").format(date=entry.date) + (f"“{what}”" if what else "")
    return f"{entry.date}{EVENT_LABELS[EventKind(entry.kind)]}" + (f"“{entry.doc_no}”" if entry.doc_no else "")
