"""The record of an import (导入批次): which file it was, and which records it made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.i18n import _
from core.record import Record

PAYMENTS, EVENTS, PROJECTS, INDICATORS, STATED = "payments", "events", "projects", "indicators", "stated"
KINDS: Mapping[str, str] = {  # what can be imported
    PAYMENTS: _("支出"),
    EVENTS: _("预算变动"),
    PROJECTS: _("项目"),
    INDICATORS: _("绩效指标"),
    STATED: _("填报数"),
}
QUOTAS = "quotas"
EXPORTS: Mapping[str, str] = {  # what is compared with the ledger and not imported
    PAYMENTS: _("支付明细"),
    QUOTAS: _("指标余额"),
}
BATCH_FIELDS: Mapping[str, str] = {  # what the fields of a batch are called
    "file": _("文件"),
    "sheet": _("工作表"),
    "kind": _("内容"),
    "digest": _("文件校验码"),
    "time": _("导入时间"),
    "count": _("条数"),
    "last": _("最后一条的编号"),
    "withdrawn": _("撤回时间"),
}


@dataclass(frozen=True, slots=True)
class Batch(Record):
    """One import. What it made are the records with an id above its own, up to ``last``."""

    table: ClassVar[str] = "batch"
    file: str = ""  # name without the folder
    sheet: str = ""
    kind: str = ""  # a key of KINDS
    year: int = 0
    digest: str = ""  # SHA-256 of the file
    time: str = ""  # when it was imported
    count: int = 0  # rows stored
    amount: int = 0  # sum of what was stored, 分
    last: int = 0  # id of the last record it made
    withdrawn: str = ""  # when it was withdrawn; empty while it stands
