"""The verbs export, restore and backup: the whole ledger out to a workbook or a copy, and back again."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from core.cli_parser import VerbParser
from core.errors import UserError
from core.i18n import _

WORKBOOK = ".xlsx"


def add_verbs(verbs: Callable[[str, str], VerbParser], ledger: Mapping[str, Any]) -> None:
    """The parsers of the three verbs."""
    export = verbs("export", _("把整个台账导出为工作簿（.xlsx），可以阅读、修改，也可以完整恢复"))
    export.add_argument("file", **ledger)
    export.add_argument("target", metavar=_("工作簿"), type=Path, help=_("要写的工作簿（.xlsx）"))
    _add_usual(export, _("只统计，不写文件"))

    restore = verbs("restore", _("用导出的工作簿或备份恢复成台账文件"))
    restore.add_argument("source", metavar=_("来源"), type=Path, help=_("导出的工作簿（.xlsx）或备份（.ysz）"))
    restore.add_argument("file", metavar=_("新文件"), type=Path, help=_("恢复成的台账文件（.ysz）"))
    restore.add_argument("--replace", action="store_true", help=_("用备份替换已有的台账；现有内容先留存到备份文件夹"))
    _add_password(restore, _("交接文件的密码在哪个文本文件的第一行；不写时在终端中询问"))
    _add_usual(restore, _("只检查能否恢复，不写文件"))

    backup = verbs("backup", _("把台账备份到一个文件夹，文件名带日期和时间；备份经过检查"))
    backup.add_argument("file", **ledger)
    backup.add_argument("folder", metavar=_("文件夹"), type=Path, help=_("存放备份的文件夹"))
    backup.add_argument(
        "--hand-over", action="store_true", help=_("制作一个交接文件：文件名为单位、年度、日期和校验码，旁边写校验值")
    )
    backup.add_argument("--with-password", action="store_true", help=_("交接文件加密，在终端中询问密码"))
    _add_password(backup, _("交接文件加密，密码在这个文本文件的第一行"))
    _add_usual(backup, _("只检查台账能否备份，不写文件"))


def _add_password(parser: VerbParser, what: str) -> None:
    parser.add_argument("--password-file", metavar=_("密码文件"), type=Path, help=what)


def _add_usual(parser: VerbParser, dry_run: str) -> None:
    parser.add_argument("--dry-run", action="store_true", help=dry_run)
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


def export(options: Namespace) -> int:
    """Write the workbook, or count what it would hold."""
    from core.ledger import Ledger
    from core.workbook_backup import export_workbook, files_note
    from core.workbook_header import header_of
    from core.workbook_reader import summary

    target: Path = options.target
    if target.suffix.lower() != WORKBOOK:
        raise UserError(_("工作簿的扩展名应为 .xlsx：“{name}”。").format(name=target.name))
    with closing(Ledger.open(options.file, readonly=True)) as ledger:
        book, line, now = ledger.book, ledger.last_line(), datetime.now()
    at = (line.id, line.chain) if line else (0, "")
    header = header_of(book, *at, now) if options.dry_run else export_workbook(book, target, *at, now).header
    rows = summary(book)
    if options.json:
        _print({"file": str(target), "written": not options.dry_run, **asdict(header), "rows": rows})
        return 0
    words = _("将导出到“{path}”：{rows}。") if options.dry_run else _("已导出到“{path}”：{rows}。")
    print(words.format(path=target, rows=_counted(rows)))
    if note := files_note(book):
        print(note)
    return 0


def restore(options: Namespace) -> int:
    """Make a ledger of a workbook, or of a backup."""
    return _restore_workbook(options) if _is_packed(options.source) else _restore_backup(options)


def _is_packed(path: Path) -> bool:
    """Whether a file is a workbook, by its first bytes; one that cannot be read goes by its name."""
    from core.encrypted import MAGIC

    try:
        with path.open("rb") as file:
            return not file.read(16).startswith((b"SQLite format 3\x00", MAGIC))
    except OSError:
        return path.suffix.lower() == WORKBOOK


def _restore_workbook(options: Namespace) -> int:
    from core.workbook_reader import read_workbook, restore_workbook, summary

    source, target = options.source, options.file
    if options.replace:
        raise UserError(_("工作簿只能恢复成新文件，请换一个文件名，不要使用 --replace。"))
    returned = read_workbook(source) if options.dry_run else restore_workbook(source, target)
    rows = summary(returned.book)
    if options.json:
        found = {"file": str(target), "written": not options.dry_run, "altered": returned.is_altered}
        _print({**found, "notes": returned.notes, "rows": rows, "exported": asdict(returned.header)})
        return 0
    words = _("可以恢复为“{path}”：{rows}。") if options.dry_run else _("已恢复为“{path}”：{rows}。")
    print(words.format(path=target, rows=_counted(rows)))
    for note in [_("工作簿在导出后被修改过，恢复的是修改后的内容。")] * returned.is_altered + [*returned.notes]:
        print(note)
    return 0


def _restore_backup(options: Namespace) -> int:
    from core.database import contents
    from core.encrypted import is_encrypted
    from core.handing_over import readable
    from core.restore import check_backup, restore_backup

    source, target = options.source, options.file
    if target.exists() and not options.replace:
        text = _("文件“{name}”已经存在。换一个文件名，或用 --replace 替换它（现有内容先留存到备份文件夹）。")
        raise UserError(text.format(name=target.name))
    password = _password(options.password_file) if is_encrypted(source) else ""
    check_backup(source, password)
    with readable(source, password) as plain:
        held = contents(plain)
    kept = None if options.dry_run else restore_backup(source, target, password=password).kept
    if options.json:
        found = {"file": str(target), "written": not options.dry_run, "kept": str(kept) if kept else ""}
        _print({**found, "contents": asdict(held)})
        return 0
    words = _("可以恢复为“{path}”：{what}。") if options.dry_run else _("已恢复为“{path}”：{what}。")
    print(words.format(path=target, what=_told(held)))
    if kept:
        print(_("恢复前的内容留存在“{path}”。").format(path=kept))
    return 0


def backup(options: Namespace) -> int:
    """Copy the ledger to a folder; nothing there is thinned out."""
    from core.backups import Why, free_name
    from core.database import contents, copy_checked, integrity

    file, now = options.file, datetime.now()
    if not options.hand_over and (options.with_password or options.password_file):
        raise UserError(_("只有交接文件可以加密，请同时写 --hand-over。"))
    held = contents(file)
    if options.dry_run and integrity(file):
        raise UserError(_("“{name}”没有通过完整性检查，不能备份。请从以前的备份恢复。").format(name=file.name))
    if options.hand_over:
        return _hand_over(options, held, now)
    target = free_name(options.folder, file.stem, now, Why.MANUAL)
    if not options.dry_run:
        copy_checked(file, target)
    if options.json:
        size = target.stat().st_size if target.exists() else 0
        _print({"file": str(target), "written": not options.dry_run, "size": size, "contents": asdict(held)})
        return 0
    words = _("可以备份到“{path}”：{what}。") if options.dry_run else _("已备份到“{path}”：{what}。")
    print(words.format(path=target, what=_told(held)))
    return 0


def _hand_over(options: Namespace, held: Any, now: datetime) -> int:
    from core.handing_over import hand_over

    wanted = options.with_password or options.password_file is not None
    if options.dry_run:
        if options.json:
            _print({"written": False, "encrypted": wanted, "contents": asdict(held)})
        else:
            print(_("可以制作交接文件：{what}。").format(what=_told(held)))
        return 0
    password = _password(options.password_file, is_new=True) if wanted else ""
    made = hand_over(options.file, options.folder, now, password=password)
    if options.json:
        found = {"file": str(made.path), "written": True, "encrypted": wanted, "size": made.path.stat().st_size}
        _print({**found, "sha256": made.digest, "check": made.code, "contents": asdict(held)})
        return 0
    print(_("交接文件：{path}（{what}）").format(path=made.path, what=_told(held)))
    print(_("校验码：{code}　SHA-256：{digest}").format(code=made.code, digest=made.digest))
    return 0


def _password(file: Path | None, is_new: bool = False) -> str:
    """The password in a file, or typed at the terminal, twice for a new one; never an argument, which others see.

    Raises ``UserError``.
    """
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            raise UserError(_("无法读取密码文件“{name}”，应为 UTF-8 文本。").format(name=file.name)) from error
        if not lines or not lines[0]:
            raise UserError(_("密码文件“{name}”的第一行是空的。").format(name=file.name))
        return lines[0]
    from getpass import getpass

    if not sys.stdin.isatty():
        raise UserError(_("交接文件有密码，请用 --password-file 指定密码文件。"))
    typed = getpass(_("密码："))
    if is_new and getpass(_("再输入一次：")) != typed:
        raise UserError(_("两次输入的密码不同，没有制作交接文件。"))
    return typed


def _counted(rows: Mapping[str, int]) -> str:
    return "、".join(f"{title} {count}" for title, count in rows.items() if count) or _("没有记录")


def _told(held: Any) -> str:
    years = "、".join(map(str, held.years))
    text = _("{unit}，{years}年度，{projects}个项目、{payments}笔支出")
    return text.format(unit=held.unit, years=years, projects=held.projects, payments=held.payments)


def _print(data: object) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()
