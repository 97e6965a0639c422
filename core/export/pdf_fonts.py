"""The fonts of a PDF: the system's own on Windows, else the bundled ones; missing characters fall back one by one.

A font file is read when the first character is set in it, so that a report pays for what it uses. Fonts are kept for
the life of the program.
"""

import os
import re
import sys
import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


class Face(StrEnum):
    """The styles of print of an official document (GB/T 9704)."""

    SONG = "song"  # 宋体
    TITLE = "title"  # 小标宋
    HEI = "hei"  # 黑体
    KAI = "kai"  # 楷体
    FANGSONG = "fangsong"  # 仿宋
    RARE = "rare"  # everything else of GBK and 通用规范汉字表, in 宋体


BUNDLED = {
    Face.SONG: "UBLSong-Regular.ttf",
    Face.TITLE: "UBLSong-Bold.ttf",
    Face.HEI: "UBLHei-Bold.ttf",
    Face.KAI: "UBLKai-Regular.ttf",
    Face.FANGSONG: "UBLFangSong-Regular.ttf",
    Face.RARE: "UBLRare-Regular.ttf",
}
# Names of the font files of Windows; a 小标宋 is there only where the unit has bought one.
WINDOWS = {
    Face.SONG: ("simsun.ttc",),
    Face.TITLE: ("FZXBSJW.TTF", "FZXBSK.TTF"),
    Face.HEI: ("simhei.ttf",),
    Face.KAI: ("simkai.ttf",),
    Face.FANGSONG: ("simfang.ttf",),
}

GETA = "〓"  # printers' mark for a character that no font has


class Glyph(NamedTuple):
    """One character as it is drawn: font by name, character, and advance in thousandths of the size."""

    font: str
    char: str
    advance: float


@lru_cache(maxsize=65536)
def glyph(face: Face, char: str) -> Glyph:
    """How a character is drawn: in the face asked for, else in Song, else in the rare font, else as 〓.

    What has no shape of its own (a line break, a zero-width mark) is drawn as nothing.
    """
    for name in dict.fromkeys((font_name(face), BUNDLED[face], BUNDLED[Face.SONG], BUNDLED[Face.RARE])):
        found = _font(name).face
        if ord(char) in found.charToGlyph:
            width = found.charWidths.get(ord(char), found.defaultWidth)
            return Glyph(name, char, width)
    if unicodedata.category(char) in ("Cc", "Cf", "Mn", "Me", "Zl", "Zp"):
        return Glyph(BUNDLED[face], "", 0)
    return glyph(face, " " if unicodedata.category(char) == "Zs" else GETA)


@lru_cache
def font_name(face: Face) -> str:
    """The file name of a face's font, under which it is known to the PDF library too."""
    for name in WINDOWS.get(face, ()) if sys.platform == "win32" else ():
        if (windows_fonts() / name).is_file() and _opens(name):
            return name
    return BUNDLED[face]


def windows_fonts() -> Path:
    """The folder of the system's fonts."""
    return Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"


def _opens(name: str) -> bool:
    """A system font that the PDF library cannot embed is passed over for the bundled one."""
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        _font(name)
    except (TTFError, OSError):
        return False
    return True


@lru_cache
def _font(name: str) -> Any:
    """The registered font of a file name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    _write_rare_characters_searchable()
    folder = FOLDER if name in BUNDLED.values() else windows_fonts()
    font = TTFont(name, str(folder / name))
    pdfmetrics.registerFont(font)
    return font


@lru_cache
def _write_rare_characters_searchable() -> None:
    """Names such as 𬭚 lie beyond Unicode's first plane. In a PDF they can be searched and copied only if they are
    told as a pair of 16-bit numbers; the library tells them as one number of five digits."""
    from reportlab.pdfbase import ttfonts

    told = ttfonts.makeToUnicodeCMap

    def as_pairs(font: str, subset: list[int]) -> str:
        return re.sub(
            "<([0-9A-F]{5})>", lambda m: f"<{chr(int(m[1], 16)).encode('utf-16-be').hex()}>", told(font, subset)
        )

    ttfonts.makeToUnicodeCMap = as_pairs
