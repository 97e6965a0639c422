"""Random work on the forms: basic data, cover, economic codes, filed figures; and a book where they are wrong."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from core import commands
from core.basic_form import COLUMNS, form_rows
from core.book import Book
from core.change import Change
from core.facts import clear_fact, project_item, set_fact
from core.form_items import BUDGET, CURRENT, FORM_ITEMS, INITIAL, WHOLE, money_key
from core.form_items import COLUMNS as MONEY_COLUMNS
from core.model import Payment
from core.questions import answer, take_back
from core.rules.cover import disclosed

if TYPE_CHECKING:
    from tests.strategies import Step

CODES = ("30217", "30231", "30201", "31002", "", "50206")
DAYS = ("", "2023-01-01", "2024-04-30", "2024-12-31")
PLACE = "cover:0:disclosed_on"


def _item(book: Book, step: "Step") -> str:
    rows = [project_item(row.project) for row in book.project_years(step.year)]
    return step.one([*form_rows(), *rows, "p8"])


def _set(book: Book, step: "Step") -> Change:
    column = COLUMNS[abs(step.amount) % len(COLUMNS)]
    return set_fact(book, step.year, _item(book, step), **{column: step.amount}, note=step.text[:4])


def _state(book: Book, step: "Step") -> Change:
    about = step.one([0, *(row.project for row in book.projects(step.year))])
    item = step.one(list(FORM_ITEMS.values()))
    return commands.state(book, step.year, item.key, step.amount, about, printed_unit=item.unit)


def _cover(book: Book, step: "Step") -> Change:
    names = {"filled_on": step.one(DAYS), "phone": step.one(("", "0000-0000000", "办公室")), "head": step.text[:3]}
    return commands.set_names(book, step.year, **names, approved_on=step.one(DAYS[::-1]))


FORM_VERBS: Mapping[str, Callable[[Book, "Step"], Change]] = {
    "set fact": _set,
    "clear fact": lambda b, s: clear_fact(b, s.year, s.one(list(b.facts(s.year)))),
    "clear cell": lambda b, s: clear_fact(b, s.year, _item(b, s), s.one(COLUMNS)),
    "state form": _state,
    "cover": _cover,
    "economic code": lambda b, s: commands.set_payment(
        b, s.one([one.id for one in b.all(Payment)]), economic_code=s.one(CODES)
    ),
    "establish": lambda b, s: commands.set_staff(b, s.year, "行政编制", established=s.pick % 4, note=s.text[:2]),
    "disclosed": lambda b, s: answer(b, disclosed, s.year, PLACE, s.one(("in_time", "late")), s.text, s.day),
    "not disclosed": lambda b, s: take_back(b, disclosed, s.year, PLACE),
}


def with_faulty_forms(book: Book, year: int, project: int) -> Book:
    """The book with forms that disagree with themselves, with the ledger, with last year and with the calendar."""

    def do(command: Callable[..., Change], *args: object, **fields: object) -> None:
        nonlocal book
        book = book.apply(command(book, *args, **fields))

    for payment in list(book.all(Payment)):
        do(commands.set_payment, payment.id, economic_code="30217")
    for item, column, amount in (
        ("三公经费", "budget", 900_000),
        ("公车购置", "budget", 0),
        ("公车运行维护", "budget", 0),
        ("出国经费", "budget", 0),
        ("公务接待", "budget", 100_000),
        ("公务接待", "actual", 200_000),
        ("公务接待", "last_actual", 300_000),
        ("项目支出", "budget", 100_000),
        ("政府采购金额", "actual", 100_000),
        ("面向中小企业预留", "actual", 300_000),
        (project_item(project), "actual", 50_000),
    ):
        do(set_fact, year, item, **{column: amount})
    do(set_fact, year - 1, "公务接待", actual=310_000)
    for item, amount in (("人员经费", 5_000_000), ("公用经费", 1_000_000)):
        do(commands.state, year, item, amount)
    for column in MONEY_COLUMNS:
        do(commands.state, year, money_key(WHOLE, column), 90_000_000, project)
    do(commands.state, year, money_key(CURRENT, BUDGET), 100_000, project)
    do(commands.state, year, money_key(CURRENT, INITIAL), 100_000, project)
    do(commands.set_staff, year, "行政编制", established=2)
    do(commands.set_names, year, filled_on=f"{year}-06-01")
    return book
