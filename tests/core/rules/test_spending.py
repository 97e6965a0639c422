"""When and how often money is paid."""

import pytest

from core import commands
from core.book import Book
from core.monitoring import note_money
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, rules_found, says


def one_project(kind: str = "业务工作专项") -> tuple[Book, int]:
    return project(with_year(), "业务性专项经费", kind)


def twice(first: dict[str, str], second: dict[str, str], kind: str = "业务工作专项") -> Book:
    """Two payments of 1万元 to the same payee for the same purpose on 1 June, with what differs."""
    book, where = one_project(kind)
    for details in (first, second):
        same = {"payee": "印刷服务商", "purpose": "宣传资料印刷", "day": "2023-06-01"} | details
        book = payment(book, where, WAN, **same)  # type: ignore[arg-type]
    return book


def test_c074_fires_on_the_same_payment_entered_twice() -> None:
    book = twice({}, {})
    (finding,) = found(book, "C-074")
    assert finding.severity == "warning" and "与同日的一笔" in says(finding) and "1.00万元" in says(finding)
    assert finding.about.kind == "payment" and finding.about.id == max(p.id for p in book.payments(YEAR, _where(book)))


def _where(book: Book) -> int:
    return book.projects(YEAR)[0].project


def test_c074_fires_up_to_the_days_of_the_policy_and_with_the_same_voucher() -> None:
    assert found(twice({}, {"day": "2023-06-08"}), "C-074")
    assert not found(twice({}, {"day": "2023-06-09"}), "C-074")
    (finding,) = found(twice({"voucher": "06-001"}, {"voucher": "06-001"}), "C-074")
    assert finding.severity == "warning"


def test_c074_fires_as_a_hint_where_each_has_its_voucher() -> None:
    (finding,) = found(twice({"voucher": "06-001"}, {"voucher": "06-002"}), "C-074")
    assert finding.severity == "info" and "凭证号不同" in says(finding)


@pytest.mark.parametrize(
    "other",
    [
        {"payee": "另一家印刷服务商"},
        {"purpose": "大会文件印刷"},
        {"payee": ""},
        {"day": "2023-06-31"},
    ],
)
def test_c074_silent_where_the_payments_differ(other: dict[str, str]) -> None:
    assert not found(twice({}, other), "C-074")


def test_c074_silent_on_pay_instalments_and_what_was_taken_back() -> None:
    assert not found(twice({}, {}, "人员经费"), "C-074")
    assert not found(twice({"economic_code": "30305"}, {"economic_code": "30305"}), "C-074")
    assert not found(twice({"purpose": "第二期工程款"}, {"purpose": "第二期工程款"}), "C-074")
    book = twice({}, {})
    doubled = found(book, "C-074")[0].about.id
    assert not found(do(book, commands.reverse_payment, doubled, "2023-06-02"), "C-074")


def test_c074_silent_on_a_custom_but_not_on_the_same_day_within_it() -> None:
    book, where = one_project()
    same = {"payee": "保洁服务商", "purpose": "保洁服务费"}
    for day in ("01", "08", "15", "22"):
        book = payment(book, where, WAN, f"2023-06-{day}", **same)
    assert not found(book, "C-074")
    assert len(found(payment(book, where, WAN, "2023-06-15", **same), "C-074")) == 1


def spread(*months: int) -> tuple[Book, int]:
    """A project with 1万元 spent in each of these months."""
    book, where = one_project()
    book = event(book, where, "initial", 20 * WAN)
    for month in months:
        book = payment(book, where, WAN, f"2023-{month:02}-10", purpose=f"{month}月活动", payee="服务商")
    return book, where


def test_c075_fires_above_the_share_of_the_policy() -> None:
    book, where = spread(1, 2, 3, 4, 5, 6, 7, 12, 12, 12)
    assert not found(book, "C-075"), "exactly 30 %"
    (finding,) = found(payment(book, where, 1, "2023-12-31"), "C-075")
    assert finding.severity == "info" and "“业务性专项经费”" in says(finding) and "超过30%" in says(finding)


def test_c075_silent_in_an_even_year_and_in_an_empty_one() -> None:
    assert not found(spread(*range(1, 13))[0], "C-075")
    assert not found(one_project()[0], "C-075")


def late(*months: int, given: str = "2023-06-30") -> tuple[Book, int]:
    """A project of 3万元 with payments in these months, beside another that is paid every month."""
    book, where = one_project()
    book = event(book, where, "initial", 3 * WAN, given)
    for month in months:
        book = payment(book, where, WAN, f"2023-{month:02}-01")
    book, other = project(book, "活动经费")
    book = event(book, other, "initial", 12 * WAN)
    for month in range(1, max(months, default=10) + 1):
        book = payment(book, other, WAN, f"2023-{month:02}-02")
    return book, where


def test_c076_fires_when_the_fourth_quarter_has_come() -> None:
    book, where = late()
    (finding,) = found(book, "C-076")
    assert finding.about.id == where and finding.severity == "warning"
    assert "上半年已有预算3.00万元，到9月底没有支出。" in says(finding)
    (finding,) = found(late(10, 12)[0], "C-076")
    assert "四季度支出2.00万元" in says(finding)


def test_c076_fires_where_a_check_up_has_no_reason() -> None:
    book, where = spread(1)
    book = do(book, note_money, YEAR, where, 7, forecast=3 * WAN)
    (finding,) = found(book, "C-076")
    assert finding.about.kind == "monitor" and "1—7月执行监控为红灯" in says(finding)
    assert not found(do(book, note_money, YEAR, where, 7, reason="活动安排在下半年"), "C-076")


def test_c076_silent_before_october_and_for_money_that_came_late() -> None:
    book, where = one_project()
    book = event(book, where, "initial", 3 * WAN)
    book, other = project(book, "活动经费")
    book = payment(event(book, other, "initial", 3 * WAN), other, WAN, "2023-09-30")
    assert not found(book, "C-076")
    assert found(payment(book, other, WAN, "2023-10-01"), "C-076")
    assert not found(late(given="2023-07-01")[0], "C-076")


def test_c076_silent_where_something_was_paid_or_said_or_c021_speaks() -> None:
    assert not found(late(9, 11)[0], "C-076")
    book, where = late()
    assert not found(do(book, commands.set_project, YEAR, where, execution_reason="大会推迟到下年召开"), "C-076")
    assert not found(event(book, where, "carried", 3 * WAN, "2023-11-30"), "C-076")
    book = payment(book, book.projects(YEAR)[1].project, WAN, "2023-12-02")
    assert not found(book, "C-076") and "C-021" in rules_found(book)


def test_c076_silent_for_basic_spending() -> None:
    book, where = late()
    assert not found(do(book, commands.set_project, YEAR, where, kind="公用经费"), "C-076")
