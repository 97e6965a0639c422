"""Cut the fonts in resources/fonts out of their full originals (for developers; needs fonttools).

Usage: python installer/build_fonts.py SOURCES

SOURCES is a folder that holds, in any depth, the originals named in FONTS and Unihan_Readings.txt.bz2:
- npm packages @expo-google-fonts/noto-serif-sc 0.4.3 and @expo-google-fonts/noto-sans-sc 0.4.3,
- Debian packages fonts-lxgw-wenkai 1.250, texlive-lang-chinese 2022.20230122 (it has FandolFang) and
  unicode-data 15.0.0.

Why the originals cannot be shipped as they are: together they are 70 MB; two of them may not keep their names
once modified; reportlab embeds only TrueType outlines, and shows empty boxes when two fonts of one document
share a PostScript name, so each file here gets a name of its own.
"""

import bz2
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
CONVERSION_ERROR = 1.0  # em/1000: how far a quadratic outline may stray from the cubic original


def decodable(codec: str) -> set[int]:
    """Return the code points above ASCII that the two-byte codec `codec` knows."""
    found = set()
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                found.add(ord(bytes((first, second)).decode(codec)))
            except (UnicodeDecodeError, TypeError):  # TypeError: the pair is two characters, not one
                continue
    return found


def general_standard(sources: Path) -> set[int]:
    """Return the 8105 characters of 通用规范汉字表 (2013), taken from the Unihan field kTGHZ2013."""
    with bz2.open(locate(sources, "Unihan_Readings.txt.bz2"), "rt", encoding="utf-8") as lines:
        return {int(line.split("\t")[0].removeprefix("U+"), 16) for line in lines if "\tkTGHZ2013\t" in line}


def everyday(_sources: Path) -> set[int]:
    """Return GB 2312 and what official writing needs beside it: 〇 ㎡ ① – Ⅻ, full-width forms, Latin-1."""
    blocks = [
        (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203B), (0x2103, 0x2103), (0x2109, 0x2122), (0x2150, 0x217F),
        (0x2190, 0x2199), (0x2200, 0x22A5), (0x2460, 0x249B), (0x2500, 0x2573), (0x25A0, 0x25EF),
        (0x2605, 0x2642), (0x2713, 0x2717), (0x3000, 0x3017), (0x3021, 0x3029), (0x3220, 0x3229),
        (0x338E, 0x33D5), (0xFE30, 0xFE44), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
    ]
    return decodable("gb2312") | {code for first, last in blocks for code in range(first, last + 1)}


def rare(sources: Path) -> set[int]:
    """Return what GBK and 通用规范汉字表 have beyond `everyday`: names of people and places."""
    return (decodable("gbk") | general_standard(sources)) - everyday(sources)


@dataclass(frozen=True)
class Font:
    """One file to make: its family and style, the original it is cut from, and the characters to keep."""

    family: str
    style: str
    original: str
    keep: Callable[[Path], set[int]] = everyday

    @property
    def postscript(self) -> str:
        """Return the PostScript name, unique among all fonts here; also the file's stem."""
        return f"{self.family}-{self.style}".replace(" ", "")


FONTS = [
    Font("UBL Song", "Regular", "NotoSerifSC_400Regular.ttf"),
    Font("UBL Song", "Bold", "NotoSerifSC_700Bold.ttf"),
    Font("UBL Hei", "Regular", "NotoSansSC_400Regular.ttf"),
    Font("UBL Hei", "Bold", "NotoSansSC_500Medium.ttf"),  # 黑体 on paper is no heavier than Medium
    Font("UBL Kai", "Regular", "LXGWWenKai-Regular.ttf"),
    Font("UBL FangSong", "Regular", "FandolFang-Regular.otf"),
    Font("UBL Rare", "Regular", "NotoSerifSC_400Regular.ttf", rare),
]


def locate(sources: Path, name: str) -> Path:
    """Return the only file called `name` under `sources`."""
    found = sorted(sources.rglob(name))
    if not found:
        raise SystemExit(f"{name} is not under {sources}")
    return found[0]


def to_truetype(font: TTFont) -> None:
    """Replace the cubic (CFF) outlines of `font` by quadratic ones, which reportlab can embed."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, CONVERSION_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                  "SizeOfInstructions", "ComponentElements"):
        setattr(maxp, f"max{field}", 0)
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def redraw_fullwidth_yen(font: TTFont) -> None:
    """Give ￥ (U+FFE5) the outline of ¥ in a full-width cell: FandolFang draws a dollar sign there."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    bounds = BoundsPen(glyphs)
    glyphs[cmap[0xA5]].draw(bounds)
    left, _, right, _ = bounds.bounds
    full_width = font["hmtx"][cmap[0xFFE5]][0]
    shift = round((full_width - right - left) / 2)
    pen = TTGlyphPen(None)
    glyphs[cmap[0xA5]].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    font["glyf"][cmap[0xFFE5]] = pen.glyph()
    font["hmtx"][cmap[0xFFE5]] = (full_width, round(left) + shift)


def shift_glyph(font: TTFont, name: str, shift: int, width: int) -> None:
    """Move the outline of the glyph `name` by `shift` to the right and make its cell `width` wide."""
    glyph = font["glyf"][name]
    glyph.coordinates.translate((shift, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)


def align_digits(font: TTFont) -> None:
    """Give 0–9 one width, so that columns of amounts line up: those of Noto Serif SC differ."""
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    cell = metrics[cmap[ord("0")]][0]
    for digit in "123456789":
        name = cmap[ord(digit)]
        shift_glyph(font, name, round((cell - metrics[name][0]) / 2), cell)


def widen_quotes(font: TTFont) -> None:
    """Give ‘ ’ “ ” and · a full-width cell where `font` has them in Latin width (LXGW WenKai)."""
    cmap, cell = font.getBestCmap(), font["head"].unitsPerEm
    for mark in "‘’“”·":
        name = cmap[ord(mark)]
        width = font["hmtx"][name][0]
        if width == cell:
            continue
        # An opening quote stands at the right of its cell, a closing one at the left, the dot in the middle.
        shift = {"‘": cell - width, "“": cell - width, "·": (cell - width) // 2}.get(mark, 0)
        shift_glyph(font, name, shift, cell)


def rename(font: TTFont, spec: Font) -> None:
    """Give `font` the names of `spec` and keep its copyright, trademark and licence lines."""
    table = font["name"]
    version = table.getDebugName(5)
    kept = {number: table.getDebugName(number) for number in (0, 7, 13, 14)}
    names = {
        1: spec.family, 2: spec.style, 3: f"{spec.postscript};{version}", 4: f"{spec.family} {spec.style}",
        5: version, 6: spec.postscript,
        10: f"Modified: cut from {spec.original}; see README.md beside this file.",
    }
    table.names = []
    for number, text in sorted((kept | names).items()):
        if text:
            table.setName(text, number, 3, 1, 0x409)
            table.setName(text.replace("©", "(c)"), number, 1, 0, 0)
    bold = spec.style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


def build(spec: Font, sources: Path) -> Path:
    """Make the file of `spec` in resources/fonts and return its path."""
    font = TTFont(locate(sources, spec.original), recalcTimestamp=False)
    # Cut first: converting outlines is slow. Layout tables go: reportlab ignores them, and kerning and
    # vertical forms play no part in tables and official text.
    options = Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"],
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=spec.keep(sources))
    subsetter.subset(font)
    if "CFF " in font:
        to_truetype(font)
        redraw_fullwidth_yen(font)
    if spec.keep is everyday:
        align_digits(font)
        widen_quotes(font)
    rename(font, spec)
    path = TARGET / f"{spec.postscript}.ttf"
    font.save(path)
    return path


def main() -> None:
    """Build every font and print what each became."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    for spec in FONTS:
        path = build(spec, Path(sys.argv[1]))
        font = TTFont(path)
        print(f"{path.name:26}{path.stat().st_size / 1e6:6.1f} MB  {len(font.getBestCmap()):6} characters")


if __name__ == "__main__":
    main()
