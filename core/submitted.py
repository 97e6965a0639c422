"""The record of a report that was handed in (报送): when, to whom, and which figures it printed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.i18n import _
from core.record import Record

# What its fields are called beside those that all records have.
SUBMISSION_LABELS: Mapping[str, str] = {
    "recipient": _("报送对象"),
    "digest": _("报告校验码"),
    "journal": _("操作日志行号"),
    "annexes": _("附件"),
    "month": _("监控月份"),
    "figures": _("印出的数据"),
}


@dataclass(frozen=True, slots=True)
class Submission(Record):
    """One report as it was handed in. It stays as it is whatever changes later."""

    table: ClassVar[str] = "submission"
    year: int = 0
    date: str = ""
    recipient: str = ""  # 报送给谁
    digest: str = ""  # SHA-256 of the words of the document
    journal: int = 0  # the last journal line when it was handed in
    annexes: str = ""  # their keys, joined by a comma
    month: int = 0  # of the check-up among them
    figures: str = ""  # JSON: year, owner, item and printed text of every figure

    def field_text(self, field: str) -> str:
        """A field as the journal shows it: lists by their length, the digest by its first characters."""
        value = getattr(self, field)
        match field:
            case "figures":
                return _("{n}项").format(n=len(json.loads(self.figures or "[]")))
            case "annexes":
                return _("{n}个").format(n=len(self.annexes.split(","))) if self.annexes else _("无")
            case "digest":
                return f"{self.digest[:4]}-{self.digest[4:8]}".upper()
        return str(value or "")
