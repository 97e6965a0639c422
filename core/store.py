"""The file: one SQLite database with one writer. The only module that speaks SQL beside the schema.

A rollback journal with synchronous=FULL keeps the document one file that people can copy; the writer
holds an operating-system lock on ``NAME.ysz.lock``, so that readers and backups can open the file too.
"""

import gc
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from core.book import Book
from core.change import Change, unpack
from core.errors import NotWritable, UserError
from core.i18n import _
from core.lock import Lock, operator
from core.model import COLUMNS, RECORDS, BudgetEvent, Indicator, ProjectYear, Record, Unit, Year, values
from core.schema import APPLICATION_ID, SCHEMA_VERSION, migrate

if TYPE_CHECKING:
    from sqlite_utils import Migrations

SUFFIX = ".ysz"
_FLAGS: dict[type[Record], tuple[str, ...]] = {
    Unit: ("other_counts",),
    Year: ("settling",),
    ProjectYear: ("public_special", "taken_over"),
    BudgetEvent: ("advance",),
    Indicator: ("inapplicable", "taken_over"),
}
_SMALL = 32 << 20  # files up to this size are checked page by page when opened
_WAIT = 2.0  # seconds to wait for another program, such as a backup, to let the file go


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal: what was done, undone or redone."""

    id: int
    at: str
    who: str
    kind: str  # do | undo | redo
    target: int  # the line that was undone or redone, else 0
    label: str
    diffs: bytes  # empty for undo and redo
    chain: str  # hash of this line and the one before

    @property
    def change(self) -> Change:
        """The change of a ``do`` line."""
        return unpack(self.label, self.diffs)

    def seal(self, before: str) -> str:
        """The hash this line must carry after a line with hash ``before``."""
        head = "\x1f".join((before, str(self.id), self.at, self.who, self.kind, str(self.target), self.label))
        return hashlib.sha256(head.encode() + b"\x1f" + self.diffs).hexdigest()


class Store:
    """An open ledger file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock

    @property
    def readonly(self) -> bool:
        """True when the file was opened for reading only."""
        return self._lock is None

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make a new, empty file. Raises ``UserError`` if there is one already or it cannot be written."""
        if path.exists():
            raise UserError(_("文件“{name}”已经存在，请换一个文件名。").format(name=path.name))
        lock = Lock(path)
        try:
            with _explained(path):
                connection = _connect(path)
                try:
                    migrate(connection)
                except BaseException:
                    connection.close()
                    path.unlink(missing_ok=True)
                    raise
        except BaseException:
            lock.release()
            raise
        return cls(path, connection, lock)

    @classmethod
    def open(cls, path: Path, readonly: bool = False) -> "Store":
        """Open a file. Raises ``UserError`` when it is missing, foreign, damaged, newer, or in use."""
        _check_header(path)
        if not readonly and not os.access(path, os.W_OK):
            text = _("文件“{name}”是只读的。可以用只读方式打开，或先取消只读属性再打开。")
            raise NotWritable(text.format(name=path.name))
        lock = None if readonly else Lock(path)
        try:
            with _explained(path):
                version = _inspect(path)
                if version < SCHEMA_VERSION:
                    if readonly:
                        text = _("文件“{name}”由旧版本建立，请先用可写方式打开一次完成升级。")
                        raise UserError(text.format(name=path.name))
                    upgrade(path)
                connection = _connect(path, readonly)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, connection, lock)

    def load(self) -> Book:
        """The whole file as a book. Raises ``UserError`` when rows cannot be read."""
        with _explained(self.path, (TypeError, ValueError)):
            return read_book(self._connection)

    def write(self, change: Change, next_id: int, kind: str = "do", target: int = 0, who: str = "") -> Line:
        """Save a change with its journal line in one transaction. On ``UserError`` nothing was saved."""
        connection = self._connection
        with _explained(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                _write_rows(connection, change)
                line = self._journal(change, kind, target, who or operator())
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('next_id', ?)", (str(next_id),))
                connection.execute("DELETE FROM meta WHERE key = 'unsaved'")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return line

    def keep_unsaved(self, change: Change | None) -> None:
        """Put aside what is being typed, outside book and journal, until the next ``write``; None
        forgets it. Raises ``UserError``."""
        with _explained(self.path):
            if change:
                kept = f"{change.label}\n{change.pack().hex()}"
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('unsaved', ?)", (kept,))
            else:
                self._connection.execute("DELETE FROM meta WHERE key = 'unsaved'")

    def unsaved(self) -> Change | None:
        """What was put aside and never written: the program ended while it was being typed."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'unsaved'").fetchone()
        if row is None:
            return None
        label, _line_end, packed = row[0].rpartition("\n")
        return unpack(label, bytes.fromhex(packed))

    def journal(self, after: int = 0) -> Iterator[Line]:
        """The lines of the journal behind line ``after``, oldest first."""
        yield from read_journal(self._connection, after)

    def last_line(self) -> Line | None:
        """The newest line of the journal."""
        row = self._connection.execute("SELECT * FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        return _line(row) if row else None

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self._connection.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def _journal(self, change: Change, kind: str, target: int, who: str) -> Line:
        last = self.last_line()
        at = datetime.now().isoformat(timespec="seconds")
        diffs = change.pack() if kind == "do" else b""
        line = Line((last.id if last else 0) + 1, at, who, kind, target, change.label, diffs, "")
        line = replace(line, chain=line.seal(last.chain if last else ""))
        self._connection.execute("INSERT INTO journal VALUES (?,?,?,?,?,?,?,?)", astuple(line))
        return line


def read_book(connection: sqlite3.Connection) -> Book:
    """All rows of a file as a book."""

    def rows() -> Iterator[Record]:
        for kind in RECORDS:
            query = f"SELECT {', '.join(COLUMNS[kind])} FROM {kind.table}"
            flags = [COLUMNS[kind].index(name) for name in _FLAGS.get(kind, ())]
            if not flags:
                yield from starmap(kind, connection.execute(query))
                continue
            for row in connection.execute(query):
                yield kind(*(bool(value) if place in flags else value for place, value in enumerate(row)))

    found = connection.execute("SELECT value FROM meta WHERE key = 'next_id'").fetchone()
    collecting = gc.isenabled()
    gc.disable()  # records are many, small and kept: walking them again and again would double the time
    try:
        book = Book.of(rows(), int(found[0]) if found else 1)
        gc.freeze()
    finally:
        if collecting:
            gc.enable()
    return book


def read_journal(connection: sqlite3.Connection, after: int = 0) -> Iterator[Line]:
    """The journal of a connection behind line ``after``, oldest line first."""
    for row in connection.execute("SELECT * FROM journal WHERE id > ? ORDER BY id", (after,)):
        yield _line(row)


def back_up(path: Path, folder: Path, name: str = "") -> Path:
    """Copy a file, open or not, into a folder: under a temporary name, checked, then renamed.

    Raises ``UserError`` when the file is damaged or the folder cannot be written; a copy that fails its
    check never replaces a good one.
    """
    stamp = datetime.now().strftime("%Y%m%d_%H%M%S")
    target = folder / (name or f"{path.stem}_{stamp}{SUFFIX}")
    partial = target.with_name(target.name + ".part")
    with _explained(path):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            source = _connect(path, readonly=True)
            copy = sqlite3.connect(partial)
            try:
                source.backup(copy)
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            finally:
                copy.close()
                source.close()
            if not sound:
                raise sqlite3.DatabaseError("integrity")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return target


def last_backup(folder: Path, stem: str) -> datetime | None:
    """When the newest backup of a file in a folder was made."""
    times = [p.stat().st_mtime for p in folder.glob(f"{stem}_*{SUFFIX}")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(times)) if times else None


def integrity(path: Path) -> list[str]:
    """What SQLite finds wrong with a file: pages, indexes, foreign keys. Empty when sound."""
    _check_header(path)
    with _explained(path):
        connection = _connect(path, readonly=True)
        try:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            if not problems:
                problems = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
        finally:
            connection.close()
    return problems


def upgrade(path: Path, steps: "Migrations | None" = None) -> Path:
    """Bring an older file to the current schema: migrate a copy, compare its sums, swap, keep the original.

    Returns where the original is kept. Raises ``UserError`` when the copy does not agree; the file is then
    as it was.
    """
    kept = path.with_name(f"{path.stem}_升级前_{datetime.now():%Y%m%d_%H%M%S}{SUFFIX}")
    copy = path.with_name(path.name + ".upgrade")
    try:
        shutil.copy2(path, copy)
        connection = _connect(copy)
        try:
            before = _sums(connection)
            migrate(connection, steps)
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            same = before == _sums(connection)
        finally:
            connection.close()
        if not (sound and same):
            raise UserError(_("文件升级后的数据与原来不一致，已放弃升级，原文件没有改动。请联系技术支持。"))
        shutil.copy2(path, kept)
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
    return kept


def _sums(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Sums per year, project and kind: what a migration must not change."""
    events = "SELECT year, project, kind, sum(amount), count(*) FROM budget_event GROUP BY 1, 2, 3"
    payments = "SELECT year, project, 'spent', sum(amount), count(*) FROM payment GROUP BY 1, 2"
    return sorted([*connection.execute(events), *connection.execute(payments)])


def _write_rows(connection: sqlite3.Connection, change: Change) -> None:
    rows: dict[type[Record], list[tuple[object, ...]]] = {}
    gone: dict[str, list[tuple[int]]] = {}
    for diff in change.diffs:
        if diff.after is None:
            gone.setdefault(diff.record.table, []).append((diff.record.id,))
        else:
            rows.setdefault(type(diff.after), []).append(values(diff.after))
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, ids in gone.items():
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    for kind, records in rows.items():
        names = COLUMNS[kind]
        marks = ", ".join("?" * len(names))
        updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        connection.executemany(
            f"INSERT INTO {kind.table} ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}",
            records,
        )


def _line(row: tuple[object, ...]) -> Line:
    number, at, who, kind, target, label, diffs, chain = row
    return Line(number, at, who, kind, target or 0, label, diffs or b"", chain)  # type: ignore[arg-type]


def _connect(path: Path, readonly: bool = False) -> sqlite3.Connection:
    if readonly:
        connection = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", _WAIT, uri=True, isolation_level=None)
    else:
        connection = sqlite3.connect(path, _WAIT, isolation_level=None)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except FileNotFoundError:
        raise UserError(_("找不到文件“{name}”，它可能已被移动、改名或删除。").format(name=path.name)) from None
    except OSError as error:
        raise UserError(
            _("无法打开“{name}”：{reason}。请检查是否有访问权限。").format(name=path.name, reason=error.strerror)
        ) from None
    ours = head[:16] == b"SQLite format 3\x00" and int.from_bytes(head[68:72], "big") == APPLICATION_ID
    if not ours:
        raise UserError(_("“{name}”不是单位预算台账的文件，请选择扩展名为 .ysz 的台账文件。").format(name=path.name))


def _inspect(path: Path) -> int:
    """The schema version; refuses newer and damaged files."""
    connection = _connect(path, readonly=True)
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA_VERSION:
            raise UserError(
                _("“{name}”由更新版本的程序建立，本版本无法打开。请先升级程序，文件没有改动。").format(name=path.name)
            )
        if path.stat().st_size <= _SMALL:
            problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise sqlite3.DatabaseError(problem)
    finally:
        connection.close()
    return version


@contextmanager
def _explained(path: Path, more: tuple[type[Exception], ...] = ()) -> Iterator[None]:
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
        return _("磁盘空间不足，刚才的修改没有保存，原有数据没有改动。请清理磁盘后重试。")
    if "locked" in text or "busy" in text:
        return _("“{name}”正被另一个程序使用，请关闭后重试。数据没有改动。").format(name=path.name)
    if "readonly" in text or "read-only" in text or "unable to open" in text or isinstance(error, PermissionError):
        return _("“{name}”或所在文件夹不能写入，请检查权限或换一个位置。数据没有改动。").format(name=path.name)
    if isinstance(error, (sqlite3.DatabaseError, TypeError, ValueError)):
        text = _("“{name}”已损坏，无法读取。请从备份文件夹中恢复最近的备份，不要继续使用这个文件。")
        return text.format(name=path.name)
    return _("读写“{name}”时出错：{reason}。").format(name=path.name, reason=error)
