"""A block pasted from a spreadsheet: what each of its columns becomes, what is doubtful, and the one change it makes.

Cells are read as the import reads them (core.intake); nothing is stored that the preview does not show.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core import commands
from core.batches import EVENTS, PAYMENTS
from core.block_edits import together
from core.book import Book
from core.change import Change, Diff
from core.i18n import _
from core.intake.cells import Cell, Sheet, trimmed
from core.intake.classes import event_kind_of
from core.intake.events import read_events
from core.intake.header import AMOUNTS, EVENT_COLUMNS, Column, Header, find_header
from core.intake.owners import Owners
from core.intake.payments import read_payments
from core.intake.plan import Choices, LeftOut, Planned
from core.intake.rows import Rows
from core.intake.values import WAN, YUAN, read_amount, read_day
from core.model import EVENT_LABELS, EventKind
from core.money import show_yuan

CELLS: Final = "cells"  # a block that goes into the cells of the project grid
KIND_LABELS: Final[Mapping[str, str]] = {PAYMENTS: _("支出"), EVENTS: _("预算变动"), CELLS: _("项目预算")}
_EVENT_FIELDS = {kind: EVENT_LABELS[kind] for kind in EVENT_COLUMNS}
_SHARED = {"project": _("项目"), "subproject": _("子项目"), "economic": _("经济分类"), "functional": _("功能分类")}
_SHARED |= {"fund": _("资金性质"), "memo": _("备注")}
# What a column may become, by what the rows are.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    PAYMENTS: {
        **{"date": _("日期"), "amount": _("金额"), "voucher": _("凭证号"), "payee": _("收款人"), "purpose": _("用途")},
        **_SHARED,
        **{"bank_no": _("银行流水号"), "method": _("支付方式"), "document": _("指标文号")},
    },
    EVENTS: {
        **{
            "date": _("日期"),
            "kind": _("变动类型"),
            "amount": _("金额"),
            "document": _("文号"),
            "title": _("文件标题"),
        },
        **_SHARED,
        **_EVENT_FIELDS,
    },
    CELLS: {"project": _("项目"), **_EVENT_FIELDS},
}
MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """Where a block is pasted: a year, the project of rows that name none, and, for cells, the projects of the rows
    and the kinds of the columns from the chosen cell on."""

    year: int
    project: int = 0
    rows: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the block is taken for. ``fields`` has one field for each column, empty for one that is left out;
    ``first`` is the first row that is no title; ``unit`` that of amounts without one."""

    kind: str
    fields: tuple[str, ...]
    first: int = 0
    unit: str = YUAN
    event_kind: str = ""  # of budget events that do not say theirs
    taken: frozenset[int] = frozenset()  # rows (from 0) to paste although they repeat an entry or are doubtful
    skipped: frozenset[int] = frozenset()  # rows (from 0) that are not wanted


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasting would do. Rows and columns from 0, as in the block; ``wrong`` are cells with a reason that keeps
    their row out, ``unsure`` those with one that does not."""

    change: Change
    count: int  # entries or cells
    total: int  # their sum, 分
    wrong: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unsure: Mapping[tuple[int, int], str] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)  # rows that are no entries, or repeat one
    answerable: frozenset[int] = frozenset()  # rows left out that can be pasted all the same
    sources: Mapping[int, int] = field(default_factory=dict)  # id of a new record -> row
    notes: Mapping[int, str] = field(default_factory=dict)  # of a row: the amounts before and after


def read_block(text: str) -> Sheet:
    """The rows and cells of tab-separated text as spreadsheet programs put it on the clipboard."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)]
    except csv.Error:  # a quote of the text itself
        rows = [line.split("\t") for line in text.split("\n")]
    cells: list[list[Cell]] = [[cell.strip().removeprefix("'") or None for cell in row] for row in rows[:MOST_ROWS]]
    return Sheet(_("剪贴板"), trimmed(cells))


def guess(book: Book, sheet: Sheet, target: Target, kind: str = "") -> Mapped:
    """What a block is likely to be: by its titles if it has some, else by what its cells look like. ``kind``: what the
    rows are known to be."""
    kinds = [kind] if kind else [PAYMENTS, EVENTS]
    found = [(one, find_header(sheet, EVENTS if one == CELLS else one)) for one in kinds]
    titled = max(((h.score, k, h) for k, h in found if h), default=None, key=lambda one: one[0])
    if titled:
        _score, kind, header = titled
        at = {column.place: column.field for column in header.columns}
        known = FIELDS[kind]
        fields = tuple(at.get(place, "") if at.get(place, "") in known else "" for place in range(sheet.width))
        units = {column.unit for column in header.columns if column.field in AMOUNTS} - {""}
        unit = header.unit or (units.pop() if len(units) == 1 else "") or usual_unit(sheet, header.last + 1, kind)
        return Mapped(kind, fields, header.last + 1, unit, _named_kind(header))
    kind = kind or _kind_by_look(sheet)
    fields = _cell_fields(sheet, target) if kind == CELLS else _fields_by_look(sheet, kind, target.year)
    return Mapped(kind, fields, 0, usual_unit(sheet, 0, kind))


def paste(book: Book, sheet: Sheet, target: Target, mapped: Mapped, today: date) -> Pasted:
    """What pasting the block would do."""
    if mapped.kind == CELLS:
        return _into_cells(book, sheet, target, mapped, today)
    header = _header(sheet, mapped)
    choices = Choices(
        year=target.year,
        project=target.project,
        unit=mapped.unit,
        taken=frozenset(row + 1 for row in mapped.taken),
        event_kind=mapped.event_kind,
    )
    rows = Rows(sheet, header, choices, target.year)
    owners = Owners(book, target.year, choices)
    planned: list[Planned]
    repeated: list[LeftOut]
    if mapped.kind == PAYMENTS:
        if not rows.has("amount"):
            return _unmapped(sheet, mapped, _("请指明哪一列是金额"))
        planned, repeated, _total = read_payments(book, rows, owners)
    else:
        if not any(rows.has(name) for name in AMOUNTS):
            return _unmapped(sheet, mapped, _("请指明哪一列是金额"))
        planned, repeated, _total = read_events(book, rows, owners, today)
    return _result(book, rows, planned, repeated, mapped)


def _result(book: Book, rows: Rows, planned: Sequence[Planned], repeated: Sequence[LeftOut], mapped: Mapped) -> Pasted:
    places = {column.heading: column.place for column in rows.header.columns}
    first = next((place for place, name in enumerate(mapped.fields) if name in AMOUNTS), 0)
    planned = [one for one in planned if one.row - 1 not in mapped.skipped]
    wrong: dict[tuple[int, int], str] = {}
    unsure: dict[tuple[int, int], str] = {}
    for doubt in rows.doubts:
        into = wrong if doubt.holds else unsure
        into.setdefault((doubt.row - 1, places.get(doubt.column, first)), doubt.reason)
    left_out = {one.row - 1: one.reason for one in rows.skipped}
    left_out |= {one.row - 1: one.reason for one in repeated}
    answerable = {one.row - 1 for one in repeated} | {d.row - 1 for d in rows.doubts if d.holds and d.may_take}
    total = sum(getattr(one.record, "amount", 0) for one in planned)
    what = _("支出") if mapped.kind == PAYMENTS else _("预算变动")
    label = _("粘贴{count}笔{what}").format(count=len(planned), what=what)
    change = together(book, label, [Change("", tuple(Diff(None, one.record) for one in planned))])
    sources = {diff.record.id: one.row - 1 for diff, one in zip(change.diffs, planned, strict=True)}
    return Pasted(change, len(planned), total, wrong, unsure, left_out, frozenset(answerable), sources)


def _unmapped(sheet: Sheet, mapped: Mapped, reason: str) -> Pasted:
    """Nothing can be pasted until a column is chosen."""
    return Pasted(Change(""), 0, 0, {(mapped.first, 0): reason} if sheet.rows else {})


def _header(sheet: Sheet, mapped: Mapped) -> Header:
    """The columns as they were chosen, under the title rows of the block."""
    labels = FIELDS[mapped.kind]
    columns = tuple(
        Column(place, labels.get(name, "") or _("第{n}列").format(n=place + 1), name, "")
        for place, name in enumerate(mapped.fields)
    )
    title = " ".join(sheet.text(row, c.place) for row in range(mapped.first) for c in columns)
    return Header(mapped.kind, mapped.first, mapped.first - 1, columns, mapped.unit, title)


# Cells of the project grid


def _into_cells(book: Book, sheet: Sheet, target: Target, mapped: Mapped, today: date) -> Pasted:
    """Amounts for the cells of the project grid: rows by the name of their project, else from the chosen row on."""
    wrong: dict[tuple[int, int], str] = {}
    unsure: dict[tuple[int, int], str] = {}
    left_out: dict[int, str] = {}
    notes: dict[int, str] = {}
    changes: list[Change] = []
    count = total = 0
    named = mapped.fields.index("project") if "project" in mapped.fields else -1
    owners = Owners(book, target.year, Choices(year=target.year))
    seen: set[tuple[int, str]] = set()
    for row in range(mapped.first, len(sheet.rows)):
        if row in mapped.skipped:
            continue
        words = sheet.text(row, named) if named >= 0 else ""
        cells = {place: sheet.cell(row, place) for place, name in enumerate(mapped.fields) if name in _EVENT_FIELDS}
        if named >= 0:
            project = owners.find(words)
        else:
            place = row - mapped.first
            project = target.rows[place] if place < len(target.rows) else 0
        if not project or not book.project_year(target.year, project):
            if named >= 0 and any(read_amount(cell).fen is not None for cell in cells.values()) and words:
                left_out[row] = _("本年没有项目“{name}”").format(name=words[:20])
            elif named < 0:
                left_out[row] = _("这一行没有对应的项目，或是合计、子项目，不能填写")
            else:
                left_out[row] = _("没有项目名称或金额")
            continue
        if book.parent(project):
            left_out[row] = _("子项目只登记支出，不填预算")
            continue
        for place, cell in cells.items():
            kind = EventKind(mapped.fields[place])
            read = read_amount(cell, mapped.unit)
            if read.doubt:
                wrong[row, place] = read.doubt
            if read.fen is None or read.doubt:
                continue
            if (project, kind) in seen:
                wrong[row, place] = _("前面已有同一项目的这一栏")
                continue
            seen.add((project, kind))
            edit = commands.set_cell(book, target.year, project, kind, read.fen, today)
            if edit.change:
                changes.append(edit.change)
                count += 1
                total += edit.difference
                held, new = show_yuan(read.fen - edit.difference), show_yuan(read.fen)
                note = _("{kind} {held}→{new}元").format(kind=EVENT_LABELS[kind], held=held, new=new)
                notes[row] = f"{notes[row]}，{note}" if row in notes else note
                if edit.events > 1:
                    text = _("已有{count}笔，差额将新增一笔{kind}")
                    unsure[row, place] = text.format(count=edit.events, kind=EVENT_LABELS[kind])
    change = together(book, _("粘贴{count}个金额").format(count=count), changes)
    return Pasted(change, count, total, wrong, unsure, left_out, notes=notes)


def _cell_fields(sheet: Sheet, target: Target) -> tuple[str, ...]:
    """The columns from the chosen cell on; a first column of words names the projects."""
    worded = any(
        isinstance(cell, str) and read_amount(cell).fen is None and read_amount(cell).doubt
        for row in range(len(sheet.rows))
        for cell in (sheet.cell(row, 0),)
    )
    kinds = [*target.kinds]
    fields = ["project", *kinds] if worded and sheet.width > 1 else kinds
    return tuple([*fields, *[""] * sheet.width][: sheet.width])


# What a block without titles looks like


def usual_unit(sheet: Sheet, first: int, kind: str) -> str:
    """The unit of amounts that name none. Small amounts with decimals in the project grid are likely 万元."""
    if kind != CELLS:
        return YUAN
    cells = (sheet.cell(row, place) for row in range(first, len(sheet.rows)) for place in range(sheet.width))
    read = [found for cell in cells if (found := read_amount(cell, WAN)).fen and not found.unit and not found.doubt]
    largest = max((abs(found.fen or 0) for found in read), default=0) // 1_000_000
    fine = any((found.fen or 0) % 1_000_000 for found in read)
    return WAN if read and largest < 10_000 and (fine or largest < 100) else YUAN


def _named_kind(header: Header) -> str:
    """The kind of budget event that the heading of the amounts names."""
    column = header.column("amount")
    found = event_kind_of(column.heading) if column else None
    return found[0] if found else ""


def _kind_by_look(sheet: Sheet) -> str:
    """Budget events name their kind in most rows; payments do not."""
    named = sum(
        any(isinstance(cell, str) and len(cell) <= 12 and event_kind_of(cell) for cell in row) for row in sheet.rows
    )
    return EVENTS if named * 2 > len(sheet.rows) else PAYMENTS


def _fields_by_look(sheet: Sheet, kind: str, year: int) -> tuple[str, ...]:
    """A field for each column by what stands in it: days, amounts, then texts in the order of the grid's columns."""
    found = [""] * sheet.width
    texts: list[int] = []
    for place in range(sheet.width):
        cells = [cell for row in range(len(sheet.rows)) if (cell := sheet.cell(row, place)) is not None]
        shape = _shape(cells, year)
        if shape == "date" and "date" not in found:
            found[place] = "date"
        elif shape == "amount" and "amount" not in found:
            found[place] = "amount"
        elif kind == EVENTS and "kind" not in found and _names_kinds(cells):
            found[place] = "kind"
        elif cells:
            texts.append(place)
    usual: tuple[str, ...] = (
        ("document", "title", "memo") if kind == EVENTS else ("voucher", "payee", "purpose", "memo")
    )
    coded = [place for place in texts if kind == PAYMENTS and _is_numbered(sheet, place)]
    if coded:
        found[coded[0]] = usual[0]
        texts.remove(coded[0])
    rest = usual[1:] if coded or kind == PAYMENTS else usual
    if kind == PAYMENTS and len(texts) == 1:
        rest = ("purpose",)
    for place, name in zip(texts, rest, strict=False):
        found[place] = name
    return tuple(found)


def _shape(cells: Sequence[Cell], year: int) -> str:
    """Whether most cells of a column are days, or amounts; empty for text."""
    days = sum(bool(read_day(cell, year).iso) for cell in cells)
    amounts = sum(read_amount(cell).fen is not None for cell in cells)
    if cells and days * 2 >= len(cells):
        return "date"
    return "amount" if cells and amounts * 2 > len(cells) else ""


def _names_kinds(cells: Sequence[Cell]) -> bool:
    return sum(event_kind_of(str(cell)) is not None for cell in cells) * 2 > len(cells)


def _is_numbered(sheet: Sheet, place: int) -> bool:
    """Whether a column holds numbers of vouchers: short, with digits, without Chinese words of any length."""
    cells = [sheet.text(row, place) for row in range(len(sheet.rows)) if sheet.text(row, place)]
    return bool(cells) and all(len(c) <= 20 and sum(x.isdigit() for x in c) * 2 >= len(c) for c in cells)
