"""The second backup folder: brought up to date when it is there, thinned out like the first, never harmed."""

import shutil
import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core import commands
from core.backups import Why, back_up, backup_folder, list_backups
from core.errors import UserError
from core.ledger import Ledger
from core.second_folder import NotReachable, bring_up_to_date, held_backups
from tests.builders import YEAR, on_disk
from tests.core.test_backups import names, spoil

NOW = datetime(2026, 11, 23, 17, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    (tmp_path / "stick").mkdir()
    return tmp_path / "台账.ysz"


def made(path: Path, why: Why = Why.OPEN, ago: timedelta = timedelta(0)) -> Path:
    return back_up(path, [backup_folder(path)], why, NOW - ago).path


def brought(path: Path, stick: Path) -> list[str]:
    return [one.name for one in bring_up_to_date(backup_folder(path), stick, path.stem, NOW)]


def test_what_was_made_while_the_stick_was_away_follows(path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    first = made(path, Why.YEAR_END, timedelta(days=400))
    second = made(path, Why.OPEN, timedelta(days=1))
    assert brought(path, stick) == [second.name, first.name]
    assert (stick / first.name).read_bytes() == first.read_bytes()
    assert brought(path, stick) == []
    third = made(path, Why.CLOSE)
    assert brought(path, stick) == [third.name]
    assert len(names(stick)) == 3


def test_a_stick_that_is_not_there_is_not_made(path: Path, tmp_path: Path) -> None:
    made(path)
    with pytest.raises(NotReachable, match="连接不上"):
        brought(path, tmp_path / "E" / "备份")
    assert not (tmp_path / "E").exists()


def test_it_is_thinned_out_by_the_same_rules(path: Path, tmp_path: Path) -> None:
    stick, folder = tmp_path / "stick", backup_folder(path)
    for number in range(60):
        back_up(path, [folder], Why.OPEN, NOW + timedelta(hours=12 * number))
        bring_up_to_date(folder, stick, path.stem, NOW + timedelta(hours=12 * number))
    assert names(stick) == names(folder) and 20 <= len(names(stick)) <= 30


def test_a_damaged_backup_is_not_copied_and_displaces_none(path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for number in range(8):
        made(path, Why.OPEN, timedelta(days=30 * (number + 1)))
    brought(path, stick)
    before = names(stick)
    spoil(made(path))
    brought(path, stick)
    assert names(stick) == before


def test_what_is_already_there_under_the_name_is_left_alone(path: Path, tmp_path: Path) -> None:
    stick, backup = tmp_path / "stick", made(path)
    (stick / backup.name).write_bytes(b"of another ledger")
    assert brought(path, stick) == [] and (stick / backup.name).read_bytes() == b"of another ledger"


def test_a_ledger_of_the_same_name_on_the_stick_is_not_thinned_out(path: Path, tmp_path: Path) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other" / "台账.ysz"
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    for file, words in ((other, "甲"), (path, "乙")):
        with closing(Ledger.open(file)) as ledger:
            ledger.commit(commands.set_year(ledger.book, YEAR, note=words))
    theirs = [back_up(other, [stick], now=NOW - timedelta(minutes=n + 1)).path for n in range(12)]
    made(path)
    bring_up_to_date(backup_folder(path), stick, path.stem, NOW + timedelta(days=900), most_bytes=1)
    assert all(one.exists() for one in theirs)


def test_a_full_stick_is_said_and_the_first_folder_stays(path: Path, tmp_path: Path) -> None:
    backup, disk = made(path), tmp_path / "disk"
    disk.mkdir()
    size = backup.stat().st_size // 2
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(UserError, match="第二备份文件夹"):
            brought(path, disk)
        assert list(disk.iterdir()) == [] and backup.exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_copies_of_one_backup_are_one_line(path: Path, tmp_path: Path) -> None:
    stick, folder = tmp_path / "stick", backup_folder(path)
    made(path, Why.OPEN, timedelta(hours=2))
    newest = made(path)
    brought(path, stick)
    spoil(newest)  # the copy in the first folder cannot be read any more: the good one is shown
    only_there = back_up(path, [stick], Why.MANUAL, NOW - timedelta(hours=1)).path
    found = held_backups([folder, stick], path.stem)
    assert [held.folders for held in found] == [(folder, stick), (stick,), (folder, stick)]
    assert found[0].backup.path == stick / newest.name and found[1].backup.path == only_there
    shutil.rmtree(stick)
    assert [held.folders for held in held_backups([folder, stick], path.stem)] == [(folder,), (folder,)]
    assert len(list_backups(folder, path.stem)) == 2


def test_the_ledger_tells_of_a_backup(path: Path) -> None:
    told = []
    with closing(Ledger.open(path)) as ledger:
        ledger.after_backup = lambda: told.append(1)
        ledger.back_up()
    assert told == [1]
