"""Backups: proven copies with a name that says when and why, in one folder or two, and files for handing over."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core import backups, commands
from core.backups import MOST_BYTES, Why, back_up, free_name, is_due, last_backup
from core.backups import list_backups as listed
from core.errors import UserError
from core.ledger import Ledger
from core.store import Store
from tests.builders import YEAR, on_disk

NOW = datetime(2026, 11, 23, 17, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    return tmp_path / "台账.ysz"


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\x5a" * (len(content) // 2 - 4096)
    path.write_bytes(content)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_opens_and_is_equal_while_the_file_is_open(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    assert ledger.is_backup_due(datetime.now()) and ledger.is_changed_since_backup
    copy = ledger.back_up().path
    with closing(Ledger.open(copy)) as reader:
        assert reader.book == ledger.book
    assert names(ledger.backup_folder) == [copy.name]
    assert ledger.last_backup() is not None and not ledger.is_backup_due(datetime.now())
    assert not ledger.is_changed_since_backup
    ledger.commit(commands.set_year(ledger.book, YEAR, note="改"))
    assert ledger.is_changed_since_backup
    ledger.close()


def test_a_name_says_when_and_why(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    for number, why in enumerate(Why):
        if why != Why.DAMAGED:
            back_up(path, [folder], why, NOW + timedelta(seconds=number // 2))
    found = listed(folder, "台账")
    assert [one.why for one in reversed(found)] == [why for why in Why if why != Why.DAMAGED]
    assert (folder / "台账_20261123_173000.ysz").exists() and (folder / "台账_20261123_173000_打开.ysz").exists()
    assert found[-1].at == NOW and found[-1].size == found[-1].path.stat().st_size
    held = found[0].contents
    assert held is not None and held.unit == "示范区妇女联合会" and held.years == (YEAR,)
    assert (held.projects, held.events, held.payments, held.spent) == (1, 2, 1, 2_070_000)
    assert held.lines == 6 and "新增" in held.last_label and held.last_at > "2026"
    assert back_up(path, [folder], Why.MANUAL, NOW).path.name == "台账_20261123_173000-2.ysz"
    assert last_backup(folder, "台账") == NOW + timedelta(seconds=3)


def test_only_backups_of_this_file_are_listed(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    back_up(path, [folder], now=NOW)
    foreign = (
        "台账_副本.ysz",
        "台账2_20261123_173000.ysz",
        "台账_20261399_000000.ysz",
        "台账_20261123_173000.ysz.part",
    )
    for name in foreign:
        (folder / name).write_bytes(b"")
    (folder / "台账_20261124_173000.ysz").write_bytes(b"foreign")
    found = listed(folder, "台账")
    assert [(one.path.name, one.contents is None) for one in found] == [
        ("台账_20261124_173000.ysz", True),
        ("台账_20261123_173000.ysz", False),
    ]
    assert listed(tmp_path / "nowhere", "台账") == [] and last_backup(tmp_path / "nowhere", "台账") is None


def test_a_damaged_file_is_not_backed_up_and_displaces_no_good_backup(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    for number in range(20):
        back_up(path, [folder], now=NOW + timedelta(days=100 * number))
    before = names(folder)
    spoil(path)
    with pytest.raises(UserError, match="已损坏"):
        back_up(path, [folder], now=NOW + timedelta(days=9999))
    assert names(folder) == before


def test_two_folders_and_one_that_is_not_there(path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "stick"
    blocked.write_text("a file, not a folder")
    made = back_up(path, [tmp_path / "b", blocked, tmp_path / "c"], now=NOW)
    assert [copy.parent.name for copy in made.copies] == ["b", "c"]
    assert len(made.problems) == 1 and "stick" in made.problems[0]
    with pytest.raises(UserError, match="stick"):
        back_up(path, [blocked], now=NOW)


def test_old_backups_go_but_not_those_before_a_year_was_closed(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    back_up(path, [folder], Why.YEAR_END, NOW - timedelta(days=2000))
    for number in range(60):
        made = back_up(path, [folder], Why.OPEN, NOW + timedelta(hours=12 * number))
    found = listed(folder, "台账")
    assert found[-1].why == Why.YEAR_END and found[0].path == made.path
    assert 20 <= len(found) <= 30
    assert all(not one.exists() for one in made.removed)


def test_a_ledger_of_the_same_name_that_went_its_own_way_is_left_alone(path: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "b", tmp_path / "other" / "台账.ysz"
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())  # another unit's, made from a copy of this one
    for file, note in ((other, "甲"), (path, "乙")):
        with closing(Ledger.open(file)) as ledger:
            ledger.commit(commands.set_year(ledger.book, YEAR, note=note))
    theirs = [back_up(other, [folder], now=NOW - timedelta(minutes=n)).path for n in range(12)]
    ours = [back_up(path, [folder], now=NOW - timedelta(days=n)).path for n in range(12)]
    unreadable = folder / "台账_20200101_000000.ysz"
    unreadable.write_bytes(b"?")
    made = back_up(path, [folder], now=NOW + timedelta(days=900), most_bytes=1)
    assert all(one.exists() for one in (*theirs, unreadable)) and set(made.removed) <= set(ours)
    assert len(made.removed) == 12 + 1 - 5


def test_what_was_cut_off_is_cleared_away(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "台账_20201123_173000.ysz.part").write_bytes(b"half")
    (folder / "other.ysz.part").write_bytes(b"half")
    back_up(path, [folder], now=datetime.now() + timedelta(hours=2))
    assert [name for name in names(folder) if name.endswith(".part")] == ["other.ysz.part"]


def test_when_a_backup_is_due() -> None:
    assert is_due(None, NOW) and is_due(NOW - timedelta(days=1, seconds=1), NOW) and is_due(NOW + timedelta(1), NOW)
    assert not is_due(NOW - timedelta(hours=23), NOW)


def test_a_full_disk_is_said_before_anything_is_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1000})()
    monkeypatch.setattr("core.database.shutil.disk_usage", lambda _folder: usage)
    with pytest.raises(UserError, match="磁盘空间不足：还需要1MB"):
        back_up(path, [tmp_path / "b"])
    assert names(tmp_path / "b") == []


def test_a_file_another_program_writes_is_backed_up_when_it_is_done(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.database._WAIT", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="另一个程序"):
            back_up(path, [tmp_path / "b"])
        other.execute("ROLLBACK")
    assert names(tmp_path / "b") == []
    assert back_up(path, [tmp_path / "b"]).path.exists()


def test_a_crash_while_saving_is_taken_back_before_the_copy(path: Path, tmp_path: Path) -> None:
    with closing(Store.open(path)) as store:
        book = store.load()
    journal = half_saved(path)
    made = back_up(path, [tmp_path / "b"])
    assert not journal.exists()
    with closing(Store.open(made.path)) as store:
        assert store.load() == book


def half_saved(path: Path) -> Path:
    """Leave the file as a process does that is killed in the middle of a transaction."""
    copy, rest = path.read_bytes(), path.with_name(path.name + "-journal")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", ((f"k{n}", "x" * 500) for n in range(2000)))
    half, journal = path.read_bytes(), rest.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert half != copy and journal
    path.write_bytes(half)
    rest.write_bytes(journal)
    return rest


@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_left_by_a_crash_while_saving_opens_as_it_was_before(path: Path, readonly: bool) -> None:
    with closing(Store.open(path)) as store:
        book = store.load()
    journal = half_saved(path)
    with closing(Ledger.open(path, readonly)) as ledger:
        assert ledger.book == book
    assert not journal.exists()


def test_names_run_out(tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    for _number in range(1, 1000):
        free_name(folder, "a", NOW).write_bytes(b"")
    with pytest.raises(UserError, match="太多"):
        free_name(folder, "a", NOW)


def test_the_size_limit_is_large() -> None:
    assert MOST_BYTES == 2 << 30 and backups.backup_folder(Path("/x/a.ysz")) == Path("/x/备份")
