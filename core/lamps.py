"""The three lamps that are always in sight: 收＝支, 总＝分, 结转衔接. Each is lit by the rules that check it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.balance import final_account, unit_balance
from core.book import Book
from core.check import About, Severity
from core.i18n import _
from core.review import Review


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp: green with the amount that agrees, or red with the largest difference (分)."""

    title: str
    good: bool
    amount: int
    about: About | None = None  # where the difference is
    checks: str = ""  # what it compares, in words


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    checks: str
    rules: tuple[str, ...]
    amount: Callable[[Book, int], int]  # what is shown while it is green


_KINDS = (
    _Kind(
        _("收＝支"),
        _("收入、支出与结转衔接；全年预算减支出，等于财政收回、认定结余与结转下年之和"),
        ("C-006", "C-007", "C-009"),
        lambda book, year: final_account(book, year).spent,
    ),
    _Kind(
        _("总＝分"),
        _("单位的数等于各部分、各项目之和，填报数与台账一致"),
        ("C-001", "C-002", "C-003", "C-004", "C-005", "C-010"),
        lambda book, year: unit_balance(book, year).budget,
    ),
    _Kind(
        _("结转衔接"),
        _("本年上年结转等于上年末结转下年，按项目和资金性质逐项核对"),
        ("C-013",),
        lambda book, year: unit_balance(book, year).brought,
    ),
)


def lamps(book: Book, year: int, review: Review) -> tuple[Lamp, ...]:
    """The lamps of a year; errors alone turn one red, not those waived or not due yet."""
    errors = [item for item in review.open if item.finding.severity in (Severity.BLOCK, Severity.ERROR)]
    found = []
    for kind in _KINDS:
        broken = [item.finding for item in errors if item.finding.rule in kind.rules]
        worst = max(broken, key=lambda finding: abs(finding.difference or 0), default=None)
        if worst is None:
            found.append(Lamp(kind.title, True, kind.amount(book, year), None, kind.checks))
        else:
            found.append(Lamp(kind.title, False, abs(worst.difference or 0), worst.about, kind.checks))
    return tuple(found)
