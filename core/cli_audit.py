"""The audit of a report's text as the command line shows it: as text for a terminal, and as plain data."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from core.audit.judge import Audit, audit
from core.audit.model import Doubt
from core.audit.read import read_report
from core.audit.runs import told
from core.i18n import _
from core.terminal import wrapped

SEVERITIES = {"error": _("错误"), "warning": _("提醒"), "info": _("提示")}


def audit_file(path: Path) -> Audit:
    """Read a report and check its text. Raises ``UserError`` where it cannot be read."""
    return audit(read_report(path))


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


def summary(result: Audit) -> str:
    """What was checked and found, in one or two sentences."""
    right = sum(1 for one in result.relations if one.holds)
    figures = len(result.marks())
    if not figures:
        text = _("文中没有可以核对的数字，只核查了文字。")
    else:
        text = _("共有{n}个数字，能复算的等式{m}个，其中成立{right}个。").format(
            n=figures, m=sum(1 for one in result.relations if one.holds or one.trust), right=right
        )
    if result.cut:
        text += _("文字过长，只核查了前{n}字。").format(n=len(result.text))
    return text


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
    line = result.text.count("\n", 0, one.start) + 1
    yield f"{SEVERITIES[one.severity]}  {one.rule}  {one.title}  " + _("第{n}行").format(n=line)
    yield from wrapped("      " + _("原文："), " ".join(one.quote.split()))
    yield from wrapped("      " + _("说明："), one.message)
    if one.suggestion:
        yield from wrapped("      " + _("建议："), one.suggestion)
