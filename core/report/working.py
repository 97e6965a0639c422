"""The working paper (内部工作底稿): what stands behind the submission. It stays in the unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.balance import final_account, unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS, Severity
from core.i18n import _
from core.labels import place_name
from core.money import show_wan
from core.report.choice import USUAL_CHOICE, Choice
from core.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    Style,
    Table,
)
from core.report.sources_page import sources_table
from core.report.submission import meta, submission
from core.report.tables import BASIS_LABELS, account_table, bridge_table, plain_table, stated_table, text_cell
from core.review import Item, Review


@dataclass(frozen=True, slots=True)
class FileState:
    """Which state of which file a working paper was printed from."""

    file: str  # its name, without the folder
    line: int  # number of the last journal line; 0: none
    chain: str  # that line's chain hash
    at: str  # when that line was written, ISO
    printed: str  # when the paper was printed, ISO

    @property
    def code(self) -> str:
        """The short code (校验码) of the journal: the first characters of its chain hash, in two groups."""
        return f"{self.chain[:4]}-{self.chain[4:8]}".upper() if self.chain else "—"


def working_paper(book: Book, year: int, review: Review, state: FileState, choice: Choice = USUAL_CHOICE) -> Document:
    """The working paper of a year: bridge, stated figures against the ledger, findings, and the sources of every
    figure that the submission prints."""
    handed_in = submission(book, year, choice)
    title = _("{year}年度部门整体支出绩效自评内部工作底稿").format(year=year)
    blocks: list[Block] = [
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        Paragraph((Run(_("本底稿供单位内部核对使用，不随自评报告报送。")),), Style.NOTE),
        *_bridge(book, year),
        *_stated(book, year),
        *_findings(book, review),
        *_sources(book, handed_in),
        *_state(book, year, state, meta(book, year).program),
    ]
    return Document(title, Kind.WORKING, meta(book, year), tuple(blocks), centred_numbers=True)


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _bridge(book: Book, year: int) -> Iterator[Block]:
    yield _heading(_("一、口径桥接表"))
    yield bridge_table(book, year)
    balance = unit_balance(book, year)
    account = final_account(book, year)
    yield _note(
        _(
            "指标口径：全年预算{b}万元，实际支出{e}万元，财政收回{r}万元，认定结余{x}万元，结转下年{c}万元，未处置{u}万元。"
        ).format(
            b=show_wan(balance.budget),
            e=show_wan(balance.spent),
            r=show_wan(balance.recovered),
            x=show_wan(balance.surplus),
            c=show_wan(balance.carried),
            u=show_wan(balance.undisposed),
        )
    )
    yield _note(
        _("{basis}：预算收入{i}万元＝年初预算{n}万元＋净调整{a}万元；支出{e}万元，结余结转{c}万元。").format(
            basis=BASIS_LABELS.get(book.unit.basis, book.unit.basis),
            i=show_wan(account.income),
            n=show_wan(account.initial),
            a=show_wan(account.adjusted),
            e=show_wan(account.spent),
            c=show_wan(account.carry),
        )
    )
    yield account_table(book, year)


def _stated(book: Book, year: int) -> Iterator[Block]:
    yield _heading(_("二、填报数与台账数对照"))
    table = stated_table(book, year)
    yield table if table.rows else _note(_("本年度没有登记填报数，报告中的数据均取自台账。"))


def _findings(book: Book, review: Review) -> Iterator[Block]:
    yield _heading(_("三、尚未处理的问题（{n}项）").format(n=len(review.open)))
    if review.open:
        yield plain_table(
            (0.8, 0.9, 4.5, 3.0, 0.9, 1.2, 3.7),
            (_("级别"), _("编号"), _("问题"), _("位置与数据"), _("差额"), _("允许尾差"), _("处理办法")),
            [_finding_row(book, item) for item in review.open],
        )
    else:
        yield _note(_("没有尚未处理的问题。"))
    if review.todo:
        yield _note(_("另有{n}项待办，到相应阶段再核对。").format(n=len(review.todo)))
    yield _heading(_("四、已说明的问题（{n}项）").format(n=len(review.waived)))
    if review.waived:
        yield plain_table(
            (0.8, 0.9, 4.5, 3.0, 3.8, 1.5),
            (_("级别"), _("编号"), _("问题"), _("位置与数据"), _("说明理由"), _("说明日期")),
            [_waived_row(book, item) for item in review.waived],
        )
    else:
        yield _note(_("没有已说明的问题。"))


def _finding_row(book: Book, item: Item) -> Row:
    finding = item.finding
    cells = (
        *_about_cells(book, item),
        text_cell(_amount(finding.difference), align=Align.RIGHT),
        text_cell(_amount(finding.tolerance), align=Align.RIGHT),
        text_cell(item.remedy),
    )
    return Row(cells, finding.about)


def _waived_row(book: Book, item: Item) -> Row:
    assert item.waiver is not None  # only waived findings come here
    cells = (*_about_cells(book, item), text_cell(item.waiver.reason), text_cell(item.waiver.date))
    return Row(cells, item.finding.about)


def _about_cells(book: Book, item: Item) -> tuple[Cell, ...]:
    finding = item.finding
    figures = [place_name(book, finding.year, finding.about)]
    figures += [f"{shown.label} {shown.text}{shown.unit}" for shown in finding.figures]
    figures += [
        _("如将{figure} {old}改为{new}，则相符").format(
            figure=suspect.figure, old=suspect.texts[0], new=suspect.texts[1]
        )
        for suspect in finding.suspects
    ]
    return (
        text_cell(SEVERITY_LABELS[Severity(finding.severity)], align=Align.CENTER),
        text_cell(finding.rule, align=Align.CENTER),
        text_cell(f"{item.rule.title}\n{item.message}"),
        text_cell("\n".join(figures)),
    )


def _amount(amount: int | None) -> str:
    return "" if amount is None else show_wan(amount)


def _sources(book: Book, document: Document) -> Iterator[Block]:
    """勾稽与来源: each figure the submission prints, once, with what it was computed from."""
    count = len({printed.ref for printed in document.figures()})
    yield _heading(_("五、勾稽与来源（报告印出的{n}项数据）").format(n=count))
    yield sources_table(book, document)


def _state(book: Book, year: int, state: FileState, program: str) -> Iterator[Block]:
    yield _heading(_("六、台账状态"))
    names = book.unit_year(year)
    lines = (
        (_("单位"), names.name),
        (_("年度"), _("{year}年度").format(year=year)),
        (_("台账文件"), state.file),
        (_("操作日志"), _("第{n}行，{at}").format(n=state.line, at=_time(state.at)) if state.line else _("没有记录")),
        (_("日志校验码"), state.code),
        (_("打印时间"), _time(state.printed)),
        (_("程序版本"), program),
    )
    rows = [Row((text_cell(name, Role.HEADER), text_cell(value))) for name, value in lines]
    yield Table((Column(1.0), Column(4.0)), (), tuple(rows), whole=True)


def _time(iso: str) -> str:
    return iso.replace("T", " ")
