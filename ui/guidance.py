"""What helps along: the help at the place where the keys are, the tour of the sample, the quick guide on paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from core.i18n import _
from core.tour import FOLDER, is_sample, open_item, tour_steps, tour_year
from ui.desk import Desk
from ui.widgets.areas import focus_page
from ui.widgets.parts import soon
from ui.widgets.tour_card import TourCard, place_of_keys

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
    return next((path.stem for path in sorted(FOLDER.glob(f"[0-9][0-9]-{name}.md"))), START)


class Guidance(QObject):
    """The commands of the window that explain the program."""

    def __init__(self, window: "Window", desk: Desk) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self.help: HelpDialog | None = None
        self.card: TourCard | None = None  # of the tour, while it was asked for
        self._step = 0
        desk.changed.connect(self._renew_step)
        desk.opened.connect(self.leave_tour)
        desk.tour_asked.connect(self.start_tour)

    def show_help(self, topic: str = "") -> None:
        """Show the help at a topic; without one, at what the keys are at."""
        from ui.dialogs.help import HelpDialog

        if self.help is None:
            self.help = HelpDialog(self.desk, self.window)
            self.help.guide_asked.connect(self.print_guide)
        self.help.show_topic(topic or self.topic_here())

    def print_guide(self) -> None:
        """Show the quick guide, to be printed or saved."""
        from ui.dialogs.quick_guide import QuickGuideDialog

        dialog = QuickGuideDialog(self.desk, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def topic_here(self) -> str:
        """The help of the part that has the keys, else of the page on show."""
        part: QWidget | None = QApplication.focusWidget()
        while part is not None:
            if topic := part.property(HELP):
                return str(topic)
            part = part.parentWidget()
        return topic_of(self.window.current.name) if self.window.current else START

    # The tour

    def areas(self) -> list[QWidget]:
        """Where F6 goes besides the page."""
        return [self.card] if self.card is not None else []

    def start_tour(self) -> None:
        """Go on with the tour where it was left; another file gives way to the sample."""
        if not self.desk.is_open or not is_sample(self.desk.book):
            self.window.open_sample()
            if not self.desk.is_open or not is_sample(self.desk.book):
                return  # why it could not be opened is told
        if self.card is None:
            self.card = TourCard(self.window)
            self.card.step_asked.connect(self._go_on)
            self.card.place_asked.connect(self._go_to_place)
            self.card.left.connect(self.leave_tour)
        settings = self.window.settings
        self._step = settings.tour_step if settings.tour_step < len(tour_steps()) else 0
        self._show_step()

    def leave_tour(self) -> None:
        """Put the card away; the tour can be gone on with later."""
        if self.card is not None and self.card.isVisible():
            self.card.hide()
            if self.window.current is not None:
                focus_page(self.window.current, self.window.current.areas(), self.window.navigation)

    def _go_on(self, by: int) -> None:
        self._step = max(0, self._step + by)
        self.window.settings.tour_step = self._step if self._step < len(tour_steps()) else 0
        if self._step < len(tour_steps()):
            self._show_step()
        else:
            self.leave_tour()
            self.window.notice.tell(_("导览结束。全部问题在“核对”页；按 F1 随时打开帮助。"), False)

    def _show_step(self) -> None:
        self._go_to_place()
        soon(self, self._stand)

    def _go_to_place(self) -> None:
        desk, step = self.desk, tour_steps()[self._step]
        if desk.year != tour_year():
            self.window.show_year(tour_year())
        item = open_item(step, desk.book, (*desk.review().open, *desk.review().todo))
        self.window.go(item.finding.about if item else step.place(desk.book))

    def _stand(self) -> None:
        assert self.card is not None
        self._renew_step(even_hidden=True)
        self.card.stand_beside(place_of_keys(self.window))
        self.card.next.setFocus()

    def _renew_step(self, _outcome: object = None, even_hidden: bool = False) -> None:
        """Say whether the error of the step has gone."""
        if self.card is not None and (even_hidden or self.card.isVisible()):
            step, review = tour_steps()[self._step], self.desk.review()
            item = open_item(step, self.desk.book, (*review.open, *review.todo))
            self.card.show_step(step, self._step + 1, len(tour_steps()), item is None)
            self.card.adjustSize()
