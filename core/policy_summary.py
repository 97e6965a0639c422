"""What a policy (评分与核对口径) means, in a few readable lines, for the officer who chooses one."""

from core.i18n import _
from core.policy import MANUAL, SAME_YEAR, TWO_YEARS, Policy

CARRY_LABELS = {
    TWO_YEARS: _("剩余资金可结转下年，连续两年未用完的由财政收回"),
    SAME_YEAR: _("剩余资金当年由财政收回"),
    MANUAL: _("剩余资金的去向逐项选择"),
}
RATE_LABELS = {
    "before_recall": _("执行率＝支出÷全年预算（收回前）"),
    "after_recall": _("执行率＝支出÷全年预算（扣除财政收回）"),
}


def policy_lines(policy: Policy) -> list[str]:
    """Points, grades, execution, caps and carry-over of a policy, one sentence each."""
    parts = [_("预算执行率{points}分").format(points=policy.execution_points)]
    parts += [_("{name}{points}分").format(name=name, points=points) for name, points in policy.weights.items()]
    lines = [_("分值：{parts}。").format(parts="，".join(parts))]
    grades = [_("{name}（{lowest}分以上）").format(name=name, lowest=lowest) for name, lowest in policy.grades[:-1]] + [
        _("{name}（{lowest}分以下）").format(name=policy.grades[-1][0], lowest=policy.grades[-2][1])
    ]
    lines.append(_("等级：{parts}。").format(parts="、".join(grades)))
    demand = _("必须填写原因") if policy.reason_required else _("提醒填写原因")
    lines.append(
        _("{rate}；低于{limit}%的项目，{demand}。").format(
            rate=RATE_LABELS[policy.rate_base], limit=policy.reason_below, demand=demand
        )
    )
    if policy.caps:
        caps = [_("低于{rate}%的不超过{most}分").format(rate=rate, most=most) for rate, most in policy.caps]
        lines.append(_("总分封顶：执行率{caps}。").format(caps="，".join(caps)))
    if policy.over_target_deduction:
        text = _("指标超过目标{percent}%以上的扣{points}分。")
        lines.append(text.format(percent=policy.over_target, points=policy.over_target_deduction))
    lines.append(_("结转：{text}。").format(text=CARRY_LABELS[policy.carry]))
    return lines
