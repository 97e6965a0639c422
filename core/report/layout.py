"""Form layouts (表样) as data: columns, merged cells and tokens in TOML, filled into a table of the document.

A layout row is printed once, or with ``each`` once for every row of a list, such as the indicators of a project.
A cell is ``{h = "…"}`` (heading), ``{t = "…"}`` (body) or ``{s = "…"}`` (total), with ``span`` columns and ``rows``
rows; ``rows = "group"`` covers all rows printed of the rows that name the same ``group``, and ``merge`` joins a cell
with the equal ones below it. ``{name}`` in a text stands for a value.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.i18n import _
from core.report.model import Align, Cell, Column, Role, Row, Run, Runs, Table

FORMS = Path(__file__).resolve().parent.parent.parent / "resources" / "forms"
GROUP = -1  # ``CellSpec.rows`` of a cell that covers its whole group
_TOKEN = re.compile(r"\{([^{}]+)\}")
_ROLES = {"h": Role.HEADER, "t": Role.BODY, "s": Role.TOTAL}

Values = Callable[[str], Runs]  # what a token name stands for. Raises ``KeyError`` for a name it does not know


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell of a layout."""

    text: str
    role: Role
    align: Align | None
    span: int
    rows: int
    merge: bool


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row of a layout; ``each`` names the list it is printed for, ``least`` how often at least. ``again``: it
    heads its group on every page."""

    cells: tuple[CellSpec, ...]
    each: str = ""
    group: str = ""
    least: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form: its title, its columns, how many rows its head has, and its rows."""

    name: str
    title: str
    landscape: bool
    columns: tuple[Column, ...]
    head: int
    rows: tuple[RowSpec, ...]
    left_note: str = ""
    right_note: str = ""
    notes: tuple[str, ...] = ()  # lines under the table

    def tokens(self) -> set[str]:
        """Every name the layout asks a value for, in rows that are printed once."""
        texts = [self.title, self.left_note, self.right_note, *self.notes]
        texts += [cell.text for row in self.rows if not row.each for cell in row.cells]
        return {name for text in texts for name in _TOKEN.findall(text)}

    def list_tokens(self) -> set[tuple[str, str]]:
        """Every list with the names its rows ask a value for."""
        rows = [row for row in self.rows if row.each]
        return {(row.each, name) for row in rows for cell in row.cells for name in _TOKEN.findall(cell.text)}


def layout(name: str) -> Layout:
    """A layout that comes with the program, by file name."""
    return parse_layout((FORMS / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def parse_layout(text: str) -> Layout:
    """The layout written in ``text``. Raises ``UserError`` when it cannot be used."""
    try:
        data = tomllib.loads(text)
        aligns = data.get("align", [])
        columns = tuple(
            Column(float(width), Align(aligns[n]) if n < len(aligns) else Align.LEFT)
            for n, width in enumerate(data["columns"])
        )
        rows = tuple(_row(row) for row in data["row"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UserError(_("表样无法读取（{error}），请恢复程序自带的表样。").format(error=error)) from error
    return Layout(
        name=data.get("name", ""),
        title=data.get("title", ""),
        landscape=data.get("landscape", False),
        columns=columns,
        head=data.get("head", 0),
        rows=rows,
        left_note=data.get("left_note", ""),
        right_note=data.get("right_note", ""),
        notes=tuple(data.get("notes", ())),
    )


def _row(data: Mapping[str, Any]) -> RowSpec:
    cells = tuple(_cell(cell) for cell in data["cells"])
    return RowSpec(cells, data.get("each", ""), data.get("group", ""), data.get("least", 0), data.get("again", False))


def _cell(data: Mapping[str, Any]) -> CellSpec:
    kind = next(key for key in _ROLES if key in data)
    role = _ROLES[kind]
    align = Align(data["align"]) if "align" in data else Align.CENTER if role is Role.HEADER else None
    rows = data.get("rows", 1)
    return CellSpec(
        data[kind], role, align, data.get("span", 1), GROUP if rows == "group" else int(rows), data.get("merge", False)
    )


def fill(form: Layout, value: Values, lists: Mapping[str, Sequence[Values]]) -> Table:
    """The table of a form with every token in place. Raises ``KeyError`` for a token or list that is not known."""
    printed: list[tuple[RowSpec, list[Cell]]] = []
    for spec in form.rows:
        for one in _repeated(spec, value, lists):
            printed.append((spec, [_filled(cell, one) for cell in spec.cells]))
    grouped = _grouped(printed)
    rows = tuple(
        Row(tuple(cells), again=spec.again) for (spec, _), cells in zip(grouped, _joined(grouped), strict=True)
    )
    return Table(
        form.columns,
        rows[: form.head],
        rows[form.head :],
        left_note=words(form.left_note, value),
        right_note=words(form.right_note, value),
        whole=True,
    )


def words(text: str, value: Values) -> str:
    """A text with its tokens in place, as plain words."""
    return "".join(run.text for run in runs(text, value))


def runs(text: str, value: Values) -> Runs:
    """A text with its tokens in place."""
    found: list[Run] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            found.append(Run(text[end : match.start()]))
        found += value(match[1])
        end = match.end()
    if end < len(text) or not found:
        found.append(Run(text[end:]))
    return tuple(found)


def _repeated(spec: RowSpec, value: Values, lists: Mapping[str, Sequence[Values]]) -> Iterable[Values]:
    """What the tokens of a row stand for, each time it is printed."""
    if not spec.each:
        return (value,)
    found = list(lists[spec.each])
    return [*found, *(_nothing for _number in range(spec.least - len(found)))]


def _nothing(_name: str) -> Runs:
    return (Run(""),)


def _filled(spec: CellSpec, value: Values) -> Cell:
    return Cell(runs(spec.text, value), spec.role, spec.align, spec.span, spec.rows)


def _grouped(printed: list[tuple[RowSpec, list[Cell]]]) -> list[tuple[RowSpec, list[Cell]]]:
    """Cells that cover their group know how many rows that is; a list of the group repeats no such cell."""
    found: list[tuple[RowSpec, list[Cell]]] = []
    for group, members in groupby(printed, key=lambda pair: pair[0].group):
        rows = list(members)
        for number, (spec, cells) in enumerate(rows):
            left = len(rows) - number if group else 1
            wide = [replace(cell, rows=left) if cell.rows == GROUP else cell for cell in cells]
            again = number > 0 and rows[number - 1][0] is spec
            kept = [cell for cell, held in zip(wide, cells, strict=True) if not (again and held.rows == GROUP)]
            found.append((spec, kept if again else wide))
    return found


def _joined(printed: list[tuple[RowSpec, list[Cell]]]) -> list[list[Cell]]:
    """Equal cells below each other made one, where the layout says so; a later column joins only inside what the
    columns before it joined."""
    found = [list(cells) for _spec, cells in printed]
    start = 0
    while start < len(printed):
        spec = printed[start][0]
        end = start + 1
        while end < len(printed) and printed[end][0] is spec:
            end += 1
        merged = [place for place, cell in enumerate(spec.cells) if cell.merge]
        if spec.each and merged and end - start > 1:
            _join_columns(found, range(start, end), [place - len(spec.cells) for place in merged])
        start = end
    return found


def _join_columns(found: list[list[Cell]], rows: range, places: list[int]) -> None:
    """Join the cells of these columns, counted from the end of each row, over runs of rows that read the same."""
    # A blank is for writing on: it is joined with nothing.
    keys = {row: tuple(_text(found[row][place]) or f"blank {row}" for place in places) for row in rows}
    dropped: dict[int, list[int]] = {row: [] for row in rows}
    for depth, place in enumerate(places):
        for _key, members in groupby(rows, key=lambda row: keys[row][: depth + 1]):
            same = list(members)
            found[same[0]][place] = replace(found[same[0]][place], rows=len(same))
            for row in same[1:]:
                dropped[row].append(place)
    for row, gone in dropped.items():
        cells = found[row]
        found[row] = [cell for n, cell in enumerate(cells) if n - len(cells) not in gone]


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)
