"""When findings came and went, by the lines of the journal; the list of findings as a table."""

from datetime import date

import pytest

from core import commands as c
from core.check_list import HEADS, check_list
from core.export.sheet import write_tables
from core.finding_history import complaint, trace
from core.history import History
from core.jobs import Cancelled
from core.ledger import Ledger, checker
from core.review import review
from tests.builders import YEAR, on_disk

DAY = date(2024, 1, 20)


@pytest.fixture
def ledger(tmp_path):
    held = on_disk(tmp_path / "账.ysz")
    held.operator = "Li Hong"
    yield held
    held.close()


def traced(ledger: Ledger):
    return trace(ledger.book, History(ledger.journal()), checker(), YEAR, lambda _done, _total: None)


def only(ledger: Ledger) -> int:
    return next(p.project for p in ledger.book.projects(YEAR) if p.name == "业务性专项经费")


def test_what_is_there_now_is_what_the_checker_finds(ledger):
    found = traced(ledger)
    assert {complaint(s.finding) for s in found.stories if s.gone is None} == {
        complaint(f) for f in ledger.findings.of_year(YEAR)
    }


def test_a_finding_names_the_line_that_brought_it_and_the_line_that_cleared_it(ledger):
    outcome = ledger.commit(c.add_payment(ledger.book, YEAR, only(ledger), "2023-06-01", 50_000_00))
    came = ledger.last_line()
    raised = {complaint(f) for f in outcome.raised if f.year == YEAR}
    assert raised
    found = traced(ledger)
    assert {s.came.id for s in found.stories if complaint(s.finding) in raised and s.gone is None} == {came.id}
    ledger.undo()
    gone = ledger.last_line()
    ended = [s for s in traced(ledger).stories if s.gone is not None and s.gone.id == gone.id]
    assert raised <= {complaint(s.finding) for s in ended}
    assert {s.came.id for s in ended if complaint(s.finding) in raised} == {came.id}
    assert gone.who == "Li Hong"


def test_a_waiver_names_who_wrote_it(ledger):
    finding = ledger.findings.of_year(YEAR)[0]
    ledger.commit(c.waive(ledger.book, YEAR, finding.rule, finding.about.key(), finding.facts(), "已附说明材料。", DAY))
    waiver = ledger.book.waivers(YEAR)[0]
    assert traced(ledger).waived[waiver.id].who == "Li Hong"


def test_it_can_be_stopped(ledger):
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        trace(ledger.book, History(ledger.journal()), checker(), YEAR, stop)


def test_the_list_says_how_each_stands_and_what_is_gone(ledger, tmp_path):
    ledger.commit(c.add_payment(ledger.book, YEAR, only(ledger), "2023-06-01", 50_000_00))
    ledger.undo()
    finding = ledger.findings.of_year(YEAR)[0]
    reason = "=1+1 已附说明材料。"
    ledger.commit(c.waive(ledger.book, YEAR, finding.rule, finding.about.key(), finding.facts(), reason, DAY))
    seen = review(ledger.book, ledger.findings, YEAR, DAY)
    items = [*seen.open, *seen.todo, *seen.waived]
    table = check_list(ledger.book, seen, items, traced(ledger))
    rows = [dict(zip(HEADS, row, strict=True)) for row in table.rows]
    waived = [row for row in rows if row["状态"] == "已说明"]
    assert [(row["理由或回答"], row["说明日期"], row["说明人"]) for row in waived] == [
        (reason, "2024-01-20", "Li Hong")
    ]
    assert {row["状态"] for row in rows} >= {"已说明", "已消除"}
    assert all(row["消除"] and row["出现"] for row in rows if row["状态"] == "已消除")
    assert len(check_list(ledger.book, seen, items).rows) == len(items)
    write_tables(tmp_path / "清单.csv", [table])
    text = (tmp_path / "清单.csv").read_text(encoding="utf-8-sig")
    assert f"'{reason}" in text and f",{reason}" not in text
