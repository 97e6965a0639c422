"""Rules about the direction (正向、反向) of an indicator: its operator, its name and how it was scored."""

import re
from collections.abc import Iterator
from fractions import Fraction

from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Shown, Subject, rule
from core.goals import Indicator
from core.i18n import _
from core.indicator_text import actual_text, indicator_place, points, target_text
from core.quantities import rounded
from core.scoring import COST, FALLING, RISING, Scored, is_reached, measured, rows_in_force, scored

_FEWER = re.compile(r"投诉|事故|差错|失误|违规|违纪|违法|超支|逾期|返工|退件|不合格|死亡|发病|失业|辍学|能耗|成本")
# What is done against them is wanted high: 投诉处理率, 成本节约率.
_AGAINST = re.compile(
    r"处理|处置|办结|办理|回复|整改|化解|节约|降低|下降|减少|控制|排查|演练|培训|防范|预防|知晓|满意|查处|清理|解决|救助|宣传"
)
_GREATER = re.compile(r"(?<!不)(?:满意度|合格率|覆盖率|完成率|办结率|及时率|达标率|知晓率)")


@rule(
    "C-031",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    title=_("正向反向指标用反"),
    message=_("{place}方向可能用反：{fact}。"),
    why=_("反向指标越少越好，得分按指标值除以完成值计算；正向指标相反，方向用反得分就算错。"),
    remedy=_("核对计算符号：越多越好用≥，越少越好用≤；再按公式重新计算得分。"),
)
def wrong_way(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-031: an indicator that reached its target has the score the other direction's formula gives. Only a
    note (heuristic): a name that says less is better with ≥, or the reverse."""
    policy = book.policy(year)
    for one in rows_in_force(book, year, about):
        if one.inapplicable:
            continue
        row = scored(one, policy) if one.score.strip() else None
        if row and (fact := _scored_backwards(row)):
            assert row.given is not None and row.computed is not None
            label = _("按公式计算得分（{score}分）").format(score=points(row.computed))
            scores = ((_("得分"), row.given), (_("应得分"), row.computed))
            yield self.found(
                year,
                About("indicator", one.id, "score"),
                values={"place": indicator_place(book, one), "fact": fact},
                figures=tuple(Shown(name, int(score * 100), "分") for name, score in scores),
                repair=Repair(label, "score_by_formula", (one.id,)),
            )
        elif fact := _named_backwards(one):
            yield self.found(
                year,
                About("indicator", one.id, "operator"),
                values={"place": indicator_place(book, one), "fact": fact},
                severity=Severity.INFO,
            )


def _scored_backwards(row: Scored) -> str:
    """What to say of a reached target that is scored as if the other direction were good; empty where it is not."""
    one, given, weight = row.indicator, row.given, row.weight
    held = measured(one) if one.operator in (*RISING, *FALLING) else None
    if held is None or held.days or given is None or weight is None or row.computed != rounded(weight):
        return ""
    if not is_reached(one) or held.target <= 0 or held.actual <= 0:
        return ""
    falling = one.operator in FALLING
    ratio = held.actual / held.target if falling else held.target / held.actual
    if given == weight or given != rounded(Fraction(weight) * ratio):
        return ""
    wording = (
        _("反向指标（{target}），完成值{actual}已达标，得分{given}分却是完成值除以指标值算出的，应得{full}分")
        if falling
        else _("正向指标（{target}），完成值{actual}已达标，得分{given}分却是指标值除以完成值算出的，应得{full}分")
    )
    return wording.format(target=target_text(one), actual=actual_text(one), given=points(given), full=points(weight))


def _named_backwards(one: Indicator) -> str:
    """What to say of a name that contradicts the operator; empty where it does not."""
    if one.operator in RISING and not _AGAINST.search(one.name):
        money = COST in (one.level1, one.level2) and one.unit in ("元", "万元")
        if money or _FEWER.search(one.name):
            return _("越少越好，计算符号却是“{operator}”").format(operator=one.operator)
    if one.operator in FALLING and _GREATER.search(one.name):
        return _("越多越好，计算符号却是“{operator}”").format(operator=one.operator)
    return ""
