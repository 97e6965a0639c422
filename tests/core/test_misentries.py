"""Entries of the ledger that would explain why it differs from what is stated."""

import pytest

from core import commands
from core.book import Book
from core.change import join
from core.draft import Draft
from core.figures import Ref
from core.misentries import MANY, Misentry, misentries
from core.model import Payment
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

YUAN = 100


def spender(*amounts: int, name: str = "活动经费", book: Book | None = None) -> tuple[Book, int]:
    """A project that paid these amounts (元), the first in January."""
    book, where = project(book or with_year(), name)
    for month, amount in enumerate(amounts, 1):
        book = payment(book, where, amount * YUAN, f"{YEAR}-{month:02d}-08", purpose=f"第{month}笔")
    return book, where


def told(book: Book, where: int, stated: int, unit: int = 1, item: str = "实际支出") -> list[Misentry]:
    """What is found where so much (元) is stated."""
    own = sum(p.amount for p in book.payments(YEAR, where))
    return misentries(book, Ref(YEAR, where, item), stated * YUAN - own, unit)


@pytest.mark.parametrize(
    ("paid", "stated", "words"),
    [
        ((18_600, 2_100, 5_400, 5_400), 26_100, "第4笔”5,400.00元可能与金额相同的另一笔重记"),
        ((18_600, 2_100), 2_100, "第1笔”18,600.00元可能多记或记错了项目"),
        ((18_600, 2_100), 22_800, "第2笔”2,100.00元与差额相等，可能漏记了同样的一笔"),
        ((18_600, -2_100), 20_700, "第2笔”-2,100.00元正负号可能记反"),
        ((18_600, 21_000), 20_700, "第2笔”21,000.00元金额可能错记为十倍或十分之一"),
        ((18_600, 210), 20_700, "第2笔”210.00元金额可能错记为十倍或十分之一"),
        ((18_600, 21), 20_700, "第2笔”21.00元金额可能错记为一百倍或百分之一"),
        ((18_600, 5), 68_600, "第2笔”5.00元可能把元与万元混用"),
        ((18_600, 1_230), 19_920, "第2笔”1,230.00元相邻两位数字可能记颠倒"),
    ],
)
def test_each_slip_is_told(paid: tuple[int, ...], stated: int, words: str) -> None:
    book, where = spender(*paid)
    first = told(book, where, stated)[0]
    assert words in first.words()
    suspect = first.suspect()
    if "漏记" in words:
        assert suspect is None  # the entry that is there is right
    else:
        assert suspect is not None
        assert sum(paid) * YUAN - suspect.printed + suspect.should_be == stated * YUAN


def test_nothing_is_told_where_no_entry_fits() -> None:
    book, where = spender(18_600, 2_100)
    assert told(book, where, 20_701) == [] and told(book, where, 20_700) == []


def test_what_is_stated_in_wan_is_known_to_fifty_yuan() -> None:
    book, where = spender(18_648, 2_100)
    assert told(book, where, 2_100, unit=10_000)[0].wanted == 0
    assert told(book, where, 2_200, unit=10_000) == []
    book, where = spender(18_648, 140)
    assert told(book, where, 18_600, unit=10_000) == []  # smaller than can be told from chance


def test_a_payment_of_another_project_that_has_too_much() -> None:
    book, where = spender(10_000, 5_400)
    book, other = spender(3_000, name="培训费", book=book)
    book = do(book, commands.state, YEAR, "实际支出", 10_000 * YUAN, where)
    (found,) = told(book, other, 8_400)
    assert found.words() == "台账2023-02-08支出“第2笔”5,400.00元可能应记在“培训费”"


def test_budget_events_stand_behind_the_items_of_the_budget() -> None:
    book, where = spender(1_000)
    book = event(
        event(book, where, "initial", 3 * WAN), where, "supplement", 5 * WAN, "2023-05-06", doc_no="〔2023〕5号"
    )
    (found,) = misentries(book, Ref(YEAR, where, "追加减"), -10 * WAN, 1)
    assert found.wanted == -5 * WAN and found.words().startswith("台账2023-05-06追加（减）“〔2023〕5号”50,000.00元")
    assert misentries(book, Ref(YEAR, where, "全年预算"), -3 * WAN, 1)[0].wanted == 0
    assert misentries(book, Ref(YEAR, where, "上级转移支付"), -3 * WAN, 1) == []
    assert misentries(book, Ref(YEAR, 0, "年初预算"), 27 * WAN, 1)[0].wanted == 30 * WAN


def test_what_is_left_falls_with_what_is_spent() -> None:
    book, where = spender(1_234)
    book = event(book, where, "initial", 3 * WAN)
    (found,) = misentries(book, Ref(YEAR, where, "结余结转"), 1_234 * YUAN, 1)
    assert isinstance(found.entry, Payment) and found.wanted == 0


def test_the_units_spending_is_looked_for_in_the_projects_of_its_class() -> None:
    book, _where = spender(18_600, 2_100)
    book, _staff = project(book, "人员支出", "人员经费")
    assert misentries(book, Ref(YEAR, 0, "项目支出"), -2_100 * YUAN, 1)[0].wanted == 0
    assert misentries(book, Ref(YEAR, 0, "基本支出"), -2_100 * YUAN, 1) == []
    assert misentries(book, Ref(YEAR, 0, "预算收入"), -2_100 * YUAN, 1) == []


def test_among_thousands_of_entries_chance_is_not_told() -> None:
    book, where = spender()
    draft = Draft(book)
    for number in range(MANY + 1):
        draft.add(Payment(0, YEAR, where, f"{YEAR}-03-04", (number + 1) * YUAN))
    book = book.apply(join("支出", [draft.change("支出")]))
    assert misentries(book, Ref(YEAR, where, "实际支出"), -500 * YUAN, 1) == []
