"""Writes workbooks with the habits of real ones, and reads them into plans."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from core.book import Book
from core.intake.make import best_sheet, make_plan
from core.intake.plan import Choices, Plan
from core.intake.sheet import open_workbook
from core.model import BudgetEvent, Payment
from tests.builders import project, with_year

TODAY = date(2023, 11, 23)
HEAD = ("支付日期", "支付凭证号", "收款人", "用途", "项目名称", "支付金额（元）")
LINES = (
    ("2023-03-08", "P001", "示例文印店", "三八活动材料印制", "三八活动", 1200.5),
    ("2023-05-06", "P002", "示例超市", "慰问品", "业务性专项经费", 20700),
    ("2023-06-01", "P003", "示例书店", "图书", "业务性专项经费", 99.99),
)
TOTAL = 120050 + 2070000 + 9999


def ledger() -> Book:
    """A unit with one year and three projects."""
    book = with_year()
    for name in ("业务性专项经费", "三八活动", "换届大会费用"):
        book, _where = project(book, name)
    return book


def write(path: Path, rows: Sequence[Sequence[Any]], more: "Callable[[Any, Any], None] | None" = None,
          name: str = "支付明细") -> Path:  # fmt: skip
    """A workbook of one sheet; ``more(workbook, sheet)`` does what rows cannot say."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(name)
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(place, column, value)
    if more:
        more(book, sheet)
    book.close()
    return path


def plan_of(path: Path, book: Book | None = None, kind: str = "", sheet: str = "", **choices: Any) -> Plan:
    """What importing the file would do."""
    workbook = open_workbook(path)
    if sheet:
        from core.intake.header import find_header

        read = workbook.read(sheet)
        header = find_header(read, kind)
        assert header
    else:
        read, header = best_sheet(workbook, kind)
    return make_plan(book or ledger(), workbook, read, header, Choices(**choices), TODAY)


def payments(plan: Plan) -> list[Payment]:
    """The payments of a plan."""
    return [one.record for one in plan.records if isinstance(one.record, Payment)]


def events(plan: Plan) -> list[BudgetEvent]:
    """The budget events of a plan."""
    return [one.record for one in plan.records if isinstance(one.record, BudgetEvent)]


def amounts(plan: Plan) -> list[int]:
    """The amounts of a plan, in 分."""
    return [one.record.amount for one in plan.records if isinstance(one.record, Payment | BudgetEvent)]


def reasons(plan: Plan) -> dict[int, str]:
    """Why rows are in doubt, by row."""
    return {one.row: one.reason for one in plan.doubts}
