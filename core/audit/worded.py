"""What a relation says, in words: the sum with its signs and what comes out of it."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Final

from core.audit.model import Relation, decimal_text
from core.audit.runs import told
from core.i18n import _

KIND_NAMES: Final = {
    "sum": _("合计"),
    "balance": _("收支结余"),
    "ratio": _("占比或执行率"),
    "growth": _("增减幅度"),
    "equal": _("前后一致"),
    "count": _("项数"),
    "product": _("单价乘数量"),
}


def with_unit(value: Fraction, unit: str) -> str:
    """An amount without its sign, in a unit."""
    return told(value, unit) + unit


def short(words: str, longest: int = 40) -> str:
    """Words as they are quoted in a message: one line, not too long."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def contradiction(one: Relation) -> str:
    """What a relation that does not hold says, and what comes out."""
    d = with_unit(one.difference, one.unit)
    result = one.items[-1]
    if one.kind in ("sum", "balance"):
        made = with_unit(one.expected, one.unit)
        tail = _("超出四舍五入允许的{t}").format(t=with_unit(one.tolerance, one.unit)) if one.tolerance else ""
        words = _("{terms}＝{made}，文中为{printed}，相差{d}").format(
            terms=short(_terms(one), 60), made=made, printed=result.amount.text, d=d
        )
        return words + ("，" + tail if tail else "") + "。"
    if one.what == "direction":
        now, base = one.items[0], one.items[1]
        way = _("增加") if now.value > base.value else _("减少")
        return _("从{base}到{now}是{way}，文中所写的{printed}方向相反。").format(
            base=base.amount.text, now=now.amount.text, way=way, printed=result.amount.text
        )
    if one.kind in ("ratio", "growth"):
        unit = "倍" if one.what == "times" else "%"
        right = decimal_text(result.value - one.difference, max(2, result.amount.decimals)) + unit
        pair = "、".join(item.amount.text for item in one.items[:-1])
        return _("按{pair}计算应为{right}，文中为{printed}。").format(
            pair=pair, right=right, printed=result.amount.text
        )
    if one.kind == "equal":
        made = with_unit(one.expected, one.unit)
        return _("各项目合计{made}，此处为{printed}，相差{d}。").format(made=made, printed=result.amount.text, d=d)
    if one.kind == "count":
        return _("文中说{stated}项，列出{listed}项。").format(stated=one.figures[0], listed=one.what)
    if one.what == "average":
        count, mean = one.items[0], one.items[1]
        right = decimal_text(result.value / count.value / (mean.value / Fraction(mean.amount.number)), 2)
        return _("{total}÷{count}约为{right}，文中平均为{printed}。").format(
            total=result.amount.text, count=count.amount.text, right=right, printed=mean.amount.text
        )
    made = with_unit(prod((item.value for item in one.items[:-1]), start=Fraction(1)), one.unit)
    factors = "×".join(item.amount.text for item in one.items[:-1])
    return _("{factors}＝{made}，文中为{printed}，相差{d}。").format(
        factors=factors, made=made, printed=result.amount.text, d=d
    )


def confirmation(one: Relation) -> str:
    """What a relation that holds was worked out from."""
    result = one.items[-1].amount.text
    if one.kind in ("sum", "balance") and one.signs:
        words = _("{terms}＝{made}，与文中的{printed}相符").format(
            terms=short(_terms(one), 80), made=with_unit(one.expected, one.unit), printed=result
        )
        if one.difference:
            words += _("（相差{d}，在四舍五入允许的{t}以内）").format(
                d=with_unit(one.difference, one.unit), t=with_unit(one.tolerance, one.unit)
            )
        return words + "。"
    pair = "、".join(item.amount.text for item in one.items[:-1])
    if one.kind in ("ratio", "growth"):
        return _("按{pair}计算，与文中的{printed}相符。").format(pair=short(pair, 60), printed=result)
    if one.kind == "product":
        return _("{pair}相乘，与文中的{printed}相符。").format(pair=short(pair, 60), printed=result)
    if one.kind == "count":
        return _("文中说{stated}项，列出的也是{stated}项。").format(stated=one.figures[0])
    if one.kind == "sum":
        return _("{pair}、{printed}合计为百分之百。").format(pair=short(pair, 60), printed=result)
    return _("文中各处都是{printed}，前后一致。").format(printed=result)


def _terms(one: Relation) -> str:
    return "".join(
        ("＋" if sign > 0 else "－") + item.amount.text for sign, item in zip(one.signs, one.items[:-1], strict=False)
    ).removeprefix("＋")
