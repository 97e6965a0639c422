"""One writer for a file: an operating-system lock on ``NAME.ysz.lock``, which a crash releases by itself."""

import getpass
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from core.errors import NotWritable
from core.i18n import _


def operator() -> str:
    """The name the journal records: the account of the operating system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "—"


class Lock:
    """Holds the lock from construction to ``release``. Raises ``NotWritable`` that names who has it."""

    def __init__(self, path: Path) -> None:
        self._place = path.with_name(path.name + ".lock")
        self._file = self._take(path.name)
        # The first byte is the locked one (Windows); who holds it can be read behind it.
        holder = f" {operator()} · {platform.node()} · {datetime.now():%Y-%m-%d %H:%M}"
        with suppress(OSError):  # a full disk keeps nobody from reading or from making room
            self._file.truncate(0)
            os.write(self._file.fileno(), holder.encode())

    def release(self) -> None:
        """Let the next writer in."""
        if sys.platform == "win32":
            self._file.close()
            with suppress(OSError):
                self._place.unlink()
            return
        with suppress(OSError):
            self._place.unlink()
        self._file.close()

    def _take(self, name: str) -> IO[str]:
        while True:
            try:
                file = self._place.open("a+", encoding="utf-8")
            except OSError:
                raise NotWritable(
                    _("所在文件夹不能写入，无法锁定“{name}”。请换一个位置，或用只读方式打开。").format(name=name)
                ) from None
            try:
                _lock_file(file)
            except OSError:
                holder = _holder(file) or _("另一个窗口或电脑")
                file.close()
                raise NotWritable(
                    _("“{name}”正在被使用（{holder}）。可以用只读方式打开查看，或先在那里关闭。").format(
                        name=name, holder=holder
                    )
                ) from None
            if self._is_current(file):
                return file
            file.close()  # the holder removed the file between our opening and locking it: try the new one

    def _is_current(self, file: IO[str]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._place.stat())
        except OSError:
            return False


def holder(path: Path) -> str:
    """Who has a ledger open for writing, as the lock says; empty where nobody has. Writes nothing."""
    try:
        with path.with_name(path.name + ".lock").open("r", encoding="utf-8", errors="replace") as file:
            try:
                _lock_file(file)  # a crash leaves the file behind, but not its lock; ours ends with the block
            except OSError:
                return _holder(file) or _("另一个窗口或电脑")
    except OSError:
        pass
    return ""


def _holder(file: IO[str]) -> str:
    with suppress(OSError):
        file.seek(1)
        return file.read().strip()
    return ""


if sys.platform == "win32":
    import msvcrt

    def _lock_file(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_file(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
