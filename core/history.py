"""The journal (操作日志) as it is read: who did what when, and what each record was before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.book import Book
from core.change import Change, Diff, unpack_first
from core.check import About
from core.i18n import _
from core.labels import field_label, record_title, value_text
from core.model import (
    COLUMNS,
    Answer,
    BudgetEvent,
    Commitment,
    Fact,
    Payment,
    Project,
    ProjectYear,
    Section,
    Staff,
    Stated,
    Unit,
    UnitYear,
    Waiver,
    Year,
)

if TYPE_CHECKING:
    from core.store import Line

DO, UNDO, REDO = "do", "undo", "redo"
KIND_LABELS: Mapping[str, str] = {DO: _("操作"), UNDO: _("撤销"), REDO: _("重做")}

_ENTRIES = {BudgetEvent: "event", Payment: "payment", Commitment: "commitment"}
_CONTEXT = 12  # characters shown around what changed in a long text
_LONG = 60


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What a journal line did to one record. ``about`` is where it stands now; None if it is gone."""

    action: str  # 新增, 修改, 删除
    title: str
    year: int
    about: About | None
    fields: tuple[FieldChange, ...]


class History:
    """The lines of a journal; they can be added to, filtered, and explained."""

    def __init__(self, lines: Iterable["Line"] = ()) -> None:
        self.lines: list[Line] = []
        self._by_id: dict[int, Line] = {}
        self._undone: set[int] = set()
        self._texts: list[str] = []  # of the lines, to be searched; made when first needed
        self.extend(lines)

    def extend(self, lines: Iterable["Line"]) -> None:
        """Take in newer lines."""
        for line in lines:
            self.lines.append(line)
            self._by_id[line.id] = line
            if line.kind == UNDO:
                self._undone.add(line.target)
            elif line.kind == REDO:
                self._undone.discard(line.target)

    @property
    def last_id(self) -> int:
        """Number of the newest line; 0 if there is none."""
        return self.lines[-1].id if self.lines else 0

    def matching(self, words: str = "", kind: str = "") -> list["Line"]:
        """The lines that hold every one of the words (in time, name or label), newest first."""
        wanted = words.lower().split()
        if wanted:
            behind = self.lines[len(self._texts) :]
            self._texts += [f"{shown_time(line)} {line.who} {line.label}".lower() for line in behind]
            found = [line for line, text in zip(self.lines, self._texts, strict=True) if all(w in text for w in wanted)]
        else:
            found = self.lines
        return [line for line in reversed(found) if not kind or line.kind == kind]

    def is_undone(self, line: "Line") -> bool:
        """Whether what a line did was taken back and not repeated."""
        return line.id in self._undone

    def change_of(self, line: "Line", most: int | None = None) -> tuple[Change, int]:
        """The first ``most`` diffs of what a line did to the book, also where it undid or repeated another,
        and how many there are."""
        origin = line if line.kind == DO else self._by_id[line.target]
        change, total = unpack_first(line.label, origin.diffs, most)
        return (change.inverse() if line.kind == UNDO else change), total


def shown_time(line: "Line") -> str:
    """When a line was written: ``2024-01-20 14:32:07``."""
    return line.at.replace("T", " ")


def describe(book: Book, change: Change) -> list[RecordChange]:
    """What a change did, record by record; names are those of ``book``."""
    return [_describe(book, diff) for diff in change.diffs]


def _describe(book: Book, diff: Diff) -> RecordChange:
    action = _("新增") if diff.before is None else _("删除") if diff.after is None else _("修改")
    year = getattr(diff.record, "year", 0)
    return RecordChange(action, record_title(book, diff.record), year, place_of(book, diff), tuple(_fields(book, diff)))


def _fields(book: Book, diff: Diff) -> Iterator[FieldChange]:
    """The fields that changed; of a new or removed record those that were filled in."""
    for name in COLUMNS[type(diff.record)]:
        held = [getattr(side, name) for side in diff.sides()]
        unchanged = held[0] == held[-1] if len(held) == 2 else held[0] is False
        if unchanged or name in ("id", "year"):
            continue
        before, after = ("" if side is None else value_text(book, side, name) for side in (diff.before, diff.after))
        if before or after:
            yield FieldChange(field_label(type(diff.record), name), *excerpts(before, after))


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Two texts cut down to where they differ, with a little around it; short texts whole."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    start = max(0, start - _CONTEXT)
    end = max(0, end - _CONTEXT)
    return _cut(before, start, len(before) - end), _cut(after, start, len(after) - end)


def _cut(text: str, start: int, end: int) -> str:
    part = text[start:end]
    if len(part) > 4 * _LONG:
        part = part[: 2 * _LONG] + "…" + part[-2 * _LONG :]
    return ("…" if start else "") + part + ("…" if end < len(text) else "")


def place_of(book: Book, diff: Diff) -> About | None:
    """Where the window can show a changed record now; its project where the record itself is gone."""
    record = diff.record
    year = getattr(record, "year", 0)
    if isinstance(record, Project):
        return None  # a project is shown by its record of a year
    if year and book.year(year) is None:
        return None
    match record:
        case BudgetEvent() | Payment() | Commitment():
            if book.get(type(record), record.id):
                return About(_ENTRIES[type(record)], record.id)
            return _project(book, year, record.project)
        case ProjectYear():
            return _project(book, year, record.project)
        case Stated():
            return About("stated", record.about, record.item)
        case Fact():
            return About("fact", 0, record.item)
        case Section():
            return About("section", record.about, record.key)
        case Unit() | UnitYear():
            return About("unit")
        case Staff():
            return About("staff", record.id)
        case Year():
            return About("closing" if _is_turn(diff) else "year")
        case Fact():
            return About("fact", 0, record.item)
        case Waiver() | Answer():
            kind, number, field = record.about.split(":", 2)
            return About(kind, int(number), field)
    return None


def _is_turn(diff: Diff) -> bool:
    """Whether a year was locked, finalised or opened again."""
    held = [(side.state, side.locked_months) for side in diff.sides() if isinstance(side, Year)]
    return held[0] != held[-1]


def _project(book: Book, year: int, project: int) -> About | None:
    return About("project", project) if book.project_year(year, project) else None
