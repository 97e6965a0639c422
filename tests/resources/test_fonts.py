"""The bundled fonts: distinct names, enough characters, and money signs that are what they seem."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRawFont, QTransform
from reportlab.pdfbase.ttfonts import TTFontFile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
EVERYDAY = ["UBLSong-Regular", "UBLSong-Bold", "UBLHei-Regular", "UBLHei-Bold", "UBLKai-Regular",
            "UBLFangSong-Regular"]
HANZI = {
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
    if not (row == 0xD7 and cell > 0xF9)  # GB 2312 leaves these five cells empty
}
OFFICIAL = (
    "￥¥0123456789０１２３４５６７８９.,-()，。、；：？！（）〔〕【】《》〈〉「」『』“”‘’—…·"
    "％〇①②③⑩ⅠⅫ×÷±≥≤≠≈√□■●○▲△→←↑↓℃№‰＝＋"
)
ABSENT_FROM_FANGSONG = "⑪⑳㎡ⅰ"


def characters(stem: str) -> set[str]:
    return {chr(code) for code in TTFontFile(str(FONTS / f"{stem}.ttf")).charToGlyph}


def test_every_font_is_documented_and_every_licence_is_there() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    files = sorted(path.name for path in FONTS.glob("*.ttf"))
    assert files == sorted(f"{stem}.ttf" for stem in [*EVERYDAY, "UBLRare-Regular"])
    assert all(name in readme for name in files)
    licences = "".join(path.read_text(encoding="utf-8") for path in FONTS.glob("LICENSE-*.txt"))
    assert all(name in licences for name in files)


def test_postscript_names_are_unique_and_equal_the_file_names() -> None:
    names = {path.stem: TTFontFile(str(path)).name for path in FONTS.glob("*.ttf")}
    assert all(stem == name.decode() for stem, name in names.items())


@pytest.mark.parametrize("stem", EVERYDAY)
def test_covers_gb2312_and_official_signs(stem: str) -> None:
    assert len(HANZI) == 6763
    found = characters(stem)
    assert HANZI - found == set()
    assert set(OFFICIAL) - found == set()
    absent = set(ABSENT_FROM_FANGSONG) - found
    assert absent == (set(ABSENT_FROM_FANGSONG) if stem == "UBLFangSong-Regular" else set())


@pytest.mark.parametrize("stem", EVERYDAY)
def test_digits_have_one_width(stem: str) -> None:
    font = TTFontFile(str(FONTS / f"{stem}.ttf"))
    assert len({font.charWidths[ord(digit)] for digit in "0123456789"}) == 1


def test_rare_names_are_covered_by_song_or_rare() -> None:
    together = characters("UBLSong-Regular") | characters("UBLRare-Regular")
    assert set("龘喆䶮玥堃翀镕祎赟骉啰瞭昇勣\U0002CB5A\U0002B5AF") - together == set()
    gbk = {chr(code) for code in range(0x4E00, 0x9FA6)}
    assert gbk - together == set()


def ink(stem: str, sign: str) -> set[tuple[int, int]]:
    """Return the dark pixels of `sign` stretched over a square of 48 × 48, whatever its size in the font."""
    font = QRawFont(str(FONTS / f"{stem}.ttf"), 100)
    outline = font.pathForGlyph(font.glyphIndexesForString(sign)[0])
    box: QRectF = outline.boundingRect()
    image = QImage(48, 48, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setTransform(QTransform.fromScale(48 / box.width(), 48 / box.height()))
    painter.translate(-box.topLeft())
    painter.fillPath(outline, Qt.GlobalColor.black)
    painter.end()
    return {(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).value() < 128}


def likeness(one: set[tuple[int, int]], other: set[tuple[int, int]]) -> float:
    return len(one & other) / len(one | other)


@pytest.mark.parametrize("stem", EVERYDAY)
@pytest.mark.parametrize("sign", ["￥", "¥"])
def test_yen_is_drawn_as_yen_and_not_as_dollar(qapp: object, stem: str, sign: str) -> None:
    drawn = ink(stem, sign)
    pattern = "UBLSong-Regular" if stem == "UBLHei-Regular" else "UBLHei-Regular"
    assert likeness(drawn, ink(pattern, "￥")) > likeness(drawn, ink(pattern, "$")) + 0.1
    assert likeness(drawn, ink(stem, "$")) < 0.6
