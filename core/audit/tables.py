"""Tables: their headers, what their columns are, which of their rows are parts of another."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Final

from core.audit.model import POINTS, Item, Relation
from core.audit.reading import Reading, Row
from core.audit.runs import prefix, relation

_KINDS: Final = (
    ("rate", re.compile(r"执行率|支付率|完成率|进度|B\s?/\s?A|比率|占比")),
    ("score", re.compile(r"得分|自评分|评分(?!标准)|实得")),
    ("weight", re.compile(r"分值|权重|满分")),
    ("target", re.compile(r"指标值|目标值|年度指标|预期值")),
    ("actual", re.compile(r"完成值|实际值|实际完成|完成情况|完成数")),
    ("change", re.compile(r"调整(?!后)|追加|调增|调减|增减")),
    ("rest", re.compile(r"结余|结转|余额|剩余|未(?:支付|执行|使用)")),
    ("start", re.compile(r"年初预算|年初数")),
    ("done", re.compile(r"执行数|执行|支出|支付|决算|实际|[（(]B[）)]")),
    ("given", re.compile(r"预算|安排|下达|到位|计划|[（(]A[）)]")),
)
MONEY_COLUMNS: Final = ("given", "start", "done", "change", "rest")
TOTAL_ROW: Final = re.compile(r"合\s*计|总\s*计|总\s*额|总\s*分|小\s*计|^总|资金总")
TOTAL_COLUMN: Final = re.compile(r"合\s*计|小\s*计|总\s*计|总\s*额|总数")
_HAS_POINTS: Final = re.compile(r"[（(]\d{1,3}分?[）)]")
NESTED_ROW: Final = re.compile(r"^\s*(?:其中|含|#)")


@dataclass(frozen=True)
class Table:
    """Rows under one header; ``kinds`` of the columns by their number."""

    reading: Reading
    header: Row | None
    rows: tuple[Row, ...]

    @cached_property
    def shift(self) -> int:
        """How many columns the header lacks in front, as one does whose corner is empty."""
        if self.header is None or not self.rows or not any(p.search(self.header.cells[0].text) for _k, p in _KINDS):
            return 0
        usual = Counter(len(row.cells) for row in self.rows).most_common(1)[0][0]
        return max(0, usual - len(self.header.cells))

    def aligned(self, row: Row) -> bool:
        """Whether a row has as many cells as the header, so that its columns are sure."""
        return self.header is not None and len(row.cells) == len(self.header.cells) + self.shift

    @cached_property
    def kinds(self) -> dict[int, str]:
        """What the columns are, by the number of their cell in a row."""
        found: dict[int, str] = {}
        for number, cell in enumerate(self.header.cells if self.header else (), self.shift):
            kind = next((name for name, pattern in _KINDS if pattern.search(cell.text)), "")
            if kind and number:
                found[number] = kind
        return found

    def column(self, kind: str) -> int:
        """The number of the only column of a kind, else -1."""
        numbers = [number for number, name in self.kinds.items() if name == kind]
        return numbers[0] if len(numbers) == 1 else -1

    @cached_property
    def in_money(self) -> bool:
        """Whether bare numbers of the table are money: its header, or the text before it, names the unit."""
        words = " ".join(cell.text for cell in self.header.cells) if self.header else ""
        return bool(self.reading.unit) and (
            "元" in words or not {"given", "done", "start"}.isdisjoint(self.kinds.values())
        )

    def item(self, row: Row, number: int) -> Item | None:
        """The number of a cell, labelled with its row."""
        if number < 0:
            return None
        kind = self.kinds.get(number, "given")
        found = self.reading.cell_item(row, number, self.in_money and kind in MONEY_COLUMNS)
        if found and kind in ("weight", "score") and not found.sort:
            found = replace(found, sort=POINTS)
        return replace(found, label=self.label(row)) if found else None

    def head(self, number: int) -> str:
        """The words at the head of a column."""
        place = number - self.shift
        return self.header.cells[place].text if self.header and 0 <= place < len(self.header.cells) else ""

    def label(self, row: Row) -> str:
        """The words at the head of a row."""
        return next((cell.text for cell in row.cells if cell.text and cell.number is None), "")


def tables(reading: Reading) -> list[Table]:
    """The tables of the text, cut at their header rows."""
    found = []
    for rows in reading.tables:
        header: Row | None = None
        body: list[Row] = []
        for row, following in zip_longest(rows, rows[1:]):
            if _is_header(row, following if header is None else None):
                if body:
                    found.append(Table(reading, header, tuple(body)))
                header, body = row, []
            else:
                body.append(row)
        if body:
            found.append(Table(reading, header, tuple(body)))
    return found


def _is_header(row: Row, following: Row | None) -> bool:
    """Whether a row names columns; the first of a table does, where a row of numbers follows it."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) < 2 or any(cell.number for cell in filled[1:]):
        return False
    named = sum(1 for cell in filled if any(pattern.search(cell.text) for _name, pattern in _KINDS))
    if following and any(cell.number for cell in following.cells[1:]) and all(len(c.text) < 12 for c in filled):
        return True
    return (
        named >= 2
        or (named >= 1 and len(filled) >= 3)
        or bool(TOTAL_COLUMN.search(" ".join(c.text for c in filled[1:])))
    )


def nested(table: Table) -> tuple[list[Relation], frozenset[int]]:
    """The rows that 其中 makes parts of the row above, total rows apart: their sums, and their lines.

    How many rows belong to it is seen in the column where their numbers make it.
    """
    found: list[Relation] = []
    lines: set[int] = set()
    width = max((len(row.cells) for row in table.rows), default=0)
    for at in range(len(table.rows) - 2, -1, -1):
        row, following = table.rows[at], table.rows[at + 1 :]
        below = [one for one in following if one.line not in lines]
        if TOTAL_ROW.search(table.label(row)) or not below:
            continue
        named = bool(NESTED_ROW.match(table.label(following[0])))
        for number in range(1, width) if named else _points_columns(table):
            total = table.item(row, number)
            if total is None or total.value <= 0 or table.kinds.get(number) in ("rate", "target", "actual"):
                continue
            run = _until_empty([table.item(one, number) for one in below])
            count = prefix(total, run, 2)
            if count and (named or count == _points_prefix(table, row, below)):
                found.append(relation("sum", run[:count], total, what="column"))
                lines |= {one.line for one in below[:count]}
    return found, frozenset(lines)


def _points_columns(table: Table) -> tuple[int, ...]:
    numbers = table.column("weight"), table.column("score")
    return numbers if min(numbers) > 0 else ()


def _points_prefix(table: Table, row: Row, below: list[Row]) -> int:
    """How many rows below have, together, both the weight and the score of a row such as 产出（40分）."""
    named = _HAS_POINTS.search(table.label(row))
    if named is None:
        return 0
    counts = set()
    for number in _points_columns(table):
        total = table.item(row, number)
        run = _until_empty([table.item(one, number) for one in below])
        counts.add(prefix(total, run, 2) if total and total.value > 0 else 0)
    return counts.pop() if len(counts) == 1 else 0


def _until_empty(items: list[Item | None]) -> list[Item]:
    run: list[Item] = []
    for one in items:
        if one is None:
            break
        run.append(one)
    return run
