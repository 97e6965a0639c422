"""The findings of a year as the user meets them: open, still a to-do (待办), waived (已说明), or answered (已回答)."""

from dataclasses import dataclass
from datetime import date

from core.book import Book
from core.check import About, Finding, Findings, Rule, Severity, is_due, message, remedy, stage_of, waiver_of
from core.goals import Indicator
from core.i18n import _
from core.model import Answer, BudgetEvent, Commitment, Payment, Waiver


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its rule, its words, the waiver that accepts it and the answer to what it asks.

    ``settled``: nothing is found any more since the question was answered; the finding only names rule and place.
    """

    finding: Finding
    rule: Rule
    waiver: Waiver | None
    answer: Answer | None = None
    settled: bool = False

    @property
    def message(self) -> str:
        """What is wrong, or what was answered, in words."""
        return _answered_words(self) if self.settled else message(self.rule, self.finding)

    @property
    def remedy(self) -> str:
        """What to do, in words."""
        return "" if self.settled else remedy(self.rule, self.finding)


@dataclass(frozen=True, slots=True)
class Review:
    """All findings of a year, each in one of three lists, gravest first; and the questions that are settled."""

    open: tuple[Item, ...]
    todo: tuple[Item, ...]
    waived: tuple[Item, ...]
    answered: tuple[Item, ...] = ()

    def count(self, severity: str) -> int:
        """How many open findings have this severity."""
        return sum(item.finding.severity == severity for item in self.open)

    @property
    def errors(self) -> int:
        """Open findings of severity 错误 or 阻止."""
        return self.count(Severity.ERROR) + self.count(Severity.BLOCK)

    @property
    def warnings(self) -> int:
        """Open findings of severity 提醒."""
        return self.count(Severity.WARNING)

    @property
    def hints(self) -> int:
        """Open findings of severity 提示."""
        return self.count(Severity.INFO)


def project_of(book: Book, about: About) -> int:
    """The project a place belongs to; 0 for the unit's own places and for a record that is gone."""
    if about.kind in ("project", "section", "stated", "evaluation", "monitor"):
        return about.id
    if about.kind == "indicator":
        indicator = book.get(Indicator, about.id)
        return indicator.about if indicator else 0
    kind = {"event": BudgetEvent, "payment": Payment, "commitment": Commitment}.get(about.kind)
    record = book.get(kind, about.id) if kind else None
    return record.project if isinstance(record, BudgetEvent | Payment | Commitment) else 0


def review(book: Book, findings: Findings, year: int, today: date) -> Review:
    """Sort a year's findings by where it stands on that day."""
    from core.rules import BY_ID  # the rules bring their patterns along: not before they are needed

    stage = stage_of(book, year, today)
    items = [
        Item(f, BY_ID[f.rule], waiver_of(book, f), book.answer(year, f.rule, f.about.key()))
        for f in findings.of_year(year)
    ]
    waived = tuple(item for item in items if item.waiver)
    rest = [item for item in items if not item.waiver]
    due = tuple(item for item in rest if is_due(item.rule, stage, item.finding))
    todo = tuple(item for item in rest if not is_due(item.rule, stage, item.finding))
    raised = {(f.rule, f.about.key()) for f in findings.of_year(year)}
    settled = (
        Item(Finding(a.rule, BY_ID[a.rule].severity, year, about_of(a.about)), BY_ID[a.rule], None, a, settled=True)
        for a in book.all(Answer)
        if a.year == year and a.rule in BY_ID and (a.rule, a.about) not in raised
    )
    answered = tuple(sorted(settled, key=lambda item: (item.rule.id, item.finding.about.key())))
    return Review(due, todo, waived, answered)


def about_of(key: str) -> About:
    """The place that ``About.key`` wrote."""
    kind, number, name = key.split(":", 2)
    return About(kind, int(number), name)


def _answered_words(item: Item) -> str:
    held = item.answer
    assert held is not None
    text = _("已回答：{answer}").format(answer=dict(item.rule.choices).get(held.answer, held.answer))
    return f"{text}（{held.note}）" if held.note else text
