"""Commitments (在途): what they do to 可用余额, and their way to a payment and back."""

import pytest

from core import commands
from core import commitments as c
from core.balance import project_balance
from core.book import Book
from core.errors import UserError
from core.model import Commitment, CommitmentState, Payment
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def funded(amount: int = 3 * WAN) -> tuple[Book, int]:
    book, where = project(with_year(), "甲")
    return event(book, where, "initial", amount), where


def committed(amount: int = WAN, **details: object) -> tuple[Book, int, int]:
    book, where = funded()
    change = c.add_commitment(book, YEAR, where, "2023-05-04", amount, **details)
    assert change.label == "新增在途 " + f"{amount / 100:,.2f}"
    return book.apply(change), where, change.diffs[0].record.id


def one(book: Book) -> Commitment:
    (held,) = book.all(Commitment)
    return held


def left(book: Book, where: int) -> tuple[int, int, int]:
    balance = project_balance(book, YEAR, where)
    return balance.undisposed, balance.committed, balance.available


def test_an_open_commitment_lowers_what_is_available_and_nothing_else() -> None:
    book, where, _number = committed()
    assert left(book, where) == (3 * WAN, WAN, 2 * WAN)


def test_amount_and_day_are_refused_when_they_cannot_be() -> None:
    book, where, number = committed()
    for amount in (0, -1):
        with pytest.raises(UserError, match="大于零"):
            c.add_commitment(book, YEAR, where, "2023-05-04", amount)
        with pytest.raises(UserError, match="大于零"):
            c.set_commitment(book, number, amount=amount)
    with pytest.raises(UserError, match="不在2023年度内"):
        c.add_commitment(book, YEAR, where, "2024-01-01", WAN)
    with pytest.raises(UserError, match="不在2023年度内"):
        c.set_commitment(book, number, date="2022-12-31")


def test_fields_are_changed_and_the_label_says_what_the_amount_was() -> None:
    book, where, number = committed()
    change = c.set_commitment(book, number, amount=2 * WAN, payee=" 印刷\x00服务企业")
    assert change.label == "修改在途 10,000.00→20,000.00"
    book = book.apply(change)
    assert (one(book).payee, left(book, where)[1]) == (" 印刷服务企业", 2 * WAN)
    assert c.set_commitment(book, number, memo="补记").label == "修改在途 20,000.00"


def test_dropped_and_taken_up_again() -> None:
    book, where, number = committed()
    dropped = do(book, c.drop_commitment, number)
    assert left(dropped, where) == (3 * WAN, 0, 3 * WAN)
    with pytest.raises(UserError, match="已经支付或取消"):
        c.drop_commitment(dropped, number)
    with pytest.raises(UserError, match="已经支付或取消"):
        c.pay_commitment(dropped, number, "2023-06-01")
    assert left(do(dropped, c.take_up_commitment, number), where) == (3 * WAN, WAN, 2 * WAN)


def test_paid_in_whole_it_becomes_its_payment() -> None:
    book, where, number = committed(payee="场地服务单位", purpose="会议场地", fund="government", memo="合同")
    change = c.pay_commitment(book, number, "2023-06-01", voucher="06-001")
    assert change.label == "在途转为支出 10,000.00"
    book = book.apply(change)
    (paid,) = book.payments(YEAR, where)
    assert (paid.date, paid.amount, paid.voucher) == ("2023-06-01", WAN, "06-001")
    assert (paid.payee, paid.purpose, paid.fund, paid.memo) == ("场地服务单位", "会议场地", "government", "合同")
    assert (one(book).state, one(book).payment) == (CommitmentState.PAID, paid.id)
    assert c.commitment_of(book, paid.id) == one(book)
    assert left(book, where) == (2 * WAN, 0, 2 * WAN)


def test_where_less_is_paid_the_rest_is_given_up_or_stays() -> None:
    book, where, number = committed()
    given_up = do(book, c.pay_commitment, number, "2023-06-01", 400_000)
    assert left(given_up, where) == (2_600_000, 0, 2_600_000)
    stays = do(book, c.pay_commitment, number, "2023-06-01", 400_000, rest_stays=True)
    assert left(stays, where) == (2_600_000, 600_000, 2 * WAN)
    # Without its payment the whole is committed again, either way.
    for paid in (given_up, stays):
        (made,) = paid.payments(YEAR, where)
        assert left(do(paid, commands.remove_payment, made.id), where) == (3 * WAN, WAN, 2 * WAN)


def test_more_than_was_committed_may_be_paid() -> None:
    book, where, number = committed()
    assert left(do(book, c.pay_commitment, number, "2023-06-01", 2 * WAN), where) == (WAN, 0, WAN)


def test_removing_the_payment_opens_it_again_wherever_the_payment_stands() -> None:
    book, where, number = committed()
    paid = do(book, c.pay_commitment, number, "2023-06-01")
    with pytest.raises(UserError, match="先删除对应的支出"):
        c.remove_commitment(paid, number)
    with pytest.raises(UserError, match="恢复为在途"):
        c.take_up_commitment(paid, number)
    elsewhere, other = project(paid, "乙")
    (made,) = paid.payments(YEAR, where)
    moved = do(elsewhere, commands.set_payment, made.id, project=other)
    back = do(moved, commands.remove_payment, made.id)
    assert (one(back).state, one(back).payment) == (CommitmentState.OPEN, 0)
    assert back.get(Payment, made.id) is None
    assert not list(do(back, c.remove_commitment, number).all(Commitment))


def test_a_commitment_that_is_gone_is_said_to_be() -> None:
    book, where, number = committed()
    gone = do(book, c.remove_commitment, number)
    for command in (c.set_commitment, c.drop_commitment, c.take_up_commitment, c.remove_commitment):
        with pytest.raises(UserError, match="已不存在"):
            command(gone, number)
    assert payment(gone, where, WAN).payments(YEAR, where)
