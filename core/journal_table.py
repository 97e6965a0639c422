"""The journal (操作日志) as a table for a spreadsheet: a row for every field that a line changed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.book import Book
from core.export.sheet import Cell, Column, SheetTable
from core.history import KIND_LABELS, History, describe, shown_time
from core.i18n import _
from core.jobs import Progress

if TYPE_CHECKING:
    from core.store import Line

MOST_RECORDS = 200  # of one line; an import can hold a hundred thousand
HEADS = (
    _("序号"), _("时间"), _("操作人"), _("类型"), _("内容"), _("动作"),
    _("年度"), _("记录"), _("字段"), _("之前"), _("之后"),
)  # fmt: skip


def journal_table(book: Book, history: History, lines: Iterable["Line"], progress: Progress) -> SheetTable:
    """These lines in their order; records are named as ``book`` names them. Runs in the background."""
    chosen = list(lines)
    rows: list[tuple[Cell, ...]] = []
    for number, line in enumerate(chosen):
        progress.step(number, len(chosen))
        label = _("已撤销：{label}").format(label=line.label) if history.is_undone(line) else line.label
        head = (str(line.id), shown_time(line), line.who, KIND_LABELS[line.kind], label)
        change, total = history.change_of(line, MOST_RECORDS)
        before = len(rows)
        for record in describe(book, change):
            year = str(record.year or "")
            for field in record.fields:
                named = (record.action, year, record.title, field.label, field.before, field.after)
                rows.append((*head, *named))
        if total > MOST_RECORDS:
            rest = _("另有{n}条记录未列出").format(n=total - MOST_RECORDS)
            rows.append((*head, "", "", rest, "", "", ""))
        elif len(rows) == before:
            rows.append((*head, *("",) * 6))
    return SheetTable(_("操作日志"), [Column(name) for name in HEADS], rows)
