"""The papers of a hand-over pack (交接包): the list that giver, taker and witness sign (交接清单), and how far the
budget of a year is carried out (执行情况)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.balance import unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS, Severity
from core.handing_over import short_code
from core.i18n import _
from core.labels import place_name
from core.model import YEAR_STATE_LABELS
from core.money import NOTHING, show_rate, show_wan
from core.report.model import (
    Align,
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Style,
    Table,
)
from core.report.submission import meta
from core.report.tables import execution_table, plain_table, text_cell
from core.review import Item, Review


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a pack, by its place in it."""

    name: str  # with folders, parted by /
    size: int  # bytes
    digest: str  # SHA-256
    about: str  # what it is, in words


@dataclass(frozen=True, slots=True)
class Parties:
    """Who hands over to whom, and who watches; empty names are blanks to sign on."""

    giver: str = ""  # 移交人
    taker: str = ""  # 接收人
    witness: str = ""  # 监交人


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that stays in its folder on the officer's machine."""

    name: str
    at: str
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class PackState:
    """What the list says of the ledger besides its book."""

    file: str
    at: str  # when the pack was made
    line: int  # number of the last journal line
    code: str  # check value of the journal
    operators: Sequence[str]  # who wrote in the journal
    files: Sequence[PackedFile]
    backups: Sequence[KeptBackup]
    backup_folder: str
    parties: Parties
    problems: Sequence[str] = ()  # attachments that could not be handed over


def hand_over_list(book: Book, year: int, reviews: Mapping[int, Review], state: PackState) -> Document:
    """The list of a hand-over: what is handed over, how the ledger stands, what is still open, and the signatures.

    ``year`` gives the unit's name; ``reviews`` are those of every year in the file.
    """
    title = _("预算台账交接清单")
    blocks: list[Block] = [
        Heading(0, (Run(title),)),
        _note(_("移交单位：{unit}").format(unit=book.unit_year(year).name)),
        _note(_("台账文件：{file}　　生成时间：{at}").format(file=state.file, at=state.at)),
        _heading(_("一、台账基本情况")),
        *_years(book, reviews),
        _note(
            _("操作日志共{n}行，日志校验码{code}；登记人：{who}。").format(
                n=state.line, code=state.code, who="、".join(state.operators) or _("无")
            )
        ),
        _heading(_("二、移交的文件（{n}个）").format(n=len(state.files))),
        *_files(state.files),
        *map(_note, state.problems),
        _heading(_("三、留存在本机的备份（{n}份）").format(n=len(state.backups))),
        *_backups(state),
        *_questions(book, reviews),
        _heading(_("六、交接确认")),
        Paragraph((Run(_("上列文件和事项已当面核对清楚。本清单一式三份，移交人、接收人各执一份，存档一份。")),)),
        _signatures(state.parties),
        SignatureBlock((Field(_("交接日期"), _("　　　　年　　月　　日")),), _("（单位盖章）")),
    ]
    return Document(title, Kind.WORKING, meta(book, year), tuple(blocks), centred_numbers=True)


def execution_paper(book: Book, year: int, at: str) -> Document:
    """How far the budget of a year is carried out (预算执行情况), project by project."""
    title = _("{year}年度预算执行情况").format(year=year)
    record, balance = book.year(year), unit_balance(book, year)
    rate = balance.rate(book.policy(year).rate_base)
    words = _(
        "年度状态：{state}。全年预算{b}万元，实际支出{e}万元，执行率{rate}，未处置{u}万元。数据截至{at}。"
    ).format(
        state=YEAR_STATE_LABELS[record.state] if record else "",
        b=show_wan(balance.budget),
        e=show_wan(balance.spent),
        rate=show_rate(rate.numerator, rate.denominator) if rate is not None else NOTHING,
        u=show_wan(balance.undisposed),
        at=at,
    )
    blocks: tuple[Block, ...] = (
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        execution_table(book, year),
        _note(words),
    )
    return Document(title, Kind.WORKING, meta(book, year), blocks, centred_numbers=True)


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _cells(*texts: str) -> Row:
    return Row(tuple(text_cell(text) for text in texts))


def _right(text: str) -> Cell:
    return text_cell(text, align=Align.RIGHT)


def _years(book: Book, reviews: Mapping[int, Review]) -> Iterator[Table]:
    rows = []
    for record in reversed(book.years()):
        year = record.year
        balance, found = unit_balance(book, year), reviews[year]
        projects = [row.project for row in book.project_years(year)]
        counts = (
            len(book.projects(year)),
            sum(len(book.events(year, one)) for one in projects),
            sum(len(book.payments(year, one)) for one in projects),
        )
        amounts = (show_wan(one) for one in (balance.budget, balance.spent, balance.undisposed))
        cells = [text_cell(f"{year}"), text_cell(YEAR_STATE_LABELS[record.state])]
        cells += [_right(str(count)) for count in counts] + [_right(amount) for amount in amounts]
        cells += [_right(str(count)) for count in (found.errors, found.warnings, len(found.todo))]
        rows.append(Row(tuple(cells)))
    more = (_("错误"), _("提醒"), _("待办"))
    names = (_("年度"), _("状态"), _("项目"), _("变动"), _("支出"), _("全年预算"), _("实际支出"), _("未处置"))
    table = plain_table((0.75, 1.0, 0.7, 0.8, 0.7, 1.1, 1.1, 1.0, 0.7, 0.7, 0.7), (*names, *more), rows)
    yield Table(table.columns, table.head, table.rows, right_note=_("金额单位：万元；项目、变动、支出为笔数"))


def _files(files: Sequence[PackedFile]) -> Iterator[Block]:
    rows = [
        Row((text_cell(one.name), text_cell(one.about), _right(f"{one.size:,}"), text_cell(short_code(one.digest))))
        for one in files
    ]
    yield plain_table((4.2, 2.3, 1.1, 2.1), (_("文件"), _("内容"), _("字节"), _("校验码")), rows)
    yield _note(_("校验码为文件SHA-256值的前12位，完整的值在“校验值.txt”中。"))


def _backups(state: PackState) -> Iterator[Block]:
    if not state.backups:
        yield _note(_("没有备份。"))
        return
    rows = [
        Row((text_cell(one.at), text_cell(one.why), text_cell(one.name), _right(f"{one.size:,}")))
        for one in state.backups
    ]
    yield plain_table((2.3, 1.8, 4.6, 1.2), (_("时间"), _("原因"), _("文件名"), _("字节")), rows)
    yield _note(_("备份文件夹：{folder}").format(folder=state.backup_folder))


def _questions(book: Book, reviews: Mapping[int, Review]) -> Iterator[Block]:
    years = sorted(reviews, reverse=True)
    open_rows = [row for year in years for row in _open_rows(book, year, reviews[year])]
    yield _heading(_("四、未了事项（{n}项）").format(n=len(open_rows)))
    if open_rows:
        names = (_("年度"), _("级别"), _("编号"), _("事项"), _("位置"), _("处理办法"))
        yield plain_table((0.8, 0.8, 0.9, 3.6, 2.2, 3.0), names, open_rows)
    else:
        yield _note(_("没有未了事项。"))
    waived = [
        _cells(
            str(year), item.finding.rule, f"{item.rule.title}\n{item.message}", _place(book, item), item.waiver.reason
        )
        for year in years
        for item in reviews[year].waived
        if item.waiver is not None
    ]
    yield _heading(_("五、已说明的问题（{n}项）").format(n=len(waived)))
    if waived:
        heads = (_("年度"), _("编号"), _("事项"), _("位置"), _("说明理由"))
        yield plain_table((0.8, 0.9, 4.0, 2.4, 3.2), heads, waived)
    else:
        yield _note(_("没有已说明的问题。"))


def _open_rows(book: Book, year: int, found: Review) -> Iterator[Row]:
    for item in found.open:
        yield _question(book, year, item, SEVERITY_LABELS[Severity(item.finding.severity)])
    for item in found.todo:
        yield _question(book, year, item, _("待办"))


def _question(book: Book, year: int, item: Item, severity: str) -> Row:
    words = f"{item.rule.title}\n{item.message}"
    return _cells(str(year), severity, item.finding.rule, words, _place(book, item), item.remedy)


def _place(book: Book, item: Item) -> str:
    return place_name(book, item.finding.year, item.finding.about)


def _signatures(parties: Parties) -> Table:
    """Room to sign for each of the three."""
    roles = (
        (_("移交人"), parties.giver),
        (_("接收人"), parties.taker),
        (_("监交人"), parties.witness),
    )
    rows = [_cells(f"\u3000\n{role}\n\u3000", name, "", "") for role, name in roles]
    return plain_table((1.2, 2.0, 3.0, 2.2), ("", _("姓名"), _("签字"), _("日期")), rows)
