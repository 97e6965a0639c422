"""Localising a difference: which single figure, changed, would satisfy every identity it stands in.

Pure and small: named figures, identities as signed sums with a tolerance, and hints about how a figure may
have gone wrong (a sign, a decimal point, two digits, an entry left out or counted twice). Amounts are 分.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.check import Suspect
from core.i18n import _
from core.money import WAN_CENT, show_wan, show_yuan

_FACTORS = (10, 100, 1000)
_WAN_PER_YUAN = 10_000


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as it is printed: ``unit`` is the place of its last digit, ``own`` the ledger's figure at that unit."""

    name: str
    amount: int
    unit: int = WAN_CENT
    own: int | None = None


Figures = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Identity:
    """The signed sum of named figures and a constant is zero, but for what rounding explains."""

    name: str
    terms: tuple[tuple[int, str], ...]
    constant: int = 0
    tolerance: int = 0

    def residual(self, figures: Figures) -> int:
        """How far the sum is from zero."""
        return sum(sign * figures[name].amount for sign, name in self.terms) + self.constant

    def holds(self, figures: Figures) -> bool:
        """True where rounding explains what is left."""
        return abs(self.residual(figures)) <= self.tolerance

    def names(self, figure: str) -> bool:
        """True if the figure stands in it."""
        return any(name == figure for _sign, name in self.terms)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who may have caused a difference, likeliest first, and which figures another identity clears."""

    suspects: tuple[Suspect, ...] = ()
    cleared: tuple[tuple[str, str], ...] = ()  # figure, name of the identity that holds


EntryOf = Callable[[int], str]  # the name of an entry of that size (分, without sign); empty if there is none


def no_entry(_amount: int) -> str:
    """Where no entries are known."""
    return ""


def explain(
    broken: Identity, identities: Sequence[Identity], figures: Figures, entry_of: EntryOf = no_entry
) -> Explanation:
    """Rank the figures of a broken identity by whether one of them alone, changed, would mend it.

    A figure is cleared by an identity that holds now and would not hold with the changed figure. Of those
    left, first comes the one whose ledger figure is the very amount wanted, then those that would mend most
    identities at once; last those whose ledger figure speaks for what is printed.
    """
    ranked: list[tuple[tuple[bool, int, int, int], Suspect]] = []
    cleared: list[tuple[str, str]] = []
    for order, (sign, name) in enumerate(broken.terms):
        figure = figures[name]
        wanted = figure.amount - sign * broken.residual(figures)
        if figure.own is not None and figure.own != figure.amount and broken.holds(_with(figures, name, figure.own)):
            wanted = figure.own
        changed = _with(figures, name, wanted)
        against = [one for one in identities if one != broken and one.names(name) and not one.holds(changed)]
        if against:
            cleared += [(name, one.name) for one in against if one.holds(figures)][:1]
            continue
        mended = sum(one.names(name) and not one.holds(figures) for one in identities)
        doubt = 1 if figure.own is None else 0 if figure.own == wanted else 3 if figure.own == figure.amount else 2
        reasons = [reason for reason in (_ledger_says(figure, wanted), hint(figure, wanted, entry_of)) if reason]
        suspect = Suspect(name, figure.amount, wanted, "；".join(reasons))
        ranked.append(((doubt != 0, -mended, doubt, order), suspect))
    ranked.sort(key=lambda pair: pair[0])
    return Explanation(tuple(suspect for _rank, suspect in ranked), tuple(cleared))


def hint(figure: Known, wanted: int, entry_of: EntryOf = no_entry) -> str:
    """How ``wanted`` may have become the printed figure; empty where nothing simple explains it."""
    slip = _slip(figure.amount, wanted, figure.unit) if figure.amount and wanted else ""
    if slip:
        return slip
    difference = abs(figure.amount - wanted)
    if entry := entry_of(difference):
        return _("差额等于“{entry}”，可能漏记或重记").format(entry=entry)
    if difference % 2 == 0 and (entry := entry_of(difference // 2)):
        return _("差额是“{entry}”的两倍，可能加减记反").format(entry=entry)
    return ""


def _slip(printed: int, wanted: int, unit: int) -> str:
    """The slip of the pen that makes one amount of the other."""
    if printed == -wanted:
        return _("正负号可能写反")
    if _WAN_PER_YUAN * wanted == printed or _WAN_PER_YUAN * printed == wanted:
        return _("可能把元与万元混用")
    if any(factor * wanted == printed or factor * printed == wanted for factor in _FACTORS):
        return _("小数点可能错位")
    if _swapped(abs(printed) // unit, abs(wanted) // unit):
        return _("相邻两位数字可能写颠倒")
    return ""


def _with(figures: Figures, name: str, amount: int) -> Figures:
    return {**figures, name: replace(figures[name], amount=amount)}


def _ledger_says(figure: Known, wanted: int) -> str:
    if figure.own is None:
        return ""
    if figure.own == wanted:
        return _("与台账明细一致")
    own = show_wan(figure.own) + "万元" if figure.unit >= WAN_CENT else show_yuan(figure.own) + "元"
    return _("台账明细为{own}").format(own=own)


def _swapped(printed: int, wanted: int) -> bool:
    """Two neighbouring digits in the wrong order: then the difference divides by nine."""
    if (printed - wanted) % 9:
        return False
    one, other = str(printed), str(wanted)
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
