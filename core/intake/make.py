"""Makes the plan of an import from a sheet: one matching run, which the preview shows and commit stores."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from core.batches import EVENTS, INDICATORS, KINDS, PAYMENTS, PROJECTS, Batch
from core.book import Book
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Sheet, Workbook
from core.intake.events import read_events
from core.intake.field_names import field_names
from core.intake.header import Header, find_header, lacking
from core.intake.indicators import read_indicators
from core.intake.owners import Owners
from core.intake.payments import read_payments
from core.intake.plan import GUESSED, Choices, LeftOut, Plan, Planned
from core.intake.projects import read_projects
from core.intake.rows import Rows
from core.intake.stated import read_stated
from core.intake.values import WAN, read_day
from core.jobs import Progress
from core.model import YEAR_STATE_LABELS, YearState
from core.money import WAN_CENT, show_yuan, tolerance

_TITLE_YEAR = re.compile(r"(20\d\d)\s*年")
_SHOWN_ROWS = 20
_SUBTOTALS = 500  # that are compared


def best_sheet(workbook: Workbook, kind: str = "") -> tuple[Sheet, Header]:
    """The sheet with the best header, visible ones before hidden ones. Raises ``UserError`` where none has one."""
    best: tuple[tuple[bool, int, int], Sheet, Header] | None = None
    for info in workbook.sheets:
        sheet = workbook.read(info.name)
        header = find_header(sheet, kind)
        if header is None:
            continue
        rank = (not info.hidden, len(sheet.rows) > header.last + 1, header.score)
        if best is None or rank > best[0]:
            best = (rank, sheet, header)
    if best is None:
        raise no_header(workbook.file, kind)
    return best[1], best[2]


def no_header(name: str, kind: str = "") -> UserError:
    """What to say of a sheet in which no header is found."""
    what = KINDS[kind] if kind else "、".join(KINDS.values())
    text = _("“{name}”中没有找到{what}的表头。表头应在前20行内，例如：{example}。")
    examples = {
        EVENTS: _("指标文号、项目名称、指标类型、指标金额"),
        PROJECTS: _("项目代码、项目名称、项目类别"),
        INDICATORS: _("一级指标、二级指标、三级指标、指标值"),
    }
    example = examples.get(kind, _("支付日期、收款人、用途、项目名称、支付金额"))
    return UserError(text.format(name=name, what=what, example=example))


def make_plan(
    book: Book,
    workbook: Workbook,
    sheet: Sheet,
    header: Header,
    choices: Choices,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """What importing a sheet under a header would store. Raises ``UserError`` where the book has no such year, or no
    column holds what every row must have, and ``Cancelled`` as ``progress`` does."""
    if lacks := lacking(header):
        shown = "、".join(field_names(header.kind)[field] for field in lacks)
        raise UserError(_("请指定哪一列是{fields}。").format(fields=shown))
    year = year_of(book, sheet, header, choices)
    names = book.unit_year(year)
    rows = Rows(sheet, header, choices, year, (names.name, names.short_name, book.unit.code), progress)
    owners = Owners(book, year, choices)
    total: int | None = None
    planned: list[Planned]
    duplicates: list[LeftOut]
    match header.kind:
        case "payments":
            planned, duplicates, total = read_payments(book, rows, owners)
        case "events":
            planned, duplicates, total = read_events(book, rows, owners, today)
        case "projects":
            planned, duplicates, total = read_projects(book, rows, owners)
        case "indicators":
            planned, duplicates = read_indicators(book, rows, owners)
        case _:
            planned, duplicates, total = read_stated(book, rows, owners)
    sheet_total, difference, notes = _totals(rows, total)
    notes = [*_notes(book, workbook, rows, year), *notes]
    return Plan(
        batch=book.next_id,
        kind=header.kind,
        year=year,
        file=workbook.file,
        digest=workbook.digest,
        sheet=sheet.name,
        header=header,
        unit=rows.unit,
        unit_from=rows.unit_from,
        records=tuple([*owners.made, *planned]),
        doubts=tuple(sorted(rows.doubts, key=lambda one: one.row)),
        duplicates=tuple(duplicates),
        skipped=tuple(rows.skipped),
        unknown=owners.unknown,
        notes=tuple(notes),
        read=rows.read,
        total=total,
        sheet_total=sheet_total,
        difference=difference,
    )


def year_of(book: Book, sheet: Sheet, header: Header, choices: Choices) -> int:
    """The year of the sheet: as chosen, as a column or the title says, as most dates are, else the latest. Raises
    ``UserError`` where the book has no such year."""
    held = [one.year for one in book.years()]
    if not held:
        raise UserError(_("台账中还没有年度，请先新建年度。"))
    wanted = choices.year or named_year(sheet, header, held[-1])
    if not wanted:
        return held[-1]
    if wanted not in held:
        text = _("台账中没有{year}年度，已有年度：{held}。请先新建年度，或另选年度。")
        raise UserError(text.format(year=wanted, held="、".join(map(str, held))))
    return wanted


def named_year(sheet: Sheet, header: Header, latest: int) -> int:
    """The year a sheet names, in a column, its title or its dates (one without a year is of ``latest``); 0 where it
    names none."""
    below = range(header.last + 1, min(header.last + 500, len(sheet.rows)))
    if column := header.column("year"):
        years = Counter(int(found[0]) for row in below
                        if (found := re.match(r"20\d\d", sheet.text(row, column.place))))  # fmt: skip
        if years:
            return years.most_common(1)[0][0]
    titled = _TITLE_YEAR.findall(header.title) or _TITLE_YEAR.findall(sheet.name)
    if titled and header.kind != PAYMENTS:
        return int(titled[0])
    if (column := header.column("date")) and header.kind == PAYMENTS:
        days = (read_day(sheet.spread(row, column.place), latest, sheet.epoch_1904).iso for row in below)
        years = Counter(int(day[:4]) for day in days if day)
        if years:
            return years.most_common(1)[0][0]
    return int(titled[0]) if titled else 0


def _totals(rows: Rows, total: int | None) -> tuple[int | None, int, list[str]]:
    """The sheet's own total, how far it is off beyond rounding, and what to note of it."""
    grand = [amount for _row, whole, amount in rows.totals if whole]
    notes = list(_wrong_subtotals(rows))
    if not grand or total is None:
        return (grand[-1] if grand else None), 0, notes
    sheet_total = total if total in grand else grand[-1]
    difference = total - sheet_total
    slack = tolerance(max(rows.read, 2), WAN_CENT) if rows.unit == WAN else 0
    if abs(difference) <= slack:
        return sheet_total, 0, notes
    text = _("各行合计{total}元，与表中合计行{sheet}元相差{difference}元")
    words = {"total": show_yuan(total), "sheet": show_yuan(sheet_total), "difference": show_yuan(difference)}
    return sheet_total, difference, [text.format(**words), *notes]


def _wrong_subtotals(rows: Rows) -> Iterator[str]:
    """What to note of 小计 rows that are the sum neither of the rows before them nor of those behind, nor of all so
    far."""
    borders = [rows.header.last, *(row for row, _whole, _amount in rows.totals), len(rows.sheet.rows)]
    for place, (row, whole, amount) in enumerate(rows.totals[:_SUBTOTALS], 1):
        if whole:
            continue
        blocks = [range(borders[place - 1] + 1, row), range(row + 1, borders[place + 1]), range(borders[0] + 1, row)]
        sums = [sum(rows.sums.get(one, 0) for one in block) for block in blocks]
        slack = tolerance(max(len(blocks[0]), 2), WAN_CENT) if rows.unit == WAN else 0
        if all(abs(amount - one) > slack for one in sums):
            text = _("第{row}行小计{amount}元与所列各行之和{sum}元不符")
            yield text.format(row=row + 1, amount=show_yuan(amount), sum=show_yuan(sums[0] or sums[1]))


def _notes(book: Book, workbook: Workbook, rows: Rows, year: int) -> list[str]:
    """What the user should know of the sheet as a whole."""
    notes = []
    again = next((one for one in book.all(Batch) if one.digest == workbook.digest and not one.withdrawn), None)
    if again:
        notes.append(_("这个文件在{time}已经导入过").format(time=again.time.replace("T", " ")))
    record = book.year(year)
    if record and record.state != YearState.OPEN:
        text = _("{year}年度{state}，导入前须先解除锁定")
        notes.append(text.format(year=year, state=YEAR_STATE_LABELS[record.state]))
    if rows.unit_from == GUESSED:
        notes.append(_("表中没有写明金额单位，按数字大小暂按{unit}计算，请确认单位").format(unit=rows.unit))
    if rows.sheet.hidden:
        notes.append(_("工作表“{name}”在文件中是隐藏的").format(name=rows.sheet.name))
    unseen = sorted(row + 1 for row in rows.sheet.hidden_rows if rows.header.last < row < len(rows.sheet.rows))
    if unseen:
        shown = "、".join(map(str, unseen[:_SHOWN_ROWS])) + ("…" if len(unseen) > _SHOWN_ROWS else "")
        notes.append(_("第{rows}行在表中是隐藏的，也已读入").format(rows=shown))
    own = rows.choices.unit
    if own and rows.header.unit and own != rows.header.unit:
        text = _("表中写明单位为{sheet}，按所选的{own}计算")
        notes.append(text.format(sheet=rows.header.unit, own=own))
    return notes
