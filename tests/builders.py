"""Small ledgers for tests, made with the program's own commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import commands, indicators
from core.book import Book
from core.change import Change
from core.ledger import Ledger
from core.outline import default_template_text
from core.policy import default_policy_text

WAN = 1_000_000  # 1万元 in 分
YEAR = 2023


def with_year(book: Book | None = None, year: int = YEAR) -> Book:
    """A unit with one open year."""
    book = book or Book()
    if not book.unit.id:
        book = book.apply(commands.found_unit(book, code="019100"))
    names = {"name": "示范区妇女联合会", "short_name": "区妇联"}
    return book.apply(commands.open_year(book, year, default_policy_text(), default_template_text(), **names))


def do(book: Book, command: Callable[..., Change], *args: Any, **kwargs: Any) -> Book:
    """The book after a command."""
    return book.apply(command(book, *args, **kwargs))


def project(book: Book, name: str, kind: str = "业务工作专项", parent: int = 0, year: int = YEAR) -> tuple[Book, int]:
    """Add a project; returns its id too."""
    change = commands.add_project(book, year, name, kind, parent)
    return book.apply(change), change.diffs[0].record.id


def event(book: Book, where: int, kind: str, amount: int, day: str = "2023-01-15", **details: Any) -> Book:
    """Add a budget event of ``amount`` 分."""
    return do(book, commands.add_event, int(day[:4]), where, kind, day, amount, **details)


def payment(book: Book, where: int, amount: int, day: str = "2023-06-01", **details: Any) -> Book:
    """Add a payment of ``amount`` 分."""
    return do(book, commands.add_payment, int(day[:4]), where, day, amount, **details)


def indicator(book: Book, about: int = 0, version: str = "self", year: int = YEAR, **fields: Any) -> Book:
    """Add an indicator, as typed; by default one of 数量指标 with 10 points, a target of 30场 and as many done."""
    usual = {"level1": "产出指标", "level2": "数量指标", "name": "开展宣讲活动场次", "weight": "10"}
    typed = {"operator": "≥", "target": "30", "unit": "场", "actual": "30" if version == "self" else ""}
    return do(book, indicators.add_indicator, year, about, version, **{**usual, **typed, **fields})


def on_disk(path: Path) -> Ledger:
    """A new ledger file with a unit, a year and one project of 3万元, 2.07 spent and 0.93 recovered."""
    ledger = Ledger.create(path)
    names = {"name": "示范区妇女联合会", "short_name": "区妇联"}
    ledger.commit(commands.found_unit(ledger.book))
    ledger.commit(commands.open_year(ledger.book, YEAR, default_policy_text(), default_template_text(), **names))
    ledger.commit(commands.add_project(ledger.book, YEAR, "业务性专项经费", "业务工作专项"))
    where = ledger.book.projects(YEAR)[0].project
    ledger.commit(commands.add_event(ledger.book, YEAR, where, "initial", "2023-01-15", 3 * WAN))
    ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-03-20", 207 * WAN // 100))
    ledger.commit(commands.add_event(ledger.book, YEAR, where, "recovered", "2023-12-31", 93 * WAN // 100))
    return ledger
