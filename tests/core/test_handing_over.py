"""One file for the stick: its name, its check value, its password; and what comes of it on another machine."""

import hashlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core import commands, encrypted
from core.book import Book
from core.encrypted import WrongPassword, is_encrypted
from core.errors import UserError
from core.handing_over import HandedOver, check_value_holds, hand_over, name_without_check, readable
from core.ledger import Ledger
from core.restore import check_backup, restore_backup
from tests.builders import YEAR, on_disk
from tests.core.test_backups import names, spoil

NOW = datetime(2026, 11, 23, 17, 30)
PASSWORD = "交接时口头告知2026"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "_LOG_N", 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    return tmp_path / "台账.ysz"


def book_of(path: Path) -> Book:
    with closing(Ledger.open(path, readonly=True)) as ledger:
        return ledger.book


def test_a_hand_over_file_bears_its_check_value(path: Path, tmp_path: Path) -> None:
    made = hand_over(path, tmp_path / "stick", NOW)
    handed = made.path
    assert handed.name.startswith(f"示范区妇女联合会_{YEAR}_20261123_")
    assert names(tmp_path / "stick") == sorted([handed.name, made.note.name])
    assert made.digest == hashlib.sha256(handed.read_bytes()).hexdigest()
    assert made.code.replace("-", "").lower() == handed.stem[-12:] and len(made.code) == 14
    note = made.note.read_text(encoding="utf-8-sig")
    assert handed.name in note and made.digest in note and made.code in note and "有密码：否" in note
    assert check_value_holds(handed) is True and check_value_holds(path) is None
    assert check_value_holds(handed.rename(handed.with_stem(handed.stem + " (1)"))) is True
    again = handed.with_stem(handed.stem + " (1)")
    assert name_without_check(again) == f"示范区妇女联合会_{YEAR}_20261123.ysz" == name_without_check(handed)
    with again.open("ab") as file:
        file.write(b"\0")
    assert check_value_holds(again) is False


def test_a_unit_with_an_awkward_name_can_be_handed_over(path: Path, tmp_path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        ledger.commit(commands.set_names(ledger.book, YEAR, name='某/单位: "甲"\n'))
        handed = hand_over(path, tmp_path / "x", NOW, 2022).path
        assert handed.name.startswith("某单位甲_2022_20261123_") and check_value_holds(handed)


def sealed(path: Path, folder: Path) -> HandedOver:
    return hand_over(path, folder, NOW, password=PASSWORD)


def test_with_a_password(path: Path, tmp_path: Path) -> None:
    book, made = book_of(path), sealed(path, tmp_path / "stick")
    assert is_encrypted(made.path) and check_value_holds(made.path) is True
    assert "有密码：是" in made.note.read_text(encoding="utf-8-sig")
    assert names(tmp_path / "stick") == sorted([made.path.name, made.note.name])
    assert "示范区妇女联合会".encode() not in made.path.read_bytes()
    with readable(made.path, PASSWORD) as plain:
        assert book_of(plain) == book and plain != made.path
    assert not plain.exists()
    done = restore_backup(made.path, tmp_path / "新机.ysz", password=PASSWORD)
    assert done.kept is None and list(book_of(tmp_path / "新机.ysz").records()) == list(book.records())
    with closing(Ledger.open(tmp_path / "新机.ysz", readonly=True)) as ledger:
        line = ledger.last_line()
        assert line is not None and made.path.name in line.label


def test_without_the_password_nothing_changes(path: Path, tmp_path: Path) -> None:
    made = sealed(path, tmp_path / "stick")
    before = sorted(tmp_path.rglob("*"))
    for given, words in (("", "请输入密码"), ("another one", "密码不正确")):
        with pytest.raises(WrongPassword, match=words):
            restore_backup(made.path, tmp_path / "新机.ysz", password=given)
        with pytest.raises(WrongPassword, match=words):
            check_backup(made.path, given)
    with pytest.raises(UserError, match="输入密码打开"):
        Ledger.open(made.path)
    assert sorted(tmp_path.rglob("*")) == before


def test_cut_off_and_altered_files_are_refused(path: Path, tmp_path: Path) -> None:
    made = sealed(path, tmp_path / "stick")
    content = made.path.read_bytes()
    made.path.write_bytes(content[:-100])
    with pytest.raises(UserError, match="校验码不符"):
        check_backup(made.path, PASSWORD)
    renamed = made.path.rename(tmp_path / "改名.ysz")  # without the check value in its name
    with pytest.raises(UserError, match="已损坏或不完整"):
        check_backup(renamed, PASSWORD)


def test_what_cannot_be_handed_over_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="至少8个字符"):
        hand_over(path, tmp_path / "stick", NOW, password="short")
    assert not (tmp_path / "stick").exists()
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(UserError, match="blocked"):
        hand_over(path, tmp_path / "blocked", NOW)
    spoil(path)
    with pytest.raises(UserError, match="已损坏"):
        hand_over(path, tmp_path / "stick", NOW)
    assert not (tmp_path / "stick").exists() or names(tmp_path / "stick") == []
