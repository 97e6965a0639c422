"""The desk: the open ledger for Qt, and the only hub of signals. Widgets never talk to widgets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.backups import Why
from core.book import Book
from core.change import Change
from core.check import About, Finding
from core.errors import UserError
from core.i18n import _
from core.ledger import Ledger, Outcome, closes_a_year
from core.model import YearState
from core.money import show_wan, show_yuan
from core.review import Review, review
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.copies import Copies


class Desk(QObject):
    """Holds the open file, the year and the money unit on show; every edit of the window goes through it."""

    opened = Signal()  # another file is open: read everything anew
    changed = Signal(object)  # Outcome of a commit, undo or redo
    year_changed = Signal(int)
    unit_changed = Signal(str)  # 万元 | 元
    selected = Signal(object)  # About: the row, project or section the user is at
    asked = Signal(object)  # About: show this place
    file_asked = Signal(object)  # Path: open this file
    tour_asked = Signal()  # go on with the tour of the sample
    explained = Signal(str)  # a page of the help: the id of a rule, or a topic
    folder_chosen = Signal(object)  # Path: where reports are saved
    tallied = Signal(str)  # count, sum and average of the chosen cells; empty: nothing to be said
    look_changed = Signal()  # colours, font size or layout: what is made with them is made anew
    layout_changed = Signal(str, str)  # a grid and how its columns are arranged now
    import_layouts_changed = Signal(str)  # what columns of imported sheets mean, see core.intake.layouts
    told = Signal(str, bool)  # a message for the user; True: something was refused

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger: Ledger | None = None
        self._review: tuple[Book, int, date, Review] | None = None
        self.year = 0
        self.settings: Settings | None = None  # what the program remembers; the window gives it
        self.money_unit = "万元"
        self.today = date.today  # replaced where pictures and tests need a fixed day
        self.report_folder: Path | None = None  # where reports were saved last
        self.layouts: dict[str, str] = {}  # how the columns of grids are arranged, by grid
        self.copies: Copies | None = None  # backups of the file; the window gives it
        self.import_layouts = ""  # what columns of imported sheets mean
        self.check_later = False  # show the next file before it is checked: the program starts sooner
        self._unchecked = False

    @property
    def is_open(self) -> bool:
        """Whether a file is open."""
        return self._ledger is not None

    @property
    def ledger(self) -> Ledger:
        """The open ledger. Only valid while ``is_open``."""
        assert self._ledger is not None
        return self._ledger

    @property
    def book(self) -> Book:
        """The book as it is now."""
        return self.ledger.book

    @property
    def is_checked(self) -> bool:
        """Whether the findings on show are those of the file, not an empty list while it is being checked."""
        return self.is_open and not self._unchecked

    @property
    def file_readonly(self) -> bool:
        """Whether nothing in the file can be changed."""
        return self._ledger is None or self._ledger.readonly

    @property
    def readonly(self) -> bool:
        """Whether nothing of the year on show can be edited: the file is read-only, or the year final (已定稿)."""
        return self.file_readonly or self._state() == YearState.FINAL

    @property
    def locked(self) -> bool:
        """Whether budget events, payments and commitments of the year on show are fixed."""
        return self.file_readonly or self._state() != YearState.OPEN

    def show_ledger(self, ledger: Ledger, year: int = 0) -> None:
        """Put another open ledger on the desk and close the one before."""
        self.close()
        self._ledger = ledger
        self._review = None
        years = [y.year for y in ledger.book.years()]
        self.year = year if year in years else (years[-1] if years else self.today().year)
        self.sign()
        ledger.listen(self.changed.emit)
        self._unchecked, self.check_later = self.check_later, False
        self.opened.emit()
        if self._unchecked:
            QTimer.singleShot(60, self._check)

    def open(self, path: Path, readonly: bool = False) -> None:
        """Open a file and show it. Raises ``UserError``; what was open stays open. What was being typed when
        the program last ended without saving is saved now, as a step that can be undone."""
        ledger = Ledger.open(path, readonly)
        try:
            recovered, trouble = ledger.recover(), ""
        except UserError as error:  # a full disk: the file can be read all the same, and keeps what was put aside
            recovered, trouble = None, str(error)
        self.show_ledger(ledger)
        if trouble:
            self.told.emit(trouble, True)
        if recovered:
            text = _("上次退出时没有来得及保存的内容已恢复（{what}），不需要时可以撤销。")
            self.told.emit(text.format(what=recovered.change.label), False)

    def sign(self) -> None:
        """Have the journal record who works here from now on."""
        if self._ledger is not None and self.settings is not None:
            self._ledger.operator = self.settings.operator

    def keep_unsaved(self, change: Change | None) -> None:
        """Put aside what is being typed until it is saved."""
        try:
            self.ledger.keep_unsaved(change)
        except UserError as error:
            self.told.emit(str(error), True)

    def close(self) -> None:
        """Close the file."""
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def set_year(self, year: int) -> None:
        """Show another year."""
        if year != self.year:
            self.year = year
            self.year_changed.emit(year)

    def set_money_unit(self, unit: str) -> None:
        """Show amounts in 万元 or 元."""
        if unit != self.money_unit:
            self.money_unit = unit
            self.unit_changed.emit(unit)

    def money(self, fen: int) -> str:
        """An amount in the unit on show."""
        return show_wan(fen) if self.money_unit == "万元" else show_yuan(fen)

    def try_(self, change: Change) -> Outcome | None:
        """What a change would do; None if it cannot be tried."""
        try:
            return self.ledger.try_(change) if change else None
        except (UserError, ValueError):
            return None

    def commit(self, change: Change | None) -> bool:
        """Save a change. On refusal the reason is told and False returned; nothing has changed then."""
        if not change:
            return True
        try:
            if closes_a_year(change):
                self.ledger.back_up(Why.YEAR_END)
            self.ledger.commit(change)
        except UserError as error:
            self.told.emit(str(error), True)
            return False
        return True

    def undo(self) -> None:
        """Take back the last action and show the year it was in."""
        self._step(self.ledger.undo)

    def redo(self) -> None:
        """Repeat the action taken back last."""
        self._step(self.ledger.redo)

    def repair(self, finding: Finding) -> None:
        """Take the finding's one right repair, where there is one."""
        self.commit(self.ledger.repair(finding))

    def review(self) -> Review:
        """The findings of the year on show; none while the file is still to be checked."""
        if self._unchecked:
            return Review((), (), ())
        held, today = self._review, self.today()
        if held is None or held[0] is not self.book or held[1:3] != (self.year, today):
            found = review(self.book, self.ledger.findings, self.year, today)
            self._review = held = (self.book, self.year, today, found)
        return held[3]

    def _check(self) -> None:
        """Check the file that was shown first; whoever shows findings reads a year's anew when told of it."""
        self._unchecked = False
        if self.is_open:
            self.year_changed.emit(self.year)

    def go(self, about: About) -> None:
        """Ask the window to show a place."""
        self.asked.emit(about)

    def _state(self) -> str:
        record = self.book.year(self.year)
        return record.state if record else YearState.OPEN

    def explain(self, topic: str) -> None:
        """Ask the window to show a page of the help."""
        self.explained.emit(topic)

    def keep_layout(self, grid: str, layout: str) -> None:
        """Arrange the columns of a grid so from now on."""
        if self.layouts.get(grid) != layout:
            self.layouts[grid] = layout
            self.layout_changed.emit(grid, layout)

    def keep_import_layouts(self, layouts: str) -> None:
        """Take the columns of imported sheets for this from now on."""
        self.import_layouts = layouts
        self.import_layouts_changed.emit(layouts)

    def check_anew(self) -> None:
        """Check the file anew: what rules judge by beside it is not as it was."""
        self.ledger.check_anew()
        self._review = None
        self.year_changed.emit(self.year)

    def choose_folder(self, folder: Path) -> None:
        """Save reports there from now on."""
        self.report_folder = folder
        self.folder_chosen.emit(folder)

    def _step(self, step: Callable[[], Outcome | None]) -> None:
        try:
            outcome = step()
        except UserError as error:
            self.told.emit(str(error), True)
            return
        if outcome:
            years = {getattr(diff.record, "year", 0) for diff in outcome.change.diffs} - {0}
            if years and self.year not in years and self.book.year(max(years)):
                self.set_year(max(years))
