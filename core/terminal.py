"""Text in the columns of a terminal, where a Chinese character takes two."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

COLUMNS = 100  # where long lines are broken
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%:_-]+[万元]*|.")  # what stays on one line


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(ch) in "WF" else 1 for ch in text)


def pad(text: str, columns: int) -> str:
    """The text with spaces up to a number of columns."""
    return text + " " * (columns - width(text))


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Cells side by side, each padded to its width."""
    return "  ".join(map(pad, cells, widths)).rstrip()


def wrapped(label: str, text: str) -> Iterable[str]:
    """The text behind its label, broken into lines: never inside a number, never before a closing mark."""
    begun, indent = label, " " * width(label)
    for piece in _UNBROKEN.findall(text):
        if width(begun + piece) > COLUMNS and piece not in "，。；：、）”’" and begun != indent:
            yield begun
            begun = indent
        begun += piece
    yield begun
