"""What self-evaluations lack: nothing in the sample, and each thing once it is taken away."""

import pytest

from core import commands, indicators
from core.goal_gaps import gaps, lacks, objectives, owners
from core.goals import Operator, Version
from core.sample import sample_book
from core.scoring import evaluation, scored

YEAR = 2023


@pytest.fixture
def book():
    return sample_book()


def project(book, start):
    return next(row.project for row in book.projects(YEAR) if row.name.startswith(start))


def fields_of(book, about):
    return [(lack.indicator, lack.field) for lack in lacks(book, evaluation(book, YEAR, about))]


def test_the_unit_and_the_projects_of_the_year_lack_nothing(book):
    found = owners(book, YEAR)
    assert [one.name[:4] for one in found] == ["单位整体", "业务性专", "第五次换", "“三八”"]
    assert [one.lacks for one in found] == [()] * 4


@pytest.mark.parametrize(
    ("field", "given", "wanted"),
    [
        ("name", {"name": ""}, "name"),
        ("level1", {"level1": ""}, "level1"),
        ("target", {"target": "", "reason": "有"}, "target"),
        ("weight", {"weight": ""}, "weight"),
        ("actual", {"actual": ""}, "actual"),
        ("reason", {"reason": ""}, "reason"),
        ("unit", {"actual": "8人", "score": ""}, "actual"),
    ],
)
def test_each_thing_taken_away_is_named(book, field, given, wanted):
    about = project(book, "业务性")
    one = book.indicators(YEAR, about)[0]
    after = book.apply(indicators.set_indicator(book, one.id, **given))
    assert (one.id, wanted) in fields_of(after, about), field


def test_a_qualitative_one_wants_to_be_said_how_far_it_was_reached(book):
    about = project(book, "业务性")
    one = next(o for o in book.indicators(YEAR, about) if o.operator == Operator.QUALITATIVE)
    after = book.apply(indicators.set_indicator(book, one.id, attained="", score=""))
    assert fields_of(after, about) == [(one.id, "attained")]


def test_one_that_does_not_apply_and_a_target_table_want_no_results(book):
    about = project(book, "业务性")
    one = book.indicators(YEAR, about)[0]
    after = book.apply(indicators.set_indicator(book, one.id, actual="", reason="", score="", inapplicable=True))
    assert fields_of(after, about) == []
    goal = book.indicators(YEAR, about, Version.GOAL)[0]
    bare = book.apply(indicators.set_indicator(book, goal.id, weight=""))
    assert gaps(scored(bare.get(type(goal), goal.id), bare.policy(YEAR))) == {}


def test_without_a_table_that_is_said_and_objectives_are_asked_for(book):
    about = project(book, "业务性")
    for one in book.indicators(YEAR, about):
        book = book.apply(indicators.remove_indicator(book, one.id))
    (lack,) = lacks(book, evaluation(book, YEAR, about))
    assert lack.text == "还没有填写绩效自评表"
    for one in book.indicators(YEAR, about, Version.GOAL):
        book = book.apply(indicators.remove_indicator(book, one.id))
    book = book.apply(commands.set_project(book, YEAR, about, objective_expected="", objective_actual=""))
    assert [lack.text for lack in lacks(book, evaluation(book, YEAR, about))] == [
        "没有填写年度总体目标",
        "还没有绩效指标",
    ]
    assert objectives(book, YEAR, about) == ("", "")
