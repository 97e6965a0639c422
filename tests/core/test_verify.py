"""An auditor's proof: what was tampered with outside the program shows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.verify import verify
from tests.builders import on_disk


def proofs(path: Path) -> dict[str, bool]:
    return {proof.name: proof.good for proof in verify(path)}


def test_an_untouched_file_is_proven(tmp_path: Path) -> None:
    on_disk(tmp_path / "a.ysz").close()
    assert proofs(tmp_path / "a.ysz") == {"文件完整性": True, "操作日志连续": True, "操作日志重放": True}


@pytest.mark.parametrize(
    ("sql", "failing"),
    [
        ("UPDATE payment SET amount = amount + 1", "操作日志重放"),
        (
            "INSERT INTO staff (id, year, type, established, actual, retired) VALUES (99, 2023, '', 1, 1, 0)",
            "操作日志重放",
        ),
        ("DROP TRIGGER journal_no_update; UPDATE journal SET label = '别的' WHERE id = 3", "操作日志连续"),
        ("DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE id = 2", "操作日志连续"),
        ("PRAGMA foreign_keys = OFF; UPDATE payment SET project = 987", "文件完整性"),
    ],
)
def test_tampering_shows(tmp_path: Path, sql: str, failing: str) -> None:
    on_disk(tmp_path / "a.ysz").close()
    with closing(sqlite3.connect(tmp_path / "a.ysz")) as connection:
        connection.executescript(sql)
    assert proofs(tmp_path / "a.ysz")[failing] is False
