"""Killed at any moment, on a disk that is full at any byte: what was there still is, and opens.

``LEDGER_KILLS=300`` kills that often in each of the tests instead of some dozen times.
"""

import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from core import commands, schema
from core.backups import back_up, list_backups
from core.book import Book
from core.errors import UserError
from core.ledger import Ledger
from core.restore import restore_backup
from core.store import Store, read_book
from core.upgrade import upgrade
from core.verify import verify
from core.workbook_backup import export_workbook
from core.workbook_reader import read_workbook, restore_workbook
from tests.builders import YEAR, on_disk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

KILLS = int(os.environ.get("LEDGER_KILLS", "15"))
Tell = Callable[[bytes], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(on_disk(tmp_path / "台账.ysz")) as ledger:
        where = ledger.book.projects(YEAR)[0].project
        for number in range(5):
            ledger.commit(commands.add_payment(ledger.book, YEAR, where, "2023-07-01", 100 + number, memo="长" * 9000))
    return tmp_path / "台账.ysz"


def book_of(path: Path) -> Book:
    with closing(Store.open(path)) as store:
        return store.load()


def note(path: Path, words: str) -> None:
    with closing(Ledger.open(path)) as ledger:
        ledger.commit(commands.set_year(ledger.book, YEAR, note=words))


def killed(work: Callable[[Tell], None], seed: int, longest: float) -> bytes:
    """Let a process work and kill it at a random moment; returns what it told before."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            os.write(writing, b"!")
            work(lambda said: os.write(writing, said))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)  # it was to be killed before it ends
    os.close(writing)
    os.read(reading, 1)
    time.sleep(random.Random(seed).uniform(0, longest))
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the work broke down before it was killed"
    said = b""
    while piece := os.read(reading, 65536):
        said += piece
    os.close(reading)
    return said


def test_nothing_that_was_saved_is_lost(path: Path) -> None:
    note(path, "0")

    def work(tell: Tell) -> None:
        with closing(Ledger.open(path)) as ledger:
            year = ledger.book.year(YEAR)
            assert year is not None
            for number in count(int(year.note) + 1):
                ledger.commit(commands.set_year(ledger.book, YEAR, note=str(number)))
                tell(b"%d " % number)

    for seed in range(KILLS):
        said = killed(work, seed, 0.15).split()
        year = book_of(path).year(YEAR)
        assert year is not None and (not said or int(year.note) - int(said[-1]) in (0, 1))
    assert all(proof.good for proof in verify(path))


def test_a_backup_is_whole_or_not_there(path: Path, tmp_path: Path) -> None:
    book, folder = book_of(path), tmp_path / "b"

    def work(_tell: Tell) -> None:
        while True:
            back_up(path, [folder])

    for seed in range(KILLS):
        killed(work, seed, 0.1)
        assert book_of(path) == book
    found = list_backups(folder, "台账")
    assert found and all(one.contents for one in found)
    assert all(book_of(one.path) == book for one in found[:5])


def test_a_ledger_is_the_old_or_the_restored_one(path: Path, tmp_path: Path) -> None:
    books, backups = [], []
    for words in ("甲", "乙"):
        note(path, words)
        books.append(list(book_of(path).records()))
        backups.append(back_up(path, [tmp_path / words]).path)

    def work(_tell: Tell) -> None:
        for number in count():
            restore_backup(backups[number % 2], path)
            for old in (path.parent / "备份").glob("*_恢复前.ysz"):
                old.unlink()

    for seed in range(KILLS):
        killed(work, seed, 0.2)
        assert list(book_of(path).records()) in books
    assert all(proof.good for proof in verify(path))
    restore_backup(backups[0], path)
    assert not list(path.parent.glob("*.restored*"))


def test_a_file_from_a_workbook_is_whole_or_not_there(path: Path, tmp_path: Path) -> None:
    book, target = book_of(path), tmp_path / "neu.ysz"
    workbook = export_workbook(book, tmp_path / "a.xlsx").path

    def work(_tell: Tell) -> None:
        while True:
            restore_workbook(workbook, target)
            os.rename(target, tmp_path / "done.ysz")

    for seed in range(KILLS):
        killed(work, seed, 0.2)
        for made in (target, tmp_path / "done.ysz"):
            if made.exists():
                assert book_of(made) == book
                made.unlink()
    restore_workbook(workbook, target)


def test_a_workbook_is_the_old_or_the_new_one(path: Path, tmp_path: Path) -> None:
    book = book_of(path)
    workbook = export_workbook(book, tmp_path / "a.xlsx").path

    def work(_tell: Tell) -> None:
        while True:
            export_workbook(book, workbook)

    for seed in range(max(4, KILLS // 3)):
        killed(work, seed, 0.2)
        assert read_workbook(workbook).book == book


def newer_steps():  # type: ignore[no-untyped-def]
    steps = schema.migrations()

    @steps(name="m999_note")
    def m999_note(db) -> None:  # type: ignore[no-untyped-def]
        db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT")
        for number in range(50):
            db.execute("INSERT INTO note VALUES (?)", [number])

    return steps


def test_an_upgrade_is_done_or_not_begun(path: Path, tmp_path: Path) -> None:
    import sqlite3

    import sqlite_utils  # noqa: F401 (so that the children do not spend their time on it)

    book, original = book_of(path), path.read_bytes()
    upgraded = 0

    def work(_tell: Tell) -> None:
        upgrade(path, newer_steps())
        time.sleep(60)

    for seed in range(KILLS):
        path.write_bytes(original)
        killed(work, seed, 0.15)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert read_book(connection) == book
            upgraded += connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'note'").fetchone()[0]
    assert KILLS < 40 or 0 < upgraded < KILLS
    path.write_bytes(original)
    upgrade(path, newer_steps())


# A full disk


def limited(work: Callable[[], object], most: int) -> str:
    """Do some work in a process whose files may have so many bytes; returns what it is told, or nothing."""
    import resource

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            try:
                work()
                said = ""
            except UserError as error:
                said = str(error)
            except BaseException as error:
                said = f"not told: {error!r}"
            os.write(writing, said.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as told:
        said = told.read()
    os.waitpid(child, 0)
    assert not said.startswith("not told"), said
    return said


def sizes(path: Path) -> Iterator[int]:
    size = path.stat().st_size
    return iter([0, 1, 500, 4096, 5000, *range(8192, size + 4096, max(8192, size // 8)), 8 * size])


def test_a_disk_that_fills_up_during_a_backup_or_a_restore(path: Path, tmp_path: Path) -> None:
    book = book_of(path)
    backup = back_up(path, [tmp_path / "good"]).path
    restored = 0
    for most in sizes(path):
        said = limited(lambda: back_up(path, [tmp_path / "b"]), most)
        assert bool(said) != bool(list_backups(tmp_path / "b", "台账")), "a backup, or a word why there is none"
        for one in (tmp_path / "b").iterdir():
            assert book_of(one) == book
            one.unlink()
        before = path.read_bytes()
        if limited(lambda: restore_backup(backup, path), most):
            assert path.read_bytes() == before
        else:
            restored += 1
        assert list(book_of(path).records()) == list(book.records())
    assert restored and not list(tmp_path.glob("台账.ysz.*"))


def test_a_disk_that_fills_up_while_a_workbook_is_written(path: Path, tmp_path: Path) -> None:
    book = book_of(path)
    target = export_workbook(book, tmp_path / "a.xlsx").path
    content, told = target.read_bytes(), set()
    for most in [*range(0, 24_000, 3000), 1 << 20]:
        told.add(limited(lambda: export_workbook(book, target), most)[:4])
        assert target.read_bytes() == content or read_workbook(target).book == book
    for most in sizes(path):
        said = limited(lambda: restore_workbook(target, tmp_path / "neu.ysz"), most)
        assert bool(said) != (tmp_path / "neu.ysz").exists()
        (tmp_path / "neu.ysz").unlink(missing_ok=True)
    assert told == {"", "无法写入"} and not list(tmp_path.glob("*.part")) and not list(tmp_path.glob("neu*"))


def test_a_small_disk(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = path.stat().st_size // 2
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(UserError, match="磁盘空间不足"):
            back_up(path, [disk])
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
