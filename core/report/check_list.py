"""核对清单 on paper: the findings on show, what to do about each, and why some were accepted."""

from collections.abc import Sequence
from datetime import date

from core.book import Book
from core.check import SEVERITY_LABELS
from core.check_list import reason_of, standing_of
from core.i18n import _
from core.labels import place_name
from core.report.model import Document, Field, Heading, Kind, PageBreak, Paragraph, Row, Run, SignatureBlock, Style
from core.report.submission import meta
from core.report.tables import plain_table, text_cell
from core.review import Item, Review

NAMES = (_("序号"), _("级别"), _("编号"), _("事项"), _("位置"), _("说明"), _("状态"), _("处理办法、理由"))
WIDTHS = (0.6, 0.7, 0.9, 2.0, 2.2, 4.4, 1.0, 3.4)


def check_list_paper(
    book: Book, year: int, review: Review, items: Sequence[Item], narrowed: str, today: date
) -> Document:
    """The list, dated ``today``. ``narrowed`` says in words by what it was filtered; empty: everything is there."""
    title = _("{year}年度核对清单").format(year=year)
    words = _("单位：{unit}　　日期：{day}　　共{n}项").format(
        unit=book.unit_year(year).name, day=today.isoformat(), n=len(items)
    )
    rows = [_row(book, review, number, item) for number, item in enumerate(items, 1)]
    blocks = (
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        Paragraph((Run(words + (_("（{narrowed}）").format(narrowed=narrowed) if narrowed else "")),), Style.NOTE),
        plain_table(WIDTHS, NAMES, rows),
        SignatureBlock((Field(_("核对人")), Field(_("复核人")), Field(_("日期"))), ""),
    )
    return Document(title, Kind.WORKING, meta(book, year), blocks, centred_numbers=True)


def _row(book: Book, review: Review, number: int, item: Item) -> Row:
    finding = item.finding
    cells = (
        str(number),
        SEVERITY_LABELS[finding.severity],
        item.rule.id,
        item.rule.title,
        place_name(book, finding.year, finding.about),
        item.message,
        standing_of(review, item),
        reason_of(item) or item.remedy,
    )
    return Row(tuple(text_cell(text) for text in cells))
