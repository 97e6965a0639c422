"""The tour (导览) over the deliberate errors of the sample: its steps, from resources/help/tour.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.book import Book
from core.check import About
from core.review import Item

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "help"


@dataclass(frozen=True, slots=True)
class TourStep:
    """One error: the rule that finds it, where it stands, and what is said of it."""

    rule: str
    kind: str  # of the place, as in ``About``
    field: str
    title: str
    wrong: str  # what is wrong
    found: str  # how the program found it
    do: str  # what to do
    project: str = ""  # by name; empty: the unit

    def place(self, book: Book) -> About:
        """Where it stands, whether the error is still there or not."""
        named = (row.project for row in book.project_years(tour_year()) if row.name == self.project)
        return About(self.kind, next(named, 0), self.field)


@cache
def tour_steps() -> tuple[TourStep, ...]:
    """The steps in their order."""
    return tuple(TourStep(**step) for step in _read()["step"])


def tour_year() -> int:
    """The year of the sample that the tour goes through."""
    return int(_read()["year"])


def is_sample(book: Book) -> bool:
    """Whether the tour fits a file: it is the sample, or a copy of it."""
    year = tour_year()
    if book.year(year) is None or book.unit_year(year).name != _read()["unit"]:
        return False
    return {step.project for step in tour_steps()} - {""} <= {row.name for row in book.project_years(year)}


def open_item(step: TourStep, book: Book, items: Iterable[Item]) -> Item | None:
    """What the rules still say of a step; None: the user has put it right."""
    key = step.place(book).key()
    return next((one for one in items if one.rule.id == step.rule and one.finding.about.key() == key), None)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "tour.toml").read_text(encoding="utf-8"))
