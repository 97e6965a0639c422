"""The list of a year's projects: order, and what is taken over from the year before."""

from pathlib import Path

import pytest

from core import commands, indicators, monitoring, projects
from core.errors import UserError
from core.goals import Indicator, Monitor, Version
from tests.builders import YEAR, do, event, on_disk, project, with_year


def names(book, year=YEAR):
    return [row.name for row in book.project_years(year)]


def test_moving_swaps_with_the_neighbour_and_stops_at_the_ends() -> None:
    book, first = project(with_year(), "甲")
    book, _below = project(book, "甲之一", parent=first)
    book, second = project(book, "乙")
    book, _third = project(book, "丙")
    book = do(book, projects.move_project, YEAR, second, -1)
    assert names(book) == ["乙", "甲", "甲之一", "丙"]
    assert not projects.move_project(book, YEAR, second, -1)
    book = do(book, projects.move_project, YEAR, second, 1)
    assert names(book) == ["甲", "甲之一", "乙", "丙"]


def test_sub_projects_move_among_themselves() -> None:
    book, first = project(with_year(), "甲")
    book, _one = project(book, "一", parent=first)
    book, two = project(book, "二", parent=first)
    book = do(book, projects.move_project, YEAR, two, -1)
    assert names(book) == ["甲", "二", "一"]


def test_moving_a_project_that_is_gone_says_so() -> None:
    with pytest.raises(UserError, match="已不存在"):
        projects.move_project(with_year(), YEAR, 99, 1)


def test_taking_over_brings_each_project_once_without_its_money() -> None:
    book, first = project(with_year(), "甲")
    book, below = project(book, "甲之一", parent=first)
    book = event(book, first, "initial", 100)
    book = with_year(book, YEAR + 1)
    change = projects.take_over_projects(book, YEAR + 1)
    assert change.label == "沿用2023年度项目"
    book = book.apply(change)
    assert names(book, YEAR + 1) == ["甲", "甲之一"]
    assert book.children(YEAR + 1, first)[0].project == below
    assert book.events(YEAR + 1, first) == []
    assert not projects.take_over_projects(book, YEAR + 1)


def test_what_is_taken_over_is_marked_and_only_what_was_chosen_comes() -> None:
    book, first = project(with_year(), "甲")
    book, below = project(book, "甲之一", parent=first)
    book, second = project(book, "乙")
    book = do(book, commands.set_project, YEAR, first, attribute="新增项目", carry_policy="same_year", code="430")
    book = with_year(book, YEAR + 1)
    book = do(book, projects.take_over_projects, YEAR + 1, [first])
    assert names(book, YEAR + 1) == ["甲", "甲之一"]
    row = book.project_year(YEAR + 1, first)
    assert row is not None
    assert (row.taken_over, row.attribute, row.carry_policy, row.code) == (True, "延续项目", "same_year", "430")
    book = do(book, projects.take_over_project, YEAR + 1, second)
    assert names(book, YEAR + 1) == ["甲", "甲之一", "乙"] and not projects.take_over_project(book, YEAR + 1, below)


def test_a_project_goes_with_its_indicators_and_check_ups(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    ledger.commit(commands.add_project(ledger.book, YEAR, "新项目", "业务工作专项"))
    where = ledger.book.projects(YEAR)[-1].project
    ledger.commit(indicators.add_indicator(ledger.book, YEAR, where, Version.GOAL, "场次", target="3"))
    ledger.commit(monitoring.note_money(ledger.book, YEAR, where, 7, forecast=100))
    ledger.commit(projects.remove_project(ledger.book, YEAR, where))
    assert not list(ledger.book.all(Indicator)) and not list(ledger.book.all(Monitor))
    ledger.undo()
    assert ledger.book.indicators(YEAR, where, Version.GOAL) and ledger.book.monitors(YEAR, where)
    ledger.close()


def test_nothing_is_noted_of_a_project_that_is_not_there() -> None:
    with pytest.raises(UserError, match="不存在"):
        monitoring.note_money(with_year(), YEAR, 0, 7, forecast=1)
