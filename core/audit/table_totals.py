"""What the tables say in figures: rates of execution, totals of columns and rows, rests and adjusted budgets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from core.audit.model import MONEY, PERCENT, POINTS, Item, Relation
from core.audit.percent import fits, ratio
from core.audit.reading import Reading, Row
from core.audit.runs import relation
from core.audit.tables import MONEY_COLUMNS, NESTED_ROW, TOTAL_COLUMN, TOTAL_ROW, Table, nested, tables

_BLANK: Final = re.compile(r"^[（(]?[空无/\-—–]*[）)]?$")

_Tried = tuple[Relation | None, Item, list[Item], list[Item]]  # of a total: what came of it, what is below and above


def table_relations(reading: Reading) -> Iterator[Relation]:
    """Everything in the tables that can be worked out again."""
    for table in tables(reading):
        inner, lines = nested(table)
        yield from inner
        yield from _rates(table)
        yield from _column_totals(table, lines)
        yield from _row_totals(table)
        yield from _row_balances(table)


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
        elif table.aligned(row):
            doubt = percent.sort != PERCENT or spent.sort != given[0].sort
            yield replace(ratio("ratio", spent, given[0], percent, False, "table"), trust=1 if doubt else 3)


def _full_marks(table: Table, row: Row) -> bool:
    weight, score = table.item(row, table.column("weight")), table.item(row, table.column("score"))
    return bool(weight and score and weight.value == score.value)


# Totals of columns and rows


def _column_totals(table: Table, inner: frozenset[int]) -> Iterator[Relation]:
    """A total row above its parts (其中 …) or below them, in every column of money or persons."""
    tried: dict[tuple[int, int], _Tried] = {}
    width = max((len(row.cells) for row in table.rows), default=0)
    for number in range(1, width):
        if table.kinds.get(number) in ("rate", "weight", "score", "target", "actual"):
            continue
        column = [(row, table.item(row, number)) for row in table.rows if row.line not in inner]
        for at, (row, total) in enumerate(column):
            if total is None or total.value <= 0 or total.sort in (PERCENT, POINTS):
                continue
            if not TOTAL_ROW.search(table.label(row)) or (
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
        if TOTAL_ROW.search(table.label(row)):
            break
        if item and item.sort != PERCENT and (item.sort in (total.sort, "") or total.sort == ""):
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
    named = bool(NESTED_ROW.match(following))
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
    inner = sum(1 for row, _item in column[at + 1 :] if NESTED_ROW.match(table.label(row)))
    sure = share <= Fraction(1, 5) and (tried.difference < 0 or share <= Fraction(1, 20)) and inner <= 1
    yield replace(tried, trust=3 if sure and table.header else 1 if share <= Fraction(1, 2) else 0)


def _row_totals(table: Table) -> Iterator[Relation]:
    """合计 | 3020 | 1520 | 360 | 1140: the column of totals and those behind it."""
    cells = table.header.cells if table.header else ()
    for number, cell in enumerate(cells):
        if number and TOTAL_COLUMN.search(cell.text) and table.kinds.get(number, "") not in ("rate", "score"):
            for row in table.rows:
                total = table.item(row, number)
                if total is None or total.value <= 0:
                    continue
                behind = [i for n in range(number + 1, len(row.cells)) if (i := _plain_number(table, row, n))]
                before = [i for n in range(1, number) if (i := _plain_number(table, row, n))]
                yield from _judge_row(total, behind, before, len(cells) - number - 1, number - 1)
            return


def _row_balances(table: Table) -> Iterator[Relation]:
    """预算 | 支出 | 结余, 年初预算 | 调整 | 全年预算, and a column divided by 其中 columns, row by row."""
    columns = {kind: table.column(kind) for kind in MONEY_COLUMNS}
    for row in table.rows:
        start, given, done, change, rest = (
            table.item(row, columns[kind]) for kind in ("start", "given", "done", "change", "rest")
        )
        whole, last = (given, columns["given"]) if given else (start, columns["start"])
        if rest and done and whole and (given or columns["change"] < 0):
            made = relation("balance", (whole, done), rest, (1, -1), "row")
            together = columns["rest"] == columns["done"] + 1 == last + 2
            yield made if made.holds else replace(made, trust=2 if together and table.aligned(row) else 0)
        if start and change and given:
            made = relation("sum", (start, change), given, what="row")
            together = columns["given"] == columns["change"] + 1 == columns["start"] + 2
            yield made if made.holds else replace(made, trust=2 if together and table.aligned(row) else 0)
        for number in range(1, len(row.cells) - 2):
            if NESTED_ROW.match(table.head(number + 1)) and not NESTED_ROW.match(table.head(number)):
                yield from _divided(table, row, number)


def _divided(table: Table, row: Row, number: int) -> Iterator[Relation]:
    """实有人数 | 其中：在职 | 退休: the columns behind 其中 that make the one before it."""
    total = table.item(row, number)
    parts = []
    for place in range(number + 1, len(row.cells)):
        item = table.item(row, place)
        if item is None:
            break
        parts.append(item)
        made = relation("sum", parts, total, what="row") if total else None
        if made and made.holds and len(parts) > 1:
            yield made
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
