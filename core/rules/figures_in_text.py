"""Rules about figures typed into the text by hand: against the ledger, against each other, against their own words.

What the program prints for a figure token is never contradictory; a token is also the repair.
"""

from collections.abc import Iterator

from core.audit.model import Relation
from core.audit.rates import more_than_all, wrong_percentages
from core.audit.reading import read
from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.figures import Figure, Ref, figure, label
from core.i18n import _
from core.money import WAN_CENT, show_rate
from core.passage import Passage, passage, quote, written
from core.text.restated import restated
from core.text.sentences import sentences
from core.text.statements import Statement
from core.text.trends import TrendFault, comparison, trend_faults
from core.typed_figures import equals, finest_unit, stated, token_words


@rule(
    "C-044",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("文中数字与台账不符"),
    message=_("文中{label}写为{words}，{source}是{right}{difference}。"),
    why=_("同一个数字在文字和表里不一样，审核时一眼就能看出。"),
    remedy=_("以台账或决算报表为准核对；文中数字改用取数，以后台账变动会自动更新。"),
)
def typed_figure(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-044: an amount or 执行率 typed into a sentence that names an item ≠ the figure the report prints;
    tolerance: the printed unit, as fine as the finest in the text."""
    found = passage(book, year, key, about)
    if found is None:
        return
    pairs = stated(book, found, lambda said: not found.is_figure(said.start, said.end))
    finest = finest_unit(said for said, _held in pairs)
    for said, held in pairs:
        if not equals(said.amount, held, finest) and not _is_part(said, held, pairs):
            yield _contradicts(self, book, found, said, held)


def _is_part(said: Statement, held: Figure, pairs: list[tuple[Statement, Figure]]) -> bool:
    """Whether one item of a project has several amounts in the text, of which one or all together are the figure."""
    if not isinstance(held.value, int):
        return False
    amounts = {other.start: other.amount.fen or 0 for other, figure_ in pairs if figure_.ref == held.ref}
    return len(set(amounts.values())) > 1 and held.value in {*amounts.values(), sum(amounts.values())}


def _contradicts(self: Rule, book: Book, found: Passage, said: Statement, held: Figure) -> Finding:
    name, source = label(book, held.ref), _("台账") if held.stated is None else _("填报数")
    figures: tuple[Shown, ...] = ()
    difference, right, apart = None, held.text(), ""
    if held.ref.year != found.year:
        name = _("{year}年{name}").format(year=held.ref.year, name=name)
    if isinstance(held.value, int):
        typed = said.amount.fen or 0
        unit = "元" if said.amount.unit == "元" else "万元"
        figures = (Shown(_("文中数字"), typed, unit), Shown(name, held.value, unit))
        right, gap = figures[1].words, Shown("", abs(typed - held.value), unit).words
        difference = typed - held.value
        apart = _("，相差{gap}").format(gap=gap)
    # Where the ledger and the filed account differ and the text follows the one, the other is no clear repair.
    clear = held.computed != said.amount.fen or held.stated is None
    return self.found(
        found.year,
        found.about(said.start, said.end),
        values={"label": name, "words": quote(said.text), "source": source, "right": right, "difference": apart},
        figures=figures,
        difference=difference,
        repair=found.replacing(_("改为取数"), said.start, said.end, token_words(held, found.year)) if clear else None,
        words=said.text,
    )


@rule(
    "C-045",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("同一事实两个数"),
    message=_("“{fact}”在{where}写为{first}，这里写为{second}。"),
    why=_("同一件事前后两个数，至少有一个是错的。"),
    remedy=_("核对原始资料，把两处改成同一个数；确实是两件事的，写明区别。"),
)
def two_figures(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-045: the same words in the same circumstances before two different amounts. Items of the budget are
    held against the ledger instead (C-044)."""
    parts = written(book, year)
    for pair in restated(tuple(place.raw for place in parts)):
        if pair.item:
            continue
        place, origin = parts[pair.second], parts[pair.first]
        found = passage(book, year, place.key, place.about)
        one, other = pair.first_amount, pair.second_amount
        yield self.found(
            year,
            found.raw_about(other.start, other.end) if found else About("section", place.about, place.key),
            values={
                "fact": quote(pair.fact),
                "where": _("本部分上文") if origin == place else _("“{title}”").format(title=origin.title),
                "first": one.text,
                "second": other.text,
            },
            figures=tuple(
                Shown(name, amount.fen, "元" if amount.unit == "元" else "万元")
                for name, amount in ((_("前文"), one), (_("这里"), other))
                if amount.fen is not None
            ),
            words=other.text,
        )


_TRENDS = {
    "direction": _("与前后两个数的大小相反"),
    "difference": _("与前后两个数的差额不符"),
    "zero": _("但变动为零，应写“持平”"),
    "negative": _("但数字是负数，方向写反或多写了负号"),
    "steady": _("与“持平”矛盾"),
}


@rule(
    "C-047",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("增减说法与数字矛盾"),
    message=_("文中写“{words}”，{fact}。"),
    why=_("增减方向写反，会让读者得出相反的结论。"),
    remedy=_("核对本年和上年的数字，改正增加、减少或持平的说法和差额。"),
)
def trend(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-047: 增加, 减少, 持平 against the figures beside them, and against the ledger's two years. A zero change
    called 增加 misleads nobody: a warning."""
    found = passage(book, year, key, about)
    if found is None:
        return
    faults = trend_faults(found.text)
    for fault in faults:
        mild = fault.kind in ("zero", "negative")
        yield self.found(
            year,
            found.about(fault.start, fault.end),
            values={"words": quote(fault.text), "fact": _TRENDS[fault.kind]},
            figures=_beside(fault),
            words=fault.text,
            severity=Severity.WARNING if mild else self.severity,
        )
    for said, held in stated(book, found, lambda said: comparison(found.text, said.end)):
        inside = next((s for s in sentences(found.text) if s.start <= said.start < s.end), None)
        if inside and not any(inside.start <= fault.start < inside.end for fault in faults):
            yield from _against_last_year(self, book, found, said, held)


def _beside(fault: TrendFault) -> tuple[Shown, ...]:
    named = ((_("本期"), fault.now), (_("上期"), fault.before), (_("增减"), fault.change))
    return tuple(
        Shown(name, amount.fen, "元" if amount.unit == "元" else "万元")
        for name, amount in named
        if amount and amount.fen is not None
    )


def _against_last_year(self: Rule, book: Book, found: Passage, said: Statement, held: Figure) -> Iterator[Finding]:
    """The change named behind a figure of this year, against the figures of the two years."""
    change = comparison(found.text, said.end)
    year = found.year
    if change is None or held.ref.year != year or book.year(year - 1) is None:
        return
    if change.base[0].isdigit() and not change.base.startswith(str(year - 1)):
        return
    former = figure(book, Ref(year - 1, held.ref.about, held.ref.item))
    if former is None or not isinstance(former.value, int) or not isinstance(held.value, int) or not former.value:
        return
    rise = held.value - former.value
    direction = (rise > 0) - (rise < 0) if abs(rise) >= WAN_CENT else 0
    amount = change.change
    wrong = amount is not None and amount.fen is not None and not amount.approx
    wrong = wrong and amount is not None and abs(abs(rise) - (amount.fen or 0)) > max(amount.printed_unit, WAN_CENT)
    if direction == change.way and not wrong:
        return
    figures = (Shown(label(book, held.ref), held.value), Shown(_("上年"), former.value))
    way = {1: _("增加"), -1: _("减少"), 0: _("持平")}[direction]
    fact = _("但本年是{now}，上年是{then}，{way}{gap}").format(
        now=figures[0].words,
        then=figures[1].words,
        way=way,
        gap=Shown("", abs(rise)).words if direction else "",
    )
    words = found.text[change.start : change.end]
    yield self.found(
        year,
        found.about(change.start, change.end),
        values={"words": quote(words), "fact": fact},
        figures=figures,
        difference=rise,
        words=words,
    )


@rule(
    "C-048",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("百分比算错"),
    message=_("文中写{words}，{fact}。"),
    why=_("占比、完成率和增长率都能由旁边的数字重算，算错说明没有复核。"),
    remedy=_("用文中的数字重新计算，改正百分比；数字有误的改正数字。"),
)
def percentage(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-048: 占比, 完成率, 增长 worked out again from the figures beside them, rounding and cutting allowed; a
    share above 100 %. A completion may well be above it."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for share in more_than_all(read(found.text)):
        if not found.is_figure(share.start, share.end):
            yield self.found(
                year,
                found.about(share.start, share.end),
                values={"words": share.amount.text, "fact": _("占比不应超过百分之百")},
                words=share.amount.text,
            )
    for said in wrong_percentages(found.text):
        percent = said.items[-1]
        if found.is_figure(percent.start, percent.end):
            continue
        yield self.found(
            year,
            found.about(percent.start, percent.end),
            values={"words": percent.amount.text, "fact": _worked_out(said)},
            repair=_recomputed(found, said),
            words=percent.amount.text,
            severity=self.severity if said.trust > 2 else Severity.WARNING,
        )


def _right(said: Relation) -> str:
    """The percentage as it should print, with as many decimals as it has."""
    percent = said.items[-1]
    expected = percent.value - said.difference
    return show_rate(expected.numerator, 100 * expected.denominator, percent.amount.decimals)


def _worked_out(said: Relation) -> str:
    one, other = said.items[0].amount.text, said.items[1].amount.text
    if said.what == "direction":
        return _("与从{before}到{now}的变化方向相反").format(before=other, now=one)
    if said.kind == "ratio":
        return _("按{part}除以{whole}应为{right}").format(part=one, whole=other, right=_right(said))
    return _("按文中的增减额和上年数应为{right}").format(right=_right(said))


def _recomputed(found: Passage, said: Relation) -> Repair | None:
    """The right percentage, where both its figures come from the ledger and cannot be the ones that are wrong."""
    percent = said.items[-1]
    if said.kind != "ratio" or not all(found.is_figure(one.start, one.end) for one in said.items[:-1]):
        return None
    return found.replacing(_("改为{right}").format(right=_right(said)), percent.start, percent.end, _right(said))
