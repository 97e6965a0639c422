"""The verbs of the command line, for scripts and for work over many units. None of them needs a screen.

Exit codes: 0 all is well, 1 errors were found, 2 it could not be done. What could not be done is said in
one line on standard error. With ``--json`` the answer is one JSON object on standard output, in UTF-8.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core import cli_files, cli_founding, cli_hand_over, cli_many
from core.batches import KINDS
from core.cli_parser import VerbParser
from core.cli_report import add_options as add_report_options
from core.errors import UserError
from core.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from core.book import Book
    from core.model import Record
    from core.store import Line

SUFFIX = ".ysz"
EARLIEST, LATEST = 2000, 2100  # fiscal years a file may have

WELL, FOUND, FAILED = 0, 1, 2

# The steps of closing a year by their option, in the order they are done.
CLOSING: Mapping[str, str] = {
    "unlock": _("反定稿；已锁定的解除锁定。须用 --reason 写明原因"),
    "dispose": _("按建议登记财政收回、结转下年"),
    "lock": _("资金锁定"),
    "final": _("报告定稿"),
    "open-next": _("新建下年度，沿用项目和绩效目标"),
    "carry": _("把结转带入下年度"),
}


def main(argv: list[str]) -> int:
    """Carry out the verb in ``argv`` (without the program's name); returns the exit code."""
    _set_output(errors="replace")
    try:
        options = _parser().parse_args(argv)
        if getattr(options, "json", False):
            _set_output(encoding="utf-8")
        code = VERBS[options.verb](options)
        sys.stdout.flush()
    except SystemExit as said:  # the parser has shown the usage, or what is wrong with it
        return int(said.code or WELL)
    except UserError as error:
        print("；".join(str(error).splitlines()), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


def _set_output(**settings: str) -> None:
    """A character that a terminal cannot show is printed as a question mark; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(**settings)  # type: ignore[arg-type]


# Arguments


def _parser() -> VerbParser:
    program = Path(sys.executable).name if getattr(sys, "frozen", False) else "main.py"
    parser = VerbParser(
        prog=program,
        description=_("单位预算台账。不写命令时打开窗口；下列命令在终端中使用，不需要屏幕。"),
        epilog=_("退出码：0 正常，1 发现错误，2 未能完成。各命令的用法：{program} help 命令").format(program=program),
    )
    verbs = parser.add_verbs()
    ledger = {"metavar": _("文件"), "type": Path, "help": _("台账文件（.ysz）")}

    new = verbs("new", _("新建台账文件，写入单位、年度，以及人员经费、公用经费两个项目"))
    new.add_argument("file", **ledger)
    new.add_argument("--unit", metavar=_("单位全称"), required=True, help=_("单位全称"))
    new.add_argument("--year", metavar=_("年度"), type=_fiscal_year, help=_("首个年度，不写为今年"))

    check = verbs("check", _("核对台账、填报数和报告文字，列出问题和处理办法"))
    check.add_argument("file", **ledger)
    check.add_argument("--year", metavar=_("年度"), type=_fiscal_year, help=_("只核对一个年度，不写为全部年度"))
    check.add_argument("--json", action="store_true", help=_("以 JSON 输出，金额单位为分"))

    report = verbs("report", _("生成自评报告和内部工作底稿"))
    report.add_argument("file", **ledger)
    report.add_argument("--year", metavar=_("年度"), type=_fiscal_year, required=True, help=_("报告的年度"))
    report.add_argument("--out", metavar=_("文件夹"), type=Path, required=True, help=_("存放的文件夹"))
    add_report_options(report)

    close = verbs("close", _("年度锁定与报告定稿：列出清单和剩余资金处置建议；写明步骤时逐步办理"))
    close.add_argument("file", **ledger)
    close.add_argument("--year", metavar=_("年度"), type=_fiscal_year, required=True, help=_("要办理的年度"))
    for name, words in CLOSING.items():
        close.add_argument(f"--{name}", action="store_true", help=words)
    close.add_argument("--reason", metavar=_("原因"), default="", help=_("解除锁定或反定稿的原因，记入操作日志"))
    close.add_argument("--dry-run", action="store_true", help=_("只试算，不保存"))
    close.add_argument("--json", action="store_true", help=_("以 JSON 输出，金额单位为分"))

    bring = verbs("import", _("导入表格（xlsx、xls、et、ods、csv、txt）：支出、预算变动、项目、绩效指标或填报数"))
    bring.add_argument("file", **ledger)
    bring.add_argument("source", metavar=_("表格"), type=Path, help=_("表格文件"))
    bring.add_argument("--sheet", metavar=_("工作表"), default="", help=_("工作表名称，不写为最像表格的一个"))
    kinds = "、".join(f"{key}（{label}）" for key, label in KINDS.items())
    bring.add_argument("--as", dest="kind", metavar=_("内容"), default="", choices=tuple(KINDS), help=kinds)
    bring.add_argument("--year", metavar=_("年度"), type=_fiscal_year, default=0, help=_("不写为表中的年度"))
    bring.add_argument("--project", metavar=_("项目"), default="", help=_("没有写明项目的行归入哪个项目"))
    bring.add_argument(
        "--unit", metavar=_("单位"), default="", choices=("元", "万元"), help=_("表中没有写明的金额单位")
    )
    bring.add_argument("--create", action="store_true", help=_("新建台账中没有的项目"))
    bring.add_argument("--dry-run", action="store_true", help=_("只列出将导入的内容，不保存"))
    bring.add_argument("--json", action="store_true", help=_("以 JSON 输出，金额单位为分"))

    audit = verbs("audit", _("核查一份报告的文字：数字重新计算，查找矛盾、差错和遗留的提示语"))
    audit.add_argument(
        "report",
        metavar=_("报告"),
        type=Path,
        help=_("报告文件（.docx、.txt、.html，或有文字的 .pdf），或存放报告的文件夹"),
    )
    audit.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    cli_files.add_verbs(verbs, ledger)
    cli_founding.add_verb(verbs, _fiscal_year)
    cli_hand_over.add_verb(verbs, ledger)
    cli_many.add_verb(verbs, _fiscal_year)

    verify = verbs("verify", _("验证文件是否完整、操作日志是否连续、按日志重放是否得到同样的数据"))
    verify.add_argument("file", **ledger)
    verify.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    journal = verbs("journal", _("列出操作日志：何时、何人、做了什么"))
    journal.add_argument("file", **ledger)
    journal.add_argument("--json", action="store_true", help=_("以 JSON 输出，含修改前后的内容，金额单位为分"))

    verbs("demo", _("在一个文件夹中生成示例台账、示例报告和界面图片")).add_argument(
        "folder", metavar=_("文件夹"), help=_("存放的文件夹")
    )
    verbs("help", _("显示用法")).add_argument(
        "about", metavar=_("命令"), nargs="?", default="", help=_("要显示用法的命令")
    )
    return parser


def _fiscal_year(text: str) -> int:
    """A fiscal year as typed. Raises ``ValueError``, which the parser puts into words."""
    year = int(text)
    if not EARLIEST <= year <= LATEST:
        raise ValueError(text)
    return year


# Verbs


def _new(options: "Namespace") -> int:
    from core.newfile import new_ledger

    path: Path = options.file if options.file.suffix.lower() == SUFFIX else Path(f"{options.file}{SUFFIX}")
    year = options.year or date.today().year
    new_ledger(path, options.unit, year).close()
    print(_("已新建“{path}”：{name}，{year}年度。").format(path=path, name=options.unit.strip(), year=year))
    return WELL


def _check(options: "Namespace") -> int:
    from core.cli_check import findings_data, print_findings
    from core.ledger import Ledger
    from core.review import review
    from core.seal import broken_seals, broken_words

    with closing(Ledger.open(options.file, readonly=True)) as ledger:
        book, today = ledger.book, date.today()
        years = _years(book, options.year)
        findings = ledger.checker.check(book, years)
    if options.json:
        _print_json(findings_data(book, findings, years, today))
    else:
        for place, year in enumerate(years):
            print("\n" * bool(place), end="")
            print_findings(book, findings, year, sys.stdout, today)
    broken = broken_seals(book)
    for year in broken:
        print(broken_words(year), file=sys.stderr)
    return FOUND if broken or any(review(book, findings, year, today).errors for year in years) else WELL


def _years(book: "Book", wanted: int | None) -> list[int]:
    """The years to look at: the one asked for, or all. Raises ``UserError`` where the file has it not."""
    years = [record.year for record in book.years()]
    if wanted is None:
        return years
    if wanted not in years:
        held = "、".join(map(str, years)) or _("无")
        raise UserError(_("文件中没有{year}年度，已有年度：{held}。").format(year=wanted, held=held))
    return [wanted]


def _report(options: "Namespace") -> int:
    from core.cli_report import write
    from core.ledger import Ledger

    with closing(Ledger.open(options.file, readonly=True)) as ledger:
        [year] = _years(ledger.book, options.year)
        return WELL if write(options, year, ledger) else FOUND


def _close(options: "Namespace") -> int:
    from core.cli_close import close_year, closing_data, print_closing
    from core.closing import open_errors

    wanted = [name for name in CLOSING if getattr(options, name.replace("-", "_"))]
    year, today = options.year, date.today()
    book, findings, done = close_year(options.file, year, wanted, options.reason, options.dry_run)
    if options.json:
        _print_json(closing_data(book, findings, year, done, today))
    else:
        print_closing(book, findings, year, done, today, sys.stdout)
    return FOUND if open_errors(book, findings, year) else WELL


def _import(options: "Namespace") -> int:
    from core.cli_import import import_data, import_sheet, print_import

    book, plan = import_sheet(
        options.file,
        options.source,
        options.sheet,
        options.kind,
        options.year,
        options.project,
        options.unit,
        options.create,
        options.dry_run,
    )
    if options.json:
        _print_json(import_data(book, plan, options.dry_run))
    else:
        print_import(plan, options.dry_run, sys.stdout)
    return FOUND if plan.held or plan.difference else WELL


def _audit(options: "Namespace") -> int:
    from core.checked_reports import check_file, check_folder, reports_in
    from core.cli_audit import audit_data, folder_data, print_audit, print_folder
    from core.jobs import Progress

    if options.report.is_dir():
        lines = check_folder(reports_in(options.report), Progress())
        if options.json:
            _print_json(folder_data(lines))
        else:
            print_folder(lines, sys.stdout)
        return FOUND if any(one.errors or one.problem for one in lines) else WELL
    result = check_file(options.report).audit
    if options.json:
        _print_json(audit_data(result))
    else:
        print_audit(options.report.name, result, sys.stdout)
    return FOUND if any(one.severity == "error" for one in result.doubts) else WELL


def _verify(options: "Namespace") -> int:
    from core.verify import verify

    if options.file.is_dir():  # a hand-over pack
        return cli_hand_over.check(options.file, options.json)
    proofs = list(verify(options.file))
    good = all(proof.good for proof in proofs)
    if options.json:
        _print_json({"good": good, "proofs": [asdict(proof) for proof in proofs]})
    else:
        for proof in proofs:
            mark = _("通过") if proof.good else _("未通过")
            print(f"{mark}  {proof.name}" + (f"（{proof.detail}）" if proof.detail else ""))
    return WELL if good else FOUND


def _journal(options: "Namespace") -> int:
    from core.store import Store

    with closing(Store.open(options.file, readonly=True)) as store:
        if options.json:
            _print_json({"journal": [_line_data(line) for line in store.journal()]})
            return WELL
        kinds = {"undo": _("撤销第{n}行："), "redo": _("重做第{n}行：")}
        for line in store.journal():
            what = kinds.get(line.kind, "").format(n=line.target) + line.label
            print(f"{line.id:>6}  {line.at.replace('T', ' ')}  {line.who}  {what}")
    return WELL


def _line_data(line: "Line") -> dict[str, object]:
    changed = line.change.diffs if line.kind == "do" else ()
    return {
        "id": line.id,
        "at": line.at,
        "who": line.who,
        "kind": line.kind,
        "target": line.target,
        "label": line.label,
        "records": [
            {"table": diff.record.table, "before": _record_data(diff.before), "after": _record_data(diff.after)}
            for diff in changed
        ],
    }


def _record_data(record: "Record | None") -> dict[str, object] | None:
    return asdict(record) if record else None


def _help(options: "Namespace") -> int:
    _parser().parse_args([options.about, "-h"] if options.about else ["-h"])
    return WELL


def _print_json(data: object) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()


VERBS: Mapping[str, Callable[["Namespace"], int]] = {
    "new": _new,
    "check": _check,
    "report": _report,
    "close": _close,
    "audit": _audit,
    "import": _import,
    "export": cli_files.export,
    "restore": cli_files.restore,
    "backup": cli_files.backup,
    "hand-over": cli_hand_over.hand_over,
    "from-report": cli_founding.from_report,
    "overview": cli_many.overview,
    "verify": _verify,
    "journal": _journal,
    "help": _help,
}
