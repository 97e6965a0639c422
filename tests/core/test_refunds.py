"""A refund of an earlier year's payment never lowers this year's spending."""

import pytest

from core import commands
from core.balance import project_balance
from core.book import Book
from core.errors import UserError
from core.model import EventKind
from core.origins import Layer, layers
from core.refunds import ADJUST, RETURN, refund_earlier
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found

NEXT = YEAR + 1


def paid() -> tuple[Book, int, int]:
    book, where = project(with_year(with_year(), NEXT), "大会费用")
    book, below = project(book, "会场", parent=where)
    book = payment(event(book, where, "initial", WAN), below, WAN, purpose="会场租金", voucher="06-001")
    return book, where, book.payments(YEAR, below)[0].id


def test_an_adjustment_gives_the_money_back_to_the_project() -> None:
    book, where, held = paid()
    book = do(book, refund_earlier, NEXT, held, "2024-03-01", 300, ADJUST)
    (entry,) = book.events(NEXT, where)
    assert (entry.kind, entry.amount, entry.date) == (EventKind.OPENING_ADJUST, 300, "2024-03-01")
    assert entry.memo == "退回2023-06-01支出“会场租金”，凭证号06-001"
    balance = project_balance(book, NEXT, where)
    assert (balance.spent, balance.budget, balance.undisposed) == (0, 300, 300)
    assert layers(book, NEXT, where) == [Layer(YEAR, 300, 0, 300)]
    assert not found(book, "C-013", NEXT) and project_balance(book, YEAR, where).spent == WAN


def test_money_for_the_treasury_is_recovered_at_once() -> None:
    book, where, held = paid()
    change = refund_earlier(book, NEXT, held, "2024-03-01", WAN, RETURN)
    assert change.label == "退回以前年度支出 10,000.00（缴回国库）"
    balance = project_balance(book.apply(change), NEXT, where)
    assert (balance.recovered, balance.undisposed, balance.spent) == (WAN, 0, 0)


def test_what_cannot_be_refunded_is_said() -> None:
    book, _where, held = paid()
    for year, payment_id, amount, choice, words in (
        (NEXT, 999, 1, ADJUST, "已不存在"),
        (YEAR, held, 1, ADJUST, "红字冲销"),
        (NEXT, held, WAN + 1, ADJUST, "不超过原支出10,000.00元"),
        (NEXT, held, 0, ADJUST, "大于零"),
        (NEXT, held, 1, "", "请选择退回资金的去向"),
        (NEXT + 1, held, 1, ADJUST, "先把项目加入本年度"),
    ):
        with pytest.raises(UserError, match=words):
            refund_earlier(book, year, payment_id, f"{year}-03-01", amount, choice)
    partly = do(book, commands.reverse_payment, held, "2023-07-01", WAN - 5)
    with pytest.raises(UserError, match=r"不超过原支出0\.05元"):
        refund_earlier(partly, NEXT, held, "2024-03-01", 6, ADJUST)
