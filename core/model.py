"""The records of a ledger file: what one row means, in the terms of a budget unit.

Every record is a frozen dataclass with an ``id`` from one sequence per file, never reused.
Amounts are ``int`` 分; dates are ISO text (``2023-12-31``); text is NFC without control characters
but the newline. ``0`` in a field that names another record means "none".
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import ClassVar

from core.attached import Attachment as Attachment
from core.batches import Batch as Batch
from core.goals import Indicator as Indicator
from core.goals import Monitor as Monitor
from core.i18n import _
from core.record import Record as Record
from core.record import clean_text as clean_text
from core.submitted import Submission as Submission


class EventKind(StrEnum):
    """What a budget event (预算变动) does. Those that give money carry the sign of their effect."""

    OPENING = "opening"  # 上年结转
    OPENING_ADJUST = "opening_adjust"  # 年初余额调整
    INITIAL = "initial"  # 年初预算
    TRANSFER = "transfer"  # 上级转移支付
    ADJUST = "adjust"  # 年中调增（减）
    REALLOCATE = "reallocate"  # 调剂
    SUPPLEMENT = "supplement"  # 追加（减）
    RECOVERED = "recovered"  # 财政收回
    SURPLUS = "surplus"  # 认定结余
    CARRIED = "carried"  # 结转下年


# Dispositions say what becomes of unspent money: stored positive, never part of the budget.
DISPOSITIONS = (EventKind.RECOVERED, EventKind.SURPLUS, EventKind.CARRIED)
GIVING = tuple(kind for kind in EventKind if kind not in DISPOSITIONS)

EVENT_LABELS: Mapping[str, str] = {
    EventKind.OPENING: _("上年结转"),
    EventKind.OPENING_ADJUST: _("年初余额调整"),
    EventKind.INITIAL: _("年初预算"),
    EventKind.TRANSFER: _("上级转移支付"),
    EventKind.ADJUST: _("年中调增（减）"),
    EventKind.REALLOCATE: _("调剂"),
    EventKind.SUPPLEMENT: _("追加（减）"),
    EventKind.RECOVERED: _("财政收回"),
    EventKind.SURPLUS: _("认定结余"),
    EventKind.CARRIED: _("结转下年"),
}


class Fund(StrEnum):
    """Fund source (资金性质)."""

    GENERAL = "general"  # 一般公共预算资金
    GOVERNMENT = "government"  # 政府性基金预算资金
    STATE_CAPITAL = "state_capital"  # 国有资本经营预算资金
    SOCIAL = "social"  # 社会保险基金预算资金
    SPECIAL = "special"  # 财政专户管理资金
    OTHER = "other"  # 单位资金, the 其他资金 of the report


FUND_LABELS: Mapping[str, str] = {
    Fund.GENERAL: _("一般公共预算资金"),
    Fund.GOVERNMENT: _("政府性基金预算资金"),
    Fund.STATE_CAPITAL: _("国有资本经营预算资金"),
    Fund.SOCIAL: _("社会保险基金预算资金"),
    Fund.SPECIAL: _("财政专户管理资金"),
    Fund.OTHER: _("单位资金"),
}


class YearState(StrEnum):
    """Where a year stands: 执行中 → 资金锁定 → 已定稿."""

    OPEN = "open"  # 执行中
    LOCKED = "locked"  # 资金锁定: budget events and payments are fixed
    FINAL = "final"  # 已定稿: the report is sealed too


YEAR_STATE_LABELS: Mapping[str, str] = {
    YearState.OPEN: _("执行中"),
    YearState.LOCKED: _("资金锁定"),
    YearState.FINAL: _("已定稿"),
}


class Basis(StrEnum):
    """How the unit's final account (决算口径) recognises income."""

    PAID = "paid"  # what was paid; carry is 0
    ALLOTTED = "allotted"  # what was allotted and kept; carry is what is left


# What a unit may be (单位类别).
UNIT_KINDS = (_("行政"), _("参公事业"), _("公益一类事业"), _("公益二类事业"), _("其他"))


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """The budget unit (预算单位) of this file: one record."""

    table: ClassVar[str] = "unit"
    code: str = ""
    kind: str = ""  # 单位类别, one of UNIT_KINDS
    basis: str = Basis.PAID
    other_counts: bool = False  # 其他资金 counts in 预算收入


@dataclass(frozen=True, slots=True)
class UnitYear(Record):
    """What the unit is called and who signs in one year: renaming never rewrites another year."""

    table: ClassVar[str] = "unit_year"
    year: int = 0
    name: str = ""
    short_name: str = ""
    superior: str = ""
    duties: str = ""
    institutions: str = ""
    head: str = ""
    finance_head: str = ""
    preparer: str = ""
    phone: str = ""
    objective_expected: str = ""
    objective_actual: str = ""
    thrift: str = ""  # 厉行节约保障措施
    filled_on: str = ""  # 填报日期
    approved_on: str = ""  # 决算批复日期
    disclosed_on: str = ""  # 公开日期


@dataclass(frozen=True, slots=True)
class Year(Record):
    """One fiscal year. Policy and template are copies, so that an upgrade never changes an old year."""

    table: ClassVar[str] = "year"
    year: int = 0
    state: str = YearState.OPEN
    settling: bool = False  # the year-end work has been begun
    policy: str = ""  # TOML text, see core.policy
    template: str = ""  # TOML text, see core.outline
    seal: str = ""  # of a locked or final year, see core.seal
    note: str = ""  # 年度备注, shown on the overview
    locked_months: str = ""  # months locked singly, such as 1,2,3
    reconciled_to: str = ""  # 已对账至: the day up to which it was held against the system's exports


@dataclass(frozen=True, slots=True)
class Staff(Record):
    """Head count of one post type (编制类型) at the end of a year."""

    table: ClassVar[str] = "staff"
    year: int = 0
    type: str = ""
    established: int = 0
    actual: int = 0
    retired: int = 0
    note: str = ""  # why there are more than established


@dataclass(frozen=True, slots=True)
class Project(Record):
    """A project (项目) or, with a parent, a sub-project (子项目); lives across years."""

    table: ClassVar[str] = "project"
    parent: int = 0
    origin_year: int = 0


@dataclass(frozen=True, slots=True)
class ProjectYear(Record):
    """A project as it is in one year."""

    table: ClassVar[str] = "project_year"
    year: int = 0
    project: int = 0
    position: int = 0  # order on screen and paper
    code: str = ""
    name: str = ""
    kind: str = ""  # a key of the policy's [kinds]
    objective_expected: str = ""
    objective_actual: str = ""
    execution_reason: str = ""  # why the execution rate is low
    overspent_note: str = ""
    carry_policy: str = ""
    public_special: bool = False  # 公共专项
    attribute: str = ""  # 新增项目 or 延续项目
    taken_over: bool = False  # 沿用上年, not confirmed yet


@dataclass(frozen=True, slots=True)
class BudgetEvent(Record):
    """One dated budget event (预算变动) of a project."""

    table: ClassVar[str] = "budget_event"
    year: int = 0
    project: int = 0
    date: str = ""
    kind: str = EventKind.INITIAL
    amount: int = 0
    fund: str = Fund.GENERAL
    functional_code: str = ""
    economic_code: str = ""
    level: str = ""  # 预算级次
    advance: bool = False  # 提前下达
    doc_no: str = ""  # 文号
    doc_title: str = ""
    pair: int = 0  # the other side of a 调剂
    origin_year: int = 0  # of carried money
    batch: int = 0
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Payment(Record):
    """One payment (支出). Negative only as 红字 of the payment named in ``reverses``."""

    table: ClassVar[str] = "payment"
    year: int = 0
    project: int = 0
    date: str = ""
    amount: int = 0
    fund: str = Fund.GENERAL
    event: int = 0  # the 指标 drawn on; 0: oldest origin year first
    payee: str = ""
    purpose: str = ""
    voucher: str = ""
    bank_no: str = ""
    functional_code: str = ""
    economic_code: str = ""
    method: str = ""  # 支付方式
    reverses: int = 0
    batch: int = 0
    memo: str = ""


class CommitmentState(StrEnum):
    """Where a commitment stands."""

    OPEN = "open"  # 在途: applied for or frozen, not paid yet
    PAID = "paid"  # 已支付
    DROPPED = "dropped"  # 已取消


COMMITMENT_LABELS: Mapping[str, str] = {
    CommitmentState.OPEN: _("在途"),
    CommitmentState.PAID: _("已支付"),
    CommitmentState.DROPPED: _("已取消"),
}


@dataclass(frozen=True, slots=True)
class Commitment(Record):
    """Money applied for or frozen but not paid yet (在途/冻结); lowers 可用余额 while it is open."""

    table: ClassVar[str] = "commitment"
    year: int = 0
    project: int = 0
    date: str = ""
    amount: int = 0
    fund: str = Fund.GENERAL
    event: int = 0  # the 指标 it draws on
    state: str = CommitmentState.OPEN
    payment: int = 0  # the payment it became
    payee: str = ""
    purpose: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Fact(Record):
    """One row of the basic-data form (基础数据表), in 分, 0.01㎡ or persons by its item; None: not known."""

    table: ClassVar[str] = "fact"
    year: int = 0
    item: str = ""  # a key of the form, see core.facts
    last_actual: int | None = None  # 上年决算数
    budget: int | None = None  # 本年预算数; 批复规模 or 预算投资 of buildings
    actual: int | None = None  # 本年决算数; 实际规模 or 实际投资 of buildings
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """The officer's answer to a question a rule asks; may be changed."""

    table: ClassVar[str] = "answer"
    year: int = 0
    rule: str = ""
    about: str = ""  # ``About.key()`` of the finding that asks
    answer: str = ""  # a key of the rule's choices
    note: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Stated(Record):
    """A figure the unit reports officially (填报数), to be held against the ledger's own."""

    table: ClassVar[str] = "stated"
    year: int = 0
    about: int = 0  # project id; 0: the unit
    item: str = ""  # a token name of core.figures
    amount: int = 0
    printed_unit: str = "万元"
    source_table: str = ""
    source_column: str = ""


@dataclass(frozen=True, slots=True)
class Section(Record):
    """The officer's text of one report section; without a record the template's text stands."""

    table: ClassVar[str] = "section"
    year: int = 0
    key: str = ""
    about: int = 0  # project id where the section is one per project
    text: str = ""  # with figure tokens such as {unit.预算收入}
    taken_over: bool = False  # 沿用上年, not confirmed yet


@dataclass(frozen=True, slots=True)
class Waiver(Record):
    """A finding accepted with a reason; bound to the values it accepted."""

    table: ClassVar[str] = "waiver"
    year: int = 0
    rule: str = ""
    about: str = ""
    facts: str = ""
    reason: str = ""
    date: str = ""


RECORDS: tuple[type[Record], ...] = (
    Unit,
    UnitYear,
    Year,
    Staff,
    Project,
    ProjectYear,
    BudgetEvent,
    Payment,
    Stated,
    Section,
    Waiver,
    Commitment,
    Fact,
    Indicator,
    Monitor,
    Answer,
    Batch,
    Submission,
    Attachment,
)
BY_TABLE: Mapping[str, type[Record]] = {record.table: record for record in RECORDS}
COLUMNS: Mapping[type[Record], tuple[str, ...]] = {
    record: tuple(field.name for field in fields(record)) for record in RECORDS
}


_GETTERS = {record: attrgetter(*names) for record, names in COLUMNS.items()}


def values(record: Record) -> tuple[object, ...]:
    """The record's fields in the order of ``COLUMNS``."""
    found: tuple[object, ...] = _GETTERS[type(record)](record)
    return found
