"""Chinese lines: characters measured in their fonts, broken by 避头尾 with numbers kept whole, and justified.

No mark such as 。，、）” begins a line and no （“ ends one; a number is never broken, and keeps its 万元 where the line
does not become too loose for it. A mark that would not fit is drawn in by narrowing the blanks of the line's other
marks, else a character goes down with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.export.pdf_fonts import Face, Glyph, glyph
from core.report.model import Run

NO_START = frozenset("、。，．：；？！）〕】》〉」』｝”’…～·％‰℃々,.;:!?)]}%")
NO_END = frozenset("（〔【《〈「『｛“‘￥¥([{#")
_CLOSING = frozenset("、。，．：；）〕】》〉」』｝”’")  # the right half of the glyph is blank
_OPENING = frozenset("（〔【《〈「『｛“‘")  # the left half is

_TOKEN = re.compile(r"[!-~\u00a1-\u024f]+|—+|…+|.", re.DOTALL)
_UNIT = re.compile(r"(?<=[0-9])(?:万元|亿元|元|年|月|日|人)")
_EPSILON = 0.01  # points
_LOOSE = 0.25  # the widest gap between characters, in sizes, that keeping 万元 with its number may cost


@dataclass(slots=True)
class Chars:
    """Words ready to be set: for each character its glyph, its advance in points, and the run it comes from."""

    text: str
    size: float
    glyphs: list[Glyph]
    widths: list[float]
    runs: list[tuple[Run, int]]  # each run with the place of its first character


@dataclass(slots=True)
class Line:
    """Characters ``start`` to ``end``; ``lefts`` holds the left edge of each and the right edge of the last."""

    start: int
    end: int
    lefts: list[float]


@dataclass(slots=True)
class _Token:
    """What no line break parts."""

    start: int
    end: int
    width: float
    tied: bool = False  # no break before it
    wanted: bool = False  # rather no break before it: the unit of a number
    before: float = 0  # the blank at its left that a full line may take out
    after: float = 0  # the same at its right


def measure(runs: Iterable[Run], face: Face, size: float, pitch: float = 0) -> Chars:
    """Runs in one face and size (points). ``pitch`` is the advance of a full-width character, else its own."""
    texts: list[str] = []
    places: list[tuple[Run, int]] = []
    length = 0
    for run in runs:
        places.append((run, length))
        texts.append(run.text)
        length += len(run.text)
    text = "".join(texts)
    glyphs = [glyph(face, char) for char in text]
    scale = size / 1000
    full = pitch or size
    widths = [full if g.advance == 1000 else g.advance * scale for g in glyphs]
    if face is Face.SONG:  # digits of one width, so that the amounts of a column stand below one another
        digit = glyph(face, "0").advance * scale
        widths = [digit if char in "0123456789" else width for char, width in zip(text, widths, strict=True)]
    for place, (mark, following) in enumerate(pairwise(text)):
        if _meet(mark, following) and glyphs[place].advance == 1000:
            widths[place] -= size / 2
    return Chars(text, size, glyphs, widths, places)


def _meet(mark: str, following: str) -> bool:
    """Whether two marks have a blank between them that one of them alone would fill."""
    return (mark in _CLOSING and following in _CLOSING | _OPENING) or (mark in _OPENING and following in _OPENING)


def break_lines(chars: Chars, width: float, indent: float = 0, justify: bool = True) -> list[Line]:
    """The lines of one paragraph, from the left edge 0; the first is indented. Empty text has no lines."""
    tokens = list(_tokens(chars))
    lines: list[Line] = []
    first = 0
    while first < len(tokens):
        left = 0 if lines else indent
        room = width - left
        if lines and chars.text[tokens[first].start].isspace():
            first += 1
            continue
        if tokens[first].width > room + _EPSILON and tokens[first].end - tokens[first].start > 1:
            tokens[first : first + 1] = _cut(chars, tokens[first], room)
        stop = _stop(chars, tokens, first, room)
        last = stop == len(tokens)
        lines.append(_place(chars, tokens[first:stop], left, room, justify and not last))
        first = stop
    return lines


def aligned(line: Line, width: float, share: float) -> Line:
    """The line moved right by a share of what it leaves free: 0.5 centres it, 1 sets it to the right."""
    moved = (width - line.lefts[-1]) * share
    return Line(line.start, line.end, [left + moved for left in line.lefts])


def _tokens(chars: Chars) -> Iterator[_Token]:
    text, widths = chars.text, chars.widths
    units = [match.span() for match in _UNIT.finditer(text)]
    begun = {start for start, _end in units}
    inside = {place for start, end in units for place in range(start + 1, end)}
    earlier = 0.0  # the width of the token before: a mark is never drawn in past a narrow one
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        mark, before, following = text[start], text[start - 1 : start], text[end : end + 1]
        tied = mark in NO_START or (before != "" and before in NO_END) or start in inside
        token = _Token(start, end, sum(widths[start:end]), tied, start in begun)
        if mark in _OPENING and not (before and _meet(before, mark)):
            token.before = min(chars.size / 2, earlier)
        elif mark in _CLOSING and not (following and _meet(mark, following)):
            token.after = chars.size / 2
        earlier = token.width
        yield token


def _cut(chars: Chars, token: _Token, room: float) -> list[_Token]:
    """A word wider than a whole line in pieces that fit."""
    pieces = [_Token(token.start, token.start, 0, token.tied)]
    for place in range(token.start, token.end):
        width = chars.widths[place]
        if pieces[-1].width + width > room and pieces[-1].end > pieces[-1].start:
            pieces.append(_Token(place, place, 0))
        pieces[-1].end = place + 1
        pieces[-1].width += width
    return pieces


def _stop(chars: Chars, tokens: list[_Token], first: int, room: float) -> int:
    """The token that begins the next line."""
    stop, used = first, 0.0
    while stop < len(tokens) and used + tokens[stop].width <= room + _EPSILON:
        used += tokens[stop].width
        stop += 1
    if stop == len(tokens):
        return stop
    while stop < len(tokens) and chars.text[tokens[stop].start].isspace():  # blanks may hang over the edge
        used += tokens[stop].width  # but not before a mark that is drawn in behind them
        stop += 1
    if stop == len(tokens) or not (tokens[stop].tied or tokens[stop].wanted):
        return max(stop, first + 1)
    return _drawn_in(chars, tokens, first, stop, used - room) or _sent_down(chars, tokens, first, stop, room)


def _drawn_in(chars: Chars, tokens: list[_Token], first: int, stop: int, over: float) -> int:
    """A later break that fits once the blanks of the line's marks are narrowed; 0 if there is none."""
    for end in range(stop + 1, min(stop + 4, len(tokens) + 1)):
        over += tokens[end - 1].width
        if over > _slack(tokens[first:end]):
            return 0
        if end == len(tokens) or not (tokens[end].tied or tokens[end].wanted):
            return end
    return 0


def _sent_down(chars: Chars, tokens: list[_Token], first: int, stop: int, room: float) -> int:
    """An earlier break; the unit stays with its number unless the line would become too loose."""
    whole = stop
    while whole > first and (tokens[whole].tied or tokens[whole].wanted):
        whole -= 1
    if whole > first:
        free = room - sum(token.width for token in tokens[first:whole])
        if free <= _LOOSE * chars.size * max(whole - first - 1, 1):
            return whole
    parted = stop
    while parted > first and tokens[parted].tied:
        parted -= 1
    return parted if parted > first else max(stop, first + 1)


def _slack(tokens: list[_Token]) -> float:
    """By how much the marks of a line may be narrowed, in points."""
    return sum(token.before + token.after for token in tokens) - tokens[0].before


def _place(chars: Chars, tokens: list[_Token], left: float, room: float, justify: bool) -> Line:
    while len(tokens) > 1 and chars.text[tokens[-1].start].isspace():
        tokens = tokens[:-1]
    free = room - sum(token.width for token in tokens)
    gap = free / (len(tokens) - 1) if justify and free > 0 and len(tokens) > 1 else 0.0
    slack = _slack(tokens)
    squeeze = min(-free / slack, 1.0) if free < -_EPSILON and slack else 0.0
    lefts: list[float] = []
    x = left
    for number, token in enumerate(tokens):
        if number:
            x += gap - squeeze * token.before
        for place in range(token.start, token.end):
            lefts.append(x)
            x += chars.widths[place]
        x -= squeeze * token.after
    lefts.append(x)
    return Line(tokens[0].start, tokens[-1].end, lefts)
