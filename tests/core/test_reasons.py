"""Reasons of the system are told in Chinese."""

import errno

import pytest

from core.errors import UserError
from core.reasons import reason


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EBUSY, "正被另一个程序使用"),
    ],
)
def test_a_known_reason_is_told_in_chinese(number: int, words: str) -> None:
    assert reason(OSError(number, "English words")) == words


def test_a_file_that_windows_holds_is_in_use() -> None:
    error = OSError(errno.EACCES, "English words")
    error.winerror = 32  # type: ignore[attr-defined]
    assert reason(error) == "正被另一个程序使用"


def test_an_unknown_reason_keeps_the_words_of_the_system() -> None:
    assert reason(OSError(9999, "一种少见的错误")) == "一种少见的错误"


def test_a_folder_in_place_of_a_file_is_refused_without_english(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from core.database import check_header

    with pytest.raises(UserError) as raised:
        check_header(tmp_path)
    assert "这是一个文件夹" in str(raised.value) and "directory" not in str(raised.value)
