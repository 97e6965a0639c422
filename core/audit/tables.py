"""Tables: totals of columns and rows, rates of execution, and what a self-evaluation form gives points for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from core.audit.model import MONEY, PERCENT, POINTS, Item, Relation
from core.audit.rates import fits, ratio
from core.audit.reading import Cell, Reading, Row
from core.audit.runs import relation

_KINDS: Final = (
    ("rate", re.compile(r"执行率|支付率|完成率|进度|B\s?/\s?A|比率|占比")),
    ("score", re.compile(r"得分|自评分|评分(?!标准)|实得")),
    ("weight", re.compile(r"分值|权重|满分")),
    ("target", re.compile(r"指标值|目标值|年度指标|预期值")),
    ("actual", re.compile(r"完成值|实际值|实际完成|完成情况|完成数")),
    ("start", re.compile(r"年初预算|年初数")),
    ("done", re.compile(r"执行数|执行|支出|支付|决算|实际|[（(]B[）)]")),
    ("given", re.compile(r"预算|安排|下达|到位|计划|[（(]A[）)]")),
)
_TOTAL_ROW: Final = re.compile(r"合\s*计|总\s*计|总\s*额|总\s*分|小\s*计|^总|资金总")
_TOTAL_COLUMN: Final = re.compile(r"合\s*计|小\s*计|总\s*计|总\s*额|总数")
_NESTED_ROW: Final = re.compile(r"^\s*(?:其中|含|#)")
_BLANK: Final = re.compile(r"^[（(]?[空无/\-—–]*[）)]?$")
_OPERATOR: Final = re.compile(r"^\s*(?P<way>[≥≤><＞＜]=?|不低于|不少于|不超过|不高于|大于|小于)")


@dataclass(frozen=True)
class Table:
    """Rows under one header; ``kinds`` of the columns by their number."""

    reading: Reading
    header: Row | None
    rows: tuple[Row, ...]

    @cached_property
    def kinds(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for number, cell in enumerate(self.header.cells if self.header else ()):
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
        money = self.in_money and self.kinds.get(number, "given") in ("given", "start", "done")
        found = self.reading.cell_item(row, number, money)
        return replace(found, label=self.label(row)) if found else None

    def head(self, number: int) -> str:
        """The words at the head of a column."""
        return self.header.cells[number].text if self.header and number < len(self.header.cells) else ""

    def label(self, row: Row) -> str:
        """The words at the head of a row."""
        return next((cell.text for cell in row.cells if cell.text and cell.number is None), "")


def tables(reading: Reading) -> list[Table]:
    """The tables of the text, cut at their header rows."""
    found = []
    for rows in reading.tables:
        header: Row | None = None
        body: list[Row] = []
        for row in rows:
            if _is_header(row):
                if body:
                    found.append(Table(reading, header, tuple(body)))
                header, body = row, []
            else:
                body.append(row)
        if body:
            found.append(Table(reading, header, tuple(body)))
    return found


def _is_header(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) < 2 or any(cell.number for cell in filled[1:]):
        return False
    named = sum(1 for cell in filled if any(pattern.search(cell.text) for _name, pattern in _KINDS))
    return (
        named >= 2
        or (named >= 1 and len(filled) >= 3)
        or bool(_TOTAL_COLUMN.search(" ".join(c.text for c in filled[1:])))
    )


_Tried = tuple[Relation | None, Item, list[Item], list[Item]]  # of a total: what came of it, what is below and above


def table_relations(reading: Reading) -> Iterator[Relation]:
    """Everything in the tables that can be worked out again."""
    for table in tables(reading):
        yield from _rates(table)
        yield from _column_totals(table)
        yield from _row_totals(table)


# Rates of execution


def _rates(table: Table) -> Iterator[Relation]:
    rate, done = table.column("rate"), table.column("done")
    starts = [number for number, kind in table.kinds.items() if kind in ("given", "start")]
    if rate < 0 or done < 0 or not starts:
        return
    for row in table.rows:
        percent, spent = table.item(row, rate), table.item(row, done)
        given = [one for one in (table.item(row, number) for number in reversed(starts)) if one]
        if spent is None or not given or not any(one.value for one in given):
            continue
        if percent is None:
            if spent.value == given[0].value and _full_marks(table, row):
                yield replace(
                    relation("ratio", (spent,), given[0]),
                    figures=(spent.printed, given[0].printed, "100"),
                    what="blank",
                )
            continue
        if percent.sort == "" and percent.value <= 1 and percent.amount.decimals >= 2:
            continue  # 0.86, or a share of one
        right = next((one for one in given if fits(percent, spent, one)), None)
        if right:
            yield ratio("ratio", spent, right, percent, True, "table")
        else:
            doubt = percent.sort != PERCENT or spent.sort != given[0].sort
            yield replace(ratio("ratio", spent, given[0], percent, False, "table"), trust=1 if doubt else 3)


def _full_marks(table: Table, row: Row) -> bool:
    weight, score = table.item(row, table.column("weight")), table.item(row, table.column("score"))
    return bool(weight and score and weight.value == score.value)


# Totals of columns and rows


def _column_totals(table: Table) -> Iterator[Relation]:
    """A total row above its parts (其中 …) or below them, in every column of money or persons."""
    tried: dict[tuple[int, int], _Tried] = {}
    width = max((len(row.cells) for row in table.rows), default=0)
    for number in range(1, width):
        if table.kinds.get(number) in ("rate", "weight", "score", "target", "actual"):
            continue
        column = [(row, table.item(row, number)) for row in table.rows]
        for at, (row, total) in enumerate(column):
            if total is None or total.value <= 0 or total.sort in (PERCENT, POINTS):
                continue
            if not _TOTAL_ROW.search(table.label(row)) or (
                not table.kinds and table.header is None and total.sort != MONEY
            ):
                continue
            below = _parts(table, column[at + 1 :], total)
            above = _parts(table, [c for c in reversed(column[:at])], total)[::-1]
            found = list(_judge_column(table, column, at, total, below, above))
            yield from found
            tried[number, row.line] = (found[0] if found else None), total, below, above
    yield from _as_other_columns(table, tried)


def _as_other_columns(table: Table, tried: dict[tuple[int, int], _Tried]) -> Iterator[Relation]:
    """Where a total row holds in one column, its parts in another column are the same rows."""
    for (number, line), (found, total, below, above) in tried.items():
        if found is not None:
            continue
        for (other, row), (known, _total, under, over) in tried.items():
            if row == line and other != number and known and known.holds and len(known.items) > 2:
                first = known.items[0].start > known.items[-1].start
                parts = below if first else above
                if len(parts) == len(under if first else over) == len(known.items) - 1:
                    yield replace(relation("sum", parts, total, what="column"), trust=3)
                    break


def _parts(table: Table, column: Sequence[tuple[Row, Item | None]], total: Item) -> list[Item]:
    """The numbers of the rows next to a total row, up to another total."""
    parts = []
    for row, item in column:
        if _TOTAL_ROW.search(table.label(row)):
            break
        if (item and item.sort in (total.sort, "")) or (item and total.sort == ""):
            parts.append(item)
        elif item is None and not any(cell.number or _BLANK.match(cell.text) for cell in row.cells[1:]):
            break  # a row of words ends the list
    return parts


def _judge_column(
    table: Table,
    column: Sequence[tuple[Row, Item | None]],
    at: int,
    total: Item,
    below: list[Item],
    above: list[Item],
) -> Iterator[Relation]:
    following = table.label(column[at + 1][0]) if at + 1 < len(column) else ""
    named = bool(_NESTED_ROW.match(following))
    for parts, first in ((below, True), (above, False)):
        if not any(one.value for one in parts):
            continue
        for number in range(len(parts), 0, -1):
            chosen = parts[:number] if first else parts[-number:]
            tried = relation("sum", chosen, total, what="column")
            if tried.holds and (number > 1 or (named and first)):
                yield tried
                return
    parts = below if named else above if not below and len(above) > 1 else []
    if len(parts) < 2:
        return
    tried = relation("sum", parts, total, what="column")
    share = abs(tried.difference) / total.value
    inner = sum(1 for row, _item in column[at + 1 :] if _NESTED_ROW.match(table.label(row)))
    sure = share <= Fraction(1, 5) and (tried.difference < 0 or share <= Fraction(1, 20)) and inner <= 1
    yield replace(tried, trust=3 if sure and table.header else 1)


def _row_totals(table: Table) -> Iterator[Relation]:
    """合计 | 3020 | 1520 | 360 | 1140: the column of totals and those behind it."""
    cells = table.header.cells if table.header else ()
    for number, cell in enumerate(cells):
        if number and _TOTAL_COLUMN.search(cell.text) and table.kinds.get(number, "") not in ("rate", "score"):
            for row in table.rows:
                total = table.item(row, number)
                if total is None or total.value <= 0:
                    continue
                behind = [i for n in range(number + 1, len(row.cells)) if (i := _plain_number(table, row, n))]
                before = [i for n in range(1, number) if (i := _plain_number(table, row, n))]
                yield from _judge_row(total, behind, before, len(cells) - number - 1, number - 1)
            return


def _plain_number(table: Table, row: Row, number: int) -> Item | None:
    item = table.item(row, number)
    if item is None or item.sort == PERCENT or table.kinds.get(number) in ("rate", "weight", "score"):
        return None
    return replace(item, label=re.sub("[（(].*", "", table.head(number)))


def _judge_row(total: Item, behind: list[Item], before: list[Item], columns: int, first: int) -> Iterator[Relation]:
    for parts in (behind, before):
        for number in range(len(parts), 0, -1):
            chosen = parts[:number]
            tried = relation("sum", chosen, total, what="row")
            if tried.holds and (number > 1 or columns > 1):
                yield tried
                return
    parts = behind if len(behind) == columns >= 2 else before if len(before) == first >= 2 and not behind else []
    if sum(1 for one in parts if one.value) >= 2:
        tried = relation("sum", parts, total, what="row")
        share = abs(tried.difference) / total.value
        yield replace(tried, trust=2 if share <= Fraction(1, 5) else 1)


# What a form shows besides


@dataclass(frozen=True, slots=True)
class FormFault:
    """A row of a form that contradicts itself: ``nothing`` (0/0 as 100 %), ``missed`` (a goal not reached, full
    points), ``blank`` (no rate, but points), ``beyond`` (more points than there are), ``over`` (more spent than
    given)."""

    kind: str
    row: Row
    cells: tuple[Cell, ...]


def form_faults(reading: Reading) -> Iterator[FormFault]:
    """Rows that cannot be right whatever the other rows say."""
    for table in tables(reading):
        numbers = {kind: table.column(kind) for kind in ("rate", "done", "given", "start", "weight", "score")}
        goal, actual = table.column("target"), table.column("actual")
        for row in table.rows:
            yield from _rate_faults(table, row, numbers)
            if goal >= 0 and actual >= 0:
                yield from _missed(table, row, goal, actual, numbers)


def _rate_faults(table: Table, row: Row, numbers: dict[str, int]) -> Iterator[FormFault]:
    given = table.item(row, numbers["given"] if numbers["given"] >= 0 else numbers["start"])
    spent, percent = table.item(row, numbers["done"]), table.item(row, numbers["rate"])
    weight, score = table.item(row, numbers["weight"]), table.item(row, numbers["score"])
    if given and spent and percent and not given.value and not spent.value and percent.value == 100:
        yield FormFault("nothing", row, (row.cells[numbers["given"]], row.cells[numbers["rate"]]))
    if given and spent and percent is None and score and score.value and 0 <= numbers["rate"] < len(row.cells):
        cell = row.cells[numbers["rate"]]
        if _BLANK.match(cell.text) and cell.text not in ("-", "—", "——") and _TOTAL_ROW.search(table.label(row)):
            yield FormFault("blank", row, (cell,))
    if given and spent and given.value and numbers["given"] >= 0 and spent.value > given.value + given.place:
        yield FormFault("over", row, (row.cells[numbers["given"]], row.cells[numbers["done"]]))
    if weight and score and score.value > weight.value:
        yield FormFault("beyond", row, (row.cells[numbers["weight"]], row.cells[numbers["score"]]))


def _missed(table: Table, row: Row, goal: int, actual: int, numbers: dict[str, int]) -> Iterator[FormFault]:
    wanted, reached = table.item(row, goal), table.item(row, actual)
    weight, score = table.item(row, numbers["weight"]), table.item(row, numbers["score"])
    if not wanted or not reached or not weight or not score or score.value < weight.value:
        return
    way = _OPERATOR.match(row.cells[goal].text)
    same = wanted.sort == reached.sort or "" in (wanted.sort, reached.sort)
    if way is None or not same or (PERCENT in (wanted.sort, reached.sort) and wanted.sort != reached.sort):
        return
    at_least = way["way"][0] in "≥>＞不大" and way["way"] not in ("不超过", "不高于")
    if (reached.value < wanted.value) if at_least else (reached.value > wanted.value):
        yield FormFault("missed", row, (row.cells[goal], row.cells[actual]))
