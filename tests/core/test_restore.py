"""A backup comes back: proven first, what was there is kept, and it can be undone."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core import commands, restore
from core.backups import Why, back_up, list_backups
from core.errors import UserError
from core.handing_over import hand_over
from core.ledger import Ledger
from core.lock import Lock
from core.restore import check_backup, prove_backup, restore_backup
from core.verify import verify
from tests.builders import YEAR, on_disk
from tests.core.test_backups import half_saved, names, spoil

NOW = datetime(2026, 11, 23, 17, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    return tmp_path / "台账.ysz"


def note(path: Path) -> str:
    with closing(Ledger.open(path, readonly=True)) as ledger:
        year = ledger.book.year(YEAR)
        assert year is not None
        return year.note


def write(path: Path, words: str) -> None:
    with closing(Ledger.open(path)) as ledger:
        ledger.commit(commands.set_year(ledger.book, YEAR, note=words))


def test_a_backup_takes_the_place_of_the_ledger_and_this_can_be_undone(path: Path, tmp_path: Path) -> None:
    write(path, "旧")
    backup = back_up(path, [tmp_path / "备份"]).path
    write(path, "新")
    done = restore_backup(backup, path, now=NOW)
    assert done.path == path and note(path) == "旧"
    assert done.kept == tmp_path / "备份" / "台账_20261123_173000_恢复前.ysz"
    assert all(proof.good for proof in verify(path))
    with closing(Ledger.open(path, readonly=True)) as ledger:
        assert ledger.journal()[-1].label == f"恢复备份“{backup.name}”（2026-11-23 17:30）"
    restore_backup(done.kept, path)
    assert note(path) == "新"
    assert sorted(names(tmp_path)) == ["台账.ysz", "备份"]


def test_a_backup_comes_back_where_the_ledger_is_gone(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, [tmp_path / "b"]).path
    path.unlink()
    assert restore_backup(backup, path).kept is None
    assert note(path) == ""


def test_a_damaged_ledger_is_put_aside_as_it_is(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, [tmp_path / "备份"], now=NOW).path
    spoil(path)
    damaged = path.read_bytes()
    done = restore_backup(backup, path)
    assert done.kept is not None and done.kept.read_bytes() == damaged
    assert note(path) == ""
    found = list_backups(tmp_path / "备份", "台账")
    assert Why.DAMAGED in [one.why for one in found]
    with pytest.raises(UserError):
        restore_backup(done.kept, path)
    assert note(path) == ""


def test_what_a_crash_left_of_the_old_file_is_not_applied_to_the_new_one(path: Path, tmp_path: Path) -> None:
    write(path, "备份里的")
    backup = back_up(path, [tmp_path / "b"]).path
    write(path, "后来的")
    journal = half_saved(path)
    done = restore_backup(backup, path)
    assert not journal.exists() and note(path) == "备份里的"
    assert done.kept is not None and note(done.kept) == "后来的"
    assert all(proof.good for proof in verify(path))


def test_what_a_crash_left_of_an_earlier_restore_does_no_harm(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, [tmp_path / "b"]).path
    fresh = path.with_name("台账.ysz.restored")
    fresh.write_bytes(backup.read_bytes())
    half_saved(fresh)
    fresh.unlink()  # its journal stays
    restore_backup(backup, path)
    assert all(proof.good for proof in verify(path)) and sorted(names(tmp_path)) == ["b", "台账.ysz", "备份"]


def test_what_is_no_good_backup_is_refused_and_nothing_changes(path: Path, tmp_path: Path) -> None:
    write(path, "原样")
    good = back_up(path, [tmp_path / "b"]).path
    damaged, foreign = tmp_path / "damaged.ysz", tmp_path / "foreign.ysz"
    damaged.write_bytes(good.read_bytes())
    spoil(damaged)
    foreign.write_bytes(b"hello")
    before = path.read_bytes()
    for backup, words in (
        (damaged, "已损坏|完整性"),
        (foreign, "不是单位预算台账"),
        (tmp_path / "gone.ysz", "找不到"),
        (path, "同一个文件"),
    ):
        with pytest.raises(UserError, match=words):
            restore_backup(backup, path)
        assert path.read_bytes() == before
    assert sorted(names(tmp_path)) == ["b", "damaged.ysz", "foreign.ysz", "台账.ysz"]
    with pytest.raises(UserError, match="文件夹"):
        restore_backup(good, tmp_path / "nowhere" / "a.ysz")


def test_a_hand_over_file_that_was_altered_is_refused(path: Path, tmp_path: Path) -> None:
    handed = hand_over(path, tmp_path / "stick", NOW).path
    check_backup(handed)
    write(handed, "改动")
    with pytest.raises(UserError, match="校验码不符"):
        restore_backup(handed, tmp_path / "b.ysz")
    assert not (tmp_path / "b.ysz").exists()


def test_an_open_ledger_is_not_replaced(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, [tmp_path / "b"]).path
    before = path.read_bytes()
    lock = Lock(path)
    with pytest.raises(UserError, match="正在被使用"):
        restore_backup(backup, path)
    lock.release()
    assert path.read_bytes() == before


def test_nothing_changes_where_the_present_state_cannot_be_kept(path: Path, tmp_path: Path) -> None:
    backup = back_up(path, [tmp_path / "b"]).path
    write(path, "原样")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with pytest.raises(UserError, match="blocked"):
        restore_backup(backup, path, blocked)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="blocked"):
        restore_backup(backup, path, blocked)
    assert path.read_bytes() == before and not path.with_name("台账.ysz.restored").exists()
    assert restore.Restored(path, None).kept is None


def test_a_word_that_went_bad_in_a_backup_is_noticed(path: Path, tmp_path: Path) -> None:
    write(path, "说明文字")
    backup = back_up(path, [tmp_path / "b"]).path
    prove_backup(backup)
    content = backup.read_bytes()
    assert content.count("说明文字".encode()) == 1  # in the year; the journal is compressed
    backup.write_bytes(content.replace("说明文字".encode(), "说明文宇".encode()))
    check_backup(backup)  # to SQLite it is as good as any other word
    with pytest.raises(UserError, match="没有通过检查"):
        prove_backup(backup)
