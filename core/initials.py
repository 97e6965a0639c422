"""Pinyin initials of names: ``zgdxjt`` finds 中国电信集团. Characters with several readings answer to each of them.

The common characters of GB 2312 (its first level) stand in the order of their pinyin, so that the place of a character
says its initial; rarer ones answer only to themselves.
"""

from functools import lru_cache
from unicodedata import normalize

# The first character of each initial in the order of GB 2312, level 1; the level ends at 座.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_INITIALS = "abcdefghjklmnopqrstwxyz"
_LAST = 0xD7F9

# Readings with another initial than the usual one, of characters that names and purposes use.
_ALSO = {
    **{"重": "c", "行": "h", "长": "z", "单": "cs", "会": "k", "曾": "c", "解": "x", "乐": "y", "朝": "z", "盛": "c"},
    **{"石": "d", "车": "j", "调": "d", "传": "z", "弹": "d", "系": "j", "降": "x", "校": "j", "都": "d", "区": "o"},
    **{"查": "z", "仇": "q", "尉": "y", "朴": "p", "藏": "z", "参": "s", "差": "c", "卡": "q", "贾": "g", "沈": "c"},
    **{"折": "s", "厦": "s", "宿": "x", "省": "x", "食": "y", "提": "d", "吓": "h", "秘": "b", "纪": "j", "约": "y"},
}
_MOST = 16  # ways to read one name


@lru_cache(maxsize=8192)
def readings(character: str) -> str:
    """The initials a character may have, the usual one first; itself where it is no common Chinese character."""
    plain = normalize("NFKC", character).casefold()
    try:
        code = int.from_bytes(plain.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return plain
    if not 0xB0A1 <= code <= _LAST:
        return plain
    usual = _INITIALS[_below(code)]
    return usual + _ALSO.get(plain, "").replace(usual, "")


@lru_cache(maxsize=8192)
def initials(name: str) -> tuple[str, ...]:
    """The initials of a name in every reading, the usual one first; marks and blanks are left out."""
    found = [""]
    for character in name:
        letters = [letter for letter in readings(character) if letter.isalnum()]
        if letters:
            ways = letters if len(found) * len(letters) <= _MOST else letters[:1]
            found = [head + letter for letter in ways for head in found]
    return tuple(found)


def fit(typed: str, name: str) -> int | None:
    """How well typed text names something: 0 it begins so, 1 it stands in it, 2 its initials begin so, 3 they hold it;
    None: not at all. Several words must all fit."""
    words = normalize("NFKC", typed).casefold().split()
    plain = normalize("NFKC", name).casefold()
    ranks = [_rank(word, plain, name) for word in words]
    return None if None in ranks else max((rank or 0 for rank in ranks), default=0)


def _rank(word: str, plain: str, name: str) -> int | None:
    if word in plain:
        return 0 if plain.startswith(word) else 1
    if not word.isascii():
        return None
    read = initials(name)
    if any(one.startswith(word) for one in read):
        return 2
    return 3 if any(word in one for one in read) else None


@lru_cache(maxsize=1)
def _starts() -> tuple[int, ...]:
    return tuple(int.from_bytes(character.encode("gb2312"), "big") for character in _FIRST)


def _below(code: int) -> int:
    """The place of the last start that is not above a code."""
    return sum(start <= code for start in _starts()) - 1
