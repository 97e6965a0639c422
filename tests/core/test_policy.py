"""Rule packs are data; one that cannot be used says why."""

import pytest

from core.errors import UserError
from core.policy import BASIC, Policy, default_policy_text, offered_policies, parse_policy, policy_text


def test_the_national_policy() -> None:
    policy = parse_policy(default_policy_text())
    assert (policy.execution_points, policy.reason_below, policy.rate_base) == (10, 90, "before_recall")
    assert [kind for kind, group in policy.kinds.items() if group in BASIC] == ["人员经费", "公用经费"]


def test_a_province_may_differ() -> None:
    scheme = '[scheme]\n"产出指标" = 50\n"效益指标" = 30\n'
    policy = parse_policy(f'[execution]\npoints = 20\nreason_required = true\n{scheme}[severities]\n"C-019" = "error"')
    assert (policy.execution_points, policy.reason_required, policy.severities["C-019"]) == (20, True, "error")


def test_points_that_do_not_make_100_are_refused() -> None:
    with pytest.raises(UserError, match="110分"):
        parse_policy("[execution]\npoints = 20")


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(UserError, match="december_share"):
        parse_policy('[spending]\ndecember_share = "三成"')


def test_a_limit_that_is_no_day_is_refused() -> None:
    assert parse_policy('[report]\nfiling_limit = "04-30"').filing_limit == "04-30"
    for text in ("6月30日", "13-01", "2024-06-30"):
        with pytest.raises(UserError, match="报送期限"):
            parse_policy(f'[report]\nfiling_limit = "{text}"')


def test_a_bureau_may_limit_the_length_of_sections() -> None:
    assert not parse_policy(default_policy_text()).limits
    assert parse_policy("[limits]\noverall = 1500").limits == {"overall": 1500}
    for most in ("0", "-5", '"很多"', "true"):
        with pytest.raises(UserError, match="字数上限"):
            parse_policy(f"[limits]\noverall = {most}")


def test_a_policy_says_what_is_national_where_it_is_silent() -> None:
    assert parse_policy("").grades == parse_policy(default_policy_text()).grades == Policy().grades


@pytest.mark.parametrize(
    ("name", "points", "weights", "reason", "caps"),
    [
        ("national", 10, [50, 30, 10], False, 0),
        ("national-cost", 10, [20, 40, 20, 10], False, 0),
        ("hubei", 20, [40, 30, 10], False, 0),
        ("sichuan", 10, [50, 30, 10], True, 0),
        ("capped", 10, [50, 30, 10], False, 4),
    ],
)
def test_the_policies_that_come_with_the_program(
    name: str, points: int, weights: list[int], reason: bool, caps: int
) -> None:
    policy = parse_policy(policy_text(name))
    assert (policy.execution_points, list(policy.weights.values())) == (points, weights)
    assert (policy.reason_required, len(policy.caps)) == (reason, caps)


def test_a_policy_is_offered_from_its_first_year_on() -> None:
    assert next(iter(offered_policies(2023))) == "national"
    assert "national-cost" in offered_policies(2021)
    assert "national-cost" not in offered_policies(2020)


@pytest.mark.parametrize("text", ["[kinds", '[kinds]\n"甲" = "nothing"'])
def test_a_broken_policy_says_so(text: str) -> None:
    with pytest.raises(UserError, match="政策文件"):
        parse_policy(text)
