"""月度对账: differences of every kind are found, none is invented, and mending makes both sides equal."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.book import Book
from core.errors import UserError
from core.intake.plan import Choices
from core.matching.exported import OtherUnitError
from core.matching.mending import MEND_LABELS, Mend, Order, mend, reconcile, reconciled
from core.matching.model import Answers, Kind
from core.model import Payment
from tests.builders import YEAR, payment, project, with_year
from tests.core.matching.exports import HEADINGS, TODAY, compared, exported, payments_of, row_of

CODES = ("30201", "30202", "30211", "30213", "30226")


def ledger(count: int = 6, numbered: bool = True) -> Book:
    """Two projects and so many payments, all different."""
    book, first = project(with_year(), "普法宣传经费")
    book, second = project(book, "运行维护经费")
    for number in range(count):
        book = payment(
            book, (first, second)[number % 2], 10_000 + number * 1_111, f"2023-0{1 + number % 9}-1{number % 10}",
            payee=f"供应商{number}", purpose=f"办公用品{number}", voucher=f"PZ{number:03d}" if numbered else "",
            economic_code=CODES[number % 5],
        )  # fmt: skip
    return book


def rows_of(book: Book) -> list[list[str]]:
    return [row_of(book, one) for one in payments_of(book)]


def kinds(found) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.fields) for one in found.matches if one.kind != Kind.MATCHED]


@pytest.mark.parametrize("numbered", [True, False])
def test_equal_sides_agree(numbered) -> None:
    book = ledger(numbered=numbered)
    found = compared(book, rows_of(book))
    assert [one.kind for one in found.matches] == [Kind.MATCHED] * 6
    assert (found.total.difference, found.open) == (0, ())


@pytest.mark.parametrize(
    ("place", "text", "field"),
    [
        (0, "2023-01-25", "date"),
        (2, "另一家公司", "payee"),
        (6, "30299", "code"),
        (7, "99.99", "amount"),
    ],
)
def test_a_field_that_differs_is_named(place, text, field) -> None:
    book = ledger()
    rows = rows_of(book)
    rows[0][place] = text
    found = compared(book, rows)
    assert kinds(found) == [(Kind.DIFFERENT, (field,))]
    [one] = found.of(Kind.DIFFERENT)
    after = book.apply(mend(book, [Order(one, Mend.TAKE)], TODAY))
    assert compared(after, rows).open == ()


def test_another_project_is_named_and_explained_by_project() -> None:
    book = ledger()
    rows = rows_of(book)
    other = next(row for row in rows if row[5] == "运行维护经费")
    rows[0][4:6] = other[4:6]
    found = compared(book, rows)
    assert kinds(found) == [(Kind.DIFFERENT, ("project",))]
    assert found.total.difference == 0
    assert {one.name: (one.difference, one.different, one.unexplained) for one in found.by_project} == {
        "普法宣传经费": (-10_000, -10_000, 0),
        "运行维护经费": (10_000, 10_000, 0),
    }


def test_what_stands_on_one_side_only() -> None:
    book = ledger()
    rows = rows_of(book)
    gone = rows.pop(2)
    rows.append(["2023-05-05", "PZ900", "新华书店", "图书", *gone[4:6], "30201", "777.00"])
    found = compared(book, rows)
    assert sorted(kinds(found)) == [(Kind.HERE, ()), (Kind.THERE, ())]
    assert found.total.only_there == 77_700
    assert found.total.unexplained == 0
    orders = [Order(found.of(Kind.HERE)[0], Mend.REMOVE), Order(found.of(Kind.THERE)[0], Mend.ADD)]
    after = book.apply(mend(book, orders, TODAY))
    assert compared(after, rows).open == ()


def test_several_payments_of_one_voucher_are_told_apart() -> None:
    book, where = project(with_year(), "普法宣传经费")
    for amount in (100, 200, 300):
        book = payment(book, where, amount, voucher="PZ001", payee="新华书店")
    rows = rows_of(book)
    rows[1][7] = "2.50"
    found = compared(book, rows)
    assert kinds(found) == [(Kind.DIFFERENT, ("amount",))]
    assert found.of(Kind.DIFFERENT)[0].payments[0].amount == 200


def test_several_to_one_are_only_proposed() -> None:
    book, where = project(with_year(), "普法宣传经费")
    for amount in (10_000, 25_000):
        book = payment(book, where, amount, payee="新华书店", purpose="图书")
    row = ["2023-06-02", "PZ9", "新华书店", "图书两批", "", "普法宣传经费", "", "350.00"]
    found = compared(book, [row])
    [one] = found.matches
    assert one.kind == Kind.DOUBTFUL and len(one.payments) == 2
    same = compared(book, [row], Answers(same=frozenset({one.key})))
    assert [each.kind for each in same.matches] == [Kind.MATCHED]
    apart = compared(book, [row], Answers(apart=frozenset({one.key})))
    assert sorted(each.kind for each in apart.matches) == [Kind.HERE, Kind.HERE, Kind.THERE]


def test_near_dates_are_proposed_and_not_taken() -> None:
    book, where = project(with_year(), "普法宣传经费")
    book = payment(book, where, 10_000, "2023-06-01", payee="新华书店", purpose="图书")
    row = ["2023-06-04", "", "新华书店", "购书", "", "普法宣传经费", "", "100.00"]
    [one] = compared(book, [row]).matches
    assert (one.kind, one.why) == (Kind.DOUBTFUL, "金额和收款人相同")
    [said] = compared(book, [row], Answers(same=frozenset({one.key}))).matches
    assert (said.kind, said.fields) == (Kind.DIFFERENT, ("date",))
    accepted = Answers(same=frozenset({one.key}), accepted={one.key: "银行次日到账"})
    assert compared(book, [row], accepted).open == ()


def test_different_numbers_are_never_one_payment() -> None:
    book, where = project(with_year(), "普法宣传经费")
    book = payment(book, where, 10_000, voucher="PZ1", payee="新华书店", purpose="图书")
    rows = rows_of(book)
    rows[0][1] = "PZ2"
    assert kinds(compared(book, rows)) == [(Kind.DOUBTFUL, ())]


def test_a_refund_is_taken_over_as_reversal() -> None:
    book = ledger()
    rows = rows_of(book)
    back = [*rows[0]]
    back[0], back[1], back[7] = "2023-08-08", "PZ800", "-" + back[7]
    rows.append(back)
    [one] = compared(book, rows).open
    after = book.apply(mend(book, [Order(one, Mend.ADD)], TODAY))
    assert [p.reverses for p in payments_of(after) if p.amount < 0] == [payments_of(book)[0].id]
    assert compared(after, rows).open == ()


def test_a_row_of_an_unknown_project_needs_one() -> None:
    book = ledger()
    rows = rows_of(book)
    rows.append(["2023-05-05", "PZ900", "新华书店", "图书", "", "没有的项目", "", "777.00"])
    [one] = compared(book, rows).open
    with pytest.raises(UserError, match="没有的项目"):
        mend(book, [Order(one, Mend.ADD)], TODAY)
    where = book.projects(YEAR)[0].project
    choices = Choices(matched={"没有的项目": where})
    [one] = compared(book, rows, choices=choices).open
    after = book.apply(mend(book, [Order(one, Mend.ADD)], TODAY))
    assert compared(after, rows, choices=choices).open == ()


def test_only_the_year_up_to_the_day_is_compared() -> None:
    book = ledger()
    until = compared(book, [row for row in rows_of(book) if row[0] <= "2023-03-31"])
    assert until.until == "2023-03-31"
    assert (len(until.open), until.later) == (0, 3)


@pytest.mark.parametrize(
    ("rows", "headings", "title", "said"),
    [
        ([["2022-05-05", "PZ1", "甲", "书", "", "普法宣传经费", "", "7"]], HEADINGS, "", "2022年度"),
        ([["合计", "", "", "", "", "", "", "7"]], HEADINGS, "", "没有支付明细的记录"),
        ([["2023-05-05", "7", "市文化馆"]], ("支付日期", "支付金额", "单位名称"), "", "市文化馆"),
        ([["2023-05-05", "7", "书"]], ("支付日期", "支付金额", "用途"), "单位名称：市文化馆 单位：元", "市文化馆"),
    ],
)
def test_wrong_exports_are_refused(rows, headings, title, said) -> None:
    with pytest.raises(UserError, match=said):
        exported(ledger(), rows, headings, title)


def test_a_renamed_unit_can_be_insisted_on() -> None:
    rows, headings = [["2023-05-05", "7", "市文化馆", "书"]], ("支付日期", "支付金额(元)", "单位名称", "用途")
    with pytest.raises(OtherUnitError):
        exported(ledger(), rows, headings)
    assert len(exported(ledger(), rows, headings, is_own=True).payments) == 1


def test_reconciled_up_to_a_day() -> None:
    book = ledger()
    found = compared(book, rows_of(book))
    assert reconciled(book, YEAR, TODAY).text == "未对账"
    change = reconcile(book, found, "2023-06-30")
    assert change.label.startswith("已对账至6月30日（支付明细.csv：相符6笔")
    held = reconciled(book.apply(change), YEAR, TODAY)
    assert (held.text, held.is_due) == ("已对账至 6月30日", True)
    with pytest.raises(UserError, match="只比较到6月30日"):
        reconcile(book, found, "2023-07-31")


CHANGES = st.sampled_from(("amount", "date", "payee", "code", "project", "drop", "add", ""))


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=12), st.booleans())
def test_planted_differences_are_all_found_and_none_invented(plan, numbered) -> None:
    """With numbers every difference is told exactly; without them nothing that is alike is drawn in, and what is
    changed is open. Mends make both sides equal."""
    book = ledger(len(plan), numbered)
    names = [row.name for row in book.projects(YEAR)]
    rows, expected, planted = [], [], set()
    for number, (what, one) in enumerate(zip(plan, payments_of(book), strict=True)):
        row = row_of(book, one)
        if what == "drop":
            expected.append((Kind.HERE, ()))
            planted.add(one.id)
            continue
        if what == "add":
            other = replace(
                one, amount=900_000 + number, payee=f"外来{number}", voucher=f"W{number}" if numbered else ""
            )
            rows.append(row_of(book, other))
            expected.append((Kind.THERE, ()))
        elif what:
            place, text = {
                "amount": (7, f"{500 + number}.01"),
                "date": (0, f"{one.date[:8]}28"),
                "payee": (2, f"改名{number}"),
                "code": (6, "30299"),
                "project": (5, names[1 - names.index(row[5])]),
            }[what]
            row[place] = text
            expected.append((Kind.DIFFERENT, (what,)))
            planted.add(one.id)
        rows.append(row)
    if not rows:
        return
    found = compared(book, rows, until="2023-12-31")
    assert found.total.unexplained == 0
    assert all(one.unexplained == 0 for one in (*found.by_project, *found.by_month))
    if numbered:
        assert sorted(kinds(found)) == sorted(expected)
    touched = {one.id for match in found.matches if match.kind != Kind.MATCHED for one in match.payments}
    assert planted == touched
    answers = Answers(same=frozenset(one.key for one in found.of(Kind.DOUBTFUL) if one.payments))
    said = compared(book, rows, answers, "2023-12-31")
    mends = {Kind.HERE: Mend.REMOVE, Kind.THERE: Mend.ADD, Kind.DIFFERENT: Mend.TAKE}
    after = book.apply(mend(book, [Order(one, mends[one.kind]) for one in said.open], TODAY))
    again = compared(after, rows, until="2023-12-31")
    assert again.total.difference == 0
    assert [one for one in again.open if one.kind != Kind.DOUBTFUL] == []
    assert sum(one.amount for one in payments_of(after)) == again.total.there


def test_every_mend_has_a_name() -> None:
    assert set(MEND_LABELS) == set(Mend)
    assert isinstance(payments_of(ledger())[0], Payment)
