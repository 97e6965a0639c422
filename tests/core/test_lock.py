"""The writer's lock."""

from pathlib import Path

import pytest

from core.errors import UserError
from core.lock import Lock


def test_one_writer_at_a_time_and_no_file_left(tmp_path: Path) -> None:
    path = tmp_path / "a.ysz"
    first = Lock(path)
    with pytest.raises(UserError, match="正在被使用"):
        Lock(path)
    first.release()
    Lock(path).release()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不能写入"):
        Lock(tmp_path / "没有" / "a.ysz")
