"""The verb ``import``: a spreadsheet into a ledger, or with ``--dry-run`` what that would store."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from core.backups import Why
from core.batches import KINDS, PROJECTS
from core.book import Book
from core.collecting import paused
from core.errors import UserError
from core.goals import Indicator
from core.i18n import _
from core.intake.commit import change_of
from core.intake.header import find_header
from core.intake.make import best_sheet, make_plan, no_header, year_of
from core.intake.plan import GUESSED, Choices, Plan, Planned
from core.intake.sheet import open_workbook
from core.intake.values import even
from core.labels import project_name
from core.ledger import Ledger, Refused
from core.model import BudgetEvent, Payment, Project, ProjectYear, Stated
from core.money import show_yuan
from core.terminal import wrapped

_SHOWN = 20  # lines of each list on the terminal
_REASONS = 3  # for which an import was refused


def import_sheet(
    path: Path, source: Path, sheet: str, kind: str, year: int, project: str, unit: str, create: bool, dry_run: bool
) -> tuple[Book, Plan]:
    """Import a sheet (the best one where none is named) and return the book before it and what was stored; with
    ``dry_run`` nothing is. Raises ``UserError``, then nothing has changed."""
    with paused():
        return _imported(path, source, sheet, kind, year, project, unit, create, dry_run)


def _imported(
    path: Path, source: Path, sheet: str, kind: str, year: int, project: str, unit: str, create: bool, dry_run: bool
) -> tuple[Book, Plan]:
    workbook = open_workbook(source)
    if sheet:
        names = [one.name for one in workbook.sheets]
        found = next((name for name in names if even(name) == even(sheet)), "")
        if not found:
            held = "、".join(names)
            raise UserError(
                _("“{file}”中没有工作表“{name}”，有：{held}。").format(file=source.name, name=sheet, held=held)
            )
        read = workbook.read(found)
        header = find_header(read, kind)
        if header is None:
            raise no_header(f"{source.name}·{found}", kind)
    else:
        read, header = best_sheet(workbook, kind)
    with closing(Ledger.open(path, readonly=dry_run)) as ledger:
        book = ledger.book
        choices = Choices(year=year, unit=unit, create_all=create)
        if project:
            wanted = year_of(book, read, header, choices)
            choices = Choices(year=year, unit=unit, create_all=create, project=_project(book, wanted, project))
        plan = make_plan(book, workbook, read, header, choices, date.today())
        if not dry_run:
            if plan.unit_from == GUESSED and plan.total is not None:
                raise UserError(_("表中没有写明金额单位，请用 --unit 元 或 --unit 万元 指明。没有导入任何数据。"))
            change = change_of(book, plan, datetime.now())
            if change:
                if blocking := ledger.try_(change).blocking:
                    raise UserError(_refusal(str(Refused(blocking)).splitlines()))
                ledger.back_up(Why.IMPORT)
                ledger.commit(change)
    return book, plan


def _refusal(lines: list[str]) -> str:
    """Why an import is refused: each reason once, the first of many."""
    reasons = list(dict.fromkeys(line.rstrip("。") for line in lines))
    more = _("；另有{count}项").format(count=len(reasons) - _REASONS) if len(reasons) > _REASONS else ""
    return "；".join(reasons[:_REASONS]) + more + _("。没有导入任何数据。")


def _project(book: Book, year: int, name: str) -> int:
    """The project of a year called so. Raises ``UserError``."""
    found = [row.project for row in book.project_years(year) if even(name) in (even(row.name), even(row.code))]
    if len(found) != 1:
        held = "、".join(row.name for row in book.project_years(year))
        text = (
            _("{year}年度没有项目“{name}”，有：{held}。")
            if not found
            else _("{year}年度有多个“{name}”，请写项目代码。")
        )
        raise UserError(text.format(year=year, name=name, held=held))
    return found[0]


def import_data(book: Book, plan: Plan, dry_run: bool) -> dict[str, object]:
    """The plan as plain data for JSON: amounts in 分, rows from 1, ``records`` with a dry run."""
    header = plan.header
    mapping: dict[str, str] = {}
    for column in header.columns:
        if column.field:
            twice = column.heading in mapping
            mapping[f"{column.heading}({column.place + 1})" if twice else column.heading] = column.field
    data: dict[str, object] = {
        "sheet": plan.sheet,
        "kind": plan.kind,
        "year": plan.year,
        "header_rows": list(range(header.first + 1, header.last + 2)),
        "unit": plan.unit,
        "unit_from": plan.unit_from,
        "mapping": mapping,
        "rows": {
            "read": plan.read,
            "new": plan.new,
            "duplicate": len(plan.duplicates),
            "doubtful": len(plan.held),
            "skipped": len(plan.skipped),
        },
        "total": plan.total,
        "sheet_total": plan.sheet_total,
        "doubts": [
            {"row": d.row, "column": d.column, "text": d.text, "reason": d.reason, "stored": d.row not in plan.held}
            for d in plan.doubts
        ],
        "duplicates": [{"row": one.row, "reason": one.reason} for one in plan.duplicates],
        "skipped": [{"row": one.row, "reason": one.reason} for one in plan.skipped],
        "unknown_projects": [{"name": one.name, "code": one.code, "rows": list(one.rows)} for one in plan.unknown],
        "notes": list(plan.notes),
    }
    if dry_run:
        names = {one.record.project: one.record.name for one in plan.records if isinstance(one.record, ProjectYear)}
        made = (Project,) if plan.kind == PROJECTS else (Project, ProjectYear)
        data["records"] = [_record(book, plan, names, one) for one in plan.records if not isinstance(one.record, made)]
        data["new_projects"] = list(names.values())
    return data


def _record(book: Book, plan: Plan, names: dict[int, str], planned: Planned) -> dict[str, object]:
    """One record as it would be stored, with the same keys for every kind."""
    record = planned.record
    shown: dict[str, object] = dict.fromkeys(
        ("date", "project", "payee", "purpose", "voucher", "document", "kind"), ""
    ) | {"amount": 0}
    owner = getattr(record, "project", getattr(record, "about", 0))
    shown["row"] = planned.row
    shown["project"] = names.get(owner) or (project_name(book, owner, plan.year) if owner > 0 else "")
    match record:
        case Payment():
            shown |= {"date": record.date, "amount": record.amount, "payee": record.payee, "purpose": record.purpose}
            shown |= {"voucher": record.voucher, "kind": "payment", "reverses": record.reverses != 0}
            shown |= {"functional": record.functional_code, "economic": record.economic_code, "fund": str(record.fund)}
        case BudgetEvent():
            shown |= {"date": record.date, "amount": record.amount, "purpose": record.memo, "kind": str(record.kind)}
            shown |= {"document": record.doc_no, "title": record.doc_title, "fund": str(record.fund)}
        case ProjectYear():
            shown |= {"kind": "project", "project": record.name, "code": record.code, "project_kind": record.kind}
        case Indicator():
            fields = ("level1", "level2", "name", "operator", "target", "unit", "weight", "actual", "score", "reason")
            shown |= {"kind": "indicator", "version": str(record.version)}
            shown |= {field: str(getattr(record, field)) for field in fields}
        case Stated():
            shown |= {"kind": "stated", "item": record.item, "amount": record.amount, "unit": record.printed_unit}
    first = ("row", "date", "amount", "project", "payee", "purpose", "voucher", "document", "kind")
    return {key: shown[key] for key in first} | shown


def print_import(plan: Plan, dry_run: bool, out: TextIO) -> None:
    """Print what was stored, or would be, and what was not, with the reasons."""
    header = plan.header
    rows = f"{header.first + 1}—{header.last + 1}" if header.last > header.first else str(header.first + 1)
    lines = [
        _("工作表“{sheet}”，表头第{rows}行，{year}年度{kind}").format(
            sheet=plan.sheet, rows=rows, year=plan.year, kind=KINDS[plan.kind]
        )
    ]
    lines += wrapped("", "，".join(f"{c.heading}→{c.field}" for c in header.columns if c.field))
    done = _("将导入") if dry_run else _("已导入")
    counts = (plan.new, len(plan.duplicates), len(plan.held), len(plan.skipped))
    text = _("共{read}行：{done}{0}行，重复{1}行，待确认{2}行，跳过{3}行")
    lines.append(text.format(*counts, read=plan.read, done=done))
    if plan.total is not None:
        whole = show_yuan(plan.sheet_total) if plan.sheet_total is not None else _("无")
        text = _("{done}{stored}元，各行合计{total}元，表中合计行{whole}（单位：{unit}）")
        words = {"done": done, "stored": show_yuan(plan.stored_total), "total": show_yuan(plan.total)}
        lines.append(text.format(**words, whole=whole, unit=plan.unit))
    lines += plan.notes
    doubts = [
        _("第{row}行 {column} {text}：{reason}{left}").format(
            row=one.row, column=one.column, text=one.text, reason=one.reason,
            left=_("（未导入）") if one.row in plan.held else "",
        )
        for one in plan.doubts
    ]  # fmt: skip
    for title, found in (
        (_("待确认"), doubts),
        (_("重复"), [_("第{row}行：{reason}").format(row=one.row, reason=one.reason) for one in plan.duplicates]),
        (_("跳过"), [_("第{row}行：{reason}").format(row=one.row, reason=one.reason) for one in plan.skipped]),
    ):
        if found:
            lines += ["", title, *(f"  {line}" for line in found[:_SHOWN])]
            lines += [_("  另有{count}行").format(count=len(found) - _SHOWN)] if len(found) > _SHOWN else []
    made = [one.record.name for one in plan.records if isinstance(one.record, ProjectYear)]
    if made:
        lines += ["", _("{done}新建项目：{names}").format(done=_("将") if dry_run else _("已"), names="、".join(made))]
    elif plan.unknown:
        names = "、".join(one.name for one in plan.unknown)
        lines += ["", _("台账中没有的项目：{names}。要在导入时新建，请加 --create。").format(names=names)]
    print("\n".join(lines), file=out)
