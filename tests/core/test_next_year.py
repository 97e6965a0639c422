"""Opening the next year: what it takes over is marked until confirmed."""

import pytest

from core import commands, writing
from core.book import Book
from core.draft import Draft
from core.errors import UserError
from core.goals import Indicator, Version
from core.model import Section
from core.next_year import confirm_taken_over, open_next_year, take_over, unconfirmed
from core.outline import STORY
from core.policy import policy_text
from tests.builders import WAN, YEAR, do, event, project, with_year

NEXT = YEAR + 1
POLICY = policy_text()


def filled() -> tuple[Book, int, int, int]:
    """Two projects, one with a sub-project; indicators of the unit and a project; a title and two texts."""
    book, one = project(with_year(), "大会费用")
    book, below = project(book, "会场", parent=one)
    book, two = project(book, "三八活动")
    book = do(event(book, one, "initial", WAN), commands.set_project, YEAR, one, code="430", attribute="新增项目")
    draft = Draft(book)
    result = {"actual": "9", "score": "5", "reason": "推迟", "attained": "reached", "sample": 30, "inapplicable": True}
    draft.add(Indicator(id=0, year=YEAR, about=0, name="培训人次", target="8", weight="10", **result))
    draft.add(Indicator(id=0, year=YEAR, about=one, version=Version.GOAL, name="会议次数", target="2", unit="次"))
    draft.add(Indicator(id=0, year=YEAR, about=one, name="会议次数", target="3", unit="次", **result))
    book = book.apply(draft.change(""))
    book = do(book, writing.retitle, YEAR, "other", "五、其他情况")
    book = do(book, writing.write_section, YEAR, "other", 0, "无。")
    return do(book, writing.write_section, YEAR, STORY, two, "活动如期举行。"), one, below, two


def test_everything_is_taken_over_without_its_money_and_results() -> None:
    book, one, below, two = filled()
    change = open_next_year(book, YEAR, POLICY, texts=True)
    assert change.label == "新建2024年度"
    book = book.apply(change)
    assert [row.project for row in book.project_years(NEXT)] == [one, below, two]
    row = book.project_year(NEXT, one)
    assert row is not None and (row.code, row.attribute, row.taken_over) == ("430", "延续项目", True)
    assert (
        book.year(NEXT).template == book.year(YEAR).template and book.unit_year(NEXT).name == book.unit_year(YEAR).name
    )
    assert not book.events(NEXT, one)
    (unit,) = book.indicators(NEXT, 0, Version.GOAL)
    assert (unit.name, unit.target, unit.weight, unit.taken_over) == ("培训人次", "8", "10", True)
    assert not any((unit.actual, unit.score, unit.reason, unit.attained, unit.sample, unit.inapplicable))
    (goal,) = book.indicators(NEXT, one, Version.GOAL)
    assert (goal.target, goal.unit) == ("2", "次") and not book.indicators(NEXT, one, Version.SELF)
    assert book.section(NEXT, "other").text == "无。" and book.section(NEXT, STORY, two).text == "活动如期举行。"
    assert not take_over(book, NEXT, texts=True)


def test_a_text_taken_over_is_marked_until_it_is_confirmed_or_rewritten() -> None:
    book, _one, _below, two = filled()
    book = do(book, open_next_year, YEAR, POLICY, projects=[], indicators=False, texts=True)
    book = do(book, take_over, NEXT, projects=[two], indicators=False, texts=True)
    assert [one.key for one in unconfirmed(book, NEXT) if isinstance(one, Section)] == ["other", STORY]
    assert not writing.write_section(book, NEXT, "other", 0, "无。")  # the same words are no answer
    book = do(book, writing.write_section, NEXT, STORY, two, "活动分两次举行。")
    book = do(book, writing.confirm_section, NEXT, "other", 0)
    assert book.section(NEXT, "other").text == "无。"
    assert not any(isinstance(one, Section) for one in unconfirmed(book, NEXT))


def test_only_what_is_chosen_is_taken_over() -> None:
    book, one, below, _two = filled()
    book = do(book, open_next_year, YEAR, POLICY, projects=[one], indicators=False)
    assert [row.project for row in book.project_years(NEXT)] == [one, below]
    assert not book.indicators(NEXT, 0, Version.GOAL) and book.section(NEXT, "other") is None
    book = do(book, take_over, NEXT, projects=[])
    assert len(book.indicators(NEXT, one, Version.GOAL)) == 1


def test_what_was_taken_over_is_confirmed_project_by_project() -> None:
    book, one, below, two = filled()
    book = do(book, open_next_year, YEAR, POLICY)
    assert len(unconfirmed(book, NEXT)) == 5
    book = do(book, confirm_taken_over, NEXT, [one, 0])
    assert {getattr(x, "project", 0) for x in unconfirmed(book, NEXT)} == {below, two}
    book = do(book, confirm_taken_over, NEXT)
    assert not unconfirmed(book, NEXT) and not confirm_taken_over(book, NEXT)


def test_a_year_opens_once_and_from_a_year_there_is() -> None:
    book = do(with_year(), open_next_year, YEAR, POLICY)
    with pytest.raises(UserError, match="2024年度已经存在"):
        open_next_year(book, YEAR, POLICY)
    with pytest.raises(UserError, match="没有2030年度"):
        open_next_year(book, 2030, POLICY)
