"""Indicators in words: whose they are, what was wanted, what was reached, and points as printed."""

from decimal import Decimal

from core.book import Book
from core.goals import Indicator, Operator
from core.i18n import _
from core.outline import print_name


def points(value: Decimal | None) -> str:
    """Points as printed: two decimals, none where whole; empty for None."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.2f}"


def target_text(one: Indicator) -> str:
    """指标值 with its sign and unit: ≥30场; words where qualitative."""
    if one.operator == Operator.QUALITATIVE or not one.target:
        return one.target
    return f"{one.operator}{one.target}{one.unit}"


def actual_text(one: Indicator) -> str:
    """实际完成值 with its unit."""
    if one.operator == Operator.QUALITATIVE or not one.actual:
        return one.actual
    return f"{one.actual}{one.actual_unit or one.unit}"


def owner_name(book: Book, year: int, about: int) -> str:
    """Whose evaluation it is: “业务性专项经费”, or 部门整体 for the unit (0)."""
    row = book.project_year(year, about) if about else None
    return _("“{name}”").format(name=print_name(row.name)) if row else _("部门整体")


def indicator_name(one: Indicator) -> str:
    """三级指标 as it stands inside “ ”."""
    return print_name(one.name) or _("未命名指标")


def indicator_place(book: Book, one: Indicator) -> str:
    """An indicator with its owner: “业务性专项经费”的指标“参加志愿服务人次”."""
    return _("{owner}的指标“{name}”").format(owner=owner_name(book, one.year, one.about), name=indicator_name(one))
