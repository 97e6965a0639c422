"""佐证材料清单: the files kept with the ledger in a year, by what they belong to."""

from collections.abc import Sequence

from core.attachments import evidence_of, owner_name, size_text
from core.book import Book
from core.check import About
from core.i18n import _
from core.model import Attachment
from core.report.model import Align, Cell, Column, Document, Heading, Kind, Role, Row, Run, Table
from core.report.submission import meta
from core.report.tables import head, text_cell

_KINDS = {"event": _("预算变动"), "payment": _("支出"), "indicator": _("绩效指标")}


def attachment_table(book: Book, year: int) -> Table:
    """Every file of a year: what it belongs to, its name, size and the day it was attached; forms of the unit's own
    are none of them."""
    held = evidence_of(book, year)
    groups: dict[str, list[Attachment]] = {}
    for one in held:
        groups.setdefault(one.about, []).append(one)
    rows: list[Row] = []
    for number, group in enumerate(groups.values(), 1):
        rows += _group_rows(book, number, group)
    if not rows:
        rows.append(Row((text_cell(_("（本年度没有登记佐证材料）"), align=Align.CENTER, span=6),)))
    else:
        count = _("合计：{n}份，{size}").format(n=len(held), size=size_text(sum(one.size for one in held)))
        rows.append(Row((text_cell(count, Role.TOTAL, Align.LEFT, 6),)))
    centre, right = Align.CENTER, Align.RIGHT
    columns = (Column(0.6, centre), Column(2.5), Column(2.5), Column(0.85, right), Column(1.3, centre), Column(1.3))
    names = (_("序号"), _("所属记录"), _("材料名称"), _("大小"), _("添加日期"), _("说明"))
    unit = book.unit_year(year).name
    return Table(columns, head(*names), tuple(rows), left_note=_("填报单位：{name}").format(name=unit))


def _group_rows(book: Book, number: int, group: Sequence[Attachment]) -> list[Row]:
    """The files of one record, which is named once for all of them."""
    about = About.of(group[0].about)
    kind = _KINDS.get(about.kind, "")
    owner = f"{kind}\n{owner_name(book, group[0])}" if kind else owner_name(book, group[0])
    rows = []
    for place, one in enumerate(group):
        first = (Cell((Run(str(number)),), rows=len(group)), Cell((Run(owner),), rows=len(group))) if not place else ()
        cells = (
            *first,
            text_cell(one.name),
            text_cell(size_text(one.size)),
            text_cell(one.date),
            text_cell(one.note),
        )
        rows.append(Row(cells, about))
    return rows


def attachment_document(book: Book, year: int) -> Document:
    """The list by itself, as a document for the printer and every format."""
    title = _("{year}年度佐证材料清单").format(year=year)
    blocks = (Heading(0, (Run(title),)), attachment_table(book, year))
    return Document(title, Kind.WORKING, meta(book, year), blocks, centred_numbers=True)
