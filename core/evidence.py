"""Everything that the stated figures (填报数) of a year must fulfil together, and who does not, by that evidence.

The year before counts too: its identities, and what it carried over. The year after does not, so that a finding
depends on nothing that a later year states.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from core.balance import NOTHING, other_fund, project_balance, unit_balance
from core.book import Book
from core.check import Suspect
from core.explain import Explanation, Figures, Identity, Key, Known, explain, in_words
from core.figures import PROJECT_ITEMS, UNIT_ITEMS, Ref, computed
from core.i18n import _
from core.identities import (
    ADJUSTED,
    BASIC,
    CARRY,
    INCOME,
    INITIAL,
    PERSONNEL,
    PROJECT_SPENT,
    PUBLIC,
    SPECIAL,
    SPENT,
    as_printed,
    cash_identity,
    counted_fund,
    identity_of_sum,
    item_name,
    known,
    special_identity,
    sum_identity,
    sum_of_children,
    total_identity,
)
from core.misentries import misentries
from core.model import Basis, ProjectYear
from core.money import WAN_CENT, tolerance
from core.outline import print_name

_BUDGET, _RECOVERED, _BROUGHT = "全年预算", "财政收回", "上年结转"
_GIVEN = ((1, _BROUGHT), (1, "年初预算"), (1, "上级转移支付"), (1, "年中调增减"), (1, "追加减"))
_LEFT = ((1, _BUDGET), (-1, PROJECT_SPENT), (-1, _RECOVERED), (-1, "结余"))


def explained(book: Book, year: int, broken: Identity) -> Explanation:
    """Who may have caused that an identity of this year does not hold, judged by all the others."""
    figures, identities = evidence(book, year)
    wanted = next((one for one in identities if one.name == broken.name), broken)
    return explain(wanted, identities, figures, partial(_entry_of, book, year))


def evidence(book: Book, year: int) -> tuple[dict[Ref, Known], list[Identity]]:
    """The stated figures of a year and the one before with the ledger's own, and the identities they stand in."""
    figures = _figures(book, year, year) | _figures(book, year - 1, year)
    identities = [*_of_unit(book, figures, year), *_of_projects(book, figures, year)]
    if cash := cash_identity(book, figures, year):
        identities.append(cash)
    if any(ref.year < year for ref in figures):
        # Their names are told apart by the year in front; the year before that one is out of sight.
        for one in (*_of_unit(book, figures, year - 1), *_of_projects(book, figures, year - 1)):
            name = _("{year}年{identity}").format(year=year - 1, identity=one.name)
            identities.append(Identity(name, one.terms, one.constant, one.tolerance))
    return figures, identities


@dataclass(frozen=True, slots=True)
class Difference:
    """Whether the stated figure or the ledger is the likelier culprit where the two differ."""

    suspects: tuple[Suspect, ...] = ()
    sentence: str = ""


def differing(book: Book, year: int) -> Callable[[Ref], Difference]:
    """What may be told of a stated figure of this year that differs from the ledger's.

    The stated figure is suspect where the ledger's would mend an identity, or a slip of the pen makes one of the
    other; it is vouched for where the ledger's would break one. Otherwise the ledger's entries are looked through.
    """
    figures, identities = evidence(book, year)
    standing: dict[Key, list[Identity]] = {}
    for one in identities:
        for _sign, key in one.terms:
            standing.setdefault(key, []).append(one)

    def of(ref: Ref) -> Difference:
        held = figures[ref]
        if held.own is None:
            return Difference()
        same = Identity(_("填报数＝台账数"), ((1, ref),), -held.own)
        near = standing.get(ref, [])
        explanation = explain(same, near, figures)
        stated = explanation.suspects and explanation.suspects[0].why != _("与台账明细一致")
        if stated or (explanation.suspects and not all(one.holds(figures) for one in near)):
            return Difference(explanation.suspects, in_words(explanation))
        exact = computed(book, ref)
        wrong = misentries(book, ref, held.amount - exact, held.unit) if isinstance(exact, int) else []
        told = [_("填报数由“{identity}”佐证").format(identity=one.identity) for one in explanation.cleared]
        told += [wrong[0].words()] if wrong else []
        suspects = tuple(suspect for one in wrong if (suspect := one.suspect()))
        return Difference(suspects, "；".join(told) + "。" if told else "")

    return of


def traced(book: Book, year: int, broken: Identity) -> Difference:
    """Which stated figure may have caused that a total is not the sum over projects; where the others vouch for all
    of them, what is told of the ledger."""
    explanation = explained(book, year, broken)
    total = broken.terms[0][1]
    if not explanation.suspects and isinstance(total, Ref):
        ledger = differing(book, year)(total)
        if ledger.sentence:
            return ledger
    return Difference(explanation.suspects, in_words(explanation))


def _figures(book: Book, year: int, seen_from: int) -> dict[Ref, Known]:
    found: dict[Ref, Known] = {}
    before = "" if year == seen_from else _("{year}年").format(year=year)
    empty = unit_balance(book, year) == NOTHING  # then the ledger says nothing, not 0
    for stated in book.stated_all(year) if book.year(year) else ():
        row = book.project_year(year, stated.about)
        ref = Ref(year, stated.about, stated.item)
        if not stated.about and stated.item in UNIT_ITEMS:
            own = None if empty else UNIT_ITEMS[stated.item](book, year)
            found[ref] = known(before + item_name(stated.item), stated, own)
        elif row and stated.item in PROJECT_ITEMS:
            balance = project_balance(book, year, stated.about)
            own = None if balance == NOTHING else PROJECT_ITEMS[stated.item](balance)
            found[ref] = known(f"{before}“{print_name(row.name)}”{item_name(stated.item)}", stated, own)
    return found


def _of_unit(book: Book, figures: Figures, year: int) -> Iterator[Identity]:
    """The identities of the unit's own figures, and of its totals over projects."""
    found = [
        total_identity(figures, year, INCOME, INITIAL, ADJUSTED),
        total_identity(figures, year, SPENT, BASIC, SPECIAL),
        total_identity(figures, year, BASIC, PERSONNEL, PUBLIC),
    ]
    rows = book.projects(year)
    if unit_balance(book, year) != NOTHING or any(Ref(year, row.project, PROJECT_SPENT) in figures for row in rows):
        found.append(special_identity(book, figures, year))
    summed = [_BUDGET, _RECOVERED]
    if book.unit.other_counts or unit_balance(book, year, other_fund) == NOTHING:
        # Of the unit these are without 单位资金, of a project with it.
        summed += [INITIAL] if book.unit.basis == Basis.PAID else [INITIAL, CARRY]
    for item in summed:
        if any(Ref(year, row.project, item) in figures for row in rows):
            found.append(sum_identity(book, figures, Ref(year, 0, item), rows, item, counted_fund(book)))
    yield from (one for one in found if one)


def _of_projects(book: Book, figures: Figures, year: int) -> Iterator[Identity]:
    """domain I-01, I-02, I-05 and I-09 of each project that states a figure."""
    stating = {ref.about for ref in figures if ref.about and ref.year == year}
    for row in book.projects(year) if stating else ():
        if row.project not in stating:
            continue
        name = f"“{print_name(row.name)}”"
        budget = _of_project(book, figures, row, _("{name}全年预算＝各项预算之和").format(name=name), _BUDGET, _GIVEN)
        left = _("{name}结余结转＝全年预算－支出－收回－结余").format(name=name)
        found = [budget, _of_project(book, figures, row, left, CARRY, _LEFT)]
        spent = Ref(year, row.project, PROJECT_SPENT)
        below = [Ref(year, child.project, PROJECT_SPENT) for child in book.children(year, row.project)]
        if spent in figures and any(ref in figures for ref in below):
            title = _("{name}实际支出＝各子项目支出之和").format(name=name)
            found.append(identity_of_sum(book, figures, title, spent, below, sum_of_children(book, row)))
        brought, carried = Ref(year, row.project, _BROUGHT), Ref(year - 1, row.project, CARRY)
        if brought in figures and carried in figures:
            # What was adjusted at the start of the year is part of 上年结转, but was not carried.
            adjusted = project_balance(book, year, row.project).opening_adjust
            unit = max(figures[brought].unit, figures[carried].unit)
            title = _("{name}上年结转＝上年末结余结转").format(name=name)
            terms = ((1, brought), (-1, carried))
            found.append(Identity(title, terms, -as_printed(adjusted, unit), tolerance(1 + (adjusted != 0), unit)))
        yield from (one for one in found if one)


def _of_project(
    book: Book, figures: Figures, row: ProjectYear, name: str, total: str, parts: Sequence[tuple[int, str]]
) -> Identity | None:
    """A stated total of a project against its parts, each stated where it is, else the ledger's.

    With parts from the ledger it is evidence only where it holds: a part may be missing there.
    """
    whole = Ref(row.year, row.project, total)
    stated = [(sign, ref) for sign, item in parts if (ref := Ref(row.year, row.project, item)) in figures]
    if whole not in figures or not stated:
        return None
    balance = project_balance(book, row.year, row.project)
    named = {ref.item for _sign, ref in stated}
    rest = sum(sign * PROJECT_ITEMS[item](balance) for sign, item in parts if item not in named)
    unit = figures[whole].unit
    terms = ((1, whole), *((-sign, ref) for sign, ref in stated))
    one = Identity(name, terms, -as_printed(rest, unit), tolerance(len(stated) + (rest != 0), unit))
    return one if len(stated) == len(parts) or one.holds(figures) else None


def _entry_of(book: Book, year: int, size: int) -> str:
    """An amount of a project that a total may lack or hold twice, by name."""

    def sizes() -> dict[int, tuple[str, str]]:
        found: dict[int, tuple[str, str]] = {}
        for row in book.projects(year):
            balance = project_balance(book, year, row.project)
            for item, pick in PROJECT_ITEMS.items():
                amount = abs(pick(balance))
                found.setdefault(amount, (row.name, item))
                found.setdefault(as_printed(amount, WAN_CENT), (row.name, item))
        return found

    entry = book.memo(year, 0, "sizes of entries", sizes).get(size) if size else None
    return _("{project}的{item}").format(project=entry[0], item=item_name(entry[1])) if entry else ""
