"""月度对账 of a year of 10,000 payments: an export read and compared, with numbers and without."""

import csv
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from core.book import Book
from tests.bench.ledgers import YEAR, large_book

HEADINGS = ("支付日期", "支付凭证号", "收款人全称", "用途", "项目代码", "项目名称", "部门支出经济分类", "支付金额(元)")


def write_export(path: Path, book: Book, numbered: bool, changed: int = 200) -> None:
    """All payments of the year as the system prints them; ``changed`` of them with another amount, day or payee, or
    left out."""
    rng = random.Random(changed)
    held = [(row, one) for row in book.project_years(YEAR) for one in book.payments(YEAR, row.project)]
    picked = set(rng.sample(range(len(held)), min(changed, len(held))))
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for place, (row, one) in enumerate(held):
            if place in picked:
                if place % 4 == 0:
                    continue
                ways = ({"amount": one.amount + 1}, {"date": f"{YEAR}-12-29"}, {"payee": "另一家公司"})
                one = replace(one, **ways[place % 4 - 1])  # type: ignore[arg-type]
            voucher = one.voucher if numbered else ""
            amount = f"{one.amount // 100}.{one.amount % 100:02d}"
            writer.writerow([one.date, voucher, one.payee, one.purpose, row.code, row.name, one.economic_code, amount])


def matching_times(folder: Path, payments: int) -> dict[str, float]:
    """Seconds of reading and of comparing."""
    from core.batches import EXPORTS
    from core.collecting import paused
    from core.intake.plan import Choices
    from core.intake.sheet import open_workbook
    from core.intake.survey import survey
    from core.matching.compare import compare
    from core.matching.exported import compared_to, read_export
    from core.matching.model import Answers

    book = large_book(payments)
    spans: dict[str, float] = {}
    for name, numbered in (("with numbers", True), ("without", False)):
        write_export(folder / "export.csv", book, numbered)
        with paused():
            begun = perf_counter()
            workbook = open_workbook(folder / "export.csv")
            [found] = survey(workbook, kinds=tuple(EXPORTS))
            assert found.sheet is not None and found.header is not None
            export = read_export(book, workbook, found.sheet, found.header, Choices(), YEAR)
            spans[f"read {name}"] = perf_counter() - begun
            begun = perf_counter()
            result = compare(book, export, compared_to(export, date.today()), Answers())
            spans[f"compare {name}"] = perf_counter() - begun
        assert result.open and result.total.unexplained == 0
    return spans
