"""The comparison under way (月度对账): the export, what the officer answered, and what is to be mended.

Reading and comparing run in a worker over immutable values; the mends are saved here, as one step.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.batches import EXPORTS, PAYMENTS
from core.collecting import paused
from core.errors import UserError
from core.i18n import _
from core.intake.plan import GUESSED, Plan
from core.intake.preview import STATE_LABELS, Preview, State, row_states
from core.jobs import Progress
from core.matching.compare import compare
from core.matching.exported import OtherUnitError, compared_to, read_export
from core.matching.mending import Mend, Order, mend, reconcile
from core.matching.model import Answers, Comparison, Key, Match
from core.matching.quotas import QuotaComparison, compare_quotas
from ui.desk import Desk
from ui.form import Forecast
from ui.intake import ImportWork

QuotaKey = tuple[int, str, str]
Result = Comparison | QuotaComparison


@dataclass(frozen=True)
class Compared:
    """A comparison with what was found of the sheet's rows."""

    asked: tuple[object, ...]  # of which book, sheet and choices it is
    plan: Plan
    preview: Preview
    result: Result


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether the same was read: the very book and sheet, and equal choices."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


class MatchWork(ImportWork):
    """One export held against the year on show. Nothing is answered for the officer and nothing saved unasked."""

    kinds = EXPORTS
    labels: Mapping[State, str] = {**STATE_LABELS, State.NEW: _("参加比较")}

    asks_year = False

    refused = Signal(str)  # the mends were not saved

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._forget()

    def _forget(self) -> None:
        self.until = ""  # empty: as the export suggests
        self.answers = Answers()
        self.accepted: dict[QuotaKey, str] = {}
        self.orders: dict[Key, Mend] = {}
        self.parts: dict[Key, tuple[str, ...]] = {}  # where only some of the fields are taken
        self.is_own = False  # the officer says it is this unit's
        self.is_other_unit = False

    def close(self) -> None:
        super().close()
        self._forget()

    @property
    def result(self) -> Result | None:
        """The comparison; None while there is none."""
        return self.now.result if isinstance(self.now, Compared) else None

    @property
    def is_certain(self) -> bool:
        """Whether the sheet was read without a question: its columns and the unit of its amounts are known."""
        plan = self.now.plan if self.now is not None else None
        return plan is not None and (plan.unit_from != GUESSED or plan.total is None)

    # Answers

    def insist(self) -> None:
        """It is this unit's export, although it names another."""
        self.is_own = True
        self.plan()

    def compare_to(self, day: str) -> None:
        """Compare up to another day (ISO)."""
        self.until = day
        self.plan()

    def same(self, matches: Iterable[Match]) -> None:
        """These are the same."""
        keys = {one.key for one in matches}
        self._answer(replace(self.answers, same=self.answers.same | keys))

    def pair(self, lines: Iterable[Match], payments: Iterable[Match]) -> None:
        """These rows of the export and these payments are the same, although nothing proposed it."""
        rows = tuple(row for one in lines for row in one.key[0])
        ids = tuple(number for one in payments for number in one.key[1])
        self._answer(replace(self.answers, same=self.answers.same | {(rows, ids)}))

    def apart(self, matches: Iterable[Match]) -> None:
        """These are not the same."""
        keys = {one.key for one in matches}
        held = self.answers
        self._answer(replace(held, apart=held.apart | keys, same=held.same - keys))

    def accept(self, keys: Iterable[Key | QuotaKey], reason: str) -> str:
        """Let differences stand, with a reason; returns what is wrong with it."""
        text = " ".join(reason.split())
        if not text:
            return _("请写明接受差异的原因。")
        for key in keys:
            if len(key) == 3:
                self.accepted[key] = text
            else:
                self.orders.pop(key, None)
                self.answers = replace(self.answers, accepted={**self.answers.accepted, key: text})
        self.plan()
        return ""

    def take_back(self, keys: Iterable[Key | QuotaKey]) -> None:
        """Forget what was said of these."""
        gone = set(keys)
        held = self.answers
        for key in gone:
            self.accepted.pop(key, None)  # type: ignore[call-overload]
        kept = {key: reason for key, reason in held.accepted.items() if key not in gone}
        self._answer(Answers(held.same - gone, held.apart - gone, kept))

    def _answer(self, answers: Answers) -> None:
        self.answers = answers
        self.plan()

    # Mends

    def order(self, matches: Iterable[Match], wanted: Mend, fields: tuple[str, ...] = ()) -> None:
        """Mark what is to be done; marking the same again takes the marks away. ``fields``: which are taken, where not
        all that differ."""
        keys = [one.key for one in matches]
        if all(self.orders.get(key) == wanted and self.parts.get(key, ()) == fields for key in keys):
            for key in keys:
                del self.orders[key]
        else:
            self.orders |= dict.fromkeys(keys, wanted)
            self.parts |= dict.fromkeys(keys, fields)

    def carry_out(self) -> bool:
        """Do everything that is marked, as one step that can be undone."""
        result = self.result
        if not isinstance(result, Comparison) or not self.orders:
            return False
        parts = self.parts
        orders = [
            Order(one, self.orders[one.key], parts.get(one.key, ())) for one in result.matches if one.key in self.orders
        ]
        try:
            change = mend(self.desk.book, orders, self.desk.today())
        except UserError as error:
            self.refused.emit(str(error))
            return False
        self.orders = {}
        if not self.desk.commit(change):
            self.orders = {one.match.key: one.mend for one in orders}
            return False
        return True

    def reconcile(self, day: str) -> bool:
        """Set 已对账至 to a day."""
        result = self.result
        if not isinstance(result, Comparison):
            return False
        try:
            return self.desk.commit(reconcile(self.desk.book, result, day))
        except UserError as error:
            self.refused.emit(str(error))
            return False

    # Comparing

    def _choose_year(self) -> None:
        """It is always held against the year on show."""

    def plan(self) -> None:
        """Compare anew."""
        header, sheet, workbook = self.header, self.one.sheet if self.found else None, self.workbook
        if header is None or sheet is None or workbook is None:
            return
        desk = self.desk
        book, year, today, choices = desk.book, desk.year, desk.today(), self.choices
        until, answers, accepted, is_own = self.until, self.answers, dict(self.accepted), self.is_own

        held = self.now if isinstance(self.now, Compared) else None
        asked = (book, sheet, header, choices, year, is_own)

        def work(progress: Progress) -> Compared:
            with paused():
                if held is not None and _same(held.asked, asked):  # an answer does not change what was read
                    export = held.result.export
                else:
                    export = read_export(book, workbook, sheet, header, choices, year, is_own, progress)
                result: Result
                if export.kind == PAYMENTS:
                    result = compare(book, export, until or compared_to(export, today), answers, progress)
                else:
                    result = compare_quotas(book, export, accepted)
                states = tuple(row_states(sheet, export.plan))
                return Compared(asked, export.plan, Preview(states, (), {}, {}, {}), result)

        self._plans.ask(work)

    def _on_planned(self, compared: Compared) -> None:  # type: ignore[override]
        if not self.desk.is_open:
            return  # the file was closed in the meantime
        self.now = compared  # type: ignore[assignment]
        self.problem, self.forecast, self.is_other_unit = "", Forecast(), False
        result = compared.result
        if isinstance(result, Comparison):
            held = {one.key for one in result.matches}
            self.orders = {key: wanted for key, wanted in self.orders.items() if key in held}
        self.planned.emit()

    def _on_not_planned(self, error: Exception) -> None:
        self.is_other_unit = isinstance(error, OtherUnitError)
        if not self.desk.is_open:
            return
        super()._on_not_planned(error)
