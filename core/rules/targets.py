"""Rules about a table of indicators as a whole: points, categories, copies of last year, and 目标表 against 自评表."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from core.balance import NOTHING, project_balance, unit_balance
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.goals import VERSION_LABELS, Indicator, Operator, Version
from core.i18n import _
from core.indicator_text import indicator_name, indicator_place, owner_name, points, target_text
from core.monitoring import monitored_projects
from core.quantities import parse_quantity, parse_value
from core.scoring import rows_in_force

_FEW = 3  # a table of fewer indicators is no copy of anything


@rule(
    "C-024",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("指标分值合计不对"),
    message=_("{owner}的{table}{fact}。"),
    why=_("指标分值与执行率分值合计应为100分，各一级指标的分值按口径分配，合计不对总分就没有意义。"),
    remedy=_("按口径调整各指标的分值；口径与本地要求不同的，在设置中更换口径。"),
)
def points_add_up(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-024: Σ分值 + 执行率分值 = 100; a 提醒 where only the first levels differ from the policy's scheme.
    The targets of the year's start may also carry 100 points by themselves, or none at all."""
    rows = rows_in_force(book, year, about)
    if not rows:
        return
    policy = book.policy(year)
    weights = [parse_value(one.weight) for one in rows]
    whole = sum((weight for weight in weights if weight is not None), Decimal(0))
    blank = weights.count(None)
    total = whole + policy.execution_points
    goals = rows[0].version == Version.GOAL
    if goals and (blank == len(rows) or (whole == 100 and not blank)):
        return
    levels = _levels_off(book, rows)
    if total == 100 and not blank and not levels:
        return
    parts = []
    if total != 100:
        wording = _("指标分值合计{whole}分，加执行率分值{execution}分共{total}分，应为100分，{gap}分")
        gap = _("多{n}").format(n=points(total - 100)) if total > 100 else _("少{n}").format(n=points(100 - total))
        parts.append(
            wording.format(whole=points(whole), execution=policy.execution_points, total=points(total), gap=gap)
        )
    if blank:
        parts.append(_("有{n}个指标没有填写分值").format(n=blank))
    elif levels:
        parts.append("、".join(levels))
    yield self.found(
        year,
        About("evaluation", about, "weight"),
        values={
            "owner": owner_name(book, year, about),
            "table": VERSION_LABELS[rows[0].version],
            "fact": "，".join(parts),
        },
        figures=(Shown(_("指标分值合计"), int(whole * 100), "分"),),
        severity=self.severity if total != 100 or blank else Severity.WARNING,
    )


def _levels_off(book: Book, rows: list[Indicator]) -> list[str]:
    """First levels whose points are not those of the scheme: 产出指标40分（口径为50分）."""
    wanted = book.policy(rows[0].year).weights
    held: dict[str, Decimal] = dict.fromkeys(wanted, Decimal(0))
    for one in rows:
        held[one.level1] = held.get(one.level1, Decimal(0)) + (parse_value(one.weight) or 0)
    return [
        _("{level}{held}分（口径为{wanted}分）").format(
            level=level or _("未填一级指标"), held=points(sum_), wanted=wanted.get(level, 0)
        )
        for level, sum_ in held.items()
        if sum_ != wanted.get(level, 0)
    ]


@rule(
    "C-038",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("绩效指标缺项"),
    message=_("绩效指标不全：{fact}。"),
    why=_("产出、效益、满意度等一级指标缺一不可，没有指标就无法自评。"),
    remedy=_("在绩效页补充指标，可以从指标库选取或沿用上年；确实不适用的指标，标为不适用并说明。"),
)
def categories_missing(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-038: every first level of the scheme has an indicator. Who has none at all is said once, of the unit
    and of the projects of 项目支出 with money."""
    rows = rows_in_force(book, year, about)
    if rows:
        present = {one.level1 for one in rows}
        missing = [level for level, full in book.policy(year).weights.items() if full and level not in present]
        if missing:
            wording = _("{owner}的{table}没有{levels}")
            fact = wording.format(
                owner=owner_name(book, year, about), table=VERSION_LABELS[rows[0].version], levels="、".join(missing)
            )
            yield self.found(year, About("evaluation", about, "level1"), values={"fact": fact})
    if about or unit_balance(book, year) == NOTHING:
        return
    with_money = [row.project for row in monitored_projects(book, year)]
    with_money = [one for one in with_money if project_balance(book, year, one) != NOTHING]
    owners = [0, *with_money]
    empty = [one for one in owners if not rows_in_force(book, year, one)]
    unanswered = [one for one in owners if one not in empty and not book.indicators(year, one)]
    facts = [
        wording.format(owners="、".join(owner_name(book, year, one) for one in group))
        for group, wording in ((empty, _("{owners}还没有绩效指标")), (unanswered, _("{owners}还没有填写绩效自评表")))
        if group
    ]
    if facts:
        first = (empty or unanswered)[0]
        yield self.found(year, About("evaluation", first, "rows"), values={"fact": "；".join(facts)})


@rule(
    "C-040",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("指标照搬上年"),
    message=_("{owner}的{n}个绩效指标中，有{same}个与上年的名称和指标值完全相同（{percent}%）{note}。"),
    why=_("逐年照搬的指标不能反映当年任务，审计和评审会认为目标设置流于形式。"),
    remedy=_("按当年任务和预算调整指标值；任务确实未变的，可以说明后保留。"),
)
def copied(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-040: at least policy.similarity percent of the indicators are last year's, name and target unchanged."""
    rows, last = rows_in_force(book, year, about), rows_in_force(book, year - 1, about)
    if len(rows) < _FEW or not last:
        return
    before = {(_plain(one.name), target_text(one)) for one in last}
    same = [one for one in rows if (_plain(one.name), target_text(one)) in before]
    if len(same) * 100 < book.policy(year).similarity * len(rows):
        return
    unconfirmed = sum(one.taken_over for one in same)
    yield self.found(
        year,
        About("evaluation", about, "rows"),
        values={
            "owner": owner_name(book, year, about),
            "n": len(rows),
            "same": len(same),
            "percent": len(same) * 100 // len(rows),
            "note": _("，其中{n}个沿用后还没有确认").format(n=unconfirmed) if unconfirmed else "",
        },
    )


@rule(
    "C-041",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("自评表与目标表不一致"),
    message=_("{place}与目标表不一致：{fact}。"),
    why=_("自评要对照年初批复的绩效目标，自行增减或改动指标，审计会认定为随意调整。"),
    remedy=_("按批复的绩效目标更正自评表；目标经批准调整的，同时修改绩效目标表并留存批复。"),
)
def not_as_targeted(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-041: 绩效目标表 and 绩效自评表 hold the same indicators by name and target; matched by the goal a row
    answers, else by name. Needs both tables."""
    goals, rows = book.indicators(year, about, Version.GOAL), book.indicators(year, about)
    if not goals or not rows:
        return
    by_id, by_name = {one.id: one for one in goals}, {_plain(one.name): one for one in reversed(goals)}
    answered = set()
    for one in rows:
        goal = by_id.get(one.goal) or by_name.get(_plain(one.name))
        if goal is None:
            fact, field = _("绩效目标表中没有这个指标"), "name"
        else:
            answered.add(goal.id)
            fact, field = _difference(goal, one)
        if fact:
            yield self.found(
                year, About("indicator", one.id, field), values={"place": indicator_place(book, one), "fact": fact}
            )
    for goal in goals:
        if goal.id not in answered:
            yield self.found(
                year,
                About("indicator", goal.id, "name"),
                values={"place": indicator_place(book, goal), "fact": _("自评表没有列入")},
            )


def _difference(goal: Indicator, one: Indicator) -> tuple[str, str]:
    """How an indicator differs from its goal, and in which field; empty where it does not."""
    if _plain(goal.name) != _plain(one.name):
        return _("绩效目标表中名称为“{name}”").format(name=indicator_name(goal)), "name"
    if goal.target.strip() and not _same_target(goal, one):
        wording = _("绩效目标表中指标值为{goal}，自评表为{own}")
        return wording.format(goal=target_text(goal), own=target_text(one) or _("空")), "target"
    return "", ""


def _same_target(goal: Indicator, one: Indicator) -> bool:
    """True for the same operator and value: 100% is 100.0%, 1万人 is 10000人."""
    wanted, own = parse_quantity(goal.target), parse_quantity(one.target)
    if goal.operator == Operator.QUALITATIVE or wanted is None or own is None:
        return (goal.operator, _plain(goal.target)) == (one.operator, _plain(one.target))
    return goal.operator == one.operator and wanted.in_base(goal.unit) == own.in_base(one.unit)


def _plain(text: str) -> str:
    """A name as it is compared: widths and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@rule(
    "C-088",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("绩效指标全部是定性的"),
    message=_("{owner}的{table}有{n}个指标，全部是定性指标，没有一个可以用数字衡量。"),
    why=_("绩效目标以定量为主，全部定性的指标无法考核完成程度。"),
    remedy=_("至少为产出指标补充数量、时间或比率等定量的指标值。"),
)
def only_qualitative(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-088: no indicator of the table is quantitative."""
    rows = [one for one in rows_in_force(book, year, about) if not one.inapplicable]
    if rows and all(one.operator == Operator.QUALITATIVE for one in rows):
        yield self.found(
            year,
            About("evaluation", about, "operator"),
            values={
                "owner": owner_name(book, year, about),
                "table": VERSION_LABELS[rows[0].version],
                "n": len(rows),
            },
        )
