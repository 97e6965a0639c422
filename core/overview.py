"""Where a year stands: the figures, steps and curves of the overview, all from the book."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from core.balance import Balance, basic_balance, monthly_spent, project_balance, special_balance, unit_balance
from core.book import Book
from core.check import Stage, stage_of
from core.i18n import _
from core.model import ProjectYear, YearState
from core.review import Review
from core.writing import progress

MONTHS = 12


class StepState(StrEnum):
    """How far a step of the year is."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the year's work. ``page`` is the page where it is done."""

    title: str
    state: StepState
    hint: str  # what is done or still missing, in words
    page: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project with its balance (sub-projects included)."""

    row: ProjectYear
    balance: Balance
    rate: Fraction | None  # 执行率


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a year's overview. Amounts in 分."""

    unit: Balance
    basic: Balance
    special: Balance
    rate: Fraction | None  # 执行率
    pace: Fraction | None  # 序时进度, while the year is being executed
    carrying: int  # how many projects carry money over
    recovered: int  # how many had money recovered
    lines: tuple[ProjectLine, ...]
    monthly: tuple[int, ...]  # spent in each month
    spent: tuple[int, ...]  # spent up to the end of each month, up to the month the year has come to
    paced: tuple[int, ...]  # what 序时进度 would have spent by the end of each month

    @property
    def ahead(self) -> Fraction | None:
        """How far 执行率 is ahead of 序时进度 (negative: behind); None where they are not compared."""
        return self.rate - self.pace if self.rate is not None and self.pace is not None else None


def overview(book: Book, year: int, today: date) -> Overview:
    """The figures of a year as they stand on a day."""
    unit = unit_balance(book, year)
    base = book.policy(year).rate_base
    balances = [(row, project_balance(book, year, row.project)) for row in book.projects(year)]
    lines = tuple(ProjectLine(row, balance, balance.rate(base)) for row, balance in balances)
    monthly = monthly_spent(book, year)
    reached = months_reached(year, today)
    # A payment dated ahead of today still belongs on the curve.
    last = max([reached, *(month for month, amount in enumerate(monthly, start=1) if amount)])
    return Overview(
        unit=unit,
        basic=basic_balance(book, year),
        special=special_balance(book, year),
        rate=unit.rate(base),
        pace=pace(book, year, today),
        carrying=sum(bool(line.balance.carried) for line in lines),
        recovered=sum(bool(line.balance.recovered) for line in lines),
        lines=lines,
        monthly=tuple(monthly),
        spent=tuple(accumulate(monthly))[:last],
        paced=tuple(unit.budget * month // MONTHS for month in range(1, MONTHS + 1)),
    )


def months_reached(year: int, today: date) -> int:
    """How many months of a year have begun: 12 once it is over, 0 before it begins."""
    return MONTHS if today.year > year else today.month if today.year == year else 0


def pace(book: Book, year: int, today: date) -> Fraction | None:
    """序时进度: month / 12 while the year is being executed (执行中), else None."""
    record = book.year(year)
    if record is None or record.state != YearState.OPEN or today.year != year:
        return None
    return Fraction(today.month, MONTHS)


def steps(book: Book, year: int, review: Review, today: date) -> list[Step]:
    """The year's work in order: 录入预算, 登记支出, 核对, 打印报告."""
    record = book.year(year)
    fixed = record is not None and record.state != YearState.OPEN
    final = record is not None and record.state == YearState.FINAL
    budget = _budget_step(book, year, fixed)
    payments = _payments_step(book, year, fixed, budget.state, today)
    check = _check_step(book, year, review, final, payments.state, today)
    report = _report_step(book, year, final, check.state)
    return [budget, payments, check, report]


def _budget_step(book: Book, year: int, fixed: bool) -> Step:
    rows = book.projects(year)
    bare = [row for row in rows if not project_balance(book, year, row.project).budget]
    if not rows:
        state, hint = StepState.CURRENT, _("还没有项目")
    elif bare and not fixed:
        state, hint = StepState.CURRENT, _("{n}个项目没有预算").format(n=len(bare))
    else:
        state, hint = StepState.DONE, _("{n}个项目").format(n=len(rows))
    return Step(_("录入预算"), state, hint, "projects")


def _payments_step(book: Book, year: int, fixed: bool, before: StepState, today: date) -> Step:
    """Done when the year is over and every 分 is spent or disposed of, or its money is locked."""
    monthly = monthly_spent(book, year)
    last = max((month for month, amount in enumerate(monthly, start=1) if amount), default=0)
    undisposed = unit_balance(book, year).undisposed
    over = stage_of(book, year, today) == Stage.REPORT
    hint = _("登记到{month}月").format(month=last) if last else _("还没有支出")
    if fixed or (over and last and not undisposed and before == StepState.DONE):
        state = StepState.DONE
    elif last or before == StepState.DONE:
        state = StepState.CURRENT
        if over and undisposed:
            hint = _("还有未处置资金")
    else:
        state = StepState.AHEAD
    return Step(_("登记支出"), state, hint, "projects")


def _check_step(book: Book, year: int, review: Review, final: bool, before: StepState, today: date) -> Step:
    """Done when the year is over and no 错误 is open."""
    due = stage_of(book, year, today) == Stage.REPORT
    if review.errors:
        hint = _("{n}项错误").format(n=review.errors)
    elif review.warnings:
        hint = _("{n}项提醒").format(n=review.warnings)
    else:
        hint = _("没有问题")
    if final or (due and before == StepState.DONE and not review.errors):
        state = StepState.DONE
    elif before == StepState.DONE or review.errors:
        state = StepState.CURRENT
    else:
        state = StepState.AHEAD
    return Step(_("核对"), state, hint, "findings")


def _report_step(book: Book, year: int, final: bool, before: StepState) -> Step:
    """Done when the report is sealed (已定稿)."""
    filled, total, _empty = progress(book, year)
    hint = _("已写{filled}/{total}处").format(filled=filled, total=total) if total else _("没有报告模板")
    if final:
        return Step(_("打印报告"), StepState.DONE, _("已定稿"), "report")
    return Step(_("打印报告"), StepState.CURRENT if before == StepState.DONE else StepState.AHEAD, hint, "report")
