"""多单位汇总 on paper: the table of the files (汇总表), and the open findings of all of them by unit."""

from collections.abc import Iterator, Sequence
from datetime import date

from core import __version__
from core.i18n import _
from core.many import Overview, total
from core.many_look import FileRow, Sums
from core.many_tables import AMOUNTS, finding_words, place_of, rate_of, sum_words
from core.money import show_wan
from core.report.model import (
    Align,
    Block,
    Column,
    Document,
    Field,
    Heading,
    Kind,
    Meta,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    SignatureBlock,
    Style,
    Table,
)
from core.report.tables import head, plain_table, text_cell

_FINDING_NAMES = (_("序号"), _("级别"), _("编号"), _("事项"), _("位置"), _("说明"), _("怎么办"))
_FINDING_WIDTHS = (0.8, 0.7, 0.9, 2.0, 2.2, 4.4, 3.6)


def summary_paper(found: Overview, rows: Sequence[FileRow], today: date) -> Document:
    """汇总表: a row for each file and their sum, in 万元; below it what is to be said of single files."""
    title = _("多单位预算执行情况汇总表")
    names = (_("序号"), _("单位"), _("年度"), _("状态"), *(label for _key, label in AMOUNTS), _("错误"), _("提醒"))
    widths = (0.8, 3.3, 0.7, 1.1, *(1.2,) * len(AMOUNTS), 0.6, 0.6)
    lines = [_file_row(number, row) for number, row in enumerate(rows, 1)]
    errors, warnings = sum(row.errors for row in rows), sum(row.warnings for row in rows)
    lines.append(_row(("", _("合计"), "", "", *_amounts(total(rows)), str(errors), str(warnings)), Role.TOTAL))
    columns = [Column(width, Align.RIGHT if place > 3 else Align.LEFT) for place, width in enumerate(widths)]
    table = Table(tuple(columns), head(*names), tuple(lines), right_note=_("单位：万元"), name=_("汇总表"))
    remarks = [f"{row.unit or place_of(row, found.folder)}：{row.remark}" for row in rows if row.remark]
    blocks: tuple[Block, ...] = (
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _note(_("日期：{day}　　{words}").format(day=today.isoformat(), words=sum_words(rows))),
        table,
        *map(_note, (*remarks, *found.problems)),
        SignatureBlock((Field(_("制表人")), Field(_("复核人")), Field(_("日期"))), ""),
    )
    return _document(title, found, rows, blocks)


def findings_paper(found: Overview, rows: Sequence[FileRow], today: date) -> Document:
    """多单位核对情况: what is open, unit by unit, and which files could not be read."""
    title = _("多单位核对情况")
    clean = [row for row in rows if row.has_figures and not row.findings and not row.errors]
    blocks: list[Block] = [
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _note(
            _("日期：{day}　　{words}　　错误{errors}项，提醒{warnings}项").format(
                day=today.isoformat(),
                words=sum_words(rows),
                errors=sum(row.errors for row in rows),
                warnings=sum(row.warnings for row in rows),
            )
        ),
    ]
    lines = [line for row in rows if row not in clean for line in _of_file(row, found)]
    if lines:
        blocks.append(plain_table(_FINDING_WIDTHS, _FINDING_NAMES, lines))
    if clean:
        blocks.append(Heading(1, (Run(_("没有问题的单位（{n}个）").format(n=len(clean))),)))
        names = (_("{unit}（{year}年度）").format(unit=row.unit, year=row.year) for row in clean)
        blocks.append(Paragraph((Run("、".join(names) + "。"),)))
    blocks += map(_note, found.problems)
    return _document(title, found, rows, tuple(blocks))


def _of_file(row: FileRow, found: Overview) -> Iterator[Row]:
    """The rows of one file: which it is, what is to be said of it, and its findings."""
    place = place_of(row, found.folder)
    year = _("{year}年度").format(year=row.year) if row.year else row.state_label
    words = _("{name}（{year}）").format(name=row.unit or place, year=year)
    if row.has_figures:
        words += _("　错误{errors}项，提醒{warnings}项").format(errors=row.errors, warnings=row.warnings)
    words += _("　文件：{file}").format(file=place) if row.unit else ""
    yield Row((text_cell(words, Role.HEADER, Align.LEFT, len(_FINDING_NAMES)),))
    if row.remark:
        yield Row((text_cell(row.remark, span=len(_FINDING_NAMES)),))
    for number, one in enumerate(row.findings, 1):
        yield Row(tuple(text_cell(text) for text in (str(number), *finding_words(one))))


def _file_row(number: int, row: FileRow) -> Row:
    name = row.unit or row.path.name
    year = str(row.year or "")
    figures = (*_amounts(row.sums), str(row.errors), str(row.warnings)) if row.has_figures else ("—",) * 8
    return _row((str(number), name, year, row.state_label, *figures), Role.BODY)


def _row(texts: Sequence[str], role: Role) -> Row:
    return Row(tuple(text_cell(text, role) for text in texts))


def _amounts(sums: Sums) -> tuple[str, ...]:
    return tuple(rate_of(sums) if key == "rate" else show_wan(getattr(sums, key)) for key, _title in AMOUNTS)


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _document(title: str, found: Overview, rows: Sequence[FileRow], blocks: tuple[Block, ...]) -> Document:
    year = found.year or max((row.year for row in rows), default=0)
    program = _("单位预算台账 {version}").format(version=__version__)
    meta = Meta(year, found.folder.name, found.folder.name, program)
    return Document(title, Kind.WORKING, meta, blocks, centred_numbers=True)
