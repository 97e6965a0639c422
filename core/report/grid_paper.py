"""Any table of the screen as a document: the columns and rows as they are shown, to be printed or saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.book import Book
from core.i18n import _
from core.report.model import Align, Column, Document, Heading, Kind, PageBreak, Paragraph, Role, Row, Run, Style, Table
from core.report.submission import meta
from core.report.tables import head, text_cell

_UPRIGHT = 760  # pixels of columns that are printed on an upright page; wider tables lie
_LEAST = 56  # pixels a column is given at least


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the screen; ``width`` in pixels."""

    title: str
    width: int
    is_amount: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the screen; ``is_strong``: it is set in bold, as totals are."""

    texts: tuple[str, ...]
    is_strong: bool = False


def grid_paper(
    book: Book,
    year: int,
    title: str,
    columns: Sequence[ShownColumn],
    rows: Sequence[ShownRow],
    unit: str,
    today: date,
    is_part: bool = False,
) -> Document:
    """What a grid shows, with unit and day; ``unit``: of its amounts, empty where it has none. ``is_part``: only the
    chosen rows are printed, which is said."""
    lies = sum(max(_LEAST, column.width) for column in columns) > _UPRIGHT
    widths = tuple(
        Column(max(_LEAST, one.width) / 100, Align.RIGHT if one.is_amount else Align.LEFT) for one in columns
    )
    printed = tuple(
        Row(tuple(text_cell(text, Role.TOTAL if row.is_strong else Role.BODY) for text in row.texts)) for row in rows
    )
    table = Table(
        widths,
        head(*(column.title for column in columns)),
        printed,
        left_note=_("填报单位：{name}").format(name=book.unit_year(year).name),
        right_note=_("单位：{unit}").format(unit=unit) if unit else "",
        name=title,
    )
    counted = _("所选{n}行").format(n=len(rows)) if is_part else _("共{n}行").format(n=len(rows))
    note = _("{year}年度　{counted}　打印日期：{today}").format(year=year, counted=counted, today=today.isoformat())
    blocks = (PageBreak(landscape=lies), Heading(0, (Run(title),)), table, Paragraph((Run(note),), Style.NOTE))
    return Document(title, Kind.WORKING, meta(book, year), blocks, centred_numbers=True)
