"""Scores of indicators (得分) and the self-evaluation (自评) of a project or the unit. Exact fractions, never float.

An indicator that reaches its target gets its full points (分值). One that misses it gets a share of them:
实际值÷指标值 where more is better (≥ ＞), 指标值÷实际值 where less is better (≤ ＜), the smaller of both for ＝. Where
target and result differ in sign, or one of them is 0, a miss gets nothing; where both are negative the magnitudes
are compared the other way round. A printed score is rounded half up to two decimals; a total adds up what is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from core.balance import Balance, execution_score, project_balance, unit_balance
from core.book import Book
from core.days import DayError, parse_day
from core.goals import Attained, Indicator, Operator, Version
from core.i18n import _
from core.policy import Policy
from core.quantities import parse_quantity, parse_value, rounded

NAUGHT = Decimal("0.00")
RISING = (Operator.AT_LEAST, Operator.MORE)  # 正向: more is better
FALLING = (Operator.AT_MOST, Operator.LESS)  # 反向: less is better

# The second levels (二级指标) of each first level (一级指标).
COST = "成本指标"
LEVELS: Mapping[str, tuple[str, ...]] = {
    COST: ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标", COST),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}


def levels(policy: Policy) -> dict[str, tuple[str, ...]]:
    """First levels of the policy's scheme with their second levels; 成本指标 stands in one place only."""
    apart = COST in policy.weights
    found = {level: LEVELS.get(level, ()) for level in policy.weights}
    return {one: tuple(two for two in below if not (apart and two == COST)) for one, below in found.items()}


def rows_in_force(book: Book, year: int, about: int = 0) -> list[Indicator]:
    """The indicators a year is judged by: those of the 绩效自评表, while it is empty those of the 绩效目标表."""
    return book.indicators(year, about) or book.indicators(year, about, Version.GOAL)


@dataclass(frozen=True, slots=True)
class Measured:
    """Target and result of a quantitative indicator in the same unit (that of ``in_base``), or as days."""

    target: Fraction
    actual: Fraction
    days: bool = False  # both are dates


@lru_cache(maxsize=4096)
def measured(indicator: Indicator) -> Measured | None:
    """Target and result as numbers; None where one is missing or no number, or where their units differ."""
    target, actual = parse_quantity(indicator.target), parse_quantity(indicator.actual)
    if target is None or actual is None:
        return _measured_days(indicator)
    unit = indicator.unit or target.unit
    wanted, unit_wanted = target.in_base(unit)
    reached, unit_reached = actual.in_base(indicator.actual_unit or unit)
    return Measured(wanted, reached) if unit_wanted == unit_reached else None


def _measured_days(indicator: Indicator) -> Measured | None:
    try:
        target, actual = (
            parse_day(text.strip().removesuffix("前"), indicator.year) for text in (indicator.target, indicator.actual)
        )
    except DayError:
        return None
    wanted, reached = (Fraction(int(day.replace("-", ""))) for day in (target, actual))
    return Measured(wanted, reached, days=True)


def attained(indicator: Indicator) -> str:
    """How far a qualitative indicator was reached; one whose result is worded like its target was."""
    same = indicator.actual and indicator.actual == indicator.target
    return indicator.attained or (Attained.REACHED if same else "")


def is_reached(indicator: Indicator) -> bool | None:
    """Whether the target was reached, in the sense of the operator; None: cannot be said yet."""
    if indicator.operator == Operator.QUALITATIVE:
        grade = attained(indicator)
        return grade == Attained.REACHED if grade else None
    found = measured(indicator)
    if found is None:
        return None
    match indicator.operator:
        case Operator.AT_MOST:
            return found.actual <= found.target
        case Operator.LESS:
            return found.actual < found.target
        case Operator.EQUAL:
            return found.actual == found.target
        case Operator.MORE:
            return found.actual > found.target
        case _:
            return found.actual >= found.target


def deviation(indicator: Indicator) -> Fraction | None:
    """偏差: (actual − target) ÷ |target|; None where it cannot be said, for a target of 0 and for dates."""
    found = None if indicator.operator == Operator.QUALITATIVE else measured(indicator)
    if found is None or found.days or not found.target:
        return None
    return (found.actual - found.target) / abs(found.target)


def is_far_over(indicator: Indicator, policy: Policy) -> bool:
    """True where more is better and the result lies so far over the target that the form wants a reason."""
    over = deviation(indicator) if indicator.operator in RISING else None
    return over is not None and over * 100 >= policy.over_target


def band(indicator: Indicator, policy: Policy) -> tuple[Decimal, Decimal] | None:
    """Most and least points of a qualitative indicator by how far it was reached; None: not said, or without weight."""
    grade, weight = attained(indicator), weight_of(indicator)
    if indicator.operator != Operator.QUALITATIVE or weight is None or grade not in tuple(Attained):
        return None
    most, least = policy.bands[tuple(Attained).index(Attained(grade))]
    return rounded(Fraction(weight) * most / 100), rounded(Fraction(weight) * least / 100)


def weight_of(indicator: Indicator) -> Decimal | None:
    """分值; None where none is given."""
    return parse_value(indicator.weight)


def computed_score(indicator: Indicator, policy: Policy) -> Decimal | None:
    """得分 by the rules of this module, two decimals; None while it cannot be computed (``obstacle`` says why).

    For a qualitative indicator this is a proposal: the best of its band. A date that is late is the officer's to score.
    """
    weight = weight_of(indicator)
    if weight is None or obstacle(indicator):
        return None
    if indicator.operator == Operator.QUALITATIVE:
        found = band(indicator, policy)
        return found[0] if found else None
    held = measured(indicator)
    assert held is not None  # no obstacle
    score = Fraction(weight) * (1 if is_reached(indicator) else share(indicator.operator, held.target, held.actual))
    if is_far_over(indicator, policy):
        score = max(Fraction(0), score - policy.over_target_deduction)
    return rounded(score)


def share(operator: str, target: Fraction, actual: Fraction) -> Fraction:
    """What part of the points (0 to 1) a result earns that has missed its target."""
    if target * actual <= 0:
        return Fraction(0)
    ratio = abs(actual) / abs(target)
    if operator == Operator.EQUAL:
        return min(ratio, 1 / ratio)
    rising = (operator not in FALLING) == (target > 0)  # of two negative numbers the nearer to zero is more
    return min(Fraction(1), ratio if rising else 1 / ratio)


def obstacle(indicator: Indicator) -> str:
    """Why an indicator cannot be scored yet, in Chinese; empty where it can."""
    if indicator.inapplicable:
        return _("不适用，不计分")
    if weight_of(indicator) is None:
        return _("没有填写分值") if not indicator.weight.strip() else _("分值不是数字")
    if indicator.operator == Operator.QUALITATIVE:
        return "" if attained(indicator) else _("没有选择完成情况")
    if not indicator.target.strip():
        return _("没有填写指标值")
    if not indicator.actual.strip():
        return _("没有填写实际完成值")
    held = measured(indicator)
    if held is None:
        numbers = parse_quantity(indicator.target) and parse_quantity(indicator.actual)
        return _("指标值和完成值的单位不同") if numbers else _("指标值或完成值不是数字")
    if held.days and not is_reached(indicator):
        return _("晚于要求时间，请填写得分")
    return ""


def needs_reason(indicator: Indicator, policy: Policy) -> str:
    """Why 偏差原因及改进措施 is wanted, in Chinese; empty where it is not. Says nothing of whether one was given."""
    if indicator.inapplicable:
        return ""
    if is_reached(indicator) is False:
        if indicator.operator == Operator.QUALITATIVE:
            return _("没有完全达成年度指标")
        if (held := measured(indicator)) and held.days:
            return _("完成时间晚于要求时间")
        return _("实际完成值超过指标值") if indicator.operator in FALLING else _("实际完成值未达到指标值")
    if is_far_over(indicator, policy):
        return _("实际完成值高于指标值{percent}%及以上").format(percent=policy.over_target)
    score, weight = printed_score(indicator, policy), weight_of(indicator)
    if score is not None and weight is not None and score < weight:
        return _("得分低于分值")
    return ""


def given_score(indicator: Indicator) -> Decimal | None:
    """得分 as the officer gave it, two decimals; None where it is left to be computed."""
    given = parse_value(indicator.score)
    return None if given is None else rounded(given)


def printed_score(indicator: Indicator, policy: Policy) -> Decimal | None:
    """得分 as printed: the given one, else the computed one; None while there is neither, or where inapplicable."""
    if indicator.inapplicable:
        return None
    given = given_score(indicator)
    return computed_score(indicator, policy) if given is None else given


@dataclass(frozen=True, slots=True)
class Scored:
    """One indicator of an evaluation with its scores (points, two decimals)."""

    indicator: Indicator
    weight: Decimal | None  # None: none given
    computed: Decimal | None
    given: Decimal | None
    printed: Decimal | None  # None: inapplicable, or not scorable yet
    needs_reason: str  # why a reason is wanted; empty where it is not
    obstacle: str  # why it cannot be computed; empty where it can

    @property
    def reason_missing(self) -> bool:
        """True where a reason is wanted and none is given."""
        return bool(self.needs_reason) and not self.indicator.reason.strip()


def scored(indicator: Indicator, policy: Policy) -> Scored:
    """An indicator with its scores."""
    return Scored(
        indicator=indicator,
        weight=weight_of(indicator),
        computed=computed_score(indicator, policy),
        given=given_score(indicator),
        printed=printed_score(indicator, policy),
        needs_reason=needs_reason(indicator, policy),
        obstacle=obstacle(indicator),
    )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The self-evaluation of a project or of the unit (``about`` 0). Points are two decimals, as printed."""

    year: int
    about: int
    rate: Fraction | None  # 执行率; None: no budget
    execution_points: int  # 执行率分值
    execution_score: Decimal  # 0 where there is no budget, never more than the points
    rows: tuple[Scored, ...]
    full: Decimal  # Σ分值 that applies, with the points of the execution rate
    total: Decimal  # Σ printed scores; scaled to 100 where an indicator does not apply
    cap: tuple[int, int] | None  # the cap by execution rate that holds: rate below (percent), highest total
    capped_total: Decimal
    grade: str  # by ``capped_total``; empty while the evaluation is not complete
    missing: tuple[str, ...]  # what is to be filled in before the total counts

    @property
    def complete(self) -> bool:
        """True where every indicator that applies has a score."""
        return not self.missing

    @property
    def rescaled(self) -> bool:
        """True where indicators were left out and the rest was scaled to 100."""
        return any(row.indicator.inapplicable for row in self.rows)

    @property
    def indicator_score(self) -> Decimal:
        """Σ得分 of the indicators alone, as printed."""
        return sum((row.printed for row in self.rows if row.printed is not None), NAUGHT)

    @property
    def unexplained(self) -> tuple[Scored, ...]:
        """Indicators that want a reason and have none."""
        return tuple(row for row in self.rows if row.reason_missing)


def evaluation(book: Book, year: int, about: int = 0) -> Evaluation:
    """The self-evaluation of a project, or of the unit with its own indicators and execution rate (``about`` 0)."""
    policy = book.policy(year)
    balance = project_balance(book, year, about) if about else unit_balance(book, year)
    rows = tuple(scored(one, policy) for one in book.indicators(year, about))
    rate = balance.rate(policy.rate_base)
    execution = printed_execution(balance, policy)
    applicable = [row for row in rows if not row.indicator.inapplicable]
    full = sum((row.weight for row in applicable if row.weight is not None), Decimal(policy.execution_points))
    total = execution + sum((row.printed for row in applicable if row.printed is not None), NAUGHT)
    if len(applicable) < len(rows) and full:
        total = rounded(Fraction(total) / Fraction(full) * 100)
    cap = cap_of(rate, policy)
    capped = min(total, rounded(Decimal(cap[1]))) if cap else total
    missing = _missing(rows, applicable)
    return Evaluation(
        year=year,
        about=about,
        rate=rate,
        execution_points=policy.execution_points,
        execution_score=execution,
        rows=rows,
        full=full,
        total=total,
        cap=cap,
        capped_total=capped,
        grade="" if missing else grade_of(capped, policy),
        missing=missing,
    )


def _missing(rows: tuple[Scored, ...], applicable: list[Scored]) -> tuple[str, ...]:
    if not rows:
        return (_("还没有绩效指标"),)
    return tuple(
        _("{name}：{obstacle}").format(name=row.indicator.name or _("未命名指标"), obstacle=row.obstacle)
        for row in applicable
        if row.printed is None or row.weight is None
    )


def printed_execution(balance: Balance, policy: Policy) -> Decimal:
    """执行率得分 as printed: points × rate, at least 0, at most the points; 0 where there is no budget."""
    score = execution_score(balance, policy.execution_points, policy.rate_base)
    return rounded(max(Fraction(0), score or Fraction(0)))


def cap_of(rate: Fraction | None, policy: Policy) -> tuple[int, int] | None:
    """The strictest cap of the total by execution rate: (rate below in percent, highest total); None: no cap."""
    held = [cap for cap in policy.caps if rate is not None and rate * 100 < cap[0]]
    return min(held, key=lambda cap: cap[1], default=None)


def grade_of(total: Decimal, policy: Policy) -> str:
    """等级: the best grade whose lowest total is reached."""
    return next((name for name, least in policy.grades if total >= least), policy.grades[-1][0])
