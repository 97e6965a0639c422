"""The rule pack (评分与核对口径) of a province and year: TOML text copied into each year of a file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.i18n import _

POLICIES = Path(__file__).resolve().parent.parent / "resources" / "policies"
DEFAULT_POLICY = "national"

# The four classes every project kind (项目类别) maps to; the first two are 基本支出.
PERSONNEL, PUBLIC, OPERATING, TARGETED = "personnel", "public", "operating", "targeted"
BASIC = (PERSONNEL, PUBLIC)
CLASSES = (PERSONNEL, PUBLIC, OPERATING, TARGETED)
SEVERITIES = ("error", "warning", "info")  # 错误, 提醒, 提示: what a policy may make of a rule
RATE_BASES = ("before_recall", "after_recall")
# What becomes of unspent money: 国家两年, 当年收回, 手工.
TWO_YEARS, SAME_YEAR, MANUAL = "two_years", "same_year", "manual"
CARRIES = (TWO_YEARS, SAME_YEAR, MANUAL)

_WEIGHTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
_GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
_BANDS = ((100, 80), (80, 60), (60, 0))


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds and names that differ by province and year. Percentages and points are whole numbers."""

    name: str = ""
    valid_from: int = 0  # first fiscal year
    kinds: Mapping[str, str] = field(default_factory=dict)  # 项目类别 -> class
    # [execution] 预算执行
    rate_base: str = "before_recall"  # or after_recall
    execution_points: int = 10  # 执行率分值
    reason_below: int = 90  # 执行率 under this percentage wants a reason
    reason_required: bool = False  # the form demands it: a missing reason is an error
    reason_length: int = 10  # fewest characters of a reason
    # [scheme] 指标分值: first level -> points; with the points of the execution rate they make 100
    weights: Mapping[str, int] = field(default_factory=lambda: dict(_WEIGHTS))
    # [scoring] 评分
    grades: tuple[tuple[str, int], ...] = _GRADES  # name, lowest total, best first
    bands: tuple[tuple[int, int], ...] = _BANDS  # 达成, 部分达成, 未达成: most and least percent of the points
    caps: tuple[tuple[int, int], ...] = ()  # execution rate below, highest total; lowest rate last
    over_target: int = 30  # percent over target from which a reason is asked for
    over_target_deduction: int = 0  # points taken off then
    sample_least: int = 10  # a survey with fewer answers cannot carry 100 %
    score_lead: int = 5  # percent the indicators' scores may lead the execution rate by
    rate_of_full: int = 95  # 执行率 under which a total of 100 is no honest one
    review_gap: int = 10  # points the reviewer's total may differ by
    # [carry] 结转
    carry: str = TWO_YEARS
    opening_in_initial: bool = False  # 上年结转 counts in 年初预算数 of the forms
    # [spending] 支出
    december_share: int = 30  # percent of a year's spending in December that asks for a look
    duplicate_days: int = 7  # the same payee, amount and purpose within so many days
    # [monitor] 执行监控: percent of the 序时进度
    monitor_red: int = 60
    monitor_yellow: int = 80
    # [texts] 文字
    similarity: int = 90  # percent of a text equal to last year's that counts as copied
    slow_above: int = 95  # 执行率 from which on 执行进度慢 contradicts the figures
    fine_below: int = 60  # 执行率 under which 执行良好 does
    # [report] 报送
    filing_limit: str = "06-30"  # last day to file the self-evaluation, month and day of the next year
    disclosure_days: int = 20  # days from 决算批复 to its disclosure
    # [limits] 字数上限: section key -> most characters; none where the bureau asks for none
    limits: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)  # rule id -> severity


# Where a field of the policy stands in its TOML text: table, key.
_PLACES: Mapping[str, tuple[str, str]] = {
    "rate_base": ("execution", "rate_base"),
    "execution_points": ("execution", "points"),
    "reason_below": ("execution", "reason_below"),
    "reason_required": ("execution", "reason_required"),
    "reason_length": ("execution", "reason_length"),
    "grades": ("scoring", "grades"),
    "bands": ("scoring", "bands"),
    "caps": ("scoring", "caps"),
    "over_target": ("scoring", "over_target"),
    "over_target_deduction": ("scoring", "over_target_deduction"),
    "sample_least": ("scoring", "sample_least"),
    "score_lead": ("scoring", "score_lead"),
    "rate_of_full": ("scoring", "rate_of_full"),
    "review_gap": ("scoring", "review_gap"),
    "carry": ("carry", "policy"),
    "opening_in_initial": ("carry", "opening_in_initial"),
    "december_share": ("spending", "december_share"),
    "duplicate_days": ("spending", "duplicate_days"),
    "monitor_red": ("monitor", "red"),
    "monitor_yellow": ("monitor", "yellow"),
    "similarity": ("texts", "similarity"),
    "filing_limit": ("report", "filing_limit"),
    "disclosure_days": ("report", "disclosure_days"),
    "slow_above": ("texts", "slow_above"),
    "fine_below": ("texts", "fine_below"),
}


@lru_cache(maxsize=64)
def parse_policy(text: str) -> Policy:
    """The policy written in ``text``; what it does not say is national. Raises ``UserError`` when it cannot be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("政策文件无法读取（{error}），请在设置中重新选择政策。").format(error=error)) from error
    given: dict[str, Any] = {}
    for name, (table, key) in _PLACES.items():
        if key in data.get(table, {}):
            given[name] = _checked(name, data[table][key])
    policy = Policy(
        name=data.get("name", ""),
        valid_from=data.get("valid_from", 0),
        kinds=data.get("kinds", {}),
        weights=data.get("scheme", _WEIGHTS),
        severities=data.get("severities", {}),
        limits=data.get("limits", {}),
        **given,
    )
    _refuse_odd(policy)
    return policy


def _checked(name: str, value: object) -> object:
    """A value as the field wants it. Raises ``UserError`` where it is of another kind."""
    usual = _DEFAULTS[name]
    if isinstance(usual, tuple) and isinstance(value, list):
        return tuple(tuple(row) if isinstance(row, list) else row for row in value)
    if type(value) is not type(usual):
        table, key = _PLACES[name]
        raise UserError(_("政策文件中[{table}]的{key}填写有误，请改正后再使用。").format(table=table, key=key))
    return value


def _refuse_odd(policy: Policy) -> None:
    """Raise ``UserError`` for values that no rule could use."""
    for kind, group in policy.kinds.items():
        if group not in CLASSES:
            raise UserError(_("政策文件中的项目类别“{name}”没有对应的支出分类。").format(name=kind))
    for rule, severity in policy.severities.items():
        if severity not in SEVERITIES:
            raise UserError(_("政策文件中{rule}的级别应为error、warning或info。").format(rule=rule))
    for key, most in policy.limits.items():
        if type(most) is not int or most <= 0:
            raise UserError(_("政策文件中{key}的字数上限应为大于0的整数。").format(key=key))
    if policy.carry not in CARRIES:
        raise UserError(_("政策文件中的结转政策“{name}”无法识别。").format(name=policy.carry))
    if policy.rate_base not in RATE_BASES:
        raise UserError(_("政策文件中的执行率口径“{name}”无法识别。").format(name=policy.rate_base))
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", policy.filing_limit):
        raise UserError(_("政策文件中的报送期限“{day}”应写成06-30这样的月和日。").format(day=policy.filing_limit))
    whole = policy.execution_points + sum(policy.weights.values())
    if whole != 100:
        raise UserError(_("政策文件中的分值合计为{whole}分，应为100分。").format(whole=whole))


_DEFAULTS = {one.name: getattr(Policy(), one.name) for one in fields(Policy)}


def policy_text(name: str = DEFAULT_POLICY) -> str:
    """The TOML text of a policy file that comes with the program."""
    return (POLICIES / f"{name}.toml").read_text(encoding="utf-8")


def default_policy_text() -> str:
    """The TOML text of the national policy, for a year that is opened without a choice."""
    return policy_text()


def offered_policies(year: int) -> dict[str, str]:
    """The policies that come with the program and are in force in a year: file name -> what it is called."""
    read = {path.stem: parse_policy(path.read_text(encoding="utf-8")) for path in sorted(POLICIES.glob("*.toml"))}
    first = sorted(read, key=lambda name: (name != DEFAULT_POLICY, name))
    return {name: read[name].name for name in first if read[name].valid_from <= year}
