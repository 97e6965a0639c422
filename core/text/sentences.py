"""Paragraphs and sentences of a text, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PAIRS: Final = dict(zip("“‘（(《〈〔【「『", "”’）)》〉〕】」』", strict=True))

_PARAGRAPH: Final = re.compile(r"[^\r\n]+")
_END: Final = re.compile(r"[。！？；!?;]+[”’）)」』】]*")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of the whole text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=128)
def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines that are not blank, without the white space around them."""
    spans = []
    for match in _PARAGRAPH.finditer(text):
        line = match[0].strip()
        if line:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            spans.append(Span(start, start + len(line), line))
    return tuple(spans)


@lru_cache(maxsize=128)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of all paragraphs, each with its end mark 。！？； and the closing quotes behind it.

    A mark inside matched quotes or brackets ends no sentence; quotes and brackets left open are disregarded.
    """
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        start = 0
        inside = _inside(paragraph.text)
        for match in _END.finditer(paragraph.text):
            if match.start() in inside and match.end() - 1 in inside:
                continue
            _add(spans, paragraph, start, match.end())
            start = match.end()
        _add(spans, paragraph, start, len(paragraph.text))
    return tuple(spans)


def _add(spans: list[Span], paragraph: Span, start: int, end: int) -> None:
    piece = paragraph.text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        spans.append(Span(paragraph.start + start, paragraph.start + end, paragraph.text[start:end].rstrip()))


def _inside(text: str) -> set[int]:
    """The places inside matched quotes and brackets, the closing mark excluded."""
    places: set[int] = set()
    stack: list[tuple[int, str]] = []
    for place, character in enumerate(text):
        if character in PAIRS:
            stack.append((place, PAIRS[character]))
        elif any(character == closing for _, closing in stack):
            while stack[-1][1] != character:
                stack.pop()
            places.update(range(stack.pop()[0], place))
    return places
