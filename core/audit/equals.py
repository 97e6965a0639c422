"""One thing stated in several places: the same figure again, or another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PEOPLE, PERCENT, POINTS, Item, Relation
from core.audit.reading import Reading
from core.audit.runs import unit_of
from core.text.restated import restated

_DOCUMENT: Final = re.compile(r"(?:[\u3400-\u9fff]{0,10}[〔【\[（(]\d{4}[〕】\])）]\s?)?第?\d{1,4}号")
_BEHIND: Final = re.compile(r"^（[^（）]*?(?P<number>\d{1,4})号[^（）]*）")
_LABELLED: Final = re.compile(r"（[^（）]*?(?P<number>\d{1,4})号[^（）]*）[^（）。；，]{0,24}$")
_FILLER: Final = re.compile(
    r"(?:19|20)\d{2}年度?|本年度?|全年|当年|年度|合计|共计|总计|共|为|是|约|达|计|项目|资金|金额|数额|实际|年末|截至|底|[本我全](?:单位|部门|局|办|校|中心|馆|院|站|所|会|街道|镇|乡|园|队|社区)|人数"
)
_GENERIC: Final = re.compile(
    r"支出|收入|预算|安排|下达|到位|支付|其中|中央|省级|市级|县级|区级|地方|本级"
    r"|财政|其他|省|市|县|区|上级|完成|投入|拨付|使用|补助|发放|用于|拨款|执行"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NOTION: Final = re.compile(
    r"预算|支出|收入|实际|结余|结转|安排|资金|执行|年初|年中|年末|追加|调增|调减|调整|全年|决算|拨款|到位|下达|支付|完成|投资|总额|合计"
    r"|编制|在职|实有|人员|经费|财政|填报|上级|转移|数|（减）|[使使]用|剩余|收回|其他|来源|累计|当年|本年|[减增]"
)
_TOTAL: Final = re.compile(r"总(?:投资|预算|收入|支出|规模)")
_ALL_OF_IT: Final = re.compile(r"总(?:支出|收入)|(?:支出|收入)(?:合计|总计|总额)")
_STAFF: Final = re.compile(r"(?:现有|共有|实有)?(?:在职|在编|在岗|教职|实有|现有|干部)+(?:教师|职工|人员|干部|工)*")
_WHOLE_LABEL: Final = re.compile(
    r"在?(?:(?:19|20)\d{2}年度?|全年|本年度?|年度|[本我][一-鿿]|部门|单位|实际)*"
    r"(总支出|总收入|支出(?:合计|总计|总额)|收入(?:合计|总计|总额))(?:为|共)?"
)
_WHOLE: Final = re.compile(r"^[^，。]{0,6}(?:(?:19|20)\d{2}年(?:度|末|底)?|[本我](?:单位|部门|局|中心|办|委|会|校|院))")
_LISTED: Final = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[一二三四五六七八九]是)")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}年|上年|去年|以前年度")
_OTHER_SCOPE: Final = re.compile(
    r"上年|去年|计划|目标|拟|预计|累计|新增|每[人户月年]|人均|第[一二三四]季度|[上下]半年|\d+月(?:底|末|份)|[-至]\d+月|截[至止]|全[省市县区国]|中央|省|市级|县级|分配|批次|第[一二三四五六]批"
)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A division stated twice with the same amounts under other names: each pair of one amount, and the clash."""

    first: Item
    second: Item
    clash: bool


def equals(reading: Reading, sums: Sequence[Relation]) -> Iterator[Relation]:
    """Figures of one thing in several places."""
    yield from _again(reading)
    yield from _divisions(sums)
    yield from _documents(reading)
    yield from _restated(reading, sums)
    yield from _facts(reading)


def _equal(one: Item, other: Item, what: str) -> Relation:
    allowed = max(one.place, other.place) / 2 if one.sort == MONEY and one.place != other.place else Fraction(0)
    difference = other.value - one.value
    return Relation(
        "equal",
        (one, other),
        other.start,
        other.end,
        unit_of((one, other)),
        difference,
        allowed,
        abs(difference) <= allowed,
        (one.printed, other.printed),
        what=what,
    )


def _bigrams(label: str) -> set[str]:
    words = "".join(_HAN.findall(label))
    return {words[n : n + 2] for n in range(len(words) - 1)}


def _again(reading: Reading) -> Iterator[Relation]:
    """The same amount of money of the same kind in another clause."""
    last: dict[Fraction, Item] = {}
    for one in reading.items:
        if one.sort != MONEY or one.value <= 0 or one.digits < 2 or one.amount.approx:
            continue
        known = last.get(one.value)
        if known and _bigrams(known.label + known.lead[-12:]) & _bigrams(one.label):
            yield _equal(known, one, one.label)
        last[one.value] = one


def _divisions(sums: Sequence[Relation]) -> Iterator[Relation]:
    """A division that stands twice, such as in the text and in a table, states each of its amounts twice."""
    for one, other in _same_divisions(sums):
        for part, again in zip(one, other, strict=True):
            yield _equal(part, again, again.label)


def _same_divisions(sums: Sequence[Relation]) -> Iterator[tuple[tuple[Item, ...], tuple[Item, ...]]]:
    seen: dict[tuple[Fraction, ...], tuple[Item, ...]] = {}
    for found in sorted(sums, key=lambda one: one.items[0].start):
        if found.holds and found.kind == "sum" and len(found.items) > 2:
            key = tuple(one.value for one in found.items)
            if key in seen and seen[key][0].start != found.items[0].start:
                yield seen[key], found.items
            seen.setdefault(key, found.items)


def renamed(sums: Sequence[Relation]) -> Iterator[Renamed]:
    """Parts of a division that bear another name when it is stated again. A clash: the new name is that of another
    part of the first statement, so that one name has two figures."""
    for one, other in _same_divisions(sums):
        for part, again in zip(one[:-1], other[:-1], strict=True):
            if not part.value or not part.label or not again.label or _bigrams(part.label) & _bigrams(again.label):
                continue
            names = [rest for rest in one[:-1] if rest.value != part.value and again.label[:2] in rest.label]
            yield Renamed(part, again, bool(names))


def _documents(reading: Reading) -> Iterator[Relation]:
    """The amount that a document is said to have brought: 自治区资金5万元（41号） … （41号）…6万元."""
    first: dict[str, Item] = {}
    for one in reading.items:
        if one.sort != MONEY or one.compared or one.amount.approx:
            continue
        behind = _BEHIND.match(reading.plain[one.end : one.end + 40])
        labelled = _LABELLED.search(one.lead)
        named = behind or labelled
        if named is None:
            continue
        alone = [i for i in reading.items if i.sentence == one.sentence and i.sort == MONEY and i is not one]
        if labelled and not behind and alone:
            continue
        number = named["number"]
        known = first.setdefault(number, one)
        if known is not one and known.sentence != one.sentence:
            found = _equal(known, one, number + "号")
            known_label = _bigrams(known.label + known.lead[-20:]) & _bigrams(one.label + one.lead[-30:])
            yield found if found.holds else replace(found, trust=2 if known_label else 1)


def _restated(reading: Reading, sums: Sequence[Relation]) -> Iterator[Relation]:
    """A label of its own that bears two figures. Members of lists, other scopes and the lines of a list, which have
    their labels in common, are other things."""
    listed = {one.start for found in sums for one in found.items[:-1]}
    by_label: dict[tuple[str, str], list[tuple[Item, str]]] = {}
    for one in reading.items:
        counted = one.sort not in (MONEY, PEOPLE, PERCENT, POINTS, "")
        if (
            (counted and one.digits < 3)
            or one.sort in (PERCENT, POINTS, "")
            or one.amount.approx
            or one.compared
            or one.start in listed
        ):
            continue
        whole = _WHOLE_LABEL.fullmatch(one.label)
        label = (
            "全年总" + whole[1].replace("支出总额", "总支出").replace("收入总额", "总收入")
            if whole
            else _FILLER.sub("", one.label)
        )
        if (
            len(_HAN.findall(label)) < (5 if counted else 3)
            or _GENERIC.fullmatch(label)
            or _OTHER_SCOPE.search(one.lead[-60:])
        ):
            continue
        years = _YEAR.findall(one.lead)
        by_label.setdefault((label, one.sort), []).append((one, years[-1] if years else ""))
    for (label, _sort), said in by_label.items():
        said = _odd_one(said)
        if len(said) != 2:
            continue
        (first, year), (other, again) = said
        if (year and again and year != again) or first.block == other.block:
            continue
        if _LISTED.match(first.lead) or _LISTED.match(other.lead):
            continue
        found = _equal(first, other, other.label)
        trust = (
            2
            if _own_words(label)
            or label.startswith("全年总")
            or _of_staff(first, other, label)
            or (_WHOLE.search(first.lead) and _WHOLE.search(other.lead))
            else 0
        )
        if not found.holds and trust:
            yield replace(found, trust=trust)


def _odd_one(said: list[tuple[Item, str]]) -> list[tuple[Item, str]]:
    """Of three or more statements all of which but one agree: the first that agrees, and the odd one."""
    values = [one.value for one, _year in said]
    odd = [at for at, value in enumerate(values) if values.count(value) == 1]
    if len(said) < 3 or len(set(values)) != 2 or len(odd) != 1:
        return said
    return [said[0 if odd[0] else 1], said[odd[0]]]


def _facts(reading: Reading) -> Iterator[Relation]:
    """An amount behind the same eight or more words in the same circumstances, as in C-045."""
    items = {one.start: one for one in reading.items}
    for pair in restated((reading.text,)):
        first, other = items.get(pair.first_amount.start), items.get(pair.second_amount.start)
        if pair.item and not (first and other and _same_whole(first, other)):
            continue
        if first is None or other is None or first.compared or other.compared:
            continue
        if first.block == other.block or _LISTED.match(first.lead) or _LISTED.match(other.lead):
            continue
        found = _equal(first, other, other.label)
        if not found.holds:
            yield replace(found, trust=2)


def _of_staff(first: Item, other: Item, label: str) -> bool:
    """本站在职人员31人 … 在职人员34人: how many there are, not how many of them."""
    parts = any(re.search("其中|包括|增|减|年初|原有", one.before + one.label) for one in (first, other))
    return first.sort == PEOPLE and bool(_STAFF.fullmatch(label)) and not parts


def _same_whole(first: Item, other: Item) -> bool:
    """Whether both are called the whole of what was spent or received, neither of them a budget."""
    return all(_ALL_OF_IT.search(one.label) and "预算" not in one.lead[-30:] for one in (first, other))


def _own_words(label: str) -> bool:
    """Whether a label says what it is of, beyond the notions that every project has: 实际支出, 年初预算."""
    return bool(_TOTAL.search(label)) or len(_HAN.findall(_NOTION.sub("", label))) >= 2


def unit_slips(reading: Reading) -> Iterator[tuple[Item, Item]]:
    """The same number of three or more digits, once in 元 and once in 万元, of what seems to be one thing."""
    first: dict[str, Item] = {}
    for one in reading.items:
        if one.sort == MONEY and one.digits >= 3 and one.amount.unit in ("元", "万元"):
            known = first.setdefault(one.printed, one)
            if known.amount.unit != one.amount.unit and _bigrams(known.label) & _bigrams(one.label):
                yield known, one
