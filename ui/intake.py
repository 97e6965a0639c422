"""The import under way: the workbook, the sheet, what was chosen, and the plan that comes of it.

Reading, planning and trying out run in a worker over immutable values; only the saving is done here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.backups import Why
from core.batches import KINDS
from core.book import Book
from core.change import Change
from core.collecting import paused
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Sheet, Workbook
from core.intake.commit import change_of
from core.intake.corrections import corrected
from core.intake.header import Header, find_header, header_at, remapped
from core.intake.layouts import Layout, dumps, keep, layout_of, loads
from core.intake.make import make_plan, named_year
from core.intake.plan import GUESSED, Choices, Plan
from core.intake.preview import STATE_LABELS, Cells, Preview, State, preview
from core.intake.sheet import open_workbook
from core.intake.survey import Found, likeliest, survey
from core.jobs import Progress
from core.ledger import Ledger, Outcome, Refused
from ui.desk import Desk
from ui.form import Forecast, worded
from ui.tasks import Job, Lane, Latest

intake_lane = Lane()  # reads, plans, exports and compares workbooks


@dataclass(frozen=True)
class Planned:
    """A plan with the sheet it was made of, as it was typed over, and what is shown of it."""

    book: Book
    sheet: Sheet
    plan: Plan
    preview: Preview
    cells: Cells
    change: Change | None  # None while the unit of amounts is not known


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import stored."""

    sheet: str
    count: int
    amount: int
    year: int
    batch: int
    label: str  # of the step it was
    left: str  # what was not stored, in words


class ImportWork(QObject):
    """One file on its way into the ledger. Everything shown of it is read here; every choice is made here."""

    kinds: Mapping[str, str] = KINDS  # what a sheet may be
    labels: Mapping[State, str] = STATE_LABELS  # what becomes of a row
    asks_year = True  # whether the officer may say of which year a sheet is

    begun = Signal()  # a file is being read
    read = Signal()  # its sheets are known
    chosen = Signal()  # another sheet, header or kind: the columns are others
    planned = Signal()  # the plan is as was chosen
    tried = Signal()  # and what it would break is known
    stored = Signal()
    failed = Signal(str)  # reading or saving went wrong
    stepped = Signal(int, int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.path: Path | None = None
        self.workbook: Workbook | None = None
        self.found: tuple[Found, ...] = ()
        self.place = 0  # of the sheet
        self.header: Header | None = None
        self.choices = Choices()
        self.typed: dict[tuple[int, int], str] = {}
        self.layout: Layout | None = None  # by which the columns were taken
        self.now: Planned | None = None
        self.problem = ""  # why there is no plan
        self.forecast = Forecast()
        self.done: dict[str, Stored] = {}  # by the name of the sheet
        self.is_saving = False  # while the ledger takes the records in
        self._job: Job | None = None
        self._plans = Latest(intake_lane, 0, self)
        self._plans.done.connect(self._on_planned)
        self._plans.failed.connect(self._on_not_planned)
        self._trials = Latest(intake_lane, 0, self)
        self._trials.done.connect(self._on_tried)

    # Reading

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read or stored."""
        return self._job is not None

    def open(self, path: Path) -> None:
        """Read a file: its sheets, and what each of them is."""
        self.close()
        self.path = path
        layouts, kinds = loads(self.desk.import_layouts), self.kinds

        def work(progress: Progress) -> tuple[Workbook, tuple[Found, ...]]:
            progress.step(0, 1)
            with paused():
                workbook = open_workbook(path)
                return workbook, survey(workbook, layouts, progress, kinds)

        self._start(work, self._on_read)
        self.begun.emit()

    def cancel(self) -> None:
        """Stop reading."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def close(self) -> None:
        """Forget the file."""
        self.cancel()
        self._plans.stop()
        self._trials.stop()
        self.path = self.workbook = self.header = self.layout = self.now = None
        self.found, self.done, self.place, self.problem = (), {}, 0, ""

    @property
    def one(self) -> Found:
        """The sheet."""
        return self.found[self.place]

    def choose_sheet(self, place: int) -> None:
        """Go on with a sheet; what was chosen for another one is forgotten."""
        self.place = place
        one = self.one
        self.header, self.layout, self.typed, self.now = one.header, one.layout, {}, None
        self.choices = one.layout.choices() if one.layout else Choices()
        if one.sheet is not None and one.header is None and one.codes is None and one.sheet.rows:
            self.header = header_at(one.sheet, "payments", 0, 0)
        self._choose_year()
        self.chosen.emit()
        self.plan()

    def next_sheet(self) -> int:
        """The sheet to go on with: the first recognised one behind this that was not imported; -1 for none."""
        places = (*range(self.place + 1, len(self.found)), *range(self.place))
        known = (
            p for p in places if self.found[p].name not in self.done and (self.found[p].header or self.found[p].codes)
        )
        return next((p for p in known if self.found[p].rows > 0 and not self.found[p].is_hidden), -1)

    # Choosing

    def set_rows(self, first: int, last: int) -> None:
        """Take other rows (from 0) for the headings."""
        if self.header is not None and self.one.sheet is not None:
            last = min(max(first, last), first + 2, len(self.one.sheet.rows) - 1)
            self._take(header_at(self.one.sheet, self.header.kind, min(first, last), last))

    def set_kind(self, kind: str) -> None:
        """Take the sheet for a list of another kind; its best header is looked for unless the rows suit it too."""
        if self.header is not None and self.one.sheet is not None:
            same = header_at(self.one.sheet, kind, self.header.first, self.header.last)
            best = find_header(self.one.sheet, kind)
            self._take(best or same)

    def set_field(self, place: int, field: str) -> None:
        """Take a column for another field; a field has one column."""
        if self.header is not None:
            self._take(remapped(self.header, {place: field}))

    def choose(self, **choices: Any) -> None:
        """Decide something else about the sheet."""
        self.choices = replace(self.choices, **choices)
        self.plan()

    def settle(self, key: str, answer: str) -> None:
        """Say what an unknown project is: ``create`` it, the id of one there is, or empty: not known yet."""
        matched = {name: project for name, project in self.choices.matched.items() if name != key}
        create = self.choices.create - {key}
        if answer == "create":
            create |= {key}
        elif answer:
            matched[key] = int(answer)
        self.choose(matched=matched, create=create)

    def type_over(self, row: int, place: int, text: str) -> None:
        """Correct a cell (row from 1, column from 0) for this import; the file stays as it is."""
        self.typed[row - 1, place] = text
        self.plan()

    def take(self, rows: set[int], is_taken: bool) -> None:
        """Store rows (from 1) although they are duplicates or doubtful, or leave them out."""
        taken, out = self.choices.taken, self.choices.left_out
        self.choose(taken=taken | rows if is_taken else taken - rows, left_out=out - rows if is_taken else out | rows)

    def give_back(self, rows: set[int]) -> None:
        """Treat rows (from 1) as if nothing had been said of them."""
        self.choose(taken=self.choices.taken - rows, left_out=self.choices.left_out - rows)

    def remember(self, name: str) -> None:
        """Keep what was chosen by name, for the next sheet with these headings."""
        if self.header is not None:
            layouts = keep(loads(self.desk.import_layouts), layout_of(name, self.header, self.choices))
            self.desk.keep_import_layouts(dumps(layouts))

    def _take(self, header: Header) -> None:
        self.header, self.layout = header, None
        self._choose_year()
        self.chosen.emit()
        self.plan()

    def _choose_year(self) -> None:
        """A sheet that names no year is of the year on show."""
        header, sheet = self.header, self.one.sheet
        asked = header is not None and sheet is not None and not self.choices.year
        if asked and not named_year(sheet, header, self.desk.year):  # type: ignore[arg-type]
            self.choices = replace(self.choices, year=self.desk.year)

    # Planning

    @property
    def is_planning(self) -> bool:
        """Whether a plan is still to come."""
        return self._plans.is_busy

    def plan(self) -> None:
        """Work out anew what would be stored."""
        self._trials.stop()
        header, sheet, workbook = self.header, self.one.sheet if self.found else None, self.workbook
        if header is None or sheet is None or workbook is None:
            return
        book, choices, typed, today = self.desk.book, self.choices, dict(self.typed), self.desk.today()

        def work(progress: Progress) -> Planned:
            with paused():
                own = corrected(sheet, typed)
                plan = make_plan(book, workbook, own, header, choices, today, progress)
                known = plan.unit_from != GUESSED or plan.total is None
                change = change_of(book, plan, datetime.now()) if known else None
                return Planned(book, own, plan, preview(own, plan), Cells(book, own, plan), change)

        self._plans.ask(work)

    def _on_planned(self, planned: Planned) -> None:
        self.now, self.problem, self.forecast = planned, "", Forecast()
        if planned.change:
            ledger, change = self._ledger(), planned.change
            self._trials.ask(lambda _progress: ledger.try_(change))
        self.planned.emit()

    def _on_not_planned(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.now, self.problem, self.forecast = None, str(error), Forecast()
        self.planned.emit()

    def _on_tried(self, outcome: Outcome) -> None:
        assert self.now is not None
        self.forecast = worded(outcome, self.now.plan.year, self.desk.today())
        self.tried.emit()

    def _ledger(self) -> Ledger:
        """The ledger for a worker: its findings are worked out here, where they are kept."""
        ledger = self.desk.ledger
        _held = ledger.findings
        return ledger

    # Storing

    def store(self) -> None:
        """Back the file up and save exactly what is planned, as one step that can be undone."""
        if self.now is None or self.is_busy:
            return
        ledger, planned = self._ledger(), self.now

        def work(progress: Progress) -> tuple[Change, Planned]:
            with paused():
                change = change_of(planned.book, planned.plan, datetime.now())
                progress.step(1, 3)
                outcome = ledger.prepare(change)
                if outcome.blocking:
                    raise Refused(outcome.blocking)
                progress.step(2, 3)
                ledger.back_up(Why.IMPORT)
            return change, planned

        self._start(work, self._on_backed_up)
        self.begun.emit()

    def _on_backed_up(self, answer: tuple[Change, Planned]) -> None:
        change, planned = answer
        plan = planned.plan
        if not change:
            self.failed.emit(_("没有可导入的新行。"))
            return
        if self.desk.book is not planned.book:
            self.failed.emit(_("预览之后台账有了改动，请重新核对后再导入。"))
            self.plan()
            return
        self._trials.stop()
        self.is_saving = True
        is_saved = self.desk.commit(change)
        self.is_saving = False
        if is_saved:
            self.done[self.one.name] = Stored(
                plan.sheet, plan.new, plan.stored_total, plan.year, plan.batch, change.label, _left(plan)
            )
            self.stored.emit()
        else:
            self.failed.emit(_("没有导入任何数据。"))

    # Jobs

    def _start(self, work: Any, done: Any) -> None:
        job = self._job = intake_lane.start(work)
        job.progressed.connect(self.stepped)

        def answer(result: Any) -> None:
            self._job = None
            done(result)

        job.done.connect(answer)
        job.failed.connect(self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(str(error))

    def _on_read(self, answer: tuple[Workbook, tuple[Found, ...]]) -> None:
        self.workbook, self.found = answer
        self.place = likeliest(self.found)
        self.read.emit()


def _left(plan: Plan) -> str:
    """What of a sheet was not stored."""
    counts = (
        (len(plan.held), _("待确认{n}行")),
        (len(plan.duplicates), _("重复{n}行")),
        (len(plan.skipped), _("跳过{n}行")),
    )
    return "、".join(text.format(n=count) for count, text in counts if count)
