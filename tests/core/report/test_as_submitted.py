"""Reports kept as handed in: the record in the file, and the figures that print otherwise now."""

from datetime import date
from pathlib import Path

import pytest

from core import commands
from core.book import Book
from core.errors import UserError
from core.figures import Ref
from core.labels import record_title, value_text
from core.ledger import Ledger, checker
from core.model import Submission, YearState
from core.report.as_submitted import (
    Changed,
    Comparison,
    choice_of,
    compare,
    hold_against_now,
    is_as_submitted,
    remove_submission,
    submissions,
    submit,
)
from core.report.choice import Choice
from core.report.model import Document
from core.report.submission import submission
from core.sample import sample_book
from core.seal import seal, seal_holds
from core.verify import verify
from tests.builders import WAN, on_disk

YEAR = 2023
TODAY = date(2024, 5, 6)
CHOICE = Choice(("unit", "execution"), contents=False)


def printed(book: Book) -> Document:
    return submission(book, YEAR, CHOICE)


def handed_in(book: Book) -> tuple[Book, Submission]:
    book = book.apply(submit(book, YEAR, printed(book), " 区财政局 ", TODAY, CHOICE, 17))
    [kept] = submissions(book, YEAR)
    return book, kept


def test_it_is_kept_with_day_recipient_digest_and_figures() -> None:
    book, kept = handed_in(sample_book())
    assert (kept.date, kept.recipient, kept.journal) == ("2024-05-06", "区财政局", 17)
    assert choice_of(kept).annexes == CHOICE.annexes
    assert is_as_submitted(kept, printed(book)) and compare(book, kept, printed(book)) == []
    assert submissions(book, YEAR - 1) == []
    assert record_title(book, kept) == "报送记录 区财政局（2023） 2024-05-06"
    count = len({one.ref for one in printed(book).figures()})
    assert value_text(book, kept, "figures") == f"{count}项" and value_text(book, kept, "annexes") == "2个"


def test_what_prints_otherwise_now_is_named_in_words() -> None:
    book, kept = handed_in(sample_book())
    where = next(row.project for row in book.projects(YEAR) if row.name == "业务性专项经费")
    changed = book.apply(commands.add_payment(book, YEAR, where, "2023-12-01", WAN // 10, purpose="资料费"))
    assert not is_as_submitted(kept, printed(changed))
    found = {one.label: (one.then, one.now) for one in compare(changed, kept, printed(changed))}
    assert found["业务性专项经费·实际支出"] == ("2.07", "2.17")
    assert found["业务性专项经费·执行率"] == ("69.00%", "72.33%")
    assert found["合计·实际支出"] == ("101.09", "101.19")
    assert "业务性专项经费·年初预算" not in found


def test_figures_that_are_new_or_gone_are_told_apart() -> None:
    book, kept = handed_in(sample_book())
    where = next(row.project for row in book.projects(YEAR) if row.name == "第五次换届大会费用")
    wider = submission(book, YEAR, Choice(("unit", "projects", "execution")))
    assert {one.then for one in compare(book, kept, wider)} == {""}
    renamed = book.apply(commands.set_project(book, YEAR, where, name="换届大会费用"))
    found = compare(renamed, kept, submission(renamed, YEAR, Choice(())))
    assert all(one.now == "" for one in found)
    assert Changed(Ref(YEAR, where, "追加减"), "换届大会费用·追加（减）", "0.00", "") not in found  # the text prints it
    assert any(one.label == "合计·上年结转" for one in found)


def test_three_and_three_point_nought_nought_are_one_figure() -> None:
    book, kept = handed_in(sample_book())
    texts = submission(book, YEAR, Choice((), contents=False))
    now = {one.ref: one.text for one in texts.figures()}
    assert "3" in now.values()  # the sentence trims what the table prints in full
    assert all(one.now == "" for one in compare(book, kept, texts))


def test_without_a_recipient_nothing_is_kept() -> None:
    book = sample_book()
    with pytest.raises(UserError, match="报送对象"):
        submit(book, YEAR, printed(book), "  ", TODAY)


def test_undo_journal_and_findings(tmp_path: Path) -> None:
    path = tmp_path / "报送.ysz"
    ledger = on_disk(path)
    before, findings = ledger.book, ledger.findings
    ledger.commit(submit(ledger.book, YEAR, printed(ledger.book), "区财政局", TODAY, CHOICE, 6))
    assert len(submissions(ledger.book, YEAR)) == 1
    assert ledger.findings == findings and ledger.findings == checker().check(ledger.book, [YEAR])
    ledger.undo()
    assert list(ledger.book.records()) == list(before.records())
    ledger.redo()
    [kept] = submissions(ledger.book, YEAR)
    ledger.commit(remove_submission(ledger.book, kept.id))
    assert submissions(ledger.book, YEAR) == []
    ledger.undo()
    ledger.close()
    assert all(proof.good for proof in verify(path))
    again = Ledger.open(path)
    assert submissions(again.book, YEAR) == [kept]
    again.close()


def test_a_final_year_may_be_handed_in_and_its_seal_still_holds() -> None:
    book = sample_book()
    sealed = book.year(YEAR)
    assert sealed is not None
    final = book.apply(commands.set_year(book, YEAR, state=YearState.FINAL, seal=seal(book, YEAR, YearState.FINAL)))
    assert seal_holds(final, YEAR)
    change = submit(final, YEAR, printed(final), "区财政局", TODAY)
    after = final.apply(change)
    assert seal_holds(after, YEAR) and checker().edits(final, after, change) == []


def test_held_against_now_it_says_by_how_much_and_by_which_steps(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "报送.ysz")
    [row] = ledger.book.projects(YEAR)
    document = submission(ledger.book, YEAR, CHOICE, traced=False)
    last = ledger.last_line()
    assert last is not None
    early = commands.add_payment(ledger.book, YEAR, row.project, "2023-11-01", WAN, purpose="登记前")
    ledger.commit(submit(ledger.book, YEAR, document, "区财政局", TODAY, CHOICE, last.id))
    [kept] = submissions(ledger.book, YEAR)

    def now() -> Comparison:
        printed_now = submission(ledger.book, YEAR, CHOICE, traced=False)
        return hold_against_now(ledger.book, kept, printed_now, ledger.journal())

    unchanged = now()
    assert unchanged.changed == () and unchanged.is_word_for_word
    assert unchanged.same == len({one.ref for one in document.figures()})
    ledger.commit(commands.add_payment(ledger.book, YEAR, row.project, "2023-12-01", WAN // 10, purpose="资料费"))
    ledger.commit(commands.set_project(ledger.book, YEAR, row.project, code="7"))
    ledger.commit(early)
    ledger.undo()  # what was taken back changed nothing
    found = now()
    spent = next(one for one in found.changed if one.ref == Ref(YEAR, row.project, "实际支出"))
    assert (spent.then, spent.now, spent.difference) == ("2.07", "2.17", "+0.10")
    assert spent.anchor is not None
    assert [line.label for line in found.behind[spent.ref]][-1:] == ["新增支出 1,000.00"]
    assert not any("登记前" in line.label or line.kind != "do" for line in found.behind[spent.ref])
    assert found.same + len(found.changed) == unchanged.same and not found.is_word_for_word
    ledger.close()


def test_an_undo_of_what_was_handed_in_is_a_step_behind_it(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "报送.ysz")
    [row] = ledger.book.projects(YEAR)
    ledger.commit(commands.add_payment(ledger.book, YEAR, row.project, "2023-12-01", WAN // 10, purpose="资料费"))
    last = ledger.last_line()
    assert last is not None
    document = submission(ledger.book, YEAR, CHOICE, traced=False)
    handed = ledger.book.apply(submit(ledger.book, YEAR, document, "区财政局", TODAY, CHOICE, last.id))
    [kept] = submissions(handed, YEAR)
    ledger.undo()
    found = hold_against_now(ledger.book, kept, submission(ledger.book, YEAR, CHOICE, traced=False), ledger.journal())
    assert found.changed and {line.kind for lines in found.behind.values() for line in lines} == {"undo"}
    ledger.close()


@pytest.mark.parametrize(
    ("then", "now", "difference"),
    [
        ("2.07", "2.17", "+0.10"),
        ("1,000.00", "3", "-997.00"),
        ("69.00%", "72.33%", "+3.33%"),
        ("3", "", ""),
        ("—", "3", ""),
        ("3%", "3", ""),
    ],
)
def test_a_difference_has_its_sign_and_the_finer_decimals(then: str, now: str, difference: str) -> None:
    assert Changed(Ref(YEAR, 0, "支出"), "支出", then, now).difference == difference
