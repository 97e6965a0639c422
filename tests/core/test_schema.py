"""Migrations: a file of an older version becomes exactly what a new file is, with everything in it."""

import shutil
import sqlite3
from pathlib import Path

from core import commands
from core.ledger import Ledger
from core.model import CommitmentState, Fact
from core.schema import SCHEMA_VERSION
from core.verify import verify

DATA = Path(__file__).parent / "data"
OLD = DATA / "version1.ysz"


def schema_of(path: Path) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """Tables with their columns, triggers and indexes by type and name."""
    connection = sqlite3.connect(path)
    found: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        if kind == "table":  # added columns stand in another order of words than those of a new table
            rows = connection.execute(f"SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo('{name}')")
            found[kind, name] = [tuple(row) for row in rows]
        else:
            found[kind, name] = [(sql,)]
    strict = connection.execute("SELECT name FROM pragma_table_list WHERE strict = 1 AND schema = 'main'")
    found["strict", ""] = sorted(strict)
    connection.close()
    return found


def test_an_old_file_becomes_what_a_new_one_is(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ysz", tmp_path / "new.ysz"
    shutil.copy(OLD, old)
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (1,)
    ledger = Ledger.open(old)
    book = ledger.book
    assert [p.amount for p in book.payments(2023, book.projects(2023)[0].project)] == [2_070_000]
    assert book.staff(2023)[0].note == "" and book.facts(2023) == {}
    assert book.years()[0].locked_months == "" and book.projects(2023)[0].taken_over is False
    ledger.commit(commands.set_staff(book, 2023, "行政编制", note="借调一人"))
    ledger.close()
    Ledger.create(new).close()
    assert schema_of(old) == schema_of(new)
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert all(proof.good for proof in verify(old)), [proof for proof in verify(old) if not proof.good]


def test_a_file_of_the_second_version_is_brought_on_with_everything_in_it(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ysz", tmp_path / "new.ysz"
    shutil.copy(DATA / "version2.ysz", old)
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (2,)
    ledger = Ledger.open(old)
    book = ledger.book
    assert book.facts(2023)["公务接待"].budget == 0
    assert [c.amount for c in book.commitments(2023, book.projects(2023)[0].project)] == [200_000]
    assert book.years()[0].reconciled_to == ""
    ledger.close()
    Ledger.create(new).close()
    assert schema_of(old) == schema_of(new)
    assert all(proof.good for proof in verify(old)), [proof for proof in verify(old) if not proof.good]


def test_an_unknown_fact_is_not_zero_on_disk(tmp_path: Path) -> None:
    from core.change import Change, Diff

    path = tmp_path / "a.ysz"
    shutil.copy(OLD, path)
    ledger = Ledger.open(path)
    fact = Fact(id=ledger.book.next_id, year=2023, item="公务接待", budget=0)
    ledger.commit(Change("基础数据", (Diff(None, fact),)))
    ledger.close()
    again = Ledger.open(path)
    assert again.book.facts(2023) == {"公务接待": fact}
    assert (fact.last_actual, fact.budget) == (None, 0)
    again.close()


def test_an_open_commitment_lowers_what_is_available(tmp_path: Path) -> None:
    from core.balance import project_balance, unit_balance
    from core.change import Change, Diff
    from core.model import Commitment

    path = tmp_path / "a.ysz"
    shutil.copy(OLD, path)
    ledger = Ledger.open(path)
    where = ledger.book.projects(2023)[0].project
    ledger.commit(commands.add_event(ledger.book, 2023, where, "supplement", "2023-05-01", 500_000))
    one = Commitment(id=ledger.book.next_id, year=2023, project=where, date="2023-06-01", amount=200_000)
    ledger.commit(Change("在途", (Diff(None, one),)))
    balance = project_balance(ledger.book, 2023, where)
    assert (balance.undisposed, balance.committed, balance.available) == (500_000, 200_000, 300_000)
    paid = Commitment(**{**{n: getattr(one, n) for n in one.__slots__}, "id": one.id, "state": CommitmentState.PAID})
    ledger.commit(Change("在途", (Diff(one, paid),)))
    assert unit_balance(ledger.book, 2023).committed == 0
    ledger.undo()
    assert unit_balance(ledger.book, 2023).available == 300_000
    ledger.close()
