"""The basic-data form (部门整体支出绩效评价基础数据表) as data: its rows, and what a cell and a row of it hold."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.i18n import _
from core.money import rate, show_printed

FORM = Path(__file__).resolve().parent.parent / "resources" / "forms" / "basic-data-rows.toml"
LAST, BUDGET, ACTUAL = "last_actual", "budget", "actual"
COLUMNS = (LAST, BUDGET, ACTUAL)
COLUMN_LABELS: Mapping[str, str] = {LAST: _("上年决算数"), BUDGET: _("本年预算数"), ACTUAL: _("本年决算数")}
SPECIAL = "项目支出"


class Origin(StrEnum):
    """Where a figure of the form comes from."""

    ENTERED = "entered"  # 已填
    STATED = "stated"  # a stated figure (填报数) of another table
    LEDGER = "ledger"  # 台账
    LAST_YEAR = "last_year"  # 上年
    PARTS = "parts"  # the sum of the rows under it
    UNKNOWN = ""


ORIGIN_LABELS: Mapping[str, str] = {
    Origin.ENTERED: _("已填"),
    Origin.STATED: _("填报数"),
    Origin.LEDGER: _("台账"),
    Origin.LAST_YEAR: _("上年"),
    Origin.PARTS: _("分项合计"),
    Origin.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form as resources/forms/basic-data-rows.toml describes it."""

    key: str
    label: str
    unit: str = "万元"
    parent: str = ""
    adds: bool = True  # counts in its parent's total
    total: bool = False  # is the sum of the rows under it
    codes: tuple[str, ...] = ()
    basic: bool = False  # the codes count in 基本支出 alone
    columns: tuple[str, ...] = COLUMNS
    source: str = ""


@dataclass(frozen=True, slots=True)
class FactCell:
    """One figure of the form, at its row's unit; None: not known."""

    amount: int | None = None
    origin: Origin = Origin.UNKNOWN


NOTHING_KNOWN = FactCell()


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the form with its figures. ``columns`` are those that apply; the others print ``—``."""

    item: str  # what a fact of it is stored by
    label: str
    unit: str
    level: int  # how far it is indented
    columns: tuple[str, ...]
    last_actual: FactCell
    budget: FactCell
    actual: FactCell
    project: int = 0
    is_group: bool = False  # adds up the projects of a kind: nothing can be entered
    note: str = ""

    def cell(self, column: str) -> FactCell:
        """The figure of a column."""
        return {LAST: self.last_actual, BUDGET: self.budget, ACTUAL: self.actual}[column]

    @property
    def control_rate(self) -> Fraction | None:
        """规模控制率, 投资概算控制率: actual ÷ budget."""
        return rate(self.actual.amount, self.budget.amount)


@lru_cache(maxsize=1)
def form_rows() -> Mapping[str, FormRow]:
    """The rows that stand in the form of every unit, by key, in the order of print."""
    data = tomllib.loads(FORM.read_text(encoding="utf-8"))["row"]
    return {row["key"]: FormRow(**{name: _frozen(value) for name, value in row.items()}) for row in data}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def parts_of(key: str) -> list[FormRow]:
    """The rows that a total adds up."""
    return [row for row in form_rows().values() if row.parent == key and row.adds]


def codes_of(key: str) -> tuple[str, ...]:
    """The economic codes behind a row, those of its parts for a total; none where the ledger cannot tell."""
    row = form_rows()[key]
    if not row.total:
        return row.codes
    below = [codes_of(part.key) for part in parts_of(key)]
    return tuple(code for codes in below for code in codes) if all(below) else ()


def amount_text(item: str, amount: int | None) -> str:
    """A figure of the form at its row's unit: ``0.16万元``; empty where it is not known."""
    row = form_rows().get(item)
    unit = row.unit if row else "万元"
    return "" if amount is None else show_printed(amount, unit) + unit
