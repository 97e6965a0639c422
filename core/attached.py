"""The record of a file kept with the ledger (佐证材料): what it belongs to and what it is. Its bytes stand beside the
records, in the table ``blob``, see ``core.store``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.i18n import _
from core.record import Record

FORM = "form"  # what ``about`` is of a form of the unit's own (.xlsx), which belongs to a year and no record

# What its fields are called beside those that all records have.
ATTACHMENT_FIELDS: Mapping[str, str] = {
    "about": _("所属记录"),
    "name": _("文件名"),
    "digest": _("文件校验码"),
    "size": _("字节数"),
    "note": _("说明"),
}


@dataclass(frozen=True, slots=True)
class Attachment(Record):
    """A file kept with a payment, a budget event, an indicator, or with the year. What it belonged to may have been
    removed since: the file stays until it is removed itself."""

    table: ClassVar[str] = "attachment"
    year: int = 0
    about: str = ""  # ``payment:12:``, as ``check.About.key``; FORM
    name: str = ""  # without the folder
    digest: str = ""  # SHA-256 of its bytes
    size: int = 0  # bytes
    date: str = ""  # when it was attached
    note: str = ""
