"""Rules about the language of the report: decimals, punctuation, quotes, the year, the unit's name, typical slips."""

from collections.abc import Iterator

from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Stage, Subject, rule
from core.i18n import _
from core.outline import Part, template_of
from core.passage import Passage, passage, quote, written
from core.text.decimals import odd_decimals
from core.text.defects import punctuation
from core.text.endings import unended
from core.text.quotes import quotes
from core.text.slips import slips, word_orders
from core.text.spots import Spot
from core.text.unit_names import foreign_names, misspelt_names, self_names, wrong_kinds
from core.text.wrong_year import wrong_years

_MOST_QUOTED = 3  # words quoted in one message
_LONGEST = 24  # characters shown of words between quotes


@rule(
    "C-049",
    severity=Severity.INFO,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("小数位数不统一"),
    message=_("“{words}”与同一部分其他{kind}的小数位数不一致，应统一保留两位小数。"),
    why=_("同一份报告的百分比和金额小数位数不一，会显得数字来源不同。"),
    remedy=_("按原始数据补足两位小数。"),
)
def decimals(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-049: percentages without two decimals beside those that have them; so for sums of 万元. Whole amounts
    print without decimals on purpose."""
    found = passage(book, year, key, about)
    if found is None:
        return
    typed = [spot for spot in odd_decimals(found.text) if not found.is_figure(spot.start, spot.end)]
    for kind, label in (("percent", _("百分比")), ("money", _("金额"))):
        spots = [spot for spot in typed if spot.kind == kind]
        if spots:
            words = "、".join(dict.fromkeys(spot.text for spot in spots[:_MOST_QUOTED]))
            yield self.found(
                year,
                found.about(spots[0].start, spots[0].end),
                values={"words": words, "kind": label},
                repair=_mend(found, spots[0], _("补足两位小数")) if len(spots) == 1 else None,
                words=spots[0].text,
            )


_MARKS = {
    "repeated_mark": _("标点重复或混用"),
    "half_width": _("中文之间用了半角标点"),
    "space": _("数字和单位之间有空格"),
    "unended": _("段落末尾没有标点"),
}


@rule(
    "C-053",
    severity=Severity.INFO,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("标点不规范"),
    message=_("“{words}”处{fault}。"),
    why=_("标点差错逐处扣分，也会让读者断错句。"),
    remedy=_("中文句子使用全角标点，句末加句号，删去多余的标点和空格。"),
)
def marks(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-053: marks repeated, mixed or half-width, none at the end of a paragraph, a space in 8 名."""
    found = passage(book, year, key, about)
    if found is None:
        return
    ends = unended(found.text) if found.part.mode != "purpose" else ()  # a full stop is printed behind a purpose
    for spot in (*punctuation(found.text), *ends):
        words = found.text[max(0, spot.start - 8) : spot.end] if spot.kind == "unended" else spot.text
        label = _("补句号") if spot.kind == "unended" else _("改为“{words}”").format(words=spot.suggestion)
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": quote(words), "fault": _MARKS[spot.kind]},
            repair=_mend(found, spot, label),
            words=spot.text,
        )


_QUOTES = {
    "unclosed": _("没有配对的后半个"),
    "unopened": _("没有配对的前半个"),
    "turned": _("前后引号方向不对"),
    "nested": _("引号里又用了双引号，里层应用单引号"),
    "half_width": _("混用了半角和全角"),
}


@rule(
    "C-054",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("引号或括号不配对"),
    message=_("引号或括号{fault}：{words}。"),
    why=_("引号和括号不配对，读者分不清哪些是名称、哪些是说明。"),
    remedy=_("引号、括号成对使用全角，引号里再用引号时用单引号。"),
)
def pairs(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-054: quotes and brackets nested, unbalanced, or half-width beside full-width."""
    found = passage(book, year, key, about)
    if found is None:
        return
    for spot in quotes(found.text):
        shown = found.text[spot.start : spot.end + 8] if spot.suggestion is None else spot.text
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": shown.split("\n")[0][:_LONGEST], "fault": _QUOTES[spot.kind]},
            repair=_mend(found, spot, _("改为{words}").format(words=(spot.suggestion or "")[:_LONGEST])),
            words=spot.text,
        )


@rule(
    "C-057",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("年度写错"),
    message=_("“{words}”说的是本单位当年情况，年度应为“{right}”。"),
    why=_("沿用上年文字时最容易漏改年度，年度一错，后面的数字就没有了依据。"),
    remedy=_("核对这句话说的是哪一年：是本年的改正年度，是上年的写明与本年的比较。"),
)
def wrong_year(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-057: year ≠ fiscal year in what a report says of its own year, outside comparisons and titles."""
    found = passage(book, year, key, about)
    if found is None:
        return
    names = book.unit_year(year)
    own = tuple(name for name in (names.name, names.short_name) if name)
    for spot in wrong_years(found.text, year, own):
        after = found.text[spot.end : spot.end + 10].split("。")[0].split("\n")[0]
        yield self.found(
            year,
            found.about(spot.start, spot.end),
            values={"words": quote(spot.text + after), "right": spot.suggestion or ""},
            repair=_mend(found, spot, _("改为“{words}”").format(words=spot.suggestion)),
            words=spot.text,
        )


@rule(
    "C-058",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("单位名称不一致"),
    message=_("文中“{words}”{fact}。"),
    why=_("报告里出现别的单位的名称，说明文字是照搬来的；名称和自称应前后一致。"),
    remedy=_("改为本单位的规范名称，并核对这一段内容是不是本单位的。"),
)
def unit_name(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-058: another unit of the same sort named in the text, the own name misspelt, the unit called 我局 when
    it is none, and 本单位 and 本部门 side by side (that only a hint)."""
    names = book.unit_year(year)
    own = tuple(name for name in (names.name, names.short_name) if name)
    parts = written(book, year)
    for place in parts:
        for spot in foreign_names(place.raw, own):
            fact = _("是别的单位的名称，本单位是“{name}”").format(name=names.name)
            yield _worded(self, book, year, place, spot, {"fact": fact})
        for spot in misspelt_names(place.raw, names.name):
            fact = _("与单位全称“{name}”不一致").format(name=names.name)
            yield _worded(self, book, year, place, spot, {"fact": fact})
        for spot in wrong_kinds(place.raw, names.name):
            fact = _("与单位名称“{name}”不符").format(name=names.name)
            yield _worded(self, book, year, place, spot, {"fact": fact})
    for number, spot in self_names(tuple(place.raw for place in parts)):
        fact = _("与其他地方的“{usual}”不统一").format(usual=spot.suggestion)
        yield _worded(self, book, year, parts[number], spot, {"fact": fact}, Severity.INFO)


@rule(
    "C-090",
    severity=Severity.INFO,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("疑似错别字"),
    message=_("“{words}”{fact}，应为“{right}”。"),
    why=_("错别字和前后不一的术语逐处扣分。"),
    remedy=_("按提示更正；确实无误的，可以说明理由后忽略。"),
)
def slip(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-090: typical slips from a dictionary (预算收支出), 结余结转 and 结转结余 mixed in one report."""
    should = _("疑为笔误")
    for spec in template_of(book, year).sections:
        for spot in slips(spec.title):
            mended = spec.title[: spot.start] + (spot.suggestion or "") + spec.title[spot.end :]
            yield self.found(
                year,
                About("section", 0, spec.key),
                values={"words": spot.text, "fact": should, "right": spot.suggestion or ""},
                repair=Repair(_("改为“{words}”").format(words=spot.suggestion), "retitle", (year, spec.key, mended)),
                words=spec.title,
            )
    parts = written(book, year)
    for place in parts:
        for spot in slips(place.raw):
            values = {"fact": should, "right": spot.suggestion or ""}
            yield _worded(self, book, year, place, spot, values)
    for number, spot in word_orders(tuple(place.raw for place in parts), _("结余结转")):  # as projects print
        values = {"fact": _("与报告其他地方的用词不统一"), "right": spot.suggestion or ""}
        yield _worded(self, book, year, parts[number], spot, values)


def _worded(
    self: Rule,
    book: Book,
    year: int,
    place: Part,
    spot: Spot,
    values: dict[str, str],
    severity: Severity | None = None,
) -> Finding:
    """A finding about words of a stored text, with the repair its finder suggests."""
    found = passage(book, year, place.key, place.about)
    about = found.raw_about(spot.start, spot.end) if found else About("section", place.about, place.key)
    repair = None
    if spot.suggestion is not None:
        label = _("改为“{words}”").format(words=spot.suggestion)
        where = (year, place.key, place.about, spot.start)
        repair = Repair(label, "replace_words", (*where, spot.text, spot.suggestion))
    return self.found(
        year,
        about,
        values={"words": quote(spot.text), **values},
        repair=repair,
        words=spot.text,
        severity=severity or self.severity,
    )


def _mend(found: Passage, spot: Spot, label: str) -> Repair | None:
    """The repair a finder suggests; None where it suggests none."""
    if spot.suggestion is None:
        return None
    return found.replacing(label, spot.start, spot.end, spot.suggestion)
