"""Records of performance (绩效): indicators with target and result, and the check-up of a month (执行监控).

Values, weights and scores are decimal text, never float; empty means "not given".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.i18n import _
from core.record import Record


class Version(StrEnum):
    """Which table an indicator stands in."""

    GOAL = "goal"  # 绩效目标表, at the start of the year
    SELF = "self"  # 绩效自评表, at its end


VERSION_LABELS: Mapping[str, str] = {Version.GOAL: _("绩效目标表"), Version.SELF: _("绩效自评表")}


class Operator(StrEnum):
    """How the result is held against the target (计算符号)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "＝"
    MORE = "＞"
    LESS = "＜"
    QUALITATIVE = "定性"


class Attained(StrEnum):
    """How far a qualitative indicator (定性指标) was reached."""

    REACHED = "reached"  # 达成年度指标
    PARTLY = "partly"  # 部分达成年度指标并具有一定效果
    MISSED = "missed"  # 未达成年度指标且效果较差


ATTAINED_LABELS: Mapping[str, str] = {
    Attained.REACHED: _("达成年度指标"),
    Attained.PARTLY: _("部分达成年度指标并具有一定效果"),
    Attained.MISSED: _("未达成年度指标且效果较差"),
}


class Possibility(StrEnum):
    """Whether a target will be reached by the end of the year (完成目标可能性)."""

    CERTAIN = "certain"  # 确定能
    POSSIBLE = "possible"  # 有可能
    IMPOSSIBLE = "impossible"  # 完全不可能


POSSIBILITY_LABELS: Mapping[str, str] = {
    Possibility.CERTAIN: _("确定能"),
    Possibility.POSSIBLE: _("有可能"),
    Possibility.IMPOSSIBLE: _("完全不可能"),
}

# The kinds of cause (偏差原因) of the monitoring form, by the key stored in ``Monitor.causes``.
CAUSE_LABELS: Mapping[str, str] = {
    "money": _("经费保障"),
    "rules": _("制度保障"),
    "staff": _("人员保障"),
    "means": _("硬件条件保障"),
    "other": _("其他"),
}


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """One performance indicator (绩效指标) of a project, or of the unit (``about`` 0)."""

    table: ClassVar[str] = "indicator"
    year: int = 0
    about: int = 0
    version: str = Version.SELF
    position: int = 0
    level1: str = ""  # 一级指标: 产出指标
    level2: str = ""  # 二级指标: 数量指标
    name: str = ""  # 三级指标
    operator: str = Operator.AT_LEAST
    target: str = ""  # 指标值: decimal text, or words where qualitative
    unit: str = ""  # 度量单位
    weight: str = ""  # 分值
    actual: str = ""  # 实际完成值
    actual_unit: str = ""  # where it differs from ``unit``
    attained: str = ""  # one of Attained, for a qualitative one
    score: str = ""  # 得分 as the officer gives it; empty: as computed
    reason: str = ""  # 偏差原因分析及改进措施
    evidence: str = ""  # 佐证材料
    sample: int = 0  # 样本量 of a survey
    method: str = ""  # 调查方法
    inapplicable: bool = False  # 不适用: left out, the rest is scaled to 100
    taken_over: bool = False  # 沿用上年, not confirmed yet
    goal: int = 0  # the indicator of the target table it answers


@dataclass(frozen=True, slots=True)
class Monitor(Record):
    """How a project (``indicator`` 0: its money) or one of its indicators stood at the end of a month (执行监控)."""

    table: ClassVar[str] = "monitor"
    year: int = 0
    project: int = 0
    month: int = 0  # 1 to 12: the period is January to this month
    indicator: int = 0
    progress: str = ""  # 1—n月执行情况 of an indicator
    expected: str = ""  # 全年预计完成情况 of an indicator
    forecast: int = 0  # 全年预计执行数 of the money, 分
    possibility: str = ""  # one of Possibility
    causes: str = ""  # keys of CAUSE_LABELS, joined by a comma
    reason: str = ""  # 原因说明
    measure: str = ""  # 拟采取的措施
    memo: str = ""
