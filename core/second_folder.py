"""The second backup folder (第二备份文件夹): a stick or a network share that is there at times.

Every backup goes there too, as soon as the folder can be reached: byte by byte, read again and compared, thinned out
by the same rules. What was made while it could not be reached follows later.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.backups import MOST_BYTES, Backup, Why, list_backups, thin
from core.database import flush, integrity
from core.errors import UserError
from core.handing_over import file_digest
from core.i18n import _
from core.reasons import reason
from core.thinning import kept


class NotReachable(UserError):  # noqa: N818 (it is the usual state of a stick, not a fault)
    """The folder is not there now."""


@dataclass(frozen=True, slots=True)
class Held:
    """One backup and the folders that hold a copy of it, the first of them where ``backup`` was looked at."""

    backup: Backup
    folders: tuple[Path, ...]

    @property
    def at(self) -> datetime:
        """When it was made."""
        return self.backup.at


def held_backups(folders: Sequence[Path], stem: str) -> list[Held]:
    """The backups of a ledger in several folders, newest first; copies of one backup are one line."""
    found: dict[tuple[str, int], Held] = {}
    for folder in dict.fromkeys(folders):
        for one in list_backups(folder, stem):
            key = one.path.name, one.size
            there = found[key].folders if key in found else ()
            is_better = key not in found or (found[key].backup.contents is None and one.contents is not None)
            found[key] = Held(one if is_better else found[key].backup, (*there, folder))
    return sorted(found.values(), key=lambda held: (held.at, held.backup.path.name), reverse=True)


def bring_up_to_date(
    first: Path, second: Path, stem: str, now: datetime | None = None, most_bytes: int = MOST_BYTES
) -> list[Path]:
    """Copy to ``second`` what is missing there of the backups in ``first``; returns the copies.

    Missing is what thinning would keep: the newest, and what was made while the folder could not be reached. A
    backup that is damaged is not copied, and nothing in ``second`` is overwritten. Runs in any thread; may take as
    long as the network does. Raises ``NotReachable``, and ``UserError`` where a copy failed.
    """
    at = now or datetime.now()
    if not _is_there(second):
        text = _("第二备份文件夹“{folder}”现在连接不上（U盘未插入或网络盘断开），下次连上后自动补齐。")
        raise NotReachable(text.format(folder=second))
    good = [one for one in list_backups(first, stem) if one.contents and one.why != Why.DAMAGED]
    there = {(one.path.name, one.size) for one in list_backups(second, stem)}
    wanted = [one for one in kept(good, at, most_bytes) if (one.path.name, one.size) not in there]
    copies = []
    # The newest first: if the stick is pulled out or full on the way, it holds what matters most.
    for one in wanted:
        target = second / one.path.name
        if target.exists() or integrity(one.path):
            continue
        _copy(one.path, target)
        copies.append(target)
        if len(copies) == 1:
            thin(second, stem, target, at, most_bytes)
    if copies:
        thin(second, stem, copies[0], at, most_bytes)
    return [copy for copy in copies if copy.exists()]


def _is_there(folder: Path) -> bool:
    """Whether the folder can be reached; one that was chosen is never made anew, as a stick may stand behind it."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    """Copy a file byte by byte, read it again, and give it its name only when it is the same."""
    partial = target.with_name(target.name + ".part")
    try:
        try:
            shutil.copyfile(source, partial)
            flush(partial)
            _forget(partial)
            if file_digest(partial) != file_digest(source):
                text = _("第二备份文件夹“{folder}”中的副本与原备份不一致，已删除。请检查U盘或网络盘是否完好。")
                raise UserError(text.format(folder=target.parent))
            partial.replace(target)
            flush(target.parent)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    except OSError as error:
        text = _("无法写入第二备份文件夹“{folder}”：{reason}。本机的备份已完成。")
        raise UserError(text.format(folder=target.parent, reason=reason(error))) from error


def _forget(path: Path) -> None:
    """Let the system forget what it holds of a file in memory, where it can: the disk itself is read again."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file, suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
