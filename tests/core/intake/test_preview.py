"""The preview row by row: what each row of the sheet is, and exactly what is stored of it."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.intake.header import header_at, lacking
from core.intake.make import best_sheet, make_plan
from core.intake.plan import Choices
from core.intake.preview import Cells, State, preview
from core.intake.sheet import open_workbook
from core.money import show_yuan
from tests.core.intake.ugly import HEAD, LINES, TODAY, TOTAL, ledger, payments, plan_of, write


def shown(path: Path, kind: str = "", **choices: Any):
    book, workbook = ledger(), open_workbook(path)
    sheet, header = best_sheet(workbook, kind)
    plan = make_plan(book, workbook, sheet, header, Choices(**choices), TODAY)
    return plan, preview(sheet, plan), Cells(book, sheet, plan)


def test_every_row_is_named(tmp_path: Path) -> None:
    rows = [("2023年支付明细",), (None,) * 5 + ("单位：元",), HEAD, *LINES, LINES[0], (),
            ("2023-06-09", "P9", "x", "y", "三八活动", "1,2"), ("合　计", *(None,) * 4, TOTAL / 100),
            ("填表人：",)]  # fmt: skip
    _plan, seen, _cells = shown(write(tmp_path / "a.xlsx", rows))
    assert [str(state) for state in seen.states] == [
        "title", "unit", "header", "new", "new", "new", "duplicate", "blank", "doubtful", "total", "skipped",
    ]  # fmt: skip
    assert [(line.row, str(line.state)) for line in seen.lines][3:] == [
        (7, "duplicate"), (9, "doubtful"), (10, "skipped"), (11, "skipped"),
    ]  # fmt: skip
    assert dict(seen.counts) == {State.NEW: 3, State.DUPLICATE: 1, State.DOUBTFUL: 1, State.SKIPPED: 2}
    assert (9, "amount") in seen.doubtful and seen.lines[3].may_take and not seen.lines[4].may_take


def test_what_is_shown_is_what_is_stored(tmp_path: Path) -> None:
    plan, seen, cells = shown(write(tmp_path / "a.xlsx", [HEAD, *LINES]))
    fields = ("date", "voucher", "payee", "purpose", "project", "amount")
    assert set(seen.columns) == set(fields)
    for line, payment in zip(seen.lines, payments(plan), strict=True):
        texts = [cells.text(line, field) for field in fields]
        assert texts[:4] == [payment.date, payment.voucher, payment.payee, payment.purpose]
        assert texts[5] == show_yuan(payment.amount)
    assert [cells.text(line, "project") for line in seen.lines] == [line[4] for line in LINES]


def test_a_row_of_several_events_shows_each_in_its_column(tmp_path: Path) -> None:
    rows = [("项目名称", "年初预算数(万元)", "追加(减)(万元)"), ("三八活动", 1, -0.5)]
    _plan, seen, cells = shown(write(tmp_path / "a.xlsx", rows), kind="events")
    line = seen.lines[0]
    assert [cells.text(line, field) for field in ("initial", "supplement", "project")] == [
        "10,000.00", "-5,000.00", "三八活动",
    ]  # fmt: skip
    assert "amount" not in seen.columns and len(line.records) == 2


def test_new_projects_indicators_and_stated_figures(tmp_path: Path) -> None:
    unknown = (*LINES[0][:4], "新活动", 5)
    _plan, seen, cells = shown(write(tmp_path / "a.xlsx", [HEAD, unknown]), create_all=True)
    assert cells.text(seen.lines[0], "project") == "新活动" and seen.lines[0].state == State.NEW
    rows = [("一级指标", "二级指标", "三级指标", "年度指标值", "分值"), ("产出指标", "数量指标", "场次", "≥30场", 10)]
    _plan, seen, cells = shown(write(tmp_path / "b.xlsx", rows))
    fields = ("name", "operator", "target", "unit", "weight")
    assert [cells.text(seen.lines[0], field) for field in fields] == ["场次", "≥", "30", "场", "10"]
    rows = [("填报项", "金额(万元)"), ("支出", 101.09)]
    _plan, seen, cells = shown(write(tmp_path / "c.xlsx", rows), kind="stated")
    assert (cells.text(seen.lines[0], "item"), cells.text(seen.lines[0], "amount")) == ("支出", "101.09万元")
    rows = [("项目代码", "项目名称", "项目类别", "年初预算(元)"), ("019", "新项目", "业务工作专项", 300)]
    _plan, seen, cells = shown(write(tmp_path / "d.xlsx", rows), kind="projects")
    texts = [cells.text(seen.lines[0], field) for field in ("project_code", "project", "kind", "initial")]
    assert texts == ["019", "新项目", "业务工作专项", "300.00"]


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("payments", "amount", "金额"),
        ("events", "amount", "金额"),
        ("stated", "item", "填报项"),
        ("projects", "project", "项目名称"),
    ],
)
def test_a_column_that_every_row_must_have_is_asked_for(tmp_path: Path, kind: str, field: str, words: str) -> None:
    workbook = open_workbook(write(tmp_path / "a.xlsx", [("甲", "乙"), ("x", "y")]))
    sheet = workbook.read("支付明细")
    header = header_at(sheet, kind, 0, 0)
    assert field in lacking(header)
    with pytest.raises(UserError, match=f"请指定哪一列是{words}"):
        make_plan(ledger(), workbook, sheet, header, Choices(), TODAY)


def test_rows_left_out_and_a_day_for_rows_without_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD, *LINES])
    plan = plan_of(path, left_out=frozenset((3,)))
    assert (plan.new, [(one.row, one.reason) for one in plan.skipped]) == (2, [(3, "选择不导入")])
    undated = write(tmp_path / "b.xlsx", [HEAD[1:], *(line[1:] for line in LINES)])
    assert plan_of(undated).new == 0
    assert {one.date for one in payments(plan_of(undated, day="2023-07-01"))} == {"2023-07-01"}
