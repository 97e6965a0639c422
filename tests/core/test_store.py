"""The file: bad input is refused in words, nothing is saved by half, backups and upgrades are proven."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core import commands, schema
from core.errors import UserError
from core.ledger import Ledger
from core.lock import Lock
from core.model import COLUMNS, RECORDS
from tests.builders import YEAR, on_disk


def poke(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def refused(path: Path, readonly: bool = False) -> str:
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(UserError) as caught:
        Ledger.open(path, readonly)
    assert (path.read_bytes() if path.exists() else b"") == before
    assert not path.with_name(path.name + ".lock").exists()
    return str(caught.value)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    book = ledger.book
    ledger.close()
    again = Ledger.open(tmp_path / "a.ysz")
    assert again.book == book
    again.close()


def test_missing_file(tmp_path: Path) -> None:
    assert "找不到文件" in refused(tmp_path / "a.ysz")


FOREIGN = [b"", b"hello", "项目,金额\n".encode("gb18030"), b"SQLite format 3\x00" + bytes(90)]


@pytest.mark.parametrize("content", FOREIGN)
def test_foreign_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "账.ysz"
    path.write_bytes(content)
    assert "不是单位预算台账的文件" in refused(path)


def test_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.ysz"
    poke(path, "CREATE TABLE payment (id INTEGER)")
    assert "不是单位预算台账的文件" in refused(path)


def test_newer_file(tmp_path: Path) -> None:
    on_disk(tmp_path / "a.ysz").close()
    poke(tmp_path / "a.ysz", f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    assert "更新版本" in refused(tmp_path / "a.ysz")


def test_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    on_disk(path).close()
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\x5a" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    assert "已损坏" in refused(path)


def test_truncated_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    on_disk(path).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "已损坏" in refused(path)


def test_existing_name_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    path.write_text("mine")
    with pytest.raises(UserError, match="已经存在"):
        Ledger.create(path)
    assert path.read_text() == "mine"


def test_a_file_in_use_says_by_whom_and_opens_for_reading(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    with pytest.raises(UserError, match=r"正在被使用（.+ · .+）"):
        Ledger.open(tmp_path / "a.ysz")
    reader = Ledger.open(tmp_path / "a.ysz", readonly=True)
    assert reader.book == ledger.book
    with pytest.raises(UserError, match="只读"):
        reader.commit(commands.set_year(reader.book, YEAR, note="改"))
    reader.close()
    ledger.close()


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    on_disk(path).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", f"from pathlib import Path; from core.lock import Lock; import time;"
         f"lock = Lock(Path({str(path)!r})); print('held', flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    with pytest.raises(UserError, match="正在被使用"):
        Lock(path)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    Ledger.open(path).close()


def test_a_failed_write_leaves_everything_as_it_was(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    book, lines = ledger.book, ledger.journal()
    ledger._store._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(UserError, match="磁盘空间不足"):
        ledger.commit(commands.set_year(book, YEAR, note="很长的备注" * 20_000))
    assert ledger.book is book and ledger.journal() == lines
    assert ledger.undo_label != "修改2023年度设置"
    ledger.close()
    again = Ledger.open(tmp_path / "a.ysz")
    assert again.book == book
    again.close()


def test_another_program_holding_the_database(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    ledger._store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(tmp_path / "a.ysz", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    book = ledger.book
    with pytest.raises(UserError, match="另一个程序"):
        ledger.commit(commands.set_year(book, YEAR, note="改"))
    other.execute("ROLLBACK")
    other.close()
    assert ledger.commit(commands.set_year(book, YEAR, note="改")) is not None
    ledger.close()


def test_the_journal_is_append_only(tmp_path: Path) -> None:
    on_disk(tmp_path / "a.ysz").close()
    for sql in ("DELETE FROM journal", "UPDATE journal SET label = ''"):
        with pytest.raises(sqlite3.IntegrityError):
            poke(tmp_path / "a.ysz", sql)


def test_tables_have_the_columns_of_the_records(tmp_path: Path) -> None:
    on_disk(tmp_path / "a.ysz").close()
    connection = sqlite3.connect(tmp_path / "a.ysz")
    for kind in RECORDS:
        assert tuple(r[1] for r in connection.execute(f"PRAGMA table_info({kind.table})")) == COLUMNS[kind]
    strict = {r[1] for r in connection.execute("PRAGMA table_list") if r[5]}
    assert {kind.table for kind in RECORDS} | {"journal", "meta"} <= strict
    connection.close()


def test_ids_are_never_used_again(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    where = ledger.book.projects(YEAR)[0].project
    ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-05-01", 100))
    last = max(p.id for p in ledger.book.payments(YEAR, where))
    ledger.commit(commands.remove_payment(ledger.book, last))
    ledger.close()
    again = Ledger.open(tmp_path / "a.ysz")
    again.commit(commands.add_payment(again.book, YEAR, where, "2023-05-01", 100))
    assert max(p.id for p in again.book.payments(YEAR, where)) > last
    again.close()


def test_opening_imports_neither_pandas_nor_sqlite_utils(tmp_path: Path) -> None:
    on_disk(tmp_path / "a.ysz").close()
    code = (
        "import sys; from pathlib import Path; from core.ledger import Ledger;"
        f"Ledger.open(Path({str(tmp_path / 'a.ysz')!r})).findings;"
        "print([m for m in ('pandas', 'sqlite_utils', 'reportlab', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]", done.stderr
