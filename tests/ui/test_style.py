"""The look: every colour role resolved in light and dark, text that can be read on its ground."""

import re

import pytest
from PySide6.QtGui import QColor, QFontInfo

from ui.style import DARK, LIGHT, Colours, icon, severity_colours, stylesheet


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


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    parts = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
