"""A policy in readable lines."""

from core.policy import offered_policies, parse_policy, policy_text
from core.policy_summary import policy_lines


def lines(name: str) -> list[str]:
    return policy_lines(parse_policy(policy_text(name)))


def test_the_national_policy_in_words() -> None:
    assert lines("national")[0] == "分值：预算执行率10分，产出指标50分，效益指标30分，满意度指标10分。"
    assert lines("national")[1] == "等级：优（90分以上）、良（80分以上）、中（60分以上）、差（60分以下）。"
    assert lines("national")[-1] == "结转：剩余资金可结转下年，连续两年未用完的由财政收回。"


def test_what_a_policy_has_of_its_own_is_said() -> None:
    assert "预算执行率20分" in lines("hubei")[0]
    assert "成本指标20分" in lines("national-cost")[0]
    assert "必须填写原因" in "".join(lines("sichuan"))
    assert "低于80%的不超过89分" in "".join(lines("capped"))
    assert "提醒填写原因" in "".join(lines("national"))


def test_every_offered_policy_reads_differently() -> None:
    told = ["\n".join(lines(name)) for name in offered_policies(2024)]
    assert len(set(told)) == len(told) >= 5
    other = policy_text().replace('policy = "two_years"', 'policy = "same_year"', 1)
    other = other.replace('rate_base = "before_recall"', 'rate_base = "after_recall"', 1)
    text = "".join(policy_lines(parse_policy(other)))
    assert "当年由财政收回" in text and "扣除财政收回" in text
