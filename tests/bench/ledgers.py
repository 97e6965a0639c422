"""Large ledgers for the benchmark, alike from run to run."""

import random
from dataclasses import replace
from pathlib import Path

from core import commands
from core.book import Book
from core.change import Change, Diff, join
from core.draft import Draft
from core.ledger import Ledger
from core.model import BudgetEvent, Payment, YearState
from core.outline import default_template_text
from core.policy import default_policy_text
from core.seal import seal

YEAR = 2023
KINDS = ("人员经费", "公用经费", "业务工作专项", "运行维护专项", "上级专项")


def large_book(payments: int, projects: int = 40) -> Book:
    """One open year with this many payments spread over the projects."""
    return _grown(payments, projects)[0]


def large_file(path: Path, payments: int, projects: int = 40) -> None:
    """The same year as a file, made in one transaction as an import would be."""
    ledger = Ledger.create(path)
    before = ledger.book
    book, changes = _grown(payments, projects)
    ledger.commit(join("生成", changes))
    assert sum(1 for _ in ledger.book.records()) == sum(1 for _ in book.records()) and before is not book
    ledger.close()


def yearly_file(path: Path, payments: int, years: int, projects: int = 40) -> None:
    """A file of several years up to ``YEAR`` with this many payments in all; all years but the last are final."""
    ledger = Ledger.create(path)
    for year in range(YEAR - years + 1, YEAR + 1):
        _book, changes = _grown(payments // years, projects, ledger.book, year)
        ledger.commit(join("生成", changes))
        if year != YEAR:
            held = ledger.book.year(year)
            assert held is not None
            sealed = replace(held, state=YearState.FINAL, seal=seal(ledger.book, year, YearState.FINAL))
            ledger.commit(Change("定稿", (Diff(held, sealed),)))
    ledger.close()


def _grown(payments: int, projects: int, held: Book | None = None, year: int = YEAR):  # type: ignore[no-untyped-def]
    rng = random.Random(payments)
    held = held or Book()
    book, changes = held, []

    def take(change):  # type: ignore[no-untyped-def]
        nonlocal book
        book = book.apply(change)
        changes.append(change)

    if not held.years():
        take(commands.found_unit(book))
    names = {"name": "示范区妇女联合会", "short_name": "区妇联"}
    take(commands.open_year(book, year, default_policy_text(), default_template_text(), **names))
    for number in range(projects):
        take(commands.add_project(book, year, f"项目{number:04d}", KINDS[number % len(KINDS)], code=f"{number:021d}"))
    draft = Draft(book)
    wheres = [row.project for row in book.projects(year)]
    spent = dict.fromkeys(wheres, 0)
    for number in range(payments):
        day = f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        paid = draft.add(
            Payment(
                0,
                year,
                rng.choice(wheres),
                day,
                rng.randint(100, 2_000_000),
                payee=f"供应商{number % 997}",
                purpose="办公用品采购",
                voucher=f"{number:08d}",
                economic_code="30201",
            )
        )
        spent[paid.project] += paid.amount
    for where in wheres:
        # A year in order: what is left is recovered, so that an edit raises its own findings and no others stand.
        draft.add(_event(year, where, "initial", "01-15", spent[where] + spent[where] // 20))
        draft.add(_event(year, where, "recovered", "12-31", spent[where] // 20))
    take(draft.change("支出"))
    return book, changes


def _event(year: int, where: int, kind: str, day: str, amount: int) -> BudgetEvent:
    return BudgetEvent(0, year, where, f"{year}-{day}", kind, amount, doc_no="示例〔2023〕1号", memo="部门预算批复")


def write_journal(path: Path, book: Book) -> None:
    """The same budgets and payments as a plain-text journal for the program ``ledger``."""
    lines = []
    for row in book.projects(YEAR):
        for event in book.events(YEAR, row.project):
            lines += ["~ Yearly", f"    Spent:P{row.project}  {event.amount / 100:.2f}", "    Budget", ""]
    for row in book.projects(YEAR):
        for payment in book.payments(YEAR, row.project):
            day = payment.date.replace("-", "/")
            lines += [f"{day} {payment.payee}", f"    Spent:P{row.project}  {payment.amount / 100:.2f}", "    Bank", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
