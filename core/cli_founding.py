"""The verb from-report: a new ledger from last year's report, or with ``--dry-run`` what that would store."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli_parser import VerbParser
from core.i18n import _
from core.terminal import wrapped

if TYPE_CHECKING:
    from core.founding.plan import Plan, Taken

_LONGEST = 60  # characters of a text on the terminal


def add_verb(verbs: Callable[[str, str], VerbParser], year_of: Callable[[str], int]) -> None:
    """The parser of the verb; ``year_of`` reads a fiscal year."""
    verb = verbs("from-report", _("从上年报告建账：读出单位、人员、填报数、项目和文字，建立新的台账文件"))
    kinds = _("报告文件（.docx、.txt、.html，或有文字的 .pdf）")
    verb.add_argument("report", metavar=_("报告"), type=Path, help=kinds)
    verb.add_argument("file", metavar=_("新文件"), type=Path, help=_("新台账文件（.ysz），不覆盖已有文件"))
    verb.add_argument("--year", metavar=_("年度"), type=year_of, default=0, help=_("报告的年度，不写为报告中的年度"))
    verb.add_argument("--unit", metavar=_("单位全称"), default="", help=_("不写为报告中的单位名称"))
    verb.add_argument("--dry-run", action="store_true", help=_("只列出将登记的内容，不建立文件"))
    verb.add_argument("--json", action="store_true", help=_("以 JSON 输出，金额单位为分"))


def from_report(options: Namespace) -> int:
    """Make the ledger and say what was taken; the exit code is 1 where the report does not add up."""
    from core.founding.commit import check_place, found_ledger, name_and_year
    from core.founding.make import plan_of_file
    from core.founding.plan import Choices

    path: Path = options.file
    path = path if path.suffix.lower() == ".ysz" else Path(f"{path}.ysz")
    if not options.dry_run:
        check_place(path)
    plan = plan_of_file(options.report)
    choices = Choices(year=options.year, name=options.unit)
    if not options.dry_run:
        found_ledger(path, plan, choices).close()
    name, year = name_and_year(plan, choices) if not options.dry_run else (plan.unit, options.year or plan.year)
    if options.json:
        data = {"file": "" if options.dry_run else str(path), "unit": name, "year": year, **plan_data(plan)}
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(plan_lines(plan)))
        made = _("已建立“{path}”：{name}，{year}年度。").format(path=path, name=name, year=year)
        print("\n" + (_("只是试算，没有建立文件。") if options.dry_run else made))
    return 1 if any(one.severity == "error" for one in plan.doubts) else 0


def plan_data(plan: "Plan") -> Mapping[str, Any]:
    """A plan as plain data; places count characters of the report's text."""
    return {
        "taken": [
            {
                "key": one.key,
                "group": one.group,
                "what": one.what,
                "value": one.value,
                "unit": one.printed_unit,
                "start": one.start,
                "end": one.end,
                "quote": plan.text[one.start : one.end],
                "record": one.becomes,
                "derived": one.derived,
            }
            for one in plan.taken
        ],
        "unknown": [{"group": one.group, "what": one.what} for one in plan.unknown],
        "left": [{"start": one.start, "end": one.end, "text": one.text} for one in plan.left],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "title": one.title,
                "message": one.message,
                "quote": one.quote,
                "start": one.start,
                "end": one.end,
            }
            for one in plan.doubts
        ],
    }


def plan_lines(plan: "Plan") -> list[str]:
    """A plan for a terminal."""
    from core.checked_reports import SEVERITIES

    lines = [_("{name} 中找到的内容").format(name=plan.name)]
    group = ""
    for one in plan.taken:
        if one.group != group:
            group = one.group
            lines += ["", group]
        lines += wrapped(
            f"  {one.what}：", f"{shown(one)}　→ {one.becomes}" + (f"（{one.derived}）" if one.derived else "")
        )
    if plan.unknown:
        lines += ["", _("报告没有写出（不登记）")]
        lines += [line for one in plan.unknown for line in wrapped(f"  {one.group}：", one.what)]
    if plan.doubts:
        lines += ["", _("报告中的问题")]
        for doubt in plan.doubts:
            lines += wrapped(f"  {SEVERITIES[doubt.severity]}  {doubt.title}：", doubt.message)
    if plan.audit.cut:
        lines += ["", _("文字过长，只读了前{n}字。").format(n=len(plan.text))]
    if plan.left:
        count = sum(len(one.text) for one in plan.left)
        lines += ["", _("另有{n}个字没有归入台账，可以从报告中复制。").format(n=count)]
    return lines


def shown(one: "Taken") -> str:
    """A value as it is read: amounts in 万元 or 元, texts cut."""
    from core.founding.plan import MONEY
    from core.money import show_printed

    if one.sort == MONEY:
        unit = "元" if one.printed_unit == "元" else "万元"
        return show_printed(int(one.value), unit) + unit
    text = " ".join(str(one.value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
