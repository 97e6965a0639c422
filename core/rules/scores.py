"""Rules about the score of a single indicator: within its points, as its result deserves, with a reason."""

from collections.abc import Iterator
from decimal import Decimal

from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.goals import ATTAINED_LABELS, Indicator, Operator
from core.i18n import _
from core.indicator_text import actual_text, indicator_place, owner_name, points, target_text
from core.monitoring import missing_of, period
from core.quantities import rounded
from core.scoring import (
    Scored,
    attained,
    band,
    deviation,
    given_score,
    is_far_over,
    is_reached,
    needs_reason,
    scored,
    weight_of,
)

_REASONS = ("causes", "reason", "measure")  # fields of a monthly check-up that explain


def _shown(label: str, value: Decimal) -> Shown:
    """Points as a figure of a finding."""
    return Shown(label, int(value * 100), "分")


def _repair(row: Scored) -> Repair | None:
    """The computed score, where there is just one right: not for a qualitative indicator."""
    if row.computed is None or row.indicator.operator == Operator.QUALITATIVE:
        return None
    label = _("按公式计算得分（{score}分）").format(score=points(row.computed))
    return Repair(label, "score_by_formula", (row.indicator.id,))


def _applicable(book: Book, year: int, about: int) -> Iterator[Indicator]:
    """The indicators of the self-evaluation that apply."""
    return (one for one in book.indicators(year, about) if not one.inapplicable)


@rule(
    "C-025",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("得分超出分值"),
    message=_("{place}计分有误：{fact}。"),
    why=_("得分只能在零分和分值之间，超出的得分会使总分虚高。"),
    remedy=_("核对分值和得分是否填错栏或多填一位。"),
)
def outside_points(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-025: 0 ≤ 得分 ≤ 分值."""
    for one in _applicable(book, year, about):
        given, weight = given_score(one), weight_of(one)
        if weight is not None and weight < 0:
            fact, field = _("分值{weight}分是负数").format(weight=points(weight)), "weight"
        elif given is not None and given < 0:
            fact, field = _("得分{given}分是负数").format(given=points(given)), "score"
        elif given is not None and weight is not None and given > weight:
            wording = _("得分{given}分，超过分值{weight}分，多{difference}分")
            fact = wording.format(given=points(given), weight=points(weight), difference=points(given - weight))
            field = "score"
        else:
            continue
        figures = [_shown(_("得分"), given)] if given is not None else []
        figures += [_shown(_("分值"), weight)] if weight is not None else []
        yield self.found(
            year,
            About("indicator", one.id, field),
            values={"place": indicator_place(book, one), "fact": fact},
            figures=tuple(figures),
            repair=_repair(scored(one, book.policy(year))) if field == "score" else None,
        )


@rule(
    "C-028",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("没有完成指标值却没有扣分"),
    message=_("{place}指标值{target}，完成值{actual}，没有完成，{fact}。"),
    why=_("定量指标没有完成指标值的，按完成值与指标值的比例计分，不能给满分。"),
    remedy=_("核对完成值；完成值无误的，按比例计算得分，并说明偏差原因。"),
)
def missed_but_full(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-028: a quantitative indicator that missed its target has less than its points, by its operator.
    More than its share, though not all of the points, is a 提醒."""
    for one in _applicable(book, year, about):
        given, weight = given_score(one), weight_of(one)
        if one.operator == Operator.QUALITATIVE or given is None or weight is None or is_reached(one) is not False:
            continue
        row = scored(one, book.policy(year))
        own = row.computed
        full = given == weight > 0
        if not full and (own is None or not own < given < weight):
            continue
        fact = _("却得满分{given}分") if full else _("得分{given}分")
        fact = fact.format(given=points(given))
        if own is not None:
            fact += _("，按比例应得{own}分，多{difference}分").format(own=points(own), difference=points(given - own))
        yield self.found(
            year,
            About("indicator", one.id, "score"),
            values={
                "place": indicator_place(book, one),
                "target": target_text(one),
                "actual": actual_text(one),
                "fact": fact,
            },
            figures=(_shown(_("得分"), given), _shown(_("应得分"), weight if own is None else own)),
            severity=self.severity if full else Severity.WARNING,
            repair=_repair(row),
        )


@rule(
    "C-029",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("远超指标值没有说明原因"),
    message=_("{place}指标值{target}，完成值{actual}，超出{over}%；超出{limit}%及以上须说明原因，现在没有填写。"),
    why=_("完成值远高于指标值，往往是指标值定得偏低，自评要分析原因并适度调减得分。"),
    remedy=_("在偏差原因一栏说明超额的原因；指标值明显偏低的，适度调减得分，下年提高指标值。"),
)
def far_over(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-029: (actual − target) ÷ target ≥ policy.over_target percent, more being better, without a reason."""
    policy = book.policy(year)
    for one in _applicable(book, year, about):
        over = None if one.reason.strip() else deviation(one)
        if over is None or not is_far_over(one, policy):
            continue
        yield self.found(
            year,
            About("indicator", one.id, "reason"),
            values={
                "place": indicator_place(book, one),
                "target": target_text(one),
                "actual": actual_text(one),
                "over": points(rounded(over * 100)),
                "limit": policy.over_target,
            },
        )


@rule(
    "C-030",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("有偏差没有说明原因"),
    message=_("{place}有偏差：{fact}。"),
    why=_("没有完成或没有得满分的指标，以及支出进度亮灯的项目，都要说明原因和改进措施。"),
    remedy=_("写明没有完成的具体事项、原因和下一步措施，不要只写“基本完成”。"),
)
def unexplained(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-030: a reason is compulsory where the target was missed or 得分 < 分值 (far over is C-029's), and in a
    monthly check-up (提醒) for a red or yellow light and a target in doubt."""
    policy = book.policy(year)
    for one in _applicable(book, year, about):
        if one.reason.strip() or not needs_reason(one, policy) or is_far_over(one, policy):
            continue
        row = scored(one, policy)
        fact = _fact_of(row)
        yield self.found(
            year,
            About("indicator", one.id, "reason"),
            values={
                "place": indicator_place(book, one),
                "fact": _("{fact}，没有填写偏差原因及改进措施").format(fact=fact),
            },
            figures=_figures_of(row),
        )
    yield from _unexplained_months(self, book, year, about)


def _fact_of(row: Scored) -> str:
    """What of an indicator wants a reason: 指标值≥12场，完成值8场，得13.33分（满分20分）."""
    one, parts = row.indicator, []
    if one.operator == Operator.QUALITATIVE and attained(one):
        parts.append(_("完成情况为“{grade}”").format(grade=ATTAINED_LABELS[attained(one)]))
    elif is_reached(one) is False:
        wording = _("指标值{target}，完成值{actual}，{why}")
        parts.append(wording.format(target=target_text(one), actual=actual_text(one), why=row.needs_reason))
    if row.printed is not None and row.weight is not None and row.printed < row.weight:
        parts.append(_("得{score}分（满分{full}分）").format(score=points(row.printed), full=points(row.weight)))
    return "，".join(parts)


def _figures_of(row: Scored) -> tuple[Shown, ...]:
    if row.printed is None or row.weight is None:
        return ()
    return _shown(_("得分"), row.printed), _shown(_("分值"), row.weight)


def _unexplained_months(self: Rule, book: Book, year: int, about: int) -> Iterator[Finding]:
    """Months of the check-up that lack causes, reasons or measures; only those something was noted for."""
    if not about:
        return
    for month in sorted({noted.month for noted in book.monitors(year, about)}):
        gaps = [gap for gap in missing_of(book, year, about, month) if gap.field in _REASONS]
        if gaps:
            yield self.found(
                year,
                About("monitor", about, str(month)),
                values={
                    "place": _("{owner}{period}的执行监控").format(
                        owner=owner_name(book, year, about), period=period(month)
                    ),
                    "fact": "、".join(dict.fromkeys(gap.text for gap in gaps)),
                },
                severity=Severity.WARNING,
                stage=Stage.ALWAYS,
            )


@rule(
    "C-032",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("定性指标得分不在档内"),
    message=_("{place}完成情况为“{grade}”，得分应在{least}至{most}分之间，填写的是{given}分，{gap}分。"),
    why=_("定性指标按完成情况分三档计分，得分必须落在对应的一档内。"),
    remedy=_("核对完成情况选得是否恰当，再按对应的一档更正得分。"),
)
def outside_band(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-032: 得分 within policy.bands of the points; both ends of a band count as inside. Outside the points
    altogether is C-025's."""
    policy = book.policy(year)
    for one in _applicable(book, year, about):
        held, given, weight = band(one, policy), given_score(one), weight_of(one)
        if held is None or given is None or weight is None or not 0 <= given <= weight:
            continue
        most, least = held
        if least <= given <= most:
            continue
        gap = _("高{n}").format(n=points(given - most)) if given > most else _("低{n}").format(n=points(least - given))
        yield self.found(
            year,
            About("indicator", one.id, "score"),
            values={
                "place": indicator_place(book, one),
                "grade": ATTAINED_LABELS[attained(one)],
                "least": points(least),
                "most": points(most),
                "given": points(given),
                "gap": gap,
            },
            figures=(_shown(_("得分"), given), _shown(_("最高"), most), _shown(_("最低"), least)),
        )
