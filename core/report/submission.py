"""The submission (送审稿): cover, narrative and annexes. It carries no warnings, no highlights and no codes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from core import __version__
from core.book import Book
from core.days import print_day
from core.i18n import _
from core.report.annexes import Annex, annexes
from core.report.choice import USUAL_CHOICE, Choice
from core.report.model import (
    Block,
    Contents,
    Cover,
    Document,
    Field,
    Kind,
    Meta,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Style,
)
from core.report.narrative import narrative
from core.report.sources_page import sources_table

_DAY = _("　　　　年　　月　　日")  # to be written by hand


def meta(book: Book, year: int) -> Meta:
    """What a document of this year says about itself."""
    names = book.unit_year(year)
    program = _("单位预算台账 {version}").format(version=__version__)
    return Meta(year, names.name, names.short_name or names.name, program)


def submission(book: Book, year: int, choice: Choice = USUAL_CHOICE, traced: bool = True) -> Document:
    """部门整体支出绩效自评报告 of a year, as it is handed in. Raises ``UserError`` for a template that cannot
    be read. ``traced`` False leaves out what the figures were computed from, which a PDF does not show."""
    found = annexes(book, year, choice)
    blocks: list[Block] = [_cover(book, year)]
    if choice.contents:
        blocks.append(Contents(_("目　录")))
    blocks += [PageBreak(), *narrative(book, year)]
    if found:
        blocks += [Paragraph(()), *_list(found)]
    blocks.append(_signatures(book, year))
    for number, annex in enumerate(found, 1):
        name = _("附件{n}").format(n=number)
        for place, form in enumerate(annex.forms):
            blocks.append(PageBreak(landscape=annex.landscape))
            if place == 0:
                blocks.append(Paragraph((Run(name),), Style.ANNEX, bookmark=f"{name}\u3000{annex.title}"))
            blocks += form
    title = _("{year}年度部门整体支出绩效自评报告").format(year=year)
    document = Document(title, Kind.SUBMISSION, meta(book, year), tuple(blocks), choice.centred)
    return replace(document, trace=sources_table(book, document)) if traced else document


def without_annexes(document: Document) -> Document:
    """The cover and the text of a submission, as they print before its annexes."""
    blocks = document.blocks
    ends = (
        place
        for place, (block, after) in enumerate(pairwise(blocks))
        if isinstance(block, PageBreak) and isinstance(after, Paragraph) and after.style is Style.ANNEX
    )
    return replace(document, blocks=blocks[: next(ends, len(blocks))])


def _list(found: Sequence[Annex]) -> Iterator[Block]:
    """The list of annexes under the text: 附件：1.…, the others below the first."""
    for number, annex in enumerate(found, 1):
        lead = _("附件：") if number == 1 else "\u3000\u3000\u3000"
        yield Paragraph((Run(_("{lead}{n}.{title}").format(lead=lead, n=number, title=annex.title)),), Style.LIST)


def _cover(book: Book, year: int) -> Cover:
    names = book.unit_year(year)
    return Cover(
        (_("{year}年度").format(year=year), _("部门整体支出绩效自评报告")),
        (
            Field(_("部门（单位）名称（公章）"), names.name),
            Field(_("预算编码"), book.unit.code),
            Field(_("评价方式"), _("部门（单位）绩效自评")),
            Field(_("报告日期"), print_day(names.filled_on) or _DAY),
            Field(_("单位负责人"), names.head),
            Field(_("填报人"), names.preparer),
            Field(_("联系电话"), names.phone),
        ),
    )


def _signatures(book: Book, year: int) -> SignatureBlock:
    """Nothing is printed where the head signs by hand."""
    names = book.unit_year(year)
    return SignatureBlock(
        (
            Field(_("单位负责人（签字）")),
            Field(_("填表人"), names.preparer),
            Field(_("联系电话"), names.phone),
            Field(_("填报日期"), print_day(names.filled_on) or _DAY),
        ),
        _("（单位盖章）"),
    )
