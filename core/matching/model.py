"""What a comparison says: which entries stand on both sides, where they differ, and what the officer answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.i18n import _
from core.matching.exported import Export, ExportedPayment
from core.model import Payment


class Kind(StrEnum):
    """What became of an entry."""

    MATCHED = "matched"
    HERE = "here"
    THERE = "there"
    DIFFERENT = "different"
    DOUBTFUL = "doubtful"


KIND_LABELS: Mapping[str, str] = {
    Kind.DIFFERENT: _("不一致"),
    Kind.THERE: _("只在导出"),
    Kind.HERE: _("只在台账"),
    Kind.DOUBTFUL: _("待确认"),
    Kind.MATCHED: _("已相符"),
}

AMOUNT, DATE, PROJECT, CODE, PAYEE = "amount", "date", "project", "code", "payee"
FIELD_LABELS: Mapping[str, str] = {
    AMOUNT: _("金额"),
    DATE: _("日期"),
    PROJECT: _("项目"),
    CODE: _("科目"),
    PAYEE: _("收款人"),
}

Key = tuple[tuple[int, ...], tuple[int, ...]]  # rows of the export, ids of payments


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of the export and payments of the ledger that belong together; one side may be empty."""

    kind: Kind
    lines: tuple[ExportedPayment, ...] = ()
    payments: tuple[Payment, ...] = ()
    fields: tuple[str, ...] = ()  # in which they differ
    why: str = ""  # by what they were found, or what is doubtful
    reason: str = ""  # with which the officer accepted the difference
    is_answered: bool = False  # the officer said that they are the same

    @property
    def key(self) -> Key:
        """What it is known by while the comparison lasts."""
        return tuple(one.row for one in self.lines), tuple(one.id for one in self.payments)

    @property
    def there(self) -> int:
        """The sum in the export, in 分."""
        return sum(one.payment.amount for one in self.lines)

    @property
    def here(self) -> int:
        """The sum in the ledger, in 分."""
        return sum(one.amount for one in self.payments)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.kind != Kind.MATCHED and not self.reason


@dataclass(frozen=True, slots=True)
class Answers:
    """What the officer said; it lasts as long as the comparison."""

    same: frozenset[Key] = frozenset()
    apart: frozenset[Key] = frozenset()
    accepted: Mapping[Key, str] = field(default_factory=dict)  # a difference, and why it may stand


@dataclass(frozen=True, slots=True)
class Totals:
    """Count and sum (分) on both sides, of a project, a month or everything."""

    name: str
    count_there: int = 0
    there: int = 0
    count_here: int = 0
    here: int = 0
    matched: int = 0  # of the difference: what pairs that agree on the whole explain, in another project or month
    different: int = 0  # what differing pairs explain
    only_there: int = 0
    only_here: int = 0  # negative where the ledger has more
    doubtful: int = 0

    @property
    def difference(self) -> int:
        """What the export has more than the ledger."""
        return self.there - self.here

    @property
    def unexplained(self) -> int:
        """What of the difference no listed item accounts for: always 0."""
        return self.difference - self.matched - self.different - self.only_there - self.only_here - self.doubtful


@dataclass(frozen=True)
class Comparison:
    """The export against the ledger's year up to ``until``."""

    export: Export
    until: str
    matches: tuple[Match, ...]
    total: Totals
    by_project: tuple[Totals, ...]
    by_month: tuple[Totals, ...]
    later: int = 0  # entries after ``until`` on either side, which take no part

    def of(self, kind: Kind) -> tuple[Match, ...]:
        """The matches of a kind."""
        return tuple(one for one in self.matches if one.kind == kind)

    @property
    def open(self) -> tuple[Match, ...]:
        """What is still to be done."""
        return tuple(one for one in self.matches if one.is_open)
