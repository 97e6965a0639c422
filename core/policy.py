"""The rule pack (评分与核对口径) of a province and year: TOML text copied into each year of a file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from core.errors import UserError
from core.i18n import _

POLICIES = Path(__file__).resolve().parent.parent / "resources" / "policies"

# The four classes every project kind (项目类别) maps to; the first two are 基本支出.
PERSONNEL, PUBLIC, OPERATING, TARGETED = "personnel", "public", "operating", "targeted"
BASIC = (PERSONNEL, PUBLIC)
CLASSES = (PERSONNEL, PUBLIC, OPERATING, TARGETED)
SEVERITIES = ("error", "warning", "info")  # 错误, 提醒, 提示: what a policy may make of a rule


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds and names that differ by province and year."""

    name: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)  # 项目类别 -> class
    rate_base: str = "before_recall"  # or after_recall
    execution_points: int = 10  # 执行率分值
    reason_below: int = 90  # 执行率 under this percentage wants a reason
    reason_required: bool = False  # the form demands it: a missing reason is an error
    severities: Mapping[str, str] = field(default_factory=dict)  # rule id -> severity


@lru_cache(maxsize=64)
def parse_policy(text: str) -> Policy:
    """The policy written in ``text``. Raises ``UserError`` when it cannot be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("政策文件无法读取（{error}），请在设置中重新选择政策。").format(error=error)) from error
    kinds = data.get("kinds", {})
    wrong = [name for name, group in kinds.items() if group not in CLASSES]
    if wrong:
        raise UserError(_("政策文件中的项目类别“{name}”没有对应的支出分类。").format(name=wrong[0]))
    severities = data.get("severities", {})
    odd = [name for name, severity in severities.items() if severity not in SEVERITIES]
    if odd:
        raise UserError(_("政策文件中{rule}的级别应为error、warning或info。").format(rule=odd[0]))
    execution = data.get("execution", {})
    return Policy(
        name=data.get("name", ""),
        kinds=kinds,
        rate_base=execution.get("rate_base", "before_recall"),
        execution_points=execution.get("points", 10),
        reason_below=execution.get("reason_below", 90),
        reason_required=execution.get("reason_required", False),
        severities=severities,
    )


def default_policy_text() -> str:
    """The TOML text of the national policy, for a year that is opened without a choice."""
    return (POLICIES / "national.toml").read_text(encoding="utf-8")
