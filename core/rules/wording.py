"""Rules about the words of one section: units, leftovers of a form, traces of other programs, doubled words."""

from collections.abc import Iterator

from core.balance import Balance, project_balance, unit_balance
from core.book import Book
from core.check import Finding, Repair, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.i18n import _
from core.money import WAN
from core.passage import Passage, passage, quote
from core.text.defects import artefacts, doubled_words, placeholders
from core.text.sentences import Span, sentences
from core.text.spots import Spot
from core.text.units import UnitConflict, mixed_units, unit_conflicts

_LEAST_SIZE = 100 * WAN  # below it the size of a unit says nothing of what an amount may be, in 分


def _size(book: Book, year: int, about: int) -> int:
    """What the unit, or the project, had or spent in the year (分): an amount a hundred times that is not its own."""
    balance: Balance = project_balance(book, year, about) if about else unit_balance(book, year)
    return max(balance.budget, balance.spent, _LEAST_SIZE)


def _conflicts(book: Book, found: Passage) -> tuple[UnitConflict, ...]:
    return unit_conflicts(found.text, _size(book, found.year, found.part.about))


@rule(
    "C-042",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("金额单位可疑"),
    message=_("“{words}”{reason}，单位疑为“元”，应写成“{suggestion}”。"),
    why=_("元与万元相差一万倍，是报告中最常见、也最显眼的差错。"),
    remedy=_("核对原始数据的单位，把万元改为元；金额无误的，写明它为什么远大于本单位收支。"),
)
def unit_error(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-042: 万元 where 元 is meant, seen by the amount of the change beside it or by the unit's size."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for conflict in _conflicts(book, found):
        spot, other = conflict.spot, conflict.other
        reason = (
            _("是同一句中“{other}”的{ratio}倍").format(other=other.text, ratio=conflict.ratio)
            if other
            else _("是本年收支规模的{ratio}倍").format(ratio=conflict.ratio)
        )
        named = [(_("文中金额"), conflict.amount), (_("对照金额"), other)]
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": spot.text, "reason": reason, "suggestion": spot.suggestion or ""},
            figures=tuple(
                Shown(label, amount.fen, amount.unit) for label, amount in named if amount and amount.fen is not None
            ),
            repair=_mend(found, spot, _("改为元")),
            words=spot.text,
        )


@rule(
    "C-043",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("一句话里混用元和万元"),
    message=_("同一句中既用万元又用元：“{words}”。"),
    why=_("同一句话里单位不一，读者容易看错一万倍。"),
    remedy=_("统一换算成万元，或者分成两句写。"),
)
def two_units(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-043: 万元 and 元 in one sentence; silent where C-042 speaks, as mending that settles both."""
    found = passage(book, year, key, about)
    if found is None:
        return
    mixed = mixed_units(found.text)
    wrong = [conflict.spot for conflict in _conflicts(book, found)] if mixed else []
    for sentence in sentences(found.text) if mixed else ():
        spots = [spot for spot in mixed if _within(spot, sentence)]
        if spots and not any(_within(spot, sentence) for spot in wrong):
            only = spots[0] if len(spots) == 1 else None
            yield self.found(
                year,
                found.about(spots[0].start, spots[0].end),
                values={"words": "、".join(spot.text for spot in spots)},
                repair=_mend(found, only, _("改为万元")) if only else None,
                words=spots[0].text,
            )


@rule(
    "C-050",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("模板提示语没有删除"),
    message=_("文中留有“{words}”，{kind}。"),
    why=_("提示语和空格留在正式报告里，说明报告没有核对就上报。"),
    remedy=_("按提示填写内容，然后删去提示语。"),
)
def left_over(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-050: placeholders and instructions of the form. The instruction to write “none” is replaced by that
    answer, or goes where the section says something else."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for spot in placeholders(found.text):
        alone = not (found.text[: spot.start] + found.text[spot.end :]).strip()
        new = spot.suggestion if alone or not spot.suggestion else ""
        label = _("改为“{words}”").format(words=new) if new else _("删去提示语")
        blank = spot.kind == "placeholder"
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={
                "words": quote(spot.text, 40),
                "kind": _("空白处没有填写") if blank else _("填写提示没有删除"),
            },
            repair=None if new is None else found.replacing(label, spot.start, spot.end, new),
            words=spot.text,
        )


@rule(
    "C-051",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("留有其他软件的标记"),
    message=_("文中留有{words}，是从其他软件复制时带来的。"),
    why=_("书签、域代码和错误值不是报告内容，印出来就是差错。"),
    remedy=_("删去标记；标记处原来有内容的，补写内容。"),
)
def foreign_marks(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-051: bookmarks, broken references and error values of word processors and spreadsheets."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for spot in artefacts(found.text):
        seen = "".join(ch for ch in spot.text if ch.isprintable()).strip()
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": _("“{words}”").format(words=quote(seen)) if seen else _("看不见的控制字符")},
            repair=_mend(found, spot, _("删去标记")),
            words=spot.text,
        )


@rule(
    "C-052",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("词语重复"),
    message=_("“{words}”重复，应为“{suggestion}”。"),
    why=_("重复的词语是校对时最容易漏掉的差错。"),
    remedy=_("删去重复的词语。"),
)
def doubled(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-052: a word or clause written twice running."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for spot in doubled_words(found.text):
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": quote(spot.text), "suggestion": quote(spot.suggestion or "")},
            repair=_mend(found, spot, _("删去重复")),
            words=spot.text,
        )


def _within(spot: Spot, sentence: Span) -> bool:
    return sentence.start <= spot.start < sentence.end


def _mend(found: Passage, spot: Spot, label: str) -> Repair | None:
    """The repair a finder suggests; None where it suggests none."""
    if spot.suggestion is None:
        return None
    return found.replacing(label, spot.start, spot.end, spot.suggestion)
