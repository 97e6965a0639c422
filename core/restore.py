"""A backup takes the place of a ledger: proven first, and what was there is kept, so that it can be undone."""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.backups import Why, backup_folder, free_name, put_aside
from core.change import Change
from core.database import contents, copy_checked, explained, integrity, remove, schema_version, take_place
from core.errors import UserError
from core.handing_over import check_value_holds, readable
from core.i18n import _
from core.jobs import Progress
from core.lock import Lock
from core.reasons import reason
from core.schema import SCHEMA_VERSION
from core.store import Store
from core.verify import verify


@dataclass(frozen=True, slots=True)
class Restored:
    """A ledger that was restored. ``kept`` is what stood there before: restoring that undoes it."""

    path: Path
    kept: Path | None


def check_backup(backup: Path, password: str = "") -> None:
    """Prove a backup: its check value, its pages, and that a book can be read from it. Raises ``UserError``."""
    _check_value(backup)
    with readable(backup, password) as plain:
        _prove(plain)


def prove_backup(backup: Path, progress: Progress | None = None) -> None:
    """Prove a backup as ``check_backup`` does and, of this program's version, that its records are what its journal
    makes of them: SQLite itself does not notice a word that went bad. Takes longer. Raises ``UserError``, and
    ``Cancelled`` between two proofs."""
    check_backup(backup)
    with explained(backup):
        version = schema_version(backup)
    if version < SCHEMA_VERSION:
        return
    for proof in verify(backup):
        if not proof.good:
            text = _("“{name}”没有通过检查：{what}（{detail}）。请换一份备份。")
            raise UserError(text.format(name=backup.name, what=proof.name, detail=proof.detail))
        if progress is not None:
            progress.check()


def _check_value(backup: Path) -> None:
    try:
        altered = check_value_holds(backup) is False
    except OSError as error:
        raise UserError(_("无法读取“{name}”：{reason}。").format(name=backup.name, reason=reason(error))) from error
    if altered:
        raise _unusable(backup, _("与交接时的校验码不符，可能传输不完整或被改动过"))


def _prove(plain: Path) -> None:
    if integrity(plain):
        raise _unusable(plain, _("没有通过完整性检查"))
    with explained(plain):
        version = schema_version(plain)
    if version == SCHEMA_VERSION:
        with closing(Store.open(plain, readonly=True)) as store:
            store.load()


def _unusable(backup: Path, what: str) -> UserError:
    return UserError(_("“{name}”{what}，不能用来恢复。请换一份备份。").format(name=backup.name, what=what))


def restore_backup(
    backup: Path, target: Path, folder: Path | None = None, now: datetime | None = None, password: str = ""
) -> Restored:
    """Put a backup in the place of the ledger ``target``, or where there is none yet.

    The ledger must be closed. The backup is proven first; what stands at ``target`` is backed up into ``folder`` (as
    usual where not given), a damaged file as it is. The journal of the restored file says what was restored. Raises
    ``UserError``; then ``target`` is as it was.
    """
    at = now or datetime.now()
    if not target.parent.is_dir():
        raise UserError(_("文件夹“{folder}”不存在，请先建立文件夹。").format(folder=target.parent))
    lock = Lock(target)
    try:
        fresh = prepare(backup, target, at, password)
        return _put_in_place(fresh, target, folder or backup_folder(target), at)
    finally:
        lock.release()


def prepare(backup: Path, target: Path, now: datetime, password: str = "") -> Path:
    """The long part of a restore: the backup proven and copied, ready to take the place of ``target``.

    The ledger may be open meanwhile, by whoever holds its lock; ``finish`` does the rest. Raises ``UserError``.
    """
    _check_value(backup)
    if target.exists() and backup.exists() and backup.samefile(target):
        raise UserError(_("备份与要恢复的文件是同一个文件，请选择备份文件夹中的另一份。"))
    fresh = target.with_name(target.name + ".restored")
    _remove(fresh)
    try:
        with readable(backup, password) as plain:
            _prove(plain)
            copy_checked(plain, fresh)
        _note(fresh, backup, now)
    except BaseException:
        _remove(fresh)
        raise
    return fresh


def finish(fresh: Path, target: Path, now: datetime, folder: Path | None = None) -> Restored:
    """The short part of a restore, for which the ledger must be closed. Raises ``UserError``; then ``target`` is as
    it was, and what was prepared is gone."""
    try:
        lock = Lock(target)
        try:
            return _put_in_place(fresh, target, folder or backup_folder(target), now)
        finally:
            lock.release()
    finally:
        _remove(fresh)


def discard(fresh: Path) -> None:
    """Remove what was prepared and is not wanted after all."""
    _remove(fresh)


def _put_in_place(fresh: Path, target: Path, folder: Path, at: datetime) -> Restored:
    try:
        kept = _keep(target, folder, at) if target.exists() else None
        _take_place(fresh, target)
    finally:
        _remove(fresh)
    return Restored(target, kept)


def _keep(target: Path, folder: Path, at: datetime) -> Path:
    """Keep what stands there; no other backup is thinned out for it."""
    try:
        contents(target)
        sound = not integrity(target)
    except UserError:
        sound = False
    if not sound:
        return put_aside(target, folder)
    kept = free_name(folder, target.stem, at, Why.RESTORE)
    copy_checked(target, kept)
    return kept


def _note(fresh: Path, backup: Path, at: datetime) -> None:
    """Write into the journal what was restored; an older file has its journal as it was."""
    with explained(fresh):
        if schema_version(fresh) < SCHEMA_VERSION:
            return
    with closing(Store.open(fresh)) as store:
        label = _("恢复备份“{name}”（{at}）").format(name=backup.name, at=f"{at:%Y-%m-%d %H:%M}")
        store.write(Change(label), store.load().next_id)


def _take_place(fresh: Path, target: Path) -> None:
    try:
        take_place(fresh, target)
    except OSError as error:
        text = _("无法替换“{name}”：{reason}。请关闭正在使用它的程序后重试，文件没有改动。")
        raise UserError(text.format(name=target.name, reason=reason(error))) from error


def _remove(fresh: Path) -> None:
    with suppress(OSError):
        remove(fresh)
