"""A report's words as they will stand in the ledger: lines joined that the page broke, amounts as figure tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from core.text.plain import plain

_CELL: Final = re.compile(r"(?<=[，。；：、”’）！？]) ?\| ?|(?<=[一-鿿]) ?\| ?(?=[“‘（])")
_CLOSED: Final = tuple("。！？；：…”）:;!?")
_NEW: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_FULL: Final = 20  # characters of a line that the page may have broken
_NUMBER: Final = re.compile(r"-?[\d,]*\d(?:\.\d+)?")

Part = tuple[str, str]  # words, and the key of the figure that they are; empty: plain words


def mended(text: str) -> str:
    """Lines without white space around them, those joined that belong to one paragraph."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip(" \t\u00a0\u3000\r")
        if not line:
            continue
        if lines and len(lines[-1]) >= _FULL and not lines[-1].endswith(_CLOSED) and not _NEW.match(line):
            lines[-1] += line
        else:
            lines.append(line)
    return _CELL.sub("", "\n".join(lines))


def squeezed(text: str) -> str:
    """Without white space and with marks of one width: equal for texts that read the same."""
    return re.sub(r"\s", "", plain(text))


def parted(text: str, start: int, end: int, figures: Iterable[tuple[int, int, str]]) -> list[Part]:
    """``text[start:end]`` cut at the numbers of the figures (start, end, key) in it."""
    found: list[Part] = []
    last = start
    for begin, stop, key in sorted(figures):
        match = _NUMBER.match(text, begin) if last <= begin and stop <= end else None
        if match is None:
            continue
        found += [(text[last:begin], ""), (match[0], key)]
        last = match.end()
    return [*found, (text[last:end], "")]


def whole(parts: Sequence[Part]) -> str:
    """The parts as one text."""
    return "".join(words for words, _key in parts)
