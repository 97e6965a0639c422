"""Reports as they were handed in (报送存档): kept in the file with every printed figure, and compared with now."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING

from core.book import Book
from core.change import Change
from core.check import About
from core.draft import Draft
from core.errors import UserError
from core.figures import ITEM_LABELS, Ref, label
from core.history import DO, History
from core.i18n import _
from core.labels import project_name
from core.model import (
    BudgetEvent,
    Fact,
    Indicator,
    Monitor,
    Payment,
    Project,
    ProjectYear,
    Record,
    Staff,
    Stated,
    Submission,
    UnitYear,
    Year,
    clean_text,
)
from core.report.choice import ANNEX_LABELS, USUAL_CHOICE, Choice
from core.report.model import Cover, Document, Printed, SignatureBlock

if TYPE_CHECKING:
    from core.store import Line


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that does not print as it was handed in; empty where it was not, or no longer is, printed."""

    ref: Ref
    label: str
    then: str
    now: str
    anchor: About | None = None  # where it stands now

    @property
    def difference(self) -> str:
        """Now less then, with its sign, at the finer of the two; empty where they are not two numbers."""
        pair = _numbers(self.then, self.now)
        if pair is None:
            return ""
        sign = "%" if self.now.endswith("%") else ""
        digits = max(_decimals(self.then), _decimals(self.now))
        return f"{pair[1] - pair[0]:+,.{digits}f}{sign}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report as handed in, held against the one that would print now."""

    changed: tuple[Changed, ...]
    same: int  # how many figures print as they did
    is_word_for_word: bool
    behind: Mapping[Ref, tuple["Line", ...]]  # the journal lines that changed a figure, the latest first


def submit(
    book: Book, year: int, document: Document, to: str, today: date, choice: Choice = USUAL_CHOICE, journal: int = 0
) -> Change:
    """Keep a report as handed in to someone. ``journal`` is the number of the file's last journal line. Raises
    ``UserError`` where it is not said to whom."""
    recipient = clean_text(to).strip()
    if not recipient:
        raise UserError(_("请填写报送对象，例如区财政局。"))
    draft = Draft(book)
    draft.add(
        Submission(
            id=0,
            year=year,
            date=today.isoformat(),
            recipient=recipient,
            digest=document_digest(document),
            journal=journal,
            annexes=",".join(choice.annexes),
            month=choice.month,
            figures=_packed(document.figures()),
        )
    )
    return draft.change(_("报送{year}年度报告：{to}").format(year=year, to=recipient))


def remove_submission(book: Book, submission: int) -> Change:
    """Take back a record of a report that was not handed in after all."""
    draft = Draft(book)
    held = book.get(Submission, submission)
    if held is None:
        raise UserError(_("这条记录已不存在，可能已被撤销或删除。"))
    draft.remove(held)
    return draft.change(_("删除报送记录：{to}").format(to=held.recipient))


def submissions(book: Book, year: int) -> list[Submission]:
    """What was handed in for a year, the latest first."""
    found = (one for one in book.all(Submission) if one.year == year)
    return sorted(found, key=lambda one: (one.date, one.id), reverse=True)


def choice_of(submission: Submission) -> Choice:
    """The annexes it was handed in with."""
    held = submission.annexes.split(",")
    return Choice(tuple(key for key in ANNEX_LABELS if key in held), submission.month or USUAL_CHOICE.month)


def is_as_submitted(submission: Submission, document: Document) -> bool:
    """Whether a document says word for word what was handed in."""
    return submission.digest == document_digest(document)


def compare(book: Book, submission: Submission, document_now: Document) -> list[Changed]:
    """The figures that print otherwise than they were handed in, in the order of print."""
    printed = document_now.figures()
    then, now = _unpacked(submission.figures), _texts(printed)
    anchors = {one.ref: one.anchor for one in reversed(printed)}
    found: list[Changed] = []
    for ref in dict.fromkeys((*then, *now)):
        old, new = then.get(ref, ""), now.get(ref, "")
        if not _same(old, new):
            found.append(Changed(ref, _label(book, ref, submission.year), old, new, anchors.get(ref)))
    return found


def hold_against_now(
    book: Book, submission: Submission, document_now: Document, lines: Iterable["Line"] = ()
) -> Comparison:
    """What changed since a report was handed in, and by which of the ``lines`` of the file's whole journal."""
    changed = tuple(compare(book, submission, document_now))
    moved = {one.ref for one in changed}
    same = sum(ref not in moved for ref in _unpacked(submission.figures))
    behind: dict[Ref, tuple[Line, ...]] = {}
    touched = _touched_since(book, lines, submission.journal) if changed else []
    for one in changed:
        hits = [line for line, spots in reversed(touched) if any(_stands_behind(one.ref, *spot) for spot in spots)]
        behind[one.ref] = tuple(hits)
    return Comparison(changed, same, is_as_submitted(submission, document_now), behind)


def _touched_since(book: Book, lines: Iterable["Line"], journal: int) -> list[tuple["Line", set[tuple[int, int]]]]:
    """The lines behind line ``journal`` that are in force, with the years and owners of what they changed."""
    history = History(lines)
    found = []
    for line in history.lines:
        held = not history.is_undone(line) if line.kind == DO else line.target <= journal
        if line.id > journal and held:
            spots = {
                spot for diff in history.change_of(line)[0].diffs for one in diff.sides() for spot in _spots(book, one)
            }
            found.append((line, spots))
    return found


def _spots(book: Book, record: Record) -> Iterator[tuple[int, int]]:
    """The year (0: all) and the owners whose figures a record can move."""
    match record:
        case BudgetEvent() | Payment() | ProjectYear() | Monitor():
            yield record.year, record.project
            project = book.get(Project, record.project)
            if project is not None and project.parent:
                yield record.year, project.parent
        case Stated() | Indicator():
            yield record.year, record.about
        case Fact() | Staff() | UnitYear() | Year():
            yield record.year, 0


def _stands_behind(ref: Ref, year: int, owner: int) -> bool:
    """Whether a figure may be computed from what belongs to an owner: the unit's and a group's from all."""
    return year == ref.year and (ref.about <= 0 or ref.about == owner)


def document_digest(document: Document) -> str:
    """SHA-256 over every word of a document, in the order of print."""
    return sha256("\n".join(_words(document)).encode()).hexdigest()


def _words(document: Document) -> Iterator[str]:
    yield document.title
    for block in document.blocks:
        if isinstance(block, Cover):
            yield from (*block.title, *(f"{field.label}：{field.value}" for field in block.fields))
        elif isinstance(block, SignatureBlock):
            yield from (f"{field.label}：{field.value}" for field in block.lines)
    for run, _anchor in document.runs():
        yield run.text


def _texts(printed: Iterable[Printed]) -> dict[Ref, str]:
    """Every figure once, as it is printed with most decimals: the text says 3, a table 3.00."""
    found: dict[Ref, str] = {}
    for one in printed:
        held = found.get(one.ref, "")
        found[one.ref] = one.text if not held or _decimals(one.text) > _decimals(held) else held
    return found


def _decimals(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])


def _packed(printed: Iterable[Printed]) -> str:
    rows = [[ref.year, ref.about, ref.item, text] for ref, text in _texts(printed).items()]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str) -> dict[Ref, str]:
    return {Ref(year, about, item): shown for year, about, item, shown in json.loads(text or "[]")}


def _same(then: str, now: str) -> bool:
    """Whether two texts print the same figure: 3 and 3.00 do."""
    pair = _numbers(then, now)
    return then == now or (pair is not None and pair[0] == pair[1])


def _numbers(then: str, now: str) -> tuple[Decimal, Decimal] | None:
    """Two texts as numbers of the same kind; None where they are not."""
    if then.endswith("%") != now.endswith("%"):
        return None
    try:
        return Decimal(then.rstrip("%").replace(",", "")), Decimal(now.rstrip("%").replace(",", ""))
    except InvalidOperation:
        return None


def _label(book: Book, ref: Ref, year: int) -> str:
    """The figure by name, of a project that is gone too."""
    if ref.about > 0 and book.project_year(ref.year, ref.about) is None:
        name = f"{project_name(book, ref.about, ref.year)}·{ITEM_LABELS.get(ref.item, ref.item)}"
    else:
        name = label(book, ref)
    return name if ref.year == year else _("{year}年度 {name}").format(year=ref.year, name=name)
