"""核对清单: the findings on show as a table for a spreadsheet, with when they came and who accepted them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.book import Book
from core.check import SEVERITY_LABELS, message, remedy
from core.export.sheet import Column, SheetTable
from core.finding_history import Story, Trace
from core.history import shown_time
from core.i18n import _
from core.labels import place_name
from core.review import Item, Review
from core.review_list import KINDS, entries

if TYPE_CHECKING:
    from core.store import Line


HEADS = (
    _("级别"), _("编号"), _("事项"), _("位置"), _("说明"), _("怎么办"),
    _("状态"), _("理由或回答"), _("说明日期"), _("说明人"), _("出现"), _("消除"),
)  # fmt: skip


def standing_of(review: Review, item: Item) -> str:
    """How an item stands, in words: open ones are 未处理."""
    kind = next((kind for kind, one in entries(review) if one is item), "")
    return KINDS[kind] if kind in ("todo", "waived", "answered") else _("未处理")


def line_words(line: "Line | None") -> str:
    """A line of the journal as one phrase: when, who, and what was done."""
    if line is None:
        return ""
    text = _("{time} {who}：{label}（第{n}行）")
    return text.format(time=shown_time(line)[:16], who=line.who, label=line.label, n=line.id)


def check_list(book: Book, review: Review, items: Sequence[Item], trace: Trace | None = None) -> SheetTable:
    """The items in their order; with a ``trace`` also those that are gone, after them."""
    rows = [_row(book, item, standing_of(review, item), trace) for item in items]
    if trace is not None:
        rows += [_gone_row(book, story) for story in trace.stories if story.gone is not None]
    return SheetTable(_("核对清单"), [Column(head) for head in HEADS], rows)


def reason_of(item: Item) -> str:
    """Why it was accepted, or what was answered."""
    return item.waiver.reason if item.waiver else item.message if item.settled else ""


def _row(book: Book, item: Item, standing: str, trace: Trace | None) -> tuple[str, ...]:
    finding, waiver = item.finding, item.waiver
    story = trace.of(finding) if trace else None
    written = trace.waived.get(waiver.id) if trace and waiver else None
    return (
        SEVERITY_LABELS[finding.severity],
        item.rule.id,
        item.rule.title,
        place_name(book, finding.year, finding.about),
        item.message,
        item.remedy,
        standing,
        reason_of(item),
        waiver.date if waiver else "",
        written.who if written else "",
        line_words(story.came) if story else "",
        "",
    )


def _gone_row(book: Book, story: Story) -> tuple[str, ...]:
    from core.rules import BY_ID

    finding, rule = story.finding, BY_ID[story.finding.rule]
    place = place_name(book, finding.year, finding.about)
    words = (SEVERITY_LABELS[finding.severity], rule.id, rule.title, place, message(rule, finding))
    came, gone = line_words(story.came), line_words(story.gone)
    return (*words, remedy(rule, finding), _("已消除"), "", "", "", came, gone)
