"""A colleague's workbook against the ledger: what differs cell by cell, taken or left, and taken back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import commands, projects
from core.book import Book
from core.change import Change
from core.errors import UserError
from core.ledger import Ledger, Refused
from core.model import Payment, Project, Record
from core.three_way import compare, exported_state, field_text, place_text, side_text, take
from core.workbook_backup import export_workbook
from core.workbook_reader import Returned, read_workbook
from tests.builders import YEAR, do, event, on_disk, payment, project, with_year
from tests.strategies import Step, beginning, steps


def edited(book: Book, *changes: Record | int) -> Book:
    """A book with these records instead of those of the same id; a number removes that one."""
    held = {record.id: record for record in book.records()}
    for one in changes:
        if isinstance(one, int):
            del held[one]
        else:
            held[one.id] = one
    return Book.of(held.values(), book.next_id)


@pytest.fixture
def base() -> Book:
    book, where = project(with_year(), "业务费")
    book = event(book, where, "initial", 3_000_000)
    for number in range(3):
        book = payment(book, where, 10_000, purpose=f"会议{number}")
    return book


def spent(book: Book) -> list[Payment]:
    return list(book.all(Payment))


def test_cells_that_differ_and_where_both_changed_them(base: Book) -> None:
    first, second, third = spent(base)
    mine = do(base, commands.set_payment, first.id, memo="我的", purpose="会议费")
    theirs = edited(base, replace(first, memo="他的", amount=12_345), replace(second, purpose="培训费"), third.id)
    found = compare(base, mine, theirs)
    told = [(one.field, one.base, one.mine, one.theirs, one.conflict) for one in found[:3]]
    assert told == [
        ("amount", 10_000, 10_000, 12_345, False),
        ("memo", "", "我的", "他的", True),
        ("purpose", "会议1", "会议1", "培训费", False),
    ]
    assert found[3].is_removed and found[3].record == third and not found[3].conflict and len(found) == 4
    assert [field_text(one) for one in found] == ["金额", "备注", "用途", "删除的行"]
    assert side_text(base, found[0], found[0].theirs) == "123.45元" and side_text(base, found[3], None) == ""
    assert place_text(base, found[2]) == "支出 业务费 2023-06-01 培训费 100.00"


def test_what_both_did_alike_is_no_difference(base: Book) -> None:
    first, second, third = spent(base)
    mine = do(do(base, commands.set_payment, first.id, memo="同"), commands.remove_payment, third.id)
    assert compare(base, mine, edited(base, replace(first, memo="同"), third.id)) == []
    assert compare(base, mine, base) == []
    [one] = compare(base, do(base, commands.remove_payment, second.id), edited(base, replace(second, memo="改")))
    assert (one.mine, one.conflict, field_text(one)) == (None, True, "本台账已删除的行")
    [gone] = compare(base, do(base, commands.set_payment, second.id, memo="改"), edited(base, second.id))
    assert gone.conflict and gone.is_removed


def test_what_is_chosen_is_taken_as_one_step(base: Book) -> None:
    first, second, third = spent(base)
    mine = do(base, commands.set_payment, first.id, purpose="会议费")
    theirs = edited(base, replace(first, memo="他的", amount=12_345), replace(second, memo="不要"), third.id)
    found = compare(base, mine, theirs)
    change = take(mine, [one for one in found if one.theirs != "不要"])
    after = mine.apply(change)
    assert after.get(Payment, first.id) == replace(first, purpose="会议费", memo="他的", amount=12_345)
    assert after.get(Payment, second.id) == second and after.get(Payment, third.id) is None
    assert change.label == "采纳工作簿中的修改（3处）" and len(change.diffs) == 2
    assert list(after.apply(change.inverse()).records()) == list(mine.records())
    assert [one.theirs for one in compare(base, after, theirs)] == ["不要"]


def test_new_rows_get_numbers_of_this_ledger_and_their_links_follow(base: Book) -> None:
    where = next(base.all(Project)).id
    mine = payment(base, where, 777)  # takes the number that the workbook gives out too
    number = base.next_id
    theirs = edited(
        base,
        Payment(id=number, year=YEAR, project=where, date="2023-08-01", amount=500),
        Payment(id=number + 1, year=YEAR, project=where, date="2023-08-02", amount=-500, reverses=number),
    )
    found = compare(base, mine, theirs)
    assert [one.is_new for one in found] == [True, True]
    after = mine.apply(take(mine, found))
    own, new, reversal = spent(after)[-3:]
    assert own.amount == 777 and (new.id, new.amount) == (mine.next_id, 500)
    assert reversal.reverses == new.id
    assert compare(base, after, theirs) == []
    assert take(mine, []).diffs == ()


def test_rows_that_were_taken_are_not_offered_again(base: Book) -> None:
    where = next(base.all(Project)).id
    theirs = edited(base, Payment(id=base.next_id, year=YEAR, project=where, date="2023-08-01", amount=500))
    after = base.apply(take(base, compare(base, base, theirs)))
    assert compare(base, after, theirs) == []


def test_what_changed_since_the_comparison_is_not_taken(base: Book) -> None:
    first = spent(base)[0]
    found = compare(base, base, edited(base, replace(first, memo="他的")))
    later = do(base, commands.set_payment, first.id, memo="刚改的")
    with pytest.raises(UserError, match="请重新比较"):
        take(later, found)
    with pytest.raises(UserError, match="请重新比较"):
        take(do(base, commands.remove_payment, first.id), found)


def test_no_row_loses_its_project(base: Book) -> None:
    book, where = project(base, "另一个")
    added = edited(book, Payment(id=book.next_id, year=YEAR, project=where, date="2023-08-01", amount=500))
    mine = do(book, projects.remove_project, YEAR, where)
    [new] = compare(book, mine, added)
    with pytest.raises(UserError, match="所属的项目"):
        take(mine, [new])
    first = next(book.all(Project)).id
    removed = [one for one in compare(book, book, edited(book, first)) if one.is_removed]
    with pytest.raises(UserError, match="所属的项目"):
        take(book, removed)


@settings(deadline=None, max_examples=40)
@given(steps(8), steps(8), st.randoms(use_true_random=False))
def test_taking_everything_brings_their_cells(ours: list[Step], others: list[Step], choice: Any) -> None:
    base = done(Book(), beginning())
    mine, theirs = done(base, ours), done(base, others)
    found = compare(base, mine, theirs)
    if not any(one.conflict for one in found) and not any(one.is_new for one in found):
        try:
            after = mine.apply(take(mine, found))
        except UserError:
            return  # a project they removed has gained entries here
        assert compare(base, after, theirs) == []
    cells = [one for one in found if one.field]
    chosen = choice.sample(cells, len(cells) // 2)
    for one in chosen:
        assert getattr(take(mine, [one]).diffs[0].after, one.field) == one.theirs
    assert compare(base, theirs, theirs) == [] and compare(base, mine, base) == []


def done(book: Book, taken: list[Step]) -> Book:
    for step in taken:
        book = book.apply(step.change(book) or Change(""))
    return book


# Through files


def export(ledger: Ledger, path: Path) -> None:
    line = ledger.last_line()
    export_workbook(ledger.book, path, line.id if line else 0, line.chain if line else "")


def amend(path: Path, row: int, column: int, value: object) -> Returned:
    workbook = openpyxl.load_workbook(path)
    workbook["支出"].cell(row, column).value = value
    workbook.save(path)
    return read_workbook(path)


def test_a_workbook_comes_back_while_the_ledger_went_on(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    ledger.commit(commands.set_year(ledger.book, YEAR, note="一"))
    ledger.undo()
    exported = ledger.book
    export(ledger, tmp_path / "a.xlsx")
    ledger.redo()
    where = ledger.book.projects(YEAR)[0].project
    ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-07-01", 500))
    ledger.undo()
    ledger.commit(commands.set_project(ledger.book, YEAR, where, name="改名的项目"))
    returned = amend(tmp_path / "a.xlsx", 2, 18, "备注由同事填写")
    base = exported_state(ledger.book, ledger.journal(), returned.header)
    assert base == exported
    [one] = compare(base, ledger.book, returned.book)
    assert (one.field, one.theirs) == ("memo", "备注由同事填写")
    outcome = ledger.commit(take(ledger.book, [one]))
    assert outcome is not None and next(ledger.book.all(Payment)).memo == "备注由同事填写"
    ledger.undo()
    assert next(ledger.book.all(Payment)).memo == ""
    ledger.close()


def test_a_workbook_of_another_ledger_is_not_compared(tmp_path: Path) -> None:
    ledger, other = on_disk(tmp_path / "a.ysz"), on_disk(tmp_path / "b.ysz")
    other.commit(commands.set_year(other.book, YEAR, note="别的"))
    export(other, tmp_path / "b.xlsx")
    header = read_workbook(tmp_path / "b.xlsx").header
    with pytest.raises(UserError, match="不是从当前台账导出的"):
        exported_state(ledger.book, ledger.journal(), header)
    with pytest.raises(UserError, match="不是从当前台账导出的"):
        exported_state(ledger.book, ledger.journal(), replace(header, line=0, chain=""))
    ledger.close()
    other.close()


def test_a_locked_year_refuses_what_was_changed_in_the_workbook(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    export(ledger, tmp_path / "a.xlsx")
    year = ledger.book.year(YEAR)
    assert year is not None
    ledger.commit(commands.set_year(ledger.book, YEAR, locked_months="3"))
    returned = amend(tmp_path / "a.xlsx", 2, 6, 1.5)
    found = compare(exported_state(ledger.book, ledger.journal(), returned.header), ledger.book, returned.book)
    assert [one.field for one in found] == ["amount"]
    with pytest.raises(Refused):
        ledger.commit(take(ledger.book, found))
    ledger.close()
