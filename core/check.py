"""Reconciliation: rules are small pure generators over the book; findings are values, worded when shown.

Every rule declares the scope it is run for; ``core.checker`` runs them, all or only those a change touches.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from core.book import Book
from core.figures import Ref
from core.i18n import _
from core.model import (
    Waiver,
    YearState,
)
from core.money import WAN_CENT, show_printed


class Severity(StrEnum):
    """How grave a finding is: 阻止, 错误, 提醒, 提示."""

    BLOCK = "block"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_LABELS: Mapping[str, str] = {
    Severity.BLOCK: _("阻止"),
    Severity.ERROR: _("错误"),
    Severity.WARNING: _("提醒"),
    Severity.INFO: _("提示"),
}
SEVERITY_ORDER = tuple(Severity)


class Subject(StrEnum):
    """What a rule is about, for grouping."""

    LEDGER = "ledger"  # 台账
    STATED = "stated"  # 填报
    TEXT = "text"  # 文本
    FORM = "form"  # 表


SUBJECT_LABELS: Mapping[str, str] = {
    Subject.LEDGER: _("台账"),
    Subject.STATED: _("填报"),
    Subject.TEXT: _("文本"),
    Subject.FORM: _("表"),
}


class Stage(StrEnum):
    """From when a finding is a warning; before, it is a to-do (待办)."""

    ALWAYS = "always"
    SETTLE = "settle"  # from December, or when the year-end work is begun
    REPORT = "report"  # when the year is over or its money is locked


class Scope(StrEnum):
    """What a rule is run for, once for each."""

    YEAR = "year"  # the unit in a year
    NAMES = "names"  # the list of projects of a year
    PROJECT = "project"  # a project or sub-project in a year
    EVENT = "event"
    PAYMENT = "payment"
    SECTION = "section"  # one section of the report, (key, project)
    REPORT = "report"  # all sections of a year
    EVALUATION = "evaluation"  # the self-evaluation of the unit (0) or of a project: indicators, scores, monitoring
    FORM = "form"  # the forms of a year as a whole: basic data, cover, forms against each other
    EDIT = "edit"  # one diff of a change that is about to be made


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about: a record or place, and the field or the words in it."""

    # unit, project, event, payment, commitment, section, stated, staff, year, fact, cover, indicator, evaluation,
    # monitor
    kind: str
    id: int = 0  # record id; for kind project, section, stated, evaluation, monitor the project id (0: the unit)
    field: str = ""  # column; section key; item of a stated figure or a fact; month of a monitor
    start: int = -1  # words in the section's shown text
    end: int = -1

    def key(self) -> str:
        """The place without the words, as a waiver names it."""
        return f"{self.kind}:{self.id}:{self.field}"

    @classmethod
    def of(cls, key: str) -> "About":
        """The place that ``key`` named."""
        kind, number, field = (*key.split(":", 2), "", "")[:3]
        return cls(kind, int(number) if number.isdecimal() else 0, field)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure named in a finding, in 分; ``unit`` is the one it is printed in (see ``show_printed``)."""

    label: str
    amount: int
    unit: str = "万元"

    @property
    def text(self) -> str:
        """As printed."""
        return show_printed(self.amount, self.unit)

    @property
    def words(self) -> str:
        """As printed, with its unit: ``5.66万元``."""
        return self.text + self.unit


def exact_figures(*figures: tuple[str, int]) -> tuple[Shown, ...]:
    """Figures of the ledger with their labels: in 万元 where two decimals hide nothing, else all in 元."""
    unit = "元" if any(amount % WAN_CENT for _label, amount in figures) else "万元"
    return tuple(Shown(label, amount, unit) for label, amount in figures)


def exact_words(amount: int) -> str:
    """One figure of the ledger with its unit, nothing hidden by rounding."""
    return exact_figures(("", amount))[0].words


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that, changed to ``should_be``, would settle the difference (分)."""

    figure: str
    printed: int
    should_be: int
    why: str = ""
    ref: Ref | None = None  # where it is a figure of the book

    @property
    def texts(self) -> tuple[str, str]:
        """Both amounts as they print: in 万元 where that hides nothing, else in 元 with the unit."""
        both = exact_figures(("", self.printed), ("", self.should_be))
        printed, should_be = (shown.text if shown.unit == "万元" else shown.words for shown in both)
        return printed, should_be


@dataclass(frozen=True, slots=True)
class Repair:
    """The one right repair: a function of core.commands by name, with its arguments after the book."""

    label: str
    command: str
    args: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``values`` fill the rule's message; ``facts`` are what a waiver binds to."""

    rule: str
    severity: str
    year: int
    about: About
    values: tuple[tuple[str, int | str], ...] = ()
    figures: tuple[Shown, ...] = ()
    difference: int | None = None
    tolerance: int | None = None
    suspects: tuple[Suspect, ...] = ()
    repair: Repair | None = None
    words: str = ""  # the exact words of the text it is about
    remedy: str = ""  # what to do, where the finding knows it better than its rule
    culprit: str = ""  # a sentence that says which figure may have caused it; follows the message
    stage: str = ""  # from when it is a warning, where that differs from its rule's stage

    def facts(self) -> str:
        """The values a waiver accepts: when one changes, the finding comes back."""
        numbers = [str(shown.amount) for shown in self.figures]
        return "|".join([*numbers, *(str(value) for _name, value in self.values), self.words])


Spot = tuple[str, int, int, str]  # scope, year, record or project id, section key


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what it says about itself; the help page and the README's table come from here."""

    id: str
    severity: Severity
    subject: Subject
    stage: Stage
    scope: Scope
    title: str
    message: str  # filled with a finding's values
    why: str
    remedy: str
    run: Callable[..., Iterator[Finding]]
    choices: tuple[tuple[str, str], ...] = ()  # of a question to the officer: key and label, see core.questions
    only_if: Callable[[Book, Any], bool] | None = None  # cheap test of the entry or diff: if not, nothing is found

    def found(self, year: int, about: About, **details: object) -> Finding:
        """A finding of this rule. ``severity`` may be given; ``values`` is a mapping."""
        values = details.pop("values", {})
        assert isinstance(values, Mapping)
        severity = str(details.pop("severity", self.severity))
        return Finding(self.id, severity, year, about, tuple(values.items()), **details)  # type: ignore[arg-type]


def rule(
    rule_id: str,
    *,
    severity: Severity,
    subject: Subject,
    scope: Scope,
    title: str,
    message: str,
    why: str,
    remedy: str,
    stage: Stage = Stage.ALWAYS,
    choices: tuple[tuple[str, str], ...] = (),
    only_if: Callable[[Book, Any], bool] | None = None,
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator ``(rule, book, year, id, key)``; its docstring names the source.

    Entries may be a million: a rule over them (``only_if(book, entry)``) or over edits (``only_if(book before, diff)``)
    names by ``only_if`` those it has to be run for."""

    def wrap(run: Callable[..., Iterator[Finding]]) -> Rule:
        return Rule(rule_id, severity, subject, stage, scope, title, message, why, remedy, run, choices, only_if)

    return wrap


@dataclass(frozen=True)
class Findings:
    """All findings by the spot they were found at. Equal when they say the same."""

    by_spot: Mapping[Spot, tuple[Finding, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Finding]:
        for spot in sorted(self.by_spot):
            yield from self.by_spot[spot]

    def of_year(self, year: int) -> list[Finding]:
        """The findings of a year, gravest first."""
        found = [finding for spot, group in self.by_spot.items() if spot[1] == year for finding in group]
        return sorted(found, key=lambda f: (SEVERITY_ORDER.index(Severity(f.severity)), f.rule, f.about.key()))


def stage_of(book: Book, year: int, today: date) -> Stage:
    """How far a year has come on a day."""
    record = book.year(year)
    if record is None or record.state != YearState.OPEN or today.year > year:
        return Stage.REPORT
    if record.settling or (today.year == year and today.month == 12):
        return Stage.SETTLE
    return Stage.ALWAYS


def is_due(one: Rule, stage: Stage, finding: Finding | None = None) -> bool:
    """Whether a finding of this rule is a warning yet, not a to-do."""
    order = tuple(Stage)
    wanted = Stage(finding.stage) if finding and finding.stage else one.stage
    return order.index(wanted) <= order.index(stage)


def waiver_of(book: Book, finding: Finding) -> Waiver | None:
    """The waiver that accepts this finding with these very values."""
    for waiver in book.waivers(finding.year):
        if (waiver.rule, waiver.about, waiver.facts) == (finding.rule, finding.about.key(), finding.facts()):
            return waiver
    return None


def message(one: Rule, finding: Finding) -> str:
    """The finding in words."""
    return one.message.format(**dict(finding.values)) + finding.culprit


def remedy(one: Rule, finding: Finding) -> str:
    """What to do about a finding, in words."""
    return finding.remedy or one.remedy
