"""The rules as the help and the README show them; ``python -m core.rule_table`` prints them as Markdown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from core.check import SEVERITY_LABELS, SUBJECT_LABELS, Severity
from core.i18n import _
from core.policy import Policy
from core.policy_summary import CARRY_LABELS, RATE_LABELS
from core.review_list import STAGE_LABELS
from core.rules import RULES

# How a policy words each threshold that a rule judges by.
_WORDS: Mapping[str, Callable[[Policy], str]] = {
    "rate_base": lambda p: RATE_LABELS[p.rate_base],
    "execution_points": lambda p: _("预算执行率{n}分").format(n=p.execution_points),
    "reason_below": lambda p: _("执行率低于{n}%的要说明原因").format(n=p.reason_below),
    "reason_required": lambda p: _("必须填写原因") if p.reason_required else _("没有填写原因的只作提醒"),
    "weights": lambda p: "，".join(_("{name}{n}分").format(name=name, n=n) for name, n in p.weights.items()),
    "grades": lambda p: "，".join(_("{name}：{n}分及以上").format(name=name, n=n) for name, n in p.grades),
    "bands": lambda p: "，".join(
        _("{name}得分值的{least}%至{most}%").format(name=name, most=most, least=least)
        for name, (most, least) in zip((_("达成"), _("部分达成"), _("未达成")), p.bands, strict=False)
    ),
    "score_lead": lambda p: _("指标得分率比执行率最多高{n}%").format(n=p.score_lead),
    "rate_of_full": lambda p: _("执行率低于{n}%的不宜打满分").format(n=p.rate_of_full),
    "over_target": lambda p: _("实际完成值超过指标值{n}%及以上的要说明原因").format(n=p.over_target),
    "sample_least": lambda p: _("满意度100%的，样本不少于{n}份").format(n=p.sample_least),
    "review_gap": lambda p: _("自评与复核相差超过{n}分").format(n=p.review_gap),
    "similarity": lambda p: _("与上年相同{n}%及以上的视为照搬").format(n=p.similarity),
    "december_share": lambda p: _("十二月支出超过全年的{n}%").format(n=p.december_share),
    "duplicate_days": lambda p: _("{n}日内收款人、金额、用途都相同").format(n=p.duplicate_days),
    "filing_limit": lambda p: _("次年{month}月{day}日前报送").format(
        month=int(p.filing_limit[:2]), day=int(p.filing_limit[3:])
    ),
    "disclosure_days": lambda p: _("决算批复后{n}日内公开").format(n=p.disclosure_days),
    "slow_above": lambda p: _("执行率{n}%及以上的，不应写执行进度慢").format(n=p.slow_above),
    "fine_below": lambda p: _("执行率低于{n}%的，不应写执行良好").format(n=p.fine_below),
    "caps": lambda p: (
        "，".join(_("执行率低于{rate}%的总分不超过{most}分").format(rate=rate, most=most) for rate, most in p.caps)
        or _("总分不封顶")
    ),
    "carry": lambda p: CARRY_LABELS[p.carry],
}

# The thresholds of each rule, by field of the policy.
THRESHOLDS: Mapping[str, tuple[str, ...]] = {
    "C-014": ("carry",),
    "C-015": ("carry",),
    "C-017": ("rate_base",),
    "C-019": ("reason_below", "reason_required", "rate_base"),
    "C-020": ("execution_points", "rate_base"),
    "C-022": ("score_lead",),
    "C-023": ("rate_of_full",),
    "C-024": ("execution_points", "weights"),
    "C-026": ("caps",),
    "C-027": ("grades",),
    "C-029": ("over_target",),
    "C-032": ("bands",),
    "C-036": ("sample_least",),
    "C-038": ("weights",),
    "C-040": ("similarity",),
    "C-074": ("duplicate_days",),
    "C-075": ("december_share",),
    "C-080": ("filing_limit",),
    "C-083": ("disclosure_days",),
    "C-085": ("similarity",),
    "C-086": ("slow_above", "fine_below"),
    "C-087": ("review_gap",),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words; ``choices`` are the answers to one that asks."""

    id: str
    severity: str
    subject: str
    stage: str
    title: str
    why: str
    remedy: str
    choices: tuple[str, ...] = ()


def rows() -> Iterator[RuleRow]:
    """Every rule in words, by id."""
    for one in sorted(RULES, key=lambda one: one.id):
        named = (SEVERITY_LABELS[one.severity], SUBJECT_LABELS[one.subject], STAGE_LABELS[one.stage])
        choices = tuple(label for _key, label in one.choices)
        yield RuleRow(one.id, *named, one.title, one.why, one.remedy, choices)


def table() -> str:
    """One row for each rule: id, severity, subject, from when it is a warning, title, reason."""
    lines = ["| 编号 | 级别 | 类别 | 何时提醒 | 事项 | 为什么 |", "|---|---|---|---|---|---|"]
    for row in rows():
        lines.append(f"| {' | '.join((row.id, row.severity, row.subject, row.stage, row.title, row.why))} |")
    return "\n".join(lines)


def thresholds(rule_id: str, policy: Policy) -> list[str]:
    """What a rule judges by under a policy, in words; its severity where the policy sets another."""
    found = [_WORDS[name](policy) for name in THRESHOLDS.get(rule_id, ())]
    if rule_id in policy.severities:
        found.append(_("本年口径定为{severity}").format(severity=SEVERITY_LABELS[Severity(policy.severities[rule_id])]))
    return found


if __name__ == "__main__":
    print(table())
