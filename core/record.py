"""What every record shares, and how its text is cleaned."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen row with an ``id`` from one sequence per file, never reused."""

    table: ClassVar[str] = ""
    id: int


def clean_text(text: str) -> str:
    """Text as it is stored: NFC, without control characters but the newline."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(ch for ch in composed if ch == "\n" or unicodedata.category(ch) != "Cc")
