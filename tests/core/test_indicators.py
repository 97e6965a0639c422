"""Commands for indicators."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands, indicators, monitoring
from core.book import Book
from core.change import Change
from core.errors import UserError
from core.goals import Indicator, Version
from core.policy import policy_text
from tests.builders import YEAR, do, on_disk, project, with_year


def with_project() -> tuple[Book, int]:
    return project(with_year(), "大会费用")


def add(book: Book, about: int, name: str, version: str = Version.SELF, year: int = YEAR, **fields: object) -> Book:
    return do(book, indicators.add_indicator, year, about, version, name, **fields)


def names(book: Book, about: int, version: str = Version.SELF) -> list[str]:
    return [one.name for one in book.indicators(YEAR, about, version)]


def test_indicators_stand_in_the_order_they_were_added_or_moved_to() -> None:
    book, where = with_project()
    for name in "甲乙丙":
        book = add(book, where, name)
    rows = book.indicators(YEAR, where)
    book = do(book, indicators.move_indicator, rows[2].id, 0)
    assert names(book, where) == ["丙", "甲", "乙"]
    book = do(book, indicators.move_indicator, rows[2].id, 9)
    assert names(book, where) == ["甲", "乙", "丙"]
    book = do(book, indicators.remove_indicator, rows[1].id)
    book = add(book, where, "丁")
    assert names(book, where) == ["甲", "丙", "丁"]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ({"target": "≥30场"}, ("≥", "30", "场")),
        ({"target": "不超过3万元"}, ("≤", "3", "万元")),
        ({"target": "９５％", "operator": ">="}, ("≥", "95", "%")),
        ({"target": "95%", "unit": "分"}, ("≥", "95", "分")),
        ({"target": "1.2万", "unit": "人"}, ("≥", "12000", "人")),
        ({"target": "1.2万", "unit": "万元"}, ("≥", "1.2", "万元")),
        ({"target": "有效提升", "operator": "定性"}, ("定性", "有效提升", "")),
        ({"target": "3次以上培训", "operator": "定性"}, ("定性", "3次以上培训", "")),
        ({"target": "2023年12月31日前", "operator": "≤"}, ("≤", "2023年12月31日前", "")),
    ],
)
def test_a_target_is_parted_from_its_sign_and_unit(typed: dict[str, object], held: tuple[str, str, str]) -> None:
    book, where = with_project()
    one = add(book, where, "甲", **typed).indicators(YEAR, where)[0]
    assert (one.operator, one.target, one.unit) == held


def test_a_result_in_another_unit_says_so() -> None:
    book, where = with_project()
    book = add(book, where, "甲", target="≤3万元")
    held = book.indicators(YEAR, where)[0].id

    def after(**fields: object) -> Indicator:
        found = book.apply(indicators.set_indicator(book, held, **fields)).get(Indicator, held)
        assert found
        return found

    assert (after(actual="29600元").actual, after(actual="29600元").actual_unit) == ("29600", "元")
    assert (after(actual="2.96万元").actual, after(actual="2.96万元").actual_unit) == ("2.96", "")
    assert after(actual="基本完成").actual == "基本完成"
    book = do(book, indicators.set_indicator, held, actual="29600元")
    assert (after(actual="2.9").actual_unit, after(reason="略").actual_unit) == ("", "元")
    assert after(score="８．５０分").score == "8.5"
    assert after(score="").score == ""
    for fields in ({"score": "优"}, {"weight": "十"}, {"operator": "≈"}):
        with pytest.raises(UserError):
            after(**fields)


def test_labels_name_what_was_done() -> None:
    book, where = with_project()
    book = add(book, where, "参会人数")
    held = book.indicators(YEAR, where)[0].id
    assert indicators.set_indicator(book, held, actual="3").label == "填写完成值：参会人数"
    assert indicators.set_indicator(book, held, score="3").label == "填写得分：参会人数"
    assert indicators.set_indicator(book, held, name="到会人数").label == "修改绩效指标：到会人数"
    assert indicators.remove_indicator(book, held).label == "删除绩效指标：参会人数"
    with pytest.raises(UserError):
        indicators.set_indicator(book, held + 99, name="甲")


def test_targets_are_copied_to_the_self_evaluation_once() -> None:
    book, where = with_project()
    book = add(book, where, "甲", Version.GOAL, target="≥30场", weight="50", level1="产出指标")
    book = do(book, indicators.copy_goals_to_self, YEAR, where)
    book = add(book, where, "乙", Version.GOAL)
    book = do(book, indicators.copy_goals_to_self, YEAR, where)
    assert not indicators.copy_goals_to_self(book, YEAR, where)
    goals, rows = book.indicators(YEAR, where, Version.GOAL), book.indicators(YEAR, where)
    assert [row.goal for row in rows] == [goal.id for goal in goals]
    assert (rows[0].target, rows[0].unit, rows[0].weight, rows[0].level1) == ("30", "场", "50", "产出指标")
    book = do(book, indicators.remove_indicator, goals[0].id)
    assert [row.goal for row in book.indicators(YEAR, where)] == [0, goals[1].id]


def test_last_years_indicators_are_taken_over_without_results_until_confirmed() -> None:
    book, where = with_project()
    book = add(book, where, "甲", target="30", actual="31", score="9", reason="略", weight="10")
    book = add(book, where, "乙", target="3")
    book = do(with_year(book, YEAR + 1), commands.continue_project, YEAR + 1, where)
    book = add(book, where, "乙", Version.GOAL, YEAR + 1)
    book = do(book, indicators.take_over_indicators, YEAR + 1, where)
    rows = book.indicators(YEAR + 1, where, Version.GOAL)
    assert [(row.name, row.taken_over) for row in rows] == [("乙", False), ("甲", True)]
    assert (rows[1].target, rows[1].weight, rows[1].actual, rows[1].score, rows[1].reason) == ("30", "10", "", "", "")
    assert not indicators.take_over_indicators(book, YEAR + 1, where)
    book = do(book, indicators.confirm, [row.id for row in rows])
    assert not any(row.taken_over for row in book.indicators(YEAR + 1, where, Version.GOAL))


def test_what_was_noted_of_an_indicator_goes_with_it() -> None:
    book, where = with_project()
    book = add(book, where, "甲")
    held = book.indicators(YEAR, where)[0].id
    book = do(book, monitoring.note_indicator, YEAR, where, 7, held, progress="已完成")
    assert do(book, indicators.remove_indicator, held).monitors(YEAR, where) == []


def test_points_are_shared_out_by_the_scheme() -> None:
    book, where = with_project()
    for level, count in (("产出指标", 4), ("效益指标", 3), ("其他指标", 1)):
        for number in range(count):
            book = add(book, where, f"{level}{number}", level1=level, weight="1")
    assert indicators.weights_left(book, YEAR, where) == {
        "产出指标": 46,
        "效益指标": 27,
        "满意度指标": 10,
        "其他指标": -1,
    }
    book = do(book, indicators.spread_weights, YEAR, where)
    assert [row.weight for row in book.indicators(YEAR, where)] == ["13", "13", "12", "12", "10", "10", "10", "1"]
    assert indicators.weights_left(book, YEAR, where)["产出指标"] == 0
    book = do(book, commands.set_year, YEAR, policy=policy_text("national-cost"))
    book = do(book, indicators.spread_weights, YEAR, where)
    assert [row.weight for row in book.indicators(YEAR, where)[:4]] == ["10", "10", "10", "10"]


@given(st.integers(0, 100), st.integers(1, 120))
def test_shares_add_up(points: int, parts: int) -> None:
    found = indicators.shares(points, parts)
    assert len(found) == parts and sum(found) == points
    assert max(found) - min(found) <= (1 if parts <= points else Decimal("0.1"))
    assert list(found) == sorted(found, reverse=True)


def test_every_command_is_undone_in_a_real_file(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "单位.ysz")
    where = ledger.book.projects(YEAR)[0].project

    def first() -> int:
        return ledger.book.indicators(YEAR, where, Version.GOAL)[0].id

    work: list[Callable[[], Change]] = [
        lambda: indicators.add_indicator(
            ledger.book, YEAR, where, Version.GOAL, "甲", target="≥30场", level1="产出指标"
        ),
        lambda: indicators.add_indicator(ledger.book, YEAR, where, Version.GOAL, "乙", level1="产出指标"),
        lambda: indicators.set_indicator(ledger.book, first(), inapplicable=True, sample=30),
        lambda: indicators.spread_weights(ledger.book, YEAR, where, Version.GOAL),
        lambda: indicators.move_indicator(ledger.book, first(), 1),
        lambda: indicators.copy_goals_to_self(ledger.book, YEAR, where),
        lambda: monitoring.note_indicator(ledger.book, YEAR, where, 7, first(), progress="完成一半"),
        lambda: monitoring.note_money(ledger.book, YEAR, where, 7, forecast=300, causes="money,other"),
        lambda: monitoring.forget_month(ledger.book, YEAR, 7),
        lambda: indicators.remove_indicator(ledger.book, first()),
    ]
    books = [ledger.book]
    for command in work:
        change = command()
        assert change and change.label
        ledger.commit(change)
        books.append(ledger.book)
    for held in reversed(books[:-1]):
        ledger.undo()
        assert list(ledger.book.records()) == list(held.records())
    for held in books[1:]:
        ledger.redo()
        assert list(ledger.book.records()) == list(held.records())
    path = ledger.path
    ledger.close()
    again = type(ledger).open(path)
    assert list(again.book.records()) == list(books[-1].records())
    again.close()
