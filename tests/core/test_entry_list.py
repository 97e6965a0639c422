"""A part of the entries, in another order; payees and what is left."""

import pytest

from core import commands as c
from core.book import Book
from core.entries import entries_of, order_of
from core.entry_list import View, entered_last, listed, payees, removal_question, rest
from core.model import BudgetEvent, Commitment, Payment
from tests.builders import WAN, YEAR, event, payment, project, with_year


@pytest.fixture
def book() -> Book:
    book, where = project(with_year(), "宣传项目")
    book, sub = project(book, "培训班", parent=where)
    book = event(book, where, "initial", 10 * WAN, doc_no="示财〔2023〕5号")
    book = payment(book, where, 120_000, "2023-03-02", payee="工商银行", purpose="手续费", economic_code="30204")
    book = payment(book, where, 500_000, "2023-05-02", payee="印刷服务企业", purpose="资料印刷", voucher="05-001")
    return payment(book, sub, 2 * WAN, "2023-05-20", payee="印刷服务企业", purpose="培训资料", memo="补记")


def top(book):
    return book.projects(YEAR)[0].project


def shown(book, **view):
    family = [p.project for p in book.project_years(YEAR)]
    names = {p.project: p.name for p in book.project_years(YEAR) if p.project != top(book)}
    return [e.amount for e in listed(entries_of(book, YEAR, family), View(**view), names)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [10 * WAN, 120_000, 500_000, 2 * WAN]),
        ("印刷", [500_000, 2 * WAN]),
        ("印刷 补记", [2 * WAN]),
        ("ysfw", [500_000, 2 * WAN]),
        ("gsyh", [120_000]),
        ("培训班", [2 * WAN]),
        ("pxb", [2 * WAN]),
        ("5月", [500_000, 2 * WAN]),
        ("5月 >5000", [2 * WAN]),
        (">=5000 支出", [500_000, 2 * WAN]),
        ("＜２千", []),
        ("<0.2万", [120_000]),
        ("1200", [120_000]),
        ("1,200.00", [120_000]),
        ("〔2023〕5号", [10 * WAN]),
        ("30204", [120_000]),
        ("手续费 工商", [120_000]),
        ("没有的", []),
    ],
)
def test_words_that_entries_must_fit(book, words, expected):
    assert shown(book, words=words) == expected


def test_order_of_a_column(book):
    assert shown(book, by="amount") == [120_000, 500_000, 2 * WAN, 10 * WAN]
    assert shown(book, by="amount", falling=True) == [10 * WAN, 2 * WAN, 500_000, 120_000]
    assert shown(book, by="payee", words="支出") == [500_000, 2 * WAN, 120_000]
    assert shown(book, by="memo") == [2 * WAN, 10 * WAN, 120_000, 500_000], "empty ones last"
    assert shown(book, by="memo", falling=True)[0] == 2 * WAN


def test_a_plain_list_is_by_date(book):
    entries = entries_of(book, YEAR, [top(book)])
    assert listed(entries, View(), {}) == sorted(entries, key=order_of)
    assert View(words="  ").is_plain and not View(by="date").is_plain


def test_payees_by_how_often_they_are_named(book):
    assert payees(book, YEAR) == ["印刷服务企业", "工商银行"]
    after = payment(payment(book, top(book), 1, payee="工商银行"), top(book), 1, payee="工商银行")
    assert payees(after, YEAR) == ["工商银行", "印刷服务企业"]


def test_what_is_left_for_a_kind(book):
    sub = book.children(YEAR, top(book))[0].project
    assert rest(book, YEAR, top(book), "payment") == rest(book, YEAR, sub, "payment") == 10 * WAN - 2_620_000
    assert rest(book, YEAR, top(book), "carried") == 10 * WAN - 2_620_000
    assert rest(book, YEAR, top(book), "supplement") is None


def test_the_entry_entered_last(book):
    last = entered_last(book, YEAR, top(book), Payment)
    assert last is not None and last.purpose == "资料印刷"
    assert entered_last(book, YEAR, top(book), BudgetEvent).doc_no == "示财〔2023〕5号"
    assert entered_last(book, YEAR, top(book), Commitment) is None


def test_what_is_asked_before_several_are_removed(book):
    entries = entries_of(book, YEAR, [top(book)])
    assert removal_question(book, entries) == "删除所选3笔：年初预算1笔100,000.00元，支出2笔6,200.00元？"
    assert removal_question(book, entries[1:2]) == "删除 2023-03-02 支出 1,200.00元？"
    book = book.apply(c.reverse_payment(book, entries[1].id, "2023-06-01"))
    assert "红字冲销1笔-1,200.00元" in removal_question(book, entries_of(book, YEAR, [top(book)]))


def test_a_part_by_choice(book):
    assert shown(book, month=5) == [500_000, 2 * WAN]
    assert shown(book, kind="budget") == shown(book, kind="initial") == [10 * WAN]
    assert shown(book, kind="payment", words="印刷") == [500_000, 2 * WAN]
    assert shown(book, kind="commitment") == [] == shown(book, fund="other")
    assert shown(book, projects=frozenset({top(book)})) == [10 * WAN, 120_000, 500_000]
    assert shown(book, fund="general", month=3) == [120_000]
    assert View(month=5).is_part and not View(by="date").is_part


def test_income_and_spending_are_put_in_order_apart(book):
    book = event(book, top(book), "recovered", 3 * WAN)
    assert shown(book, by="spent") == [120_000, 500_000, 2 * WAN, 10 * WAN, 3 * WAN], "money that came in last"
    assert shown(book, by="spent", falling=True)[:3] == [2 * WAN, 500_000, 120_000]
    assert shown(book, by="budget")[:2] == [3 * WAN, 10 * WAN], "what was recovered counts below nothing"


@pytest.mark.parametrize(
    ("before", "after", "narrows"),
    [
        ("印", "印刷", True),
        ("", "印", True),
        ("印刷", "印", False),
        ("5", "50", False),
        (">", ">印", False),
        ("三", "三月", False),
    ],
)
def test_whether_typing_on_narrows(before, after, narrows):
    assert View(after).narrows(View(before)) is narrows
    assert not View(after, month=3).narrows(View(before))
