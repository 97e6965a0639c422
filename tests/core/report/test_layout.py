"""Form layouts: tokens, repeated rows, groups and merged cells."""

import tomllib
from collections.abc import Callable

import pytest

from core.errors import UserError
from core.report.layout import FORMS, fill, layout, parse_layout
from core.report.model import Row, Run, Runs, cell_columns

FORM = """
title = "{what}表"
columns = [1, 1, 1, 1]
align = ["center", "left", "left", "right"]
right_note = "单位：{unit}"
head = 1
[[row]]
cells = [{h = "项目"}, {h = "一级"}, {h = "二级"}, {h = "分值"}]
[[row]]
group = "g"
cells = [{h = "指标", rows = "group"}, {t = "名称", span = 2}, {t = "{what}"}]
[[row]]
group = "g"
each = "list"
least = 2
cells = [{t = "{a}", merge = true}, {t = "{b}", merge = true}, {t = "{n}"}]
[[row]]
cells = [{s = "合计", span = 3}, {s = "9"}]
"""


def values(**given: str) -> Callable[[str], Runs]:
    return lambda name: (Run(given[name]),)


def rows(count: int, *pairs: tuple[str, str]) -> list[Row]:
    lists = {"list": [values(a=a, b=b, n=str(n)) for n, (a, b) in enumerate(pairs)]}
    table = fill(parse_layout(FORM), values(what="试", unit="万元"), lists)
    assert (len(table.head), len(table.rows)) == (1, count)
    assert table.right_note == "单位：万元"
    return list(table.rows)


def shape(row: Row) -> list[tuple[str, int, int]]:
    return [("".join(run.text for run in cell.runs), cell.span, cell.rows) for cell in row.cells]


def test_groups_cover_their_rows_and_equal_cells_are_one() -> None:
    found = rows(6, ("产出", "数量"), ("产出", "数量"), ("产出", "质量"), ("效益", "质量"))
    assert shape(found[0]) == [("指标", 1, 5), ("名称", 2, 1), ("试", 1, 1)]
    assert shape(found[1]) == [("产出", 1, 3), ("数量", 1, 2), ("0", 1, 1)]
    assert shape(found[2]) == [("1", 1, 1)]
    assert shape(found[3]) == [("质量", 1, 1), ("2", 1, 1)]
    assert shape(found[4]) == [("效益", 1, 1), ("质量", 1, 1), ("3", 1, 1)]  # not joined with 质量 of 产出
    table = fill(parse_layout(FORM), values(what="试", unit="元"), {"list": [values(a="产出", b="数量", n="1")] * 3})
    assert cell_columns(table.columns, table.rows) == [(0, 1, 3), (1, 2, 3), (3,), (3,), (0, 3)]


def test_a_list_without_rows_leaves_room_to_write() -> None:
    found = rows(4)
    assert shape(found[0])[0] == ("指标", 1, 3)
    assert shape(found[1]) == shape(found[2]) == [("", 1, 1), ("", 1, 1), ("", 1, 1)]


def test_an_unknown_token_is_no_blank() -> None:
    with pytest.raises(KeyError):
        fill(parse_layout(FORM), values(what="试"), {"list": []})


@pytest.mark.parametrize("text", ["columns = [", "columns = [1]", 'columns = ["x"]\n[[row]]\ncells = []'])
def test_a_broken_layout_says_so(text: str) -> None:
    with pytest.raises(UserError, match="表样"):
        parse_layout(text)


@pytest.mark.parametrize(
    "name",
    [path.stem for path in FORMS.glob("*.toml") if {"columns", "row"} <= set(tomllib.loads(path.read_text("utf-8")))],
)
def test_every_row_of_a_form_that_comes_with_the_program_is_full(name: str) -> None:
    form = layout(name)
    lists = {each: [lambda _name: (Run("x"),)] * 3 for each, _token in form.list_tokens()}
    table = fill(form, lambda _name: (Run("x"),), lists)
    for part in (table.head, table.rows):
        reach = [0] * len(table.columns)
        for row, places in zip(part, cell_columns(table.columns, part), strict=True):
            taken = [column for column, count in enumerate(reach) if count]
            taken += [c for place, cell in zip(places, row.cells, strict=True) for c in range(place, place + cell.span)]
            assert sorted(taken) == list(range(len(table.columns))), f"{name}: {shape(row)}"
            for place, cell in zip(places, row.cells, strict=True):
                for column in range(place, place + cell.span):
                    reach[column] = cell.rows
            reach = [max(0, count - 1) for count in reach]
        assert not any(reach), "a cell reaches beyond the last row"
