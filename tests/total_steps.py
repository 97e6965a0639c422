"""Random work on figures of filed self-evaluation forms, and evaluations whose sums are wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from core import commands, indicators
from core.book import Book
from core.change import Change
from core.form_items import FORM_ITEMS, GRADED, RATE, RATE_SCORE, REVIEWED, TOTAL
from core.model import EventKind

if TYPE_CHECKING:
    from tests.strategies import Step

# Stated without regard to the ledger, at the item's own unit.
_STATED = ((RATE, 9_000), (RATE_SCORE, 1_000), (TOTAL, 10_000), (GRADED, 4), (REVIEWED, 7_000))
_LEVELS = (
    ("产出指标", "数量指标", "50"),
    ("效益指标", "社会效益指标", "30"),
    ("满意度指标", "服务对象满意度指标", "10"),
)


def _state(book: Book, step: Step) -> Change:
    about = step.one([0, *(row.project for row in book.projects(step.year))])
    item = FORM_ITEMS[step.one(list(FORM_ITEMS))]
    amount = step.pick % 5 if item.key == GRADED else step.amount
    return commands.state(book, step.year, item.key, amount, about, printed_unit=item.unit)


def _survey(book: Book, step: Step) -> Change:
    held = step.one([one for year in book.years() for one in book.indicators(year.year)])
    return indicators.set_indicator(book, held.id, sample=step.pick, method=step.text[:4], actual="100%")


TOTAL_VERBS: Mapping[str, Callable[[Book, Step], Change]] = {"state form figure": _state, "survey": _survey}


def with_wrong_totals(book: Book, year: int) -> Book:
    """A project that spent half its money and says it reached everything, with last year's indicators; and a unit
    whose indicators are words alone."""

    def do(command: Callable[..., Change], *args: object, **fields: object) -> None:
        nonlocal book
        book = book.apply(command(book, *args, **fields))

    added = commands.add_project(book, year - 1, "宣传服务经费", "业务工作专项")
    book, about = book.apply(added), added.diffs[0].record.id
    do(commands.continue_project, year, about)
    do(commands.add_event, year, about, EventKind.INITIAL, f"{year}-01-15", 2_000_000)
    do(commands.add_payment, year, about, f"{year}-06-01", 1_000_000)
    for y in (year - 1, year):
        for level1, level2, weight in _LEVELS:
            given = {"level1": level1, "level2": level2, "weight": weight, "target": "30", "unit": "场", "actual": "36"}
            do(indicators.add_indicator, y, about, name=f"{level2}完成数", **given)
    first, second, _last = book.indicators(year, about)
    do(indicators.set_indicator, first.id, actual="29", score="50")
    do(indicators.set_indicator, second.id, score="25")  # 30 × 30 ÷ 36
    for item, amount in _STATED:
        do(commands.state, year, item, amount, about, printed_unit=FORM_ITEMS[item].unit)
    do(indicators.add_indicator, year, 0, name="社会影响", operator="定性", target="有所提升", level1="效益指标")
    return book
