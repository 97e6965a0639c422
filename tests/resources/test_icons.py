"""The icons: every one draws something, and takes the colour it is given."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_icon_draws_in_the_colour_given(qapp: object, path: Path) -> None:
    renderer = QSvgRenderer(QByteArray(path.read_bytes().replace(b"currentColor", b"#1E5AA8")))
    assert renderer.isValid()
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    colours = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
    assert "#1e5aa8" in {colour.name() for colour in colours if colour.alpha() == 255}


def test_application_icon_has_a_picture_of_256_pixels() -> None:
    picture = QImage(str(ICONS / "app.png"))
    assert (picture.width(), picture.height()) == (256, 256)
