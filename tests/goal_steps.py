"""Random work on indicators and monitoring, and a table of indicators in which most rules find something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from core import commands, indicators, monitoring
from core.book import Book
from core.change import Change
from core.goals import Attained, Indicator, Operator, Possibility, Version
from core.library import add_from_library, categories
from core.scoring import LEVELS

if TYPE_CHECKING:
    from tests.strategies import Step

VALUES = ("", "0", "-3", "≥30场", "95%", "1.2万", "若干", "2023-06-30", "100", "3", "持续向好")
SCORES = ("", "0", "8.5", "12", "10")


def _about(book: Book, step: Step) -> int:
    return step.one([0, *(row.project for row in book.projects(step.year))])


def _indicator(book: Book, step: Step) -> int:
    return step.one([one.id for one in book.all(Indicator)])


def _add(book: Book, step: Step) -> Change:
    level1 = step.one(tuple(LEVELS))
    return indicators.add_indicator(
        book,
        step.year,
        _about(book, step),
        step.one((Version.SELF, Version.GOAL, Version.SELF)),
        step.one(("活动场次", "受益人数", "群众满意度")),
        level1=level1,
        level2=step.one(LEVELS[level1]),
        operator=step.one(tuple(Operator)),
        target=step.one(VALUES),
        weight=step.one(("", "10", "50", "90")),
    )


def _answer(book: Book, step: Step) -> Change:
    given = {
        "actual": step.one(VALUES),
        "score": step.one(SCORES),
        "attained": step.one(("", *Attained)),
        "sample": step.pick,
        "inapplicable": step.pick % 7 == 0,
        "reason": step.text,
    }
    return indicators.set_indicator(book, _indicator(book, step), **given)


def _library(book: Book, step: Step) -> Change:
    keys = [entry.key for entry in step.one(categories()).entries]
    return add_from_library(book, step.year, _about(book, step), keys[step.pick % 3 :: 3])


def _note_money(book: Book, step: Step) -> Change:
    return monitoring.note_money(
        book,
        step.year,
        _about(book, step),
        step.pick % 12 + 1,
        forecast=step.amount,
        possibility=step.one(("", *Possibility)),
        reason=step.text,
    )


def _note_indicator(book: Book, step: Step) -> Change:
    held = step.one(list(book.all(Indicator)))
    month = step.pick % 12 + 1
    return monitoring.note_indicator(book, held.year, held.about, month, held.id, progress=step.text)


def _objectives(book: Book, step: Step) -> Change:
    about = _about(book, step)
    given = {"objective_expected": step.text, "objective_actual": step.one(VALUES)}
    if not about:
        return commands.set_names(book, step.year, **given)
    return commands.set_project(book, step.year, about, **given)


GOAL_VERBS: Mapping[str, Callable[[Book, Step], Change]] = {
    "add indicator": _add,
    "answer indicator": _answer,
    "retarget": lambda b, s: indicators.set_indicator(b, _indicator(b, s), target=s.one(VALUES), name=s.text[:8]),
    "give indicator": lambda b, s: indicators.set_indicator(b, _indicator(b, s), about=_about(b, s)),
    "remove indicator": lambda b, s: indicators.remove_indicator(b, _indicator(b, s)),
    "move indicator": lambda b, s: indicators.move_indicator(b, _indicator(b, s), s.pick % 3),
    "goals to self": lambda b, s: indicators.copy_goals_to_self(b, s.year, _about(b, s)),
    "take over indicators": lambda b, s: indicators.take_over_indicators(b, s.year, _about(b, s), Version.SELF),
    "spread": lambda b, s: indicators.spread_weights(b, s.year, _about(b, s)),
    "confirm": lambda b, s: indicators.confirm(b, [_indicator(b, s)]),
    "library": _library,
    "objectives": _objectives,
    "note money": _note_money,
    "note indicator": _note_indicator,
    "forget month": lambda b, s: monitoring.forget_month(b, s.year, s.pick % 12 + 1),
}

# 一级, 二级, 三级, 计算符号, 指标值, 度量单位, 分值, and what the self-evaluation answers.
_ROWS: tuple[tuple[tuple[str, ...], Mapping[str, object]], ...] = (
    (("产出指标", "数量指标", "举办活动场次", "≥", "12", "场", "20"), {"actual": "8", "score": "20"}),
    (("产出指标", "数量指标", "受益人数", "≥", "100", "人", "20"), {"actual": "180", "actual_unit": "户"}),
    (("产出指标", "数量指标", "参加人次", "≥", "100", "人次", "5"), {"actual": "180"}),
    (("产出指标", "质量指标", "方案落实情况", "≥", "若干", "", "5"), {"actual": "95%", "score": "6"}),
    (("产出指标", "时效指标", "活动完成时间", "定性", "及时", "", "5"), {"attained": "missed", "score": "5"}),
    (("产出指标", "成本指标", "项目支出总额", "≤", "3.00", "万元", "5"), {"actual": "9", "score": "-1"}),
    (("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "95", "%", "10"), {"actual": "100", "sample": 5}),
    (("满意度指标", "服务对象满意度指标", "家庭满意度", "≥", "95", "%", "10"), {"actual": "96"}),
)


def with_faulty_indicators(book: Book, year: int, about: int) -> Book:
    """The project's indicators in two years running, answered with every usual mistake in the later one."""
    names = ("level1", "level2", "name", "operator", "target", "unit", "weight")
    for given, answer in _ROWS:
        known = dict(zip(names, given, strict=True))
        for y, version in ((year - 1, Version.SELF), (year, Version.GOAL)):
            book = book.apply(indicators.add_indicator(book, y, about, version, **known))
        held = book.indicators(year, about, Version.GOAL)[-1].id
        book = book.apply(indicators.add_indicator(book, year, about, goal=held, **known))
        book = book.apply(indicators.set_indicator(book, book.indicators(year, about)[-1].id, **answer))
    first = book.indicators(year, about)[0].id
    book = book.apply(indicators.set_indicator(book, first, target="10", name="举办活动场数"))
    noted = monitoring.note_money(book, year, about, 7, forecast=1, possibility=Possibility.IMPOSSIBLE)
    return book.apply(noted)
