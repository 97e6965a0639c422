"""The journal as it is read: filters, undone and repeated work, before and after."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands, writing
from core.change import Diff
from core.check import About
from core.draft import Draft
from core.history import History, describe, excerpts, place_of
from core.ledger import Ledger
from core.model import Payment, ProjectYear, Waiver
from tests.builders import WAN, YEAR, on_disk


@pytest.fixture
def ledger(tmp_path: Path):
    ledger = on_disk(tmp_path / "小台账.ysz")
    yield ledger
    ledger.close()


def only_event(ledger: Ledger):
    return ledger.book.events(YEAR, ledger.book.projects(YEAR)[0].project)[0]


def test_an_edit_shows_before_and_after(ledger: Ledger) -> None:
    held = only_event(ledger)
    ledger.commit(commands.set_event(ledger.book, held.id, amount=566 * WAN // 100))
    history = History(ledger.journal())
    (record,) = describe(ledger.book, history.change_of(history.lines[-1])[0])
    assert record.action == "修改"
    assert record.about == About("event", held.id)
    assert [(f.label, f.before, f.after) for f in record.fields] == [("金额", "30,000.00元", "56,600.00元")]


def test_undo_and_redo_show_what_they_did(ledger: Ledger) -> None:
    held = only_event(ledger)
    ledger.commit(commands.set_event(ledger.book, held.id, amount=WAN))
    ledger.undo()
    ledger.redo()
    history = History(ledger.journal())
    do, undo, redo = (describe(ledger.book, history.change_of(line)[0])[0].fields for line in history.lines[-3:])
    assert do == redo
    assert [(f.before, f.after) for f in undo] == [(f.after, f.before) for f in do]
    assert [line.kind for line in history.matching(kind="undo")] == ["undo"]


def test_a_removed_entry_leads_to_its_project(ledger: Ledger) -> None:
    held = only_event(ledger)
    ledger.commit(commands.remove_event(ledger.book, held.id))
    history = History(ledger.journal())
    (record,) = describe(ledger.book, history.change_of(history.lines[-1])[0])
    assert (record.action, record.about) == ("删除", About("project", held.project))
    shown = {field.label: (field.before, field.after) for field in record.fields}
    assert shown["金额"] == ("30,000.00元", "")
    assert shown["类型"] == ("年初预算", "")
    assert "提前下达" not in shown


def test_a_removed_project_leads_nowhere(ledger: Ledger) -> None:
    row = ledger.book.projects(YEAR)[0]
    assert place_of(ledger.book, Diff(row, None)) == About("project", row.project)
    gone = ProjectYear(id=99, year=YEAR, project=98, name="已删除")
    assert place_of(ledger.book, Diff(gone, None)) is None
    waiver = Waiver(id=9, year=YEAR, rule="C-001", about="stated:0:调整追加")
    assert place_of(ledger.book, Diff(None, waiver)) == About("stated", 0, "调整追加")
    assert place_of(ledger.book, Diff(None, Waiver(id=9, year=1999, about="stated:0:支出"))) is None


def test_filter_by_words_newest_first_and_growth(ledger: Ledger) -> None:
    history = History(ledger.journal())
    assert history.matching() == list(reversed(history.lines))
    assert [line.label for line in history.matching("业务性专项经费")] == ["新增项目：业务性专项经费"]
    assert history.matching("业务性专项经费 没有这个词") == []
    known = history.last_id
    ledger.commit(writing.write_section(ledger.book, YEAR, "problems", 0, "问题一。"))
    history.extend(ledger.journal(known))
    assert [line.id for line in history.lines] == [line.id for line in ledger.journal()]


def test_of_a_large_change_only_the_first_records_are_read(ledger: Ledger) -> None:
    draft = Draft(ledger.book)
    where = ledger.book.projects(YEAR)[0].project
    for _number in range(50):
        draft.add(Payment(id=0, year=YEAR, project=where, date="2023-05-01", amount=100))
    ledger.commit(draft.change("导入50笔支出"))
    ledger.undo()
    history = History(ledger.journal())
    for line, action in zip(history.lines[-2:], ("新增", "删除"), strict=True):
        change, total = history.change_of(line, 3)
        assert (len(change.diffs), total) == (3, 50)
        assert {record.action for record in describe(ledger.book, change)} == {action}
    assert history.is_undone(history.lines[-2]) and not history.is_undone(history.lines[-1])


def test_a_long_text_is_cut_to_what_changed() -> None:
    before = "甲" * 200 + "旧" + "乙" * 200
    after = "甲" * 200 + "新词" + "乙" * 200
    assert excerpts(before, after) == (f"…{'甲' * 12}旧{'乙' * 12}…", f"…{'甲' * 12}新词{'乙' * 12}…")


@given(st.text(max_size=300), st.text(max_size=300))
def test_texts_that_differ_still_differ_when_cut(before: str, after: str) -> None:
    cut = excerpts(before, after)
    assert (cut[0] == cut[1]) == (before == after) or max(map(len, cut)) > 200
    assert all(len(text) <= 4 * 60 + 3 for text in cut)
