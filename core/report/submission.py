"""The submission (送审稿): cover, narrative and annexes. It carries no warnings, no highlights and no codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core import __version__
from core.book import Book
from core.check import About
from core.i18n import _
from core.outline import reported_projects
from core.report.basic_data_form import basic_data_form
from core.report.evaluation_forms import project_form, unit_form
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
from core.report.sources_page import sources_table
from core.report.tables import execution_table, rounding_differs


def meta(book: Book, year: int) -> Meta:
    """What a document of this year says about itself."""
    names = book.unit_year(year)
    program = _("单位预算台账 {version}").format(version=__version__)
    return Meta(year, names.name, names.short_name or names.name, program)


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex (附件): what the list under the text calls it, and its forms, each on pages of its own."""

    title: str
    landscape: bool
    forms: tuple[tuple[Block, ...], ...]


def submission(book: Book, year: int) -> Document:
    """部门整体支出绩效自评报告 of a year, as it is handed in. Raises ``UserError`` for a template that cannot
    be read."""
    found = annexes(book, year)
    blocks: list[Block] = [_cover(book, year), PageBreak(), *narrative(book, year), Paragraph(())]
    blocks += _list(found)
    blocks.append(_signatures(book, year))
    for number, annex in enumerate(found, 1):
        for place, form in enumerate(annex.forms):
            blocks.append(PageBreak(landscape=annex.landscape))
            if place == 0:
                blocks.append(Paragraph((Run(_("附件{n}").format(n=number)),), Style.ANNEX))
            blocks += form
    title = _("{year}年度部门整体支出绩效自评报告").format(year=year)
    document = Document(title, Kind.SUBMISSION, meta(book, year), tuple(blocks))
    return replace(document, trace=sources_table(book, document))


def annexes(book: Book, year: int) -> list[Annex]:
    """The annexes of a report: basic data, the evaluation of the unit and of each project, how projects were spent."""
    special = [row.project for row in reported_projects(book, year)]
    found = [
        Annex(_("部门整体支出绩效评价基础数据表"), False, (tuple(basic_data_form(book, year)),)),
        Annex(_("部门整体支出绩效自评表"), True, (tuple(unit_form(book, year)),)),
    ]
    if special:
        forms = tuple(tuple(project_form(book, year, project)) for project in special)
        found.append(Annex(_("项目支出绩效自评表"), True, forms))
    return [*found, Annex(_("项目支出执行情况表"), True, (tuple(_execution(book, year)),))]


def _execution(book: Book, year: int) -> Iterator[Block]:
    anchor = About("section", 0, "annex.execution")
    yield Heading(0, (Run(_("{year}年度项目支出执行情况表").format(year=year)),), anchor)
    yield execution_table(book, year)
    if rounding_differs(book, year):
        yield Paragraph((Run(_("注：本报告因金额单位转换原因可能存在尾数误差。")),), Style.NOTE)


def _list(found: Sequence[Annex]) -> Iterator[Block]:
    """The list of annexes under the text: 附件：1.…, the others below the first."""
    for number, annex in enumerate(found, 1):
        lead = _("附件：") if number == 1 else "\u3000\u3000\u3000"
        yield Paragraph((Run(_("{lead}{n}.{title}").format(lead=lead, n=number, title=annex.title)),))


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
