"""The indicator library: every entry can be used as it stands."""

from decimal import Decimal

import pytest

from core import commands, library
from core.errors import UserError
from core.goals import Operator, Version
from core.indicators import spread_weights, weights_left
from core.library import Category, Entry, add_from_library, categories, search, suggested
from core.policy import offered_policies, parse_policy, policy_text
from core.quantities import parse_value
from core.scoring import LEVELS, levels
from tests.builders import YEAR, do, project, with_year

ENTRIES = [entry for one in categories() for entry in one.entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_entry_is_whole(entry: Entry) -> None:
    assert entry.level2 in LEVELS[entry.level1] and entry.operator in tuple(Operator)
    assert entry.name and entry.evidence and entry.name == entry.name.strip()
    if entry.operator == Operator.QUALITATIVE:
        assert entry.target and not entry.unit
    else:
        assert entry.unit and (not entry.target or parse_value(entry.target) is not None)
        assert parse_value(f"3{entry.unit}") == 3, "the unit can be typed after a number"
    if entry.unit == "%" and entry.operator == "＝":
        assert entry.target in ("0", "100")


@pytest.mark.parametrize("category", categories(), ids=lambda one: one.key)
def test_every_category_fills_each_scheme(category: Category) -> None:
    """Every first and usual second level has an indicator, and the points come out at 100 with the execution rate."""
    assert {"数量指标", "质量指标", "时效指标", "经济成本指标", "社会效益指标", "可持续影响指标"} <= {
        entry.level2 for entry in category.entries
    }
    assert {entry.level1 for entry in category.entries} == set(LEVELS)
    assert len({entry.name for entry in category.entries}) == len(category.entries) >= 10
    assert category.kinds and category.words
    for name in offered_policies(YEAR):
        policy = parse_policy(policy_text(name))
        book, where = project(with_year(), category.name)
        book = do(book, commands.set_year, YEAR, policy=policy_text(name))
        book = do(book, add_from_library, YEAR, where, [entry.key for entry in category.entries])
        book = do(book, spread_weights, YEAR, where)
        rows = book.indicators(YEAR, where)
        assert set(weights_left(book, YEAR, where).values()) == {0}
        assert sum(Decimal(row.weight) for row in rows) + policy.execution_points == 100
        assert all(row.level2 in levels(policy)[row.level1] for row in rows)


def test_names_are_found_by_word_level_category_and_kind_of_unit() -> None:
    assert {entry.category for entry in search("换届 到会")} == {"会议与换届"}
    assert {entry.level2 for entry in search("满意度", level1="满意度指标")} == {"服务对象满意度指标"}
    assert {entry.category for entry in search(category="after_school")} == {"课后服务"}
    assert not search("课后", kind="妇联") and search("课后", kind="学校")
    assert search() == ENTRIES and set(library.kinds()) == {"通用", "妇联", "学校", "街道"}


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("妇女第五次代表大会换届经费", "会议与换届"),
        ("“两癌”免费检查", "“两癌”免费检查"),
        ("课后服务费", "课后服务"),
        ("办公设备购置", "办公设备采购"),
        ("社区网格治理经费", "社区治理"),
    ],
)
def test_a_projects_name_suggests_a_category(name: str, category: str) -> None:
    assert suggested(name)[0].name == category


def test_indicators_are_added_once_and_in_one_step() -> None:
    book, where = project(with_year(), "大会费用")
    keys = ["meetings/参会代表人数", "meetings/会议费总额", "meetings/参会代表人数"]
    change = add_from_library(book, YEAR, where, keys, Version.GOAL)
    assert change.label == "从指标库添加2个指标"
    book = book.apply(change)
    rows = book.indicators(YEAR, where, Version.GOAL)
    assert [(row.level1, row.level2) for row in rows] == [("产出指标", "数量指标"), ("产出指标", "成本指标")]
    assert (rows[1].operator, rows[1].target, rows[1].unit) == ("≤", "", "万元")
    assert not add_from_library(book, YEAR, where, keys, Version.GOAL)
    with pytest.raises(UserError, match="没有的指标"):
        add_from_library(book, YEAR, where, ["meetings/没有的指标"])
