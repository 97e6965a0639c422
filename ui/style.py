"""The look: colour roles in light and dark, the palette, and one small stylesheet over Fusion."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


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


def colours() -> Colours:
    """The colours of the system's scheme."""
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


def apply_style(app: QApplication, point_size: int = 0) -> None:
    """Fusion with our palette, font and stylesheet. ``point_size`` 0 keeps 13 px."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(base_font(point_size))
    app.setStyleSheet(stylesheet())


def base_font(point_size: int = 0) -> QFont:
    """The interface font: the system's Chinese one, else the bundled Hei."""
    known = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC")
    held = set(QFontDatabase.families())
    families = [name for name in known if name in held][:1] or bundled_families()
    font = QFont(families)
    if point_size:
        font.setPointSize(point_size)
    else:
        font.setPixelSize(13)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    # Figures of one width, so that columns of amounts line up.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


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
    return template.replace("@icons", (RESOURCES / "icons").as_posix())


@cache
def icon(name: str, colour: str = "") -> QIcon:
    """An icon of the family in a colour (default: the second text colour); crisp at every scale."""
    data = (RESOURCES / "icons" / f"{name}.svg").read_bytes()
    shade = (colour or colours().second).encode()
    renderer = QSvgRenderer(QByteArray(data.replace(b"#212121", shade).replace(b"currentColor", shade)))
    result = QIcon()
    for size in (16, 20, 24, 32, 48):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result
