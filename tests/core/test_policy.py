"""Rule packs are data; one that cannot be used says why."""

import pytest

from core.errors import UserError
from core.policy import BASIC, default_policy_text, parse_policy


def test_the_national_policy() -> None:
    policy = parse_policy(default_policy_text())
    assert (policy.execution_points, policy.reason_below, policy.rate_base) == (10, 90, "before_recall")
    assert [kind for kind, group in policy.kinds.items() if group in BASIC] == ["人员经费", "公用经费"]


def test_a_province_may_differ() -> None:
    policy = parse_policy('[execution]\npoints = 20\nreason_required = true\n[severities]\n"C-019" = "error"')
    assert (policy.execution_points, policy.reason_required, policy.severities["C-019"]) == (20, True, "error")


@pytest.mark.parametrize("text", ["[kinds", '[kinds]\n"甲" = "nothing"'])
def test_a_broken_policy_says_so(text: str) -> None:
    with pytest.raises(UserError, match="政策文件"):
        parse_policy(text)
