"""Rules about single indicators: targets that cannot be measured, units, surveys, dates, money."""

import re
from collections.abc import Iterator
from fractions import Fraction

from core.balance import NOTHING, Balance, project_balance, unit_balance
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Stage, Subject, exact_figures, exact_words, rule
from core.goals import Indicator, Operator, Version
from core.i18n import _
from core.indicator_text import actual_text, indicator_place, target_text
from core.quantities import parse_quantity
from core.questions import answered
from core.scoring import COST, RISING, rows_in_force

ELSEWHERE, UNASKED = "elsewhere", "unasked"
_SATISFACTION = "满意度"
_TIME = "时效指标"
# A date, or words that name one, such as 12月底前.
_DAY = re.compile(r"\d{4}[-./]\d|\d ?(?:年|月|日|号)|[年季月旬][底初末前内]|[一二三四1-4]季度")
_PERIODS = re.compile(r"个?(?:年|季度?|月|周|旬|工作日|日|天|小时|分钟?|秒)")
_TIMES = re.compile(r"时间|日期|期限|时限|时长|天数|周期|进度|率")
# The whole of what was spent, not one kind of cost or the cost of one piece.
_WHOLE = re.compile(r"总额|总成本|总支出|总费用|总投资|支出合计")
_ONE_KIND = re.compile(r"三公|会议|培训|差旅|接待|劳务|印刷|用车|设备|人均|单位|每|平均|单次|单场")


def _applicable(rows: list[Indicator]) -> Iterator[Indicator]:
    return (one for one in rows if not one.inapplicable)


@rule(
    "C-033",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("定量指标的指标值不是数字"),
    message=_("{place}是定量指标（{operator}），指标值“{target}”不是一个数字，无法计算完成情况。"),
    why=_("指标值不是数字，就不能与完成值比较，评审会认为指标没有量化。"),
    remedy=_("指标值只填一个数字，计算符号和度量单位分开填写，如≥、30、场；确实不能量化的，计算符号选“定性”。"),
)
def not_numeric(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-033: a quantitative 指标值 such as 若干 or a bare ≥. A date is good; an empty one is not filled yet."""
    for one in _applicable(rows_in_force(book, year, about)):
        text = one.target.strip()
        if one.operator == Operator.QUALITATIVE or not text or parse_quantity(text) or _DAY.search(text):
            continue
        yield self.found(
            year,
            About("indicator", one.id, "target"),
            values={"place": indicator_place(book, one), "operator": one.operator, "target": text},
        )


@rule(
    "C-034",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("指标值与完成值单位不同"),
    message=_("{place}的指标值为{target}，完成值为{actual}，{fact}。"),
    why=_("单位不同的两个数不能比较，得分也就算不出来。"),
    remedy=_("把完成值换算成指标值的度量单位后填写。"),
)
def units_differ(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-034: 度量单位 of target and result. Also a share of 1 where percent is asked for: 0.96 for 95 %."""
    for one in _applicable(book.indicators(year, about)):
        target, actual = parse_quantity(one.target), parse_quantity(one.actual)
        if one.operator == Operator.QUALITATIVE or target is None or actual is None:
            continue
        wanted, unit = target.in_base(one.unit)
        reached, other = actual.in_base(one.actual_unit or one.unit or target.unit)
        if other != unit:
            fact = _("单位不同，无法比较")
        elif unit == "%" and wanted >= 50 and 0 < reached <= 1 and one.operator in (*RISING, Operator.EQUAL):
            fact = _("疑似把百分数写成了小数")
        else:
            continue
        yield self.found(
            year,
            About("indicator", one.id, "actual"),
            values={
                "place": indicator_place(book, one),
                "target": target_text(one),
                "actual": actual_text(one),
                "fact": fact,
            },
        )


def _surveyed(rows: list[Indicator]) -> Iterator[Indicator]:
    """Indicators of satisfaction that have a result above 0: someone was asked."""
    for one in _applicable(rows):
        if _SATISFACTION in one.level1 or _SATISFACTION in one.level2 or _SATISFACTION in one.name:
            reached = parse_quantity(one.actual)
            if one.actual.strip() and (reached is None or reached.number > 0):
                yield one


@rule(
    "C-035",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("满意度没有说明调查情况"),
    message=_("{place}完成值{actual}，没有填写{missing}{asked}。"),
    why=_("满意度要有调查支撑，评审会要求提供样本量和调查方法。"),
    remedy=_("填写样本量和调查方法，并留存问卷或回访记录；由上级统一调查的，回答后不再提醒。"),
    choices=((ELSEWHERE, _("由上级统一调查")), (UNASKED, _("没有开展调查"))),
)
def survey_unsaid(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-035: 满意度 with a result but without 样本量 or 调查方法; asks whether anyone was asked at all."""
    for one in _surveyed(book.indicators(year, about)):
        missing = [*([] if one.sample > 0 else [_("样本量")]), *([] if one.method.strip() else [_("调查方法")])]
        place = About("indicator", one.id, "method" if one.sample > 0 else "sample")
        answer = answered(book, self, year, place)
        if missing and answer != ELSEWHERE:
            yield self.found(
                year,
                place,
                values={
                    "place": indicator_place(book, one),
                    "actual": actual_text(one),
                    "missing": _("和").join(missing),
                    "asked": _("，已回答没有开展调查") if answer == UNASKED else "",
                },
                remedy=_("没有开展调查的，不应填写满意度；补做调查后再填写。") if answer == UNASKED else "",
            )


@rule(
    "C-036",
    severity=Severity.INFO,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("满意度样本过少"),
    message=_("{place}为{actual}，样本量只有{sample}，少于{least}。"),
    why=_("样本过少的满意度没有代表性，百分之百的结果尤其容易被质疑。"),
    remedy=_("扩大调查范围，或在偏差原因一栏说明调查对象总数和调查方法。"),
)
def small_sample(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-036: 满意度 100 % with a sample below policy.sample_least."""
    least = book.policy(year).sample_least
    for one in _surveyed(book.indicators(year, about)):
        reached = parse_quantity(one.actual)
        if reached is None or not 0 < one.sample < least:
            continue
        number, unit = reached.in_base(one.actual_unit or one.unit)
        if unit == "%" and number >= 100:
            yield self.found(
                year,
                About("indicator", one.id, "sample"),
                values={
                    "place": indicator_place(book, one),
                    "actual": actual_text(one),
                    "sample": one.sample,
                    "least": least,
                },
            )


@rule(
    "C-037",
    severity=Severity.INFO,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("时效指标没有时间要求"),
    message=_("{place}是时效指标，指标值“{target}”既不是日期，也不是时长或比率。"),
    why=_("时效指标说明任务应在什么时候完成，写成“及时”无法考核。"),
    remedy=_("写明完成时间或按期完成的比率，如12月31日前，或按期完成率等于100%。"),
)
def no_time(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-037 (heuristic): a 时效指标 is a date, a time taken, or a rate of what was in time."""
    for one in _applicable(rows_in_force(book, year, about)):
        text = one.target.strip()
        if not one.level2.startswith(_TIME) or not text:
            continue
        found = parse_quantity(text)
        unit = one.unit or (found.unit if found else "")
        counted = unit in ("%", "‰") or _PERIODS.fullmatch(unit) or (found and _TIMES.search(one.name))
        if not counted and not _DAY.search(text):
            yield self.found(
                year,
                About("indicator", one.id, "target"),
                values={"place": indicator_place(book, one), "target": target_text(one)},
            )


@rule(
    "C-039",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("成本指标与预算支出不符"),
    message=_("{place}与台账不符：{fact}。"),
    why=_("成本指标取自预算和支出，与台账不符时，评审会认为数字没有依据。"),
    remedy=_("核对指标的单位是元还是万元，再对照全年预算和实际支出更正；包含本项目以外资金的，在偏差原因一栏说明。"),
)
def cost_against_ledger(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-039 (heuristic): a cost in 元 or 万元 has a target ≤ B and a result ≤ E; one that by its name is the
    whole has a result = E. Compared at the digits it is given with."""
    balance = project_balance(book, year, about) if about else unit_balance(book, year)
    if balance == NOTHING:
        return
    for one in _applicable(rows_in_force(book, year, about)):
        if COST not in (one.level1, one.level2) or one.operator == Operator.QUALITATIVE:
            continue
        if found := _cost_facts(one, balance):
            facts, figures, severity = found
            yield self.found(
                year,
                About("indicator", one.id, "actual" if one.version == Version.SELF else "target"),
                values={"place": indicator_place(book, one), "fact": "，".join(facts)},
                figures=exact_figures(*figures),
                severity=severity,
            )


def _cost_facts(one: Indicator, balance: Balance) -> tuple[list[str], list[tuple[str, int]], Severity] | None:
    """What is wrong with a cost, the figures named, and how sure that is; None where nothing is."""
    facts: list[str] = []
    figures: list[tuple[str, int]] = []
    severity = Severity.WARNING
    wanted, reached = _money(one.target, one.unit), _money(one.actual, one.actual_unit or one.unit)
    if wanted and one.operator not in RISING and wanted[0] - wanted[1] > balance.budget:
        facts.append(
            _("指标值{target}超过全年预算{budget}").format(target=target_text(one), budget=exact_words(balance.budget))
        )
        figures.append((_("全年预算"), balance.budget))
    if reached and one.version == Version.SELF:
        gap = reached[0] - balance.spent
        whole = bool(_WHOLE.search(one.name)) and not _ONE_KIND.search(one.name)
        if gap > reached[1] or (whole and -gap > reached[1]):
            wording = _("完成值{actual}超过实际支出{spent}") if gap > 0 else _("完成值{actual}少于实际支出{spent}")
            facts.append(wording.format(actual=actual_text(one), spent=exact_words(balance.spent)))
            figures.append((_("实际支出"), balance.spent))
            severity = Severity.WARNING if gap > 0 or len(facts) > 1 else Severity.INFO
    return (facts, figures, severity) if facts else None


def _money(text: str, unit: str) -> tuple[Fraction, Fraction] | None:
    """An amount in 分, and half a unit of its last digit; None for what is no amount of money."""
    found = parse_quantity(text)
    if found is None:
        return None
    amount, base = found.in_base(unit)
    if base != "元":
        return None
    exponent = found.number.as_tuple().exponent
    assert isinstance(exponent, int)  # a parsed number is finite
    digit = amount / Fraction(found.number) * Fraction(10) ** min(exponent, 0) if found.number else Fraction(0)
    return amount * 100, digit * 50
