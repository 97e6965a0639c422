"""An import is one change, one step to undo, and can be withdrawn later; what was previewed is what is stored."""

from datetime import datetime
from pathlib import Path

import pytest

from core import commands
from core.batches import Batch
from core.errors import UserError
from core.intake.commit import batches, change_of, records_of, withdraw
from core.ledger import Ledger
from core.model import Payment, ProjectYear
from tests.builders import do, on_disk
from tests.core.intake.ugly import HEAD, LINES, ledger, payments, plan_of, write

NOW = datetime(2023, 11, 23, 9, 30)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [HEAD, *((*line[:4], "业务性专项经费", line[-1]) for line in LINES),
            ("2023-07-01", "P009", "示例书店", "退图书款", "业务性专项经费", -99.99)]  # fmt: skip
    return write(tmp_path / "支付.xlsx", rows)


def test_preview_is_what_is_stored(source: Path) -> None:
    book = ledger()
    plan = plan_of(source, book)
    after = book.apply(change_of(book, plan, NOW))
    stored = [after.get(Payment, one.id) for one in payments(plan)]
    assert stored == payments(plan) and len(stored) == 4
    assert stored[3].reverses == stored[2].id  # type: ignore[union-attr]
    [batch] = batches(after)
    assert (batch.file, batch.sheet, batch.kind, batch.count, batch.amount) == (
        "支付.xlsx", "支付明细", "payments", 4, plan.stored_total,
    )  # fmt: skip
    assert {one.batch for one in records_of(after, batch)} == {batch.id}  # type: ignore[attr-defined]
    assert batch.time == "2023-11-23T09:30:00"


def test_an_import_is_one_line_of_the_journal_and_one_step_to_undo(tmp_path: Path, source: Path) -> None:
    kept = on_disk(tmp_path / "a.ysz")
    before = kept.book
    kept.commit(change_of(kept.book, plan_of(source, kept.book), NOW))
    assert kept.undo_label == "导入支出：支付.xlsx，4条"
    assert len(kept.journal()) == 7
    after = kept.book
    kept.undo()
    assert list(kept.book.records()) == list(before.records())
    kept.redo()
    assert list(kept.book.records()) == list(after.records())
    kept.close()
    again = Ledger.open(tmp_path / "a.ysz")
    assert list(again.book.records()) == list(after.records())
    assert plan_of(source, again.book).new == 0
    assert any("已经导入过" in note for note in plan_of(source, again.book).notes)
    again.close()


def test_a_batch_is_withdrawn_later_and_may_come_again(source: Path) -> None:
    book = ledger()
    after = book.apply(change_of(book, plan_of(source, book), NOW))
    later = do(after, commands.add_payment, 2023, book.projects(2023)[0].project, "2023-08-01", 5)
    gone = later.apply(withdraw(later, batches(later)[0].id, NOW))
    assert [one.amount for one in gone.all(Payment)] == [5]
    assert [one.withdrawn for one in gone.all(Batch)] == ["2023-11-23T09:30:00"]
    assert plan_of(source, gone).new == 4
    with pytest.raises(UserError, match="已在2023-11-23"):
        withdraw(gone, batches(gone)[0].id, NOW)


def test_what_others_rest_on_cannot_be_withdrawn(source: Path, tmp_path: Path) -> None:
    book = ledger()
    after = book.apply(change_of(book, plan_of(source, book), NOW))
    first = next(iter(after.all(Payment)))
    reversed_ = do(after, commands.reverse_payment, first.id, "2023-09-01")
    with pytest.raises(UserError, match="红字"):
        withdraw(reversed_, batches(after)[0].id, NOW)
    made = plan_of(write(tmp_path / "b.xlsx", [HEAD, (*LINES[0][:4], "新项目", 5)]), book, create_all=True)
    with_project = book.apply(change_of(book, made, NOW))
    new = next(row.project for row in with_project.project_years(2023) if row.name == "新项目")
    assert not with_project.apply(withdraw(with_project, batches(with_project)[0].id, NOW)).project_year(2023, new)
    used = do(with_project, commands.add_payment, 2023, new, "2023-08-01", 5)
    with pytest.raises(UserError, match="新建的项目已有其他记录"):
        withdraw(used, batches(used)[0].id, NOW)


def test_a_guessed_unit_and_a_changed_book_are_not_stored(tmp_path: Path, source: Path) -> None:
    book = ledger()
    guessed = plan_of(write(tmp_path / "b.xlsx", [(*HEAD[:-1], "金额"), *LINES]), book)
    with pytest.raises(UserError, match="元还是万元"):
        change_of(book, guessed, NOW)
    plan = plan_of(source, book)
    with pytest.raises(UserError, match="重新预览"):
        change_of(do(book, commands.add_project, 2023, "另一个"), plan, NOW)


def test_nothing_new_is_no_change(source: Path) -> None:
    book = ledger()
    after = book.apply(change_of(book, plan_of(source, book), NOW))
    assert not change_of(after, plan_of(source, after), NOW)


def test_a_project_of_last_year_is_taken_over_not_made_anew(tmp_path: Path) -> None:
    from tests.builders import with_year

    book = with_year(ledger(), 2024)
    path = write(tmp_path / "b.xlsx", [HEAD, ("2024-03-08", *LINES[0][1:])])
    plan = plan_of(path, book, create_all=True)
    after = book.apply(change_of(book, plan, NOW))
    row = next(one for one in after.all(ProjectYear) if one.year == 2024)
    assert row.project in {one.project for one in book.project_years(2023)} and row.name == "三八活动"
