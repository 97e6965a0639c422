"""What helps along: the help at the place where the keys are, the tour of the sample, the quick guide on paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from core.help_topics import HOWTOS
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.dialogs.help import HelpDialog
    from ui.window import Window

HELP = "help"  # property of a widget: the page of the help that is about it
START = "01-start"
# Pages whose help is not named like them.
NAMED_OTHERWISE = {"projects": "02-budget"}


def topic_of(page: str) -> str:
    """The help of a page: the file named like it, such as 05-goals for goals; the beginning where there is none."""
    if page in NAMED_OTHERWISE:
        return NAMED_OTHERWISE[page]
    name = page.replace("_", "-")
    return next((path.stem for path in sorted(HOWTOS.glob(f"[0-9][0-9]-{name}.md"))), START)


class Guidance(QObject):
    """The commands of the window that explain the program."""

    def __init__(self, window: "Window", desk: Desk) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self.help: HelpDialog | None = None

    def show_help(self, topic: str = "") -> None:
        """Show the help at a topic; without one, at what the keys are at."""
        from ui.dialogs.help import HelpDialog

        if self.help is None:
            self.help = HelpDialog(self.desk, self.window)
        self.help.show_topic(topic or self.topic_here())

    def topic_here(self) -> str:
        """The help of the part that has the keys, else of the page on show."""
        part: QWidget | None = QApplication.focusWidget()
        while part is not None:
            if topic := part.property(HELP):
                return str(topic)
            part = part.parentWidget()
        return topic_of(self.window.current.name) if self.window.current else START
