"""Localising a difference: which single figure, changed, would satisfy every identity it stands in.

Pure: named figures, identities as signed sums with a tolerance, and nothing of the ledger but its own figures
and the sizes of its entries. Suspects are ranked by Bayes' rule: how common the slip is that would have made
the printed figure of the wanted one, how much room that slip leaves for chance, what the ledger says, and how
well the other figures round to the wanted one. Amounts are 分.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, pi
from typing import Any

from core.check import Suspect
from core.figures import Ref
from core.i18n import _
from core.misprints import COMMON, COPIED, LEFT_OUT, NOTHING_MEANT, PLAIN, TWICE, Misprint, belief, misprints, plain
from core.money import WAN_CENT, show_wan, show_yuan

Key = Hashable  # what a figure is found by: a Ref of a book, or any name


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as it is printed: ``unit`` is the place of its last digit, ``own`` the ledger's figure at that unit."""

    name: str
    amount: int
    unit: int = WAN_CENT
    own: int | None = None

    def words(self, amount: int) -> str:
        """An amount as this figure prints it, with its unit."""
        return show_wan(amount) + "万元" if self.unit >= WAN_CENT else show_yuan(amount) + "元"


Figures = Mapping[Any, Known]  # by Key


@dataclass(frozen=True, slots=True)
class Identity:
    """The signed sum of figures and a constant is zero, but for what rounding explains.

    Signs are 1 and -1. The first figure is the one that is worked out from the others, such as a total.
    """

    name: str
    terms: tuple[tuple[int, Key], ...]
    constant: int = 0
    tolerance: int = 0

    def residual(self, figures: Figures) -> int:
        """How far the sum is from zero."""
        return sum(sign * figures[key].amount for sign, key in self.terms) + self.constant

    def holds(self, figures: Figures) -> bool:
        """True where rounding explains what is left."""
        return abs(self.residual(figures)) <= self.tolerance

    def names(self, figure: Key) -> bool:
        """True if the figure stands in it."""
        return any(key == figure for _sign, key in self.terms)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A figure that another identity vouches for."""

    figure: str
    printed: str  # with its unit
    identity: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who may have caused a difference, likeliest first, and which figures another identity clears."""

    suspects: tuple[Suspect, ...] = ()
    chances: tuple[float, ...] = ()  # of each suspect, if one of them it is; they add up to 1
    told: tuple[str, ...] = ()  # of each suspect: what it is and what it should be, in words
    cleared: tuple[Cleared, ...] = ()
    unsettled: int = 0  # how many identities stay broken when the first suspect is mended


EntryOf = Callable[[int], str]  # the name of an entry of that size (分, without sign); empty if there is none


def no_entry(_amount: int) -> str:
    """Where no entries are known."""
    return ""


# Of a figure as it is printed and as the ledger has it: what it says for a suspect that the ledger has the very
# amount wanted, and against it that the ledger has what is printed. Logarithms, as all that is added up here.
_LEDGER_FOR, _LEDGER_AGAINST = log(0.9 / (0.1 * 1e-4)), log(0.02 / 0.9)
_SECOND_MISTAKE = log(1e-3)  # for each difference that a suspect leaves unexplained
_ENTRY = 0.02  # how much it says that a difference is the size of an entry of the ledger
_CLOSE = 0.4  # a second suspect is named too where it is this likely beside the first


def explain(
    broken: Identity | None, identities: Sequence[Identity], figures: Figures, entry_of: EntryOf = no_entry
) -> Explanation:
    """Rank the figures of a broken identity (of all that are broken: None) by how likely each is the culprit.

    A suspect is a figure that, changed, satisfies every identity it stands in; ``should_be`` is the likeliest
    amount that does. A figure is cleared by an identity that holds now and would not hold with the figure changed.
    """
    if broken:  # the very one of the identities, where it is one
        identities = [broken, *(one for one in identities if one != broken)]
    search = _Search(identities, figures, entry_of)
    wrong = [broken] if broken else [one for one in search.identities if search.is_broken(one)]
    keys = dict.fromkeys(key for one in wrong for _sign, key in one.terms)
    ranked: list[tuple[float, Suspect, Key]] = []
    cleared: list[Cleared] = []
    for key in keys:
        known = figures[key]
        low, high = search.room(key)
        if low > high:
            mend = next(one for one in wrong if one.names(key))
            if against := search.against(key, mend):
                cleared.append(Cleared(known.name, known.words(known.amount), against.name))
            continue
        score, wanted, why = search.judge(key, low, high)
        suspect = Suspect(known.name, known.amount, wanted, why, key if isinstance(key, Ref) else None)
        ranked.append((score, suspect, key))
    if not ranked:
        return Explanation(cleared=tuple(cleared))
    ranked.sort(key=lambda line: -line[0])
    best = ranked[0][0]
    weights = [exp(score - best) for score, _suspect, _key in ranked]
    return Explanation(
        tuple(suspect for _score, suspect, _key in ranked),
        tuple(weight / sum(weights) for weight in weights),
        tuple(_told(suspect, figures[key]) for _score, suspect, key in ranked),
        tuple(cleared),
        search.unsettled(ranked[0][2]),
    )


_Place = tuple[float, float, bool]  # what an identity wants of a figure, how far it may stray (squared), if it holds


@dataclass(frozen=True)
class _Search:
    """The identities and figures of one explanation, with what is asked of them again and again."""

    identities: Sequence[Identity]
    figures: Figures
    entry_of: EntryOf

    @cached_property
    def _residuals(self) -> dict[int, int]:
        return {id(one): one.residual(self.figures) for one in self.identities}

    @cached_property
    def _standing(self) -> dict[Key, list[tuple[int, Identity]]]:
        """The identities a figure stands in, each with its sign there."""
        found: dict[Key, list[tuple[int, Identity]]] = {}
        for one in self.identities:
            for sign, key in one.terms:
                found.setdefault(key, []).append((sign, one))
        return found

    @cached_property
    def _alike(self) -> dict[int, list[str]]:
        """The names of the figures that have an amount."""
        found: dict[int, list[str]] = {}
        for known in self.figures.values():
            found.setdefault(known.amount, []).append(known.name)
        return found

    def is_broken(self, one: Identity) -> bool:
        """True where rounding does not explain the difference."""
        return abs(self._residuals[id(one)]) > one.tolerance

    def _span(self, key: Key, sign: int, one: Identity) -> tuple[int, int]:
        """The amounts of a figure with which an identity holds."""
        middle = self.figures[key].amount - sign * self._residuals[id(one)]
        return middle - one.tolerance, middle + one.tolerance

    def room(self, key: Key) -> tuple[int, int]:
        """The amounts, in units of the figure, with which every identity it stands in holds; empty: low > high."""
        spans = [self._span(key, sign, one) for sign, one in self._standing[key]]
        unit = self.figures[key].unit
        return -(-max(low for low, _high in spans) // unit), min(high for _low, high in spans) // unit

    def against(self, key: Key, mend: Identity) -> Identity | None:
        """An identity that holds now and would not with the figure changed to mend another."""
        spans = {id(one): self._span(key, sign, one) for sign, one in self._standing[key]}
        low, high = spans[id(mend)]
        for _sign, one in self._standing[key]:
            first, last = spans[id(one)]
            if not self.is_broken(one) and (last < low or high < first):
                return one
        return None

    def judge(self, key: Key, low: int, high: int) -> tuple[float, int, str]:
        """How likely the figure is the culprit (a logarithm), what it should be, and why."""
        known = self.figures[key]
        printed = known.amount // known.unit
        places = list(self._places(key))
        best = low
        if low < high and (loose := [(middle, spread) for middle, spread, _held in places if spread]):
            best = round(sum(m / s for m, s in loose) / sum(1 / s for _m, s in loose))
            best = min(max(best, low), high)
        own = None if known.own is None else known.own // known.unit
        # What is worked out from others is as likely as they are; of any other figure some amounts are likelier.
        free = all(one.terms[0][1] != key for _sign, one in self._standing[key])
        found: list[tuple[float, int, Misprint]] = []
        for slip in self._misprints(key, printed, best, low, high):
            values = {min(max(best, slip.low), slip.high)}
            if own is not None and slip.low <= own <= slip.high and own != printed:
                values.add(own)
            for value in values:
                score = log(slip.likelihood) + _fit(places, value) + (belief(value) if free else 0)
                if not value and slip.kind == PLAIN:
                    score += log(NOTHING_MEANT)
                score += _ledger_weight(own, printed, value)
                found.append((score, value, slip))
        top = max(score for score, _value, _slip in found)
        chances: dict[int, float] = {}
        for score, value, _slip in found:
            chances[value] = chances.get(value, 0) + exp(score - top)
        wanted = max(chances, key=lambda value: chances[value])
        slip = max((slip for _score, value, slip in found if value == wanted), key=lambda slip: slip.likelihood)
        mended = sum(not held for _middle, _spread, held in places)
        score = top + log(sum(chances.values())) - _fit(places, printed) - mended * _SECOND_MISTAKE
        if free:
            score -= belief(printed)
        why = [_ledger_says(known, wanted * known.unit), slip.words or self._entry(known, wanted)]
        return score, wanted * known.unit, "；".join(reason for reason in why if reason)

    def _places(self, key: Key) -> Iterator[_Place]:
        known = self.figures[key]
        for sign, one in self._standing[key]:
            middle = (known.amount - sign * self._residuals[id(one)]) / known.unit
            # A sum of n rounded addends strays by (n + 1) / 12 squared units, and has (n + 1) / 2 as its tolerance.
            yield middle, one.tolerance / known.unit / 6, not self.is_broken(one)

    def unsettled(self, name: Key) -> int:
        """How many identities are broken that a figure does not stand in."""
        return sum(self.is_broken(one) and not one.names(name) for one in self.identities)

    def _misprints(self, key: Key, printed: int, best: int, low: int, high: int) -> Iterator[Misprint]:
        """Every way in which the figure may have come out as it is printed."""
        known = self.figures[key]
        yield from misprints(printed, low, high)
        yield from self._addends(key, printed, low, high)
        others = [name for name in self._alike[known.amount] if name != known.name] if printed else []
        if others:
            chance = COMMON[COPIED] * len(others) / len(self.figures)
            yield Misprint(COPIED, low, high, chance, _quoted(others[0]))
        rest = plain(printed, low, high)
        yield rest._replace(likelihood=rest.likelihood + _ENTRY) if self._entry(known, best) else rest

    def _addends(self, key: Key, printed: int, low: int, high: int) -> Iterator[Misprint]:
        """Another figure of an identity that was left out, or counted twice, when this one was worked out."""
        unit = self.figures[key].unit
        for own_sign, one in self._standing[key]:
            if one.terms[0][1] != key:
                continue
            share, slack = 1 / len(one.terms), 1 if one.tolerance else 0
            for sign, other in one.terms[1:]:
                amount = -own_sign * sign * self.figures[other].amount // unit
                if not amount:
                    continue
                for kind, middle in ((LEFT_OUT, printed + amount), (TWICE, printed - amount)):
                    start, end = max(low, middle - slack), min(high, middle + slack)
                    if start <= end:
                        yield Misprint(kind, start, end, COMMON[kind] * share, _quoted(self.figures[other].name))

    def _entry(self, known: Known, wanted: int) -> str:
        """The entry of the ledger that makes the difference, or half of it."""
        difference = abs(known.amount - wanted * known.unit)
        if entry := self.entry_of(difference):
            return _("差额等于“{entry}”，可能漏记或重记").format(entry=entry)
        if difference % 2 == 0 and (entry := self.entry_of(difference // 2)):
            return _("差额是“{entry}”的两倍，可能加减记反").format(entry=entry)
        return ""


def _ledger_weight(own: int | None, printed: int, wanted: int) -> float:
    """What the ledger's figure says for a suspect: the nearer to the wanted amount, the more (a logarithm)."""
    if own is None or own == wanted:
        return 0.0 if own is None else _LEDGER_FOR
    if own == printed:
        return _LEDGER_AGAINST
    return -log(min(max(abs(own - wanted) / abs(printed - wanted), 1e-3), 1))


def _fit(places: Sequence[_Place], value: int) -> float:
    """How well an amount rounds to what its identities want of it (a logarithm)."""
    fit = 0.0
    for middle, spread, held in places:
        if spread and (held or abs(value - middle) <= 6 * spread):
            fit -= (value - middle) ** 2 / (2 * spread) + log(2 * pi * spread) / 2
    return fit


def _quoted(name: str) -> str:
    return name if "“" in name else f"“{name}”"


def _ledger_says(known: Known, wanted: int) -> str:
    if known.own is None:
        return ""
    if known.own == wanted:
        return _("与台账明细一致")
    return _("台账明细为{own}").format(own=known.words(known.own))


def in_words(explanation: Explanation) -> str:
    """An explanation as one sentence: the first suspect, what it should be and why, and who is cleared by what."""
    parts = []
    if explanation.suspects:
        parts.append(_first_suspects(explanation))
    else:
        parts.append(_("只改一个数不能使各等式都成立，可能不止一处有误"))
    vouchers: dict[str, list[str]] = {}
    for one in explanation.cleared:
        vouchers.setdefault(one.identity, []).append(one.figure + one.printed)
    for identity, held in list(vouchers.items())[:2]:
        figures = "、".join(held[:2]) + (_("等{n}个数").format(n=len(held)) if len(held) > 2 else "")
        parts.append(_("{figures}由“{identity}”佐证").format(figures=figures, identity=identity))
    return "；".join(parts) + "。"


def _first_suspects(explanation: Explanation) -> str:
    told, chances = explanation.told, explanation.chances
    close = len(told) > 1 and chances[1] >= _CLOSE * chances[0]
    if close:
        first = _("{one}，或者{other}：改其中一个，").format(one=told[0], other=told[1])
    else:
        why = explanation.suspects[0].why.replace("；", "，")
        first = told[0] + "：" + (_("{why}，改后").format(why=why) if why else _("改后"))
    if explanation.unsettled:
        return first + _("所在各等式都成立，另有{n}个等式仍不成立").format(n=explanation.unsettled)
    return first + _("各等式都成立")


def _told(suspect: Suspect, known: Known) -> str:
    return _("{figure}{printed}可能应为{should_be}").format(
        figure=suspect.figure, printed=known.words(suspect.printed), should_be=known.words(suspect.should_be)
    )
