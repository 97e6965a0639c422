"""Quotes and brackets: what is not closed, not opened, nested in its own kind or half-width (C-054)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from core.text.sentences import PAIRS, paragraphs
from core.text.spots import Spot, outermost

_OPENING: Final = {closing: opening for opening, closing in PAIRS.items()}
_KIND: Final = {mark: mark for mark in PAIRS} | _OPENING | {"(": "（", ")": "（", '"': "“"}
_LIST_MARK: Final = re.compile(r"(?:^|[。；，：、\s])[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}$")
_APOSTROPHE: Final = re.compile(r"’(?=\w)(?![\u3400-\u9fff])")  # ’98, it’s
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_REACH: Final = 40  # two quotes turned the wrong way belong together only within so many characters


@lru_cache(maxsize=128)
def quotes(text: str) -> tuple[Spot, ...]:
    """Quotes and brackets that do not pair, or pair with another kind, paragraph by paragraph (C-054).

    A quotation of several paragraphs, each opened and only the last one closed, is regular; so are 1） and a).
    """
    spots: list[Spot] = []
    lines = paragraphs(text)
    for line, following in zip_longest(lines, lines[1:]):
        continued = following is not None and following.text.startswith("“")
        spots += [
            Spot(line.start + spot.start, line.start + spot.end, spot.text, spot.kind, spot.suggestion)
            for spot in _Pairing(line.text).spots(continued)
        ]
    return outermost(spots)


class _Pairing:
    """The marks of one paragraph, paired from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[int] = []  # places of the opening marks not yet closed
        self.alone: list[int] = []  # places of marks without a partner
        self.found: list[tuple[Spot, int]] = []  # a defect and the place of the quote around it (-1: none)
        for place, mark in enumerate(text):
            if mark == '"':
                self._half_width(place)
            elif mark in PAIRS:
                self.open.append(place)
            elif mark in _OPENING:
                self._close(place)

    def spots(self, continued: bool) -> list[Spot]:
        """The defects. ``continued``: the next paragraph goes on with the quotation of this one."""
        if continued and self.open and self.open[0] == 0 and self.text[0] == "“":
            del self.open[0]
        spots = [spot for spot, around in self.found if around not in self.open]
        lonely = sorted(self.alone + self.open)
        while lonely:
            place = lonely.pop(0)
            mark = self.text[place]
            reach = self.text[place + 1 : place + _REACH]
            if mark in "“”" and lonely and self.text[lonely[0]] == mark and mark in re.split("[。；]", reach)[0]:
                spots.append(self._spot(place, lonely.pop(0), "turned", "“”"))  # ”三八” or “三八“
            else:
                spots.append(Spot(place, place + 1, mark, "unclosed" if mark in PAIRS else "unopened"))
        return spots

    def _half_width(self, place: int) -> None:
        """A " closes an open one, or an open “ that nothing else will close; otherwise it opens."""
        top = self.text[self.open[-1]] if self.open else ""
        rest = self.text[place + 1 :]
        if top == '"' or (top == "“" and rest.count("”") <= rest.count("“")):
            self._close(place)
        else:
            self.open.append(place)

    def _close(self, place: int) -> None:
        kind = _KIND[self.text[place]]
        above = next((n for n, start in enumerate(reversed(self.open)) if _KIND[self.text[start]] == kind), None)
        if above is not None:
            for _ in range(above):
                self.alone.append(self.open.pop())
            self._judge(self.open.pop(), place)
        elif not (_LIST_MARK.search(self.text[:place]) if kind == "（" else _APOSTROPHE.match(self.text, place)):
            self.alone.append(place)

    def _judge(self, start: int, end: int) -> None:
        """A pair: is it of one width, and not inside quotes of its own kind?"""
        pair = self.text[start] + self.text[end]
        if _KIND[pair[0]] != "“":
            if PAIRS[pair[0]] != pair[1]:
                self.found.append((self._spot(start, end, "half_width", "（）"), -1))
            return
        around = next((place for place in reversed(self.open) if _KIND[self.text[place]] == "“"), -1)
        right = "“”" if around < 0 else "‘’"
        if pair == '""' and not _HAN.search(self.text[start:end]):
            return  # a code or an English word
        if pair != "“”":
            self.found.append((self._spot(start, end, "half_width", right), -1))
        elif around >= 0:
            self.found.append((self._spot(start, end, "nested", right), around))

    def _spot(self, start: int, end: int, kind: str, pair: str) -> Spot:
        piece = self.text[start : end + 1]
        return Spot(start, end + 1, piece, kind, pair[0] + piece[1:-1] + pair[1])
