"""The SQLite file under a ledger: opened, looked at, proven, copied; and what goes wrong with it, in words."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.i18n import _
from core.reasons import reason
from core.schema import APPLICATION_ID, SCHEMA_VERSION

SUFFIX = ".ysz"
_SMALL = 32 << 20  # files up to this size are checked page by page when opened
_WAIT = 2.0  # seconds to wait for another program, such as a backup, to let the file go


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a file, in a few words."""

    unit: str  # its name in the latest year
    years: tuple[int, ...]
    projects: int
    events: int
    payments: int
    spent: int  # what they add up to, 分
    lines: int  # of the journal
    last_at: str  # when the last line of the journal was written, ISO
    last_label: str  # and what was done
    chain: str  # and its hash, which stands for all that was done so far


def connect(path: Path, readonly: bool = False) -> sqlite3.Connection:
    """A connection to a file. Raises the errors of sqlite3."""
    if readonly:
        try:
            connection = _connect_for_reading(path)
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            # The program ended while it was saving: what was half written is taken back first.
            with closing(sqlite3.connect(path, _WAIT, isolation_level=None)) as writer:
                writer.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection = _connect_for_reading(path)
    else:
        connection = sqlite3.connect(path, _WAIT, isolation_level=None)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", _WAIT, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def check_header(path: Path) -> None:
    """Raise ``UserError`` where there is no file, or one of another program."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except FileNotFoundError:
        raise UserError(_("找不到文件“{name}”，它可能已被移动、改名或删除。").format(name=path.name)) from None
    except OSError as error:
        raise UserError(
            _("无法打开“{name}”：{reason}。请检查是否有访问权限。").format(name=path.name, reason=reason(error))
        ) from None
    ours = head[:16] == b"SQLite format 3\x00" and int.from_bytes(head[68:72], "big") == APPLICATION_ID
    if not ours:
        from core.encrypted import MAGIC  # it stands on this module

        if head.startswith(MAGIC):
            text = _("“{name}”是有密码的交接文件，请用“打开文件”或“备份与恢复”页的“打开交接文件”输入密码打开。")
            raise UserError(text.format(name=path.name))
        raise UserError(_("“{name}”不是单位预算台账的文件，请选择扩展名为 .ysz 的台账文件。").format(name=path.name))


def schema_version(path: Path) -> int:
    """The schema version of a file; refuses newer and damaged files."""
    with closing(connect(path, readonly=True)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA_VERSION:
            raise UserError(
                _("“{name}”由更新版本的程序建立，本版本无法打开。请先升级程序，文件没有改动。").format(name=path.name)
            )
        if path.stat().st_size <= _SMALL:
            problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise sqlite3.DatabaseError(problem)
    return version


def integrity(path: Path) -> list[str]:
    """What SQLite finds wrong with a file: pages, indexes, foreign keys. Empty when sound."""
    check_header(path)
    with explained(path), closing(connect(path, readonly=True)) as connection:
        return _problems(connection)


def _problems(connection: sqlite3.Connection) -> list[str]:
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if not problems:
        problems = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return problems


def contents(path: Path) -> Contents:
    """What is in a file. Raises ``UserError`` where it is foreign or cannot be read."""
    check_header(path)
    with explained(path), closing(connect(path, readonly=True)) as connection:

        def one(query: str) -> int:
            return int(connection.execute(query).fetchone()[0])

        years = tuple(row[0] for row in connection.execute("SELECT year FROM year ORDER BY year"))
        name = connection.execute("SELECT name FROM unit_year ORDER BY year DESC LIMIT 1").fetchone()
        last = connection.execute("SELECT id, at, label, chain FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        return Contents(
            name[0] if name else "",
            years,
            one("SELECT count(*) FROM project"),
            one("SELECT count(*) FROM budget_event"),
            one("SELECT count(*) FROM payment"),
            one("SELECT coalesce(sum(amount), 0) FROM payment"),
            *_line_end(last),
        )


def _line_end(last: tuple[int, str, str, str] | None) -> tuple[int, str, str, str]:
    return last or (0, "", "", "")


def chains(path: Path) -> dict[int, str]:
    """The hashes of a file's journal by line. Raises ``UserError``."""
    with explained(path), closing(connect(path, readonly=True)) as connection:
        return dict(connection.execute("SELECT id, chain FROM journal"))


def copy_checked(path: Path, target: Path) -> None:
    """Copy a file, open or not, to ``target``: under a temporary name, checked, then renamed.

    The copy is proven page by page, by its foreign keys and by its sums, which must be those of the file. Raises
    ``UserError`` when the file is damaged or the place cannot be written; then what stood at ``target`` still does.
    """
    partial = target.with_name(target.name + ".part")
    try:
        _make_room(path, partial)
        with explained(path):
            with closing(connect(path, readonly=True)) as source, closing(sqlite3.connect(partial)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")  # the file is flushed as a whole below
                source.execute("BEGIN")  # the sums and the pages are of one moment
                before = _totals(source)
                source.backup(copy)
                source.execute("COMMIT")
                if _problems(copy) or before != _totals(copy):
                    raise sqlite3.DatabaseError("the copy is not sound")
            take_place(partial, target)
    finally:
        with suppress(OSError):
            remove(partial)


def shrink(path: Path) -> None:
    """Give room in a file that is no longer used back to the disk. Raises ``UserError``; the file is then as it was."""
    with explained(path), closing(connect(path)) as connection:
        connection.execute("VACUUM")


def take_place(fresh: Path, target: Path) -> None:
    """Let a finished file take the place of another, at once and for good. Raises ``OSError``.

    What a crash left of the old file's last transaction goes first: it must not be applied to the new one.
    """
    flush(fresh)
    _journal_of(target).unlink(missing_ok=True)
    fresh.replace(target)
    flush(target.parent)


def remove(path: Path) -> None:
    """Remove a file that is being made, with what a crash left beside it. Raises ``OSError``."""
    for left in (path, _journal_of(path)):
        left.unlink(missing_ok=True)


def _journal_of(path: Path) -> Path:
    """The rollback journal that SQLite keeps beside a file."""
    return path.with_name(path.name + "-journal")


def _make_room(path: Path, partial: Path) -> None:
    """Make the folder, see that the copy fits and can be written. Raises ``UserError``."""
    folder = partial.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove(partial)  # of a copy that was cut off
        size, free = path.stat().st_size if path.exists() else 0, shutil.disk_usage(folder).free
        if free < size:
            text = _("“{folder}”所在磁盘空间不足：还需要{size}MB。请清理磁盘或换一个位置，台账没有改动。")
            raise UserError(text.format(folder=folder, size=(size - free >> 20) + 1))
        partial.touch()
    except OSError as error:
        text = _("文件夹“{folder}”不能写入：{reason}。请检查权限或换一个位置，台账没有改动。")
        raise UserError(text.format(folder=folder, reason=reason(error))) from error


def _totals(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Counts and sums that a copy must share with its file, and the end of the journal."""
    queries = [f"SELECT count(*), sum(amount), sum(year) FROM {table}" for table in ("budget_event", "payment")]
    queries += [f"SELECT count(*) FROM {table}" for table in ("unit_year", "year", "project_year", "section")]
    held = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    sums = {"attachment": "sum(size)", "blob": "sum(length(data))"}  # not in files of the first version
    queries += [f"SELECT count(*), {total} FROM {table}" for table, total in sums.items() if table in held]
    queries.append("SELECT max(id), max(chain) FROM journal WHERE id = (SELECT max(id) FROM journal)")
    return [connection.execute(query).fetchone() for query in queries]


def flush(path: Path) -> None:
    """See that a file, or the names in a folder, have reached the disk, where the system lets us."""
    with suppress(OSError):  # Windows opens no folders; some network shares flush nothing
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def explained(path: Path, more: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Say what SQLite and the system complain of in words the user can act on. ``more``: what else a
    damaged file can cause at this place."""
    expected: tuple[type[Exception], ...] = (sqlite3.Error, OSError, *more)
    try:
        yield
    except expected as error:
        raise UserError(_reason(path, error)) from error


def _reason(path: Path, error: Exception) -> str:
    text = str(error).lower()
    if "full" in text or "no space" in text:
        return _("磁盘空间不足，没有保存，原有数据没有改动。请清理磁盘后重试。")
    if "locked" in text or "busy" in text:
        return _("“{name}”正被另一个程序使用，请关闭后重试。数据没有改动。").format(name=path.name)
    if "readonly" in text or "read-only" in text or "unable to open" in text or isinstance(error, PermissionError):
        return _("“{name}”或所在文件夹不能写入，请检查权限或换一个位置。数据没有改动。").format(name=path.name)
    if "disk i/o" in text:
        text = _("读写“{name}”时磁盘出错，没有保存。请检查磁盘空间和连接（U盘、网络盘）后重试，原有数据没有改动。")
        return text.format(name=path.name)
    if isinstance(error, (sqlite3.DatabaseError, TypeError, ValueError)):
        text = _("“{name}”已损坏，无法读取。请从备份文件夹中恢复最近的备份，不要继续使用这个文件。")
        return text.format(name=path.name)
    return _("读写“{name}”时出错：{reason}。").format(name=path.name, reason=error)
