"""The submission (送审稿): cover, narrative and annex. It carries no warnings, no highlights and no codes."""

from core import __version__
from core.book import Book
from core.check import About
from core.i18n import _
from core.report.model import (
    Block,
    Cover,
    Document,
    Field,
    Heading,
    Kind,
    Meta,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Style,
)
from core.report.narrative import narrative
from core.report.tables import execution_table, rounding_differs


def meta(book: Book, year: int) -> Meta:
    """What a document of this year says about itself."""
    names = book.unit_year(year)
    program = _("单位预算台账 {version}").format(version=__version__)
    return Meta(year, names.name, names.short_name or names.name, program)


def submission(book: Book, year: int) -> Document:
    """部门整体支出绩效自评报告 of a year, as it is handed in. Raises ``UserError`` for a template that cannot
    be read."""
    annex = _("项目支出执行情况表")
    blocks: list[Block] = [_cover(book, year), PageBreak(), *narrative(book, year)]
    blocks += [Paragraph(()), Paragraph((Run(_("附表：{title}").format(title=annex)),)), _signatures(book, year)]
    anchor = About("section", 0, "annex.execution")
    blocks += [
        PageBreak(landscape=True),
        Paragraph((Run(_("附表")),), Style.ANNEX),
        Heading(0, (Run(_("{year}年度{title}").format(year=year, title=annex)),), anchor),
        execution_table(book, year),
    ]
    if rounding_differs(book, year):
        blocks.append(Paragraph((Run(_("注：本报告因金额单位转换原因可能存在尾数误差。")),), Style.NOTE))
    title = _("{year}年度部门整体支出绩效自评报告").format(year=year)
    return Document(title, Kind.SUBMISSION, meta(book, year), tuple(blocks))


def _cover(book: Book, year: int) -> Cover:
    names = book.unit_year(year)
    return Cover(
        (_("{year}年度").format(year=year), _("部门整体支出绩效自评报告")),
        (
            Field(_("部门（单位）名称（公章）"), names.name),
            Field(_("预算编码"), book.unit.code),
            Field(_("评价方式"), _("部门（单位）绩效自评")),
            Field(_("报告日期"), _("　　　　年　　月　　日")),
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
            Field(_("填报日期"), _("　　　　年　　月　　日")),
        ),
        _("（单位盖章）"),
    )
