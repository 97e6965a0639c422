"""The verb overview: a folder of ledgers as one table, in the terminal, as JSON, or as a file."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from core.cli_parser import VerbParser
from core.errors import UserError
from core.i18n import _
from core.money import show_wan
from core.terminal import line, width

if TYPE_CHECKING:
    from core.many import Overview
    from core.many_look import Sums

SUFFIXES = (".xlsx", ".csv")


def add_verb(verbs: Callable[[str, str], VerbParser], fiscal_year: Callable[[str], int]) -> None:
    """The parser of the verb; ``fiscal_year`` reads a year as typed."""
    verb = verbs("overview", _("汇总一个文件夹中的全部台账：预算、支出、执行率、结转、收回、问题和状态"))
    verb.add_argument("folder", metavar=_("文件夹"), type=Path, help=_("存放台账（.ysz）的文件夹，包括其中的子文件夹"))
    verb.add_argument("--year", metavar=_("年度"), type=fiscal_year, help=_("汇总的年度，不写为每个文件的最新年度"))
    verb.add_argument("--json", action="store_true", help=_("以 JSON 输出，金额单位为分"))
    verb.add_argument("--out", metavar=_("文件"), type=Path, help=_("汇总表存为 .xlsx 或 .csv 文件"))


def overview(options: Namespace) -> int:
    """Show the overview; the exit code is 1 where errors are open or a file could not be read."""
    from core import many

    target: Path | None = options.out
    if target is not None and target.suffix.lower() not in SUFFIXES:
        raise UserError(_("汇总表的扩展名应为 .xlsx 或 .csv：“{name}”。").format(name=target.name))
    found = many.overview(options.folder, options.year, date.today())
    if target is not None:
        from core.export.sheet import write_tables
        from core.many_tables import tables

        write_tables(target, tables(found, found.rows))
    if options.json:
        json.dump(overview_data(found), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif target is not None:
        print(_("汇总表：{path}").format(path=target))
    else:
        print_overview(found, sys.stdout)
    return 1 if found.has_errors else 0


def overview_data(found: "Overview") -> dict[str, object]:
    """An overview as plain data, amounts in 分."""
    from core.many import total
    from core.many_tables import place_of, rate_of

    def sums(held: "Sums") -> dict[str, object]:
        return {**asdict(held), "rate": rate_of(held)}

    files = []
    for row in found.rows:
        data: dict[str, Any] = {**asdict(row), "path": place_of(row, found.folder), "state_label": row.state_label}
        data["sums"] = sums(row.sums) if row.has_figures else None
        data["projects"] = [{**asdict(one), "sums": sums(one.sums)} for one in row.projects]
        files.append(data)
    whole = sums(total(found.rows))
    return {"folder": str(found.folder), "files": files, "total": whole, "problems": list(found.problems)}


def print_overview(found: "Overview", out: TextIO) -> None:
    """Print an overview for a terminal: amounts in 万元 at the right of their columns."""
    from core.many import total
    from core.many_tables import AMOUNTS, place_of, rate_of, sum_words

    def amounts(sums: "Sums") -> tuple[str, ...]:
        return tuple(rate_of(sums) if key == "rate" else show_wan(getattr(sums, key)) for key, _title in AMOUNTS)

    titles = tuple(title for _key, title in AMOUNTS)
    rows = [(_("文件"), _("单位"), _("年度"), _("状态"), *titles, _("错误"), _("提醒"), _("已对账至"))]
    for row in found.rows:
        name = place_of(row, found.folder)
        held = (*amounts(row.sums), str(row.errors), str(row.warnings)) if row.has_figures else ("—",) * 8
        rows.append((name, row.unit, str(row.year or ""), row.state_label, *held, row.reconciled_to))
    whole = amounts(total(found.rows))
    errors, warnings = sum(row.errors for row in found.rows), sum(row.warnings for row in found.rows)
    rows.append((_("合计"), "", "", "", *whole, str(errors), str(warnings), ""))
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for cells in rows:
        shown = [cell if place < 4 else " " * (widths[place] - width(cell)) + cell for place, cell in enumerate(cells)]
        print(line(shown, widths), file=out)
    print(_("金额单位：万元；{words}。").format(words=sum_words(found.rows)), file=out)
    for row in found.rows:
        if row.remark:
            print(f"{place_of(row, found.folder)}：{row.remark}", file=out)
    for problem in found.problems:
        print(problem, file=out)
