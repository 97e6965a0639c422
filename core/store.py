"""The file: one SQLite database with one writer. Only this module, core.database and core.schema speak SQL.

A rollback journal with synchronous=FULL keeps the document one file that people can copy; the writer
holds an operating-system lock on ``NAME.ysz.lock``, so that readers and backups can open the file too.
"""

import gc
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from itertools import starmap
from pathlib import Path

from core.book import Book
from core.change import Change, unpack
from core.database import check_header, connect, explained, schema_version
from core.errors import NotWritable, UserError
from core.i18n import _
from core.lock import Lock, operator
from core.model import COLUMNS, RECORDS, BudgetEvent, Indicator, ProjectYear, Record, Section, Unit, Year, values
from core.schema import SCHEMA_VERSION, migrate
from core.upgrade import upgrade

_FLAGS: dict[type[Record], tuple[str, ...]] = {
    Unit: ("other_counts",),
    Year: ("settling",),
    ProjectYear: ("public_special", "taken_over"),
    BudgetEvent: ("advance",),
    Indicator: ("inapplicable", "taken_over"),
    Section: ("taken_over",),
}


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
            with explained(path):
                connection = connect(path)
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
        check_header(path)
        if not readonly and not os.access(path, os.W_OK):
            text = _("文件“{name}”是只读的。可以用只读方式打开，或先取消只读属性再打开。")
            raise NotWritable(text.format(name=path.name))
        lock = None if readonly else Lock(path)
        try:
            with explained(path):
                version = schema_version(path)
                if version < SCHEMA_VERSION:
                    if readonly:
                        text = _("文件“{name}”由旧版本建立，请先用可写方式打开一次完成升级。")
                        raise UserError(text.format(name=path.name))
                    upgrade(path)
                connection = connect(path, readonly)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, connection, lock)

    def load(self) -> Book:
        """The whole file as a book. Raises ``UserError`` when rows cannot be read."""
        with explained(self.path, (TypeError, ValueError)):
            return read_book(self._connection)

    def write(
        self,
        change: Change,
        next_id: int,
        kind: str = "do",
        target: int = 0,
        who: str = "",
        contents: Mapping[str, bytes | None] | None = None,
        packed: bytes | None = None,
    ) -> Line:
        """Save a change with its journal line in one transaction, and with the ``contents`` of attached files by their
        SHA-256; None lets go of one. ``packed``: ``change.pack()`` where it is there already. On ``UserError`` nothing
        was saved."""
        connection = self._connection
        with explained(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                _write_rows(connection, change)
                _write_contents(connection, contents or {})
                line = self._journal(change, kind, target, who or operator(), packed)
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
        with explained(self.path):
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

    def content_sizes(self) -> dict[str, int]:
        """Bytes of every file that is kept, by its SHA-256."""
        with explained(self.path):
            return dict(self._connection.execute("SELECT digest, length(data) FROM blob"))

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

    def _journal(self, change: Change, kind: str, target: int, who: str, packed: bytes | None) -> Line:
        last = self.last_line()
        at = datetime.now().isoformat(timespec="seconds")
        diffs = (packed or change.pack()) if kind == "do" else b""
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


def read_content(path: Path, digest: str) -> bytes | None:
    """The bytes of a file that a ledger keeps, by their SHA-256; None where it has none. For any thread. Raises
    ``UserError``."""
    with explained(path), closing(connect(path, readonly=True)) as connection:
        row = connection.execute("SELECT data FROM blob WHERE digest = ?", (digest,)).fetchone()
    return row[0] if row else None


def read_journal(connection: sqlite3.Connection, after: int = 0) -> Iterator[Line]:
    """The journal of a connection behind line ``after``, oldest line first."""
    for row in connection.execute("SELECT * FROM journal WHERE id > ? ORDER BY id", (after,)):
        yield _line(row)


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


def _write_contents(connection: sqlite3.Connection, contents: Mapping[str, bytes | None]) -> None:
    for digest, data in contents.items():
        if data is None:
            connection.execute("DELETE FROM blob WHERE digest = ?", (digest,))
        else:  # what is there already is written anew: it may have been damaged
            kept = "INSERT INTO blob VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET data = excluded.data"
            connection.execute(kept, (digest, data))


def _line(row: tuple[object, ...]) -> Line:
    number, at, who, kind, target, label, diffs, chain = row
    return Line(number, at, who, kind, target or 0, label, diffs or b"", chain)  # type: ignore[arg-type]
