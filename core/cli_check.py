"""The findings of a year as the command line shows them: as text for a terminal, and as plain data."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO

from core.book import Book
from core.check import SEVERITY_LABELS, Findings, Severity, Shown, Suspect
from core.i18n import _
from core.labels import place_name
from core.money import WAN_CENT, show_wan, show_yuan
from core.review import Item, review
from core.terminal import line, width, wrapped


def print_findings(book: Book, findings: Findings, year: int, out: TextIO, today: date | None = None) -> None:
    """Print a year's findings for a terminal: the open ones, then the to-dos, then the waived ones."""
    found = review(book, findings, year, today or date.today())
    counts = [f"{label} {found.count(severity)}" for severity, label in SEVERITY_LABELS.items()]
    counts += [_("待办 {n}").format(n=len(found.todo)), _("已说明 {n}").format(n=len(found.waived))]
    lines = [_("{name} {year}年度核对结果").format(name=book.unit_year(year).name, year=year), "  ".join(counts), ""]
    lines += _table(book, year, found.open) if found.open else [_("没有需要处理的问题。")]
    if found.todo:
        lines += ["", _("待办（到年底或编写报告时再核对）")]
        lines += ["  " + _headline(book, year, item) for item in found.todo]
    if found.waived:
        lines += ["", _("已说明")]
        for item in found.waived:
            assert item.waiver is not None
            reason = _("理由（{date}）：").format(date=item.waiver.date)
            lines += ["  " + _headline(book, year, item), *wrapped("    " + reason, item.waiver.reason)]
    print("\n".join(lines), file=out)


def _headline(book: Book, year: int, item: Item) -> str:
    return f"{item.rule.id}  {item.rule.title}  {place_name(book, year, item.finding.about)}"


def _table(book: Book, year: int, items: Sequence[Item]) -> list[str]:
    """A table with one row for a finding, and below each row what it says and what to do."""
    head = (_("级别"), _("编号"), _("事项"), _("差额"), _("允许尾差"), _("位置"))
    rows = [
        (
            SEVERITY_LABELS[item.finding.severity],
            item.rule.id,
            item.rule.title,
            amount_text(item.finding.difference, item.finding.figures),
            amount_text(item.finding.tolerance, item.finding.figures),
            place_name(book, year, item.finding.about),
        )
        for item in items
    ]
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    lines = [line(head, widths), "─" * (sum(widths) + 2 * len(widths) - 2)]
    for row, item in zip(rows, items, strict=True):
        lines.append(line(row, widths))
        for label, text in _details(item):
            lines += wrapped(f"      {label}：", text)
    return lines


def _details(item: Item) -> Iterable[tuple[str, str]]:
    finding = item.finding
    yield _("说明"), item.message
    if finding.figures:
        yield _("数字"), "，".join(f"{shown.label}{shown.text}{shown.unit}" for shown in finding.figures)
    if finding.suspects:
        yield _("疑点"), "；".join(_suspect(suspect, finding.figures) for suspect in finding.suspects)
    yield _("处理"), item.remedy


def _suspect(suspect: Suspect, figures: Iterable[Shown]) -> str:
    text = _("{figure}{printed}可能应为{should_be}").format(
        figure=suspect.figure,
        printed=amount_text(suspect.printed, figures),
        should_be=amount_text(suspect.should_be, figures),
    )
    return f"{text}（{suspect.why}）" if suspect.why else text


def amount_text(amount: int | None, figures: Iterable[Shown] = ()) -> str:
    """An amount (分) in the unit its figures are printed in; in 元 where 万元 would hide part of it."""
    if amount is None:
        return ""
    in_wan = all(shown.unit == "万元" for shown in figures) and amount % WAN_CENT == 0
    return show_wan(amount) + "万元" if in_wan else show_yuan(amount) + "元"


# Plain data


def findings_data(book: Book, findings: Findings, years: Iterable[int], today: date) -> dict[str, object]:
    """All findings of some years as plain data for JSON, amounts in 分. The counts of severities are of open
    findings alone."""
    listed: list[dict[str, object]] = []
    counts = {str(severity): 0 for severity in Severity} | {"todo": 0, "waived": 0}
    for year in years:
        found = review(book, findings, year, today)
        for severity in Severity:
            counts[severity] += found.count(severity)
        for name, items in (("", found.open), ("todo", found.todo), ("waived", found.waived)):
            listed += [_item_data(book, item, todo=name == "todo") for item in items]
            if name:
                counts[name] += len(items)
    return {"findings": listed, "counts": counts}


def _item_data(book: Book, item: Item, todo: bool) -> dict[str, object]:
    finding, about = item.finding, item.finding.about
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "year": finding.year,
        "title": item.rule.title,
        "message": item.message,
        "about": {
            "kind": about.kind,
            "id": about.id,
            "field": about.field,
            "place": place_name(book, finding.year, about),
            "words": finding.words,
        },
        "figures": [{"label": s.label, "amount": s.amount, "text": s.text + s.unit} for s in finding.figures],
        "difference": finding.difference,
        "tolerance": finding.tolerance,
        "suspects": [
            {"figure": s.figure, "printed": s.printed, "should_be": s.should_be, "why": s.why} for s in finding.suspects
        ],
        "remedy": item.remedy,
        "todo": todo,
        "waived": item.waiver is not None,
        "reason": item.waiver.reason if item.waiver else "",
    }
