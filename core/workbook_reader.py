"""A workbook backup read back: into an equal book where it was not edited, else into what its cells say now.

Whatever is wrong with it is said with sheet, row and column, several places at once.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.book import Book, Entry
from core.change import Change, Diff
from core.database import remove, take_place
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Cell, Workbook, column_letters
from core.intake.sheet import open_workbook
from core.jobs import Progress
from core.lock import Lock
from core.model import RECORDS, Attachment, Project, Record, Stated, Year, clean_text
from core.reasons import reason
from core.schema import SCHEMA_VERSION
from core.seal import broken_seals, broken_words
from core.store import Store
from core.workbook_columns import CellError, Column, Shape, columns, sheet_title, stated_amount, value_of
from core.workbook_header import SHEET, Header, book_digest, foreign, parse_header

_SHOWN = 5  # places named at once
_ENOUGH = 200  # places after which reading ends
_PART = re.compile(r"（\d+）")
_COPIED = ("policy", "template")  # texts taken from files, kept letter by letter


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook holds."""

    book: Book
    header: Header
    is_altered: bool  # it is not what was exported
    notes: tuple[str, ...] = ()  # what was left out, or what the officer should know


class _Problems:
    """What is wrong, place by place."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[str] = []

    def add(self, text: str) -> None:
        self._found.append(text)
        if len(self._found) >= _ENOUGH:
            self.raise_()

    def raise_(self) -> None:
        """Raise ``UserError`` where there are any."""
        if not self._found:
            return
        count = f"{len(self._found)}+" if len(self._found) >= _ENOUGH else str(len(self._found))
        head = _("“{name}”有{count}处不能读取，没有恢复：").format(name=self._name, count=count)
        more = [_("……")] if len(self._found) > _SHOWN else []
        raise UserError("\n".join([head, *self._found[:_SHOWN], *more]))


def read_workbook(path: Path, progress: Progress | None = None) -> Returned:
    """Read a workbook backup. Raises ``UserError`` for one that is foreign, damaged, newer, or edited into something
    that cannot be read; ``Cancelled``."""
    workbook = open_workbook(path)
    titles = [sheet.name for sheet in workbook.sheets]
    if SHEET not in titles:
        raise foreign(path.name)
    header = parse_header(workbook.read(SHEET).rows, path.name)
    problems = _Problems(path.name)
    notes: list[str] = []
    known: set[str] = {SHEET}
    records: list[tuple[str, Record]] = []  # with their place
    for done, kind in enumerate(RECORDS):
        if progress:
            progress.step(done, len(RECORDS))
        title = sheet_title(kind)
        parts = [one for one in titles if one == title or _PART.fullmatch(one.removeprefix(title))]
        known |= set(parts)
        if not parts and header.schema == SCHEMA_VERSION:
            problems.add(_("缺少工作表“{sheet}”").format(sheet=title))
        for part in parts:
            records += _read_sheet(workbook, part, kind, header.schema, problems, notes)
    others = "、".join(f"“{title}”" for title in titles if title not in known)
    notes += [_("工作表{names}不是本程序导出的，没有读取。").format(names=others)] if others else []
    problems.raise_()
    found = _numbered(records, header.next_id, problems)
    problems.raise_()
    book = Book.of(found, header.next_id)
    altered = book_digest(book) != header.digest
    if altered:
        book = Book.of((_tidied(record) for record in found), book.next_id)
        altered = book_digest(book) != header.digest
        notes += [broken_words(year) for year in broken_seals(book)] if altered else []
    return Returned(book, header, altered, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Place:
    """A column and the cells its value stands in."""

    column: Column
    places: tuple[int, ...]
    blank: object  # what an empty cell means; None where that has to be asked

    @classmethod
    def of(cls, column: Column, places: Sequence[int]) -> "_Place":
        """The place of a column, with what its empty cells mean."""
        try:
            return cls(column, tuple(places), value_of(column, None))
        except CellError:
            return cls(column, tuple(places), None)


def _read_sheet(
    workbook: Workbook, title: str, kind: type[Record], schema: int, problems: _Problems, notes: list[str]
) -> list[tuple[str, Record]]:
    rows = workbook.read(title).rows
    places = _places(title, kind, rows[0] if rows else (), schema, problems, notes)
    used = {place for one in places for place in one.places}
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if all(cell is None or cell == "" for place, cell in enumerate(row) if place in used):
            continue
        values = _row_values(title, number, kind, row, places, problems)
        if values is not None:
            where = _("工作表“{sheet}”第{row}行").format(sheet=title, row=number)
            record = kind(**values)  # type: ignore[arg-type]
            if isinstance(record, Entry) and not _has_month(record.date):
                text = _("{place}：日期“{text}”不是日期，请写成 2023-01-15")
                problems.add(text.format(place=where, text=record.date[:30]))
                continue
            found.append((where, record))
    return found


def _has_month(day: str) -> bool:
    """Whether a book can tell the month of an entry's date; an entry may have none."""
    return not day[5:7] or day[5:7].isdecimal()


def _places(
    title: str, kind: type[Record], head: Sequence[Cell], schema: int, problems: _Problems, notes: list[str]
) -> list[_Place]:
    """Where the columns of a kind stand in a sheet, by their headings."""
    found: dict[str, list[int]] = {}
    expected = {column.heading: column for column in columns(kind)}
    for place, cell in enumerate(head):
        heading = str(cell or "").strip()
        base = re.sub(r"（续\d+）$", "", heading)
        if base in expected:
            if heading == base and base in found:
                problems.add(_("工作表“{sheet}”有两列“{column}”").format(sheet=title, column=heading))
            found.setdefault(base, []).append(place)
        elif heading:
            text = _("工作表“{sheet}”的“{column}”列不是本程序导出的，没有读取。")
            notes.append(text.format(sheet=title, column=heading))
    for heading, column in expected.items():
        if heading not in found and column.shape != Shape.NAME and schema == SCHEMA_VERSION:
            problems.add(_("工作表“{sheet}”缺少“{column}”列").format(sheet=title, column=heading))
    own = ((expected[heading], places) for heading, places in found.items())
    read = [_Place.of(column, places) for column, places in own if column.shape != Shape.NAME]
    return sorted(read, key=lambda one: one.column.field == "printed_unit")  # last: it says what the amount means


def _row_values(
    title: str, number: int, kind: type[Record], row: Sequence[Cell], places: Sequence[_Place], problems: _Problems
) -> dict[str, object] | None:
    """The fields of a record; None where a cell cannot be read."""
    values: dict[str, object] = {"id": 0}
    sound = True
    for one in places:
        place = one.places[0]
        cell = row[place] if place < len(row) else None
        if cell is None and one.blank is not None:
            values[one.column.field] = one.blank
            continue
        if len(one.places) > 1:
            cell = _joined(cell, row, one.places)
        try:
            values[one.column.field] = value_of(one.column, cell)
            if kind is Stated and one.column.field == "printed_unit":
                values["amount"] = stated_amount(_whole(values.get("amount")), str(values["printed_unit"]))
        except CellError as error:
            sound = False
            text = _("工作表“{sheet}”第{row}行“{column}”（{cell}）：{reason}")
            where = f"{column_letters(place)}{number}"
            problems.add(text.format(sheet=title, row=number, column=one.column.heading, cell=where, reason=str(error)))
    return values if sound else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _joined(cell: Cell, row: Sequence[Cell], places: Sequence[int]) -> Cell:
    """A long text from the cells it stands in."""
    rest = [row[place] for place in places[1:] if place < len(row) and row[place] is not None]
    return "".join(map(str, [cell if cell is not None else "", *rest])) if rest else cell


def _numbered(records: list[tuple[str, Record]], next_id: int, problems: _Problems) -> list[Record]:
    """The records with ids: those without one, which were added by hand, get the next ones."""
    places: dict[int, str] = {}
    for where, record in records:
        if record.id < 0:
            problems.add(_("{place}：“编号”不能是负数").format(place=where))
        elif record.id and record.id in places:
            text = _("{place}：编号{id}与{other}重复；新增的行请不填编号")
            problems.add(text.format(place=where, id=record.id, other=places[record.id]))
        elif record.id:
            places[record.id] = where
    following = max(next_id, max(places, default=0) + 1)
    found: list[Record] = []
    for _where, record in records:
        if not record.id:
            record, following = replace(record, id=following), following + 1
        found.append(record)
    projects = {record.id for record in found if isinstance(record, Project)}
    for (where, _record), record in zip(records, found, strict=True):
        if (named := getattr(record, "project", None)) is not None and named not in projects:
            text = _("{place}：“项目”编号{id}在工作表“{sheet}”中没有")
            problems.add(text.format(place=where, id=named, sheet=sheet_title(Project)))
    return found


def _tidied(record: Record) -> Record:
    """A record with its texts as they are stored: spreadsheet programs end lines in their own way."""
    changed: dict[str, object] = {}
    for column in columns(type(record)):
        text = getattr(record, column.field) if column.field else None
        if isinstance(text, str) and text:
            kept = isinstance(record, Year) and column.field in _COPIED
            clean = text.replace("\r\n", "\n") if kept else clean_text(text)
            if clean != text:
                changed[column.field] = clean
    return replace(record, **changed) if changed else record  # type: ignore[arg-type]


# A new ledger from a workbook


def restore_workbook(path: Path, target: Path, progress: Progress | None = None) -> Returned:
    """Make a new ledger file of a workbook backup. Its journal begins with this.

    Raises ``UserError`` where the workbook cannot be read, or ``target`` is there already or cannot be written; then
    no file is made. ``Cancelled`` likewise.
    """
    _refuse_existing(target)
    if not target.parent.is_dir():
        raise UserError(_("文件夹“{folder}”不存在，请先建立文件夹。").format(folder=target.parent))
    returned = read_workbook(path, progress)
    lock = Lock(target)
    fresh = target.with_name(target.name + ".restored")
    try:
        remove(fresh)
        _write(fresh, returned.book, _("从工作簿“{name}”恢复").format(name=path.name))
        if files := returned.book.count(Attachment):
            text = _("工作簿不含佐证材料的内容，{n}个材料只恢复了名称；移除后重新添加原文件即可补上。")
            returned = replace(returned, notes=(*returned.notes, text.format(n=files)))
        _refuse_existing(target)
        take_place(fresh, target)
    except OSError as error:
        text = _("无法写入“{name}”：{reason}。请检查磁盘空间和权限。")
        raise UserError(text.format(name=target.name, reason=reason(error))) from error
    finally:
        with suppress(OSError):
            remove(fresh)
        lock.release()
    return returned


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise UserError(_("文件“{name}”已经存在，请换一个文件名。").format(name=target.name))


def _write(path: Path, book: Book, label: str) -> None:
    store = Store.create(path)
    try:
        store.write(Change(label, tuple(Diff(None, record) for record in book.records())), book.next_id)
        if store.load() != book:
            raise AssertionError("the file does not hold what was written")
    finally:
        store.close()


def summary(book: Book) -> Mapping[str, int]:
    """How many records of each kind a book holds, by the title of their sheet."""
    return {sheet_title(kind): book.count(kind) for kind in RECORDS}
