"""对账单: what an export of the budget system and the ledger have in common and not, with control totals and
signatures."""

from collections.abc import Iterable, Iterator
from datetime import date

from core.book import Book
from core.i18n import _
from core.matching.exported import ExportedPayment
from core.matching.mending import show_day
from core.matching.model import CODE, FIELD_LABELS, KIND_LABELS, Comparison, Kind, Match, Totals
from core.matching.quotas import QuotaComparison, QuotaRow
from core.model import FUND_LABELS, Payment
from core.money import show_yuan
from core.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    SignatureBlock,
    Style,
    Table,
)
from core.report.model import (
    Kind as PaperKind,
)
from core.report.submission import meta
from core.report.tables import head, text_cell

_TITLES = {
    Kind.DIFFERENT: _("两边不一致"),
    Kind.THERE: _("只在一体化系统导出"),
    Kind.HERE: _("只在台账"),
    Kind.DOUBTFUL: _("待确认"),
}


def matching_paper(book: Book, found: Comparison, today: date) -> Document:
    """The comparison of payments, in 元: control totals, then every item that is not alike on both sides."""
    year = found.export.year
    title = _("支付明细对账单")
    counts = "，".join(
        _("{kind}{n}笔").format(kind=KIND_LABELS[kind], n=len(found.of(Kind(kind)))) for kind in KIND_LABELS
    )
    blocks: list[Block] = [
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _note(_("对账单位：{unit}　　对账期间：{year}年1月1日至{day}　　制表日期：{today}").format(
            unit=book.unit_year(year).name, year=year, day=show_day(found.until), today=today.isoformat()
        )),
        _note(_("导出文件：{file}，工作表“{sheet}”").format(file=found.export.file, sheet=found.export.sheet)),
        _note(_("结果：{counts}；未了{open}项。").format(counts=counts, open=len(found.open))),
        _heading(_("一、控制总数")),
        _totals(_("项目"), (*found.by_project, found.total)),
        _totals(_("月份"), (*found.by_month, found.total)),
        _note(_("差额＝导出－台账；差额由所列各项逐笔说明，没有未列明的差额。")),
    ]  # fmt: skip
    numbers = iter(_("二三四五"))
    for kind, name in _TITLES.items():
        matches = found.of(kind)
        if matches:
            blocks.append(
                _heading(_("{number}、{name}（{n}笔）").format(number=next(numbers), name=name, n=len(matches)))
            )
            blocks.append((_alone if kind in (Kind.THERE, Kind.HERE) else _matches)(book, year, matches))
    return Document(title, PaperKind.WORKING, meta(book, year), (*blocks, *_signed()), centred_numbers=True)


def quota_paper(book: Book, found: QuotaComparison, today: date) -> Document:
    """The comparison of quotas (指标余额), in 元, by project and fund source."""
    year = found.export.year
    title = _("指标余额对账单")
    names = (_("项目"), _("资金性质"), _("导出指标"), _("台账指标"), _("导出已支付"), _("台账支出"), _("导出余额"),
             _("台账余额"), _("差额"), _("结果和说明"))  # fmt: skip
    columns = (Column(2.4), Column(1.6), *(Column(1.25, Align.RIGHT) for _n in range(7)), Column(2.2))
    table = Table(columns, head(*names), tuple(map(_quota, found.rows)), right_note=_("单位：元"))
    blocks: tuple[Block, ...] = (
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _note(_("对账单位：{unit}　　年度：{year}　　制表日期：{today}").format(
            unit=book.unit_year(year).name, year=year, today=today.isoformat()
        )),
        _note(_("导出文件：{file}，工作表“{sheet}”；台账指标已扣除财政收回和结转下年。").format(
            file=found.export.file, sheet=found.export.sheet
        )),
        table,
        _note(_("共{n}项，不符{open}项。").format(n=len(found.rows), open=len(found.open))),
    )  # fmt: skip
    return Document(title, PaperKind.WORKING, meta(book, year), (*blocks, *_signed()), centred_numbers=True)


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _signed() -> Iterator[Block]:
    lines = (Field(_("经办人（对账）")), Field(_("复核人")), Field(_("日期"), _("　　　　年　　月　　日")))
    yield SignatureBlock(lines, _("（单位盖章）"))


def _totals(name: str, rows: Iterable[Totals]) -> Table:
    names = (name, _("导出笔数"), _("导出金额"), _("台账笔数"), _("台账金额"), _("差额"), _("其中：只在导出"),
             _("只在台账"), _("不一致"), _("待确认"))  # fmt: skip
    widths = (0.75, 1.6, 0.75, 1.6, 1.35, 1.45, 1.35, 1.35, 1.35)
    columns = (Column(2.4), *(Column(width, Align.RIGHT) for width in widths))
    printed = []
    for one in rows:
        role = Role.TOTAL if one.name == _("合计") else Role.BODY
        amounts = (one.difference, one.only_there, one.only_here, one.different + one.matched, one.doubtful)
        texts = (
            one.name, str(one.count_there), show_yuan(one.there), str(one.count_here), show_yuan(one.here),
            *map(show_yuan, amounts),
        )  # fmt: skip
        printed.append(Row(tuple(text_cell(text, role) for text in texts)))
    return Table(columns, head(*names), tuple(printed), right_note=_("单位：元"))


def _matches(book: Book, year: int, matches: Iterable[Match]) -> Table:
    names = {row.project: row.name for row in book.project_years(year)}
    side = (Column(0.75, Align.CENTER), Column(1.1), Column(1.6), Column(1.45), Column(1.4, Align.RIGHT))
    columns = (*side, *side, Column(2.2))
    fields = (_("日期"), _("凭证号"), _("收款人"), _("项目"), _("金额"))
    upper = (
        Cell((Run(_("一体化系统导出")),), Role.HEADER, Align.CENTER, 5),
        Cell((Run(_("台账")),), Role.HEADER, Align.CENTER, 5),
        Cell((Run(_("说明")),), Role.HEADER, Align.CENTER, 1, 2),
    )
    heads = (Row(upper), Row(tuple(text_cell(name, Role.HEADER, Align.CENTER) for name in (*fields, *fields))))
    rows = []
    for match in matches:
        for place in range(max(len(match.lines), len(match.payments))):
            there = _there(names, match.lines, place)
            here = _here(names, match.payments, place)
            why = _why(match) if not place else ""
            rows.append(Row(tuple(text_cell(text) for text in (*there, *here, why))))
    return Table(columns, heads, tuple(rows), right_note=_("单位：元"))


def _alone(book: Book, year: int, matches: Iterable[Match]) -> Table:
    """What stands on one side only, with what it was for."""
    names = {row.project: row.name for row in book.project_years(year)}
    columns = (
        Column(0.75, Align.CENTER), Column(1.2), Column(2.2), Column(2.4), Column(2.0), Column(0.9, Align.CENTER),
        Column(1.4, Align.RIGHT), Column(2.4),
    )  # fmt: skip
    rows = []
    for match in matches:
        for there, one in [(line.project, line.payment) for line in match.lines] or [("", p) for p in match.payments]:
            number, code = one.bank_no or one.voucher, one.economic_code or one.functional_code
            texts = (one.date[5:], number, one.payee, one.purpose, names.get(one.project) or there, code)
            rows.append(Row(tuple(map(text_cell, (*texts, show_yuan(one.amount), _why(match))))))
    heads = (_("日期"), _("凭证号"), _("收款人"), _("用途"), _("项目"), _("科目"), _("金额"), _("说明"))
    return Table(columns, head(*heads), tuple(rows), right_note=_("单位：元"))


def _there(names: dict[int, str], lines: tuple[ExportedPayment, ...], place: int) -> tuple[str, ...]:
    if place >= len(lines):
        return ("",) * 5
    line = lines[place]
    texts = _here(names, (line.payment,), 0)
    return (*texts[:3], names.get(line.payment.project) or line.project, texts[4])


def _here(names: dict[int, str], payments: tuple[Payment, ...], place: int) -> tuple[str, ...]:
    if place >= len(payments):
        return ("",) * 5
    one = payments[place]
    return one.date[5:], one.bank_no or one.voucher, one.payee, names.get(one.project, ""), show_yuan(one.amount)


def _why(match: Match) -> str:
    words = (
        [_("{fields}不同").format(fields="、".join(FIELD_LABELS[one] for one in match.fields))] if match.fields else []
    )
    if CODE in match.fields:
        [line], [payment] = match.lines, match.payments
        codes = [one.economic_code or one.functional_code for one in (line.payment, payment)]
        words.append(_("科目导出{there}，台账{here}").format(there=codes[0], here=codes[1]))
    if match.reason:
        words.append(_("已接受：{reason}").format(reason=match.reason))
    elif match.why:
        words.append(match.why)
    return "；".join(words)


def _quota(row: QuotaRow) -> Row:
    here = row.here or (None, None, None)
    amounts = [amount for pair in zip(row.there, here, strict=True) for amount in pair]
    shown = ["" if amount is None else show_yuan(amount) for amount in amounts]
    why = _("已接受：{reason}").format(reason=row.reason) if row.reason else row.why
    result = "；".join(part for part in (KIND_LABELS[row.kind], why) if part)
    fund = FUND_LABELS[row.fund] if row.fund else _("全部资金")
    return Row(tuple(text_cell(text) for text in (row.name, fund, *shown, show_yuan(row.difference), result)))
