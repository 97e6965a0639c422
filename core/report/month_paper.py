"""月度支出进度表: by project for a month, budget, spending, rate and how far it is from 序时进度."""

from datetime import date
from fractions import Fraction

from core.book import Book
from core.check import About
from core.i18n import _
from core.money import NOTHING, half_up, show_rate, show_wan
from core.month_progress import MonthRow, month_rows, total_of
from core.report.model import (
    Align,
    Block,
    Column,
    Document,
    Field,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    SignatureBlock,
    Style,
    Table,
)
from core.report.submission import meta
from core.report.tables import head, text_cell

_BEHIND = Fraction(-1, 10)  # ten points behind the time gone by is remarked


def month_paper(book: Book, year: int, month: int, today: date) -> Document:
    """The paper for the end of ``month`` (1 to 12), amounts in 万元."""
    title = _("{year}年{month}月支出进度表").format(year=year, month=month)
    rows = month_rows(book, year, month)
    whole = total_of(_("合计"), rows)
    blocks: tuple[Block, ...] = (
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _table(book, year, month, rows, whole),
        Paragraph((Run(_words(month, whole)),), Style.NOTE),
        Paragraph((Run(_("全年预算为截至{month}月末下达和调整后的预算；差异＝执行率－序时进度。制表日期：{today}。").format(
            month=month, today=today.isoformat()
        )),), Style.NOTE),
        SignatureBlock((Field(_("单位负责人")), Field(_("财务负责人")), Field(_("制表人"))), _("（单位盖章）")),
    )  # fmt: skip
    return Document(title, Kind.WORKING, meta(book, year), blocks, centred_numbers=True)


def _table(book: Book, year: int, month: int, rows: list[MonthRow], whole: MonthRow) -> Table:
    basic, special = [one for one in rows if one.is_basic], [one for one in rows if not one.is_basic]
    printed = [_row(one, month) for one in basic]
    if len(basic) > 1:
        printed.append(_row(total_of(_("基本支出小计"), basic), month))
    printed += [_row(one, month) for one in special]
    if len(special) > 1:
        printed.append(_row(total_of(_("项目支出小计"), special), month))
    printed.append(_row(whole, month))
    names = (_("项目"), _("全年预算"), _("本月支出"), _("累计支出"), _("未支出"), _("执行率"), _("序时进度"),
             _("差异（百分点）"), _("备注"))  # fmt: skip
    columns = (Column(3.0), *(Column(1.1, Align.RIGHT) for _n in range(7)), Column(2.2))
    left = _("填报单位：{name}").format(name=book.unit_year(year).name)
    return Table(columns, head(*names), tuple(printed), left_note=left, right_note=_("单位：万元"))


def _row(one: MonthRow, month: int) -> Row:
    role = Role.BODY if one.project else Role.TOTAL
    texts = (
        one.name,
        show_wan(one.budget),
        show_wan(one.month),
        show_wan(one.spent),
        show_wan(one.budget - one.spent),
        show_rate(one.spent, one.budget),
        show_rate(month, 12),
        points(one.ahead(month)),
        _remark(one, month),
    )
    return Row(tuple(text_cell(text, role) for text in texts), About("project", one.project) if one.project else None)


def points(ahead: Fraction | None) -> str:
    """A difference of two rates in percentage points with its sign, such as +3.37."""
    if ahead is None:
        return NOTHING
    value = half_up(ahead.numerator * 10_000, ahead.denominator)
    sign = "+" if value > 0 else "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


def _remark(one: MonthRow, month: int) -> str:
    if one.spent > one.budget:
        return _("超预算{amount}万元").format(amount=show_wan(one.spent - one.budget))
    ahead = one.ahead(month)
    return _("慢于序时进度") if one.project and ahead is not None and ahead <= _BEHIND else ""


def _words(month: int, whole: MonthRow) -> str:
    """In a sentence: how far the unit is."""
    ahead = whole.ahead(month)
    if ahead is None:
        return _("截至{month}月末没有预算。").format(month=month)
    text = _("截至{month}月末，累计支出{spent}万元，占全年预算{budget}万元的{rate}，{pace}。")
    told = points(ahead).lstrip("+-")
    pace = _("与序时进度一致")
    if ahead:
        pace = (_("快于序时进度{n}个百分点") if ahead > 0 else _("慢于序时进度{n}个百分点")).format(n=told)
    rate = show_rate(whole.spent, whole.budget)
    return text.format(month=month, spent=show_wan(whole.spent), budget=show_wan(whole.budget), rate=rate, pace=pace)
