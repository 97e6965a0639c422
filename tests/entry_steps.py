"""Random work on the codes, payees and questions of entries, and entries in which most rules find something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from core import commands, questions
from core.book import Book
from core.change import Change
from core.model import BudgetEvent, EventKind, Payment
from core.outline import SENTENCE
from core.rules import RULES
from core.writing import write_section

if TYPE_CHECKING:
    from tests.strategies import Step

TODAY = date(2023, 12, 20)
CODES = ("", "30215 会议费", "30217", "39906", "2012902", "30101")
FUNCTIONAL = ("", "2012901", "2012902", "2013902", "30201")
ASKED = [one for one in RULES if one.choices]
FIELDS = ("opening", "parent", "spent")


def _payment(book: Book, step: Step) -> int:
    return step.one([payment.id for payment in book.all(Payment)])


def _event(book: Book, step: Step) -> int:
    return step.one([event.id for event in book.all(BudgetEvent)])


def _describe(book: Book, step: Step) -> Change:
    return commands.set_payment(
        book,
        _payment(book, step),
        payee=step.one(("", "印刷服务商")),
        purpose=step.one(("会议费", "印刷费", "首付款")),
        voucher=step.one(("", "05-001", "05-002")),
        economic_code=step.one(CODES),
        functional_code=step.one(FUNCTIONAL),
    )


def _source(book: Book, step: Step) -> Change:
    return commands.set_event(
        book, _event(book, step), functional_code=step.one(FUNCTIONAL), origin_year=step.one((0, 2021, 2022, 2023))
    )


def _answer(book: Book, step: Step) -> Change:
    rule = step.one(ASKED)
    owner = step.one([row.project for row in book.project_years(step.year)])
    about = f"project:{owner}:{step.one(FIELDS)}"
    return questions.answer(book, rule, step.year, about, step.one([key for key, _label in rule.choices]), "", TODAY)


def _set(field: str, choices: tuple[object, ...]) -> Callable[[Book, Step], Change]:
    def change(book: Book, step: Step) -> Change:
        owner = step.one([row.project for row in book.project_years(step.year)])
        return commands.set_project(book, step.year, owner, **{field: step.one(choices)})

    return change


ENTRY_VERBS: Mapping[str, Callable[[Book, Step], Change]] = {
    "describe payment": _describe,
    "source of event": _source,
    "answer question": _answer,
    "carry policy": _set("carry_policy", ("", "manual", "same_year")),
    "public special": _set("public_special", (True, False)),
}


def with_faulty_entries(book: Book, year: int) -> Book:
    """Old money carried again, codes that are wrong, a payment twice, names written two ways, a project left out."""

    def do(command: Callable[..., Change], *args: object, **fields: object) -> None:
        nonlocal book
        book = book.apply(command(book, *args, **fields))

    def add(name: str, kind: str = "业务工作专项", parent: int = 0, when: int = year) -> int:
        change = commands.add_project(book, when, name, kind, parent)
        do(lambda _book: change)
        return change.diffs[0].record.id

    old = add("“巾帼”建功行动", when=year - 1)
    do(commands.add_event, year - 1, old, EventKind.CARRIED, f"{year - 1}-12-31", 900_015, functional_code="2012902")
    do(commands.continue_project, year, old)
    do(commands.set_project, year, old, name="'巾帼'建功行动", kind="上级专项")
    details = {"origin_year": year - 1, "functional_code": "2013902"}
    do(commands.add_event, year, old, EventKind.OPENING, f"{year}-01-01", 900_015, **details)
    do(commands.add_event, year, old, EventKind.CARRIED, f"{year}-12-31", 300_015)
    below = add("财务代理服务费", parent=old)
    for day in ("11-20", "11-21"):
        details = {"payee": "财务代理机构", "purpose": "会议费", "economic_code": "30217"}
        do(commands.add_payment, year, below, f"{year}-{day}", 300_000, **details)
    do(commands.add_payment, year, old, f"{year}-12-20", 90_000_000, economic_code="30201")
    public = add("公用支出", "公用经费")
    do(commands.add_event, year, public, EventKind.SURPLUS, f"{year}-12-31", 5_015)
    do(write_section, year, SENTENCE, old, "")
    return book
