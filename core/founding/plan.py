"""What was taken from a report: each thing with its place in the text and what it becomes in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from core.audit.judge import Audit
from core.audit.model import Doubt
from core.outline import Template

# What a value is; those of MONEY are 分.
TEXT, LONG, MONEY, COUNT, YEAR = "text", "long", "money", "count", "year"
Value = int | str


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing taken from the report: ``text[start:end]`` says it. ``becomes`` names the record in words."""

    key: str  # stable within the plan, such as year, stated.支出, p1.start, p1.s2.spent
    group: str  # what it stands under in a list
    what: str
    value: Value
    sort: str  # TEXT, LONG, MONEY, COUNT or YEAR
    start: int
    end: int
    becomes: str
    printed_unit: str = ""  # of money: 元, 万元 or 亿元
    derived: str = ""  # how it was worked out, where the report does not print it
    under: str = ""  # the key of the project it belongs to: without that it is not taken either


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the report does not say; no record is made of it."""

    group: str
    what: str


@dataclass(frozen=True, slots=True)
class Left:
    """Words that found no place in the ledger, kept to be copied."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A section's text as printed: its key in the template and the lines ``text[start:end]``."""

    key: str
    project: str  # the key of a project, empty for a section of the unit
    start: int
    end: int
    text: str  # as it will stand, line breaks of the page mended


@dataclass(frozen=True)
class Plan:
    """What a ledger would be made of. Nothing is stored before ``change_of`` is committed."""

    name: str  # of the file, or what the text is called
    audit: Audit
    taken: tuple[Taken, ...]
    unknown: tuple[Unknown, ...]
    left: tuple[Left, ...]
    places: tuple[Place, ...]
    template: Template
    echoes: tuple[tuple[int, int, str], ...] = ()  # where a figure is said again: start, end, key

    @property
    def text(self) -> str:
        """The report's text; all places count in it."""
        return self.audit.text

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What does not add up in the report itself."""
        return self.audit.doubts

    @cached_property
    def by_key(self) -> dict[str, Taken]:
        """The things taken, by key."""
        return {one.key: one for one in self.taken}

    @property
    def year(self) -> int:
        """The year of the report; 0 where it does not say it."""
        return int(self.by_key["year"].value) if "year" in self.by_key else 0

    @property
    def unit(self) -> str:
        """The unit's name; empty where it is not said."""
        return str(self.by_key["unit.name"].value) if "unit.name" in self.by_key else ""

    @property
    def projects(self) -> int:
        """How many projects were found, without their sub-projects."""
        return sum(1 for one in self.taken if one.key.startswith("p") and "." not in one.key)


@dataclass(frozen=True)
class Choices:
    """What the officer made of a plan: things left out, values changed; 0 and empty mean the report's own."""

    dropped: frozenset[str] = frozenset()
    values: Mapping[str, Value] = field(default_factory=dict)
    year: int = 0
    name: str = ""
    policy: str = ""  # TOML text


class Chosen:
    """The things of a plan that are to be stored, with the officer's values."""

    def __init__(self, plan: Plan, choices: Choices) -> None:
        self._plan, self._choices = plan, choices

    def has(self, key: str) -> bool:
        """Whether a thing is to be stored: taken, ticked, and so is what it belongs to."""
        one = self._plan.by_key.get(key)
        return one is not None and key not in self._choices.dropped and (not one.under or self.has(one.under))

    def value(self, key: str) -> Value:
        """Its value as it is to be stored."""
        return self._choices.values.get(key, self._plan.by_key[key].value)

    def text(self, key: str) -> str:
        """Its value as text; empty where it is not to be stored."""
        return str(self.value(key)) if self.has(key) else ""

    def number(self, key: str) -> int | None:
        """Its value as a number; None where it is unknown or not to be stored."""
        return int(self.value(key)) if self.has(key) else None

    def below(self, key: str) -> Iterator[Taken]:
        """The things that belong to another, and are to be stored."""
        return (one for one in self._plan.taken if one.under == key and self.has(one.key))
