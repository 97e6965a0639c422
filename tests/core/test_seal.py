"""The seal of a year: what was changed outside the program after locking shows."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core import commands, writing
from core.book import Book
from core.check import Findings
from core.cli import main
from core.closing import finalise, lock, unfinalise
from core.draft import Draft
from core.errors import UserError
from core.labels import value_text
from core.ledger import Ledger
from core.model import Commitment, YearState
from core.seal import broken_seals, broken_words, digest, seal, seal_code, seal_holds
from core.verify import verify
from tests.builders import WAN, YEAR, do, event, on_disk, payment, project, with_year
from tests.findings import all_rules

NONE = Findings()
DAY = date(2024, 3, 1)


def year(state: str) -> tuple[Book, int]:
    book, where = project(with_year(), "大会费用")
    book = payment(event(book, where, "initial", WAN), where, WAN)
    book = do(book, writing.write_section, YEAR, "other", 0, "无。")
    book = do(book, commands.set_staff, YEAR, "行政编制", established=2, actual=2)
    book = do(book, lock, NONE, YEAR) if state != YearState.OPEN else book
    return (do(book, finalise, NONE, YEAR) if state == YearState.FINAL else book), where


def test_a_seal_names_its_version_its_fields_and_a_digest() -> None:
    book, _where = year("locked")
    held = json.loads(book.year(YEAR).seal)
    assert set(held) == {"version", "fields", "digest"} and held["version"] == 1
    assert set(held["fields"]) == {"budget_event", "payment", "commitment"}
    assert held["fields"]["payment"] == sorted(held["fields"]["payment"])
    final, _where = year("final")
    assert {"section", "waiver", "indicator", "fact", "project_year"} <= set(
        json.loads(final.year(YEAR).seal)["fields"]
    )


@pytest.mark.parametrize("state", ["open", "locked", "final"])
def test_a_seal_holds_until_what_it_covers_changes(state: str) -> None:
    book, where = year(state)
    assert seal_holds(book, YEAR) and not broken_seals(book)
    money = payment(book, where, 1)
    assert seal_holds(money, YEAR) == (state == "open")
    text = do(book, writing.write_section, YEAR, "other", 0, "别的。")
    assert seal_holds(text, YEAR) == (state != "final")


def test_a_final_seal_covers_policy_basis_and_structure_but_not_the_note() -> None:
    book, where = year("final")
    assert seal_holds(do(book, commands.set_year, YEAR, note="备忘"), YEAR)
    for command, fields in (
        (commands.set_year, {"policy": ""}),
        (commands.set_unit, {"basis": "allotted"}),
        (commands.set_unit, {"other_counts": True}),
        (commands.set_staff, {"actual": 3}),
    ):
        args = () if command is commands.set_unit else (YEAR,)
        args = (YEAR, "行政编制") if command is commands.set_staff else args
        assert not seal_holds(do(book, command, *args, **fields), YEAR), fields
    assert not seal_holds(do(book, commands.add_project, YEAR, "一", parent=where), YEAR)


def test_what_the_guards_let_through_never_breaks_a_seal() -> None:
    book, where = year("final")
    draft = Draft(book)
    draft.add(Commitment(id=0, year=YEAR, project=where, date="2023-05-01", amount=1))
    for change in (
        draft.change(""),
        commands.add_payment(book, YEAR, where, "2023-05-01", 1),
        commands.set_unit(book, basis="allotted"),
        commands.set_unit(book, code="019200"),
        commands.set_year(book, YEAR, note="备忘"),
        commands.set_year(book, YEAR, policy=""),
        commands.set_names(book, YEAR, head="某"),
        commands.add_project(book, YEAR, "一", parent=where),
        commands.waive(book, YEAR, "C-001", "stated:0:支出", "", "理由", DAY),
        commands.open_year(book, YEAR + 1, "", ""),
    ):
        after = book.apply(change)
        refused = bool(all_rules().edits(book, after, change))
        assert refused != seal_holds(after, YEAR), change


def test_a_later_version_with_more_fields_still_proves_an_old_seal() -> None:
    book, _where = year("locked")
    held = json.loads(book.year(YEAR).seal)
    held["fields"]["payment"].remove("memo")  # as if the column had come later
    held["digest"] = digest(book, YEAR, held["fields"])
    assert seal_holds(do(book, commands.set_year, YEAR, seal=json.dumps(held)), YEAR)


@pytest.mark.parametrize("text", ["", "x", "[]", '{"fields": 1}', '{"fields": {"nothing": []}, "digest": ""}'])
def test_a_locked_year_without_a_readable_seal_is_broken(text: str) -> None:
    book, _where = year("locked")
    assert broken_seals(do(book, commands.set_year, YEAR, seal=text)) == [YEAR]


def test_a_state_set_from_outside_is_broken() -> None:
    book, _where = year("locked")
    for state in (YearState.OPEN, YearState.FINAL):
        assert broken_seals(do(book, commands.set_year, YEAR, state=state)) == [YEAR]


def test_a_broken_year_is_not_finalised_and_says_so_when_it_is_opened_again() -> None:
    book, where = year("locked")
    with pytest.raises(UserError, match="2023年度的封存校验不符"):
        finalise(payment(book, where, 1), NONE, YEAR)
    final, where = year("final")
    assert unfinalise(payment(final, where, 1), YEAR, "更正").label == "2023年度反定稿：更正（解除时封存校验不符）"


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE payment SET amount = amount + 1", True),
        ("UPDATE year SET state = 'open'", True),
        ("UPDATE year SET seal = ''", True),
        ("DELETE FROM budget_event WHERE kind = 'recovered'", True),
        ("UPDATE year SET note = '备忘'", False),
    ],
)
def test_tampering_from_outside_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sql: str, broken: bool
) -> None:
    path = tmp_path / "a.ysz"
    with closing(on_disk(path)) as ledger:
        ledger.commit(lock(ledger.book, ledger.findings, YEAR))
    assert all(proof.good for proof in verify(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
    with closing(Ledger.open(path, readonly=True)) as ledger:
        assert broken_seals(ledger.book) == ([YEAR] if broken else [])
    proof = next(proof for proof in verify(path) if proof.name == "2023年度封存")
    assert proof.good is not broken and proof.detail == (broken_words(YEAR) if broken else "")
    main(["check", str(path)])
    assert capsys.readouterr().err == (f"{broken_words(YEAR)}\n" if broken else "")


def test_an_open_year_bears_no_seal() -> None:
    assert seal(with_year(), YEAR, YearState.OPEN) == ""


def test_the_journal_shows_a_seal_by_its_first_characters() -> None:
    book, _where = year("locked")
    record = book.year(YEAR)
    assert len(seal_code(record.seal)) == 12 and json.loads(record.seal)["digest"].startswith(seal_code(record.seal))
    assert value_text(book, record, "seal") == seal_code(record.seal)
    assert [seal_code(text) for text in ("", "x", "[]", "{}")] == [""] * 4
