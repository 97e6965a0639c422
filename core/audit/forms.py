"""Self-evaluation forms: rows that cannot be right whatever the other rows say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.audit.model import PERCENT
from core.audit.reading import Cell, Reading, Row
from core.audit.tables import TOTAL_ROW, Table, tables

_BLANK: Final = re.compile(r"^[（(]?[空无/\-—–]*[）)]?$")
_PERIOD: Final = re.compile(r"季度|半年|[一二三四五六七八九十\d]月")  # money moves between the parts of a year
_OPERATOR: Final = re.compile(r"^\s*(?P<way>[≥≤><＞＜]=?|不低于|不少于|不超过|不高于|大于|小于)")


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
        for row in filter(table.aligned, table.rows):
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
        if _BLANK.match(cell.text) and cell.text not in ("-", "—", "——") and TOTAL_ROW.search(table.label(row)):
            yield FormFault("blank", row, (cell,))
    over = given and spent and given.value and numbers["given"] >= 0 and spent.value > given.value + given.place
    if over and not _PERIOD.search(table.label(row)):
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
