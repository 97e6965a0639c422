"""Backups (备份) of a ledger: made, proven, listed and thinned out.

A backup is the whole file, journal and all, under a name that says when and why it was made:
``台账_20231231_173005_关闭.ysz``. Only copies that were proven get such a name, so that a damaged file never takes
the place of a good one.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from core.database import SUFFIX, Contents, chains, contents, copy_checked
from core.errors import UserError
from core.i18n import _
from core.reasons import reason
from core.thinning import kept

DAY = timedelta(days=1)
MOST_BYTES = 2 << 30  # the backups of one ledger in one folder together
_LEFT_OVER = timedelta(hours=1)  # a copy that has not got its name by then was cut off


class Why(StrEnum):
    """Why a backup was made, as the end of its name says in every language of the program."""

    MANUAL = ""
    OPEN = "打开"
    CLOSE = "关闭"
    UPGRADE = "升级前"
    IMPORT = "导入前"
    YEAR_END = "锁定前"
    RESTORE = "恢复前"
    DAMAGED = "已损坏"  # a damaged file, put aside as it was before another took its place


WHY_LABELS = {
    Why.MANUAL: _("手动备份"),
    Why.OPEN: _("打开文件时"),
    Why.CLOSE: _("关闭文件时"),
    Why.UPGRADE: _("程序升级前"),
    Why.IMPORT: _("导入前"),
    Why.YEAR_END: _("锁定或定稿前"),
    Why.RESTORE: _("恢复备份前"),
    Why.DAMAGED: _("已损坏，原样留存"),
}
_LASTING = (Why.UPGRADE, Why.YEAR_END)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in a folder."""

    path: Path
    at: datetime
    size: int
    why: Why
    contents: Contents | None  # None: it cannot be read

    @property
    def is_lasting(self) -> bool:
        """True where it is never thinned out: made before an upgrade or the closing of a year."""
        return self.why in _LASTING


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its copies, and what went wrong in other folders."""

    copies: tuple[Path, ...]
    problems: tuple[str, ...] = ()
    removed: tuple[Path, ...] = ()  # older ones that were thinned out

    @property
    def path(self) -> Path:
        """The first copy."""
        return self.copies[0]


def backup_folder(path: Path) -> Path:
    """Where backups of a ledger are kept unless the officer chose another place."""
    return path.parent / _("备份")


def free_name(folder: Path, stem: str, at: datetime, why: Why = Why.MANUAL) -> Path:
    """The path of a new backup; two of the same second get different ones."""
    for number in range(1, 1000):
        parts = (f"{stem}_{at:%Y%m%d_%H%M%S}", f"-{number}" * (number > 1), f"_{why}" if why else "", SUFFIX)
        path = folder / "".join(parts)
        if not path.exists():
            return path
    raise UserError(_("文件夹“{folder}”中同一时刻的备份太多，请稍后再试。").format(folder=folder))


def _told(name: str, stem: str) -> tuple[datetime, Why] | None:
    """When and why a backup was made, by its name; None for other files."""
    found = re.fullmatch(rf"{re.escape(stem)}_(\d{{8}}_\d{{6}})(?:-\d+)?(?:_(\w+))?{re.escape(SUFFIX)}", name)
    try:
        return (datetime.strptime(found[1], "%Y%m%d_%H%M%S"), Why(found[2] or "")) if found else None
    except ValueError:
        return None


def _named(folder: Path, stem: str) -> list[tuple[Path, datetime, Why]]:
    """The backups of a ledger in a folder by their names, newest first."""
    try:
        paths = list(folder.iterdir())
    except OSError:  # not made yet, or a stick that is not there
        return []
    found = [(path, *told) for path in paths if (told := _told(path.name, stem))]
    return sorted(found, key=lambda one: (one[1], one[0].name), reverse=True)


def list_backups(folder: Path, stem: str) -> list[Backup]:
    """The backups in a folder of a ledger whose file is named ``stem``, newest first, with what is in them.

    Looks into every file: some milliseconds each, more on a network share; call it in a thread.
    """
    found = []
    for path, at, why in _named(folder, stem):
        with suppress(OSError):  # removed meanwhile
            found.append(Backup(path, at, path.stat().st_size, why, _contents(path)))
    return found


def _contents(path: Path) -> Contents | None:
    try:
        return contents(path)
    except UserError:
        return None


def last_backup(folder: Path, stem: str) -> datetime | None:
    """When the newest good backup of a ledger in a folder was made."""
    return next((at for _path, at, why in _named(folder, stem) if why != Why.DAMAGED), None)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether a backup is to be made on opening: the last one is older than a day, or bears a time to come."""
    return last is None or not timedelta(0) <= now - last <= DAY


def back_up(
    path: Path,
    folders: Sequence[Path],
    why: Why = Why.MANUAL,
    now: datetime | None = None,
    most_bytes: int = MOST_BYTES,
) -> Made:
    """Back up a file, open or not, to every folder, and thin out the older backups of the same ledger there.

    Runs in any thread. A folder that cannot be written, such as a stick that is not there, is named in ``problems``.
    Raises ``UserError`` when the file is damaged or no folder could be written; then no backup was removed.
    """
    at = now or datetime.now()
    copies, problems, removed = [], [], []
    for folder in dict.fromkeys(folders):
        try:
            copy = free_name(folder, path.stem, at, why)
            copy_checked(path, copy)
        except UserError as error:
            problems.append(str(error))
            continue
        copies.append(copy)
        removed += thin(folder, path.stem, copy, at, most_bytes)
    if not copies:
        raise UserError("\n".join(dict.fromkeys(problems)))
    return Made(tuple(copies), tuple(problems), tuple(removed))


def thin(folder: Path, stem: str, newest: Path, now: datetime, most_bytes: int = MOST_BYTES) -> list[Path]:
    """Remove the backups that are no longer needed, and copies that were cut off; returns what is gone.

    Only what the ``newest`` one contains in its journal may go: a ledger of the same name that went its own way, such
    as that of another unit on the same stick, is left alone, and so is what cannot be read.
    """
    done = {0: "", **chains(newest)}
    own = [one for one in list_backups(folder, stem) if one.contents and _is_part(one.contents, done)]
    staying = {one.path for one in kept(own, now, most_bytes)}
    gone = [one.path for one in own if one.path not in staying]
    with suppress(OSError):
        gone += [part for part in folder.glob(f"*{SUFFIX}.part") if _is_left_over(part, stem, now)]
    return [path for path in gone if _removed(path)]


def is_part_of(backup: Path, ledger: Path) -> bool:
    """Whether all that was done in a backup was done in the ledger too: else it is of another, or of one that went
    its own way. Raises ``UserError``."""
    return _is_part(contents(backup), {0: "", **chains(ledger)})


def _is_part(held: Contents, done: Mapping[int, str]) -> bool:
    return done.get(held.lines) == held.chain


def _is_left_over(part: Path, stem: str, now: datetime) -> bool:
    told = _told(part.name.removesuffix(".part"), stem)
    return told is not None and now - datetime.fromtimestamp(part.stat().st_mtime) > _LEFT_OVER


def _removed(path: Path) -> bool:
    """Remove a file; what another program holds stays until the next time."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def put_aside(path: Path, folder: Path) -> Path:
    """Keep a damaged file as it is, with what SQLite left beside it. Raises ``UserError``."""
    aside = free_name(folder, path.stem, datetime.now(), Why.DAMAGED)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for end in ("-journal", ""):
            if (source := path.with_name(path.name + end)).exists():
                shutil.copy2(source, aside.with_name(aside.name + end))
    except OSError as error:
        text = _("无法把现有文件留存到“{folder}”：{reason}。没有恢复，请先清理磁盘或检查权限。")
        raise UserError(text.format(folder=folder, reason=reason(error))) from error
    return aside
