"""核查意见: what the check of a report's text came to, to be printed, filed, or sent back with the report."""

from collections.abc import Iterator
from datetime import date

from core import __version__
from core.audit.judge import Audit
from core.audit.model import Doubt, Relation
from core.audit.worded import KIND_NAMES, confirmation, contradiction, short
from core.checked_reports import MARKS, SEVERITIES, Checked, summary
from core.i18n import _
from core.report.model import (
    Align,
    Block,
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
from core.report.tables import plain_table, text_cell

UNCHECKED = (
    _("数字与账簿、决算报表、原始凭证是否一致：核查只看文字本身，不看账。"),
    _("文中没有写出分项、分母或基数的数字，无法重新计算，标为“无法核对”。"),
    _("项目是否真实、绩效指标是否恰当、文字是否通顺，需要人工审核。"),
    _("写明“余”“约”“近”的数字和口径不明的说法，不作判断，或只作提示。"),
    _("扫描成图片的页面、附件和印章没有文字，不在核查范围内。"),
)
_LONGEST_QUOTE = 60


def opinion(checked: Checked, today: date) -> Document:
    """The opinion on a report that was checked, dated ``today``."""
    title = _("报告文字核查意见")
    blocks: list[Block] = [
        PageBreak(landscape=True),
        Heading(0, (Run(title),)),
        _about(checked, today),
        _heading(_("一、核查结论")),
        Paragraph((Run(summary(checked.audit)),)),
        Paragraph((Run(verdict(checked)),)),
        *_doubts(checked.audit),
        *_worked_out(checked.audit),
        _heading(_("四、没有核查的内容")),
        *(Paragraph((Run(f"{number}．{text}"),)) for number, text in enumerate(UNCHECKED, 1)),
        SignatureBlock((Field(_("核查人")), Field(_("复核人")), Field(_("日期"))), ""),
    ]
    meta = Meta(checked.year, checked.unit or checked.name, checked.unit or checked.name, _program())
    return Document(title, Kind.WORKING, meta, tuple(blocks), centred_numbers=True)


def verdict(checked: Checked) -> str:
    """How many findings there are and how the figures stand, in a sentence."""
    counts = checked.counts
    found = "，".join(f"{label}{counts[key]}项" for key, label in SEVERITIES.items() if counts[key])
    figures = "，".join(f"{label}{counts[key]}个" for key, label in MARKS.items() if counts[key])
    words = _("核查发现{found}。").format(found=found) if found else _("没有发现问题。")
    return words + (_("文中数字：{figures}。").format(figures=figures) if figures else "")


def findings_text(checked: Checked) -> str:
    """The findings as plain text, to be pasted into a message."""
    lines = [_("“{name}”核查意见：{verdict}").format(name=checked.name, verdict=verdict(checked))]
    for number, one in enumerate(checked.audit.doubts, 1):
        place = _("第{n}行").format(n=line_of(checked.audit, one.start))
        lines.append(
            _("{number}．【{severity}】{place}“{quote}”：{message}").format(
                number=number,
                severity=SEVERITIES[one.severity],
                place=place,
                quote=short(one.quote, _LONGEST_QUOTE),
                message=one.message,
            )
        )
    return "\n".join(lines) + "\n"


def line_of(result: Audit, start: int) -> int:
    """The number of the line a place is in, from 1."""
    return result.text.count("\n", 0, start) + 1


def _program() -> str:
    return _("单位预算台账 {version}").format(version=__version__)


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.NOTE)


def _about(checked: Checked, today: date) -> Table:
    year = _("{year}年度").format(year=checked.year) if checked.year else _("文中没有写明")
    day = _("{y}年{m}月{d}日").format(y=today.year, m=today.month, d=today.day)
    pairs = (
        (_("被核查的文件"), checked.name, _("核查日期"), day),
        (_("报告单位"), checked.unit or _("文中没有写明"), _("报告年度"), year),
    )
    rows = [
        Row(tuple(text_cell(text, Role.HEADER if place % 2 == 0 else Role.BODY) for place, text in enumerate(row)))
        for row in pairs
    ]
    table = plain_table((1.4, 4.6, 1.2, 2.4), (), rows)
    return Table(table.columns, (), table.rows, name=_("核查对象"))


def _doubts(result: Audit) -> Iterator[Block]:
    found = result.doubts
    yield _heading(_("二、核查发现的问题（{n}项）").format(n=len(found)))
    if not found:
        yield _note(_("没有发现问题。"))
        return
    yield plain_table(
        (0.65, 0.75, 0.95, 3.1, 4.2, 1.05, 1.1, 1.5),
        (_("序号"), _("级别"), _("位置"), _("原文"), _("问题"), _("差额"), _("允许尾差"), _("建议")),
        [_doubt_row(result, number, one) for number, one in enumerate(found, 1)],
    )


def _doubt_row(result: Audit, number: int, one: Doubt) -> Row:
    return Row(
        (
            text_cell(str(number), align=Align.CENTER),
            text_cell(SEVERITIES[one.severity], align=Align.CENTER),
            text_cell(_("第{n}行").format(n=line_of(result, one.start)), align=Align.CENTER),
            text_cell(short(one.quote, _LONGEST_QUOTE)),
            text_cell(_("{title}：{message}").format(title=one.title, message=one.message)),
            text_cell(one.difference, align=Align.RIGHT),
            text_cell(one.tolerance, align=Align.RIGHT),
            text_cell(short(one.suggestion, _LONGEST_QUOTE)),
        )
    )


def _worked_out(result: Audit) -> Iterator[Block]:
    told = [one for one in result.relations if one.holds or one.trust]
    yield _heading(_("三、重新计算过的等式（{n}个）").format(n=len(told)))
    if not told:
        yield _note(_("文中没有能重新计算的等式。"))
        return
    yield plain_table(
        (0.65, 0.95, 1.5, 7.4, 0.9),
        (_("序号"), _("位置"), _("种类"), _("计算"), _("结果")),
        [_relation_row(result, number, one) for number, one in enumerate(told, 1)],
    )


def _relation_row(result: Audit, number: int, one: Relation) -> Row:
    return Row(
        (
            text_cell(str(number), align=Align.CENTER),
            text_cell(_("第{n}行").format(n=line_of(result, one.start)), align=Align.CENTER),
            text_cell(KIND_NAMES[one.kind], align=Align.CENTER),
            text_cell(confirmation(one) if one.holds else contradiction(one)),
            text_cell(_("相符") if one.holds else _("不符"), align=Align.CENTER),
        )
    )
