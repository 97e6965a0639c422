"""The indicator table of a whole unit (部门整体支出绩效评价指标表): the rows the ledger can score, and those it cannot.

Rows, points and standards are data in resources/scores. Rates are exact fractions; points have two decimals.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from core.balance import unit_balance
from core.basic_form import amount_text
from core.book import Book
from core.facts import fact_row
from core.figures import Ref, figure
from core.i18n import _
from core.money import show_rate, show_wan
from core.quantities import rounded

SCORES = Path(__file__).resolve().parent.parent / "resources" / "scores"


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a row is scored by, and both amounts as they are shown; ``note`` speaks where there are none."""

    rate: Fraction | None
    working: str = ""  # such as 136人÷143人
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One row of the table."""

    level1: str
    level2: str
    name: str
    points: int
    standard: str  # 评分标准
    ratio: Ratio | None  # None: the officer's to judge
    score: Decimal | None  # None: to be given by the officer

    @property
    def text(self) -> str:
        """How the score came about, such as 31.14万元÷69.98万元＝44.50%."""
        if self.ratio is None:
            return _("由单位自评")
        if self.ratio.rate is None or not self.ratio.working:
            return self.ratio.note
        rate = show_rate(self.ratio.rate.numerator, self.ratio.rate.denominator)
        return f"{self.ratio.working}＝{rate}"


@cache
def _rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((SCORES / f"{name}.toml").read_text(encoding="utf-8"))["row"]
    return found


def unit_scores(book: Book, year: int, name: str = "hunan") -> list[UnitScore]:
    """The table of a year, row by row."""
    return [_scored(book, year, row) for row in _rows(name)]


def reckoned(rows: list[UnitScore]) -> tuple[Decimal, int]:
    """Σ得分 and Σ分值 of the rows that have a score."""
    held = [(row.score, row.points) for row in rows if row.score is not None]
    return sum((score for score, _points in held), Decimal("0.00")), sum(points for _score, points in held)


def _scored(book: Book, year: int, row: Mapping[str, Any]) -> UnitScore:
    level1, level2 = row["level"]
    ratio = RATIOS[row["ratio"]](book, year) if "ratio" in row else None
    score = None
    if ratio and ratio.rate is not None:
        score = rounded(_points(ratio.rate * 100, row))
    return UnitScore(level1, level2, row["name"], row["points"], row["standard"], ratio, score)


def _points(percent: Fraction, row: Mapping[str, Any]) -> Fraction:
    """Points for a rate in percent by the row's own standard."""
    points = Fraction(row["points"])
    if "bands" in row:
        return Fraction(next((score for most, score in row["bands"] if percent <= most), 0))
    standard = row.get("over") or row["under"]
    beyond = (percent - int(standard["full"])) * (1 if "over" in row else -1)
    deducted = max(Fraction(0), beyond) / int(standard["step"]) * Fraction(str(standard["deduct"]))
    return points - min(points, deducted)


# What the rows are scored by


def _staff(book: Book, year: int) -> Ratio:
    rows = book.staff(year)
    established, actual = sum(row.established for row in rows), sum(row.actual for row in rows)
    if not established:
        return Ratio(None, note=_("没有填写编制数"))
    return Ratio(Fraction(actual, established), _("{a}人÷{b}人").format(a=actual, b=established))


def _completion(book: Book, year: int) -> Ratio:
    balance = unit_balance(book, year)
    base = book.policy(year).rate_base
    rate = balance.rate(base)
    if rate is None:
        return Ratio(None, note=_("没有预算"))
    whole = balance.budget - (balance.recovered if base == "after_recall" else 0)
    return Ratio(rate, _quotient(balance.spent, whole))


def _supplement(book: Book, year: int) -> Ratio:
    added, initial = (figure(book, Ref(year, 0, item)) for item in ("调整追加", "年初预算"))
    if added is None or initial is None or not isinstance(added.value, int) or not isinstance(initial.value, int):
        return Ratio(None, note=_("没有预算"))
    if not initial.value:
        return Ratio(None, note=_("年初预算为0，由单位自评"))
    return Ratio(Fraction(added.value, initial.value), _quotient(added.value, initial.value))


def _three_public_change(book: Book, year: int) -> Ratio:
    now, before = _fact(book, year, "三公经费", "budget"), _fact(book, year - 1, "三公经费", "budget")
    if now is None or before is None:
        return Ratio(None, note=_("缺少本年或上年“三公”经费预算数"))
    if not before:
        return _unbudgeted(now)
    return Ratio(Fraction(now - before, before), _quotient(now - before, before))


def _actual_to_budget(item: str, absent: str = "") -> Callable[[Book, int], Ratio]:
    """本年决算数 ÷ 本年预算数 of a row of the basic-data form. ``absent``: what it means that neither is entered."""

    def find(book: Book, year: int) -> Ratio:
        actual, budget = _fact(book, year, item, "actual"), _fact(book, year, item, "budget")
        if actual is None and budget is None and absent:
            return Ratio(Fraction(0), note=absent)
        if actual is None or budget is None:
            return Ratio(None, note=_("基础数据表缺少{item}的预算数或决算数").format(item=item))
        if not budget:
            return _unbudgeted(actual)
        working = f"{amount_text(item, actual)}÷{amount_text(item, budget)}"
        return Ratio(Fraction(actual, budget), working)

    return find


def _fact(book: Book, year: int, item: str, column: str) -> int | None:
    row = fact_row(book, year, item) if book.year(year) else None
    return row.cell(column).amount if row else None


def _unbudgeted(amount: int) -> Ratio:
    """Where the amount to be divided by is 0: nothing to judge, or the officer's to judge."""
    if amount:
        return Ratio(None, note=_("预算数为0，由单位自评"))
    return Ratio(Fraction(0), note=_("没有此项预算和支出"))


def _quotient(part: int, whole: int) -> str:
    return _("{a}万元÷{b}万元").format(a=show_wan(part), b=show_wan(whole))


RATIOS: Mapping[str, Callable[[Book, int], Ratio]] = {
    "staff": _staff,
    "three_public_change": _three_public_change,
    "completion": _completion,
    "supplement": _supplement,
    "building_area": _actual_to_budget("楼堂馆所规模", _("没有登记新建项目")),
    "building_cost": _actual_to_budget("楼堂馆所投资", _("没有登记新建项目")),
    "public": _actual_to_budget("公用经费"),
    "three_public": _actual_to_budget("三公经费"),
    "purchase": _actual_to_budget("政府采购金额"),
}
