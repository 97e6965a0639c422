"""A backup against the ledger as it is now: what differs, in figures and record by record."""

from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core import commands
from core.backups import back_up
from core.book import Book
from core.ledger import Ledger
from core.model import Payment
from core.then_and_now import compare, difference, read_backup
from tests.builders import WAN, YEAR, event, on_disk, payment, project, with_year

TODAY = date(2024, 1, 20)


def plain() -> tuple[Book, int]:
    book, where = project(with_year(), "业务性专项经费")
    return payment(event(book, where, "initial", 3 * WAN), where, WAN), where


def test_nothing_differs() -> None:
    book, _where = plain()
    found = compare(book, book, TODAY)
    assert found.is_same and not found.counts and not found.records and all(line.is_same for line in found.lines)
    assert found.errors_then == found.errors_now and list(found.errors_now) == [YEAR]
    unit, row = found.lines
    assert (unit.name, row.name) == ("单位整体", "业务性专项经费") and unit.now == row.now
    assert row.now is not None and (row.now.events, row.now.payments) == (1, 1)
    assert (row.now.budget, row.now.spent) == (3 * WAN, WAN)


def test_what_restoring_would_do() -> None:
    then, where = plain()
    now = payment(then, where, 5 * WAN, "2023-07-01")
    [held] = then.payments(YEAR, where)
    now = now.apply(commands.set_payment(now, held.id, purpose="会议费"))
    now, new = project(now, "新项目")
    found = compare(then, now, TODAY)
    counts = {one.label: (one.brought_back, one.changed, one.removed) for one in found.counts}
    assert counts["支出"] == (0, 1, 1) and counts["项目"] == (0, 0, 1) and found.total == len(found.records) == 4
    lines = {line.name: line for line in found.lines}
    assert lines["新项目"].then is None and not lines["新项目"].is_same and lines["新项目"].project == new
    spent = lines["业务性专项经费"]
    assert spent.then and spent.now and (spent.then.spent, spent.now.spent) == (WAN, 6 * WAN)
    assert sum(found.errors_now.values()) > sum(found.errors_then.values()), "spent more than there is"
    assert {one.action for one in found.records} == {"修改", "删除"}


def test_the_other_way_round_it_would_come_back() -> None:
    now, where = plain()
    then = payment(now, where, 100)
    [one] = compare(then, now, TODAY).counts
    assert (one.label, one.brought_back, one.changed, one.removed) == ("支出", 1, 0, 0)


def test_a_year_that_is_new() -> None:
    then, _where = plain()
    now = with_year(then, YEAR + 1)
    newest = compare(then, now, TODAY).lines[0]
    assert (newest.year, newest.then) == (YEAR + 1, None) and newest.now is not None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 10**9)), max_size=8))
def test_the_difference_leads_from_one_to_the_other(steps: list[tuple[int, int]]) -> None:
    before, where = plain()
    after = before
    for what, amount in steps:
        payments = [one for one in after.all(Payment)]
        if what == 0 and payments:
            after = after.apply(commands.remove_payment(after, payments[amount % len(payments)].id))
        elif what == 1 and payments:
            after = after.apply(commands.set_payment(after, payments[amount % len(payments)].id, amount=amount))
        else:
            after = payment(after, where, amount)
    assert list(before.apply(difference(before, after)).records()) == list(after.records())


def test_a_backup_is_read_as_it_was(tmp_path: Path) -> None:
    with closing(on_disk(tmp_path / "台账.ysz")) as ledger:
        book = ledger.book
        copy = back_up(ledger.path, [tmp_path / "b"]).path
        ledger.commit(commands.set_year(ledger.book, YEAR, note="后来"))
    before = copy.read_bytes()
    assert read_backup(copy) == book and copy.read_bytes() == before
    with closing(Ledger.open(tmp_path / "台账.ysz", readonly=True)) as ledger:
        [one] = compare(read_backup(copy), ledger.book, TODAY).records
    assert one.action == "修改" and [field.before for field in one.fields] == ["后来"]
