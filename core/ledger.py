"""The open file: the one mutable object. Everything that changes goes through ``commit``.

A change is applied, rechecked, and refused if it raises a new finding of severity 阻止; then it is
written in one transaction with its journal line; then it becomes the book; then listeners hear of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from core.backups import Made, Why, back_up, backup_folder, is_due, last_backup
from core.book import Book
from core.change import Change
from core.check import Finding, Findings, Severity, Stage, Subject, message
from core.checker import Checker
from core.collecting import paused
from core.database import copy_checked, shrink
from core.errors import UserError
from core.i18n import _
from core.model import Attachment, Year, YearState
from core.outline import section_keys
from core.repairs import REPAIRS
from core.store import Line, Store, read_content


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change does: to the book and to the findings."""

    kind: str  # do | undo | redo | open
    change: Change
    before: Book
    after: Book
    findings: Findings
    raised: tuple[Finding, ...] = ()  # findings that were not there before
    cleared: tuple[Finding, ...] = ()  # findings that are gone

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings for which the change is refused."""
        return tuple(f for f in self.raised if f.severity == Severity.BLOCK)


class Refused(UserError):  # noqa: N818 (it is an answer, not a fault)
    """A change that a rule of severity 阻止 refuses; says each reason."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(describe(f) for f in self.findings))


def checker() -> Checker:
    """All rules of the program over the sections of a report."""
    from core.rules import RULES

    return Checker(RULES, section_keys)


def describe(finding: Finding) -> str:
    """A finding in words, with the words of its rule."""
    from core.rules import BY_ID

    return message(BY_ID[finding.rule], finding)


class Ledger:
    """An open ledger file with its book, findings, and what can be undone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._checker: Checker | None = None
        self._findings: Findings | None = None
        self._done: list[Line] = []
        self._undone: list[Line] = []
        self._listeners: list[Callable[[Outcome], None]] = []
        self._tried: Outcome | None = None
        self._packed: tuple[Change, bytes] | None = None  # the change that was prepared last
        self._saves = self._backed_up = 0  # how often was saved in this session, and at its last backup
        self.after_backup: Callable[[], object] = lambda: None  # called in the thread that made a backup
        self.operator = ""  # who works here, for the journal; empty: the account of the computer
        self.check_seconds = 0.0  # how long the last check or recheck took
        self.book = store.load()

    @classmethod
    def open(cls, path: Path, readonly: bool = False) -> "Ledger":
        """Open a file. Raises ``UserError``, see ``Store.open``."""
        return cls._over(Store.open(path, readonly))

    @classmethod
    def create(cls, path: Path) -> "Ledger":
        """Make a new, empty file. Raises ``UserError``, see ``Store.create``."""
        return cls._over(Store.create(path))

    @classmethod
    def _over(cls, store: Store) -> "Ledger":
        try:
            return cls(store)
        except BaseException:
            store.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._store.path

    @property
    def readonly(self) -> bool:
        """True when nothing can be changed."""
        return self._store.readonly

    @property
    def checker(self) -> Checker:
        """The rules, loaded when first needed."""
        if self._checker is None:
            self._checker = checker()
        return self._checker

    @property
    def findings(self) -> Findings:
        """The findings of every year, computed when first asked for and kept up to date."""
        if self._findings is None:
            begun = perf_counter()
            self._findings = self.checker.check(self.book, (y.year for y in self.book.years()))
            self.check_seconds = perf_counter() - begun
        return self._findings

    def check_anew(self) -> None:
        """Forget the findings: something outside the file that rules judge by is not as it was (科目代码)."""
        self._findings = self._tried = None

    @property
    def undo_label(self) -> str:
        """Name of the action that ``undo`` takes back; empty if none."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """Name of the action that ``redo`` repeats; empty if none."""
        return self._undone[-1].label if self._undone else ""

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Call ``listener`` after every commit, undo and redo."""
        self._listeners.append(listener)

    def try_(self, change: Change, kind: str = "do") -> Outcome:
        """What a change would do; nothing is saved. What was tried last is not worked out again to save it."""
        tried = self._tried
        if tried and tried.before is self.book and tried.kind == kind and tried.change == change:
            return tried
        after = self.book.apply(change)
        held = self.findings
        begun = perf_counter()
        stale = self.checker.touched(self.book, after, change)
        findings = self.checker.recheck(held, after, stale)
        self.check_seconds = perf_counter() - begun
        old = {f for spot in stale for f in held.by_spot.get(spot, ())}
        new = {f for spot in stale for f in findings.by_spot.get(spot, ())}
        # Figures of a finding may move while what it complains of stays: then it is neither new nor gone.
        raised = (*self.checker.edits(self.book, after, change), *_missing(new, old))
        self._tried = Outcome(kind, change, self.book, after, findings, raised, _missing(old, new))
        return self._tried

    def prepare(self, change: Change) -> Outcome:
        """Work out what saving a large change needs before its transaction, so that ``commit`` is short. For any
        thread, while the findings are known and nothing else is saved."""
        outcome = self.try_(change)
        if not outcome.blocking:
            self._packed = change, change.pack()
        return outcome

    def commit(self, change: Change, contents: Mapping[str, bytes] | None = None) -> Outcome | None:
        """Save a change, with the ``contents`` of files that it attaches by their SHA-256; None if it changes
        nothing. Raises ``Refused`` or, from the store, ``UserError``; then nothing has changed."""
        if not change:
            return None
        return self._save(change, "do", 0, contents)

    def undo(self) -> Outcome | None:
        """Take back the last action of this session."""
        if not self._done:
            return None
        line = self._done[-1]
        return self._save(line.change.inverse(), "undo", line.id)

    def redo(self) -> Outcome | None:
        """Repeat the action that was taken back last."""
        if not self._undone:
            return None
        line = self._undone[-1]
        return self._save(line.change, "redo", line.id)

    def repair(self, finding: Finding) -> Change | None:
        """The finding's one right repair, if trying it clears the finding and raises none but to-dos: money
        brought forward still has to be spent, and the report has to say on what."""
        if finding.repair is None or self.readonly:
            return None
        try:
            change = REPAIRS[finding.repair.command](self.book, *finding.repair.args)
        except UserError:
            return None
        outcome = self.try_(change)
        clears = _complaint(finding) in map(_complaint, outcome.cleared)
        harms = not all(_is_to_do(raised, finding) for raised in outcome.raised)
        return change if clears and not harms else None

    def keep_unsaved(self, change: Change | None) -> None:
        """Put aside a change that is still being typed, so that a power cut does not lose it; the next commit
        forgets it. Raises ``UserError``."""
        if not self.readonly:
            self._store.keep_unsaved(change)

    def recover(self) -> Outcome | None:
        """Save what was put aside when the program last ended without saving; None if there is nothing."""
        try:
            change = None if self.readonly else self._store.unsaved()
            return self.commit(change) if change else None
        except (ValueError, Refused):
            return None  # it no longer fits the book

    def journal(self, after: int = 0) -> list[Line]:
        """The journal of the file behind line ``after``, oldest line first."""
        return list(self._store.journal(after))

    def last_line(self) -> Line | None:
        """The newest line of the journal; None for a file in which nothing was done."""
        return self._store.last_line()

    # The bytes of attached files, which no book holds

    def content(self, digest: str) -> bytes | None:
        """The bytes of an attached file; None where the file has none. For any thread. Raises ``UserError``."""
        return read_content(self.path, digest)

    def unused_contents(self) -> dict[str, int]:
        """The size of every file that is kept, by its SHA-256, though neither the book nor an undo or redo of this
        session names it."""
        lines = (*self._done, *self._undone)
        sides = (side for line in lines for diff in line.change.diffs for side in diff.sides())
        named = {one.digest for one in (*self.book.all(Attachment), *sides) if isinstance(one, Attachment)}
        return {digest: size for digest, size in self._store.content_sizes().items() if digest not in named}

    def forget_contents(self, label: str) -> int:
        """Let go of ``unused_contents``, with a line in the journal; returns how many. ``shrink`` gives the room back
        to the disk. Raises ``UserError``."""
        if self.readonly:
            raise UserError(_("文件以只读方式打开，不能修改。"))
        unused = self.unused_contents()
        if unused:
            self._store.write(Change(label), self.book.next_id, who=self.operator, contents=dict.fromkeys(unused))
            self._saves += 1
        return len(unused)

    def shrink(self) -> None:
        """Give room in the file that is no longer used back to the disk; may run in a thread. Raises ``UserError``."""
        shrink(self.path)

    @property
    def backup_folder(self) -> Path:
        """Where backups of this file are kept."""
        return backup_folder(self.path)

    def back_up(self, why: Why = Why.MANUAL) -> Made:
        """Back the file up into its backup folder; may run in a thread. Raises ``UserError``."""
        saves = self._saves
        made = back_up(self.path, [self.backup_folder], why)
        self._backed_up = saves
        self.after_backup()
        return made

    @property
    def is_changed_since_backup(self) -> bool:
        """Whether something was saved since this file was opened that no backup of this session has."""
        return self._saves != self._backed_up

    def is_backup_due(self, now: datetime) -> bool:
        """Whether a backup is to be made on opening: none yet, or the last one is older than a day."""
        return not self.readonly and is_due(self.last_backup(), now)

    def save_copy(self, target: Path) -> Path:
        """Copy the file to ``target``; may run in a thread. Raises ``UserError``."""
        copy_checked(self.path, target)
        return target

    def last_backup(self) -> datetime | None:
        """When the newest backup was made."""
        return last_backup(self.backup_folder, self.path.stem)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _save(self, change: Change, kind: str, target: int, contents: Mapping[str, bytes] | None = None) -> Outcome:
        if self.readonly:
            raise UserError(_("文件以只读方式打开，不能修改。"))
        with paused():
            outcome = self.try_(change, kind)
            if outcome.blocking:
                raise Refused(outcome.blocking)
            packed = self._packed[1] if self._packed and self._packed[0] is change else None
            line = self._store.write(change, outcome.after.next_id, kind, target, self.operator, contents, packed)
        self._saves += 1
        self.book = outcome.after
        self._findings = outcome.findings
        self._tried = self._packed = None
        match kind:  # before the listeners hear of it: they show what can be undone now
            case "do":
                self._done.append(line)
                self._undone.clear()
            case "undo":
                self._undone.append(self._done.pop())
            case "redo":
                self._done.append(self._undone.pop())
        for listener in self._listeners:
            listener(outcome)
        return outcome


def closes_a_year(change: Change) -> bool:
    """Whether a change locks a year (资金锁定) or finalises its report (定稿): a backup is made before it."""
    steps: list[str] = list(YearState)
    turned = ((diff.before, diff.after) for diff in change.diffs)
    return any(
        isinstance(before, Year) and isinstance(after, Year) and steps.index(after.state) > steps.index(before.state)
        for before, after in turned
    )


def _is_to_do(raised: Finding, repaired: Finding) -> bool:
    """Whether a finding that a repair raises is work of the year end: a disposition, or, after a repair of the
    ledger, something the report does not say yet. Words that are there and become wrong are harm."""
    from core.rules import BY_ID

    one = BY_ID[raised.rule]
    if (raised.stage or one.stage) == Stage.SETTLE:
        return True
    unsaid = one.subject in (Subject.TEXT, Subject.FORM) and one.stage == Stage.REPORT and not raised.words
    return unsaid and BY_ID[repaired.rule].subject == Subject.LEDGER


def _missing(these: set[Finding], those: set[Finding]) -> tuple[Finding, ...]:
    """Findings of ``these`` that are not among ``those``, by what they complain of."""
    known = Counter(map(_complaint, those))
    missing: list[Finding] = []
    for finding in sorted(these, key=lambda f: (f.rule, f.about.key(), f.about.start)):
        complaint = _complaint(finding)
        if known[complaint]:
            known[complaint] -= 1
        else:
            missing.append(finding)
    return tuple(missing)


def _complaint(finding: Finding) -> tuple[str, str, str, str]:
    """What stays the same while figures move and the words before a place in the text grow or shrink."""
    return finding.rule, finding.severity, finding.about.key(), finding.words
