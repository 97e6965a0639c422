"""The audit of one text: every relation found, and the doubts that come of those that do not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.audit.averages import averages
from core.audit.balances import balances
from core.audit.changes import changes
from core.audit.counts import counts
from core.audit.equals import equals, renamed, unit_slips
from core.audit.forms import form_faults
from core.audit.interleaved import interleaved
from core.audit.model import MONEY, Doubt, Item, Relation
from core.audit.products import products
from core.audit.projects import project_relations, projects
from core.audit.rates import full_shares, rates
from core.audit.reading import Reading, read
from core.audit.scores import score_relations
from core.audit.sums import sums
from core.audit.table_totals import table_relations
from core.audit.told import told_doubts
from core.audit.worded import contradiction, short, with_unit
from core.audit.wording import wording
from core.i18n import _

if TYPE_CHECKING:
    from core.explain import Explanation

LONGEST: Final = 100_000  # characters that are checked; no report is longer
MOST: Final = 1_200  # figures that are checked: no report has as many
_LONGEST_QUOTE: Final = 110
_SEVERITIES: Final = {1: "info", 2: "warning", 3: "error"}
_ORDER: Final = ("error", "warning", "info")


@dataclass(frozen=True)
class Audit:
    """What came of a text. ``relations`` in the order of the text; ``doubts`` by severity, then place."""

    text: str
    relations: tuple[Relation, ...]
    doubts: tuple[Doubt, ...]
    reading: Reading
    cut: bool = False  # the text was longer than is checked

    @cached_property
    def loud(self) -> tuple[Doubt, ...]:
        """The doubts that are more than a remark."""
        return tuple(one for one in self.doubts if one.severity != "info")

    def marks(self) -> list[tuple[int, int, str]]:
        """Every figure with its state, in order: ``right`` (worked out again), ``close`` (right but for rounding, or
        in doubt), ``wrong``, ``unknown`` (nothing to check it against)."""
        worst: dict[tuple[int, int], str] = {}
        rank = ("unknown", "right", "close", "wrong")
        for one in self.relations:
            state = "right" if one.holds else "wrong" if one.trust >= 2 else "close" if one.trust else "unknown"
            if one.holds and one.difference and one.kind in ("sum", "balance"):
                state = "close"
            for item in one.items if one.holds or one.trust < 2 else (one.items[-1],):
                place = (item.start, item.end)
                if rank.index(state) > rank.index(worst.get(place, "unknown")):
                    worst[place] = state
        places = {(one.start, one.end) for one in self.reading.items} | set(worst)
        places |= {(one.start, one.end) for one in self.reading.table_numbers()}
        for doubt in self.doubts:  # a figure that is doubted for itself, as one in the wrong unit is
            if (place := (doubt.start, doubt.end)) in places and doubt.severity != "info":
                worst[place] = "wrong" if doubt.severity == "error" else "close"
        shown = (place for place in sorted(places) if place in worst or not self._is_list_number(*place))
        return [(start, end, worst.get((start, end), "unknown")) for start, end in shown]

    def _is_list_number(self, start: int, end: int) -> bool:
        """Whether a bare number heads its line: 1、, 2．"""
        begin = self.text.rfind("\n", 0, start) + 1
        return not self.text[begin:start].strip() and self.text[end : end + 1] in ("、", "．", ".")


def audit(text: str) -> Audit:
    """Read a text, work out again what it says, and say what does not agree."""
    cut = len(text) > LONGEST
    reading = read(text[:LONGEST])
    if len(reading.items) > MOST:  # a list of payments, say: what is told of it is held to what one can wait for
        cut = True
        reading = read(reading.text[: reading.items[MOST].start])
    in_tables = list(table_relations(reading))
    in_prose = sums(reading)
    told_projects = projects(reading)
    inside = [(one.start, one.end) for one in told_projects]
    shares = rates(reading, in_prose)
    found = [
        *in_prose,
        *in_tables,
        *interleaved(reading),
        *balances(reading, in_prose),
        *project_relations(reading, told_projects),
        *shares,
        *full_shares(in_prose, shares),
        *score_relations(reading),
        *changes(reading),
        *counts(reading, in_prose),
        *products(reading),
        *averages(reading),
        *(
            one
            for one in equals(reading, [*in_prose, *in_tables])
            if one.holds or not any(start <= item.start < end for start, end in inside for item in one.items)
        ),
    ]
    relations = _distinct(found)
    doubts = _ordered(
        [
            *_of_relations(reading, relations),
            *_of_forms(reading),
            *_of_names(reading, [*in_prose, *in_tables]),
            *wording(reading, told_projects),
            *told_doubts(reading, relations),
        ]
    )
    return Audit(reading.text, relations, doubts, reading, cut)


def _distinct(found: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each relation once; of two readings of one result the one that holds."""
    seen: dict[tuple[object, ...], Relation] = {}
    for one in found:
        key = (frozenset(item.start for item in one.items), one.items[-1].start)
        if key not in seen or (one.holds and not seen[key].holds):
            seen[key] = one
    settled = {
        one.items[-1].start
        for one in seen.values()
        if one.holds and one.kind in ("sum", "balance") and len(one.items) > 2
    }
    kept = [
        one
        for one in seen.values()
        if one.holds or one.what or one.kind not in ("sum", "balance") or one.items[-1].start not in settled
    ]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.kind)))


def _ordered(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    """The doubts, worst first; of two about the same figure or words the worse."""
    kept: list[Doubt] = []
    for one in sorted(doubts, key=lambda d: (_ORDER.index(d.severity), d.start, d.end)):
        same = [d for d in kept if d.start < one.end and one.start < d.end]
        if not any(d.rule == one.rule or (d.start, d.end) == (one.start, one.end) for d in same):
            kept.append(one)
    return tuple(kept)


# Relations that do not hold

_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "sum": ("T-01", _("分项与合计不符")),
    "balance": ("T-02", _("收支与结余不符")),
    "ratio": ("T-03", _("百分比与数字不符")),
    "growth": ("T-04", _("增减幅度与数字不符")),
    "equal": ("T-05", _("前后数字不一致")),
    "count": ("T-06", _("列出的项数不符")),
    "product": ("T-07", _("单价乘数量与金额不符")),
}


def _of_relations(reading: Reading, relations: tuple[Relation, ...]) -> Iterator[Doubt]:
    for one in relations:
        if not one.holds and one.trust:
            rule, title = _TITLES[one.kind]
            start, end = _place(reading, one)
            if one.kind == "equal" and len(one.items) == 2:
                yield from _contradiction(reading, one, relations)
                continue
            why = _explained(one, relations) if one.kind in ("sum", "balance") else None
            message = contradiction(one)
            suspects: tuple[str, ...] = ()
            if why and why.suspects:
                suspects = tuple(why.told[:2])
                from core.explain import in_words

                message += in_words(why)
            yield Doubt(
                rule,
                _SEVERITIES[one.trust],
                title,
                message,
                start,
                end,
                reading.quote(start, end),
                difference=with_unit(one.difference, one.unit),
                tolerance=with_unit(one.tolerance, one.unit),
                suspects=suspects,
            )


def _contradiction(reading: Reading, one: Relation, relations: tuple[Relation, ...]) -> Iterator[Doubt]:
    """Two figures of one thing: loud in both places, as one mark where they stand close; where other figures confirm
    one of them, loud at the other only."""
    rule, title = _TITLES["equal"]
    first, other = one.items
    severity = _SEVERITIES[one.trust]
    confirmed = {item.start for held in relations if held.holds for item in held.items}
    doubted = {item.start for held in relations if held is not one and held.trust > 1 for item in held.items}
    agreed = [item.start in confirmed or item.start in doubted for item in (first, other)]
    if agreed == [True, False]:
        first, other = other, first
    near = other.end - _with_label(reading, first.start, first) <= _LONGEST_QUOTE and agreed[0] == agreed[1]
    again = "info" if near or agreed[0] != agreed[1] or one.what.endswith("号") else severity
    for here, there, loudness in ((first, other, severity), (other, first, again)):
        start, end = _with_label(reading, here.start, here), here.end
        if near and here is first:
            end = other.end  # one mark over both
        line = reading.text.count("\n", 0, there.start) + 1
        words = _("“{what}”此处为{here}，第{n}行为{there}，相差{d}。").format(
            what=short(one.what, 20),
            here=here.amount.text,
            n=line,
            there=there.amount.text,
            d=with_unit(one.difference, one.unit),
        )
        yield Doubt(rule, loudness, title, words, start, end, reading.quote(start, end))


def _with_label(reading: Reading, start: int, item: Item) -> int:
    """Where the words of a figure's label begin, if they stand right before it."""
    line = reading.text.rfind("\n", 0, start) + 1
    at = reading.text.find(item.label, max(line, start - len(item.label) - 8), start) if item.label else -1
    return at if at >= 0 else start


def _place(reading: Reading, one: Relation) -> tuple[int, int]:
    """The words of the statement, with the label of its first figure; where they are many, those of the result."""
    start, end = one.start, one.end
    result = one.items[-1]
    if one.what in ("column", "row", "points", "scores", "table"):
        start = reading.text.rfind("\n", 0, result.start) + 1
        return max(start, result.end - _LONGEST_QUOTE), result.end
    if one.kind == "equal" or end - start > _LONGEST_QUOTE:
        start, end = result.start, result.end
        if result.start == one.start and one.kind != "equal":
            end = min(one.end, start + _LONGEST_QUOTE - 30)
    first = next((item for item in one.items if item.start == start), result)
    return _with_label(reading, start, first), end


def _explained(broken: Relation, relations: tuple[Relation, ...]) -> Explanation | None:
    """Which figure of a sum of money is likely wrong, judged by all the other sums it stands in."""
    from core.explain import Identity, Known, explain

    def in_fen(value: Fraction) -> int:
        return int(value * 100)

    money = [
        one
        for one in relations
        if one.kind in ("sum", "balance") and one.signs and all(item.sort == MONEY for item in one.items)
    ]
    if broken not in money or any((item.value * 100).denominator != 1 for one in money for item in one.items):
        return None
    figures = {
        item.start: Known(item.label or item.amount.text, in_fen(item.value), max(in_fen(item.place), 1))
        for one in money
        for item in one.items
    }
    identities = {
        id(one): Identity(
            _("{label}的合计").format(label=one.items[-1].label or one.items[-1].amount.text),
            ((1, one.items[-1].start), *((-s, item.start) for s, item in zip(one.signs, one.items, strict=False))),
            tolerance=in_fen(one.tolerance),
        )
        for one in money
    }
    near = _connected(broken, money)
    return explain(identities[id(broken)], [identities[id(one)] for one in near], figures)


def _connected(broken: Relation, money: list[Relation]) -> list[Relation]:
    """The relations that share a figure with the broken one."""
    places = {item.start for item in broken.items}
    return [one for one in money if one is not broken and any(item.start in places for item in one.items)]


# Forms and names

_FORM_WORDS: Final = {
    "nothing": ("T-08", "warning", _("预算、执行均为0，执行率不应填100%，可填“—”。")),
    "missed": ("T-09", "warning", _("完成值没有达到指标值，却得满分；请核对，或说明原因并扣分。")),
    "blank": ("T-10", "warning", _("执行率没有填写，却已得分。")),
    "beyond": ("T-11", "error", _("得分高于分值。")),
    "over": ("T-12", "warning", _("执行数大于预算数，请核对，或说明超预算的资金来源。")),
}


def _of_forms(reading: Reading) -> Iterator[Doubt]:
    for fault in form_faults(reading):
        rule, severity, words = _FORM_WORDS[fault.kind]
        start, end = fault.row.start, min(fault.row.end, fault.row.start + _LONGEST_QUOTE)
        yield Doubt(rule, severity, _("自评表填写有矛盾"), words, start, end, reading.quote(start, end))


def _of_names(reading: Reading, found: list[Relation]) -> Iterator[Doubt]:
    for one in renamed(found):
        words = _("同一金额{amount}前文名为“{first}”，此处名为“{second}”。").format(
            amount=one.second.amount.text, first=short(one.first.label, 20), second=short(one.second.label, 20)
        )
        start, end = one.second.start, one.second.end
        severity = "warning" if one.clash else "info"
        yield Doubt("T-13", severity, _("同一金额名目不一致"), words, start, end, reading.quote(start, end))
    for first, other in unit_slips(reading):
        words = _("前文为{first}，此处为{other}，单位相差一万倍。").format(
            first=first.amount.text, other=other.amount.text
        )
        yield Doubt(
            "C-042", "warning", _("金额单位可疑"), words, other.start, other.end, reading.quote(other.start, other.end)
        )
