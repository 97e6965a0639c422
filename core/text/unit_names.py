"""The unit's own name in the text, and names of others that got there by copying (C-058)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from core.text.spots import Spot, outermost

_HAN: Final = r"\u4e00-\u9fff"
_PLACE: Final = re.compile(rf"^(?P<place>[{_HAN}]{{1,12}}[省市县区旗盟州])(?P<body>[{_HAN}]{{2,}})$")
_GENERIC: Final = "全各我本该市县区省城辖片园社地山景郊矿林牧老新灾学校小厂库库外内两三四五六七八九十几多个任何其他"
# One unit may well speak of another that it works with, learns from or answers to.
_TOGETHER: Final = re.compile(
    r"与|和|同|及|向|由|经|赴|到|在|被|联合|配合|合作|学习|交流|考察|兄弟|上级|下属|友邻|邀请|报|给|对口"
)
_SELF: Final = re.compile(r"[本我](?:单位|部门)")
_NUMERALS: Final = "一二三四五六七八九十"
# 我局 in the report of a 联合会: the last part of a name, and what it must not be the beginning of.
_KINDS: Final = {
    "局": "限面势部长",
    "厅": "",
    "校": "园对长舍区",
    "院": "长内落",
    "委": "员托派任",
    "会": "计议期员长场同谈展上后前费务",
}
_KIND: Final = re.compile(
    "[本我](?:" + "|".join(f"{kind}(?![{after}])" if after else kind for kind, after in _KINDS.items()) + ")"
)


@lru_cache(maxsize=64)
def foreign_names(text: str, own: tuple[str, ...]) -> tuple[Spot, ...]:
    """Units of the same sort from another place: 乙区妇女联合会 in the report of 甲区妇女联合会.

    ``own`` are the unit's names, the full one first. Silent where the sentence speaks of working with them, and for a
    unit whose name holds no place.
    """
    full = _PLACE.match(own[0]) if own else None
    if full is None:
        return ()
    place, bodies = full["place"], [full["body"]]
    for short in own[1:]:
        bodies += [short[at + 1 :] for at in [short.find(place[-1])] if at >= 0 and len(short) - at > 2]
    pattern = re.compile(
        rf"(?P<place>[{_HAN}]{{2,4}}?[{place[-1]}])(?P<body>{'|'.join(map(re.escape, dict.fromkeys(bodies)))})"
    )
    spots = []
    for match in pattern.finditer(text):
        other = match["place"]
        clause = re.split("[，。；\n]", text[max(0, match.start() - 30) : match.start()])[-1]
        known = place.endswith(other) or other.endswith(place) or other[-2] in _GENERIC
        if not known and not _TOGETHER.search(clause + other[:-1]):
            spots.append(Spot(match.start(), match.end(), match[0], "foreign"))
    return tuple(spots)


@lru_cache(maxsize=64)
def misspelt_names(text: str, name: str) -> tuple[Spot, ...]:
    """Places where the unit's full name lacks a character or has one too many. Another character in place of one, or
    a number more, makes the name of another unit: 第二中学 is not 第一中学."""
    full = _PLACE.match(name)
    if full is None or len(full["body"]) < 4:
        return ()
    place, body = full["place"], full["body"]
    spots = []
    for match in re.finditer(re.escape(place), text):
        rest = text[match.end() : match.end() + len(body) + 1]
        for piece in (rest[: len(body) - 1], rest) if not rest.startswith(body) else ():
            if piece and piece[0] == body[0] and piece[-1] == body[-1] and _one_more(*sorted((piece, body), key=len)):
                end = match.end() + len(piece)
                spots.append(Spot(match.start(), end, text[match.start() : end], "misspelt", name))
                break
    return outermost(spots)


def _one_more(shorter: str, longer: str) -> bool:
    """Whether one character, no numeral, more makes the longer of the shorter."""
    return len(longer) == len(shorter) + 1 and any(
        longer[:n] + longer[n + 1 :] == shorter and longer[n] not in _NUMERALS for n in range(len(longer))
    )


@lru_cache(maxsize=64)
def wrong_kinds(text: str, name: str) -> tuple[Spot, ...]:
    """我局 in the report of a 联合会: what the unit calls itself is not what it is."""
    if not name:
        return ()
    allowed = [kind for kind in _KINDS if name.endswith(kind) or (kind == "委" and "委员会" in name)]
    if not allowed:
        return ()  # a unit of a kind not known here
    return tuple(
        Spot(match.start(), match.end(), match[0], "kind")
        for match in _KIND.finditer(text)
        if match[0][1:] not in allowed and not (match[0][1:] == "会" and "联合" in name)
    )


@lru_cache(maxsize=32)
def self_names(texts: Sequence[str]) -> tuple[tuple[int, Spot], ...]:
    """Where a report that calls the unit 本单位 calls it 我单位, 本部门 or 我部门 too: which text, and the place."""
    found = [
        (number, Spot(match.start(), match.end(), match[0], "self"))
        for number, text in enumerate(texts)
        for match in _SELF.finditer(text)
    ]
    counts: dict[str, int] = {}
    for _number, spot in found:
        counts[spot.text] = counts.get(spot.text, 0) + 1
    usual = max(counts, key=lambda word: counts[word], default="")
    return tuple((number, Spot(s.start, s.end, s.text, s.kind, usual)) for number, s in found if s.text != usual)
