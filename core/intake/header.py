"""Finds the header of a sheet: title rows, the unit row, one to three levels of headings, and what each column is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from core.batches import EVENTS, INDICATORS, KINDS, PAYMENTS, PROJECTS, QUOTAS, STATED
from core.intake.aliases import (
    ITEM,
    KNOWN,
    field_of,
    heading_unit,
    unit_in_text,
)
from core.intake.cells import Sheet
from core.intake.values import even, read_amount

_LOOKED_AT = 20  # rows searched for a header
_DEEPEST = 3
_FEWEST = 2  # columns that must be known
_WIDEST = 300

# What a sheet of a kind must have; one field of each group. What speaks for a kind counts more.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    PAYMENTS: (("amount",), ("date", "voucher", "bank_no", "payee", "purpose")),
    EVENTS: (
        ("amount", "initial", "opening", "transfer", "adjust", "supplement", "recovered", "carried"),
        ("document", "title", "kind", "project", "project_code", "initial", "opening", "supplement"),
    ),
    PROJECTS: (("project", "project_code"), ("kind", "objective", "attribute", "parent", "project_code", "initial")),
    INDICATORS: (("name", "level2"), ("target", "actual", "weight", "score")),
    STATED: (("item", "project", "project_code"), ("amount", ITEM)),
    QUOTAS: (("budget", "spent", "left"), ("project", "project_code")),
}
_TELLING: dict[str, tuple[str, ...]] = {
    PAYMENTS: ("payee", "voucher", "bank_no", "purpose", "method", "date"),
    EVENTS: ("document", "title", "kind", "opening", "supplement", "transfer", "adjust", "recovered", "carried"),
    PROJECTS: ("objective", "parent", "attribute", "kind"),
    INDICATORS: ("level1", "level2", "target", "actual", "weight"),
    STATED: ("item", "source_table", "source_column"),
    QUOTAS: ("budget", "spent", "left", "document"),
}
# Budget events that may have a column each, and the amount of a sheet with one.
EVENT_COLUMNS = (
    *("initial", "opening", "opening_adjust", "transfer", "adjust", "supplement"),
    *("recovered", "surplus", "carried"),
)
AMOUNTS = frozenset(("amount", "budget", "spent", "left", *EVENT_COLUMNS))


@dataclass(frozen=True, slots=True)
class Column:
    """One column under the header. ``field`` is empty where it is not taken, ``unit`` where the heading names none."""

    place: int
    heading: str
    field: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet. Rows count from 0; ``first`` to ``last`` are the rows of headings."""

    kind: str
    first: int
    last: int
    columns: tuple[Column, ...]
    unit: str = ""  # of the unit row; empty where the sheet has none, or several that differ
    title: str = ""  # what stands above the header, joined
    score: int = 0

    def column(self, field: str) -> Column | None:
        """The column that holds a field."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def layout(self) -> str:
        """What is the same for all sheets of this layout: what was chosen for one can be remembered for the others."""
        words = "\x1f".join(even(column.heading) for column in self.columns)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def find_header(sheet: Sheet, kind: str = "", among: Iterable[str] = tuple(KINDS)) -> Header | None:
    """The best header among the first rows, of these kinds or of the one given; None where nothing fits."""
    best: Header | None = None
    kinds = (kind,) if kind else tuple(among)
    for first in range(min(_LOOKED_AT, len(sheet.rows))):
        if not _wordy(sheet, first):
            continue
        for last in range(first, min(first + _DEEPEST, len(sheet.rows))):
            if last > first and not _wordy(sheet, last):
                break
            headings = _headings(sheet, first, last)
            for one in kinds:
                found = _judged(sheet, one, first, last, headings)
                if found and (best is None or found.score > best.score):
                    best = found
    return best


def header_at(sheet: Sheet, kind: str, first: int, last: int) -> Header:
    """The header in rows the user points at, with whatever columns are known."""
    return _header(sheet, kind, first, last, _headings(sheet, first, last))


def lacking(header: Header) -> tuple[str, ...]:
    """The fields without which nothing of a sheet can be stored and that no column holds; one of each group."""
    groups = _NEEDED[header.kind] if header.kind == STATED else _NEEDED[header.kind][:1]
    held = {ITEM if column.field.startswith(ITEM) else column.field for column in header.columns if column.field}
    return tuple(group[0] for group in groups if not held & set(group))


def remapped(header: Header, fields: dict[int, str]) -> Header:
    """The header with columns (by their place) given other fields; a field has one column."""
    taken = set(fields.values()) - {""}
    columns = []
    for c in header.columns:
        field = fields.get(c.place, "" if c.field in taken else c.field)
        columns.append(Column(c.place, c.heading, field, heading_unit(c.heading) if _is_money(field) else ""))
    return Header(header.kind, header.first, header.last, tuple(columns), header.unit, header.title, header.score)


def _wordy(sheet: Sheet, row: int) -> bool:
    """Whether a row may be headings: texts that are no amounts, at least two of them."""
    texts = [sheet.text(row, column) for column in range(min(len(sheet.rows[row]), _WIDEST))]
    words = [text for text in texts if text]
    if len(words) < 1 or max(map(len, words)) > 60:
        return False
    numbers = sum(1 for text in words if read_amount(text).fen is not None)
    return numbers == 0 or (numbers * 5 <= len(words) and len(words) > 5)


def _headings(sheet: Sheet, first: int, last: int) -> list[str]:
    """The heading of each column; levels joined by ``_``, an upper one spread to the right over what lies below."""
    width = min(max(map(len, (sheet.rows[row] for row in range(first, last + 1))), default=0), _WIDEST)
    levels: list[list[str]] = []
    for row in range(first, last + 1):
        texts = [" ".join(sheet.text(row, column).split()) for column in range(width)]
        if row < last:
            for column in range(1, width):
                below = any(sheet.cell(lower, column) is not None for lower in range(row + 1, last + 1))
                if not texts[column] and below and not _ends(levels, column):
                    texts[column] = texts[column - 1]
        levels.append(texts)
    return ["_".join(dict.fromkeys(text for text in column if text)) for column in zip(*levels, strict=True)]


def _ends(levels: list[list[str]], column: int) -> bool:
    """Whether a column begins a new group one level up: nothing is spread into it from the left."""
    return bool(levels) and levels[-1][column] != levels[-1][column - 1]


def _judged(sheet: Sheet, kind: str, first: int, last: int, headings: list[str]) -> Header | None:
    """The header, if the kind finds in it what it needs."""
    header = _header(sheet, kind, first, last, headings)
    fields = {ITEM if c.field.startswith(ITEM) else c.field for c in header.columns if c.field}
    items = [c for c in header.columns if c.field.startswith(ITEM)]
    if len(fields) < _FEWEST or not all(fields & set(group) for group in _NEEDED[kind]):
        return None
    if kind == STATED and "amount" not in fields and len(items) < 2:
        return None
    unknown = sum(1 for c in header.columns if c.heading and not c.field and not field_of(c.heading, kind))
    known = sum(1 for c in header.columns if c.heading) - unknown
    score = 10 * known + 8 * len(fields & set(_TELLING[kind])) + 3 * len(items) - 4 * unknown - 3 * (last - first)
    if any(m.top < first <= m.bottom or m.top <= last < m.bottom for m in sheet.merges if m.top < _LOOKED_AT):
        score -= 20  # headings are not cut out of a merged range
    return Header(kind, first, last, header.columns, header.unit, header.title, score)


def _header(sheet: Sheet, kind: str, first: int, last: int, headings: list[str]) -> Header:
    found: dict[str, list[tuple[bool, int, int]]] = {}
    for place, heading in enumerate(headings):
        meant = field_of(heading, kind) if heading else None
        if meant and meant[0] != KNOWN:
            empty = not any(
                sheet.cell(row, place) is not None for row in range(last + 1, min(last + 200, len(sheet.rows)))
            )
            found.setdefault(meant[0], []).append((empty, meant[1], place))
    places = {min(choices)[2]: field for field, choices in found.items()}
    columns = tuple(
        Column(place, heading, places.get(place, ""), heading_unit(heading) if _is_money(places.get(place, "")) else "")
        for place, heading in enumerate(headings)
        if heading
    )
    title = " ".join(_texts(sheet, range(first)))
    return Header(kind, first, last, columns, _unit_row(sheet, first, last), title)


def _is_money(field: str) -> bool:
    return field in AMOUNTS or field.startswith(ITEM)


def _texts(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [
        text
        for row in rows
        for column in range(min(len(sheet.rows[row]), _WIDEST))
        if sheet.cell(row, column) is not None and (text := sheet.text(row, column))
    ]


def _unit_row(sheet: Sheet, first: int, last: int) -> str:
    """The unit that a line above, beside or below the table names; empty where there is none or they differ."""
    near = range(min(max(first + 1, 15), len(sheet.rows)))
    for rows in (range(first), near, range(max(len(sheet.rows) - 6, last), len(sheet.rows))):
        units: set[str] = set()
        for row in rows:
            if first <= row <= last:
                texts = [text for text in _texts(sheet, (row,)) if "单位" in text]
            else:
                texts = _texts(sheet, (row,))
            for place, text in enumerate(texts):
                joined = (
                    text + texts[place + 1] if even(text).strip(":") in _LABELS and place + 1 < len(texts) else text
                )
                if unit := unit_in_text(joined):
                    units.add(unit)
        if units:
            return units.pop() if len(units) == 1 else ""
    return ""


_LABELS = ("单位", "金额单位", "计量单位", "货币单位")
