"""The audit of a report's text as the command line shows it: as text for a terminal, and as plain data."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TextIO

from core.audit.judge import Audit
from core.audit.model import Doubt
from core.audit.runs import told
from core.checked_reports import SEVERITIES, ReportLine, summary
from core.i18n import _
from core.terminal import line, width, wrapped


def audit_data(result: Audit) -> dict[str, object]:
    """The audit as plain data: what could be worked out again, and the findings. Places count characters."""
    return {
        "identities": [
            {
                "kind": one.kind,
                "quote": result.text[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "figures": list(one.figures),
                "unit": one.unit,
                "difference": told(one.difference, one.unit),
                "tolerance": told(one.tolerance, one.unit),
                "holds": one.holds,
            }
            for one in result.relations
            if one.holds or one.trust
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "title": one.title,
                "message": one.message,
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
                "suggestion": one.suggestion,
                "difference": one.difference,
                "tolerance": one.tolerance,
                "suspects": list(one.suspects),
            }
            for one in result.doubts
        ],
        "checked": not result.cut,
    }


def print_audit(name: str, result: Audit, out: TextIO) -> None:
    """Print an audit for a terminal."""
    lines = [_("{name} 核查结果").format(name=name), summary(result), ""]
    counts = [f"{label} {sum(1 for d in result.doubts if d.severity == key)}" for key, label in SEVERITIES.items()]
    lines.append("  ".join(counts))
    for one in result.doubts:
        lines.append("")
        lines += _entry(result, one)
    if not result.doubts:
        lines += ["", _("没有发现问题。")]
    print("\n".join(lines), file=out)


def _entry(result: Audit, one: Doubt) -> Iterator[str]:
    row = result.text.count("\n", 0, one.start) + 1
    yield f"{SEVERITIES[one.severity]}  {one.rule}  {one.title}  " + _("第{n}行").format(n=row)
    yield from wrapped("      " + _("原文："), " ".join(one.quote.split()))
    yield from wrapped("      " + _("说明："), one.message)
    if one.suggestion:
        yield from wrapped("      " + _("建议："), one.suggestion)


def folder_data(lines: Sequence[ReportLine]) -> dict[str, object]:
    """The reports of a folder as plain data."""
    return {"reports": [{**asdict(one), "path": str(one.path), "state": one.state} for one in lines]}


def print_folder(lines: Sequence[ReportLine], out: TextIO) -> None:
    """Print the reports of a folder as a table, and what could not be checked."""
    heads = (_("文件"), _("单位"), _("年度"), _("数字"), _("已复算"), _("错误"), _("提醒"), _("提示"), _("状态"))
    rows = [(one.path.name, one.unit, str(one.year or ""), *_counts(one), one.state) for one in lines]
    widths = [max(width(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    for row in (heads, *rows):
        print(line(row, widths), file=out)
    for one in lines:
        if one.problem:
            print(one.problem, file=out)


def _counts(one: ReportLine) -> tuple[str, ...]:
    if one.problem:
        return ("",) * 5
    return tuple(map(str, (one.figures, one.understood, one.errors, one.warnings, one.infos)))
