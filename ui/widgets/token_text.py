"""A text with figure tokens in its three forms, and how places in one are found in another.

Stored (raw): ``支出{unit.支出}万元``. Shown: ``支出101.09万元``, what is printed and what findings count
their words in. In the editor's document every figure is one object character. Places in the raw and the
shown text count characters; places in a Qt document count UTF-16 units, where a rare name may take two.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.model import clean_text
from core.outline import Prose

OBJECT = "\ufffc"  # stands for a figure in a Qt document

# Characters that Qt keeps for the structure of a document; none is printable.
_RESERVED = re.compile(r"[\ufffc\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\u2028\u2029\x0b\x0c\x85]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a text: plain words, or one figure with its token (``raw``) and value (``shown``)."""

    raw: str
    shown: str
    is_figure: bool = False

    @property
    def units(self) -> int:
        """Length in a Qt document."""
        return 1 if self.is_figure else utf16_length(self.shown)


@dataclass(frozen=True, slots=True)
class TokenText:
    """A text as a row of runs."""

    runs: tuple[Run, ...] = ()

    @property
    def raw(self) -> str:
        """As stored, with tokens."""
        return "".join(run.raw for run in self.runs)

    @property
    def shown(self) -> str:
        """As printed, with figures."""
        return "".join(run.shown for run in self.runs)

    @property
    def document(self) -> str:
        """As in the editor, one object character for each figure."""
        return "".join(OBJECT if run.is_figure else run.shown for run in self.runs)

    def document_range(self, start: int, end: int) -> tuple[int, int]:
        """Where words of the shown text stand in the document, in UTF-16 units; a figure is taken whole."""
        place = list(self._document_places(start, end))
        return (place[0][0], place[-1][1]) if place else (0, 0)

    def _document_places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        shown = unit = 0
        for run in self.runs:
            after = shown + len(run.shown)
            if shown < end and after > start:
                if run.is_figure:
                    yield unit, unit + 1
                else:
                    left, right = max(start - shown, 0), min(end, after) - shown
                    yield unit + utf16_length(run.shown[:left]), unit + utf16_length(run.shown[:right])
            shown = after
            unit += run.units


def of_prose(prose: Prose, raw: str) -> TokenText:
    """The runs of a rendered text; ``raw`` is what it was rendered from."""
    return TokenText(
        tuple(Run(raw[p.raw_start : p.raw_end], p.text, p.figure is not None) for p in prose.pieces if p.text)
    )


def of_fragments(fragments: Iterable[tuple[str, str]], value: Callable[[str], str]) -> TokenText:
    """The runs of a document. A fragment is its text and, where it holds figures, their token: figures with
    the same token that stand next to each other come as one fragment. ``value`` tells what a token shows."""
    runs: list[Run] = []
    for text, token in fragments:
        if token:
            runs += [Run(token, value(token), True)] * text.count(OBJECT)
        else:
            runs.append(Run(text, text))
    return TokenText(tuple(runs))


def typed_text(text: str) -> str:
    """Pasted text as plain words: one kind of line end, NFC, no control and no object characters."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ").replace("\u00a0", " ")
    return clean_text(_RESERVED.sub("", lines))


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes: characters beyond the basic plane take two."""
    return len(text) + sum(ch > "\uffff" for ch in text)
