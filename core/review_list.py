"""The findings of a year as a list: filtered, and grouped by standing, severity and subject."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.book import Book
from core.check import SEVERITY_LABELS, SEVERITY_ORDER, SUBJECT_LABELS, Severity, Stage, Subject
from core.i18n import _
from core.labels import place_name
from core.review import Item, Review, project_of

STAGE_LABELS: Mapping[str, str] = {
    Stage.ALWAYS: _("随时核对"),
    Stage.SETTLE: _("年底起核对"),
    Stage.REPORT: _("编写报告时核对"),
}

# What the list can be narrowed to: an open finding's severity, or one of the other standings.
NOT_DUE, WAIVED, ANSWERED = "todo", "waived", "answered"
KINDS: Mapping[str, str] = {
    Severity.ERROR: _("错误"),
    Severity.WARNING: _("提醒"),
    Severity.INFO: _("提示"),
    NOT_DUE: _("尚未到期"),
    WAIVED: _("已说明"),
    ANSWERED: _("已回答"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one kind, severity and subject under their heading."""

    title: str
    items: tuple[Item, ...]


def entries(review: Review) -> Iterator[tuple[str, Item]]:
    """Every item with its kind, in the order of the list; what blocks counts as an error."""
    for item in review.open:
        severity = item.finding.severity
        yield (Severity.ERROR if severity == Severity.BLOCK else severity), item
    yield from ((NOT_DUE, item) for item in review.todo)
    yield from ((WAIVED, item) for item in review.waived)
    yield from ((ANSWERED, item) for item in review.answered)


def counts(review: Review) -> Mapping[str, int]:
    """How many items there are of each kind."""
    return Counter(kind for kind, _item in entries(review))


def owner_of(book: Book, item: Item) -> str:
    """The project, as text, that an item is counted to, that above a sub-project; 0 for the unit."""
    project = project_of(book, item.finding.about)
    return str(book.parent(project) or project)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; an empty field narrows nothing."""

    words: str = ""
    kind: str = ""
    subject: str = ""
    project: str = ""
    rule: str = ""

    def takes(self, book: Book, kind: str, item: Item) -> bool:
        """Whether an item of a kind stays on the list."""
        return (
            self.kind in ("", kind)
            and self.subject in ("", item.rule.subject)
            and self.rule in ("", item.rule.id)
            and self.project in ("", owner_of(book, item) if self.project else "")
            and _holds(book, item, self.words.lower().split())
        )


def grouped(book: Book, review: Review, narrowed: Filter) -> list[Group]:
    """The items that a filter takes, as groups."""
    chosen = [(held, item) for held, item in entries(review) if narrowed.takes(book, held, item)]
    order, subjects = list(KINDS), list(Subject)

    def place(entry: tuple[str, Item]) -> tuple[int, int, int]:
        held, item = entry
        severity = SEVERITY_ORDER.index(Severity(item.finding.severity))
        return order.index(held), severity, subjects.index(item.rule.subject)

    groups: dict[str, list[Item]] = {}
    for held, item in sorted(chosen, key=place):
        groups.setdefault(_title(held, item), []).append(item)
    return [Group(title, tuple(items)) for title, items in groups.items()]


def _title(kind: str, item: Item) -> str:
    severity, subject = SEVERITY_LABELS[item.finding.severity], SUBJECT_LABELS[item.rule.subject]
    if kind == ANSWERED:
        return f"{KINDS[kind]} · {subject}"
    parts = (severity, subject) if kind not in (NOT_DUE, WAIVED) else (KINDS[kind], severity, subject)
    return " · ".join(parts)


def _holds(book: Book, item: Item, wanted: Iterable[str]) -> bool:
    finding, rule = item.finding, item.rule
    if not wanted:
        return True
    place = place_name(book, finding.year, finding.about)
    reason = item.waiver.reason if item.waiver else ""
    text = " ".join((rule.id, rule.title, item.message, place, finding.words, reason)).lower()
    return all(word in text for word in wanted)
