"""The look: every colour role resolved in light and dark, text that can be read on its ground."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPixmap
from PySide6.QtWidgets import QPushButton

from ui.style import (
    DARK,
    LIGHT,
    Colours,
    Look,
    apply_style,
    icon,
    row_height,
    scaled,
    severity_colours,
    stylesheet,
)
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView
from ui.widgets.parts import label


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_stylesheet_has_no_open_colour(colours):
    rules = re.sub(r"/\*.*?\*/", "", stylesheet(colours), flags=re.S)
    assert "@" not in rules
    assert colours.accent in rules


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("role", ["text", "second", "accent", "error", "warning", "good"])
def test_text_stands_out_from_its_ground(colours: Colours, role):
    assert contrast(getattr(colours, role), colours.surface) >= 4.0
    soft = getattr(colours, f"{role}_soft", colours.page)
    assert contrast(getattr(colours, role), soft) >= 3.5


def test_every_severity_has_colours_and_chinese_has_a_font(qapp):
    assert {len(severity_colours(name)) for name in ("block", "error", "warning", "info")} == {2}
    assert QFontInfo(qapp.font()).family()
    assert not icon("undo").isNull()


def test_icons_are_crisp_at_every_scale_and_follow_the_look(qapp):
    made = QPushButton(icon("home"), "总览")
    try:
        for scheme, wanted in (("light", LIGHT), ("dark", DARK)):
            apply_style(qapp, Look(scheme))
            for scale in (1.0, 1.25, 1.5, 2.0):
                picture = made.icon().pixmap(QSize(20, 20), scale)
                assert picture.size() == QSize(20, 20) * scale and picture.devicePixelRatio() == scale
            assert strongest(made.icon().pixmap(QSize(64, 64))) == wanted.second.lower()
            assert strongest(made.icon().pixmap(QSize(64, 64), QIcon.Mode.Disabled)) == wanted.faint.lower()
    finally:
        apply_style(qapp, Look())


def test_the_font_size_reaches_texts_rows_and_the_stylesheet(qapp):
    made = QPushButton("总览")
    title = label("总览", "title")
    try:
        apply_style(qapp, Look(size=17))
        made.ensurePolished()
        title.ensurePolished()
        assert made.font().pixelSize() == 17 and title.font().pixelSize() == 24
        assert row_height(29) >= 29 + 4 and scaled(130) == 170
        apply_style(qapp, Look(size=12))
        assert row_height(29) < 29
    finally:
        apply_style(qapp, Look())
    assert row_height(29) == 29


class Amounts(RecordTable):
    """One column of amounts."""

    def key(self, record):
        return record

    def text(self, record, column):
        return record


@pytest.mark.parametrize(("amount", "role"), [("-9,300.00", "error"), ("9,300.00", "text")])
def test_a_negative_amount_is_red_in_every_grid(qapp, qtbot, amount, role):
    model = Amounts([Column("amount", "金额（元）", 160, is_amount=True)])
    model.show_rows([amount, ""])
    view = GridView(model)
    qtbot.addWidget(view)
    view.resize(200, 120)
    view.setCurrentIndex(model.index(1, 0))
    view.show()
    image = view.viewport().grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(2, row_height(29) - 2)}
    assert getattr(LIGHT, role).lower() in seen
    assert (LIGHT.error.lower() in seen) == (role == "error")


def strongest(picture: QPixmap) -> str:
    image = picture.toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(points, key=lambda colour: colour.alpha()).name()


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    parts = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
