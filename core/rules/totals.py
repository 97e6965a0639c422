"""Rules about the sums of a self-evaluation: execution rate and its score, total and grade."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from core.balance import NOTHING
from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Shown, Stage, Subject, rule
from core.figures import Ref
from core.form_items import (
    BUDGET,
    GRADED,
    RATE,
    RATE_SCORE,
    REVIEWED,
    SPENT,
    TOTAL,
    WHOLE,
    form_balance,
    form_figure,
    money_key,
)
from core.i18n import _
from core.indicator_text import indicator_name, owner_name, points
from core.model import Stated
from core.money import WAN_CENT, half_up, show_rate, show_wan, wan_rounded
from core.scoring import Evaluation, evaluation, grade_of, is_reached

_NEAR = 1  # 0.01 % or 0.01 points: what rounding of the printed amounts explains


def _percent(label: str, amount: int) -> Shown:
    return Shown(label, amount, "%")


def _points(label: str, amount: int) -> Shown:
    return Shown(label, amount, "分")


def _cents(value: Decimal) -> int:
    """Points in 0.01, as they are stated."""
    return int(value * 100)


def _said(cents: int) -> str:
    """Stated points as printed."""
    return points(Decimal(cents) / 100)


def _money_of(book: Book, year: int, about: int) -> tuple[int, int]:
    """全年执行数 and 全年预算数 of the form as printed, stated where they are (分)."""
    found = (form_figure(book, Ref(year, about, money_key(WHOLE, column))) for column in (SPENT, BUDGET))
    spent, budget = (figure.value if figure and isinstance(figure.value, int) else 0 for figure in found)
    return wan_rounded(spent) * WAN_CENT, wan_rounded(budget) * WAN_CENT


def _rates(book: Book, year: int, about: int) -> list[Fraction]:
    """The execution rates a form may print: of the printed amounts, and of the ledger's exact ones; 0 without budget.
    None at all where neither the form nor the ledger has an amount to count with."""
    spent, budget = _money_of(book, year, about)
    exact = _rate(book, year, about)
    stated = any(book.stated(year, money_key(WHOLE, column), about) for column in (SPENT, BUDGET))
    if not stated and form_balance(book, year, about) == NOTHING:
        return []
    printed = Fraction(spent, budget) if budget else Fraction(0)
    return [printed] if stated or exact is None else [printed, exact]


def _rate(book: Book, year: int, about: int) -> Fraction | None:
    """执行率 by the policy's base; None without a budget."""
    return form_balance(book, year, about).rate(book.policy(year).rate_base)


@rule(
    "C-018",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("填报的执行率算错"),
    message=_(
        "{owner}填报的执行率{stated}，全年执行数{spent}除以全年预算数{budget}为{own}，相差{difference}个百分点。"
    ),
    why=_("执行率等于全年执行数除以全年预算数，评审首先复算这个数。"),
    remedy=_("对照自评表核对执行数、预算数和执行率；预算数应为调整后的全年预算，含上年结转。"),
)
def rate_miscounted(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-018: a stated 执行率 is E/B, of the printed or the exact amounts, to 0.01 %."""
    stated = book.stated(year, RATE, about)
    if stated is None:
        return
    own = [half_up(rate.numerator * 10_000, rate.denominator) for rate in _rates(book, year, about)]
    if not own or any(abs(stated.amount - one) <= _NEAR for one in own):
        return
    spent, budget = _money_of(book, year, about)
    sides = (_percent(_("填报的执行率"), stated.amount), _percent(_("复算的执行率"), own[0]))
    yield self.found(
        year,
        About("stated", about, RATE),
        values={
            "owner": owner_name(book, year, about),
            "stated": sides[0].words,
            "spent": _("{amount}万元").format(amount=show_wan(spent)),
            "budget": _("{amount}万元").format(amount=show_wan(budget)),
            "own": sides[1].words,
            "difference": _percent("", abs(stated.amount - own[0])).text,
        },
        figures=sides,
    )


@rule(
    "C-020",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("填报的执行率得分算错"),
    message=_("{owner}填报的执行率得分{stated}分，分值{full}分乘以执行率{rate}为{own}分，相差{difference}分。"),
    why=_("执行率得分等于分值乘以执行率，最高不超过分值。"),
    remedy=_("对照自评表核对执行率和得分；执行率超过100%的，得分按满分计。"),
)
def rate_score_miscounted(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-020: a stated 执行率得分 is points × rate, between 0 and the points; decisions: 0.01 is accepted."""
    stated = book.stated(year, RATE_SCORE, about)
    if stated is None:
        return
    full, rates = book.policy(year).execution_points, _rates(book, year, about)
    scores = [max(Fraction(0), min(Fraction(full), rate * full)) for rate in rates]
    own = [half_up(score.numerator * 100, score.denominator) for score in scores]
    if not own or any(abs(stated.amount - one) <= _NEAR for one in own):
        return
    yield self.found(
        year,
        About("stated", about, RATE_SCORE),
        values={
            "owner": owner_name(book, year, about),
            "stated": _said(stated.amount),
            "full": full,
            "rate": show_rate(rates[0].numerator, rates[0].denominator),
            "own": _said(own[0]),
            "difference": _said(abs(stated.amount - own[0])),
        },
        figures=(_points(_("填报的得分"), stated.amount), _points(_("复算的得分"), own[0])),
    )


@rule(
    "C-022",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("得分高而执行率低"),
    message=_(
        "{owner}的指标得{score}分（满分{full}分，得分率{share}），预算执行率只有{rate}，得分率高出{lead}，超过{limit}%。"
    ),
    why=_("钱没有花出去而指标几乎都完成，评审会要求说明得分的依据。"),
    remedy=_("核对各指标的完成值和得分；任务完成而支出节约或尚未结算的，在偏差原因中说明。"),
)
def score_leads(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-022: (score share − rate) ÷ score share > policy.score_lead percent, in a complete evaluation. The share
    is of the points that apply, without those of the execution rate."""
    limit = book.policy(year).score_lead
    rate = _rate(book, year, about)
    if rate is None or (1 - rate) * 100 <= limit or not book.indicators(year, about):
        return  # full points would not lead enough
    held = evaluation(book, year, about)
    full = held.full - held.execution_points
    if not held.complete or full <= 0 or held.indicator_score <= 0:
        return
    share = Fraction(held.indicator_score) / Fraction(full)
    lead = (share - rate) / share
    if lead * 100 > limit:
        yield self.found(
            year,
            About("evaluation", about, "score"),
            values={
                "owner": owner_name(book, year, about),
                "score": points(held.indicator_score),
                "full": points(full),
                "share": show_rate(share.numerator, share.denominator),
                "rate": show_rate(rate.numerator, rate.denominator),
                "lead": show_rate(lead.numerator, lead.denominator),
                "limit": limit,
            },
        )


@rule(
    "C-023",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("满分与实际不符"),
    message=_("{owner}自评总分{total}分，但{facts}。"),
    why=_("有指标没有完成，或者执行率不高，却自评满分，会被认为自评流于形式。"),
    remedy=_("按完成情况扣减得分，并在偏差原因中说明。"),
)
def all_the_points(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-023: a total of 100 (stated, else computed) with a missed target or a rate below policy.rate_of_full."""
    stated = book.stated(year, TOTAL, about)
    rate = _rate(book, year, about)
    if stated.amount < 10_000 if stated else (rate is None or rate * 1000 < 999):
        return  # a computed total of 100 has all the points of the execution rate
    held = evaluation(book, year, about)
    total = _total_of(book, held)
    if total is None or total < 10_000:
        return
    facts = []
    limit = book.policy(year).rate_of_full
    if rate is not None and rate * 100 < limit:
        shown = show_rate(rate.numerator, rate.denominator)
        facts.append(_("执行率{rate}，低于{limit}%").format(rate=shown, limit=limit))
    rows = [row.indicator for row in held.rows if not row.indicator.inapplicable]
    missed = [_("“{name}”").format(name=indicator_name(one)) for one in rows if is_reached(one) is False]
    if missed:
        facts.append(_("指标{names}没有完成").format(names="、".join(missed)))
    if facts:
        yield self.found(
            year,
            _about_total(book, year, about),
            values={"owner": owner_name(book, year, about), "total": _said(total), "facts": "，".join(facts)},
        )


def _total_of(book: Book, held: Evaluation) -> int | None:
    """自评总分 in 0.01 points: stated, else computed; None while there is neither."""
    stated = book.stated(held.year, TOTAL, held.about)
    if stated:
        return stated.amount
    return _cents(held.capped_total) if held.complete else None


def _about_total(book: Book, year: int, about: int) -> About:
    return About("stated", about, TOTAL) if book.stated(year, TOTAL, about) else About("evaluation", about, "total")


@rule(
    "C-026",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("填报的总分加错"),
    message=_("{owner}填报的自评总分{stated}分，{sum}，相差{difference}分。"),
    why=_("总分等于各指标得分与执行率得分之和，计分错误在评审中直接扣分。"),
    remedy=_("逐项核对自评表的得分与程序中的是否一致，再核对总分。"),
)
def total_miscounted(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-026: a stated 自评总分 is Σ得分 as printed with the stated 执行率得分 where there is one, rescaled where
    an indicator does not apply, and capped where the policy caps it. Only for a complete evaluation."""
    stated = book.stated(year, TOTAL, about)
    if stated is None:
        return
    held = evaluation(book, year, about)
    if not held.complete:
        return
    own = _cents(held.capped_total)
    if stated.amount in (own, own + _moved(held, book.stated(year, RATE_SCORE, about))):
        return
    yield self.found(
        year,
        About("stated", about, TOTAL),
        values={
            "owner": owner_name(book, year, about),
            "stated": _said(stated.amount),
            "sum": _sum_words(held),
            "difference": _said(abs(stated.amount - own)),
        },
        figures=(_points(_("填报的总分"), stated.amount), _points(_("复算的总分"), own)),
    )


def _moved(held: Evaluation, stated: Stated | None) -> int:
    """How a stated 执行率得分 moves the total, in 0.01 points: whether it is right is C-020's."""
    plain = stated is not None and not held.rescaled and held.capped_total == held.total
    return stated.amount - _cents(held.execution_score) if stated and plain else 0


def _sum_words(held: Evaluation) -> str:
    """How a total comes about: 指标得分合计89分，加执行率得分9.57分为98.57分."""
    wording = _("指标得分合计{indicators}分，加执行率得分{execution}分为{sum}分")
    text = wording.format(
        indicators=points(held.indicator_score),
        execution=points(held.execution_score),
        sum=points(held.indicator_score + held.execution_score),
    )
    if held.rescaled:
        text += _("，按适用的{full}分折算为{total}分").format(full=points(held.full), total=points(held.total))
    if held.cap and held.capped_total < held.total:
        text += _("，执行率低于{below}%，总分不超过{most}分").format(below=held.cap[0], most=held.cap[1])
    return text


@rule(
    "C-027",
    severity=Severity.ERROR,
    subject=Subject.STATED,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("等级与总分不符"),
    message=_("{owner}自评总分{total}分，对应的等级是“{grade}”，填报的是“{stated}”。"),
    why=_("等级按总分划定，两者不符会被扣分。"),
    remedy=_("按总分更正等级；当地划分等级的标准不同的，在设置中更换口径。"),
)
def grade_mismatch(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-027: a stated 等级 is that of the total (stated, else computed) by policy.grades, left-closed."""
    stated, policy = book.stated(year, GRADED, about), book.policy(year)
    total = _total_of(book, evaluation(book, year, about)) if stated else None
    if stated is None or total is None:
        return
    names = [name for name, _least in policy.grades]
    given = names[stated.amount - 1] if 0 < stated.amount <= len(names) else _("第{n}级").format(n=stated.amount)
    right = grade_of(Decimal(total) / 100, policy)
    if given != right:
        yield self.found(
            year,
            About("stated", about, GRADED),
            values={
                "owner": owner_name(book, year, about),
                "total": _said(total),
                "grade": right,
                "stated": given,
            },
        )


@rule(
    "C-087",
    severity=Severity.INFO,
    subject=Subject.STATED,
    scope=Scope.EVALUATION,
    stage=Stage.REPORT,
    title=_("自评与财政复核相差较大"),
    message=_("{owner}自评总分{total}分，财政复核得分{reviewed}分，相差{difference}分，超过{limit}分。"),
    why=_("自评与复核相差较大，说明自评的依据不足，下年会被重点抽查。"),
    remedy=_("对照复核意见逐项核对扣分原因，在报告的改进措施中写明如何整改。"),
)
def reviewed_otherwise(self: Rule, book: Book, year: int, about: int, _key: str) -> Iterator[Finding]:
    """domain C-087: |自评总分 − 财政复核得分| > policy.review_gap, where the reviewer's score is recorded."""
    reviewed = book.stated(year, REVIEWED, about)
    total = _total_of(book, evaluation(book, year, about)) if reviewed else None
    limit = book.policy(year).review_gap
    if reviewed is None or total is None or abs(total - reviewed.amount) <= limit * 100:
        return
    yield self.found(
        year,
        About("stated", about, REVIEWED),
        values={
            "owner": owner_name(book, year, about),
            "total": _said(total),
            "reviewed": _said(reviewed.amount),
            "difference": _said(abs(total - reviewed.amount)),
            "limit": limit,
        },
        figures=(_points(_("自评总分"), total), _points(_("财政复核得分"), reviewed.amount)),
    )
