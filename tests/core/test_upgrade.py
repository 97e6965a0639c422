"""An older file is upgraded on a copy; the original is kept, and a bad migration is given up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core import schema, store
from core.backups import Why, list_backups
from core.errors import UserError
from core.store import Store
from core.upgrade import upgrade
from tests.builders import on_disk


def test_upgrade_works_on_a_copy_and_keeps_the_original(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    ledger = on_disk(path)
    book = ledger.book
    ledger.close()
    steps = schema.migrations()

    @steps(name="m999_note")
    def m999_note(db) -> None:  # type: ignore[no-untyped-def]
        db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")

    kept = upgrade(path, steps)
    [backup] = list_backups(tmp_path / "备份", "a")
    assert backup.path == kept and backup.why == Why.UPGRADE and backup.is_lasting
    with closing(Store.open(kept)) as original:
        assert original.load() == book
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION + 1,)
    assert {r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")} == {
        "journal_no_update",
        "journal_no_delete",
    }
    assert store.read_book(connection) == book
    connection.close()


def test_an_upgrade_that_loses_money_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    on_disk(path).close()
    original = path.read_bytes()
    steps = schema.migrations()

    @steps(name="m999_bad")
    def m999_bad(db) -> None:  # type: ignore[no-untyped-def]
        db.execute("UPDATE payment SET amount = amount + 1")

    with pytest.raises(UserError, match="放弃升级"):
        upgrade(path, steps)
    assert path.read_bytes() == original
    assert [p.name for p in tmp_path.iterdir()] == ["a.ysz"]


def test_what_an_upgrade_that_was_cut_off_left_behind_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    ledger = on_disk(path)
    book = ledger.book
    ledger.close()
    path.with_name("a.ysz.upgrade").write_bytes(b"half")
    path.with_name("a.ysz.upgrade-journal").write_bytes(path.read_bytes()[:3000])
    steps = schema.migrations()

    @steps(name="m999_note")
    def m999_note(db) -> None:  # type: ignore[no-untyped-def]
        db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")

    upgrade(path, steps)
    with closing(sqlite3.connect(path)) as connection:
        assert store.read_book(connection) == book
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.ysz", "备份"]
