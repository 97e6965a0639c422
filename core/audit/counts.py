"""Numbers of things against the things listed: 内设机构3个：甲、乙、丙, 三个方面：一是…, 项目4个 with four amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import Relation
from core.audit.reading import Reading

_NUMERALS: Final = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MEASURE: Final = "个|项|处|家|所|类|条|支|座|名|点|大|方面"
_COUNT: Final = re.compile(
    rf"(?<![\d.第约近])(?P<number>\d{{1,2}}|[两二三四五六七八九十])\s?(?:{_MEASURE})(?!月|百分点|工作日|年)"
    r"(?P<noun>[\u3400-\u9fff]{0,10}?)"
)
# The list behind: …：甲、乙。 or （甲、乙）.
_BEHIND: Final = re.compile(
    r"(?P<noun>[\u3400-\u9fff]{0,12})(?:：|，(?:分别)?(?:为|是|即)：?|（)(?P<list>[^。；：\n]+)"
)
_BEFORE: Final = re.compile(r"(?P<list>[^，。；：（）\n]*、[^，。；：\n]*?)(?P<others>等)?$")
_BRACKET: Final = re.compile(r"（[^（）]*）")
_ORDINAL: Final = re.compile(r"(?:^|[，。；：、\s])(?P<number>[一二三四五六七八九十])(?:是|要)(?!否)")
_NUMBERED: Final = re.compile(r"(?:^|\n)\s*(?:[（(](?P<one>\d|[一二三四五六七八九])[）)]|(?P<two>\d)[.．、])")
_ASPECTS: Final = re.compile(
    r"(?P<number>\d|[两二三四五六七八九])(?:个|大)?(?:方面|部分|问题|环节|措施|举措|重点|不足)[^。；：\n一二三四五六七八九十]{0,24}[：，。]"
)
_ITEM_COUNT: Final = re.compile(r"项目|子项|批次|笔|明细|事项|任务|工程|类|部分")


def counts(reading: Reading, sums: Sequence[Relation]) -> Iterator[Relation]:
    """Every number of things whose things are listed beside it."""
    yield from _lists(reading)
    yield from _aspects(reading)
    yield from _amounts_listed(reading, sums)


def _count(reading: Reading, place: tuple[int, int], end: int, stated: int, listed: int) -> Relation:
    item = reading.number_at(*place, str(stated))
    return Relation(
        "count",
        (item,),
        place[0],
        end,
        "项",
        Fraction(stated - listed),
        Fraction(0),
        stated == listed,
        (str(stated),),
        what=str(listed),
    )


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMERALS[word]


def _lists(reading: Reading) -> Iterator[Relation]:
    even = reading.plain
    for match in _COUNT.finditer(even):
        stated = _value(match["number"])
        if not 2 <= stated <= 40:
            continue
        place = match.span("number")
        line = even.find("\n", match.end())
        behind = _BEHIND.match(even, match.end("number") + 1, line if line >= 0 else len(even))
        if behind:
            bracket = even[behind.start("list") - 1] == "（"
            words = behind["list"]
            words = _balanced(words) if bracket else words
            listed = _names(words)
            if "、" in words and not re.search(r"\d", _BRACKET.sub("", words)) and len(listed) > 1:
                found = _count(reading, place, behind.start("list") + len(words), stated, len(listed))
                if found.holds or not re.search("等|如", words):
                    yield found if found.holds else replace(found, trust=_list_trust(stated, listed, words))
                continue
        before = _BEFORE.search(even, max(0, place[0] - 160, even.rfind("\n", 0, place[0]) + 1), place[0])
        if before:
            words = _flat(even, place[0])
            listed = _names(words)
            if len(listed) == stated and "、" in words and not re.search(r"\d", words):
                yield _count(reading, place, match.end(), stated, len(listed))


def _flat(even: str, end: int) -> str:
    """The words before a place back to the mark that begins their clause, brackets taken out."""
    words = _BRACKET.sub("", even[max(0, end - 240) : end])
    return re.split(r"[，。；：（\n]", words)[-1]


def _balanced(words: str) -> str:
    depth = 1
    for place, mark in enumerate(words):
        depth += (mark == "（") - (mark == "）")
        if not depth:
            return words[:place]
    return words


def _names(words: str) -> list[str]:
    flat = _BRACKET.sub("", words)
    flat = re.split("，|）", flat)[0] if "、" in re.split("，|）", flat)[0] else flat
    return [name for name in re.split(r"、|，", flat) if name.strip()]


def _list_trust(stated: int, listed: Sequence[str], words: str) -> int:
    """A 、 inside a name makes the list look longer, 和 may join two names: both leave a doubt."""
    joined = bool(re.search("[和及与]", words))
    if len(listed) > stated or joined or stated - len(listed) > 3 or any(len(name) > 24 for name in listed):
        return 1
    return 2


def _aspects(reading: Reading) -> Iterator[Relation]:
    """三个方面：一是…；二是…；三是…"""
    even = reading.plain
    for match in _ASPECTS.finditer(even):
        stated = _value(match["number"])
        line = even.find("\n", match.end())
        end = line if line >= 0 else len(even)
        words = [one["number"] for one in _ORDINAL.finditer(even, match.end() - 1, end)]
        listed = _in_order(words)
        if listed >= 2:
            found = _count(reading, match.span("number"), match.end(), stated, listed)
            sure = listed == len(words) and abs(listed - stated) <= 2
            yield found if found.holds else replace(found, trust=2 if sure else 1)


def _in_order(words: Sequence[str]) -> int:
    """How far 一, 二, 三 … go without a gap from the first on."""
    done = 0
    for word in words:
        if word == "一二三四五六七八九十"[min(done, 9)]:
            done += 1
    return done


def _words_before(reading: Reading, found: Relation) -> Iterator[Relation]:
    """三个专项：…, or …三项合计, beside a total and its parts."""
    total, parts = found.items[-1], found.items[:-1]
    listed = len(parts)
    for begin, end in ((max(0, parts[0].start - 24), parts[0].start), (max(0, total.start - 8), total.start)):
        for match in _COUNT.finditer(reading.plain, begin, end):
            gap = reading.plain[match.end() : end]
            if match["number"] in _NUMERALS and _value(match["number"]) == listed and not re.search("[。；\n]", gap):
                yield _count(reading, match.span("number"), match.end(), listed, listed)
                return


def _amounts_listed(reading: Reading, sums: Sequence[Relation]) -> Iterator[Relation]:
    """年中追加项目资金79.53万元，项目4个：… with four amounts that make the total."""
    for found in sums:
        if found.kind != "sum" or len(found.items) < 3:
            continue
        total, first = found.items[-1], found.items[0]
        yield from _words_before(reading, found)
        if not found.holds:
            continue
        beside = [
            one
            for one in reading.items
            if one.sort in ("个", "项", "笔", "批次", "家")
            and one.sentence == total.sentence
            and total.start - 40 <= one.start < first.start
            and 2 <= one.value <= 60
        ]
        for one in beside:
            noun = one.label + reading.plain[one.end : one.end + 6]
            listed = len(found.items) - 1
            if _ITEM_COUNT.search(noun) and (one.value == listed or abs(one.value - listed) == 1):
                made = _count(reading, (one.start, one.end), max(one.end, total.end), int(one.value), listed)
                gap = reading.plain[one.end : first.start]
                heads = found.items[0] is not total and re.match(r"[一-鿿]{0,6}：[^，。；]*$", gap)
                yield replace(made, items=(one,), start=one.start, trust=0 if made.holds else 2 if heads else 1)
