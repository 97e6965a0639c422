"""The verb report: which annexes and formats are asked for, and the unit's own form."""

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli_parser import VerbParser
from core.i18n import _
from core.report.choice import ANNEX_LABELS, USUAL, Choice
from core.terminal import pad

if TYPE_CHECKING:
    from core.ledger import Ledger

FORMATS = ("pdf", "docx", "xlsx", "html")


def add_options(report: VerbParser) -> None:
    """What may follow the verb besides file, year and folder."""
    report.add_argument(
        "--format",
        metavar=_("格式"),
        type=_formats,
        default=list(FORMATS),
        help=_("pdf、docx、xlsx、html，多种格式用逗号分开，不写为全部"),
    )
    report.add_argument(
        "--annex",
        metavar=_("附件"),
        type=_annexes,
        default=USUAL,
        help=_("附件的代号或名称，用逗号分开；“全部”为所有附件，“无”为不带附件；可选：")
        + "".join(f"\n{'':18}{pad(key, 14)}{label}" for key, label in ANNEX_LABELS.items()),
    )
    report.add_argument(
        "--month", metavar=_("月份"), type=_month, default=Choice().month, help=_("执行监控表的截止月份，不写为7")
    )
    report.add_argument("--no-contents", action="store_true", help=_("不带目录"))
    report.add_argument("--centred", action="store_true", help=_("页码居中，不分单双页"))
    report.add_argument(
        "--form", metavar=_("表样"), type=Path, help=_("填写本单位的表样（.xlsx），单元格中写{名称}；不再生成报告")
    )


def _formats(text: str) -> list[str]:
    """Formats as typed, parted by commas. Raises ``ValueError`` for one there is not."""
    names = [name.lower() for name in _parts(text)]
    if not names or not set(names) <= set(FORMATS):
        raise ValueError(text)
    return names


def _annexes(text: str) -> tuple[str, ...]:
    """Annexes as typed, by key or by title. Raises ``ValueError`` for one there is not."""
    if text.strip() in (_("全部"), "all"):
        return tuple(ANNEX_LABELS)
    if text.strip() in (_("无"), "none"):
        return ()
    keys = {_bare(label): key for key, label in ANNEX_LABELS.items()} | {key: key for key in ANNEX_LABELS}
    try:
        wanted = {keys[_bare(name)] for name in _parts(text)}
    except KeyError as error:
        raise ValueError(text) from error
    return tuple(key for key in ANNEX_LABELS if key in wanted)


def _bare(name: str) -> str:
    """A title without quotation marks, which are hard to type in a terminal."""
    return name.replace("“", "").replace("”", "").replace('"', "")


def _month(text: str) -> int:
    month = int(text)
    if not 1 <= month <= 12:
        raise ValueError(text)
    return month


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def write(options: Namespace, year: int, ledger: "Ledger") -> bool:
    """Write the report, or the unit's own form; tells whether everything in the form was known."""
    from core.report_files import write_own_form, write_report

    if options.form is None:
        choice = Choice(options.annex, options.month, not options.no_contents, options.centred)
        for path in write_report(ledger, year, options.out, options.format, datetime.now(), choice):
            print(path)
        return True
    written = write_own_form(ledger.book, year, options.form, options.out)
    for one in written:
        print(one.path)
    for problem in dict.fromkeys(problem for one in written for problem in one.problems):
        print(problem, file=sys.stderr)
    return not any(one.problems for one in written)
