"""A workbook of 100,000 payments: written once, then read, mapped and stored as an import does it."""

import random
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from core import commands
from core.ledger import Ledger
from core.outline import default_template_text
from core.policy import default_policy_text
from tests.bench.ledgers import KINDS, YEAR

HEADINGS = ("序号", "支付日期", "支付凭证号", "收款人全称", "用途", "项目代码", "项目名称", "功能分类科目",
            "部门支出经济分类", "资金性质", "支付方式", "支付金额(元)")  # fmt: skip


def write_workbook(path: Path, payments: int, projects: int = 40) -> None:
    """A list of payments as a payment system exports it, with a title, a refund now and then, and a total."""
    import xlsxwriter

    rng = random.Random(payments)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("支付明细")
    sheet.write_row(0, 0, [f"{YEAR}年支付明细表"])
    sheet.write_row(1, 0, HEADINGS)
    total = 0
    for number in range(payments):
        project = rng.randrange(projects)
        amount = rng.randint(100, 2_000_000)
        total += amount
        day = f"{YEAR}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        sheet.write_row(number + 2, 0, [
            number + 1, day, f"{number:08d}", f"供应商{number % 997}", "办公用品采购", f"{project:021d}",
            f"项目{project:04d}", "2012902 一般行政管理事务", "30201 办公费", "一般公共预算资金", "11 直接支付",
            amount / 100,
        ])  # fmt: skip
    sheet.write_row(payments + 2, 0, ["合　计", *[""] * 10, total / 100])
    book.close()


def empty_ledger(path: Path, projects: int = 40) -> Ledger:
    """A file with the projects of the workbook and no payments."""
    ledger = Ledger.create(path)
    ledger.commit(commands.found_unit(ledger.book))
    names = {"name": "示范区妇女联合会", "short_name": "区妇联"}
    ledger.commit(commands.open_year(ledger.book, YEAR, default_policy_text(), default_template_text(), **names))
    for number in range(projects):
        kind = KINDS[number % len(KINDS)]
        ledger.commit(commands.add_project(ledger.book, YEAR, f"项目{number:04d}", kind, code=f"{number:021d}"))
    return ledger


def import_times(folder: Path, payments: int) -> dict[str, float]:
    """Seconds of each step of an import."""
    from core.collecting import paused
    from core.intake.commit import change_of
    from core.intake.make import best_sheet, make_plan
    from core.intake.plan import Choices
    from core.intake.sheet import open_workbook

    write_workbook(folder / "payments.xlsx", payments)
    ledger = empty_ledger(folder / "intake.ysz")
    spans: dict[str, float] = {}

    def lap(name: str) -> None:
        nonlocal begun
        spans[name] = perf_counter() - begun
        begun = perf_counter()

    with paused():
        begun = perf_counter()
        workbook = open_workbook(folder / "payments.xlsx")
        lap("open")
        sheet, header = best_sheet(workbook)
        lap("read")
        plan = make_plan(ledger.book, workbook, sheet, header, Choices(), date.today())
        lap("plan")
        assert (plan.new, len(plan.doubts), plan.total) == (payments, 0, plan.sheet_total)
        change = change_of(ledger.book, plan, datetime.now())
        lap("change")
        ledger.prepare(change)  # in a worker, as the three steps before
        lap("prepare")
        ledger.commit(change)
        lap("commit")
        again = make_plan(ledger.book, workbook, sheet, header, Choices(), date.today())
        lap("plan again")
        assert len(again.duplicates) == payments and not again.records
    ledger.close()
    return spans
