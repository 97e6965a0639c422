"""One door for every change: undo, redo, refusal and the journal, by hand and by random work."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from core import commands, writing
from core.ledger import Ledger, Outcome, Refused
from core.outline import default_template_text
from core.policy import default_policy_text
from core.verify import replay, verify
from tests.builders import WAN, YEAR, on_disk
from tests.strategies import Step, beginning, steps


def test_undo_and_redo_by_name(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    before = ledger.book
    event = before.events(YEAR, before.projects(YEAR)[0].project)[0]
    ledger.commit(commands.set_event(before, event.id, amount=4 * WAN))
    after = ledger.book
    assert ledger.undo_label == "修改年初预算 30,000.00→40,000.00"
    ledger.undo()
    assert ledger.book == before and ledger.redo_label == "修改年初预算 30,000.00→40,000.00"
    ledger.redo()
    assert ledger.book == after and ledger.redo_label == ""
    ledger.close()


def test_a_new_edit_ends_redo(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    ledger.undo()
    assert ledger.redo_label
    ledger.commit(commands.set_year(ledger.book, YEAR, note="新"))
    assert ledger.redo() is None
    ledger.close()


def test_a_blocked_change_is_refused_with_its_reason_and_changes_nothing(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    book, lines = ledger.book, ledger.journal()
    where = book.projects(YEAR)[0].project
    with pytest.raises(Refused, match="2024-01-02不在2023年度内"):
        ledger.commit(commands.add_payment(book, YEAR, where, "2024-01-02", 100))
    assert ledger.book is book and ledger.journal() == lines
    ledger.close()


def test_what_was_prepared_is_saved_and_no_other_change_in_its_place(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    book = ledger.book
    where = book.projects(YEAR)[0].project
    first, second = (commands.add_payment(book, YEAR, where, "2023-06-01", amount) for amount in (100, 200))
    lines = len(ledger.journal())
    assert not ledger.prepare(first).blocking
    assert ledger.book is book and len(ledger.journal()) == lines
    ledger.commit(second)
    assert ledger.journal()[-1].change == second
    third = commands.add_payment(ledger.book, YEAR, where, "2023-06-02", 300)
    ledger.prepare(third)
    ledger.commit(third)
    assert ledger.journal()[-1].change == third
    ledger.undo()
    ledger.redo()
    assert all(proof.good for proof in verify(ledger.path)) and replay(ledger.journal()) == ledger.book
    ledger.close()


def test_trying_saves_nothing_and_says_what_would_be(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    book = ledger.book
    where = book.projects(YEAR)[0].project
    outcome = ledger.try_(commands.add_payment(book, YEAR, where, "2023-06-01", 5 * WAN))
    assert ledger.book is book
    assert {f.rule for f in outcome.raised} >= {"C-017"}
    ledger.close()


def test_listeners_hear_of_every_saved_change(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    heard: list[Outcome] = []
    ledger.listen(heard.append)
    ledger.commit(commands.set_year(ledger.book, YEAR, note="一"))
    ledger.commit(commands.set_year(ledger.book, YEAR, note="一"))
    ledger.undo()
    assert [outcome.kind for outcome in heard] == ["do", "undo"]
    ledger.close()


def test_a_repair_is_offered_only_if_it_clears_its_finding(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    text = "没有请写明“无其他需要说明的情况”。"
    ledger.commit(writing.write_section(ledger.book, YEAR, "other", 0, text))
    finding = next(f for f in ledger.findings if f.rule == "C-050")
    change = ledger.repair(finding)
    assert change is not None
    ledger.commit(change)
    assert not [f for f in ledger.findings if f.rule == "C-050"]
    ledger.undo()
    assert finding in list(ledger.findings)
    ledger.close()


def test_money_brought_forward_may_leave_a_to_do(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    where = ledger.book.projects(YEAR)[0].project
    recovered = next(e for e in ledger.book.events(YEAR, where) if e.kind == "recovered")
    ledger.commit(commands.set_event(ledger.book, recovered.id, kind="carried"))
    ledger.commit(commands.open_year(ledger.book, YEAR + 1, default_policy_text(), default_template_text()))
    (finding,) = (f for f in ledger.findings if f.rule == "C-013")
    change = ledger.repair(finding)
    assert change is not None
    ledger.commit(change)
    assert "C-013" not in {f.rule for f in ledger.findings}
    assert [e.amount for e in ledger.book.events(YEAR + 1, where)] == [93 * WAN // 100]
    ledger.close()


def test_what_was_being_typed_survives_an_end_without_saving(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    before = ledger.book
    ledger.keep_unsaved(writing.write_section(before, YEAR, "problems", 0, "正在写的文字"))
    ledger.close()
    again = Ledger.open(tmp_path / "a.ysz")
    assert again.book == before
    recovered = again.recover()
    assert recovered is not None and recovered.change.label.startswith("修改文字")
    section = again.book.section(YEAR, "problems")
    assert section is not None and section.text == "正在写的文字"
    assert again.recover() is None
    again.undo()
    assert list(again.book.records()) == list(before.records())
    again.close()
    assert all(proof.good for proof in verify(tmp_path / "a.ysz"))


def test_what_was_put_aside_is_forgotten_once_saved_or_taken_back(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    change = writing.write_section(ledger.book, YEAR, "problems", 0, "文字")
    ledger.keep_unsaved(change)
    ledger.keep_unsaved(None)
    assert ledger.recover() is None
    ledger.keep_unsaved(change)
    ledger.commit(change)
    assert ledger.recover() is None
    ledger.close()


@settings(max_examples=40, deadline=None)
@given(steps(14))
def test_random_work_holds_every_promise(work: list[Step]) -> None:
    """redo∘undo is the identity; disk equals memory; the replayed journal equals the book;
    rechecking equals checking anew."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ysz"
        ledger = Ledger.create(path)
        _ = ledger.findings
        for step in [*beginning(), *work]:
            change = step.change(ledger.book)
            if change is None:
                continue
            held = ledger.book
            try:
                saved = ledger.commit(change, step.contents())
            except Refused:
                assert ledger.book is held
                continue
            if saved:
                after = ledger.book
                ledger.undo()
                assert list(ledger.book.records()) == list(held.records())
                ledger.redo()
                assert ledger.book == after
        years = [y.year for y in ledger.book.years()]
        assert ledger.findings == ledger.checker.check(ledger.book, years)
        book, lines = ledger.book, ledger.journal()
        ledger.close()
        assert replay(lines) == book
        again = Ledger.open(path)
        assert again.book == book
        again.close()
        assert all(proof.good for proof in verify(path))


def test_listeners_hear_of_a_change_when_the_undo_names_are_right(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    heard: list[tuple[str, str, str]] = []
    ledger.listen(lambda outcome: heard.append((outcome.kind, ledger.undo_label, ledger.redo_label)))
    before = ledger.undo_label
    ledger.commit(commands.set_year(ledger.book, YEAR, note="一"))
    ledger.undo()
    ledger.redo()
    ledger.undo()
    ledger.commit(commands.set_names(ledger.book, YEAR, head="二"))
    note, names = "修改2023年度设置", "修改单位信息"
    assert heard == [
        ("do", note, ""),
        ("undo", before, note),
        ("redo", note, ""),
        ("undo", before, note),
        ("do", names, ""),
    ]
    ledger.close()
