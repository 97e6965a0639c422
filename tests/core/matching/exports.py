"""Exports of the budget system for tests, as its web pages save them."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from core.batches import EXPORTS
from core.book import Book
from core.intake.header import find_header
from core.intake.plan import Choices
from core.intake.sheet import workbook_of
from core.matching.compare import compare
from core.matching.exported import Export, compared_to, read_export
from core.matching.model import Answers, Comparison
from core.model import Payment
from core.money import show_yuan
from tests.builders import YEAR

TODAY = date(2024, 1, 20)
HEADINGS = ("支付日期", "支付凭证号", "收款人全称", "用途", "项目代码", "项目名称", "部门支出经济分类", "支付金额(元)")


def row_of(book: Book, payment: Payment) -> list[str]:
    """A payment as the system prints it."""
    held = book.project_year(payment.year, payment.project)
    assert held is not None
    return [
        payment.date, payment.voucher, payment.payee, payment.purpose, held.code, held.name,
        payment.economic_code, show_yuan(payment.amount, separators=False),
    ]  # fmt: skip


def text_of(rows: Iterable[list[str]], headings: Iterable[str] = HEADINGS, title: str = "") -> bytes:
    """A sheet as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    if title:
        writer.writerow([title])
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def exported(
    book: Book,
    rows: Iterable[list[str]],
    headings: Iterable[str] = HEADINGS,
    title: str = "",
    year: int = YEAR,
    is_own: bool = False,
    choices: Choices | None = None,
) -> Export:
    """What is read of such a sheet."""
    workbook = workbook_of(text_of(rows, headings, title), "支付明细.csv")
    sheet = workbook.read(workbook.sheets[0].name)
    header = find_header(sheet, among=tuple(EXPORTS))
    assert header is not None
    return read_export(book, workbook, sheet, header, choices or Choices(), year, is_own)


def compared(
    book: Book,
    rows: Iterable[list[str]],
    answers: Answers | None = None,
    until: str = "",
    choices: Choices | None = None,
) -> Comparison:
    """The comparison with such a sheet."""
    export = exported(book, rows, choices=choices)
    return compare(book, export, until or compared_to(export, TODAY), answers or Answers())


def payments_of(book: Book, year: int = YEAR) -> list[Payment]:
    """All payments of a year."""
    return [one for row in book.project_years(year) for one in book.payments(year, row.project)]
