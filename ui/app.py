"""Start the window: Chinese Qt texts, the look, and the file given or opened last."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QStandardPaths, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from core.i18n import _
from ui import crash
from ui.desk import Desk
from ui.portable import portable_folder
from ui.settings import Settings
from ui.style import RESOURCES, STANDARD, Look, apply_style, look
from ui.window import Window


def main(argv: list[str]) -> int:
    """Open the window over the file in ``argv``, else the last one, else the start page; returns the exit code."""
    app = make_app()
    beside = portable_folder()
    crash.install(beside or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)))
    window = open_window(Settings(beside), Path(argv[0]) if argv else None)
    window.resize(window.size().boundedTo(window.screen().availableSize()))
    window.show()
    return app.exec()


def make_app() -> QApplication:
    """The application: names, locale, translated Qt texts, style, icon."""
    held = QApplication.instance()
    app = held if isinstance(held, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("UnitBudgetLedger")
    app.setApplicationDisplayName(_("单位预算台账"))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "app.png")))
    apply_style(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: apply_style(app))
    return app


def open_window(settings: Settings, path: Path | None) -> Window:
    """The window over a file; the start page with a message if it cannot be opened."""
    app = QApplication.instance()
    chosen = Look(settings.scheme, settings.font_size or STANDARD)
    if isinstance(app, QApplication) and chosen != look():
        apply_style(app, chosen)
    wanted = path or settings.last_file
    window = Window(Desk(), settings, begins=wanted is None)
    if wanted is not None:
        window.desk.check_later = True
        if not window.open_file(wanted):
            window.new_unit()
    return window
