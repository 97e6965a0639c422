"""The look: colour roles in light and dark, the palette, and one small stylesheet over Fusion."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from core.i18n import _

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
STANDARD = 13  # pixels of the font that every length of the window is meant for
SIZES = {12: _("小"), STANDARD: _("标准"), 15: _("大"), 17: _("特大")}


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour for each role of the window."""

    page: str
    surface: str
    line: str
    text: str
    second: str
    faint: str
    accent: str
    accent_soft: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    info: str
    info_soft: str


LIGHT = Colours(
    page="#F4F5F7", surface="#FFFFFF", line="#E1E4E8", text="#1D2129", second="#5B6472", faint="#8A919C",
    accent="#1E5AA8", accent_soft="#E8F0FA", error="#C62F2F", error_soft="#FDECEC",
    warning="#B26A00", warning_soft="#FFF4E0", good="#1B7F4B", good_soft="#E7F5EC",
    info="#5B6472", info_soft="#EEF0F3",
)  # fmt: skip
DARK = Colours(
    page="#1B1D21", surface="#24272C", line="#383C43", text="#E6E8EB", second="#A9B0BA", faint="#7A828D",
    accent="#6FA5E8", accent_soft="#25364C", error="#F07878", error_soft="#452628",
    warning="#E5A84B", warning_soft="#40331D", good="#5FBE8A", good_soft="#1F3A2B",
    info="#A9B0BA", info_soft="#30343A",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What the officer chose in 设置: the scheme, and the one font size in pixels."""

    scheme: str = "system"  # system | light | dark
    size: int = STANDARD


_look = Look()


def look() -> Look:
    """The look in force."""
    return _look


def colours() -> Colours:
    """The colours of the scheme chosen, else of the system's."""
    if _look.scheme != "system":
        return DARK if _look.scheme == "dark" else LIGHT
    hints = QGuiApplication.styleHints()
    dark = hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def severity_colours(severity: str) -> tuple[str, str]:
    """Strong and soft colour of a severity."""
    c = colours()
    return {
        "block": (c.error, c.error_soft),
        "error": (c.error, c.error_soft),
        "warning": (c.warning, c.warning_soft),
        "info": (c.info, c.info_soft),
    }[severity]


def apply_style(app: QApplication, chosen: Look | None = None) -> None:
    """Fusion with our palette, font and stylesheet, as chosen; without a choice the look in force, in new colours."""
    global _look
    if chosen is not None:
        _look = chosen
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(base_font(_look.size))
    app.setStyleSheet(stylesheet())


def scaled(pixels: int) -> int:
    """A length that is meant for the standard font size, at the size in force."""
    return round(pixels * _look.size / STANDARD)


def row_height(pixels: int, lines: int = 1) -> int:
    """The height of a row of so many lines that is meant for the standard font size, at the size in force."""
    return pixels + lines * (_line_height(_look.size) - _line_height(STANDARD))


@cache
def _line_height(size: int) -> int:
    return QFontMetrics(base_font(size)).height()


def base_font(pixels: int = STANDARD) -> QFont:
    """The interface font: the system's Chinese one, else the bundled Hei."""
    font = QFont(_families())
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    # Figures of one width, so that columns of amounts line up.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def _families() -> list[str]:
    known = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC")
    held = set(QFontDatabase.families())
    return [name for name in known if name in held][:1] or bundled_families()


@cache
def bundled_families() -> list[str]:
    """The bundled Hei and, behind it, the font of rare characters; registered once."""
    names = ("UBLHei-Regular", "UBLHei-Bold", "UBLRare-Regular")
    numbers = [QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{name}.ttf")) for name in names]
    families = [family for number in numbers for family in QFontDatabase.applicationFontFamilies(number)]
    return list(dict.fromkeys(families))


def palette() -> QPalette:
    """Fusion's palette in our colours."""
    c, p = colours(), QPalette()
    roles = {
        QPalette.ColorRole.Window: c.page,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.page,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.surface,
        QPalette.ColorRole.PlaceholderText: c.faint,
        QPalette.ColorRole.ToolTipBase: c.surface,
        QPalette.ColorRole.ToolTipText: c.text,
        QPalette.ColorRole.Link: c.accent,
        QPalette.ColorRole.Mid: c.line,
        QPalette.ColorRole.Light: c.surface,
        QPalette.ColorRole.Dark: c.line,
    }
    for role, colour in roles.items():
        p.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        p.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.faint))
    return p


def stylesheet(c: Colours | None = None) -> str:
    """Rules by the dynamic property ``role``, in the colours of the system's scheme unless others are given."""
    c = c or colours()
    template = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    for name in Colours.__slots__:
        template = template.replace(f"@{name};", f"{getattr(c, name)};").replace(f"@{name} ", f"{getattr(c, name)} ")
    # The tick is dark: its ground is light in both schemes.
    template = template.replace("@tick_ground;", f"{c.accent if c is DARK else c.accent_soft};")
    template = re.sub(r"(font-size|min-height|max-height|border-radius): (9|\d{2,})px", _at_size, template)
    # A badge is as wide as it is high, less its padding: else Qt draws its corners square.
    template = template.replace("min-width: 8px", f"min-width: {scaled(18) - 10}px")
    return template.replace("@icons", (RESOURCES / "icons").as_posix())


def _at_size(length: re.Match[str]) -> str:
    return f"{length[1]}: {scaled(int(length[2]))}px"


class _Drawn(QIconEngine):
    """An icon drawn anew for every scale and in the colours of the moment, so that it is crisp and follows the look."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._renderer(mode).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._renderer(mode).render(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        return pixmap

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        return size

    def isNull(self) -> bool:
        return False

    def _renderer(self, mode: QIcon.Mode) -> QSvgRenderer:
        return _renderer(self._name, getattr(colours(), "faint" if mode == QIcon.Mode.Disabled else self._role))


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    data, shade = (RESOURCES / "icons" / f"{name}.svg").read_bytes(), colour.encode()
    return QSvgRenderer(QByteArray(data.replace(b"#212121", shade).replace(b"currentColor", shade)))


def icon(name: str, role: str = "second") -> QIcon:
    """An icon of the family in the colour of a role; it follows when the look changes."""
    if not (RESOURCES / "icons" / f"{name}.svg").is_file():
        raise FileNotFoundError(name)
    return QIcon(_Drawn(name, role))
